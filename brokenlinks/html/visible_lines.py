"""The visible lines of a page, with the mail links and forms in them.

Everything that is or may be hidden is left out, honeypots included. Markup is hostile input: it
never raises, and the cost is linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from brokenlinks.html.links import HEADING_TAGS, INVISIBLE_TAGS, LINE_BREAKING_TAGS
from brokenlinks.html.placement import placement_of
from brokenlinks.html.visibility import (
    MAX_ATTRIBUTE_LENGTH,
    HiddenNames,
    Visibility,
    hidden_names,
    is_empty_link,
    visibility_of,
)
from brokenlinks.models.contact import TextContext
from brokenlinks.models.page import Placement

MAX_LINE_LENGTH, MAX_CONTEXT_LENGTH = 20_000, 300
MAX_TEXT_LENGTH, MAX_LINES = 500_000, 20_000
MAX_CANDIDATES_PER_LINE, MAX_FRAMES = 100, 200
MAX_SHORT_LINE_WORDS = 8
"""A line of so many words may be a label of the next one: "Write to our webmaster:"."""
MAX_ENTRY_LINKS = 3
"""An item or row with more links to other sites is a list, or the layout of the page."""
_MAIL_LINK_TAGS = frozenset({"a", "area", "script"})
_ENTRY_TAGS = (HEADING_TAGS - {"h1"}) | {"li", "tr", "dl"}
_BLOCK_TAGS = frozenset({"p", "div", "center", "h1"})
"""Within a row, these may have another subject than the row, which may be mere layout."""
_RTL_OVERRIDE = re.compile(
    r"bidi-override[^}]*direction\s*:\s*rtl|direction\s*:\s*rtl[^}]*bidi-override"
)
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
_BORDER = "\0"
"""Stands where an inline element begins or ends: parsed text never holds one."""
_AT = re.compile(r"[@\[({<]|^at$", re.IGNORECASE)
"""What an address has in it, or next to it when it is spelled out: "info [at] club.org"."""
_WHOLE_ADDRESS = re.compile(r"@[^@]+\.[^\W\d_]{2,24}")
_WITHIN_ADDRESSES = tuple("._+-")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The text between two line breaks; `mail_candidates` are elements that may be mail links.

    A `reversed` line is written backwards, and its style reverses it. A line that `continues`
    the one before is in the same block, after a <br>.
    """

    text: str
    context: TextContext
    mail_candidates: tuple[Any, ...]
    reversed: bool
    continues: bool


@dataclass(slots=True, eq=False)
class _Entry:
    """A part that may be about one other site: an item, a row, a term, a section."""

    is_row: bool = False
    parent: _Entry | None = None
    links: int = 0
    """Links to other sites."""

    @property
    def names_other_site(self) -> bool:
        """Whether it, or the entry around it, names another site."""
        outer = self.parent.links if self.parent else 0
        return any(0 < links <= MAX_ENTRY_LINKS for links in (self.links, outer))


@dataclass(slots=True, eq=False)
class _LineBuilder:
    """A line while it is being read."""

    heading: str
    previous_line: str
    continues: bool = False
    placement: Placement = Placement.MAIN
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    mail_candidates: list[Any] = field(default_factory=list)
    reversed: bool = False
    beside_external_link: bool = False
    entries: tuple[_Entry, ...] = ()

    @property
    def text(self) -> str:
        """Return its text with single spaces."""
        words = "".join(self.pieces).translate(_INVISIBLE).split()
        return " ".join(_without_borders(words, position) for position in range(len(words)))

    def build(self) -> Line:
        """Return the line as it stands now."""
        text = self.text
        beside_external_link = self.beside_external_link or any(
            entry.names_other_site for entry in self.entries
        )
        context = TextContext(
            text[:MAX_CONTEXT_LENGTH],
            self.previous_line,
            self.heading,
            self.placement,
            beside_external_link,
        )
        return Line(text, context, tuple(self.mail_candidates), self.reversed, self.continues)


