"""Scores how far a page belongs to the niche, from the words it shares with it, and says why.

Words are compared without case, accents and endings. In scripts without spaces between words, a
phrase is found within a run of letters.

Nothing here knows HTML: a page arrives as plain fields. No network, no learned weights.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import exp
from urllib.parse import urlsplit

import snowballstemmer

from brokenlinks.models.page import PageFields
from brokenlinks.text.normalize import UNSPACED_SCRIPTS, fold, lower_words
from brokenlinks.text.urls import path_segments

MAX_TEXT_LENGTH = 200_000
CORE_WEIGHT = 0.9
MAX_CORE_MATCHES = 3
"""A name that is repeated more often proves no more; spam repeats it."""
WEAK_WEIGHT = 0.35
NEGATIVE_WEIGHT = 0.25
UNSUPPORTED_FACTOR = 0.25
"""A page that names the niche, but uses too few of its terms, keeps this much of its score."""
ONE_TERM_NEEDED_FROM, TWO_TERMS_NEEDED_FROM = 3, 6
"""With so many terms known, a page must use one, or two, besides the name of the niche."""
MIN_HOST_TERM_LENGTH = 5
"""Letters; shorter words occur by chance within the names of hosts."""
MIN_TERM_LENGTH = 4
"""Letters; most shorter words are articles and prepositions."""
MAX_FREQUENT_WORDS = 60
MAX_SPELLINGS_SHOWN = 3
MAX_TERMS_SHOWN = 8
_UNSPACED = re.compile(
    f"[{UNSPACED_SCRIPTS}\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]|[\uac00-\ud7a3]{{2}}"
)
"""What is found within longer words. Korean glues endings and names to words; one of its syllables
alone stands in too many others."""
_LETTER = re.compile(r"[^\W\d_]")
_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase: the sorted stems of its words, and its stems when its words are joined.

    Accents are dropped after stemming in `stems` and before it in `plain_stems`: a page may write
    the words with their accents or without. `joined` has none. `unspaced` finds a phrase in a
    script without spaces.
    """

    text: str
    stems: tuple[str, ...]
    plain_stems: tuple[str, ...]
    joined: str
    joined_stems: frozenset[str]
    unspaced: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class NicheProfile:
    """The phrases that a niche is recognised by; build it with `make_profile`."""

    niche: str
    language: str
    core: Phrase
    weak: tuple[Phrase, ...] = ()
    negative: tuple[Phrase, ...] = ()
    by_prefix: Mapping[str, Sequence[Phrase]] = field(init=False, repr=False, compare=False)
    """The phrases of words, by the stems and word beginnings that an occurrence may begin with."""
    unspaced: Sequence[tuple[Phrase, re.Pattern[str]]] = field(
        init=False, repr=False, compare=False
    )
    """The others, with what finds them."""

    def __post_init__(self) -> None:
        by_prefix = defaultdict(list)
        unspaced = []
        for phrase in (self.core, *self.weak, *self.negative):
            if phrase.unspaced:
                unspaced.append((phrase, phrase.unspaced))
                continue
            stems = {*phrase.stems, *phrase.plain_stems}
            beginnings = (phrase.joined[:end] for end in range(1, len(phrase.joined) + 1))
            for opening in {
                *stems,
                *phrase.joined_stems,
                *beginnings,
                *(stem[:1] for stem in stems),
            }:
                by_prefix[opening].append(phrase)
        object.__setattr__(self, "by_prefix", dict(by_prefix))
        object.__setattr__(self, "unspaced", tuple(unspaced))

    def phrases_from(self, word: str) -> Iterable[Phrase]:
        """Return the phrases that may begin at this word of a text."""
        # No phrase has a word with this first letter. Stemming may change an accented one.
        if word[0].isascii() and word[0] not in self.by_prefix:
            return ()
        stem, plain_stem = _stems(word, self.language)
        begun = self.by_prefix.get(word if word.isascii() else fold(word), ())
        of_stem = self.by_prefix.get(stem, ())
        if plain_stem != stem:
            of_stem = (*of_stem, *self.by_prefix.get(plain_stem, ()))
        return dict.fromkeys((*begun, *of_stem)) if begun and of_stem else begun or of_stem


@dataclass(frozen=True, slots=True)
class Relevance:
    """`score`, 0..1, and the words it is based on: "homebrew x4, yeast, hops"."""

    score: float
    matched: str = ""
    terms: frozenset[str] = frozenset()
    """The related terms that were found."""
    named: bool = False
    """The niche itself is named, not only its terms."""
    unsupported: bool = False
    """The niche is named, but hardly any of its terms is used."""
    off_topic: bool = False
    """Many terms are known and none is used: the name seems to mean something else here."""


