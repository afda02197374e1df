"""Text of strangers in files that spreadsheets open: none of it may be run."""

from __future__ import annotations

WIDE = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The full-width forms, which an East Asian Excel reads like the others."""
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", *WIDE)


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(STARTS) else text