@dataclass(slots=True)
class VisibleContent:
    """The visible lines of a page, and its visible forms with the text around them."""

    lines: list[Line]
    forms: list[tuple[Any, TextContext]]
    embedded: list[tuple[str, TextContext]]
    """Addresses of frames and scripts in the page."""


def read_visible_content(root: Any, external_hrefs: Collection[str]) -> VisibleContent:
    """Read a parsed page; `external_hrefs` are its hrefs that lead to other sites."""
    walk = _Walker(hidden_names(root), external_hrefs)
    walk.run(root)
    lines = [draft.build() for draft in walk.lines if draft.pieces or draft.mail_candidates]
    return VisibleContent(lines, walk.forms, walk.frames)


@dataclass(slots=True)
class _Walker:
    hidden: HiddenNames
    external_hrefs: Collection[str]
    lines: list[_LineBuilder] = field(default_factory=lambda: [_LineBuilder("", "")])
    forms: list[tuple[Any, TextContext]] = field(default_factory=list)
    frames: list[tuple[str, TextContext]] = field(default_factory=list)
    _placements: list[Placement | None] = field(default_factory=lambda: [None])
    _entries: list[tuple[Any, _Entry | None]] = field(default_factory=lambda: [(None, None)])
    _heading_entry: tuple[Any, _Entry | None] = (None, None)
    _heading: str = ""
    _hidden: Any = None
    _length: int = 0

    def run(self, root: Any) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self._leave(element)
            elif self._is_full or visibility_of(element, self.hidden) is not Visibility.VISIBLE:
                self._placements.append(self._placements[-1])
                self._hidden = element
                walker.skip_subtree()
            else:
                self._enter(element)
                if element.tag in INVISIBLE_TAGS:
                    walker.skip_subtree()

    @property
    def _is_full(self) -> bool:
        return self._length > MAX_TEXT_LENGTH or len(self.lines) > MAX_LINES

    def _enter(self, element: Any) -> None:
        tag = element.tag
        self._placements.append(placement_of(element, self._placements[-1]))
        if tag in LINE_BREAKING_TAGS:
            self._break_line(continues=tag == "br")
            self._open_entry(element)
        line = self.lines[-1]
        if not line.pieces:
            line.placement = self._placements[-1] or Placement.MAIN
            line.entries = self._open_entries
        if tag == "form":
            self.forms.append((element, self._form_context()))
        elif tag in {"iframe", "script"} and element.get("src"):
            if len(self.frames) < MAX_FRAMES:
                self.frames.append((element.get("src"), self._form_context()))
        elif len(line.mail_candidates) < MAX_CANDIDATES_PER_LINE and _may_be_mail_link(element):
            line.mail_candidates.append(element)
        if tag == "a" and element.get("href") in self.external_hrefs:
            line.beside_external_link = True
            self._count_link()
        style = element.get("style", "")[:MAX_ATTRIBUTE_LENGTH].lower()
        line.reversed = line.reversed or bool(_RTL_OVERRIDE.search(style))
        if tag == "img":
            self._add_text(f" {element.get('alt', '')} ")
        if tag not in INVISIBLE_TAGS:
            self._add_text(element.text, border=True)

    def _leave(self, element: Any) -> None:
        if element.tag in HEADING_TAGS:
            self._heading = self.lines[-1].text[:MAX_CONTEXT_LENGTH]
        if element.tag in LINE_BREAKING_TAGS and element.tag != "br":
            self._break_line()
            self._close_entry(element)
        self._placements.pop()
        # A possible line break is no border, nor is what the page hides within a word.
        self._add_text(element.tail, border=element is not self._hidden and element.tag != "wbr")

    @property
    def _open_entries(self) -> tuple[_Entry, ...]:
        return tuple(entry for _, entry in (self._entries[-1], self._heading_entry) if entry)

    def _open_entry(self, element: Any) -> None:
        tag, outer = element.tag, self._entries[-1][1]
        beyond = None if outer and outer.is_row else outer
        if tag in _ENTRY_TAGS:
            self._entries.append((element, _Entry(tag == "tr", beyond)))
        elif tag in _BLOCK_TAGS:
            self._entries.append((element, beyond))
        elif tag == "dt" and outer:
            self._entries[-1] = (self._entries[-1][0], _Entry())
        if tag in HEADING_TAGS:
            self._heading_entry = self._entries[-1]
        elif tag in {"hr", "footer"}:
            self._heading_entry = (None, None)

    def _close_entry(self, element: Any) -> None:
        if self._entries[-1][0] is element:
            self._entries.pop()
        heading = self._heading_entry[0]
        # A box ends what its heading is about; a box around the heading alone does not.
        if heading is not None and heading.getparent() is element and element[-1] is not heading:
            self._heading_entry = (None, None)

    def _count_link(self) -> None:
        if entry := self._entries[-1][1]:
            entry.links += 1

    def _form_context(self) -> TextContext:
        """Return the context of a form that begins here."""
        line = self.lines[-1]
        text = (line.text or line.previous_line)[:MAX_CONTEXT_LENGTH]
        return TextContext(text, line.previous_line, self._heading, line.placement)

    def _add_text(self, text: str | None, *, border: bool = False) -> None:
        line = self.lines[-1]
        if text and line.length < MAX_LINE_LENGTH and (line.pieces or text.strip()):
            if not line.pieces:
                line.heading = self._heading
                line.entries = self._open_entries
            line.pieces.append(f"{_BORDER if border else ''}{text[:MAX_LINE_LENGTH]}")
            line.length += len(text)
            self._length += len(text)

    def _break_line(self, *, continues: bool = False) -> None:
        line = self.lines[-1]
        if line.mail_candidates or line.text:
            short = len(line.text.split()) <= MAX_SHORT_LINE_WORDS
            self.lines.append(_LineBuilder(self._heading, line.text if short else "", continues))
        else:
            line.continues = line.continues and continues


