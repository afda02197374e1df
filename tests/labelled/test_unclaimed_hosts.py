"""Hosting services that show by a header alone that a host is unclaimed."""

from __future__ import annotations

from pathlib import Path

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Site
from tests.labelled.case import Case
from tests.labelled.run import run
from tests.labelled.web import LabelledWeb

pytestmark = pytest.mark.slow

HEADERS = {
    "vercel.example": {"X-Vercel-Error": "DEPLOYMENT_NOT_FOUND"},
    "render.example": {"X-Render-Routing": "no-server"},
}
PAGE = b.page("Sorry", "<p>There is nothing to see at this address at the moment.</p>")
CASES = [
    Case(
        host,
        ("dead_host",),
        f"{host}/mash-guide",
        "The mash guide",
        {host: Site(b.answer(PAGE, 404, headers=headers))},
    )
    for host, headers in HEADERS.items()
]


def test_what_the_header_says_is_the_reason(tmp_path: Path) -> None:
    with LabelledWeb(CASES) as web:
        results = run(web, tmp_path).results
    assert {(j.verdict, j.reason) for j in results} == {("dead_host", "unclaimed_service")}