def make_profile(
    niche: str,
    *,
    terms: Sequence[str] = (),
    exclude: Sequence[str] = (),
    language: str = "en",
) -> NicheProfile:
    """Build the profile of a niche, matching its spaced, joined, hyphenated and inflected forms.

    `terms` are related phrases, `exclude` phrases that speak against a page. `language` is an
    ISO 639-1 code; in a language without a known stemmer only exact words match.
    Raises ValueError when the niche holds no word.
    """
    core = _phrase(niche, language)
    if core is None:
        raise ValueError(f"the niche {niche!r} holds no word")
    weak = _phrases(terms, language, excluding=core)
    return NicheProfile(niche, language, core, weak, _phrases(exclude, language, excluding=core))


def with_terms(profile: NicheProfile, terms: Sequence[str]) -> NicheProfile:
    """Return the profile with more related terms, those it was made with first."""
    texts = [phrase.text for phrase in profile.weak]
    against = {phrase.text for phrase in profile.negative}
    new = [term for term in terms if term not in against]
    weak = _phrases([*texts, *new], profile.language, excluding=profile.core)
    return replace(profile, weak=weak)


def url_relevance(profile: NicheProfile, url: str) -> float:
    """Return the relevance of an address, 0..1; in host names words may be joined."""
    host = re.sub(r"[^\w]", "", urlsplit(url).hostname or "")
    stem = min(profile.core.joined_stems, key=len)
    if len(stem) >= MIN_HOST_TERM_LENGTH and stem in host:
        return 1.0
    in_host = any(
        len(term.joined) >= MIN_HOST_TERM_LENGTH and term.joined in host for term in profile.weak
    )
    return max(0.5 * in_host, relevance(profile, PageFields(url=url)).score)


def frequent_words(fields: PageFields) -> set[str]:
    """Return the words that a page's title, headings and links use most."""
    counted = Counter(lower_words(f"{fields.title} {fields.headings} {fields.anchors}"))
    return {
        word for word, _ in counted.most_common(MAX_FREQUENT_WORDS) if len(word) >= MIN_TERM_LENGTH
    }


def summarize(profile: NicheProfile) -> dict[str, str]:
    """Return the phrases of a profile by kind: niche, related, against."""
    phrases = {
        "niche": profile.niche,
        "related": ", ".join(phrase.text for phrase in profile.weak),
        "against": ", ".join(phrase.text for phrase in profile.negative),
    }
    return {kind: text for kind, text in phrases.items() if text}


def relevance(profile: NicheProfile, fields: PageFields) -> Relevance:
    """Score how far a page belongs to the niche.

    A field scores `1 - exp(-(0.9 * matches of the name, 3 at most + 0.35 * distinct terms))`; the
    page's score is the weighted mean of the fields that hold words. A single related term alone is
    no evidence, and each excluded phrase takes off 0.25.
    """
    weighted = [
        (weight, _matches(profile, text[:MAX_TEXT_LENGTH]))
        for weight, text in _weighted_fields(fields)
        if _LETTER.search(text, 0, MAX_TEXT_LENGTH)
    ]
    merged = _Matches.union(matches for _, matches in weighted)
    if not merged.core and len(merged.weak) < 2:
        return Relevance(0.0, merged.summarize())
    covered = sum(weight * matches.coverage() for weight, matches in weighted)
    score = covered / sum(weight for weight, _ in weighted) - NEGATIVE_WEIGHT * len(merged.negative)
    return Relevance(
        max(0.0, score),
        merged.summarize(),
        frozenset(merged.weak),
        bool(merged.core),
    )


def page_relevance(profile: NicheProfile, fields: PageFields) -> Relevance:
    """Score a whole page, which must use related terms as well as the name of the niche.

    Words have several meanings ("chess pie"). Once enough related terms are known, a page without
    one or two of them keeps a quarter of its score.
    """
    result = relevance(profile, fields)
    telling = {term.text for term in profile.weak if not _is_part(term, profile.core)}
    needed = (len(telling) >= ONE_TERM_NEEDED_FROM) + (len(telling) >= TWO_TERMS_NEEDED_FROM)
    used = len(telling & result.terms)
    if used >= needed:
        return result
    return replace(
        result,
        score=result.score * UNSUPPORTED_FACTOR,
        unsupported=True,
        off_topic=len(telling) >= TWO_TERMS_NEEDED_FROM and not used,
    )


def _is_part(term: Phrase, core: Phrase) -> bool:
    """Return whether a term only repeats words of the niche, as "brewing" in "home brewing"."""
    return set(term.stems) <= set(core.stems)


def _weighted_fields(fields: PageFields) -> Iterator[tuple[float, str]]:
    yield 3.0, fields.title
    yield 2.0, fields.headings
    yield 2.0, fields.anchors
    yield 1.5, " ".join(path_segments(fields.url))
    yield 1.0, fields.body


