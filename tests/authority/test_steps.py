"""One update after another: what is stored already, what has gone bad, what the person stops."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from brokenlinks.authority import UpdateContext, UpdateResult, update_ranks
from brokenlinks.http.response import FetchResult, Stream
from brokenlinks.http.service import Outcome
from brokenlinks.models.lookups import Source
from brokenlinks.store.authority import SourceState, rated_domains, source_state
from brokenlinks.store.database import Store, open_store
from tests.authority.lists import RELEASE, compressed, ranks_of, row

NOW = datetime(2026, 11, 2, 6, tzinfo=UTC)
PIECE = 5_000


@dataclass
class Desk:
    """A journal, a folder, and a server that has `content` and speaks Range."""

    store: Store
    folder: Path
    content: bytes
    release: str = RELEASE
    downloads: list[str] = field(default_factory=list)
    shown: list[SourceState] = field(default_factory=list)
    patience: int = 1_000
    """Pieces that may come before the person stops it."""

    def update(self, rows: int | None) -> UpdateResult:
        here = UpdateContext(
            store=self.store,
            folder=self.folder,
            index_url="http://index.example",
            data_url="http://data.example",
            exchange=self._graphs,
            open_stream=self._open,
            clock=lambda: NOW,
            show=self.shown.append,
        )
        return asyncio.run(update_ranks(here, rows))

    def state(self) -> SourceState:
        found = self.store.run(source_state, Source.COMMON_CRAWL)
        assert found is not None
        return found

    def stored(self) -> int:
        return len(self.store.run(rated_domains, Source.COMMON_CRAWL, release=self.release))

    @property
    def part(self) -> Path:
        return self.folder / f"{self.release}-domain-ranks.part"

    async def _graphs(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002
        body: bytes | None = None,  # noqa: ARG002
        max_bytes: int | None = None,  # noqa: ARG002
    ) -> FetchResult:
        return FetchResult(url, status=200, body=json.dumps([{"id": self.release}]).encode())

    @asynccontextmanager
    async def _open(self, url: str, headers: Mapping[str, str]) -> AsyncIterator[Stream]:
        self.downloads.append(headers.get("Range", ""))
        start, size = int(self.downloads[-1][6:-1] or 0), len(self.content)
        named = {"content-range": f"bytes {start}-{size - 1}/{size}"}
        yield Stream(FetchResult(url, status=206, headers=named), self._pieces(start))

    async def _pieces(self, start: int) -> AsyncIterator[bytes]:
        for at in range(start, len(self.content), PIECE):
            if len(self.shown) == self.patience:
                raise asyncio.CancelledError
            yield self.content[at : at + PIECE]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_store(f"sqlite:///{tmp_path}/journal.sqlite")
    yield Desk(store, tmp_path, ranks_of(3_000))
    store.close()


def test_what_is_stored_is_not_downloaded_again(desk: Desk) -> None:
    assert desk.update(500).outcome is Outcome.OK
    assert desk.shown[-1].bytes_read < len(desk.content), "no more than is needed"
    assert desk.update(500).message == f"nothing newer than {RELEASE}, of 2026-11-02"
    assert desk.update(400).outcome is Outcome.EMPTY
    assert len(desk.downloads) == 1
    assert desk.update(600).outcome is Outcome.OK
    assert (desk.stored(), desk.state().top_rows) == (600, 600)


def test_a_list_shorter_than_what_is_wanted_is_stored_whole(desk: Desk) -> None:
    assert desk.update(9_000).outcome is Outcome.OK
    assert desk.stored() == 3_000
    assert desk.update(9_000).outcome is Outcome.EMPTY


def test_a_person_who_stops_it_goes_on_later(desk: Desk) -> None:
    desk.patience = 2
    with pytest.raises(asyncio.CancelledError):
        desk.update(3_000)
    assert desk.part.stat().st_size == 2 * PIECE
    assert desk.state().finished_at is None
    before = desk.stored()
    assert 0 < before == desk.state().top_rows < 3_000
    desk.patience = 1_000
    assert desk.update(3_000).outcome is Outcome.OK
    assert desk.downloads == ["", f"bytes={2 * PIECE}-"]
    assert desk.stored() == 3_000
    assert not desk.part.exists()


def test_the_part_of_an_older_release_is_cleared_away(desk: Desk) -> None:
    desk.part.write_bytes(b"old")
    desk.release = "cc-main-2026-oct-nov-dec"
    assert desk.update(10).outcome is Outcome.OK
    assert not list(desk.folder.glob("*.part"))


@pytest.mark.parametrize(("good", "message"), [(0, "not gzip"), (3 * PIECE, "ends in the middle")])
def test_what_is_no_list_is_thrown_away_and_begun_anew(desk: Desk, good: int, message: str) -> None:
    desk.update(100)
    content = desk.content
    desk.content = desk.content[:good] + b"<html>Out of order</html>" * 900
    said = desk.update(3_000)
    assert said.outcome is Outcome.ERROR
    assert message in said.message
    assert said.message.endswith("give the command again to start over")
    assert desk.stored() >= 100
    assert not desk.part.exists()
    desk.content = content
    assert desk.update(3_000).outcome is Outcome.OK
    assert desk.stored() == 3_000


def test_odd_rows_are_counted(desk: Desk) -> None:
    desk.content = compressed([row(1, "a.example"), "torn", row(2, "b.example")])
    assert "2 rows, 1 more unreadable" in desk.update(None).message
