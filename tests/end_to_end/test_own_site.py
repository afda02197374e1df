"""The person's own site: read politely, kept, and offered where it does a dead page's job."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import DEMO_NICHE
from brokenlinks.demo.own_site import OWN_HOST, PAGES
from brokenlinks.demo.server import Site
from tests.end_to_end.conftest import Desk
from tests.end_to_end.program import run_scrapy


def rows(desk: Desk, sheet: str) -> dict[str, dict[str, Any]]:
    """Return a sheet's rows by the address of their dead link."""
    head, *body = load_workbook(desk.workbook)[sheet].iter_rows()
    names = [cell.value for cell in head]
    told = [{str(n): c for n, c in zip(names, row, strict=True)} for row in body]
    return {str(row["Dead link"].value): row for row in told}


def test_own_pages_are_read_once_and_offered(desk: Desk) -> None:
    web = desk.web
    job = {"urls": web.url("brewdad.example", "/resources"), "max_depth": 0}
    before = web.count(OWN_HOST)
    done = desk.crawl(**job, site=web.url(OWN_HOST))
    assert done.returncode == 0, done.stderr
    asked = [request.path for request in web.asked(OWN_HOST)][before:]
    assert sorted(asked) == sorted([*PAGES, "/robots.txt", "/sitemap.xml"])

    targets = rows(desk, "Dead targets")
    guide = targets[web.target_url("hopsandmore.example/storage-guide")]
    assert guide["Suggested page"].hyperlink.target == web.url(OWN_HOST, "/hops/keeping-fresh")
    assert "hops" in guide["Match reason"].value
    assert guide["Wikipedia articles"].value == 1
    assert "content gap" in {row["Suggested page"].value for row in targets.values()}
    assert "Hop storage guide" in guide["Write this"].value
    assert guide["What it was"].value.startswith("Guide, English, ")
    moved = targets[web.target_url("brewschool.example/lessons/sparging")]
    assert moved["Moved to"].value == web.url("brewschool.example", "/guides/7")

    again = desk.crawl(**job, site=web.url(OWN_HOST))
    assert again.returncode == 0, again.stderr
    assert web.count(OWN_HOST, "/hops/keeping-fresh") == asked.count("/hops/keeping-fresh")

    before = len(web.requests)
    desk.workbook.unlink()
    report = run_scrapy(desk.folder, "report", "-a", f"niche={DEMO_NICHE}")
    assert report.returncode == 0, report.stderr
    assert rows(desk, "Dead targets").keys() == targets.keys()
    assert len(web.requests) == before, "a report asks nobody"


def test_a_file_of_own_pages_and_one_that_is_none(desk: Desk, tmp_path: Path) -> None:
    web = desk.web
    pages = tmp_path / "pages.csv"
    pages.write_text(f"url,title\n{web.url(OWN_HOST, '/bottling/day-plan')},Bottling\n")
    page = web.url("extension.example", "/food/home-brewing-resources.html")
    done = desk.crawl(urls=page, max_depth=0, site=pages)
    assert done.returncode == 0, done.stderr
    bottling = rows(desk, "Dead targets")[web.target_url("brewschool.example/lessons/bottling")]
    assert bottling["Suggested page"].hyperlink.target == web.url(OWN_HOST, "/bottling/day-plan")

    refused = desk.crawl(site="missing.csv")
    assert refused.returncode == 2
    assert "missing.csv" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def suggestions(desk: Desk) -> dict[str, str]:
    """Return the page suggested for each dead link."""
    return {
        link: str(row["Suggested page"].value) for link, row in rows(desk, "Dead targets").items()
    }


@pytest.fixture
def suggested(desk: Desk) -> dict[str, str]:
    """Crawl while the person's site is well."""
    done = desk.crawl(**one_page(desk), site=desk.web.url(OWN_HOST))
    assert done.returncode == 0, done.stderr
    return suggestions(desk)


def one_page(desk: Desk) -> dict[str, Any]:
    return {"urls": desk.web.url("brewdad.example", "/resources"), "max_depth": 0}


IN_A_FORTNIGHT = {"CLOCK": (datetime.now(UTC) + timedelta(days=14)).isoformat()}


@pytest.mark.parametrize(
    "outage",
    [
        ({}, [], "could be read (answered 503)"),
        (IN_A_FORTNIGHT, ["/sitemap.xml"], "could be read (answered 503)"),
        (IN_A_FORTNIGHT, list(PAGES), f"read {len(PAGES)}"),
    ],
    ids=["all of it", "its pages", "its sitemap"],
)
def test_while_the_own_site_is_down_what_is_known_of_it_is_kept(
    desk: Desk,
    suggested: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    outage: tuple[dict[str, str], list[str], str],
) -> None:
    desk.settings, answering, said = outage
    paths = {path: desk.web.sites[OWN_HOST].paths[path] for path in answering}
    monkeypatch.setitem(desk.web.sites, OWN_HOST, Site(b.refusal(503), paths))
    down = desk.crawl(**one_page(desk), site=desk.web.url(OWN_HOST))
    assert down.returncode == 0, down.stderr
    assert said in down.stdout
    assert suggestions(desk) == suggested


def test_a_mistyped_site_is_said_and_does_not_replace_the_one_that_is_known(
    desk: Desk, suggested: dict[str, str]
) -> None:
    desk.settings = {"SUMMARY": "line"}
    typo = desk.web.url("ketle-notes.example")
    done = desk.crawl(**one_page(desk), site=typo)
    assert f"no page of your site {typo}" in done.stdout
    assert suggestions(desk) == suggested
    desk.crawl(**one_page(desk))
    assert suggestions(desk) == suggested


def test_an_own_page_that_is_gone_is_suggested_no_more(
    desk: Desk, suggested: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.settings = IN_A_FORTNIGHT
    monkeypatch.setitem(desk.web.sites[OWN_HOST].paths, "/hops/keeping-fresh", b.missing(OWN_HOST))
    desk.crawl(**one_page(desk), site=desk.web.url(OWN_HOST))
    guide = desk.web.target_url("hopsandmore.example/storage-guide")
    assert suggested[guide] == "How to store hops and keep them fresh"
    assert suggestions(desk)[guide] != suggested[guide]
