"""Writes new cells into a sheet as the user left it: widths, views, colours, choices, drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from openpyxl.utils import range_boundaries

from brokenlinks.report.workbook.moves import Moves
from brokenlinks.report.workbook.package import (
    MAIN,
    RELATION,
    Link,
    Package,
    child,
    free_id,
    parse,
    serialized,
)

ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks"),
    *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "ignoredErrors", "drawing", "legacyDrawing", "legacyDrawingHF"),
    *("picture", "tableParts", "extLst"),
)
"""What is kept of a sheet or written into it, in the order that the format demands."""
WRITTEN = frozenset({"dimension", "sheetData", "hyperlinks", "legacyDrawing", "tableParts"})
OF_TABLE = frozenset({"autoFilter", "sortState"})
"""What programs without tables write on a sheet: its table gets it."""
WRITTEN_LINKS = frozenset({"hyperlink", "comments", "vmlDrawing", "table"})
LOST = {
    "autoFilter": "filters",
    "mergeCells": "merged cells",
    "controls": "form controls",
    "AlternateContent": "form controls",
    "oleObjects": "embedded objects",
    "scenarios": "scenarios",
    "protectedRanges": "protected ranges",
    "customSheetViews": "custom views",
}
"""What has no place among the new cells, in words; what is not here has its own name."""
SPARKLINES = "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"
"""The `uri` of the extension that draws them: each belongs to a cell and to cells beside it."""
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
FORMULAS = tuple(f"{{{MAIN}}}{name}" for name in ("formula", "formula1", "formula2"))
TRUE = frozenset({"1", "true"})
LATER = 1_000
"""Added to the priorities of our rules for new columns, so that the user's come first."""
NAMESPACES = {"m": MAIN, "xm": XM, "x14": X14, "xdr": XDR, "a": DRAWING}


