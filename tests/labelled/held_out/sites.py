"""What this half builds its cases from: a name, a site in one dress, what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, Site
from tests.labelled.building import copies, html, site
from tests.labelled.case import Case
from tests.labelled.held_out.templates import Dress, absent, article, front

NO_ROBOTS = {"/robots.txt": b.refusal(404)}


def name_of(host: str) -> str:
    """Return what a site may call itself."""
    return host.removeprefix("www.").partition(".")[0].replace("-", " ").capitalize()


def on_site(
    name: str,
    verdicts: tuple[str, ...],
    url: str,
    anchor: str,
    dress: Dress,
    subject: str,
    served: str | Behaviour,
    *,
    otherwise: str | Behaviour | None = None,
    was: tuple[int, str] | None = None,
    beside: Mapping[str, str | Behaviour] | None = None,
    also: Mapping[str, Site] | None = None,
    **more: Any,
) -> Case:
    """Return a case about one page of a site that otherwise works; `was`: year and old title; `also`: other hosts."""
    host, slash, rest = url.partition("/")
    title = name_of(host)
    whole = site(
        front(dress, title, subject),
        otherwise or absent(dress, title),
        {**(beside or {}), slash + rest: served},
    )
    kept = (
        {url: copies((was[0], article(dress, title, was[1], subject, sentences=40)))} if was else {}
    )
    return Case(name, verdicts, url, anchor, {host: whole, **(also or {})}, captures=kept, **more)


def all_paths(
    name: str,
    verdicts: tuple[str, ...],
    url: str,
    anchor: str,
    served: str | Behaviour,
    *,
    status: int = 200,
    was: tuple[int, str, Dress, str] | None = None,
    **more: Any,
) -> Case:
    """Return a case whose host answers alike on every path."""
    host = url.partition("/")[0]
    behaviour = html(served, status) if isinstance(served, str) else served
    kept = {}
    if was:
        year, old, dress, subject = was
        kept = {url: copies((year, article(dress, name_of(host), old, subject, sentences=40)))}
    return Case(
        name,
        verdicts,
        url,
        anchor,
        {host: Site(behaviour, dict(NO_ROBOTS))},
        captures=kept,
        **more,
    )
