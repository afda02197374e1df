"""Living pages that are short, bare, marked or cluttered, on hosts with odd habits."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Site
from brokenlinks.demo.wayback import Capture
from tests.labelled.case import Case
from tests.labelled.held_out.pages import (
    Publisher,
    Story,
    bare,
    changing,
    drupal,
    forum,
    government,
    living,
    news,
    next_app,
    serve,
    static,
    typo3,
    university,
    wordpress,
)

RINGERS = Publisher(
    "a-steeple-ringers.test",
    "The Ringers of St Osyth Parva",
    "Six bells, eight ringers, Tuesdays at half past seven.",
    static,
    ("Bells", "Practice", "Tower history"),
)
TENOR = Story(
    "/bells/tenor",
    "The tenor bell",
    """
Cast by John Darbie in 1662, eleven hundredweight in A flat, and cracked on the night of the
Coronation in 1911 when it was rung with frozen bearings. It was welded, not recast, which is why
its voice is older than the other five.

The inscription runs round the shoulder in letters a child could read: I TO THE CHVRCH THE LIVING
CALL AND TO THE GRAVE DO SVMMON ALL. A plaster cast hangs in the ringing chamber.
""",
)
GREENWOOD = Publisher(
    "a-greenwood-chairs.test",
    "Greenwood Chair Week",
    "Courses in chairmaking from unseasoned wood.",
    wordpress,
    ("Courses", "Tools", "Wood"),
    others=("Shaving horses", "Elm for seats", "Who comes on our courses"),
    kilobytes=4,
)
STEAMING = Story(
    "/wood/steam-bending-a-back/",
    "Steam bending a chair back",
    """
Split the blank, never saw it: fibres that run from end to end bend, and those that run out break.
Shave it to 22 millimetres and mark the middle.

An hour in the steam for each inch of thickness is the rule for air-dried ash; for wood felled this
month, half is enough. Have the form, the wedges and a friend ready before you open the box. You
have about forty seconds.

Leave it on the form for a week, tie the ends with string, and hang it over the stove for another.
""",
)
MOONS = Publisher(
    "a-moonalmanac.test",
    "Moon Almanac",
    "The phase of the Moon for any day between 1600 and 2400.",
    static,
    ("Today", "How it is computed"),
)
BULLETIN = Publisher(
    "a-tidewatch.test",
    "Tidewatch",
    "Tide tables and sea stories for the Solway.",
    news,
    ("Tables", "Stories", "Shop"),
    others=("The haaf-netters", "Reading a tide pole", "Fog signals"),
    kilobytes=30,
)
CONFIGURED_WRONGLY = Publisher(
    "a-beekeepers-vale.test",
    "Vale Beekeepers",
    "Thirty-one members, about two hundred hives.",
    drupal,
    ("Calendar", "Swarm line", "Honey"),
)
OCTOBER = Story(
    "/calendar/october",
    "October in the apiary",
    """
Heft the hives from the side: if you can lift one with two fingers it will starve by February. Feed
syrup of two to one until the first frost and not a day longer.

Put the mouse guards on, take the queen excluders off, tilt the floors a little to the front so
that rain runs out. Treat with oxalic acid only when there is no brood, about the shortest day.
""",
)
MACHINES = Publisher(
    "a-landmaschinen-museum.test",
    "Landmaschinenmuseum Oderbruch",
    "Traktoren, Dreschmaschinen und was dazugehört.",
    typo3,
    ("Sammlung", "Öffnungszeiten", "Förderverein"),
    language="de",
    others=("Lanz Bulldog", "Die Dampfmaschine läuft", "Museumsfest"),
)
LOCOMOBILE = Story(
    "/sammlung/lokomobile.html",
    "Die Lokomobile von 1907",
    """
Zwölf Pferdestärken, vier Tonnen, ein Schornstein zum Umklappen: Mit dieser fahrbaren
Dampfmaschine der Firma Wolf aus Magdeburg-Buckau zog der Lohndrescher Karl Henning von Hof zu Hof.

