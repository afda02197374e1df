"""What a probe reads from a page: title, heading, language, visible text, and how alike two are."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from typing import Any
from zlib import crc32

from lxml import etree  # type: ignore[import-untyped]

from brokenlinks.text.normalize import letter_words
from brokenlinks.text.urls import absolute_url, host_of

MAX_HEADING_LENGTH = 200
INVISIBLE_TAGS = ("script", "style", "noscript", "template")

MIN_RENDERED_WORDS = 50
"""A page with fewer words may be waiting for its scripts."""
SHORT_PAGE_WORDS = 200
"""On a page with fewer words, one sentence such as "page not found" is what the page is about."""
MAX_PASSAGE_LENGTH = 300
MAX_PASSAGES = 100
"""Of each kind: whole paragraphs and headings, and pieces of text."""
MAX_INTERNAL_LINKS = 10
MAX_REFRESH_SECONDS, MAX_EMPTY_PAGE_REFRESH_SECONDS = 1, 5
"""Seconds. A page that sends its visitors on at once is a redirect; so is one that shows nothing
and does it a little later."""
MAX_COMPARED_WORDS = 2_000
"""Enough to distinguish two pages, and a sketch stays under 8 kB."""
SAME_PAGE_SIMILARITY = 0.9
"""Two texts at least this similar are the same page: they may differ by a date or a quotation."""

Sketch = array
"""The words of a text as 32-bit hashes: a crawl keeps thousands of them."""


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """What a probe needs of an HTML page; all empty for a document without text."""

    title: str = ""
    h1: str = ""
    """The first heading: the first `h1`, else the first of any lower rank."""
    language: str = ""
    words: int = 0
    canonical: str = ""
    fingerprint: str = ""
    noindex: bool = False
    script_shell: bool = False
    """It has next to no text before its scripts have run."""
    blank: bool = False
    """It has no text and no pictures or frames."""
    own_links: int = 0
    """How many other pages of its site it links to, 10 at most."""
    refresh_to: str = ""
    """Where a <meta> refresh sends visitors, as written."""
    text: str = ""
    """The visible text."""
    passages: tuple[str, ...] = ()
    """The text of a short page by paragraphs, headings and other pieces."""


def parse_html(text: str, url: str = "") -> HtmlDocument:
    """Read the page served at `url`; never raises on broken markup."""
    text = text.replace("\0", "").removeprefix("\ufeff")
    if not text.strip(" \t\r\n"):
        return HtmlDocument(blank=True)
    source = text.encode()
    page = _parse(source)
    if page is None:
        return HtmlDocument(blank=True)
    read = partial(
        HtmlDocument,
        title=_clean_text(_TITLE(page)),
        h1=_clean_text(_H1(page)) or _clean_text(_LOWER_HEADING(page)),
        language=str(_LANGUAGE(page)).strip().lower()[:8],
        canonical=_canonical(page, url),
        noindex="noindex" in str(_ROBOTS(page)).lower(),
        own_links=_count_internal_links(page, host_of(url)),
        refresh_to=_refresh_target(page),
    )
    etree.strip_elements(page, *INVISIBLE_TAGS, with_tail=False)
    words = " ".join(_TEXTS(page)).split()
    visible = " ".join(words)
    document = read(
        text=visible,
        words=len(words),
        passages=_passages(page) if len(words) < SHORT_PAGE_WORDS else (),
        fingerprint=blake2b(visible.encode(), digest_size=8).hexdigest() if visible else "",
    )
    if len(words) >= MIN_RENDERED_WORDS:
        return document
    # Parsed again with its scripts: of ten pages one is so short, and asking all costs more.
    page = _parse(source)
    blank = not words and not _MEDIA(page)
    return replace(document, blank=blank, script_shell=_is_script_shell(page, blank=blank))


def sketch(text: str, *urls: str) -> Sketch[int]:
    """Return what `similarity` compares: the words of a text, without numbers.

    The words of `urls` are left out, since error pages repeat the address they were asked for.
    """
    echoed = set(letter_words(" ".join(urls)))
    words = letter_words(text)[:MAX_COMPARED_WORDS]
    return array("I", (crc32(word.encode()) for word in words if word not in echoed))


def similarity(one: Sketch[int], other: Sketch[int]) -> float:
    """Return the share of words two texts have in common, 0..1; two without words are alike."""
    both = len(one) + len(other)
    return 2 * (Counter(one) & Counter(other)).total() / both if both else 1.0


def _parse(source: bytes) -> Any:
    """Return the root of the page, None when there is no element in it."""
    return etree.fromstring(source, etree.HTMLParser(encoding="utf-8", huge_tree=True))


def _passages(page: Any) -> tuple[str, ...]:
    """Return the text of each heading and paragraph, and each piece of text between two tags."""
    texts = [str(_STRING(part)) for part in _PARAGRAPHS(page)[:MAX_PASSAGES]]
    texts += _TEXTS(page)[:MAX_PASSAGES]
    passages = (" ".join(text[:MAX_PASSAGE_LENGTH].split()) for text in texts)
    return tuple(dict.fromkeys(filter(None, passages)))


def _canonical(page: Any, url: str) -> str:
    """Return the address that the page names as its own, "" for none."""
    address = (str(_CANONICAL(page)).strip() or str(_OG_URL(page)).strip())[:500]
    return (absolute_url(url, address) or address) if address else ""


def _is_script_shell(page: Any, *, blank: bool) -> bool:
    """Return whether a page is an empty frame that scripts are to fill.

    It has scripts, and a place for what they write or a request to switch JavaScript on. A page
    with its heading has been filled.
    """
    if not _SCRIPTS(page) or _HEADINGS(page):
        return False
    return (
        blank or "javascript" in " ".join(_NOSCRIPT_TEXTS(page)).lower() or bool(_APP_ROOTS(page))
    )


def _count_internal_links(page: Any, host: str) -> int:
    """Count the distinct pages of its site that a page links to, 10 at most."""
    home = f"http://{host}/"
    pages: set[str] = set()
    for href in _HREFS(page):
        url = None if href.startswith("#") or _is_external(href, host) else absolute_url(home, href)
        if url is not None and host_of(url) == host and url != home:
            pages.add(url)
        if len(pages) >= MAX_INTERNAL_LINKS:
            break
    return len(pages)


def _is_external(href: str, host: str) -> bool:
    """Return whether a link clearly leads to another host; far cheaper than to resolve it."""
    return href.isascii() and href.startswith(("https://", "http://")) and host not in href.lower()


_REFRESH_CONTENT = re.compile(
    r"\s*(\d++)[^;,]*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"]+)", re.IGNORECASE
)


def _refresh_target(page: Any) -> str:
    """Return where a page redirects its visitors, "" when it lets them read it first."""
    match = _REFRESH_CONTENT.match(str(_REFRESHES(page)))
    if not match:
        return ""
    longest = MAX_REFRESH_SECONDS if _MEDIA(page) else MAX_EMPTY_PAGE_REFRESH_SECONDS
    return match[2].strip() if int(match[1][:4]) <= longest else ""


def _clean_text(text: str) -> str:
    return " ".join(text.split())[:MAX_HEADING_LENGTH]


# Compiled once: they run on every page that is checked.
_query = partial(etree.XPath, smart_strings=False)
_lower = "translate({}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')".format
_TITLE, _H1 = _query("string(//title)"), _query("string(//h1)")
_LOWER_HEADING = _query(
    "string(//*[self::h2 or self::h3][normalize-space()]"
    "[not(ancestor::nav or ancestor::aside or ancestor::footer)])"
)
_PARAGRAPHS = _query("//body//*[self::p or self::h1 or self::h2 or self::h3 or self::h4]")
_STRING = _query("string()")
_LANGUAGE = _query("string(/html/@lang)")
_CANONICAL = _query("string(//link[@rel='canonical']/@href)")
_OG_URL = _query("string(//meta[@property='og:url']/@content)")
_ROBOTS = _query(f"string(//meta[{_lower('@name')}='robots']/@content)")
_REFRESHES = _query(
    f"string(//meta[{_lower('@http-equiv')}='refresh'][not(ancestor::noscript)]/@content)"
)
_HREFS, _TEXTS = _query("//a/@href"), _query("//body//text()")
_SCRIPTS, _HEADINGS = _query("//script"), _query("//body//h1[normalize-space()]")
_NOSCRIPT_TEXTS = _query("//noscript//text()")
_MEDIA = _query(
    "//img | //frame | //iframe | //object | //embed | //video | //audio | //canvas | //svg"
)
_APP_ROOT_IDS = ("root", "app", "__next", "__nuxt", "___gatsby", "main-app", "svelte")
_IS_APP_ROOT = " or ".join(
    [*(f"@id='{name}'" for name in _APP_ROOT_IDS), "self::app-root", "self::my-app"]
)
_APP_ROOTS = _query(
    f"//body//*[{_IS_APP_ROOT}][not(.//text()[normalize-space()]) or self::app-root]"
)
