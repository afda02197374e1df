"""A web of three niches and their neighbours, to find resource pages in.

Each niche has clubs, blogs, guides of libraries, pages from the nineties, shops and a museum; they
recommend each other, and a few of them are known to the encyclopedia or to a search engine. The
neighbours share a word with a niche and have pages of links of their own.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, ReceivedRequest, Site
from brokenlinks.demo.services import Article
from tests.discovery.prose import SENTENCES

PORT = "{port}"


@dataclass(frozen=True, slots=True)
class Owner:
    """One site: whose it is, how it is built, where its page of links is and how it is called."""

    host: str
    name: str
    topic: str
    links: str = ""
    """Path of the resource page, "" for none."""
    anchor: str = "Links"
    style: str = "list"
    hidden: str = ""
    """"section": behind a menu entry of the home page; "sitemap": only named there."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A niche or a neighbour: what its people call it, and the words they use."""

    phrase: str
    words: tuple[str, ...]


TOPICS = {
    "home brewing": Topic(
        "home brewing",
        ("homebrew", "beer", "yeast", "hops", "malt", "wort", "mash", "fermentation"),
    ),
    "chess": Topic(
        "chess",
        ("opening", "endgame", "grandmaster", "tournament", "checkmate", "rook", "pawn", "rating"),
    ),
    "beekeeping": Topic(
        "beekeeping", ("honey", "hive", "bees", "queen", "swarm", "apiary", "varroa", "beekeeper")
    ),
    "coffee brewing": Topic(
        "coffee brewing", ("espresso", "roast", "grinder", "pour over", "filter", "barista")
    ),
    "home improvement": Topic(
        "home improvement", ("drill", "plaster", "tiles", "kitchen", "insulation")
    ),
    "kombucha": Topic("kombucha tea brewing", ("scoby", "tea", "sugar", "fizzy", "jar")),
    "chess pie": Topic("chess pie baking", ("crust", "butter", "sugar", "eggs", "oven")),
    "rabbits": Topic("rabbit breeding", ("hutch", "hay", "litter", "angora", "show")),
    "spelling": Topic(
        "spelling bee contests", ("words", "dictionary", "pupils", "letters", "finals")
    ),
    "quilting": Topic("quilting bee evenings", ("fabric", "needle", "pattern", "blocks", "thread")),
}


