"""Living pages about domains for sale, suspended accounts and default pages of servers."""

from __future__ import annotations

from brokenlinks.demo.behaviours import answer
from brokenlinks.demo.server import Site
from tests.labelled.case import Case
from tests.labelled.tuned.pages import (
    Place,
    Story,
    at_host,
    drupal,
    forum,
    handmade,
    listing,
    news,
    nextjs,
    served,
    standing,
    static,
    table,
    university,
    wordpress,
)

WAR_DIARY = Place(
    "ww2.a-county-archive.example",
    "County Archive",
    drupal,
    "Diaries, ration books and photographs of the county in the Second World War.",
    ("Diaries", "Evacuees", "Airfields"),
)
DIARY = Story(
    "/diaries/land-girls",
    "Diaries of the land girls",
    """
    Eleven diaries were given to the archive by women who worked on farms of the county between
    1940 and 1947. They tell of threshing, of bad boots, and of dances at the American airfield.

    All are transcribed, and the first three can be read here page by page beside the original.
    Spelling has been kept. Names of people who may be alive are shortened to an initial.

    To quote from a diary, give its shelf mark and the date of the entry.
    """,
)
AIR_BOARD = Place(
    "ww3.a-air-board.example",
    "State Air Board",
    drupal,
    "The board measures the air of the state and makes rules to keep it clean.",
    ("Research", "Rules", "Meetings"),
)
STOVES = Story(
    "/research/stoves",
    "Indoor air and wood stoves",
    """
    Burning wood indoors puts fine particles into the room even when the stove is closed: most of
    them are released when the door is opened for new logs. Measurements in 62 homes found evening
    levels four times those outdoors.

    Dry wood, a warm flue and a slow opening of the door reduce the release by more than half. A
    filter in the room helps; a larger stove does not.
    """,
)

