"""The decision table: from what was seen to a finding. Pure, in table order, first match wins.

A rule looks at one observation, and at what other witnesses say, and returns a finding or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from brokenlinks.http.dns import DnsOutcome
from brokenlinks.http.response import FetchError, retry_after_seconds
from brokenlinks.liveness.followups import (
    ERROR_SIGNALS,
    anchor_words,
    has_expected_content,
    is_document_url,
    is_redirect_service,
)
from brokenlinks.liveness.rules.content import (
    Detection,
    detect_parked_content,
    detect_parking_infrastructure,
    detect_placeholder,
    detect_soft_404,
    detect_takeover,
    has_lost_content,
    home_matches_topic,
    is_catch_all_redirect,
    is_generic_redirect,
    is_single_page_site,
    keeps_topic,
    may_be_soft_404,
    redirected_to_home,
    redirected_to_other_domain,
    redirected_to_parent,
    redirected_to_section,
    serves_short_page_everywhere,
)
from brokenlinks.liveness.statuses import (
    AUTH_STATUSES,
    FAILING_STATUSES,
    GONE_STATUSES,
    NEVER_DEAD_STATUSES,
    PROTOCOL_STATUSES,
    RATE_STATUSES,
    REFUSING_STATUSES,
    SERVED_STATUSES,
)
from brokenlinks.models.evidence import DnsFacts, Evidence, RedirectError, SkipReason
from brokenlinks.models.registration import RegistrationOutcome
from brokenlinks.models.verdict import Confidence, Verdict, VerdictContext
from brokenlinks.text.urls import host_of, is_root, registrable_domain

INCONCLUSIVE_DNS = frozenset(
    {DnsOutcome.SERVFAIL, DnsOutcome.REFUSED, DnsOutcome.TIMEOUT, DnsOutcome.ERROR}
)
NO_RESPONSE_ERRORS = frozenset(
    {
        FetchError.REFUSED,
        FetchError.UNREACHABLE,
        FetchError.CONNECT_TIMEOUT,
        FetchError.TIMEOUT,
        FetchError.RESET,
        FetchError.EMPTY_REPLY,
    }
)
UNREADABLE_ERRORS = frozenset(
    {
        FetchError.TLS,
        FetchError.MALFORMED,
        FetchError.SLOW_BODY,
        FetchError.OVERSIZE,
        FetchError.BAD_URL,
    }
)
MIN_EXPECTED_WORDS = 2
"""Words a link must promise before it says something that a page has none of them."""
MAX_SMALL_BODY_BYTES = 2_048
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


Rule = Callable[[Evidence, VerdictContext], Finding | None]

TWO_CHECKS_A_DAY_APART = (2, DAY)
THREE_CHECKS_IN_NINE_DAYS = (3, 9 * DAY)
WEEKLY = (7 * DAY,)
MONTHLY = (30 * DAY,)


def not_probed(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.skip_reason is None:
        return None
    if evidence.skip_reason is SkipReason.ARCHIVED:
        return Finding(Verdict.ALIVE, "archived_copy", Confidence.HIGH)
    return Finding(Verdict.UNCHECKED, evidence.skip_reason)


def own_network_down(evidence: Evidence, _: VerdictContext) -> Finding | None:
    return Finding(Verdict.UNKNOWN, "canary", recheck=(HOUR,)) if evidence.offline else None


def domain_not_found(evidence: Evidence, context: VerdictContext) -> Finding | None:
    if (
        evidence.hops
        or not _does_not_resolve(evidence.dns)
        or evidence.dns.domain is not DnsOutcome.NXDOMAIN
    ):
        return None
    registration = context.registration
    unregistered = registration and registration.outcome is RegistrationOutcome.NOT_FOUND
    return Finding(
        Verdict.DEAD_DOMAIN,
        "nxdomain",
        Confidence.HIGH if unregistered else Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 30 * DAY),
        confirmed_after=TWO_CHECKS_A_DAY_APART,
        confirmed_at_once=bool(unregistered),
    )


def host_not_found(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.hops or not _does_not_resolve(evidence.dns):
        return None
    missing = evidence.dns.outcome is DnsOutcome.NXDOMAIN
    return Finding(
        Verdict.DEAD_HOST,
        "nxdomain_sub" if missing else "no_address",
        Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 7 * DAY, 30 * DAY),
        confirmed_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def dns_inconclusive(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.dns.outcome is DnsOutcome.OK and evidence.error is not FetchError.DNS:
        return None
    if evidence.hops and _does_not_resolve(evidence.dns):
        return None
    return Finding(Verdict.TRANSIENT, "dns", recheck=(HOUR, DAY, 3 * DAY))


def parked_by_infrastructure(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if (
        evidence.status is None
        or evidence.bot_protection is not None
        or evidence.status in NEVER_DEAD_STATUSES
    ):
        return None
    return _finding_from(detect_parking_infrastructure(evidence))


def no_response(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.error not in NO_RESPONSE_ERRORS:
        return None
    addresses = evidence.dns.addresses
    if addresses and all(":" in address for address in addresses):
        return Finding(Verdict.UNKNOWN, "ipv6_only", Confidence.LOW, WEEKLY)  # is it our network?
    slow = evidence.error is FetchError.TIMEOUT
    return Finding(
        Verdict.TRANSIENT,
        evidence.error,
        Confidence.LOW if slow else Confidence.MEDIUM,
        recheck=(HOUR, 3 * DAY, 3 * DAY, 3 * DAY, 7 * DAY),
        # A firewall drops what it dislikes: a host that speaks is not gone.
        dead_after=None if evidence.host_responds else THREE_CHECKS_IN_NINE_DAYS,
    )


def bot_protection(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.bot_protection is None:
        return None
    confidence = Confidence.HIGH if evidence.bot_protection.conclusive else Confidence.MEDIUM
    return Finding(Verdict.BLOCKED, "bot_wall", confidence, recheck=WEEKLY)


def login_or_payment_required(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.status in AUTH_STATUSES:
        return Finding(Verdict.BLOCKED, "auth", Confidence.HIGH, recheck=MONTHLY)
    if evidence.to_login:
        return Finding(Verdict.BLOCKED, "gate", Confidence.HIGH, recheck=MONTHLY)
    if evidence.status == 402:
        return Finding(Verdict.BLOCKED, "paywall", Confidence.HIGH, recheck=MONTHLY)
    return None


def access_denied(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.status not in REFUSING_STATUSES:
        return None
    reason = "legal_451" if evidence.status == 451 else "bot_wall"
    return Finding(Verdict.BLOCKED, reason, Confidence.MEDIUM, recheck=WEEKLY)


def rate_limited(evidence: Evidence, _: VerdictContext) -> Finding | None:
    asked_to_wait = "retry-after" in evidence.headers
    if evidence.status not in RATE_STATUSES and not (evidence.status == 503 and asked_to_wait):
        return None
    seconds = retry_after_seconds(evidence.headers.get("retry-after", ""), evidence.checked_at)
    first = timedelta(seconds=seconds) if seconds else timedelta(minutes=15)
    return Finding(
        Verdict.TRANSIENT, "rate", recheck=(first, 2 * first, 4 * first, max(8 * first, DAY))
    )


def gone_status_with_content(evidence: Evidence, _: VerdictContext) -> Finding | None:
    """Leave open a 404 that brings the page all the same, or the application that finds it."""
    if evidence.status not in GONE_STATUSES or any(
        sign in evidence.signals for sign in ERROR_SIGNALS
    ):
        return None
    if not has_expected_content(evidence) and not evidence.script_shell:
        return None
    reason = f"http_{evidence.status}"
    return Finding(Verdict.UNKNOWN, reason, Confidence.LOW, recheck=(3 * DAY, 7 * DAY))


def gone_with_living_home(evidence: Evidence, context: VerdictContext) -> Finding | None:
    if evidence.status not in GONE_STATUSES or not _has_working_home(evidence):
        return None
    for_good = evidence.status == 410
    archived_gone = context.archive is not None and context.archive.gone_after_last_good
    return Finding(
        Verdict.DEAD_GONE,
        f"http_{evidence.status}",
        Confidence.HIGH if for_good or archived_gone else Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 30 * DAY),
        confirmed_after=TWO_CHECKS_A_DAY_APART,
        confirmed_at_once=for_good or archived_gone,
    )


def gone_without_living_home(evidence: Evidence, context: VerdictContext) -> Finding | None:
    if evidence.status not in GONE_STATUSES:
        return None
    if evidence.root is not None and (
        evidence.root.blocked or evidence.root.status in NEVER_DEAD_STATUSES
    ):
        return Finding(Verdict.BLOCKED, "bot_wall", Confidence.LOW, recheck=WEEKLY)
    vacated = detect_placeholder(evidence)
    if vacated:
        return _placeholder_finding(vacated)
    if context.archive is not None and context.archive.site_archived_recently:
        return Finding(Verdict.BLOCKED, "bot_wall", Confidence.LOW, recheck=WEEKLY)
    return Finding(
        Verdict.DEAD_HOST,
        f"http_{evidence.status}",
        Confidence.LOW,
        recheck=(3 * DAY, 6 * DAY, 7 * DAY),
        confirmed_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def inconclusive_response(evidence: Evidence, _: VerdictContext) -> Finding | None:
    recheck = (3 * DAY, 7 * DAY)
    if evidence.error in UNREADABLE_ERRORS:
        return Finding(Verdict.UNKNOWN, evidence.error, Confidence.LOW, recheck)
    if evidence.status is None or evidence.redirect_error is not None:
        return None
    if evidence.status == 202 and evidence.bytes_read < MAX_SMALL_BODY_BYTES:
        return Finding(Verdict.BLOCKED, "bot_wall", Confidence.LOW, recheck=WEEKLY)
    odd = evidence.status // 100 == 2 and evidence.status not in SERVED_STATUSES
    nowhere = evidence.status // 100 in {1, 3}
    other_refusal = evidence.status // 100 == 4 and evidence.status not in GONE_STATUSES
    if odd or nowhere or other_refusal or evidence.status in PROTOCOL_STATUSES:
        return Finding(Verdict.UNKNOWN, f"http_{evidence.status}", Confidence.LOW, recheck)
    return None


def server_error(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.status is None or evidence.status // 100 not in {5, 6, 7, 8, 9}:
        return None
    lasting = THREE_CHECKS_IN_NINE_DAYS if evidence.status in FAILING_STATUSES else None
    return Finding(
        Verdict.TRANSIENT,
        "http_5xx",
        Confidence.LOW,
        recheck=(DAY, 3 * DAY, 5 * DAY, 7 * DAY),
        dead_after=lasting,
    )


def broken_redirect(evidence: Evidence, _: VerdictContext) -> Finding | None:
    to_nowhere = evidence.error is FetchError.DNS and _does_not_resolve(evidence.dns)
    if not evidence.hops or (evidence.redirect_error is None and not to_nowhere):
        return None
    if evidence.redirect_error is RedirectError.LOOP and _is_loop_within_site(evidence):
        return Finding(Verdict.UNKNOWN, evidence.redirect_error, Confidence.LOW, recheck=WEEKLY)
    return Finding(
        Verdict.DEAD_GONE,
        evidence.redirect_error or "redirect_to_nowhere",
        Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 30 * DAY),
        confirmed_after=TWO_CHECKS_A_DAY_APART,
    )


def missing_response(evidence: Evidence, context: VerdictContext) -> Finding | None:
    """Stop what no row before has explained: the rows below are about pages."""
    return internal_error(evidence, context) if evidence.status is None else None


# From here on a page was served. Is it the one that was asked for?


def non_html_response(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.is_html or not evidence.bytes_read:
        return None
    if (
        evidence.bytes_read < MAX_SMALL_BODY_BYTES
        and is_document_url(evidence.url)
        and _is_text_content(evidence)
    ):
        return Finding(Verdict.UNKNOWN, "other_kind", Confidence.LOW, recheck=WEEKLY)
    return Finding(Verdict.ALIVE, "served", Confidence.HIGH, recheck=MONTHLY)


def placeholder_page(evidence: Evidence, _: VerdictContext) -> Finding | None:
    kind = detect_placeholder(evidence)
    return _placeholder_finding(kind) if kind else None


def parked_by_content(evidence: Evidence, _: VerdictContext) -> Finding | None:
    return _finding_from(detect_parked_content(evidence))


def hijacked_or_drifted(evidence: Evidence, context: VerdictContext) -> Finding | None:
    return _finding_from(detect_takeover(evidence, context))


def no_readable_content(evidence: Evidence, _: VerdictContext) -> Finding | None:
    names_an_error = "error_title" in evidence.signals or "error_h1" in evidence.signals
    reasons = {
        "undecodable": evidence.undecodable,
        "js_shell": evidence.script_shell and not names_an_error,
        "empty": not evidence.bytes_read or evidence.blank,
    }
    reason = next((reason for reason, is_so in reasons.items() if is_so), None)
    return Finding(Verdict.UNKNOWN, reason, recheck=WEEKLY) if reason else None


def redirected_to_home_or_section(evidence: Evidence, context: VerdictContext) -> Finding | None:
    if is_redirect_service(evidence.url) or evidence.to_fragment:
        return None
    if not redirected_to_home(evidence):
        sure = redirected_to_parent(evidence) or has_lost_content(evidence, context.archive)
        confidence = Confidence.HIGH if sure else Confidence.LOW
        found = Detection(Verdict.REDIRECTED_HOME, "redirected_to_section", confidence)
        return _finding_from(found) if redirected_to_section(evidence) else None
    if home_matches_topic(evidence):
        return Finding(Verdict.MOVED, "moved_to_home", Confidence.MEDIUM, recheck=MONTHLY)
    if is_single_page_site(evidence):
        return Finding(Verdict.MOVED, "moved_to_home", Confidence.LOW, recheck=MONTHLY)
    if is_catch_all_redirect(evidence, context) and not is_generic_redirect(evidence):
        return _finding_from(Detection(Verdict.SOFT_404, "redirected_home", Confidence.HIGH))
    second_signal = has_lost_content(evidence, context.archive)
    confidence = Confidence.HIGH if second_signal else Confidence.LOW
    return _finding_from(Detection(Verdict.REDIRECTED_HOME, "redirected_home", confidence))


def soft_404_page(evidence: Evidence, context: VerdictContext) -> Finding | None:
    return _finding_from(detect_soft_404(evidence, context))


def same_short_page_everywhere(evidence: Evidence, _: VerdictContext) -> Finding | None:
    """Leave open what every address gets, too short to tell what it is."""
    if is_root(evidence.url) or not serves_short_page_everywhere(evidence):
        return None
    return Finding(Verdict.UNKNOWN, "same_page_for_all", Confidence.LOW, recheck=WEEKLY)


def moved_to_other_domain(evidence: Evidence, context: VerdictContext) -> Finding | None:
    if not redirected_to_other_domain(evidence) or is_redirect_service(evidence.url):
        return None
    if not keeps_topic(evidence, context.archive):
        return None
    return Finding(Verdict.MOVED, "moved", Confidence.MEDIUM, recheck=MONTHLY)


def off_topic_other_domain(evidence: Evidence, _: VerdictContext) -> Finding | None:
    """Doubt another domain's page that keeps no word of what was promised."""
    if not redirected_to_other_domain(evidence) or is_redirect_service(evidence.url):
        return None
    if len(anchor_words(evidence)) < MIN_EXPECTED_WORDS:
        return None
    return Finding(Verdict.DRIFTED, "other_domain", Confidence.LOW, recheck=WEEKLY)


