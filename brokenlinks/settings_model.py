"""Every setting of ours, declared once: its default, its bounds, what it means.

`settings.py` takes the values from here, the commands check them here, and the tables in
docs/settings.md are made from here. A comment says why a default is what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from brokenlinks.text.urls import HTTP_SCHEMES, host_of

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


class Kind(StrEnum):
    """What a value has to be, in words for the documentation."""

    NUMBER = "number"
    WHOLE_NUMBER = "whole number"
    FLAG = "`True` or `False`"
    TEXT = "text"
    PATH = "path"
    URL = "web address"
    URLS = "web addresses, separated by commas"
    URLS_BY_NAME = "JSON object of web addresses"
    LIST = "list, separated by commas"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting. Numbers are above 0, unless `zero_allowed`, and at most `maximum`.

    `when_empty` says what an empty value means; where it is "", there must be a value.
    `environment` names the variable that replaces the default.
    """

    name: str
    kind: Kind
    default: Any
    meaning: str
    zero_allowed: bool = False
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    when_empty: str = ""
    environment: str = ""


class SettingError(ValueError):
    """A setting cannot be used; the message is one line for the user."""


def _flag(name: str, meaning: str, *, default: bool = False) -> Setting:
    return Setting(name, Kind.FLAG, default, meaning)


def _service(name: str, default: str, meaning: str) -> Setting:
    return Setting(name, Kind.URL, default, meaning)


def _key(name: str, service: str) -> Setting:
    """Declare a key. Keys come from the environment: every user of a machine sees command lines."""
    return Setting(
        name,
        Kind.TEXT,
        "",
        f"key for {service}",
        when_empty=f"{service} is not asked",
        environment=name,
    )


_REST = "; the next run does the rest; 0: none"