CASES: tuple[Case, ...] = (
    standing(
        "article_on_parked_domains",
        "what happens to expired domains",
        Place(
            "a-small-web-almanac.example",
            "The Small Web Almanac",
            wordpress,
            "Essays on keeping a personal site alive for longer than you hold a job.",
            ("Names", "Hosting", "Backups", "Letters"),
        ),
        Story(
            "/names/what-is-a-parked-domain/",
            "“This domain is for sale”: what a parked domain is",
            """
            You follow an old link to a choir you used to sing in, and there it is: “This domain
            may be for sale”, four words about travel insurance, and a form to make an offer. The
            choir forgot to renew its name, and a company took it on the day it dropped.

            Parking means that a name leads to a page made of nothing but advertising links. The
            visitor comes by mistake, clicks once in a hundred times, and pays for the name.

            ## Can you get it back?

            Within thirty days of expiry the former owner can usually redeem the name for a fee.
            Afterwards you deal with whoever holds it. “Buy this domain” buttons start at two
            thousand; brokers will write on your behalf and take fifteen percent.

            Most choirs choose another name, and write to everyone who links to the old one.
            """,
            archived=("20220118200000",),
        ),
    ),
    standing(
        "broker_explains_domain_prices",
        "how domain brokers set prices",
        Place(
            "a-namehouse-brokers.example",
            "Namehouse, domain brokers since 2003",
            nextjs,
            "We buy and sell domain names for companies that would rather not be named.",
            ("For buyers", "For sellers", "Guides"),
        ),
        Story(
            "/guides/valuing-a-domain",
            "What is a domain name worth?",
            """
            Domain names for sale are priced by comparison, like houses. We look at names of the
            same length and ending which changed hands in the last two years, at how often the
            words are searched for, and at who could want them besides you.

            A buyer should ask three questions: has the name been used for spam, does somebody hold
            a trade mark in it, and will the seller accept escrow? Make an offer in writing.

            This guide is part of a course we give twice a year at the business school, and we are
            happy if teachers use it. The figures are from 412 sales of ours between 2015 and 2024.
            """,
            main=table(
                ("Kind", "Median price", "Sales"),
                [
                    ("One dictionary word", "14 200", "88"),
                    ("Two words", "2 150", "241"),
                    ("Invented word", "1 900", "83"),
                ],
            ),
        ),
    ),
    standing(
        "forum_thread_on_a_domain_for_sale",
        "thread about the club's lost name",
        Place(
            "a-brewers-board.example",
            "Brewers' Board",
            forum,
            "The board of home brewers: recipes, equipment, and what went wrong this time.",
            ("Recipes", "Equipment", "Off topic", "Rules"),
        ),
        Story(
            "/viewtopic.php?t=48213",
            "Domain for sale - buy it back or move on?",
            """
            Our club's old domain is for sale now, the page says “The owner is offering it for
            1,499 USD”. Registration lapsed when our treasurer moved. Has anybody here ever bought
            such a name back, and did the price come down?

            > They started at 1499 with us too and took 300 in the end. Never look too keen.

            Don't feed them. We told the twelve sites which linked to us, changed the labels on the
            bottles, and six months later nobody remembered the old name.

            Thanks all, the meeting voted for moving on. The new address is in my signature.
            """,
        ),
    ),
    standing(
        "forum_thread_on_suspended_accounts",
        "suspended for too many recipes",
        Place(
            "a-webmasters-inn.example",
            "Webmasters' Inn",
            forum,
            "Where people who keep web sites for clubs and schools help each other out.",
            ("Hosting", "Mail", "Scripts", "Marketplace"),
        ),
        Story(
            "/viewtopic.php?f=4&t=9917",
            "This Account Has Been Suspended",
            """
            Logged in this morning and my recipe site shows “This Account has been suspended.
            Contact your hosting provider for more information.” Nothing in the mail. The host
            says a script used too much processor time. It is forty pages and a search form!

            > Look at the access log: ours was a robot asking for every sort order of one table.

            Same here last year. We put the calendar behind a form, and the load fell by nine
            tenths. They unsuspended the account within the hour.

            Solved: it was indeed the calendar. It offered a page for every month until 9999.
            """,
        ),
    ),
    standing(
        "tutorial_on_the_default_page_of_nginx",
        "setting up nginx for a club site",
        Place(
            "a-quiet-servers.example",
            "Quiet Servers",
            static,
            "How to run a server at home which you can forget about for a year.",
            ("Setup", "Backups", "Logs"),
        ),
        Story(
            "/setup/nginx/",
            "Welcome to nginx! Now replace that page",
            """
            “If you see this page, the nginx web server is successfully installed and working.
            Further configuration is required.” It is a good sign, and most people leave it there
            for a week because they do not know which file it comes from.

            On Debian the page lies in /var/www/html; the configuration that serves it is called
            default. Copy it, change the server name and the root, and link it into sites-enabled.

            Test with nginx -t before you reload. If the default page is still there afterwards,
            the name of your site is spelled differently in the request and in the file.

            The same holds for “Apache2 Debian Default Page: It works!” with other file names.
            """,
            archived=("20200222222200", "20250101080000"),
        ),
    ),
    standing(
        "tutorial_quoting_a_missing_bucket",
        "hosting a family tree in a bucket",
        Place(
            "a-kin-and-code.example",
            "Kin & Code",
            wordpress,
            "Genealogy with a text editor: GEDCOM, scripts and cheap hosting.",
            ("GEDCOM", "Scripts", "Hosting"),
        ),
        Story(
            "/hosting/family-tree-on-s3/",
            "A family tree on cloud storage, step by step",
            """
            Storage buckets can serve plain pages, and a family tree is plain pages. For a tree of
            nine thousand people I pay forty cents a month, and most of that is photographs.

            The name of the bucket has to be the name of the site. If it is not, visitors read
            “NoSuchBucket: The specified bucket does not exist”, which is what everybody sees on
            the first day. “There isn't a GitHub Pages site here” is its counterpart elsewhere.

            Upload with the public-read flag, set the index document, and wait for the name to be
            known. Then remove write access from every key you do not use.
            """,
        ),
    ),
    standing(
        "history_of_car_parks",
        "Parked: the town and its cars",
        Place(
            "a-towngate-history.example",
            "Towngate Local History Society",
            handmade,
            "Talks on the second Monday of the month in the old library. All welcome.",
            ("Talks", "Walks", "Publications"),
        ),
        Story(
            "/publications/parked.html",
            "Parked: how the town made room for the motor car",
            """
            In 1921 the council let Mr Pratt keep eleven motor cars in the cattle market, and so
            the first car park of the town was opened. This booklet follows the story through the
            bomb sites of 1945, the multi-storey of 1968, and its demolition forty years later.

            Sixty-four pages, thirty-one photographs. For sale at the museum shop for six pounds,
            or by post. The chapter on parking meters can be read here in full.

            The meters arrived in March 1964. Shopkeepers predicted the end of trade; instead it
            was discovered that most of the cars had belonged to the shopkeepers.
            """,
        ),
    ),
    standing(
        "moon_page_at_the_path_lander",
        "Surveyor 3, a visit to a lander",
        Place(
            "a-regolith-review.example",
            "Regolith Review",
            nextjs,
            "Amateur astronomers on the Moon: what to see, and what has been left there.",
            ("Craters", "Missions", "Observing"),
        ),
        Story(
            "/lander",
            "The lander that was visited: Surveyor 3",
            """
            Surveyor 3 came down in the Ocean of Storms in April 1967, bounced twice because its
            engine did not stop, and sent six thousand pictures. Two and a half years later the
            crew of Apollo 12 walked over to it from 160 metres away.

            They cut off the camera and brought it home: the only part of another spacecraft that
            was ever retrieved from another world. Bacteria found inside it are now thought to have
            come from a careless laboratory.

            A telescope will not show the lander, but the crater it stands in is marked on our map
            together with the tracks seen by the orbiter in 2009.
            """,
        ),
    ),
    Case(
        "war_archive_on_the_host_ww2",
        ("alive",),
        f"{WAR_DIARY.host}{DIARY.path}",
        "Land girls' diaries 1940-1947",
        WAR_DIARY.sites({DIARY.path: answer(served(WAR_DIARY, DIARY))})
        | {"a-county-archive.example": Site(WAR_DIARY.missing(), {"/": WAR_DIARY.home()})},
    ),
    Case(
        "agency_that_balances_load_over_ww3",
        ("alive",),
        "www.a-air-board.example/research/stoves",
        "indoor air and wood stoves",
        AIR_BOARD.sites({"/research/stoves": answer(served(AIR_BOARD, STOVES))})
        | {"www.a-air-board.example": Site(at_host(AIR_BOARD.host))},
    ),
    standing(
        "page_with_related_searches_and_ads",
        "guide to sourdough starters",
        Place(
            "a-crumbwise.example",
            "Crumbwise",
            news,
            "Bread for people with jobs: recipes that wait until you are back.",
            ("Starters", "Ovens", "Flour", "Shop", "Advertise"),
        ),
        Story(
            "/starters/first-week",
            "A sourdough starter in its first week",
            """
            Mix fifty grams of rye with fifty of water and leave it alone for a day. On the second
            day it smells of wet hay, on the third of yoghurt, and on the fourth it seems to die:
            that is when most people throw it away, and when the yeasts are about to take over.

            Feed it once a day until it doubles in six hours. Then it may go to the refrigerator,
            and asks for flour once a week. It is not a pet, whatever they told you.
            """,
            main="<h3>Sponsored listings</h3>"
            + listing("Stand mixers", "Cheap flights", "Bread ovens", "Car insurance quotes")
            + "<h3>Related searches</h3>"
            + listing("Sourdough bread", "Bakery equipment", "Flour mill"),
        ),
    ),
    standing(
        "dutch_notice_of_a_house_for_sale",
        "brouwerij te koop",
        Place(
            "a-oude-brouwerijen.example",
            "Oude Brouwerijen in Brabant",
            university,
            "Een inventaris van alle brouwerijgebouwen, ook van de verdwenen.",
            ("Per gemeente", "Foto's", "Literatuur"),
            "nl",
        ),
        Story(
            "/te-koop.html",
            "Te koop: de brouwerij aan de Molenstraat",
            """
            De oude brouwerij aan de Molenstraat staat te koop. Het gebouw uit 1874 is sinds 1992
            een rijksmonument; de moutvloer, de eest en een deel van de koperen ketels zijn bewaard
            gebleven. De vraagprijs is niet openbaar, geïnteresseerden kunnen een bod doen.

            Onze werkgroep heeft het gebouw in 2018 opgemeten. De tekeningen en een korte
            geschiedenis van de familie Van den Heuvel, die hier drie generaties brouwde, zijn op
            deze pagina te vinden. Wie nog foto's van het interieur heeft, mag ons schrijven.
            """,
        ),
    ),
)
