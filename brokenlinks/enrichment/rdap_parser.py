"""Reads RDAP answers (RFC 9083) and chooses the server for a domain (RFC 9224). No I/O.

An answer counts only if it has the right form, because it can confirm that a link is dead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from brokenlinks.http.decoding import decoded_body
from brokenlinks.http.response import FetchResult
from brokenlinks.models.lookups import RegistrationOutcome, RegistrationRecord
from brokenlinks.text.urls import HTTP_SCHEMES, ascii_host

RDAP_JSON = "application/rdap+json"
ANY_SUFFIX = "*"
"""Stands for all suffixes that have no server of their own."""
MAX_BODY_LENGTH = 1_000_000
EXCERPT_LENGTH = 200
MAX_STATUSES = 20
MAX_STATUS_LENGTH = 60
REGISTRATION_ACTIONS = frozenset({"registration", "reregistration"})
EXPIRATION_ACTIONS = frozenset({"expiration"})
CLOCK_TOLERANCE = timedelta(days=1)
"""Clocks and time zones differ by less than this."""

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def read_registration(answer: FetchResult, domain: str, now: datetime) -> RegistrationRecord:
    """Read a registry's answer about `domain`; anything unexpected is NOT_LOOKED_UP."""
    if answer.error is not None:
        return not_looked_up(domain, now, f"no answer: {answer.error}")
    if answer.status == 429:
        return not_looked_up(domain, now, answer.detail or "asked too often (429)")
    if answer.status == 404 and _says_not_found(answer):
        return RegistrationRecord(domain, RegistrationOutcome.NOT_FOUND, now)
    if answer.status != 200:
        return not_looked_up(domain, now, f"answered {answer.status}: {_excerpt(answer)}")
    try:
        return _registered(_document(answer), domain, now)
    except ValueError as error:
        return not_looked_up(domain, now, f"unexpected answer ({error}): {_excerpt(answer)}")


def not_looked_up(domain: str, now: datetime, detail: str) -> RegistrationRecord:
    """Return the record of a look-up without an answer."""
    return RegistrationRecord(domain, RegistrationOutcome.NOT_LOOKED_UP, now, detail=detail)


def read_bootstrap(answer: FetchResult) -> dict[str, str]:
    """Return the servers' base URLs by suffix. Raises ValueError with what came instead."""
    if answer.status != 200:
        raise ValueError(f"no bootstrap file: {answer.error or f'answered {answer.status}'}")
    servers: dict[str, str] = {}
    try:
        for suffixes, addresses in _document(answer)["services"]:
            base = _prefer_https([a for a in addresses if is_web_address(a)])
            servers |= {suffix.lower(): base for suffix in suffixes if base}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"unexpected bootstrap file: {_excerpt(answer)}") from error
    return servers


def server_for(domain: str, servers: Mapping[str, str]) -> str:
    """Return the base URL of the server for `domain`, "" for none.

    The longest suffix wins, and any suffix wins over `ANY_SUFFIX`.
    """
    labels = domain.split(".")
    suffixes = [".".join(labels[start:]) for start in range(1, len(labels))]
    return next((servers[s] for s in (*suffixes, ANY_SUFFIX) if s in servers), "")


def domain_query(base: str, domain: str) -> str:
    """Return the URL that asks the server at `base` about `domain`."""
    return f"{base.rstrip('/')}/domain/{domain}"


def is_web_address(text: str) -> bool:
    """Whether `text` can be the URL of a server."""
    scheme, separator, rest = text.partition("://")
    return bool(separator and rest) and scheme.lower() in HTTP_SCHEMES


def _prefer_https(addresses: list[str]) -> str:
    secure = (address for address in addresses if address.lower().startswith("https:"))
    return next(secure, addresses[0] if addresses else "")


def _says_not_found(answer: FetchResult) -> bool:
    """Whether a 404 is the registry's answer, not the error page of a proxy in front of it."""
    if not answer.body.strip():
        return True
    try:
        document = _document(answer)
    except ValueError:
        return False
    if "errorCode" in document:
        return str(document["errorCode"]) == "404"
    return "rdapConformance" in document or RDAP_JSON in answer.headers.get("content-type", "")


def _document(answer: FetchResult) -> dict[str, Any]:
    """Return the answer's JSON object. Raises ValueError if it is missing or cut off."""
    body = decoded_body(answer, MAX_BODY_LENGTH)
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


def _registered(document: Mapping[str, Any], domain: str, now: datetime) -> RegistrationRecord:
    if document.get("objectClassName") != "domain" or not _is_about(document, domain):
        raise ValueError("another object")
    registered_at = _latest_event(document, REGISTRATION_ACTIONS)
    if registered_at is not None and registered_at > now + CLOCK_TOLERANCE:
        raise ValueError("registered in the future")
    return RegistrationRecord(
        domain,
        RegistrationOutcome.REGISTERED,
        now,
        registered_at=registered_at,
        expires_at=_latest_event(document, EXPIRATION_ACTIONS),
        statuses=_statuses(document),
    )


def _is_about(document: Mapping[str, Any], domain: str) -> bool:
    names = (document.get(key) for key in ("ldhName", "unicodeName"))
    return any(isinstance(name, str) and ascii_host(name) == domain for name in names)


def _latest_event(document: Mapping[str, Any], actions: frozenset[str]) -> datetime | None:
    """Return when the domain's own events last had one of `actions`. Raises ValueError."""
    moments = []
    for event in _list(document, "events"):
        if not isinstance(event, dict):
            raise ValueError("odd event")  # noqa: TRY004 - of the answer, not of our code
        action = event.get("eventAction")
        if isinstance(action, str) and action.strip().lower() in actions:
            moments.append(_parse_datetime(event.get("eventDate")))
    return max(moments, default=None)


def _parse_datetime(value: object) -> datetime:
    """Read an RFC 3339 time, as UTC if it has no offset. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(str(value).strip().upper())
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("odd date") from None


def _statuses(document: Mapping[str, Any]) -> tuple[str, ...]:
    words = []
    for status in _list(document, "status")[:MAX_STATUSES]:
        if not isinstance(status, str):
            raise ValueError("odd status")  # noqa: TRY004 - of the answer, not of our code
        words.append(" ".join(_WORD.findall(status[:MAX_STATUS_LENGTH])).lower())
    return tuple(dict.fromkeys(filter(None, words)))


def _list(document: Mapping[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"odd {key}")  # noqa: TRY004 - of the answer, not of our code
    return value


def _excerpt(answer: FetchResult) -> str:
    text = answer.body[:EXCERPT_LENGTH].decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text)
