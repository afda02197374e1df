"""The update, as a person runs it, healthy and in each of the known troubles."""

from __future__ import annotations

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.models.lookups import Source
from tests.authority.conftest import KEY, NOW, RANKS, Desk
from tests.authority.lists import RELEASE
from tests.end_to_end.program import run_scrapy
from tests.loopback.ratings import LoopbackAhrefs, LoopbackOpenPageRank

pytestmark = pytest.mark.slow

KEYS = {"OPENPAGERANK_API_KEY": KEY, "AHREFS_API_KEY": KEY}


def test_all_sources_answer_though_the_download_breaks_off(desk: Desk) -> None:
    desk.know("gone.example", site="site-3.example")
    open_pagerank = LoopbackOpenPageRank({"site-3.example": 4.25}, key=KEY)
    desk.rate_with(open_pagerank, LoopbackAhrefs({}, key=KEY))
    desk.ranks.truncate_after = len(desk.ranks.ranks) // 3
    done = desk.update("--rows", "2,000", **KEYS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Common Crawl harmonic rank: {RELEASE}: 2,000 rows" in done.stdout
    assert "Open PageRank: 1 of 1 linking sites" in done.stdout
    assert "Domain Rating by Ahrefs: 1 of 1 linking sites" in done.stdout
    assert RELEASE in done.stderr, "progress"
    assert desk.positions() == {f"site-{n}.example": n for n in range(1, 2_001)}
    assert desk.values(Source.OPEN_PAGERANK) == {"site-3.example": 4.25}
    assert desk.values(Source.AHREFS) == {"site-3.example": None}
    asked = [request.headers.get("range") for request in desk.web.asked(RANKS)[1:]]
    third = desk.ranks.truncate_after
    assert asked[:3] == [None, f"bytes={third}-", f"bytes={2 * third}-"]
    state = desk.state()
    assert state.bytes_read == state.bytes_total == len(desk.ranks.ranks)
    assert (state.top_rows, state.finished_at and state.finished_at.date()) == (2_000, NOW.date())
    assert not desk.part.exists()


def test_for_store_goes_on_where_the_server_starts_over(desk: Desk) -> None:
    """What the journal knows is kept, who is not in the list is noted."""
    desk.know("shop.site-700.example", "gone.nowhere.example", site="site-30.example")
    desk.part.write_bytes(desk.ranks.ranks[:9_000])
    desk.ranks.ranges = False
    done = desk.update("--for-store")
    assert done.returncode == 0, done.stdout + done.stderr
    assert desk.positions() == {
        "site-30.example": 30,
        "site-700.example": 700,
        "nowhere.example": 2_000,
    }
    assert desk.values(Source.COMMON_CRAWL)["nowhere.example"] is None
    assert (desk.state().rows_read, desk.state().top_rows) == (2_000, 0)
    assert desk.web.asked(RANKS)[-1].headers["range"] == "bytes=9000-"


def test_refusals_are_told_and_no_key_is_ever_shown_or_kept(desk: Desk) -> None:
    desk.know("gone.example")
    desk.ranks.failure = b.answer("<h1>Access Denied</h1>", 403)
    exhausted = LoopbackOpenPageRank({}, key=KEY, quota=0)
    desk.rate_with(exhausted, LoopbackAhrefs({}, key="another"))
    desk.settings = {"LOG_LEVEL": "DEBUG", "LOG_FILE": desk.folder / "output" / "all.log"}
    done = desk.update(**KEYS)
    assert done.returncode == 5
    assert "answered 403: <h1>Access Denied</h1>; give the same command again" in done.stdout
    assert "Open PageRank: 0 of 1 linking sites: quota: answered 429" in done.stdout
    ahrefs = "Domain Rating by Ahrefs: 0 of 1 linking sites: misconfigured: answered 401"
    assert ahrefs in done.stdout
    assert "Unauthorized: Bearer [key]" in done.stdout
    assert desk.positions() == {}
    written = [path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()]
    assert len(written) > 2
    assert not any(KEY.encode() in text for text in [*written, done.stdout.encode()])
    assert KEY not in done.stderr


def test_the_doctor_tries_the_keys_and_shows_none(desk: Desk) -> None:
    desk.settings = {"CONNECTIVITY_URLS": ""}
    desk.rate_with(LoopbackOpenPageRank({}, key=KEY), LoopbackAhrefs({}, key="another"))
    done = run_scrapy(desk.folder, *desk.words("doctor"), environment=KEYS)
    assert "ok    open_pagerank  its key works" in done.stdout
    assert "WRONG ahrefs         misconfigured: answered 401" in done.stdout
    assert KEY not in done.stdout + done.stderr