class CarriedSheet:
    """One sheet of the package `old`, whose cells are replaced by those of a sheet of `new`.

    Without `moves` the cells are where they were. `lost` is what could not be kept, in words.
    """

    def __init__(
        self, old: Package, target: str, new: Package, source: str, moves: Moves | None
    ) -> None:
        self.lost: set[str] = set()
        self._old, self._target, self._new, self._moves = old, target, new, moves
        self._root, self._written = parse(old.parts[target]), parse(new.parts[source])
        self._links, self._new_links = old.links(target), new.links(source)
        self._adopted: dict[str, str] = {}

    def write(self, rich_texts: Mapping[int, Any], table_id: int) -> None:
        """Write the sheet into the package.

        `rich_texts` are the file's shared strings that have formats within, `table_id` is a number
        that no table of the file has.
        """
        self._restore_cells(rich_texts)
        parts = self._parts()
        header = {node.get(f"{{{RELATION}}}id") for node in parts.get("legacyDrawingHF", [])}
        kept = {
            identifier: link
            for identifier, link in self._links.items()
            if link.kind not in WRITTEN_LINKS or identifier in header
        }
        prefix = "w"
        while any(identifier.startswith(prefix) for identifier in kept):
            prefix += "w"
        added = {f"{prefix}{i}": self._adopt(link, table_id) for i, link in self._new_links.items()}
        for name in ("hyperlinks", "legacyDrawing", "tableParts", "drawing"):
            for node in self._written.iterfind(f"m:{name}", NAMESPACES):
                for one in node.iter("*"):
                    if f"{{{RELATION}}}id" in one.attrib:
                        one.set(f"{{{RELATION}}}id", prefix + one.get(f"{{{RELATION}}}id"))
        self._move_threads(kept)
        self._draw(parts, kept, added)
        # Moving cells from one tree to another takes lxml minutes: they are put in as text.
        cells = {f"<!--{name}-->".encode(): parts.pop(name) for name in WRITTEN}
        self._root[:] = [
            element
            for name in ORDER
            for element in ([etree.Comment(name)] if name in WRITTEN else parts.get(name, []))
        ]
        content = serialized(self._root)
        for mark, elements in cells.items():
            text = b"".join(etree.tostring(element, with_tail=False) for element in elements)
            content = content.replace(mark, text, 1)
        self._old.parts[self._target] = content
        self._old.set_links(self._target, kept | added)

    def _parts(self) -> dict[str, list[Any]]:
        """Return the sheet's elements by name: the user's, and what is written anew."""
        parts: dict[str, list[Any]] = {}
        known = {*ORDER, *(OF_TABLE if self._moves is not None else ())}
        for element in self._root.iterchildren("*"):
            name = etree.QName(element).localname
            if name not in known:
                self.lost.add(LOST.get(name, name))
            elif name not in WRITTEN:
                parts.setdefault(name, []).append(element)
        for name in WRITTEN:
            parts[name] = self._written.findall(f"{{{MAIN}}}{name}")
        self._set_view()
        if self._moves is not None:
            self._move(parts, self._moves)
        return parts

    def _set_view(self) -> None:
        """Select the sheet if the workbook opens on it, and leave no mark of a filter."""
        selected = self._written.find("m:sheetViews/m:sheetView", NAMESPACES).get("tabSelected")
        for view in self._root.iterfind("m:sheetViews/m:sheetView", NAMESPACES):
            view.set("tabSelected", "1" if selected in TRUE else "0")
        for properties in self._root.iterfind("m:sheetPr", NAMESPACES):
            properties.attrib.pop("filterMode", None)

    def _move(self, parts: dict[str, list[Any]], moves: Moves) -> None:
        """Let everything that belongs to cells follow them."""
        parts["cols"] = _columns(self._root, self._written, moves)
        levels = [int(one.get("outlineLevel", 0)) for cols in parts["cols"] for one in cols]
        for sizes in parts.get("sheetFormatPr", []):
            sizes.set("outlineLevelCol", str(max(levels, default=0)))
        colours = self._written.findall("m:conditionalFormatting", NAMESPACES)
        for rule in (rule for colour in colours for rule in colour):
            rule.set("priority", str(int(rule.get("priority", 1)) + LATER))
        parts["conditionalFormatting"] = [
            *_moved(parts.get("conditionalFormatting", []), moves),
            *_of_new_columns(colours, moves),
        ]
        written = self._written.findall("m:dataValidations/m:dataValidation", NAMESPACES)
        choices = [
            *_moved([one for lists in parts.get("dataValidations", []) for one in lists], moves),
            *_of_new_columns(written, moves),
        ]
        parts["dataValidations"] = []
        if choices:
            lists = self._root.makeelement(f"{{{MAIN}}}dataValidations", count=str(len(choices)))
            lists[:] = choices
            parts["dataValidations"] = [lists]
        for errors in parts.get("ignoredErrors", []):
            errors[:] = _moved(errors.findall("m:ignoredError", NAMESPACES), moves)
        parts["ignoredErrors"] = [one for one in parts.get("ignoredErrors", []) if len(one)]
        for extensions in parts.get("extLst", []):
            self._move_extensions(extensions, moves)
        parts["extLst"] = [one for one in parts.get("extLst", []) if len(one)]

    def _move_extensions(self, extensions: Any, moves: Moves) -> None:
        """Move what Excel stores apart: drop-downs from other sheets, newer conditional formats."""
        for extension in extensions.xpath("*[@uri=$uri]", uri=SPARKLINES):
            self.lost.add("sparklines")
            extensions.remove(extension)
        for place in extensions.findall(".//xm:sqref", NAMESPACES):
            owner, before = place.getparent(), place.text or ""
            place.text = moves.area(before)
            if not place.text:
                owner.getparent().remove(owner)
                continue
            for formula in owner.iterfind(".//xm:f", NAMESPACES):
                formula.text = moves.formula(formula.text or "", before, place.text)
        for group in extensions.xpath("*/x14:dataValidations", namespaces=NAMESPACES):
            group.set("count", str(len(group)))
        emptied = "*[not(*) or (count(*) = 1 and x14:*[not(*)])]"
        for extension in extensions.xpath(emptied, namespaces=NAMESPACES):
            extensions.remove(extension)

    def _adopt(self, link: Link, table_id: int) -> Link:
        """Return a relationship of the new sheet for the package; copies the part it leads to."""
        if link.external:
            return link
        if link.kind == "table" and self._moves is not None:
            return link._replace(target=self._table(link.target, table_id, self._moves))
        return link._replace(target=self._old.adopt(self._new, link.target, self._adopted))

    def _table(self, written: str, table_id: int, moves: Moves) -> str:
        """Write the sheet's table into the old one of that name; returns the name of the part."""
        root = parse(self._new.parts[written])
        name = root.get("displayName")
        tables = {
            parse(self._old.parts[part]).get("displayName"): part
            for part in self._old.linked(self._target, "table")
        }
        if tables.keys() - {name}:
            self.lost.add("another table")
        if name in tables:
            part = tables[name]
            root = _updated_table(parse(self._old.parts[part]), root, moves)
        else:
            part = self._old.adopt(self._new, written, self._adopted)
            root.set("id", str(table_id))
            filtered = child(self._root, "autoFilter")
            if filtered is not None:
                own = child(root, "autoFilter")
                own[:] = list(_moved_filter(filtered, root.get("ref"), moves))
        self._old.parts[part] = serialized(root)
        return part

    def _restore_cells(self, rich_texts: Mapping[int, Any]) -> None:
        """Give texts with formats within them, and pictures in cells, back to the new cells."""
        special = {}
        for cell in self._root.iterfind("m:sheetData/m:row/m:c", NAMESPACES):
            if "vm" in cell.attrib or (cell.get("t") == "s" and _number(cell) in rich_texts):
                place = cell.get("r") if self._moves is None else self._moves.cell(cell.get("r"))
                special[place] = cell
        if not special:
            return
        for cell in self._written.iterfind("m:sheetData/m:row/m:c", NAMESPACES):
            old = special.get(cell.get("r"))
            if old is None or _shown(cell) != _shown(old, rich_texts):
                continue
            del special[cell.get("r")]
            if "vm" in old.attrib:
                cell.set("vm", old.get("vm"))
            else:
                child(cell, "is")[:] = deepcopy(list(rich_texts[_number(old)]))
        self.lost |= {
            "pictures in cells" if "vm" in cell.attrib else "formats within a text"
            for cell in special.values()
        }

    def _move_threads(self, links: dict[str, Link]) -> None:
        """Let threads of comments follow their cells; the file has each as a comment as well."""
        for identifier, link in list(links.items()):
            if link.kind != "threadedComment" or link.target not in self._old.parts:
                continue
            places = self._places_of_threads()
            root = parse(self._old.parts[link.target])
            for comment in list(root):
                place = places.get(comment.get("parentId") or comment.get("id"))
                if place is None:
                    self.lost.add("threads of comments")
                    root.remove(comment)
                else:
                    comment.set("ref", place)
            self._old.parts[link.target] = serialized(root)
            if not len(root):
                del links[identifier]

    def _places_of_threads(self) -> dict[str, str]:
        """Return the cells of comments by the id of their thread, which is their author's name."""
        places = {}
        for link in self._new_links.values():
            if link.kind == "comments":
                root = parse(self._new.parts[link.target])
                authors = [
                    node.text or "" for node in root.iterfind("m:authors/m:author", NAMESPACES)
                ]
                for comment in root.iterfind("m:commentList/m:comment", NAMESPACES):
                    author = authors[int(comment.get("authorId"))]
                    places[author.removeprefix("tc=")] = comment.get("ref")
        return places

    def _draw(
        self, parts: dict[str, list[Any]], kept: dict[str, Link], added: dict[str, Link]
    ) -> None:
        """Keep the user's drawings; of our charts the old ones get the new data."""
        written = self._written.findall("m:drawing", NAMESPACES)
        own = [kept[node.get(f"{{{RELATION}}}id")].target for node in parts.get("drawing", [])]
        if not own:
            parts["drawing"] = written
        elif written:
            [identifier] = [node.get(f"{{{RELATION}}}id") for node in written]
            _merge_charts(self._old, own[0], added.pop(identifier).target)
        elif self._moves is not None:
            root = parse(self._old.parts[own[0]])
            for anchor in root:
                _move_anchor(anchor, self._moves)
            self._old.parts[own[0]] = serialized(root)


