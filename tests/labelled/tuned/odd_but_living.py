"""Living pages of an unusual shape: short, bare, private-looking, noisy, framed."""

from __future__ import annotations

import asyncio
from datetime import date
from itertools import count
from random import Random

from brokenlinks.demo.behaviours import answer, redirect
from brokenlinks.demo.server import Behaviour, ReceivedRequest, Site
from brokenlinks.demo.wayback import Capture
from tests.labelled.case import Case
from tests.labelled.tuned.pages import (
    Page,
    Place,
    Story,
    drupal,
    forum,
    government,
    handmade,
    listing,
    news,
    nextjs,
    prose,
    served,
    shop,
    standing,
    static,
    table,
    typo3,
    university,
    wiki,
    wordpress,
)

SITE_KEY = "6Lc0aVsUAAAAAKbrewclubsitekeyforforms"
CAPTCHA_FORM = f"""<form action="/send" method="post"><textarea name="text"></textarea>
<div class="g-recaptcha" data-sitekey="{SITE_KEY}"></div><button>Send</button></form>
<script src="https://www.google.com/recaptcha/api.js" async defer></script>"""
TEASERS = (
    "Frost expected on Thursday",
    "Choir looks for basses",
    "Bridge closed until spring",
    "A hundred years of the fire brigade",
    "Letters: on the price of bread",
    "Chess club wins again",
    "New opening hours of the pool",
)

GAZETTE = Place(
    "a-parish-gazette.example",
    "Parish Gazette",
    news,
    "What happens in the parish, and what the editor thinks of it.",
    ("Village", "Church", "Garden column"),
)
GARDEN = Place(
    "a-hortus-novus.example",
    "Hortus Novus (formerly Green Thumb Pages)",
    wordpress,
    "The Green Thumb Pages have a new name and a new look. Everything is where it was.",
    ("Vegetables", "Fruit", "Soil"),
)
FORMER_GARDEN = Place(
    GARDEN.host,
    "Green Thumb Pages",
    handmade,
    "Gardening on clay, since 2001.",
    ("Vegetables", "Fruit"),
)
COMPOST = Story(
    "/soil/compost.html",
    "Making compost from leaves and kitchen waste",
    """
    A heap needs brown and green: two barrows of leaves to one of kitchen waste. Build it in one go,
    a metre in each direction, and water every layer as you would water lettuce.

    After four days the middle is too hot for your hand. Turn it when it has cooled, and again two
    weeks later. What is not compost by summer goes to the bottom of the next heap.
    """,
)
SEALED = Place(
    "a-quilt-barns.example",
    "Quilt Barns of the County",
    static,
    "Painted quilt squares on 61 barns, with a map and the stories of their makers.",
    ("Map", "Makers"),
)
BARNS = Story(
    "/trail/north-loop",
    "The north loop of the quilt trail",
    """
    The north loop is thirty-one miles long and passes nineteen barns. Begin at the feed mill, where
    “Ohio Star” faces the road, and turn left at the church with the green roof.

    Barn seven is the oldest: its square was painted over a tobacco advertisement that shows through
    after rain. The owners do not mind visitors who wave.
    """,
)

FRAMES = """<html><head><title>Homepage of the Lace Makers' Guild</title></head>
<frameset cols="180,*" border="0"><frame src="menu.html" name="menu"><frame src="start.html"
name="main"><noframes><body>Welcome to the Lace Makers' Guild. <a href="start.html">Enter</a> the
pages or read the <a href="menu.html">menu</a>.</body></noframes></frameset></html>"""


def tide(day: int) -> str:
    high, low = day * 50 % 720, (day * 50 + 370) % 1440
    return (
        f"{day:02}   {high // 60:02}:{high % 60:02}   {4.1 + day % 7 / 10:.1f} m"
        f"   {low // 60:02}:{low % 60:02}   {0.4 + day % 5 / 10:.1f} m"
    )


