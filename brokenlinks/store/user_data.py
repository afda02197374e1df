"""The user's own data: pages of their site, and what they wrote in the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from brokenlinks.store.schema import notes, own_pages

PAGES_MAX_AGE = timedelta(days=7)
"""A week: users add pages, and a sitemap of thousands is not to be read in every run."""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One page; `brief` is JSON, empty if the page could not be read."""

    url: str
    title: str
    description: str = ""
    brief: str = ""
    problem: str = ""


def own_pages_of(connection: Connection, site: str) -> list[OwnPage]:
    """Return a site's pages by URL."""
    columns = (own_pages.c[name] for name in OwnPage.__dataclass_fields__)
    query = select(*columns).where(own_pages.c.site == site).order_by(own_pages.c.url)
    return [OwnPage(*row) for row in connection.execute(query)]


def recently_read(connection: Connection, site: str, now: datetime) -> set[str]:
    """Return the URLs of the site that need not be read again yet."""
    query = select(own_pages.c.url).where(
        own_pages.c.site == site,
        own_pages.c.fetched_at >= now - PAGES_MAX_AGE,
        own_pages.c.problem == "",
    )
    return set(connection.execute(query).scalars())


def record_own_page(connection: Connection, site: str, page: OwnPage, now: datetime) -> None:
    """Store a page as it is today."""
    here = (own_pages.c.site == site) & (own_pages.c.url == page.url)
    connection.execute(delete(own_pages).where(here))
    values = asdict(page) | {"site": site, "fetched_at": now}
    connection.execute(insert(own_pages).values(values))


def delete_unlisted_pages(connection: Connection, site: str, listed: Sequence[str]) -> None:
    """Delete the pages that the site no longer lists."""
    stored = connection.execute(select(own_pages.c.url).where(own_pages.c.site == site)).scalars()
    for url in set(stored) - set(listed):
        here = (own_pages.c.site == site) & (own_pages.c.url == url)
        connection.execute(delete(own_pages).where(here))


Annotation = tuple[str, str, str, str]
"""Sheet, row key, header, value."""


def load_annotations(connection: Connection, niche: str) -> list[Annotation]:
    """Return every note of a niche."""
    rows = connection.execute(select(notes).where(notes.c.niche == niche))
    return [(row.sheet, row.key, row.header, row.value) for row in rows]


def save_annotations(connection: Connection, niche: str, annotations: Iterable[Annotation]) -> None:
    """Replace the niche's notes by those now in the workbook."""
    connection.execute(delete(notes).where(notes.c.niche == niche))
    rows = [
        {"niche": niche, "sheet": sheet, "key": key, "header": header, "value": value}
        for sheet, key, header, value in annotations
    ]
    if rows:
        connection.execute(insert(notes), rows)
