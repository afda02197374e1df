"""What the commands share: refusing in one line, one run of a niche at a time, the journal."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import threading
from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Spider
from scrapy.settings import BaseSettings
from scrapy.utils.conf import arglist_to_dict

from brokenlinks.arguments import CrawlPlan, PlanError, make_plan
from brokenlinks.authority.own_metric import read_own_metric
from brokenlinks.commands.machine import lasting, read_data_files
from brokenlinks.discovery.footprints import load_footprints
from brokenlinks.discovery.providers import providers_from
from brokenlinks.extensions.report_writer import path_from_setting, sender_from
from brokenlinks.extensions.run_context import journal_url, output_folder
from brokenlinks.http.dns import Dns
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.models.run_stats import REPORT, ExitCode
from brokenlinks.report.export import ExportError
from brokenlinks.report.outreach.drafts import MAX_SENDER_WORDS
from brokenlinks.report.workbook.reading import WorkbookError
from brokenlinks.scoring.opportunities import WeightsError
from brokenlinks.settings_model import (
    SettingError,
    adopt_old_names,
    check_values,
    hide_secrets,
)
from brokenlinks.store.database import Store, StoreError, open_store
from brokenlinks.store.locks import LockedError, file_lock, journal_lock
from brokenlinks.store.runs import claim_workbook
from brokenlinks.text.clock import make_clock
from brokenlinks.text.printable import PrintableRecord, log_thread_crash, show

if TYPE_CHECKING:
    from scrapy.crawler import Crawler, CrawlerProcessBase
    from scrapy.settings import Settings

USER_ERRORS = (PlanError, SettingError, StoreError, WeightsError, WorkbookError, ExportError)
"""What the user can put right; the message of each is one line."""


class ProjectCommand:
    """Goes before Scrapy's class: `class Command(ProjectCommand, ScrapyCommand)`.

    (A subclass of ScrapyCommand in this module would be listed as the command `base`.)
    """

    requires_project = True
    name: str
    """As the user types it, like `usage`, the arguments."""
    usage = ""
    summary: str
    """What it does, in the list of commands."""
    settings: Settings | None
    crawler_process: CrawlerProcessBase | None
    exitcode: int

    def syntax(self) -> str:
        """Return `usage` for Scrapy."""
        return self.usage

    def short_desc(self) -> str:
        """Return `summary` for Scrapy."""
        return self.summary

    @abstractmethod
    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the command is for; errors of the user's are raised."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Execute the command, or say in one line why not."""
        sys.stdout, sys.stderr = lasting(sys.stdout), lasting(sys.stderr)
        read_data_files()
        assert self.settings is not None
        hide_secrets(self.settings)
        logging.setLogRecordFactory(PrintableRecord)
        threading.excepthook = log_thread_crash
        try:
            self.execute(args, opts)
        except USER_ERRORS as error:
            self.fail(str(error), ExitCode.USAGE)
        except LockedError as error:
            self.fail(str(error), ExitCode.LOCKED)

    def fail(self, message: str, code: ExitCode) -> None:
        """Print one line and set the exit code."""
        show(f"scrapy {self.name}: {message}", sys.stderr)
        self.exitcode = code

    def checked_settings(self) -> Settings:
        """Return the settings. Raises SettingError for the first that cannot be used."""
        assert self.settings is not None
        for note in adopt_old_names(self.settings):
            show(f"scrapy {self.name}: {note}", sys.stderr)
        check_settings(self.settings)
        return self.settings

    def run_on_network(self, job: Callable[[Crawler], Awaitable[None]]) -> None:
        """Run `job` on the network of a crawl; nothing is crawled or stored."""
        assert self.settings is not None
        assert self.crawler_process is not None
        addons = {"brokenlinks.addon.NetworkAddon": 0}
        self.settings.set("ADDONS", addons, priority="cmdline")
        self.crawler_process.crawl(JobSpider, job=job)
        self.crawler_process.start()


