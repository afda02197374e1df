"""Which own page does the job of a dead one, with a reason, or none: a content gap. Pure.

Words are compared by their stems, and by their beginnings and insides (five letters at a time),
which finds compounds. What many own pages say weighs little. A page of another language, or of a
kind that cannot stand in for the dead one, is never offered, nor is the home page for a page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from brokenlinks.discovery.relevance import stem_of
from brokenlinks.html.page_kind import (
    HOME,
    STANDING_FOR_SITES,
    can_replace,
    kind_words,
    stands_alone,
)
from brokenlinks.html.summary import Brief
from brokenlinks.scoring.excluded_pages import is_never_offered
from brokenlinks.text.urls import is_root
from brokenlinks.text.words import path_segments

TITLE, H1, HEADINGS, DESCRIPTION, ADDRESS, ANCHORS, AROUND, TEXT = 4, 3, 2, 2, 2, 4, 1, 1
STEMS_WEIGHT, LETTERS_WEIGHT = 0.5, 0.5
GRAM = 5
SAMPLE, FEW = 300, 5
"""Dead pages that tell how like an own page is to any of them, and how few of them tell little."""
FIT_SCALE = 0.06
LEAST_FIT, LEAST_FIT_LONG, LEAST_FIT_ALONE = 0.45, 0.57, 0.85
"""Below it nothing of ours fits: a content gap. Long texts share words by chance, and one
calculator is not another: the third holds for kinds that stand alone, and their titles or headings
must have a word in common besides."""
LONG = 150
"""Words from which on a text is long; from none to these, the least fit grows."""
WORDS_SHOWN = 3
LANGUAGES = {
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
}
_WORD = re.compile(r"[^\W_]+")

Likeness = NDArray[np.float64]
"""How like a text each page of an index is, in their order."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A page and what is said of it: one of the person's, or a dead one.

    `anchors` and `around` are the words with which others link to it.
    """

    url: str
    brief: Brief
    description: str = ""
    anchors: Sequence[str] = ()
    around: Sequence[str] = ()

    def fields(self) -> list[tuple[float, str]]:
        """Return the page's texts by how much they say of its subject."""
        return [
            (TITLE, self.brief.title),
            (H1, self.brief.h1),
            (HEADINGS, " ".join(self.brief.headings)),
            (DESCRIPTION, self.description),
            (ADDRESS, " ".join(path_segments(self.url))),
            (ANCHORS, " ".join(self.anchors)),
            (AROUND, " ".join(self.around)),
        ]


@dataclass(frozen=True, slots=True)
class Match:
    """The best own page, or in `reason` why there is none (`url` is empty: a content gap)."""

    url: str = ""
    title: str = ""
    fit: float = 0.0
    reason: str = ""


