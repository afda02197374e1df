"""Links checked per second on loopback, with lychee over the same links in the same run.

    python -m tests.benchmarks.loopback --pages 50 --targets 5000

Serves resource pages and their targets from a process of its own on 127.x.y.z addresses, one in
ten targets dead, runs the real crawl over them and then lychee, at equal concurrency and
timeout, and prints both with their ratio. robots.txt is asked for by the crawl, not by lychee.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import uvloop

from tests.benchmarks.contest import (
    Measured,
    counted,
    crawl_command,
    linkchecker_command,
    lychee_command,
    measure,
    served,
)

AT_ONCE, TIMEOUT = 64, 20
AT_FULL_PACE = {
    "DOWNLOAD_DELAY": 0.001,
    "PROBE_DELAY": 0,
    "PROBE_CONCURRENCY": AT_ONCE,
    "PROBE_TIMEOUT": TIMEOUT,
    "CONCURRENT_REQUESTS": AT_ONCE + 16,
}
PAGE_HOST = "127.0.0.1"
HEAD = (
    "HTTP/1.1 {status}\r\nContent-Type: text/html\r\n"
    "Content-Length: {length}\r\nConnection: close\r\n\r\n"
)
ALIVE = b"<title>Recipe</title><h1>Recipe</h1><p>" + b"Mash, boil, ferment, bottle. " * 40


@dataclass(frozen=True)
class Web:
    """What is served: `pages` link to `targets` in all, spread over `hosts` addresses.

    One target in `gone_each` is gone. In a later `week` one link in `changed_each` leads to a new
    target.
    """

    pages: int
    targets: int
    hosts: int
    gone_each: int = 10
    changed_each: int = 20

    def target(self, number: int, port: int, week: int = 0) -> str:
        host = target_address(number % self.hosts)
        state = "gone" if number % self.gone_each == 0 else "alive"
        edition = f"-{week}" if week and number % self.changed_each == 1 else ""
        return f"http://{host}:{port}/{state}/{number}{edition}.html"

    def page_urls(self, port: int) -> list[str]:
        return [f"http://{PAGE_HOST}:{port}/page/{n}" for n in range(self.pages)]

    def page(self, number: int, port: int, week: int) -> bytes:
        links = "".join(
            f'<li><a href="{self.target(n, port, week)}">Homebrew recipe {n}</a> of the week</li>'
            for n in range(number, self.targets, self.pages)
        )
        title = "Homebrewing links"
        text = f"<title>{title}</title><h1>{title}</h1><ul>{links}</ul>"
        return f"<!doctype html><html lang=en>{text}</html>".encode()


def target_address(host: int) -> str:
    """Return the loopback address of a host, from 127.1.0.1 on."""
    return f"127.{1 + host // 62_500}.{host // 250 % 250}.{1 + host % 250}"


def serve(web: Web, line: Connection) -> None:
    """Serve until the process is terminated.

    Asked for anything, it tells how many requests came since it was asked last and the CPU
    seconds they took; then a week is over.
    """
    uvloop.run(_serve(web, line))


async def _serve(web: Web, line: Connection) -> None:
    loop = asyncio.get_running_loop()
    shelf = Shelf(web)
    server = await loop.create_server(lambda: _Answering(shelf), "0.0.0.0", 0, backlog=4096)
    shelf.port = server.sockets[0].getsockname()[1]
    line.send(shelf.port)
    cpu = time.process_time()
    while True:
        await loop.run_in_executor(None, line.recv)
        line.send((shelf.requests, time.process_time() - cpu))
        shelf.requests, cpu = 0, time.process_time()
        shelf.week += 1


@dataclass
class Shelf:
    """What is there to be asked for, and how often it was."""

    web: Web
    port: int = 0
    week: int = 0
    requests: int = 0

    def answer(self, path: str) -> bytes:
        self.requests += 1
        kind, _, number = path.strip("/").partition("/")
        status, body = "200 OK", ALIVE
        if kind == "page":
            body = self.web.page(int(number), self.port, self.week)
        elif kind in {"gone", "robots.txt"}:
            status, body = "404 Not Found", b"<title>Not found</title><p>Not here."
        return HEAD.format(status=status, length=len(body)).encode() + body


class _Answering(asyncio.Protocol):
    """Answers one request and closes: no checker asks a host for more than one at a time."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._asked += data
        if self._asked.endswith(b"\r\n\r\n"):
            self._transport.write(self._shelf.answer(self._asked.split(b" ", 2)[1].decode()))
            self._transport.close()


def main() -> None:
    """Serve, measure both, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--targets", type=int, default=50_000)
    parser.add_argument("--hosts", type=int, default=5_000)
    parser.add_argument("--linkchecker", action="store_true", help="wait for LinkChecker too")
    wanted = parser.parse_args()
    web = Web(wanted.pages, wanted.targets, wanted.hosts)
    with served(serve, web) as line, tempfile.TemporaryDirectory() as name:
        report(web, line, Path(name), with_linkchecker=wanted.linkchecker)


def report(web: Web, line: Connection, folder: Path, *, with_linkchecker: bool) -> None:
    """Measure and print."""
    print(f"{web.targets} links on {web.pages} pages over {web.hosts} hosts")
    port = line.recv()
    links = [web.target(n, port) for n in range(web.targets)]
    (folder / "links.txt").write_text("\n".join(links))
    ours = crawl(web, port, folder, obey=True)
    print(ours.said("brokenlinks", web.targets), flush=True)
    asked = counted(line)
    lychee = measure(lychee_command(AT_ONCE, TIMEOUT), folder)
    print(lychee.said("lychee", web.targets), f" {counted(line).ceiling()}", flush=True)
    if with_linkchecker:
        linkchecker = measure(linkchecker_command(AT_ONCE, TIMEOUT), folder)
        print(linkchecker.said("LinkChecker", web.targets), flush=True)
        counted(line)
    shutil.rmtree(folder / "output")
    without = crawl(web, port, folder, obey=False)
    print(without.said("no robots.txt", web.targets))
    for name, run, requests in (("", ours, asked), (" without", without, counted(line))):
        print(
            f"brokenlinks{name} reaches {lychee.wall / run.wall:.1%} of lychee's pace with"
            f" {requests.requests / web.targets:.2f} requests a link"
        )


def crawl(web: Web, port: int, folder: Path, *, obey: bool) -> Measured:
    """Measure our crawl, and end with its log when it did not find what is dead."""
    pages = web.page_urls(port)
    (folder / "seeds.txt").write_text("\n".join(pages))
    settings = AT_FULL_PACE | {"ROBOTSTXT_OBEY": obey}
    measured = measure(crawl_command(pages, web.targets, settings), folder)
    said = (folder / "log").read_text()
    if f"dead gone {-(-web.targets // web.gone_each)}" not in said:
        sys.exit(f"the crawl did not find what is dead:\n{said[-2000:]}")
    return measured


if __name__ == "__main__":
    main()
