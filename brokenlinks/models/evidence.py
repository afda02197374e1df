"""What one probe observed of a target: a record that is never changed. Nothing is decided here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from brokenlinks.http.dns import DnsOutcome
from brokenlinks.http.response import FetchError, Tls

SERVED_STATUSES = frozenset({200, 203, 206})
GONE_STATUSES = frozenset({404, 410})
AUTH_STATUSES = frozenset({401, 407, 440, 449})
REFUSING_STATUSES = frozenset({403, 405, 406, 412, 418, 421, 423, 428, 431, 451, 999})
RATE_STATUSES = frozenset({408, 420, 425, 429, 509})
FAILING_STATUSES = frozenset({500, 502, 503, 504, *range(520, 528), 530})
PROTOCOL_STATUSES = frozenset({400, 414, 501, 505})
NO_RESPONSE_ERRORS = frozenset(
    {
        FetchError.REFUSED,
        FetchError.UNREACHABLE,
        FetchError.CONNECT_TIMEOUT,
        FetchError.TIMEOUT,
        FetchError.RESET,
        FetchError.EMPTY_REPLY,
    }
)
UNREADABLE_ERRORS = frozenset(
    {
        FetchError.TLS,
        FetchError.MALFORMED,
        FetchError.SLOW_BODY,
        FetchError.OVERSIZE,
        FetchError.BAD_URL,
        FetchError.BLOCKED_PORT,
    }
)
NEVER_DEAD_STATUSES = AUTH_STATUSES | REFUSING_STATUSES | RATE_STATUSES | {402}
"""Statuses that refuse us: whatever else is known, a visitor may see the page."""


class SkipReason(StrEnum):
    """Why a target was not probed."""

    ROBOTS = "robots"
    ROBOTS_UNAVAILABLE = "robots_unavailable"
    """The server fails to send robots.txt: not now."""
    PRIVATE_ADDRESS = "private_address"
    BLOCKED_PORT = "blocked_port"
    BUDGET = "budget"
    EXCLUDED = "excluded"
    ARCHIVED = "archived"
    """The link already leads to an archived copy."""


class RedirectError(StrEnum):
    """How a redirect chain fails."""

    LOOP = "redirect_loop"
    TOO_MANY = "too_many_redirects"
    BAD_LOCATION = "bad_location"


@dataclass(frozen=True, slots=True)
class DnsFacts:
    """DNS answers about the last host of the redirect chain.

    `domain` is what two independent answers say of the registrable domain: None unless the host
    was not found, `ERROR` when they disagree. `twin` is the `www.` or apex form of the host.
    """

    host: str = ""
    outcome: DnsOutcome = DnsOutcome.OK
    addresses: tuple[str, ...] = ()
    cname: str = ""
    domain: DnsOutcome | None = None
    twin: DnsOutcome | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the URL that answered, its status and IP address."""

    url: str
    status: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class BotProtection:
    """The fingerprint of a block page; a `conclusive` one counts at any status."""

    vendor: str
    signal: str
    conclusive: bool


@dataclass(frozen=True, slots=True)
class RootFacts:
    """The home page of the last host; `similarity` of its text to the target's, 0..1."""

    status: int | None = None
    error: FetchError | None = None
    blocked: bool = False
    same_body: bool = False
    similarity: float = 0.0
    title: str = ""


