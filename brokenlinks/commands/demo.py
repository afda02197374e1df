"""`scrapy demo`: the whole job on a small loopback web; no network, no key, under a minute."""

from __future__ import annotations

import argparse

from brokenlinks.commands.crawl import Command as CrawlCommand
from brokenlinks.extensions.report_writer import FULL

SPIDER = "resources"
WORKBOOK = "demo"


class Command(CrawlCommand):
    """Serve the demo web on loopback and run the real spider, pipelines and workbook over it."""

    name = "demo"
    usage = "[options]"
    summary = "Try the program on a small local web; writes output/demo.xlsx"

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        """Crawl the demo web's resource pages."""
        from brokenlinks.demo.content import DEMO_NICHE, DEMO_PORT, OWN_HOST, DemoWeb, seed_urls  # noqa: PLC0415 -- not loaded with every command

        assert self.settings is not None
        with DemoWeb(DEMO_PORT) as web:
            own = {"WORKBOOK_NAME": WORKBOOK, "JOURNAL_NAME": WORKBOOK, "SUMMARY": FULL}
            for name, value in {**web.settings(), **own}.items():
                self.settings.set(name, value, priority="cmdline")
            opts.spargs = {
                "niche": DEMO_NICHE,
                "urls": ",".join(seed_urls(web)),
                "site": web.url(OWN_HOST),
            }
            super().execute([SPIDER], opts)
