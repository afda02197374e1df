"""Living pages behind a door: a login, a consent, an age, a browser, a country; and odd addresses.

Nothing of it is dead, and a visitor comes in.
"""

from __future__ import annotations

from asyncio import StreamWriter
from collections.abc import Callable

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, ReceivedRequest, Site
from tests.labelled.building import html, paragraphs, prose, site
from tests.labelled.case import Case

MENU = (
    '<nav><a href="/">Home</a> <a href="/recipes/">Recipes</a> <a href="/forum/">Forum</a>'
    ' <a href="/about/">About us</a></nav>'
)
MISSING = b.missing("Orchard and cellar")


def page(title: str, body: str, *, menu: str = MENU, head: str = "", language: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{title}</title>{head}</head><body>{menu}<main><h1>{title}</h1>{body}</main>"
        "<footer>Kept by members since 1998</footer></body></html>"
    )


def story(title: str, seed: int = 1) -> str:
    return page(title, paragraphs(prose("brewing", 8, seed)))


HOME = story("Oak Valley cellar")


def by_request(choose: Callable[[ReceivedRequest], Behaviour]) -> Behaviour:
    async def behave(asked: ReceivedRequest, writer: StreamWriter) -> None:
        await choose(asked)(asked, writer)

    return behave


def sends_all_to(door: str, shown: str, *, keeps: str = "") -> Site:
    """Return a site that sends whoever is a stranger to its door, and shows only its home page."""

    def choose(asked: ReceivedRequest) -> Behaviour:
        return b.redirect(f"{door}?{keeps}={asked.path}" if keeps else door)

    return site(HOME, by_request(choose), {door: shown})


def shows_all(shown: str) -> Site:
    """Return a site that shows its door at whatever address."""
    return site(shown, html(shown))


LOGIN = page(
    "Members area",
    "<form><p>User name <input> Password <input type=password></p>"
    "<p>Forgotten your password? Not a member yet? Join the club.</p></form>",
)
AGE = page(
    "Are you of legal drinking age?",
    "<p>To enter this site you must be of legal drinking age in your country. Please enter your"
    " date of birth. We do not share it with anyone. By entering you accept our terms of use and"
    " our privacy policy. Drink responsibly and never drive after drinking.</p>",
)
CONSENT = page(
    "Your privacy",
    "<p>We and our 213 partners store and access information on your device, such as cookies, and"
    " process personal data. Please accept or choose a subscription without advertising to"
    " continue to the article. You can withdraw your consent at any time.</p>",
)
CAPTCHA = page(
    "Robot check",
    "<p>Enter the characters you see below. Sorry, we just need to make sure you are not a robot."
    " For best results, please make sure your browser is accepting cookies. Type the characters"
    " you see in this image. Try a different image. Conditions of use. Privacy notice. All rights"
    " reserved by the shop and its affiliates everywhere.</p>",
    menu="",
)
MAINTENANCE = page(
    "We will be back soon",
    "<p>Our site is down for scheduled maintenance this evening. We are moving all our recipes,"
    " forum posts and photographs to a faster machine. This takes about three hours. Thank you for"
    " your patience; nothing is lost, and everything will be found at the same address.</p>",
    menu="",
)
TERMS = page(
    "Terms of use",
    "<p>The documents in this archive are free for private study. Before the first download you"
    " have to accept that you will not republish them, that you will name the laboratory as their"
    " source, and that the laboratory is not liable for what you brew. Accept and download.</p>",
)
SHELL = (
    '<!doctype html><html><head><title>CellarApp</title><script src="/app.js"></script></head>'
    "<body><header>CellarApp Recipes Calculators Community Shop Sign in</header>"
    '<div id="root"></div><div class="banner">We use cookies to make our site work, to measure how'
    " it is used and to show you offers you may like. Read more in our cookie policy. Accept all"
    " Reject all Manage preferences</div><footer>CellarApp makes brewing simple for beginners and"
    " professionals alike. About Careers Press Contact Terms Privacy Imprint</footer></body></html>"
)
ELSEWHERE = page(
    "Content not available",
    "<p>This content is not available in your country for licence reasons.</p>",
)
HONEST = ("blocked", "unknown", "alive")
DEEP = "/recipes/ales/ipa.html"


def wants_cookies_back(asked: ReceivedRequest) -> Behaviour:
    if "seen=1" in asked.headers.get("cookie", ""):
        return b.answer(story("Hop oils and their fate in fermentation"))
    if "cookieSet=1" in asked.path:
        return b.redirect("/action/no-cookie-came")
    headers = {"Set-Cookie": "seen=1; Path=/; HttpOnly"}
    return b.redirect(f"{asked.path}?cookieSet=1", headers=headers)


