"""The forms in which words are compared.

- `fold`, for known phrases: no case, no accents. `normalize_words` makes a word boundary of all
  that is not a letter or digit ("l'adresse" holds "adresse"), `plain_words` drops apostrophes
  ("don't" is "dont") and keeps the signs that scripts such as Thai write above their letters.
- `lower_words`, for stems and counts: accents stay, as stemmers need them; ß is ss.
- `letter_words`: the same without digits, for texts that differ in numbers only.
"""

from __future__ import annotations

import re
import unicodedata

UNSPACED_SCRIPTS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Letters of scripts that are written without spaces, as a range for a pattern."""
_UNSPACED = re.compile(f"[{UNSPACED_SCRIPTS}]")
_WORD = re.compile(r"[^\W_]+")
_MARKS = "".join(chr(n) for n in range(0x300, 0x1E00) if unicodedata.category(chr(n))[0] == "M")
"""Vowel signs and accents that no letter is composed with; Python's patterns part words there."""
_WORD_WITH_MARKS = re.compile(f"[^\\W_](?:[^\\W_]|[{re.escape(_MARKS)}])*")
_LETTERS = re.compile(r"[^\W\d_]+")
_ASCII_SEPARATORS = {code: " " for code in range(128) if not _WORD.match(chr(code))}
_QUOTES = re.compile("['\"`\u00b4\u2018-\u201f\u2032\u2033\u02bc]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS_WITH_STROKE = str.maketrans({"\u0142": "l", "\u00f8": "o", "\u0131": "i", "\u0111": "d"})
"""The Polish l, the Danish o, the Turkish i, the Croatian d: Unicode does not decompose them."""
_TITLE_SEPARATORS = re.compile(r"\s[-\u2013\u2014|·»:]+\s|:\s")
_DIGIT_BESIDE_UNSPACED = re.compile(
    f"(?<=[0-9])(?=[{UNSPACED_SCRIPTS}])|(?<=[{UNSPACED_SCRIPTS}])(?=[0-9])"
)


def count_words(text: str) -> int:
    """Return the number of words; in scripts without spaces, two letters are one."""
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return len(text.split()) + unspaced // 2


def fold(text: str) -> str:
    """Return `text` without case, accents or compatibility forms."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", decomposed))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS_WITH_STROKE)


def strip_quotes(text: str) -> str:
    """Return `text` without quotes and apostrophes."""
    if text.isascii():
        return text.replace("'", "").replace('"', "").replace("`", "")
    return _QUOTES.sub("", text)


def split_words(text: str) -> list[str]:
    """Return the runs of letters and digits, as they are written."""
    if text.isascii():
        return text.translate(_ASCII_SEPARATORS).split()  # a fraction of what the pattern costs
    return _WORD.findall(text)


def normalize_words(text: str) -> str:
    """Return the folded words of `text`, one space around each: " a b "."""
    return f" {' '.join(split_words(fold(text)))} "


def plain_words(text: str) -> str:
    """Return the folded words of `text` without apostrophes, one space between them: "a b"."""
    folded = strip_quotes(fold(text))
    if folded.isascii():
        return " ".join(split_words(folded))
    spaced = "".join(" " if unicodedata.category(char)[0] in "PSZC" else char for char in folded)
    return " ".join(_DIGIT_BESIDE_UNSPACED.sub(" ", spaced).split())


def lower_words(text: str) -> list[str]:
    """Return the words of `text` without case, with their accents and vowel signs."""
    if text.isascii():
        return split_words(text.lower())
    return _WORD_WITH_MARKS.findall(caseless(text))


def caseless(text: str) -> str:
    """Return `text` without case, accented letters composed; ligatures and wide forms undone."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def letter_words(text: str) -> list[str]:
    """Return the runs of letters in `text`, without case; digits part words."""
    return _LETTERS.findall(unicodedata.normalize("NFKC", text).casefold())


def title_parts(title: str) -> list[str]:
    """Return the parts between the separators of a title, each in normalized words."""
    return [normalize_words(part) for part in _TITLE_SEPARATORS.split(title)]
