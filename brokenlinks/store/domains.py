"""Registrable domains of targets: which to look up in the registry, and its answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from brokenlinks.models.lookups import RegistrationOutcome, RegistrationRecord
from brokenlinks.models.verdict import Verdict
from brokenlinks.store.schema import IN_USE, LINKED, domains, pages, targets
from brokenlinks.text.urls import host_of, registrable_domain

REGISTRY_VERDICTS = [verdict for verdict in Verdict if verdict.needs_registry]
"""Verdicts that depend on whether and since when the domain is registered."""
REGISTERED_MAX_AGE = timedelta(days=30)
"""A registration lasts a year or more; a month old, its dates are still right."""
OTHERS_MAX_AGE = timedelta(days=1)
"""A free or expiring domain may be registered any day."""


@dataclass(frozen=True, slots=True)
class PendingDomain:
    """A domain that is due for a registry look-up; `id` is its name.

    `demand` counts the sites that link to it.
    """

    id: str
    demand: int


def record_registration(connection: Connection, record: RegistrationRecord) -> None:
    """Store a registry's answer. A failed look-up keeps the earlier answer."""
    if record.outcome is RegistrationOutcome.NOT_LOOKED_UP:
        return
    connection.execute(delete(domains).where(domains.c.domain == record.domain))
    values = asdict(record) | {"statuses": "\n".join(record.statuses)}
    connection.execute(insert(domains).values(values))


def registration_of(connection: Connection, domain: str) -> RegistrationRecord | None:
    """Return the registry's last answer about a domain, None without one."""
    return registrations_of(connection, [domain]).get(domain)


def registrations_of(
    connection: Connection, asked: Collection[str]
) -> dict[str, RegistrationRecord]:
    """Return the registries' last answers by domain; domains without one are missing."""
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
    """Whether a look-up is due: after a month for a registered domain, else after a day."""
    if record is None:
        return True
    is_registered = record.outcome is RegistrationOutcome.REGISTERED
    return now - record.looked_up_at >= (REGISTERED_MAX_AGE if is_registered else OTHERS_MAX_AGE)


def pending_domains(
    connection: Connection, niche: str, now: datetime, ids: Sequence[int] | None = None
) -> list[PendingDomain]:
    """Return the domains of the niche that are due for a registry look-up, most linked-to first.

    `ids` limits the search to these targets.
    """
    query = (
        select(targets.c.url, pages.c.site)
        .distinct()
        .select_from(LINKED)
        .where(pages.c.niche == niche, *IN_USE, targets.c.verdict.in_(REGISTRY_VERDICTS))
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
    """Return the targets on a domain whose verdict depends on its registration."""
    query = select(targets.c.id, targets.c.url).where(
        targets.c.verdict.in_(REGISTRY_VERDICTS),
        # A site may be narrower than a registrable domain, never wider.
        or_(targets.c.site == domain, targets.c.site.endswith(f".{domain}", autoescape=True)),
    )
    return [
        row.id
        for row in connection.execute(query)
        if registrable_domain(host_of(row.url)) == domain
    ]


# Built once: every probe runs it.
_DOMAINS = select(domains).where(domains.c.domain.in_(bindparam("asked", expanding=True)))
