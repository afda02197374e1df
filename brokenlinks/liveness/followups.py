"""Decides which control pages are worth fetching for an observation. No I/O, no judgement."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from brokenlinks.html.document import SAME_PAGE_SIMILARITY
from brokenlinks.http.response import FetchError, retry_after_seconds
from brokenlinks.liveness.exclusions import is_redirect_service
from brokenlinks.liveness.signals.outages import OUTAGE_SIGNALS
from brokenlinks.liveness.topic import (
    MIN_LONG_PAGE_WORDS,
    heading_mentions_topic,
    is_titled_as_linked,
    matches_topic,
)
from brokenlinks.models.evidence import (
    FAILING_STATUSES,
    GONE_STATUSES,
    NO_RESPONSE_ERRORS,
    RATE_STATUSES,
    SERVED_STATUSES,
    Evidence,
    SiblingFacts,
)
from brokenlinks.text.urls import is_root

MIN_HOME_PAGE_WORDS, MIN_HOME_PAGE_LINKS = 100, 3
PLACEHOLDER_SIGNALS = ("placeholder", "suspended", "unclaimed_service")
PARKING_CONTENT_SIGNALS = ("parked_phrase", "parked_markup")
ERROR_SIGNALS = ("error_title", "error_h1", "error_path", "error_shell")
MAX_SHORT_PAUSE = 10.0
"""Seconds; a pause of that length is waited for within the run."""
BROKEN_OFF_ERRORS = frozenset({FetchError.RESET, FetchError.EMPTY_REPLY})
_DOCUMENT_EXTENSION = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|gz|jpe?g|png|gif|mp3|mp4|epub|csv)$", re.IGNORECASE
)


def needs_home_page(evidence: Evidence) -> bool:
    """Return whether the home page would help: the page fails, is gone, or is served everywhere.

    Where a sibling got another page, none is served everywhere.
    """
    if evidence.bot_protection is not None or is_root(evidence.final_url):
        return False
    if is_failing(evidence):
        return True
    return evidence.status in GONE_STATUSES or (
        evidence.status in SERVED_STATUSES
        and _looks_parked(evidence)
        and not siblings_differ(evidence)
    )


def is_failing(evidence: Evidence) -> bool:
    """Return whether the server fails, or says nothing: it may do so for this page only."""
    return evidence.status in FAILING_STATUSES or evidence.error in NO_RESPONSE_ERRORS


def needs_another_try(evidence: Evidence) -> bool:
    """Return whether another request may well be answered: the server failed for a moment.

    It may have asked for a short pause, which the host's slot waits for.
    """
    if evidence.bot_protection is not None or not evidence.signals.keys().isdisjoint(
        OUTAGE_SIGNALS
    ):
        return False
    retry_after = evidence.headers.get("retry-after")
    if evidence.status in FAILING_STATUSES | RATE_STATUSES and retry_after is not None:
        return 0 < retry_after_seconds(retry_after, evidence.checked_at) <= MAX_SHORT_PAUSE
    return evidence.status in FAILING_STATUSES or evidence.error in BROKEN_OFF_ERRORS


def needs_siblings(evidence: Evidence) -> bool:
    """Return whether siblings would show if this is an error page.

    Of a missing page they are asked for only where it may have been sent all the same.
    """
    if evidence.bot_protection is not None or evidence.to_login:
        return False
    if evidence.status not in SERVED_STATUSES:
        return (
            evidence.status in GONE_STATUSES
            and "error_passage" not in evidence.signals
            and is_titled_as_linked(evidence)
        )
    if _looks_parked(evidence):
        return True
    if is_root(evidence.url) or is_redirect_service(evidence.url):
        return False
    if not evidence.signals.keys().isdisjoint(PLACEHOLDER_SIGNALS):
        return True
    return bool(evidence.words) and not evidence.script_shell and _may_be_error_page(evidence)


def _may_be_error_page(evidence: Evidence) -> bool:
    if not evidence.signals.keys().isdisjoint(ERROR_SIGNALS) or is_document_url(evidence.url):
        return True
    if "error_passage" in evidence.signals and not heading_mentions_topic(evidence):
        return True
    if not redirected_elsewhere(evidence) and evidence.words >= MIN_LONG_PAGE_WORDS:
        return False
    return is_root(evidence.final_url) or not matches_topic(evidence)


def _looks_parked(evidence: Evidence) -> bool:
    return not evidence.signals.keys().isdisjoint(PARKING_CONTENT_SIGNALS)


def redirected_elsewhere(evidence: Evidence) -> bool:
    """Return whether redirects led to another path than the requested one."""
    requested, final = (urlsplit(url) for url in (evidence.url, evidence.final_url))
    return bool(evidence.hops) and (requested.path.rstrip("/").lower(), requested.query) != (
        final.path.rstrip("/").lower(),
        final.query,
    )


def is_document_url(url: str) -> bool:
    """Return whether a URL ends like a document, a picture or an archive, not a page."""
    return _DOCUMENT_EXTENSION.search(urlsplit(url).path) is not None


def looks_like_home_page(evidence: Evidence) -> bool:
    """Return whether it is a full page with internal links: consent pages and shells are not."""
    return evidence.words >= MIN_HOME_PAGE_WORDS and evidence.own_links >= MIN_HOME_PAGE_LINKS


def matches_target(sibling: SiblingFacts) -> bool:
    """Return whether a sibling got the same page as the target."""
    return sibling.status in SERVED_STATUSES and (
        sibling.same_redirect or sibling.similarity >= SAME_PAGE_SIMILARITY
    )


def siblings_differ(evidence: Evidence) -> bool:
    """Return whether a sibling got another page than the target."""
    return any(sibling.similarity < SAME_PAGE_SIMILARITY for sibling in evidence.siblings)


def siblings_match(evidence: Evidence) -> bool:
    """Return whether both siblings got the target's page; one alone proves nothing."""
    return len(evidence.siblings) == 2 and all(map(matches_target, evidence.siblings))


def siblings_share_redirect(evidence: Evidence) -> bool:
    """Return whether both siblings were redirected to where the target was."""
    return len(evidence.siblings) == 2 and all(
        sibling.status in SERVED_STATUSES and sibling.same_redirect for sibling in evidence.siblings
    )
