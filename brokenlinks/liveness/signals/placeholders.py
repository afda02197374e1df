"""Recognises default server pages, suspended accounts and unclaimed services."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from brokenlinks.text.phrases import SubstringMatcher, expand, read_toml

MAX_TEXT_LENGTH = 20_000
"""Characters of a page's text; it has few words, however long."""

PlaceholderKind = Literal["placeholder", "suspended", "unclaimed_service"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A page of the server or the hosting service in place of the site."""

    kind: PlaceholderKind
    vendor: str
    signal: str


@dataclass(frozen=True, slots=True)
class _PlaceholderPattern:
    kind: PlaceholderKind
    vendor: str
    where: Literal["title", "h1", "text", "header"]
    fact: str
    source: str
    also: str = ""
    header: str = ""
    most_words: int = 120

    def signal(self, headers: Mapping[str, str], page: Mapping[str, str], words: int) -> str:
        if self.where == "header":
            value = headers.get(self.header, "").lower()
            return f"header {self.header}: {self.fact}" if self.fact in value else ""
        if words > self.most_words or self.also not in page["text"]:
            return ""
        text = page[self.where]
        if self.where == "text":
            matches = self.fact in text
        else:
            matches = text.startswith(self.fact[:-3]) if self.is_prefix else text == self.fact
        return f'{self.where} "{self.fact}"' if matches else ""

    @property
    def is_prefix(self) -> bool:
        """Whether titles or headings begin with it: "Apache Tomcat/..."."""
        return self.where in {"title", "h1"} and self.fact.endswith("...")


def placeholder(
    headers: Mapping[str, str], title: str, h1: str, text: str, words: int
) -> Placeholder | None:
    """Recognise a default server page, a suspended account or an unclaimed service.

    `headers` have lower-case names; `text` is the visible text, `words` its length. The status
    does not matter: services serve such pages with 200 as well as with 404 or 410.
    """
    page = {"title": _normalize_quotes(title), "h1": _normalize_quotes(h1), "text": ""}
    index = _placeholder_index()
    if words <= index.most_words:
        page["text"] = _normalize_quotes(text[:MAX_TEXT_LENGTH])
    for pattern in index.candidates_for(page):
        signal = pattern.signal(headers, page, words)
        if signal:
            return Placeholder(pattern.kind, pattern.vendor, signal)
    return None


@dataclass(frozen=True, slots=True)
class _PlaceholderIndex:
    """Thousands of wordings; `by_wording` has those that are looked up rather than tried."""

    patterns: tuple[_PlaceholderPattern, ...]
    by_wording: Mapping[str, Sequence[int]]
    texts: SubstringMatcher
    others: Sequence[int]
    """Headers and beginnings of headings: few enough to try each."""
    most_words: int

    def candidates_for(self, page: Mapping[str, str]) -> Iterator[_PlaceholderPattern]:
        """Yield those that the page may show, in the order of the data."""
        numbers = set(self.others)
        for wording in {page["title"], page["h1"], *self.texts.find_in(page["text"])}:
            numbers.update(self.by_wording.get(wording, ()))
        return (self.patterns[number] for number in sorted(numbers))


@cache
def _placeholder_index() -> _PlaceholderIndex:
    patterns = tuple(
        _PlaceholderPattern(**entry | {"fact": " ".join(fact.split())})
        for entry in read_toml(__package__, "data/placeholders.toml")["page"]
        for fact in expand(entry["fact"])
    )
    by_wording: defaultdict[str, list[int]] = defaultdict(list)
    others = []
    for number, pattern in enumerate(patterns):
        if pattern.where == "header" or pattern.is_prefix:
            others.append(number)
        else:
            by_wording[pattern.fact].append(number)
    return _PlaceholderIndex(
        patterns,
        by_wording,
        SubstringMatcher(pattern.fact for pattern in patterns if pattern.where == "text"),
        others,
        max(pattern.most_words for pattern in patterns),
    )


def _normalize_quotes(text: str) -> str:
    """Return `text` in lower case with straight quotes and single spaces, punctuation kept."""
    lowered = text.lower()
    straight = lowered if lowered.isascii() else _CURLY_QUOTES.sub("'", lowered)
    return " ".join(straight.split())


_CURLY_QUOTES = re.compile("[\u2018\u2019\u02bc]")
