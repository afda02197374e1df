"""The plain form in which words are compared: case, accents and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata

UNSPACED_SCRIPTS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Letters of scripts that are written without spaces, as a range for a pattern."""
_WORD = re.compile(r"\w+")
_ASCII_SEPARATORS = {code: " " for code in range(128) if not _WORD.match(chr(code))}
_QUOTES = re.compile("['\"`\u00b4\u2018-\u201f\u2032\u2033\u02bc]")


def fold(text: str) -> str:
    """Return `text` without case, accents or compatibility forms."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", decomposed))
    return unicodedata.normalize("NFC", bare).replace("\u0131", "i")


def strip_quotes(text: str) -> str:
    """Return `text` without quotes and apostrophes."""
    if text.isascii():
        return text.replace("'", "").replace('"', "").replace("`", "")
    return _QUOTES.sub("", text)


def split_words(text: str) -> list[str]:
    """Return the runs of letters, digits and underscores."""
    if text.isascii():
        return text.translate(_ASCII_SEPARATORS).split()  # a fraction of what the pattern costs
    return _WORD.findall(text)


def plain_words(text: str) -> str:
    """Return the words of `text` in folded form, one space between them."""
    folded = strip_quotes(fold(text))
    if folded.isascii():
        return " ".join(split_words(folded.replace("_", " ")))
    spaced = "".join(" " if unicodedata.category(sign)[0] in "PSZC" else sign for sign in folded)
    apart = re.sub(
        f"(?<=[0-9])(?=[{UNSPACED_SCRIPTS}])|(?<=[{UNSPACED_SCRIPTS}])(?=[0-9])", " ", spaced
    )
    return " ".join(apart.split())
