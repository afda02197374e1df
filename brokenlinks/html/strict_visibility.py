"""What a page hides from the eye, honeypots among it: by attribute, style, or a usual class. Pure.

Other stylesheets than the page's own are never read. The cost is linear in the markup's length.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from brokenlinks.text.data_files import read_toml

MAX_STYLE_LENGTH, MAX_ATTRIBUTE_LENGTH = 100_000, 1000
_ZERO = r"0{0,3}\.?0{1,3}(?![.\d])"
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![\w-])color\s*:\s*transparent"
    rf"|(?:font-size|opacity)\s*:\s*{_ZERO}|transform\s*:\s*scale[xy]?\(\s*{_ZERO}"
    r"|(?:left|right|top|text-indent)\s*:\s*-(?:\d{3,}|\d{2}(?:\.\d+)?(?:r?em|v[wh]))"
    r"|clip\s*:\s*rect\(\s*([01])(?:px)?(?:[\s,]{1,3}\1(?:px)?){3}"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)",
    re.IGNORECASE,
)
_TEXT_COLOUR, _BACKGROUND = (
    re.compile(rf"(?<![\w-]){name}\s*:\s*([#\w]{{3,20}})", re.IGNORECASE)
    for name in ("color", "background(?:-color)?")
)
_OVERFLOW_HIDDEN = re.compile(r"overflow\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_ZERO_SIZE = re.compile(
    rf"(?<![\w-])(?:max-)?(?:height|width)\s*:\s*(?:{_ZERO}|1px)", re.IGNORECASE
)
_STYLE_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,1000})\}")
_CONDITIONAL_RULES = re.compile(
    r"@media[^{}@]{0,100}(?:print|width)[^{}@]{0,100}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE
)
"""Rules for paper and for narrow windows."""
_LAST_SELECTOR = re.compile(
    r"(?:[^:]*[\s>+~])?(?:[a-z][\w-]*|\*)?([.#][\w-]+)(?::not\([^()]*\))?\s*", re.IGNORECASE
)
"""The one class or id of what a selector is about, whatever that stands in."""
_NAME_PARTS = re.compile(r"[-:_]")


def hidden_names(root: Any) -> frozenset[str]:
    """Return the classes (".trap") and ids ("#trap") that are hidden on the page."""
    found = {f".{name}" for name in _class_names("hiding")}
    for style in root.iterfind(".//style"):
        always = _CONDITIONAL_RULES.sub("", (style.text or "")[:MAX_STYLE_LENGTH])
        for selectors, declarations in _STYLE_RULE.findall(always):
            if _is_hiding_style(declarations):
                matches = map(_LAST_SELECTOR.fullmatch, selectors.split(","))
                found |= {match[1] for match in matches if match}
    return frozenset(found)


def is_hidden(element: Any, hidden: frozenset[str]) -> bool:
    """Tell an element that nobody sees; `hidden` are the page's `hidden_names`."""
    if not element.keys():
        return False
    if element.get("hidden") is not None or element.get("aria-hidden", "").lower() == "true":
        return True
    if _is_hiding_style(element.get("style", "")[:MAX_ATTRIBUTE_LENGTH]):
        return True
    classes = element.get("class", "")[:MAX_ATTRIBUTE_LENGTH].split()
    names = {f".{name}" for name in classes} | {f"#{element.get('id', '')}"}
    return not hidden.isdisjoint(names) and not any(map(_is_responsive_class, classes))


def is_empty_link(link: Any) -> bool:
    """Tell a link without text, label and picture, or whose picture is a mere point."""
    if link.get("title") or link.get("aria-label") or "".join(link.itertext()).strip():
        return False
    return all(_is_tracking_pixel(inner) for inner in link.iterdescendants())


def _is_hiding_style(style: str) -> bool:
    if _HIDING_STYLE.search(style):
        return True
    colour, background = _TEXT_COLOUR.search(style), _BACKGROUND.search(style)
    if colour and background and colour[1].lower() == background[1].lower():
        return True
    return bool(_OVERFLOW_HIDDEN.search(style) and _ZERO_SIZE.search(style))


@cache
def _class_names(kind: str) -> frozenset[str]:
    return frozenset(read_toml(__package__, "styles.toml")[kind])


def _is_responsive_class(name: str) -> bool:
    """Tell classes such as "d-md-block" and "lg:flex", which take back that something is hidden."""
    parts = set(_NAME_PARTS.split(name))
    return all(not parts.isdisjoint(_class_names(kind)) for kind in ("sizes", "shown_as"))


def _is_tracking_pixel(element: Any) -> bool:
    sizes = {element.get("width", "").removesuffix("px"), element.get("height", "")}
    return element.tag == "img" and not sizes.isdisjoint({"0", "1", "1px"})
