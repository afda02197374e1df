"""The archive is down, slow or says "too often": the run ends, and the next completes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from brokenlinks.demo.behaviours import hang
from brokenlinks.demo.content import WAYBACK_HOST
from brokenlinks.demo.services import INDEX_PATH
from tests.end_to_end.conftest import Workspace
from tests.end_to_end.program import Program
from tests.loopback.failing import OFFLINE_PAGE, TOO_MANY, slow

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def healthy_afterwards(workspace: Workspace) -> Iterator[None]:
    yield
    workspace.web.sites[WAYBACK_HOST].otherwise = workspace.web.wayback


def test_what_could_not_be_looked_up_is_counted_and_done_by_the_next_run(
    workspace: Workspace,
) -> None:
    one_page = {"urls": workspace.web.url("brewdad.example", "/resources"), "max_depth": 0}
    workspace.settings = {"SERVICE_TIMEOUT": 1}
    for failure in (TOO_MANY, OFFLINE_PAGE, hang):
        workspace.web.sites[WAYBACK_HOST].otherwise = failure
        without = workspace.crawl(**one_page)
        assert without.returncode == 0, without.stderr
        assert "archive look-ups are left" in without.stdout
        assert set(workspace.links()["archive_url"]) == {""}

    workspace.web.sites[WAYBACK_HOST].otherwise = workspace.web.wayback
    completed = workspace.crawl(**one_page)
    assert completed.returncode == 0, completed.stderr
    assert "archive look-ups are left" not in completed.stdout
    assert (workspace.links()["archive_url"] != "").sum() == 5


def test_a_slow_archive_is_waited_for(workspace: Workspace) -> None:
    workspace.web.sites[WAYBACK_HOST].otherwise = slow(workspace.web.wayback)
    done = workspace.crawl(urls=workspace.web.url("stammwuerze.example", "/links"), max_depth=0)
    assert done.returncode == 0, done.stderr
    assert "archive look-ups are left" not in done.stdout


def test_a_budget_that_is_used_up_is_said_and_the_most_linked_come_first(
    workspace: Workspace,
) -> None:
    workspace.settings = {"ARCHIVE_LOOKUPS_PER_RUN": 0}
    assert "look-ups are left" in workspace.crawl(urls=workspace.seeds).stdout
    workspace.settings = {"ARCHIVE_LOOKUPS_PER_RUN": 1}
    workspace.crawl(urls=workspace.seeds)
    looked_up = workspace.links().query("archive_url != ''")
    assert set(looked_up["link_url"]) == {
        workspace.web.target_url("hopsandmore.example/storage-guide")
    }


def test_two_runs_at_once_keep_to_the_budget_together(workspace: Workspace) -> None:
    """Measured at the archive's door: look-ups of both are as far apart as those of one."""
    interval = 0.5
    workspace.settings = {"WAYBACK_CDX_PER_MINUTE": 60 / interval}
    pages = {
        "home brewing": ("brewdad.example", "/resources"),
        "beer": ("newclub.example", "/our-links"),
    }
    before = len(workspace.web.asked(WAYBACK_HOST))
    running = [
        Program(
            workspace.folder,
            *workspace.command({"niche": niche, "urls": workspace.web.url(*page), "max_depth": 0}),
        )
        for niche, page in pages.items()
    ]
    assert [program.finish().returncode for program in running] == [0, 0]
    asked = workspace.web.asked(WAYBACK_HOST)[before:]
    times = [request.began for request in asked if request.path.startswith(INDEX_PATH)]
    assert len(times) > 4
    assert times[-1] - times[0] > 0.9 * interval * (len(times) - 1)