Der Kessel wird seit 2004 jedes Jahr geprüft und darf noch mit sechs Atmosphären gefahren werden.
Zum Anheizen braucht der Heizer drei Stunden und eine Schubkarre Buche. Unter Dampf zu sehen ist
sie am zweiten Sonntag im September.
""",
)


def phase(day: str, said: str) -> str:
    return MOONS.html(
        Story(
            f"/moon/{day}",
            f"The Moon on {day}",
            f"""
On {day} at noon, universal time, the Moon was {said}. The terminator, the line between day and
night on the Moon, crossed the equator near the middle of the sunlit side. Choose another day
above, or see how the phase is computed from the mean longitudes of the Sun and the Moon.

Rise and set depend on where you are. The almanac gives them for Greenwich unless your browser
tells it another place. Times before 1925 are astronomical, counted from noon, in the old books.
""",
        )
    )


def moon_of_any_day(number: int) -> str:
    return phase(f"day {number + 1600}", ("waxing", "full", "waning", "new")[number % 4])


def harbour(number: int) -> str:
    """Return one page as advertising, counters and shuffled boxes make it another each time."""
    ads = " ".join(f"Offer {number * k % 97}: boots, rope, paint, charts." for k in range(1, 25))
    others = "".join(f"<li>Read next: story {number * k % 53} of the coast</li>" for k in range(9))
    return BULLETIN.html(
        Story(
            "/stories/kippford-harbour/",
            "Kippford, the harbour that moved",
            f"""
When the Urr changed its bed in the flood of 1829, the village had a quay and no water. It took the
laird nine years to agree to a new quay, and it took the fishermen one weekend to carry the old one
to the river, stone by stone, without asking him.

The ring on the third bollard is still the old one. Read {number * 31} times; {number % 7} readers
are here now.

<div class="ad">{ads}</div>
""",
            tail=f'<section id="more-{number}"><ul>{others}</ul></section>',
        )
    )


CASES = (
    living(
        "alive_short_page",
        "Inverlochy ferry times",
        Publisher("a-ferrytimes.test", "Ferry", "Ring the bell on the jetty.", static, ("Fares",)),
        Story("/times.html", "Times", "Mondays to Saturdays at 8, 10, 2 and 5. Not in fog."),
    ),
    living(
        "alive_printable_handout_noindex",
        "handout on confidence intervals",
        Publisher(
            "a-statslab-handouts.test",
            "Statistics Laboratory",
            "Teaching material of the statistics laboratory.",
            university,
            ("Courses", "Software", "People"),
            others=("Handout 3: boxplots", "Handout 5: t-tests"),
        ),
        Story(
            "/handouts/04-print.html",
            "Handout 4 (print version)",
            """
An interval computed from a sample is a statement about the method, not about the one interval you
hold. If a hundred students each draw a sample of forty and compute a 95 per cent interval, about
ninety-five of the intervals will cover the true mean. You do not know whether yours is one of them.

Exercise: the lengths in millimetres of nine broad beans are 21, 24, 19, 22, 25, 20, 23, 22, 24.
Compute the mean, the standard deviation and the interval. The factor from the table is 2.306.
""",
            head='<meta name="robots" content="noindex, nofollow">',
        ),
    ),
    living(
        "alive_x_robots_tag",
        "parish registers of Gästrikland, how to read them",
        Publisher(
            "a-slaktforskare.test",
            "Kyrkobok",
            "Reading old Swedish parish registers.",
            static,
            ("Letters", "Abbreviations"),
        ),
        Story(
            "/abbreviations.html",
            "Abbreviations in parish registers",
            """
The priest wrote for himself and had little paper. "Bd." is a bonde, a farmer with land of his own;
"bruk." a tenant; "inh." an inhyseshjon, who lodged with others and was often old. "Oä." before a
child's name means that it was born out of wedlock, "tvill." a twin.

