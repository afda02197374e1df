"""What a probe reads off the page it was served: title, heading, language, visible text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from brokenlinks.text.urls import absolute_url, host_of

MAX_HEADING_LENGTH = 200
INVISIBLE_TAGS = ("script", "style", "noscript", "template")

MIN_RENDERED_WORDS = 50
"""A page with fewer words to read may be waiting for its scripts."""
SHORT_PAGE_WORDS = 200
"""A page with fewer words than this has room for little but what one sentence of it says."""
MAX_PASSAGE_LENGTH = 300
MAX_PASSAGES = 100
"""Of each kind: whole paragraphs and headings, pieces of text."""
MAX_INTERNAL_LINKS = 10
MAX_REFRESH_SECONDS, MAX_EMPTY_PAGE_REFRESH_SECONDS = 1, 5
"""Seconds; a page that refreshes itself to elsewhere at once is a redirect, and so is one that
does it soon and has nothing to see until then."""


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """The telling parts of an HTML page; all empty for a document without text."""

    title: str = ""
    h1: str = ""
    """The first heading: the first `h1`, else the first of any lower rank."""
    language: str = ""
    words: int = 0
    canonical: str = ""
    fingerprint: str = ""
    noindex: bool = False
    script_shell: bool = False
    """Next to nothing to read before its scripts have run."""
    blank: bool = False
    """Nothing to read and nothing to look at."""
    own_links: int = 0
    """Other pages of its own site it links to, 10 at most."""
    refresh_to: str = ""
    """Where the page sends its visitors by itself, as written."""
    text: str = ""
    """The visible text."""
    passages: tuple[str, ...] = ()
    """The text of a short page in its paragraphs, headings and other pieces."""


def parse_html(text: str, url: str = "") -> HtmlDocument:
    """Read the page served at `url` leniently; never raises on broken markup."""
    if not text.strip("\0 \t\r\n"):
        return HtmlDocument()
    source = text.replace("\0", "").encode()
    page = _parse(source)
    if page is None:
        return HtmlDocument()
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
    said = " ".join(_TEXTS(page)).split()
    visible, words = " ".join(said), len(said)
    document = read(
        text=visible,
        words=words,
        passages=_passages(page) if words < SHORT_PAGE_WORDS else (),
        fingerprint=blake2b(visible.encode(), digest_size=8).hexdigest() if visible else "",
    )
    return document if words >= MIN_RENDERED_WORDS else _with_shell_flags(document, _parse(source))


def _parse(source: bytes) -> Any:
    """Return the root of the page, None when there is no element in it."""
    return etree.fromstring(source, etree.HTMLParser(encoding="utf-8", huge_tree=True))


def _with_shell_flags(document: HtmlDocument, page: Any) -> HtmlDocument:
    """Tell a page with little to read that waits for its scripts, or has nothing at all."""
    blank = not document.words and not _MEDIA(page)
    return replace(document, blank=blank, script_shell=_is_script_shell(page, blank=blank))


def _passages(page: Any) -> tuple[str, ...]:
    """Return what headings and paragraphs say as a whole, and what any element says by itself."""
    texts = [str(_STRING(part)) for part in _PARAGRAPHS(page)[:MAX_PASSAGES]]
    texts += _TEXTS(page)[:MAX_PASSAGES]
    said = (" ".join(text[:MAX_PASSAGE_LENGTH].split()) for text in texts)
    return tuple(dict.fromkeys(text for text in said if text))


def _canonical(page: Any, url: str) -> str:
    """Return the address the page gives itself."""
    for told in (_CANONICAL, _OG_URL):
        found = str(told(page)).strip()[:500]
        if found:
            return absolute_url(url, found) or found
    return ""


def _is_script_shell(page: Any, *, blank: bool) -> bool:
    """Tell an application's empty frame: scripts, and a place for them or a plea to allow them.

    A page that has its heading has been filled.
    """
    if not _SCRIPTS(page) or _HEADINGS(page):
        return False
    return (
        blank or "javascript" in " ".join(_NOSCRIPT_TEXTS(page)).lower() or bool(_APP_ROOTS(page))
    )


def _count_internal_links(page: Any, host: str) -> int:
    """Count the distinct pages of its own site that a page links to, as far as it matters."""
    home = f"http://{host}/"
    found: set[str] = set()
    for href in _HREFS(page):
        url = None if href.startswith("#") or _is_external(href, host) else absolute_url(home, href)
        if url is not None and host_of(url) == host and url != home:
            found.add(url)
        if len(found) >= MAX_INTERNAL_LINKS:
            break
    return len(found)


def _is_external(href: str, host: str) -> bool:
    """Tell the most of other sites' addresses at a glance."""
    return href.isascii() and href.startswith(("https://", "http://")) and host not in href.lower()


_REFRESH_CONTENT = re.compile(
    r"\s*(\d++)[^;,]*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"]+)", re.IGNORECASE
)


def _refresh_target(page: Any) -> str:
    """Return where a page sends its visitors by itself, "" where it lets them see it first."""
    found = _REFRESH_CONTENT.match(str(_REFRESHES(page)))
    if not found:
        return ""
    return (
        found[2].strip()
        if int(found[1][:4])
        <= (MAX_REFRESH_SECONDS if _MEDIA(page) else MAX_EMPTY_PAGE_REFRESH_SECONDS)
        else ""
    )


def _clean_text(found: str) -> str:
    return " ".join(found.split())[:MAX_HEADING_LENGTH]


# Compiled once: every page that is checked is asked all of it.
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