class JobSpider(Spider):
    """Runs a job in place of a crawl. When the user stops it, the job is cancelled."""

    name = "job"

    def __init__(self, job: Callable[[Crawler], Awaitable[None]]) -> None:
        super().__init__()
        self._job = job

    async def start(self) -> AsyncIterator[Any]:
        """Do the job; no request comes of it."""
        await self._job(self.crawler)
        requests: tuple[Any, ...] = ()
        for request in requests:  # Scrapy wants a generator
            yield request


def add_plan_option(parser: argparse.ArgumentParser) -> None:
    """Add `-a NAME=VALUE`, as `scrapy crawl` has it."""
    parser.add_argument(
        "-a", dest="spargs", action="append", default=[], metavar="NAME=VALUE", help="niche=..."
    )


def plan_of(arguments: Sequence[str]) -> CrawlPlan:
    """Return the plan of a command without a spider; `arguments` are what follows each `-a`.

    Raises PlanError naming the one that cannot be used.
    """
    for word in arguments:
        if "=" not in word:
            raise PlanError(f"-a {word!r} is not NAME=VALUE")
    return make_plan(REPORT, arglist_to_dict(list(arguments)))


@contextmanager
def opened_store(settings: BaseSettings) -> Iterator[Store]:
    """Open the journal. Raises StoreError when it cannot be used."""
    store = open_store(journal_url(settings))
    try:
        yield store
    finally:
        store.close()


@contextmanager
def run_lock(settings: BaseSettings, plan: CrawlPlan) -> Iterator[None]:
    """Hold the niche's locks: that of the output folder, for the workbook, and the journal's.

    Raises LockedError when another run holds one of them.
    """
    with (
        niche_lock(output_folder(settings), plan),
        journal_lock(journal_url(settings), plan.niche),
    ):
        yield


def niche_lock(folder: Path, plan: CrawlPlan) -> AbstractContextManager[None]:
    """Return the niche's lock in the output folder."""
    return file_lock(folder / f".{plan.slug}", plan.niche)


def check_output(settings: BaseSettings) -> Path:
    """Return the output folder, made if need be. Raises SettingError when it cannot be written."""
    folder = output_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SettingError(
            f"the output folder {folder} cannot be written: {error.strerror}; "
            "choose another with -s OUTPUT_DIR=..."
        ) from error
    return folder


def check_settings(settings: BaseSettings) -> None:
    """Raise SettingError for the first setting that cannot be used."""
    check_values(settings)
    own_csv = path_from_setting(settings, "AUTHORITY_CSV")
    checks: tuple[tuple[str, Callable[[], object]], ...] = (
        ("ALLOWED_NETWORKS: ", lambda: AddressGuard(settings.getlist("ALLOWED_NETWORKS"))),
        ("", lambda: Dns(settings.getlist("DNS_NAMESERVERS"))),
        ("CLOCK: ", lambda: make_clock(settings["CLOCK"])),
        ("", load_footprints),
        ("", lambda: providers_from(settings, "")),
        ("", lambda: own_csv and read_own_metric(own_csv)),
    )
    for prefix, check in checks:
        try:
            check()
        except ValueError as error:
            raise SettingError(f"{prefix}{error}") from error
    if len(sender_from(settings).signature().split()) > MAX_SENDER_WORDS:
        raise SettingError(
            "OUTREACH_SENDER, OUTREACH_POSTAL_ADDRESS and OUTREACH_OPT_OUT together have more than"
            f" {MAX_SENDER_WORDS} words; a mail has room for 149 in all"
        )
    name = settings["WORKBOOK_NAME"]
    if "/" in name or "\\" in name:
        raise SettingError(f"WORKBOOK_NAME={name!r} names a folder: set that as OUTPUT_DIR")
    if name.lower().endswith(".xlsx"):
        raise SettingError(f"WORKBOOK_NAME={name!r} has the ending, which is added: leave it out")


def claim_own_workbook(store: Store, path: Path, niche: str) -> None:
    """Note whose workbook it is. Raises SettingError when it is another niche's."""
    owner = store.run(claim_workbook, path, niche)
    if owner != niche:
        raise SettingError(
            f"{path} is the workbook of {owner!r}: name another for {niche!r} with"
            " -s WORKBOOK_NAME=..."
        )
