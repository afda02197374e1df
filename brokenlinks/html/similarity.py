"""How alike two pages are in their visible text, whatever address each was asked at."""

from __future__ import annotations

from array import array
from collections import Counter
from zlib import crc32

from brokenlinks.text.normalize import letter_words

MAX_COMPARED_WORDS = 2_000
SAME_PAGE_SIMILARITY = 0.9
"""From this likeness on two texts are taken for one page."""

Sketch = array  # of words as numbers: thousands of pages are kept


def sketch(text: str, *urls: str) -> Sketch[int]:
    """Take down a text without numbers and without the words of `urls`, which error pages echo."""
    echoed = set(letter_words(" ".join(urls)))
    words = letter_words(text)[:MAX_COMPARED_WORDS]
    return array("I", (crc32(word.encode()) for word in words if word not in echoed))


def similarity(one: Sketch[int], other: Sketch[int]) -> float:
    """Return the share of words two texts have in common, 0..1; two without words are alike."""
    both = len(one) + len(other)
    return 2 * (Counter(one) & Counter(other)).total() / both if both else 1.0
