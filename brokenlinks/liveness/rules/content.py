"""Rules on served pages: parked, taken over, a placeholder, an error page in disguise, or alive."""

from __future__ import annotations

from urllib.parse import urlsplit

from brokenlinks.html.document import SAME_PAGE_SIMILARITY
from brokenlinks.liveness.followups import (
    PARKING_CONTENT_SIGNALS,
    PLACEHOLDER_SIGNALS,
    is_document_url,
    looks_like_home_page,
    siblings_match,
    siblings_share_redirect,
)
from brokenlinks.liveness.rules import (
    DAY,
    MONTHLY,
    THREE_CHECKS_IN_NINE_DAYS,
    WEEKLY,
    Finding,
    doubt,
    suspect,
)
from brokenlinks.liveness.rules.redirects import redirected_to_other_domain
from brokenlinks.liveness.signals.spam import find_spam_terms
from brokenlinks.liveness.topic import (
    MIN_TOPIC_OVERLAP,
    anchor_words,
    content_words,
    has_expected_content,
    has_lost_content,
    matches_topic,
    path_words,
    script_of,
    word_overlap,
)
from brokenlinks.models.evidence import (
    GONE_STATUSES,
    NEVER_DEAD_STATUSES,
    SERVED_STATUSES,
    Evidence,
    SiblingFacts,
)
from brokenlinks.models.lookups import ArchiveOutcome, ArchiveRecord
from brokenlinks.models.verdict import (
    MIN_SHARED_REDIRECTS,
    Confidence,
    Reason,
    Verdict,
    VerdictContext,
)
from brokenlinks.text.urls import host_of, is_root, url_key

MAX_DOCUMENT_STUB_BYTES = 2_048
"""Text no longer than this, where a document was linked, is a message about it."""
MAX_ERROR_PAGE_WORDS = 40
"""Error pages seldom have more."""
MIN_COMPARABLE_WORDS = 50
"""Least words of a page for its likeness to another to mean anything."""
PARKING_INFRASTRUCTURE_SIGNALS = (
    "parked_name_server",
    "parked_cname",
    "parked_address",
    "parked_redirect",
)


def parked_by_infrastructure(evidence: Evidence, _: VerdictContext) -> Finding | None:
    """Recognise a parking service by name servers, CNAME, address or redirect."""
    if evidence.status is None or evidence.status in NEVER_DEAD_STATUSES:
        return None
    if evidence.bot_protection is not None:
        return None
    signal = _first_signal(evidence, PARKING_INFRASTRUCTURE_SIGNALS)
    if not signal or has_expected_content(evidence):
        return None  # a leased domain may still have its page
    corroborated = bool(
        _first_signal(evidence, PARKING_CONTENT_SIGNALS)
    ) or _serves_same_page_everywhere(evidence)
    return suspect(Verdict.PARKED, Reason(signal), Confidence.HIGH, corroborated=corroborated)


