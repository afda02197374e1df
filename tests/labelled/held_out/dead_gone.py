"""Pages that are gone from a host that lives: 404 and 410 in all their dresses."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from tests.labelled.case import Case
from tests.labelled.held_out.dress import (
    Dress,
    at,
    echoing,
    everywhere,
    fine_by_head,
    host,
    hugo,
    news,
    office,
    oldschool,
    shop,
    story,
    typo3,
    wordpress,
)

_CELLAR = Dress(
    "Barley &amp; Crown",
    ("Recipes", "All-grain basics", "Yeast bank", "Club nights", "About us"),
    "Barley &amp; Crown Homebrewers, meeting since 1994",
)
_SHEARS = Dress(
    "Thornbury Garden Tools",
    ("Bypass secateurs", "Hedge shears", "Dibbers", "Potting trays", "Cane toppers", "Twine tins"),
    "Thornbury Garden Tools Ltd. Free delivery over 50.",
)
_BOARD = Dress(
    "Rook &amp; Pawn",
    ("Openings", "Endgames", "Clubs near you", "Problems"),
    "Rook &amp; Pawn, 2024",
)
_ORTE = Dress(
    "Heimatverein Lauenstein",
    ("Verein", "Ortsgeschichte", "Veranstaltungen", "Bilderarchiv", "Impressum"),
    "Heimatverein Lauenstein e. V., Am Burgtor 3",
    "de",
)
_STARS = Dress(
    "Southern Sky Watchers",
    ("Tonight", "Telescopes", "Variable stars", "Observing log", "Join"),
    "Southern Sky Watchers, an amateur society",
)
_COUNTY = Dress(
    "Records Office of Wendle County",
    ("Parish registers", "Wills", "Maps and plans", "Visit us", "Copies and fees"),
    "Records Office, Mill Lane, Wendle. Open Tuesday to Saturday.",
)
_DAILY = Dress(
    "The Harrow Courier",
    (
        "Council backs new footbridge",
        "School fair draws crowd",
        "River level falls",
        "Bus 7 rerouted",
    ),
    "The Harrow Courier, part of Dale Newspapers",
)
_WOOD = Dress(
    "The Quiet Plane",
    ("Sharpening", "Joints", "Benches", "Finishes", "Plans"),
    "Written by a joiner in his evenings",
)
_NUMBERS = Dress(
    "Open Statistics Notes", ("Probability", "Regression", "Sampling", "Exercises"), "CC BY 4.0"
)
_BREAD = Dress(
    "Crumb and Crust",
    ("Sourdough", "Rye", "Flatbreads", "Ovens", "Newsletter"),
    "Crumb and Crust, recipes since 2008",
)

_BARLEY_PAGE = wordpress(
    _CELLAR,
    "Decoction mashing step by step - Barley &amp; Crown",
    story(
        "Decoction mashing step by step",
        "A decoction raises the temperature of the mash by boiling a part of it. Pull a third of"
        " the thickest grain, bring it slowly to seventy degrees, rest, then boil it for a quarter"
        " of an hour while stirring all the time so that nothing scorches.",
        "Return the boiled part in small portions and check the thermometer after each. Most club"
        " members aim for a protein rest at fifty-two, a maltose rest at sixty-three and a last"
        " rest at seventy-two degrees before lautering.",
        "The reward is a deeper malt flavour in Bocks and dark lagers. The price is two more hours"
        " and a second kettle. Bring your first bottle to a club night and tell us how it went.",
    ),
)
_BARLEY_HOME = wordpress(
    _CELLAR,
    "Barley &amp; Crown - a homebrew club",
    story(
        "Welcome to the club",
        "We brew together on the first Sunday of the month and taste on the third Thursday.",
        "New members need no equipment: the club owns three kettles and a wort chiller.",
    ),
)

CASES: tuple[Case, ...] = (
    Case(
        "gone_wordpress_theme",
        ("dead_gone",),
        "barleycrown.test/2016/05/decoction-mashing-step-by-step/",
        "Decoction mashing step by step",
        {
            "barleycrown.test": host(
                _BARLEY_HOME,
                b.answer(
                    wordpress(
                        _CELLAR,
                        "Page not found - Barley &amp; Crown",
                        story(
                            "Oops! That page can&rsquo;t be found.",
                            "It looks like nothing was found at this location. Maybe try a search?",
                        ),
                    ),
                    404,
                ),
            )
        },
        captures={
            "barleycrown.test/2016/05/decoction-mashing-step-by-step/": (
                at("20170304", _BARLEY_PAGE),
                at("20201119", _BARLEY_PAGE),
                at("20230708", "<title>Page not found</title>", "404"),
            )
        },
    ),
    Case(
        "gone_410_stock_page",
        ("dead_gone",),
        "rookandpawn.test/endgames/lucena-position.html",
        "the Lucena position explained",
        {
            "rookandpawn.test": host(
                hugo(
                    _BOARD,
                    "Rook & Pawn: chess for club players",
                    story("Chess for club players", "Lessons, problems and a list of clubs."),
                ),
                b.refusal(404),
                {"/endgames/lucena-position.html": b.refusal(410)},
            )
        },
    ),
    Case(
        "gone_404_full_of_products",
        ("dead_gone",),
        "thornburytools.test/catalogue/dibbers/oak-dibber",
        "oak dibber",
        {
            "thornburytools.test": host(
                shop(
                    _SHEARS,
                    "Garden tools that last | Thornbury Garden Tools",
                    story("Garden tools that last", "Forged, ground and oiled by hand."),
                ),
                b.answer(
                    shop(
                        _SHEARS,
                        "Garden tools that last | Thornbury Garden Tools",
                        story(
                            "You may like these instead",
                            "Our gardeners have chosen a few favourites for you this month.",
                        ),
                    ),
                    404,
                ),
            )
        },
    ),
    Case(
        "gone_redirect_ends_in_404",
        ("dead_gone",),
        "wendlerecords.test/guides/parish-registers.asp",
        "Guide to the parish registers of Wendle",
        {
            "wendlerecords.test": host(
                office(
                    _COUNTY,
                    "Records Office of Wendle County",
                    story("Trace your family in Wendle", "Registers from 1558, wills from 1612."),
                ),
                b.redirect("/errors/not-available", 302),
                {
                    "/errors/not-available": b.answer(
                        office(
                            _COUNTY,
                            "Not available - Records Office of Wendle County",
                            story("This page is no longer available", "Start from our home page."),
                        ),
                        404,
                    )
                },
            )
        },
        captures={
            "wendlerecords.test/guides/parish-registers.asp": (
                at(
                    "20120914",
                    office(
                        _COUNTY,
                        "Parish registers of Wendle",
                        story(
                            "Parish registers",
                            "We hold the registers of forty-one parishes. Baptisms before 1813 are"
                            " indexed by surname; marriages are indexed by both parties.",
                            "Most originals may not be handled. Please use the microfilm in room 2"
                            " and ask the staff for the list of gaps, above all for the years of"
                            " the Commonwealth, when many clerks kept no book at all.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "gone_redirect_to_www_then_410",
        ("dead_gone",),
        "quietplane.test/plans/shaving-horse",
        "Shaving horse plans",
        {
            "quietplane.test": everywhere(
                b.refusal(404),
                {
                    "/": b.redirect("http://www.{host}/", 301),
                    "/plans/shaving-horse": b.redirect(
                        "http://www.{host}/plans/shaving-horse", 301
                    ),
                },
            ),
            "www.quietplane.test": host(
                hugo(
                    _WOOD,
                    "The Quiet Plane",
                    story("Woodworking without noise", "Hand tools, slow joints, few words."),
                ),
                b.refusal(404),
                {
                    "/plans/shaving-horse": b.answer(
                        hugo(
                            _WOOD,
                            "The Quiet Plane",
                            story(
                                "Taken down", "I no longer offer these plans. They had an error."
                            ),
                        ),
                        410,
                    )
                },
            ),
        },
    ),
    Case(
        "gone_redirects_in_a_circle",
        ("dead_gone",),
        "crumbandcrust.test/rye/100-percent-rye",
        "100 percent rye bread",
        {
            "crumbandcrust.test": host(
                wordpress(
                    _BREAD,
                    "Crumb and Crust",
                    story("Bread worth the wait", "Sourdough, rye and flatbreads for home ovens."),
                ),
                b.refusal(404),
                {
                    "/rye/100-percent-rye": b.redirect("/rye/100-percent-rye/", 301),
                    "/rye/100-percent-rye/": b.redirect("/rye/100-percent-rye", 301),
                },
            )
        },
    ),
    Case(
        "gone_redirect_to_no_address",
        ("dead_gone", "unknown"),
        "statnotes.test/r/bootstrap.html",
        "Bootstrap confidence intervals",
        {
            "statnotes.test": host(
                hugo(
                    _NUMBERS,
                    "Open Statistics Notes",
                    story("Open Statistics Notes", "Lecture notes with exercises and answers."),
                ),
                b.refusal(404),
                {"/r/bootstrap.html": b.redirect("http://[/notes/bootstrap", 301)},
            )
        },
    ),
    Case(
        "gone_404_without_a_body",
        ("dead_gone",),
        "southernsky.test/logs/2009/eta-carinae.htm",
        "Eta Carinae observing log 2009",
        {
            "southernsky.test": host(
                oldschool(
                    _STARS,
                    "Southern Sky Watchers",
                    "<H2>Clear skies!</H2><P>Meetings every new moon at the school oval.",
                ),
                b.answer("", 404),
            )
        },
        captures={
            "southernsky.test/logs/2009/eta-carinae.htm": (
                at(
                    "20100211",
                    oldschool(
                        _STARS,
                        "Eta Carinae 2009",
                        "<H2>Eta Carinae</H2><P>Forty-three naked-eye estimates by nine members,"
                        " January to December 2009. Magnitude 4.8 rising to 4.6, comparison stars"
                        " from the southern chart. Moonlit nights are marked with a cross.",
                    ),
                ),
                at("20150630", "", "404"),
            )
        },
    ),
    Case(
        "gone_pdf_404_in_json",
        ("dead_gone",),
        "lesson-depot.test/files/fractions-worksheet.pdf",
        "Fractions worksheet (PDF)",
        {
            "lesson-depot.test": host(
                hugo(
                    Dress("Lesson Depot", ("Maths", "Reading", "Science"), "Free for classrooms"),
                    "Lesson Depot: worksheets for teachers",
                    story("Worksheets for teachers", "Print, copy, teach. No account needed."),
                ),
                b.answer(
                    '{"statusCode":404,"error":"Not Found","message":"No such object"}',
                    404,
                    "application/json",
                ),
            )
        },
    ),
    Case(
        "gone_though_head_says_200",
        ("dead_gone",),
        "harrowcourier.test/archive/1998/mill-fire",
        "How the mill burned down in 1998",
        {
            "harrowcourier.test": host(
                news(
                    _DAILY,
                    "The Harrow Courier | Local news",
                    story("Today in Harrow", "The council has voted for the footbridge at last."),
                ),
                fine_by_head(
                    b.answer(
                        news(
                            _DAILY,
                            "The Harrow Courier | Local news",
                            story(
                                "Sorry",
                                "The article you want has been removed or never existed.",
                            ),
                        ),
                        404,
                    )
                ),
            )
        },
    ),
    Case(
        "gone_german_404_names_the_path",
        ("dead_gone",),
        "heimatverein-lauenstein.test/ortsgeschichte/muehlen/obermuehle.html",
        "Geschichte der Obermühle",
        {
            "heimatverein-lauenstein.test": host(
                typo3(
                    _ORTE,
                    "Heimatverein Lauenstein",
                    story("Willkommen", "Wir sammeln, was der Ort über sich erzählt."),
                ),
                echoing(
                    typo3(
                        _ORTE,
                        "Fehler 404 | Heimatverein Lauenstein",
                        story(
                            "Diese Seite gibt es nicht",
                            "Die Adresse {path} führt ins Leere. Bitte nutzen Sie das Menü.",
                        ),
                    ),
                    404,
                ),
            )
        },
        captures={
            "heimatverein-lauenstein.test/ortsgeschichte/muehlen/obermuehle.html": (
                at(
                    "20180520",
                    typo3(
                        _ORTE,
                        "Die Obermühle | Heimatverein Lauenstein",
                        story(
                            "Die Obermühle",
                            "Die Obermühle wird 1432 zum ersten Mal genannt. Sie besaß zwei"
                            " Mahlgänge und einen Ölgang, das Wasser kam aus dem Schlossteich.",
                            "Der letzte Müller legte das Rad 1958 still. Heute stehen nur noch die"
                            " Grundmauern, die der Verein 2003 freigelegt hat.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "gone_404_behind_cloudflare",
        ("dead_gone",),
        "seedswap.test/heirloom/cherokee-purple",
        "Growing Cherokee Purple tomatoes",
        {
            "seedswap.test": host(
                hugo(
                    Dress("Seed Swap Circle", ("Tomatoes", "Beans", "Rules"), "Swap, never sell"),
                    "Seed Swap Circle",
                    story("Seed Swap Circle", "Members list what they have and what they want."),
                ),
                b.answer(
                    "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found"
                    "</h1></center><hr><center>cloudflare</center></body></html>",
                    404,
                    headers={
                        "Server": "cloudflare",
                        "CF-RAY": "8a1b2c3d4e5f6789-AMS",
                        "Set-Cookie": "__cf_bm=abc.def; path=/; HttpOnly",
                    },
                ),
            )
        },
    ),
    Case(
        "gone_404_refreshes_to_the_home_page",
        ("dead_gone", "redirected_home"),
        "kinfinder.test/surnames/attwater",
        "Attwater family tree",
        {
            "kinfinder.test": host(
                hugo(
                    Dress(
                        "Kin Finder", ("Surnames", "Places", "Forum"), "A genealogy co-operative"
                    ),
                    "Kin Finder",
                    story("Find your kin", "Two thousand pedigrees, checked against the sources."),
                ),
                b.answer(
                    "<html><head><meta http-equiv='refresh' content='5; url=/'><title>Kin Finder"
                    "</title></head><body><p>We moved things around and could not find this one."
                    " You will be taken to our home page in five seconds.</p></body></html>",
                    404,
                ),
            )
        },
    ),
)
