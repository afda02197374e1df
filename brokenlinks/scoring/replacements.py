"""Finds the own page that can replace a dead one, or none: a content gap. pandas, no I/O.

Pages are compared by word stems and by five-letter n-grams, which find compounds. Words of many own
pages weigh little. A page in another language or of an unsuitable kind is never offered, nor is the
home page in place of a page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from brokenlinks.discovery.relevance import stem_of
from brokenlinks.html.page_kind import HOME, SITE_KINDS, can_replace, is_exclusive, kind_words
from brokenlinks.html.summary import Brief, brief_from_json, brief_from_links
from brokenlinks.models.verdict import Verdict
from brokenlinks.store.user_data import OwnPage
from brokenlinks.text.normalize import lower_words, normalize_words, title_parts
from brokenlinks.text.phrases import read_toml
from brokenlinks.text.urls import is_root, path_segments

TITLE, H1, HEADINGS, DESCRIPTION, URL_PATH, ANCHORS, CONTEXT = 4, 3, 2, 2, 2, 4, 1
"""Weight of a word by where it is: titles and anchors name the subject; other text counts 1."""
STEMS_WEIGHT, NGRAMS_WEIGHT = 0.5, 0.5
NGRAM_LENGTH = 5
MAX_SAMPLED_PAGES, PRIOR_COUNT = 300, 5
"""Dead pages sampled for how similar an own page is to any of them; a count that damps few."""
FIT_SCALE = 0.06
"""Similarity above the background that gives a fit of 0.63."""
MIN_FIT, MIN_FIT_LONG, MIN_FIT_EXCLUSIVE = 0.45, 0.57, 0.85
"""Least fit of an offer. Long texts share words by chance, so they need more.

The third is for kinds such as calculators, where one does not replace another: these must also
share a word of their titles or headings.
"""
LONG_TEXT_WORDS = 150
"""Words of a long text; up to this length the least fit grows."""
MAX_WORDS_SHOWN = 3
MAX_TEXTS_PER_TARGET = 5
"""Anchors, and texts around links, read for a target: more repeat the same words."""
LIVING_VERDICTS = (Verdict.ALIVE, Verdict.PENDING, Verdict.UNCHECKED)
TARGET_COLUMNS = ["target_id", "target_url", "anchor", "context", "archive_brief"]
"""The columns that describe a link's target."""
OFFER_COLUMNS = ["suggested_page", "suggested_title", "fit", "match_reason"]
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

Similarity = NDArray[np.float64]
"""The similarity of a text to each page of an index, in their order."""


@dataclass(frozen=True, slots=True)
class ComparedPage:
    """A page to compare: one of the user's, or a dead one.

    `anchors` and `contexts` are the texts of links to it and around them.
    """

    url: str
    brief: Brief
    description: str = ""
    anchors: Sequence[str] = ()
    contexts: Sequence[str] = ()

    def fields(self) -> list[tuple[float, str]]:
        """Return the page's texts with their weights."""
        return [
            (TITLE, self.brief.title),
            (H1, self.brief.h1),
            (HEADINGS, " ".join(self.brief.headings)),
            (DESCRIPTION, self.description),
            (URL_PATH, " ".join(path_segments(self.url))),
            (ANCHORS, " ".join(self.anchors)),
            (CONTEXT, " ".join(self.contexts)),
        ]


@dataclass(frozen=True, slots=True)
class Match:
    """The best own page; with an empty `url` a content gap, and `reason` says why."""

    url: str = ""
    title: str = ""
    fit: float = 0.0
    reason: str = ""


def with_replacements(links: pd.DataFrame, own: Sequence[OwnPage]) -> pd.DataFrame:
    """Add the page to offer for each target that may be dead; nothing without own pages."""
    briefs = [(page, brief_from_json(page.brief) or Brief(title=page.title)) for page in own]
    pages = [
        ComparedPage(page.url, brief, page.description)
        for page, brief in briefs
        if brief.title or brief.terms  # of an unread page, the title at least
    ]
    if not pages:
        return links
    rows: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in links.loc[~links["verdict"].isin(LIVING_VERDICTS), TARGET_COLUMNS].itertuples():
        rows[row.target_id].append(row)
    dead = {target: _dead_page(links_to_it) for target, links_to_it in rows.items()}
    index = OwnPageIndex(pages, list(dead.values()))
    matches = {target: index.match(page) for target, page in dead.items()}
    offers = pd.DataFrame.from_dict(
        {target: (m.url, m.title, m.fit, m.reason) for target, m in matches.items()},
        orient="index",
        columns=OFFER_COLUMNS,
    )
    joined = links.join(offers, on="target_id")
    return joined.fillna({"suggested_page": "", "suggested_title": "", "match_reason": ""})


