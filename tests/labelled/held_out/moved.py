"""Pages that moved to another domain, or into a page that holds what they held."""

from __future__ import annotations

from dataclasses import replace

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, Site
from tests.labelled.case import Case
from tests.labelled.held_out.pages import (
    Publisher,
    Story,
    bare,
    drupal,
    news,
    serve,
    static,
    typo3,
    university,
    wiki,
    wordpress,
)


def moved(
    name: str,
    old: tuple[Publisher, str],
    anchor: str,
    new: tuple[Publisher, Story],
    *,
    status: int = 301,
    captured: tuple[str, ...] = (),
) -> Case:
    """Return the case of a page that went from a path of one publisher to another publisher."""
    (before, path), (after, story) = old, new
    url = f"{before.host}{path}"
    onward = b.redirect(f"http://{after.host}:{{port}}{story.path}", status)
    home = b.redirect(f"http://{after.host}:{{port}}/", status)
    captures = {url: before.archived(replace(story, path=path), *captured)} if captured else {}
    return Case(
        name,
        ("moved", "alive"),
        url,
        anchor,
        {
            before.host: Site(
                b.refusal(404), {path: onward, "/": home, "/robots.txt": b.refusal(404)}
            ),
            after.host: after.serving(story),
        },
        captures=captures,
    )


def host(name: str, title: str) -> Publisher:
    """Return a former publisher, of whom only the archive has pages."""
    return Publisher(name, title, f"{title} on the web.", bare, ("News", "Links"))


def refreshing(to: str) -> Behaviour:
    """Return the page a volunteer leaves behind; the browser goes on by itself."""
    return serve(
        b.page(
            "We have moved",
            f'<meta http-equiv="refresh" content="0; url={to}">'
            "<p>The dovecotes have flown to a new address. You will be taken there at once;"
            f' if not, please <a href="{to}">follow this link</a>.</p>',
        )
    )


FARMHOUSE = Publisher(
    "a-federation-farmhouse-ales.test",
    "Federation of Farmhouse Brewers",
    "Seven clubs that became one in 2022.",
    wordpress,
    ("Clubs", "Articles", "Festival"),
    others=("Kveik, ring and log", "Festival rules", "Joining through a club"),
    kilobytes=20,
)
HOPS = Publisher(
    "a-millers-hops.test",
    "Hop Variety Database",
    "Alpha acids, oils and parents of 214 hop varieties, kept by Jo Miller.",
    static,
    ("A to G", "H to Z", "Parents"),
    others=("Cascade", "Fuggle", "Target", "Saaz"),
)
ORRERY = "a-orrery-page.test"
ON_ONE_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Build an orrery</title><meta name="viewport" content="width=device-width">
<style>html{scroll-behavior:smooth}section{min-height:60vh}</style></head><body>
<nav><a href="#teeth">Teeth</a> <a href="#wheels">Wheels</a> <a href="#arms">Arms</a></nav>
<h1>Build an orrery from brass and cardboard</h1>
<section id="teeth"><h2>Counting the teeth</h2><p>The Earth goes round in 365 days and a quarter,
Mercury in 88. A pair of 25 and 104 teeth comes within a day in a century, and nobody will wait.</p>
</section><section id="wheels"><h2>Cutting the wheels</h2><p>Print the pattern, glue it on grey
board, and saw just outside the line; the file does the rest. Mercury has 25 teeth, Venus 64. A
wheel that runs on a nail runs true, if the hole was drilled before the teeth were cut.</p>
</section>
<section id="arms"><h2>Bending the arms</h2><p>Brass wire of two millimetres, annealed over a candle
until it is dull. Bend it once. Beads from a broken necklace make passable planets.</p></section>
<footer><p>All on one page since 2024, so that you can print it.</p></footer></body></html>"""
DOVECOTES = "a-dovecote-survey.test"
SHORTENER = "a-sho.test"
TAPESTRY = Publisher(
    "a-weavelore.test",
    "Weavelore",
    "A magazine of the loom.",
    news,
    ("Issues", "Projects", "Suppliers"),
    others=("Rya rugs", "Tablet borders", "Letters"),
    kilobytes=60,
)
TWILL = Story(
    "/projects/twill-blanket",
    "A blanket in broken twill",
    """
Two shades of grey, straight from the sheep, and a threading of four shafts that any beginner can
do on a Sunday. The broken twill has no diagonal, so that mistakes hide well.

