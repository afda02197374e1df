"""Hosts whose failure may pass, answers that say nothing, and targets not to be asked at all."""

from __future__ import annotations

from brokenlinks.demo.behaviours import answer, redirect, redirect_nowhere, refusal
from brokenlinks.demo.misbehaviours import empty_reply, hang, malformed, reset
from brokenlinks.demo.names import REFUSED, SERVFAIL, SILENT
from brokenlinks.demo.server import Behaviour, Site
from brokenlinks.demo.wayback import Capture
from tests.labelled.case import Case
from tests.labelled.tuned.pages import (
    Page,
    Place,
    Story,
    copies,
    drupal,
    handmade,
    nextjs,
    prose,
    served,
    shop,
    static,
    university,
    wordpress,
)

SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"/><title>{name}</title>
<link rel="manifest" href="/manifest.json"/><script defer src="/static/js/main.{build}.js"></script>
<link href="/static/css/main.{build}.css" rel="stylesheet"></head><body><noscript>You need to enable
JavaScript to run this app.</noscript><div id="root"></div></body></html>"""
ANGULAR = """<!doctype html><html lang="de"><head><base href="/"><title>Kartenportal</title>
<link rel="stylesheet" href="styles.77aa.css"></head><body><app-root><div class="spinner">Lädt …
</div></app-root><script src="runtime.1b2c.js" type="module"></script><script src="main.9d8e.js"
type="module"></script></body></html>"""
WORDPRESS_500 = """<!DOCTYPE html><html lang="en-US"><head><title>WordPress &rsaquo; Error</title>
</head><body id="error-page"><div class="wp-die-message"><h1>Error establishing a database
connection</h1></div></body></html>"""
CLOUDFLARE_52X = """<!DOCTYPE html><html lang="en-US"><head><title>{host} | {status}: {said}</title>
</head><body><div id="cf-wrapper"><h1>{said}<span>Error code {status}</span></h1><p>You: working.
Cloudflare: working. {host}: error.</p><p>Ray ID: 8d0c1b2a3f4e5d6c</p></div></body></html>"""


def from_cloudflare(host: str, status: int, said: str) -> Behaviour:
    """Answer as Cloudflare does when the server behind it fails."""
    body = CLOUDFLARE_52X.format(host=host, status=status, said=said)
    return answer(body, status, headers={"Server": "cloudflare", "CF-RAY": "8d0c1b2a3f4e5d6c-AMS"})


def failing(
    name: str, url: str, anchor: str, behaviour: Behaviour, *archived: str, text: str = ""
) -> Case:
    """Return the case of a host that fails at every path; it had `text` when it was `archived`."""
    host, _, path = url.partition("/")
    then = handmade(Place(host, host, handmade, ""), Page(f"/{path}", anchor, prose(text)))
    captures = copies(host, f"/{path}", then, *archived)
    return Case(name, ("transient",), url, anchor, {host: Site(behaviour)}, captures=captures)


def unresolved(name: str, url: str, anchor: str, failure: str) -> Case:
    """Return the case of a host whose name servers fail."""
    host = url.partition("/")[0]
    return Case(name, ("transient",), url, anchor, names={host: failure})


def telling_nothing(name: str, anchor: str, place: Place, path: str, behaviour: Behaviour) -> Case:
    """Return the case of a page that answers so that nothing can be told, on a living site."""
    return Case(name, ("unknown",), f"{place.host}{path}", anchor, place.sites({path: behaviour}))


def application(name: str, anchor: str, url: str, shell: str) -> Case:
    """Return the case of an application that is nothing but scripts, at whatever path."""
    host = url.partition("/")[0]
    site = Site(answer(shell), {"/robots.txt": refusal(404)})
    return Case(name, ("unknown",), url, anchor, {host: site})


def not_asked(name: str, anchor: str, place: Place, path: str, rules: str) -> Case:
    """Return the case of a page that is there, and that robots.txt asks us to leave alone."""
    story = Story(path, anchor, "Robots are asked to leave this page alone. People are welcome.")
    paths = {
        "/robots.txt": answer(rules, content_type="text/plain"),
        path: answer(served(place, story)),
    }
    return Case(name, ("unchecked",), f"{place.host}{path}", anchor, place.sites(paths))


DATABASE_DOWN = Place(
    "a-windmill-trust.example",
    "Windmill Trust",
    wordpress,
    "Five mills and how to visit them.",
    ("Mills", "Flour"),
)
BLANK = Place(
    "a-heraldry-desk.example", "Heraldry Desk", drupal, "Arms explained.", ("Arms", "Crests")
)
STRICT = Place("a-star-charts.example", "Star Charts", nextjs, "Charts by month.", ("Charts",))
LOST = Place("a-fern-house.example", "Fern House", shop, "Ferns by post.", ("Ferns", "Spores"))
QUIET = Place(
    "a-herbarium-sheets.example",
    "Herbarium",
    university,
    "Ninety thousand sheets of dried plants.",
    ("Sheets", "Loans"),
)
PRIVATE = Place("a-letters-home.example", "Letters Home", static, "Letters.", ("1914", "1915"))
HOSTILE = Place("a-open-redirect.example", "Brew Maps", static, "Maps.", ("Maps",))
OFFICE = Place("a-scout-hut.example", "Scout Hut", handmade, "Knots and tents.", ("Knots",))

CASES: tuple[Case, ...] = (
    unresolved(
        "name_servers_fail",
        "a-glass-harmonica.example/history",
        "history of the glass harmonica",
        SERVFAIL,
    ),
    unresolved(
        "name_servers_refuse",
        "a-dry-stone.example/walls",
        "dry stone walls",
        REFUSED,
    ),
    unresolved(
        "name_servers_are_silent",
        "a-watermark-index.example/",
        "index of watermarks",
        SILENT,
    ),
    Case(
        "nobody_listens_at_the_port",
        ("transient",),
        "a-oak-gall-ink.example/recipe.html",
        "oak gall ink",
        {"a-oak-gall-ink.example": Site(reset)},
        captures={
            "a-oak-gall-ink.example/recipe.html": (
                Capture("20250211120000", body="<title>Oak gall ink</title><p>Crush the galls."),
            )
        },
        closed=True,
    ),
    failing(
        "connection_is_reset",
        "a-bobbin-mill.example/turning",
        "turning bobbins",
        reset,
    ),
    failing(
        "reply_is_empty",
        "a-tin-whistle.example/tunes",
        "tunes for the tin whistle",
        empty_reply,
        "20230505120000",
        text="A hundred tunes in order of how much the neighbours mind.",
    ),
    failing(
        "server_never_answers",
        "a-cold-frames.example/build",
        "building cold frames",
        hang,
    ),
    failing(
        "too_many_requests",
        "a-comet-watch.example/ephemeris",
        "comet positions tonight",
        refusal(429, {"Retry-After": "3600"}),
    ),
    failing(
        "closed_for_maintenance",
        "a-teachers-net.example/worksheets",
        "worksheets for fractions",
        answer(
            "<title>Down for maintenance</title><h1>We'll be back soon!</h1><p>We are making some"
            " improvements and will be online again shortly.</p>",
            503,
            headers={"Retry-After": "7200"},
        ),
        "20260901080000",
        text="Forty worksheets with answers, free for use in class.",
    ),
    Case(
        "database_is_down",
        ("transient",),
        f"{DATABASE_DOWN.host}/mills/post-mill",
        "how a post mill works",
        {DATABASE_DOWN.host: Site(answer(WORDPRESS_500, 500), {"/robots.txt": refusal(404)})},
    ),
    failing(
        "bad_gateway",
        "a-signal-boxes.example/lever-frames",
        "lever frames",
        answer(
            "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway"
            "</h1></center><hr><center>nginx/1.24.0</center></body></html>",
            502,
        ),
    ),
    failing(
        "gateway_timeout",
        "a-county-weather.example/almanac",
        "county weather almanac",
        refusal(504, {"Server": "awselb/2.0"}),
    ),
    failing(
        "certificate_trouble_behind_cloudflare",
        "a-endgame-tables.example/kqkr",
        "queen against rook",
        from_cloudflare("a-endgame-tables.example", 525, "SSL handshake failed"),
        "20240808080000",
        text="The queen wins in thirty-one moves at most, which is more than most of us can find.",
    ),
    failing(
        "unknown_error_behind_cloudflare",
        "a-vinegar-mothers.example/start",
        "starting vinegar",
        from_cloudflare("a-vinegar-mothers.example", 520, "Unknown error"),
    ),
    application(
        "application_of_react",
        "seed exchange",
        "a-swap-your-seeds.example/offers/1182",
        SHELL.format(name="Swap your seeds", build="4f9a1c2e"),
    ),
    application(
        "application_of_angular",
        "historische Karten der Stadt",
        "a-kartenportal-alt.example/karte/1822",
        ANGULAR,
    ),
    telling_nothing("page_is_empty", "coats of arms", BLANK, "/arms/lions", answer("")),
    telling_nothing(
        "bad_request",
        "star chart for March",
        STRICT,
        "/charts/march",
        answer("<html><body><h1>Bad Request (400)</h1></body></html>", 400),
    ),
    telling_nothing(
        "redirect_without_a_destination", "tree ferns", LOST, "/ferns/tree", redirect_nowhere(301)
    ),
    telling_nothing("not_http_at_all", "sheet of 1768", QUIET, "/sheets/1768-11", malformed),
    not_asked(
        "robots_are_kept_from_a_folder",
        "letters of 1915",
        PRIVATE,
        "/1915/march.html",
        "User-agent: *\nDisallow: /1915/\nDisallow: /search\n",
    ),
    not_asked(
        "robots_are_kept_from_everything",
        "photographs of steam ploughs",
        Place("a-steam-ploughs.example", "Steam Ploughs", handmade, "Photographs.", ("Ploughs",)),
        "/ploughs.html",
        "# no robots please\nUser-agent: *\nDisallow: /\n",
    ),
    Case(
        "redirect_to_the_metadata_of_a_cloud",
        ("unchecked",),
        f"{HOSTILE.host}/maps/breweries",
        "map of breweries",
        HOSTILE.sites(
            {"/maps/breweries": redirect("http://169.254.169.254/latest/meta-data/iam/")}
        ),
    ),
    Case(
        "redirect_into_an_office_network",
        ("unchecked",),
        f"{OFFICE.host}/knots/bowline",
        "tying a bowline",
        OFFICE.sites({"/knots/bowline": redirect("http://files.a-scout-hut.example:{port}/knots")}),
        {"files.a-scout-hut.example": "192.168.1.50"},
    ),
    Case(
        "name_with_a_private_address",
        ("unchecked",),
        "wiki.a-brewhouse-intranet.example/yeast",
        "our yeast log",
        names={"wiki.a-brewhouse-intranet.example": "10.20.0.7"},
    ),
)
