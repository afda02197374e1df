"""Footprints: the words that resource pages use in titles, menus and addresses, in eight languages.

Search queries are built from them, and pages that were read are searched for them. No network.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from brokenlinks.discovery.providers.base import Capabilities
from brokenlinks.text.normalize import normalize_words, title_parts
from brokenlinks.text.phrases import PhraseMatcher, read_toml
from brokenlinks.text.urls import path_segments

FOOTPRINTS_FILE = "BROKENLINKS_FOOTPRINTS"
"""Environment variable: the path of the user's own copy of footprints.toml."""
MISLEADING = "misleading"
STRONG_PATH_WORDS = 2
"""How many of a language's path words ("links", "resources") are searched for before phrases."""
MAX_MENU_ENTRY_WORDS = 2
"""A longer entry is the title of an article."""
MAX_WORDS_BETWEEN = 2
"""Words within a phrase of two: "useful home brewing links"."""
MAX_SHORT_TITLE_WORDS = 5
"""A single word says what a page is in "Links of our club", but not in a long headline."""
_JOINED_LINKS = re.compile(r" [^\W\d_]{3,}(?:links?|lnks?|liens|enlaces|linki) ")
"""For addresses such as beelinks.htm."""


@dataclass(frozen=True, slots=True)
class Footprints:
    """The footprints of one language.

    `phrases` are searched for in quotes; `path_words` are found in addresses, and alone in short
    titles and anchors; `hints` are vague names that many other pages have too; `sections` are menu
    entries that often lead to links pages, `barren` are those that never do.
    """

    phrases: tuple[str, ...]
    path_words: tuple[str, ...]
    hints: tuple[str, ...]
    sections: tuple[str, ...]
    barren: tuple[str, ...]


class FootprintsError(ValueError):
    """The footprints cannot be used; the message is one line for the user."""


@cache
def load_footprints() -> dict[str, Footprints]:
    """Return the footprints by language code.

    Raises FootprintsError when the file cannot be read or lacks an entry.
    """
    return {
        language: Footprints(*(_word_list(language, name.name) for name in fields(Footprints)))
        for language in _load_toml()
        if language != MISLEADING
    }


def plan_queries(niche: str, footprints: Footprints, capabilities: Capabilities) -> list[str]:
    """Return the queries for a niche that a service understands, the most promising first."""
    forms = [niche] if capabilities.semantic else spellings(niche)
    if capabilities.footprints:
        rendered = [
            query
            for footprint, in_url in _search_terms(footprints, capabilities)
            for spelling in forms
            for query in _render_queries(spelling, footprint, capabilities, in_url=in_url)
        ]
    else:
        rendered = forms
    fitting = (q for q in rendered if len(q) <= capabilities.max_length)
    return [q for q in dict.fromkeys(fitting) if len(q.split()) <= capabilities.max_words]


def spellings(niche: str) -> list[str]:
    """Return the spellings of a niche: "home brewing", "homebrewing", "home-brewing".

    Three words and more are hardly ever joined.
    """
    words = niche.split()
    return [niche, "".join(words), "-".join(words)] if len(words) == 2 else [niche]


def _search_terms(footprints: Footprints, capabilities: Capabilities) -> Iterator[tuple[str, bool]]:
    """Yield footprints, and whether each belongs in an address."""
    words = footprints.path_words
    yield from ((word, True) for word in words[:STRONG_PATH_WORDS])
    yield from ((phrase, False) for phrase in footprints.phrases)
    if capabilities.operators:
        yield from ((word, True) for word in words[STRONG_PATH_WORDS:])


def _render_queries(
    spelling: str, footprint: str, capabilities: Capabilities, *, in_url: bool
) -> Iterator[str]:
    niche = f'"{spelling}"' if capabilities.quotes else spelling
    if capabilities.semantic:
        yield f"{footprint} page of a {spelling} club or enthusiast"
    elif in_url and capabilities.operators:
        yield f"{niche} intitle:{footprint}"
        yield f"{niche} inurl:{footprint}"
    else:
        yield f'{niche} "{footprint}"' if capabilities.quotes else f"{niche} {footprint}"


