"""Pages that are there for people, behind a wall that keeps programs out."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, Site
from brokenlinks.demo.walls import block_page
from tests.labelled.case import Case
from tests.labelled.held_out.pages import Publisher, Story, bare, drupal, news, static, wordpress


def walled(
    name: str,
    url: str,
    anchor: str,
    refused: Behaviour,
    *,
    verdicts: tuple[str, ...] = ("blocked",),
    home: str = "",
) -> Case:
    """Return the case of a host that refuses every path, or all but its `home`."""
    host = url.partition("/")[0]
    paths = {"/robots.txt": b.refusal(404)}
    if home:
        paths["/"] = b.answer(b.article(home, "Browsing our shelves"))
    return Case(name, verdicts, url, anchor, {host: Site(refused, paths)})


def refusing(
    title: str, said: str, status: int, headers: dict[str, str] | None = None
) -> Behaviour:
    """Answer with a wall that is none of the well-known ones, or wears them in its own way."""
    return b.answer(
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{said}</body></html>",
        status,
        headers=headers,
    )


HERALDRY = Publisher(
    "a-rollofarms.test",
    "Roll of Arms",
    "Medieval rolls of arms, blazoned and drawn.",
    static,
    ("Rolls", "Charges", "Tinctures"),
)
FALKIRK = Story(
    "/rolls/falkirk",
    "The Falkirk Roll",
    """
One hundred and fifteen coats of the knights and bannerets who rode with the king in July 1298, in
the order of the four battles. The original is lost. The herald Glover's copy of 1585 is the best of
seven, and its blazons are in the French that lawyers spoke.

Note the number of lions. Of the hundred and fifteen, thirty-one bear a lion of some colour.
""",
)
CERAMICS = Publisher(
    "a-slipware.test",
    "Slipware Potters",
    "Trailed, combed and feathered slip.",
    wordpress,
    ("Techniques", "Potters", "Fairs"),
    others=("Galena glaze", "Feathering with a quill"),
)
COMBED = Story(
    "/techniques/combed-slip/",
    "Combed slip",
    """
Pour the white over the brown while both are wet, pick up the tray, and knock it twice. Draw the
comb through once, without a second thought, because the second one shows.

The clay must be cheese-hard. If it is softer the dish slumps in the mould, if it is harder the slip
peels like paint in a bathroom.
""",
)
CAPTCHA = """
<h1>One more step</h1><p>Please complete the security check to go on.</p>
<div class="h-captcha" data-sitekey="10000000"></div>
<script src="https://js.hcaptcha.com/1/api.js"></script>"""
MILLS = Publisher(
    "a-millwrights.test",
    "Society of Millwrights",
    "Repairing wind and water mills.",
    drupal,
    ("Mills", "Tools"),
)
BILL = Story(
    "/tools/mill-bill",
    "The mill bill",
    """
A wedge of hard steel in an ash thrift, used to dress the furrows of a millstone. The dresser lies
on his side on a sack of bran and pecks sixteen lines to the inch, two days for a pair of stones.

To "show your metal" was to roll up a sleeve: the grey specks under the skin told a master how long
a man had dressed.
""",
)
ECHO = Publisher(
    "a-marketday-echo.test",
    "Market Day Echo",
    "A weekly for farmers.",
    news,
    ("News", "Prices"),
)
FAIR = Story(
    "/2018/05/horse-fair-photographs",
    "The horse fair in photographs",
    """
Forty photographs by the late Ben Corrigan show the fair as it was between the wars: the farriers'
row, the boxing tent, the Romany families with their kettles.

