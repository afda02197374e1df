"""Links that a visitor may well open while we cannot, and those that tell us nothing today."""

from __future__ import annotations

from typing import Any

from brokenlinks.demo import behaviours as b
from brokenlinks.demo import misbehaviours as m
from brokenlinks.demo.names import REFUSED, SERVFAIL, SILENT, DnsEntry
from brokenlinks.demo.server import ADDRESS, Behaviour, Site
from brokenlinks.demo.walls import block_page, vendors
from brokenlinks.demo.wayback import Capture
from tests.labelled.building import html, site
from tests.labelled.case import Case
from tests.labelled.tuned.templates import article, government, home, missing, wordpress

BLOCKED, TRANSIENT, UNKNOWN, UNCHECKED = ("blocked",), ("transient",), ("unknown",), ("unchecked",)
ROBOTS = "/robots.txt"


LOGIN = wordpress(
    "Members",
    "Log in",
    '<form method="post"><input name="log"><input type="password" name="pwd"></form>',
)


def everywhere(
    name: str,
    verdicts: tuple[str, ...],
    host: str,
    path: str,
    anchor: str,
    behaviour: Behaviour,
    **more: Any,
) -> Case:
    """Return a case whose whole host answers in one way."""
    return Case(
        name,
        verdicts,
        f"{host}{path}",
        anchor,
        {host: Site(behaviour, {ROBOTS: b.refusal(404)})},
        **more,
    )


def page_only(
    name: str,
    verdicts: tuple[str, ...],
    host: str,
    path: str,
    anchor: str,
    behaviour: Behaviour,
    *,
    login: str = "",
) -> Case:
    """Return a case whose page answers so on a site that works; `login` is where one signs in."""
    login_host, _, login_path = (login or f"{host}/login").partition("/")
    label = host.partition(".")[0].replace("-", " ").title()
    return Case(
        name,
        verdicts,
        f"{host}{path}",
        anchor,
        {
            login_host: site(LOGIN, missing(wordpress, label), {f"/{login_path}": LOGIN}),
            host: site(
                home(wordpress, label, "history"),
                missing(wordpress, label),
                {path: behaviour, "/login": LOGIN},
            ),
        },
    )


