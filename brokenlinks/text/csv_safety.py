"""Text of strangers in files that spreadsheets open: none of it may be run."""

from __future__ import annotations

FULL_WIDTH_PREFIXES = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The full-width forms, which an East Asian Excel reads like the others."""
FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", *FULL_WIDTH_PREFIXES)


def escape_formula(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) else text
