"""The end of a run says what was not done, and why, truly."""

from __future__ import annotations

from brokenlinks.arguments import make_plan
from brokenlinks.models.run_stats import CRAWL, LookupService, RunStats
from brokenlinks.report.run_summary import RunSummary


def not_done(stats: RunStats) -> list[str]:
    plan = make_plan(CRAWL, {"niche": "home brewing"})
    return RunSummary(plan, stats, "finished").unfinished()


def test_look_ups_that_a_setting_forbids_are_promised_to_no_later_run() -> None:
    stats = RunStats()
    stats.lookups[LookupService.ARCHIVE].left = 3
    stats.lookups[LookupService.ARCHIVE].forbidden = True
    assert not_done(stats) == ["3 archive look-ups are not made: ARCHIVE_LOOKUPS_PER_RUN is 0"]


def test_look_ups_over_the_limit_are_left_to_the_next_run() -> None:
    stats = RunStats()
    stats.lookups[LookupService.REGISTRY].left = 3
    assert not_done(stats) == ["3 registry look-ups are left; the next run continues them"]


def test_a_network_that_failed_midway_does_not_unsay_the_links_found_dead_before() -> None:
    [sentence] = not_done(RunStats(connectivity_problem="no page answers"))
    assert "links that failed meanwhile were not called dead" in sentence
