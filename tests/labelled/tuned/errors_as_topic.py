"""Living pages that are about errors, or carry the number of one."""

from __future__ import annotations

from brokenlinks.demo.behaviours import answer
from tests.labelled.case import Case
from tests.labelled.tuned.pages import (
    Place,
    Story,
    drupal,
    government,
    handmade,
    news,
    nextjs,
    shop,
    standing,
    static,
    typo3,
    university,
    wiki,
    wordpress,
)

ATLAS = Place(
    "a-numbers-atlas.example",
    "Atlas of Area Codes",
    nextjs,
    "Every telephone area code of North America with its map, its history and its time zone.",
    ("Maps", "History of numbering", "Toll-free codes"),
)
FRENCH_WEB = Place(
    "a-atelier-du-web.example",
    "L'atelier du web associatif",
    typo3,
    "Des fiches pratiques pour les associations qui tiennent elles-mêmes leur site.",
    ("Fiches pratiques", "Formations", "L'équipe"),
    "fr",
)
TURNER = Place(
    "a-turners-corner.example",
    "Turner's Corner",
    static,
    "Bowls, spindles and a few mistakes: notes from a lathe in a garage.",
    ("Lathe", "Tools", "Finishes"),
)

CASES: tuple[Case, ...] = (
    standing(
        "article_on_designing_404_pages",
        "designing 404 pages",
        Place(
            "a-webcraft-notes.example",
            "Webcraft Notes",
            wordpress,
            "Notes on building small web sites that last, by two people who maintain forty.",
            ("Accessibility", "Typography", "Static hosting", "Archive"),
        ),
        Story(
            "/2021/05/designing-404-pages/",
            "Page not found: designing 404 pages that help",
            """
            “Page not found” is the only page of your site that nobody asked for, and the one most
            sites give the least thought. A visitor who meets it has already done something right:
            they followed a link, and the link was wrong. The page should say so in one sentence,
            without a joke that wears off on the second reading.

            We looked at sixty 404 pages of libraries, breweries and town councils. The useful ones
            had three things in common: they kept the navigation, they offered a search box, and
            they named the section in which the visitor had landed. The worst of them sent everyone
            to the front page, which hides the mistake and makes it impossible to report.

            ## Answer with the right status

            Whatever the page looks like, the server has to answer 404 and not 200, or search
            engines will keep the empty page for years. Use 410 for what you removed on purpose.

            ## Words we would avoid

            “Oops! Something went wrong” tells the reader nothing. “The page you are looking for
            does not exist” is true, and enough, when it is followed by a way onward.
            """,
            archived=("20210611081500", "20240207113000"),
        ),
    ),
    standing(
        "gallery_called_page_not_found",
        "Page Not Found, an exhibition",
        Place(
            "a-museum-of-screens.example",
            "Museum of Screens",
            drupal,
            "A travelling museum of everything people have looked at on a screen since 1951.",
            ("Exhibitions", "Visit", "Collection", "Schools"),
        ),
        Story(
            "/exhibitions/page-not-found",
            "Page Not Found",
            """
            Twenty-five years of dead ends on the web, from the grey server messages of 1994 to
            hand-drawn apologies by illustrators. The exhibition shows 140 error pages on the
            machines they were first seen on, and lets visitors type in addresses of their own.

            Opening hours are Tuesday to Sunday, ten to five. Admission is free for schools; the
            catalogue, with an essay by the curator on link rot and memory, costs eighteen euros.

            The closing room is the most moving: a list of every web site of our own region which
            was linked from the town's home page in 1999. Four of two hundred and twelve remain.
            """,
            archived=("20230302150000",),
        ),
    ),
    standing(
        "road_number_404",
        "Delaware Route 404 history",
        Place(
            "a-shore-roads.example",
            "Shore Roads: a highway scrapbook",
            handmade,
            "Photographs and maps of the roads between the bay and the ocean, begun in 1998.",
            ("US 13", "US 50", "Route 16", "Guestbook"),
        ),
        Story(
            "/roads/404.html",
            "404",
            """
            Route 404 is the road every family from the city knows: it leaves the bridge traffic
            behind at Wye Mills and crosses the peninsula to the beaches. The number was given in
            1933, when the state of Maryland renumbered its cross-shore roads.

            The two-lane section through Caroline County was known for accidents, and after long
            campaigning it was widened to four lanes in 2017. The old alignment can still be driven
            at Hillsboro, where the pavement of 1922 lies under the trees beside the creek.

            Thanks to Harold for the pictures of the ferry stage. More pictures are always welcome.
            """,
            heading="404",
        ),
    ),
    standing(
        "area_code_404",
        "area code 404",
        ATLAS,
        Story(
            "/area-codes/404",
            "404 – Atlanta, Georgia",
            """
            Area code 404 was one of the original codes of 1947 and served all of Georgia until 912
            was split off in 1954. Today it covers the city of Atlanta inside the perimeter road,
            together with the overlays 678, 470 and 943.

            Splitting off 706 in 1992 and 770 in 1995 left 404 as a mark of the inner city: rappers
            sing about it, shops print it on shirts, and the city celebrates “404 Day” on 4 April.

            Calls within the metropolitan area are dialled with ten digits and are not charged as
            long distance, which makes it one of the largest local calling areas in the world.
            """,
            archived=("20220404120000",),
        ),
    ),
    standing(
        "product_number_404",
        "Belgian ale blend 404",
        Place(
            "a-yeast-cellar.example",
            "The Yeast Cellar",
            shop,
            "Dry and liquid yeast for brewers, bakers and makers of cider. We ship on ice packs.",
            ("Ale yeast", "Lager yeast", "Bread", "Nutrients", "Help"),
        ),
        Story(
            "/yeast/404",
            "404 Belgian Ale Blend",
            """
            A blend of two abbey strains and one saison strain. Pitch at 18 °C, let it climb to
            26 °C within three days, and expect pear, clove and a dry finish. Apparent attenuation
            is 82 to 87 percent, flocculation low, alcohol tolerance twelve percent.

            Item 404, eleven grams, enough for twenty litres. Currently out of stock: the next
            batch is packed in the first week of December, and you can leave your address to be
            told when it is here.

            Customers write: “Fermented through a heat wave and still tasted clean.” “Needs six
            weeks in the bottle, then it is the best dubbel I have made.”
            """,
        ),
    ),
    standing(
        "reference_page_of_status_410",
        "what 410 Gone means",
        Place(
            "a-http-handbook.example",
            "HTTP handbook",
            static,
            "A reference of the protocol for people who run small servers, status by status.",
            ("Methods", "Headers", "Status codes"),
        ),
        Story(
            "/status/410/",
            "410 Gone",
            """
            The 410 Gone client error says that the resource was there, was removed on purpose and
            will not come back. A server that does not know whether the absence is permanent should
            answer 404 Not Found instead.

            > HTTP/1.1 410 Gone  Content-Type: text/html  Content-Length: 29

            Caches may store the answer without being told so. Clients should not ask again, and
            owners of pages that link to the address are expected to remove the link; few do.

            ## In the wild

            Search engines drop an address that answers 410 a little sooner than one that answers
            404. Publishers use it for withdrawn papers, shops for promotions that have ended.
            """,
        ),
    ),
    standing(
        "novel_called_seite_nicht_gefunden",
        "Rezension: Seite nicht gefunden",
        Place(
            "a-stadtbuecherei-lindau.example",
            "Stadtbücherei am Hafen",
            typo3,
            "Öffnungszeiten, Katalog und Empfehlungen Ihrer Bücherei. Montags geschlossen.",
            ("Katalog", "Empfehlungen", "Für Schulen", "Förderverein"),
            "de",
        ),
        Story(
            "/empfehlungen/romane/seite-nicht-gefunden",
            "Seite nicht gefunden",
            """
            Unsere Empfehlung im Mai ist ein schmaler Roman über eine Archivarin, die in einem
            Kirchenbuch des 18. Jahrhunderts eine herausgerissene Seite sucht. Was als Kriminalfall
            beginnt, wird bald zu einer Familiengeschichte zwischen Bodensee und Banat.

            Die Autorin kennt ihr Handwerk: Wer selbst Ahnenforschung betreibt, wird die staubigen
            Nachmittage im Lesesaal wiedererkennen, das Glück über eine lesbare Handschrift und die
            Enttäuschung, wenn ausgerechnet der eine Jahrgang verbrannt ist.

            Das Buch steht bei uns unter „Romane, Sei“. Zwei Exemplare sind derzeit ausleihbar, das
            Hörbuch kann über die Onleihe vorgemerkt werden.
            """,
            archived=("20240519100000",),
        ),
    ),
    standing(
        "french_advice_on_error_pages",
        "que faire d'une page introuvable",
        FRENCH_WEB,
        Story(
            "/fiches/page-introuvable.html",
            "Page introuvable : que faire quand un lien de votre site est mort ?",
            """
            Une adhérente vous écrit que le lien vers les statuts affiche « Erreur 404 ». Pas de
            panique : dans la plupart des cas, le document existe encore, mais il a changé de nom.

            Commencez par regarder les statistiques du serveur : elles donnent la liste des pages
            demandées et non trouvées, avec la page d'où venait le visiteur. Corrigez d'abord les
            liens de votre propre site, puis écrivez aux autres.

            Si le document a été déplacé, une redirection permanente suffit. S'il a disparu pour de
            bon, gardez une page d'erreur claire, en français, avec un moyen de vous joindre.
            """,
            heading="Page introuvable : que faire ?",
        ),
    ),
    standing(
        "article_no_results_found",
        "publishing null results",
        Place(
            "a-stats-reading-group.example",
            "Applied Statistics Reading Group",
            university,
            "We meet on Thursdays in room 4.12 and read one paper on statistical practice a week.",
            ("Schedule", "Papers", "Software", "People"),
        ),
        Story(
            "/papers/no-results-found.html",
            "No results found",
            """
            The title of this week's paper is a joke, its subject is not: what happens to studies
            that find nothing. The authors followed 221 preregistered experiments and looked at
            which of them were written up, submitted and printed within five years.

            Experiments with a positive result were three times as likely to appear. Most of the
            others were not rejected by journals, they were never written; their authors expected
            nobody to be interested, or had moved on to the next grant.

            For the discussion please bring one null result of your own, and an estimate of how
            wide its confidence interval was. A wide interval is not the same as no effect.
            """,
            archived=("20191003090000", "20220914090000"),
        ),
    ),
    standing(
        "association_that_was_dissolved_keeps_its_pages",
        "Braintree handloom weavers",
        Place(
            "a-weavers-guild.example",
            "Braintree Guild of Handloom Weavers 1951–2019",
            wordpress,
            "The guild was dissolved in 2019. Its pages are kept by the town's museum.",
            ("Pattern drafts", "Newsletters", "Members 1951–2019"),
        ),
        Story(
            "/pattern-drafts/",
            "Pattern drafts of the guild",
            """
            The guild no longer exists, and this site is no longer updated. It is kept online by
            the museum because weavers all over the world still ask for the drafts below.

            Each draft gives the threading, the tie-up and the treadling, with the number of ends
            for a sample of forty centimetres. Drafts 1 to 60 were collected by Miss Alder from
            old silk mills; the later ones are by members and were printed in the newsletter.

            The looms themselves were sold at auction, and two of them can be seen in the museum.
            """,
        ),
    ),
    standing(
        "discontinued_product_with_its_manual",
        "manual of the K2 router table",
        Place(
            "a-kestrel-tools.example",
            "Kestrel Tools",
            shop,
            "Router tables, fences and jigs for small workshops, made in Sheffield since 1974.",
            ("Router tables", "Fences", "Spare parts", "Manuals"),
        ),
        Story(
            "/manuals/k2-router-table",
            "K2 router table: manual and spare parts",
            """
            This product has been discontinued and is no longer available from us. Its manual and
            the drawings of its parts remain here for owners; spare bearings are sold as kit 2207.

            To set the fence, loosen both knobs, lay a straight edge against the bit and turn the
            micro-adjuster until the scale reads zero. One turn is one millimetre. Lock the left
            knob first: it holds the angle, the right one only the distance.

            Insert plates of the K2 measure 229 by 298 millimetres and fit routers with a base of
            up to 180 millimetres. The switch is rated at ten amperes and must not be bypassed.
            """,
            archived=("20170808120000",),
        ),
    ),
    standing(
        "government_notice_on_expired_pages",
        "removed content policy",
        Place(
            "a-county-records.example",
            "Harlan County Records Office",
            government,
            "Deeds, marriages and court records of the county, and how to ask for copies.",
            ("Deeds", "Marriages", "Courts", "Fees"),
        ),
        Story(
            "/policies/removed-pages",
            "This page has been removed: our policy on old content",
            """
            Records older than the retention schedule are taken off this web site and sent to the
            state archives. When that happens the address keeps answering with a short notice which
            says what was there, when it was removed, and where the original is now kept.

            Nothing is destroyed because it is removed from the web. Write to the records officer
            with the former address, and you will be given the shelf mark within ten working days.

            The policy was adopted by the county board on 9 March 2020 and is reviewed every year.
            """,
        ),
    ),
    standing(
        "newspaper_on_an_outage",
        "the day the booking system broke",
        Place(
            "a-valley-courier.example",
            "Valley Courier",
            news,
            "News from the seven villages, every day but Sunday.",
            ("Local", "Sport", "Farming", "Letters", "Obituaries"),
        ),
        Story(
            "/local/2023/11/error-500-railway",
            "Internal Server Error: how one message stopped the valley railway",
            """
            For nine hours on Saturday every screen between the terminus and the summit station
            showed the same three words. The new ticketing system had run out of disk space, and
            with it went the seat reservations of four hundred visitors to the steam festival.

            “We sold tickets out of a shoebox, like in 1962,” says the station master, who has kept
            the old card stock against all advice. Volunteers wrote the seat numbers by hand.

            The company that runs the software has apologised. A spare disk, it turned out, had
            been delivered in September and was still standing, unopened, in the lamp room.
            """,
            archived=("20231128070000",),
        ),
    ),
    standing(
        "wiki_article_on_lost_works",
        "lost chess manuscripts",
        Place(
            "a-chess-antiquities.example",
            "Chess Antiquities",
            wiki,
            "A wiki on the early books, boards and masters of chess.",
            ("Manuscripts", "Problems", "Masters before 1600"),
        ),
        Story(
            "/wiki/Content_not_available",
            "Missing pages",
            """
            Missing pages are leaves known from a table of contents, a catchword or an early
            description which are absent from every surviving copy of a chess book. The most sought
            after are those of the Valencian book of 1495, of which not even a copy is left.

            Leaves went missing for different reasons: problems were cut out for use, margins with
            an owner's name were removed before a sale, and binders discarded what was damaged.

            In 1811 the troops that burnt the library of Montserrat are said to have destroyed the
            last complete copy. Two claims of a rediscovery, in 1913 and 1995, proved to be wrong.
            """,
        ),
    ),
    Case(
        "living_page_of_a_site_whose_other_paths_show_home",
        ("alive",),
        "a-turners-corner.example/lathe/sharpening-gouges.html",
        "sharpening bowl gouges",
        TURNER.sites(
            {
                "/robots.txt": TURNER.missing(),
                "/lathe/sharpening-gouges.html": answer(
                    TURNER.markup(
                        "/lathe/sharpening-gouges.html",
                        "Sharpening bowl gouges",
                        """
                        A gouge that scrapes has been dull for a while. I grind mine at fifty-five
                        degrees with the wings swept back, and touch them up before the last cut
                        of every bowl, whether they seem to need it or not.

                        The jig matters less than doing it the same way each time. Mark the arm
                        with a pencil, colour the bevel with a felt pen, and turn the wheel by hand
                        until the colour is removed from heel to edge.
                        """,
                    )
                ),
            },
            otherwise=TURNER.home(),
        ),
    ),
)
