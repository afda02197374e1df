"""What a page hides from the eye, honeypots among it: by attribute, style, or a usual class. Pure.

Other stylesheets than the page's own are never read. The cost is linear in the markup's length.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from brokenlinks.text.data_files import read_toml

STYLE_LENGTH, ATTRIBUTE_LENGTH = 100_000, 1000
_ZERO = r"0{0,3}\.?0{1,3}(?![.\d])"
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![\w-])color\s*:\s*transparent"
    rf"|(?:font-size|opacity)\s*:\s*{_ZERO}|transform\s*:\s*scale[xy]?\(\s*{_ZERO}"
    r"|(?:left|right|top|text-indent)\s*:\s*-(?:\d{3,}|\d{2}(?:\.\d+)?(?:r?em|v[wh]))"
    r"|clip\s*:\s*rect\(\s*([01])(?:px)?(?:[\s,]{1,3}\1(?:px)?){3}"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)",
    re.IGNORECASE,
)
_OWN_COLOUR, _BACKGROUND = (
    re.compile(rf"(?<![\w-]){name}\s*:\s*([#\w]{{3,20}})", re.IGNORECASE)
    for name in ("color", "background(?:-color)?")
)
_CUT_OFF = re.compile(r"overflow\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_SIZELESS = re.compile(rf"(?<![\w-])(?:max-)?(?:height|width)\s*:\s*(?:{_ZERO}|1px)", re.IGNORECASE)
_STYLE_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,1000})\}")
_SOMETIMES = re.compile(
    r"@media[^{}@]{0,100}(?:print|width)[^{}@]{0,100}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE
)
"""Rules for paper and for narrow windows."""
_LAST_NAME = re.compile(
    r"(?:[^:]*[\s>+~])?(?:[a-z][\w-]*|\*)?([.#][\w-]+)(?::not\([^()]*\))?\s*", re.IGNORECASE
)
"""The one class or id of what a selector is about, whatever that stands in."""
_NAME_PARTS = re.compile(r"[-:_]")


def hidden_names(root: Any) -> frozenset[str]:
    """Return the classes (".trap") and ids ("#trap") that are hidden on the page."""
    found = {f".{name}" for name in _class_names("hiding")}
    for style in root.iterfind(".//style"):
        always = _SOMETIMES.sub("", (style.text or "")[:STYLE_LENGTH])
        for selectors, declarations in _STYLE_RULE.findall(always):
            if _hides(declarations):
                matches = map(_LAST_NAME.fullmatch, selectors.split(","))
                found |= {match[1] for match in matches if match}
    return frozenset(found)


def is_hidden(element: Any, hidden: frozenset[str]) -> bool:
    """Tell an element that nobody sees; `hidden` are the page's `hidden_names`."""
    if not element.keys():
        return False
    if element.get("hidden") is not None or element.get("aria-hidden", "").lower() == "true":
        return True
    if _hides(element.get("style", "")[:ATTRIBUTE_LENGTH]):
        return True
    classes = element.get("class", "")[:ATTRIBUTE_LENGTH].split()
    names = {f".{name}" for name in classes} | {f"#{element.get('id', '')}"}
    return not hidden.isdisjoint(names) and not any(map(_shows_in_wide_windows, classes))


def has_nothing_to_click(link: Any) -> bool:
    """Tell a link without text, label and picture, or whose picture is a mere point."""
    if link.get("title") or link.get("aria-label") or "".join(link.itertext()).strip():
        return False
    return all(_is_point(inner) for inner in link.iterdescendants())


def _hides(style: str) -> bool:
    if _HIDING.search(style):
        return True
    colour, background = _OWN_COLOUR.search(style), _BACKGROUND.search(style)
    if colour and background and colour[1].lower() == background[1].lower():
        return True
    return bool(_CUT_OFF.search(style) and _SIZELESS.search(style))


@cache
def _class_names(kind: str) -> frozenset[str]:
    return frozenset(read_toml(__package__, "styles.toml")[kind])


def _shows_in_wide_windows(name: str) -> bool:
    """Tell classes such as "d-md-block" and "lg:flex", which take back that something is hidden."""
    parts = set(_NAME_PARTS.split(name))
    return all(not parts.isdisjoint(_class_names(kind)) for kind in ("sizes", "shown_as"))


def _is_point(element: Any) -> bool:
    sizes = {element.get("width", "").removesuffix("px"), element.get("height", "")}
    return element.tag == "img" and not sizes.isdisjoint({"0", "1", "1px"})
