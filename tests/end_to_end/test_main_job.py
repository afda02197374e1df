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

from brokenlinks.demo.content import DEMO_NICHE, REGISTRY_HOST, WAYBACK_HOST, WIKIPEDIA_HOST
from brokenlinks.demo.targets import TARGETS, Truth
from brokenlinks.report.export import LINK_COLUMNS, RANKED_COLUMNS
from brokenlinks.report.workbook.workbook import LAYOUTS
from tests.end_to_end.conftest import DELAY, Finished
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
IMPOSTORS = {
    "hopstore.example/products/cascade-pellets": "soft_404",
    "oldguide.example/brewing/step-by-step": "soft_404",
    "brewpedia.example/history": "parked",
    "brewtools.example/refractometer": "parked",
    "brewersguild.example/newsletter": "hijacked",
    "cellarclub.example/tastings": "dead_host",
    "brewdigest.example/faq": "moved",
}
ASKED_ABOUT = {
    "thebrewclub.example",
    "bottlecap-museum.example",
    "yeastbank.example",
    "brewersguild.example",
}


def verdicts(finished: Finished) -> dict[str, str]:
    return dict(zip(finished.links["link_url"], finished.links["verdict"], strict=True))


def test_it_ends_well_and_says_where_the_workbook_is(finished: Finished) -> None:
    assert finished.said.returncode == 0, finished.said.stderr
    assert str(finished.desk.workbook) in finished.said.stdout
    assert "The best rows:" in finished.said.stdout


@pytest.mark.parametrize("key", [k for k, t in TARGETS.items() if t.truth is Truth.DEAD])
def test_every_dead_link_is_found(finished: Finished, key: str) -> None:
    assert verdicts(finished)[finished.desk.web.target_url(key)] in DEAD


@pytest.mark.parametrize(
    "key", [k for k, t in TARGETS.items() if t.truth in {Truth.LIVING, Truth.REFUSING}]
)
def test_no_living_and_no_refusing_link_is_called_dead(finished: Finished, key: str) -> None:
    verdict = verdicts(finished)[finished.desk.web.target_url(key)]
    expected = {"alive"} if TARGETS[key].truth is Truth.LIVING else {"blocked", "transient"}
    assert verdict in expected


@pytest.mark.parametrize(("key", "verdict"), IMPOSTORS.items())
def test_pages_that_are_not_what_was_asked_for_are_seen_through(
    finished: Finished, key: str, verdict: str
) -> None:
    assert verdicts(finished)[finished.desk.web.target_url(key)] == verdict


@pytest.mark.parametrize("key", [k for k, t in TARGETS.items() if t.truth is Truth.UNASKED])
def test_what_may_not_be_asked_is_not_asked(finished: Finished, key: str) -> None:
    assert verdicts(finished)[finished.desk.web.target_url(key)] == "unchecked"
    host, _, path = key.partition("/")
    assert host == "trap.example" or not finished.desk.web.asked(host, f"/{path}")


def test_failing_hosts_are_not_confirmed_dead(finished: Finished) -> None:
    urls = {finished.desk.web.target_url(k) for k, t in TARGETS.items() if t.truth is Truth.FAILING}
    found = finished.links[finished.links["link_url"].isin(urls)]
    assert len(found) == len(urls)
    assert "confirmed" not in set(found["stage"])


def test_resource_pages_are_found_beyond_the_seeds_and_neighbours_are_left(
    finished: Finished,
) -> None:
    web = finished.desk.web
    pages = set(finished.links["page_url"])
    assert web.url("malt-and-more.example", "/useful-links") in pages
    assert web.url("newclub.example", "/our-links") in pages
    assert web.url("coffeecorner.example") not in pages


def test_each_target_is_probed_once_however_many_pages_link_to_it(finished: Finished) -> None:
    web = finished.desk.web
    assert len(finished.links[finished.links["link_url"].str.contains("hopsandmore")]) == 4
    assert len(web.asked("hopsandmore.example", "/storage-guide")) == 1
    assert set(finished.links["checks"]) == {1}


def test_one_request_at_a_time_a_delay_apart_and_robots_txt_once(finished: Finished) -> None:
    web = finished.desk.web
    for host in ("brewschool.example", "hopsandmore.example", "mashcalc.example"):
        times = [asked.began for asked in web.asked(host)]
        assert len(web.asked(host, "/robots.txt")) == 1, host
        assert web.peaks[host] == 1, host
        # Measured at the door: a busy machine brings the second a little early.
        assert all(later - earlier > 0.5 * DELAY for earlier, later in pairwise(times))


def test_the_agent_says_who_it_is_and_hides_nothing(finished: Finished) -> None:
    agents = {
        asked.headers["user-agent"]
        for asked in finished.desk.web.requests
        if asked.host not in {WAYBACK_HOST, REGISTRY_HOST, WIKIPEDIA_HOST}
    }
    assert len(agents) == 1
    [agent] = agents
    assert agent.startswith("ResourceCheck/")
    assert not any(word in agent.lower() for word in ("mozilla", "link", "crawl", "spider"))