WALLS = tuple(
    everywhere(
        f"blocked_wall_{vendor}",
        BLOCKED,
        f"behind-{vendor}.example",
        "/guides/start",
        "a starter's guide",
        block_page(vendor),
    )
    for vendor in vendors()
)
STATUSES = tuple(
    everywhere(
        f"blocked_{status}",
        BLOCKED,
        f"refuses-{status}.example",
        "/notes",
        f"notes of room {status}",
        b.refusal(status),
    )
    for status in (401, 402, 403, 405, 406, 407, 412, 418, 421, 423, 428, 431, 451, 999)
)
CASES: tuple[Case, ...] = (
    *WALLS,
    *STATUSES,
    page_only(
        "blocked_to_login",
        BLOCKED,
        "minutes-club.example",
        "/minutes/2020",
        "minutes of the club",
        b.redirect("/login?return=/minutes/2020"),
    ),
    page_only(
        "blocked_to_sso",
        BLOCKED,
        "campus-notes.example",
        "/course/7",
        "course notes",
        b.redirect("http://sso.campus-notes.example:{port}/idp/signin?service=course"),
        login="sso.campus-notes.example/idp/signin",
    ),
    page_only(
        "blocked_one_page_403",
        BLOCKED,
        "open-but-one.example",
        "/private/letters",
        "letters from the front",
        b.refusal(403),
    ),
    everywhere(
        "blocked_challenge_503",
        BLOCKED,
        "attack-mode.example",
        "/chess/openings",
        "opening tables",
        b.answer(
            "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript"
            " and cookies to continue</noscript></body></html>",
            503,
            headers={"Server": "cloudflare"},
        ),
    ),
    everywhere(
        "blocked_404_wall_on_all_paths",
        ("blocked",),
        "shy-server.example",
        "/letters",
        "letters of 1848",
        b.refusal(404),
        captures={
            "shy-server.example/": (Capture("20261020080000"),),
            "shy-server.example/letters": (Capture("20261021080000"),),
        },
    ),
    everywhere(
        "transient_429",
        TRANSIENT,
        "too-busy.example",
        "/calc",
        "calculator",
        b.refusal(429, {"Retry-After": "3600"}),
    ),
    everywhere(
        "transient_503_retry",
        TRANSIENT,
        "upgrading.example",
        "/timer",
        "timer",
        b.refusal(503, {"Retry-After": "1800"}),
    ),
    everywhere(
        "transient_500", TRANSIENT, "stack-trace.example", "/abv", "ABV table", b.refusal(500)
    ),
    everywhere(
        "transient_502", TRANSIENT, "bad-gateway.example", "/water", "water report", b.refusal(502)
    ),
    everywhere(
        "transient_520", TRANSIENT, "origin-odd.example", "/enzymes", "enzymes", b.refusal(520)
    ),
    everywhere("transient_525", TRANSIENT, "origin-tls.example", "/oak", "oak", b.refusal(525)),
    everywhere("transient_reset", TRANSIENT, "hangs-up.example", "/filters", "filters", m.reset),
    everywhere(
        "transient_empty", TRANSIENT, "says-nothing.example", "/kegs", "kegs", m.empty_reply
    ),
    everywhere("transient_hang", TRANSIENT, "never-answers.example", "/barrels", "barrels", m.hang),
    Case(
        "transient_refused",
        TRANSIENT,
        "closed-door.example/pumps",
        "pumps compared",
        {"closed-door.example": site("<p>x</p>", "<p>x</p>")},
        closed=True,
    ),
    Case(
        "transient_servfail",
        TRANSIENT,
        "shaky-zone.example/wheat",
        "wheat",
        names={"shaky-zone.example": SERVFAIL},
    ),
    Case(
        "transient_dns_refused",
        TRANSIENT,
        "curt-zone.example/rye",
        "rye",
        names={"curt-zone.example": REFUSED},
    ),
    Case(
        "transient_dns_silent",
        TRANSIENT,
        "mute-zone.example/oats",
        "oats",
        names={"mute-zone.example": SILENT},
    ),
    page_only(
        "unknown_js_shell",
        UNKNOWN,
        "script-only.example",
        "/planner",
        "brew day planner",
        html(
            "<!doctype html><html><head><title>App</title></head><body><noscript>You need to enable JavaScript to run"
            ' this app.</noscript><div id="root"></div><script src="/static/js/main.js"></script></body></html>'
        ),
    ),
    page_only("unknown_empty", UNKNOWN, "blank-sheet.example", "/poem", "a poem", html("")),
    page_only(
        "unknown_400", UNKNOWN, "particular-server.example", "/herbs", "herbs", b.refusal(400)
    ),
    page_only(
        "unknown_501", UNKNOWN, "not-implemented.example", "/ratios", "ratios", b.refusal(501)
    ),
    page_only("unknown_204", UNKNOWN, "no-content.example", "/salt", "salt", b.refusal(204)),
    page_only(
        "unknown_redirect_without_location",
        UNKNOWN,
        "no-direction.example",
        "/malts",
        "malts",
        b.redirect_nowhere(),
    ),
    Case(
        "unchecked_robots",
        UNCHECKED,
        "stay-out.example/scales",
        "scales",
        {
            "stay-out.example": Site(
                b.answer(b.article("Scales", "Scales")),
                {ROBOTS: b.answer("User-agent: *\nDisallow: /", content_type="text/plain")},
            )
        },
    ),
    Case(
        "unchecked_private",
        UNCHECKED,
        "office-server.example/plans",
        "plans",
        names={"office-server.example": "10.1.2.3"},
    ),
    Case(
        "unchecked_metadata",
        UNCHECKED,
        "sly-redirect.example/data",
        "data",
        {
            "sly-redirect.example": site(
                "<p>Home</p>", "<p>No</p>", {"/data": b.redirect("http://169.254.169.254/latest/")}
            )
        },
    ),
    Case(
        "blocked_cname_cdn_403",
        BLOCKED,
        "files.archive-club.example/plan.pdf",
        "plan of the mill",
        {"files.archive-club.example": Site(b.refusal(403), {ROBOTS: b.refusal(404)})},
        names={
            "files.archive-club.example": DnsEntry(ADDRESS, cname="d111.cloudfront-like.example")
        },
    ),
    page_only(
        "alive_slow_first_byte_but_there",
        ("alive",),
        "agency-slow.example",
        "/forms",
        "forms of the agency",
        html(article(government, "Agency", "Forms of the agency", "numbers")),
    ),
)
