"""The archive is down, slow or says "too often": the run ends, and the next completes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from brokenlinks.demo.content import WAYBACK_HOST
from brokenlinks.demo.wayback import INDEX_PATH, Mode
from tests.end_to_end.conftest import Desk
from tests.end_to_end.program import Program


@pytest.fixture(autouse=True)
def healthy_afterwards(desk: Desk) -> Iterator[None]:
    yield
    desk.web.wayback.mode = Mode.OK


def test_what_could_not_be_looked_up_is_counted_and_done_by_the_next_run(desk: Desk) -> None:
    one_page = {"urls": desk.web.url("brewdad.example", "/resources"), "max_depth": 0}
    desk.settings = {"SERVICE_TIMEOUT": 1}
    for mode in (Mode.RATE, Mode.HTML, Mode.HANG):
        desk.web.wayback.mode = mode
        without = desk.crawl(**one_page)
        assert without.returncode == 0, without.stderr
        assert "archive look-ups are left" in without.stdout, mode
        assert set(desk.links()["archive_url"]) == {""}

    desk.web.wayback.mode = Mode.OK
    completed = desk.crawl(**one_page)
    assert completed.returncode == 0, completed.stderr
    assert "archive look-ups are left" not in completed.stdout
    assert (desk.links()["archive_url"] != "").sum() == 5


def test_a_slow_archive_is_waited_for(desk: Desk) -> None:
    desk.web.wayback.mode = Mode.SLOW
    done = desk.crawl(urls=desk.web.url("stammwuerze.example", "/links"), max_depth=0)
    assert done.returncode == 0, done.stderr
    assert "archive look-ups are left" not in done.stdout


def test_a_budget_that_is_used_up_is_said_and_the_most_linked_come_first(desk: Desk) -> None:
    desk.settings = {"ARCHIVE_LOOKUPS_PER_RUN": 0}
    assert "look-ups are left" in desk.crawl(urls=desk.seeds).stdout
    desk.settings = {"ARCHIVE_LOOKUPS_PER_RUN": 1}
    desk.crawl(urls=desk.seeds)
    looked_up = desk.links().query("archive_url != ''")
    assert set(looked_up["link_url"]) == {desk.web.target_url("hopsandmore.example/storage-guide")}


def test_two_runs_at_once_keep_to_the_budget_together(desk: Desk) -> None:
    """Measured at the archive's door: look-ups of both are as far apart as those of one."""
    interval = 0.5
    desk.settings = {"WAYBACK_CDX_PER_MINUTE": 60 / interval}
    pages = {
        "home brewing": ("brewdad.example", "/resources"),
        "beer": ("newclub.example", "/our-links"),
    }
    before = len(desk.web.asked(WAYBACK_HOST))
    running = [
        Program(
            desk.folder,
            *desk.words({"niche": niche, "urls": desk.web.url(*page), "max_depth": 0}),
        )
        for niche, page in pages.items()
    ]
    assert [program.finish().returncode for program in running] == [0, 0]
    asked = desk.web.asked(WAYBACK_HOST)[before:]
    times = [request.began for request in asked if request.path.startswith(INDEX_PATH)]
    assert len(times) > 4
    assert times[-1] - times[0] > 0.9 * interval * (len(times) - 1)
