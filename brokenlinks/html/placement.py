"""Where on a page a link is (menu, footer, main content), by elements, roles, ids and classes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from brokenlinks.models.page import Placement

_PLACEMENT_OF_TAG = {
    "nav": Placement.NAVIGATION,
    "menu": Placement.NAVIGATION,
    "footer": Placement.FOOTER,
    "aside": Placement.SIDEBAR,
}
_LANDMARK_TAGS = frozenset({"article", "header", "main", *_PLACEMENT_OF_TAG})
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
    **dict.fromkeys(("share", "social", "social-links", "sharedaddy"), Placement.NAVIGATION),
    **dict.fromkeys(("colophon", "bottombar"), Placement.FOOTER),
    **dict.fromkeys(("secondary", "tertiary", "blogroll", "related"), Placement.SIDEBAR),
    **dict.fromkeys(("disqus-thread", "respond"), Placement.COMMENTS),
}
_PLACEMENT_OF_FIRST_OR_LAST_WORD = {
    **dict.fromkeys(("comment", "comments", "commentlist"), Placement.COMMENTS),
    **dict.fromkeys(("footer", "copyright"), Placement.FOOTER),
    **dict.fromkeys(("sidebar", "sidebars"), Placement.SIDEBAR),
    **dict.fromkeys(("nav", "navbar", "navigation", "menu", "submenu"), Placement.NAVIGATION),
    **dict.fromkeys(("breadcrumb", "breadcrumbs", "pagination", "cookie"), Placement.NAVIGATION),
}
_PLACEMENT_OF_FIRST_WORD = {"widget": Placement.SIDEBAR}
"""Not as a last word: page builders name everything so ("elementor-widget")."""
_STATE_PREFIXES = frozenset({"has", "is", "no", "not", "show", "hide", "with", "without", "toggle"})
_STATE_SUFFIXES = frozenset(
    {"page", "open", "closed", "active", "enabled", "disabled", "layout", "template", "left"}
    | {"right", "none"}
)
"""Such names describe the page that a wrapper holds: "has-sidebar", "comment-page"."""


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
        )
        if placement:
            return placement
    return None