def _columns(root: Any, written: Any, moves: Moves) -> list[Any]:
    """Return the widths and formats of columns: the user's, or ours for new columns."""
    ours = {int(one.get("min")): one for one in written.iterfind("m:cols/m:col", NAMESPACES)}
    own = child(root, "cols")
    if own is None:
        return list(written.findall("m:cols", NAMESPACES))
    beyond = max((*moves.columns, *moves.columns.values(), *ours)) + 1
    found: dict[int, Any] = {}
    rest = []
    for one in own:
        first, last = int(one.get("min")), int(one.get("max"))
        for number in range(first, min(last, beyond - 1) + 1):
            if number in moves.columns:
                found[moves.columns[number]] = one
        if last >= beyond:
            rest.append(deepcopy(one))
            rest[-1].set("min", str(max(first, beyond)))
    before = set(moves.columns.values())
    columns = []
    for number in sorted({*found, *ours}):
        one = deepcopy(found.get(number, None if number in before else ours.get(number)))
        if one is None:
            continue
        one.attrib.update({"min": str(number), "max": str(number)})
        if number in ours:
            one.set("hidden", ours[number].get("hidden", "0"))
        columns.append(one)
    cols = root.makeelement(f"{{{MAIN}}}cols")
    cols[:] = [*columns, *rest]
    return [cols] if len(cols) else []


def _moved(rules: Iterable[Any], moves: Moves) -> Iterator[Any]:
    """Yield conditional formats and the like that still have cells, with the cells of now."""
    for rule in rules:
        before = rule.get("sqref")
        after = moves.area(before)
        if after:
            rule.set("sqref", after)
            for formula in rule.iter(*FORMULAS):
                formula.text = moves.formula(formula.text or "", before, after)
            yield rule


def _of_new_columns(rules: Iterable[Any], moves: Moves) -> Iterator[Any]:
    """Yield our rules for columns that the old sheet did not have."""
    before = set(moves.columns.values())
    for rule in rules:
        if range_boundaries(rule.get("sqref"))[0] not in before:
            yield rule


