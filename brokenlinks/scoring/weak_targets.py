"""What a dead page can be called, and why a mail about it would help nobody. pandas, no I/O."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

import pandas as pd

from brokenlinks.liveness.exclusions import is_platform
from brokenlinks.text.normalize import fold, lower_words
from brokenlinks.text.phrases import read_toml
from brokenlinks.text.urls import host_of

NAME_COLUMNS = ["target_url", "anchor", "archive_title"]
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.-]{1,200}\.[a-z]{2,24}(?:/\S*)?", re.IGNORECASE)
"""A text that only repeats an address: one in six anchors of links pages."""
_NUMBER = re.compile(r"\d+(?:x\d+)?")


def names(links: pd.DataFrame) -> pd.Series[str]:
    """Return what each dead page can be called: a telling anchor or its archived title, else ""."""
    rows = links[NAME_COLUMNS].itertuples(index=False)
    named = [next((text for text in texts if _is_telling(text, url)), "") for url, *texts in rows]
    return pd.Series(named, index=links.index, dtype="str")


def weaknesses(links: pd.DataFrame) -> pd.Series[str]:
    """Return why nobody would write about each dead link, "" for a good one.

    `links` have their `name` from `names`.
    """
    rows = links[["target_url", "target_site", "name"]].itertuples(index=False)
    return pd.Series([_weakness(*row) for row in rows], index=links.index, dtype="str")


def _weakness(url: str, site: str, name: str) -> str:
    path = urlsplit(url).path
    if is_platform(url):
        return f"what was on {site} no other page replaces"
    if _pattern("files").search(path):
        return "it was a file, not a page"
    if _pattern("no_content").search(path):
        return "it was a page to sign in, to shop or to search"
    return "" if name else "nothing tells what the dead page was"


def _is_telling(text: str, url: str) -> bool:
    """Whether a text says what a page was about, or whose it was."""
    if _ADDRESS.fullmatch(text.strip()):
        return False
    platform = host_of(url).split(".") if is_platform(url) else ()
    return any(
        len(word) > 1 and not _NUMBER.fullmatch(word) and word not in _nothing()
        for word in map(fold, lower_words(text))
        if word not in platform
    )


@cache
def _nothing() -> frozenset[str]:
    return frozenset(map(fold, read_toml(__package__, "weak_targets.toml")["nothing"]))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(read_toml(__package__, "weak_targets.toml")[name], re.IGNORECASE)
