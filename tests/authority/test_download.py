"""A download that goes on where it broke off, whatever the server makes of that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from brokenlinks.authority.download import ChangedFileError, Download, DownloadError
from brokenlinks.http.response import FetchError, FetchResult, Stream, StreamInterruptedError
from brokenlinks.http.service import Outcome

CONTENT = bytes(range(256)) * 40
SIZE = len(CONTENT)
Reply = Callable[[int], tuple[FetchResult, bytes, bool]]
"""From the byte asked for to head, body, and whether that breaks off."""


def part(most: int = SIZE) -> Reply:
    def reply(start: int) -> tuple[FetchResult, bytes, bool]:
        head = {"content-range": f"bytes {start}-{SIZE - 1}/{SIZE}"}
        status = 206 if start else 200
        headers = head if start else {"content-length": str(SIZE)}
        body = CONTENT[start:][:most]
        return FetchResult("", status=status, headers=headers), body, start + len(body) < SIZE

    return reply


def whole(most: int = SIZE, *, length: bool = True) -> Reply:
    headers = {"content-length": str(SIZE)} if length else {}
    return lambda _: (FetchResult("", status=200, headers=headers), CONTENT[:most], most < SIZE)


def said(status: int | None, body: bytes = b"", **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    trouble = FetchError.REFUSED if status is None else None
    return lambda _: (FetchResult("", status=status, headers=named, error=trouble), body, False)


def download(folder: Path, *replies: Reply, total: int | None = None) -> tuple[Download, list[str]]:
    """Return a download from a server that answers so, once each, and the ranges it is asked."""
    asked: list[str] = []
    waiting = iter(replies)

    @asynccontextmanager
    async def open_stream(url: str, headers: Mapping[str, str]) -> AsyncIterator[Stream]:  # noqa: ARG001
        asked.append(headers.get("Range", ""))
        start = int(asked[-1].removeprefix("bytes=").rstrip("-") or 0)
        answer, body, torn = next(waiting)(start)
        yield Stream(answer, pieces(body, torn=torn))

    return Download("http://x.example/", folder / "file.part", open_stream, total), asked


async def pieces(body: bytes, *, torn: bool) -> AsyncIterator[bytes]:
    for at in range(0, len(body), 1_000):
        yield body[at : at + 1_000]
    if torn:
        raise StreamInterruptedError("broke off")


def fetched(it: Download) -> bytes:
    async def collect() -> bytes:
        return b"".join([piece async for piece in it.chunks()])

    return asyncio.run(collect())


@pytest.mark.parametrize(
    "replies",
    [
        [part()],
        [part(3_500), part(10), part()],
        [part(3_500), whole()],
        [part(3_500), whole(7_000), whole()],
        [whole(length=False)],
        [whole(3_500, length=False), part()],
    ],
)
def test_the_file_comes_whole(tmp_path: Path, replies: list[Reply]) -> None:
    it, asked = download(tmp_path, *replies)
    assert fetched(it) == CONTENT
    assert len(asked) == len(replies)
    assert it.received == SIZE


def test_what_lies_on_disk_is_not_asked_for_again(tmp_path: Path) -> None:
    (tmp_path / "file.part").write_bytes(CONTENT[:4_000])
    it, asked = download(tmp_path, part(), total=SIZE)
    assert fetched(it) == CONTENT
    assert asked == ["bytes=4000-"]
    complete, asked = download(tmp_path, total=SIZE)
    assert fetched(complete) == CONTENT
    assert asked == []


@pytest.mark.parametrize(
    ("reply", "outcome", "message"),
    [
        (said(403, b"<h1>Access Denied</h1>"), Outcome.BLOCKED, "403: <h1>Access Denied"),
        (said(429, b"Slow down"), Outcome.QUOTA, "429: Slow down"),
        (said(404), Outcome.MISCONFIGURED, "404"),
        (said(301, location="/"), Outcome.ERROR, "301"),
        (said(200, b"<p>Log in", content_type="text/html"), Outcome.BLOCKED, "200: <p>Log in"),
        (said(206, b"x", content_range="bytes 7-9/10240"), Outcome.ERROR, "bytes 7-9"),
        (said(None), Outcome.ERROR, "refused"),
        (part(0), Outcome.ERROR, "broke off"),
    ],
)
def test_a_refusal_has_its_name_and_loses_nothing(
    tmp_path: Path, reply: Reply, outcome: Outcome, message: str
) -> None:
    (tmp_path / "file.part").write_bytes(CONTENT[:4_000])
    it, _ = download(tmp_path, reply, total=SIZE)
    with pytest.raises(DownloadError, match=message) as refused:
        fetched(it)
    assert refused.value.outcome is outcome
    assert (tmp_path / "file.part").read_bytes() == CONTENT[:4_000]


@pytest.mark.parametrize(
    "reply",
    [
        said(416, content_range="bytes */3000"),
        said(206, b"x", content_range="bytes 4000-9998/9999"),
        said(200, b"x", content_length="3000"),
    ],
)
def test_another_file_than_before_is_told_apart(tmp_path: Path, reply: Reply) -> None:
    (tmp_path / "file.part").write_bytes(CONTENT[:4_000])
    it, _ = download(tmp_path, reply, total=SIZE)
    with pytest.raises(ChangedFileError, match="has changed"):
        fetched(it)
    it.discard()
    assert not (tmp_path / "file.part").exists()


def test_a_server_that_breaks_off_for_ever_is_left(tmp_path: Path) -> None:
    it, asked = download(tmp_path, *[part(10)] * 99)
    with pytest.raises(DownloadError, match="broke off 20 times"):
        fetched(it)
    assert len(asked) == 20
