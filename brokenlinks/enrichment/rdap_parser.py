"""What RDAP servers answer (RFC 9083), and which of them to ask (RFC 9224). Pure.

A stranger's answer is believed only where it has the shape it should have: what it says of a
domain can turn a suspicion into a verdict.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from brokenlinks.http.decoding import decoded_body
from brokenlinks.http.response import Answer
from brokenlinks.models.registration import RegistrationFacts, RegistrationOutcome
from brokenlinks.text.urls import HTTP_SCHEMES, ascii_host

RDAP_JSON = "application/rdap+json"
EVERY_SUFFIX = "*"
"""In place of a suffix: the server for all the others."""
DECODED = 1_000_000
EXCERPT = 200
STATUSES_KEPT = 20
STATUS_LENGTH_KEPT = 60
REGISTRATIONS = frozenset({"registration", "reregistration"})
EXPIRATIONS = frozenset({"expiration"})
CLOCKS_DIFFER = timedelta(days=1)

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def read_registration(answer: Answer, domain: str, now: datetime) -> RegistrationFacts:
    """Read a registry's answer about `domain`; whatever is not one leaves it NOT_LOOKED_UP."""
    if answer.trouble is not None:
        return not_looked_up(domain, now, f"no answer: {answer.trouble}")
    if answer.status == 429:
        return not_looked_up(domain, now, answer.detail or "asked too often (429)")
    if answer.status == 404 and _denies(answer):
        return RegistrationFacts(domain, RegistrationOutcome.NOT_FOUND, now)
    if answer.status != 200:
        return not_looked_up(domain, now, f"answered {answer.status}: {_excerpt(answer)}")
    try:
        return _registered(_document(answer), domain, now)
    except ValueError as error:
        return not_looked_up(domain, now, f"unexpected answer ({error}): {_excerpt(answer)}")


def not_looked_up(domain: str, now: datetime, detail: str) -> RegistrationFacts:
    """Return that nothing was learned, and why."""
    return RegistrationFacts(domain, RegistrationOutcome.NOT_LOOKED_UP, now, detail=detail)


def read_bootstrap(answer: Answer) -> dict[str, str]:
    """Return the servers' base addresses by suffix. Raises ValueError, saying what came instead."""
    if answer.status != 200:
        raise ValueError(f"no bootstrap file: {answer.trouble or f'answered {answer.status}'}")
    servers: dict[str, str] = {}
    try:
        for suffixes, addresses in _document(answer)["services"]:
            base = _preferred([a for a in addresses if is_web_address(a)])
            servers |= {suffix.lower(): base for suffix in suffixes if base}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"unexpected bootstrap file: {_excerpt(answer)}") from error
    return servers


def server_for(domain: str, servers: Mapping[str, str]) -> str:
    """Return the base address of the server that knows `domain`, "" for none.

    The longest suffix wins, and any suffix wins over `EVERY_SUFFIX`.
    """
    labels = domain.split(".")
    suffixes = [".".join(labels[start:]) for start in range(1, len(labels))]
    return next((servers[s] for s in (*suffixes, EVERY_SUFFIX) if s in servers), "")


def domain_query(base: str, domain: str) -> str:
    """Return the address that asks the server at `base` about `domain`."""
    return f"{base.rstrip('/')}/domain/{domain}"


def is_web_address(text: str) -> bool:
    """Tell whether `text` could be the address of a server."""
    scheme, separator, rest = text.partition("://")
    return bool(separator and rest) and scheme.lower() in HTTP_SCHEMES


def _preferred(addresses: list[str]) -> str:
    secure = (address for address in addresses if address.lower().startswith("https:"))
    return next(secure, addresses[0] if addresses else "")


def _denies(answer: Answer) -> bool:
    """Tell a registry's "there is no such domain" from the error page of whatever is before it."""
    if not answer.body.strip():
        return True
    try:
        document = _document(answer)
    except ValueError:
        return False
    if "errorCode" in document:
        return str(document["errorCode"]) == "404"
    return "rdapConformance" in document or RDAP_JSON in answer.headers.get("content-type", "")


def _document(answer: Answer) -> dict[str, Any]:
    """Return the answer's JSON object. Raises ValueError when there is none, or only half of it."""
    body = decoded_body(answer, DECODED)
    if body is None or answer.truncated:
        raise ValueError("cannot be decoded" if body is None else "too long")
    try:
        document = json.loads(body)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except ValueError:
        raise ValueError("not JSON") from None
    if not isinstance(document, dict):
        raise ValueError("not an object")  # noqa: TRY004 - of the answer, not of our code
    return document


def _registered(document: Mapping[str, Any], domain: str, now: datetime) -> RegistrationFacts:
    if document.get("objectClassName") != "domain" or not _is_about(document, domain):
        raise ValueError("another object")
    registered_at = _latest(document, REGISTRATIONS)
    if registered_at is not None and registered_at > now + CLOCKS_DIFFER:
        raise ValueError("registered in the future")
    return RegistrationFacts(
        domain,
        RegistrationOutcome.REGISTERED,
        now,
        registered_at=registered_at,
        expires_at=_latest(document, EXPIRATIONS),
        statuses=_statuses(document),
    )


def _is_about(document: Mapping[str, Any], domain: str) -> bool:
    names = (document.get(key) for key in ("ldhName", "unicodeName"))
    return any(isinstance(name, str) and ascii_host(name) == domain for name in names)


def _latest(document: Mapping[str, Any], actions: frozenset[str]) -> datetime | None:
    """Return when the domain's own events last had one of `actions`. Raises ValueError."""
    moments = []
    for event in _list(document, "events"):
        if not isinstance(event, dict):
            raise ValueError("odd event")  # noqa: TRY004 - of the answer, not of our code
        action = event.get("eventAction")
        if isinstance(action, str) and action.strip().lower() in actions:
            moments.append(_moment(event.get("eventDate")))
    return max(moments, default=None)


def _moment(value: object) -> datetime:
    """Read an RFC 3339 time, UTC when it does not say. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(str(value).strip().upper())
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("odd date") from None


def _statuses(document: Mapping[str, Any]) -> tuple[str, ...]:
    words = []
    for status in _list(document, "status")[:STATUSES_KEPT]:
        if not isinstance(status, str):
            raise ValueError("odd status")  # noqa: TRY004 - of the answer, not of our code
        words.append(" ".join(_WORD.findall(status[:STATUS_LENGTH_KEPT])).lower())
    return tuple(dict.fromkeys(filter(None, words)))


def _list(document: Mapping[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"odd {key}")  # noqa: TRY004 - of the answer, not of our code
    return value


def _excerpt(answer: Answer) -> str:
    text = answer.body[:EXCERPT].decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text)
