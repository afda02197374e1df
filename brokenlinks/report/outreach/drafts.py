"""One mail to one site: plain, true, under 150 words, with the exact place of each link. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brokenlinks.liveness.messages import symptom_of
from brokenlinks.models.verdict import Verdict

MAX_WORDS = 149
"""Editors answer short mails; more links than fit are counted in the mail."""
MAX_SENDER_WORDS = 50
ANCHOR_WORDS, HEADING_WORDS, TITLE_WORDS = 8, 6, 10
MAX_WORD_CHARS = 60
"""Characters of a word taken from a web page; URLs are never cut."""
SENDER, POSTAL_ADDRESS, OPT_OUT = (
    "[your name]",
    "[your postal address]",
    "[how to opt out]",
)
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, from the settings; an empty field becomes a placeholder."""

    name: str = ""
    postal_address: str = ""
    opt_out: str = ""

    @property
    def missing_placeholders(self) -> list[str]:
        """Return the placeholders of the empty fields."""
        included = {SENDER: self.name, POSTAL_ADDRESS: self.postal_address, OPT_OUT: self.opt_out}
        return [placeholder for placeholder, text in included.items() if not text]

    def signature(self) -> str:
        """Return the end of a mail."""
        signed = f"{self.name or SENDER}\n{self.postal_address or POSTAL_ADDRESS}"
        return f"{signed}\n\n{self.opt_out or OPT_OUT}"


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A dead link of a mail: where it is, what a visitor finds, what could replace it."""

    key: str
    status: str
    page_url: str
    page_title: str
    heading: str
    anchor: str
    dead_url: str
    verdict: str
    reason: str
    context: str = ""
    moved_to: str = ""
    archive_url: str = ""
    replacement_url: str = ""
    replacement_title: str = ""

    @property
    def symptom(self) -> str:
        """What a visitor of the link finds today."""
        return symptom_of(self.reason)


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail as it would be sent."""

    subject: str
    body: str

    @property
    def words(self) -> int:
        """Count the words of the body."""
        return len(self.body.split())


def write_draft(dead_links: Sequence[DeadLink], site: str, name: str, sender: Sender) -> Draft:
    """Write the mail to a site about its dead links, given best first.

    Links that do not fit in 149 words are counted at the end.
    """
    for included in range(len(dead_links), 0, -1):
        draft = Draft(_subject(dead_links, site), _body(dead_links, included, name, sender))
        if draft.words <= MAX_WORDS:
            break
    return draft


def _subject(dead_links: Sequence[DeadLink], site: str) -> str:
    kind = (
        "Outdated"
        if all(dead_link.verdict == Verdict.MOVED for dead_link in dead_links)
        else "Dead"
    )
    if len(dead_links) > 1:
        return f"{kind} links on {site} ({len(dead_links)})"
    title = shorten(dead_links[0].page_title, TITLE_WORDS)
    return f"{kind} link on “{title}”" if title else f"{kind} link on {site}"


def _body(dead_links: Sequence[DeadLink], included: int, name: str, sender: Sender) -> str:
    many = len(dead_links) > 1
    offered = next(
        (dead_link for dead_link in dead_links[:included] if dead_link.replacement_url), None
    )
    greeting = shorten(f"Hello {name}", TITLE_WORDS)
    opening = f"{'these links' if many else 'this link'} on your site no longer {_works(many)}:"
    left = len(dead_links) - included
    more = f"\n\nThere are {left} more; I can send you the list." if left else ""
    parts = [
        f"{greeting},",
        opening,
        "\n\n".join(_locations(dead_links[:included])) + more,
        _replacement_offer(offered, many=many),
        sender.signature(),
    ]
    return "\n\n".join(parts)


def _works(many: bool) -> str:  # noqa: FBT001
    return "work as they should" if many else "works as it should"


def _locations(dead_links: Sequence[DeadLink]) -> Iterator[str]:
    """Yield where each link is and where it leads; each page is named once."""
    page = ""
    for dead_link in dead_links:
        on = f"On {dead_link.page_url}\n" if dead_link.page_url != page else ""
        page = dead_link.page_url
        yield on + _location(dead_link)


def _location(dead_link: DeadLink) -> str:
    anchor = shorten(dead_link.anchor, ANCHOR_WORDS)
    link = f"“{anchor}”" if anchor else "a link without text"
    moved = f"\nIt seems to be at {dead_link.moved_to} now." if dead_link.moved_to else ""
    unbroken = "%20".join(dead_link.dead_url.split())
    return f"{link}{_surroundings(dead_link)}:\n{unbroken} - {dead_link.symptom}{moved}"


def _surroundings(dead_link: DeadLink) -> str:
    """Return the heading above a link, or the words around it if there is none."""
    if heading := shorten(dead_link.heading, HEADING_WORDS):
        return f", under “{heading}”"
    around = shorten(dead_link.context, ANCHOR_WORDS)
    return (
        f", in “{around}”" if around and around != shorten(dead_link.anchor, ANCHOR_WORDS) else ""
    )


def _replacement_offer(dead_link: DeadLink | None, *, many: bool) -> str:
    if dead_link is None:
        them = "them" if many else "it"
        return f"I have nothing to offer instead; removing {them} would help your readers."
    title = shorten(dead_link.replacement_title, TITLE_WORDS)
    named = f"“{title}”, " if title else ""
    anchor = shorten(dead_link.anchor, ANCHOR_WORDS)
    place = f"In place of “{anchor}”" if many and anchor else "In its place"
    return (
        f"{place} you could link to a page of ours: {named}{dead_link.replacement_url}"
        "\nWhether or not you use it, removing the dead link helps your readers."
    )


def shorten(text: str, words: int) -> str:
    """Return text of a web page on one line, at most `words` words, nothing invisible."""
    kept = [word[:MAX_WORD_CHARS] for word in _INVISIBLE.sub(" ", text).split()]
    return " ".join(kept[:words]) + (" ..." if len(kept) > words else "")
