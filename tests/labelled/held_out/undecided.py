"""Links nobody can judge from what is answered, and links that must not be asked at all."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from brokenlinks.demo import misbehaviours as m
from brokenlinks.demo.server import Behaviour, Site
from tests.labelled.case import Case
from tests.labelled.held_out.pages import Publisher, Story, drupal, static, wordpress

UNKNOWN = ("unknown",)
UNCHECKED = ("unchecked",)
SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"/>
<link rel="icon" href="/favicon.ico"/><meta name="viewport" content="width=device-width"/>
<title>Orchard Atlas</title><script defer="defer" src="/static/js/main.6ab81c3d.js"></script>
<link href="/static/css/main.073c9b0a.css" rel="stylesheet"></head><body><noscript>You need to
enable JavaScript to run this app.</noscript><div id="root"></div></body></html>"""
ATLAS = Publisher(
    "a-orchardatlas.test",
    "Orchard Atlas",
    "Traditional orchards on one map.",
    drupal,
    ("Map", "Orchards"),
)
ORCHARD = Story(
    "/orchards/colwall",
    "Colwall village orchard",
    """
Planted in 1947 on the site of the vinegar works: sixty-two standards on seedling stock, among them
the only known Colwall Quoining apple of that age. Grazed by sheep from June.
""",
)
TIED = Publisher(
    "a-parish-magazine.test",
    "Parish Magazine",
    "Letters, rotas and recipes.",
    static,
    ("Issues",),
)
RECIPES = Publisher(
    "a-museumkitchen.test",
    "The Museum Kitchen",
    "Cooking from manuscripts.",
    wordpress,
    ("Recipes", "Sources"),
)


def undecided(
    name: str,
    url: str,
    anchor: str,
    behaviour: Behaviour,
    *,
    verdicts: tuple[str, ...] = UNKNOWN,
) -> Case:
    """Return the case of an odd answer from a host that is otherwise in order."""
    host, _, path = url.partition("/")
    publisher = Publisher(host, host.removesuffix(".test"), "Here since 2003.", static, ("About",))
    return Case(name, verdicts, url, anchor, {host: publisher.site({f"/{path}": behaviour})})


CASES = (
    Case(
        "unknown_shell_of_an_app",
        UNKNOWN,
        f"{ATLAS.host}{ORCHARD.path}",
        "Colwall village orchard",
        {ATLAS.host: Site(b.answer(SHELL), {"/robots.txt": b.refusal(404)})},
        captures={f"{ATLAS.host}{ORCHARD.path}": ATLAS.archived(ORCHARD, "20170707070707")},
    ),
    undecided("unknown_empty_page", "a-glovers.test/patterns/gauntlet", "gauntlets", b.answer("")),
    undecided(
        "unknown_400_bad_request",
        "a-coinhoards.test/hoard?id=%2C12",
        "the hoard of Crondall",
        b.refusal(400),
    ),
    undecided("unknown_204_no_content", "a-treerings.test/oak/1540", "oak rings", b.refusal(204)),
    undecided(
        "unknown_garbage_for_an_answer",
        "a-teletype.test/baudot",
        "the Baudot code",
        m.malformed,
        verdicts=("unknown", "transient"),
    ),
    undecided(
        "unknown_redirect_without_location",
        "a-barometers.test/stick/1720",
        "stick barometers",
        b.redirect_nowhere(302),
    ),
    Case(
        "unchecked_refused_by_robots_txt",
        UNCHECKED,
        "a-quiet-reading-room.test/catalogue/maps",
        "map catalogue of the reading room",
        {
            "a-quiet-reading-room.test": Site(
                b.answer(b.article("Map catalogue", "Reading old maps")),
                {
                    "/robots.txt": b.answer(
                        "# No robots, thank you.\nUser-agent: *\nDisallow: /\n",
                        content_type="text/plain",
                    )
                },
            )
        },
    ),
    Case(
        "unchecked_section_refused_by_robots_txt",
        UNCHECKED,
        f"{TIED.host}/archive/1961-09.html",
        "parish magazine, September 1961",
        {
            TIED.host: TIED.site(
                {
                    "/robots.txt": b.answer(
                        "User-agent: *\nCrawl-delay: 1\nDisallow: /archive/\nDisallow: /rotas\n",
                        content_type="text/plain",
                    ),
                    "/archive/1961-09.html": b.answer(b.article("September 1961", "Bottling")),
                }
            )
        },
    ),
    Case(
        "unchecked_name_of_a_private_address",
        UNCHECKED,
        "a-intranet-brewery.test/wiki/yeast-bank",
        "our yeast bank",
        names={"a-intranet-brewery.test": "10.20.30.40"},
    ),
    Case(
        "unchecked_redirect_to_the_metadata_service",
        UNCHECKED,
        f"{RECIPES.host}/recipes/frumenty",
        "frumenty, a wheat pudding",
        {
            RECIPES.host: RECIPES.site(
                {"/recipes/frumenty": b.redirect("http://169.254.169.254/latest/meta-data/")}
            )
        },
    ),
    Case(
        "unchecked_link_into_a_home_network",
        UNCHECKED,
        "192.168.178.20/photos/maypole.html",
        "maypole photographs",
    ),
)
