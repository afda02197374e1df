"""The registry has a word in what is dead: it is asked about few domains, once, and patiently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import REGISTRY_HOST
from brokenlinks.demo.server import Site
from brokenlinks.demo.services import Capture
from tests.end_to_end.conftest import Workspace
from tests.labelled.case import Case
from tests.labelled.run import run
from tests.labelled.web import LabelledWeb

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def healthy_afterwards(workspace: Workspace) -> Iterator[None]:
    yield
    workspace.web.sites[REGISTRY_HOST].otherwise = workspace.web.registry


CASINO = b.answer(
    b.page("Best casino bonus and online slots", "<p>Play slots at our online casino today.</p>")
)
GUIDE = Capture("20190514093000", body=b.article("Guide to mashing", "Mashing grain"))


def usurped(name: str, registered: date) -> Case:
    host = f"{name}.example"
    return Case(
        name,
        ("hijacked",),
        f"{host}/mash",
        "Guide to mashing",
        {host: Site(CASINO)},
        captures={f"{host}/mash": [GUIDE]},
        registered={host: registered},
    )


def test_new_hands_since_the_last_good_copy_make_a_hijacked_domain(tmp_path: Path) -> None:
    cases = [usurped("changed-hands", date(2022, 3, 1)), usurped("same-hands", date(2001, 3, 1))]
    with LabelledWeb(cases) as web:
        results = {judged.case.name: judged for judged in run(web, tmp_path).results}
    assert results["changed-hands"].verdict == "hijacked"
    assert results["changed-hands"].confidence == "high"
    assert results["same-hands"].verdict == "drifted"


FAILURES = [
    (b.refusal(429, {"Retry-After": "1"}), "too many requests (429)", 1),
    (b.redirect("http://169.254.169.254/domain/thebrewclub.example"), "no answer: dns", 3),
    (b.endless_body, "unexpected answer (too long)", 3),
]


def test_what_could_not_be_looked_up_is_counted_and_done_by_the_next_run(
    workspace: Workspace,
) -> None:
    one_page = {"urls": workspace.web.url("oldmash.example", "/brewlinks.htm"), "max_depth": 0}
    for failure, problem, asked in FAILURES:
        workspace.web.sites[REGISTRY_HOST].otherwise = failure
        before = workspace.web.count(REGISTRY_HOST)
        without = workspace.crawl(**one_page)
        assert without.returncode == 0, without.stderr
        assert f"3 registry look-ups are left ({problem}" in without.stdout
        assert workspace.web.count(REGISTRY_HOST) == before + asked
        assert brew_club(workspace) == ["dead_domain", "suspected", "medium"]

    workspace.web.sites[REGISTRY_HOST].otherwise = workspace.web.registry
    completed = workspace.crawl(**one_page)
    assert completed.returncode == 0, completed.stderr
    assert "registry look-ups are left" not in completed.stdout
    assert brew_club(workspace) == ["dead_domain", "confirmed", "high"]


def test_a_budget_that_is_used_up_is_said(workspace: Workspace) -> None:
    workspace.settings = {"RDAP_LOOKUPS_PER_RUN": 0}
    before = workspace.web.count(REGISTRY_HOST)
    done = workspace.crawl(urls=workspace.web.url("stammwuerze.example", "/links"), max_depth=0)
    assert "1 registry look-ups are not made: RDAP_LOOKUPS_PER_RUN is 0" in done.stdout
    assert workspace.web.count(REGISTRY_HOST) == before


def test_the_bootstrap_file_says_which_registry_to_ask(workspace: Workspace) -> None:
    services = {"services": [[["example"], [workspace.web.url(REGISTRY_HOST)]]]}
    workspace.web.sites[REGISTRY_HOST].paths["/dns.json"] = b.answer(json.dumps(services))
    workspace.settings = {
        "RDAP_SERVERS": {"org": "http://elsewhere.example/"},
        "RDAP_BOOTSTRAP_URL": workspace.web.url(REGISTRY_HOST, "/dns.json"),
    }
    done = workspace.crawl(urls=workspace.web.url("stammwuerze.example", "/links"), max_depth=0)
    assert "Registries    not found 1" in done.stdout
    assert brew_club(workspace) == ["dead_domain", "confirmed", "high"]


def brew_club(workspace: Workspace) -> list[str]:
    """Return verdict, stage and confidence of a link to a domain nobody has registered."""
    links = workspace.links().set_index("link_url")
    link = links.loc[workspace.web.target_url("thebrewclub.example/links")]
    return [str(link[name]) for name in ("verdict", "stage", "confidence")]
