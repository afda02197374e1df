"""From what the user decided in the sheet to the mails and the file for mail-merge tools."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from brokenlinks.report.left_out import LeftOut
from brokenlinks.report.outreach.drafts import Sender
from brokenlinks.report.outreach.mail_merge import FORM_HEADERS, HEADERS, PRESETS, write_outreach
from brokenlinks.report.outreach.suppression import read_do_not_contact
from tests.frames import link
from tests.report.workbook.desk import WorkbookHarness
from tests.report.workbook.odd_files import ODD_FILES

pytestmark = pytest.mark.slow

SENDER = Sender("Jo Brewer", "1 Malt Lane, Burton", "Tell me, and I write no more.")
KNOWN = {"contact_kind": "role address", "contact": "info@a.example"}
ROWS = (
    link("a.example/links", "gone.example/hops", relevance=0.9, **KNOWN),
    link("a.example/more", "lost.example/malt", relevance=0.8, **KNOWN),
    link("b.example/links", "gone.example/hops", relevance=0.6),
)


@pytest.fixture
def harness(tmp_path: Path) -> WorkbookHarness:
    return WorkbookHarness(tmp_path / "home-brewing.xlsx", shown={"sender": SENDER})


def merged(harness: WorkbookHarness, *rows: Any) -> list[dict[str, str]]:
    """Run, and return the rows of the file for mail-merge tools."""
    path = harness.path.with_name("outreach.csv")
    forms = harness.path.with_name("forms.csv")
    assert write_outreach(path, forms, harness.run(*rows).mailings, LeftOut()) == []
    return read_rows(path)


def by_form(harness: WorkbookHarness, *rows: Any) -> list[dict[str, str]]:
    """Run, and return the rows of the file of forms, [] if there is none."""
    merged(harness, *rows)
    forms = harness.path.with_name("forms.csv")
    return read_rows(forms) if forms.exists() else []


def read_rows(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(text.decode("utf-8-sig").splitlines(keepends=True)))


def test_nothing_goes_out_that_nobody_marked_ready(harness: WorkbookHarness) -> None:
    assert merged(harness, *ROWS) == []
    assert merged(harness, *ROWS) == []


def test_a_ready_row_becomes_one_mail_with_fixed_headers(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "ready")
    [row] = merged(harness, *ROWS)
    assert tuple(row) == HEADERS
    assert (row["email"], row["website"], row["status"]) == ("info@a.example", "a.example", "Ready")
    assert row["dead_url"] == "http://gone.example/hops"
    assert row["body"].count("gone.example") == 1
    assert "lost.example" not in row["body"], "only the row that was marked"


def test_a_draft_has_all_dead_links_of_its_site_in_one_mail(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    first, second = harness.rows("Drafts")
    assert (first["Site"], first["Dead links"], first["To"]) == ("a.example", 2, "info@a.example")
    assert "gone.example" in first["Body"]
    assert "lost.example" in first["Body"]
    assert first["Before it can go out"] == "mark a row Ready"
    assert "find a contact" in second["Before it can go out"]


def test_a_placeholder_keeps_a_mail_back(harness: WorkbookHarness) -> None:
    harness.shown = {"sender": Sender("Jo", "", "Tell me.")}
    harness.run(*ROWS)
    harness.write("a.example", "Status", "Ready")
    assert merged(harness, *ROWS) == []
    [draft] = [row for row in harness.rows("Drafts") if row["Site"] == "a.example"]
    assert draft["Before it can go out"] == "fill in [your postal address]"


def test_a_link_that_is_only_suspected_keeps_the_mail_back(harness: WorkbookHarness) -> None:
    suspected = ROWS[1] | {"stage": "suspected", "next_check": pd.Timestamp("2026-11-30", tz="UTC")}
    rows = (ROWS[0], suspected)
    harness.run(*rows)
    harness.write("a.example", "Status", "Ready")
    assert len(merged(harness, *rows)) == 1, "the mail is about the confirmed link alone"

    def mark(book: Any) -> None:
        sheet = book["Opportunities"]
        headers = {cell.value: cell.column for cell in sheet[1]}
        for row in (2, 3):
            sheet.cell(row, headers["Status"], "Ready")

    harness.edit(mark)
    assert merged(harness, *rows) == []
    [draft] = harness.rows("Drafts")
    said = draft["Before it can go out"]
    assert said == "only suspected: wait for the check of 30 November 2026"
    assert len(merged(harness, *ROWS[:2])) == 1


def test_a_link_that_has_moved_can_be_told(harness: WorkbookHarness) -> None:
    moved = {"verdict": "moved", "reason": "moved", "stage": "", "confidence": "medium"}
    harness.run(ROWS[0] | moved)
    harness.write("a.example", "Status", "Ready")
    assert len(merged(harness, ROWS[0] | moved)) == 1


def test_what_the_person_put_in_wins(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    for header, value in {
        "Status": "Ready",
        "Contact name": "Ann van Dyke",
        "Contact override": "ann@a.example",
        "Replacement override": "https://mine.example/better",
    }.items():
        harness.write("a.example", header, value)
    [row] = merged(harness, *ROWS)
    assert (row["email"], row["first_name"], row["last_name"]) == (
        *("ann@a.example", "Ann", "van Dyke"),
    )
    assert row["replacement_url"] == "https://mine.example/better"
    assert "https://mine.example/better" in row["body"]
    assert row["body"].startswith("Hello Ann van Dyke,")


@pytest.mark.parametrize(
    "typed",
    [
        "mailto:ann@a.example?subject=Links",
        "Ann Lee <ann@a.example>",
        " ann@a.example ",
        "ann@a.example (Ann Lee)",
    ],
)
def test_an_address_is_taken_from_however_it_was_typed(
    harness: WorkbookHarness, typed: str
) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "Ready")
    harness.write("a.example", "Contact override", typed)
    [row] = merged(harness, *ROWS)
    assert row["email"] == "ann@a.example"
    harness.shown = {"sender": SENDER, "listed": read_do_not_contact(["ann@a.example"])}
    assert merged(harness, *ROWS) == []


@pytest.mark.parametrize(
    ("header", "typed"),
    [
        ("Contact override", "someone at a.example"),
        ("Contact override", "a.example/contact"),
        ("Contact override", "www.a.example/contact"),
        ("Contact override", "phone 01234 5678"),
        ("Contact override", "ask Ann first"),
        ("Contact override", "ann@a"),
        ("Contact override", "jo@a.example; ann@a.example"),
        ("Contact override", "jo@a.example, ann@a.example"),
        ("Contact override", "https://a.example/contact or ring them"),
        ("Replacement override", "not a url"),
        ("Replacement override", "mine.example/better"),
        ("Replacement override", "https://mine.example/a https://mine.example/b"),
    ],
)
def test_what_is_no_address_is_named_and_keeps_the_mail_back(
    harness: WorkbookHarness, header: str, typed: str
) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "Ready")
    harness.write("a.example", header, typed)
    assert merged(harness, *ROWS) == []
    [draft] = [row for row in harness.rows("Drafts") if row["Site"] == "a.example"]
    assert f"correct the {header}: {typed!r} is n" in draft["Before it can go out"]
    assert "find a contact" not in draft["Before it can go out"]


def test_a_mail_in_the_persons_own_words_is_sent_as_it_is(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "Ready")

    def write(book: Any) -> None:
        sheet = book["Drafts"]
        headers = {cell.value: cell.column for cell in sheet[1]}
        sheet.cell(2, headers["Subject override"], "About your links")
        sheet.cell(2, headers["Body override"], "Dear Ann, see below.")

    harness.edit(write)
    [row] = merged(harness, *ROWS)
    assert (row["subject"], row["body"]) == ("About your links", "Dear Ann, see below.")


@pytest.mark.parametrize("status", ["Contacted", "Won", "Declined", "No reply"])
def test_a_site_that_had_its_mail_gets_no_second_one(harness: WorkbookHarness, status: str) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", status)
    harness.run(*ROWS)
    assert [row["Site"] for row in harness.rows("Drafts")] == ["b.example"]


def bar_by_status(harness: WorkbookHarness) -> None:
    harness.write("a.example", "Status", "Do not contact")


def bar_on_contacts(harness: WorkbookHarness) -> None:
    def tick(book: Any) -> None:
        sheet = book["Contacts"]
        headers = {cell.value: cell.column for cell in sheet[1]}
        [row] = [n for n in range(2, 4) if sheet.cell(n, headers["Site"]).value == "a.example"]
        sheet.cell(row, headers["Do not contact"], "yes")

    harness.edit(tick)


def bar_by_address(harness: WorkbookHarness) -> None:
    harness.shown = {"sender": SENDER, "listed": read_do_not_contact(["Info@A.example"])}


def bar_by_domain(harness: WorkbookHarness) -> None:
    harness.shown = {"sender": SENDER, "listed": read_do_not_contact(["a.example  # asked us"])}


@pytest.mark.parametrize("bar", [bar_by_status, bar_on_contacts, bar_by_address, bar_by_domain])
def test_who_must_not_be_written_to_is_in_no_mail_of_the_same_run(
    harness: WorkbookHarness, bar: Any
) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "Ready")
    bar(harness)
    assert merged(harness, *ROWS) == []
    assert "a.example" not in [row["Site"] for row in harness.rows("Drafts") if row["Body"]]
    said = {row["Contact"] for row in harness.rows() if row["Site"] == "a.example"}
    assert "info@a.example" not in said


def test_a_site_that_wants_no_such_mail_gets_none(harness: WorkbookHarness) -> None:
    harness.run(*(row | {"contact_policy": "no link requests"} for row in ROWS))
    assert harness.rows("Drafts") == []


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\n=1", "\uff1d1"])
def test_nothing_in_the_file_runs_in_a_spreadsheet(harness: WorkbookHarness, text: str) -> None:
    rows = [ROWS[0] | {"anchor": text, "page_title": text}]
    harness.run(*rows)
    harness.write("a.example", "Status", "Ready")
    [row] = merged(harness, *rows)
    assert row["anchor_text"].startswith("'")
    assert row["page_title"].startswith("'")


def test_an_open_file_is_left_as_it_is_and_said(harness: WorkbookHarness, tmp_path: Path) -> None:
    path = tmp_path / "folder.csv"
    path.mkdir()
    with pytest.raises(OSError, match="folder"):
        write_outreach(path, tmp_path / "forms.csv", harness.run(*ROWS).mailings, LeftOut())
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.endswith(".tmp")] == []


@pytest.mark.parametrize(
    ("line", "host", "barred"),
    [
        ("example.org", "example.org", True),
        ("example.org", "blog.example.org", True),
        ("example.org", "badexample.org", False),
        ("www.Example.org", "example.org", True),
        ("https://example.org/contact", "example.org", True),
        ("*.example.org", "shop.example.org", True),
        ("@example.org", "example.org", True),
        ("blog.example.org", "example.org", False),
        ("bücher.example", "xn--bcher-kva.example", True),
        ("# example.org", "example.org", False),
    ],
)
def test_a_line_of_the_list_bars_what_it_names(line: str, host: str, barred: bool) -> None:  # noqa: FBT001
    assert read_do_not_contact([line]).covers_host(host) is barred


@pytest.mark.parametrize(
    "line",
    [
        "Info <info@a.example>",
        "Info<info@a.example>",
        "mailto:info@a.example?subject=Links",
        "<info@a.example>",
        "info@a.example;",
        "info@a.example.",
        "ann@x.example, INFO@a.example",
        "ann@x.example info@a.example",
        "info@a.example (asked, on 3.5.2026)",
        "info@a.example\tasked on 3.5.2026",
        "info@a.example # asked",
        "*@a.example",
        "www.a.example/contact",
        "https://www.a.example/contact",
        "a.example (asked)",
        "b.example; a.example",
    ],
)
def test_the_usual_spellings_bar_whom_they_name(line: str) -> None:
    listed = read_do_not_contact([line])
    assert listed.problems == ()
    assert listed.covers_address("info@a.example")
    assert not listed.covers_address("info@c.example")
    assert not any("3" in domain for domain in listed.domains)


@pytest.mark.parametrize("address", ["info@m\u00fcller.example", "info@xn--mller-kva.example"])
def test_an_address_is_known_in_both_its_spellings(address: str) -> None:
    for line in ("info@m\u00fcller.example", "info@xn--mller-kva.example", "M\u00dcLLER.example"):
        assert read_do_not_contact([line]).covers_address(address)


def test_what_names_no_address_and_no_domain_is_said() -> None:
    listed = read_do_not_contact(
        ["", "jo@example.org", "please not him", "# Ann", "a@b.example, Jo"]
    )
    assert listed.problems == (
        "do-not-contact.txt line 3: 'please not him' is neither an address nor a domain",
        "do-not-contact.txt line 5: 'jo' is neither an address nor a domain",
    )
    assert listed.covers_address("JO@example.org")
    assert not listed.covers_address("ann@example.org")


@pytest.mark.parametrize("typed", ["https://barred.example/contact", "HTTPS://www.Barred.example"])
def test_a_form_on_a_barred_host_is_not_written_to(harness: WorkbookHarness, typed: str) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "Ready")
    harness.write("a.example", "Contact override", typed)
    assert [row["contact_form"] for row in by_form(harness, *ROWS)] == [typed]
    harness.shown = {"sender": SENDER, "listed": read_do_not_contact(["barred.example"])}
    assert by_form(harness, *ROWS) == []


def test_a_form_on_another_site_that_is_not_to_be_written_to_is_barred_as_well(
    harness: WorkbookHarness,
) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "Ready")
    harness.write("a.example", "Contact override", "https://www.b.example/contact")
    harness.write("b.example", "Status", "Do not contact")
    assert merged(harness, *ROWS) == []


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def another_file(path: Path) -> None:
    path.write_text("Key,Status\nabc,Do not contact\n")


def not_ours(path: Path) -> None:
    Workbook().save(path)


DAMAGES = {
    cut_short: "File is not a zip file",
    emptied: "File is not a zip file",
    another_file: "File is not a zip file",
    not_ours: "none of our sheets",
}


@pytest.mark.parametrize(("damage", "why"), DAMAGES.items())
def test_no_mail_goes_out_while_a_workbook_that_was_set_aside_lies_there(
    harness: WorkbookHarness, damage: Any, why: str
) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "Ready")
    assert len(merged(harness, *ROWS)) == 1
    harness.write("a.example", "Status", "Contacted")
    damage(harness.path)
    for _ in range(2):
        assert merged(harness, *ROWS) == []
        [said] = harness.run(*ROWS).unread
        [aside] = harness.path.parent.glob("home-brewing-*-*-*.xlsx")
        assert why in said
        assert str(aside) in said
        assert aside.name in harness.rows("Drafts")[0]["Before it can go out"]
    harness.path.unlink()
    assert merged(harness, *ROWS) == [], (
        "as after a run that was killed before it wrote the new one"
    )
    aside.unlink()
    assert len(merged(harness, *ROWS)) == 1, "the journal knows that the row was Ready"


@pytest.mark.parametrize("save", ODD_FILES)
def test_what_an_odd_file_says_counts(harness: WorkbookHarness, save: Any) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "Ready")
    assert len(merged(harness, *ROWS)) == 1
    harness.write("a.example", "Status", "Do not contact")
    save(harness.path)
    assert merged(harness, *ROWS) == []
    assert harness.run(*ROWS).unread == []
    harness.write("a.example", "Status", "Ready")
    save(harness.path)
    assert len(merged(harness, *ROWS)) == 1


def test_every_row_for_a_mail_merge_tool_has_an_email(harness: WorkbookHarness) -> None:
    form = {"contact_kind": "contact page", "contact": "https://b.example/contact"}
    rows = (*ROWS[:2], ROWS[2] | form)
    assert by_form(harness, *rows) == []
    assert not harness.path.with_name("forms.csv").exists()
    for page in ("a.example", "b.example"):
        harness.write(page, "Status", "Ready")
    assert [row["email"] for row in merged(harness, *rows)] == ["info@a.example"]
    [row] = by_form(harness, *rows)
    assert tuple(row) == FORM_HEADERS
    assert (row["contact_form"], row["website"]) == ("https://b.example/contact", "b.example")
    harness.write("b.example", "Status", "Contacted")
    assert by_form(harness, *rows) == [], "the file is emptied"


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Lee, Ann", "Ann", "Lee"),
        ("\xa0Lee,\xa0Ann", "Ann", "Lee"),
        ("'Ann Lee", "Ann", "Lee"),
        ("Jane Doe <jane@a.example>", "Jane", "Doe"),
        ('"Doe, Jane" <jane@a.example>', "Jane", "Doe"),
        ("Jane Doe, PhD", "Jane", "Doe"),
        ("jane@a.example", "", ""),
        ("Jane", "Jane", ""),
    ],
)
def test_names_are_taken_apart_however_they_are_written(
    harness: WorkbookHarness, name: str, first: str, last: str
) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "'Ready")
    harness.write("a.example", "Contact name", name)
    [row] = merged(harness, *ROWS)
    assert (row["first_name"], row["last_name"]) == (first, last)
    assert row["body"].startswith(f"Hello {first} {last}".rstrip() + ",")


def test_the_name_of_an_address_that_was_typed_is_used(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "Ready\xa0")
    harness.write("a.example", "Contact override", "Jane Doe <jane@a.example>")
    [row] = merged(harness, *ROWS)
    assert (row["email"], row["first_name"]) == ("jane@a.example", "Jane")


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ann Lee", "Ann", "Lee"),
        ("Lee, Ann", "Ann", "Lee"),
        ("Ann", "Ann", ""),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Vincent van der Berg", "Vincent", "van der Berg"),
        ("Dr. Müller", "", "Müller"),
        ("Prof. Dr. Ann Marie Lee", "Ann Marie", "Lee"),
        ("ann lee", "ann", "lee"),
    ],
)
def test_names_are_split_as_their_bearers_would(
    harness: WorkbookHarness, name: str, first: str, last: str
) -> None:
    harness.run(*ROWS)
    harness.write("a.example", "Status", "Ready")
    harness.write("a.example", "Contact name", name)
    [mail] = merged(harness, *ROWS)
    assert (mail["first_name"], mail["last_name"]) == (first, last)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_tool_gets_the_headings_it_expects(harness: WorkbookHarness, preset: str) -> None:
    path, forms = harness.path.with_name("outreach.csv"), harness.path.with_name("forms.csv")
    mailings = harness.run(*ROWS).mailings
    assert write_outreach(path, forms, mailings, LeftOut(), preset) == []
    headers = path.read_text("utf-8-sig").splitlines()[0].split(",")
    assert headers == [PRESETS[preset].get(header, header) for header in HEADERS]


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("Links - Hop Club", "Hop Club"),
        ("HopClub | Links we like", "HopClub"),
        ("Links - Homebrewing", ""),
        ("Hop Club links", ""),
    ],
)
def test_the_company_is_the_name_that_spells_the_domain(
    harness: WorkbookHarness, title: str, company: str
) -> None:
    row = link("hopclub.example/links", "gone.example/hops", page_title=title, **KNOWN)
    harness.run(row)
    harness.write("hopclub.example", "Status", "Ready")
    [mail] = merged(harness, row)
    assert mail["company"] == company
