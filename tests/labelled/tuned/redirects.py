"""Redirects that lead to what was asked for, on the same site or on another one."""

from __future__ import annotations

from asyncio import StreamWriter

from brokenlinks.demo.behaviours import answer, redirect, redirect_chain
from brokenlinks.demo.server import Behaviour, ReceivedRequest, Site
from tests.labelled.case import Case
from tests.labelled.tuned.pages import (
    Place,
    Story,
    at_host,
    copies,
    drupal,
    government,
    handmade,
    nextjs,
    served,
    shop,
    static,
    typo3,
    university,
    wiki,
    wordpress,
)


def onward(
    name: str, anchor: str, place: Place, path: str, story: Story, *, verdicts: tuple[str, ...]
) -> Case:
    """Return the case of an old `path` that leads to a story of the same site."""
    paths = {path: redirect(story.path, 301), story.path: answer(served(place, story))}
    return Case(name, verdicts, f"{place.host}{path}", anchor, place.sites(paths))


def notice(host: str, story: Story) -> Behaviour:
    """Tell the visitor that the story is on another host now, and take him there after a while."""

    async def behave(asked: ReceivedRequest, writer: StreamWriter) -> None:
        port = asked.headers["host"].rpartition(":")[2]
        to = f"http://{host}:{port}{story.path}"
        await answer(
            f"<html><head><title>{story.title}</title>"
            f'<meta http-equiv="refresh" content="5; url={to}"></head><body><p>The wiki has a host'
            f' of its own now: <a href="{to}">{story.title}</a> is at its new address. Please'
            " change your links.</p></body></html>"
        )(asked, writer)

    return behave


def left(
    name: str,
    anchor: str,
    old: str,
    place: Place,
    story: Story,
    *,
    status: int = 301,
    archived: tuple[str, ...] = (),
) -> Case:
    """Return the case of a page that moved from `old` (host and path) to another site.

    Every page of the old host leads somewhere on the new one; unknown ones to its error page.
    """
    host, _, path = old.partition("/")
    to = f"http://{place.host}:{{port}}"
    former = Site(
        redirect(f"{to}/moved-from-old-site", status),
        {
            "/": redirect(f"{to}/", status),
            f"/{path}": redirect(f"{to}{story.path}", status),
            "/robots.txt": place.missing(),
        },
    )
    sites = {host: former} | place.sites({story.path: answer(served(place, story))})
    captures = copies(host, f"/{path}", served(place, story), *archived)
    return Case(name, ("moved", "alive"), old, anchor, sites, captures=captures)


CIDER = Place(
    "www.a-pressing-matters.example",
    "Pressing Matters",
    wordpress,
    "Cider from other people's apples.",
    ("Apples", "Presses", "Bottles"),
)
KEEVING = Story(
    "/bottles/keeving/",
    "Keeving: sweet cider without sugar",
    """
    Keeving starves the yeast. Chalk and enzyme make the pectin rise as a brown cap, the nutrients
    rise with it, and the clear juice below ferments so slowly that some of its sugar is left.

    It needs cold weather, late apples and courage. If there is no cap after a week, make dry cider.
    """,
)
LACE = Place(
    "a-valenciennes-lace.example",
    "Valenciennes Lace",
    nextjs,
    "Four hundred bobbins, one pillow.",
    ("Patterns", "Bobbins"),
    "en",
)
CENSUS = Place(
    "a-enumerators.example",
    "Enumerators",
    government,
    "The census and the people who walked it.",
    ("1841", "1851", "1861"),
)
NIGHT = Story(
    "/census/1851",
    "The census of 1851",
    """
    It was taken on the night of 30 March. For the first time the place of birth was asked for, and
    the relation to the head of the family. Enumerators were paid eighteen shillings, and a penny
    for every mile after the fifth.
    """,
)
SCHOOL = Place(
    "a-hedge-school.example",
    "Hedge School",
    wordpress,
    "Teaching eleven children of nine ages in one room.",
    ("Blog", "Timetable"),
)
PLANS = Story(
    "/2016/lesson-plans",
    "Lesson plans for mixed ages",
    """
    Everybody hears the same story, and everybody does something else with it. The small ones draw
    it, the middle ones put it in order, the big ones find out whether it is true.
    """,
)
SUNDIALS = Place(
    "a-gnomonics.example",
    "Gnomonics",
    university,
    "Sundials: theory, workshop, gallery.",
    ("Theory", "Workshop"),
)
CALCULATOR = Story(
    "/workshop/calculator.html",
    "Sundial calculator",
    """
    Enter your latitude and the direction of the wall. The hour lines are drawn for local solar
    time; correct by four minutes for every degree from your meridian.
    """,
)
ROPEWALK = Place("a-ropewalk.example", "Ropewalk", handmade, "All about rope.", ("Splices",))
NEW_WIKI = Place("a-ropes-and-splices.example", "Ropes and Splices", wiki, "Rope.", ("Splices",))
SPLICES = Story(
    "/wiki/Splices",
    "Splices",
    """
    An eye splice makes a loop, a long splice joins two ropes that must run through a block. Unlay
    the strands, whip their ends, and tuck against the lay, over one and under one, five times.
    """,
)

