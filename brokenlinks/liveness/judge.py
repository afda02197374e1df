"""The decision table: from what was seen to a verdict. Pure, in table order, first match wins.

A rule looks at one observation (and at what the archive says) and returns a finding or nothing.
`judge` then looks back over the history: time turns a suspect into a case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from brokenlinks.archive.facts import ArchiveFacts
from brokenlinks.items import Confidence, Judgement, Stage, Verdict
from brokenlinks.liveness.evidence import DeadEnd, Evidence
from brokenlinks.liveness.wording import sentence_for
from brokenlinks.net.answer import Trouble
from brokenlinks.net.dns import DnsOutcome
from brokenlinks.net.retry_after import retry_after_seconds

AUTH_STATUSES = frozenset({401, 407, 440, 449})
REFUSING_STATUSES = frozenset({403, 405, 406, 412, 418, 421, 423, 428, 431, 451, 999})
RATE_STATUSES = frozenset({408, 420, 425, 429, 509})
FAILING_STATUSES = frozenset({500, 502, 503, 504, *range(520, 528), 530})
GONE_STATUSES = frozenset({404, 410})
PROTOCOL_STATUSES = frozenset({400, 414, 501, 505})
SERVED_STATUSES = frozenset({200, 203, 206})
UNSETTLED_DNS = frozenset(
    {DnsOutcome.SERVFAIL, DnsOutcome.REFUSED, DnsOutcome.TIMEOUT, DnsOutcome.ERROR}
)
NO_ANSWER = frozenset(
    {
        Trouble.REFUSED,
        Trouble.UNREACHABLE,
        Trouble.CONNECT_TIMEOUT,
        Trouble.TIMEOUT,
        Trouble.RESET,
        Trouble.EMPTY_REPLY,
    }
)
UNREADABLE = frozenset(
    {Trouble.TLS, Trouble.MALFORMED, Trouble.SLOW_BODY, Trouble.OVERSIZE, Trouble.BAD_URL}
)
SMALL_BODY = 2_048
"""Bytes; a 202 with no more than that is a challenge rather than a page."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one observation says by itself.

    `dead_after` (checks, span): a failure that may pass becomes dead_host once it lasted that
    long. `confirmed_after` (checks, span): what a suspect needs. `recheck`: the waiting times
    after the first, second, ... such observation; none: only a new run asks again.
    """

    verdict: Verdict
    reason: str
    confidence: Confidence = Confidence.NONE
    recheck: tuple[timedelta, ...] = ()
    dead_after: tuple[int, timedelta] | None = None
    confirmed_after: tuple[int, timedelta] | None = None
    confirmed_at_once: bool = False


Rule = Callable[[Evidence, ArchiveFacts | None], Finding | None]

TWO_CHECKS_A_DAY_APART = (2, DAY)
THREE_CHECKS_IN_NINE_DAYS = (3, 9 * DAY)
WEEKLY = (7 * DAY,)
MONTHLY = (30 * DAY,)


def row_1_not_asked(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    if seen.not_asked is None:
        return None
    return Finding(Verdict.UNCHECKED, seen.not_asked)


def row_2_our_network_unfit(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    if seen.canary_failed and seen.status not in SERVED_STATUSES:
        return Finding(Verdict.UNKNOWN, "canary")
    return None


def row_3_domain_gone(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    if seen.dns.domain is not DnsOutcome.NXDOMAIN or seen.hops:
        return None
    return Finding(
        Verdict.DEAD_DOMAIN,
        "nxdomain",
        Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 30 * DAY),
        confirmed_after=TWO_CHECKS_A_DAY_APART,
    )


def row_4_host_gone(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    gone = {DnsOutcome.NXDOMAIN: "nxdomain_sub", DnsOutcome.NO_ADDRESS: "no_address"}
    reason = gone.get(seen.dns.outcome)
    if reason is None or seen.hops or seen.dns.domain is None or seen.dns.twin is DnsOutcome.OK:
        return None
    if seen.dns.domain in UNSETTLED_DNS:
        return None
    return Finding(
        Verdict.DEAD_HOST,
        reason,
        Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 7 * DAY, 30 * DAY),
        confirmed_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def row_5_dns_unsettled(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    if seen.dns.outcome is DnsOutcome.OK and seen.trouble is not Trouble.DNS:
        return None
    if seen.dead_end is DeadEnd.NO_SUCH_HOST:
        return None
    return Finding(Verdict.TRANSIENT, "dns", recheck=(HOUR, DAY, 3 * DAY))


# Row 6, parked by name server, CNAME, address or redirect host, belongs here.


def row_7_no_answer(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    if seen.trouble not in NO_ANSWER:
        return None
    slow = seen.trouble is Trouble.TIMEOUT
    return Finding(
        Verdict.TRANSIENT,
        seen.trouble,
        Confidence.LOW if slow else Confidence.MEDIUM,
        recheck=(HOUR, 3 * DAY, 6 * DAY, 7 * DAY),
        dead_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def row_8_bot_wall(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    if seen.wall is None:
        return None
    confidence = Confidence.HIGH if seen.wall.conclusive else Confidence.MEDIUM
    return Finding(Verdict.BLOCKED, "bot_wall", confidence, recheck=WEEKLY)


def row_9_members_only(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    if seen.status in AUTH_STATUSES or seen.to_login:
        return Finding(Verdict.BLOCKED, "auth", Confidence.HIGH, recheck=MONTHLY)
    if seen.status == 402:
        return Finding(Verdict.BLOCKED, "paywall", Confidence.HIGH, recheck=MONTHLY)
    return None


def row_10_refused_us(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    if seen.status not in REFUSING_STATUSES:
        return None
    reason = "legal_451" if seen.status == 451 else "bot_wall"
    return Finding(Verdict.BLOCKED, reason, Confidence.MEDIUM, recheck=WEEKLY)


def row_11_too_many_requests(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    asked_to_wait = "retry-after" in seen.headers
    if seen.status not in RATE_STATUSES and not (seen.status == 503 and asked_to_wait):
        return None
    seconds = retry_after_seconds(seen.headers.get("retry-after", ""), seen.checked_at)
    first = timedelta(seconds=seconds) if seconds else timedelta(minutes=15)
    return Finding(
        Verdict.TRANSIENT, "rate", recheck=(first, 2 * first, 4 * first, max(8 * first, DAY))
    )


def row_12_gone(seen: Evidence, archive: ArchiveFacts | None) -> Finding | None:
    root = seen.root
    if seen.status not in GONE_STATUSES or root is None or not _serves_pages(seen):
        return None
    for_good = seen.status == 410
    archived_gone = archive is not None and archive.gone_after_last_good
    return Finding(
        Verdict.DEAD_GONE,
        f"http_{seen.status}",
        Confidence.HIGH if for_good or archived_gone else Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 30 * DAY),
        confirmed_after=TWO_CHECKS_A_DAY_APART,
        confirmed_at_once=for_good or archived_gone,
    )


def row_13_gone_with_its_site(seen: Evidence, archive: ArchiveFacts | None) -> Finding | None:
    if seen.status not in GONE_STATUSES:
        return None
    if seen.root is not None and seen.root.walled:
        return Finding(Verdict.BLOCKED, "bot_wall", Confidence.LOW, recheck=WEEKLY)
    if archive is not None and archive.site_good_lately:
        return Finding(Verdict.BLOCKED, "bot_wall", Confidence.LOW, recheck=WEEKLY)
    return Finding(
        Verdict.DEAD_HOST,
        f"http_{seen.status}",
        Confidence.LOW,
        recheck=(3 * DAY, 6 * DAY, 7 * DAY),
        confirmed_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def row_14_cannot_tell(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    recheck = (3 * DAY, 7 * DAY)
    if seen.trouble in UNREADABLE:
        return Finding(Verdict.UNKNOWN, seen.trouble, Confidence.LOW, recheck)
    if seen.status is None or seen.dead_end is not None:
        return None
    if seen.status == 202 and seen.bytes_read < SMALL_BODY:
        return Finding(Verdict.BLOCKED, "bot_wall", Confidence.LOW, recheck=WEEKLY)
    odd = seen.status // 100 == 2 and seen.status not in SERVED_STATUSES
    nowhere = seen.status // 100 in {1, 3}
    other_refusal = seen.status // 100 == 4 and seen.status not in GONE_STATUSES
    if odd or nowhere or other_refusal or seen.status in PROTOCOL_STATUSES:
        return Finding(Verdict.UNKNOWN, f"http_{seen.status}", Confidence.LOW, recheck)
    return None


def row_15_server_failing(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    if seen.status is None or seen.status // 100 not in {5, 6, 7, 8, 9}:
        return None
    lasting = THREE_CHECKS_IN_NINE_DAYS if seen.status in FAILING_STATUSES else None
    return Finding(
        Verdict.TRANSIENT,
        "http_5xx",
        Confidence.LOW,
        recheck=(DAY, 3 * DAY, 5 * DAY, 7 * DAY),
        dead_after=lasting,
    )


def row_16_redirects_nowhere(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    if seen.dead_end is None or not seen.hops:
        return None
    return Finding(
        Verdict.DEAD_GONE,
        seen.dead_end,
        Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 30 * DAY),
        confirmed_after=TWO_CHECKS_A_DAY_APART,
    )


# Rows 17 (the type fits) to 24: placeholders, parked, usurped, shells, home redirects, soft 404
# and moved targets belong here, before the last word of row 25.


def row_25_served(seen: Evidence, _: ArchiveFacts | None) -> Finding | None:
    if seen.status not in SERVED_STATUSES:
        return None
    return Finding(Verdict.ALIVE, "served", Confidence.HIGH, recheck=MONTHLY)


def row_26_our_mistake(_seen: Evidence, _: ArchiveFacts | None) -> Finding:
    return Finding(Verdict.UNKNOWN, "our_exception")


TABLE: tuple[Rule, ...] = (
    row_1_not_asked,
    row_2_our_network_unfit,
    row_3_domain_gone,
    row_4_host_gone,
    row_5_dns_unsettled,
    row_7_no_answer,
    row_8_bot_wall,
    row_9_members_only,
    row_10_refused_us,
    row_11_too_many_requests,
    row_12_gone,
    row_13_gone_with_its_site,
    row_14_cannot_tell,
    row_15_server_failing,
    row_16_redirects_nowhere,
    row_25_served,
    row_26_our_mistake,
)


def judge(history: Sequence[Evidence], archive: ArchiveFacts | None = None) -> Judgement:
    """Return the verdict after the observations `history` (oldest first, at least one)."""
    latest = history[-1]
    finding, rule = _first_match(latest, archive)
    streak = _streak(history, finding, archive)
    finding, stage = _with_time(finding, streak)
    return Judgement(
        verdict=finding.verdict,
        reason=finding.reason,
        confidence=finding.confidence,
        stage=stage,
        rule=rule,
        sentence=sentence_for(finding.reason, latest, streak),
        next_check=_next_check(finding, streak),
    )


def _first_match(seen: Evidence, archive: ArchiveFacts | None) -> tuple[Finding, str]:
    for rule in TABLE:
        finding = rule(seen, archive)
        if finding is not None:
            return finding, rule.__name__
    raise AssertionError("the last row matches everything")


def _streak(
    history: Sequence[Evidence], finding: Finding, archive: ArchiveFacts | None
) -> list[Evidence]:
    """Return the latest observations that say the same, back to the last living page.

    A refusal, an unfit network of ours or a passing failure in between neither adds nor resets.
    """
    same = []
    for seen in reversed(history):
        other, _ = _first_match(seen, archive)
        if other.verdict is Verdict.ALIVE and finding.verdict is not Verdict.ALIVE:
            break
        if _family(other) == _family(finding):
            same.append(seen)
    return same[::-1]


def _family(finding: Finding) -> str:
    """Group the findings that add up: a host that is down is down in many ways."""
    return "down" if finding.dead_after is not None else finding.verdict


def _lasted(streak: Sequence[Evidence], need: tuple[int, timedelta] | None) -> bool:
    if need is None:
        return False
    checks, span = need
    return len(streak) >= checks and streak[-1].checked_at - streak[0].checked_at >= span


def _with_time(finding: Finding, streak: Sequence[Evidence]) -> tuple[Finding, Stage]:
    if _lasted(streak, finding.dead_after):
        return replace(finding, verdict=Verdict.DEAD_HOST), Stage.CONFIRMED
    if finding.confirmed_at_once:
        return finding, Stage.CONFIRMED
    if _lasted(streak, finding.confirmed_after):
        return replace(finding, confidence=_raised(finding)), Stage.CONFIRMED
    if finding.confirmed_after is not None:
        return finding, Stage.SUSPECTED
    if finding.dead_after is None and finding.verdict is not Verdict.TRANSIENT:
        return finding, Stage.NONE
    return replace(finding, confidence=Confidence.NONE), Stage.NONE


def _raised(finding: Finding) -> Confidence:
    """Trust a finding that held for a day or more, unless its rule is weak by itself."""
    return Confidence.LOW if finding.confidence is Confidence.LOW else Confidence.HIGH


def _next_check(finding: Finding, streak: Sequence[Evidence]) -> datetime | None:
    if not finding.recheck:
        return None
    wait = finding.recheck[min(len(streak), len(finding.recheck)) - 1]
    try:
        return streak[-1].checked_at + wait
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _serves_pages(seen: Evidence) -> bool:
    root = seen.root
    return (
        root is not None
        and root.status is not None
        and root.status < 400
        and not root.walled
        and not root.same_body
    )
