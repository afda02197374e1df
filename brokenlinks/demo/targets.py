"""Where the demo's links lead: every target with how it behaves and what is really the case.

A target is data, filed under host and path. Later kinds of dead links are planted here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from brokenlinks.demo import behaviours as b
from brokenlinks.demo import misbehaviours as m
from brokenlinks.demo.names import NO_ADDRESS, REFUSED, SERVFAIL, SILENT
from brokenlinks.demo.server import ADDRESS, ADDRESS_V6, Behaviour
from brokenlinks.demo.walls import block_page
from brokenlinks.demo.wayback import Capture

NOT_IN_THE_DNS = ""
PDF = "application/pdf"


class Truth(StrEnum):
    """What is really the case with a target."""

    DEAD = "dead"
    LIVING = "living"
    REFUSING = "refusing"
    """A visitor may well see the page that programs are denied."""
    FAILING = "failing"
    """It does not answer now; only time can tell."""
    UNDECIDED = "undecided"
    """Its answer says neither."""
    MOVED = "moved"
    """It lives at another address, to which visitors are sent."""
    NOT_CHECKED = "unasked"
    """A polite and careful program must not ask."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a page is about, what is true of it, how its host answers, what the archive has."""

    about: str
    truth: Truth
    behaviour: Behaviour | None = None
    """None: no server there."""
    captures: tuple[Capture, ...] = ()
    address: str = ADDRESS
    """What the DNS says of the host."""
    whole_host: bool = False
    """The whole host behaves so, its home page too."""
    other_paths: Mapping[str, Behaviour] = field(default_factory=dict)
    """What else its host serves, by path."""
    otherwise: Behaviour | None = None
    """What its host answers for every other path; None: 404."""
    name_servers: tuple[str, ...] = ()
    closed: bool = False
    """The link leads to a port where nobody listens."""


def alive(about: str) -> Target:
    """Return a target that is an ordinary page."""
    return Target(about, Truth.LIVING, b.answer(b.article(about, about)))


def living(about: str, behaviour: Behaviour, address: str = ADDRESS) -> Target:
    """Return a target that is there, if in a peculiar way."""
    return Target(about, Truth.LIVING, behaviour, address=address)


def gone(about: str, behaviour: Behaviour, *captures: Capture) -> Target:
    """Return a dead target on a host that is there."""
    return Target(about, Truth.DEAD, behaviour, captures)


def no_host(about: str, *captures: Capture, address: str = NOT_IN_THE_DNS) -> Target:
    """Return a dead target whose host is gone from the DNS, or has no address there."""
    return Target(about, Truth.DEAD, None, captures, address)


def refusing(about: str, behaviour: Behaviour) -> Target:
    """Return a target whose whole host keeps programs out."""
    return Target(about, Truth.REFUSING, behaviour, whole_host=True)


def failing(about: str, behaviour: Behaviour | None, address: str = ADDRESS) -> Target:
    """Return a target whose whole host is in trouble."""
    return Target(about, Truth.FAILING, behaviour, address=address, whole_host=True)


def undecided(about: str, behaviour: Behaviour) -> Target:
    """Return a target whose answer settles nothing."""
    return Target(about, Truth.UNDECIDED, behaviour)


def good_captures(*years: int, mime: str = "text/html") -> tuple[Capture, ...]:
    """Return a good capture in each of the years."""
    return tuple(Capture(f"{year}0514093000", mime=mime) for year in years)


def error_capture(year: int, status: int = 404) -> Capture:
    """Return a capture of the page's absence."""
    return Capture(f"{year}1102120000", str(status))


_404, _410 = b.missing("this site"), b.missing("this site", 410)

