"""Living pages that speak of errors, walls, casinos and domains, or say little."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Site
from tests.labelled.building import html, paragraphs, prose, site
from tests.labelled.case import Case
from tests.labelled.tuned.fresh_pages import (
    living,
    plain,
    story,
    wordpress,
)

HOME = wordpress("A site of many pages", story("school", "Welcome", "home"), "Many pages")


EN_HOME = wordpress("Copper Kettle", story("brewing", "Copper Kettle", "ck"), "Copper Kettle")


def spoken(
    name: str,
    url: str,
    anchor: str,
    title: str,
    body: str,
    *,
    verdicts: tuple[str, ...] = ("alive",),
) -> Case:
    page = wordpress(f"{title} – Many pages", f"<h1>{title}</h1>{body}", "Many pages")
    return living(name, url, anchor, page, HOME, verdicts=verdicts)


CASES = [
    spoken(
        "fresh_article_about_404",
        "webmasters-kitchen.example/posts/error-404-explained",
        "Error 404 explained",
        "Error 404: page not found - what it means and how to fix it",
        paragraphs(
            (
                (
                    "A visitor who follows an old link sees an error page. The server says 404, page"
                    " not found, and the visitor leaves."
                ),
                "A good error page says sorry, offers a search box and the most read articles.",
                (
                    'Some servers answer 200 OK and still show "page not found": a soft 404. Search'
                    " engines dislike these more than the honest ones."
                ),
                "Check your logs once a month, redirect what has moved, and let the rest be gone.",
            )
        ),
    ),
    spoken(
        "fresh_exhibition_lost_and_not_found",
        "smallmuseum.example/exhibitions/not-found",
        "Not Found: an exhibition",
        "Not Found",
        paragraphs(
            (
                "An exhibition on things that were lost and never found: keys, ships, a bridge.",
                *prose("history", 8, "notfound"),
                "Open from 3 May to 12 September, closed on Mondays.",
            )
        ),
    ),
    spoken(
        "fresh_article_about_cloudflare",
        "root-prompt-diary.example/2024/just-a-moment",
        "Why your readers see Just a moment",
        "Just a moment... why your readers see this page",
        paragraphs(
            (
                (
                    "Since we moved behind Cloudflare some members see a page that says Just a moment,"
                    " checking your browser, Enable JavaScript and cookies to continue."
                ),
                (
                    "The challenge sets window._cf_chl_opt and the header cf-mitigated; DataDome uses"
                    " captcha-delivery.com and Incapsula prints an incident ID."
                ),
                "We lowered the security level for the archive section, and the complaints ended.",
                *prose("numbers", 6, "cf"),
            )
        ),
    ),
    spoken(
        "fresh_casino_town",
        "riverina-railways.example/stations/casino",
        "Casino station",
        "Casino railway station, New South Wales",
        paragraphs(
            (
                "Casino station opened in 1903 and was the railhead until the bridge was built.",
                "The town of Casino calls itself the beef capital; the casino it does not have.",
                *prose("history", 10, "casino"),
            )
        ),
    ),
    spoken(
        "fresh_poker_probabilities",
        "maths-circle.example/probability/poker-hands.html",
        "Probabilities of poker hands",
        "Poker, roulette and slot machines: exercises in probability",
        paragraphs(
            (
                "How likely is a full house? Count the hands, not the players.",
                (
                    "A casino bonus looks generous until you compute its expectation. Roulette with"
                    " one zero pays 36 for 37."
                ),
                "Betting systems double the stake and not the odds.",
                *prose("numbers", 10, "poker"),
            )
        ),
    ),
    spoken(
        "fresh_pharmacology_lecture",
        "pharmacology-notes.example/lectures/pde5",
        "PDE5 inhibitors",
        "Sildenafil (Viagra) and tadalafil (Cialis): lecture notes",
        paragraphs(
            (
                "Both drugs inhibit PDE5; tadalafil has the longer half-life.",
                "Patients who buy viagra online without a prescription risk counterfeit pills.",
                *prose("numbers", 10, "pde5"),
            )
        ),
    ),
    spoken(
        "fresh_broker_essay",
        "names-and-numbers.example/essays/this-domain-is-for-sale",
        "This domain is for sale",
        "This domain is for sale: a short history of domain parking",
        paragraphs(
            (
                (
                    'In 1999 anybody who mistyped an address met the sentence "this domain is for'
                    ' sale" and a list of sponsored links.'
                ),
                "Sedo, Bodis and their like made a market of it; registrars followed.",
                *prose("history", 8, "sale"),
            )
        ),
    ),
    spoken(
        "fresh_suspended_footbridge",
        "engineering-walks.example/bridges/suspended-account",
        "An account of the suspended bridge",
        "Account suspended: keeping the footbridge in the air",
        paragraphs(
            ("The account of the suspended bridge begins in 1823.", *prose("wood", 10, "s"))
        ),
    ),
    spoken(
        "fresh_access_denied_paper",
        "disability-rights-reader.example/papers/access-denied",
        "Access Denied",
        "Access Denied",
        paragraphs(("Ramps are late and lifts are broken.", *prose("school", 12, "access"))),
    ),
    spoken(
        "fresh_under_construction_log",
        "timberframe-log.example/house/under-construction",
        "Our house under construction",
        "Under construction: coming soon to the old orchard",
        paragraphs(prose("wood", 12, "uc")),
    ),
    living(
        "fresh_short_but_there",
        "limerick-corner.example/l/114.html",
        "Limerick 114",
        plain(
            "Limerick 114",
            "<p>A brewer who lived by the Rhine<br>thought beer should be clearer than wine;<br>"
            "he filtered all night<br>till the barrel was light<br>and the bottles all empty but"
            " fine.</p>",
        ),
        plain("Limerick corner", "<h1>Limerick corner</h1><p>200 of them, all our own.</p>"),
    ),
    living(
        "fresh_noindex_print_view",
        "recipes-of-the-vale.example/print/77",
        "Barley soup, to print",
        plain(
            "Barley soup",
            "<h1>Barley soup</h1><p>200 g barley, 1 leek, 2 carrots, salt. Boil an hour.</p>",
            head='<meta name="robots" content="noindex,nofollow">',
        ),
        plain("Recipes of the Vale", "<h1>Recipes</h1><p>Soups, breads, pies.</p>"),
    ),
    living(
        "fresh_closed_club_farewell",
        "oldmill-stargazers.example/news/farewell.html",
        "Farewell",
        plain(
            "Farewell",
            "<h1>We are closing</h1><p>After thirty years our society is no longer active. The page"
            " of observations remains here as long as the host is paid.</p>"
            + paragraphs(prose("stars", 8, "fare")),
        ),
        plain("Old Mill Stargazers", "<h1>Old Mill Stargazers</h1><p>1991-2021</p>"),
    ),
    living(
        "fresh_single_error_phrase_in_comments",
        "tool-talk.example/planes/no5.html",
        "The No. 5 plane",
        wordpress(
            "The No. 5 plane – Tool Talk",
            story("wood", "The No. 5 plane", "no5")
            + "<h2>2 Comments</h2><ol><li>The link to the catalogue says Page not found, 404!</li>"
            "<li>Same here, this page could not be found.</li></ol>",
            "Tool Talk",
        ),
        wordpress("Tool Talk", story("wood", "Tool Talk", "tt"), "Tool Talk"),
    ),
    Case(
        "fresh_slug_in_a_catch_all_app",
        ("alive",),
        "seedswap.example/s/climbing-bean-blue-lake",
        "Blue Lake climbing bean",
        {
            "seedswap.example": site(
                wordpress("Seed Swap", story("garden", "Swap", "sw"), "Seed Swap"),
                html(wordpress("Seed Swap", story("garden", "Swap", "sw"), "Seed Swap")),
                {
                    "/s/climbing-bean-blue-lake": wordpress(
                        "Climbing bean 'Blue Lake' | Seed Swap",
                        story("garden", "Climbing bean 'Blue Lake'", "bl", 4),
                        "Seed Swap",
                    )
                },
            )
        },
    ),
    living(
        "fresh_responsible_gambling",
        "parish-help.example/advice/gambling",
        "Help with gambling",
        wordpress(
            "Online casino and betting debts: where to get help – Parish Help",
            "<h1>Online casino and betting debts: where to get help</h1>"
            + paragraphs(
                (
                    (
                        "Casino bonus offers and free spins are made to bring you back. If slots or"
                        " sports betting have become a worry, talk to us; it costs nothing."
                    ),
                    *prose("family", 8, "help"),
                )
            ),
            "Parish Help",
        ),
        HOME,
    ),
    living(
        "fresh_domain_moved_notice_old_page_stays",
        "brewmath.example/ibu.html",
        "IBU calculator",
        plain(
            "IBU calculator",
            "<h1>IBU calculator</h1><form>Alpha % <input> grams <input> minutes <input></form>"
            + paragraphs(prose("brewing", 8, "ibu")),
        ),
        plain("Brew math", "<h1>Brew math</h1><p>Calculators.</p>"),
    ),
    living(
        "fresh_captcha_on_a_contact_form",
        "villagehall-dean.example/hire/",
        "Hiring the hall",
        wordpress(
            "Hire – Dean Village Hall",
            "<h1>Hiring the hall</h1><p>£12 an hour, kitchen included. Ask with the form.</p><form>"
            "<input name='email'><div class='g-recaptcha'></div><script src='https://www.google."
            "com/recaptcha/api.js'></script></form>",
            "Dean Village Hall",
        ),
        EN_HOME,
    ),
    living(
        "fresh_gallery_without_words",
        "glassplates.example/albums/1904/",
        "Glass plates of 1904",
        plain(
            "1904",
            "".join(f"<a href='p{n}.html'><img src='t{n}.jpg'></a> " for n in range(40)),
        ),
        plain("Glass plates", "<h1>Glass plates</h1><p>From the attic.</p>"),
    ),
    living(
        "fresh_pdf_viewer_title",
        "standards-of-malt.example/docs/ebc-4.html",
        "EBC 4",
        plain("Document", "<h1>EBC 4</h1>" + paragraphs(prose("brewing", 10, "ebc"))),
        plain("Standards", "<h1>Standards</h1>"),
    ),
    living(
        "fresh_nothing_here_yet_category",
        "bench-exchange.example/category/free-stuff/",
        "Free stuff",
        wordpress(
            "Free stuff – Bench Exchange",
            "<h1>Free stuff</h1><p>Nothing here at the moment. New things are posted on Sundays,"
            " usually planes, clamps and offcuts; members are told by mail. Ask Joan if you have"
            " something to give away.</p>",
            "Bench Exchange",
        ),
        EN_HOME,
        verdicts=("alive", "unknown"),
    ),
    living(
        "fresh_lost_page_of_a_manuscript",
        "scriptorium-notes.example/folios/missing-page",
        "The missing page",
        wordpress(
            "The page that was removed – Scriptorium Notes",
            "<h1>The page that was removed</h1>" + paragraphs(prose("history", 12, "folio")),
            "Scriptorium Notes",
        ),
        EN_HOME,
    ),
    living(
        "fresh_domain_names_lesson",
        "webcraft-school.example/lessons/buying-a-domain",
        "Lesson: domains",
        wordpress(
            "Buy this domain? A lesson for beginners – Webcraft School",
            '<h1>Buy this domain? A lesson for beginners</h1><p>If a name shows "this domain is for'
            ' sale" or a parked page, look up who holds it, and never pay in a hurry.</p>'
            + paragraphs(prose("school", 6, "dom")),
            "Webcraft School",
        ),
        EN_HOME,
    ),
    living(
        "fresh_moved_notice_is_read",
        "fieldnames.example/parishes/ash.html",
        "Field names of Ash",
        plain(
            "Field names of Ash",
            "<h1>Field names of Ash</h1><p>Barn Close, Long Croft, The Slang, Nine Acres.</p>",
        ),
        plain("Field names", "<h1>Field names</h1>"),
    ),
    living(
        "fresh_error_codes_reference",
        "kettle-firmware.example/manual/errors.html",
        "Error codes",
        plain(
            "Error codes of the kettle controller",
            "<h1>Error codes</h1><table><tr><td>404</td><td>Sensor not found</td></tr><tr><td>410"
            "</td><td>Pump gone</td></tr><tr><td>503</td><td>Heater unavailable</td></tr></table>",
        ),
        plain("Kettle firmware", "<h1>Kettle firmware</h1>"),
    ),
    living(
        "fresh_spanish_living_short",
        "coplas-viejas.example/c/9",
        "Copla 9",
        plain(
            "Copla 9", "<p>No hay camino sin pena<br>ni pena que no se acabe.</p>", language="es"
        ),
        plain("Coplas viejas", "<h1>Coplas viejas</h1>", language="es"),
    ),
    Case(
        "fresh_living_shell_with_text_for_all",
        ("unknown", "alive"),
        "trailmapper.example/route/88121",
        "Route 88121",
        {
            "trailmapper.example": Site(
                html(
                    '<!doctype html><html lang="en"><head><title>Trail Mapper</title></head><body>'
                    '<noscript>Please enable JavaScript to use Trail Mapper.</noscript><div id="app"'
                    '></div><footer>© Trail Mapper</footer><script src="/app.js"></script></body>'
                    "</html>"
                ),
                {"/robots.txt": b.refusal(404)},
            )
        },
    ),
]
