"""What was seen of a target, once: a record that is kept for ever. Nothing is decided here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from brokenlinks.http.dns import DnsOutcome
from brokenlinks.http.response import FetchError, Tls


class SkipReason(StrEnum):
    """Why a target was not asked at all."""

    ROBOTS = "robots"
    PRIVATE_ADDRESS = "private_address"
    BUDGET = "budget"
    EXCLUDED = "excluded"
    ARCHIVED = "archived"
    """The link leads to an archived copy already."""


class RedirectError(StrEnum):
    """How a chain of redirects can fail to lead anywhere."""

    LOOP = "redirect_loop"
    TOO_MANY = "too_many_redirects"
    BAD_LOCATION = "bad_location"


@dataclass(frozen=True, slots=True)
class DnsFacts:
    """The DNS about the host that was to be asked last.

    `domain` is what two independent answers agree on about the registrable domain ("" unless the
    host was not found, or when they disagree); `twin` is the `www.` or apex form of the host.
    """

    host: str = ""
    outcome: DnsOutcome = DnsOutcome.OK
    addresses: tuple[str, ...] = ()
    cname: str = ""
    domain: DnsOutcome | None = None
    twin: DnsOutcome | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: who answered what."""

    url: str
    status: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class BotProtection:
    """A block page's fingerprint; `conclusive` ones count at any status."""

    vendor: str
    signal: str
    conclusive: bool


@dataclass(frozen=True, slots=True)
class RootFacts:
    """The home page of the host that answered last; `alike` is its text's likeness, 0..1."""

    status: int | None = None
    trouble: FetchError | None = None
    walled: bool = False
    same_body: bool = False
    alike: float = 0.0
    title: str = ""


@dataclass(frozen=True, slots=True)
class SiblingFacts:
    """What an invented address of the same shape got: a neighbour that cannot exist.

    `same_end`: it was redirected to the very address the target was redirected to.
    `alike`: likeness of the texts, 0..1.
    """

    url: str
    status: int | None = None
    same_end: bool = False
    alike: float = 0.0
    title: str = ""
    h1: str = ""
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation of one target by GET."""

    url: str
    checked_at: datetime
    anchors: tuple[str, ...] = ()
    """What the links to the target say."""
    not_asked: SkipReason | None = None
    canary_failed: bool = False
    """Our own network was unfit: nothing negative may be concluded."""
    dns: DnsFacts = field(default_factory=DnsFacts)
    hops: tuple[Hop, ...] = ()
    final_url: str = ""
    status: int | None = None
    trouble: FetchError | None = None
    detail: str = ""
    dead_end: RedirectError | None = None
    to_login: bool = False
    """A redirect ended at a login, a consent or another gate."""
    headers: dict[str, str] = field(default_factory=dict)
    to_fragment: bool = False
    """The last redirect named the place in its page where the asked one is shown."""
    host_speaks: bool = False
    """No answer came for the page, and one did for the host's robots.txt."""
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
    """An HTML page with nothing to read and nothing to look at."""
    own_links: int = 0
    name_servers: tuple[str, ...] = ()
    """Of the asked host's registrable domain."""
    signs: dict[str, str] = field(default_factory=dict)
    """What was recognised in names, addresses and words, by kind: see `detect_signals`."""
    wall: BotProtection | None = None
    root: RootFacts | None = None
    siblings: tuple[SiblingFacts, ...] = ()

    def to_json(self) -> str:
        """Return the record as JSON, empty fields left out."""
        values = ((name, getattr(self, name)) for name in _FIELDS)
        return _ENCODER.encode({name: value for name, value in values if value})

    @classmethod
    def from_json(cls, text: str) -> Evidence:
        """Read back what `to_json` wrote; fields of other versions are left out."""
        raw = json.loads(text)
        found = {
            name: _DECODERS.get(name, _unchanged)(raw[name]) for name in raw if name in _FIELDS
        }
        return cls(**found)


_FIELDS = tuple(Evidence.__dataclass_fields__)


def _json_value(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    raise TypeError(f"no JSON form for {type(value).__name__}")


_ENCODER = json.JSONEncoder(default=_json_value, ensure_ascii=False, separators=(",", ":"))


def _unchanged(value: Any) -> Any:
    return value


def _decode_dns(raw: dict[str, Any]) -> DnsFacts:
    outcomes = {
        name: DnsOutcome(raw[name]) for name in ("outcome", "domain", "twin") if raw.get(name)
    }
    return DnsFacts(**{**raw, **outcomes, "addresses": tuple(raw.get("addresses", ()))})


def _decode_tls(raw: dict[str, Any]) -> Tls:
    not_after = raw.get("not_after")
    return Tls(raw["problem"], not_after and datetime.fromisoformat(not_after))


def _decode_root(raw: dict[str, Any]) -> RootFacts:
    trouble = raw.get("trouble")
    return RootFacts(**{**raw, "trouble": trouble and FetchError(trouble)})


_DECODERS: dict[str, Any] = {
    "checked_at": datetime.fromisoformat,
    "not_asked": SkipReason,
    "dns": _decode_dns,
    "hops": lambda raw: tuple(Hop(**hop) for hop in raw),
    "trouble": FetchError,
    "dead_end": RedirectError,
    "tls": _decode_tls,
    "wall": lambda raw: BotProtection(**raw),
    "root": _decode_root,
    "anchors": tuple,
    "name_servers": tuple,
    "siblings": lambda raw: tuple(SiblingFacts(**sibling) for sibling in raw),
}