Warp 480 ends of two-ply at six to the centimetre, a little over three metres long. Beat gently: the
web should look too open on the loom. Wash it hot, hard and once. It will shrink by a fifth and
come out as a blanket.
""",
)

CASES = (
    moved(
        "moved_club_merged_into_federation",
        (host("a-valley-farmhouse-club.test", "Valley Farmhouse Brewing Club"), "/kveik.html"),
        "how to use a kveik ring",
        (
            FARMHOUSE,
            Story(
                "/articles/how-to-use-a-kveik-ring/",
                "How to use a kveik ring",
                """
The ring is a chain of small pieces of birch, sixty or so, with hollows between them. It is dipped
into the foam of a brew at its height, dried above the stove, and hung in the loft until the next.

To pitch, lower it into wort of blood heat and leave it for half an hour. Shake it first: mice and
spiders like it, too. Fermentation is loud by evening and done in two days.
""",
            ),
        ),
        captured=("20160303101010", "20200818131415"),
    ),
    moved(
        "moved_rebranded_to_another_domain",
        (host("a-greatstats-tutor.test", "GreatStats Tutor"), "/tutorials/regression"),
        "tutorial on linear regression",
        (
            Publisher(
                "a-plumline.test",
                "Plumbline",
                "Statistics courses for working people, formerly GreatStats.",
                drupal,
                ("Courses", "Free tutorials", "Prices"),
                others=("Residuals", "Leverage", "What R squared hides"),
            ),
            Story(
                "/learn/linear-regression",
                "Linear regression in one evening",
                """
Draw the points first. Draw the line by eye, with a ruler, before you let anything compute it: you
will be close, and you will see which three points you did not trust.

The least squares line goes through the mean of both variables. Its slope is the covariance over
the variance of x. Plot the residuals against x, and if you see a smile, the line was a bad idea.
""",
            ),
        ),
        status=308,
        captured=("20190101010101",),
    ),
    Case(
        "moved_behind_a_shortener",
        ("moved", "alive"),
        f"{SHORTENER}/3kXb",
        "broken twill blanket",
        {
            SHORTENER: Site(
                b.missing("sho"),
                {
                    "/3kXb": b.redirect(f"http://{TAPESTRY.host}:{{port}}{TWILL.path}", 301),
                    "/": b.answer(b.article("Short links", "Shortening a link")),
                    "/robots.txt": b.refusal(404),
                },
            ),
            TAPESTRY.host: TAPESTRY.serving(TWILL),
        },
    ),
    Case(
        "moved_into_a_root_named_like_the_anchor",
        ("moved", "alive"),
        f"{HOPS.host}/db/list.cgi",
        "hop variety database",
        {
            HOPS.host: HOPS.site(
                {
                    "/db/list.cgi": b.redirect("/", 301),
                    "/": serve(
                        HOPS.html(
                            Story(
                                "/",
                                "Hop Variety Database: alpha acids, oils, parents",
                                """
The database holds 214 varieties of hops from nineteen countries. Choose a letter, or type the name
of a parent to see its children and grandchildren as a tree.

Alpha acids are means of at least three harvests. Where a breeder's figure and ours differ by more
than a fifth, both are given. Last harvest entered: 2025.
""",
                            )
                        )
                    ),
                }
            )
        },
    ),
    Case(
        "moved_into_a_site_of_one_page",
        ("moved", "alive"),
        f"{ORRERY}/wheels/mercury.html",
        "gear wheels for an orrery",
        {
            ORRERY: Site(
                b.redirect("/", 301),
                {
                    "/": serve(ON_ONE_PAGE),
                    "/robots.txt": b.refusal(404),
                    "/wheels/mercury.html": b.redirect("/#wheels", 301),
                },
            )
        },
    ),
    moved(
        "moved_to_the_society_of_the_same_name",
        (host("a-fenstars-uk.test", "Fenland Astronomers"), "/meteors/perseids.php"),
        "observing the Perseids",
        (
            Publisher(
                "a-fenstars.test",
                "Fenland Astronomers",
                "Flat land, big sky.",
                wordpress,
                ("Observing", "Meetings"),
                others=("Star party at Ely", "Telescope loans"),
            ),
            Story(
                "/observing/perseids/",
                "Observing the Perseids",
                """
