"""A large download: received bytes are kept on disk, so that an interrupted one can resume."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

from brokenlinks.authority.common_crawl import REFUSALS
from brokenlinks.http.response import FetchResult, OpenStream, Stream, StreamInterruptedError
from brokenlinks.http.service import Outcome, describe_failure

READ_CHUNK_SIZE = 1 << 20
"""Bytes read from disk at a time."""
MAX_CONNECTIONS = 20
"""In one run. A connection that brings nothing ends it sooner: the server is not well."""
MAX_REFUSAL_BYTES = 4_096
CHANGED_MESSAGE = "the file has changed since its first part came"
_CONTENT_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)")


class DownloadError(Exception):
    """The file cannot be downloaded now; the message says why."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


class ChangedFileError(DownloadError):
    """The part on disk belongs to an older version of the file."""


class Download:
    """Reads the file at `url`, first what `part` holds of it, then the rest.

    `received` counts the bytes in `part`, `total` those of the file, None while that is unknown.
    """

    def __init__(self, url: str, part: Path, open_stream: OpenStream, total: int | None) -> None:
        self.received = part.stat().st_size if part.exists() else 0
        self.total = total if self.received else None
        self._url = url
        self._part = part
        self._open = open_stream

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the file from its first byte; whatever was yielded is on disk.

        Raises DownloadError when the server refuses, or breaks off again and again.
        """
        if self.received:
            with self._part.open("rb") as part:
                while piece := part.read(READ_CHUNK_SIZE):
                    yield piece
        for _ in range(MAX_CONNECTIONS):
            if self.received == self.total:
                return
            before, problem = self.received, ""
            try:
                async with aclosing(self._download_rest()) as rest:
                    async for piece in rest:
                        yield piece
            except StreamInterruptedError as torn:
                problem = str(torn)
            if self.received == self.total or (self.total is None and not problem):
                return
            if self.received == before:
                raise DownloadError(Outcome.ERROR, problem or "nothing more came")
        raise DownloadError(Outcome.ERROR, f"broke off {MAX_CONNECTIONS} times")

    def discard(self) -> None:
        """Delete what has come."""
        self._part.unlink(missing_ok=True)

    async def _download_rest(self) -> AsyncGenerator[bytes, None]:
        headers = {"Range": f"bytes={self.received}-"} if self.received else {}
        async with self._open(self._url, headers) as stream:
            to_skip = await self._bytes_to_skip(stream)
            with self._part.open("ab") as part:
                async for piece in stream.chunks:
                    fresh, to_skip = piece[to_skip:], max(0, to_skip - len(piece))
                    part.write(fresh)
                    part.flush()
                    self.received += len(fresh)
                    if fresh:
                        yield fresh

    async def _bytes_to_skip(self, stream: Stream) -> int:
        """Return how many bytes come again: all of them when the server starts over."""
        answer = stream.answer
        content_range = _CONTENT_RANGE.match(answer.headers.get("content-range", ""))
        if answer.status == 206 and content_range and content_range[1]:
            self._check_size(content_range[2])
            if int(content_range[1]) != self.received:
                message = f"sent {content_range[0]!r}, which was not requested"
                raise DownloadError(Outcome.ERROR, message)
            return 0
        if answer.status == 200 and "html" not in answer.content_type:
            self._check_size(answer.headers.get("content-length", "*"))
            return self.received
        if answer.status == 416:
            raise ChangedFileError(Outcome.ERROR, CHANGED_MESSAGE)
        raise await _refusal_error(stream)

    def _check_size(self, total: str) -> None:
        """Note the file's size. Raises ChangedFileError when it was another before."""
        if not total.isdigit():
            return
        if int(total) < self.received or self.total not in {None, int(total)}:
            raise ChangedFileError(Outcome.ERROR, CHANGED_MESSAGE)
        self.total = int(total)


async def _refusal_error(stream: Stream) -> DownloadError:
    body = b""
    try:
        async for piece in stream.chunks:
            body += piece
            if len(body) >= MAX_REFUSAL_BYTES:
                break
    except StreamInterruptedError:
        pass  # the beginning of a refusal is enough
    answer: FetchResult = replace(stream.answer, body=body[:MAX_REFUSAL_BYTES])
    usual = Outcome.BLOCKED if answer.status == 200 else Outcome.ERROR
    return DownloadError(REFUSALS.get(answer.status or 0, usual), describe_failure(answer))
