"""Look-ups: what is due for the archive, the registry, Wikipedia and contacts; their answers.

Also the rate budgets of all outside services, shared by every process that uses this journal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from math import inf
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from brokenlinks.models.contact import Contact, ContactKind
from brokenlinks.models.lookups import (
    ArchiveOutcome,
    ArchiveRecord,
    RegistrationOutcome,
    RegistrationRecord,
)
from brokenlinks.models.verdict import Confidence, Verdict
from brokenlinks.store.database import batched, rows_in_batches
from brokenlinks.store.schema import contacts, domains, pages, select_links, service_turns, targets
from brokenlinks.text.urls import host_of, registrable_domain

REGISTRY_VERDICTS = [verdict for verdict in Verdict if verdict.needs_registry]
"""Verdicts that depend on whether and since when the domain is registered."""
DEAD_VERDICTS = [verdict for verdict in Verdict if verdict.is_dead]
ARCHIVE_VERDICTS = [verdict for verdict in Verdict if verdict.needs_archive]
"""Verdicts for which the archive is asked what the page was."""
MISS_MAX_AGE = timedelta(days=7)
"""A page may be missing today because the archive's index was incomplete."""
HIT_MAX_AGE = timedelta(days=30)
REGISTERED_MAX_AGE = timedelta(days=30)
"""A registration lasts a year or more; a month old, its dates are still right."""
OTHERS_MAX_AGE = timedelta(days=1)
"""A free or expiring domain may be registered any day."""
CITATIONS_MAX_AGE = timedelta(days=90)
"""Articles change slowly, and the number only helps the ranking."""


@dataclass(frozen=True, slots=True)
class PendingTarget:
    """A target that is due for a look-up; `demand` counts the sites that link to it."""

    id: int
    url: str
    verdict: Verdict
    demand: int


@dataclass(frozen=True, slots=True)
class PendingDomain:
    """A domain that is due for a registry look-up; `id` is its name.

    `demand` counts the sites that link to it.
    """

    id: str
    demand: int


@dataclass(frozen=True, slots=True)
class PendingSite:
    """A site with dead links that is due for a look-up; `id` is its name.

    `url` is its accepted page with the most dead targets, `demand` how many those are.
    """

    id: str
    url: str
    demand: int


def pending_targets(
    connection: Connection, niche: str, now: datetime, ids: Sequence[int] | None = None
) -> list[PendingTarget]:
    """Return the dead and doubtful targets that are due for the archive, most linked-to first.

    Hits are kept for 30 days, misses for 7. `ids` limits the search to these targets.
    """
    # Pages that were served but look like error pages: the archived copy may decide.
    is_doubtful = (targets.c.verdict == Verdict.ALIVE) & (targets.c.confidence == Confidence.LOW)
    is_hit, looked_up_at = (
        targets.c.archive_outcome == ArchiveOutcome.FOUND,
        targets.c.archive_looked_up_at,
    )
    return _due_targets(
        connection,
        niche,
        ids,
        or_(targets.c.verdict.in_(ARCHIVE_VERDICTS), is_doubtful),
        or_(
            looked_up_at.is_(None),
            is_hit & (looked_up_at < now - HIT_MAX_AGE),
            ~is_hit & (looked_up_at < now - MISS_MAX_AGE),
        ),
    )


def record_archive(connection: Connection, target_id: int, record: ArchiveRecord) -> None:
    """Store the archive's answer. A failed look-up keeps the earlier answer."""
    if record.outcome is ArchiveOutcome.NOT_LOOKED_UP:
        values: dict[str, Any] = {"archive_detail": record.detail}
    else:
        values = {column: getattr(record, name) for name, column in _ARCHIVE_COLUMNS.items()}
    connection.execute(update(targets).where(targets.c.id == target_id).values(**values))


def archive_record(target: Row[Any]) -> ArchiveRecord | None:
    """Return the archive's answer about a target, None without one."""
    if target.archive_looked_up_at is None:
        return None
    values = {name: getattr(target, column) for name, column in _ARCHIVE_COLUMNS.items()}
    return ArchiveRecord(**values | {"outcome": ArchiveOutcome(target.archive_outcome)})


_ARCHIVE_COLUMNS = {
    **{field.name: f"archive_{field.name}" for field in fields(ArchiveRecord)},
    "gone_after_last_good": "archive_gone_after",
    "site_archived_recently": "archive_site_lately",
}
"""Columns of a target by the fields of an archive record."""