def test_dead_links_come_with_their_last_good_copy(finished: Finished) -> None:
    dead = finished.links.set_index("link_url")
    guide = dead.loc[finished.desk.web.target_url("hopsandmore.example/storage-guide")].iloc[0]
    assert guide["archive_url"].endswith(
        "/web/20210514093000/" + finished.desk.web.target_url("hopsandmore.example/storage-guide")
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
    finished: Finished, key: str, verdict: list[str]
) -> None:
    link = finished.links.set_index("link_url").loc[[finished.desk.web.target_url(key)]].iloc[0]
    assert [link["verdict"], link["stage"], link["confidence"]] == verdict


def test_only_domains_the_registry_has_a_word_in_are_asked_about_and_once(
    finished: Finished,
) -> None:
    asked = [request.path for request in finished.desk.web.asked(REGISTRY_HOST)]
    assert sorted(asked) == [f"/domain/{domain}" for domain in sorted(ASKED_ABOUT)]
    assert "Registries    registered 3, not found 1" in finished.said.stdout


def test_why_a_page_is_not_used_is_said_in_words(finished: Finished) -> None:
    rows = load_workbook(finished.desk.workbook)["Excluded"].iter_rows(values_only=True)
    headers = [str(header) for header in next(rows)]
    cells = [dict(zip(headers, row, strict=True)) for row in rows]
    said = {str(row["Reason"]): str(row["Detail"]) for row in cells if row["What"] == "page"}
    # Which of the failing pages are read before the budget is spent is a matter of moments.
    answers = {f"http {s.value}": f"the server answers {s.value} {s.phrase}" for s in HTTPStatus}
    answers["failed dns"] = "its name leads to no server"
    seen = answers.keys() & said.keys()
    assert seen
    assert {reason: said[reason] for reason in seen} == {reason: answers[reason] for reason in seen}


def test_the_workbook_shows_it(finished: Finished) -> None:
    book = load_workbook(finished.desk.workbook)
    assert book.sheetnames[:5] == [layout.title for layout in LAYOUTS][:5]
    assert book.sheetnames[-2:] == ["Dashboard", "Read me"]
    assert book.active is not None
    assert book.active.title == "Opportunities"
    rows = list(book["Opportunities"].iter_rows(values_only=True))
    headers = [str(header) for header in rows[0]]
    first = dict(zip(headers, rows[1], strict=True))
    assert first["Dead link"] == finished.desk.web.target_url("hopsandmore.example/storage-guide")
    assert first["Verdict"] == "404 not found - confirmed"
    assert first["Status"] == "New"
    page = book["Opportunities"].cell(2, headers.index("Page") + 1)
    assert page.hyperlink is not None
    assert str(page.hyperlink.target).endswith("#:~:text=Hop%20storage%20guide")
    verdict = headers.index("Verdict")
    stages = ["confirmed" in str(row[verdict]) for row in rows[1:]]
    assert stages == sorted(stages, reverse=True)


def test_nothing_is_read_twice_by_the_next_run(finished: Finished) -> None:
    web = finished.desk.web
    before = len(web.asked("maltings.example", "/malt-chart.pdf"))
    again = finished.desk.crawl(urls=finished.desk.seeds)
    assert again.returncode == 0, again.stderr
    assert len(web.asked("maltings.example", "/malt-chart.pdf")) == before
    assert "0 targets checked" not in finished.said.stdout


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_every_link_can_be_exported(finished: Finished, ending: str) -> None:
    path = finished.desk.folder / f"all.{ending}"
    done = run_scrapy(finished.desk.folder, "export", "-a", f"niche={DEMO_NICHE}", str(path))
    assert done.returncode == 0, done.stderr
    read: dict[str, Callable[[Path], pd.DataFrame]] = {
        "csv": pd.read_csv,
        "parquet": pd.read_parquet,
    }
    table = read[ending](path)
    assert list(table.columns) == LINK_COLUMNS
    assert len(table) == len(finished.links)
    assert set(table["verdict"]) >= {"alive", "dead_gone", "blocked", "transient", "unchecked"}


def test_the_ranked_opportunities_can_be_exported(finished: Finished) -> None:
    path = finished.desk.folder / "best.jsonl"
    words = ("export", "-a", f"niche={DEMO_NICHE}", "--opportunities", str(path))
    done = run_scrapy(finished.desk.folder, *words)
    assert done.returncode == 0, done.stderr
    table = pd.DataFrame(map(json.loads, path.read_text("utf-8").splitlines()))
    assert list(table.columns) == RANKED_COLUMNS
    values = load_workbook(finished.desk.workbook)["Opportunities"].iter_rows(values_only=True)
    assert list(table["key"]) == [row[0] for row in values][1:]


def test_the_log_tells_how_far_the_run_is(finished: Finished) -> None:
    log = (finished.desk.folder / "output" / "logs" / "home-brewing.log").read_text()
    told = r"(\d+) resource pages .* (\d+) found dead, (\d+) of (\d+) links settled"
    lines = [tuple(map(int, line)) for line in re.findall(told, log)]
    pages, dead, settled, found = max(lines, key=lambda line: line[1])
    assert pages > 0
    assert 0 < dead < settled <= found
