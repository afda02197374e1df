"""The crawl's network, put together once: resolver, gate, transports, robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import NotConfigured

from brokenlinks.liveness.reading import looks_like_html
from brokenlinks.net.decoding import text_of
from brokenlinks.net.gate import Gate
from brokenlinks.net.resolver import VettingResolver
from brokenlinks.net.robots import Robots
from brokenlinks.net.sitemaps import Sitemaps
from brokenlinks.net.transport import Manners, Transport

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Network:
    """Scrapy extension that owns what every request of the crawl shares."""

    def __init__(self, crawler: Crawler, resolver: VettingResolver) -> None:
        settings = crawler.settings
        self.dns = resolver.dns
        self.guard = resolver.guard
        self.gate = Gate(
            per_host=settings.getint("PROBE_CONCURRENCY_PER_HOST"),
            in_all=settings.getint("PROBE_CONCURRENCY"),
            patience=settings.getfloat("RETRY_AFTER_PATIENCE"),
        )
        self.probes = Transport(
            crawler,
            self.gate,
            Manners(
                delay=settings.getfloat("PROBE_DELAY"),
                timeout=settings.getfloat("PROBE_TIMEOUT"),
                max_bytes=settings.getint("PROBE_MAX_BYTES"),
                user_agent=settings["USER_AGENT"],
            ),
        )
        self.services = Transport(
            crawler,
            self.gate,
            Manners(
                delay=0.0,  # a service's pace is its own rate budget
                timeout=settings.getfloat("SERVICE_TIMEOUT"),
                max_bytes=settings.getint("SERVICE_MAX_BYTES"),
                user_agent=settings["SERVICE_USER_AGENT"],
            ),
        )
        self.robots = Robots(self.probes.fetch, settings["USER_AGENT"])
        self.sitemaps = Sitemaps(self.probes.fetch, self.robots)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build on the resolver the reactor really uses: another would pass by the guard."""
        from twisted.internet import reactor  # noqa: PLC0415 - must come after its installation

        resolver = reactor.nameResolver
        if not isinstance(resolver, VettingResolver):
            resolver = VettingResolver.from_crawler(crawler, reactor)
            resolver.install_on_reactor()
        return cls(crawler, resolver)

    async def page(self, url: str, most: int) -> str:
        """Return the markup of an HTML page, "" where there is none or robots.txt forbids it."""
        if not self.robots.allows(await self.robots.rules_for(url), url):
            return ""
        answer = await self.probes.fetch(url, max_bytes=most)
        kind = answer.headers.get("content-type", "")
        if answer.status != 200 or not looks_like_html(kind, answer.body):
            return ""
        return text_of(answer, most) or ""


def network_of(crawler: Crawler) -> Network:
    """Return the crawl's network. Raises NotConfigured when its extension is switched off."""
    network = crawler.get_extension(Network)
    if network is None:
        raise NotConfigured("the extension brokenlinks.net.network.Network must be enabled")
    return network
