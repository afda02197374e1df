"""Rules on where redirects lead: nowhere, to the home page, to a section, to another domain."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from brokenlinks.http.response import FetchError
from brokenlinks.liveness.exclusions import is_redirect_service
from brokenlinks.liveness.followups import (
    looks_like_home_page,
    redirected_elsewhere,
    siblings_share_redirect,
)
from brokenlinks.liveness.rules import MONTHLY, WEEKLY, Finding, doubt, suspect
from brokenlinks.liveness.rules.network import does_not_resolve
from brokenlinks.liveness.topic import (
    MIN_STRONG_TOPIC_OVERLAP,
    anchor_words,
    content_words,
    has_lost_content,
    keeps_topic,
    matches_topic,
    word_overlap,
)
from brokenlinks.models.evidence import Evidence, RedirectError
from brokenlinks.models.verdict import (
    MIN_SHARED_REDIRECTS,
    Confidence,
    Reason,
    Verdict,
    VerdictContext,
)
from brokenlinks.text.urls import host_of, is_root, registrable_domain

MIN_SINGLE_PAGE_WORDS = 50
"""A site with nothing but its home page says something there."""
MIN_EXPECTED_WORDS = 2
"""Anchor words needed before a page that has none of them is strange: one may be a name."""
_LOCALE_PATH = re.compile(r"/([a-z]{2}(?:[-_][a-z]{2})?)(?:/|$)", re.IGNORECASE)


def broken_redirect(evidence: Evidence, _: VerdictContext) -> Finding | None:
    to_nowhere = evidence.error is FetchError.DNS and does_not_resolve(evidence.dns)
    if not evidence.hops or (evidence.redirect_error is None and not to_nowhere):
        return None
    reason = Reason(evidence.redirect_error or Reason.REDIRECT_TO_NOWHERE)
    if evidence.redirect_error is RedirectError.LOOP and _is_loop_within_site(evidence):
        return Finding(Verdict.UNKNOWN, reason, Confidence.LOW, recheck=WEEKLY)
    return suspect(Verdict.DEAD_GONE, reason, Confidence.MEDIUM)


def redirected_to_home_or_section(evidence: Evidence, context: VerdictContext) -> Finding | None:
    if is_redirect_service(evidence.url) or evidence.to_fragment:
        return None
    if evidence.hops and is_root(evidence.final_url) and not is_root(evidence.url):
        return _redirected_home(evidence, context)
    if not _redirected_to_section(evidence):
        return None
    sure = _redirected_to_parent(evidence) or has_lost_content(evidence, context.archive)
    confidence = Confidence.HIGH if sure else Confidence.LOW
    return suspect(Verdict.REDIRECTED_HOME, Reason.REDIRECTED_TO_SECTION, confidence)


def _redirected_home(evidence: Evidence, context: VerdictContext) -> Finding:
    title_overlap = word_overlap(anchor_words(evidence), content_words(evidence.title))
    if title_overlap >= MIN_STRONG_TOPIC_OVERLAP:
        return Finding(Verdict.MOVED, Reason.MOVED_TO_HOME, Confidence.MEDIUM, recheck=MONTHLY)
    if _is_single_page_site(evidence):
        return Finding(Verdict.MOVED, Reason.MOVED_TO_HOME, Confidence.LOW, recheck=MONTHLY)
    catch_all = (
        siblings_share_redirect(evidence) or context.shared_redirects >= MIN_SHARED_REDIRECTS
    )
    if catch_all and not _is_generic_redirect(evidence):
        return suspect(Verdict.SOFT_404, Reason.REDIRECTED_HOME, Confidence.HIGH)
    sure = has_lost_content(evidence, context.archive)
    confidence = Confidence.HIGH if sure else Confidence.LOW
    return suspect(Verdict.REDIRECTED_HOME, Reason.REDIRECTED_HOME, confidence)


def moved_to_other_domain(evidence: Evidence, context: VerdictContext) -> Finding | None:
    if not redirected_to_other_domain(evidence) or is_redirect_service(evidence.url):
        return None
    if not keeps_topic(evidence, context.archive):
        return None
    return Finding(Verdict.MOVED, Reason.MOVED, Confidence.MEDIUM, recheck=MONTHLY)


def off_topic_other_domain(evidence: Evidence, _: VerdictContext) -> Finding | None:
    """Doubt a page on another domain that has no word of the topic."""
    if not redirected_to_other_domain(evidence) or is_redirect_service(evidence.url):
        return None
    if len(anchor_words(evidence)) < MIN_EXPECTED_WORDS:
        return None
    return doubt(Reason.OTHER_DOMAIN)


def redirected_to_other_domain(evidence: Evidence) -> bool:
    """Return whether redirects left the registrable domain of the target."""
    requested, final = host_of(evidence.url), host_of(evidence.final_url)
    return bool(evidence.hops) and registrable_domain(requested) != registrable_domain(final)


def _redirected_to_section(evidence: Evidence) -> bool:
    """Return whether a deep URL, like its siblings, led to a section above it."""
    if not redirected_elsewhere(evidence) or is_root(evidence.url) or matches_topic(evidence):
        return False
    requested, final = (
        urlsplit(url).path.strip("/").split("/") for url in (evidence.url, evidence.final_url)
    )
    above = len(final) < len(requested) or len(final) == 1
    return above and "error_path" not in evidence.signals and siblings_share_redirect(evidence)


def _redirected_to_parent(evidence: Evidence) -> bool:
    """Return whether a deep URL led to one of its own directories; others may be consent pages."""
    path, final = (
        urlsplit(url).path.rstrip("/").lower() for url in (evidence.url, evidence.final_url)
    )
    return path.startswith(f"{final}/") and host_of(evidence.url) == host_of(evidence.final_url)


def _is_generic_redirect(evidence: Evidence) -> bool:
    """Return whether foreign visitors may get this redirect for any URL.

    To another country's home page, another host of the domain, or a notice elsewhere.
    """
    requested, final = (
        _LOCALE_PATH.match(urlsplit(url).path) for url in (evidence.url, evidence.final_url)
    )
    abroad = final is not None and (requested is None or requested[1].lower() != final[1].lower())
    if redirected_to_other_domain(evidence):
        return abroad or not looks_like_home_page(evidence)
    from_host, to_host = (
        host_of(url).removeprefix("www.") for url in (evidence.url, evidence.final_url)
    )
    return abroad or from_host != to_host


def _is_single_page_site(evidence: Evidence) -> bool:
    """Return whether only a home page is left, which is still about the link's topic."""
    named = word_overlap(anchor_words(evidence), content_words(evidence.title, evidence.h1))
    return not evidence.own_links and evidence.words > MIN_SINGLE_PAGE_WORDS and named > 0


def _is_loop_within_site(evidence: Evidence) -> bool:
    """Return whether hosts of one domain redirect in a loop, as mobile and full sites may."""
    hosts = {host_of(hop.url).removeprefix("www.") for hop in evidence.hops}
    return len(hosts) > 1 and len({registrable_domain(host) for host in hosts}) == 1