Dates are given by feasts. "Dom. Cantate" is the fourth Sunday after Easter; keep a calendar at
hand. A cross means death, two crosses buried the same day.
""",
        ),
        headers={"X-Robots-Tag": "noindex, noarchive"},
    ),
    Case(
        "alive_single_page_site",
        ("alive",),
        "a-quinceday.test/",
        "Quince Day, the harvest festival",
        {
            "a-quinceday.test": Site(
                b.refusal(404),
                {
                    "/": serve("""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Quince Day</title><style>body{max-width:40em;margin:auto}</style></head><body>
<nav><a href="#when">When</a> <a href="#bring">Bring</a> <a href="#last">Last year</a></nav>
<h1>Quince Day</h1><section id="when"><h2>When</h2><p>The last Saturday of October in the walled
orchard, from eleven until the light goes. There is no parking, and there is a bus.</p></section>
<section id="bring"><h2>Bring</h2><p>A knife, an apron, jars. Quinces are found: eleven trees of
five kinds, some of them older than the house.</p></section><section id="last"><h2>Last year</h2>
<p>We boiled 214 jars of jelly and one of something else.</p></section></body></html>""")
                },
            )
        },
    ),
    Case(
        "alive_bare_page_without_title",
        ("alive",),
        "a-homepages-valleynet.test/~rkelso/hydro.htm",
        "Ray's hydrometer correction table",
        {
            "a-homepages-valleynet.test": Site(
                b.refusal(404),
                {
                    "/": serve("<HTML><BODY><H1>ValleyNet member pages</H1></BODY></HTML>"),
                    "/~rkelso/hydro.htm": serve("""<HTML><BODY BGCOLOR=#FFFFFF>
<P>Here is the table I use. Hydrometer is made for 60 F. Add this to the reading:
<PRE>
   70 F   +.001
   77 F   +.002
   84 F   +.003
   95 F   +.005
</PRE>
<P>Dont trust it above 110, cool the sample. If you find a mistake tell me at the meeting, the
email I used to have here is no good anymore. Ray
</BODY></HTML>"""),
                },
            )
        },
    ),
    living(
        "alive_title_is_untitled_document",
        "brewing water calculator",
        Publisher(
            "a-hardwater.test", "Hard Water", "Salts, acids and a spreadsheet.", bare, ("Sheet",)
        ),
        Story(
            "/calc/index2.html",
            "Untitled Document",
            """
Type in the analysis your supplier sends you: calcium, magnesium, sodium, sulphate, chloride and
bicarbonate in milligrams to the litre. Then choose a town. Burton wants gypsum, Plzen wants
nothing at all, Dublin wants chalk and so do most stouts.

<table border="1"><tr><td>Gypsum, 1 g in 10 l</td><td>+23 Ca</td><td>+56 SO4</td></tr>
<tr><td>Calcium chloride, 1 g in 10 l</td><td>+27 Ca</td><td>+48 Cl</td></tr></table>

Residual alkalinity is bicarbonate less calcium over 3.5 and magnesium over 7, all as equivalents.
Below zero for pale beers, up to 100 for black ones.
""",
        ),
    ),
    living(
        "alive_generic_anchor",
        "click here",
        Publisher(
            "a-rosehipfarm.test",
            "Rosehip Farm School",
            "Farm days for primary classes.",
            wordpress,
            ("Days out", "Teachers", "Animals"),
            others=("Lambing week", "Risk sheet", "Where the eggs go"),
            kilobytes=55,
        ),
        Story(
            "/teachers/seed-to-loaf/",
            "From seed to loaf in one school year",
            """
In September each child sows a square foot of winter wheat. In May they draw it, in July they cut
it with scissors, in the first week of the new term they thresh it in a pillowcase, and by four
o'clock there is bread.

