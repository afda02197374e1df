"""What is recognised in an observation's names, addresses and words, by kind of sign."""

from __future__ import annotations

from brokenlinks.html.document import HtmlDocument
from brokenlinks.liveness.signals import error_pages as signs
from brokenlinks.models.evidence import Evidence
from brokenlinks.text.urls import host_of, site_of


def detect_signals(evidence: Evidence, source: str, document: HtmlDocument) -> dict[str, str]:
    """Return what was recognised, by kind; `source` is the markup that `document` was read off.

    Kinds: `error_title`, `error_h1`, `error_passage`, `error_path`, `error_shell`,
    `parked_name_server`, `parked_cname`, `parked_address`, `parked_redirect`, `parked_phrase`,
    `parked_markup`, `spam`, `strong_spam`, `placeholder`, `suspended`, `unclaimed_service`.
    """
    found = _infrastructure_signals(evidence)
    if evidence.status is not None:
        found |= _content_signals(evidence, source, document)
    return {kind: sign[:MAX_SIGNAL_LENGTH] for kind, sign in found.items() if sign}


MAX_SIGNAL_LENGTH = 200


def _infrastructure_signals(evidence: Evidence) -> dict[str, str]:
    return {
        "parked_name_server": signs.parking_name_server(evidence.name_servers),
        "parked_cname": signs.parking_cname(evidence.dns.cname),
        "parked_address": signs.parking_address(evidence.dns.addresses),
        "parked_redirect": signs.parking_redirect(evidence.url, evidence.final_url)
        if evidence.hops
        else "",
    }


def _content_signals(evidence: Evidence, source: str, document: HtmlDocument) -> dict[str, str]:
    title, h1, text, words = document.title, document.h1, document.text, document.words
    site = site_of(evidence.final_url).partition(".")[0]
    spam = signs.find_spam_terms(f"{title} {h1}")
    found = {
        "error_title": signs.error_phrase(title, site_names=[site, host_of(evidence.final_url)]),
        "error_h1": signs.error_phrase(h1),
        "error_passage": signs.error_passage(document.passages),
        "error_path": _error_path_of_redirect(evidence),
        "error_shell": signs.error_shell(source),
        "parked_phrase": signs.parked_phrase(title, h1, text, words),
        "parked_markup": signs.parked_markup(source),
        "spam": ", ".join(spam.terms),
        "strong_spam": next(iter(spam.strong), ""),
    }
    place = signs.placeholder(evidence.headers, title, h1, text, words)
    return found | ({place.kind: f"{place.vendor}: {place.signal}"} if place else {})


def _error_path_of_redirect(evidence: Evidence) -> str:
    """Return the error page's segment that a redirect brought in: one asked for may be a name."""
    if evidence.final_url == evidence.url:
        return ""
    segment = signs.error_path(evidence.final_url)
    return "" if segment == signs.error_path(evidence.url) else segment
