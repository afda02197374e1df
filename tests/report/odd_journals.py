"""Journals whose records hold what no test of ours would think of: a strategy of hypothesis."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Connection, String, Table, insert, text

from brokenlinks.models.verdict import Confidence, Stage, Verdict
from brokenlinks.store.schema import (
    UtcDateTime,
    contacts,
    domains,
    links,
    own_pages,
    pages,
    runs,
    targets,
)

NICHE, OWN_SITE = "home brewing", "ours.example"
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
ODD_TEXTS = (
    *("=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'", "'=1"),
    *("\x00\x01\x08\x0b\x1f", "\ufffe\uffff\ufeff", "\u202eevil\u202c", "\r\n", " "),
    *("x" * 40_000, "\N{BREAD}" * 20_000, "line\n" * 9_000, "_x000D_", "_x005F_x000D_"),
    *("nan", "NaN", "None", "inf", "1e999", "1900-01-00", "#REF!", "#N/A", "TRUE", "%s%n"),
    *("Sheet'!A1", "a" * 300 + "!", "[1]", "\\\\server\\share", "../../x", "mailto:a@b"),
    *("]]>", "<&\"'>", "</t></is>", "{niche}", "[@Score]", "jp"),
)
ODD_URLS = (
    *("", "http://", "http://[::1", "http://a.example:99999/", "javascript:1", "//a.example"),
    *("http://a.example/" + "x" * 100_000, "http://" + "a" * 300 + ".example", "http://1.2.3.4"),
    *("http://a.example/#" + "%" * 3_000, "http://a b.example/ c", "=http://a.example/"),
    *("http://münchen.example/ü", "http://a.example/\N{BREAD}?=1", "file:///etc/passwd"),
    *("https://xn--a.example/", "http://a.example/\x01\x02"),
)
ODD_DATES = (
    *("0001-01-01", "1582-10-04", "1899-12-31", "1900-02-28", "1904-01-01", "2038-01-20"),
    "9999-12-31",
)
ODD_NUMBERS = (0, -1, 1e308, -1e308, float("inf"), float("-inf"), 2**62, 1e-320, "many", "")
ODD_LANGUAGES = ("jp", "xx-yy-zz", "und", "en_US.UTF-8", "x" * 500, "\x00", "de-1996-x-1", "%")
ODD_BRIEFS = (
    *("{", "[]", "null", "1", '"x"', "{}", '{"unknown": 1}', '{"words": "many"}', "\x00"),
    *('{"language": null}', '{"kind": null, "words": 3}', '{"headings": [1, null]}'),
    *('{"terms": []}', '{"words": 1e400, "h1": ["x"]}'),
    *(json.dumps({"language": code, "words": 9, "kind": "guide"}) for code in ODD_LANGUAGES),
)

texts = st.sampled_from(ODD_TEXTS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
urls = st.sampled_from(ODD_URLS)
dates = st.sampled_from([f"{day} 00:00:00.000000" for day in ODD_DATES])
numbers = st.sampled_from(ODD_NUMBERS) | st.floats(allow_nan=False)
SPECIAL: dict[str, st.SearchStrategy[Any]] = {
    "url": urls,
    "final_url": urls,
    "archive_url": urls,
    "found_on": urls,
    "moved_to": urls,
    "value": texts | urls,
    "language": st.sampled_from(ODD_LANGUAGES),
    "archive_brief": st.sampled_from(ODD_BRIEFS),
    "brief": st.sampled_from(ODD_BRIEFS),
    "verdict": st.sampled_from((*Verdict, "dead_by_magic", "")),
    "stage": st.sampled_from((*Stage, "half")),
    "confidence": st.sampled_from((*Confidence, "none", "")),
    "kind": st.sampled_from(("form", "role address", "person address", "page", "odd", "")),
    "placement": st.sampled_from(("main", "footer", "odd", "")),
    "archive_outcome": st.sampled_from(("found", "none", "odd", "")),
}
FIXED = {"key", "niche", "status", "site"}
"""What ties the tables together: if it is odd, there is no such record."""

Changes = list[tuple[str, int, str, Any]]
"""Table, number of its row, column, value."""


def _values(table: Table, column: str) -> st.SearchStrategy[Any]:
    if column in SPECIAL and not (table is own_pages and column == "url"):
        return SPECIAL[column]
    kind = table.c[column].type
    if isinstance(kind, UtcDateTime):
        return dates
    return texts if isinstance(kind, String) else numbers


ODD_TABLES = (pages, targets, links, contacts, domains, own_pages)
ROWS = 6
_COLUMNS = [
    (table, column.name)
    for table in ODD_TABLES
    for column in table.columns
    if not (column.name in FIXED or column.primary_key or column.foreign_keys)
]
changes: st.SearchStrategy[Changes] = st.lists(
    st.sampled_from(_COLUMNS).flatmap(
        lambda place: st.tuples(
            st.just(place[0].name),
            st.integers(2, ROWS),
            st.just(place[1]),
            _values(*place),
        )
    ),
    min_size=1,
    max_size=12,
)
"""The first row of each table is left as it is."""


def fill_journal(connection: Connection, odd: Changes) -> None:
    """Fill an empty journal: a page of each of `ROWS` sites with a dead link, then odd values."""
    moments = {"first_seen": NOW, "fetched_at": NOW, "looked_up_at": NOW}
    arguments = json.dumps({"niche": NICHE, "site": OWN_SITE})
    connection.execute(
        insert(runs).values(
            id=1, niche=NICHE, spider="resources", arguments=arguments, started_at=NOW
        )
    )
    for number in range(1, ROWS + 1):
        site, dead = f"club{number}.example", f"gone{number}.example"
        page, target = f"http://{site}/links", f"http://{dead}/guide"
        rows: dict[Table, dict[str, Any]] = {
            pages: {
                "id": number, "niche": NICHE, "key": page, "url": page, "site": site,
                "status": "accepted", "title": f"Links of {site}", "relevance": 0.8,
                "resource_score": 0.9, "outlinks": 9,
            },
            targets: {
                "id": number, "key": target, "url": target, "site": dead,
                "verdict": "dead_domain", "stage": "confirmed", "confidence": "high",
                "reason": "dns_no_such_name", "dead_since": NOW, "confirmed_at": NOW,
                "last_checked": NOW, "archive_outcome": "found", "archive_title": "A guide",
                "archive_captured_at": NOW,
                "archive_brief": json.dumps({"title": "A guide", "words": 300, "kind": "guide"}),
            },
            links: {
                "id": number, "page_id": number, "target_id": number, "url": target,
                "anchor": "A guide", "placement": "main", "position": 1,
            },
            contacts: {"site": site, "kind": "role address", "value": f"info@{site}"},
            domains: {"domain": dead, "outcome": "registered", "statuses": "active"},
            own_pages: {
                "site": OWN_SITE, "url": f"http://{OWN_SITE}/{number}", "title": f"Guide {number}",
                "brief": json.dumps({"title": f"Guide {number}", "words": 300, "kind": "guide"}),
            },
        }  # fmt: skip
        for table, values in rows.items():
            known = {name: moment for name, moment in moments.items() if name in table.c}
            connection.execute(insert(table).values(known | values))
    for name, number, column, value in odd:
        if number > 1:
            # Text into a column of numbers, as SQLite takes it.
            kept = value.isoformat(" ", "microseconds") if isinstance(value, datetime) else value
            connection.execute(
                text(f"UPDATE {name} SET {column} = :value WHERE rowid = :number"),
                {"value": kept, "number": number},
            )