@dataclass(frozen=True, slots=True)
class _Matches:
    """The phrases found in one text: the name by its spellings, terms by their own text."""

    core: Counter[str]
    weak: Counter[str]
    negative: Counter[str]

    @classmethod
    def union(cls, several: Iterable[_Matches]) -> _Matches:
        """Merge fields by their largest count: the body repeats the headings."""
        found = [one for one in several if one is not _NO_MATCHES]
        total = found[0] if found else _NO_MATCHES
        for one in found[1:]:
            total = cls(total.core | one.core, total.weak | one.weak, total.negative | one.negative)
        return total

    def coverage(self) -> float:
        core = min(self.core.total(), MAX_CORE_MATCHES)
        return 1 - exp(-(CORE_WEIGHT * core + WEAK_WEIGHT * len(self.weak)))

    def summarize(self) -> str:
        core = [
            f"{spelling} x{count}" if count > 1 else spelling
            for spelling, count in self.core.most_common(MAX_SPELLINGS_SHOWN)
        ]
        weak = [term for term, _ in self.weak.most_common(MAX_TERMS_SHOWN)]
        return ", ".join([*core, *weak, *(f"not {term}" for term in self.negative)])


_NO_MATCHES = _Matches(Counter(), Counter(), Counter())


def _matches(profile: NicheProfile, text: str) -> _Matches:
    words = lower_words(text)
    matches = [
        (phrase, " ".join(words[position : position + length]))
        for position, word in enumerate(words)
        for phrase in profile.phrases_from(word)
        if (length := _match_length(phrase, words, position, profile.language))
    ]
    if profile.unspaced:
        folded = fold(" ".join(words))
        matches += [
            (phrase, spelling)
            for phrase, pattern in profile.unspaced
            for spelling in pattern.findall(folded)
        ]
    if not matches:
        return _NO_MATCHES
    core = Counter(spelling for phrase, spelling in matches if phrase is profile.core)
    others = [phrase for phrase, _ in matches if phrase is not profile.core]
    weak = Counter(phrase.text for phrase in others if phrase not in profile.negative)
    negative = Counter(phrase.text for phrase in others if phrase in profile.negative)
    return _Matches(core, weak, negative)


def _match_length(phrase: Phrase, words: list[str], position: int, language: str) -> int:
    """Return how many words from `position` spell a phrase that may begin there, 0 for none.

    Words may be split differently ("bee-keeping", "beekeeping") and come in another order
    ("collecting stamps", "stamp collecting").
    """
    for length in range(1, len(phrase.stems) + 2):
        window = words[position : position + length]
        if len(window) < length:
            break
        stems, plain_stems = zip(*(_stems(word, language) for word in window), strict=True)
        if (
            tuple(sorted(stems)) == phrase.stems
            or tuple(sorted(plain_stems)) == phrase.plain_stems
            or not phrase.joined_stems.isdisjoint(_stems("".join(window), language))
        ):
            return length
    return 0


def _phrases(texts: Iterable[str], language: str, excluding: Phrase) -> tuple[Phrase, ...]:
    """Return the distinct phrases, without the niche itself."""
    stems = set(excluding.joined_stems)
    kept = []
    for text in texts:
        phrase = _phrase(text, language)
        if phrase is not None and stems.isdisjoint(phrase.joined_stems):
            stems |= phrase.joined_stems
            kept.append(phrase)
    return tuple(kept)


def _phrase(text: str, language: str) -> Phrase | None:
    words = lower_words(text)
    if not words:
        return None
    stems, plain_stems = zip(*(_stems(word, language) for word in words), strict=True)
    joined = "".join(words)
    return Phrase(
        text=" ".join(words),
        stems=tuple(sorted(stems)),
        plain_stems=tuple(sorted(plain_stems)),
        joined=fold(joined),
        joined_stems=frozenset({*_stems(joined, language), "".join(stems), "".join(plain_stems)}),
        unspaced=_unspaced_pattern(words),
    )


def _unspaced_pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    """Return what finds words of a script without spaces, apart or joined; None for others."""
    text = fold(" ".join(words))
    if not _UNSPACED.search(text):
        return None
    before = r"(?<![a-z0-9])" if text[0].isascii() else ""
    after = r"(?![a-z0-9])" if text[-1].isascii() else ""
    return re.compile(f"{before}{' ?'.join(map(re.escape, text.split()))}{after}")


@lru_cache(maxsize=65_536)
def _stems(word: str, language: str) -> tuple[str, str]:
    """Return the stem of a word without accents, and the stem of the word without accents."""
    stem = stem_of(word, language)
    return (stem, stem) if word.isascii() else (fold(stem), stem_of(fold(word), language))


@lru_cache(maxsize=65_536)
def stem_of(word: str, language: str) -> str:
    """Return the stem of a word, or the word itself in a language without a stemmer."""
    algorithm = _STEMMERS.get(language[:2].lower())
    if algorithm not in snowballstemmer.algorithms() or len(word) > 60:
        return word
    stemmer = snowballstemmer.stemmer(algorithm)
    # Twice: one pass turns "potagers" into "potager", the next one that into "potag".
    return str(stemmer.stemWord(stemmer.stemWord(word)))
