"""Queries to search providers, and the words of a niche."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Connection, insert, select, update

from brokenlinks.http.service import Outcome
from brokenlinks.models.lookups import SearchResult
from brokenlinks.store.database import batched, rows_in_batches
from brokenlinks.store.schema import searches, terms

SEARCH_MAX_AGE = timedelta(days=30)
"""Search indexes change slowly, and free quotas are small."""
PAGES_SOURCE = "pages"
MAX_TERM_LENGTH = 100
MIN_ACCEPTED_PAGES, MIN_REJECTED_PAGES = 3, 15
"""Below these a word's share of pages is chance."""
MIN_CONTRAST = 4.0
"""How many times more common a learned word is on accepted pages than on rejected ones."""
MAX_LEARNED_TERMS = 30


def record_search(
    connection: Connection,
    niche: str,
    provider: str,
    query: str,
    result: SearchResult,
    *,
    now: datetime,
) -> None:
    """Store a query and its outcome; the URLs found are queued as pages."""
    connection.execute(
        insert(searches).values(
            niche=niche,
            provider=provider,
            query=query,
            asked_at=now,
            outcome=result.outcome,
            urls=len(result.hits),
            detail=result.detail,
        )
    )
    _ensure_terms(connection, niche, result.terms, provider)


def recent_queries(connection: Connection, niche: str, provider: str, now: datetime) -> set[str]:
    """Return the queries that were answered in the last 30 days."""
    answered = searches.c.outcome.in_([Outcome.OK, Outcome.EMPTY])
    query = select(searches.c.query).where(
        searches.c.niche == niche,
        searches.c.provider == provider,
        searches.c.asked_at > now - SEARCH_MAX_AGE,
        answered,
    )
    return set(connection.execute(query).scalars())


def count_terms(
    connection: Connection, niche: str, words: Collection[str], *, accepted: bool
) -> None:
    """Count the words of one page that was accepted or rejected."""
    column = terms.c.accepted if accepted else terms.c.rejected
    _ensure_terms(connection, niche, words, PAGES_SOURCE)
    of_niche = update(terms).where(terms.c.niche == niche, terms.c.source == PAGES_SOURCE)
    for some in batched(words):
        connection.execute(of_niche.where(terms.c.term.in_(some)).values({column: column + 1}))


def provider_terms(connection: Connection, niche: str) -> list[str]:
    """Return the words that came from search providers: those Wikipedia's articles share."""
    query = select(terms.c.term).where(terms.c.niche == niche, terms.c.source != PAGES_SOURCE)
    return list(connection.execute(query.order_by(terms.c.term)).scalars())


def distinctive_terms(connection: Connection, niche: str) -> list[str]:
    """Return the words that are common on pages of the niche and rare on others."""
    query = select(terms).where(terms.c.niche == niche, terms.c.source == PAGES_SOURCE)
    rows = connection.execute(query.order_by(terms.c.accepted.desc(), terms.c.term)).all()
    accepted = max((row.accepted for row in rows), default=0)
    rejected = max((row.rejected for row in rows), default=0)
    if rejected < MIN_REJECTED_PAGES:
        return []  # with nothing to compare, "about" and "home" would be words of the niche
    distinctive = (
        row.term
        for row in rows
        if row.accepted >= MIN_ACCEPTED_PAGES
        and row.accepted / accepted >= MIN_CONTRAST * (row.rejected + 1) / (rejected + 1)
    )
    return list(islice(distinctive, MAX_LEARNED_TERMS))


def _ensure_terms(connection: Connection, niche: str, words: Collection[str], source: str) -> None:
    wanted = {word[:MAX_TERM_LENGTH] for word in words}
    query = select(terms.c.term).where(terms.c.niche == niche, terms.c.source == source)
    stored = {row.term for row in rows_in_batches(connection, query, terms.c.term, wanted)}
    new = sorted(wanted - stored)
    if new:
        connection.execute(
            insert(terms), [{"niche": niche, "term": term, "source": source} for term in new]
        )
