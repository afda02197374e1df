"""What a page hides from its visitors, by attributes, styles and the usual class names.

Hidden: takes no room on the screen, or has the colour of its background. Links there are spam,
addresses are traps for robots. Doubtful: shows up later or elsewhere, as what a click opens, what
fades in, what only some ancestor hides, what is kept from screen readers. A link there is a link
of the page; a mail address there may still be a trap, and writing to one costs more than missing
one.

Visible: also what comes and goes with the width of the window or on paper. Style sheets other than
the page's own are not read. Markup is hostile input: it never raises, and the cost is linear in its
length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple

from brokenlinks.text.phrases import read_toml

MAX_STYLE_LENGTH = 100_000
MAX_ATTRIBUTE_LENGTH = 1000
"""Generous for a class list or an inline style; longer ones are an attack or a picture."""

_ZERO = r"0{0,3}\.?0{1,3}(?![.\d])"
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<![\w-])color\s*:\s*transparent"
    r"|(?<![\w-])(?:left|right|top|text-indent)\s*:\s*-(?:\d{3,}|\d{2}(?:\.\d+)?(?:r?em|v[wh]))"
    r"|margin-(?:left|top)\s*:\s*-\d{4,}"  # a few hundred pixels only centre a page
    r"|clip\s*:\s*rect\(\s*[01](?:px)?\b|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)",
    re.IGNORECASE,
)
_DOUBTFUL_STYLE = re.compile(
    # A list of `font-size: 0` has no gaps between its entries, which set a size of their own.
    rf"(?:font-size|opacity)\s*:\s*{_ZERO}|transform\s*:\s*scale[xy]?\(\s*{_ZERO}",
    re.IGNORECASE,
)
_TEXT_COLOUR, _BACKGROUND = (
    re.compile(rf"(?<![\w-]){name}\s*:\s*([#\w]{{3,20}})", re.IGNORECASE)
    for name in ("color", "background(?:-color)?")
)
_OVERFLOW_HIDDEN = re.compile(r"overflow\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_ZERO_SIZE = re.compile(
    rf"(?<![\w-])(?:max-)?(?:height|width)\s*:\s*(?:{_ZERO}|1(?:px|\s*(?:;|$)))", re.IGNORECASE
)
_OPENED_BY_CLICK = frozenset({"region", "tabpanel"})
_ALWAYS_SHOWN = frozenset({"body", "html"})
"""Scripts show a page that begins hidden."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PAPER_OR_WIDTH = re.compile(r"\s*@media\b.*(?:print|width)", re.IGNORECASE | re.DOTALL)
_LAST_SELECTOR = re.compile(
    r"(?P<ancestors>[^:]*[\s>+~])?(?:[a-z][\w-]*|\*)?(?P<name>[.#][\w-]+)"
    r"(?P<exception>:not\([^()]*\))?",
    re.IGNORECASE,
)
"""The one class or id that a selector is about, whatever its ancestors."""
_NAME_PARTS = re.compile(r"[-:_]")


class Visibility(IntEnum):
    """How visible an element is, whatever its ancestors."""

    VISIBLE = 0
    DOUBTFUL = 1
    """It may show up later, or only be kept from screen readers."""
    HIDDEN = 2


class HiddenNames(NamedTuple):
    """The classes (".trap") and ids ("#trap") that a page hides."""

    hidden: frozenset[str]
    doubtful: frozenset[str]


def hidden_names(root: Any) -> HiddenNames:
    """Return the names that a parsed page's own styles hide, and those of the usual frameworks."""
    found = {
        Visibility.HIDDEN: {f".{name}" for name in _class_names("hidden")},
        Visibility.DOUBTFUL: {f".{name}" for name in _class_names("toggled")},
    }
    for style in root.iterfind(".//style"):
        for selectors, declarations, nested in _rules((style.text or "")[:MAX_STYLE_LENGTH]):
            visibility = _of_style(declarations)
            if not visibility:
                continue
            for match in map(_LAST_SELECTOR.fullmatch, map(str.strip, selectors.split(","))):
                if match:
                    conditional = nested or match["ancestors"] or match["exception"]
                    found[Visibility.DOUBTFUL if conditional else visibility].add(match["name"])
    return HiddenNames(*map(frozenset, found.values()))


