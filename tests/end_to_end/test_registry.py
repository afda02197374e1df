"""The registry has a word in what is dead: it is asked about few domains, once, and patiently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo import misbehaviours as m
from brokenlinks.demo.content import REGISTRY_HOST
from brokenlinks.demo.server import Behaviour, Site
from brokenlinks.demo.wayback import Capture
from tests.end_to_end.conftest import Desk, Finished
from tests.labelled.case import Case
from tests.labelled.run import run
from tests.labelled.web import LabelledWeb

ASKED_ABOUT = {
    "thebrewclub.example",
    "bottlecap-museum.example",
    "yeastbank.example",
    "brewersguild.example",
}


@pytest.fixture(autouse=True)
def healthy_afterwards(desk: Desk) -> Iterator[None]:
    yield
    desk.web.registry.failure = None


@pytest.mark.parametrize(
    ("key", "verdict", "stage", "confidence"),
    [
        ("thebrewclub.example/links", "dead_domain", "confirmed", "high"),
        ("bottlecap-museum.example/", "dead_domain", "suspected", "medium"),
        ("brewersguild.example/newsletter", "hijacked", "confirmed", "high"),
    ],
)
def test_one_look_is_enough_where_the_registry_agrees(
    finished: Finished, key: str, verdict: str, stage: str, confidence: str
) -> None:
    by_url = finished.links.drop_duplicates("link_url").set_index("link_url")
    link = by_url.loc[finished.desk.web.target_url(key)]
    assert [link["verdict"], link["stage"], link["confidence"]] == [verdict, stage, confidence]


def test_only_domains_it_has_a_word_in_are_asked_about_and_once(finished: Finished) -> None:
    asked = [request.path for request in finished.desk.web.asked(REGISTRY_HOST)]
    assert sorted(asked) == sorted(f"/domain/{domain}" for domain in ASKED_ABOUT)
    assert "Registries    registered 3, not found 1" in finished.said.stdout


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
        said = {judged.case.name: judged for judged in run(web, tmp_path).judged}
    assert said["changed-hands"].verdict == "hijacked"
    assert said["changed-hands"].confidence == "high"
    assert said["same-hands"].verdict == "drifted"


@pytest.mark.parametrize(
    ("failure", "problem"),
    [
        (b.refusal(429, {"Retry-After": "1"}), "asked too often (429)"),
        (b.missing("the proxy"), "answered 404"),
        (b.redirect("http://169.254.169.254/domain/thebrewclub.example"), "no answer: dns"),
        (m.endless_body, "too long"),
        (m.hang, "no answer: timeout"),
    ],
)
def test_what_could_not_be_looked_up_is_counted_and_done_by_the_next_run(
    desk: Desk, failure: Behaviour, problem: str
) -> None:
    one_page = {"urls": desk.web.url("stammwuerze.example", "/links"), "max_depth": 0}
    brew_club = desk.web.target_url("thebrewclub.example/links")
    desk.settings = {"SERVICE_TIMEOUT": 1}
    desk.web.registry.failure = failure
    without = desk.crawl(**one_page)
    assert without.returncode == 0, without.stderr
    assert "registry look-ups are left" in without.stdout
    assert problem in without.stdout
    assert desk.links().set_index("link_url").loc[brew_club, "stage"] == "suspected"

    desk.web.registry.failure = None
    completed = desk.crawl(**one_page)
    assert completed.returncode == 0, completed.stderr
    assert "registry look-ups are left" not in completed.stdout
    assert desk.links().set_index("link_url").loc[brew_club, "stage"] == "confirmed"


def test_after_too_often_a_registry_is_left_alone(desk: Desk) -> None:
    desk.web.registry.failure = b.refusal(429, {"Retry-After": "1"})
    before = desk.web.count(REGISTRY_HOST)
    done = desk.crawl(urls=desk.seeds)
    assert done.returncode == 0, done.stderr
    assert desk.web.count(REGISTRY_HOST) == before + 1
    assert f"{len(ASKED_ABOUT)} registry look-ups are left" in done.stdout


def test_a_budget_that_is_used_up_is_said(desk: Desk) -> None:
    desk.settings = {"RDAP_LOOKUPS_PER_RUN": 0}
    before = desk.web.count(REGISTRY_HOST)
    done = desk.crawl(urls=desk.web.url("stammwuerze.example", "/links"), max_depth=0)
    assert "registry look-ups are left" in done.stdout
    assert desk.web.count(REGISTRY_HOST) == before


def test_the_bootstrap_file_says_which_registry_to_ask(desk: Desk) -> None:
    services = {"services": [[["example"], [desk.web.url(REGISTRY_HOST)]]]}
    desk.web.sites["bootstrap.example"] = Site(b.answer(json.dumps(services)))
    desk.settings = {
        "RDAP_SERVERS": {"org": "http://elsewhere.example/"},
        "RDAP_BOOTSTRAP_URL": desk.web.url("localhost", "/dns.json"),
    }
    desk.web.sites["localhost"] = desk.web.sites.pop("bootstrap.example")
    done = desk.crawl(urls=desk.web.url("stammwuerze.example", "/links"), max_depth=0)
    assert "registry look-ups are left" not in done.stdout
    assert "not found 1" in done.stdout
