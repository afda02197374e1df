"""Failures that may pass: of names, of connections, of servers that are ill or busy."""

from __future__ import annotations

from collections.abc import Mapping

from brokenlinks.demo import behaviours as b
from brokenlinks.demo import misbehaviours as m
from brokenlinks.demo.names import REFUSED, SERVFAIL, SILENT
from brokenlinks.demo.server import Behaviour, Site
from tests.labelled.case import Case
from tests.labelled.held_out.pages import Publisher, Story, bare, serve, wordpress

VERDICT = ("transient",)


def nameless(name: str, url: str, anchor: str, failure: str) -> Case:
    """Return the case of a name whose server fails."""
    return Case(name, VERDICT, url, anchor, names={url.partition("/")[0]: failure})


def failing(name: str, url: str, anchor: str, behaviour: Behaviour) -> Case:
    """Return the case of a host that fails for whatever it is asked."""
    return Case(name, VERDICT, url, anchor, {url.partition("/")[0]: Site(behaviour)})


def ill(name: str, url: str, anchor: str, behaviour: Behaviour) -> Case:
    """Return the case of a host that answers everything but robots.txt with one failure."""
    host = url.partition("/")[0]
    return Case(
        name, VERDICT, url, anchor, {host: Site(behaviour, {"/robots.txt": b.refusal(404)})}
    )


def server_error(
    status: int, title: str, said: str, headers: Mapping[str, str] | None = None
) -> Behaviour:
    return b.answer(
        f"<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center>"
        f"<hr><p>{said}</p></body></html>",
        status,
        headers=headers,
    )


def by_cloudflare(status: int, said: str) -> Behaviour:
    """Answer as Cloudflare does when the server behind it is to blame."""
    return server_error(
        status,
        f"{status}: {said}",
        "The web server reported an unknown error. Cloudflare Ray ID: 8a9b1c2d3e4f5a6b. If you are"
        " a visitor, please try again in a few minutes.",
        {"Server": "cloudflare", "CF-RAY": "8a9b1c2d3e4f5a6b-CDG"},
    )


BASKETS = Publisher(
    "a-withybeds.test",
    "Withy Beds",
    "Willow for baskets.",
    wordpress,
    ("Willow", "Baskets", "Courses"),
    others=("Black Maul", "Stripping in May"),
)
BUFF = Story(
    "/willow/buff/",
    "Buff, brown and white",
    """
Brown willow is dried with its bark on, white is stripped when the sap rises in May, and buff is
boiled for eight hours and stripped afterwards, so that the tannin of the bark colours the wood.

Soak brown for a day for each foot of its length, buff for an hour, white for less. Wrap it wet
overnight; it is called mellowing, and it saves your fingers.
""",
)
SUNDIALS = Publisher(
    "a-noonmarks.test", "Noonmarks", "Sundials of the county.", bare, ("Dials", "Mottoes")
)
DIAL = Story(
    "/dials/eyam.html",
    "The dial at Eyam",
    """
Made in 1775 and set above the door of the chancel, it shows the hours by halves, the signs of the
zodiac, and the time of noon at Mecca, Quebec and Panama. The gnomon was straightened in 1931 by
the plumber.

The motto asks you to take care of your time. Few readers stay long enough to see the shadow move.
""",
)

CASES = (
    nameless(
        "transient_name_server_fails",
        "a-lacebobbins.test/bucks-point",
        "Bucks point lace",
        SERVFAIL,
    ),
    nameless(
        "transient_name_server_refuses",
        "www.a-cheesepress.test/hard/lancashire",
        "making Lancashire cheese",
        REFUSED,
    ),
    nameless(
        "transient_name_server_is_silent",
        "a-hurdlemakers.test/hazel.html",
        "hazel hurdles",
        SILENT,
    ),
    Case(
        "transient_port_refuses",
        VERDICT,
        f"{SUNDIALS.host}{DIAL.path}",
        "the sundial at Eyam",
        {SUNDIALS.host: SUNDIALS.serving(DIAL)},
        captures={f"{SUNDIALS.host}{DIAL.path}": SUNDIALS.archived(DIAL, "20220505050505")},
        closed=True,
    ),
    failing(
        "transient_connection_reset", "a-peatcutting.test/tools", "tools for cutting peat", m.reset
    ),
    failing(
        "transient_empty_reply",
        "a-kitemakers.test/rokkaku.php?lang=en",
        "a Rokkaku kite",
        m.empty_reply,
    ),
    failing("transient_hangs", "a-morsecode-club.test/learn/", "learning Morse by ear", m.hang),
    ill(
        "transient_429_with_retry_after",
        "a-genealogy-bmd.test/births/1871/q2",
        "births, second quarter of 1871",
        server_error(429, "Too Many Requests", "Slow down, please.", {"Retry-After": "120"}),
    ),
    ill(
        "transient_503_with_retry_after",
        "a-weatherdiary.test/1816",
        "a diary of the year without a summer",
        server_error(
            503,
            "Maintenance",
            "Briefly unavailable for scheduled maintenance. Check back in a minute.",
            {"Retry-After": "600"},
        ),
    ),
    Case(
        "transient_500_critical_error",
        VERDICT,
        f"{BASKETS.host}{BUFF.path}",
        "buff, brown and white willow",
        {
            BASKETS.host: Site(
                server_error(
                    500,
                    "WordPress &rsaquo; Error",
                    "There has been a critical error on this website. Please check your site admin"
                    " email inbox for instructions.",
                ),
                {"/robots.txt": b.refusal(404)},
            )
        },
        captures={f"{BASKETS.host}{BUFF.path}": BASKETS.archived(BUFF, "20260202020202")},
    ),
    Case(
        "transient_500_on_one_page_of_a_sound_site",
        VERDICT,
        "a-cidermakers.test/apples/foxwhelp",
        "Foxwhelp, a cider apple",
        {
            "a-cidermakers.test": Publisher(
                "a-cidermakers.test",
                "Cider makers",
                "Apples, mills, presses.",
                wordpress,
                ("Apples", "Presses"),
            ).site(
                {
                    "/apples/foxwhelp": serve(
                        "<b>Fatal error</b>: Uncaught PDOException: SQLSTATE[42S02]: Base table or"
                        " view not found: 1146 Table 'cider.apples' doesn't exist",
                        500,
                    )
                }
            )
        },
    ),
    ill(
        "transient_502_bad_gateway",
        "a-signalboxes.test/midland/settle",
        "Settle signal box",
        server_error(502, "502 Bad Gateway", "nginx/1.24.0 (Ubuntu)"),
    ),
    ill(
        "transient_504_gateway_timeout",
        "a-harmonium.test/reeds/tuning",
        "tuning harmonium reeds",
        server_error(504, "504 Gateway Time-out", "The server didn't respond in time."),
    ),
    ill(
        "transient_520_from_cloudflare",
        "a-potatodays.test/varieties/pink-fir-apple",
        "Pink Fir Apple",
        by_cloudflare(520, "Web server is returning an unknown error"),
    ),
    ill(
        "transient_525_from_cloudflare",
        "a-inkmaking.test/iron-gall",
        "a recipe for iron gall ink",
        by_cloudflare(525, "SSL handshake failed"),
    ),
    ill(
        "transient_509_bandwidth",
        "a-brassrubbing.test/kent/cobham.html",
        "brasses at Cobham",
        server_error(
            509,
            "509 Bandwidth Limit Exceeded",
            "The server is temporarily unable to service your request due to the site owner"
            " reaching his/her bandwidth limit.",
        ),
    ),
)
