"""What the outside services know of this web: a part of its sites, and a lot besides."""

from __future__ import annotations

from dataclasses import dataclass

from tests.discovery.held_out.model import full_key, read_data
from tests.discovery.held_out.serving import url_of


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the encyclopedia; `extlinks` are absolute, `{port}` in those of this web."""

    title: str
    text: str
    extlinks: tuple[str, ...]
    links: tuple[str, ...]
    sections: tuple[str, ...]


def wikipedia_articles(niche: str) -> list[Article]:
    """Return the articles a search for the niche would find, those of its neighbours included."""
    return [
        Article(
            told["title"],
            told["text"],
            tuple(map(_address, told["extlinks"])),
            tuple(told["links"]),
            tuple(told["sections"]),
        )
        for told in read_data("wikipedia")[niche]
    ]


def read_mwmbl_index() -> dict[str, str]:
    """Return the texts the small search engine holds, by address."""
    return {_address(key): text for key, text in read_data("mwmbl").items()}


def _address(key: str) -> str:
    return key if "://" in key else url_of(full_key(key))
