"""Content words and scripts: what little a topic can be compared by."""

from __future__ import annotations

import pytest

from brokenlinks.liveness.topic import content_words, script_of, word_overlap


def test_words_are_found_again_in_other_forms_and_scripts() -> None:
    assert word_overlap(content_words("Brewing guide"), content_words("The brewer's guide")) == 1
    assert word_overlap(content_words("自家醸造ガイド"), content_words("自家醸造の手引き")) >= 0.5
    assert word_overlap(content_words("click here"), content_words("click here")) == 0
    assert word_overlap(content_words("Chess openings"), content_words("Casino slots")) == 0


@pytest.mark.parametrize(
    ("text", "script"),
    [("Growing hops", "LATIN"), ("Домашнее пиво", "CYRILLIC"), ("สล็อต", "THAI"),
     ("自家醸造のガイド", "CJK"), ("404", "")],
)  # fmt: skip
def test_the_script_of_a_text(text: str, script: str) -> None:
    assert script_of(text) == script
