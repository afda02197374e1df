"""Living pages behind redirects within their own site."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour
from tests.labelled.case import Case
from tests.labelled.held_out.pages import (
    Publisher,
    Story,
    drupal,
    government,
    news,
    serve,
    static,
    typo3,
    wordpress,
)


def led(
    name: str, anchor: str, publisher: Publisher, story: Story, *, asked: str, hop: Behaviour
) -> Case:
    """Return the case of a page asked for at another path of its host."""
    paths = {asked: hop, story.path: serve(publisher.html(story))}
    return Case(
        name,
        ("alive", "moved"),
        f"{publisher.host}{asked}",
        anchor,
        {publisher.host: publisher.site(paths)},
    )


LUTES = Publisher(
    "a-luteworkshop.test",
    "The Lute Workshop",
    "Building and playing lutes after old masters.",
    static,
    ("Building", "Playing", "Recordings"),
)
RIBS = Story(
    "/building/ribs.html",
    "Bending the ribs of a lute",
    """
Thirteen ribs of yew, each one and a half millimetres thick and as long as your arm, are bent over
a hot iron until they fit the mould without being held. Sapwood and heartwood stand side by side in
one strip, cream and orange, so that the back looks as if it had twenty-six.

Joint each rib to its neighbour with a plane held upside down in the vice. The joint is right when
no light comes through; then a strip of parchment is glued inside it, and you go on to the next.
""",
)
WWW_LUTES = Publisher(f"www.{LUTES.host}", LUTES.name, LUTES.about, static, LUTES.sections)
DIALECT = Publisher(
    "a-mundartatlas.test",
    "Mundartatlas",
    "Wie man wo sagt: Karten zur Alltagssprache.",
    typo3,
    ("Karten", "Fragebogen", "Projekt"),
    language="de",
    others=("Brötchen", "Viertel nach zehn", "Kartoffel"),
)
MAP = Story(
    "/karten/apfelrest/",
    "Was vom Apfel bleibt",
    """
Butzen, Griebs, Krotze, Kitsch, Nüssel, Strunk: Für das, was vom Apfel übrig bleibt, kennt der
deutsche Sprachraum mehr als dreißig Wörter. Die Karte zeigt die Antworten von 6 412 Personen.

Auffällig ist die scharfe Grenze am Main. Südlich davon überwiegen Butzen und Butz, nördlich Griebs
und Kitsch. In den Städten des Ruhrgebiets liegen alle drei nebeneinander, oft in einer Familie.
""",
)
BLOG = Publisher(
    "blog.a-hedgelaying.test",
    "The Hedgelayer",
    "Billhook in hand since 1994.",
    wordpress,
    ("Hedges", "Tools"),
)
MAIN = Publisher(
    "a-hedgelaying.test",
    "Hedgelaying in the Marches",
    "Hedges laid, walls mended, courses in winter.",
    wordpress,
    ("Services", "Courses", "Blog"),
    others=("Courses this winter", "Prices by the chain"),
    kilobytes=6,
)
PLEACH = Story(
    "/blog/cutting-a-pleacher/",
    "Cutting a pleacher",
    """
Cut down and in, behind the stem, until it leans of its own accord. What is left is a tongue of
bark and a finger's breadth of wood, and that is enough for it to live another forty years.

Lay it uphill, on its neighbour, brush to the field side. Trim the stump at a slope so that rain
runs off. Then a stake every cubit, and heathering along the top.
""",
)
CLINIC = Publisher(
    "a-seedlibrary.test",
    "Seed Library of the Three Valleys",
    "Borrow seed in spring, bring seed back in autumn.",
    drupal,
    ("Catalogue", "Growing guides", "Events"),
    others=("Pea 'Carlin'", "Bean 'Sutherland'", "Packing day"),
)
FORMER = Publisher(
    "a-textile-heritage.test",
    "Friends of Belper Mill",
    "Friends of the north mill and its machines.",
    wordpress,
    ("The mill", "Visit"),
)
RENAMED = Publisher(
    FORMER.host,
    "Derwent Textile Heritage",
    "The mills of the valley, their machines and people.",
    news,
    ("Mills", "People", "Visit", "Support us"),
    others=("Looms run on Sunday", "A wheel restored", "Mill children, 1833"),
    kilobytes=45,
)
FRAME = Story(
    "/machines/water-frame",
    "The water frame",
    """
Arkwright's frame draws out the roving between three pairs of rollers, each turning faster than the
last, and twists it with a flyer on a spindle. A clockmaker built the first; a horse turned it
before the river did.

Ours is a frame of ninety-six spindles from 1790. Four of its rollers are original: they are made
of boxwood, covered with sheepskin, and soft as a glove.
""",
)

CASES = (
    Case(
        "alive_led_to_www",
        ("alive", "moved"),
        f"{LUTES.host}{RIBS.path}",
        "bending lute ribs",
        {
            LUTES.host: LUTES.site(
                {RIBS.path: b.redirect(f"http://{WWW_LUTES.host}:{{port}}{RIBS.path}", 301)}
            ),
            WWW_LUTES.host: WWW_LUTES.serving(RIBS),
        },
    ),
    led(
        "alive_led_to_trailing_slash",
        "Wörter für den Apfelrest",
        DIALECT,
        MAP,
        asked="/karten/apfelrest",
        hop=b.redirect("/karten/apfelrest/", 301),
    ),
    led(
        "alive_led_to_locale",
        "saving pea seed",
        CLINIC,
        Story(
            "/en-gb/growing/peas",
            "Saving seed from peas",
            """
