"""What people wrote into the workbook, kept beside the machine's own state."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from brokenlinks.store.schema import notes

Annotation = tuple[str, str, str, str]
"""Sheet, row key, header, value."""


def load_annotations(connection: Connection, niche: str) -> list[Annotation]:
    """Return every note of a niche."""
    rows = connection.execute(select(notes).where(notes.c.niche == niche))
    return [(row.sheet, row.key, row.header, row.value) for row in rows]


def save_annotations(connection: Connection, niche: str, found: Iterable[Annotation]) -> None:
    """Replace the niche's notes by those now in the workbook."""
    connection.execute(delete(notes).where(notes.c.niche == niche))
    rows = [
        {"niche": niche, "sheet": sheet, "key": key, "header": header, "value": value}
        for sheet, key, header, value in found
    ]
    if rows:
        connection.execute(insert(notes), rows)
