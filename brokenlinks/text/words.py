"""Words of titles, anchors and paths: lower case, without accents, one space around each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote, urlsplit

_NOT_DECOMPOSED = str.maketrans({"ł": "l", "Ł": "L", "ß": "ss", "ø": "o", "Ø": "O"})
_WORD = re.compile(r"[^\W_]+")
_TITLE_PARTS = re.compile(r"\s[-\u2013\u2014|·»:]+\s|:\s")
_FILE_EXTENSION = re.compile(r"\.(?:x?html?|php\d?|aspx?|jsp|cfm|cgi|pl|shtml)$", re.IGNORECASE)


@lru_cache(maxsize=1_024)
def path_segments(url: str) -> tuple[str, ...]:
    """Return a URL's path segments in words: no file ending, no `index`, case changes parted."""
    segments = unquote(urlsplit(url).path).split("/")
    words = [
        re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _FILE_EXTENSION.sub("", part)) for part in segments
    ]
    return tuple(part for part in words if part.lower() not in {"", "index", "default"})


def title_parts(text: str) -> list[str]:
    """Return what stands between the separators of a title, worded."""
    return [normalize_words(part) for part in _TITLE_PARTS.split(text)]


def normalize_words(text: str) -> str:
    """Return the words in lower case without accents, one space around each."""
    words = _WORD.findall((text if text.isascii() else _strip_accents(text)).lower())
    return f" {' '.join(words)} "


def _strip_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_NOT_DECOMPOSED))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the phrases in worded text."""
    known = sorted({normalize_words(phrase) for phrase in phrases}, key=len, reverse=True)
    return re.compile("|".join(re.escape(phrase) for phrase in known))
