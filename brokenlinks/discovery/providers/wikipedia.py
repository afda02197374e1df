"""Wikipedia: what the articles about a niche link to, and the words they share.

Its articles are pointers, never pages for outreach.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from brokenlinks.discovery.providers.base import Capabilities, SearchFlow, results_of
from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import Outcome, ServiceRequest, build_url, read_json
from brokenlinks.models.lookups import SearchHit, SearchResult
from brokenlinks.text.printable import excerpt
from brokenlinks.text.urls import host_of

STATUS_OUTCOMES = {403: Outcome.BLOCKED, 429: Outcome.QUOTA}
MAX_TITLE_LENGTH = 255
"""Characters; MediaWiki allows as many bytes."""
MAX_ARTICLES = 20
TOP_ARTICLES = 5
"""Their links and section titles are the niche's vocabulary, where two of them share a word."""
MAX_PARTS = 15
"""Responses read for one search: external links come in several, some of them empty."""
MAX_LAG_RETRIES = 3
LAG_WAIT = 5.0
MAX_TERMS = 40
GENERIC_TITLES = frozenset(
    [
        *("see also", "references", "external links", "further reading", "notes", "bibliography"),
        *("history", "sources", "citations", "footnotes", "gallery", "overview", "etymology"),
        *("literatur", "weblinks", "einzelnachweise", "siehe auch"),
        *("notes et références", "liens externes", "voir aussi", "bibliographie"),
        *("referencias", "enlaces externos", "véase también"),
        *("note", "collegamenti esterni", "voci correlate"),
    ]
)


class Wikipedia:
    """The action API of one language's Wikipedia."""

    name = "wikipedia"
    max_queries = 2
    secrets: tuple[str, ...] = ()
    capabilities = Capabilities(footprints=False, max_length=300)

    def __init__(self, base: str, *, has_contact: bool) -> None:
        self.service = host_of(base)
        # Ten a minute without a contact in the User-Agent.
        self.request_interval = 0.5 if has_contact else 6.0
        self._base = base

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], language: str) -> Self | None:
        """Needs no account."""
        base = settings["WIKIPEDIA_URL"].replace("{language}", language or "en")
        return cls(base, has_contact=bool(settings["CONTACT"]))

    def search(self, query: str) -> SearchFlow:
        """Read the external links of the articles that match, then the top articles' words."""
        articles: dict[int, _Article] = {}
        more: dict[str, str] = {}
        failure = SearchResult(Outcome.EMPTY)
        for _ in range(MAX_PARTS):
            data = yield from self._ask(_links_of_matches(query) | more)
            if isinstance(data, SearchResult):
                failure = data
                break
            _collect(articles, data)
            onward = data.get("continue")
            if not isinstance(onward, dict) or not onward:
                break
            more = onward
        ranked = sorted(articles.values(), key=lambda article: article.rank)
        urls = dict.fromkeys(url for article in ranked for url in article.links)
        hits = tuple(SearchHit(url) for url in urls)
        if not hits:
            return failure
        terms = yield from self._vocabulary(ranked[:TOP_ARTICLES])
        return SearchResult(Outcome.OK, hits, terms, failure.detail)

    def _vocabulary(
        self, articles: Iterable[_Article]
    ) -> Generator[ServiceRequest, FetchResult, tuple[str, ...]]:
        shared: Counter[str] = Counter()
        for article in articles:
            data = yield from self._ask(
                {"action": "parse", "pageid": str(article.id), "prop": "sections|links"}
            )
            if not isinstance(data, SearchResult):
                shared.update(_terms_of(data) | {_term(article.title)} - {""})
        return tuple(term for term, count in shared.most_common(MAX_TERMS) if count > 1)

    def _ask(self, parameters: Mapping[str, str]) -> Generator[ServiceRequest, FetchResult, Any]:
        """Send a request, again when the servers lag; return the JSON, or what went wrong."""
        common = {"format": "json", "formatversion": "2", "maxlag": "5"}
        wait = 0.0
        for _ in range(MAX_LAG_RETRIES):
            answer = yield ServiceRequest(
                build_url(self._base, "", **common, **parameters), wait=wait
            )
            content = read_json(answer)
            error = content.get("error") if isinstance(content, dict) else None
            if answer.status != 200 or not isinstance(content, dict):
                return results_of(answer, lambda _: [], STATUS_OUTCOMES)
            if not error:
                return content
            if not isinstance(error, dict) or error.get("code") != "maxlag":
                return SearchResult(Outcome.ERROR, detail=excerpt(f"the API says {error}", 200))
            wait = LAG_WAIT
        return SearchResult(Outcome.BLOCKED, detail="its servers lag; try again later")


@dataclass(slots=True)
class _Article:
    id: int
    rank: int
    title: str
    links: list[str] = field(default_factory=list)


def _links_of_matches(query: str) -> dict[str, str]:
    return {
        "action": "query",
        "generator": "search",
        "gsrsearch": query,
        "gsrlimit": str(MAX_ARTICLES),
        "prop": "extlinks",
        "ellimit": "max",
        "elexpandurl": "1",
    }


def _collect(articles: dict[int, _Article], data: Any) -> None:
    """Add what one part of the answer says; what is not as expected is passed over."""
    for page in objects_in(data, "query", "pages"):
        number, rank = page.get("pageid"), page.get("index")
        if isinstance(number, int) and isinstance(rank, int):
            title = str(page.get("title", ""))
            article = articles.setdefault(number, _Article(number, rank, title))
            links = (link.get("url") for link in objects_in(page, "extlinks"))
            article.links += [str(url) for url in links if str(url).startswith("http")]


def _terms_of(data: Any) -> set[str]:
    """Return the titles an article links to and its sections, in lower case."""
    titles = [
        str(link.get("title")) for link in objects_in(data, "parse", "links") if link.get("ns") == 0
    ]
    titles += [str(section.get("line")) for section in objects_in(data, "parse", "sections")]
    return {term for title in titles if (term := _term(title))}


def objects_in(data: Any, *names: str) -> list[dict[str, Any]]:
    """Return the objects in the list that stands under the names, none when there is no such."""
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    return [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []


def _term(title: str) -> str:
    """Return a title as a term: without a bracketed addition; "" for what says nothing."""
    term = re.sub(r"\s*\([^)]*\)|<[^>]+>", "", title[:MAX_TITLE_LENGTH]).strip().lower()
    wordy = len(term) > 2 and not any(char.isdigit() for char in term) and ":" not in term
    return term if wordy and len(term.split()) <= 3 and term not in GENERIC_TITLES else ""