def page_served(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.status not in SERVED_STATUSES:
        return None
    confidence = Confidence.LOW if may_be_soft_404(evidence) else Confidence.HIGH
    return Finding(Verdict.ALIVE, "served", confidence, recheck=MONTHLY)


def internal_error(_seen: Evidence, _: VerdictContext) -> Finding:
    return Finding(Verdict.UNKNOWN, "our_exception", recheck=(DAY,))


TABLE: tuple[Rule, ...] = (
    not_probed,
    own_network_down,
    domain_not_found,
    host_not_found,
    dns_inconclusive,
    parked_by_infrastructure,
    no_response,
    bot_protection,
    login_or_payment_required,
    access_denied,
    rate_limited,
    gone_status_with_content,
    gone_with_living_home,
    gone_without_living_home,
    inconclusive_response,
    server_error,
    broken_redirect,
    missing_response,
    non_html_response,
    placeholder_page,
    parked_by_content,
    hijacked_or_drifted,
    no_readable_content,
    redirected_to_home_or_section,
    soft_404_page,
    same_short_page_everywhere,
    moved_to_other_domain,
    off_topic_other_domain,
    page_served,
    internal_error,
)


def first_match(evidence: Evidence, context: VerdictContext) -> tuple[Finding, str]:
    """Return what the first row that matches finds, and the row's name."""
    for rule in TABLE:
        finding = rule(evidence, context)
        if finding is not None:
            return finding, rule.__name__
    raise AssertionError("the last row matches everything")


def _finding_from(found: Detection | None) -> Finding | None:
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
        confirmed_at_once=found.corroborated,
    )


