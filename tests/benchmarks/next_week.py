"""The same niche a week later, when one link in twenty has changed: what the second run costs.

    python -m tests.benchmarks.next_week --targets 50000

Both runs are whole runs, workbook included. What was dead is asked again, and so is what is new;
what lives is not due.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from tests.benchmarks.contest import Measured, counted, crawl_command, measure, served
from tests.benchmarks.loopback import AT_FULL_PACE, Web, serve

WEEK = timedelta(days=7)


def main() -> None:
    """Serve, run twice, print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--targets", type=int, default=50_000)
    parser.add_argument("--hosts", type=int, default=5_000)
    parser.add_argument("--gone-each", type=int, default=20)
    web = Web(**vars(parser.parse_args()))
    with served(serve, web) as line, tempfile.TemporaryDirectory() as name:
        report(web, line, Path(name))


def report(web: Web, line: Connection, folder: Path) -> None:
    """Measure and print."""
    print(f"{web.targets} links on {web.pages} pages over {web.hosts} hosts")
    pages = web.page_urls(line.recv())
    (folder / "seeds.txt").write_text("\n".join(pages))
    now = datetime.now(UTC)
    costs: list[tuple[Measured, int]] = []
    for week, begins in (("first week", now), ("next week", now + WEEK)):
        settings = AT_FULL_PACE | {"CLOCK": begins.isoformat()}
        cost = measure(crawl_command(pages, web.targets, settings), folder)
        requests = counted(line).requests
        print(f"{cost.said(week, web.targets)}  {requests} requests", flush=True)
        costs.append((cost, requests))
    (first, asked), (second, asked_again) = costs
    print(f"the second run takes {asked_again / asked:.1%} of the requests", end="")
    print(f" and {second.cpu / first.cpu:.1%} of the CPU")


if __name__ == "__main__":
    main()