LIVING = {
    "brewwiki.example/": alive("Home brewing wiki"),
    "yeastlab.example/strains.html": alive("Yeast strain comparison"),
    "hopatlas.example/varieties": alive("Atlas of hop varieties"),
    "mashcalc.example/": alive("Mash and sparge water calculator"),
    "beerjudges.example/guidelines": alive("Beer style guidelines"),
    "waterworks.example/brewing-water": alive("Brewing water chemistry explained"),
    "homebrewforum.example/": alive("Homebrew forum"),
    "kegerator.example/build": alive("Build your own kegerator"),
    "newclub.example/": alive("New Club, a home brewing club of homebrewers"),
    "xn--brukunst-0za.example/": alive("Bräukunst"),
    "maltings.example/malt-chart.pdf": living("Malt colour chart (PDF)", b.pdf()),
    "brewposter.example/process.gif": living("Poster of the brewing process", b.image()),
    "agency.example/food-safety.pdf": living(
        "Food safety at home", b.answer(b.article("Food safety", "Food safety"))
    ),
    "oldserver.example/labels": living("Bottle label maker", m.old_headers),
    "chatty.example/glossary": living(
        "Brewing glossary", m.many_headers(b.article("Glossary", "Every word"))
    ),
    "packed.example/starter": living(
        "Yeast starter guide", m.broken_gzip(b.article("Yeast starters", "A starter"))
    ),
    "hasty.example/infusion": living(
        "Infusion mash in detail", m.shorter_than_promised(b.article("Infusion", "The mash"))
    ),
    "brauwelt.example/wuerze": living("Würze und Gärung", m.wrong_encoding("Würze")),
    "bulky.example/log": living("Brew log of twenty years", m.endless_body),
    "cookiejar.example/recipes": living(
        "Recipe database",
        b.requires_cookie(b.answer(b.article("Recipes", "A recipe"))),
    ),
    "headless.example/adjuncts": living(
        "Adjuncts and sugars", b.get_only(b.answer(b.article("Adjuncts", "Sugar")))
    ),
    "moved.example/old-brewing-guide": Target(
        "Extract brewing guide",
        Truth.LIVING,
        b.redirect("/guide", 301),
        other_paths={"/guide": b.answer(b.article("Extract brewing guide", "Extract brewing"))},
    ),
    "winding.example/partial-mash": living(
        "Partial mash walkthrough",
        b.redirect_chain(4, b.answer(b.article("Partial mash", "The partial mash"))),
    ),
    "sixonly.example/ale": living(
        "Cask ale at home", b.answer(b.article("Cask ale", "Serving ale")), ADDRESS_V6
    ),
}

DEAD = {
    "hopsandmore.example/storage-guide": gone(
        "Hop storage guide", _404, *good_captures(2018, 2021), error_capture(2023)
    ),
    "brewschool.example/lessons/all-grain": gone(
        "All-grain brewing lessons", _404, *good_captures(2016, 2019)
    ),
    "brewschool.example/lessons/sparging": Target(
        "Sparging step by step",
        Truth.DEAD,
        _404,
        good_captures(2019),
        other_paths={
            "/": b.answer(b.page("Brew school", '<a href="/guides/7">Sparging step by step</a>')),
            "/guides/7": b.answer(b.article("Sparging step by step", "Sparging")),
        },
    ),
    "brewschool.example/lessons/bottling": gone(
        "Bottling day", _404, *good_captures(2019), error_capture(2022)
    ),
    "cellarnotes.example/lagering": gone("Lagering in a fridge", _404),
    "county-extension.example/fermentation.pdf": gone(
        "Fermentation safety sheet", _404, *good_captures(2017, mime=PDF)
    ),
    "vanishing.example/carbonation": gone("Carbonation table", _404, *good_captures(2013)),
    "meadcraft.example/first-mead": gone("Your first mead", _410, *good_captures(2015, 2020)),
    "recipevault.example/stout": gone("Dry stout recipe", _410),
    "circles.example/wort-chiller": gone(
        "Wort chiller plans", b.redirect_loop(), *good_captures(2016)
    ),
    "mazes.example/kettle": gone("Kettle modification", b.redirect_chain(50, _404)),
    "sold.example/beer-tap-plans": gone(
        "Beer tap plans",
        b.redirect("http://gone-registrar-page.example/lander"),
        *good_captures(2018),
    ),
    "thebrewclub.example/links": no_host("The Brew Club", *good_captures(2012, 2017)),
    "bottlecap-museum.example/": no_host("Bottle cap museum", *good_captures(2014)),
    "yeastbank.example/culture": no_host("Yeast culturing at home"),
    "shop.maltmill.example/crushers": no_host("Grain crushers compared", *good_captures(2019)),
    "ftp.hoplands.example/charts": no_host("Hop alpha charts", address=NO_ADDRESS),
}

