"""Resource pages and their links, from the spider to the sheet: no behaviour, no I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from brokenlinks.models.verdict import Judgement


class Placement(StrEnum):
    """Where a link is on a page; only links in `MAIN` are editorial."""

    MAIN = "main"
    NAVIGATION = "navigation"
    FOOTER = "footer"
    SIDEBAR = "sidebar"
    COMMENTS = "comments"
    HIDDEN = "hidden part"
    """Invisible to visitors: injected by an attacker, or shown to some by a script."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page worth fetching: `hint` (0..1) orders the queue, `kind` says why it was queued."""

    url: str
    key: str
    kind: str
    depth: int = 0
    hint: float = 0.0
    named: bool = False


@dataclass(slots=True)
class OutboundLink:
    """A link from a resource page to another site."""

    url: str
    """Absolute, as written on the page, without its fragment and what redirectors put around it."""
    key: str
    """Canonical form: two spellings of one URL share it."""
    anchor: str = ""
    context: str = ""
    """Text around the link, 300 characters at most."""
    heading: str = ""
    """Nearest heading above the link."""
    placement: Placement = Placement.MAIN
    rel: str = ""
    position: int = 0
    """Order on the page, from 0."""
    seen_as: str = ""
    """The redirector's address that is on the page, "" when it is `url` itself."""
    target_id: int | None = None
    judgement: Judgement | None = None


@dataclass(slots=True)
class ResourcePage:
    """A page that recommends resources, with the links it recommends."""

    url: str
    key: str
    site: str
    title: str = ""
    language: str = ""
    relevance: float = 0.0
    """0..1, how much the page belongs to the niche."""
    matched: str = ""
    """What the relevance is based on, in words."""
    resource_score: float = 0.0
    """0..1, how much the page recommends resources."""
    named: bool = False
    """The user named this page: it is examined whatever its scores."""
    depth: int = 0
    updated: date | None = None
    fetched_at: datetime | None = None
    links: list[OutboundLink] = field(default_factory=list, repr=False)
    page_id: int | None = None
    html: str = field(default="", repr=False)
    """The markup of a page fetched in this run, "" for one from the store."""
    digest: str = ""
    """Equal when a page has not changed; "" when only parsing it can tell."""
    candidates: list[Candidate] = field(default_factory=list, repr=False)
    """The pages it leads to, if there is a digest."""
    unchanged: bool = False
    """The page has not changed since its last visit: the store has its links."""


@dataclass(frozen=True, slots=True)
class RejectedPage:
    """A page that is not used, and why."""

    url: str
    key: str
    site: str
    reason: str
    """A code such as `not_relevant`, `not_html`, `robots`, `http_500`."""
    detail: str = ""
    title: str = ""
    relevance: float = 0.0
    resource_score: float = 0.0
    named: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class PageFields:
    """A page's text in parts that say more or less about its topic."""

    title: str = ""
    headings: str = ""
    """Text of h1 and h2."""
    anchors: str = ""
    """Outbound anchors with the text around them."""
    url: str = ""
    body: str = ""