def _without_borders(words: list[str], position: int) -> str:
    """Return a word, split where only an element's border separates an address from other text.

    Pages set them apart by style alone: `<b>Email</b><span>info@club.org</span>`.
    """
    word = words[position]
    if _BORDER not in word:
        return word
    near = words[max(position - 1, 0) : position + 2]
    if not any(_AT.search(other.replace(_BORDER, "")) for other in near):
        return word.replace(_BORDER, "")
    parted = [""]
    for piece in filter(None, word.split(_BORDER)):
        if parted[-1] and not _continues_address(parted[-1], piece):
            parted.append("")
        parted[-1] += piece
    return " ".join(parted)


def _continues_address(before: str, after: str) -> bool:
    """Return whether two pieces are one address, part of it in bold or the like."""
    if before.endswith("@"):
        return True
    if "@" in before:
        is_suffix = after[0] == "." and after[1:2].islower()
        return "@" not in after and (is_suffix or not _WHOLE_ADDRESS.search(before))
    if after.startswith("@"):
        return True
    if (len(before) == 1 and before.islower()) or (len(after) == 1 and after.islower()):
        return True
    # "E-mail." is a label before a whole address, while "first." begins one that goes on.
    return "@" not in after and (
        before.endswith(_WITHIN_ADDRESSES) or after.startswith(_WITHIN_ADDRESSES)
    )


def _may_be_mail_link(element: Any) -> bool:
    return has_mail_attribute(element) or (
        element.tag in _MAIL_LINK_TAGS and not (element.tag == "a" and is_empty_link(element))
    )


def has_mail_attribute(element: Any) -> bool:
    """Return whether a script may turn an element into a mail link."""
    return any(
        name.startswith(("data-cfemail", "data-mail", "data-email"))
        or (name.startswith("on") and "mailto" in value.lower())
        for name, value in element.items()
    )
