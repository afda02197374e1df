"""What runs on one journal tell each other: whose turn it is, what was checked just now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from brokenlinks.http.throttle import Turn
from brokenlinks.models.verdict import Judgement, Verdict
from brokenlinks.store.schema import robots_failures, site_turns, targets
from brokenlinks.store.targets import anchors_of, judgement_of

LEASE = 240.0
"""Seconds after which a turn is free that was never given back, as its run was killed: longer than
a run holds a turn (`MAX_HOLD`) and its last request takes together."""
MAX_QUEUE_TIME = 120.0
"""Seconds a wish may wait to be settled. A turn that seems to end later than a new one that long
from now was given before the clock was set back."""
POLL_INTERVAL = 0.5
"""Seconds after which to ask again for another run's turn; shorter than it yields one."""
MAX_PAUSE = 60.0
"""Seconds a site may still want to be left alone; more comes of a clock that was set back."""
FRESH = timedelta(hours=1)
"""How long another run's verdict spares a request: niches overlap, and runs begin together."""


@dataclass(frozen=True, slots=True)
class _State:
    holder: str
    held_until: float
    next_start: float

    def pause(self, now: float) -> float:
        """Return the seconds until the next request may start."""
        return min(max(0.0, self.next_start - now), MAX_PAUSE)


_UNUSED = _State(holder="", held_until=0.0, next_start=0.0)


@dataclass(frozen=True, slots=True)
class TurnWish:
    """A run's wish for a site's turn; times are seconds, `now` since 1970.

    `pause` gives the turn back: in so many seconds the site may be asked again.
    """

    site: str
    holder: str
    now: float
    pause: float | None = None

    def settled(self, state: _State) -> tuple[_State, Turn]:
        """Return the site's next state, and what became of the wish."""
        if self.pause is not None:
            if state.holder == self.holder:
                next_start = self.now + self.pause
                state = replace(state, held_until=self.now, next_start=next_start)
            return state, Turn(granted=True, wait=0.0)
        if _is_taken(state, self):
            return state, Turn(granted=False, wait=POLL_INTERVAL)
        taken = _State(self.holder, self.now + LEASE, state.next_start)
        changed_hands = _changes_hands(state, self)
        return taken, Turn(granted=True, wait=state.pause(self.now), changed_hands=changed_hands)


@dataclass(frozen=True, slots=True)
class StartWish:
    """A run's wish to start a request at an address, `spacing` seconds after the one before.

    It is always granted, for later: starts need no holder, and nothing waits for a killed run.
    """

    address: str
    now: float
    spacing: float

    @property
    def site(self) -> str:
        """The address among the sites, one of which may be a bare address."""
        return f"address {self.address}"

    def settled(self, state: _State) -> tuple[_State, Turn]:
        """Return the address's next state, and in how many seconds the request may start."""
        wait = state.pause(self.now)
        taken = _State(state.holder, self.now, self.now + wait + self.spacing)
        return taken, Turn(granted=True, wait=wait)


def settle_turns(connection: Connection, wishes: Sequence[TurnWish | StartWish]) -> list[Turn]:
    """Give turns and take them back, in order. A holder that asks again keeps its turn."""
    sites = sorted({wish.site for wish in wishes})
    rows = connection.execute(_TURNS, {"sites": sites})
    stored = {row.site: _State(row.holder, row.held_until, row.next_start) for row in rows}
    states, turns = dict(stored), []
    for wish in wishes:
        states[wish.site], turn = wish.settled(states.get(wish.site, _UNUSED))
        turns.append(turn)
    try:
        _store_states(connection, stored, states)
    except IntegrityError:
        return settle_turns(connection, wishes)
    return turns


def _is_taken(state: _State, wish: TurnWish) -> bool:
    # A wish may be older than another's that was granted before it.
    latest = wish.now + LEASE + MAX_QUEUE_TIME
    return state.holder != wish.holder and wish.now < state.held_until <= latest


def _changes_hands(state: _State, wish: TurnWish) -> bool:
    """Return whether another run has asked the site lately."""
    if state.holder == wish.holder:
        return False
    last_used = max(state.next_start, state.held_until - LEASE)
    return wish.now - last_used < FRESH.total_seconds()


def _store_states(
    connection: Connection, stored: dict[str, _State], states: dict[str, _State]
) -> None:
    """Store what has changed. Raises IntegrityError where another process was first."""
    changed = [site for site, state in states.items() if stored.get(site, _UNUSED) != state]
    added = [{"site": site, **asdict(states[site])} for site in changed if site not in stored]
    updated = [{"changed": site, **asdict(states[site])} for site in changed if site in stored]
    if added:
        with connection.begin_nested():
            connection.execute(insert(site_turns), added)
    if updated:
        connection.execute(_CHANGED_TURN, updated)


def forget_turns(connection: Connection, now: float) -> None:
    """Delete the turns that nobody holds any more, and those of a clock that was set back."""
    is_over = site_turns.c.held_until < now - FRESH.total_seconds()
    connection.execute(
        delete(site_turns).where(
            or_(is_over, site_turns.c.held_until > now + LEASE + MAX_QUEUE_TIME)
        )
    )


def probe_inputs(
    connection: Connection, asked: Sequence[tuple[int, datetime]], *, run_id: int
) -> list[tuple[list[str], Judgement | None]]:
    """Return the anchors of targets, and the verdict of those another run has checked just now.

    `asked` are targets and the time; a verdict that is due again counts for nothing.
    """
    ids, now = [target_id for target_id, _ in asked], max(now for _, now in asked)
    values = {"ids": ids, "run": run_id, "since": now - FRESH, "now": now}
    fresh = {row.id: judgement_of(row) for row in connection.execute(_FRESH_TARGETS, values)}
    anchors = anchors_of(connection, ids)
    return [(some, fresh.get(target_id)) for target_id, some in zip(ids, anchors, strict=True)]


def origins_with_failing_robots(connection: Connection) -> set[str]:
    """Return the origins whose robots.txt was a server error when last asked for."""
    return set(connection.execute(select(robots_failures.c.origin)).scalars())


def record_robots(connection: Connection, origin: str, now: datetime, *, failed: bool) -> timedelta:
    """Record whether an origin's robots.txt was a server error; return for how long it has been."""
    here = robots_failures.c.origin == origin
    if not failed:
        connection.execute(delete(robots_failures).where(here))
        return timedelta()
    since = connection.execute(select(robots_failures.c.since).where(here)).scalar_one_or_none()
    if since is None:
        connection.execute(insert(robots_failures).values(origin=origin, since=now))
        return timedelta()
    failing_for: timedelta = now - since
    return failing_for


# Built once: building these costs more than running them.
_TURNS = (
    select(site_turns)
    .where(site_turns.c.site.in_(bindparam("sites", expanding=True)))
    .order_by(site_turns.c.site)  # the same order in all processes: none waits for another's row
    .with_for_update()
)
_CHANGED_TURN = update(site_turns).where(site_turns.c.site == bindparam("changed"))
_FRESH_TARGETS = select(targets).where(
    targets.c.id.in_(bindparam("ids", expanding=True)),
    targets.c.checked_run != bindparam("run"),
    targets.c.last_checked > bindparam("since"),
    targets.c.verdict != Verdict.PENDING,
    or_(targets.c.next_check.is_(None), targets.c.next_check > bindparam("now")),
)