A square foot gives about forty grams of flour: a roll each. The worksheets follow the field, and
the arithmetic is real, because somebody always wants to know how big a field a family needs.
""",
        ),
    ),
    living(
        "alive_public_page_with_login_box",
        "star charts for southern skies",
        Publisher(
            "a-australsky.test",
            "Austral Sky Association",
            "Observers from Perth to Christchurch.",
            drupal,
            ("Charts", "Meetings", "Occultations"),
            others=("Chart 11: Musca", "Dark sites", "Telescope loans"),
        ),
        Story(
            "/charts/crux",
            "Chart 9: Crux and the Coalsack",
            """
The smallest constellation holds one of the best clusters of the sky. Put the low-power eyepiece on
Kappa Crucis and look for the one red star among the blue: Herschel's "casket of jewels".

The Coalsack needs no glass. From a dark place it is a hole beside the Cross, as large as your fist
at arm's length; from a town you will not see it at all. Chart to magnitude 7.5, epoch 2000.
""",
            tail="""<div class="block block-user"><h2>User login</h2><form action="/user/login"
method="post"><label>Username</label><input name="name"><label>Password</label><input
type="password" name="pass"><input type="submit" value="Log in"></form><p>Access denied? Members
sign in to see the minutes.</p></div>""",
        ),
    ),
    living(
        "alive_captcha_on_contact_form",
        "hand-forged chisels",
        Publisher(
            "a-bladesmith-orme.test",
            "Orme Edge Tools",
            "Chisels and gouges forged to order in Conwy.",
            wordpress,
            ("Chisels", "Gouges", "Order"),
            others=("Handles", "Why laminated steel", "Waiting list"),
            kilobytes=12,
        ),
        Story(
            "/order/",
            "Order a chisel",
            """
Tell me what you do with it. A paring chisel for drawers is not a mortise chisel with manners.
Blades are laminated, a hard bit of 1.2 per cent carbon on a soft back, and come ground to 25
degrees, unhandled unless you ask.

I forge on Mondays and answer letters on Fridays. The list is nine weeks long.
""",
            tail="""<form class="wpcf7-form"><input name="your-name"><textarea></textarea>
<script src="https://www.google.com/recaptcha/api.js"></script><div class="g-recaptcha"
data-sitekey="6LdX"></div><div class="cf-turnstile"></div><p>Please verify you are human.</p>
<button>Send</button></form>""",
        ),
    ),
    living(
        "alive_served_through_cloudflare",
        "Limoges porcelain marks",
        Publisher(
            "a-potmarks.test",
            "Potmarks",
            "Marks on the undersides of things.",
            static,
            ("France", "Saxony", "Staffordshire"),
        ),
        Story(
            "/france/limoges/",
            "Marks of Limoges, 1771 to 1930",
            """
The green mark under the glaze is the maker of the blank, the red mark over it the decorator: two
firms, and often two towns. Haviland used both from 1876, and "Déposé" helps to date a plate to the
years after 1891, when exports to America had to name their country.

Forgers like the star of the fifties best. On real plates its points are never quite even.
""",
            tail='<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js" defer></script>'
            '<script defer src="https://static.cloudflareinsights.com/beacon.min.js"></script>',
        ),
        headers={
            "Server": "cloudflare",
            "CF-RAY": "91e2f0aa1b2c3d4e-AMS",
            "cf-cache-status": "DYNAMIC",
            "Set-Cookie": "__cf_bm=pK1.abc-17; path=/; HttpOnly; Secure",
        },
    ),
    living(
        "alive_served_with_bot_manager_cookies",
        "how to register an allotment association",
        Publisher(
            "a-landregister-info.test",
            "Land and Associations Register",
            "The public register of associations and their land.",
            government,
            ("Search the register", "Fees", "Forms"),
        ),
        Story(
            "/guidance/allotment-associations",
            "Register an allotment association",
            """
