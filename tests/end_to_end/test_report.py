"""`scrapy report`: the workbook anew from the journal, and what a person has put beside it."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import load_workbook

from brokenlinks.demo.content import DEMO_NICHE
from tests.end_to_end.conftest import Desk
from tests.end_to_end.program import run_scrapy


def report(desk: Desk) -> Any:
    """Write the workbook anew, and return it."""
    done = run_scrapy(desk.folder, "report", "-a", f"niche={DEMO_NICHE}")
    assert done.returncode == 0, done.stderr
    return load_workbook(desk.workbook)


@pytest.fixture
def crawled(desk: Desk) -> Desk:
    """Crawl one page, and leave most of it undone."""
    page = desk.web.url("brewdad.example", "/resources")
    done = desk.crawl(urls=page, max_depth=0, max_links=3)
    assert "limit max_links" in done.stdout
    return desk


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_the_list_of_whom_not_to_write_to_is_read_in_any_encoding(
    crawled: Desk, encoding: str
) -> None:
    listed = crawled.workbook.with_name("do-not-contact.txt")
    listed.write_text("# für Jo\nbrewdad.example\n", encoding=encoding)
    assert load_workbook(crawled.workbook)["Contacts"]["B2"].value == "brewdad.example"
    assert report(crawled)["Contacts"]["B2"].value is None


def test_what_the_last_run_left_undone_is_not_denied(crawled: Desk) -> None:
    rows = report(crawled)["Read me"].iter_rows(max_col=2, values_only=True)
    said = [text for _, text in rows]
    assert "Nothing." not in said
    assert any("home-brewing.log" in str(text) for text in said)
