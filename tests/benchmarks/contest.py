"""Runs our crawl and other checkers over one list of links, and says what each cost."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shlex
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

LONGEST_RUN = 10_800
"""Seconds after which a checker is stopped: the load ends by itself."""
ROOT = Path(__file__).parent.parent.parent
MOST_OPEN = 65_536

Web = TypeVar("Web")


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
    """Run a command in `folder` and return what it cost; what it says is in the file `log`."""
    began = time.monotonic()
    bounded = ["timeout", str(LONGEST_RUN), *command]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(bounded, cwd=folder, stdout=log, stderr=log)
        _, _, usage = os.wait4(process.pid, 0)
    return Measured(
        time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    )


def crawl_command(pages: Sequence[str], links: int, settings: Mapping[str, object]) -> list[str]:
    """Return our crawl of `pages`, and of nothing else: no searches, no archive, no contacts."""
    only_links = {
        "ARCHIVE_LOOKUPS_PER_RUN": 0,
        "CONTACT_SITES_PER_RUN": 0,
        "CITATION_LOOKUPS_PER_RUN": 0,
        "RDAP_LOOKUPS_PER_RUN": 0,
        "ALLOWED_NETWORKS": "127.0.0.0/8",
        "ADDRESS_DELAY": 0,
        "SUMMARY": "full",
    }
    arguments = {"niche": "home brewing", "seeds": "seeds.txt", "max_links": links + 1}
    arguments |= {"max_pages": len(pages) + 1, "max_sites": len(pages) + 1}
    arguments |= {"max_depth": 0, "providers": "none"}
    command = [sys.executable, "-m", "scrapy", "crawl", "resources"]
    for name, value in arguments.items():
        command += ["-a", f"{name}={value}"]
    for name, value in {**only_links, **settings}.items():
        command += ["-s", f"{name}={value}"]
    return command


def lychee_command(
    at_once: int, timeout: int, *, per_host: int = 1, interval: int = 0
) -> list[str]:
    """Return lychee's check of the file `links.txt`; `interval` in milliseconds for each host."""
    return [
        *(_installed("lychee"), "--no-progress", "--max-concurrency", str(at_once)),
        *("--max-retries", "0", "--timeout", str(timeout)),
        *("--host-request-interval", f"{interval}ms", "--host-concurrency", str(per_host)),
        *("--insecure", "--format", "json", "--output", "lychee.json", "links.txt"),
    ]


def linkchecker_command(at_once: int, timeout: int) -> list[str]:
    """Return LinkChecker's check of the file `links.txt`."""
    check = (
        *(_installed("linkchecker"), "--stdin", "--no-status", "--recursion-level", "0"),
        *("--timeout", str(timeout), "--threads", str(at_once), "--output", "none"),
    )
    return ["sh", "-c", f"{shlex.join(check)} < links.txt"]


def _installed(program: str) -> str:
    scripts = sysconfig.get_path("scripts")
    found = shutil.which(program, path=os.pathsep.join([scripts, os.environ["PATH"]]))
    return found or sys.exit(f'{program} is not installed: pip install -e ".[test]"')


@dataclass(frozen=True)
class Served:
    """What a server did since it was asked last."""

    requests: int
    cpu: float

    def ceiling(self) -> str:
        """Say what the server would reach if it had a core for itself."""
        return f"the server can do {self.requests / max(self.cpu, 0.01):.0f} requests/s on a core"


def counted(line: Connection) -> Served:
    """Ask a server what it did since it was asked last."""
    line.send("counted")
    return Served(*line.recv())


@contextmanager
def served(serve: Callable[[Web, Connection], None], web: Web) -> Iterator[Connection]:
    """Serve a web from a process of its own; yields the line to it."""
    most = min(MOST_OPEN, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.environ |= {"SCRAPY_SETTINGS_MODULE": "brokenlinks.settings", "PYTHONPATH": str(ROOT)}
    mine, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(web, theirs), daemon=True)
    server.start()
    try:
        yield mine
    finally:
        server.terminate()
