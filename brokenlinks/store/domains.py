"""Registrable domains of targets: what the registry says of them, and whom to ask about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from brokenlinks.models.registration import RegistrationOutcome, RegistrationRecord
from brokenlinks.models.verdict import Verdict
from brokenlinks.store.schema import IN_USE, domains, links, pages, targets
from brokenlinks.text.urls import host_of, registrable_domain

REGISTRY_VERDICTS = (Verdict.DEAD_DOMAIN, Verdict.DRIFTED, Verdict.HIJACKED)
"""Verdicts the registry has a word in: is the domain registered at all, and since when."""
REGISTERED_MAX_AGE = timedelta(days=30)
OTHERS_MAX_AGE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PendingDomain:
    """A domain the registry has not been asked about lately; `id` is its name.

    `demand` counts the sites that link to it.
    """

    id: str
    demand: int


def record_registration(connection: Connection, record: RegistrationRecord) -> None:
    """Store a registry's answer. A look-up that got none leaves the earlier answer alone."""
    if record.outcome is RegistrationOutcome.NOT_LOOKED_UP:
        return
    connection.execute(delete(domains).where(domains.c.domain == record.domain))
    connection.execute(
        insert(domains).values(
            domain=record.domain,
            outcome=record.outcome,
            detail=record.detail,
            registered_at=record.registered_at,
            expires_at=record.expires_at,
            statuses="\n".join(record.statuses),
            looked_up_at=record.looked_up_at,
        )
    )


def registration_of(connection: Connection, domain: str) -> RegistrationRecord | None:
    """Return what the registry last said of a domain, None when it never answered."""
    return registrations_of(connection, [domain]).get(domain)


def registrations_of(
    connection: Connection, asked: Collection[str]
) -> dict[str, RegistrationRecord]:
    """Return what the registries last said, by domain; those that never answered are missing."""
    return {
        row.domain: RegistrationRecord(
            domain=row.domain,
            outcome=RegistrationOutcome(row.outcome),
            looked_up_at=row.looked_up_at,
            registered_at=row.registered_at,
            expires_at=row.expires_at,
            statuses=tuple(row.statuses.splitlines()),
            detail=row.detail,
        )
        for row in connection.execute(_DOMAINS, {"asked": list(asked)})
    }


def is_stale(record: RegistrationRecord | None, now: datetime) -> bool:
    """Tell whether to ask again: after a month about a registered domain, else after a day."""
    if record is None:
        return True
    is_registered = record.outcome is RegistrationOutcome.REGISTERED
    return now - record.looked_up_at >= (REGISTERED_MAX_AGE if is_registered else OTHERS_MAX_AGE)


def pending_domains(
    connection: Connection, niche: str, now: datetime, ids: Sequence[int] | None = None
) -> list[PendingDomain]:
    """Return the domains of the niche's targets the registry has a word in, if it is due.

    The most linked-to come first. `ids` looks at these targets only.
    """
    query = (
        select(targets.c.url, pages.c.site)
        .distinct()
        .join(links, links.c.target_id == targets.c.id)
        .join(pages, pages.c.id == links.c.page_id)
        .where(
            pages.c.niche == niche,
            *IN_USE,
            targets.c.verdict.in_(REGISTRY_VERDICTS),
        )
    )
    if ids is not None:
        query = query.where(targets.c.id.in_(ids))
    sites: dict[str, set[str]] = {}
    for row in connection.execute(query):
        sites.setdefault(registrable_domain(host_of(row.url)), set()).add(row.site)
    due = [
        PendingDomain(domain, len(linking))
        for domain, linking in sites.items()
        if domain and is_stale(registration_of(connection, domain), now)
    ]
    return sorted(due, key=lambda domain: (-domain.demand, domain.id))


def targets_on_domain(connection: Connection, domain: str) -> list[int]:
    """Return the targets on a domain whose verdict its registry has a word in."""
    query = select(targets.c.id, targets.c.url).where(
        targets.c.verdict.in_(REGISTRY_VERDICTS),
        # A site may be narrower than a registrable domain, never wider.
        or_(
            targets.c.site == domain,
            targets.c.site.endswith(f".{domain}", autoescape=True),
        ),
    )
    return [
        row.id
        for row in connection.execute(query)
        if registrable_domain(host_of(row.url)) == domain
    ]


# Built once: every probe asks.
_DOMAINS = select(domains).where(domains.c.domain.in_(bindparam("asked", expanding=True)))