def non_html_response(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.is_html or not evidence.bytes_read:
        return None
    small = evidence.bytes_read < MAX_DOCUMENT_STUB_BYTES
    if small and is_document_url(evidence.url) and _is_plain_text(evidence):
        return Finding(Verdict.UNKNOWN, Reason.OTHER_KIND, Confidence.LOW, recheck=WEEKLY)
    return Finding(Verdict.ALIVE, Reason.SERVED, Confidence.HIGH, recheck=MONTHLY)


def placeholder_page(evidence: Evidence, _: VerdictContext) -> Finding | None:
    return find_placeholder(evidence)


def parked_by_content(evidence: Evidence, _: VerdictContext) -> Finding | None:
    """Recognise a parking page by phrases or markup; certain if the host serves only that."""
    signal = _first_signal(evidence, PARKING_CONTENT_SIGNALS)
    if not signal:
        return None
    if _serves_same_page_everywhere(evidence):
        both = all(kind in evidence.signals for kind in PARKING_CONTENT_SIGNALS)
        return suspect(Verdict.PARKED, Reason(signal), Confidence.HIGH, corroborated=both)
    if matches_topic(evidence) or _has_other_pages(evidence):
        return None  # an article about domains, or one that quotes a parking page
    return suspect(Verdict.PARKED, Reason(signal), Confidence.MEDIUM)


def hijacked_or_drifted(evidence: Evidence, context: VerdictContext) -> Finding | None:
    """Recognise a domain that was taken over: compare the page with its last good copy."""
    reason = _unexpected_spam(evidence) or _unexpected_script(evidence)
    if reason is None:
        return None
    archive = context.archive
    if archive is None or archive.outcome is ArchiveOutcome.NOT_LOOKED_UP:
        return doubt(reason)
    if archive.outcome is not ArchiveOutcome.FOUND or not content_words(archive.title, archive.h1):
        return doubt(reason) if "strong_spam" in evidence.signals else None
    return _compare_with_archive(evidence, reason, archive, context)


def no_readable_content(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.undecodable:
        reason = Reason.UNDECODABLE
    elif evidence.script_shell and not _has_error_heading(evidence):
        reason = Reason.JS_SHELL
    elif not evidence.bytes_read or evidence.blank:
        reason = Reason.EMPTY
    else:
        return None
    return Finding(Verdict.UNKNOWN, reason, recheck=WEEKLY)


def soft_404_page(evidence: Evidence, context: VerdictContext) -> Finding | None:
    """Recognise an error page served with a good status: two signals, one of them strong."""
    error_words, error_path, same_page = strong = _strong_error_signals(evidence)
    other = [
        context.shared_redirects >= MIN_SHARED_REDIRECTS,
        # Login pages and viewers are not indexed either.
        (evidence.noindex or "noindex" in evidence.headers.get("x-robots-tag", "").lower())
        and (error_words or error_path),
        "error_shell" in evidence.signals or evidence.words < MAX_ERROR_PAGE_WORDS,
        has_lost_content(evidence, context.archive),
        "error_passage" in evidence.signals and not error_words and (same_page or error_path),
        same_page
        and evidence.root is not None
        and evidence.root.similarity >= SAME_PAGE_SIMILARITY
        and looks_like_home_page(evidence),
    ]
    reason = Reason.ERROR_PAGE if error_words or error_path else Reason.SAME_PAGE_FOR_ALL
    if sum(strong) > 1:
        return suspect(Verdict.SOFT_404, reason, Confidence.HIGH, corroborated=True)
    if any(strong) and any(other):
        return suspect(Verdict.SOFT_404, reason, Confidence.MEDIUM)
    return None


def same_short_page_everywhere(evidence: Evidence, _: VerdictContext) -> Finding | None:
    """Leave the verdict open for a short page that is served for every URL."""
    short = 0 < evidence.words <= MIN_COMPARABLE_WORDS
    if is_root(evidence.url) or not short or not siblings_match(evidence):
        return None
    if matches_topic(evidence):
        return None
    return Finding(Verdict.UNKNOWN, Reason.SAME_PAGE_FOR_ALL, Confidence.LOW, recheck=WEEKLY)


def page_served(evidence: Evidence, _: VerdictContext) -> Finding | None:
    if evidence.status not in SERVED_STATUSES:
        return None
    # With one strong error signal, an archived copy may still be the second.
    confidence = Confidence.LOW if any(_strong_error_signals(evidence)) else Confidence.HIGH
    return Finding(Verdict.ALIVE, Reason.SERVED, confidence, recheck=MONTHLY)


def find_placeholder(evidence: Evidence) -> Finding | None:
    """Recognise a placeholder page, whatever its status."""
    kind = _first_signal(evidence, PLACEHOLDER_SIGNALS)
    if not kind or matches_topic(evidence):
        return None
    in_header = "header " in evidence.signals[kind]
    if not in_header and any(map(_is_other_page, evidence.siblings)):
        return None  # a placeholder replaces a whole site
    return Finding(
        Verdict.DEAD_HOST,
        Reason(kind),
        Confidence.HIGH,
        recheck=(3 * DAY, 6 * DAY, 7 * DAY),
        confirmed_after=THREE_CHECKS_IN_NINE_DAYS,
    )


def _first_signal(evidence: Evidence, kinds: tuple[str, ...]) -> str:
    return next((kind for kind in kinds if kind in evidence.signals), "")


def _has_error_heading(evidence: Evidence) -> bool:
    return "error_title" in evidence.signals or "error_h1" in evidence.signals


def _is_plain_text(evidence: Evidence) -> bool:
    """Return whether text was served where a document was linked; CSV is text itself."""
    kind = evidence.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_table = urlsplit(evidence.url).path.lower().endswith(".csv")
    return kind in {"text/plain", "application/json"} and not is_table


def _is_other_page(sibling: SiblingFacts) -> bool:
    answered = sibling.status in SERVED_STATUSES | GONE_STATUSES
    return answered and sibling.similarity < SAME_PAGE_SIMILARITY


def _serves_same_page_everywhere(evidence: Evidence) -> bool:
    """Return whether the home page and both siblings are the page that was served."""
    home = is_root(evidence.final_url) or (
        evidence.root is not None and evidence.root.similarity >= SAME_PAGE_SIMILARITY
    )
    return home and siblings_match(evidence)


def _has_other_pages(evidence: Evidence) -> bool:
    """Return whether the host serves other pages, as no parked one does."""
    other_home = (
        evidence.root is not None
        and evidence.root.similarity < SAME_PAGE_SIMILARITY
        and not is_root(evidence.final_url)
    )
    return other_home or any(
        sibling.status not in SERVED_STATUSES or sibling.similarity < SAME_PAGE_SIMILARITY
        for sibling in evidence.siblings
    )


def _unexpected_spam(evidence: Evidence) -> Reason | None:
    """Return whether title or heading has spam terms that link and URL do not mention."""
    if "spam" not in evidence.signals or find_spam_terms(" ".join(evidence.anchors)):
        return None
    if "strong_spam" not in evidence.signals and matches_topic(evidence):
        return None
    return Reason.SPAM_WORDS


def _unexpected_script(evidence: Evidence) -> Reason | None:
    """Return whether the heading is in another script than the link and shares no word with it.

    Error pages are excepted: they are in the language of their site.
    """
    if _has_error_heading(evidence):
        return None
    linked = script_of(" ".join(evidence.anchors))
    served = script_of(f"{evidence.title} {evidence.h1}")
    if not linked or not served or linked == served:
        return None
    site = content_words(host_of(evidence.final_url))
    promised = (anchor_words(evidence) | path_words(evidence.url)) - site
    overlap = word_overlap(promised, content_words(evidence.title, evidence.h1) - site)
    return Reason.OTHER_SCRIPT if promised and not overlap else None


def _compare_with_archive(
    evidence: Evidence, reason: Reason, archive: ArchiveRecord, context: VerdictContext
) -> Finding | None:
    # Any owner has the domain's name in the titles: it says nothing about the topic.
    name = content_words(host_of(evidence.url))
    archived = content_words(archive.title, archive.h1) - name
    now = content_words(evidence.title, evidence.h1) - name
    if find_spam_terms(f"{archive.title} {archive.h1}"):
        return None  # it was always about that
    is_spam = reason is Reason.SPAM_WORDS
    changes = _ownership_changes(evidence, archive, context)
    only_moved = changes <= {"other_domain"} and "strong_spam" not in evidence.signals
    if (not is_spam or only_moved) and word_overlap(archived, now) >= MIN_TOPIC_OVERLAP:
        return None
    if is_spam and changes:
        return suspect(Verdict.HIJACKED, reason, Confidence.HIGH, corroborated=len(changes) > 1)
    if changes and not word_overlap(archived | (anchor_words(evidence) - name), now):
        return suspect(Verdict.HIJACKED, Reason.TOPIC_GONE, Confidence.MEDIUM)
    return doubt(reason)


def _ownership_changes(
    evidence: Evidence, archive: ArchiveRecord, context: VerdictContext
) -> set[str]:
    """Return what speaks for a new owner since the last good copy."""
    registered = context.registration.registered_at if context.registration else None
    languages = (archive.language[:2].lower(), evidence.language[:2].lower())
    scripts = (
        script_of(f"{archive.title} {archive.h1}"),
        script_of(f"{evidence.title} {evidence.h1}"),
    )
    changes = {
        "registered_later": bool(
            registered and archive.captured_at and registered > archive.captured_at
        ),
        "other_domain": redirected_to_other_domain(evidence),
        "other_language": any(all(pair) and len(set(pair)) > 1 for pair in (languages, scripts)),
    }
    return {name for name, holds in changes.items() if holds}


def _strong_error_signals(evidence: Evidence) -> tuple[bool, bool, bool]:
    """Return the strong signals: an error heading, an error URL, the same page for siblings."""
    error_words = _has_error_heading(evidence) and not any(
        sibling.status in GONE_STATUSES for sibling in evidence.siblings
    )
    names_error = error_words or "error_passage" in evidence.signals
    comparable = evidence.words > MIN_COMPARABLE_WORDS or names_error
    same_page = siblings_match(evidence) and (comparable or siblings_share_redirect(evidence))
    signals = (error_words, "error_path" in evidence.signals, same_page)
    excused = any(signals) and (
        is_root(evidence.url) or evidence.to_fragment or _identifies_itself(evidence)
    )
    return (False, False, False) if excused else signals


def _identifies_itself(evidence: Evidence) -> bool:
    """Return whether a page names its own URL or the link's topic: no catch-all page does."""
    echoes = any(_is_same_url(sibling.canonical, sibling.url) for sibling in evidence.siblings)
    names_itself = _is_same_url(evidence.canonical, evidence.url) and not echoes
    if names_itself and "error_title" not in evidence.signals:
        return True
    shared = {text for sibling in evidence.siblings for text in (sibling.title, sibling.h1)}
    own = [
        text
        for kind, text in (("error_title", evidence.title), ("error_h1", evidence.h1))
        if kind not in evidence.signals and text not in shared
    ]
    return word_overlap(anchor_words(evidence), content_words(*own)) >= MIN_TOPIC_OVERLAP


def _is_same_url(one: str, other: str) -> bool:
    return bool(one) and url_key(one) == url_key(other)
