"""A person's working folder in front of a loopback Common Crawl, and two services with a key."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, select

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import LoopbackWeb, Site
from brokenlinks.models.lookups import Source
from brokenlinks.models.page import OutboundLink, ResourcePage
from brokenlinks.models.run_stats import CRAWL
from brokenlinks.store.authority import SourceState, source_state
from brokenlinks.store.database import Store, open_store
from brokenlinks.store.pages import store_page
from brokenlinks.store.runs import begin_run
from brokenlinks.store.schema import authority
from tests.authority.lists import RELEASE, ranks_of
from tests.end_to_end.conftest import setting_arguments
from tests.end_to_end.program import ENVIRONMENT, run_scrapy, scrapy_command
from tests.loopback.ratings import LoopbackAhrefs, LoopbackOpenPageRank, LoopbackRanks

KEY = "s3cret-key-of-mine"
NOW = datetime(2026, 11, 2, 6, tzinfo=UTC)
RANKS, OPEN_PAGERANK, AHREFS = "commoncrawl.example", "openpagerank.example", "ahrefs.example"

# In a small process between, as a child begins with the peak of the process that starts it.
MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@dataclass
class Desk:
    """The folder, and what the services answer."""

    folder: Path
    web: LoopbackWeb
    ranks: LoopbackRanks
    settings: Mapping[str, object] = field(default_factory=dict)

    def words(self, *command: str) -> list[str]:
        mine = {
            "COMMONCRAWL_INDEX_URL": self.web.url(RANKS, ""),
            "COMMONCRAWL_DATA_URL": self.web.url(RANKS, ""),
            "OPENPAGERANK_URL": self.web.url(OPEN_PAGERANK, ""),
            "AHREFS_URL": self.web.url(AHREFS, ""),
            "ALLOWED_NETWORKS": ["127.0.0.0/8"],
            "DNS_NAMESERVERS": [self.web.nameserver],
            "CLOCK": NOW.isoformat(),
            "AUTHORITY_PER_SECOND": 100,
            "PROGRESS_INTERVAL": 0.001,
        }
        return [*command, *setting_arguments({**mine, **self.settings})]

    def update(self, *arguments: str, **keys: str) -> subprocess.CompletedProcess[str]:
        words = self.words("authority", "update", *arguments)
        return run_scrapy(self.folder, *words, environment=keys)

    def begin_update(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            scrapy_command(*self.words("authority", "update", *arguments)),
            cwd=self.folder,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def memory_of_update(self, *arguments: str) -> int:
        """Update, and return the most memory it took, in bytes."""
        words = scrapy_command(*self.words("authority", "update", *arguments))
        measure = [sys.executable, "-c", MEASURE, *words]
        done = subprocess.run(
            measure, cwd=self.folder, env=ENVIRONMENT, capture_output=True, text=True, check=True
        )
        return int(done.stdout.split()[-1]) * (1 if sys.platform == "darwin" else 1024)

    def rate_with(self, open_pagerank: LoopbackOpenPageRank, ahrefs: LoopbackAhrefs) -> None:
        self.web.sites[OPEN_PAGERANK].otherwise = open_pagerank
        self.web.sites[AHREFS].otherwise = ahrefs

    @property
    def part(self) -> Path:
        return self.folder / "output" / f"{self.ranks.release}-domain-ranks.part"

    @property
    def store(self) -> Store:
        return open_store(f"sqlite:///{self.folder}/output/journal.sqlite")

    def state(self, source: Source = Source.COMMON_CRAWL) -> SourceState:
        found = self.store.run(source_state, source)
        assert found is not None
        return found

    def positions(self) -> dict[str, int]:
        """Return what is stored of the list."""
        query = select(authority.c.domain, authority.c.position)
        return self._stored(query.where(authority.c.source == Source.COMMON_CRAWL))

    def values(self, source: Source) -> dict[str, float | None]:
        query = select(authority.c.domain, authority.c.value)
        return self._stored(query.where(authority.c.source == source))

    def _stored(self, query: Select[Any]) -> dict[str, Any]:
        rows = self.store.run(lambda connection: connection.execute(query).all())
        return {row.domain: row[1] for row in rows}

    def know(self, *links: str, site: str = "club.example") -> None:
        """Put a page of links into the journal, as a crawl would."""
        store = self.store
        run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
        found = [
            OutboundLink(url=f"http://{link}/", key=link, anchor=link, position=position)
            for position, link in enumerate(links)
        ]
        url = f"http://www.{site}/links"
        page = ResourcePage(url=url, key=f"{site}/links", site=site, links=found)
        store.run(store_page, run, page, NOW)
        store.close()


@contextmanager
def opened_desk(folder: Path) -> Iterator[Desk]:
    ranks = LoopbackRanks(RELEASE, ranks_of(2_000))
    sites = {host: Site(b.refusal(404)) for host in (RANKS, OPEN_PAGERANK, AHREFS)}
    sites[RANKS].otherwise = ranks
    with LoopbackWeb(sites) as web:
        yield Desk(folder, web, ranks)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(tmp_path) as opened:
        yield opened
