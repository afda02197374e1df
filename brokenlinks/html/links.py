"""Reads the links of a page in one pass: anchors, the text and headings around them, placement.

Markup is hostile input: it never raises, and the cost is linear in its length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from brokenlinks.html.placement import Region, region_within, settle_placements
from brokenlinks.html.visibility import HiddenNames, Visibility, hidden_names, visibility_of
from brokenlinks.models.page import OutboundLink, Placement
from brokenlinks.text.normalize import count_words
from brokenlinks.text.redirectors import unwrapped
from brokenlinks.text.urls import absolute_url, encode_query, site_of, url_key

MAX_TEXT_LENGTH = 300
MAX_LIST_ITEM_LENGTH = 600
"""A longer list entry or table row is prose, or a table that only lays out the page."""
MAX_LINKS, MAX_ELEMENTS = 5_000, 200_000
"""Of a page; the rest is not read, since so many take seconds to read and to store. The longest
lists of links that we know have some 3,000."""
MAX_HREF_LENGTH = 16_384
"""Servers take no longer addresses."""
MAX_BULLET_LENGTH = 3
"""Characters before a link that begins its line: a dash, a number, an arrow."""
MAX_LABEL_LENGTH = 120
"""Characters before a link that ends its line: the name of a site, then its address."""

INVISIBLE_TAGS = frozenset(
    {"iframe", "math", "noscript", "object", "script", "select", "style", "svg"}
    | {"template", "textarea", "title"}
)
"""Not <head>: when <body> is left out, the parser may put <main> into it."""
HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MINOR_HEADING_TAGS = frozenset({"dt", "caption"})
MAX_HEADING_WORDS = 12
"""A bold paragraph of more words is no heading."""
_CONTAINER_TAGS = frozenset({"article", "dl", "div", "section", "table", "td", "th"})
"""A heading in one of them ends with it; but a heading alone in its box heads what follows."""
_LIST_ITEM_TAGS = frozenset({"li", "dd", "dt", "tr"})
_BLOCK_TAGS = _LIST_ITEM_TAGS | HEADING_TAGS | {"p", "caption", "blockquote", "figcaption"}
LINE_BREAKING_TAGS = _BLOCK_TAGS | {
    *("address", "article", "aside", "br", "center", "dl", "div", "fieldset", "footer", "form"),
    *("header", "hr", "main", "nav", "ol", "pre", "section", "table", "td", "th", "ul"),
}
_HIDDEN_MAIL = "/cdn-cgi/l/email-protection"
"""Where Cloudflare has mail links lead until a script of the page puts the address back."""
_UNCOLLAPSED_SPACE = re.compile(r"\s{2,}|[^\S ]")
_SPACE_BUT_LINES = re.compile(r"[^\S\n]+")
_LABELLED = re.compile(r"[:\-\N{EN DASH}\N{EM DASH}]$")
_SHOWN_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)


@dataclass(slots=True)
class Hyperlink:
    """One link of a page, to its own site or another."""

    url: str
    external: bool
    anchor: str
    context: str
    heading: str
    placement: Placement
    rel: str
    listed: bool
    """It is an entry of a list or table, or begins a line."""
    seen_as: str
    """The redirector's address that is on the page, "" when it is `url` itself."""
    words_before: int
    """Words of the main content that stand before it."""


@dataclass(slots=True)
class Markup:
    """What one pass over a page yields.

    `root` is the parsed tree, `text` the text with a newline between blocks, `words` its number of
    words by placement, `headings` are (tag, text).
    """

    root: Any
    text: str
    words: Counter[Placement]
    headings: list[tuple[str, str]]
    hyperlinks: list[Hyperlink]


def read_markup(html: str, page_url: str, encoding: str = "utf-8") -> Markup:
    """Read a page; broken or empty documents yield less, never an error.

    Links lead where the redirectors that services and the site itself wrap around them lead.

    `encoding` is the one it was served in: browsers encode the queries of its links in the same.
    """
    root = parse_tree(html)
    walk = _LinkExtractor(hidden_names(root))
    walk.run(root)
    text = "".join(walk.pieces)
    return Markup(
        root=root,
        text=text,
        words=walk.words,
        headings=[(heading.tag, _text_of(heading, text)) for heading in walk.headings],
        hyperlinks=list(
            _hyperlinks(walk.anchors, text, page_url, base_url(root, page_url), encoding)
        ),
    )


