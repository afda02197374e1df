"""Which own page does a dead one's job, and where none does: pairs made by hand.

Those of `sites/` are whole pages, written by people who did not know how they are compared, as the
program reads them. Those of `notes/` are the little that is known of pages hardly anybody kept, in
several languages, and many of them are traps.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pytest

from brokenlinks.html.page_kind import kind_of
from brokenlinks.html.summary import Brief, detect_language, make_brief
from brokenlinks.scoring.replacements import ComparedPage, OwnPageIndex

FOLDER = Path(__file__).parent
SITES, NOTES = "sites", "notes"
RIGHT_PAGE, RIGHT_GAP = {SITES: 0.85, NOTES: 0.75}, {SITES: 0.9, NOTES: 0.8}
"""A sentence model of 90 MB finds fewer of the notes."""

Entry = dict[str, Any]


@dataclass
class Outcome:
    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def share(self) -> float:
        return len(self.right) / (len(self.right) + len(self.wrong))


def brief_from_notes(entry: Entry, url: str, language: str) -> Brief:
    text = f"{entry['title']} {entry['h1']} {entry['text']}".strip()
    anchors = entry.get("anchors", [])
    return Brief(
        title=entry["title"],
        h1=entry["h1"],
        headings=tuple(entry["headings"]),
        language=language or detect_language(f"{text} {' '.join(anchors)}"),
        kind=kind_of(url, entry["h1"], [entry["title"], *anchors]),
        terms=Counter(word.strip(".,;:!?()\"'").lower() for word in entry["text"].split()),
    )


def brief_from_html(entry: Entry, url: str, language: str) -> Brief:
    """Return what the program reads from the page, once it is HTML."""
    lines = filter(None, map(str.strip, entry["body"].splitlines()))
    html = "".join(
        f"<h2>{escape(line[3:])}</h2>" if line.startswith("## ") else f"<p>{escape(line)}</p>"
        for line in lines
    )
    return make_brief(
        f'<html lang="{language or "en"}"><head><title>{escape(entry["title"])}</title></head>'
        f'<body><nav><a href="/">Home</a></nav><main><h1>{escape(entry["h1"])}</h1>{html}</main>',
        url,
    )


BRIEF_OF: dict[str, Callable[[Entry, str, str], Brief]] = {
    SITES: brief_from_html,
    NOTES: brief_from_notes,
}


def pairs(kind: str) -> Iterator[tuple[Entry, str, str]]:
    """Yield each dead page with the path that was chosen for it, and why."""
    for path in sorted((FOLDER / kind).glob("*.toml")):
        web = tomllib.loads(path.read_text(encoding="utf-8"))
        address, language = web["site"]["address"].rstrip("/"), web["site"]["language"]
        own = [compared_page(kind, page, address + page["path"], language) for page in web["page"]]
        dead = [compared_page(kind, page, page["url"], "") for page in web["dead"]]
        pages = OwnPageIndex(own, dead)
        for entry, lost in zip(web["dead"], dead, strict=True):
            match = pages.match(lost)
            yield entry, match.url.removeprefix(address), match.reason


def compared_page(kind: str, entry: Entry, url: str, language: str) -> ComparedPage:
    return ComparedPage(
        url,
        BRIEF_OF[kind](entry, url, language),
        description=entry.get("description", ""),
        anchors=entry.get("anchors", []),
        contexts=entry.get("contexts", []),
    )


@cache
def outcomes(kind: str) -> tuple[Outcome, Outcome]:
    fits, gaps = Outcome(), Outcome()
    for dead, chosen, _ in pairs(kind):
        found = fits if dead["expected"] else gaps
        right = chosen in dead["expected"] if dead["expected"] else not chosen
        (found.right if right else found.wrong).append(f"{dead['id']}: {chosen or 'gap'}")
    return fits, gaps


@pytest.mark.slow
@pytest.mark.parametrize("kind", [SITES, NOTES])
def test_the_right_own_page_is_found(kind: str) -> None:
    fits, _ = outcomes(kind)
    assert fits.share() >= RIGHT_PAGE[kind], fits.wrong


@pytest.mark.slow
@pytest.mark.parametrize("kind", [SITES, NOTES])
def test_nothing_is_offered_where_nothing_fits(kind: str) -> None:
    _, gaps = outcomes(kind)
    assert gaps.share() >= RIGHT_GAP[kind], gaps.wrong