def footprint_in_text(text: str) -> str:
    """Return the footprint found in a title, heading or anchor, "" for none.

    A phrase counts anywhere, a single word only when the text, or a part of it, is short.
    """
    phrases, words, misleading = _patterns()
    whole = normalize_words(text)
    if misleading.find_in(whole):
        return ""
    if match := phrases.search(whole):
        return match[0].strip()
    short = (part for part in title_parts(text) if len(part.split()) <= MAX_SHORT_TITLE_WORDS)
    return next(filter(None, map(words.find_in, short)), "")


def footprint_in_path(url: str) -> str:
    """Return the footprint found in an address, "" for none.

    It is part of the last segment, or the whole of a segment before it.
    """
    phrases, words, misleading = _patterns()
    segments = path_segments(url)
    if not segments or misleading.find_in(normalize_words(" ".join(segments))):
        return ""
    last = normalize_words(segments[-1])
    if match := phrases.search(last):
        return match[0].strip()
    if word := words.find_in(last):
        return word
    if _JOINED_LINKS.fullmatch(last):
        return last.strip()
    return next(filter(words.is_phrase, map(normalize_words, segments[:-1])), "").strip()


def hints_at_links(url: str, anchor: str) -> bool:
    """Return whether a link's anchor, or the last part of its address, hints at a links page."""
    return any(hint_in_text(text) for text in (anchor, *path_segments(url)[-1:]))


def hint_in_text(text: str) -> bool:
    """Return whether a title or anchor has a vague name that alone proves nothing."""
    return any(_is_mostly(_words("hints"), part, max_extra_words=3) for part in title_parts(text))


def section_rank(anchor: str) -> int | None:
    """Return how likely a menu entry leads to a links page: the lower, the likelier.

    0 for sections that often hold one, 1 for other short entries, None for those that never do.
    """
    words = normalize_words(anchor)
    if _is_mostly(_words("sections"), words, max_extra_words=1):
        return 0
    short = 0 < len(words.split()) <= MAX_MENU_ENTRY_WORDS
    return 1 if short and not _words("barren").is_phrase(words) else None


def _is_mostly(phrases: PhraseMatcher, words: str, *, max_extra_words: int) -> bool:
    """Return whether a text is one of the known phrases with few words added.

    A phrase, such as "where to look", may have twice as many added as a single word.
    """
    length = len(phrases.find_in(words).split())
    allowed = length + max_extra_words * (2 if length > 1 else 1)
    return length > 0 and len(words.split()) <= allowed


@cache
def _patterns() -> tuple[re.Pattern[str], PhraseMatcher, PhraseMatcher]:
    """Return what to look for in normalized words: phrases, single words, misleading phrases."""
    languages = load_footprints().values()
    return (
        re.compile("|".join(_phrase_pattern(p) for one in languages for p in one.phrases)),
        _words("path_words"),
        PhraseMatcher(_word_list(MISLEADING, "phrases")),
    )


@cache
def _words(name: str) -> PhraseMatcher:
    """Return what finds the words of this name in all languages."""
    return PhraseMatcher(word for one in load_footprints().values() for word in getattr(one, name))


def _phrase_pattern(phrase: str) -> str:
    """Return what finds a phrase; for "useful links" also "useful chess links"."""
    words = [re.escape(word) for word in normalize_words(phrase).split()]
    between = f"(?: [^ ]+){{0,{MAX_WORDS_BETWEEN}}} " if len(words) == 2 else " "
    return f" {between.join(words)} "


def _word_list(language: str, name: str) -> tuple[str, ...]:
    words = _load_toml().get(language, {}).get(name)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise FootprintsError(f"{FOOTPRINTS_FILE}: [{language}] has no list of words {name!r}")
    return tuple(words)


@cache
def _load_toml() -> dict[str, dict[str, Any]]:
    """Read the user's copy if BROKENLINKS_FOOTPRINTS names one, else the file that is shipped."""
    own = os.environ.get(FOOTPRINTS_FILE)
    own_copy = Path(own).expanduser() if own else None
    try:
        languages = read_toml(__package__, "footprints.toml", own_copy)
    except OSError as error:
        raise FootprintsError(f"{FOOTPRINTS_FILE} {own}: {error.strerror}") from error
    except ValueError as error:
        raise FootprintsError(f"{FOOTPRINTS_FILE} {own}: {error}") from error
    return {language: entry for language, entry in languages.items() if isinstance(entry, dict)}
