"""The user's own site: read politely, kept, and offered where it can replace a dead page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import DEMO_NICHE, OWN_HOST, OWN_PAGES
from brokenlinks.demo.server import Site
from tests.end_to_end.conftest import Workspace
from tests.end_to_end.program import run_scrapy

pytestmark = pytest.mark.slow


def rows(workspace: Workspace, sheet: str) -> dict[str, dict[str, Any]]:
    """Return a sheet's rows by the address of their dead link."""
    head, *body = load_workbook(workspace.workbook)[sheet].iter_rows()
    names = [cell.value for cell in head]
    table = [{str(n): c for n, c in zip(names, row, strict=True)} for row in body]
    return {str(row["Dead link"].value): row for row in table}


def test_own_pages_are_read_once_and_offered(workspace: Workspace) -> None:
    web = workspace.web
    job = {"urls": web.url("brewdad.example", "/resources"), "max_depth": 0}
    before = web.count(OWN_HOST)
    done = workspace.crawl(**job, site=web.url(OWN_HOST))
    assert done.returncode == 0, done.stderr
    asked = [request.path for request in web.asked(OWN_HOST)][before:]
    assert sorted(asked) == sorted([*OWN_PAGES, "/robots.txt", "/sitemap.xml"])

    targets = rows(workspace, "Dead targets")
    guide = targets[web.target_url("hopsandmore.example/storage-guide")]
    assert guide["Suggested page"].hyperlink.target == web.url(OWN_HOST, "/hops/keeping-fresh")
    assert "hops" in guide["Match reason"].value
    assert guide["Wikipedia articles"].value == 1
    assert "content gap" in {row["Suggested page"].value for row in targets.values()}
    assert "Hop storage guide" in guide["Write this"].value
    assert guide["What it was"].value.startswith("Guide, English, ")
    moved = targets[web.target_url("brewschool.example/lessons/sparging")]
    assert moved["Moved to"].value == web.url("brewschool.example", "/guides/7")

    again = workspace.crawl(**job, site=web.url(OWN_HOST))
    assert again.returncode == 0, again.stderr
    assert web.count(OWN_HOST, "/hops/keeping-fresh") == asked.count("/hops/keeping-fresh")

    before = len(web.requests)
    workspace.workbook.unlink()
    report = run_scrapy(workspace.folder, "report", "-a", f"niche={DEMO_NICHE}")
    assert report.returncode == 0, report.stderr
    assert rows(workspace, "Dead targets").keys() == targets.keys()
    assert len(web.requests) == before, "a report asks nobody"


def test_a_file_of_own_pages_and_one_that_is_none(workspace: Workspace, tmp_path: Path) -> None:
    web = workspace.web
    pages = tmp_path / "pages.csv"
    pages.write_text(f"url,title\n{web.url(OWN_HOST, '/bottling/day-plan')},Bottling\n")
    page = web.url("extension.example", "/food/home-brewing-resources.html")
    done = workspace.crawl(urls=page, max_depth=0, site=pages)
    assert done.returncode == 0, done.stderr
    bottling = rows(workspace, "Dead targets")[
        web.target_url("brewschool.example/lessons/bottling")
    ]
    assert bottling["Suggested page"].hyperlink.target == web.url(OWN_HOST, "/bottling/day-plan")

    refused = workspace.crawl(site="missing.csv")
    assert refused.returncode == 2
    assert "missing.csv" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def suggestions(workspace: Workspace) -> dict[str, str]:
    """Return the page suggested for each dead link."""
    return {
        link: str(row["Suggested page"].value)
        for link, row in rows(workspace, "Dead targets").items()
    }


@pytest.fixture
def suggested(workspace: Workspace) -> dict[str, str]:
    """Crawl while the user's site works."""
    done = workspace.crawl(**one_page_job(workspace), site=workspace.web.url(OWN_HOST))
    assert done.returncode == 0, done.stderr
    return suggestions(workspace)


def one_page_job(workspace: Workspace) -> dict[str, Any]:
    return {"urls": workspace.web.url("brewdad.example", "/resources"), "max_depth": 0}


TWO_WEEKS_LATER = {"CLOCK": (datetime.now(UTC) + timedelta(days=14)).isoformat()}


@pytest.mark.parametrize(
    "outage",
    [
        ({}, [], "could be read (answered 503)"),
        (TWO_WEEKS_LATER, ["/sitemap.xml"], "could be read (answered 503)"),
        (TWO_WEEKS_LATER, list(OWN_PAGES), f"read {len(OWN_PAGES)}"),
    ],
    ids=["all of it", "its pages", "its sitemap"],
)
def test_while_the_own_site_is_down_what_is_known_of_it_is_kept(
    workspace: Workspace,
    suggested: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    outage: tuple[dict[str, str], list[str], str],
) -> None:
    workspace.settings, answering, message = outage
    paths = {path: workspace.web.sites[OWN_HOST].paths[path] for path in answering}
    monkeypatch.setitem(workspace.web.sites, OWN_HOST, Site(b.refusal(503), paths))
    down = workspace.crawl(**one_page_job(workspace), site=workspace.web.url(OWN_HOST))
    assert down.returncode == 0, down.stderr
    assert message in down.stdout
    assert suggestions(workspace) == suggested


def test_a_mistyped_site_is_said_and_does_not_replace_the_one_that_is_known(
    workspace: Workspace, suggested: dict[str, str]
) -> None:
    workspace.settings = {"SUMMARY": "line"}
    typo = workspace.web.url("ketle-notes.example")
    done = workspace.crawl(**one_page_job(workspace), site=typo)
    assert f"no page of your site {typo}" in done.stdout
    assert suggestions(workspace) == suggested
    workspace.crawl(**one_page_job(workspace))
    assert suggestions(workspace) == suggested


def test_an_own_page_that_is_gone_is_suggested_no_more(
    workspace: Workspace, suggested: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.settings = TWO_WEEKS_LATER
    monkeypatch.setitem(
        workspace.web.sites[OWN_HOST].paths, "/hops/keeping-fresh", b.missing(OWN_HOST)
    )
    workspace.crawl(**one_page_job(workspace), site=workspace.web.url(OWN_HOST))
    guide = workspace.web.target_url("hopsandmore.example/storage-guide")
    assert suggested[guide] == "How to store hops and keep them fresh"
    assert suggestions(workspace)[guide] != suggested[guide]