def owners() -> tuple[Owner, ...]:
    """Return every site of the web."""
    brewing = [
        Owner("www.ironkettle.example", "Iron Kettle Homebrew Club", "home brewing", "/links.html"),
        Owner("mashmates.example", "Mash Mates", "home brewing", "/resources", "Resources"),
        Owner(
            "brewing-diary.example", "A Home Brewing Diary", "home brewing", "/p/17", "Useful links"
        ),
        Owner("cellarfox.example", "Cellar Fox", "home brewing", "/blogroll", "Blogs we like"),
        Owner(
            "guides.northlibrary.example",
            "North Library Guides",
            "home brewing",
            "/homebrewing/websites",
            "Recommended websites",
            "guide",
        ),
        Owner(
            "wortwerk.example",
            "Wortwerk Homebrewers",
            "home brewing",
            "/club/members/resources",
            "Resources",
            hidden="section",
        ),
        Owner(
            "people.agcollege.example",
            "Fermentation Science",
            "home brewing",
            "/~fritz/homebrew/links.htm",
            "Homebrew links",
            "old",
        ),
        Owner("hopyard.example", "Hop Yard", "home brewing", "/info/hop-links", "Hop links"),
        Owner(
            "thirsty-monks.example",
            "Thirsty Monks Brewing Society",
            "home brewing",
            "/useful-links/",
            "Useful links",
        ),
        Owner("brewshed.example", "The Brew Shed", "home brewing", "/links/", "Links", "table"),
        Owner(
            "kettle-and-cask.example",
            "Kettle and Cask",
            "home brewing",
            "/more/further-reading",
            "Further reading",
            hidden="sitemap",
        ),
        Owner(
            "maltmuseum.example",
            "Museum of Malt",
            "home brewing",
            "/research/links",
            "Links for home brewers",
        ),
        Owner("brewtalk.example", "Brew Talk Forum", "home brewing", "/wiki/Links", "Link list"),
        Owner(
            "homebrew-supply.example",
            "Homebrew Supply Store",
            "home brewing",
            "/learn/resources",
            "Home brewing resources",
        ),
        Owner(
            "awesome-homebrew.example",
            "Awesome Homebrew",
            "home brewing",
            "/README",
            "List of resources",
            "prose",
        ),
        Owner("gravity-readings.example", "Gravity Readings", "home brewing"),
        Owner("bottle-bank.example", "Bottle Bank Brewers", "home brewing"),
        Owner(
            "ale-trail-club.example",
            "Ale Trail Homebrew Club",
            "home brewing",
            "/links.php",
            "Our links",
        ),
    ]
    chess = [
        Owner("www.kingside.example", "Kingside Chess Club", "chess", "/links.html"),
        Owner("pawnstorm.example", "Pawn Storm", "chess", "/resources", "Chess resources"),
        Owner("endgame-corner.example", "Endgame Corner", "chess", "/useful-links", "Useful links"),
        Owner(
            "juniorchess.example",
            "Junior Chess School",
            "chess",
            "/parents/links",
            "Links for parents",
        ),
        Owner(
            "guides.southlibrary.example",
            "South Library Guides",
            "chess",
            "/chess/websites",
            "Recommended websites",
            "guide",
        ),
        Owner("county-chess.example", "County Chess Association", "chess", "/about/links", "Links"),
        Owner(
            "people.matheuni.example",
            "Chess and Mathematics",
            "chess",
            "/~eva/chess/links.htm",
            "Chess links",
            "old",
        ),
        Owner(
            "correspondence-rooks.example", "Correspondence Rooks", "chess", "/p/204", "Other sites"
        ),
        Owner("blunderbook.example", "The Blunder Book", "chess", "/blogroll", "Blogs we like"),
        Owner("rooklift.example", "Rook Lift", "chess", "/links/", "Links", "table"),
        Owner(
            "simul-society.example",
            "Simul Society",
            "chess",
            "/community/resources",
            "Resources",
            hidden="section",
        ),
        Owner(
            "chess-history-room.example",
            "Chess History Room",
            "chess",
            "/links-and-resources",
            "Links and resources",
        ),
        Owner(
            "fide-arbiters-corner.example",
            "Arbiters' Corner",
            "chess",
            "/more/weblinks",
            "Web links",
            hidden="sitemap",
        ),
        Owner("chess-problem-box.example", "Problem Box", "chess", "/links.htm", "Related sites"),
        Owner("openingtree.example", "Opening Tree", "chess"),
        Owner("blitz-cafe.example", "Blitz Cafe", "chess", "/our-links", "Our links"),
    ]
    bees = [
        Owner(
            "www.smokerandveil.example", "Smoker and Veil Beekeepers", "beekeeping", "/links.html"
        ),
        Owner(
            "valleybeekeepers.example", "Valley Beekeepers", "beekeeping", "/resources", "Resources"
        ),
        Owner("hivenotes.example", "Hive Notes", "beekeeping", "/useful-links", "Useful links"),
        Owner(
            "guides.eastlibrary.example",
            "East Library Guides",
            "beekeeping",
            "/beekeeping/websites",
            "Recommended websites",
            "guide",
        ),
        Owner(
            "people.entouni.example",
            "Bee Science",
            "beekeeping",
            "/~ada/bees/links.htm",
            "Beekeeping links",
            "old",
        ),
        Owner("apiary-diary.example", "Apiary Diary", "beekeeping", "/blogroll", "Blogs we like"),
        Owner(
            "county-bees.example",
            "County Beekeepers' Association",
            "beekeeping",
            "/members/links",
            "Links",
        ),
        Owner(
            "swarm-collectors.example", "Swarm Collectors", "beekeeping", "/p/31", "Related links"
        ),
        Owner("skep-museum.example", "Skep Museum", "beekeeping", "/links/", "Links", "table"),
        Owner("honeyshow.example", "Honey Show", "beekeeping", "/info/links", "Links"),
        Owner(
            "topbarhive.example",
            "Top Bar Hive Builders",
            "beekeeping",
            "/community/resources",
            "Resources",
            hidden="section",
        ),
        Owner(
            "queen-rearing.example",
            "Queen Rearing Group",
            "beekeeping",
            "/more/further-reading",
            "Further reading",
            hidden="sitemap",
        ),
        Owner("city-hives.example", "City Hives", "beekeeping", "/links.php", "Our links"),
        Owner(
            "bee-inspector.example",
            "Notes of a Bee Inspector",
            "beekeeping",
            "/other-sites",
            "Other sites",
        ),
        Owner("waxworks-bees.example", "Wax Works", "beekeeping"),
        Owner(
            "beekeeping-beginners.example",
            "Beekeeping for Beginners",
            "beekeeping",
            "/resource-list",
            "Resource list",
        ),
    ]
    neighbours = [
        Owner(f"{label}{n}.example", f"{name} {n}", topic, "/links", "Links")
        for topic, label, name in (
            ("coffee brewing", "coffee-brewing-", "Coffee Brewing Circle"),
            ("home improvement", "home-handyman-", "Home Improvement Shed"),
            ("kombucha", "kombucha-brewing-", "Kombucha Brewers"),
            ("chess pie", "chess-pie-", "Chess Pie Kitchen"),
            ("rabbits", "chess-rabbits-", "Chess Rabbits"),
            ("spelling", "spelling-bee-", "Spelling Bee League"),
            ("quilting", "quilting-bee-", "Quilting Bee"),
        )
        for n in (1, 2, 3)
    ]
    return (*brewing, *chess, *bees, *neighbours)


