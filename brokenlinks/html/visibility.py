"""What of a page no visitor sees: elements hidden by attributes, or by the page's own styles.

Not counted as hidden is what a click opens (a tab, a fold), what only fades in, and what is hidden
on some screens. Markup is hostile input: it never raises, and the cost is linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

MAX_STYLE_LENGTH = 100_000
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden"
    r"|(?<![\w-])(?:left|right|top|text-indent)\s*:\s*-\d{3,}|margin-(?:left|top)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?\b|clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.IGNORECASE,
)
"""A negative margin of a few hundred pixels only centres a page."""
_ZERO_SIZE = re.compile(r"(?<![\w-])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)", re.IGNORECASE)
_OVERFLOW_HIDDEN = re.compile(r"overflow\s*:\s*hidden", re.IGNORECASE)
_FOR_SCREEN_READERS = frozenset(
    {".assistive-text", ".element-invisible", ".screen-reader-text", ".sr-only"}
    | {".visually-hidden", ".visuallyhidden"}
)
"""Hidden by style sheets that are not read here."""
_OPENED_BY_CLICK = frozenset({"region", "tabpanel"})
_ALWAYS_SHOWN = frozenset({"body", "html"})
"""Scripts show a page that begins hidden."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIMPLE_SELECTOR = re.compile(r"\s*(?:[a-z]+)?([.#][\w-]+)\s*", re.IGNORECASE)


def hidden_selectors(root: Any) -> frozenset[str]:
    """Return the classes (".trap") and ids ("#trap") of a parsed page that are hidden."""
    found = set(_FOR_SCREEN_READERS)
    for style in root.iterfind(".//style"):
        for selectors, declarations in _rules((style.text or "")[:MAX_STYLE_LENGTH]):
            if _is_hiding_style(declarations):
                simple = map(_SIMPLE_SELECTOR.fullmatch, selectors.split(","))
                found |= {match[1] for match in simple if match}
    return frozenset(found)


def is_hidden(element: Any, names: frozenset[str]) -> bool:
    """Tell whether an element is hidden by itself; `names` are the page's hidden names."""
    given = element.attrib
    if not given or element.tag in _ALWAYS_SHOWN:
        return False
    hidden = (
        "hidden" in given
        or ("style" in given and _is_hiding_style(given["style"]))
        or ("class" in given and _has_hidden_class(given["class"], names))
        or ("id" in given and f"#{given['id']}" in names)
    )
    return hidden and given.get("role", "").lower() not in _OPENED_BY_CLICK


@lru_cache(maxsize=4096)
def _has_hidden_class(classes: str, names: frozenset[str]) -> bool:
    return any(f".{name}" in names for name in classes[:1000].split())


def _is_hiding_style(declarations: str) -> bool:
    if _HIDDEN_STYLE.search(declarations):
        return True
    return bool(_ZERO_SIZE.search(declarations) and _OVERFLOW_HIDDEN.search(declarations))


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield the (selectors, declarations) that hold on every screen: those in no `@media`."""
    pieces = re.split(r"([{}])", _COMMENT.sub("", css))
    opened: list[str] = []
    for text, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            opened.append(text)
        elif opened:
            selectors = opened.pop()
            if not opened:
                yield selectors, text
