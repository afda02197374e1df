"""What is recognised in an observation's names, addresses and words, by kind of sign."""

from __future__ import annotations

from brokenlinks.html.document import Reading
from brokenlinks.liveness.signals import error_pages as signs
from brokenlinks.models.evidence import Evidence
from brokenlinks.text.urls import host_of, site_of


def signs_of(seen: Evidence, source: str, reading: Reading) -> dict[str, str]:
    """Return what was recognised, by kind; `source` is the markup that `reading` was read off.

    Kinds: `error_title`, `error_h1`, `error_passage`, `error_path`, `error_shell`,
    `parked_name_server`, `parked_cname`, `parked_address`, `parked_redirect`, `parked_phrase`,
    `parked_markup`, `spam`, `strong_spam`, `placeholder`, `suspended`, `unclaimed_service`.
    """
    found = _signs_of_names(seen)
    if seen.status is not None:
        found |= _signs_of_words(seen, source, reading)
    return {kind: sign[:SIGN_LENGTH_KEPT] for kind, sign in found.items() if sign}


SIGN_LENGTH_KEPT = 200


def _signs_of_names(seen: Evidence) -> dict[str, str]:
    return {
        "parked_name_server": signs.parking_name_server(seen.name_servers),
        "parked_cname": signs.parking_cname(seen.dns.cname),
        "parked_address": signs.parking_address(seen.dns.addresses),
        "parked_redirect": signs.parking_redirect(seen.url, seen.final_url) if seen.hops else "",
    }


def _signs_of_words(seen: Evidence, source: str, reading: Reading) -> dict[str, str]:
    title, h1, text, words = reading.title, reading.h1, reading.text, reading.words
    site = site_of(seen.final_url).partition(".")[0]
    spam = signs.spam_terms(f"{title} {h1}")
    found = {
        "error_title": signs.error_phrase(title, site_names=[site, host_of(seen.final_url)]),
        "error_h1": signs.error_phrase(h1),
        "error_passage": signs.error_passage(reading.passages),
        "error_path": _error_path_led_to(seen),
        "error_shell": signs.error_shell(source),
        "parked_phrase": signs.parked_phrase(title, h1, text, words),
        "parked_markup": signs.parked_markup(source),
        "spam": ", ".join(spam.terms),
        "strong_spam": next(iter(spam.strong), ""),
    }
    place = signs.placeholder(seen.headers, title, h1, text, words)
    return found | ({place.kind: f"{place.vendor}: {place.signal}"} if place else {})


def _error_path_led_to(seen: Evidence) -> str:
    """Return the error page's segment that a redirect brought in: one asked for may be a name."""
    if seen.final_url == seen.url:
        return ""
    segment = signs.error_path(seen.final_url)
    return "" if segment == signs.error_path(seen.url) else segment