def outbound_links(markup: Markup) -> list[OutboundLink]:
    """Return the links to other sites, one for each key, in the order of the page.

    Of several with one key the editorial one is kept, then the one with an anchor, then the first.
    Images and other embedded files are left out: outreach is about links.
    """
    kept: dict[str, tuple[tuple[bool, bool, int], Hyperlink]] = {}
    for order, link in enumerate(markup.hyperlinks):
        if link.external:
            key = url_key(link.url)
            rank = (link.placement is not Placement.MAIN, not link.anchor, order)
            if key not in kept or rank < kept[key][0]:
                kept[key] = (rank, link)
    in_order = sorted(kept.items(), key=lambda item: item[1][0][2])
    return [
        OutboundLink(
            url=link.url,
            key=key,
            anchor=link.anchor,
            context=link.context,
            heading=link.heading,
            placement=link.placement,
            rel=link.rel,
            position=position,
            seen_as=link.seen_as,
        )
        for position, (key, (_, link)) in enumerate(in_order)
    ]


def internal_links(markup: Markup, page_url: str) -> list[tuple[str, str]]:
    """Return (URL, anchor) of the links within the site, each once, without the page itself."""
    anchors: dict[str, str] = {}
    for link in markup.hyperlinks:
        if not link.external and link.url != page_url:
            anchors[link.url] = anchors.get(link.url) or link.anchor
    return list(anchors.items())


def menu_links(markup: Markup, page_url: str) -> list[tuple[str, str]]:
    """Return (URL, anchor) of the links in menus; of all within the site when no menu is marked."""
    aside = {link.url for link in markup.hyperlinks if link.placement is not Placement.MAIN}
    links = internal_links(markup, page_url)
    return [(url, anchor) for url, anchor in links if url in aside] or links


def base_url(root: Any, page_url: str) -> str:
    """Return the address that relative ones in a parsed page are resolved against."""
    base = root.find(".//base[@href]")
    return page_url if base is None else absolute_url(page_url, base.get("href")) or page_url


def parse_tree(html: str) -> Any:
    """Return the root of a document without comments; an empty one when nothing can be read."""
    # Without huge_tree, 256 unclosed <font> end the document.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(
            html.lstrip("\ufeff").replace("\0", "").encode("utf-8", "replace"), parser
        )
    except etree.LxmlError:
        root = None
    return etree.Element("html") if root is None else root


@dataclass(slots=True, eq=False)
class _Span:
    """A piece of the text: the offsets at which an element begins and ends."""

    tag: str
    start: int
    end: int = 0


@dataclass(slots=True, eq=False)
class _Anchor(_Span):
    href: str = ""
    rel: str = ""
    label: str = ""
    image_label: str = ""
    region: Region = field(default_factory=Region)
    heading: _Span | None = None
    block: _Span | None = None
    texts_before: int = 0
    words_before: int = 0


