"""A page of tens of thousands of links is stored and read within the databases' limits."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update

from brokenlinks.models.lookups import Rating, Source
from brokenlinks.models.page import Candidate, OutboundLink, ResourcePage
from brokenlinks.models.run_stats import CRAWL
from brokenlinks.models.verdict import Verdict
from brokenlinks.store.authority import SourceState, rated_domains, record_ratings
from brokenlinks.store.database import Store, open_store
from brokenlinks.store.lookups import (
    pending_citations,
    pending_domains,
    pending_sites,
    pending_targets,
)
from brokenlinks.store.pages import store_page, unchanged_page
from brokenlinks.store.runs import Run, begin_run
from brokenlinks.store.schema import targets
from brokenlinks.store.searches import count_terms
from brokenlinks.store.work_queue import pages_with_rows, queue_pages, record_reverification

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 2, tzinfo=UTC)
LINKS = 33_000
"""More than any SQLite takes in one statement."""
OLD_LIMIT = 999
"""Of SQLite before 3.32, which long-lived systems still have."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("journal")
    opened = open_store(f"sqlite:///{folder / 'journal.sqlite'}")

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, OLD_LIMIT)

    opened.engine.dispose()
    # As SQLAlchemy itself sets it for such a version.
    opened.engine.dialect.insertmanyvalues_max_parameters = OLD_LIMIT
    event.listen(opened.engine, "connect", limit)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def run(store: Store) -> Run:
    return store.run(begin_run, "hops", CRAWL, "", NOW)


@pytest.fixture(scope="module")
def ids(store: Store, run: Run) -> list[int]:
    """A stored page of 33,000 dead links: its targets."""
    urls = [f"http://dead{number}.example/" for number in range(LINKS)]
    links = [OutboundLink(url, url, position=n) for n, url in enumerate(urls)]
    page = ResourcePage("http://a.example/", "a", "a.example", links=links, digest="d")
    store.run(store_page, run, page, NOW)
    with store.engine.begin() as connection:
        connection.execute(update(targets).values(verdict=Verdict.DEAD_DOMAIN))
    return [link.target_id for link in page.links if link.target_id is not None]


@pytest.mark.parametrize("ask", [pending_targets, pending_citations, pending_domains])
def test_every_target_is_looked_up(store: Store, ids: list[int], ask: Any) -> None:
    assert len({pending.id for pending in store.run(ask, "hops", NOW, ids)}) == LINKS


def test_a_sites_demand_counts_all_its_links(store: Store, ids: list[int]) -> None:
    assert [site.demand for site in store.run(pending_sites, "hops", NOW, ids)] == [LINKS]


def test_the_page_is_read_again(store: Store, run: Run, ids: list[int]) -> None:
    candidate = Candidate("http://a.example/", "a", "seed")
    unchanged = store.run(unchanged_page, run, candidate, "d", NOW)
    assert unchanged is not None
    assert len(unchanged.links) == LINKS
    (chosen,) = store.run(pages_with_rows, "hops", lambda _page, _target: True)
    assert len(chosen.links) == LINKS
    store.run(record_reverification, chosen.page_id, ids[:-1], ids[-1:], NOW)
    (chosen,) = store.run(pages_with_rows, "hops", lambda _page, _target: True)
    assert len(chosen.links) == LINKS - 1


def test_queue_terms_and_ratings_take_as_many(store: Store, run: Run) -> None:
    leads = [Candidate(f"http://lead{n}.example/", f"lead{n}", "site") for n in range(1_500)]
    store.run(queue_pages, run, leads, NOW)
    store.run(queue_pages, run, leads, NOW)
    store.run(count_terms, "hops", [f"word{n}" for n in range(1_500)], accepted=True)
    names = {f"rated{n}.example": Rating(position=n) for n in range(1_500)}
    state = SourceState(Source.COMMON_CRAWL, "2026", None, NOW, NOW)
    for _ in range(2):
        store.run(record_ratings, names, state)
    assert len(store.run(rated_domains, Source.COMMON_CRAWL, release="2026")) == 1_500
