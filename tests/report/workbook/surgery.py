"""Edits a workbook as Excel would, part by part: openpyxl cannot write all that Excel does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
LINK = "rId900"
PICTURE = b"\x89PNG\r\n\x1a\n and so on"


def read_parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: dict[str, bytes]) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def part_of(path: Path, sheet: str) -> str:
    """Return the name of a sheet's part."""
    parts = read_parts(path)
    book, links = (parts[name].decode() for name in ("xl/workbook.xml", LINKS_OF_BOOK))
    [element] = [one for one in re.findall("<sheet [^>]*>", book) if f'name="{sheet}"' in one]
    identifier = _attribute(element, "r:id")
    [link] = [
        one for one in re.findall("<Relationship [^>]*>", links) if f'Id="{identifier}"' in one
    ]
    return "xl/" + _attribute(link, "Target").removeprefix("/xl/")


LINKS_OF_BOOK = "xl/_rels/workbook.xml.rels"


def _attribute(element: str, name: str) -> str:
    found = re.search(f'{name}="([^"]*)"', element)
    assert found, (element, name)
    return found[1]


def replace_in(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change the text of a part, which must change."""
    parts = read_parts(path)
    before = parts[part].decode()
    after = change(before)
    assert after != before
    parts[part] = after.encode()
    write_parts(path, parts)


def before_end(text: str, *, ahead_of: str = "tableParts") -> Callable[[str], str]:
    """Return a change that puts an element ahead of another one, or at the end of the sheet."""
    return lambda sheet: re.sub(f"(?=<{ahead_of}|</worksheet>)", lambda _: text, sheet, count=1)


def link_part(
    path: Path, sheet: str, name: str, content: bytes, *, kind: str = f"{OFFICE}/drawing"
) -> None:
    """Add a part that a sheet refers to as `LINK`, and its content type."""
    part = part_of(path, sheet)
    rels = re.sub(r"([^/]+)$", r"_rels/\1.rels", part)
    parts = read_parts(path)
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    node = f'<Relationship Id="{LINK}" Type="{kind}" Target="/{name}"/>'
    old = parts.get(rels, empty).decode()
    parts[rels] = re.sub(
        "/>$|</Relationships>",
        lambda found: ("" if "</" in found[0] else ">") + node + "</Relationships>",
        old.strip(),
    ).encode()
    parts[name] = content
    if name.startswith("xl/drawings/"):
        override = f'<Override PartName="/{name}" ContentType="{DRAWING_TYPE}"/></Types>'
        types = parts["[Content_Types].xml"].decode().replace("</Types>", override)
        parts["[Content_Types].xml"] = types.encode()
    write_parts(path, parts)


def add_strings(path: Path, strings: str) -> None:
    """Give the workbook a list of shared strings."""
    parts = read_parts(path)
    parts["xl/sharedStrings.xml"] = strings.encode()
    write_parts(path, parts)
    link = f'<Relationship Id="{LINK}" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    replace_in(
        path,
        LINKS_OF_BOOK,
        lambda text: text.replace("</Relationships>", f"{link}</Relationships>"),
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
    replace_in(
        path, "[Content_Types].xml", lambda text: text.replace("</Types>", f"{override}</Types>")
    )


def add_picture(path: Path, sheet: str, row: int, number: int = 9) -> None:
    """Put a picture on a sheet, its corner in the first column of a row."""
    name = f"xl/drawings/drawing{number}0.xml"
    xdr = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    corner = "<xdr:col>{}</xdr:col><xdr:row>{}</xdr:row>"
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{xdr}" xmlns:a="{a}" xmlns:r="{OFFICE}"><xdr:twoCellAnchor>'
        f"<xdr:from>{corner.format(0, row - 1)}</xdr:from>"
        f"<xdr:to>{corner.format(1, row)}</xdr:to>"
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Shot"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        '<xdr:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        '<xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr></xdr:pic><xdr:clientData/>'
        "</xdr:twoCellAnchor></xdr:wsDr>"
    )
    link_part(path, sheet, name, drawing.encode())
    replace_in(
        path,
        part_of(path, sheet),
        before_end(f'<drawing xmlns:r="{OFFICE}" r:id="{LINK}"/>'),
    )
    parts = read_parts(path)
    media = f"xl/media/image{number}.png"
    parts[media] = PICTURE
    parts[f"xl/drawings/_rels/drawing{number}0.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/image" Target="../media/image{number}.png"/>'
        "</Relationships>"
    ).encode()
    if 'Extension="png"' not in parts["[Content_Types].xml"].decode():
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"<Default", b'<Default Extension="png" ContentType="image/png"/><Default', 1
        )
    write_parts(path, parts)


def sheet_text(path: Path, sheet: str = "Opportunities") -> str:
    """Return the XML of a sheet."""
    return read_parts(path)[part_of(path, sheet)].decode()


def table_text(path: Path, table: str = "Opportunities") -> str:
    """Return the XML of a table."""
    [text] = [
        content.decode()
        for name, content in read_parts(path).items()
        if name.startswith("xl/tables/") and f'displayName="{table}"'.encode() in content
    ]
    return text


def replace_in_table(
    path: Path, change: Callable[[str], str], table: str = "Opportunities"
) -> None:
    """Change the XML of a table."""
    [part] = [
        name
        for name, content in read_parts(path).items()
        if name.startswith("xl/tables/") and f'displayName="{table}"'.encode() in content
    ]
    replace_in(path, part, change)


def hidden_rows(path: Path, sheet: str = "Opportunities") -> set[int]:
    """Return the numbers of a sheet's hidden rows."""
    rows = load_workbook(path)[sheet].row_dimensions
    return {number for number, row in rows.items() if row.hidden}
