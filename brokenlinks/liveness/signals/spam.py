"""Finds the words of casinos, pill shops, essay mills and their like; `data/spam.toml` has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from brokenlinks.text.data_files import read_toml
from brokenlinks.text.normalize import UNSPACED_SCRIPTS, fold, split_words
from brokenlinks.text.phrases import expand

MAX_TEXT_LENGTH = 100_000


@dataclass(frozen=True, slots=True)
class SpamTerms:
    """The spam terms found, distinct; `strong` ones hardly stand on an honest page."""

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """All terms, the strong ones first."""
        return self.strong + self.weak

    def __bool__(self) -> bool:
        return bool(self.strong or self.weak)


@dataclass(frozen=True, slots=True)
class _Term:
    spelling: str
    words: tuple[str, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    by_first_word: Mapping[str, tuple[_Term, ...]]
    unspaced: tuple[_Term, ...]

    def find_terms(self, folded: str) -> Iterator[_Term]:
        if not folded.isascii():
            yield from (term for term in self.unspaced if term.words[0] in folded)
        words = split_words(folded)
        for position, word in enumerate(words):
            for term in self.by_first_word.get(word, ()):
                if tuple(words[position : position + len(term.words)]) == term.words:
                    yield term


def find_spam_terms(text: str) -> SpamTerms:
    """Find spam terms in the first `MAX_TEXT_LENGTH` characters of `text`."""
    found = tuple(_lexicon().find_terms(fold(text[:MAX_TEXT_LENGTH])))
    return SpamTerms(
        strong=tuple(dict.fromkeys(term.spelling for term in found if term.strong)),
        weak=tuple(dict.fromkeys(term.spelling for term in found if not term.strong)),
    )


@cache
def _lexicon() -> _Lexicon:
    spaced: dict[str, list[_Term]] = {}
    unspaced = []
    for spelling, strong in _spellings():
        folded = fold(spelling)
        if re.search(f"[{UNSPACED_SCRIPTS}]", folded):
            unspaced.append(_Term(spelling, (folded,), strong))
        else:
            words = tuple(split_words(folded))
            spaced.setdefault(words[0], []).append(_Term(spelling, words, strong))
    return _Lexicon({word: tuple(terms) for word, terms in spaced.items()}, tuple(unspaced))


def _spellings() -> Iterator[tuple[str, bool]]:
    for group in read_toml(__package__, "data/spam.toml")["group"]:
        for kind in ("strong", "weak"):
            for pattern in group[kind]:
                yield from ((spelling, kind == "strong") for spelling in expand(pattern))