GROUPS: dict[str, tuple[Setting, ...]] = {
    "Who you are": (
        Setting(
            "CONTACT",
            Kind.TEXT,
            "",
            "a web or mail address of yours; part of the user agent",
            when_empty="the user agent names the program only",
            environment="BROKENLINKS_CONTACT",
        ),
    ),
    "Pace": (
        _flag("ROBOTSTXT_OBEY", "obey robots.txt, for pages and for links", default=True),
        Setting(
            "DOWNLOAD_DELAY",
            Kind.NUMBER,
            1.0,
            "seconds between a page of a host and the next request to that host",
            zero_allowed=True,
        ),
        Setting(
            "PROBE_DELAY",
            Kind.NUMBER,
            1.0,
            "seconds between two requests to a host, pages and links together",
            zero_allowed=True,
        ),
        Setting(
            "PROBE_CONCURRENCY_PER_HOST",
            Kind.WHOLE_NUMBER,
            1,
            "links being checked at one host at the same time",
        ),
        Setting("PROBE_CONCURRENCY", Kind.WHOLE_NUMBER, 64, "links being checked at the same time"),
        Setting(
            "RETRY_AFTER_MAX_WAIT",
            Kind.NUMBER,
            20.0,
            "longest `Retry-After`, in seconds, to wait for within a run",
            zero_allowed=True,
        ),
    ),
    "Limits of one request": (
        Setting("DOWNLOAD_TIMEOUT", Kind.NUMBER, 20.0, "seconds to wait for a page"),
        Setting(
            "DOWNLOAD_MAXSIZE",
            Kind.WHOLE_NUMBER,
            20 * 1024 * 1024,
            "largest page, in bytes; 0: no limit",
            zero_allowed=True,
        ),
        Setting("PROBE_TIMEOUT", Kind.NUMBER, 20.0, "seconds to wait for a link"),
        Setting(
            "PROBE_MAX_BYTES",
            Kind.WHOLE_NUMBER,
            512 * 1024,
            "bytes read of the page behind a link",
        ),
        Setting("SERVICE_TIMEOUT", Kind.NUMBER, 30.0, "seconds to wait for a service"),
        Setting(
            "SERVICE_MAX_BYTES",
            Kind.WHOLE_NUMBER,
            4 * 1024 * 1024,
            "largest answer of a service, in bytes",
        ),
        Setting("DNS_TIMEOUT", Kind.NUMBER, 8.0, "seconds to wait for a name server"),
    ),
    "Network": (
        Setting(
            "ALLOWED_NETWORKS",
            Kind.LIST,
            [],
            "private networks you allow, such as `127.0.0.0/8` for a test bed",
            when_empty="none",
        ),
        Setting(
            "DNS_NAMESERVERS",
            Kind.LIST,
            [],
            "name servers, as `address` or `address:port`",
            when_empty="the system's",
        ),
        # Three organisations that have nothing to do with each other: if none of them answers,
        # the problem is our network.
        Setting(
            "CONNECTIVITY_URLS",
            Kind.URLS,
            ["https://www.wikipedia.org/", "https://www.iana.org/", "https://www.debian.org/"],
            "home pages that show that your own network works, before a link is called dead",
            when_empty="no such check",
        ),
    ),
    "Resource pages": (
        Setting(
            "MIN_RELEVANCE",
            Kind.NUMBER,
            0.2,
            "how much a page must be about the niche, from 0 to 1",
            zero_allowed=True,
            maximum=1,
        ),
        Setting(
            "MIN_RESOURCE_SCORE",
            Kind.NUMBER,
            0.5,
            "how much a page must look like a resource page, from 0 to 1",
            zero_allowed=True,
            maximum=1,
        ),
        Setting(
            "PAGES_PER_SITE", Kind.WHOLE_NUMBER, 12, "pages read of a site that you did not name"
        ),
    ),
    "Discovery": (
        # Few, so that the next page is chosen by what the pages before it showed.
        Setting("PAGES_AT_ONCE", Kind.WHOLE_NUMBER, 16, "pages being read at the same time"),
        Setting(
            "BARREN_SITES",
            Kind.WHOLE_NUMBER,
            15,
            "no new sites are tried after this many in a row without a resource page",
        ),
        Setting(
            "REJECTS_PER_PAGE",
            Kind.NUMBER,
            2.75,
            "rejected pages for each accepted one; above it, only pages whose link mentions the"
            " niche or links are read",
        ),
        Setting(
            "SEARCH_QUERIES_PER_RUN",
            Kind.WHOLE_NUMBER,
            20,
            "most queries to one search provider in a run; some have a lower limit of their own",
        ),
        _service(
            "WIKIPEDIA_URL",
            "https://{language}.wikipedia.org/w/api.php",
            "Wikipedia; `{language}` is the language of the niche",
        ),
        _service("MWMBL_URL", "https://api.mwmbl.org", "Mwmbl"),
        _service("BRAVE_URL", "https://api.search.brave.com", "Brave Search"),
        _service("TAVILY_URL", "https://api.tavily.com", "Tavily"),
        _service("SERPER_URL", "https://google.serper.dev", "Serper"),
        _service("MARGINALIA_URL", "https://api2.marginalia-search.com", "Marginalia Search"),
        _flag(
            "MARGINALIA_PUBLIC",
            "allow Marginalia's key `public`; say True only if your use is non-commercial",
        ),
        Setting(
            "SEARXNG_URL",
            Kind.URL,
            "",
            "a SearXNG instance of your own",
            when_empty="SearXNG is not asked",
            environment="SEARXNG_URL",
        ),
        Setting(
            "MWMBL_API_KEY",
            Kind.TEXT,
            "",
            "key for Mwmbl",
            when_empty="Mwmbl is asked without a key",
            environment="MWMBL_API_KEY",
        ),
        _key("BRAVE_API_KEY", "Brave Search"),
        _key("TAVILY_API_KEY", "Tavily"),
        _key("SERPER_API_KEY", "Serper"),
        _key("MARGINALIA_API_KEY", "Marginalia Search"),
    ),
    "Archives": (
        _service("WAYBACK_URL", "https://web.archive.org", "the Wayback Machine"),
        Setting(
            "WAYBACK_CDX_URL",
            Kind.URL,
            "",
            "the archive's index, if it is elsewhere, as in a pywb of your own:"
            " `http://localhost:8080/web/cdx`",
            when_empty="under `WAYBACK_URL`",
        ),
        # The service blocks clients above 30 a minute.
        Setting(
            "WAYBACK_CDX_PER_MINUTE",
            Kind.NUMBER,
            24.0,
            "index requests a minute, all runs together",
        ),
        Setting(
            "WAYBACK_PLAYBACK_PER_SECOND",
            Kind.NUMBER,
            8.0,
            "archived pages read a second, all runs together",
        ),
        Setting(
            "WAYBACK_PAUSE",
            Kind.NUMBER,
            60.0,
            "seconds all runs pause after an archive says it is asked too often",
        ),
        Setting(
            "ARCHIVE_LOOKUPS_PER_RUN",
            Kind.WHOLE_NUMBER,
            200,
            f"dead pages looked up in one run{_REST}",
            zero_allowed=True,
        ),
        _flag(
            "COMMONCRAWL_ARCHIVE",
            "also ask Common Crawl about pages the Wayback Machine has no copy of (one crawl of"
            " each of six years)",
        ),
        Setting(
            "COMMONCRAWL_PER_MINUTE",
            Kind.NUMBER,
            20.0,
            "requests to Common Crawl a minute, all runs together",
        ),
    ),
    "Your own site": (
        Setting("OWN_PAGES", Kind.WHOLE_NUMBER, 200, "pages of your own site to read"),
    ),
    "Registries": (
        _service(
            "RDAP_BOOTSTRAP_URL",
            "https://data.iana.org/rdap/dns.json",
            "the file that says which registry is in charge of which domains",
        ),
        Setting(
            "RDAP_SERVERS",
            Kind.URLS_BY_NAME,
            {},
            "registries to ask instead, by suffix; `*` for all others:"
            ' `{"org": "https://rdap.example.org/"}`',
            when_empty="those of the bootstrap file",
        ),
        Setting(
            "RDAP_PER_SECOND",
            Kind.NUMBER,
            1.0,
            "requests a second to each registry, all runs together",
        ),
        Setting(
            "RDAP_LOOKUPS_PER_RUN",
            Kind.WHOLE_NUMBER,
            200,
            f"domains looked up in one run{_REST}",
            zero_allowed=True,
        ),
    ),
    "Authority": (
        _service(
            "COMMONCRAWL_INDEX_URL",
            "https://index.commoncrawl.org",
            "where Common Crawl lists its crawls",
        ),
        _service(
            "COMMONCRAWL_DATA_URL",
            "https://data.commoncrawl.org",
            "where Common Crawl keeps its files",
        ),
        _service("OPENPAGERANK_URL", "https://openpagerank.com", "Open PageRank"),
        _service("AHREFS_URL", "https://api.ahrefs.com", "Ahrefs"),
        _key("OPENPAGERANK_API_KEY", "Open PageRank"),
        _key("AHREFS_API_KEY", "Ahrefs"),
        Setting(
            "AUTHORITY_CSV",
            Kind.PATH,
            "",
            "ratings of your own by domain, from any tool",
            when_empty="none",
        ),
        Setting(
            "AUTHORITY_PER_SECOND",
            Kind.NUMBER,
            1.0,
            "requests a second to Open PageRank and to Ahrefs, all runs together",
        ),
        Setting(
            "AUTHORITY_LOOKUPS_PER_RUN",
            Kind.WHOLE_NUMBER,
            200,
            f"domains looked up at each of the two in one run{_REST}",
            zero_allowed=True,
        ),
    ),
    "Demand": (
        Setting(
            "CITATION_LOOKUPS_PER_RUN",
            Kind.WHOLE_NUMBER,
            30,
            f"dead pages whose citations are looked up in Wikipedia in one run{_REST}",
            zero_allowed=True,
        ),
    ),
    "Contacts": (
        Setting(
            "CONTACTS_DAYS",
            Kind.NUMBER,
            90.0,
            "days after which a site's contact is looked up again",
        ),
        Setting(
            "CONTACT_SITES_PER_RUN",
            Kind.WHOLE_NUMBER,
            200,
            f"sites searched for a contact in one run{_REST}",
            zero_allowed=True,
        ),
        # Off: who hides an address from programs does it on purpose.
        _flag("DECODE_PROTECTED_ADDRESSES", "read addresses that are hidden from programs"),
    ),
    "Outreach": (
        Setting(
            "OUTREACH_SENDER",
            Kind.TEXT,
            "",
            "who signs the mails: your name and, if you like, your company",
            when_empty="a placeholder",
        ),
        # Laws on commercial mail ask for one.
        Setting(
            "OUTREACH_POSTAL_ADDRESS",
            Kind.TEXT,
            "",
            "your postal address",
            when_empty="a placeholder",
        ),
        Setting(
            "OUTREACH_OPT_OUT",
            Kind.TEXT,
            "",
            "one sentence on how to opt out of your mails; the three have at most 50 words",
            when_empty="a placeholder",
        ),
    ),
    "Files and output": (
        Setting(
            "OUTPUT_DIR",
            Kind.PATH,
            "output",
            "folder for the results, relative to the working directory",
            when_empty="the working directory",
            environment="BROKENLINKS_OUTPUT_DIR",
        ),
        Setting(
            "WORKBOOK_NAME",
            Kind.TEXT,
            "",
            "the workbook's file name without `.xlsx`",
            when_empty="the niche",
        ),
        Setting(
            "JOURNAL_URL",
            Kind.TEXT,
            "",
            "the journal's database, as a SQLAlchemy URL",
            when_empty="a SQLite file in `OUTPUT_DIR`",
            environment="BROKENLINKS_JOURNAL_URL",
        ),
        Setting("JOURNAL_NAME", Kind.TEXT, "journal", "that file's name without `.sqlite`"),
        Setting(
            "WEIGHTS_FILE",
            Kind.PATH,
            "",
            "your copy of the ranking's weights",
            when_empty="`brokenlinks/scoring/weights.toml`",
        ),
        Setting(
            "SUMMARY",
            Kind.TEXT,
            "",
            "how much a run prints",
            choices=("full", "line"),
            when_empty="everything on a terminal, one line elsewhere",
        ),
        Setting(
            "PROGRESS_INTERVAL", Kind.NUMBER, 30.0, "seconds between progress lines in the log"
        ),
        Setting(
            "CLOCK",
            Kind.TEXT,
            "",
            "ISO time at which the program's clock starts, for trying things out",
            when_empty="now",
        ),
    ),
}

