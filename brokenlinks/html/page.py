"""Reads a page as discovery needs it: title, headings, text, links and how they are laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from brokenlinks.html.dates import meta_content, updated_date
from brokenlinks.html.links import (
    Markup,
    base_url,
    internal_links,
    menu_links,
    outbound_links,
    read_markup,
)
from brokenlinks.models.page import OutboundLink, PageFields, Placement
from brokenlinks.text.urls import absolute_url, site_of

TEXT_LENGTH_KEPT = 200_000
MAX_TITLE_LENGTH = 300
TEXT_FIELDS = frozenset({"search", "text"})


@dataclass(frozen=True, slots=True)
class LinkShape:
    """How the outbound links in the main content of a page are laid out."""

    links: int = 0
    sites: int = 0
    listed: float = 0.0
    """Share of them that are entries of lists or tables, or begin a line."""
    external_ratio: float = 0.0
    """Share of all links in the main content that lead to other sites."""
    words_per_link: float = 0.0
    """Words of the main content for each outbound link, anchors included."""
    context_words_per_link: float = 0.0
    """The same without the anchors."""
    longest_text: int = 0
    """Words of the longest text in the main content without a link that is listed."""
    words: int = 0
    """Words of the main content."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from a page."""

    url: str
    title: str
    headings: tuple[str, ...]
    """Text of h1 and h2, in order."""
    h1: str
    language: str
    """ISO 639 code, "" when the page names none."""
    text: str
    """Visible text, the first 200,000 characters."""
    word_count: int
    updated: date | None
    outbound_links: list[OutboundLink]
    internal_links: list[tuple[str, str]]
    """(URL, anchor) of links within the site."""
    menu_links: list[tuple[str, str]]
    """Those of them in menus."""
    shape: LinkShape
    canonical: str
    """The address that the page names as its original, "" for none."""
    filled_fields: frozenset[tuple[str, str]]
    """Names and values of text fields that are already filled in."""
    asks_password: bool

    @property
    def fields(self) -> PageFields:
        """Return the texts that relevance is scored by; of links, only editorial ones count."""
        around = dict.fromkeys(
            link.context if link.anchor in link.context else f"{link.anchor} {link.context}"
            for link in self.outbound_links
            if link.placement is Placement.MAIN
        )
        return PageFields(
            self.title, " ".join(self.headings), " ".join(around), self.url, self.text
        )


def read_page(body_text: str, url: str, encoding: str = "utf-8") -> Page:
    """Read an HTML page; broken or empty documents yield an empty page, never an error."""
    markup = read_markup(body_text, url, encoding)
    root = markup.root
    language = _language(root)
    return Page(
        url=url,
        title=" ".join((root.findtext("head/title") or "").split())[:MAX_TITLE_LENGTH],
        headings=tuple(text for tag, text in markup.headings if tag in {"h1", "h2"} and text),
        h1=next((text for tag, text in markup.headings if tag == "h1" and text), ""),
        language=language,
        text=markup.text[:TEXT_LENGTH_KEPT],
        word_count=markup.words.total(),
        updated=updated_date(markup, language),
        outbound_links=outbound_links(markup),
        internal_links=internal_links(markup, url),
        menu_links=menu_links(markup, url),
        shape=_shape(markup, url),
        canonical=_canonical(root, url),
        filled_fields=frozenset(_filled_fields(root)),
        asks_password=root.find(".//input[@type='password']") is not None,
    )


def _shape(markup: Markup, page_url: str) -> LinkShape:
    main = [
        link
        for link in markup.hyperlinks
        if link.placement is Placement.MAIN and link.url != page_url
    ]
    outbound = [link for link in main if link.external]
    if not outbound:
        return LinkShape()
    count = len(outbound)
    words = markup.words[Placement.MAIN]
    entries = [0, *(link.words_before for link in outbound if link.listed), words]
    return LinkShape(
        links=count,
        sites=len({site_of(link.url) for link in outbound}),
        listed=sum(link.listed for link in outbound) / count,
        external_ratio=count / len(main),
        words_per_link=words / count,
        context_words_per_link=(words - sum(len(link.anchor.split()) for link in outbound)) / count,
        longest_text=max(after - before for before, after in pairwise(entries)),
        words=words,
    )


def _canonical(root: Any, url: str) -> str:
    link = next(
        (
            link
            for link in root.iterfind(".//link[@href]")
            if "canonical" in link.get("rel", "").lower().split()
        ),
        None,
    )
    return "" if link is None else absolute_url(base_url(root, url), link.get("href")) or ""


def _filled_fields(root: Any) -> Iterator[tuple[str, str]]:
    for field in root.iterfind(".//input[@name]"):
        value = field.get("value", "").strip()
        if value and field.get("type", "text").lower() in TEXT_FIELDS:
            yield field.get("name"), value


def _language(root: Any) -> str:
    language = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or meta_content(root, ("content-language", "language"))
    )
    match = re.match(r"\s*([a-z]{2,3})(?![a-z])", language.lower())
    return match[1] if match else ""
