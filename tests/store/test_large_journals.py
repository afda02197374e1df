"""What is asked of each page costs the same in a journal of many pages as in one of few."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, update

from brokenlinks.models.page import OutboundLink, ResourcePage
from brokenlinks.models.run_stats import CRAWL
from brokenlinks.models.verdict import Verdict
from brokenlinks.store.database import Store, open_store
from brokenlinks.store.lookups import (
    pending_citations,
    pending_domains,
    pending_sites,
    pending_targets,
)
from brokenlinks.store.pages import store_page
from brokenlinks.store.runs import Run, begin_run
from brokenlinks.store.schema import targets

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 2, tzinfo=UTC)
FEW, MANY, LINKS = 20, 200, 100
Ask = Callable[[Connection, str, datetime, Sequence[int]], Sequence[Any]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    yield opened
    opened.close()


def store_links(connection: Connection, run: Run, numbers: range) -> list[int]:
    """Store pages of dead links, and return the targets of the last one."""
    for number in numbers:
        urls = [f"http://dead{number}-{n}.example/" for n in range(LINKS)]
        links = [OutboundLink(url, url, position=n) for n, url in enumerate(urls)]
        site = f"page{number}.example"
        page = ResourcePage(f"http://{site}/", site, site, links=links)
        store_page(connection, run, page, NOW)
    connection.execute(update(targets).values(verdict=Verdict.DEAD_DOMAIN))
    return [link.target_id for link in page.links if link.target_id is not None]


def steps(connection: Connection, ask: Ask, ids: Sequence[int]) -> int:
    """Return how many steps the database takes to find what to ask about these targets."""
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1

    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(step, 1)
    assert ask(connection, "hops", NOW, ids)
    driver.set_progress_handler(None, 1)
    return taken


@pytest.mark.parametrize(
    "ask", [pending_targets, pending_citations, pending_domains, pending_sites]
)
def test_a_page_costs_no_more_in_a_large_journal(store: Store, ask: Ask) -> None:
    run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    ids = store.run(store_links, run, range(FEW))
    among_few = store.run(steps, ask, ids)
    ids = store.run(store_links, run, range(FEW, MANY))
    assert store.run(steps, ask, ids) < 2 * among_few
