"""The site of the person who tries the demo: pages to offer in place of dead ones."""

from __future__ import annotations

import asyncio
from html import escape

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, ReceivedRequest, Site

OWN_HOST = "kettle-notes.example"
PAGES = {
    "/": ("Kettle Notes", "Notes on brewing beer at home, tried in our own kitchen."),
    "/hops/keeping-fresh": (
        "How to store hops and keep them fresh",
        "Hop storage decides how much aroma is left: store hops cold, dark and without air.",
    ),
    "/brewing/all-grain-lessons": (
        "All-grain brewing in six lessons",
        "Lessons in all-grain brewing, from crushing the grain to the first taste.",
    ),
    "/bottling/day-plan": (
        "A plan for bottling day",
        "Bottling day goes well with clean bottles, measured sugar and a helper.",
    ),
    "/fridge/lager": (
        "Lagering beer in an old fridge",
        "Lagering needs weeks near freezing; an old fridge with a thermostat will do.",
    ),
    "/tools/carbonation-calculator": (
        "Carbonation calculator",
        "How much sugar for how many litres: the calculator and the table behind it.",
    ),
}


def own_site() -> Site:
    """Return the site, with a sitemap."""
    pages = {path: b.answer(b.article(title, about)) for path, (title, about) in PAGES.items()}
    return Site(b.missing(OWN_HOST), {**pages, "/sitemap.xml": _sitemap})


async def _sitemap(asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    home = f"http://{asked.headers['host']}"
    listed = "".join(f"<url><loc>{escape(home + path)}</loc></url>" for path in PAGES)
    await _xml(f"<urlset>{listed}</urlset>")(asked, writer)


def _xml(text: str) -> Behaviour:
    return b.answer(f'<?xml version="1.0"?>{text}', content_type="application/xml")
