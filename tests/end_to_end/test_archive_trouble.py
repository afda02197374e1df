"""The archive is down, slow or says "too often": the run ends, and the next completes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from brokenlinks.demo.wayback import Mode
from tests.end_to_end.conftest import Desk


@pytest.fixture(autouse=True)
def healthy_afterwards(desk: Desk) -> Iterator[None]:
    yield
    desk.web.wayback.mode = Mode.OK


@pytest.mark.parametrize("mode", [Mode.DOWN, Mode.RATE, Mode.HTML, Mode.HANG])
def test_what_could_not_be_looked_up_is_counted_and_done_by_the_next_run(
    desk: Desk, mode: Mode
) -> None:
    one_page = {"urls": desk.web.url("brewdad.example", "/resources"), "max_depth": 0}
    desk.settings = {"SERVICE_TIMEOUT": 1}
    desk.web.wayback.mode = mode
    without = desk.crawl(**one_page)
    assert without.returncode == 0, without.stderr
    assert "archive look-ups are left" in without.stdout
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
