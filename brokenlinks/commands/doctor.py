"""`scrapy doctor`: a line for everything a crawl needs, before one is begun."""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler

from brokenlinks.commands.base import ProjectCommand, check_output, check_settings
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
from brokenlinks.extensions.run_context import journal_url
from brokenlinks.http.network import Network
from brokenlinks.models.run_stats import ExitCode
from brokenlinks.scoring.opportunities import load_weights
from brokenlinks.store.database import open_store
from brokenlinks.text.printable import show


class Command(ProjectCommand, ScrapyCommand):
    """Look at settings, folders, network, archive and search providers."""

    name = "doctor"
    summary = "Check settings, keys, network, archive and journal; a line each"

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Print the lines; the exit code says whether something is wrong."""
        settings = self.settings
        assert settings is not None
        lines = examine_local(
            {
                "settings": lambda: check_settings(settings),
                "weights": lambda: load_weights(path_from_setting(settings, "WEIGHTS_FILE")),
                "output folder": lambda: check_output(settings),
                "journal": lambda: open_store(journal_url(settings)).close(),
            }
        )
        lines.append(examine_contact(settings["CONTACT"]))
        misconfigured = _has_failed(lines)
        if not misconfigured:

            async def examine(crawler: Crawler) -> None:
                network = Network.of(crawler)
                fetch, urls = network.services.fetch, settings.getlist("CONNECTIVITY_URLS")
                lines.append(await examine_network(urls, network.probes.fetch, network.dns))
                lines.append(await examine_archive(settings["WAYBACK_URL"], fetch))
                lines.extend(await examine_providers(settings, fetch))
                lines.extend(await examine_ratings(settings, fetch))

            self.run_on_network(examine)
        for line in lines:
            show(f"{line.status:<6}{line.name:<15}{line.message}".rstrip())
        if misconfigured:
            self.exitcode = ExitCode.USAGE
        elif _has_failed(lines):
            self.exitcode = ExitCode.PROBLEMS


def _has_failed(lines: list[CheckResult]) -> bool:
    return any(line.status is CheckStatus.FAILED for line in lines)
