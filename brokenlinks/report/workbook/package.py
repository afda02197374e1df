"""A workbook file as a package of parts: parts that nobody changes stay as they are, byte for byte.

After ECMA-376, part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import string
from collections.abc import Container, Sequence
from io import BytesIO
from itertools import chain, count
from posixpath import dirname, join, normpath, split, splitext
from typing import Any, NamedTuple
from urllib.parse import quote, unquote
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree  # type: ignore[import-untyped]

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT_TYPES = "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
"""The namespace of workbooks, sheets, styles and tables."""
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


class Link(NamedTuple):
    """A relationship: its type, and the name of a part or, if `external`, an address.

    A shape may also lead to a place in the workbook, "#Sheet1!A1".
    """

    type: str
    target: str
    external: bool = False

    @property
    def leads_to_part(self) -> bool:
        """Whether `target` is the name of a part."""
        return not (self.external or self.target.startswith("#"))

    @property
    def kind(self) -> str:
        """The last word of the type, such as "worksheet"."""
        return self.type.rpartition("/")[2]


class Package:
    """The parts of a file by name, such as "xl/workbook.xml", and their content types."""

    def __init__(self, content: bytes) -> None:
        with ZipFile(BytesIO(content)) as archive:
            self.parts = {
                name: archive.read(name) for name in archive.namelist() if not name.endswith("/")
            }
        self._types: dict[str, str] = {}
        self._defaults: dict[str, str] = {}
        for node in parse(self.parts.pop(CONTENT_TYPES)):
            if "PartName" in node.attrib:
                self._types[node.get("PartName").lstrip("/")] = node.get("ContentType")
            elif "Extension" in node.attrib:
                self._defaults[node.get("Extension").lower()] = node.get("ContentType")
        self._used = self._reachable()

    def links(self, part: str) -> dict[str, Link]:
        """Return a part's relationships by id; "" is the package itself."""
        content = self.parts.get(_links_name(part))
        if content is None:
            return {}
        return {
            node.get("Id"): self._link(part, node)
            for node in parse(content)
            if node.get("Id") and node.get("Target") is not None
        }

    def _link(self, part: str, node: Any) -> Link:
        external = node.get("TargetMode") == "External"
        link = Link(node.get("Type", ""), node.get("Target"), external)
        if not link.leads_to_part:
            return link
        place = join("/", dirname(part), unquote(link.target))
        return link._replace(target=normpath(place).lstrip("/"))

    def set_links(self, part: str, links: dict[str, Link]) -> None:
        """Replace a part's relationships."""
        root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
        for identifier, link in links.items():
            target = link.target
            if link.leads_to_part:
                target = quote(f"/{target}", safe="/!$&'()+,;=@")
            node = etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship")
            node.attrib.update({"Id": identifier, "Type": link.type, "Target": target})
            if link.external:
                node.set("TargetMode", "External")
        self.parts[_links_name(part)] = serialized(root)

    def linked(self, part: str, kind: str) -> list[str]:
        """Return the parts of a kind that a part refers to."""
        links = self.links(part).values()
        return [link.target for link in links if link.kind == kind and link.target in self.parts]

    def adopt(self, other: Package, part: str, adopted: dict[str, str]) -> str:
        """Copy a part of another package with all that it refers to; returns its new name.

        `adopted` are the new names of parts that were copied before.
        """
        if part not in adopted:
            name = adopted[part] = self._free_name(part)
            self.parts[name] = other.parts[part]
            self._types[name] = other.type_of(part)
            self._used |= {name, _links_name(name)}
            links = {
                identifier: link._replace(target=self.adopt(other, link.target, adopted))
                if link.leads_to_part
                else link
                for identifier, link in other.links(part).items()
            }
            if links:
                self.set_links(name, links)
        return adopted[part]

    def type_of(self, part: str) -> str:
        """Return a part's content type."""
        default = self._defaults.get(part.rpartition(".")[2].lower(), "application/xml")
        return self._types.get(part, default)

    def content(self) -> bytes:
        """Return the file, without the parts that nothing refers to any more."""
        dropped = self._used - self._reachable()
        kept = {name: content for name, content in self.parts.items() if name not in dropped}
        root = etree.Element(f"{{{TYPES}}}Types", nsmap={None: TYPES})
        for extension, content_type in self._defaults.items():
            node = etree.SubElement(root, f"{{{TYPES}}}Default", Extension=extension)
            node.set("ContentType", content_type)
        for name, content_type in self._types.items():
            if name in kept:
                node = etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{name}")
                node.set("ContentType", content_type)
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for name, part in {CONTENT_TYPES: serialized(root), **kept}.items():
                archive.writestr(name, part)
        return file.getvalue()

    def _free_name(self, part: str) -> str:
        stem, extension = splitext(part)
        stem = stem.rstrip(string.digits)
        taken = {name.casefold() for name in self.parts}
        names = chain([part], (f"{stem}{number or ''}{extension}" for number in count()))
        return next(name for name in names if name.casefold() not in taken)

    def _reachable(self) -> set[str]:
        """Return all parts that the package leads to, and their relationships."""
        found: set[str] = set()
        waiting = [""]
        while waiting:
            part = waiting.pop()
            found |= {part, _links_name(part)}
            targets = {link.target for link in self.links(part).values() if link.leads_to_part}
            waiting += targets & self.parts.keys() - found
        return found


def parse(content: bytes) -> Any:
    """Return the root of a part."""
    return etree.fromstring(content, _PARSER)


def serialized(root: Any) -> bytes:
    """Return a part with this root."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def child(root: Any, name: str) -> Any:
    """Return the first child with a name of the workbook's own namespace, None without one."""
    return root.find(f"{{{MAIN}}}{name}")


def insert(root: Any, name: str, order: Sequence[str]) -> Any:
    """Add a child at its place in the `order` of names that the format demands; returns it."""
    before = set(order[: order.index(name)])
    node = root.makeelement(f"{{{MAIN}}}{name}")
    root.insert(sum(etree.QName(one).localname in before for one in root.iterchildren("*")), node)
    return node


def free_id(taken: Container[str]) -> str:
    """Return an id that no relationship has."""
    return next(name for number in count(1) if (name := f"rId{number}") not in taken)


def _links_name(part: str) -> str:
    folder, name = split(part)
    return join(folder, "_rels", f"{name}.rels")
