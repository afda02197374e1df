"""Which own page does a dead one's job: a hundred pairs made by hand, and gaps that are none."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from brokenlinks.briefs.brief import Brief, language_of
from brokenlinks.briefs.kinds import kind_of
from brokenlinks.own.matching import OwnPages, Subject

PAIRS = Path(__file__).parent / "pairs"
RIGHT_PAGE, RIGHT_GAP = 0.75, 0.82
"""What these short, hard pairs allow; a sentence model of 90 MB finds fewer."""


@dataclass
class Outcome:
    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def share(self) -> float:
        return len(self.right) / (len(self.right) + len(self.wrong))


def told(entry: dict[str, Any], url: str, anchors: list[str], language: str) -> Brief:
    text = f"{entry['title']} {entry['h1']} {entry['text']}".strip()
    return Brief(
        title=entry["title"],
        h1=entry["h1"],
        headings=tuple(entry["headings"]),
        language=language or language_of(f"{text} {' '.join(anchors)}"),
        kind=kind_of(url, entry["h1"], [entry["title"], *anchors]),
        terms=Counter(word.strip(".,;:!?()\"'").lower() for word in entry["text"].split()),
    )


def own_pages(site: dict[str, Any], dead: list[Subject]) -> OwnPages:
    address, language = site["site"]["address"].rstrip("/"), site["site"]["language"]
    return OwnPages(
        [
            Subject(
                address + page["path"],
                told(page, address + page["path"], [], language),
                description=page["description"],
            )
            for page in site["page"]
        ],
        dead,
    )


def pairs() -> Iterator[tuple[dict[str, Any], str, str]]:
    """Yield each dead page with the address that was chosen for it and why."""
    for path in sorted(PAIRS.glob("*.toml")):
        site = tomllib.loads(path.read_text(encoding="utf-8"))
        subjects = [
            Subject(
                dead["url"],
                told(dead, dead["url"], dead["anchors"], ""),
                anchors=dead["anchors"],
                around=dead["contexts"],
            )
            for dead in site["dead"]
        ]
        pages = own_pages(site, subjects)
        for dead, subject in zip(site["dead"], subjects, strict=True):
            match = pages.match(subject)
            yield dead, match.url.removeprefix(site["site"]["address"].rstrip("/")), match.reason


@pytest.fixture(scope="module")
def outcomes() -> tuple[Outcome, Outcome]:
    fits, gaps = Outcome(), Outcome()
    for dead, chosen, _ in pairs():
        found = fits if dead["expected"] else gaps
        right = chosen in dead["expected"] if dead["expected"] else not chosen
        (found.right if right else found.wrong).append(f"{dead['id']}: {chosen or 'gap'}")
    return fits, gaps


def test_the_right_own_page_is_found(outcomes: tuple[Outcome, Outcome]) -> None:
    fits, _ = outcomes
    assert fits.share() >= RIGHT_PAGE, fits.wrong


def test_nothing_is_offered_where_nothing_fits(outcomes: tuple[Outcome, Outcome]) -> None:
    _, gaps = outcomes
    assert gaps.share() >= RIGHT_GAP, gaps.wrong
