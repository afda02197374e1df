"""What users see when they open the workbook."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.frames import link
from tests.report.workbook.desk import LEFT_UNDONE, ROWS, WorkbookHarness, cell_in, column_of

pytestmark = pytest.mark.slow

SHEETS = [
    *("Opportunities", "Dead targets", "Dead domains", "Contacts", "Drafts", "Changes"),
    *("Uncertain", "Excluded", "Dashboard", "Read me"),
]
IN_VIEW = "Rank|Score|Tier|Status|Site|What is dead|Why|Contact|Suggested page|Next step|Notes"
SCREEN, CHARACTER, MARGIN = 1366, 7, 5
"""Pixels: the width of a small screen, of a digit, and of what stands around a cell's text."""


@pytest.fixture
def book(harness: WorkbookHarness) -> Any:
    harness.run(*ROWS)
    return load_workbook(harness.path)


def test_it_opens_on_the_work_list(book: Any) -> None:
    assert book.sheetnames == SHEETS
    assert book.active.title == "Opportunities"


def in_view(sheet: Any) -> list[str]:
    hidden = {
        number
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for number in range(dimension.min, dimension.max + 1)
    }
    return [cell.value for cell in sheet[1] if cell.column not in hidden]


def test_the_columns_in_view_are_those_one_works_with(book: Any) -> None:
    assert in_view(book["Opportunities"]) == IN_VIEW.split("|")


def test_what_one_needs_fits_on_a_small_screen(book: Any) -> None:
    sheet = book["Opportunities"]
    needed = in_view(sheet)[: in_view(sheet).index("Next step") + 1]
    letters = [get_column_letter(column_of(sheet, header)) for header in needed]
    widths = [sheet.column_dimensions[letter].width * CHARACTER + MARGIN for letter in letters]
    assert sheet.sheet_view.zoomScale == 100
    assert sum(widths) < SCREEN - 40  # the numbers of the rows, and the bar to scroll


