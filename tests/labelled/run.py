"""Runs the real program once over the labelled cases, and reads what it made of each of them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd

from brokenlinks.text.urls import url_key
from tests.end_to_end.conftest import exported_links, setting_arguments
from tests.end_to_end.program import run_scrapy
from tests.labelled.case import Case
from tests.labelled.web import NICHE, LabelledWeb

UNCHECKED = "unchecked"
ENDLESS_REDIRECTS = ("redirect_loop", "too_many_redirects")
ABSENT = "absent"
"""In place of a verdict: the program did not speak of the link at all."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case, and the verdict on its link."""

    case: Case
    verdict: str
    reason: str
    confidence: str
    stage: str
    requests: int = 0
    """What the case's hosts had to answer, robots.txt and the link's own redirects aside."""

    @property
    def is_correct(self) -> bool:
        """Tell whether the verdict is one of the honest ones."""
        return self.verdict in self.case.verdicts


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the cases' hosts had to answer; their robots.txt does not count."""

    requests: int
    checked: int
    """How many of their links were asked for at all."""
    busiest: str
    extra: int
    """How many requests the busiest host had to answer beyond one for each link to it.

    Hosts that send visitors round and round do not count: the ten hops allowed are the link's own.
    """

    @property
    def per_link(self) -> float:
        """Requests for each link that was checked."""
        return self.requests / max(self.checked, 1)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program over a labelled web."""

    results: tuple[CaseResult, ...] = field(repr=False)  # a failing test shows no held-out case
    traffic: Traffic


def run(web: LabelledWeb, folder: Path) -> Run:
    """Crawl `web`, which has to be open, from an empty `folder`, and export what was found."""
    web.requests.clear()
    _crawl(web, folder)
    asked = list(web.requests)
    hosts = Counter(
        request.host
        for request in asked
        if request.host not in web.services and request.path != "/robots.txt"
    )
    results = _case_results(web, exported_links(folder, NICHE), hosts, _redirects(folder))
    return Run(results, _traffic(hosts, results))


def _crawl(web: LabelledWeb, folder: Path) -> None:
    arguments = {
        "niche": NICHE,
        "urls": ",".join(web.seed_urls()),
        "max_depth": 0,
        "providers": "none",
    }
    words = ["crawl", "resources"]
    for name, value in arguments.items():
        words += ["-a", f"{name}={value}"]
    done = run_scrapy(folder, *words, *setting_arguments(web.settings()))
    if done.returncode != 0:
        raise RuntimeError(f"the crawl ended with {done.returncode}: {done.stderr[-2000:]}")


def _redirects(folder: Path) -> dict[str, int]:
    """Return how many redirects each link followed, by its evidence."""
    query = "SELECT url, evidence FROM observations JOIN targets ON targets.id = target_id"
    with closing(sqlite3.connect(folder / "output" / "journal.sqlite")) as store:
        seen = store.execute(query).fetchall()
    return {url_key(url): len(json.loads(evidence).get("hops", ())) for url, evidence in seen}


def _case_results(
    web: LabelledWeb, links: pd.DataFrame, asked: Counter[str], redirects: Mapping[str, int]
) -> tuple[CaseResult, ...]:
    rows = {url_key(row["link_url"]): row for row in links.fillna("").to_dict("records")}
    absent = dict.fromkeys(("reason", "confidence", "stage"), "") | {"verdict": ABSENT}
    found = ((case, rows.get(url_key(web.case_url(case)), absent)) for case in web.cases)
    return tuple(
        CaseResult(
            case,
            row["verdict"],
            row["reason"],
            row["confidence"],
            row["stage"],
            sum(asked[host] for host in case.sites) - redirects.get(url_key(web.case_url(case)), 0),
        )
        for case, row in found
    )


def _traffic(asked: Counter[str], results: Sequence[CaseResult]) -> Traffic:
    checked = [j.case for j in results if j.verdict not in {UNCHECKED, ABSENT}]
    linked = Counter(urlsplit(f"//{case.url}").hostname for case in checked)
    endless = {host for j in results if j.reason in ENDLESS_REDIRECTS for host in j.case.sites}
    extra = Counter(
        {host: count - linked[host] for host, count in asked.items() if host not in endless}
    )
    busiest, most = max(extra.items(), key=lambda item: item[1], default=("", 0))
    return Traffic(asked.total(), len(checked), busiest, most)
