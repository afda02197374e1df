"""Recognises sentences that say that a page is missing, by a small grammar for each language.

The words are in `data/error_sentences.toml`. A list of whole sentences would never be complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from brokenlinks.text.data_files import read_toml
from brokenlinks.text.normalize import UNSPACED_SCRIPTS, plain_words

WORD_CLASSES = ("small", "things", "absent")


@dataclass(frozen=True, slots=True)
class _Grammar:
    kinds: Mapping[str, str]
    words: re.Pattern[str]
    unspaced: bool
    """Words have no spaces between them."""
    first_tokens: frozenset[str]
    """First words of the entries; first letters where words have no spaces between them."""

    def may_start_with(self, first_word: str) -> bool:
        """Tell whether a sentence of the grammar may begin with this word."""
        return (first_word[:1] if self.unspaced else first_word) in self.first_tokens

    def classify_words(self, sentence: str) -> Iterator[str]:
        """Yield the kind of each entry of the sentence, "" at the first unknown word, and stop."""
        position = 0
        while position < len(sentence):
            found = self.words.match(sentence, position)
            yield self.kinds[found[1]] if found else ""
            if not found:
                return
            position = found.end()


def is_not_found_sentence(sentence: str) -> bool:
    """Tell whether plain words say that a page, or another part of a site, is missing.

    They must say nothing else: a title with a subject of its own does not count.
    """
    first_word = sentence.partition(" ")[0]
    return any(
        "" not in kinds and {"things", "absent"} <= kinds
        for kinds in (
            set(grammar.classify_words(sentence))
            for grammar in _grammars()
            if grammar.may_start_with(first_word)
        )
    )


@cache
def _grammars() -> tuple[_Grammar, ...]:
    return tuple(
        _grammar({plain_words(entry): kind for kind in WORD_CLASSES for entry in language[kind]})
        for language in read_toml(__package__, "data/error_sentences.toml")["language"]
    )


def _grammar(kinds: Mapping[str, str]) -> _Grammar:
    longest_first = sorted(kinds, key=lambda entry: (-len(entry), entry))
    end = f"(?:\\s+|$|(?<=[{UNSPACED_SCRIPTS}]))"
    words = re.compile(f"({'|'.join(map(re.escape, longest_first))}){end}")
    unspaced = any(re.search(f"[{UNSPACED_SCRIPTS}]", entry) for entry in kinds)
    first_tokens = (entry[:1] if unspaced else entry.partition(" ")[0] for entry in kinds)
    return _Grammar(kinds, words, unspaced, frozenset(first_tokens))