def visibility_of(element: Any, names: HiddenNames) -> Visibility:
    """Return how visible an element is; `names` are the page's `hidden_names`."""
    attributes = element.attrib
    if not attributes or element.tag in _ALWAYS_SHOWN:
        return Visibility.VISIBLE
    if "hidden" in attributes:
        visibility = Visibility.HIDDEN
    else:
        visibility = max(
            _of_style(attributes["style"][:MAX_ATTRIBUTE_LENGTH]) if "style" in attributes else 0,
            _of_names(attributes.get("class", ""), attributes.get("id", ""), names),
            attributes.get("aria-hidden", "").lower() == "true",
        )
    opened = visibility and attributes.get("role", "").lower() in _OPENED_BY_CLICK
    return Visibility.DOUBTFUL if opened else Visibility(visibility)


def is_empty_link(link: Any) -> bool:
    """Return whether a link cannot be clicked: no text, no label, no picture but a single pixel."""
    if link.get("title") or link.get("aria-label") or "".join(link.itertext()).strip():
        return False
    return all(_is_tracking_pixel(inner) for inner in link.iterdescendants())


def _is_tracking_pixel(element: Any) -> bool:
    sizes = {element.get("width", "").removesuffix("px"), element.get("height", "")}
    return element.tag == "img" and not sizes.isdisjoint({"0", "1", "1px"})


@lru_cache(maxsize=4096)
def _of_names(class_list: str, element_id: str, names: HiddenNames) -> Visibility:
    classes = class_list[:MAX_ATTRIBUTE_LENGTH].split()
    own = {f".{name}" for name in classes} | {f"#{element_id}"}
    if names.hidden.isdisjoint(own) and names.doubtful.isdisjoint(own):
        return Visibility.VISIBLE
    if any(map(_is_responsive_class, classes)):
        return Visibility.VISIBLE
    return Visibility.DOUBTFUL if names.hidden.isdisjoint(own) else Visibility.HIDDEN


def _is_responsive_class(name: str) -> bool:
    """Return whether a class ("d-md-block", "lg:flex") shows again what another one hides."""
    parts = set(_NAME_PARTS.split(name))
    return all(not parts.isdisjoint(_class_names(kind)) for kind in ("sizes", "shown_as"))


def _of_style(declarations: str) -> Visibility:
    if _HIDDEN_STYLE.search(declarations):
        return Visibility.HIDDEN
    colour, background = _TEXT_COLOUR.search(declarations), _BACKGROUND.search(declarations)
    if colour and background and colour[1].lower() == background[1].lower():
        return Visibility.HIDDEN
    if _OVERFLOW_HIDDEN.search(declarations) and _ZERO_SIZE.search(declarations):
        return Visibility.HIDDEN
    return Visibility(bool(_DOUBTFUL_STYLE.search(declarations)))


def _rules(css: str) -> Iterator[tuple[str, str, bool]]:
    """Yield (selectors, declarations, whether they are nested in another rule) for screens."""
    pieces = re.split(r"([{}])", _COMMENT.sub("", css))
    opened: list[tuple[str, bool]] = []
    for text, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            prelude = text.rpartition(";")[2]
            skipped = (bool(opened) and opened[-1][1]) or bool(_PAPER_OR_WIDTH.match(prelude))
            opened.append((prelude, skipped))
        elif opened:
            selectors, skipped = opened.pop()
            if not skipped:
                yield selectors, text, bool(opened)


@cache
def _class_names(kind: str) -> frozenset[str]:
    return frozenset(read_toml(__package__, "class_names.toml")[kind])
