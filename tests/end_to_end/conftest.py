"""Runs the real program, as a user would, over the loopback web."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CompletedProcess

import pandas as pd
import pytest

from brokenlinks.demo.content import DEMO_NICHE, DemoWeb, seed_urls
from brokenlinks.demo.server import LoopbackWeb
from brokenlinks.report.export import LINK_COLUMNS, export_table
from brokenlinks.store.database import open_store
from brokenlinks.store.frames import links_frame
from tests.end_to_end.program import Program, run_scrapy

DELAY = 0.5
"""Seconds between two requests to a host: long beside the jitter of a busy machine."""
PATIENCE = {"DNS_TIMEOUT": 8, "PROBE_TIMEOUT": 10, "DOWNLOAD_TIMEOUT": 10}
"""A busy machine answers its own questions late: name servers and sites that are slow for no other
reason must not look as if they failed."""


def setting_arguments(settings: Mapping[str, object]) -> list[str]:
    """Return settings as command line arguments, with the full summary."""
    words = []
    for name, value in {"SUMMARY": "full", **settings}.items():
        text = json.dumps(value) if isinstance(value, dict) else str(value)
        text = ",".join(map(str, value)) if isinstance(value, list) else text
        words += ["-s", f"{name}={text}"]
    return words


def exported_links(folder: Path, niche: str) -> pd.DataFrame:
    """Return what `scrapy export` writes, without the seconds a process of its own takes."""
    path = folder / "links.jsonl"
    store = open_store(f"sqlite:///{folder}/output/journal.sqlite")
    export_table(store.run(links_frame, niche, LINK_COLUMNS)[LINK_COLUMNS], path)
    store.close()
    return pd.read_json(path, lines=True, dtype=False)


def more_requests(web: LoopbackWeb, count: int) -> Callable[[], bool]:
    """Return whether the web has got so many more requests than it has now."""
    awaited = len(web.requests) + count
    return lambda: len(web.requests) >= awaited


@dataclass
class Workspace:
    """A user's working folder, with the loopback web."""

    folder: Path
    web: DemoWeb
    settings: Mapping[str, object] = field(default_factory=dict)

    def command(self, arguments: Mapping[str, object]) -> list[str]:
        words = ["crawl", "resources"]
        usual = {"niche": DEMO_NICHE, "providers": "earlier"}
        for name, value in {**usual, **arguments}.items():
            words += ["-a", f"{name}={value}"]
        return words + setting_arguments({**self.web.settings(), **PATIENCE, **self.settings})

    def crawl(self, **arguments: object) -> CompletedProcess[str]:
        return run_scrapy(self.folder, *self.command(arguments))

    def crawl_until(
        self, condition: Callable[[], bool], signum: signal.Signals, **arguments: object
    ) -> CompletedProcess[str]:
        """Crawl, and send a signal once a point is reached."""
        program = Program(self.folder, *self.command(arguments))
        program.wait_for(condition)
        program.send_signal(signum)
        return program.finish()

    def links(self) -> pd.DataFrame:
        """Return what `scrapy export` writes, one row a page and link."""
        return exported_links(self.folder, DEMO_NICHE)

    @property
    def seeds(self) -> str:
        return ",".join(seed_urls(self.web))

    @property
    def workbook(self) -> Path:
        return self.folder / "output" / "home-brewing.xlsx"


@pytest.fixture(scope="session")
def web() -> Iterator[DemoWeb]:
    with DemoWeb() as opened:
        yield opened


@pytest.fixture
def workspace(tmp_path: Path, web: DemoWeb) -> Workspace:
    return Workspace(tmp_path, web)


@dataclass
class CompletedRun:
    """An undisturbed run: its folder, its output and the links it found."""

    workspace: Workspace
    process: CompletedProcess[str]
    links: pd.DataFrame


@pytest.fixture(scope="session")
def completed_run(tmp_path_factory: pytest.TempPathFactory, web: DemoWeb) -> CompletedRun:
    """Run the whole job once for all tests that only look at its results."""
    paced = {"PROBE_DELAY": DELAY, "DOWNLOAD_DELAY": DELAY, "PROGRESS_INTERVAL": 1}
    workspace = Workspace(tmp_path_factory.mktemp("undisturbed"), web, paced)
    web.requests.clear()
    process = workspace.crawl(urls=workspace.seeds)
    return CompletedRun(workspace, process, workspace.links())
