"""What every reason says: as evidence, as a label in the sheets, and in a mail to a site owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from brokenlinks.models.evidence import Evidence
from brokenlinks.models.verdict import Reason

GENERAL_SYMPTOM = "it no longer leads to the page"
"""True of every dead link, whatever the reason."""


@dataclass(frozen=True, slots=True)
class ReasonTexts:
    """The texts of one reason.

    `sentence` is filled in with the evidence (see `message_for`), `label` is a few words for a
    cell, `symptom` completes "<link> - " in a mail.
    """

    sentence: str
    label: str
    symptom: str = GENERAL_SYMPTOM


def _parked(sentence: str, label: str = "Parked domain", symptom: str = "") -> ReasonTexts:
    return ReasonTexts(sentence, label, symptom or "only a parked domain is left")


def _replaced(sentence: str, label: str) -> ReasonTexts:
    return ReasonTexts(sentence, label, "something unrelated is there now")


REASON_TEXTS: Mapping[str, ReasonTexts] = {
    Reason.ROBOTS: ReasonTexts("Not checked: robots.txt disallows it", "Disallowed by robots.txt"),
    Reason.PRIVATE_ADDRESS: ReasonTexts(
        "Not checked: the address is not on the public internet", "Private address"
    ),
    Reason.BUDGET: ReasonTexts("Not checked: the run's limit of links was reached", "Link limit"),
    Reason.EXCLUDED: ReasonTexts(
        "Not checked: the host is on the list of hosts to skip", "Excluded"
    ),
    Reason.ARCHIVED_COPY: ReasonTexts("The link leads to an archived copy", "Archived copy"),
    Reason.CANARY: ReasonTexts(
        "No verdict: our own connection was failing at the time", "Our connection was failing"
    ),
    Reason.OUR_EXCEPTION: ReasonTexts(
        "No verdict: this program failed while checking", "Our own error"
    ),
    Reason.NXDOMAIN: ReasonTexts(
        "The domain {domain} does not exist any more",
        "Domain gone",
        "the domain does not exist any more",
    ),
    Reason.NXDOMAIN_SUB: ReasonTexts(
        "The host {host} does not exist any more, its domain does",
        "Host gone",
        "the server does not exist any more",
    ),
    Reason.NO_ADDRESS: ReasonTexts(
        "The host {host} has no address any more",
        "Host without address",
        "the server has no address any more",
    ),
    Reason.DNS: ReasonTexts(
        "The name servers gave no clear answer about {host}", "No clear answer from the DNS"
    ),
    Reason.REFUSED: ReasonTexts(
        "The server refuses connections", "Connection refused", "the server refuses connections"
    ),
    Reason.UNREACHABLE: ReasonTexts(
        "The server cannot be reached", "Unreachable", "the server cannot be reached any more"
    ),
    Reason.CONNECT_TIMEOUT: ReasonTexts(
        "The server cannot be reached (no connection in time)",
        "No connection in time",
        "the server cannot be reached any more",
    ),
    Reason.IPV6_ONLY: ReasonTexts(
        "No verdict: the host has IPv6 addresses only, and none was reached",
        "Has IPv6 addresses only, not reached from here",
    ),
    Reason.TIMEOUT: ReasonTexts(
        "The server did not answer in time",
        "No answer in time",
        "the server does not answer in time",
    ),
    Reason.RESET: ReasonTexts(
        "The server dropped the connection", "Connection dropped", "the server drops the connection"
    ),
    Reason.EMPTY_REPLY: ReasonTexts(
        "The server closed the connection without an answer",
        "Empty reply",
        "the server closes the connection without an answer",
    ),
    Reason.TLS: ReasonTexts("No secure connection could be made", "No secure connection"),
    Reason.MALFORMED: ReasonTexts("The server's answer cannot be read", "Malformed answer"),
    Reason.SLOW_BODY: ReasonTexts(
        "The server answers, but too slowly to read the page", "Too slow to read"
    ),
    Reason.OVERSIZE: ReasonTexts("The server sends more than can be read", "Too large to read"),
    Reason.BAD_URL: ReasonTexts("No request can be made for this address", "Not a usable address"),
    Reason.HTTP_404: ReasonTexts("Answers {status}", "404 not found", "page not found (404)"),
    Reason.HTTP_410: ReasonTexts("Answers {status}", "410 gone for good", "gone for good (410)"),
    Reason.HTTP_5XX: ReasonTexts(
        "The server fails with {status}", "Server error", "the server answers with errors"
    ),
    Reason.HTTP_OTHER: ReasonTexts("Answers {status}", "Unclear answer"),
    Reason.BOT_WALL: ReasonTexts(
        "The server refuses programs{vendor}; a visitor may well see the page", "Refuses programs"
    ),
    Reason.AUTH: ReasonTexts("The page asks for a login", "Asks for a login"),
    Reason.GATE: ReasonTexts(
        "The server sends visitors to a login, a consent form or the like first: {final}",
        "Sends visitors to a login, a consent form or the like first",
    ),
    Reason.PAYWALL: ReasonTexts("The page asks for payment", "Asks for payment"),
    Reason.LEGAL_451: ReasonTexts(
        "The page is withheld for legal reasons", "Withheld for legal reasons"
    ),
    Reason.RATE: ReasonTexts("The server asks us to come back later", "Asks to come back later"),
    Reason.REDIRECT_LOOP: ReasonTexts(
        "The link redirects in a loop", "Redirects in a loop", "it redirects in a loop"
    ),
    Reason.TOO_MANY_REDIRECTS: ReasonTexts(
        "The link redirects endlessly", "Redirects endlessly", "it redirects endlessly"
    ),
    Reason.BAD_LOCATION: ReasonTexts(
        "The link redirects to an invalid address",
        "Redirects to an invalid address",
        "it redirects to an invalid address",
    ),
    Reason.REDIRECT_TO_NOWHERE: ReasonTexts(
        "The link redirects to a host that does not exist",
        "Redirects to a dead domain",
        "it redirects to a host that does not exist",
    ),
    Reason.REDIRECTED_HOME: ReasonTexts(
        "The link leads to the home page instead of the page",
        "Redirected to the home page",
        "it leads to the home page instead",
    ),
    Reason.REDIRECTED_TO_SECTION: ReasonTexts(
        "The link, like any made-up address beside it, leads to {final}",
        "Redirected to a section",
        "it leads to a more general page instead",
    ),
    Reason.MOVED: ReasonTexts("The page has a new address: {final}", "Moved", "the page has moved"),
    Reason.MOVED_TO_HOME: ReasonTexts(
        "The link leads to the home page, which is about the same topic: {final}",
        "Moved to the home page",
        "it leads to the home page now",
    ),
    Reason.OTHER_DOMAIN: ReasonTexts(
        "The link leads to another domain, which does not mention the topic: {final}",
        "Other domain",
    ),
    Reason.PARKED_NAME_SERVER: _parked(
        "The domain is parked: its name servers belong to a parking service"
    ),
    Reason.PARKED_CNAME: _parked("The domain is parked: its name points to a parking service"),
    Reason.PARKED_ADDRESS: _parked(
        "The domain is parked: its address belongs to a parking service"
    ),
    Reason.PARKED_REDIRECT: _parked(
        "The domain is parked or for sale: the link ends at {final}",
        "Redirected to a domain marketplace",
        "it leads to a marketplace for domains",
    ),
    Reason.PARKED_PHRASE: _parked(
        "The domain is parked or for sale, the page says: {signal}",
        "Parked or for sale",
        "the domain is parked or for sale",
    ),
    Reason.PARKED_MARKUP: _parked(
        "The domain shows a parking service's page of advertising",
        "Page of advertising",
        "only a page of advertising is left",
    ),
    Reason.PLACEHOLDER: ReasonTexts(
        "The page was replaced by a server's default page ({signal})",
        "Server's default page",
        "only the server's default page is left",
    ),
    Reason.SUSPENDED: ReasonTexts(
        "The hosting account of the site is suspended ({signal})",
        "Account suspended",
        "the site's account is suspended",
    ),
    Reason.UNCLAIMED_SERVICE: ReasonTexts(
        "The hosting service has no such site any more ({signal})",
        "Site given up",
        "the site was given up",
    ),
    Reason.SPAM_WORDS: _replaced(
        "The page is about something else now: {signal}", "Other, unrelated content"
    ),
    Reason.TOPIC_GONE: _replaced(
        "The domain has a new owner: nothing is left of what the page was about", "New owner"
    ),
    Reason.OTHER_SCRIPT: _replaced(
        "The page is written in another script than the link to it", "In another script now"
    ),
    Reason.OTHER_KIND: ReasonTexts(
        "No verdict: the link promises a document, and a few words are served", "Not a document"
    ),
    Reason.JS_SHELL: ReasonTexts(
        "No verdict: the page needs scripts to show its text", "Needs scripts to be read"
    ),
    Reason.EMPTY: ReasonTexts("No verdict: the server sends an empty page", "Empty page"),
    Reason.UNDECODABLE: ReasonTexts(
        "No verdict: the page's encoding cannot be read", "Unreadable encoding"
    ),
    Reason.ERROR_PAGE: ReasonTexts(
        "An error page is served with a good status{error}",
        "Error page in disguise",
        "there is an error page",
    ),
    Reason.SAME_PAGE_FOR_ALL: ReasonTexts(
        "The server gives the same page for every address",
        "Same page for every address",
        "every address there shows the same page",
    ),
    Reason.SERVED: ReasonTexts("The page was served", "Served"),
}


def label_of(reason: str) -> str:
    """Return the few words for a stored reason, of other versions too."""
    if reason in REASON_TEXTS:
        return REASON_TEXTS[reason].label
    family, _, status = reason.partition("_")
    if family == "http":
        return f"{REASON_TEXTS[Reason.HTTP_OTHER].label} ({status})"
    return reason.replace("_", " ").capitalize()


def symptom_of(reason: str) -> str:
    """Return what a visitor of the link finds, for a stored reason, of other versions too."""
    return REASON_TEXTS[reason].symptom if reason in REASON_TEXTS else GENERAL_SYMPTOM


def message_for(reason: Reason, latest: Evidence, streak: Sequence[Evidence]) -> str:
    """Say what was observed and how often: "Answers 404 Not Found; checked once, on 3 May 2026"."""
    protection, root = latest.bot_protection, latest.root
    message = REASON_TEXTS[reason].sentence.format(
        host=latest.dns.host,
        domain=latest.dns.host.removeprefix("www."),
        status=status_text(latest.status),
        vendor=f" ({protection.vendor})" if protection else "",
        final=latest.final_url,
        signal=latest.signals.get(reason) or latest.signals.get("spam", ""),
        error=_error_text(latest),
    )
    if root is not None and root.status is not None and reason in {"http_404", "http_410"}:
        works = root.status < 400 and not root.same_body
        message += f" while the site's home page {'works' if works else 'does no better'}"
    if latest.skip_reason is not None:
        return f"{message}."
    return f"{message}; {_check_history(streak)}."


def _error_text(evidence: Evidence) -> str:
    kinds = ("error_title", "error_h1", "error_passage", "error_path")
    words = next((evidence.signals[kind] for kind in kinds if kind in evidence.signals), "")
    return f': "{words}"' if words else ""


def status_text(status: int | None) -> str:
    """Return a status with its name: "404 Not Found"."""
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
    """Return a date in words: 3 May 2026."""
    return f"{moment.day} {moment:%B %Y}"
