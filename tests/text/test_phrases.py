from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.phrases import MarkupMatcher, PhraseMatcher, SubstringMatcher, expand

short_texts = st.text("ab é", max_size=12)


@given(st.lists(short_texts.filter(str.strip), max_size=5), short_texts)
def test_phrases_are_found_as_a_pattern_of_them_finds_them(phrases: list[str], text: str) -> None:
    words = normalize_words(text)
    known = sorted(map(normalize_words, phrases), key=len, reverse=True)
    pattern = re.compile("|".join(known) or "(?!)")
    matcher = PhraseMatcher(phrases)
    first = pattern.search(words)
    assert matcher.find_in(words) == (first[0].strip() if first else "")
    assert matcher.is_phrase(words) == bool(pattern.fullmatch(words))
    assert matcher.remove_from(words) == pattern.sub(" ", words)


def test_the_longest_phrase_is_found() -> None:
    matcher = PhraseMatcher(["Links", "useful links"])
    assert matcher.find_in(normalize_words("Some Useful LINKS")) == "useful links"


@given(st.lists(st.text("abé", min_size=1, max_size=3), max_size=5), st.text("aAbBéÉ", max_size=9))
def test_overlapping_substrings_are_all_found(substrings: list[str], text: str) -> None:
    lowered = "".join(char.lower() if char.isascii() else char for char in text)
    expected = {substring for substring in substrings if substring in lowered}
    assert SubstringMatcher(substrings).find_in(text) == expected


def test_markup_needs_its_pattern_beside_its_literal() -> None:
    matcher = MarkupMatcher(
        [
            {"name": "shell", "literal": "error404", "pattern": r'class="[^"]*error404'},
            {"name": "other", "literal": "404"},
        ]
    )
    assert matcher.find_in('<body class="Home Error404">') == "shell"
    assert matcher.find_in("<p>error404</p>") == "other"
    assert matcher.find_in("<p>Malt \ud800</p>") == ""


def test_choices_are_spelled_out() -> None:
    assert list(expand("(the|a) page (now|)gone")) == [
        "the page nowgone",
        "the page gone",
        "a page nowgone",
        "a page gone",
    ]
