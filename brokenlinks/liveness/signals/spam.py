"""Finds the words of casinos, pill shops, essay mills and their like; `data/spam.toml` has them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from brokenlinks.text.normalize import UNSPACED_SCRIPTS, fold, normalize_words
from brokenlinks.text.phrases import SubstringMatcher, expand, read_toml

MAX_TEXT_LENGTH = 100_000


@dataclass(frozen=True, slots=True)
class SpamTerms:
    """The spam terms found, distinct; `strong` ones are hardly ever on an honest page."""

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
    strong: bool
    folded: str
    """With a space around, unless it may be part of a longer run of letters."""


def find_spam_terms(text: str) -> SpamTerms:
    """Find spam terms in the first `MAX_TEXT_LENGTH` characters of `text`, in their order."""
    text = text[:MAX_TEXT_LENGTH]
    # Words for terms with spaces around, and runs of letters for scripts without spaces.
    searched = f"{normalize_words(text)}\n{fold(text)}"
    terms, matcher = _lexicon()
    matches = matcher.find_in(searched)
    in_order = [term for term in terms if term.folded in matches] if matches else []
    in_order.sort(key=lambda term: searched.index(term.folded))
    return SpamTerms(
        strong=tuple(dict.fromkeys(term.spelling for term in in_order if term.strong)),
        weak=tuple(dict.fromkeys(term.spelling for term in in_order if not term.strong)),
    )


@cache
def _lexicon() -> tuple[tuple[_Term, ...], SubstringMatcher]:
    terms = tuple(
        _Term(spelling, kind == "strong", _folded(spelling))
        for group in read_toml(__package__, "data/spam.toml")["group"]
        for kind in ("strong", "weak")
        for pattern in group[kind]
        for spelling in expand(pattern)
    )
    return terms, SubstringMatcher(term.folded for term in terms)


def _folded(spelling: str) -> str:
    folded = fold(spelling)
    return folded if re.search(f"[{UNSPACED_SCRIPTS}]", folded) else normalize_words(spelling)
