"""A page as a visitor sees it, line by line, with what stands in the lines: mail links, forms.

What is hidden from the eye is left out, honeypots among it. Markup is hostile input: it never
raises, and the cost is linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from brokenlinks.html.links import HEADINGS, LINE_BREAKING, UNSEEN
from brokenlinks.html.placement import placement_of
from brokenlinks.html.strict_visibility import (
    ATTRIBUTE_LENGTH,
    has_nothing_to_click,
    hidden_names,
    is_hidden,
)
from brokenlinks.models.contact import Around
from brokenlinks.models.page import Placement

LINE_LENGTH, AROUND_LENGTH = 20_000, 300
TEXT_LENGTH, LINES = 500_000, 20_000
MARKS_IN_LINE, FRAMES = 100, 200
SHORT_LINE_WORDS = 8
MOST_LINKS_OF_AN_ENTRY = 3
"""An item or a row with more links to other sites is a list, or the layout of the page."""
_MARKS = frozenset({"a", "area", "script"})
_ENTRIES = (HEADINGS - {"h1"}) | {"li", "tr", "dl"}
_SHIELDS = frozenset({"p", "div", "center", "h1"})
"""What stands in these within a row is not said of the whole row, which may be the layout."""
_BACKWARDS = re.compile(
    r"bidi-override[^}]*direction\s*:\s*rtl|direction\s*:\s*rtl[^}]*bidi-override"
)
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """What stands between two line breaks; `marks` are the elements in it that may be mail links.

    `reversed` lines are written backwards, and turned round by their style. A line that `continues`
    the one before stands in the same block, after a <br>.
    """

    text: str
    around: Around
    marks: tuple[Any, ...]
    reversed: bool
    continues: bool


@dataclass(slots=True, eq=False)
class _Entry:
    """What may be about one other site: an item, a row, a term, what follows a heading."""

    is_row: bool = False
    within: _Entry | None = None
    links: int = 0
    """Links to other sites."""

    @property
    def is_of_others(self) -> bool:
        """Whether it, or what it stands in, names another site."""
        outer = self.within.links if self.within else 0
        return any(0 < links <= MOST_LINKS_OF_AN_ENTRY for links in (self.links, outer))


@dataclass(slots=True, eq=False)
class _Draft:
    """A line while it is being read."""

    heading: str
    before: str
    continues: bool = False
    placement: Placement = Placement.MAIN
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Any] = field(default_factory=list)
    reversed: bool = False
    listing: bool = False
    entries: tuple[_Entry, ...] = ()

    @property
    def text(self) -> str:
        """Return its text, spaces folded."""
        return " ".join("".join(self.pieces).translate(_INVISIBLE).split())

    def finished(self) -> Line:
        """Return the line as it stands now."""
        text = self.text
        listing = self.listing or any(entry.is_of_others for entry in self.entries)
        around = Around(text[:AROUND_LENGTH], self.before, self.heading, self.placement, listing)
        return Line(text, around, tuple(self.marks), self.reversed, self.continues)


@dataclass(slots=True)
class Sight:
    """The visible lines of a page, and its visible forms with where they stand."""

    lines: list[Line]
    forms: list[tuple[Any, Around]]
    embedded: list[tuple[str, Around]]
    """Addresses of frames and scripts within the page."""


def see(root: Any, elsewhere: Collection[str]) -> Sight:
    """Walk through a parsed page; `elsewhere` are the hrefs that lead to other sites."""
    walk = _Walk(hidden_names(root), elsewhere)
    walk.through(root)
    lines = [draft.finished() for draft in walk.lines if draft.pieces or draft.marks]
    return Sight(lines, walk.forms, walk.frames)


@dataclass(slots=True)
class _Walk:
    hidden: frozenset[str]
    elsewhere: Collection[str]
    lines: list[_Draft] = field(default_factory=lambda: [_Draft("", "")])
    forms: list[tuple[Any, Around]] = field(default_factory=list)
    frames: list[tuple[str, Around]] = field(default_factory=list)
    _placements: list[Placement | None] = field(default_factory=lambda: [None])
    _entries: list[tuple[Any, _Entry | None]] = field(default_factory=lambda: [(None, None)])
    _headed: tuple[Any, _Entry | None] = (None, None)
    _heading: str = ""
    _length: int = 0

    def through(self, root: Any) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self._leave(element)
            elif self._is_full or is_hidden(element, self.hidden):
                self._placements.append(self._placements[-1])
                walker.skip_subtree()
            else:
                self._enter(element)
                if element.tag in UNSEEN:
                    walker.skip_subtree()

    @property
    def _is_full(self) -> bool:
        return self._length > TEXT_LENGTH or len(self.lines) > LINES

    def _enter(self, element: Any) -> None:
        tag = element.tag
        self._placements.append(placement_of(element, self._placements[-1]))
        if tag in LINE_BREAKING:
            self._break_line(continues=tag == "br")
            self._open_entry(element)
        line = self.lines[-1]
        if not line.pieces:
            line.placement = self._placements[-1] or Placement.MAIN
            line.entries = self._open_entries
        if tag == "form":
            self.forms.append((element, self._around()))
        elif tag in {"iframe", "script"} and element.get("src"):
            if len(self.frames) < FRAMES:
                self.frames.append((element.get("src"), self._around()))
        elif len(line.marks) < MARKS_IN_LINE and _may_be_mail_link(element):
            line.marks.append(element)
        if tag == "a" and element.get("href") in self.elsewhere:
            line.listing = True
            self._count_link()
        style = element.get("style", "")[:ATTRIBUTE_LENGTH].lower()
        line.reversed = line.reversed or bool(_BACKWARDS.search(style))
        if tag == "img":
            self._add(f" {element.get('alt', '')} ")
        if tag not in UNSEEN:
            self._add(element.text)

    def _leave(self, element: Any) -> None:
        if element.tag in HEADINGS:
            self._heading = self.lines[-1].text[:AROUND_LENGTH]
        if element.tag in LINE_BREAKING and element.tag != "br":
            self._break_line()
            self._close_entry(element)
        self._placements.pop()
        self._add(element.tail)

    @property
    def _open_entries(self) -> tuple[_Entry, ...]:
        return tuple(entry for _, entry in (self._entries[-1], self._headed) if entry)

    def _open_entry(self, element: Any) -> None:
        tag, outer = element.tag, self._entries[-1][1]
        beyond = None if outer and outer.is_row else outer
        if tag in _ENTRIES:
            self._entries.append((element, _Entry(tag == "tr", beyond)))
        elif tag in _SHIELDS:
            self._entries.append((element, beyond))
        elif tag == "dt" and outer:
            self._entries[-1] = (self._entries[-1][0], _Entry())
        if tag in HEADINGS:
            self._headed = self._entries[-1]
        elif tag in {"hr", "footer"}:
            self._headed = (None, None)

    def _close_entry(self, element: Any) -> None:
        if self._entries[-1][0] is element:
            self._entries.pop()
        heading = self._headed[0]
        # A box ends what its heading is about; a box around the heading alone does not.
        if heading is not None and heading.getparent() is element and element[-1] is not heading:
            self._headed = (None, None)

    def _count_link(self) -> None:
        if entry := self._entries[-1][1]:
            entry.links += 1

    def _around(self) -> Around:
        """Return where a form stands that begins here."""
        line = self.lines[-1]
        said = line.text or line.before
        return Around(said[:AROUND_LENGTH], line.before, self._heading, line.placement)

    def _add(self, text: str | None) -> None:
        line = self.lines[-1]
        if text and line.length < LINE_LENGTH and (line.pieces or text.strip()):
            if not line.pieces:
                line.heading = self._heading
                line.entries = self._open_entries
            line.pieces.append(text[:LINE_LENGTH])
            line.length += len(text)
            self._length += len(text)

    def _break_line(self, *, continues: bool = False) -> None:
        line = self.lines[-1]
        if line.marks or line.text:
            short = len(line.text.split()) <= SHORT_LINE_WORDS
            self.lines.append(_Draft(self._heading, line.text if short else "", continues))
        else:
            line.continues = line.continues and continues


def _may_be_mail_link(element: Any) -> bool:
    return is_marked(element) or (
        element.tag in _MARKS and not (element.tag == "a" and has_nothing_to_click(element))
    )


def is_marked(element: Any) -> bool:
    """Tell an element that a script may turn into a mail link."""
    return any(
        name.startswith(("data-cfemail", "data-mail", "data-email"))
        or (name.startswith("on") and "mailto" in value.lower())
        for name, value in element.items()
    )
