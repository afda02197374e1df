"""Workbooks as other programs save them: spreadsheet programs open all of them, openpyxl none."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile


def replace_in_parts(path: Path, before: bytes, after: bytes) -> None:
    """Replace a text in all parts of a workbook."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(before, after))


def one_odd_style(path: Path) -> None:
    replace_in_parts(path, b'vertical="', b'vertical="odd-')


def strict(path: Path) -> None:
    """Save as Excel does when asked for "Strict Open XML Spreadsheet"."""
    usual, strictly = b"http://schemas.openxmlformats.org", b"http://purl.oclc.org/ooxml"
    for kind in (b"spreadsheetml", b"officeDocument"):
        replace_in_parts(path, b"/".join((usual, kind, b"2006")), b"/".join((strictly, kind)))


def an_underline_with_a_number(path: Path) -> None:
    replace_in_parts(path, b"<font>", b'<font><u val="1"/>')


def an_empty_style_index(path: Path) -> None:
    replace_in_parts(path, b'" s="1"', b'" s=""')


def an_unknown_fill(path: Path) -> None:
    replace_in_parts(path, b'patternType="solid"', b'patternType="Solid"')


def a_broken_drop_down(path: Path) -> None:
    replace_in_parts(path, b"<dataValidation ", b'<dataValidation errorStyle="" ')


def a_frozen_pane_of_another_kind(path: Path) -> None:
    replace_in_parts(path, b'state="frozen"', b'state="Frozen"')


def a_table_without_an_id(path: Path) -> None:
    replace_in_parts(path, b"<tableColumn id=", b"<tableColumn number=")


ODD_FILES = (
    one_odd_style,
    strict,
    an_underline_with_a_number,
    an_empty_style_index,
    an_unknown_fill,
    a_broken_drop_down,
    a_frozen_pane_of_another_kind,
    a_table_without_an_id,
)