def test_a_row_is_as_high_as_its_text(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write("b.example", "Notes", "word " * 60)
    for _ in range(2):
        harness.run(*ROWS)
        sheet = load_workbook(harness.path)["Opportunities"]
        heights = {
            name: sheet.row_dimensions[cell_in(sheet, name, "Page").row].height
            for name in ("a.example", "b.example")
        }
        assert heights["b.example"] == 13 * 15 + 1
        assert heights["a.example"] < heights["b.example"]
    harness.write("b.example", "Notes", "done")
    harness.run(*ROWS)
    sheet = load_workbook(harness.path)["Opportunities"]
    assert sheet.row_dimensions[cell_in(sheet, "b.example", "Page").row].height < 100


@pytest.mark.parametrize(
    ("page", "status", "step"),
    [
        ("a.example", "", "look at the page, then set Ready"),
        ("a.example", "Ready", "send its mail"),
        ("a.example", "Contacted", "note the answer"),
        ("a.example", "Replied", "note the outcome"),
        ("a.example", "Won", None),
        ("a.example", "Do not contact", None),
        ("b.example", "", "find a contact"),
        ("c.example", "", "wait for the check of 23 November 2026"),
    ],
)
def test_a_row_says_what_to_do_next(
    harness: WorkbookHarness, page: str, status: str, step: str | None
) -> None:
    reached = {"contact_kind": "form", "contact": "http://a.example/contact"}
    rows = ROWS[0] | reached, *ROWS[1:]
    harness.run(*rows)
    if status:
        harness.write(page, "Status", status)
        harness.run(*rows)
    assert harness.row(page)["Next step"] == step


def test_a_column_someone_wrote_in_stays_in_view(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write("b.example", "Contact override", "ann@b.example")
    harness.run(*ROWS)
    shown = in_view(load_workbook(harness.path)["Opportunities"])
    assert set(shown) - set(IN_VIEW.split("|")) == {"Contact override"}


def test_a_wrapped_link_shows_the_address_on_the_page(harness: WorkbookHarness) -> None:
    wrapped = "http://www.google.com/url?q=http://gone.example/hops"
    harness.run(link("a.example/links", "gone.example/hops", seen_as=wrapped), *ROWS[1:])
    assert harness.row("a.example")["Where on the page"].endswith(f"\nlinked as {wrapped}")
    assert "linked as" not in harness.row("b.example")["Where on the page"]


def test_what_a_person_hid_stays_hidden(harness: WorkbookHarness) -> None:
    def hide(book: Any) -> None:
        sheet = book["Opportunities"]
        for header in ("Contact", "Next step"):
            letter = get_column_letter(column_of(sheet, header))
            sheet.column_dimensions[letter].hidden = True
        for name in ("Opportunities", "Excluded", "Dashboard"):
            book[name].sheet_state = "hidden"

    harness.run(*ROWS)
    harness.edit(hide)
    for _ in range(2):
        harness.run(*ROWS)
    book: Any = load_workbook(harness.path)
    shown = in_view(book["Opportunities"])
    assert [h for h in IN_VIEW.split("|") if h not in shown] == ["Contact", "Next step"]
    assert [s.title for s in book if s.sheet_state == "hidden"] == ["Excluded", "Dashboard"]
    assert book.active.title == "Opportunities"


@pytest.mark.parametrize("name", SHEETS[:8])
def test_every_list_is_a_table_ready_to_filter_and_print(book: Any, name: str) -> None:
    sheet = book[name]
    [table] = sheet.tables.values()
    assert table.ref == sheet.dimensions or sheet.max_row == 1
    assert table.autoFilter is not None
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"


def test_values_are_numbers_dates_and_links(book: Any) -> None:
    def cell(header: str) -> Any:
        return cell_in(book["Opportunities"], "a.example", header)

    assert isinstance(cell("Score").value, int | float)
    assert cell("Dead since").value == datetime(2026, 11, 23)  # noqa: DTZ001 - Excel's
    assert cell("Dead since").number_format == "d mmm yyyy"
    assert cell("Page").value == "http://a.example/links"
    spot = "http://a.example/links#:~:text=Hop%20storage%20guide"
    assert cell("Page").hyperlink.target == spot
    assert cell("Archived copy").value == "copy of 4 March 2021"
    assert cell("Archived copy").hyperlink.target.startswith("https://archive.example/web/2021/")
    assert cell("What it was").value == (
        "“Hop storage”, 640 words; linked as “Hop storage guide”; under “Hops”"
    )


def test_a_long_anchor_leads_to_whole_words_of_it(harness: WorkbookHarness) -> None:
    harness.run(link("a.example/links", anchor="hops " * 15 + "unbreakable-compound"))
    sheet = load_workbook(harness.path)["Opportunities"]
    target = cell_in(sheet, "a.example", "Page").hyperlink.target
    assert target.endswith("hops%20hops")


def test_confirmed_and_suspected_rows_say_so(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    proven, suspected = harness.row("a.example"), harness.row("c.example")
    assert (proven["Verdict"], proven["Status"]) == ("404 not found - confirmed", "New")
    assert suspected["Verdict"] == "404 not found - suspected, next check 23 November 2026"
    assert suspected["Status"] == "Check"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("", "not looked up yet"),
        ("not_looked_up", "not looked up yet"),
        ("none", "no copy found"),
        ("excluded", "excluded from the archive"),
    ],
)
def test_not_found_is_not_the_same_as_not_asked(
    harness: WorkbookHarness, outcome: str, said: str
) -> None:
    harness.run(link("a.example/links", archive_outcome=outcome))
    assert harness.row("a.example")["Archived copy"] == said


def test_one_dead_target_is_one_row_with_its_demand_and_evidence(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    first = harness.rows("Dead targets")[0]
    assert (first["Dead link"], first["Sites linking"]) == ("http://gone.example/hops", 2)
    assert first["Evidence"] == "Answers 404 Not Found; checked 2 times."


def test_what_is_not_used_is_listed_with_the_reason(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    assert harness.row("d.example", "Uncertain")["Verdict"] == "Refuses programs"
    assert {row["Page"]: row["Reason"] for row in harness.rows("Excluded")} == {
        "http://e.example/links": "the link is in the page's footer",
        "http://coffee.example/": "not relevant",
    }


def test_the_read_me_tells_what_was_left_undone(book: Any) -> None:
    assert LEFT_UNDONE in [row[1] for row in book["Read me"].iter_rows(values_only=True)]


def test_an_address_excel_cannot_link_to_is_not_dropped(harness: WorkbookHarness) -> None:
    long = "https://archive.example/web/2021/" + "y" * 3000
    harness.run(link("a.example/links", archive_url=long))
    assert long in str(harness.row("a.example")["Archived copy"])


def test_an_empty_run_still_gives_a_workbook(harness: WorkbookHarness) -> None:
    harness.run()
    assert load_workbook(harness.path).sheetnames == SHEETS
