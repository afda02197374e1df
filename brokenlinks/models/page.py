"""The vocabulary of the whole program: what travels from the spider to the sheet.

No behaviour and no I/O belongs here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from brokenlinks.models.verdict import Judgement


class Placement(StrEnum):
    """Where on a page a link stands; only links in `MAIN` are editorial."""

    MAIN = "main"
    NAVIGATION = "navigation"
    FOOTER = "footer"
    SIDEBAR = "sidebar"
    COMMENTS = "comments"
    HIDDEN = "hidden part"
    """No visitor sees it: somebody broke in, or a script shows it to some."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page worth fetching: `hint` (0..1) orders the queue, `kind` says why it is there."""

    url: str
    key: str
    kind: str
    depth: int = 0
    hint: float = 0.0
    named: bool = False


@dataclass(slots=True)
class OutboundLink:
    """A link from a resource page to another site, as it stands on the page."""

    url: str
    """Absolute and as the page wrote it, without its fragment."""
    key: str
    """Canonical form: two spellings of one address share it."""
    anchor: str = ""
    context: str = ""
    """Text around the link, 300 characters at most."""
    heading: str = ""
    """Nearest heading above the link."""
    placement: Placement = Placement.MAIN
    rel: str = ""
    position: int = 0
    """Order on the page, from 0."""
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
    """0..1, how far the page belongs to the niche."""
    matched: str = ""
    """What the relevance rests on, in words."""
    resource_score: float = 0.0
    """0..1, how far the page is one that recommends resources."""
    named: bool = False
    """The person named this page: examined whatever its scores."""
    depth: int = 0
    updated: date | None = None
    fetched_at: datetime | None = None
    links: list[OutboundLink] = field(default_factory=list, repr=False)
    page_id: int | None = None
    html: str = field(default="", repr=False)
    """The page's markup while it is at hand; "" when it comes from the journal."""
    digest: str = ""
    """Tells whether another reading would find the same; "" when only a reading can tell."""
    candidates: list[Candidate] = field(default_factory=list, repr=False)
    """The pages it leads to, where there is a digest."""
    unchanged: bool = False
    """It is as it was when it was read last: the journal has its links already."""


@dataclass(frozen=True, slots=True)
class RejectedPage:
    """A page that was looked at, or could not be, and why it is not used."""

    url: str
    key: str
    site: str
    reason: str
    """Machine word, e.g. `not_relevant`, `not_html`, `robots`, `http_500`."""
    detail: str = ""
    title: str = ""
    relevance: float = 0.0
    resource_score: float = 0.0
    named: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class PageFields:
    """A page as plain text, by how much each part says about its subject."""

    title: str = ""
    headings: str = ""
    """Text of h1 and h2."""
    anchors: str = ""
    """Outbound anchors with the text around them."""
    url: str = ""
    body: str = ""
