"""The crawl's network, put together once: DNS, throttle, client, robots.txt, sitemaps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from brokenlinks.http.client import HttpClient
from brokenlinks.http.decoding import looks_like_html, text_of
from brokenlinks.http.dns import Dns, read_hosts_file
from brokenlinks.http.platforms import server_address
from brokenlinks.http.response import FetchResult, redirect_url
from brokenlinks.http.robots import Robots
from brokenlinks.http.sitemaps import Sitemaps
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.http.throttle import Throttle
from brokenlinks.http.transport import RequestPolicy, Transport
from brokenlinks.settings_model import service_urls
from brokenlinks.text.urls import origin_of, site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_REDIRECTS = 3
SECONDS_PER_HOUR = 3600
TRANSIENT_STATUSES = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """An HTML page; `url` is where redirects led.

    `html` is "" where there is none, and `error` says why if a later try may succeed.
    """

    url: str
    html: str = ""
    error: str = ""


class SharedExtension:
    """A Scrapy extension that other parts of the crawl use."""

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return the crawl's own. Raises NotConfigured when it is switched off."""
        extension = crawler.get_extension(cls)
        if extension is None:
            raise NotConfigured(f"the extension {cls.__module__}.{cls.__name__} must be enabled")
        return extension


class Network(SharedExtension):
    """Scrapy extension that owns what every request of the crawl shares."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.dns = Dns(
            settings.getlist("DNS_NAMESERVERS"),
            timeout=settings.getfloat("DNS_TIMEOUT"),
            hosts=read_hosts_file(),
        )
        self.guard = AddressGuard(settings.getlist("ALLOWED_NETWORKS"))
        self.throttle = Throttle(
            per_host=settings.getint("PROBE_CONCURRENCY_PER_HOST"),
            total=settings.getint("PROBE_CONCURRENCY"),
            max_wait=settings.getfloat("RETRY_AFTER_MAX_WAIT"),
            address_delay=settings.getfloat("ADDRESS_DELAY"),
            address_of=self._address_of,
            max_host_time=settings.getfloat("MAX_HOURS_PER_HOST") * SECONDS_PER_HOUR,
        )
        self.client = HttpClient(self.dns, self.guard)
        transport = partial(
            Transport,
            self.throttle,
            client=self.client,
            is_running=lambda: crawler.engine.running,
        )
        self.probes = transport(
            RequestPolicy(
                delay=settings.getfloat("PROBE_DELAY"),
                timeout=settings.getfloat("PROBE_TIMEOUT"),
                max_bytes=settings.getint("PROBE_MAX_BYTES"),
                user_agent=settings["USER_AGENT"],
            ),
        )
        self.services = transport(
            RequestPolicy(
                delay=0.0,  # services have rates of their own
                timeout=settings.getfloat("SERVICE_TIMEOUT"),
                max_bytes=settings.getint("SERVICE_MAX_BYTES"),
                user_agent=settings["SERVICE_USER_AGENT"],
                own_services=frozenset(map(origin_of, service_urls(settings))),
            ),
        )
        self.robots = Robots(
            self.probes.fetch, settings["USER_AGENT"], self.throttle.set_crawl_delay
        )
        self.sitemaps = Sitemaps(self.probes.fetch, self.robots)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the settings; close when the engine has stopped."""
        network = cls(crawler)
        crawler.signals.connect(network.close, signal=signals.engine_stopped)
        return network

    async def close(self) -> None:
        """Abort what is under way, and close the client."""
        self.client.abort_requests()
        await self.client.close()

    async def _address_of(self, host: str) -> str:
        return server_address((await self.dns.addresses(host)).addresses)

    async def fetch_html(self, url: str, max_bytes: int) -> str:
        """Return the markup of an HTML page, "" where there is none or robots.txt forbids it."""
        if not self.robots.allows(await self.robots.rules_for(url), url):
            return ""
        cached = self.probes.cached_home_page(url)
        return _html_of(cached or await self.probes.fetch(url, max_bytes=max_bytes), max_bytes)

    async def fetch_page(self, url: str, max_bytes: int, *, is_own: bool = False) -> FetchedPage:
        """Read a page like `fetch_html`, and follow redirects within its site.

        The user's own site, which they named to be read, may have a robots.txt that fails.
        """
        for _ in range(MAX_REDIRECTS):
            rules = await self.robots.rules_for(url)
            fails = rules.failed_status is not None
            if not (self.robots.allows(rules, url) or (is_own and fails)):
                break
            answer = await self.probes.fetch(url, max_bytes=max_bytes)
            target = redirect_url(answer, url)
            if target is None:
                return FetchedPage(url, _html_of(answer, max_bytes), _transient_error(answer))
            if site_of(target) != site_of(url):
                break
            url = target
        return FetchedPage(url)


def _html_of(answer: FetchResult, max_bytes: int) -> str:
    if answer.status != 200 or not looks_like_html(answer.content_type, answer.body):
        return ""
    return text_of(answer, max_bytes) or ""


def _transient_error(answer: FetchResult) -> str:
    """Return why there is no page if that may be different later, else ""."""
    if answer.status is None:
        return f"no answer: {answer.error}"
    is_transient = answer.status in TRANSIENT_STATUSES or answer.status >= 500
    return f"answered {answer.status}" if is_transient else ""
