"""The forms in which words are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.text.normalize import (
    fold,
    letter_words,
    lower_words,
    normalize_words,
    plain_words,
    split_words,
    title_parts,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Über Straße", "uber strasse"),
        ("Łódź", "lodz"),
        ("Smørrebrød", "smorrebrod"),
        ("\uff21\ufb01", "afi"),  # full width, a ligature
        ("\u0130stanbul \u0131", "istanbul i"),
        ("がくせい", "がくせい"),
        ("한국", "한국"),
    ],
)
def test_case_and_accents_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "normalized", "plain"),
    [
        ("Don't_panic!", " don t panic ", "dont panic"),
        ("L\u2019adresse, n\u00b0 5", " l adresse n 5 ", "ladresse n 5"),
        ("", "  ", ""),
        ("ไม่พบหน้า404", " ไม พบหน า404 ", "ไม่พบหน้า 404"),
    ],
)
def test_two_forms_for_phrases(text: str, normalized: str, plain: str) -> None:
    assert normalize_words(text) == normalized
    assert plain_words(text) == plain


def test_words_for_stems_keep_their_accents_and_those_of_letters_lose_numbers() -> None:
    assert lower_words("Gärung_2 \uff21") == ["gärung", "2", "a"]
    assert letter_words("Page404: STRASSE straße") == ["page", "strasse", "strasse"]


def test_a_title_has_parts() -> None:
    assert title_parts("Links | Hop-growers: Ärzte") == [" links ", " hop growers ", " arzte "]


@given(st.text(max_size=30))
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalize_words(normalize_words(text)) == normalize_words(text)


@given(st.text(st.characters(max_codepoint=127), max_size=30))
def test_the_short_way_for_ascii_gives_the_same_words(text: str) -> None:
    assert [*split_words(text), "é"] == split_words(f"{text} é")
