"""Contacts of linking sites: which sites to look up, what was found, and how to delete it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, true

from brokenlinks.models.contact import Contact, ContactKind
from brokenlinks.store.schema import IN_USE, contacts, links, pages, targets
from brokenlinks.store.targets import DEAD_VERDICTS


@dataclass(frozen=True, slots=True)
class PendingSite:
    """A site with dead links that is due for a look-up; `id` is its name.

    `url` is its accepted page with the most dead targets, `demand` how many those are.
    """

    id: str
    url: str
    demand: int


def record_contact(connection: Connection, site: str, contact: Contact, now: datetime) -> None:
    """Store the contact of a site in place of the one before."""
    connection.execute(delete(contacts).where(contacts.c.site == site))
    connection.execute(
        insert(contacts).values(
            site=site,
            kind=contact.kind,
            value=contact.value,
            found_on=contact.found_on,
            found_at=None if contact.kind is ContactKind.NONE else now,
            policy=contact.policy,
            detail=contact.detail,
            looked_up_at=now,
        )
    )


def pending_sites(
    connection: Connection, niche: str, before: datetime, ids: Sequence[int] | None = None
) -> list[PendingSite]:
    """Return the sites of accepted pages that link to dead targets, not looked up since `before`.

    Those with the most dead targets on one page come first. `ids` looks at these targets only.
    """
    demand = func.count(targets.c.id.distinct())
    query = (
        select(pages.c.site, pages.c.url, demand.label("demand"))
        .join(links, links.c.page_id == pages.c.id)
        .join(targets, targets.c.id == links.c.target_id)
        .outerjoin(contacts, contacts.c.site == pages.c.site)
        .where(
            pages.c.niche == niche,
            *IN_USE,
            targets.c.verdict.in_(DEAD_VERDICTS),
            or_(contacts.c.site.is_(None), contacts.c.looked_up_at < before),
        )
        .group_by(pages.c.id, pages.c.site, pages.c.url)
        .order_by(demand.desc(), pages.c.id)
    )
    if ids is not None:
        query = query.where(targets.c.id.in_(ids))
    found: dict[str, PendingSite] = {}
    for row in connection.execute(query):
        found.setdefault(row.site, PendingSite(row.site, row.url, row.demand))
    return list(found.values())


def purge_contacts(
    connection: Connection, *, site: str = "", before: datetime | None = None
) -> int:
    """Delete the contacts of a site, those looked up before a moment, or all; return how many."""
    chosen: ColumnElement[bool] = true()
    if site:
        chosen = contacts.c.site == site
    elif before is not None:
        chosen = contacts.c.looked_up_at < before
    return connection.execute(delete(contacts).where(chosen)).rowcount
