"""The index's answers, with the traps it is known for."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.enrichment.wayback import (
    MAX_HOST_PAGES,
    CdxOutcome,
    captured_page_keys,
    captures_query,
    page_key,
    read_captures,
    record_from_captures,
)
from brokenlinks.http.response import FetchError, FetchResult
from brokenlinks.models.lookups import ArchiveOutcome

NOW = datetime(2026, 11, 23, tzinfo=UTC)
BASE = "https://web.archive.org"


def line(timestamp: str, status: str, digest: str = "A" * 32, mime: str = "text/html") -> str:
    return f"example,hops)/guide {timestamp} http://hops.example/guide {mime} {status} {digest} 900"


def reading(*lines: str) -> object:
    return read_captures(FetchResult("", status=200), "\n".join(lines)).captures


def test_the_query_asks_for_the_newest_captures_of_one_address() -> None:
    query = captures_query(f"{BASE}/cdx/search/cdx", "http://hops.example/a?b=c&d=e", newest=3)
    asked = parse_qs(urlsplit(query).query)
    assert asked["url"] == ["http://hops.example/a?b=c&d=e"]
    assert asked["limit"] == ["-3"]
    assert "filter" not in asked


def test_the_query_about_a_host() -> None:
    query = captures_query(
        BASE, "http://hops.example/", newest=1, only_good=True, whole_host=True, since=NOW
    )
    asked = parse_qs(urlsplit(query).query)
    assert asked["matchType"] == ["host"]
    assert asked["filter"] == ["statuscode:200"]
    assert asked["from"] == ["20261123000000"]


def test_the_last_good_copy_and_the_absence_recorded_after_it() -> None:
    captures = reading(
        line("20190101000000", "200"), line("20210304050607", "200"), line("20230101000000", "404")
    )
    facts = record_from_captures(captures, BASE, NOW)  # type: ignore[arg-type]
    assert facts.outcome is ArchiveOutcome.FOUND
    assert facts.url == f"{BASE}/web/20210304050607/http://hops.example/guide"
    assert facts.captured_at == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert facts.gone_after_last_good


def test_a_revisit_record_stands_for_the_capture_it_repeats() -> None:
    captures = reading(
        line("20190101000000", "200", "B" * 32),
        line("20220101000000", "-", "B" * 32, "warc/revisit"),
        line("20230101000000", "-", "C" * 32, "warc/revisit"),
    )
    facts = record_from_captures(captures, BASE, NOW)  # type: ignore[arg-type]
    assert facts.captured_at == datetime(2022, 1, 1, tzinfo=UTC)
    assert facts.mime == "text/html"
    assert not facts.gone_after_last_good


def test_a_bad_line_costs_that_line() -> None:
    lines = (line("20120506070809", "200"), "example,hops)/guide 2013 {[", line("2014", "200"))
    result = read_captures(FetchResult("", status=200), "\n".join((*lines, "<!-- slow -->")))
    assert result.outcome is CdxOutcome.OK
    assert [capture.timestamp for capture in result.captures] == ["20120506070809"]
    assert result.skipped == 3
    assert captured_page_keys(result) is None, "what was skipped may be the page"


def test_a_capture_of_no_web_address_costs_that_line() -> None:
    good = line("20120506070809", "200")
    odd = [good.replace("http://hops.example", host) for host in ("http://[", "dns:", "mailto:")]
    result = read_captures(FetchResult("", status=200), "\n".join((good, *odd)))
    assert (len(result.captures), result.skipped) == (1, 3)
    assert captured_page_keys(result) is None


def test_captures_of_redirects_and_errors_only_are_no_copy() -> None:
    captures = reading(line("20190101000000", "301"), line("20200101000000", "404"))
    assert record_from_captures(captures, BASE, NOW).outcome is ArchiveOutcome.NONE  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "text", "outcome"),
    [
        (FetchResult("", status=200), "", CdxOutcome.EMPTY),
        (FetchResult("", status=200), "[]", CdxOutcome.EMPTY),
        (FetchResult("", status=200), "<html>Temporarily down</html>", CdxOutcome.ERROR),
        (FetchResult("", status=429), "slow down", CdxOutcome.QUOTA),
        (FetchResult("", status=503), "", CdxOutcome.ERROR),
        (FetchResult("", error=FetchError.TIMEOUT), None, CdxOutcome.ERROR),
        (
            FetchResult("", status=403),
            "wayback.exception.AdministrativeAccessControlException: Blocked Site Error",
            CdxOutcome.BLOCKED,
        ),
    ],
)
def test_an_answer_that_is_none_is_never_taken_for_no_archive(
    answer: FetchResult, text: str | None, outcome: CdxOutcome
) -> None:
    assert read_captures(answer, text).outcome is outcome


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert read_captures(FetchResult("", status=200), text).outcome in CdxOutcome


def test_other_archives_answer_in_cdxj() -> None:
    text = (
        'example,hops)/guide 20190514093000 {"url": "http://hops.example/guide",'
        ' "mime": "text/html", "status": "200", "digest": "E6GA", "length": "406", "offset": "0"}'
    )
    [capture] = read_captures(FetchResult("", status=200), text).captures
    assert (capture.original, capture.statuscode) == ("http://hops.example/guide", "200")


def test_a_survey_of_a_host_tells_which_pages_have_no_copy() -> None:
    reading = read_captures(FetchResult("", status=200), line("20190101000000", "200"))
    known = captured_page_keys(reading)
    assert known is not None
    assert page_key("https://www.hops.example/GUIDE/") in known
    assert page_key("http://hops.example/other") not in known


@pytest.mark.parametrize(
    "answer", [FetchResult("", status=429), FetchResult("", error=FetchError.TIMEOUT)]
)
def test_an_archive_that_does_not_answer_has_not_said_no(answer: FetchResult) -> None:
    assert captured_page_keys(read_captures(answer, "")) is None


def test_a_host_with_too_many_pages_to_list_is_not_judged_by_the_list() -> None:
    lines = [line("20190101000000", "200")] * MAX_HOST_PAGES
    assert captured_page_keys(read_captures(FetchResult("", status=200), "\n".join(lines))) is None
