"""Whether a link costs the same and fits in memory however many there are.

    python -m tests.benchmarks.million --links 1000000

Crawls two loopback webs with 100 links on a page and 200 links on a host, one small and one large,
and prints what a link cost in each, and the peak of memory. Both are whole runs, workbook included.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks.contest import Measured, served
from tests.benchmarks.loopback import Web, crawl, serve

FEW = 10_000
LINKS_ON_A_PAGE, LINKS_OF_A_HOST = 100, 200


def main() -> None:
    """Serve and measure both, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--links", type=int, default=1_000_000)
    parser.add_argument("--gone-each", type=int, default=100)
    wanted = parser.parse_args()
    few, many = (cost_of(links, wanted.gone_each) for links in (FEW, wanted.links))
    ratio = (many.cpu / wanted.links) / (few.cpu / FEW)
    print(f"a link of {wanted.links} costs {ratio:.2f} times as much CPU as one of {FEW}")


def cost_of(links: int, gone_each: int) -> Measured:
    """Crawl a web of so many links from an empty journal."""
    web = Web(links // LINKS_ON_A_PAGE, links, links // LINKS_OF_A_HOST, gone_each)
    with served(serve, web) as line, tempfile.TemporaryDirectory() as folder:
        cost = crawl(web, line.recv(), Path(folder), obey=True)
        print(cost.said("brokenlinks", links), flush=True)
    return cost


if __name__ == "__main__":
    main()