You need seven members, a written constitution, and the consent of whoever owns the land. The fee
is 45 pounds and is waived for associations with fewer than twenty plots.

Send form A3 with the signed constitution. We reply within fifteen working days. You may let plots
as soon as you have our number; you may not sell surplus produce commercially before that.
""",
        ),
        headers={
            "X-Iinfo": "7-2201-2202 NNNY CT(21 44 0) RT(1763800000 3) q(0 0 0 -1) r(1 1) U6",
            "Set-Cookie": "incap_ses_77_1=Zk; path=/, _abck=0~-1~YAAQ; path=/, bm_sz=9F2; path=/",
        },
    ),
    Case(
        "alive_where_unknown_paths_show_the_home_page",
        ("alive",),
        f"{RINGERS.host}{TENOR.path}",
        "a bell cast in 1662",
        {
            RINGERS.host: RINGERS.site(
                {TENOR.path: serve(RINGERS.html(TENOR))}, otherwise=serve(RINGERS.home())
            )
        },
    ),
    Case(
        "alive_where_unknown_paths_go_home",
        ("alive",),
        f"{GREENWOOD.host}{STEAMING.path}",
        "bending ash with steam",
        {
            GREENWOOD.host: GREENWOOD.site(
                {STEAMING.path: serve(GREENWOOD.html(STEAMING))}, otherwise=b.redirect("/", 301)
            )
        },
        captures={
            f"{GREENWOOD.host}{STEAMING.path}": (
                *GREENWOOD.archived(STEAMING, "20160502081500"),
                Capture("20210117034455", "301", body=""),
                *GREENWOOD.archived(STEAMING, "20240605060708"),
            )
        },
    ),
    Case(
        "alive_page_made_for_any_address",
        ("alive",),
        f"{MOONS.host}/moon/1752-09-14",
        "the Moon on 1752-09-14",
        {
            MOONS.host: MOONS.site(
                {"/moon/1752-09-14": serve(phase("1752-09-14", "at its first quarter"))},
                otherwise=changing(moon_of_any_day),
            )
        },
    ),
    Case(
        "alive_page_that_changes_with_every_request",
        ("alive",),
        f"{BULLETIN.host}/stories/kippford-harbour/",
        "the harbour that moved",
        {BULLETIN.host: BULLETIN.site({"/stories/kippford-harbour/": changing(harbour)})},
    ),
    Case(
        "alive_canonical_points_home",
        ("alive",),
        f"{CONFIGURED_WRONGLY.host}{OCTOBER.path}",
        "what beekeepers do in October",
        {
            CONFIGURED_WRONGLY.host: CONFIGURED_WRONGLY.site(
                {
                    OCTOBER.path: serve(
                        CONFIGURED_WRONGLY.html(OCTOBER).replace(
                            CONFIGURED_WRONGLY.url(OCTOBER.path), CONFIGURED_WRONGLY.url("/")
                        )
                    )
                }
            )
        },
    ),
    Case(
        "alive_archived_404_but_back_again",
        ("alive",),
        f"{MACHINES.host}{LOCOMOBILE.path}",
        "eine fahrbare Dampfmaschine von 1907",
        {MACHINES.host: MACHINES.serving(LOCOMOBILE)},
        captures={
            f"{MACHINES.host}{LOCOMOBILE.path}": (
                *MACHINES.archived(LOCOMOBILE, "20130409112233"),
                Capture("20190612090001", "404", body="<title>404</title><h1>Nicht gefunden</h1>"),
                Capture("20191120090001", "404", body="<title>404</title><h1>Nicht gefunden</h1>"),
            )
        },
    ),
    living(
        "alive_framework_page_with_error_text_in_its_data",
        "timeline of clock making",
        Publisher(
            "a-escapement.test",
            "Escapement",
            "The history of clocks in sixty objects.",
            next_app,
            ("Objects", "Makers", "Map"),
        ),
        Story(
            "/timeline",
            "A timeline of clockmaking",
            """
