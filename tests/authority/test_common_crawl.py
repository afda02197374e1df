"""The list of ranks: read as a stream, whatever the rows and the pieces."""

from __future__ import annotations

import gzip
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.authority.common_crawl import RanksError, RanksReader, newest_release
from brokenlinks.http.response import FetchError, FetchResult
from brokenlinks.http.service import Outcome
from tests.authority.lists import RELEASE, compressed, row

LINES = [row(n, f"site-{n}.example") for n in range(1, 40)]


def read(content: bytes, size: int = 1 << 16) -> tuple[list[str], RanksReader]:
    reader = RanksReader()
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    rows = [row.domain for piece in pieces for row in reader.read(piece)]
    return rows + [row.domain for row in reader.finish()], reader


def test_rows_are_the_same_however_the_file_is_cut() -> None:
    whole, reader = read(compressed(LINES))
    assert whole == [f"site-{n}.example" for n in range(1, 40)]
    assert (reader.rows, reader.skipped) == (39, 0)
    assert read(compressed(LINES), 1)[0] == read(compressed(LINES), 7)[0] == whole


def test_a_file_of_several_members_without_a_last_line_break() -> None:
    first, second = compressed(LINES[:5]), gzip.compress("\n".join(LINES[5:]).encode())
    assert len(read(first + second + bytes(512), 11)[0]) == 39


def test_only_wanted_domains_come_out_and_all_are_counted() -> None:
    reader = RanksReader({"site-3.example", "nowhere.example"})
    [found] = reader.read(compressed(LINES))
    assert (found.domain, found.position, found.value) == ("site-3.example", 3, 1.0e7)
    assert reader.rows == 39


@pytest.mark.parametrize(
    "line",
    [
        "x" * 100_000,
        "1\t2",
        "0\t1.0\t1\t1.0\torg.example\t1",
        "-3\t1.0\t1\t1.0\torg.example\t1",
        "one\t1.0\t1\t1.0\torg.example\t1",
        "1\tnan\t1\t1.0\torg.example\t1",
        "1\t1.0\t1\t1.0\torg\t1",
        "1\t1.0\t1\t1.0\torg..example\t1",
        "1\t1.0\t1\t1.0\torg.exämple\t1",
        f"1\t1.0\t1\t1.0\torg.{'e' * 300}\t1",
        "1\t1.0\t1\t1.0\torg.example\t1\t1",
        "<html>",
    ],
)
def test_an_odd_line_is_skipped_and_counted(line: str) -> None:
    rows, reader = read(compressed([LINES[0], line, LINES[1]]))
    assert rows == ["site-1.example", "site-2.example"]
    assert (reader.rows, reader.skipped) == (2, 1)


@given(st.lists(st.text() | st.sampled_from(LINES), max_size=9), st.integers(1, 99))
def test_hostile_lines_never_break_the_reader(lines: list[str], size: int) -> None:
    text = "\n".join(lines).encode("utf-8", "surrogatepass")
    _, reader = read(gzip.compress(text), size)
    said = [line for line in text.split(b"\n") if line and not line.startswith(b"#")]
    assert reader.rows + reader.skipped == len(said)
    assert reader.rows >= sum(line in LINES for line in lines)


@given(st.binary(max_size=300))
def test_what_is_no_gzip_is_named(content: bytes) -> None:
    with pytest.raises(RanksError, match=r"not gzip|ends in the middle"):
        read(content)


def test_a_file_that_ends_in_the_middle_is_named() -> None:
    with pytest.raises(RanksError, match="in the middle, after"):
        read(compressed(LINES)[:-9])


def test_memory_does_not_grow_with_the_file() -> None:
    bomb = gzip.compress(b"x" * 30_000_000, compresslevel=1)
    content = compressed(row(n, f"s{n}.example", 1.0) for n in range(1, 20_001)) + bomb
    tracemalloc.start()
    reader = RanksReader()
    rows = sum(1 for _ in reader.read(content))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (rows, reader.skipped) == (20_000, 0)
    assert peak < 10_000_000


@pytest.mark.parametrize(
    ("status", "said", "outcome"),
    [
        (200, json.dumps([{"id": RELEASE}, {"id": "cc-main-2017"}]), Outcome.OK),
        (200, '[{"id": "../../etc"}]', Outcome.ERROR),
        (200, "[]", Outcome.ERROR),
        (200, "<html>", Outcome.ERROR),
        (403, "<html>", Outcome.BLOCKED),
        (429, "slow down", Outcome.QUOTA),
        (503, "", Outcome.QUOTA),
        (404, "", Outcome.MISCONFIGURED),
        (None, "", Outcome.ERROR),
    ],
)
def test_the_newest_release(status: int | None, said: str, outcome: Outcome) -> None:
    trouble = FetchError.DNS if status is None else None
    answer = FetchResult("", status=status, body=said.encode(), error=trouble)
    found, detail = newest_release(answer)
    assert found is outcome
    assert (detail == RELEASE) is (outcome is Outcome.OK)
