"""The main job, end to end: from a niche and some seeds to the spreadsheet."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from brokenlinks.demo.content import (
    DEMO_NICHE,
    REGISTRY_HOST,
    TARGETS,
    WAYBACK_HOST,
    WIKIPEDIA_HOST,
    Truth,
)
from brokenlinks.report.export import LINK_COLUMNS, RANKED_COLUMNS
from brokenlinks.report.workbook.reading import LAYOUTS
from tests.end_to_end.conftest import DELAY, CompletedRun
from tests.end_to_end.program import run_scrapy

DEAD = {
    "dead_gone",
    "dead_domain",
    "dead_host",
    "soft_404",
    "redirected_home",
    "parked",
    "hijacked",
}
DISGUISED_DEAD_LINKS = {
    "hopstore.example/products/cascade-pellets": "soft_404",
    "oldguide.example/brewing/step-by-step": "soft_404",
    "brewpedia.example/history": "parked",
    "brewtools.example/refractometer": "parked",
    "brewersguild.example/newsletter": "hijacked",
    "cellarclub.example/tastings": "dead_host",
    "brewdigest.example/faq": "moved",
}
RDAP_QUERIED = {
    "thebrewclub.example",
    "bottlecap-museum.example",
    "yeastbank.example",
    "brewersguild.example",
}


def verdicts(completed_run: CompletedRun) -> dict[str, str]:
    return dict(zip(completed_run.links["link_url"], completed_run.links["verdict"], strict=True))


def test_it_ends_well_and_says_where_the_workbook_is(completed_run: CompletedRun) -> None:
    assert completed_run.process.returncode == 0, completed_run.process.stderr
    assert str(completed_run.workspace.workbook) in completed_run.process.stdout
    assert "The best rows:" in completed_run.process.stdout


@pytest.mark.parametrize("key", [k for k, t in TARGETS.items() if t.truth is Truth.DEAD])
def test_every_dead_link_is_found(completed_run: CompletedRun, key: str) -> None:
    assert verdicts(completed_run)[completed_run.workspace.web.target_url(key)] in DEAD


@pytest.mark.parametrize(
    "key", [k for k, t in TARGETS.items() if t.truth in {Truth.LIVING, Truth.REFUSING}]
)
def test_no_living_and_no_refusing_link_is_called_dead(
    completed_run: CompletedRun, key: str
) -> None:
    verdict = verdicts(completed_run)[completed_run.workspace.web.target_url(key)]
    expected = {"alive"} if TARGETS[key].truth is Truth.LIVING else {"blocked", "transient"}
    assert verdict in expected


@pytest.mark.parametrize(("key", "verdict"), DISGUISED_DEAD_LINKS.items())
def test_pages_that_are_not_what_was_asked_for_are_seen_through(
    completed_run: CompletedRun, key: str, verdict: str
) -> None:
    assert verdicts(completed_run)[completed_run.workspace.web.target_url(key)] == verdict


@pytest.mark.parametrize("key", [k for k, t in TARGETS.items() if t.truth is Truth.NOT_CHECKED])
def test_what_may_not_be_asked_is_not_asked(completed_run: CompletedRun, key: str) -> None:
    assert verdicts(completed_run)[completed_run.workspace.web.target_url(key)] == "unchecked"
    host, _, path = key.partition("/")
    assert host == "trap.example" or not completed_run.workspace.web.asked(host, f"/{path}")


def test_failing_hosts_are_not_confirmed_dead(completed_run: CompletedRun) -> None:
    urls = {
        completed_run.workspace.web.target_url(k)
        for k, t in TARGETS.items()
        if t.truth is Truth.FAILING
    }
    found = completed_run.links[completed_run.links["link_url"].isin(urls)]
    assert len(found) == len(urls)
    assert "confirmed" not in set(found["stage"])


def test_resource_pages_are_found_beyond_the_seeds_and_neighbours_are_left(
    completed_run: CompletedRun,
) -> None:
    web = completed_run.workspace.web
    pages = set(completed_run.links["page_url"])
    assert web.url("malt-and-more.example", "/useful-links") in pages
    assert web.url("newclub.example", "/our-links") in pages
    assert web.url("coffeecorner.example") not in pages


def test_each_target_is_probed_once_however_many_pages_link_to_it(
    completed_run: CompletedRun,
) -> None:
    web = completed_run.workspace.web
    assert (
        len(completed_run.links[completed_run.links["link_url"].str.contains("hopsandmore")]) == 4
    )
    assert len(web.asked("hopsandmore.example", "/storage-guide")) == 1
    assert set(completed_run.links["checks"]) == {1}


def test_one_request_at_a_time_a_delay_apart_and_robots_txt_once(
    completed_run: CompletedRun,
) -> None:
    web = completed_run.workspace.web
    for host in ("brewschool.example", "hopsandmore.example", "mashcalc.example"):
        times = [asked.began for asked in web.asked(host)]
        assert len(web.asked(host, "/robots.txt")) == 1, host
        assert web.peak_concurrency[host] == 1, host
        # Measured at the door: a busy machine brings the second a little early.
        assert all(later - earlier > 0.5 * DELAY for earlier, later in pairwise(times))


def test_the_agent_says_who_it_is_and_hides_nothing(completed_run: CompletedRun) -> None:
    agents = {
        asked.headers["user-agent"]
        for asked in completed_run.workspace.web.requests
        if asked.host not in {WAYBACK_HOST, REGISTRY_HOST, WIKIPEDIA_HOST}
    }
    assert len(agents) == 1
    [agent] = agents
    assert agent.startswith("ResourceCheck/")
    assert not any(word in agent.lower() for word in ("mozilla", "link", "crawl", "spider"))


def test_dead_links_come_with_their_last_good_copy(completed_run: CompletedRun) -> None:
    dead = completed_run.links.set_index("link_url")
    guide = dead.loc[
        completed_run.workspace.web.target_url("hopsandmore.example/storage-guide")
    ].iloc[0]
    assert guide["archive_url"].endswith(
        "/web/20210514093000/"
        + completed_run.workspace.web.target_url("hopsandmore.example/storage-guide")
    )
    assert guide["stage"] == "confirmed"
    assert guide["evidence"].startswith("Answers 404 Not Found while the site's home page works")


@pytest.mark.parametrize(
    ("key", "verdict"),
    [
        ("thebrewclub.example/links", ["dead_domain", "confirmed", "high"]),
        ("bottlecap-museum.example/", ["dead_domain", "suspected", "medium"]),
        ("brewersguild.example/newsletter", ["hijacked", "confirmed", "high"]),
    ],
)
def test_one_look_is_enough_where_the_registry_agrees(
    completed_run: CompletedRun, key: str, verdict: list[str]
) -> None:
    link = (
        completed_run.links.set_index("link_url")
        .loc[[completed_run.workspace.web.target_url(key)]]
        .iloc[0]
    )
    assert [link["verdict"], link["stage"], link["confidence"]] == verdict


def test_only_domains_the_registry_has_a_word_in_are_asked_about_and_once(
    completed_run: CompletedRun,
) -> None:
    asked = [request.path for request in completed_run.workspace.web.asked(REGISTRY_HOST)]
    assert sorted(asked) == [f"/domain/{domain}" for domain in sorted(RDAP_QUERIED)]
    assert "Registries    registered 3, not found 1" in completed_run.process.stdout


def test_why_a_page_is_not_used_is_said_in_words(completed_run: CompletedRun) -> None:
    rows = load_workbook(completed_run.workspace.workbook)["Excluded"].iter_rows(values_only=True)
    headers = [str(header) for header in next(rows)]
    cells = [dict(zip(headers, row, strict=True)) for row in rows]
    details = {str(row["Reason"]): str(row["Detail"]) for row in cells if row["What"] == "page"}
    # Which of the failing pages are read before the budget is spent is a matter of moments.
    answers = {f"http {s.value}": f"the server answers {s.value} {s.phrase}" for s in HTTPStatus}
    answers["failed dns"] = "its host name does not resolve"
    shown = answers.keys() & details.keys()
    assert shown
    assert {reason: details[reason] for reason in shown} == {
        reason: answers[reason] for reason in shown
    }


def test_the_workbook_shows_it(completed_run: CompletedRun) -> None:
    book = load_workbook(completed_run.workspace.workbook)
    assert book.sheetnames[:5] == [layout.title for layout in LAYOUTS][:5]
    assert book.sheetnames[-2:] == ["Dashboard", "Read me"]
    assert book.active is not None
    assert book.active.title == "Opportunities"
    rows = list(book["Opportunities"].iter_rows(values_only=True))
    headers = [str(header) for header in rows[0]]
    first = dict(zip(headers, rows[1], strict=True))
    assert first["Dead link"] == completed_run.workspace.web.target_url(
        "hopsandmore.example/storage-guide"
    )
    assert first["Verdict"] == "404 not found - confirmed"
    assert first["Status"] == "New"
    page = book["Opportunities"].cell(2, headers.index("Page") + 1)
    assert page.hyperlink is not None
    assert str(page.hyperlink.target).endswith("#:~:text=Hop%20storage%20guide")
    verdict = headers.index("Verdict")
    stages = ["confirmed" in str(row[verdict]) for row in rows[1:]]
    assert stages == sorted(stages, reverse=True)


@pytest.mark.slow
def test_nothing_is_read_twice_by_the_next_run(completed_run: CompletedRun) -> None:
    web = completed_run.workspace.web
    before = len(web.asked("maltings.example", "/malt-chart.pdf"))
    again = completed_run.workspace.crawl(urls=completed_run.workspace.seeds)
    assert again.returncode == 0, again.stderr
    assert len(web.asked("maltings.example", "/malt-chart.pdf")) == before
    assert "0 targets checked" not in completed_run.process.stdout


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_every_link_can_be_exported(completed_run: CompletedRun, ending: str) -> None:
    path = completed_run.workspace.folder / f"all.{ending}"
    done = run_scrapy(
        completed_run.workspace.folder, "export", "-a", f"niche={DEMO_NICHE}", str(path)
    )
    assert done.returncode == 0, done.stderr
    read: dict[str, Callable[[Path], pd.DataFrame]] = {
        "csv": pd.read_csv,
        "parquet": pd.read_parquet,
    }
    table = read[ending](path)
    assert list(table.columns) == LINK_COLUMNS
    assert len(table) == len(completed_run.links)
    assert set(table["verdict"]) >= {"alive", "dead_gone", "blocked", "transient", "unchecked"}


def test_the_ranked_opportunities_can_be_exported(completed_run: CompletedRun) -> None:
    path = completed_run.workspace.folder / "best.jsonl"
    words = ("export", "-a", f"niche={DEMO_NICHE}", "--opportunities", str(path))
    done = run_scrapy(completed_run.workspace.folder, *words)
    assert done.returncode == 0, done.stderr
    table = pd.DataFrame(map(json.loads, path.read_text("utf-8").splitlines()))
    assert list(table.columns) == RANKED_COLUMNS
    values = load_workbook(completed_run.workspace.workbook)["Opportunities"].iter_rows(
        values_only=True
    )
    assert list(table["key"]) == [row[0] for row in values][1:]


def test_the_log_tells_how_far_the_run_is(completed_run: CompletedRun) -> None:
    log = (completed_run.workspace.folder / "output" / "logs" / "home-brewing.log").read_text()
    pattern = r"(\d+) resource pages .* (\d+) found dead, (\d+) of (\d+) links settled"
    lines = [tuple(map(int, line)) for line in re.findall(pattern, log)]
    pages, dead, settled, found = max(lines, key=lambda line: line[1])
    assert pages > 0
    assert 0 < dead < settled <= found
