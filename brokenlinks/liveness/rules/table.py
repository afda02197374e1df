"""The decision table: from what was seen to a finding. Pure, in table order, first match wins.

A rule looks at one observation, and at what other witnesses say, and returns a finding or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from brokenlinks.http.dns import DnsOutcome
from brokenlinks.http.response import Trouble
from brokenlinks.http.retry_after import retry_after_seconds
from brokenlinks.liveness.followups import (
    ERROR_SIGNS,
    anchor_words,
    asked_for_document,
    brings_its_page,
    only_points_elsewhere,
)
from brokenlinks.liveness.rules.content import (
    Suspicion,
    ended_at_home,
    ended_at_section,
    everything_lands_there,
    home_is_the_successor,
    is_one_page_site,
    leads_up,
    may_be_soft_404,
    parked_by_name,
    parked_by_words,
    placeholder,
    sent_to_another_door,
    serves_few_words_to_all,
    shrank,
    soft_404,
    to_another_domain,
    topic_kept,
    usurped,
)
from brokenlinks.liveness.statuses import (
    AUTH_STATUSES,
    FAILING_STATUSES,
    GONE_STATUSES,
    NEVER_DEAD,
    PROTOCOL_STATUSES,
    RATE_STATUSES,
    REFUSING_STATUSES,
    SERVED_STATUSES,
)
from brokenlinks.models.evidence import DeadEnd, DnsFacts, Evidence, NotAsked
from brokenlinks.models.registration import RegistrationOutcome
from brokenlinks.models.verdict import Confidence, Verdict, Witnesses
from brokenlinks.text.urls import host_of, is_root, registrable_domain

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
WORDS_TO_MISS = 2
"""Words a link must promise before it says something that a page has none of them."""
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


Rule = Callable[[Evidence, Witnesses], Finding | None]

TWO_CHECKS_A_DAY_APART = (2, DAY)
THREE_CHECKS_IN_NINE_DAYS = (3, 9 * DAY)
WEEKLY = (7 * DAY,)
MONTHLY = (30 * DAY,)


def row_1_not_asked(seen: Evidence, _: Witnesses) -> Finding | None:
    if seen.not_asked is None:
        return None
    if seen.not_asked is NotAsked.ARCHIVED:
        return Finding(Verdict.ALIVE, "archived_copy", Confidence.HIGH)
    return Finding(Verdict.UNCHECKED, seen.not_asked)


def row_2_our_network_unfit(seen: Evidence, _: Witnesses) -> Finding | None:
    return Finding(Verdict.UNKNOWN, "canary", recheck=(HOUR,)) if seen.canary_failed else None


def row_3_domain_gone(seen: Evidence, others: Witnesses) -> Finding | None:
    if seen.hops or not _is_gone(seen.dns) or seen.dns.domain is not DnsOutcome.NXDOMAIN:
        return None
    registration = others.registration
    unregistered = registration and registration.outcome is RegistrationOutcome.NOT_FOUND
    return Finding(
        Verdict.DEAD_DOMAIN,
        "nxdomain",
        Confidence.HIGH if unregistered else Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 30 * DAY),
        confirmed_after=TWO_CHECKS_A_DAY_APART,
        confirmed_at_once=bool(unregistered),
    )


def row_4_host_gone(seen: Evidence, _: Witnesses) -> Finding | None:
    if seen.hops or not _is_gone(seen.dns):
        return None
    missing = seen.dns.outcome is DnsOutcome.NXDOMAIN
    return Finding(
        Verdict.DEAD_HOST,
        "nxdomain_sub" if missing else "no_address",
        Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 7 * DAY, 30 * DAY),
        confirmed_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def row_5_dns_unsettled(seen: Evidence, _: Witnesses) -> Finding | None:
    if seen.dns.outcome is DnsOutcome.OK and seen.trouble is not Trouble.DNS:
        return None
    if seen.hops and _is_gone(seen.dns):
        return None
    return Finding(Verdict.TRANSIENT, "dns", recheck=(HOUR, DAY, 3 * DAY))


def row_6_parked_by_name(seen: Evidence, _: Witnesses) -> Finding | None:
    if seen.status is None or seen.wall is not None or seen.status in NEVER_DEAD:
        return None
    return _suspect(parked_by_name(seen))


def row_7_no_answer(seen: Evidence, _: Witnesses) -> Finding | None:
    if seen.trouble not in NO_ANSWER:
        return None
    addresses = seen.dns.addresses
    if addresses and all(":" in address for address in addresses):
        return Finding(Verdict.UNKNOWN, "ipv6_only", Confidence.LOW, WEEKLY)  # is it our network?
    slow = seen.trouble is Trouble.TIMEOUT
    return Finding(
        Verdict.TRANSIENT,
        seen.trouble,
        Confidence.LOW if slow else Confidence.MEDIUM,
        recheck=(HOUR, 3 * DAY, 3 * DAY, 3 * DAY, 7 * DAY),
        # A firewall drops what it dislikes: a host that speaks is not gone.
        dead_after=None if seen.host_speaks else THREE_CHECKS_IN_NINE_DAYS,
    )


def row_8_bot_wall(seen: Evidence, _: Witnesses) -> Finding | None:
    if seen.wall is None:
        return None
    confidence = Confidence.HIGH if seen.wall.conclusive else Confidence.MEDIUM
    return Finding(Verdict.BLOCKED, "bot_wall", confidence, recheck=WEEKLY)


def row_9_members_only(seen: Evidence, _: Witnesses) -> Finding | None:
    if seen.status in AUTH_STATUSES:
        return Finding(Verdict.BLOCKED, "auth", Confidence.HIGH, recheck=MONTHLY)
    if seen.to_login:
        return Finding(Verdict.BLOCKED, "gate", Confidence.HIGH, recheck=MONTHLY)
    if seen.status == 402:
        return Finding(Verdict.BLOCKED, "paywall", Confidence.HIGH, recheck=MONTHLY)
    return None


def row_10_refused_us(seen: Evidence, _: Witnesses) -> Finding | None:
    if seen.status not in REFUSING_STATUSES:
        return None
    reason = "legal_451" if seen.status == 451 else "bot_wall"
    return Finding(Verdict.BLOCKED, reason, Confidence.MEDIUM, recheck=WEEKLY)


def row_11_too_many_requests(seen: Evidence, _: Witnesses) -> Finding | None:
    asked_to_wait = "retry-after" in seen.headers
    if seen.status not in RATE_STATUSES and not (seen.status == 503 and asked_to_wait):
        return None
    seconds = retry_after_seconds(seen.headers.get("retry-after", ""), seen.checked_at)
    first = timedelta(seconds=seconds) if seconds else timedelta(minutes=15)
    return Finding(
        Verdict.TRANSIENT, "rate", recheck=(first, 2 * first, 4 * first, max(8 * first, DAY))
    )


def row_12_gone_by_status_only(seen: Evidence, _: Witnesses) -> Finding | None:
    """Leave open a 404 that brings the page all the same, or the application that finds it."""
    if seen.status not in GONE_STATUSES or any(sign in seen.signs for sign in ERROR_SIGNS):
        return None
    if not brings_its_page(seen) and not seen.script_shell:
        return None
    reason = f"http_{seen.status}"
    return Finding(Verdict.UNKNOWN, reason, Confidence.LOW, recheck=(3 * DAY, 7 * DAY))


def row_12_gone(seen: Evidence, others: Witnesses) -> Finding | None:
    if seen.status not in GONE_STATUSES or not _serves_pages(seen):
        return None
    for_good = seen.status == 410
    archived_gone = others.archive is not None and others.archive.gone_after_last_good
    return Finding(
        Verdict.DEAD_GONE,
        f"http_{seen.status}",
        Confidence.HIGH if for_good or archived_gone else Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 30 * DAY),
        confirmed_after=TWO_CHECKS_A_DAY_APART,
        confirmed_at_once=for_good or archived_gone,
    )


def row_13_gone_with_its_site(seen: Evidence, others: Witnesses) -> Finding | None:
    if seen.status not in GONE_STATUSES:
        return None
    if seen.root is not None and (seen.root.walled or seen.root.status in NEVER_DEAD):
        return Finding(Verdict.BLOCKED, "bot_wall", Confidence.LOW, recheck=WEEKLY)
    vacated = placeholder(seen)
    if vacated:
        return _vacated(vacated)
    if others.archive is not None and others.archive.site_good_lately:
        return Finding(Verdict.BLOCKED, "bot_wall", Confidence.LOW, recheck=WEEKLY)
    return Finding(
        Verdict.DEAD_HOST,
        f"http_{seen.status}",
        Confidence.LOW,
        recheck=(3 * DAY, 6 * DAY, 7 * DAY),
        confirmed_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def row_14_cannot_tell(seen: Evidence, _: Witnesses) -> Finding | None:
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


def row_15_server_failing(seen: Evidence, _: Witnesses) -> Finding | None:
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


def row_16_redirects_nowhere(seen: Evidence, _: Witnesses) -> Finding | None:
    to_nowhere = seen.trouble is Trouble.DNS and _is_gone(seen.dns)
    if not seen.hops or (seen.dead_end is None and not to_nowhere):
        return None
    if seen.dead_end is DeadEnd.LOOP and _between_hosts_of_a_site(seen):
        return Finding(Verdict.UNKNOWN, seen.dead_end, Confidence.LOW, recheck=WEEKLY)
    return Finding(
        Verdict.DEAD_GONE,
        seen.dead_end or "redirect_to_nowhere",
        Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 30 * DAY),
        confirmed_after=TWO_CHECKS_A_DAY_APART,
    )


def row_26_without_an_answer(seen: Evidence, others: Witnesses) -> Finding | None:
    """Stop what no row before has explained: the rows below are about pages."""
    return row_26_our_mistake(seen, others) if seen.status is None else None


# From here on a page was served. Is it the one that was asked for?


def row_17_document_served(seen: Evidence, _: Witnesses) -> Finding | None:
    if seen.is_html or not seen.bytes_read:
        return None
    if seen.bytes_read < SMALL_BODY and asked_for_document(seen.url) and _says_words(seen):
        return Finding(Verdict.UNKNOWN, "other_kind", Confidence.LOW, recheck=WEEKLY)
    return Finding(Verdict.ALIVE, "served", Confidence.HIGH, recheck=MONTHLY)


def row_18_vacated(seen: Evidence, _: Witnesses) -> Finding | None:
    kind = placeholder(seen)
    return _vacated(kind) if kind else None


def row_19_parked_by_words(seen: Evidence, _: Witnesses) -> Finding | None:
    return _suspect(parked_by_words(seen))


def row_20_usurped(seen: Evidence, others: Witnesses) -> Finding | None:
    return _suspect(usurped(seen, others))


def row_21_nothing_to_read(seen: Evidence, _: Witnesses) -> Finding | None:
    names_an_error = "error_title" in seen.signs or "error_h1" in seen.signs
    reasons = {
        "undecodable": seen.undecodable,
        "js_shell": seen.script_shell and not names_an_error,
        "empty": not seen.bytes_read or seen.blank,
    }
    reason = next((reason for reason, is_so in reasons.items() if is_so), None)
    return Finding(Verdict.UNKNOWN, reason, recheck=WEEKLY) if reason else None


def row_22_ended_at_home(seen: Evidence, others: Witnesses) -> Finding | None:
    if only_points_elsewhere(seen.url) or seen.to_fragment:
        return None
    if not ended_at_home(seen):
        sure = leads_up(seen) or shrank(seen, others.archive)
        confidence = Confidence.HIGH if sure else Confidence.LOW
        found = Suspicion(Verdict.REDIRECTED_HOME, "redirected_to_section", confidence)
        return _suspect(found) if ended_at_section(seen) else None
    if home_is_the_successor(seen):
        return Finding(Verdict.MOVED, "moved_to_home", Confidence.MEDIUM, recheck=MONTHLY)
    if is_one_page_site(seen):
        return Finding(Verdict.MOVED, "moved_to_home", Confidence.LOW, recheck=MONTHLY)
    if everything_lands_there(seen, others) and not sent_to_another_door(seen):
        return _suspect(Suspicion(Verdict.SOFT_404, "redirected_home", Confidence.HIGH))
    second_signal = shrank(seen, others.archive)
    confidence = Confidence.HIGH if second_signal else Confidence.LOW
    return _suspect(Suspicion(Verdict.REDIRECTED_HOME, "redirected_home", confidence))


def row_23_soft_404(seen: Evidence, others: Witnesses) -> Finding | None:
    return _suspect(soft_404(seen, others))


def row_23_same_few_words_for_all(seen: Evidence, _: Witnesses) -> Finding | None:
    """Leave open what every address gets, too short to tell what it is."""
    if is_root(seen.url) or not serves_few_words_to_all(seen):
        return None
    return Finding(Verdict.UNKNOWN, "same_page_for_all", Confidence.LOW, recheck=WEEKLY)


def row_24_moved(seen: Evidence, others: Witnesses) -> Finding | None:
    if not to_another_domain(seen) or only_points_elsewhere(seen.url):
        return None
    if not topic_kept(seen, others.archive):
        return None
    return Finding(Verdict.MOVED, "moved", Confidence.MEDIUM, recheck=MONTHLY)


def row_24_strayed(seen: Evidence, _: Witnesses) -> Finding | None:
    """Doubt another domain's page that keeps no word of what was promised."""
    if not to_another_domain(seen) or only_points_elsewhere(seen.url):
        return None
    if len(anchor_words(seen)) < WORDS_TO_MISS:
        return None
    return Finding(Verdict.DRIFTED, "other_domain", Confidence.LOW, recheck=WEEKLY)


