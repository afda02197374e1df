"""What a probe reads off the page it was served: title, heading, language, visible text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b

from parsel import Selector

from brokenlinks.urls import absolute_url, host_of

TEXT_LENGTH_KEPT = 200
HTML_TYPES = ("text/html", "application/xhtml+xml")
_VISIBLE_TEXT = (
    "//body//text()[not(ancestor::script or ancestor::style"
    " or ancestor::noscript or ancestor::template)]"
)


SHELL_WORDS = 50
"""A page with fewer words to read may be waiting for its scripts."""
SHORT_PAGE_WORDS = 200
"""A page with fewer words than this has room for little but what one sentence of it says."""
PASSAGE_LENGTH_KEPT = 300
PASSAGES_KEPT = 100
"""Of each kind: whole paragraphs and headings, pieces of text."""
OWN_LINKS_COUNTED = 10
SOON = 5
"""Seconds; a page that refreshes itself to elsewhere sooner is a redirect."""


@dataclass(frozen=True, slots=True)
class Reading:
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


def looks_like_html(content_type: str, body: bytes) -> bool:
    """Tell HTML by its type, or by its first bytes where the type says nothing."""
    kind = content_type.split(";", 1)[0].strip().lower()
    if kind in HTML_TYPES:
        return True
    start = body[:512].lstrip().lower()
    return kind in {"", "text/plain", "application/octet-stream"} and start.startswith(
        (b"<!doctype html", b"<html", b"<head")
    )


def read_html(text: str, url: str = "") -> Reading:
    """Read the page served at `url` leniently; never raises on broken markup."""
    if not text.strip("\0 \t\r\n"):
        return Reading()
    page = Selector(text=text.replace("\0", ""), type="html")
    visible = " ".join(" ".join(page.xpath(_VISIBLE_TEXT).getall()).split())
    words = len(visible.split())
    blank = not words and not page.xpath(f"//*[{_SIGHTS}]")
    return Reading(
        title=_text(page, "//title"),
        h1=_text(page, "//h1") or _text(page, _LOWER_HEADING),
        language=page.xpath("string(/html/@lang)").get("").strip().lower()[:8],
        words=words,
        canonical=_canonical(page, url),
        fingerprint=blake2b(visible.encode(), digest_size=8).hexdigest() if visible else "",
        noindex="noindex" in _meta(page, "robots").lower(),
        script_shell=words < SHELL_WORDS and _waits_for_scripts(page, blank=blank),
        blank=blank,
        own_links=_own_links(page, host_of(url)),
        refresh_to=_refresh(page),
        text=visible,
        passages=_passages(page) if words < SHORT_PAGE_WORDS else (),
    )


_LOWER_HEADING = (
    "//*[self::h2 or self::h3][normalize-space()]"
    "[not(ancestor::nav or ancestor::aside or ancestor::footer)]"
)


def _passages(page: Selector) -> tuple[str, ...]:
    """Return what headings and paragraphs say as a whole, and what any element says by itself."""
    whole = page.xpath("//body//*[self::p or self::h1 or self::h2 or self::h3 or self::h4]")
    texts = [part.xpath("string()").get("") for part in whole[:PASSAGES_KEPT]]
    texts += page.xpath(_VISIBLE_TEXT).getall()[:PASSAGES_KEPT]
    said = (" ".join(text[:PASSAGE_LENGTH_KEPT].split()) for text in texts)
    return tuple(dict.fromkeys(text for text in said if text))


def _canonical(page: Selector, url: str) -> str:
    """Return the address the page gives itself."""
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        found = page.xpath(f"string({path})").get("").strip()[:500]
        if found:
            return absolute_url(url, found) or found
    return ""


def _meta(page: Selector, name: str) -> str:
    lower = "translate(@name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    return page.xpath(f"string(//meta[{lower}='{name}']/@content)").get("")


def _waits_for_scripts(page: Selector, *, blank: bool) -> bool:
    """Tell an application's empty frame: scripts, and a place for them or a plea to allow them.

    A page that has its heading has been filled.
    """
    if not page.xpath("//script") or page.xpath("//body//h1[normalize-space()]"):
        return False
    plea = " ".join(page.xpath("//noscript//text()").getall()).lower()
    places = page.xpath(
        f"//body//*[{_PLACES}][not(.//text()[normalize-space()]) or self::app-root]"
    )
    return blank or "javascript" in plea or bool(places)


_PLACES = (
    " or ".join(
        f"@id='{name}'"
        for name in ("root", "app", "__next", "__nuxt", "___gatsby", "main-app", "svelte")
    )
    + " or self::app-root or self::my-app"
)


_SIGHTS = " or ".join(
    f"self::{name}"
    for name in ("img", "frame", "iframe", "object", "embed", "video", "audio", "canvas", "svg")
)


def _own_links(page: Selector, host: str) -> int:
    """Count the distinct pages of its own site that a page links to, as far as it matters."""
    home = f"http://{host}/"
    found: set[str] = set()
    for href in page.xpath("//a/@href").getall():
        url = absolute_url(home, href) if not href.startswith("#") else None
        if url is not None and host_of(url) == host and url != home:
            found.add(url)
        if len(found) >= OWN_LINKS_COUNTED:
            break
    return len(found)


_REFRESH = re.compile(r"\s*(\d+)[^;,]*[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"]+)", re.IGNORECASE)


def _refresh(page: Selector) -> str:
    lower = "translate(@http-equiv, 'REFSH', 'refsh')"
    told = page.xpath(f"string(//meta[{lower}='refresh'][not(ancestor::noscript)]/@content)").get(
        ""
    )
    found = _REFRESH.match(told)
    return found[2].strip() if found and int(found[1][:4]) <= SOON else ""


def _text(page: Selector, path: str) -> str:
    return " ".join(page.xpath(f"string({path})").get("").split())[:TEXT_LENGTH_KEPT]