Lie down, feet to the east, and look halfway up. No telescope, no binoculars: you want as much sky
as two eyes can hold. Count for an hour and note the faintest star you see.

The best night is the twelfth of August. With the Moon away a hundred an hour may fall; in 2027 she
will be four days old and gone by ten.
""",
            ),
        ),
    ),
    moved(
        "moved_from_blog_platform_to_own_domain",
        (host("pickletime.a-freeblogs.test", "Pickletime"), "/2009/09/green-tomatoes.html"),
        "green tomato chutney",
        (
            Publisher(
                "a-pickletime.test",
                "Pickletime",
                "Jars, vinegar, patience.",
                wordpress,
                ("Chutneys", "Pickles", "Jams"),
                others=("Walnuts, black", "Why lids pop", "Damson cheese"),
                kilobytes=33,
            ),
            Story(
                "/chutneys/green-tomato/",
                "Green tomato chutney",
                """
For the week of the first frost. Two kilos of green tomatoes, half a kilo each of onions and cooking
apples, half a kilo of sugar, a litre of malt vinegar, ginger, mustard seed, salt.

Chop small, salt overnight, drain. Boil everything until a wooden spoon drawn over the bottom of
the pan leaves a track that does not close. Six jars; wait until Christmas.
""",
            ),
        ),
        captured=("20091130101010",),
    ),
    moved(
        "moved_department_to_new_university",
        (
            host("maths.a-polytechnic-eastholm.test", "Eastholm Polytechnic"),
            "/staff/ngata/fractals.html",
        ),
        "fractals for beginners",
        (
            Publisher(
                "a-university-eastholm.test",
                "University of Eastholm",
                "The university was founded in 1992 from the polytechnic and two colleges.",
                university,
                ("Departments", "Study", "Research"),
            ),
            Story(
                "/mathematics/outreach/fractals.html",
                "Fractals for beginners",
                """
Begin with a line. Take out the middle third and put two sides of a triangle in its place; do it
again with each of the four lines, and again. After five steps you have 1024 lines and a snowflake's
edge, and it is longer than the page is wide by a factor of more than four.

How long is it in the end? There is no end, and no length. Its dimension is log 4 over log 3.
""",
            ),
        ),
        status=302,
        captured=("20010607080910",),
    ),
    Case(
        "moved_by_meta_refresh",
        ("moved", "alive"),
        "a-dovecotes-of-hereford.test/list.htm",
        "dovecotes of Herefordshire",
        {
            "a-dovecotes-of-hereford.test": Site(
                refreshing(f"http://{DOVECOTES}:{{port}}/"), {"/robots.txt": b.refusal(404)}
            ),
            DOVECOTES: Publisher(
                DOVECOTES,
                "Dovecote Survey of Herefordshire",
                "Seventy-four standing dovecotes, eleven ruins, and what the pigeons think.",
                wiki,
                ("Standing", "Ruins"),
                others=("Garway, 1326", "Richard's Castle", "Kinnersley"),
            ).site({}),
        },
    ),
    moved(
        "moved_french_journal_to_a_portal",
        (
            Publisher(
                "a-revue-moulins.test",
                "Revue des moulins",
                "Trimestriel.",
                bare,
                ("Sommaires",),
                language="fr",
            ),
            "/no12/meules.htm",
        ),
        "l'article sur les meules de La Ferté",
        (
            Publisher(
                "a-portail-revues.test",
                "Portail des revues d'histoire",
                "Cent quarante revues en libre accès.",
                typo3,
                ("Revues", "Auteurs", "Recherche"),
                language="fr",
                others=("Revue des moulins, no 11", "Cahiers du sel", "Annales du canal"),
            ),
            Story(
                "/revues/moulins/1998-12/meules",
                "Les meules de La Ferté-sous-Jouarre",
                """
Aucune meunerie d'Europe ne voulut d'autre pierre au dix-neuvième siècle. La meulière de la Brie,
caverneuse et dure, se taillait en carreaux que l'on assemblait au plâtre et cerclait de fer.

Les ouvriers mouraient jeunes, de la poussière. Les registres de l'hospice donnent l'âge de
cent douze d'entre eux : trente-neuf ans en moyenne. Les éclats d'acier restés dans la peau des
mains servaient de certificat d'embauche.
""",
            ),
        ),
        captured=("20040506111213",),
    ),
)
