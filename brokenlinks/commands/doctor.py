"""`scrapy doctor`: a line for everything a crawl needs, before one is begun."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Spider
from scrapy.commands import ScrapyCommand

from brokenlinks.commands.checks import (
    check_journal,
    check_output,
    check_settings,
)
from brokenlinks.doctor import (
    CheckResult,
    CheckStatus,
    examine_archive,
    examine_contact,
    examine_local,
    examine_network,
    examine_providers,
    examine_ratings,
)
from brokenlinks.extensions.report_writer import path_from_setting
from brokenlinks.http.network import network_of
from brokenlinks.scoring.opportunities import load_weights

USAGE, PROBLEMS = 2, 5


class DoctorSpider(Spider):
    """Asks the network and the services, through the crawl's own transport."""

    name = "doctor"

    def __init__(self, lines: list[CheckResult]) -> None:
        super().__init__()
        self._lines = lines

    async def start(self) -> AsyncIterator[Any]:
        """Ask; nothing is crawled."""
        network, settings = network_of(self.crawler), self.crawler.settings
        fetch = network.services.fetch
        canaries = settings.getlist("CONNECTIVITY_URLS")
        self._lines.append(await examine_network(canaries, network.probes.fetch, network.dns))
        self._lines.append(await examine_archive(settings["WAYBACK_URL"], fetch))
        self._lines += await examine_providers(settings, fetch)
        self._lines += await examine_ratings(settings, fetch)
        pages: list[Any] = []
        for page in pages:  # Scrapy wants a generator
            yield page


class Command(ScrapyCommand):
    """Look at settings, folders, network, archive and search providers."""

    requires_project = True

    def short_desc(self) -> str:
        """Show what it does."""
        return "Check settings, keys, network, archive and journal; a line each"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Print the lines; the exit code says whether something is wrong."""
        settings = self.settings
        assert settings is not None
        assert self.crawler_process is not None
        lines = examine_local(
            {
                "settings": lambda: check_settings(settings),
                "weights": lambda: load_weights(path_from_setting(settings, "WEIGHTS_FILE")),
                "output folder": lambda: check_output(settings),
                "journal": lambda: check_journal(settings),
            }
        )
        lines.append(examine_contact(settings["CONTACT"]))
        misconfigured = any(line.status is CheckStatus.FAILED for line in lines)
        if not misconfigured:
            settings.set("ADDONS", {"brokenlinks.addon.NetworkAddon": 0}, priority="cmdline")
            self.crawler_process.crawl(DoctorSpider, lines=lines)
            self.crawler_process.start()
        for line in lines:
            print(f"{line.status:<6}{line.name:<15}{line.message}".rstrip())
        wrong = any(line.status is CheckStatus.FAILED for line in lines)
        self.exitcode = USAGE if misconfigured else PROBLEMS if wrong else 0