def _updated_table(root: Any, written: Any, moves: Moves) -> Any:
    """Return the user's table with the new rows and columns; its filters and order stay."""
    for name in ("totalsRowCount", "headerRowCount", "insertRow", "insertRowShift"):
        root.attrib.pop(name, None)
    columns, new_columns = child(root, "tableColumns"), child(written, "tableColumns")
    known = {one.get("name").casefold(): one for one in columns}
    last = max((int(one.get("id")) for one in columns), default=0)
    kept = []
    for number, column in enumerate(new_columns, start=1):
        one = known.get(column.get("name").casefold(), column)
        if one is column:
            one.set("id", str(last + number))
        one.set("name", column.get("name"))
        kept.append(one)
    columns[:] = kept
    columns.set("count", str(len(kept)))
    filtered = child(root, "autoFilter")
    if filtered is not None:
        filtered[:] = list(_moved_filter(filtered, written.get("ref"), moves))
        filtered.set("ref", written.get("ref"))
    for sort in root.findall("m:sortState", NAMESPACES):
        if not _move_sort(sort, moves):
            root.remove(sort)
    root.set("ref", written.get("ref"))
    return root


def _moved_filter(filtered: Any, area: str, moves: Moves) -> Iterator[Any]:
    """Yield what a filter consists of, for a table in `area`."""
    left, first = (range_boundaries(one)[0] or 1 for one in (filtered.get("ref"), area))
    columns = []
    for one in filtered.findall("m:filterColumn", NAMESPACES):
        column = moves.columns.get(left + int(one.get("colId")))
        if column is not None:
            one.set("colId", str(column - first))
            columns.append(one)
    yield from sorted(columns, key=lambda one: int(one.get("colId")))
    yield from (s for s in filtered.findall("m:sortState", NAMESPACES) if _move_sort(s, moves))


def _move_sort(sort: Any, moves: Moves) -> bool:
    """Move an order to its cells of now; returns whether it still has any."""
    for place in (sort, *sort.findall("m:sortCondition", NAMESPACES)):
        place.set("ref", moves.area(place.get("ref")).partition(" ")[0])
        if not place.get("ref"):
            return False
    return True


def _move_anchor(anchor: Any, moves: Moves) -> None:
    """Let a drawing follow the cell at its upper left corner."""
    for axis, places in (("col", moves.columns), ("row", moves.rows)):
        corners = anchor.xpath(f"xdr:from/xdr:{axis}|xdr:to/xdr:{axis}", namespaces=NAMESPACES)
        if not corners:
            continue
        before = int(corners[0].text) + 1
        shift = places.get(before, before) - before
        for corner in corners:
            corner.text = str(int(corner.text) + shift)


def _merge_charts(package: Package, own: str, written: str) -> None:
    """Give our charts on the user's drawing their new data; new charts are added.

    Charts are known by their title.
    """
    root, new_root = parse(package.parts[own]), parse(package.parts[written])
    links, new_links = package.links(own), package.links(written)
    titles = {_title(package, link): identifier for identifier, link in links.items()}
    shapes = [int(node.get("id")) for node in root.iter(f"{{{XDR}}}cNvPr")]
    for anchor in list(new_root):
        for chart in anchor.xpath(".//*[@r:id]", namespaces={"r": RELATION}):
            link = new_links[chart.get(f"{{{RELATION}}}id")]
            known = titles.get(_title(package, link))
            if known is not None:
                links[known] = link
                continue
            identifier = free_id(links)
            links[identifier] = link
            chart.set(f"{{{RELATION}}}id", identifier)
            for node in anchor.iter(f"{{{XDR}}}cNvPr"):
                shapes.append(max((0, *shapes)) + 1)
                node.set("id", str(shapes[-1]))
            root.append(anchor)
    package.parts[own] = serialized(root)
    package.set_links(own, links)


def _title(package: Package, link: Link) -> str:
    """Return the title of a chart, for anything else its name, which no chart has for a title."""
    if link.kind != "chart" or link.target not in package.parts:
        return link.target
    texts = parse(package.parts[link.target]).xpath(
        "*/*[local-name()='title']//a:t", namespaces=NAMESPACES
    )
    return "".join(node.text or "" for node in texts) or link.target


def _number(cell: Any) -> int:
    return int(cell.findtext(f"{{{MAIN}}}v") or -1)


def _shown(cell: Any, rich_texts: Mapping[int, Any] | None = None) -> str:
    """Return the text of a cell; `rich_texts` for one whose text is a shared string."""
    source = cell if rich_texts is None or "vm" in cell.attrib else rich_texts[_number(cell)]
    return "".join(node.text or "" for node in source.iter(f"{{{MAIN}}}t", f"{{{MAIN}}}v"))