His daughter found the plates in a biscuit tin. Prints may be ordered from the office.
""",
)
WATCHES = Publisher(
    "a-oldwatchmaker.test",
    "Old Watchmaker",
    "Verge, cylinder, lever.",
    bare,
    ("Repairs",),
)

CASES = (
    Case(
        "blocked_by_cloudflare",
        ("blocked",),
        f"{HERALDRY.host}{FALKIRK.path}",
        "the Falkirk Roll",
        {HERALDRY.host: Site(block_page("cloudflare"), {"/robots.txt": b.refusal(404)})},
        captures={f"{HERALDRY.host}{FALKIRK.path}": HERALDRY.archived(FALKIRK, "20230930101112")},
    ),
    walled(
        "blocked_by_cloudflare_of_2019",
        "a-modelsteam.test/boilers/testing.html",
        "testing a model boiler",
        block_page("cloudflare-old"),
    ),
    walled(
        "blocked_by_akamai",
        "a-bigmuseum.test/collection/objects/astrolabe-1388",
        "an astrolabe of 1388",
        block_page("akamai"),
        home="The Big Museum",
    ),
    walled(
        "blocked_by_datadome",
        "a-annonces-jardin.test/outils/greffoir",
        "greffoirs anciens",
        block_page("datadome"),
    ),
    walled(
        "blocked_by_imperva",
        "a-savingsbank-archive.test/history/1816",
        "the first savings bank",
        block_page("imperva"),
    ),
    walled(
        "blocked_by_perimeterx",
        "a-kitchenscales.test/guides/baker-percent",
        "baker's percentages explained",
        block_page("perimeterx"),
        home="Kitchen scales and thermometers",
    ),
    walled(
        "blocked_by_aws_waf",
        "a-censusmaps.test/1911/enumeration",
        "enumeration districts of 1911",
        block_page("aws-waf"),
    ),
    walled(
        "blocked_by_sucuri",
        "a-chessproblems.test/two-movers/17",
        "two-mover No. 17",
        block_page("sucuri"),
    ),
    Case(
        "blocked_by_anubis_with_status_200",
        ("blocked",),
        f"{CERAMICS.host}{COMBED.path}",
        "how to comb slip",
        {CERAMICS.host: Site(block_page("anubis"), {"/robots.txt": b.refusal(404)})},
        captures={f"{CERAMICS.host}{COMBED.path}": CERAMICS.archived(COMBED, "20240701120000")},
    ),
    walled(
        "blocked_by_f5_with_status_200",
        "a-stateforests.test/trees/wych-elm.aspx",
        "wych elm",
        block_page("f5"),
        home="State forests",
    ),
    walled(
        "blocked_by_vercel",
        "a-typespecimens.test/caslon",
        "Caslon's specimen sheet",
        refusing(
            "Vercel Security Checkpoint",
            "<p>We're verifying your browser</p><p>Website owner? Click here to fix</p>",
            429,
            {"x-vercel-mitigated": "challenge", "Server": "Vercel"},
        ),
    ),
    walled(
        "blocked_by_cloudflare_rule_1020",
        "a-tartanregister.test/tartans/2041",
        "the weavers' tartan",
        refusing(
            "Access denied | a-tartanregister.test used Cloudflare to restrict access",
            "<h1><span>Error</span> <span>1020</span></h1><h2>Access denied</h2><p>What happened?"
            " This website is using a security service to protect itself from online attacks.</p>"
            "<p>Cloudflare Ray ID: 7c1d2e3f4a5b6c7d</p>",
            403,
            {"Server": "cloudflare", "CF-RAY": "7c1d2e3f4a5b6c7d-MAN"},
        ),
    ),
    walled(
        "blocked_by_cloudflare_rate_1015",
        "a-mosslist.test/species/sphagnum",
        "Sphagnum species",
        refusing(
            "Access denied | a-mosslist.test used Cloudflare to restrict access",
            "<h1>Error 1015</h1><h2>You are being rate limited</h2><p>The owner of this website"
            " has banned you temporarily from accessing this website.</p>",
            429,
            {"Server": "cloudflare", "CF-RAY": "6b1d2e3f4a5b6c7d-LHR"},
        ),
        verdicts=("blocked", "transient"),
    ),
    walled(
        "blocked_by_akamai_without_its_page",
        "a-tractorparts.test/manuals/1957",
        "tractor manuals",
        b.answer("", 403, headers={"akamai-cache-status": "Error from child"}),
    ),
    walled(
        "blocked_by_hcaptcha",
        "a-gazetteer-bohemia.test/misto/tabor",
        "Tábor, historical gazetteer",
        refusing("Security check", CAPTCHA, 403),
    ),
    walled(
        "blocked_by_incapsula_answering_404",
        "a-railtickets-museum.test/edmondson",
        "Edmondson tickets",
        refusing(
            "Not found",
            '<iframe src="/_Incapsula_Resource?CWUDNSAI=9&incident_id=33100012"></iframe>'
            "Request unsuccessful. Incapsula incident ID: 331000120-77",
            404,
        ),
    ),
    walled(
        "blocked_by_a_moment_of_503",
        "a-figskating-history.test/figures",
        "school figures",
        refusing(
            "Just a moment...",
            "<h1>a-figskating-history.test</h1><p>Verifying you are human. This may take a few"
            " seconds.</p>",
            503,
            {"Server": "cloudflare"},
        ),
    ),
    walled(
        "blocked_by_wordfence",
        "a-pruningguide.test/pears/espalier/",
        "training an espalier pear",
        refusing(
            "Your access to this site has been limited",
            "<h1>Your access to this site has been limited by the site owner</h1><p>Your access to"
            " this service has been limited. (HTTP response code 503)</p><p>Generated by Wordfence"
            "</p>",
            503,
        ),
        verdicts=("blocked", "transient"),
        home="The pruning guide",
    ),
    Case(
        "blocked_by_answering_404_to_programs_everywhere",
        ("blocked",),
        f"{MILLS.host}{BILL.path}",
        "dressing millstones with a mill bill",
        {MILLS.host: Site(b.refusal(404))},
        captures={
            f"{MILLS.host}{BILL.path}": MILLS.archived(BILL, "20240311080000", "20261029060504"),
            f"{MILLS.host}/": MILLS.archived(Story("/", MILLS.name, MILLS.about), "20261030060504"),
        },
    ),
    Case(
        "blocked_by_redirect_to_consent",
        ("blocked",),
        f"{ECHO.host}{FAIR.path}",
        "photographs of the horse fair",
        {
            ECHO.host: Site(
                b.redirect("http://consent.a-pressgroup.test:{port}/collectConsent?lang=en"),
                {"/robots.txt": b.refusal(404)},
            ),
            "consent.a-pressgroup.test": Site(
                b.answer(
                    b.page(
                        "Before you continue",
                        "<p>We and our 812 partners store and read information on your device."
                        "</p><form><button>Accept all</button><button>Reject all</button></form>",
                    )
                ),
                {"/robots.txt": b.refusal(404)},
            ),
        },
        captures={f"{ECHO.host}{FAIR.path}": ECHO.archived(FAIR, "20180601010101")},
    ),
    Case(
        "blocked_by_403_dressed_as_page_not_found",
        ("blocked",),
        f"{WATCHES.host}/repairs/fusee.html",
        "repairing a fusee chain",
        {
            WATCHES.host: WATCHES.site(
                {
                    "/repairs/fusee.html": refusing(
                        "Page not found",
                        "<h1>Page not found</h1><p>The page could not be shown to you.</p>",
                        403,
                    )
                }
            )
        },
    ),
)
