"""Every function that reads what comes from outside has its copies mutated: a new one is added."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.mutations.readers import READERS

ROOT = Path(__file__).parents[2]
OPENING = frozenset(
    {
        *("loads", "parse_json", "read_json", "fromstring", "reader", "load_workbook", "ZipFile"),
        *("read_bytes", "read_text", "open", "decompressobj", "html_to_unicode", "parsebytes"),
        *("strptime", "fromisoformat", "parsedate_to_datetime", "CDXSnapshot", "make_url"),
        *("get_config", "read_csv", "read_parquet", "iterparse"),
    }
)
"""Calls with which a file, an answer or a value in it is read."""
WORKBOOK, JOURNAL = "the workbook", "the journal"
"""The subjects of test_workbook.py and test_journal.py."""
OURS = "written by the program itself in this run, or part of it"
READ_BY = {
    "seeds.read_seeds": "seeds .txt",
    "tables.read_table": "seeds .csv",
    "tables._readable_rows": "seeds .csv",
    "tables.sheet_values": "seeds .xlsx",
    "tables._count_filled_sheets": "seeds .xlsx",
    "seeds._read_jsonl": "seeds .jsonl",
    "seeds._read_opml": "seeds .opml",
    "own_site._from_file": "own pages .csv",
    "own_metric.read_own_metric": "own metric",
    "build._load_do_not_contact": "do-not-contact.txt",
    "phrases.read_toml": "weights",
    "dns.read_hosts_file": "hosts file",
    "clock.make_clock": "settings",
    "sitemaps.read_sitemap": "sitemaps",
    "decoding._inflate": "sitemaps, compressed",
    "wayback._parse_line": "wayback index",
    "common_crawl.newest_crawl_per_year": "common crawl: crawls",
    "common_crawl._parse_location": "common crawl: index",
    "common_crawl.parse_warc_record": "common crawl: record",
    "rdap._document": "registry: domain",
    "rdap._parse_datetime": "registry: domain",
    "wikipedia._ask": "search: wikipedia",
    "web_search.search": "search: searxng",
    "base.results_of": "search: brave",
    "services.parse_response": "open pagerank",
    "common_crawl.newest_release": "ranks: graphs",
    "common_crawl.__init__": "ranks: gzip",
    "common_crawl._decompressed": "ranks: gzip",
    "response.retry_after_seconds": "headers",
    "links.parse_tree": "page",
    "document._parse": "page",
    "addresses._json_ld": "page",
    "decoding.text_of": "page",
    "service.read_json": "search: brave",
    "tables.parse_json": "search: brave",
    "summary.brief_from_json": "brief",
    "load.load_with_content": WORKBOOK,
    "load._load_all": WORKBOOK,
    "save._digest": WORKBOOK,
    "save._why_stale": WORKBOOK,
    "annotations.decoded": WORKBOOK,
    "cells.date_from_text": WORKBOOK,
    "database.parse_url": JOURNAL,
    "evidence.from_json": JOURNAL,
    "pages.unchanged_page": JOURNAL,
    "runs._arguments": JOURNAL,
    "build._command_line": OURS,
    "download.chunks": OURS,
    "download._download_rest": OURS,
    "mail_merge._write": OURS,
    "save.save": OURS,
    "save._office_runs": OURS,
    "backups._copy": JOURNAL,
    "backups._made": OURS,
    "database.journal_file": JOURNAL,
    "locks._read_holder": OURS,
    "machine.lasting": OURS,
    "stalls.__init__": OURS,
    "stalls.keep_in": OURS,
    "phrases.package_text": OURS,
    "package.__init__": WORKBOOK,
    "package.content": WORKBOOK,
    "package.parse": WORKBOOK,
    "lookups.open_spider": OURS,
    "__main__.main": OURS,
}
"""The reader whose copies reach a function."""


def opening_functions() -> Iterator[str]:
    """Yield module and name of the functions that call one of OPENING."""
    for package in ("brokenlinks", "spiders", "pipelines"):
        for file in (ROOT / package).rglob("*.py"):
            if not {"demo", "migrations"} & {*file.parts}:
                for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(
                        map(opens, ast.walk(node))
                    ):
                        yield f"{file.stem}.{node.name}"


def opens(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
    return called in OPENING


def test_every_function_that_reads_has_a_reader() -> None:
    assert {*opening_functions()} == {*READ_BY}
    assert {*READ_BY.values()} - {WORKBOOK, JOURNAL, OURS} <= {*READERS}
