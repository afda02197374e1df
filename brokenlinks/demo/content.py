"""The story of the demo web: home brewers' links pages, and where their links lead today.

The truth about every target stands beside it, so that tests can compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.names import NO_ADDRESS, SERVFAIL
from brokenlinks.demo.pages import RESOURCE_PAGES, LinksPage
from brokenlinks.demo.server import ADDRESS_V6, Behaviour, LoopbackWeb, Site
from brokenlinks.demo.wayback import Capture, LoopbackWayback

DEMO_NICHE = "home brewing"
DEMO_PORT = 8765
WAYBACK_HOST = "wayback.example"
CANARIES = ("canary-one.example", "canary-two.example", "canary-three.example")
CLOSED_PORT = 9
"""The discard service's port, which nothing listens on."""


class Truth(StrEnum):
    """What is really the case with a target."""

    DEAD = "dead"
    LIVING = "living"
    REFUSING = "refusing"
    FAILING = "failing"
    """It does not answer now; only time can tell."""
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: what it is about, how it behaves, what is true, what the archive has."""

    about: str
    truth: Truth
    behaviour: Behaviour | None = None
    address: str = "127.0.0.1"
    captures: tuple[Capture, ...] = ()
    port: int | None = None


def alive(about: str) -> Target:
    return Target(about, Truth.LIVING, b.answer(b.article(about, about)))


def living(about: str, behaviour: Behaviour, address: str = "127.0.0.1") -> Target:
    return Target(about, Truth.LIVING, behaviour, address)


def dead(about: str, behaviour: Behaviour | None, *captures: Capture) -> Target:
    return Target(about, Truth.DEAD, behaviour, captures=captures)


def refusing(about: str, behaviour: Behaviour) -> Target:
    return Target(about, Truth.REFUSING, behaviour)


def failing(about: str, behaviour: Behaviour | None, **other: object) -> Target:
    return Target(about, Truth.FAILING, behaviour, **other)  # type: ignore[arg-type]


def good(*years: int) -> tuple[Capture, ...]:
    return tuple(Capture(f"{year}0514093000") for year in years)


def gone_since(year: int) -> Capture:
    return Capture(f"{year}1102120000", "404")


GONE_404, GONE_410 = b.missing("this site"), b.missing("this site", 410)

TARGETS: dict[str, Target] = {
    # --- living, in every way a page can live ---
    "brewwiki.example/": alive("Home brewing wiki"),
    "yeastlab.example/strains.html": alive("Yeast strain comparison"),
    "hopatlas.example/varieties": alive("Atlas of hop varieties"),
    "mashcalc.example/": alive("Mash and sparge water calculator"),
    "beerjudges.example/guidelines": alive("Beer style guidelines"),
    "waterworks.example/brewing-water": alive("Brewing water chemistry explained"),
    "homebrewforum.example/": alive("Homebrew forum"),
    "kegerator.example/build": alive("Build your own kegerator"),
    "maltings.example/malt-chart.pdf": living(
        "Malt colour chart (PDF)", b.answer(b"%PDF-1.4 malt", content_type="application/pdf")
    ),
    "oldserver.example/labels": living("Bottle label maker", b.sloppy_headers),
    "packed.example/starter": living("Yeast starter guide", b.broken_gzip(b.article("x", "y"))),
    "brauwelt.example/wuerze": living("Würze und Gärung", b.lying_about_its_encoding("Würze")),
    "cookiejar.example/recipes": living(
        "Recipe database", b.once_the_cookie_is_back(b.article("Recipes", "A recipe"))
    ),
    "moved.example/old-brewing-guide": living(
        "Extract brewing guide", b.redirect("http://{host}/guide", 301)
    ),
    "sixonly.example/ale": living(
        "Cask ale at home", b.answer(b.article("Cask ale", "Serving ale")), ADDRESS_V6
    ),
    "xn--brukunst-0za.example/": alive("Bräukunst"),
    "bulky.example/log": living("Brew log of twenty years", b.endless_body),
    # --- dead, in every way that is judged so far ---
    "hopsandmore.example/storage-guide": dead(
        "Hop storage guide", GONE_404, *good(2018, 2021), gone_since(2023)
    ),
    "brewschool.example/lessons/all-grain": dead(
        "All-grain brewing lessons", GONE_404, *good(2016, 2019)
    ),
    "brewschool.example/lessons/sparging": dead("Sparging step by step", GONE_404, *good(2019)),
    "cellarnotes.example/lagering": dead("Lagering in a fridge", GONE_404),
    "county-extension.example/fermentation.pdf": dead(
        "Fermentation safety sheet", GONE_404, Capture("20170301080000", mime="application/pdf")
    ),
    "meadcraft.example/first-mead": dead("Your first mead", GONE_410, *good(2015, 2020)),
    "recipevault.example/stout": dead("Dry stout recipe", GONE_410),
    "thebrewclub.example/links": dead("The Brew Club", None, *good(2012, 2017)),
    "bottlecap-museum.example/": dead("Bottle cap museum", None, *good(2014)),
    "yeastbank.example/culture": dead("Yeast culturing at home", None),
    "shop.maltmill.example/crushers": dead("Grain crushers compared", None, *good(2019)),
    "ftp.hoplands.example/charts": dead("Hop alpha charts", None),
    "circles.example/wort-chiller": dead(
        "Wort chiller plans", b.redirect("http://{host}/wort-chiller"), *good(2016)
    ),
    "mazes.example/kettle": dead("Kettle modification", b.endless_redirects()),
    "sold.example/beer-tap-plans": dead(
        "Beer tap plans", b.redirect("http://gone-registrar-page.example/lander"), *good(2018)
    ),
    "vanishing.example/carbonation": dead("Carbonation table", GONE_404, *good(2013)),
    # --- refusing us, while a visitor may well see the page ---
    "shielded.example/clone-recipes": refusing("Clone recipes", b.cloudflare(403)),
    "shielded-too.example/hydrometer": refusing("Hydrometer correction", b.cloudflare(503)),
    "edge.example/grain-bill": refusing("Grain bill designer", b.akamai()),
    "guarded.example/ipa": refusing("IPA handbook", b.datadome()),
    "members.example/archive": refusing("Members' brew archive", b.answer("", 401)),
    "paid.example/course": refusing("Online brewing course", b.answer("", 402)),
    "forbidden.example/sours": refusing("Sour beer primer", b.answer("Forbidden", 403)),
    "getless.example/cider": refusing("Cider for brewers", b.answer("", 405)),
    "picky.example/kveik": refusing("Kveik overview", b.answer("", 406)),
    "legal.example/moonshine": refusing("Distilling law", b.answer("", 451)),
    "network.example/in/brewer": refusing("A brewer's profile", b.answer("", 999)),
    "busy.example/calculator": refusing(
        "Priming sugar calculator", b.answer("", 429, headers={"Retry-After": "3600"})
    ),
    "club-intern.example/minutes": refusing(
        "Club minutes", b.redirect("http://{host}/login?next=/minutes")
    ),
    # --- failing now ---
    "downtime.example/podcast": failing("Brewing podcast", b.answer("", 503)),
    "upgrade.example/timer": failing(
        "Boil timer", b.answer("", 503, headers={"Retry-After": "1800"})
    ),
    "broken.example/abv": failing("ABV calculator", b.answer("Internal Server Error", 500)),
    "closed.example/pumps": failing("Pump comparison", None, port=CLOSED_PORT),
    "rude.example/filters": failing("Beer filters", b.reset),
    "silent.example/kegs": failing("Keg cleaning", b.empty_reply),
    "sleepy.example/barrels": failing("Barrel ageing", b.hang),
    "shaky-names.example/wheat": failing("Wheat beer notes", None, address=SERVFAIL),
    "wholly-missing.example/maps": failing("Map of breweries", GONE_404),
    "newclub.example/": alive("New Club, a home brewing club of homebrewers"),
    # --- not asked ---
    "norobots.example/scales": Target(
        "Gram scales tested", Truth.UNASKED, b.answer(b.article("Scales", "Weighing"))
    ),
    "intranet.example/brewhouse": Target("Brewhouse log", Truth.UNASKED, address="10.1.2.3"),
    "trap.example/metadata": Target(
        "Brew metadata", Truth.UNASKED, b.redirect("http://169.254.169.254/latest/meta-data/")
    ),
}

NAMES_WITHOUT_SITES = {
    "maltmill.example": "127.0.0.1",
    "hoplands.example": "127.0.0.1",
    "ftp.hoplands.example": NO_ADDRESS,
    "www.ftp.hoplands.example": NO_ADDRESS,
}


class DemoWeb(LoopbackWeb):
    """The demo's sites on one port; `wayback.mode` makes the archive fail."""

    def __init__(self, port: int = 0) -> None:
        self.wayback = LoopbackWayback({key: t.captures for key, t in TARGETS.items()})
        sites = {WAYBACK_HOST: Site(self.wayback)}
        sites |= {host: Site(b.answer(b.page(host, "<p>Here.</p>"))) for host in CANARIES}
        for key, target in TARGETS.items():
            _put_up(sites, key, target)
        for links_page in RESOURCE_PAGES:
            _put_up_links(sites, links_page)
        super().__init__(sites, NAMES_WITHOUT_SITES, port=port)

    def target_url(self, key: str) -> str:
        """Return the address of one of TARGETS as the demo's pages link to it."""
        return target_url(key, self.port)

    def settings(self) -> dict[str, object]:
        """Return the settings that point the real program at this web."""
        return {
            "ALLOWED_NETWORKS": ["127.0.0.0/8", "::1/128"],
            "DNS_NAMESERVERS": [self.nameserver],
            "CANARY_URLS": [self.url(host) for host in CANARIES],
            "WAYBACK_URL": self.url(WAYBACK_HOST),
            "WAYBACK_CDX_PER_MINUTE": 6_000,
            "WAYBACK_PLAYBACK_PER_SECOND": 100,
            "DOWNLOAD_DELAY": 0.05,
            "PROBE_DELAY": 0.05,
            "PROBE_TIMEOUT": 2,
            "WAYBACK_PAUSE": 1,
            "DOWNLOAD_TIMEOUT": 2,
            "DNS_TIMEOUT": 2,
            "RETRY_AFTER_PATIENCE": 1,
            "RETRY_TIMES": 0,
        }