def _dead_page(rows: list[Any]) -> ComparedPage:
    first = rows[0]
    anchors = tuple(dict.fromkeys(row.anchor for row in rows if row.anchor))[:MAX_TEXTS_PER_TARGET]
    around = tuple(dict.fromkeys(row.context for row in rows if row.context))[:MAX_TEXTS_PER_TARGET]
    brief = brief_from_json(first.archive_brief)
    brief = brief or brief_from_links(first.target_url, anchors, around)
    return ComparedPage(first.target_url, brief, "", anchors, around)


class OwnPageIndex:
    """An index of the user's pages that finds the best replacement for a dead page.

    `dead` are all dead pages: words of the whole niche weigh little, and so does the similarity of
    an own page, such as a glossary, to every dead page.
    """

    def __init__(self, pages: Sequence[ComparedPage], dead: Sequence[ComparedPage] = ()) -> None:
        pages = [page for page in pages if not is_excluded_page(page.url, page.brief.title)]
        self._pages = pages
        self._stems = _Index(map(_stems, pages), map(_stems, dead))
        self._letters = _Index(map(_ngrams, pages), map(_ngrams, dead))
        sample = dead[:: len(dead) // MAX_SAMPLED_PAGES + 1]
        summed = sum(map(self._similarity, sample), np.zeros(len(pages)))
        self._baseline = summed / (len(sample) + PRIOR_COUNT)

    def match(self, dead: ComparedPage) -> Match:
        """Return the page that replaces the dead one best."""
        standing_out = self._similarity(dead) - self._baseline
        fitting = [n for n, page in enumerate(self._pages) if _may_replace(page, dead)]
        if not fitting:
            return Match(reason="content gap: no own page of this kind and language")
        best = max(fitting, key=lambda number: standing_out[number])
        page, fit = self._pages[best], _fit(standing_out, best)
        language = (page.brief.language or dead.brief.language)[:2]
        headed = _heading_stems(page, language) & _heading_stems(dead, language)
        alone = is_exclusive(page.brief.kind) or is_exclusive(dead.brief.kind)
        if fit < _min_fit(page.brief, dead.brief) or (alone and not headed):
            return Match(fit=fit, reason=f"content gap: the nearest own page is {page.url}")
        shared = self._stems.top_terms(_stems(dead), best, headed)
        words = ", ".join(_word_with_stem(stem, page) for stem in shared)
        reason = (
            f"both are about {words}"
            if words
            else "their texts are similar, but their titles have no distinctive word in common"
        )
        return Match(page.url, page.brief.title, fit, reason)

    def _similarity(self, dead: ComparedPage) -> Similarity:
        by_stems = self._stems.similarity(_stems(dead))
        return STEMS_WEIGHT * by_stems + NGRAMS_WEIGHT * self._letters.similarity(_ngrams(dead))


def _min_fit(own: Brief, dead: Brief) -> float:
    if is_exclusive(dead.kind) or is_exclusive(own.kind):
        return MIN_FIT_EXCLUSIVE if own.kind == dead.kind else MIN_FIT_LONG
    length = min(own.words, dead.words, LONG_TEXT_WORDS) / LONG_TEXT_WORDS
    return MIN_FIT + length * (MIN_FIT_LONG - MIN_FIT)


def _fit(similarity: Similarity, best: int) -> float:
    """Return 0 to 1, how far the best page stands out from the others, which share common words."""
    others = np.delete(similarity, best)
    background = others.mean() if others.size else 0.0
    return float(1 - np.exp((background - similarity[best]) / FIT_SCALE))


class _Index:
    """Documents as weighted words (tf-idf), compared by cosine."""

    def __init__(
        self, documents: Iterable[Mapping[str, float]], others: Iterable[Mapping[str, float]]
    ) -> None:
        documents = list(documents)
        self._count = len(documents)
        self._document_frequency = Counter(word for document in documents for word in document)
        for other in others:
            self._count += 1
            self._document_frequency.update(other.keys())
        self._documents = [self._tf_idf(document) for document in documents]
        postings: defaultdict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for number, document in enumerate(self._documents):
            for word, weight in document.items():
                numbers, weights = postings[word]
                numbers.append(number)
                weights.append(weight)
        self._postings = {
            word: (np.array(numbers), np.array(weights))
            for word, (numbers, weights) in postings.items()
        }

    def similarity(self, document: Mapping[str, float]) -> Similarity:
        """Return the cosine with each document."""
        scores = np.zeros(len(self._documents))
        for word, weight in self._tf_idf(document).items():
            if word in self._postings:
                numbers, weights = self._postings[word]
                scores[numbers] += weight * weights
        return scores

    def top_terms(
        self, document: Mapping[str, float], number: int, among: Collection[str]
    ) -> list[str]:
        """Return the words of `among` that contribute most to the similarity with a document.

        Words in more than half of all documents are left out.
        """
        other = self._documents[number]
        shared = [
            (weight * other[word], word)
            for word, weight in self._tf_idf(document).items()
            if word in other and word in among and self._document_frequency[word] <= self._count / 2
        ]
        return [word for _, word in sorted(shared, reverse=True)[:MAX_WORDS_SHOWN]]

    def _tf_idf(self, document: Mapping[str, float]) -> dict[str, float]:
        weighed = {
            word: (1 + log(max(count, 1)))
            * log((self._count + 1) / (self._document_frequency[word] + 0.5))
            for word, count in document.items()
        }
        length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        return {word: weight / length for word, weight in weighed.items()}


def _may_replace(own: ComparedPage, dead: ComparedPage) -> bool:
    languages = {own.brief.language[:2], dead.brief.language[:2]} - {""}
    return len(languages) <= 1 and can_replace(_kind(own), _kind(dead))


def _kind(page: ComparedPage) -> str:
    """Return the page's kind; a plain page at the root of a site is a home page."""
    is_plain = page.brief.kind not in SITE_KINDS
    return HOME if is_root(page.url) and is_plain else page.brief.kind


def _stems(page: ComparedPage) -> dict[str, float]:
    language = page.brief.language[:2]
    counted: defaultdict[str, float] = defaultdict(float)
    for word, weight in _weighted_words(page).items():
        counted[stem_of(word, language)] += weight
    return counted


def _ngrams(page: ComparedPage) -> Mapping[str, float]:
    """Count the n-grams of the page's texts, across words too."""
    texts = [text for _, text in page.fields()]
    texts += [" ".join([word] * count) for word, count in page.brief.terms.items()]
    runs = (" ".join(lower_words(text)) for text in texts)
    return Counter(
        run[at : at + NGRAM_LENGTH] for run in runs for at in range(len(run) - NGRAM_LENGTH + 1)
    )


def _heading_stems(page: ComparedPage, language: str) -> set[str]:
    """Return the stems in the page's title, headings and anchors."""
    texts = (page.brief.title, page.brief.h1, *page.brief.headings, *page.anchors)
    text = " ".join(texts)
    words = lower_words(f"{text} {text.replace('-', '')}")  # a pay-off is a payoff
    return {stem_of(word, language) for word in words if _is_significant(word, language)}


def _weighted_words(page: ComparedPage) -> dict[str, float]:
    """Return the page's words by weight, without stop words and words that name its kind.

    Whether the kind fits is checked elsewhere.
    """
    language = page.brief.language[:2]
    counted: defaultdict[str, float] = defaultdict(float, page.brief.terms)
    for weight, text in page.fields():
        for word in lower_words(text):
            counted[word] += weight
    return {word: weight for word, weight in counted.items() if _is_significant(word, language)}


def _is_significant(word: str, language: str) -> bool:
    return len(word) > 1 and word not in _stop_words(language) and word not in kind_words()


def _word_with_stem(stem: str, page: ComparedPage) -> str:
    """Return a word of the page with the stem."""
    language = page.brief.language[:2]
    words = _weighted_words(page)
    return next((word for word in words if stem_of(word, language) == stem), stem)


@cache
def _stop_words(language: str) -> frozenset[str]:
    import justext  # noqa: PLC0415 - slow to import, and only needed with an own site

    name = LANGUAGES.get(language)
    return justext.get_stoplist(name) if name else frozenset()


def is_excluded_page(url: str, title: str) -> bool:
    """Whether a page is never a replacement: legal notices, searches, lists of own pages."""
    segments = [normalize_words(segment).strip() for segment in path_segments(url)]
    named = {part.strip() for part in title_parts(title)} | set(segments[-1:])
    return not (_words("names").isdisjoint(named) and _words("lists").isdisjoint(segments[:-1]))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_toml(__package__, "excluded_pages.toml")[name])