@dataclass(slots=True)
class _LinkExtractor:
    """The state of the pass: the text so far, and the elements that are open."""

    hidden: HiddenNames
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    headings: list[_Span] = field(default_factory=list)
    anchors: list[_Anchor] = field(default_factory=list)
    words: Counter[Placement] = field(default_factory=Counter)
    _word_counts: list[tuple[Region, int]] = field(default_factory=list)
    """Of each piece of text."""
    _regions: list[Region] = field(default_factory=lambda: [Region()])
    _open_regions: list[Region] = field(default_factory=list)
    _open_pre: int = 0
    _blocks: list[_Span] = field(default_factory=list)
    _open_anchors: list[_Anchor | None] = field(default_factory=list)
    _latest_headings: dict[Placement, _Span] = field(default_factory=dict)
    """Replaced, never changed: each open container keeps the headings before it."""
    _headings_before_containers: list[dict[Placement, _Span]] = field(default_factory=list)
    _page_heading: _Span | None = None
    _last_word_at: int = 0

    def run(self, root: Any) -> None:
        self._open_regions.append(self._regions[0])
        walker = etree.iterwalk(root, events=("start", "end"))
        elements, unread = 0, None
        for event, element in walker:
            if event == "start" and elements >= MAX_ELEMENTS:
                unread = element
                walker.skip_subtree()
            elif event == "start":
                elements += 1
                self._enter(element)
                if element.tag in INVISIBLE_TAGS:
                    walker.skip_subtree()
            elif element is not unread:
                self._leave(element)
        settle_placements(self._regions)
        main_words = [0]
        for region, count in self._word_counts:
            self.words[region.placement or Placement.MAIN] += count
            main_words.append(self.words[Placement.MAIN])
        for anchor in self.anchors:
            anchor.words_before = main_words[anchor.texts_before]

    @property
    def placement(self) -> Placement:
        return self._open_regions[-1].placement or Placement.MAIN

    def _enter(self, element: Any) -> None:
        tag = element.tag
        self._open_regions.append(self._region_within(element))
        self._open_pre += tag == "pre"
        if tag in INVISIBLE_TAGS:
            return
        if tag in LINE_BREAKING_TAGS:
            self._break_line()
        if tag in _CONTAINER_TAGS:
            self._headings_before_containers.append(self._latest_headings)
        if tag in _BLOCK_TAGS:
            self._blocks.append(_Span(tag, self.length))
        elif tag in {"a", "area"}:
            self._open_anchors.append(self._anchor(element))
        elif tag == "img" and self._open_anchors and (anchor := self._open_anchors[-1]):
            anchor.image_label = anchor.image_label or element.get("alt", "")
        self._add(element.text)

    def _region_within(self, element: Any) -> Region:
        around = self._open_regions[-1]
        if around.placement is Placement.HIDDEN:
            return around
        hidden = visibility_of(element, self.hidden) is Visibility.HIDDEN
        region = Region(Placement.HIDDEN, around) if hidden else region_within(element, around)
        if region is not around:
            self._regions.append(region)
        return region

    def _leave(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCK_TAGS:
            self._close_block(element)
        elif tag in _CONTAINER_TAGS:
            self._close_container(tag)
        elif tag in {"a", "area"} and (anchor := self._open_anchors.pop()):
            anchor.end = self.length
        if tag in LINE_BREAKING_TAGS and tag != "br":
            self._break_line()
        self._open_regions.pop()
        self._open_pre -= tag == "pre"
        self._add(element.tail)

    def _close_block(self, element: Any) -> None:
        block = self._blocks.pop()
        block.end = self.length
        if block.tag in HEADING_TAGS:
            self.headings.append(block)
            if self._last_word_at <= block.start and element.find(".//img") is None:
                return
            # The page's main heading is often in a banner, yet it heads the content.
            self._record_heading(block, Placement.MAIN if block.tag == "h1" else self.placement)
        elif block.tag in _MINOR_HEADING_TAGS or _is_strong_only(element):
            holds_link = self.anchors and self.anchors[-1].start >= block.start
            if not holds_link:
                self._record_heading(block, self.placement)

    def _record_heading(self, block: _Span, placement: Placement) -> None:
        if self.placement is not Placement.HIDDEN:
            self._latest_headings = {**self._latest_headings, placement: block}
            if block.tag == "h1" and self._page_heading is None:
                self._page_heading = block

    def _close_container(self, tag: str) -> None:
        before, latest = self._headings_before_containers.pop(), self._latest_headings
        if before is not latest:
            over = {p: self._heading_after(tag, before.get(p), at) for p, at in latest.items()}
            self._latest_headings = {p: heading for p, heading in over.items() if heading}

    def _heading_after(self, container: str, before: _Span | None, latest: _Span) -> _Span | None:
        """Return the heading of what follows a container: the one before it, or the last in it."""
        is_alone = self._last_word_at <= latest.end
        # Pages are full of <div>: a heading in one is often that of the next.
        stays = container == "div" and (before is None or _rank(before) >= _rank(latest))
        return latest if is_alone or stays else before

    def _latest_heading(self) -> _Span | None:
        of_page = self._page_heading if self.placement is Placement.MAIN else None
        return self._latest_headings.get(self.placement) or of_page

    def _anchor(self, element: Any) -> _Anchor | None:
        href = element.get("href")
        if href is None or len(href) > MAX_HREF_LENGTH or len(self.anchors) >= MAX_LINKS:
            return None
        anchor = _Anchor(
            element.tag,
            self.length,
            href=href,
            rel=" ".join(element.get("rel", "").lower().split()),
            label=element.get("title") or element.get("aria-label") or "",
            image_label=element.get("alt", ""),
            region=self._open_regions[-1],
            heading=self._latest_heading(),
            block=self._blocks[-1] if self._blocks else None,
            texts_before=len(self._word_counts),
        )
        self.anchors.append(anchor)
        return anchor

    def _add(self, text: str | None) -> None:
        if text:
            count, region = count_words(text), self._open_regions[-1]
            self._word_counts.append((region, count))
            region.words += count
            region.text_words += 0 if self._open_anchors else count
            folded = (_SPACE_BUT_LINES if self._open_pre else _UNCOLLAPSED_SPACE).sub(" ", text)
            self.pieces.append(folded)
            self.length += len(folded)
            if not folded.isspace():
                self._last_word_at = self.length

    def _break_line(self) -> None:
        if self.pieces and self.pieces[-1] != "\n":
            self.pieces.append("\n")
            self.length += 1


def _hyperlinks(
    anchors: list[_Anchor], text: str, page_url: str, base: str, encoding: str
) -> Iterator[Hyperlink]:
    site = site_of(page_url)
    for anchor in anchors:
        seen = absolute_url(base, anchor.href)
        if seen is None or _HIDDEN_MAIL in seen:
            continue
        url = unwrapped(seen, site)
        block = anchor.block or _Span("", 0, len(text))
        start, end = _line_around(anchor, block, text)
        in_list = block.tag in _LIST_ITEM_TAGS and block.end - block.start <= MAX_LIST_ITEM_LENGTH
        yield Hyperlink(
            url=encode_query(url, encoding),
            external=site_of(url) != site,
            anchor=_text_of(anchor, text)
            or " ".join((anchor.image_label or anchor.label).split())[:MAX_TEXT_LENGTH],
            context=_context(anchor, block, (start, end), text),
            heading=_text_of(anchor.heading, text) if anchor.heading else "",
            placement=anchor.region.placement or Placement.MAIN,
            rel=anchor.rel,
            listed=in_list or _begins_or_ends_line(anchor, (start, end), text),
            seen_as="" if url == seen else seen,
            words_before=anchor.words_before,
        )


def _begins_or_ends_line(anchor: _Anchor, line: tuple[int, int], text: str) -> bool:
    """Return whether a link opens its line, or is the address after the name of a site."""
    before, after = text[line[0] : anchor.start].strip(), text[anchor.end : line[1]].strip()
    if len(before) <= MAX_BULLET_LENGTH:
        return True
    if after or len(before) > MAX_LABEL_LENGTH:
        return False
    return bool(_LABELLED.search(before) or _SHOWN_ADDRESS.match(_text_of(anchor, text)))


def _line_around(anchor: _Anchor, block: _Span, text: str) -> tuple[int, int]:
    """Return the offsets of the anchor's line in its block, within the length that is kept."""
    earliest = max(block.start, anchor.start - MAX_TEXT_LENGTH)
    latest = min(block.end, anchor.end + MAX_TEXT_LENGTH)
    start = text.rfind("\n", earliest, anchor.start) + 1 or earliest
    end = text.find("\n", anchor.end, latest)
    return start, latest if end < 0 else end


def _context(anchor: _Anchor, block: _Span, line: tuple[int, int], text: str) -> str:
    """Return the whole block if it is short, else the anchor's line, cut around the anchor."""
    if block.end - block.start <= MAX_TEXT_LENGTH:
        return " ".join(text[block.start : block.end].split())
    start, end = line
    spare = max(0, MAX_TEXT_LENGTH - (anchor.end - anchor.start))
    start = max(start, min(anchor.start - spare // 2, end - MAX_TEXT_LENGTH))
    return " ".join(text[start : min(end, start + MAX_TEXT_LENGTH)].split())


def _text_of(span: _Span, text: str) -> str:
    # An element that is never closed may hold the whole document: never slice all of it.
    end = min(span.end, span.start + 2 * MAX_TEXT_LENGTH)
    return " ".join(text[span.start : end].split())[:MAX_TEXT_LENGTH]


def _rank(heading: _Span) -> str:
    return heading.tag if heading.tag in HEADING_TAGS else "minor"


def _is_strong_only(element: Any) -> bool:
    return (
        element.tag == "p"
        and len(element) == 1
        and element[0].tag in {"b", "strong"}
        and not (element.text or "").strip()
        and not (element[0].tail or "").strip()
        and len((element[0].text or "").split()) <= MAX_HEADING_WORDS
    )