CASES: tuple[Case, ...] = (
    Case(
        "redirect_to_www_and_then_to_a_slash",
        ("alive",),
        "a-pressing-matters.example/bottles/keeving",
        "keeving",
        {"a-pressing-matters.example": Site(at_host(CIDER.host))}
        | CIDER.sites(
            {
                "/bottles/keeving": redirect(KEEVING.path, 301),
                KEEVING.path: answer(served(CIDER, KEEVING)),
            }
        ),
    ),
    Case(
        "root_redirects_to_a_locale",
        ("alive",),
        "a-valenciennes-lace.example/",
        "Valenciennes lace makers",
        LACE.sites(
            {
                "/": redirect("/en/", 302),
                "/en/": LACE.home(),
            }
        ),
    ),
    onward(
        "index_html_redirects_to_its_directory",
        "seed saving handbook",
        Place(
            "a-seed-savers-book.example",
            "Seed Savers' Book",
            static,
            "How to keep your own seed.",
            ("Beans", "Cabbages"),
        ),
        "/handbook/index.html",
        Story(
            "/handbook/",
            "Seed saving handbook",
            """
            Begin with beans, peas and tomatoes: they pollinate themselves and come true. Cabbages
            need the neighbours' consent, for they will marry anything within a mile.
            """,
        ),
        verdicts=("alive",),
    ),
    onward(
        "deep_page_redirects_to_its_locale",
        "Fachwerk richtig ausbessern",
        Place(
            "a-fachwerkhilfe.example",
            "Fachwerkhilfe",
            typo3,
            "Rat für Besitzer alter Häuser.",
            ("Lehm", "Holz", "Farbe"),
            "de",
        ),
        "/lehm/ausfachung",
        Story(
            "/de/lehm/ausfachung",
            "Ausfachungen mit Lehm ausbessern",
            """
            Lockeren Lehm abschlagen, die Staken prüfen, gut vornässen. Der neue Lehm wird in zwei
            Lagen angeworfen und mit Stroh gemagert, damit er beim Trocknen nicht reißt.
            """,
        ),
        verdicts=("alive",),
    ),
    onward(
        "old_script_redirects_to_a_readable_path",
        "Ruy Lopez, exchange variation",
        Place(
            "a-opening-tree.example",
            "Opening Tree",
            nextjs,
            "Chess openings as a tree that can be climbed.",
            ("Open games", "Flank openings"),
        ),
        "/show.php?eco=C68",
        Story(
            "/openings/ruy-lopez/exchange",
            "Ruy Lopez, exchange variation",
            """
            White gives the bishop for the knight and spoils Black's pawns. Every pawn ending is
            won for White now, as every child is told; Black has two bishops to see that it never
            comes to one.
            """,
        ),
        verdicts=("alive", "moved"),
    ),
    Case(
        "four_hops_on_the_same_address",
        ("alive",),
        f"{CENSUS.host}{NIGHT.path}",
        "census of 1851 explained",
        CENSUS.sites({NIGHT.path: redirect_chain(4, answer(served(CENSUS, NIGHT)))}),
    ),
    onward(
        "capitals_redirect_to_small_letters",
        "Planning a Kitchen Garden",
        Place(
            "a-potager.example",
            "Potager",
            drupal,
            "Vegetables that are good to look at.",
            ("Plans", "Beds"),
        ),
        "/Plans/KitchenGarden.aspx",
        Story(
            "/plans/kitchen-garden",
            "Planning a kitchen garden",
            """
            Four beds, one path wide enough for a barrow, and a tap. Everything else is decoration.
            Put herbs where you can reach them in slippers.
            """,
        ),
        verdicts=("alive",),
    ),
    Case(
        "blog_moved_from_its_subdomain_to_the_main_host",
        ("alive", "moved"),
        f"blog.{SCHOOL.host}{PLANS.path}",
        "lesson plans for mixed ages",
        {f"blog.{SCHOOL.host}": Site(at_host(SCHOOL.host, 308))}
        | SCHOOL.sites({PLANS.path: answer(served(SCHOOL, PLANS))}),
    ),
    left(
        "page_moved_to_another_domain",
        "dovetail layout by hand",
        "a-benchnotes-weebly.example/dovetails.html",
        Place(
            "a-hand-cut.example",
            "Hand Cut",
            static,
            "The bench notes, now at home under their own name.",
            ("Joints", "Planes"),
        ),
        Story(
            "/joints/dovetails/",
            "Laying out dovetails by hand",
            """
            Two dividers and no arithmetic. Set one to the half pin, step off the tails with the
            other, and mark from the tails to the pins. A slope of one to seven looks right in oak.
            """,
        ),
        archived=("20140303120000", "20190808120000"),
    ),
    left(
        "brewery_school_rebranded",
        "Northern School of Brewing",
        "a-northern-school-of-brewing.example/",
        Place(
            "a-malthouse-academy.example",
            "Malthouse Academy (formerly Northern School of Brewing)",
            nextjs,
            "The Northern School of Brewing is now the Malthouse Academy.",
            ("Courses", "Teachers"),
        ),
        Story(
            "/",
            "Malthouse Academy, formerly the Northern School of Brewing",
            """
            Courses in brewing, malting and cellar work, as they have been since 1966. Only the name
            is new: the mash tun, the teachers and the smell on Thursdays are the same.
            """,
        ),
        archived=("20110501000000",),
    ),
    Case(
        "short_address_of_a_shortener",
        ("moved", "alive"),
        "a-tny.example/x7Gd2",
        "sundial calculator",
        {
            "a-tny.example": Site(
                answer("<title>a-tny</title><h1>We have no such short link</h1>", 404),
                {
                    "/": answer("<title>a-tny</title><h1>Make long links short</h1><form></form>"),
                    "/x7Gd2": redirect(f"http://{SUNDIALS.host}:{{port}}{CALCULATOR.path}", 301),
                },
            )
        }
        | SUNDIALS.sites({CALCULATOR.path: answer(served(SUNDIALS, CALCULATOR))}),
    ),
    left(
        "personal_page_moved_off_the_university",
        "regression diagnostics notes",
        "people.a-state-college.example/~mvoss/regression.html",
        Place(
            "a-margret-voss.example",
            "Margret Voss, statistician",
            static,
            "Notes from thirty years of teaching, moved here when I retired.",
            ("Notes", "Papers"),
        ),
        Story(
            "/notes/regression/",
            "Notes on regression diagnostics",
            """
            Plot the residuals before you read the table. A single point far to the right may carry
            the whole slope: take it out, fit again, and say in the paper that you did.
            """,
        ),
        status=302,
        archived=("20080215120000", "20160215120000"),
    ),
    left(
        "club_merged_into_a_federation",
        "Westshire Astronomical Society",
        "a-westshire-astro.example/meetings",
        Place(
            "a-three-counties-astronomy.example",
            "Three Counties Astronomers",
            drupal,
            "Westshire, Oldminster and Fen: three astronomical societies under one roof.",
            ("Meetings", "Observatory", "Library"),
        ),
        Story(
            "/societies/westshire/meetings",
            "Meetings of the Westshire society",
            """
            The members of the former Westshire Astronomical Society meet on the first Friday in the
            scout hut, as before. Bring a telescope, however bad. The tea is worse.
            """,
        ),
    ),
    left(
        "magazine_taken_over_by_a_publisher",
        "how to graft apple trees",
        "a-orchard-monthly.example/articles/grafting.php",
        Place(
            "a-greenhouse-media.example",
            "Greenhouse Media",
            shop,
            "Books and magazines on growing things, among them Orchard Monthly.",
            ("Orchard Monthly", "Beds and Borders", "Books"),
        ),
        Story(
            "/orchard-monthly/grafting-apple-trees",
            "Grafting apple trees | Orchard Monthly",
            """
            Cut scions in January, keep them damp and cold, graft when the sap rises. A whip and
            tongue holds by itself; the tape only keeps it from drying. Label everything at once.
            """,
        ),
        archived=("20130101120000",),
    ),
    Case(
        "root_of_a_new_domain_named_like_the_anchor",
        ("moved", "alive"),
        "a-free-pages.example/users/hedgerow/index.htm",
        "Hedgerow Wines of the Marches",
        {
            "a-free-pages.example": Site(
                answer("<title>Free pages</title><h1>No such user</h1>", 404),
                {
                    "/": answer("<title>Free pages</title><h1>Free pages</h1><p>Since 1997.</p>"),
                    "/users/hedgerow/index.htm": redirect(
                        "http://a-hedgerow-wines.example:{port}/", 301
                    ),
                },
            )
        }
        | Place(
            "a-hedgerow-wines.example",
            "Hedgerow Wines of the Marches",
            wordpress,
            """
            Elderflower, bullace, birch sap and oak leaf: eighty recipes for wine from what grows
            along the lane, tested in one kitchen over forty years, with notes on every failure.
            """,
            ("Flowers", "Fruit", "Sap", "Leaves"),
        ).sites({}),
    ),
    Case(
        "deep_link_to_a_site_that_became_one_page",
        ("moved", "alive"),
        "a-fiddle-makers.example/makers/list.html",
        "Fiddle makers of the islands",
        (
            Place(
                "a-fiddle-makers.example",
                "Fiddle makers of the islands",
                handmade,
                """
                All that was on nine pages now stands on this one. Makers are listed by island, with
                the years in which they worked and the woods they used; where an instrument can be
                seen, the house is named.

                Ay: J. Muir, 1790 to 1831, driftwood and pear. Brae: the sisters Tulloch, about
                1850, spruce from wrecks. Noss: A. Halcro, 1881 to 1946, lion's heads.
                """,
            )
        ).sites({"/makers/list.html": redirect("/", 301)}),
    ),
    Case(
        "page_that_says_it_has_moved",
        ("moved", "alive"),
        "a-ropewalk.example/wiki/Splices",
        "how to splice",
        ROPEWALK.sites({SPLICES.path: notice(NEW_WIKI.host, SPLICES)})
        | NEW_WIKI.sites({SPLICES.path: answer(served(NEW_WIKI, SPLICES))}),
    ),
)
