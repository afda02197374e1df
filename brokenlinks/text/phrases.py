"""Reads the TOML data files, and looks for all phrases of a list at once.

Literal phrases go through an Aho-Corasick automaton. On 163 real pages (median 63 KB), looking for
28 literals in the markup takes 0.1 ms that way and 1.0 ms one after another: about a sixth of all
CPU time a probe of such a page takes. Patterns with gaps or word ends stay regular expressions.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, MatchKind

from brokenlinks.text.normalize import UNSPACED_SCRIPTS, normalize_words

MAX_SOURCE_LENGTH = 100_000
"""Characters of markup to search: error and parking pages show what they are near the top."""


def read_toml(package: str, name: str, own_copy: Path | None = None) -> dict[str, Any]:
    """Return the content of `name`, a file of `package` such as "data/spam.toml".

    Or of the user's `own_copy` of it: then raises OSError, or ValueError when it is not TOML.
    """
    text = own_copy.read_text("utf-8") if own_copy else package_text(str(files(package) / name))
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


@cache
def package_text(file: str) -> str:
    """Return the text of a file of the program, which is read once.

    Without it nothing works, not even the command that could report it: the program ends.
    """
    try:
        return Path(file).read_text("utf-8")
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        sys.stderr.write(f"brokenlinks: {file} cannot be read ({why}): install the program again\n")
        raise SystemExit(2) from None


class PhraseMatcher:
    """Finds any of many phrases in text that `normalize_words` returned."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(map(normalize_words, phrases))
        self._automaton = AhoCorasick(self._phrases, matchkind=MatchKind.LeftmostLongest)

    def find_in(self, words: str) -> str:
        """Return the first phrase, the longest of those that begin there; "" for none."""
        matches = self._automaton.find_matches_as_indexes(words)
        return words[matches[0][1] : matches[0][2]].strip() if matches else ""

    def is_phrase(self, words: str) -> bool:
        """Return whether the words are exactly one of the phrases."""
        return words in self._phrases

    def remove_from(self, words: str) -> str:
        """Return the words without the phrases."""
        kept, position = [], 0
        for _, start, end in self._automaton.find_matches_as_indexes(words):
            kept.append(words[position:start])
            position = end
        return " ".join([*kept, words[position:]])


class SubstringMatcher:
    """Finds which of many lower-case strings occur in a text."""

    def __init__(self, substrings: Iterable[str]) -> None:
        self._substrings = {substring: substring.encode() for substring in substrings}
        self._automaton = BytesAhoCorasick(
            self._substrings.values(), matchkind=MatchKind.LeftmostFirst
        )

    def find_in(self, text: str) -> set[str]:
        """Return those that occur in `text`; the case of ASCII letters does not matter."""
        data = text.encode(errors="surrogatepass").lower()
        # Leftmost search is five times as fast as overlapping search, but shows one match where
        # several overlap. Hardly any page has a match, so all are looked for only then.
        if not self._automaton.find_matches_as_indexes(data):
            return set()
        return {text for text, encoded in self._substrings.items() if encoded in data}


class MarkupMatcher:
    """Recognises markup by a literal, quick to look for, and then a pattern around it.

    `entries` have a `name`, a `literal` in lower case and maybe a `pattern` for lower-case markup.
    """

    def __init__(self, entries: Iterable[Mapping[str, str]]) -> None:
        self._patterns = [
            (
                entry["name"],
                entry["literal"],
                re.compile(entry.get("pattern", re.escape(entry["literal"]))),
            )
            for entry in entries
        ]
        self._literals = SubstringMatcher(literal for _, literal, _ in self._patterns)

    def find_in(self, source: str) -> str:
        """Return the name of the first entry that the markup matches, "" for none."""
        source = source[:MAX_SOURCE_LENGTH]
        literals = self._literals.find_in(source)
        lowered = source.lower() if literals else ""
        return next(
            (
                name
                for name, literal, pattern in self._patterns
                if literal in literals and pattern.search(lowered)
            ),
            "",
        )


def expand(pattern: str) -> Iterator[str]:
    """Spell out `(a|b)` (one of them) and `(a|)` (may be missing)."""
    pieces = re.split(r"\(([^()]*)\)", pattern)
    for choice in product(*(piece.split("|") for piece in pieces)):
        yield "".join(choice)


def terms_pattern(terms: Iterable[str]) -> str:
    """Return a pattern of any plain term: whole words, or letters of a script without spaces."""
    endings: dict[str, list[str]] = {}  # by first word: thousands of terms begin with few words
    unspaced: list[str] = []
    for term in terms:
        if re.search(f"[{UNSPACED_SCRIPTS}]", term):
            unspaced.append(re.escape(term))
        else:
            first, space, rest = term.partition(" ")
            endings.setdefault(re.escape(first), []).append(re.escape(space + rest))
    spaced = (f"{first}(?:{'|'.join(rests)})(?!\\w)" for first, rests in endings.items())
    return "|".join([rf"(?<![\w-])(?:{'|'.join(spaced)})", *unspaced])
