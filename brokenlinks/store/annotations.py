"""What people wrote into the workbook, kept beside the machine's own state."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from brokenlinks.store.schema import notes

Note = tuple[str, str, str, str]
"""Sheet, row key, header, value."""


def remembered_notes(connection: Connection, niche: str) -> list[Note]:
    """Return every note of a niche."""
    rows = connection.execute(select(notes).where(notes.c.niche == niche))
    return [(row.sheet, row.key, row.header, row.value) for row in rows]


def save_notes(connection: Connection, niche: str, found: Iterable[Note]) -> None:
    """Replace the niche's notes by those now in the workbook."""
    connection.execute(delete(notes).where(notes.c.niche == niche))
    rows = [
        {"niche": niche, "sheet": sheet, "key": key, "header": header, "value": value}
        for sheet, key, header, value in found
    ]
    if rows:
        connection.execute(insert(notes), rows)