TIDES = "\n".join(
    (
        "<pre>TIDE TABLE, HARBOUR STAGE, NOVEMBER",
        *map(tide, range(1, 31)),
        "Heights above chart datum. Add one hour in summer. No warranty: look at the water.</pre>",
    )
)
HOPS = {"Hallertau": 4.1, "Saaz": 3.2, "Magnum": 13.4, "Perle": 7.3, "Tettnang": 4.6}
FIELDS = ("north", "south", "hillside", "river", "trial field")
ALPHA = [
    (f"{hop} {field}", *(f"{acid + len(field) % 4 / 10 - year % 3 / 5:.1f}" for year in range(5)))
    for hop, acid in HOPS.items()
    for field in FIELDS
]


def noisy(place: Place, story: Story) -> Behaviour:
    """Serve the story between teasers, numbers and tokens that differ in every answer."""
    visits = count(1)

    async def behave(asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        chance = Random(next(visits))
        teasers = chance.sample(TEASERS, 4)
        token, visitor = chance.getrandbits(128), chance.randrange(10_000, 99_999)
        around = f"{listing(*teasers)}<p>Visitor {visitor}</p><input type=hidden value={token:x}>"
        page = Page(story.path, story.title, around + prose(story.text) + around)
        await answer(
            place.dress(place, page), headers={"Set-Cookie": f"session={token:x}; Path=/"}
        )(asked, writer)

    return behave


CASES: tuple[Case, ...] = (
    standing(
        "short_handmade_page",
        "bell ringers of St Mary's",
        Place(
            "a-st-marys-bells.example",
            "St Mary's Bell Ringers",
            handmade,
            "Eight bells, tenor 14 hundredweight. Visitors welcome.",
            ("Bells", "Peals"),
        ),
        Story(
            "/bells.html",
            "Our bells",
            """
            Eight, by Taylor, 1888. Tenor 14-2-9 in F. Practice on Tuesdays at half past seven.
            """,
        ),
    ),
    standing(
        "short_recipe_marked_noindex",
        "spruce tip syrup",
        Place(
            "a-nordic-larder.example",
            "Nordic Larder",
            static,
            "What grows beside the path, and what to do with it.",
            ("Spring", "Summer", "Autumn"),
        ),
        Story(
            "/spring/spruce-syrup/",
            "Spruce tip syrup",
            """
            Pick four handfuls of bright green tips. Layer with the same weight of sugar in a jar,
            leave in the sun for three weeks, strain. Keeps for a year.
            """,
            head='<meta name="robots" content="noindex, nofollow">',
        ),
    ),
    standing(
        "page_with_x_robots_tag_noindex",
        "minutes of the allotment society",
        Place(
            "a-allotments-east.example",
            "East Side Allotment Society",
            drupal,
            "112 plots, two wells and one beehive beside the railway.",
            ("Plots", "Rules", "Minutes"),
        ),
        Story(
            "/minutes/2023-10",
            "Minutes of the general meeting, October 2023",
            """
            Forty-one members attended. The treasurer reported a balance of 2,318, of which nine
            hundred are set aside for the pump. The rent of a plot stays as it is.

            Plot 17 has been given up after thirty years. The committee thanked Mrs Ives, who will
            go on judging the marrows. The motion to allow drones was lost by 40 votes to 1.
            """,
            headers={"X-Robots-Tag": "noindex, noarchive"},
        ),
    ),
    standing(
        "page_without_the_words_of_its_anchor",
        "the best free mash calculator",
        Place(
            "a-grainfather-notes.example",
            "Malt & Numbers",
            nextjs,
            "Tools that run in your browser and keep nothing.",
            ("Tools", "Method"),
        ),
        Story(
            "/tools/3",
            "Strike temperature and volumes",
            """
            Enter the weight of your malt, the temperature of the room and the ratio of liquor to
            grist. The table gives the heat of the water at which you should begin.

            The formula is that of Palmer, with the heat capacity of malt taken as 0.41. Your tun
            takes heat as well: do one brew with a thermometer, and enter the loss you have seen.
            """,
        ),
    ),
    standing(
        "generic_anchor_on_a_table_page",
        "click here",
        Place(
            "a-hop-tables.example",
            "Hop Tables",
            university,
            "Analyses of hop varieties from the growers' institute.",
            ("Tables", "Methods"),
        ),
        Story(
            "/tables/alpha.html",
            "Alpha acids by variety and year",
            "Percent by weight, mean of all samples of a harvest, conductometric.",
            main=table(
                ("Variety", "2019", "2020", "2021", "2022", "2023"),
                ALPHA,
            ),
        ),
    ),
    standing(
        "contact_page_with_a_captcha",
        "write to the beekeepers",
        Place(
            "a-valley-beekeepers.example",
            "Valley Beekeepers",
            wordpress,
            "Swarm collection, courses for beginners and honey at the gate.",
            ("Swarms", "Courses", "Honey"),
        ),
        Story(
            "/contact/",
            "Contact the beekeepers",
            """
            Have you found a swarm? Ring the number on the poster, do not use the form: bees leave
            within the hour. For everything else, courses and school visits included, write here.

            To keep programs from writing to us you have to tick a box. We answer within a week,
            in the season sometimes two.
            """,
            main=CAPTCHA_FORM,
            headers={"Server": "cloudflare", "CF-RAY": "8f00aa11bb22cc33-AMS"},
        ),
    ),
    standing(
        "public_page_with_a_login_box",
        "kettle modification thread",
        Place(
            "a-kettle-forum.example",
            "The Kettle Forum",
            forum,
            "Everything about boiling twenty litres of something.",
            ("Kettles", "Burners", "Pumps", "Members only"),
        ),
        Story(
            "/viewtopic.php?t=771",
            "Fitting a tap to a stainless kettle",
            """
            Step drill, plenty of oil, slow. Mark the hole from the inside, thirty millimetres above
            the weld. A silicone ring goes outside, and the nut is tightened by hand plus a quarter.

            > You have to be logged in to see the picture.

            Leaks at the first boil are normal. Tighten when hot, and it will be dry for years.
            """,
        ),
    ),
    Case(
        "page_without_a_title",
        ("alive",),
        "a-harbour-stage.example/tides/nov.htm",
        "Tide table of the harbour",
        {
            "a-harbour-stage.example": Site(
                answer("<h1>Not Found</h1><p>No such table.</p>", 404),
                {
                    "/": answer("<h1>Harbour stage</h1><a href=/tides/nov.htm>November</a>"),
                    "/tides/nov.htm": answer(TIDES),
                },
            )
        },
    ),
    Case(
        "old_page_made_of_frames",
        ("alive", "unknown"),
        "a-lace-makers.example/index.html",
        "Lace Makers' Guild",
        {
            "a-lace-makers.example": Site(
                answer("<h1>404</h1>", 404),
                {"/": answer(FRAMES), "/index.html": answer(FRAMES)},
            )
        },
    ),
    Case(
        "single_page_site",
        ("alive",),
        "a-one-pot.example/",
        "One Pot, a cooking game",
        Place(
            "a-one-pot.example",
            "One Pot",
            static,
            """
            One pot, one flame, five ingredients drawn from a hat. This page is the whole game:
            print it, cut along the lines, and invite four people who can be trusted with a knife.

            Each player draws an ingredient, adds it when it is their turn, and may veto once.
            Whoever cannot finish their plate washes up. We have played it for nine years.
            """,
        ).sites({}),
    ),
    Case(
        "noisy_page_that_changes_every_time",
        ("alive",),
        "a-parish-gazette.example/garden/pruning-pears",
        "pruning old pear trees",
        GAZETTE.sites(
            {
                "/garden/pruning-pears": noisy(
                    GAZETTE,
                    Story(
                        "/garden/pruning-pears",
                        "Pruning old pear trees",
                        """
                        Take out a third of what you would like to take out, and come back next
                        winter. An old pear answers a hard cut with a forest of water shoots. Begin
                        with what is dead, then what crosses, then what shades the middle.
                        """,
                    ),
                ),
                "/robots.txt": GAZETTE.missing(),
            },
            otherwise=noisy(GAZETTE, Story("/", "Nothing here", "Look at the front page instead.")),
        ),
    ),
    Case(
        "rebranded_site_keeping_its_content",
        ("alive",),
        f"{GARDEN.host}{COMPOST.path}",
        "Green Thumb Pages: compost",
        GARDEN.sites({COMPOST.path: answer(served(GARDEN, COMPOST))}),
        captures={
            f"{GARDEN.host}{COMPOST.path}": (
                Capture("20090412120000", body=served(FORMER_GARDEN, COMPOST)),
                Capture("20180412120000", body=served(FORMER_GARDEN, COMPOST)),
            )
        },
        registered={GARDEN.host: date(2001, 3, 8)},
    ),
    Case(
        "site_whose_unknown_paths_lead_home",
        ("alive",),
        f"{SEALED.host}{BARNS.path}",
        "quilt trail, north loop",
        SEALED.sites(
            {BARNS.path: answer(served(SEALED, BARNS)), "/robots.txt": SEALED.missing()},
            otherwise=redirect("/"),
        ),
    ),
    standing(
        "newspaper_with_a_subscription_box",
        "how the lido was saved",
        Place(
            "a-coastal-observer.example",
            "Coastal Observer",
            news,
            "Independent reporting from the coast, paid for by its readers.",
            ("Harbour", "Council", "Culture", "Subscribe"),
        ),
        Story(
            "/culture/lido-saved",
            "How four hundred swimmers saved the lido",
            """
            When the council announced that the sea-water pool would be filled in, nobody expected
            the swimmers. They came every morning at six, in November, with a brass band.

            “We never argued,” says their chairwoman, who is eighty-one. “We only swam.” In March
            the council gave them a lease of ninety-nine years for the price of one ice cream.

            You have read two of your five free articles this month. Subscribe for 4.90 to read
            without limit and to support local journalism. Already a subscriber? Log in.
            """,
        ),
    ),
    standing(
        "list_of_results_with_a_query",
        "all surnames beginning with Q",
        Place(
            "a-parish-registers.example",
            "Parish Registers Online",
            government,
            "Baptisms, marriages and burials of forty parishes, 1538 to 1900.",
            ("Search", "Parishes", "Help"),
        ),
        Story(
            "/search?surname=Q&sort=parish",
            "Search results: 7 records found",
            "Records whose surname begins with Q, sorted by parish. No results from 3 parishes.",
            main=table(
                ("Surname", "Parish", "Year", "Kind"),
                [
                    ("Quaife", "Ashburn", "1641", "baptism"),
                    ("Quaife", "Ashburn", "1663", "marriage"),
                    ("Quelch", "Ashburn", "1702", "burial"),
                    ("Quested", "Long Marsh", "1588", "baptism"),
                    ("Quested", "Long Marsh", "1811", "burial"),
                    ("Quilter", "Thorpe", "1744", "marriage"),
                    ("Quin", "Thorpe", "1890", "baptism"),
                ],
            ),
        ),
    ),
    standing(
        "shop_category_that_is_there",
        "seed potatoes",
        Place(
            "a-field-and-frame.example",
            "Field & Frame Seeds",
            shop,
            "Seed of old vegetables, grown on nine acres and packed in the barn.",
            ("Beans", "Potatoes", "Flowers", "Sundries"),
        ),
        Story(
            "/potatoes",
            "Seed potatoes",
            """
            Sold by the tuber from January until they are gone. Order early: all our potatoes are
            lifted by hand, and there are never enough.
            """,
            main=listing("Pink Fir Apple: sold out", "Ratte, 0.60", "Shetland Black, 0.75"),
        ),
    ),
    standing(
        "wiki_stub",
        "Bucket rules of stoolball",
        Place(
            "a-village-games.example",
            "Village Games Wiki",
            wiki,
            "Rules of games played on greens, in pubs and behind churches.",
            ("Ball games", "Board games", "Stubs"),
        ),
        Story(
            "/wiki/Stoolball",
            "Stoolball",
            """
            Stoolball is a game of two sides, two stools and one ball, played in the south. This
            article is a stub. You can help by expanding it.
            """,
        ),
    ),
    standing(
        "teaching_page_under_a_heading_of_the_department",
        "fractions with paper strips",
        Place(
            "a-primary-maths-unit.example",
            "Primary Mathematics Unit",
            typo3,
            "Materials and courses for teachers of children between five and eleven.",
            ("Courses", "Materials", "Research"),
        ),
        Story(
            "/index.php?id=212",
            "Materials",
            """
            Paper strips are the best model of fractions we know: they can be folded, compared and
            torn. Give every child five strips of one length, and let them fold halves, thirds and
            quarters before any of these words is written on the board.

            Thirds are hard to fold. That is the point: children argue about what is fair long
            before they can say what is equal.
            """,
        ),
    ),
)
