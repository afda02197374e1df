"""Text files that a person saved, in whatever encoding their program writes."""

from __future__ import annotations

import codecs


def decode_text(content: bytes) -> str:
    """Return the text of a file: UTF-16 where it says so, else UTF-8, else Latin-1."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")