DOORS = [
    Case(f"door_{door.strip('/').replace('/', '_')}", HONEST, host + DEEP, "Their IPA", {host: at})
    for host, door, at in (
        (host, door, sends_all_to(door, shown, keeps=keeps))
        for host, door, shown, keeps in (
            ("door-a-club.example", "/logon", LOGIN, ""),
            ("door-b-club.example", "/einloggen", LOGIN, ""),
            ("door-c-club.example", "/session/new", LOGIN, ""),
            ("door-d-club.example", "/members", LOGIN, ""),
            ("door-e-club.example", "/start", LOGIN, "return_to"),
            ("door-f-brewery.example", "/age-gate", AGE, ""),
            ("door-g-brewery.example", "/you", AGE, "return"),
            ("door-h-news.example", "/privacy-gate", CONSENT, ""),
            ("door-i-shop.example", "/captcha", CAPTCHA, ""),
            ("door-j-shop.example", "/choose-language", page("Choose", "English Deutsch"), ""),
            ("door-k-shop.example", "/unsupported-browser", page("Sorry", "Your browser"), ""),
        )
    )
]
IN_PLACE = [
    Case(name, (*HONEST, "transient"), f"{host}{path}", anchor, {host: shows_all(shown)})
    for name, host, path, anchor, shown in (
        ("age_asked_in_place", "inplace-a.example", DEEP, "Their house IPA", AGE),
        ("captcha_of_their_own", "inplace-b.example", "/kettles/30l.html", "Kettle", CAPTCHA),
        ("maintenance_with_200", "inplace-c.example", DEEP, "Dry stout", MAINTENANCE),
        ("shell_with_a_banner", "inplace-d.example", "/recipes/8812/x", "Pliny", SHELL),
        ("terms_before_a_pdf", "inplace-e.example", "/papers/hops.pdf", "Hop paper", TERMS),
        ("kept_from_a_country", "inplace-f.example", "/film/harvest", "Harvest film", ELSEWHERE),
    )
]


def named(host: str, path: str, anchor: str, title: str, text: str, language: str = "en") -> Case:
    """Return a page whose title says an error, on a site that answers others with 404."""
    pages = {path: page(title, f"<p>{text}</p>", language=language)}
    return Case(f"named_{host.partition('.')[0]}", ("alive",), host + path, anchor, {
        host: site(HOME, MISSING, pages)
    })  # fmt: skip


NAMES = [
    named("label-a.example", "/bands/nf", "Not Found", "Not Found", "Two guitars, one van."),
    named("lyrik-d.example", "/g/7", "zum Gedicht", "Nicht gefunden", "Ich suchte dich.", "de"),
]


def refreshing(seconds: int, to: str, shown: str) -> str:
    head = f'<meta http-equiv="refresh" content="{seconds};url={to}">'
    return page("Brewery tour", shown, head=head, menu="")


def counting(asked: ReceivedRequest) -> Behaviour:
    turn = int(asked.path.rpartition("=")[2]) if "=" in asked.path else 0
    return b.answer(refreshing(5, f"/cam.cgi?t={turn + 1}", '<img src="/cam.jpg"> live'))


def strips_queries(asked: ReceivedRequest) -> Behaviour:
    return b.redirect("/", 301) if "?" in asked.path else b.answer(HOME)


def signed(asked: ReceivedRequest) -> Behaviour:
    if asked.path.endswith("sig=good"):
        return b.answer(story("Kettle manual"))
    if asked.path == "/docs/manual":
        return b.redirect(f"/signed.html?policy={'x' * 1300}&sig=good")
    return MISSING


