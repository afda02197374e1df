"""What the niches' web is made of, as the TOML files under data/ write it down."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

NICHES = ("home brewing", "chess", "beekeeping")
OFF_TOPIC = "elsewhere"
"""The topic of whatever is neither a niche nor a neighbour, such as an office for weights."""
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class LinksPage:
    """One page of links; `sections` are headings with the keys of what they list."""

    path: str
    title: str
    intro: str
    sections: dict[str, list[str]]
    layout: str = ""
    """Another one than the kind of site has."""
    via: str = "menu"
    """How a visitor gets there: menu, post, sitemap, or the path of a page in between."""
    also: tuple[str, ...] = ()
    """Further addresses of the same page."""
    planted: bool = True
    """It is a resource page of the site's topic."""


@dataclass(frozen=True, slots=True)
class SiteData:
    """One site; `topic` is a niche, or what a neighbour is about."""

    host: str
    topic: str
    name: str
    kind: str
    about: str
    """What others say when they link to it."""
    intro: str
    language: str = "en"
    home: str = ""
    """Not a page at "/": frameset, or the path the visitor is sent to."""
    blogroll: tuple[str, ...] = ()
    calendar: bool = False
    """It has a calendar with a next month, always."""
    catalogue: bool = False
    """It has a catalogue to be sorted and paged, endlessly."""
    links: tuple[LinksPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of site: see the head of kinds.toml."""

    frame: str
    layout: str
    path: str
    subjects: tuple[int, int]
    opening: list[str]
    closing: list[str]
    standing: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class OffTopicPage:
    """A page on none of the sites; most of their hosts are gone."""

    name: str
    about: str
    topic: str
    alive: bool


@cache
def load_sites() -> dict[str, SiteData]:
    """Return the sites by host."""
    read = (_site(entry, told.get("topic")) for told in _files() for entry in told.get("site", []))
    return {site.host: site for site in read}


@cache
def load_off_topic_pages() -> dict[str, OffTopicPage]:
    """Return what is linked besides the sites, by key ("host/path")."""
    found = {}
    for told in _files():
        for state in ("gone", "alive"):
            for key, described in told.get(state, {}).items():
                name, about = described.split(" | ")
                alive = state == "alive"
                topic = OFF_TOPIC if alive else told["topic"]
                found[full_key(key)] = OffTopicPage(name, about, topic, alive)
    return found


@cache
def load_kinds() -> dict[str, Kind]:
    """Return the kinds of sites by name."""
    return {
        name: Kind(**{**entry, "subjects": tuple(entry["subjects"])})
        for name, entry in read_data("kinds").items()
    }


@cache
def load_subjects() -> dict[str, dict[str, list[str]]]:
    """Return what there is to say: by topic, then by subject, sentences."""
    return read_data("subjects")


def full_key(short: str) -> str:
    """Return "host.example/path" for a key as the data writes it, "host" or "host/path"."""
    host, _, path = short.partition("/")
    return f"{host}.example/{path}"


def read_data(name: str) -> dict[str, Any]:
    """Return one of the data files."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _files() -> Iterator[dict[str, Any]]:
    return (read_data(f"sites/{path.stem}") for path in sorted((DATA / "sites").glob("*.toml")))


def _site(entry: dict[str, Any], topic: str | None) -> SiteData:
    pages = (
        LinksPage(**{**page, "also": tuple(page.get("also", ()))})
        for page in entry.get("links", [])
    )
    told = {"topic": topic, **entry, "links": tuple(pages)}
    told["blogroll"] = tuple(entry.get("blogroll", ()))
    return SiteData(**{**told, "host": f"{entry['host']}.example"})
