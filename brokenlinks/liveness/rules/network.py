"""Rules on targets that gave no HTTP response: not probed, not resolved, not connected."""

from __future__ import annotations

from brokenlinks.http.dns import DnsOutcome
from brokenlinks.http.response import FetchError
from brokenlinks.liveness.rules import (
    DAY,
    HOUR,
    THREE_CHECKS_IN_NINE_DAYS,
    WEEKLY,
    Finding,
    suspect,
)
from brokenlinks.liveness.rules.lasting import host_is_down
from brokenlinks.models.evidence import NO_RESPONSE_ERRORS, DnsFacts, Evidence, SkipReason
from brokenlinks.models.lookups import RegistrationOutcome
from brokenlinks.models.verdict import Confidence, Reason, Verdict, VerdictContext

INCONCLUSIVE_DNS = frozenset(
    {DnsOutcome.SERVFAIL, DnsOutcome.REFUSED, DnsOutcome.TIMEOUT, DnsOutcome.ERROR}
)


def not_probed(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.skip_reason is None:
        return None
    if evidence.skip_reason is SkipReason.ARCHIVED:
        return Finding(Verdict.ALIVE, Reason.ARCHIVED_COPY, Confidence.HIGH)
    if evidence.skip_reason is SkipReason.ROBOTS_UNAVAILABLE:
        return Finding(Verdict.TRANSIENT, Reason.ROBOTS_UNAVAILABLE, recheck=(DAY,))
    return Finding(Verdict.UNCHECKED, Reason(evidence.skip_reason))


def own_network_down(evidence: Evidence, _: VerdictContext) -> Finding | None:
    return (
        Finding(Verdict.UNKNOWN, Reason.OWN_NETWORK_DOWN, recheck=(HOUR,))
        if evidence.offline
        else None
    )


def domain_not_found(evidence: Evidence, context: VerdictContext) -> Finding | None:
    if evidence.hops or not does_not_resolve(evidence.dns):
        return None
    if evidence.dns.domain is not DnsOutcome.NXDOMAIN:
        return None
    registration = context.registration
    unregistered = registration and registration.outcome is RegistrationOutcome.NOT_FOUND
    confidence = Confidence.HIGH if unregistered else Confidence.MEDIUM
    return suspect(
        Verdict.DEAD_DOMAIN, Reason.NXDOMAIN, confidence, corroborated=bool(unregistered)
    )


def host_not_found(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.hops or not does_not_resolve(evidence.dns):
        return None
    missing = evidence.dns.outcome is DnsOutcome.NXDOMAIN
    return Finding(
        Verdict.DEAD_HOST,
        Reason.NXDOMAIN_SUB if missing else Reason.NO_ADDRESS,
        Confidence.MEDIUM,
        recheck=(DAY, 7 * DAY, 7 * DAY, 30 * DAY),
        confirmed_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def dns_inconclusive(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.dns.outcome is DnsOutcome.OK and evidence.error is not FetchError.DNS:
        return None
    if evidence.hops and does_not_resolve(evidence.dns):
        return None
    return Finding(Verdict.TRANSIENT, Reason.DNS, recheck=(HOUR, DAY, 3 * DAY))


def no_response(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.error not in NO_RESPONSE_ERRORS:
        return None
    addresses = evidence.dns.addresses
    if addresses and all(":" in address for address in addresses):
        # Many networks have no IPv6: ours may be one.
        return Finding(Verdict.UNKNOWN, Reason.IPV6_ONLY, Confidence.LOW, WEEKLY)
    slow = evidence.error is FetchError.TIMEOUT
    return Finding(
        Verdict.TRANSIENT,
        Reason(evidence.error),
        Confidence.LOW if slow else Confidence.MEDIUM,
        recheck=(HOUR, 3 * DAY, 3 * DAY, 3 * DAY, 7 * DAY),
        dead_after=THREE_CHECKS_IN_NINE_DAYS if host_is_down(evidence) else None,
    )


def internal_error(_evidence: Evidence, _: VerdictContext) -> Finding:
    return Finding(Verdict.UNKNOWN, Reason.OUR_EXCEPTION, recheck=(DAY,))


def missing_response(evidence: Evidence, context: VerdictContext) -> Finding | None:
    """Catch responses that no rule above explains: the rules below need a page."""
    return internal_error(evidence, context) if evidence.status is None else None


def does_not_resolve(dns: DnsFacts) -> bool:
    """Return whether host and twin have no address, and the domain's DNS answer is conclusive."""
    if dns.outcome not in {DnsOutcome.NXDOMAIN, DnsOutcome.NO_ADDRESS}:
        return False
    conclusive = dns.domain is not None and dns.domain not in INCONCLUSIVE_DNS
    return conclusive and (dns.domain is DnsOutcome.NXDOMAIN or dns.twin is not DnsOutcome.OK)
