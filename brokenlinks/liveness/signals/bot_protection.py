"""Recognises responses that refuse us: block pages, redirects to a login or consent form."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from brokenlinks.html.document import SHORT_PAGE_WORDS, HtmlDocument
from brokenlinks.liveness.signals.error_pages import error_path
from brokenlinks.models.evidence import BotProtection
from brokenlinks.text.phrases import MAX_SOURCE_LENGTH, read_toml
from brokenlinks.text.urls import last_path_segment

MIN_ARTICLE_WORDS = 120
"""A longer page is served content: its prose may well contain a firewall's words."""
MIN_SITE_LINKS = 3
"""A page with this many links to its own site has the site's layout, as no block page has."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page in lower case; `source` and `text` are empty for an article."""

    title: str
    source: str
    text: str
    message: str
    """Title and text, where they may be a firewall's message: not within a site's layout."""

    def has_in_markup(self, mark: str) -> bool:
        """Return whether a mark is in the markup, not only in text about it."""
        return self.source.count(mark) > self.text.count(mark)


@dataclass(frozen=True, slots=True)
class _Fingerprint:
    vendor: str
    conclusive: bool
    header: str = ""
    matches: str = ""
    title: str = ""
    body: str = ""
    body_also: str = ""
    message: str = ""

    def signal(self, headers: Mapping[str, str], page: _Page) -> str:
        """Return what was recognised, "" for nothing."""
        if self.header and self.header in headers and self.matches in headers[self.header].lower():
            return f"header {self.header}"
        if self.title and page.title.startswith(self.title):
            return f'title "{self.title}"'
        if self.body and page.has_in_markup(self.body) and page.has_in_markup(self.body_also):
            return f'"{self.body}"'
        match = re.search(self.message, page.message) if self.message else None
        return f'"{match.group()}"' if match else ""


def detect_bot_protection(
    status: int, headers: Mapping[str, str], source: str, document: HtmlDocument
) -> BotProtection | None:
    """Recognise a block page, by conclusive fingerprints first; `source` is its markup."""
    fingerprints, refusing, withheld = _load_fingerprints()
    page = _page(source, document)
    for fingerprint in fingerprints:
        if fingerprint.conclusive or status in refusing:
            signal = fingerprint.signal(headers, page)
            if signal:
                return BotProtection(fingerprint.vendor, signal, fingerprint.conclusive)
    match = withheld.search(page.text)
    return BotProtection("by country", f'"{match.group()}"', conclusive=True) if match else None


def _page(source: str, document: HtmlDocument) -> _Page:
    title, text = document.title.lower(), document.text.lower()
    if document.words >= MIN_ARTICLE_WORDS:
        return _Page(title, "", "", "")
    message = f"{title} {text}" if document.own_links < MIN_SITE_LINKS else ""
    return _Page(title, source[:MAX_SOURCE_LENGTH].lower(), text, message)


def redirects_to_login(requested: str, final: str, source: str, document: HtmlDocument) -> bool:
    """Return whether a redirect leads to a login, a consent form or the like, unlike the link.

    `source` is the markup of the page at `final`.
    """
    login_urls, return_parameters = _login_urls()
    if requested == final or login_urls.search(_host_and_path(requested)):
        return False
    if login_urls.search(_host_and_path(final)):
        return True
    if document.words < SHORT_PAGE_WORDS and _PASSWORD_INPUT.search(source):
        return True
    return not error_path(final) and _carries_return_url(requested, final, return_parameters)


_PASSWORD_INPUT = re.compile(r"<input[^>]{1,200}type\s*=\s*[\"']?password", re.IGNORECASE)


def _host_and_path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}".lower()


def _carries_return_url(requested: str, final: str, parameters: Collection[str]) -> bool:
    """Return whether a URL carries the requested one as return address, or is a sign-on request."""
    values = {name.lower(): value for name, value in parse_qsl(urlsplit(final).query)}
    path, name = urlsplit(requested).path.rstrip("/"), last_path_segment(requested)
    return "samlrequest" in values or any(
        value.rstrip("/").endswith(name if parameter in parameters else path)
        for parameter, value in values.items()
        if name
    )


@cache
def _load_fingerprints() -> tuple[tuple[_Fingerprint, ...], frozenset[int], re.Pattern[str]]:
    raw = read_toml(__package__, "data/bot_protection.toml")
    fingerprints = [_Fingerprint(**entry) for entry in raw["fingerprint"]]
    fingerprints.sort(key=lambda fingerprint: not fingerprint.conclusive)
    withheld = re.compile("|".join(raw["withheld"]))
    return tuple(fingerprints), frozenset(raw["refusing_statuses"]), withheld


@cache
def _login_urls() -> tuple[re.Pattern[str], frozenset[str]]:
    raw = read_toml(__package__, "data/logins.toml")
    urls = re.compile("|".join([*raw["hosts"], *raw["paths"]]))
    return urls, frozenset(raw["parameters"])