ERROR_PAGE = b.answer(
    b.page(
        "Page not found",
        "<p>Sorry, we could not find what you were looking for. It may have been removed, or its"
        " address may have changed when we built our new shop. Please use the search above, have a"
        " look at our categories, or write to us and we will gladly help you find it. Thank you for"
        " your patience, and happy brewing from all of us behind the counter.</p>",
    )
)
PARKING_PAGE = b.answer(
    b.page(
        "brewpedia.example is for sale",
        "<p>This domain is for sale. Buy this domain today, or make an offer.</p>"
        "<ul><li>Brewing kits</li><li>Beer online</li><li>Malt</li></ul>",
    )
)
GAMBLING_PAGE = b.answer(
    b.page(
        "Situs Slot Gacor Hari Ini: Daftar Judi Online Terpercaya",
        "<p>Situs slot gacor dengan bonus member baru, deposit pulsa tanpa potongan dan jackpot"
        " setiap hari. Daftar sekarang dan menangkan judi online bersama kami.</p>",
        language="id",
    )
)
SUSPENDED_PAGE = b.answer(
    b.page(
        "Account Suspended",
        "<p>This Account has been suspended. Contact your hosting provider for more information.",
    )
)

SOFT_404S = {
    "hopstore.example/products/cascade-pellets": Target(
        "Cascade hops for brewing",
        Truth.DEAD,
        ERROR_PAGE,
        good_captures(2019),
        otherwise=ERROR_PAGE,
    ),
    "oldguide.example/brewing/step-by-step": Target(
        "Brewing step by step",
        Truth.DEAD,
        b.redirect("/", 301),
        good_captures(2018),
        otherwise=b.redirect("/", 301),
    ),
    "brewpedia.example/history": Target(
        "History of brewing", Truth.DEAD, PARKING_PAGE, good_captures(2015), whole_host=True
    ),
    "brewtools.example/refractometer": Target(
        "Refractometer correction",
        Truth.DEAD,
        b.answer(b.page("brewtools.example", "<p>Related searches</p>")),
        good_captures(2016),
        whole_host=True,
        name_servers=("ns1.sedoparking.com", "ns2.sedoparking.com"),
    ),
    "brewersguild.example/newsletter": Target(
        "Newsletter of the Brewers' Guild",
        Truth.DEAD,
        GAMBLING_PAGE,
        good_captures(2017, 2019),
        whole_host=True,
    ),
    "cellarclub.example/tastings": Target(
        "Tasting notes of the Cellar Club",
        Truth.DEAD,
        SUSPENDED_PAGE,
        good_captures(2020),
        whole_host=True,
    ),
}

MOVED = {
    "brewdigest.example/faq": Target(
        "Frequently asked brewing questions",
        Truth.MOVED,
        b.redirect("http://brewdigest-archive.example:{port}/faq", 301),
        other_paths={"/": b.redirect("http://brewdigest-archive.example:{port}/", 301)},
    ),
    "brewdigest-archive.example/faq": alive("Frequently asked brewing questions"),
}

REFUSING = {
    "shielded.example/clone-recipes": refusing("Clone recipes", block_page("cloudflare")),
    "shielded-too.example/hydrometer": refusing(
        "Hydrometer correction", block_page("cloudflare-old")
    ),
    "edge.example/grain-bill": refusing("Grain bill designer", block_page("akamai")),
    "guarded.example/ipa": refusing("IPA handbook", block_page("datadome")),
    "fenced.example/lambic": refusing("Lambic timeline", block_page("imperva")),
    "humans.example/porter": refusing("Porter through the ages", block_page("perimeterx")),
    "cloudy.example/saison": refusing("Saison yeasts", block_page("aws-waf")),
    "juicy.example/hazy": refusing("Hazy beer myths", block_page("sucuri")),
    "hashing.example/mild": refusing("Mild ale guide", block_page("anubis")),
    "bigsupport.example/bitter": refusing("Bitter recipes", block_page("f5")),
    "members.example/archive": refusing(
        "Members' brew archive",
        b.refusal(401, {"WWW-Authenticate": 'Basic realm="Members"'}),
    ),
    "paid.example/course": refusing("Online brewing course", b.refusal(402)),
    "forbidden.example/sours": refusing("Sour beer primer", b.refusal(403)),
    "getless.example/cider": refusing("Cider for brewers", b.refusal(405, {"Allow": "POST"})),
    "picky.example/kveik": refusing("Kveik overview", b.refusal(406)),
    "legal.example/moonshine": refusing("Distilling law", b.refusal(451)),
    "network.example/in/brewer": refusing("A brewer's profile", b.refusal(999)),
    "club-intern.example/minutes": Target(
        "Club minutes",
        Truth.REFUSING,
        b.redirect("/login?next=/minutes"),
        other_paths={"/login": b.answer(b.page("Log in", "<form method=post>Members only</form>"))},
    ),
}