def target_url(key: str, port: int) -> str:
    """Return the address a links page has for a target."""
    host, _, path = key.partition("/")
    return f"http://{host}:{TARGETS[key].port or port}/{path}"


def seed_urls(web: DemoWeb) -> list[str]:
    """Return what a person would name: some links pages, and one site to explore."""
    return [web.url(page.host, page.path) for page in RESOURCE_PAGES if page.is_seed]


def _put_up(sites: dict[str, Site], key: str, target: Target) -> None:
    host, _, path = key.partition("/")
    if target.behaviour is None:
        if target.truth is not Truth.DEAD:
            sites[host] = Site(b.missing(host), address=target.address)
        return
    site = sites.setdefault(host, Site(b.missing(host), address=target.address))
    site.paths["/robots.txt"] = b.answer(ROBOTS.get(host, "User-agent: *\nDisallow:\n"))
    site.paths["/guide"] = b.answer(b.article(target.about, target.about))
    if host not in WITHOUT_A_HOME_PAGE:
        site.paths["/"] = b.answer(b.article(host, "Our site"))
    site.paths[f"/{path}"] = target.behaviour
    site.paths |= EXTRA_PATHS.get(host, {})
    if host in THE_SAME_EVERYWHERE:
        site.otherwise = target.behaviour
    elif target.truth is Truth.FAILING and host not in WITHOUT_A_HOME_PAGE:
        sites[host] = Site(target.behaviour, address=target.address)


def _put_up_links(sites: dict[str, Site], links_page: LinksPage) -> None:
    def about(key: str, port: int) -> tuple[str, str]:
        return target_url(key, port), TARGETS[key].about

    site = sites.setdefault(links_page.host, Site(b.missing(links_page.host)))
    site.paths[links_page.path] = links_page.behaviour(about)


ROBOTS = {"norobots.example": "User-agent: *\nDisallow: /scales\n"}
EXTRA_PATHS = {
    "club-intern.example": {"/login?next=/minutes": b.answer(b.page("Log in", "<form></form>"))}
}
THE_SAME_EVERYWHERE = frozenset({"mazes.example"})
WITHOUT_A_HOME_PAGE = frozenset({"wholly-missing.example"})
