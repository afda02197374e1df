"""What makes openpyxl quick enough for 20,000 rows. It is slow where it need not be.

Its switch for XML from strangers is off as well: the workbook is the person's own file, and its
other reader takes a quarter longer.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("OPENPYXL_DEFUSEDXML", "False")

from openpyxl.cell.text import Text
from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.worksheet import _reader
from openpyxl.xml.constants import SHEET_MAIN_NS


@dataclass(frozen=True, slots=True)
class _CellText:
    """Reads text without formats, which is nearly all there is, without a dozen checks each."""

    content: str

    @staticmethod
    def from_tree(node: Any) -> _CellText | Text | None:
        if len(node) == 1 and node[0].tag == f"{{{SHEET_MAIN_NS}}}t":
            return _CellText(node[0].text or "")
        return Text.from_tree(node)


def _get(relationships: RelationshipList, key: str) -> Relationship:
    """Find a link's address without going through all links: that takes minutes for 60,000."""
    index: dict[str, Relationship] = relationships.__dict__.setdefault("index_by_id", {})
    if len(index) != len(relationships):
        index.clear()
        index.update((str(relationship.Id), relationship) for relationship in relationships)
    return index[key]


_reader.Text = _CellText  # type: ignore[attr-defined]
RelationshipList.get = _get  # type: ignore[method-assign,assignment]


@contextmanager
def no_garbage() -> Iterator[None]:
    """Spare the search for garbage while a million cells are made, none of which is any."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