RENAMED = {
    "RELEVANCE_GATE": "MIN_RELEVANCE",
    "RESOURCE_GATE": "MIN_RESOURCE_SCORE",
    "RETRY_AFTER_PATIENCE": "RETRY_AFTER_MAX_WAIT",
    "CANARY_URLS": "CONNECTIVITY_URLS",
}
"""Settings of 0.2.0 by their names of today: a name that has no effect any more is refused."""


def default_values(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the value of every setting by name, with what the environment says."""
    return {
        setting.name: environment.get(setting.environment, setting.default)
        for settings in GROUPS.values()
        for setting in settings
    }


def check_values(settings: BaseSettings) -> None:
    """Raise SettingError for the first value that is not what its declaration asks for."""
    for old, new in RENAMED.items():
        if old in settings:
            raise SettingError(f"{old} is called {new} now: use that name")
    for group in GROUPS.values():
        for setting in group:
            _check_value(setting, settings)


def _check_value(setting: Setting, settings: BaseSettings) -> None:
    name, value = setting.name, settings[setting.name]
    if setting.kind in {Kind.NUMBER, Kind.WHOLE_NUMBER}:
        _check_number(setting, settings)
    elif setting.kind is Kind.FLAG:
        try:
            settings.getbool(name)
        except (TypeError, ValueError):
            raise SettingError(f"{name}={value!r} is neither True nor False") from None
    elif not value:
        if not setting.when_empty:
            raise SettingError(f"{name} is empty; the default is {setting.default}")
    elif setting.choices and value not in setting.choices:
        raise SettingError(f"{name}={value!r} is neither {' nor '.join(setting.choices)}")
    else:
        _check_urls(setting, settings)


def _check_number(setting: Setting, settings: BaseSettings) -> None:
    name, whole = setting.name, setting.kind is Kind.WHOLE_NUMBER
    try:
        value = settings.getint(name) if whole else settings.getfloat(name)
    except (TypeError, ValueError, OverflowError):
        raise SettingError(f"{name}={settings[name]!r} is not a {setting.kind}") from None
    if not (value > 0 or (value == 0 and setting.zero_allowed)):
        bound = "0 or more" if setting.zero_allowed else "above 0"
        raise SettingError(f"{name}={settings[name]!r} must be {bound}")
    if setting.maximum is not None and value > setting.maximum:
        raise SettingError(f"{name}={settings[name]} is above {setting.maximum:g}")


def _check_urls(setting: Setting, settings: BaseSettings) -> None:
    name, value = setting.name, settings[setting.name]
    if setting.kind is Kind.URL:
        _check_url(name, value.replace("{language}", "en"))
    elif setting.kind is Kind.URLS:
        for address in settings.getlist(name):
            _check_url(name, address)
    elif setting.kind is Kind.URLS_BY_NAME:
        try:
            addresses = settings.getdict(name)
        except (TypeError, ValueError):
            raise SettingError(
                f"{name}={value!r} is not a JSON object of addresses by suffix"
            ) from None
        for key, address in addresses.items():
            _check_url(f"{name}: {key}", address)


def _check_url(name: str, address: object) -> None:
    if not host_of(str(address)) or urlsplit(str(address)).scheme not in HTTP_SCHEMES:
        raise SettingError(f"{name} {address!r} is not a web address")
