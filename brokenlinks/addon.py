"""Scrapy add-ons: they install our extensions, middlewares and pipelines.

`settings.py` names `CrawlAddon`. Commands that crawl nothing use `NetworkAddon`.
"""

from __future__ import annotations

import logging

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.settings import BaseSettings

from brokenlinks.extensions.progress import Progress
from brokenlinks.extensions.report_writer import ReportWriter
from brokenlinks.extensions.run_context import RunContext
from brokenlinks.extensions.searches import Searches
from brokenlinks.extensions.shutdown import Shutdown
from brokenlinks.extensions.watchdog import Watchdog
from brokenlinks.http.middleware import (
    DecompressionMiddleware,
    PageEncodingMiddleware,
    PolitenessMiddleware,
)
from brokenlinks.http.network import Network
from brokenlinks.settings_model import hide_secrets
from brokenlinks.text.printable import PrintableRecord
from pipelines.archive import ArchivePipeline
from pipelines.liveness import LivenessPipeline
from pipelines.lookups import LookupsPipeline
from pipelines.store import FinishPipeline, StorePipeline


class NetworkAddon:
    """Installs the network: DNS, throttle, clients, robots.txt."""

    components: tuple[tuple[str, type, int | None], ...] = (
        ("EXTENSIONS", Network, 20),
        ("DOWNLOADER_MIDDLEWARES", RobotsTxtMiddleware, None),  # ours below shares its rules
        ("DOWNLOADER_MIDDLEWARES", PolitenessMiddleware, 100),
        ("DOWNLOADER_MIDDLEWARES", HttpCompressionMiddleware, None),  # ours below extends it
        ("DOWNLOADER_MIDDLEWARES", DecompressionMiddleware, 590),
        # Before Scrapy's middleware that looks for <meta> refreshes in the page.
        ("DOWNLOADER_MIDDLEWARES", PageEncodingMiddleware, 585),
    )

    def update_settings(self, settings: BaseSettings) -> None:
        """Add the components; those that the user has set stay as they are.

        Whoever runs a crawl without our commands gets log lines that are safe to show, too.
        """
        hide_secrets(settings)
        logging.setLogRecordFactory(PrintableRecord)
        for setting, component, order in self.components:
            settings.setdefault_in_component_priority_dict(setting, component, order)


class CrawlAddon(NetworkAddon):
    """Installs all parts of a crawl."""

    components = (
        *NetworkAddon.components,
        ("EXTENSIONS", RunContext, 10),  # opens the journal, which all the others use
        ("EXTENSIONS", Searches, 40),
        ("EXTENSIONS", Progress, 400),
        ("EXTENSIONS", Shutdown, 500),
        ("EXTENSIONS", Watchdog, 600),
        ("EXTENSIONS", ReportWriter, 900),  # last: it reports on what the others did
        ("ITEM_PIPELINES", StorePipeline, 100),
        ("ITEM_PIPELINES", LivenessPipeline, 200),
        ("ITEM_PIPELINES", ArchivePipeline, 300),
        ("ITEM_PIPELINES", LookupsPipeline, 350),
        ("ITEM_PIPELINES", FinishPipeline, 400),
    )
