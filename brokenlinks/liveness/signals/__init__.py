"""Recognises signals in an observation's host names, URLs and text. Judges nothing."""

from __future__ import annotations

from brokenlinks.html.document import HtmlDocument
from brokenlinks.liveness.signals.error_pages import (
    error_passage,
    error_path,
    error_phrase,
    error_shell,
)
from brokenlinks.liveness.signals.outages import outage_signals
from brokenlinks.liveness.signals.parking import (
    parked_markup,
    parked_phrase,
    parking_address,
    parking_cname,
    parking_name_server,
    parking_redirect,
)
from brokenlinks.liveness.signals.placeholders import placeholder
from brokenlinks.liveness.signals.spam import find_spam_terms
from brokenlinks.models.evidence import FAILING_STATUSES, Evidence
from brokenlinks.text.urls import host_of, site_of

MAX_SIGNAL_LENGTH = 200
"""Characters kept of each as evidence."""


def detect_signals(evidence: Evidence, source: str, document: HtmlDocument) -> dict[str, str]:
    """Return the recognised text by kind of signal; `source` is the markup of `document`.

    Kinds: `error_title`, `error_h1`, `error_passage`, `error_path`, `error_shell`,
    `parked_name_server`, `parked_cname`, `parked_address`, `parked_redirect`, `parked_phrase`,
    `parked_markup`, `spam`, `strong_spam`, `placeholder`, `suspended`, `unclaimed_service`; of
    failing pages also `refusal`, `maintenance`, `unexplained`.
    """
    signals = {
        "parked_name_server": parking_name_server(evidence.name_servers),
        "parked_cname": parking_cname(evidence.dns.cname),
        "parked_address": parking_address(evidence.dns.addresses),
    }
    if evidence.hops:
        signals["parked_redirect"] = parking_redirect(evidence.url, evidence.final_url)
    if evidence.status is not None:
        signals |= _content_signals(evidence, source, document)
        if evidence.status in FAILING_STATUSES:
            signals |= outage_signals(source, document)
    return {kind: text[:MAX_SIGNAL_LENGTH] for kind, text in signals.items() if text}


def _content_signals(evidence: Evidence, source: str, document: HtmlDocument) -> dict[str, str]:
    title, h1, text, words = document.title, document.h1, document.text, document.words
    site = site_of(evidence.final_url).partition(".")[0]
    spam = find_spam_terms(f"{title} {h1}")
    signals = {
        "error_title": error_phrase(title, site_names=[site, host_of(evidence.final_url)]),
        "error_h1": error_phrase(h1),
        "error_passage": error_passage(document.passages),
        "error_path": _error_path_of_redirect(evidence),
        "error_shell": error_shell(source),
        "parked_phrase": parked_phrase(title, h1, text, words),
        "parked_markup": parked_markup(source),
        "spam": ", ".join(spam.terms),
        "strong_spam": next(iter(spam.strong), ""),
    }
    if instead := placeholder(evidence.headers, title, h1, text, words):
        signals[instead.kind] = f"{instead.vendor}: {instead.signal}"
    return signals


def _error_path_of_redirect(evidence: Evidence) -> str:
    """Return the error segment that a redirect brought in: a requested one may be a name."""
    if evidence.final_url == evidence.url:
        return ""
    segment = error_path(evidence.final_url)
    return "" if segment == error_path(evidence.url) else segment
