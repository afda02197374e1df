"""Is the content of a dead page alive at another address? Told by its title. No I/O here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from brokenlinks.html.document import Reading
from brokenlinks.text.urls import absolute_url, is_root, url_key
from brokenlinks.text.words import path_segments, worded

FEWEST_WORDS = 2
"""A title of one word is no proof: too many pages are called "Links"."""
WORDS_OF_A_SLUG = 3
CANDIDATES = 2
_PLAYBACK = re.compile(r"/web/\d+(?:[a-z]{2}_)?/(https?://.+)")
_PARTS = re.compile(r"\s[-\u2013\u2014|·»«:]+\s")


def names_of(title: str, h1: str) -> frozenset[str]:
    """Return what a page was called: its heading, its title and the first part of it."""
    told = (worded(text).strip() for text in (h1, title, _PARTS.split(title)[0]))
    return frozenset(name for name in told if len(name.split()) >= FEWEST_WORDS)


def likely_addresses(
    names: frozenset[str], links: Iterable[tuple[str, str]], listed: Iterable[str], dead: str
) -> list[str]:
    """Return the addresses that seem to bear one of the names, the surest first.

    `links` are (URL, anchor) pairs of the site's own pages, `listed` the URLs of its sitemap.
    """
    slugs = {frozenset(name.split()) for name in names if len(name.split()) >= WORDS_OF_A_SLUG}
    by_anchor = [url for url, anchor in links if worded(anchor).strip() in names]
    by_slug = [url for url in listed if _slug(url) in slugs]
    found = {url_key(url): url for url in (*by_anchor, *by_slug) if not is_root(url)}
    found.pop(url_key(dead), None)
    return list(found.values())[:CANDIDATES]


def bears_the_name(names: frozenset[str], page: Reading) -> bool:
    """Tell whether a page that is served today is called as the dead one was."""
    return bool(names & names_of(page.title, page.h1))


def original_of(playback: str) -> str:
    """Return the address of which a playback address shows the capture, "" when it shows none."""
    found = _PLAYBACK.search(playback)
    return absolute_url(playback, found[1]) or "" if found else ""


def _slug(url: str) -> frozenset[str]:
    segments = path_segments(url)
    return frozenset(worded(segments[-1]).split()) if segments else frozenset()
