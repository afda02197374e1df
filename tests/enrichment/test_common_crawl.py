"""Reading Common Crawl's answers, which come from strangers twice over."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.enrichment.common_crawl import (
    MAX_RECORD_BYTES,
    CrawlError,
    newest_crawl_per_year,
    parse_warc_record,
    warc_locations,
)
from brokenlinks.http.decoding import text_of
from brokenlinks.http.response import FetchResult

WARC = b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"
USABLE = {
    "timestamp": "20190304050607",
    "url": "http://oldmash.example/",
    "status": "200",
    "filename": "crawl-data/CC-MAIN-2019-04/segments/1/warc/part-00000.warc.gz",
    "offset": "10",
    "length": "500",
}


def said(text: str) -> FetchResult:
    return FetchResult("", 200, body=text.encode())


def test_one_crawl_of_each_year_is_asked() -> None:
    names = ["CC-MAIN-2024-10", "CC-MAIN-2024-05", "CC-MAIN-2023-50", "CC-MAIN-2009-2010", "../x"]
    listed = said(json.dumps([{"id": name} for name in names]))
    assert newest_crawl_per_year(listed) == [names[0], names[2], names[3]]


def test_an_odd_entry_of_the_list_costs_no_other() -> None:
    listed = said(json.dumps([None, {"name": "no id"}, {"id": 7}, {"id": "CC-MAIN-2024-10"}]))
    assert newest_crawl_per_year(listed) == ["CC-MAIN-2024-10"]
    with pytest.raises(CrawlError):
        newest_crawl_per_year(said("[" * 100_000))


@pytest.mark.parametrize(
    "change",
    [
        {"status": "404"},
        {"filename": "http://evil.example/crawl-data/x.warc.gz"},
        {"filename": "crawl-data/../../x.warc.gz?y"},
        {"length": str(MAX_RECORD_BYTES + 1)},
        {"offset": "many"},
        {"offset": "-1"},
        {"offset": float("inf")},
        {"timestamp": "20190399"},
        {"filename": None},
    ],
)
def test_what_cannot_be_fetched_is_no_copy(change: dict[str, object]) -> None:
    assert len(warc_locations(said(json.dumps(USABLE)))) == 1
    assert warc_locations(said(json.dumps(USABLE | change))) == []


def test_a_record_that_keeps_the_header_of_what_was_unpacked_is_read() -> None:
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\n\r\n<p>Malt</p>"
    )
    assert text_of(parse_warc_record(gzip.compress(WARC + http), ""), 100) == "<p>Malt</p>"


def test_a_header_that_is_no_ascii_is_text_all_the_same() -> None:
    http = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\u00fctf-8\r\n\r\n<p>Malt</p>"
    page = parse_warc_record(gzip.compress(WARC + http.encode()), "")
    assert page.content_type.startswith("text/html")
    assert text_of(page, 100) == "<p>Malt</p>"


def test_a_bomb_comes_out_in_one_piece_of_bounded_size() -> None:
    bomb = gzip.compress(WARC + b"HTTP/1.1 200 OK\r\n\r\n" + b"0" * 50_000_000)
    assert len(parse_warc_record(bomb, "").body) <= MAX_RECORD_BYTES


@given(st.binary())
def test_any_record_is_read_or_said_to_be_damaged(record: bytes) -> None:
    for sent in (record, gzip.compress(record), gzip.compress(WARC + record)):
        with suppress(CrawlError):
            parse_warc_record(sent, "")


@given(st.text() | st.recursive(st.none() | st.text(), st.lists).map(json.dumps))
def test_any_answer_is_read_without_another_error(text: str) -> None:
    assert warc_locations(said(text)) == []
    with suppress(CrawlError):
        assert newest_crawl_per_year(said(text)) == []
