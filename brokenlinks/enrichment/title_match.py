"""Is the content of a dead page alive at another address? Told by its title. No I/O here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from brokenlinks.html.document import HtmlDocument
from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.urls import absolute_url, is_root, path_segments, url_key

MIN_TITLE_WORDS = 2
"""A title of one word is no proof: too many pages are called "Links"."""
MIN_SLUG_WORDS = 3
MAX_CANDIDATES = 2
_PLAYBACK_URL = re.compile(r"/web/\d+(?:[a-z]{2}_)?/(https?://.+)")
_TITLE_SEPARATOR = re.compile(r"\s[-\u2013\u2014|·»«:]+\s")


def page_names(title: str, h1: str) -> frozenset[str]:
    """Return what a page was called: its heading, its title and the first part of it."""
    told = (normalize_words(text).strip() for text in (h1, title, _TITLE_SEPARATOR.split(title)[0]))
    return frozenset(name for name in told if len(name.split()) >= MIN_TITLE_WORDS)


def candidate_urls(
    names: frozenset[str],
    links: Iterable[tuple[str, str]],
    sitemap_urls: Iterable[str],
    dead_url: str,
) -> list[str]:
    """Return the addresses that seem to bear one of the names, the surest first.

    `links` are (URL, anchor) pairs of the site's own pages, `sitemap_urls` the URLs of its sitemap.
    """
    slugs = {frozenset(name.split()) for name in names if len(name.split()) >= MIN_SLUG_WORDS}
    by_anchor = [url for url, anchor in links if normalize_words(anchor).strip() in names]
    by_slug = [url for url in sitemap_urls if _slug_words(url) in slugs]
    found = {url_key(url): url for url in (*by_anchor, *by_slug) if not is_root(url)}
    found.pop(url_key(dead_url), None)
    return list(found.values())[:MAX_CANDIDATES]


def title_matches(names: frozenset[str], page: HtmlDocument) -> bool:
    """Tell whether a page that is served today is called as the dead one was."""
    return bool(names & page_names(page.title, page.h1))


def original_url(playback: str) -> str:
    """Return the address of which a playback address shows the capture, "" when it shows none."""
    found = _PLAYBACK_URL.search(playback)
    return absolute_url(playback, found[1]) or "" if found else ""


def _slug_words(url: str) -> frozenset[str]:
    segments = path_segments(url)
    return frozenset(normalize_words(segments[-1]).split()) if segments else frozenset()
