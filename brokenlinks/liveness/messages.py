"""Every verdict as one sentence a person can repeat to an editor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from brokenlinks.models.evidence import Evidence

_MESSAGES = {
    "robots": "Not checked: robots.txt asks programs to stay away",
    "private_address": "Not checked: the address is not on the public internet",
    "budget": "Not checked: the run's limit of links was reached",
    "excluded": "Not checked: the host is on the list of hosts to skip",
    "canary": "No verdict: our own network was unfit at the time",
    "nxdomain": "The domain {domain} does not exist any more",
    "nxdomain_sub": "The host {host} does not exist any more, its domain does",
    "no_address": "The host {host} has no address any more",
    "dns": "The name servers gave no clear answer about {host}",
    "refused": "The server refuses connections",
    "unreachable": "The server cannot be reached",
    "connect_timeout": "The server cannot be reached (no connection in time)",
    "ipv6_only": "No verdict: the host has IPv6 addresses only, and none was reached",
    "timeout": "The server did not answer in time",
    "reset": "The server broke the connection off",
    "empty_reply": "The server closed the connection without an answer",
    "bot_wall": "The server refuses programs{vendor}; a visitor may well see the page",
    "auth": "The page asks for a login",
    "gate": "The server sends visitors to a login, a consent or the like first: {final}",
    "paywall": "The page asks for payment",
    "legal_451": "The page is withheld for legal reasons",
    "rate": "The server asks to come back later",
    "http_5xx": "The server fails with {status}",
    "parked_name_server": "The domain is parked: its name servers belong to a parking service",
    "parked_cname": "The domain is parked: its name leads to a parking service",
    "parked_address": "The domain is parked: its address belongs to a parking service",
    "parked_redirect": "The domain is parked or for sale: the link ends at {final}",
    "parked_phrase": "The domain is parked or for sale, the page says: {sign}",
    "parked_markup": "The domain shows a parking service's page of advertising",
    "placeholder": "A server's default page stands where the page was ({sign})",
    "suspended": "The hosting account of the site is suspended ({sign})",
    "unclaimed_service": "The hosting service knows no such site any more ({sign})",
    "spam_words": "The page speaks of something else now: {sign}",
    "topic_gone": "The domain is in other hands: nothing is left of what the page was about",
    "other_script": "The page is written in another script than the link to it",
    "js_shell": "No verdict: the page shows its text to browsers with scripts only",
    "empty": "No verdict: the server sends an empty page",
    "undecodable": "No verdict: the page's letters cannot be read",
    "redirected_home": "The link leads to the home page instead of the page",
    "redirected_to_section": "The link, like any invented one beside it, leads to {final}",
    "other_kind": "No verdict: a few words come where the link promises a document",
    "other_domain": "The link leads to another domain, which says nothing of the same: {final}",
    "moved_to_home": "The link leads to the home page, which speaks of the same: {final}",
    "moved": "The page has a new address: {final}",
    "error_page": "An error page is served as if it were the page{error}",
    "same_page_for_all": "The server gives one and the same page for every address",
    "archived_copy": "The link leads to an archived copy",
    "redirect_loop": "The link redirects in a circle",
    "too_many_redirects": "The link redirects without an end",
    "bad_location": "The link redirects to an address that is none",
    "redirect_to_nowhere": "The link redirects to a host that does not exist",
    "tls": "No secure connection could be made",
    "slow_body": "The server answers, but too slowly to see what",
    "oversize": "The server sends more than can be read",
    "malformed": "The server's answer cannot be read",
    "bad_url": "The address cannot be asked for",
    "served": "The page was served",
    "our_exception": "No verdict: this program failed while checking",
}


def message_for(reason: str, latest: Evidence, streak: Sequence[Evidence]) -> str:
    """Say what was seen and how often: "Answers 404 Not Found; checked once, on 3 May 2026"."""
    saying = _MESSAGES.get(reason, "Answers {status}")
    said = saying.format(
        host=latest.dns.host,
        domain=latest.dns.host.removeprefix("www."),
        status=status_text(latest.status),
        vendor=f" ({latest.bot_protection.vendor})" if latest.bot_protection else "",
        final=latest.final_url,
        sign=latest.signals.get(reason) or latest.signals.get("spam", ""),
        error=_error_text(latest),
    )
    root = latest.root
    if root is not None and root.status is not None and reason in _GONE_REASONS:
        alive = root.status < 400 and not root.same_body
        said += f" while the site's home page {'works' if alive else 'does no better'}"
    if latest.skip_reason is not None:
        return f"{said}."
    return f"{said}; {_check_history(streak)}."


_GONE_REASONS = frozenset({"http_404", "http_410"})


def _error_text(evidence: Evidence) -> str:
    signs = ("error_title", "error_h1", "error_passage", "error_path")
    words = next((evidence.signals[sign] for sign in signs if sign in evidence.signals), "")
    return f': "{words}"' if words else ""


def status_text(status: int | None) -> str:
    """Say a status: "404 Not Found"."""
    try:
        return f"{status} {HTTPStatus(status or 0).phrase}"
    except ValueError:
        return str(status)


def _check_history(streak: Sequence[Evidence]) -> str:
    first, last = day(streak[0].checked_at), day(streak[-1].checked_at)
    if len(streak) == 1:
        return f"checked once, on {last}"
    if first == last:
        return f"checked {len(streak)} times on {last}"
    return f"checked {len(streak)} times between {first} and {last}"


def day(moment: datetime) -> str:
    """Write a date as people do: 3 May 2026."""
    return f"{moment.day} {moment:%B %Y}"