def _placeholder_finding(kind: str) -> Finding:
    return Finding(
        Verdict.DEAD_HOST,
        kind,
        Confidence.HIGH,
        recheck=(3 * DAY, 6 * DAY, 7 * DAY),
        confirmed_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def _does_not_resolve(dns: DnsFacts) -> bool:
    """Tell a host without addresses, its twin too, when its domain's answers leave no doubt."""
    if dns.outcome not in {DnsOutcome.NXDOMAIN, DnsOutcome.NO_ADDRESS}:
        return False
    settled = dns.domain is not None and dns.domain not in INCONCLUSIVE_DNS
    return settled and (dns.domain is DnsOutcome.NXDOMAIN or dns.twin is not DnsOutcome.OK)


def _is_text_content(evidence: Evidence) -> bool:
    """Tell a few words where a document was asked for; tables and texts are words."""
    kind = evidence.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_table = urlsplit(evidence.url).path.lower().endswith(".csv")
    return kind in {"text/plain", "application/json"} and not is_table


def _is_loop_within_site(evidence: Evidence) -> bool:
    """Tell a circle between hosts of one domain: a mobile and a full site that disagree on us."""
    hosts = {host_of(hop.url).removeprefix("www.") for hop in evidence.hops}
    return len(hosts) > 1 and len({registrable_domain(host) for host in hosts}) == 1


def _has_working_home(evidence: Evidence) -> bool:
    root = evidence.root
    return (
        root is not None
        and root.status is not None
        and root.status < 400
        and not root.blocked
        and not root.same_body
    )