PRINTED = page(
    "Step mashing",
    paragraphs(prose("brewing", 6, 2)),
    head='<meta name="robots" content="noindex">',
)
SLIDES = {
    f"/tour/slide{n}.html": refreshing(5, f"slide{n % 4 + 1}.html", f'<img src="p{n}.jpg">')
    for n in range(1, 5)
}
ADDRESSES = [
    Case(name, verdicts, url, anchor, {host: at, **further})
    for name, verdicts, url, anchor, host, at, further in (
        (
            "home_with_ref",
            ("alive",),
            "query-a.example/?ref=partner",
            "visit their website",
            "query-a.example",
            site(HOME, MISSING),
            {},
        ),
        (
            "home_with_utm",
            ("alive",),
            "query-b.example/?utm_source=links&utm_medium=web",
            "visit their website",
            "query-b.example",
            site(HOME, MISSING),
            {},
        ),
        (
            "home_whose_query_is_stripped",
            ("alive", "moved"),
            "query-c.example/?fbclid=IwAR12345",
            "visit their website",
            "query-c.example",
            site(by_request(strips_queries), MISSING),
            {},
        ),
        (
            "printed_page",
            ("alive",),
            "query-d.example/howto/stepmash.html?print=yes",
            "printable version",
            "query-d.example",
            site(HOME, MISSING, {"/howto/stepmash.html": PRINTED}),
            {},
        ),
        (
            "slide_show",
            ("alive",),
            "refresh-a.example/tour/slide1.html",
            "Brewery tour",
            "refresh-a.example",
            site(HOME, MISSING, SLIDES),
            {},
        ),
        (
            "webcam_that_counts",
            ("alive",),
            "refresh-b.example/cam.cgi",
            "Fermenter webcam",
            "refresh-b.example",
            site(HOME, MISSING, {"/cam.cgi": by_request(counting)}),
            {},
        ),
        (
            "document_on_ww1",
            ("alive", "moved"),
            "www.chips-a.example/sheets/ds39582b.pdf",
            "Data sheet",
            "www.chips-a.example",
            site(HOME, b.redirect("http://ww1.chips-a.example:{port}/sheets/ds39582b.pdf", 301)),
            {"ww1.chips-a.example": Site(b.pdf())},
        ),
        (
            "merged_into_a_magazine",
            ("moved", "alive"),
            "farmer-a.example/food/small-beer",
            "Small beer on the farm",
            "farmer-a.example",
            Site(b.redirect("http://www.grit.com:{port}/food/small-beer", 301)),
            {"www.grit.com": Site(html(story("Small beer on the farm")))},
        ),
        (
            "signed_address_of_1300_letters",
            ("alive", "moved"),
            "signed-a.example/docs/manual",
            "Kettle manual",
            "signed-a.example",
            site(HOME, by_request(signed)),
            {},
        ),
        (
            "dots_in_the_path",
            ("alive",),
            "dots-a.example/a/../pils.html",
            "Pilsener recipe",
            "dots-a.example",
            site(HOME, MISSING, {"/pils.html": story("Pilsener recipe")}),
            {},
        ),
        (
            "cookie_handed_back",
            ("alive",),
            "journal-a.example/doi/jib.123",
            "Fate of hop oils",
            "journal-a.example",
            site(
                HOME, by_request(wants_cookies_back), {"/action/no-cookie-came": page("Sorry", "")}
            ),
            {},
        ),
    )
]


def one_page(name: str, host: str, path: str, anchor: str, served: Behaviour, *right: str) -> Case:
    """Return a link to one page of a site that answers others with 404."""
    return Case(name, right, host + path, anchor, {host: site(HOME, MISSING, {path: served})})


APP = (
    '<!doctype html><html><head><title>Water</title><script src="/app.js"></script></head>'
    '<body><div id="root"></div></body></html>'
)


def mobile_for_us(asked: ReceivedRequest) -> Behaviour:
    there = "m." if asked.headers["host"].startswith("www.") else "www."
    return b.redirect(f"http://{there}pingpong.example:{{port}}{asked.path}")


MORE = [
    one_page(
        "calendar_to_subscribe_to", "calendar-a.example", "/subscribe", "Subscribe to our calendar",
        b.redirect("webcal://calendar-a.example/brew.ics"), "unknown",
    ),
    one_page(
        "page_served_with_404", "served-a.example", "/decoction", "Decoction mashing by hand",
        b.answer(page("Decoction mashing by hand", paragraphs(prose("brewing", 40, 3))), 404),
        "unknown", "alive",
    ),
    one_page(
        "guestbook_without_entries", "guests-a.example", "/guests", "sign it",
        html(page("Guests", "<p>There's nothing here, yet. Be the first to write.</p>")), "alive",
    ),
    Case(
        "section_of_a_glossary", ("alive", "moved"), "glossary-a.example/glossary/lautering",
        "lautering explained",
        {"glossary-a.example": site(HOME, MISSING, {
            "/glossary": story("Glossary"),
            "/glossary/lautering": b.redirect("/glossary#lautering"),
        })},
    ),
    Case(
        "application_served_with_404", ("unknown", "alive"), "app-a.example/water", "Water profile",
        {"app-a.example": site(html(APP, 404), html(APP, 404))},
    ),
    Case(
        "hash_route_of_an_application", ("alive", "unknown", "moved"),
        "route-a.example/recipe/812", "Pliny clone",
        {"route-a.example": site(
            story("Brewing application"),
            by_request(lambda asked: b.redirect(f"/#!{asked.path}", 301)),
        )},
    ),
    Case(
        "mobile_and_full_site_disagree", ("unknown", "blocked"), "www.pingpong.example/hops",
        "Hop list",
        {host: Site(by_request(mobile_for_us), {"/robots.txt": b.refusal(404)})
         for host in ("www.pingpong.example", "m.pingpong.example")},
    ),
    Case(
        "name_outside_the_dns", ("unchecked",), "brewing3x7xq.onion/recipes", "Onion recipes",
    ),
]  # fmt: skip
CASES = (*MORE, *DOORS, *IN_PLACE, *NAMES, *ADDRESSES)