def record_relocation(connection: Connection, target_id: int, url: str, reason: str) -> None:
    """Store where a dead page's content was found, "" for nowhere."""
    values = {"moved_to": url, "moved_detail": reason}
    connection.execute(update(targets).where(targets.c.id == target_id).values(**values))


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
    connection: Connection, names: Collection[str]
) -> dict[str, RegistrationRecord]:
    """Return the registries' last answers by domain; domains without one are missing."""
    records = {}
    for some in batched(names):
        for row in connection.execute(_DOMAINS, {"asked": some}):
            outcome, statuses = RegistrationOutcome(row.outcome), tuple(row.statuses.splitlines())
            values = row._asdict() | {"outcome": outcome, "statuses": statuses}
            records[row.domain] = RegistrationRecord(**values)
    return records


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
    query = select_links(niche, targets.c.url, pages.c.site).distinct()
    query = query.where(targets.c.verdict.in_(REGISTRY_VERDICTS))
    sites: dict[str, set[str]] = {}
    for row in rows_in_batches(connection, query, targets.c.id, ids):
        sites.setdefault(registrable_domain(host_of(row.url)), set()).add(row.site)
    known = registrations_of(connection, sites)
    due = [
        PendingDomain(domain, len(linking))
        for domain, linking in sites.items()
        if domain and is_stale(known.get(domain), now)
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


def pending_citations(
    connection: Connection, niche: str, now: datetime, ids: Sequence[int] | None = None
) -> list[PendingTarget]:
    """Return the dead targets that are due for a citation look-up, most linked-to first."""
    looked_up_at = targets.c.citations_asked_at
    is_due = or_(looked_up_at.is_(None), looked_up_at < now - CITATIONS_MAX_AGE)
    return _due_targets(connection, niche, ids, targets.c.verdict.in_(DEAD_VERDICTS), is_due)


def record_citations(connection: Connection, target_id: int, count: int, now: datetime) -> None:
    """Store how many articles link to a target."""
    values = {"citations": count, "citations_asked_at": now}
    connection.execute(update(targets).where(targets.c.id == target_id).values(**values))


def record_contact(connection: Connection, site: str, contact: Contact, now: datetime) -> None:
    """Store the contact of a site in place of the one before."""
    connection.execute(delete(contacts).where(contacts.c.site == site))
    found_at = None if contact.kind is ContactKind.NONE else now
    values = asdict(contact) | {"site": site, "found_at": found_at, "looked_up_at": now}
    connection.execute(insert(contacts).values(values))


def pending_sites(
    connection: Connection, niche: str, before: datetime, ids: Sequence[int] | None = None
) -> list[PendingSite]:
    """Return the sites of accepted pages that link to dead targets, not looked up since `before`.

    Those with the most dead targets on one page come first. `ids` looks at these targets only.
    """
    demand = func.count(targets.c.id.distinct())
    recent = select(contacts.c.site).where(contacts.c.looked_up_at >= before)
    query = (
        select_links(niche, pages.c.id, pages.c.site, pages.c.url, demand.label("demand"))
        .where(targets.c.verdict.in_(DEAD_VERDICTS), pages.c.site.not_in(recent))
        .group_by(pages.c.id, pages.c.site, pages.c.url)
    )
    demands: Counter[tuple[int, str, str]] = Counter()
    for row in rows_in_batches(connection, query, targets.c.id, ids):
        demands[row.id, row.site, row.url] += row.demand
    sites: dict[str, PendingSite] = {}
    for (_, site, url), count in sorted(demands.items(), key=lambda item: (-item[1], item[0])):
        sites.setdefault(site, PendingSite(site, url, count))
    return list(sites.values())


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


def reserve_slot(
    connection: Connection, service: str, interval: float, now: float, max_wait: float = inf
) -> float:
    """Reserve the service's next free moment and return in how many seconds it is.

    `interval` is the seconds between two requests, `now` the seconds since 1970. Nothing is
    reserved if the moment is more than `max_wait` seconds away.
    """
    start = max(now, _next_free(connection, service, now))
    if start - now > max_wait:
        return start - now
    _set_next_free(connection, service, start + interval, now)
    return start - now


def pause_service(connection: Connection, service: str, seconds: float, now: float) -> None:
    """Make every process wait `seconds` before the next request to the service."""
    moment = max(now + seconds, _next_free(connection, service, now))
    _set_next_free(connection, service, moment, now)


def _next_free(connection: Connection, service: str, now: float) -> float:
    """Return the moment on the clock as it is now: it may have been set back since the booking."""
    query = select(service_turns).where(service_turns.c.service == service)
    booked = connection.execute(query.with_for_update()).one_or_none()
    if booked is None:
        first = insert(service_turns).values(service=service, next_free=now, booked_at=now)
        connection.execute(first)
        return now
    wait: float = booked.next_free - booked.booked_at
    return min(float(booked.next_free), now + wait)


def _set_next_free(connection: Connection, service: str, moment: float, now: float) -> None:
    booking = {"next_free": moment, "booked_at": now}
    connection.execute(
        update(service_turns).where(service_turns.c.service == service).values(booking)
    )


def _due_targets(
    connection: Connection, niche: str, ids: Sequence[int] | None, *due: ColumnElement[bool]
) -> list[PendingTarget]:
    demand = func.count(pages.c.site.distinct())
    query = (
        select_links(niche, targets.c.id, targets.c.url, targets.c.verdict, demand.label("demand"))
        .where(*due)
        .group_by(targets.c.id, targets.c.url, targets.c.verdict)
    )
    pending = (
        PendingTarget(row.id, row.url, Verdict(row.verdict), row.demand)
        for row in rows_in_batches(connection, query, targets.c.id, ids)
    )
    return sorted(pending, key=lambda target: (-target.demand, target.id))


# Built once: every probe runs it.
_DOMAINS = select(domains).where(domains.c.domain.in_(bindparam("asked", expanding=True)))