1283: Dunstable Priory sets up a clock above the rood screen. It has no dial; it rings.

1656: Christiaan Huygens hangs a pendulum in a clock and the error falls from fifteen minutes a day
to fifteen seconds.

1761: John Harrison's fourth timekeeper crosses to Jamaica and loses five seconds. The Board wants
to see it done again.

1927: Warren Marrison counts the beats of a crystal of quartz at Bell Laboratories.
""",
        ),
    ),
    Case(
        "alive_frameset_of_a_hobby_site",
        ("alive", "unknown"),
        "a-kaleidocycles.test/index.html",
        "paper kaleidocycles",
        {
            "a-kaleidocycles.test": Site(
                b.refusal(404),
                dict.fromkeys(
                    ("/", "/index.html"),
                    serve("""<html><head><title>Kaleidocycles of paper</title></head>
<frameset cols="180,*"><frame src="menu.html" name="menu"><frame src="start.html" name="main">
<noframes><body>Folding patterns for rings of tetrahedra. <a href="start.html">Start</a></body>
</noframes></frameset></html>"""),
                ),
            )
        },
    ),
    Case(
        "alive_index_of_a_directory",
        ("alive",),
        "a-ftp-geodesy.test/pub/tables/",
        "geodetic tables",
        {
            "a-ftp-geodesy.test": Site(
                b.refusal(404),
                {
                    "/": serve("<html><title>Geodesy file server</title><p>See /pub/</p></html>"),
                    "/pub/tables/": serve(
                        "<html><head><title>Index of /pub/tables</title></head><body><h1>Index of"
                        " /pub/tables</h1><pre><a href='/pub/'>Parent Directory</a>\n"
                        + "\n".join(
                            f"<a href='levels_{year}.txt'>levels_{year}.txt</a> {year}-03-0"
                            f"{year % 9 + 1} 10:{year % 50 + 10} {year % 90}K"
                            for year in range(1951, 1990)
                        )
                        + "</pre><address>Apache/2.4.57 (Debian) Server</address></body></html>"
                    ),
                },
            )
        },
    ),
    living(
        "alive_page_that_is_a_film",
        "splitting oak with wedges (video)",
        Publisher(
            "a-wedgeandfroe.test",
            "Wedge and Froe",
            "Films of old crafts.",
            wordpress,
            ("Films", "People"),
            others=("Hurdles", "Besoms", "A ladder from one pole"),
        ),
        Story(
            "/films/cleaving-oak/",
            "Cleaving oak",
            '<iframe src="https://player.invalid/video/31337" allowfullscreen></iframe>\n\n'
            "Filmed at Bradfield in March 2019. Eleven minutes.",
        ),
    ),
    living(
        "alive_long_thread_in_a_forum",
        "restoring a Stanley No. 4",
        Publisher(
            "a-shavingsforum.test",
            "Shavings",
            "A friendly board about hand tools",
            forum,
            ("Planes", "Saws", "Show your bench"),
            others=("Rust and vinegar", "Is this a Norris?", "Bench height again"),
            kilobytes=8,
        ),
        Story(
            "/planes/restoring-a-no-4.31208/",
            "Restoring a No. 4, with pictures",
            """
Bought for four pounds at the boot fair, seized solid. Day one: a bath of citric acid, sixty grams
to the litre, overnight. The pictures are after a scrub with a brass brush.

Lovely. Did you take the frog off before or after? I cracked one by hurrying.

After. Heat from a hair dryer and a good screwdriver ground to fit the slot. It gave with a bang
that woke the dog.

The attachment image4.jpg is no longer available, can you post it again?

Here. Sole flattened on wet and dry on a granite tile, only the toe, mouth and heel matter. It took
a shaving of two hundredths this morning, and I am insufferable about it.
""",
        ),
    ),
)