class OwnPages:
    """An index of the person's pages to ask for the best replacement.

    `dead` are all the dead pages: what the whole niche says tells nothing of a page, and nor does
    an own page, a glossary for one, that is a little like all of them.
    """

    def __init__(self, pages: Sequence[Subject], dead: Sequence[Subject] = ()) -> None:
        pages = [page for page in pages if not is_never_offered(page.url, page.brief.title)]
        self._pages = pages
        self._stems = _Index(map(_stems, pages), map(_stems, dead))
        self._letters = _Index(map(_letters, pages), map(_letters, dead))
        sample = dead[:: len(dead) // SAMPLE + 1]
        summed = sum(map(self._likeness, sample), np.zeros(len(pages)))
        self._usual = summed / (len(sample) + FEW)

    def match(self, dead: Subject) -> Match:
        """Return the page that does the dead one's job best."""
        standing_out = self._likeness(dead) - self._usual
        fitting = [n for n, page in enumerate(self._pages) if _may_replace(page, dead)]
        if not fitting:
            return Match(reason="content gap: no own page of this kind and language")
        best = max(fitting, key=lambda number: standing_out[number])
        page, fit = self._pages[best], _fit(standing_out, best)
        headed = _headed_alike(page, dead)
        alone = stands_alone(page.brief.kind) or stands_alone(dead.brief.kind)
        if fit < _least_fit(page.brief, dead.brief) or (alone and not headed):
            return Match(fit=fit, reason=f"content gap: the nearest own page is {page.url}")
        shared = self._stems.telling(_stems(dead), best, headed)
        said = ", ".join(_spelled(stem, page) for stem in shared)
        reason = (
            f"both are about {said}"
            if said
            else "their texts are alike, their titles share no telling word"
        )
        return Match(page.url, page.brief.title, fit, reason)

    def _likeness(self, dead: Subject) -> Likeness:
        by_stems = self._stems.likeness(_stems(dead))
        return STEMS_WEIGHT * by_stems + LETTERS_WEIGHT * self._letters.likeness(_letters(dead))


def _least_fit(own: Brief, dead: Brief) -> float:
    if stands_alone(dead.kind) or stands_alone(own.kind):
        return LEAST_FIT_ALONE if own.kind == dead.kind else LEAST_FIT_LONG
    length = min(own.words, dead.words, LONG) / LONG
    return LEAST_FIT + length * (LEAST_FIT_LONG - LEAST_FIT)


def _fit(likeness: Likeness, best: int) -> float:
    """Return 0..1 how far the best page stands out: long texts are all a little alike."""
    others = np.delete(likeness, best)
    background = others.mean() if others.size else 0.0
    return float(1 - np.exp((background - likeness[best]) / FIT_SCALE))


class _Index:
    """Weighted words of documents, for their cosine with another's."""

    def __init__(
        self, documents: Iterable[Mapping[str, float]], others: Iterable[Mapping[str, float]]
    ) -> None:
        documents = list(documents)
        self._count = len(documents)
        self._found_in = Counter(word for document in documents for word in document)
        for other in others:
            self._count += 1
            self._found_in.update(other.keys())
        self._documents = [self._weighed(document) for document in documents]
        found: defaultdict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for number, document in enumerate(self._documents):
            for word, weight in document.items():
                numbers, weights = found[word]
                numbers.append(number)
                weights.append(weight)
        self._postings = {
            word: (np.array(numbers), np.array(weights))
            for word, (numbers, weights) in found.items()
        }

    def likeness(self, document: Mapping[str, float]) -> Likeness:
        """Return the cosine with each document."""
        scores = np.zeros(len(self._documents))
        for word, weight in self._weighed(document).items():
            if word in self._postings:
                numbers, weights = self._postings[word]
                scores[numbers] += weight * weights
        return scores

    def telling(
        self, document: Mapping[str, float], number: int, among: Collection[str]
    ) -> list[str]:
        """Return the words of `among` that speak most for a document's likeness to one of these.

        Words that every other document has speak for nothing.
        """
        its = self._documents[number]
        shared = [
            (weight * its[word], word)
            for word, weight in self._weighed(document).items()
            if word in its and word in among and self._found_in[word] <= self._count / 2
        ]
        return [word for _, word in sorted(shared, reverse=True)[:WORDS_SHOWN]]

    def _weighed(self, document: Mapping[str, float]) -> dict[str, float]:
        weighed = {
            word: (1 + log(max(count, 1))) * log((self._count + 1) / (self._found_in[word] + 0.5))
            for word, count in document.items()
        }
        length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        return {word: weight / length for word, weight in weighed.items()}


def _may_replace(own: Subject, dead: Subject) -> bool:
    languages = {own.brief.language[:2], dead.brief.language[:2]} - {""}
    return len(languages) <= 1 and can_replace(_kind(own), _kind(dead))


def _kind(page: Subject) -> str:
    """Return the page's kind; the root of a site stands for the site."""
    is_plain = page.brief.kind not in STANDING_FOR_SITES
    return HOME if is_root(page.url) and is_plain else page.brief.kind


def _stems(page: Subject) -> dict[str, float]:
    language = page.brief.language[:2]
    counted: defaultdict[str, float] = defaultdict(float)
    for word, weight in _weighed_words(page).items():
        counted[stem_of(word, language)] += weight
    return counted


def _letters(page: Subject) -> Mapping[str, float]:
    """Count what stands in five letters of the page's texts, across its words too."""
    texts = [text for _, text in page.fields()]
    texts += [" ".join([word] * count) for word, count in page.brief.terms.items()]
    runs = (" ".join(_WORD.findall(text.lower())) for text in texts)
    return Counter(run[at : at + GRAM] for run in runs for at in range(len(run) - GRAM + 1))


def _headed_alike(own: Subject, dead: Subject) -> set[str]:
    """Return the stems that stand in titles and headings of both, or in what others call them."""
    language = (own.brief.language or dead.brief.language)[:2]
    return _headed(own, language) & _headed(dead, language)


def _headed(page: Subject, language: str) -> set[str]:
    texts = (page.brief.title, page.brief.h1, *page.brief.headings, *page.anchors)
    said = " ".join(texts).lower()
    words = _WORD.findall(f"{said} {said.replace('-', '')}")  # a pay-off is a payoff
    return {stem_of(word, language) for word in words if _tells(word, language)}


def _weighed_words(page: Subject) -> dict[str, float]:
    """Return the page's words by their weight, without those every text has.

    Nor those that tell its kind: whether that fits has been asked before.
    """
    language = page.brief.language[:2]
    counted: defaultdict[str, float] = defaultdict(float, page.brief.terms)
    for weight, text in page.fields():
        for word in _WORD.findall(text.lower()):
            counted[word] += weight
    return {word: weight for word, weight in counted.items() if _tells(word, language)}


def _tells(word: str, language: str) -> bool:
    return len(word) > 1 and word not in _stop_words(language) and word not in kind_words()


def _spelled(stem: str, page: Subject) -> str:
    """Return a word of the page that has the stem."""
    language = page.brief.language[:2]
    words = _weighed_words(page)
    return next((word for word in words if stem_of(word, language) == stem), stem)


@cache
def _stop_words(language: str) -> frozenset[str]:
    import justext  # noqa: PLC0415 - slow to import, and only wanted where there is an own site

    name = LANGUAGES.get(language)
    return justext.get_stoplist(name) if name else frozenset()