def row_25_served(seen: Evidence, _: Witnesses) -> Finding | None:
    if seen.status not in SERVED_STATUSES:
        return None
    confidence = Confidence.LOW if may_be_soft_404(seen) else Confidence.HIGH
    return Finding(Verdict.ALIVE, "served", confidence, recheck=MONTHLY)


def row_26_our_mistake(_seen: Evidence, _: Witnesses) -> Finding:
    return Finding(Verdict.UNKNOWN, "our_exception", recheck=(DAY,))


TABLE: tuple[Rule, ...] = (
    row_1_not_asked,
    row_2_our_network_unfit,
    row_3_domain_gone,
    row_4_host_gone,
    row_5_dns_unsettled,
    row_6_parked_by_name,
    row_7_no_answer,
    row_8_bot_wall,
    row_9_members_only,
    row_10_refused_us,
    row_11_too_many_requests,
    row_12_gone_by_status_only,
    row_12_gone,
    row_13_gone_with_its_site,
    row_14_cannot_tell,
    row_15_server_failing,
    row_16_redirects_nowhere,
    row_26_without_an_answer,
    row_17_document_served,
    row_18_vacated,
    row_19_parked_by_words,
    row_20_usurped,
    row_21_nothing_to_read,
    row_22_ended_at_home,
    row_23_soft_404,
    row_23_same_few_words_for_all,
    row_24_moved,
    row_24_strayed,
    row_25_served,
    row_26_our_mistake,
)


