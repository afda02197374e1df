"""Many links to one host: it is asked for little more, and their order makes no difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Site
from tests.labelled.case import Case
from tests.labelled.run import Run, run
from tests.labelled.test_matrix import EXTRA_REQUESTS
from tests.labelled.web import LabelledWeb

pytestmark = pytest.mark.slow

HOST = "everything-alike.example"
NOT_FOUND_PAGE = b.answer(b.page("Sorry", "<p>The page you tried to open does not exist.</p>"))
HOME = b.answer(b.article(HOST, "A club"))
SITES = {HOST: Site(NOT_FOUND_PAGE, {"/": HOME, "/robots.txt": b.refusal(404)})}
PATHS = (
    "a/mash.html",
    "b/malt.html",
    "c/hops.html",
    "d/yeast.php",
    "e/water/",
    "f/kegs.php?id=4",
    "wort",
    "g/h/kettles.asp",
)
CASES = tuple(
    Case(f"lost-{n}", ("soft_404",), f"{HOST}/{path}", f"Guide number {n}", SITES)
    for n, path in enumerate(PATHS)
)


@pytest.fixture(params=[None, 3], ids=["ordered", "shuffled"])
def ran(request: pytest.FixtureRequest, tmp_path: Path) -> Run:
    with LabelledWeb(CASES, seed=request.param) as web:
        return run(web, tmp_path)


def test_all_are_seen_to_be_lost(ran: Run) -> None:
    assert {j.case.name: j.verdict for j in ran.results} == {c.name: "soft_404" for c in CASES}
    assert ran.traffic.extra <= EXTRA_REQUESTS