OWNERS = owners()
NICHES = ("home brewing", "chess", "beekeeping")
ADJACENT_NICHES = {
    "home brewing": ("coffee brewing", "home improvement", "kombucha"),
    "chess": ("chess pie", "rabbits"),
    "beekeeping": ("spelling", "quilting"),
}
FARM = "link-farm.example"
GENERIC = tuple(f"quiet-place-{n}.example" for n in range(12))
FIRST_KNOWN = 4
"""So many sites of a niche does the encyclopedia cite; as many pages does the engine know."""


def planted(niche: str) -> set[str]:
    """Return the resource pages of a niche, by host and path."""
    return {f"{owner.host}{owner.links}" for owner in _owners_of(niche) if owner.links}


def topic_of(host: str) -> str:
    """Return what a site is about."""
    return next((owner.topic for owner in OWNERS if owner.host == host), "")


def sites() -> dict[str, Site]:
    """Return all sites of the web."""
    found = {owner.host: _site(owner) for owner in OWNERS}
    found |= {host: Site(b.answer(b.page(host, "<p>A quiet place.</p>"))) for host in GENERIC}
    found[FARM] = Site(b.answer(_farm()))
    return found


def articles() -> list[Article]:
    """Return what the encyclopedia has: on each niche, and on other things."""
    told = []
    for niche in NICHES:
        topic = TOPICS[niche]
        cited = [f"http://{owner.host}:{PORT}/" for owner in _owners_of(niche)[:FIRST_KNOWN]]
        noise = (
            "https://doi.org/10.5555/1234",
            "https://www.nytimes.com/1990/01/01/story.html",
            "https://web.archive.org/web/2010/http://gone.example/",
            "https://www.jstor.org/stable/1",
            *(f"http://{host}:{PORT}/cited" for host in GENERIC[:4]),
        )
        for number, title in enumerate(
            (niche, f"History of {niche}", f"{niche} equipment", f"Glossary of {niche}"), 1
        ):
            told.append(
                Article(
                    title.capitalize(),
                    f"{niche} {' '.join(topic.words)}",
                    (*noise, *cited[: 2 * number]),
                    tuple(word.capitalize() for word in topic.words),
                    ("See also", "References", f"Types of {niche}"),
                )
            )
    return [
        *told,
        Article("Brewing (disambiguation)", "home and other brewing", ("https://www.bbc.co.uk/",)),
    ]


def engine_index() -> dict[str, str]:
    """Return what the search engine knows: a few pages of links, with the port left open."""
    index = {}
    for niche in NICHES:
        for owner in [o for o in _owners_of(niche) if o.links][FIRST_KNOWN : 2 * FIRST_KNOWN]:
            index[f"http://{owner.host}:{PORT}{owner.links}"] = (
                f"{niche} links resources {owner.anchor}".lower()
            )
        for neighbour in ADJACENT_NICHES[niche][:1]:
            owner = _owners_of(neighbour)[0]
            index[f"http://{owner.host}:{PORT}{owner.links}"] = f"{niche} {neighbour} links".lower()
    index["https://www.amazon.com/s?k=home+brewing"] = (
        "home brewing links chess beekeeping resources"
    )
    return index


def _owners_of(topic: str) -> list[Owner]:
    return [owner for owner in OWNERS if owner.topic == topic]


def _recommended(owner: Owner) -> Iterator[tuple[str, str]]:
    """Yield (address, anchor): sites of the same subject, a few neighbours, and other hosts."""
    rng = random.Random(owner.host)
    own = _owners_of(owner.topic)
    at = own.index(owner)
    near = [own[(at + step) % len(own)] for step in (1, 2, 3, 5, 8)]
    phrase = TOPICS[owner.topic].phrase
    for other in dict.fromkeys(near):
        yield f"http://{other.host}:{PORT}/", f"{other.name}, {phrase}"
    for topic in ADJACENT_NICHES.get(owner.topic, ()):
        other = rng.choice(_owners_of(topic))
        yield (
            f"http://{other.host}:{PORT}/",
            f"{other.name}, for friends of {TOPICS[topic].phrase}",
        )
    for number in range(6):
        word = rng.choice(TOPICS[owner.topic].words)
        yield (
            f"http://{word.replace(' ', '-')}-{owner.host.split('.')[-2]}-{number}.invalid/{word}",
            f"All about {word}",
        )
    for host in rng.sample(GENERIC, 2):
        yield f"http://{host}:{PORT}/", "A quiet place"
    yield f"http://{FARM}:{PORT}/links", "Thousands of links"


