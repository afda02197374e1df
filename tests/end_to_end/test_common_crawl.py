"""Common Crawl, switched on, is asked about dead pages the Wayback Machine has no copy of."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Site
from tests.end_to_end.conftest import Workspace
from tests.loopback.common_crawl import LoopbackCommonCrawl

pytestmark = pytest.mark.slow

CRAWL_HOST = "127.0.0.1"
PAGE = ("brewdad.example", "/resources")
UNKNOWN = "cellarnotes.example/lagering"


@pytest.fixture
def crawls(workspace: Workspace) -> Iterator[LoopbackCommonCrawl]:
    """Put up crawls of four years; the newest copy of the page is one of its error page."""
    guide = b.article("Lagering in an old fridge", "Cold and slow")
    service = LoopbackCommonCrawl(
        {
            "CC-MAIN-2024-10": {},
            "CC-MAIN-2024-05": {UNKNOWN: b.article("Not asked", "One crawl a year is")},
            "CC-MAIN-2022-33": {UNKNOWN: b.page("Page not found", "Sorry.")},
            "CC-MAIN-2019-04": {UNKNOWN: guide},
        }
    )
    workspace.web.sites[CRAWL_HOST] = Site(service)
    workspace.settings = {
        "COMMONCRAWL_ARCHIVE": True,
        "COMMONCRAWL_PER_MINUTE": 6_000,
        "COMMONCRAWL_INDEX_URL": workspace.web.url(CRAWL_HOST),
        "COMMONCRAWL_DATA_URL": workspace.web.url(CRAWL_HOST),
    }
    yield service
    del workspace.web.sites[CRAWL_HOST]


def dead_page(workspace: Workspace) -> dict[str, str]:
    page = workspace.links().set_index("link_url").loc[workspace.web.target_url(UNKNOWN)]
    return {name: str(page[name]) for name in ("archive_url", "archive_timestamp")}


@pytest.mark.usefixtures("crawls")
def test_the_newest_good_copy_of_any_year_tells_what_the_page_was(workspace: Workspace) -> None:
    done = workspace.crawl(urls=workspace.web.url(*PAGE), max_depth=0)
    assert done.returncode == 0, done.stderr
    page = dead_page(workspace)
    assert "/CC-MAIN-2019-04-index?" in page["archive_url"], "an error page's copy is no copy"
    assert page["archive_timestamp"].startswith("2019-03-04")
    dead = pd.read_excel(workspace.workbook, sheet_name="Dead targets", engine="openpyxl")
    assert dead["What it was"].str.contains("Lagering in an old fridge").any()
    asked = [request.path for request in workspace.web.asked(CRAWL_HOST)]
    crawls_asked = [path.split("-index?")[0] for path in asked if "lagering" in path]
    assert crawls_asked == ["/CC-MAIN-2024-10", "/CC-MAIN-2022-33", "/CC-MAIN-2019-04"]


def test_while_it_refuses_nothing_is_recorded_and_the_next_run_asks_again(
    workspace: Workspace, crawls: LoopbackCommonCrawl
) -> None:
    crawls.failure = b.answer("Please slow down", 503, "text/plain")
    refused = workspace.crawl(urls=workspace.web.url(*PAGE), max_depth=0)
    assert refused.returncode == 0, refused.stderr
    assert "Common Crawl answered 503" in refused.stdout
    assert "archive look-ups are left" in refused.stdout
    assert dead_page(workspace)["archive_url"] == ""

    crawls.failure = None
    workspace.crawl(urls=workspace.web.url(*PAGE), max_depth=0)
    assert "CC-MAIN-2019-04" in dead_page(workspace)["archive_url"]
