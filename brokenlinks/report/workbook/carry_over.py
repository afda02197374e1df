"""Puts the rewritten sheets into the user's own file, so that all else in it stays as it is.

The user's sheets, with pictures, charts and whatever their program added, are not touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from brokenlinks.report.workbook.carried_sheet import CarriedSheet
from brokenlinks.report.workbook.carried_styles import add_styles
from brokenlinks.report.workbook.moves import Moves
from brokenlinks.report.workbook.package import (
    MAIN,
    RELATION,
    Link,
    Package,
    child,
    free_id,
    insert,
    parse,
    serialized,
)

ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr"),
    *("workbookProtection", "bookViews", "sheets", "functionGroups", "externalReferences"),
    *("definedNames", "calcPr"),
)
"""What a workbook's part begins with, in the order that the format demands."""
SHEET_ID = f"{{{RELATION}}}id"
DOCUMENT = "officeDocument"
FILTER_NAME = "_xlnm._FilterDatabase"


def carry_over(
    before: bytes, written: bytes, sheets: Mapping[str, Moves | None], opened: str
) -> tuple[bytes, dict[str, set[str]]]:
    """Put our `sheets`, by title, from the file `written` into the one the user has, `before`.

    `written` must be `before` as openpyxl loads and saves it, which keeps the numbers of styles.
    Sheets without `moves` have their cells where they were. The file opens on the sheet `opened`.
    Returns the new file, and for each sheet in words what could not be kept. Raises any error a
    malformed file leads to.
    """
    book = _Book(Package(before), Package(written))
    lost = {title: book.put(title, moves) for title, moves in sheets.items()}
    return book.content(opened), lost


class _Book:
    """The user's workbook, `old`, which sheets of `new` are put into."""

    def __init__(self, old: Package, new: Package) -> None:
        self._old, self._new = old, new
        [self._part], [new_part] = old.linked("", DOCUMENT), new.linked("", DOCUMENT)
        self._root, self._written = parse(old.parts[self._part]), parse(new.parts[new_part])
        self._links, self._new_links = old.links(self._part), new.links(new_part)
        styles, [new_styles] = old.linked(self._part, "styles"), new.linked(new_part, "styles")
        for part in styles:
            root = parse(old.parts[part])
            add_styles(root, parse(new.parts[new_styles]))
            old.parts[part] = serialized(root)
        if not styles:
            link = Link(f"{RELATION}/styles", old.adopt(new, new_styles, {}))
            self._links[free_id(self._links)] = link
        self._names_before = self._names()
        self._ours: set[str] = set()
        self._rich_texts = {
            number: text
            for part in old.linked(self._part, "sharedStrings")
            for number, text in enumerate(parse(old.parts[part]))
            if child(text, "r") is not None
        }

    def put(self, title: str, moves: Moves | None) -> set[str]:
        """Put a sheet in the place of the old one, or add it; returns what could not be kept."""
        self._ours.add(title)
        own, added = _sheet(self._root, title), _sheet(self._written, title)
        source = self._new_links[added.get(SHEET_ID)].target
        if own is None:
            self._add(added, source)
            return set()
        own.attrib.pop("state", None)
        own.attrib.update({"state": state} if (state := added.get("state")) else {})
        sheet = CarriedSheet(
            self._old, self._links[own.get(SHEET_ID)].target, self._new, source, moves
        )
        sheet.write(self._rich_texts, self._free_table_id())
        return sheet.lost

    def content(self, opened: str) -> bytes:
        """Return the file, which opens on the sheet `opened`."""
        names = self._names()
        self._define_names(names)
        views = _child_or_new(self._root, "bookViews")
        if not len(views):
            views.append(views.makeelement(f"{{{MAIN}}}workbookView"))
        for view in views:
            view.attrib.pop("firstSheet", None)
            view.set("activeTab", str(names.index(opened)))
        for node in child(self._root, "sheets"):
            if node.get("name") not in self._ours:
                _deselect(self._old, self._links[node.get(SHEET_ID)].target)
        _child_or_new(self._root, "calcPr").set("fullCalcOnLoad", "1")
        links = {i: link for i, link in self._links.items() if link.kind != "calcChain"}
        self._old.parts[self._part] = serialized(self._root)
        self._old.set_links(self._part, links)
        return self._old.content()

    def _names(self) -> list[str]:
        return [node.get("name") for node in child(self._root, "sheets")]

    def _add(self, added: Any, source: str) -> None:
        """Add a sheet that the user's file does not have, after the one it follows in the new."""
        sheets = child(self._root, "sheets")
        previous = added.getprevious()
        known = None if previous is None else _sheet(self._root, previous.get("name"))
        part = self._old.adopt(self._new, source, {})
        for table in self._old.linked(part, "table"):
            root = parse(self._old.parts[table])
            root.set("id", str(self._free_table_id()))
            self._old.parts[table] = serialized(root)
        identifier = free_id(self._links)
        self._links[identifier] = Link(f"{RELATION}/worksheet", part)
        node = sheets.makeelement(f"{{{MAIN}}}sheet", dict(added.attrib))
        node.set("sheetId", str(max((int(one.get("sheetId")) for one in sheets), default=0) + 1))
        node.set(SHEET_ID, identifier)
        sheets.insert(0 if known is None else sheets.index(known) + 1, node)
        self._old.set_links(self._part, self._links)

    def _free_table_id(self) -> int:
        """Return a number that no table has."""
        tables = (
            parse(self._old.parts[table])
            for link in self._links.values()
            for table in self._old.linked(link.target, "table")
        )
        return max((int(table.get("id", 0)) for table in tables), default=0) + 1

    def _define_names(self, names: list[str]) -> None:
        """Keep all names and add those of new sheets; those of filters are the tables' own."""
        written = [node.get("name") for node in child(self._written, "sheets")]
        fresh = set(names) - set(self._names_before)
        kept = []
        for root, titles, new in (
            (self._root, self._names_before, False),
            (self._written, written, True),
        ):
            for node in root.iterfind(f"{{{MAIN}}}definedNames/{{{MAIN}}}definedName"):
                number = node.get("localSheetId")
                title = "" if number is None else titles[int(number)]
                of_filter = node.get("name") == FILTER_NAME and title in self._ours
                if of_filter or (new and title not in fresh):
                    continue
                if title:
                    node.set("localSheetId", str(names.index(title)))
                kept.append(node)
        own = _child_or_new(self._root, "definedNames")
        own[:] = kept
        if not kept:
            self._root.remove(own)


def _child_or_new(root: Any, name: str) -> Any:
    found = child(root, name)
    return insert(root, name, ORDER) if found is None else found


def _sheet(root: Any, title: str) -> Any:
    sheets = child(root, "sheets")
    return next((node for node in sheets if node.get("name") == title), None)


def _deselect(package: Package, part: str) -> None:
    """Let a sheet of the user's not be selected along with ours: typing would go into both."""
    head, mark, cells = package.parts[part].partition(b"sheetData")
    package.parts[part] = re.sub(rb'\btabSelected="\w+"', b'tabSelected="0"', head) + mark + cells