Peas pollinate themselves before the flower opens, so that two varieties may stand side by side.
Mark six strong plants with wool and do not eat from them, however hard it is.

Leave the pods until they rattle. If rain comes, pull the whole plant and hang it head down in a
shed. Shell, sort out the holed ones, and freeze the rest for three days against weevils.
""",
        ),
        asked="/growing/peas",
        hop=b.redirect("/en-gb/growing/peas", 302, {"Vary": "Accept-Language"}),
    ),
    led(
        "alive_led_from_index_html_to_directory",
        "solitary bees of town gardens",
        Publisher(
            "a-beehotels.test",
            "Bee Hotels",
            "Reeds, logs and clay for bees that live alone.",
            static,
            ("Bees", "Build"),
        ),
        Story(
            "/bees/",
            "Who moves into a bee hotel",
            """
The red mason bee comes first, in April, and closes her door with mud. The leafcutter comes in June
and closes hers with discs of rose leaf, cut as if with a punch. The wool carder shaves lamb's ears.

None of them sting anybody who does not squeeze them. Holes of six to eight millimetres suit most;
drill across the grain, as deep as the bit goes, and sand the edge. Bees tear their wings on
splinters.
""",
        ),
        asked="/bees/index.html",
        hop=b.redirect("/bees/", 301),
    ),
    led(
        "alive_led_from_query_to_readable_address",
        "party-gyle brewing",
        Publisher(
            "a-partigyle.test",
            "Parti-Gyle",
            "One mash, two beers.",
            wordpress,
            ("Articles", "Calculators"),
            others=("Table beer", "Capping the mash"),
            kilobytes=16,
        ),
        Story(
            "/articles/parti-gyle-brewing/",
            "Parti-gyle brewing: two beers from one mash",
            """
The first running goes to the strong beer, the second to the small one. With a mash for 20 litres at
1.060 you may have 10 litres at 1.080 and 10 at 1.040, from a single morning's work.

Blend in the copper and not in the glass. Keep some of each wort back, unhopped, in a jug: a ladle
of the first puts body into the second, and nobody will ask what you did.
""",
        ),
        asked="/article.php?id=31",
        hop=b.redirect("/articles/parti-gyle-brewing/", 301),
    ),
    Case(
        "alive_led_from_blog_host_to_main_host",
        ("alive", "moved"),
        f"{BLOG.host}/2011/01/cutting-a-pleacher.html",
        "how to cut a pleacher",
        {
            BLOG.host: BLOG.site(
                {
                    "/2011/01/cutting-a-pleacher.html": b.redirect(
                        f"http://{MAIN.host}:{{port}}{PLEACH.path}", 301
                    )
                }
            ),
            MAIN.host: MAIN.serving(PLEACH),
        },
        captures={
            f"{BLOG.host}/2011/01/cutting-a-pleacher.html": BLOG.archived(PLEACH, "20110808120000")
        },
    ),
    led(
        "alive_root_led_to_language",
        "Ordnance maps of Malta",
        Publisher(
            "a-maltamaps.test",
            "Maps of Malta",
            "Sheets and plans from the siege to the surveys.",
            static,
            ("Sheets", "Harbours"),
        ),
        Story(
            "/en/",
            "Maps of Malta",
            """
Two hundred and sixty sheets, from the woodcuts of the siege in 1565 to the survey of 1957, with
every harbour, windmill and gun that the engineers thought worth a sign.

Choose a sheet by clicking on the island, or a harbour from the list. Scans may be used freely with
the shelf mark named.
""",
        ),
        asked="/",
        hop=b.redirect("/en/", 302),
    ),
    led(
        "alive_led_over_five_hops",
        "testing garden soil for lead",
        Publisher(
            "a-soilservice.test",
            "County Soil Service",
            "Soil tests for gardeners and growers.",
            government,
            ("Tests", "Fees", "Results"),
        ),
        Story(
            "/guidance/soil-testing",
            "Test your soil for lead",
            """
Take ten samples from the top fifteen centimetres, mix them in a clean bucket, and send a teacup of
the mixture. Do not send the bucket. The test costs 18 pounds and takes two weeks.

Below 80 milligrams to the kilogram you may grow what you like. Between 80 and 200, wash roots well
and peel them. Above that, ask us before children dig there.
""",
        ),
        asked="/Guidance/SoilTesting.aspx",
        hop=b.redirect_chain(4, b.redirect("/guidance/soil-testing", 301)),
    ),
    Case(
        "alive_rebranded_with_the_content_kept",
        ("alive",),
        f"{RENAMED.host}{FRAME.path}",
        "Arkwright's water frame",
        {RENAMED.host: RENAMED.serving(FRAME)},
        captures={f"{FORMER.host}{FRAME.path}": FORMER.archived(FRAME, "20091004152200")},
    ),
)