def first_match(seen: Evidence, others: Witnesses) -> tuple[Finding, str]:
    """Return what the first row that matches finds, and the row's name."""
    for rule in TABLE:
        finding = rule(seen, others)
        if finding is not None:
            return finding, rule.__name__
    raise AssertionError("the last row matches everything")


def _suspect(found: Suspicion | None) -> Finding | None:
    """Turn what a page is taken for into a finding that time must confirm."""
    if found is None:
        return None
    if found.verdict is Verdict.DRIFTED:
        return Finding(found.verdict, found.reason, found.confidence, recheck=WEEKLY)
    return Finding(
        found.verdict,
        found.reason,
        found.confidence,
        recheck=(DAY, 7 * DAY, 30 * DAY),
        confirmed_after=TWO_CHECKS_A_DAY_APART,
        confirmed_at_once=found.agreed,
    )


def _vacated(kind: str) -> Finding:
    return Finding(
        Verdict.DEAD_HOST,
        kind,
        Confidence.HIGH,
        recheck=(3 * DAY, 6 * DAY, 7 * DAY),
        confirmed_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def _is_gone(dns: DnsFacts) -> bool:
    """Tell a host without addresses, its twin too, when its domain's answers leave no doubt."""
    if dns.outcome not in {DnsOutcome.NXDOMAIN, DnsOutcome.NO_ADDRESS}:
        return False
    settled = dns.domain is not None and dns.domain not in UNSETTLED_DNS
    return settled and (dns.domain is DnsOutcome.NXDOMAIN or dns.twin is not DnsOutcome.OK)


def _says_words(seen: Evidence) -> bool:
    """Tell a few words where a document was asked for; tables and texts are words."""
    kind = seen.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_table = urlsplit(seen.url).path.lower().endswith(".csv")
    return kind in {"text/plain", "application/json"} and not is_table


def _between_hosts_of_a_site(seen: Evidence) -> bool:
    """Tell a circle between hosts of one domain: a mobile and a full site that disagree on us."""
    hosts = {host_of(hop.url).removeprefix("www.") for hop in seen.hops}
    return len(hosts) > 1 and len({registrable_domain(host) for host in hosts}) == 1


def _serves_pages(seen: Evidence) -> bool:
    root = seen.root
    return (
        root is not None
        and root.status is not None
        and root.status < 400
        and not root.walled
        and not root.same_body
    )
