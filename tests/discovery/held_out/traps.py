"""What swallows a crawler: calendars without end, catalogues, link farms, directories."""

from __future__ import annotations

from asyncio import StreamWriter
from collections import defaultdict
from collections.abc import Iterable
from html import escape
from urllib.parse import parse_qs, urlsplit

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, ReceivedRequest
from tests.discovery.held_out.model import SiteData
from tests.discovery.held_out.writing import MONTHS, seeded_random

CALENDAR, CATALOGUE = "/calendar", "/catalogue"
FARM_LINKS = 3_000
FARM_WORDS = (
    *("chess", "homebrew", "honey", "casino", "loans", "beer", "bees", "travel", "watches"),
    *("brewing", "opening", "hive", "insurance", "recipes", "boats", "hosting", "shoes"),
)


def calendar(otherwise: Behaviour) -> Behaviour:
    """Show any month of any year, each with a link to the next."""

    async def behave(asked: ReceivedRequest, writer: StreamWriter) -> None:
        date = asked.path.removeprefix(f"{CALENDAR}/").split("/")
        if not asked.path.startswith(CALENDAR) or not all(part.isdigit() for part in date):
            await otherwise(asked, writer)
            return
        year, month = int(date[0]), int(date[-1])
        onward = _month_link(year + month // 12, month % 12 + 1, "Next month")
        back = _month_link(year - (month == 1), (month - 2) % 12 + 1, "Previous month")
        shown = f"<p>No events this month.</p><p>{back} {onward}</p>"
        await b.answer(b.page(f"Calendar: {MONTHS[month - 1]} {year}", shown))(asked, writer)

    return behave


def catalogue(site: str) -> Behaviour:
    """List things by whatever the query says, and offer ever more ways to list them."""

    async def behave(asked: ReceivedRequest, writer: StreamWriter) -> None:
        query = urlsplit(asked.path).query
        number = int(parse_qs(query).get("page", ["1"])[0])
        more = (f"page={number + 1}", f"sort=name&{query}", f"view=grid&page={number}&{query}")
        links = "".join(f'<li><a href="{CATALOGUE}?{escape(q)}">{escape(q)}</a></li>' for q in more)
        shown = f"<p>Items {number}0 to {number}9.</p><ul>{links}</ul>"
        await b.answer(b.page(f"Catalogue of {site}", shown))(asked, writer)

    return behave


def link_farm(host: str, hosts: Iterable[str]) -> str:
    """Return a page of thousands of links and hardly another word."""
    dice = seeded_random(host)
    made_up = (
        f"{dice.choice(FARM_WORDS)}-{dice.choice(FARM_WORDS)}-{n}.example"
        for n in range(FARM_LINKS)
    )
    links = "".join(
        f'<a href="http://{host}:{{port}}/">{host.partition(".")[0].replace("-", " ")}</a> '
        for host in [*hosts, *made_up]
    )
    return b.page("Best links, top resources, free directory", f"<p>{links}</p>")


def directory(title: str, sites: Iterable[SiteData]) -> str:
    """Return a page that lists every site of this web under its topic."""
    by_topic = defaultdict(list)
    for site in sites:
        by_topic[site.topic].append(site)
    sections = "".join(
        f"<h2>{escape(topic.capitalize())}</h2><ul>{''.join(map(_listed, listed))}</ul>"
        for topic, listed in sorted(by_topic.items())
    )
    return b.page(title, f"<p>Submit your site! Sorted by category.</p>{sections}")


def _listed(site: SiteData) -> str:
    return f'<li><a href="http://{site.host}:{{port}}/">{escape(site.name)}</a></li>'


def _month_link(year: int, month: int, text: str) -> str:
    return f'<a href="{CALENDAR}/{year}/{month}">{text}</a>'
