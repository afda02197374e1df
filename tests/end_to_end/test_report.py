"""`scrapy report`: the workbook rebuilt from the journal, and what the user put beside it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from brokenlinks.demo.content import DEMO_NICHE
from tests.end_to_end.conftest import Workspace, setting_arguments
from tests.end_to_end.program import run_scrapy
from tests.report.workbook.desk import column_of

pytestmark = pytest.mark.slow

SENDER = {
    "OUTREACH_SENDER": "Jo Brewer",
    "OUTREACH_POSTAL_ADDRESS": "1 Malt Lane, Burton",
    "OUTREACH_OPT_OUT": "Tell me, and I write no more.",
}


def report(workspace: Workspace) -> Any:
    """Write the workbook anew, and return it."""
    done = run_scrapy(workspace.folder, "report", "-a", f"niche={DEMO_NICHE}")
    assert done.returncode == 0, done.stderr
    return load_workbook(workspace.workbook)


@pytest.fixture
def crawled(workspace: Workspace) -> Workspace:
    """Crawl one page, and leave most of it undone."""
    page = workspace.web.url("brewdad.example", "/resources")
    done = workspace.crawl(urls=page, max_depth=0, max_links=3)
    assert "limit max_links" in done.stdout
    return workspace


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_the_list_of_whom_not_to_write_to_is_read_in_any_encoding(
    crawled: Workspace, encoding: str
) -> None:
    listed = crawled.workbook.with_name("do-not-contact.txt")
    listed.write_text("# für Jo\nbrewdad.example\n", encoding=encoding)
    assert load_workbook(crawled.workbook)["Contacts"]["B2"].value == "brewdad.example"
    assert report(crawled)["Contacts"]["B2"].value is None


def test_what_the_last_run_left_undone_is_not_denied(crawled: Workspace) -> None:
    rows = report(crawled)["Read me"].iter_rows(max_col=2, values_only=True)
    texts = [text for _, text in rows]
    assert "Nothing." not in texts
    assert any("home-brewing.log" in str(text) for text in texts)


def mark(path: Path, status: str) -> None:
    """Give the confirmed row a status, as the user would."""
    book = load_workbook(path)
    sheet: Any = book["Opportunities"]
    sheet.cell(2, column_of(sheet, "Status")).value = status
    book.save(path)


def first_line(workspace: Workspace) -> str:
    """Rebuild the workbook, and return the first line of the output."""
    words = ("report", "-a", f"niche={DEMO_NICHE}", *setting_arguments(SENDER))
    done = run_scrapy(workspace.folder, *words)
    line = done.stdout.splitlines()[0]
    assert done.returncode == (5 if line.startswith("No mail goes out") else 0), done.stderr
    return line


def mails(workspace: Workspace) -> list[dict[str, str]]:
    """Return the rows of both files of mails: for mail-merge tools, and for contact forms."""
    rows: list[dict[str, str]] = []
    for path in sorted(workspace.workbook.parent.glob("home-brewing-*.csv")):
        text = path.read_text(encoding="utf-8-sig")
        rows += csv.DictReader(text.splitlines(keepends=True))
    return rows


@pytest.fixture
def ready(crawled: Workspace) -> Workspace:
    """Mark a row Ready, and have its mail written."""
    mark(crawled.workbook, "Ready")
    first_line(crawled)
    assert len(mails(crawled)) == 1
    return crawled


def test_no_mail_goes_out_while_the_users_workbook_cannot_be_read(ready: Workspace) -> None:
    mark(ready.workbook, "Do not contact")
    good = ready.workbook.read_bytes()
    ready.workbook.write_bytes(good[:2000])
    for _ in range(2):
        output = first_line(ready)
        [aside] = ready.workbook.parent.glob("home-brewing-unreadable-*.xlsx")
        assert output.startswith("No mail goes out: home-brewing.xlsx")
        assert "File is not a zip file" in output
        assert str(aside) in output
        assert mails(ready) == []
    aside.write_bytes(good)
    assert "it can be read now" in first_line(ready)
    assert mails(ready) == []
    aside.replace(ready.workbook)
    assert "No mail" not in first_line(ready)
    assert mails(ready) == [], "what the file says counts again"
    mark(ready.workbook, "Ready")
    first_line(ready)
    assert len(mails(ready)) == 1


@pytest.mark.parametrize("summary", ["full", "line"])
def test_every_run_says_first_that_no_mail_goes_out(ready: Workspace, summary: str) -> None:
    ready.workbook.write_bytes(b"")
    refused = run_scrapy(ready.folder, "crawl", "verify", "-a", f"niche={DEMO_NICHE}")
    assert refused.returncode == 2
    assert "cannot be read (File is not a zip file)" in refused.stderr
    ready.settings = {"SUMMARY": summary, **SENDER}
    settings = setting_arguments({**ready.web.settings(), **ready.settings})
    for spider in ("recheck", "verify", "resources"):
        words = ("crawl", spider, "-a", f"niche={DEMO_NICHE}", *settings)
        if spider == "resources":
            words += ("-a", "providers=earlier", "-a", "max_pages=1")
        done = run_scrapy(ready.folder, *words)
        assert done.stdout.startswith("No mail goes out: home-brewing.xlsx"), spider
        assert done.returncode == 5
        assert mails(ready) == []
