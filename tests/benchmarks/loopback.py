"""Links checked per second on loopback, with lychee over the same links in the same run.

    python -m tests.benchmarks.loopback --pages 50 --targets 5000

Serves resource pages and their targets from a process of its own on 127.x.y.z addresses, one in
ten targets dead, runs the real crawl over them and then lychee, at equal concurrency and
timeout, and prints both with their ratio. robots.txt is asked for by the crawl, not by lychee.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from tests.benchmarks.contest import crawl_command, lychee_command, measure, served

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


@dataclass(frozen=True)
class Web:
    """What is served: `pages` link to `targets` in all, spread over `hosts` addresses."""

    pages: int
    targets: int
    hosts: int

    def target(self, number: int, port: int) -> str:
        host = number % self.hosts
        state = "gone" if number % 10 == 0 else "alive"
        return f"http://{target_address(host)}:{port}/{state}/{number}.html"

    def page(self, number: int, port: int) -> bytes:
        links = "".join(
            f'<li><a href="{self.target(n, port)}">Homebrew recipe {n}</a> of the week</li>'
            for n in range(number, self.targets, self.pages)
        )
        title = "Homebrewing links"
        text = f"<title>{title}</title><h1>{title}</h1><ul>{links}</ul>"
        return f"<!doctype html><html lang=en>{text}</html>".encode()


def target_address(host: int) -> str:
    """Return the loopback address of a host, from 127.1.0.1 on."""
    return f"127.{1 + host // 62_500}.{host // 250 % 250}.{1 + host % 250}"


def serve(web: Web, ready: Connection) -> None:
    """Serve until the process is terminated."""
    asyncio.run(_serve(web, ready))


async def _serve(web: Web, ready: Connection) -> None:
    alive = b"<title>Recipe</title><h1>Recipe</h1><p>" + b"Mash, boil, ferment, bottle. " * 40

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        path = request.split(b" ", 2)[1].decode()
        kind, _, number = path.strip("/").partition("/")
        status, body = "200 OK", alive
        if kind == "page":
            body = web.page(int(number), port)
        elif kind in {"gone", "robots.txt"}:
            status, body = "404 Not Found", b"<title>Not found</title><p>Not here."
        writer.write(HEAD.format(status=status, length=len(body)).encode() + body)
        await writer.drain()
        writer.close()

    pages = await asyncio.start_server(handle, PAGE_HOST, 0, backlog=1024)
    port = pages.sockets[0].getsockname()[1]
    for host in range(web.hosts):
        await asyncio.start_server(handle, target_address(host), port, backlog=256)
    ready.send(port)
    await asyncio.Event().wait()


def main() -> None:
    """Serve, measure both, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("--targets", type=int, default=5_000)
    parser.add_argument("--hosts", type=int, default=500)
    web = Web(**vars(parser.parse_args()))
    with served(serve, web) as line, tempfile.TemporaryDirectory() as name:
        report(web, line.recv(), Path(name))


def report(web: Web, port: int, folder: Path) -> None:
    """Measure and print."""
    print(f"{web.targets} links on {web.pages} pages over {web.hosts} hosts")
    pages = [f"http://{PAGE_HOST}:{port}/page/{n}" for n in range(web.pages)]
    (folder / "seeds.txt").write_text("\n".join(pages))
    ours = measure(crawl_command(pages, web.targets, AT_FULL_PACE), folder)
    print(ours.said("brokenlinks", web.targets), flush=True)
    said = (folder / "log").read_text()
    if f"dead gone {web.targets // 10}" not in said:
        sys.exit(f"the crawl did not find the {web.targets // 10} dead links:\n{said[-2000:]}")
    links = [web.target(n, port) for n in range(web.targets)]
    (folder / "links.txt").write_text("\n".join(links))
    theirs = measure(lychee_command(AT_ONCE, TIMEOUT), folder)
    print(theirs.said("lychee", web.targets))
    print(f"brokenlinks reaches {theirs.wall / ours.wall:.0%} of lychee's pace")


if __name__ == "__main__":
    main()
