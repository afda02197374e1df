"""Where on a page a link is (menu, footer, main content), by elements, roles, ids and classes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from brokenlinks.models.page import Placement

MIN_WRAPPER_WORDS = 30
"""A sidebar or menu by name that holds less text is one; with more it may wrap the page."""

_PLACEMENT_OF_TAG = {
    "nav": Placement.NAVIGATION,
    "menu": Placement.NAVIGATION,
    "footer": Placement.FOOTER,
    "aside": Placement.SIDEBAR,
}
_LANDMARK_TAGS = frozenset({"article", "header", "main", *_PLACEMENT_OF_TAG})
_CERTAIN_TAGS = frozenset({"header", *_PLACEMENT_OF_TAG}) - {"aside"}
_NEUTRAL_TAGS = frozenset({"a", "b", "body", "br", "html", "img"})
_PLACEMENT_OF_ROLE = {
    "navigation": Placement.NAVIGATION,
    "menu": Placement.NAVIGATION,
    "menubar": Placement.NAVIGATION,
    "banner": Placement.NAVIGATION,
    "contentinfo": Placement.FOOTER,
    "complementary": Placement.SIDEBAR,
}
_MAIN_IDS = frozenset(
    {"content", "main", "maincontent", "main-content", "primary", "page-content", "bodycontent"}
)
_PLACEMENT_OF_NAME = {
    **dict.fromkeys(("header", "masthead", "site-header", "topbar"), Placement.NAVIGATION),
    **dict.fromkeys(("sharedaddy", "addtoany", "sharethis", "socialmedia"), Placement.NAVIGATION),
    **dict.fromkeys(("colophon", "bottombar"), Placement.FOOTER),
    **dict.fromkeys(("secondary", "tertiary", "blogroll", "related"), Placement.SIDEBAR),
    **dict.fromkeys(("disqus-thread", "respond"), Placement.COMMENTS),
}
_PLACEMENT_OF_FIRST_OR_LAST_WORD = {
    **dict.fromkeys(("comment", "comments", "commentlist"), Placement.COMMENTS),
    **dict.fromkeys(("footer", "copyright"), Placement.FOOTER),
    **dict.fromkeys(("sidebar", "sidebars"), Placement.SIDEBAR),
    **dict.fromkeys(("share", "sharing", "social", "socials"), Placement.NAVIGATION),
    **dict.fromkeys(("sponsor", "sponsors", "sponsoren", "ad", "ads"), Placement.SIDEBAR),
    **dict.fromkeys(("advert", "adverts", "advertisement", "advertising"), Placement.SIDEBAR),
    **dict.fromkeys(("nav", "navbar", "navigation", "menu", "submenu"), Placement.NAVIGATION),
    **dict.fromkeys(("breadcrumb", "breadcrumbs", "pagination", "cookie"), Placement.NAVIGATION),
}
_PLACEMENT_OF_FIRST_WORD = {"widget": Placement.SIDEBAR}
"""Not as a last word: page builders name everything so ("elementor-widget")."""
_STATE_PREFIXES = frozenset({"has", "is", "no", "not", "show", "hide", "with", "without", "toggle"})
_STATE_SUFFIXES = frozenset(
    {"page", "open", "closed", "active", "enabled", "disabled", "layout", "template", "none"}
)
"""Such names describe the page that a wrapper holds: "has-sidebar", "comment-page"."""

_SIDE = re.compile(
    r"(?:left|right)(?P<name>side|bar|sidebar|col|column|rail|nav|menu)"
    r"|(?P<first>side|sidebar|col|column|rail|nav|menu)(?:left|right)"
)
"""A column beside the content, "right-col", or a menu there, "navleft"."""


@dataclass(slots=True, eq=False)
class Region:
    """A part of a page with a placement of its own, and its words."""

    placement: Placement | None = None
    outer: Region | None = None
    may_wrap: bool = False
    """Only its name, or an <aside>, says that it is beside the main content."""
    words: int = 0
    """Those of regions within it left out."""
    text_words: int = 0
    """Words that are no links."""


def region_within(element: Any, around: Region) -> Region:
    """Return the region that an element opens, or the one around it when it opens none."""
    placement = placement_of(element, around.placement)
    opened = placement is not around.placement or placement_of(element, None) is placement
    if placement is None or not opened:
        return around
    beside = placement in {Placement.NAVIGATION, Placement.SIDEBAR}
    certain = element.tag in _CERTAIN_TAGS or "role" in element.attrib
    return Region(placement, around, beside and not certain)


def settle_placements(regions: list[Region]) -> None:
    """Give a region the placement of what it is in when it holds most of the text there.

    A class such as "sidebar-right" may describe the page it wraps, a menu may never be closed, and
    an <aside> may be a column of the article. `regions` are in the order of the page.
    """
    within = {id(region): region.text_words for region in regions}
    for region in reversed(regions):
        if region.outer:
            within[id(region.outer)] += within[id(region)]
    most = max(within[id(regions[0])] / 2, MIN_WRAPPER_WORDS)
    for region in regions:
        outer = region.outer
        if outer and region.may_wrap:
            is_column = outer.placement is Placement.MAIN and region.words > outer.words
            if is_column or within[id(region)] > most:
                region.placement = outer.placement


def placement_of(element: Any, inherited: Placement | None) -> Placement | None:
    """Return where an element's links are; None while neither it nor an ancestor shows it."""
    tag = element.tag
    if tag in _NEUTRAL_TAGS or not (tag in _LANDMARK_TAGS or element.keys()):
        return inherited
    role = element.get("role", "").lower()
    if tag == "main" or role == "main" or element.get("id", "").lower() in _MAIN_IDS:
        return Placement.MAIN
    if tag == "article":
        return inherited or Placement.MAIN
    if tag == "header":
        return inherited or Placement.NAVIGATION
    placement = _PLACEMENT_OF_TAG.get(tag) or _PLACEMENT_OF_ROLE.get(role)
    names = f"{element.get('id', '')} {element.get('class', '')}"
    return _placement_of_names(names) or placement or inherited


@lru_cache(maxsize=4096)
def _placement_of_names(names: str) -> Placement | None:
    """Return the placement that ids and classes name, as a whole or in their first or last word."""
    for name in names[:1000].split():
        words = re.sub(r"([a-z])([A-Z])", r"\1-\2", name).lower().replace("_", "-").split("-")
        first, last = words[0], words[-1]
        if first in _STATE_PREFIXES or last in _STATE_SUFFIXES:
            continue
        placement = (
            _PLACEMENT_OF_NAME.get("-".join(words))
            or _PLACEMENT_OF_FIRST_OR_LAST_WORD.get(last)
            or _PLACEMENT_OF_FIRST_OR_LAST_WORD.get(first)
            or _PLACEMENT_OF_FIRST_WORD.get(first)
            or _placement_of_side("".join(words))
        )
        if placement:
            return placement
    return None


def _placement_of_side(name: str) -> Placement | None:
    match = _SIDE.fullmatch(name)
    if match is None:
        return None
    is_menu = (match["name"] or match["first"]) in {"nav", "menu"}
    return Placement.NAVIGATION if is_menu else Placement.SIDEBAR
