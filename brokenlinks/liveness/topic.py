"""Compares topics by content words: of the links to a page, its URL, its title and heading."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from brokenlinks.models.evidence import Evidence
from brokenlinks.models.lookups import ArchiveRecord
from brokenlinks.text.normalize import letter_words
from brokenlinks.text.urls import host_of

MIN_TOPIC_OVERLAP = 0.5
"""Share of the expected words that a title or heading on the topic has."""
MIN_STRONG_TOPIC_OVERLAP = 0.75
"""For a home page, whose title has the site's words anyway."""
MIN_LONG_PAGE_WORDS = 400
"""Words; a page this long is no error page."""
SHRINK_FACTOR = 3
"""A page that once had so many times the text was another page."""
_UNSPACED = frozenset({"CJK", "HIRAGANA", "KATAKANA", "THAI"})
MIN_WORD_LENGTH = 3
MIN_STEM_LENGTH = 4
"""Letters; two words share a stem when they begin alike for this long and only endings differ."""
MAX_ENDING_LENGTH = 4
_STOP_WORD_LIST = (
    "about and article articles blog book click content das der die download een für from guide"
    " here hier home homepage html htm http https index info les link links main more official"
    " online our page pages pdf php por post read resource resources site the this und una view"
    " visit web webpage website welcome wiki with www you your com org net"
)
_STOP_WORDS = frozenset(_STOP_WORD_LIST.split())


def content_words(*texts: str) -> frozenset[str]:
    """Return the words that carry meaning; scripts without spaces give pairs of letters."""
    return frozenset[str]().union(*map(_words_of, texts))


@lru_cache(maxsize=8_192)
def _words_of(text: str) -> frozenset[str]:
    words: set[str] = set()
    for word in letter_words(text):
        if _script(word[0]) in _UNSPACED:
            words.update(word[n : n + 2] for n in range(len(word) - 1))
        elif len(word) >= MIN_WORD_LENGTH and word not in _STOP_WORDS:
            words.add(word)
    return frozenset(words)


def path_words(url: str) -> frozenset[str]:
    """Return the content words of a URL's path and query."""
    parts = urlsplit(url)
    return content_words(unquote(f"{parts.path} {parts.query}"))


def word_overlap(expected: Iterable[str], seen: Iterable[str]) -> float:
    """Return the share of the `expected` words that are in `seen` in some form; 0 for none."""
    expected, seen = frozenset(expected), frozenset(seen)
    if not expected or not seen:
        return 0.0
    missing = expected - seen
    related = sum(any(_share_stem(word, other) for other in seen) for word in missing)
    return (len(expected) - len(missing) + related) / len(expected)


def script_of(text: str) -> str:
    """Return the script of most letters ("LATIN", "CYRILLIC", "THAI" ...), "" for too few."""
    if text.isascii():
        return "LATIN" if sum(map(str.isalpha, text)) >= MIN_WORD_LENGTH else ""
    scripts = Counter(_script(letter) for letter in text if letter.isalpha())
    if scripts.total() < MIN_WORD_LENGTH:
        return ""
    japanese = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if japanese:
        scripts["CJK"] += japanese
    return scripts.most_common(1)[0][0]


def _share_stem(one: str, other: str) -> bool:
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    stem = max(MIN_STEM_LENGTH, len(shorter) - 2)
    return len(longer) - len(shorter) <= MAX_ENDING_LENGTH and shorter[:stem] == longer[:stem]


@lru_cache(maxsize=16_384)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def anchor_words(evidence: Evidence) -> frozenset[str]:
    """Return the content words of the anchors."""
    return content_words(*evidence.anchors)


def matches_topic(evidence: Evidence) -> bool:
    """Return whether title or heading are about what the anchors or the URL promise."""
    heading = _heading_words(evidence)
    promised = (anchor_words(evidence), path_words(evidence.url))
    return any(word_overlap(words, heading) >= MIN_TOPIC_OVERLAP for words in promised)


def has_expected_content(evidence: Evidence) -> bool:
    """Return whether it is a long page on the topic, which no other signal outweighs."""
    return evidence.words >= MIN_LONG_PAGE_WORDS and matches_topic(evidence)


def is_titled_as_linked(evidence: Evidence) -> bool:
    """Return whether title and heading both have all words of an anchor, if these are several."""
    named = content_words(evidence.title) & content_words(evidence.h1)
    return any(len(words) > 1 and words <= named for words in map(content_words, evidence.anchors))


def heading_mentions_topic(evidence: Evidence) -> bool:
    """Return whether the heading has a word of the topic besides the site's name."""
    site = host_of(evidence.final_url)
    promised = {
        word for word in anchor_words(evidence) | path_words(evidence.url) if word not in site
    }
    return word_overlap(promised, _heading_words(evidence)) > 0


def _heading_words(evidence: Evidence) -> frozenset[str]:
    """Return the words of title and heading, unless these are error phrases."""
    return content_words(
        "" if "error_title" in evidence.signals else evidence.title,
        "" if "error_h1" in evidence.signals else evidence.h1,
    )


def keeps_topic(evidence: Evidence, archive: ArchiveRecord | None) -> bool:
    """Return whether title or heading still match the link or the archived page."""
    now = content_words(evidence.title, evidence.h1)
    archived = content_words(archive.title, archive.h1) if archive else frozenset[str]()
    promised = (anchor_words(evidence), path_words(evidence.url), archived)
    return any(word_overlap(words, now) >= MIN_TOPIC_OVERLAP for words in promised)


def has_lost_content(evidence: Evidence, archive: ArchiveRecord | None) -> bool:
    """Return whether the last good copy had another title and several times the text."""
    if archive is None or not archive.words or evidence.words * SHRINK_FACTOR > archive.words:
        return False
    overlap = word_overlap(content_words(archive.title), content_words(evidence.title))
    return overlap < MIN_TOPIC_OVERLAP
