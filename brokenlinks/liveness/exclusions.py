"""Hosts never worth checking: their refusals say nothing, their pages are no resource."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from brokenlinks.urls import host_of


def is_excluded(url: str) -> bool:
    """Tell whether the URL's host, or a domain above it, is on the list."""
    labels = host_of(url).split(".")
    return any(".".join(labels[start:]) in _hosts() for start in range(len(labels) - 1))


@cache
def _hosts() -> frozenset[str]:
    source = files(__package__) / "data" / "exclusions.toml"
    raw = tomllib.loads(source.read_text(encoding="utf-8"))
    return frozenset(host for group in raw.values() for host in group["hosts"])
