"""What is promised of the verdicts, measured over both halves of the labelled cases.

    python -m tests.labelled.matrix --failures

shows the same with the cases behind it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.labelled import matrix
from tests.labelled.loading import HALVES, Half, load
from tests.labelled.run import Run, run
from tests.labelled.web import LabelledWeb

pytestmark = pytest.mark.slow

DEAD_PRECISION = 0.995
DEAD_RECALL = 0.95
RECALL_OF_A_KIND = 0.85
HARD_KINDS = ("soft_404", "parked", "hijacked", "redirected_home")
UNKNOWN_SHARE = 0.05
REQUESTS_PER_LINK = 1.35
"""A link that fails once is asked again in the same run, which is worth 0.05 to living links."""
EXTRA_REQUESTS = 8
"""At one host, beyond one for each link to it."""


def run_half(half: Half, folder: Path, seed: int | None = None) -> Run:
    cases = load(half)
    assert cases
    with LabelledWeb(cases, seed=seed) as web:
        return run(web, folder)


@pytest.fixture(scope="session")
def tuned(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_half("tuned", tmp_path_factory.mktemp("tuned"))


@pytest.fixture(scope="session")
def held_out(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_half("held_out", tmp_path_factory.mktemp("held_out"))


@pytest.fixture(params=HALVES)
def ran(request: pytest.FixtureRequest) -> Run:
    found: Run = request.getfixturevalue(request.param)
    return found


# What is asserted is a figure of its own: a failure shows it, and none of the held-out cases.


def test_what_is_called_dead_is_dead(ran: Run) -> None:
    reached = matrix.dead_precision(matrix.called_dead(ran.results))
    assert reached >= DEAD_PRECISION


def test_what_is_dead_is_found(ran: Run) -> None:
    reached = matrix.dead_recall(ran.results)
    assert reached >= DEAD_RECALL


@pytest.mark.parametrize("kind", HARD_KINDS)
def test_what_is_hard_to_find_is_found_too(ran: Run, kind: str) -> None:
    reached = matrix.recall(ran.results, kind)
    assert reached >= RECALL_OF_A_KIND


def test_few_answers_leave_us_without_a_verdict(ran: Run) -> None:
    reached = matrix.unknown_share(ran.results)
    assert reached < UNKNOWN_SHARE


def test_every_link_gets_a_verdict(ran: Run) -> None:
    verdicts = {judged.verdict for judged in ran.results}
    assert verdicts <= set(matrix.VERDICTS)


def test_hosts_are_hardly_asked_for_more_than_the_link(ran: Run) -> None:
    reached = matrix.usual_requests_per_link(ran.results)
    assert reached <= REQUESTS_PER_LINK
    most = ran.traffic.extra
    assert most <= EXTRA_REQUESTS


@pytest.mark.soak
def test_the_order_of_the_links_makes_no_difference(tuned: Run, tmp_path: Path) -> None:
    shuffled = run_half("tuned", tmp_path, seed=7)
    ordered, other = (
        {judged.case.name: judged.verdict for judged in done.results} for done in (tuned, shuffled)
    )
    assert {name for name, verdict in ordered.items() if other[name] != verdict} == set()