FAILING = {
    "busy.example/calculator": failing(
        "Priming sugar calculator", b.refusal(429, {"Retry-After": "3600"})
    ),
    "upgrade.example/timer": failing("Boil timer", b.refusal(503, {"Retry-After": "1800"})),
    "downtime.example/podcast": failing("Brewing podcast", b.refusal(503)),
    "broken.example/abv": failing("ABV calculator", b.refusal(500)),
    "gateway.example/water-report": failing("Water report archive", b.refusal(502)),
    "origin.example/enzymes": failing("Enzymes in the mash", b.refusal(520)),
    "wholly-missing.example/maps": failing("Map of breweries", _404),
    "closed.example/pumps": Target("Pump comparison", Truth.FAILING, closed=True),
    "rude.example/filters": failing("Beer filters", m.reset),
    "silent.example/kegs": failing("Keg cleaning", m.empty_reply),
    "sleepy.example/barrels": failing("Barrel ageing", m.hang),
    "shaky-names.example/wheat": failing("Wheat beer notes", None, SERVFAIL),
    "curt-names.example/rye": failing("Rye beer notes", None, REFUSED),
    "mute-names.example/oats": failing("Oatmeal stout notes", None, SILENT),
}

UNDECIDED = {
    "particular.example/gruit": undecided("Gruit herbs", b.refusal(400)),
    "shorthand.example/braggot": undecided("Braggot ratios", b.refusal(501)),
    "speechless.example/gose": undecided("Gose with salt", b.refusal(204)),
    "later.example/bock": undecided("Bock season", b.refusal(202)),
    "undirected.example/dunkel": undecided("Dunkel malts", b.redirect_nowhere()),
    "appshell.example/planner": undecided(
        "Brew day planner",
        b.answer('<div id="root"></div><script src="/app.js"></script>'),
    ),
    "babble.example/altbier": undecided("Altbier notes", m.malformed),
}

NOT_CHECKED = {
    "norobots.example/scales": Target(
        "Gram scales tested",
        Truth.NOT_CHECKED,
        b.answer(b.article("Scales", "Weighing")),
        other_paths={
            "/robots.txt": b.answer("User-agent: *\nDisallow: /scales\n", content_type="text/plain")
        },
    ),
    "intranet.example/brewhouse": Target("Brewhouse log", Truth.NOT_CHECKED, address="10.1.2.3"),
    "trap.example/metadata": Target(
        "Brew metadata", Truth.NOT_CHECKED, b.redirect("http://169.254.169.254/latest/meta-data/")
    ),
}

TARGETS: dict[str, Target] = (
    LIVING | DEAD | SOFT_404S | MOVED | REFUSING | FAILING | UNDECIDED | NOT_CHECKED
)

REGISTERED_DOMAINS = ("maltmill.example", "hoplands.example")
"""They exist and have an address, while the hosts linked to under them are gone."""

REGISTRATIONS = {
    "bottlecap-museum.example": date(2003, 6, 1),  # on hold: it is gone from the DNS all the same
    "yeastbank.example": date(1999, 2, 17),
    "brewersguild.example": date(2022, 8, 9),  # by others, after the guild let it go
}
"""When domains were registered, as far as the demo's registry is asked about them."""