@dataclass(frozen=True, slots=True)
class SiblingFacts:
    """The response to a random URL of the target's shape, which cannot exist.

    `same_redirect`: it was redirected to the same URL as the target.
    `similarity`: of its text to the target's, 0..1.
    """

    url: str
    status: int | None = None
    same_redirect: bool = False
    similarity: float = 0.0
    title: str = ""
    h1: str = ""
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation of one target by GET; sizes in bytes, `elapsed` in seconds."""

    url: str
    checked_at: datetime
    anchors: tuple[str, ...] = ()
    """Anchor texts of the links to the target."""
    skip_reason: SkipReason | None = None
    offline: bool = False
    """Our own connection failed its check: nothing negative may be concluded."""
    dns: DnsFacts = field(default_factory=DnsFacts)
    hops: tuple[Hop, ...] = ()
    final_url: str = ""
    status: int | None = None
    error: FetchError | None = None
    detail: str = ""
    redirect_error: RedirectError | None = None
    to_login: bool = False
    """A redirect ended at a login, a consent form or the like."""
    headers: dict[str, str] = field(default_factory=dict)
    to_fragment: bool = False
    """The last redirect carried a fragment that names the requested page."""
    host_responds: bool = False
    """The page failed, but the host answered: for robots.txt, or by https in place of http."""
    bytes_read: int = 0
    truncated: bool = False
    is_html: bool = False
    undecodable: bool = False
    elapsed: float = 0.0
    address: str = ""
    tls: Tls | None = None
    title: str = ""
    h1: str = ""
    language: str = ""
    words: int = 0
    """Visible words; 0 for what is not HTML."""
    canonical: str = ""
    fingerprint: str = ""
    """Digest of the visible text."""
    noindex: bool = False
    script_shell: bool = False
    blank: bool = False
    """An HTML page with no text and no images."""
    own_links: int = 0
    name_servers: tuple[str, ...] = ()
    """Of the target's registrable domain."""
    signals: dict[str, str] = field(default_factory=dict)
    """Recognised signals by kind: see `detect_signals`."""
    bot_protection: BotProtection | None = None
    root: RootFacts | None = None
    siblings: tuple[SiblingFacts, ...] = ()

    def to_json(self) -> str:
        """Return the record as JSON, empty fields left out."""
        values = ((name, getattr(self, name)) for name in _FIELDS)
        return _ENCODER.encode({_STORED_NAMES.get(n, n): value for n, value in values if value})

    @classmethod
    def from_json(cls, text: str) -> Evidence:
        """Read back what `to_json` wrote; fields of other versions are left out.

        Raises ValueError for anything else.
        """
        try:
            raw = _rename(json.loads(text))
            values = {name: value for name, value in raw.items() if name in _FIELDS}
            for name in values.keys() & _DECODERS.keys():
                values[name] = _DECODERS[name](values[name])
            return cls(**values)
        except (LookupError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"no observation: {type(error).__name__}") from error


_FIELDS = tuple(Evidence.__dataclass_fields__)
_STORED_NAMES = {
    "skip_reason": "not_asked",
    "offline": "canary_failed",
    "error": "trouble",
    "redirect_error": "dead_end",
    "host_responds": "host_speaks",
    "signals": "signs",
    "bot_protection": "wall",
    "blocked": "walled",
    "similarity": "alike",
    "same_redirect": "same_end",
}
"""Field names to the JSON keys of version 0.2.0, which stay: stores are full of them."""
_FIELD_NAMES = {stored: name for name, stored in _STORED_NAMES.items()}


def _rename(raw: dict[str, Any]) -> dict[str, Any]:
    return {_FIELD_NAMES.get(key, key): value for key, value in raw.items()}


def _json_value(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        return {_STORED_NAMES.get(n, n): getattr(value, n) for n in value.__dataclass_fields__}
    raise TypeError(f"no JSON form for {type(value).__name__}")


_ENCODER = json.JSONEncoder(default=_json_value, ensure_ascii=False, separators=(",", ":"))


def _decode_dns(raw: dict[str, Any]) -> DnsFacts:
    outcomes = {
        name: DnsOutcome(raw[name]) for name in ("outcome", "domain", "twin") if raw.get(name)
    }
    return DnsFacts(**{**raw, **outcomes, "addresses": tuple(raw.get("addresses", ()))})


def _decode_tls(raw: dict[str, Any]) -> Tls:
    return Tls(raw["problem"])


def _decode_root(raw: dict[str, Any]) -> RootFacts:
    facts = _rename(raw)
    error = facts.get("error")
    return RootFacts(**{**facts, "error": error and FetchError(error)})


_DECODERS: dict[str, Any] = {
    "checked_at": datetime.fromisoformat,
    "skip_reason": SkipReason,
    "dns": _decode_dns,
    "hops": lambda raw: tuple(Hop(**hop) for hop in raw),
    "error": FetchError,
    "redirect_error": RedirectError,
    "tls": _decode_tls,
    "bot_protection": lambda raw: BotProtection(**raw),
    "root": _decode_root,
    "anchors": tuple,
    "name_servers": tuple,
    "siblings": lambda raw: tuple(SiblingFacts(**_rename(sibling)) for sibling in raw),
}
