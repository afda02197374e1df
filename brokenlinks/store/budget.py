"""Rate budgets of outside services, shared by every process that uses this journal."""

from __future__ import annotations

from math import inf

from sqlalchemy import Connection, insert, select, update

from brokenlinks.store.schema import service_turns


def reserve_slot(
    connection: Connection, service: str, interval: float, now: float, max_wait: float = inf
) -> float:
    """Book the service's next free moment and return how many seconds off it is.

    `interval` is in seconds between two requests, `now` in seconds since 1970. A moment further
    off than `max_wait` (seconds) is not booked.
    """
    start = max(now, _next_free(connection, service, now))
    if start - now > max_wait:
        return start - now
    _set_next_free(connection, service, start + interval)
    return start - now


def pause_service(connection: Connection, service: str, seconds: float, now: float) -> None:
    """Leave the service alone for `seconds`, in every process."""
    _set_next_free(connection, service, max(now + seconds, _next_free(connection, service, now)))


def _next_free(connection: Connection, service: str, now: float) -> float:
    query = select(service_turns.c.next_free).where(service_turns.c.service == service)
    found = connection.execute(query.with_for_update()).scalar_one_or_none()
    if found is None:
        connection.execute(insert(service_turns).values(service=service, next_free=now))
        return now
    return float(found)


def _set_next_free(connection: Connection, service: str, moment: float) -> None:
    connection.execute(
        update(service_turns).where(service_turns.c.service == service).values(next_free=moment)
    )