def _site(owner: Owner) -> Site:
    pages = {"/": _home(owner)} | {f"/page-{n}": _ordinary(owner, n) for n in range(1, 6)}
    if owner.links:
        pages[owner.links] = _links(owner)
    if owner.hidden == "section":
        section = f'<h1>Members</h1><p>For members.</p><a href="{owner.links}">{owner.anchor}</a>'
        pages["/members"] = _page_html(owner, f"Members of {owner.name}", section)
    month = '<a href="/calendar?month=2027-01">next month</a>'
    pages["/calendar"] = _page_html(owner, "Calendar", month)
    paths = {path: served(markup) for path, markup in pages.items()}
    if owner.hidden == "sitemap":
        here = f"http://{owner.host}:{PORT}"
        listed = "".join(f"<url><loc>{here}{path}</loc></url>" for path in ("/page-1", owner.links))
        paths["/robots.txt"] = served(
            f"User-agent: *\nAllow: /\nSitemap: {here}/map.xml", "text/plain"
        )
        paths["/map.xml"] = served(f"<urlset>{listed}</urlset>", "application/xml")
    return Site(b.missing(owner.name), paths)


def served(text: str, kind: str = b.HTML) -> Behaviour:
    """Serve a text in which the web's port stands open."""

    async def behave(asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        port = asked.headers["host"].rpartition(":")[2]
        await b.answer(text.replace(PORT, port), content_type=kind)(asked, writer)

    return behave


def _page_html(owner: Owner, title: str, body: str) -> str:
    menu = [("/", "Home"), ("/page-1", "News"), ("/page-2", "Meetings"), ("/calendar", "Calendar")]
    if owner.links and not owner.hidden:
        menu.append((owner.links, owner.anchor))
    if owner.hidden:
        menu.append(("/members", "Members"))
    listed = "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in menu)
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(title)}</title></head><body>'
        f"<nav><ul>{listed}</ul></nav><main>{body}</main><footer>{escape(owner.name)}</footer></body></html>"
    )


def _prose(owner: Owner, sentences: int, seed: object) -> str:
    rng = random.Random(f"{owner.host} {seed}")
    pool = list(SENTENCES[owner.topic])
    rng.shuffle(pool)
    return "".join(f"<p>{text}</p>" for text in (pool * 3)[:sentences])


def _home(owner: Owner) -> str:
    phrase = TOPICS[owner.topic].phrase
    body = (
        f"<h1>{escape(owner.name)}</h1><h2>Everything about {phrase}</h2>{_prose(owner, 6, 'home')}"
    )
    return _page_html(owner, f"{owner.name} - {phrase}", body)


def _ordinary(owner: Owner, number: int) -> str:
    return _page_html(
        owner, f"Note {number} - {owner.name}", f"<h1>Note {number}</h1>{_prose(owner, 8, number)}"
    )


def _links(owner: Owner) -> str:
    phrase = TOPICS[owner.topic].phrase
    entries = list(_recommended(owner))
    rows: Mapping[str, str] = {
        "table": "<table>{}</table>",
        "prose": "{}",
        "old": "<dl>{}</dl>",
        "guide": '<div class="box"><ul>{}</ul></div>',
        "list": "<ul>{}</ul>",
    }
    forms = {
        "table": '<tr><td><a href="{url}">{text}</a></td><td>{note}</td></tr>',
        "prose": '<p><a href="{url}">{text}</a> - {note}</p>',
        "old": '<dt><a href="{url}">{text}</a><dd>{note}',
        "guide": '<li><a href="{url}">{text}</a> <span>{note}</span></li>',
        "list": '<li><a href="{url}">{text}</a>: {note}</li>',
    }
    notes = SENTENCES[owner.topic]
    listed = "".join(
        forms[owner.style].format(url=url, text=escape(text), note=notes[n % len(notes)])
        for n, (url, text) in enumerate(entries)
    )
    body = f"<h1>{owner.anchor}: {phrase}</h1><p>What we recommend.</p>" + rows[owner.style].format(
        listed
    )
    return _page_html(owner, f"{owner.anchor} - {owner.name}", body)


def _farm() -> str:
    links = "".join(f'<a href="http://spam-{n}.invalid/">cheap {n}</a> ' for n in range(3_000))
    title = "<title>Home brewing chess beekeeping links</title>"
    return f"<html><head>{title}</head><body><main>{links}</main></body></html>"
