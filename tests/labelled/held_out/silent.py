"""Links of this half that refuse, fail, say nothing, or may not be asked."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from brokenlinks.demo import misbehaviours as m
from brokenlinks.demo.names import REFUSED, SERVFAIL, SILENT
from brokenlinks.demo.server import Site
from tests.labelled.building import html, site
from tests.labelled.case import Case
from tests.labelled.held_out.sites import NO_ROBOTS, all_paths, on_site
from tests.labelled.held_out.templates import absent, campus, drupal, forum, front, news, typo3

BLOCKED, TRANSIENT, UNKNOWN, UNCHECKED = ("blocked",), ("transient",), ("unknown",), ("unchecked",)


def block(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


SIGN_IN = drupal("Sign in", "Sign in", '<form><input name="name"><input type="password"></form>')
CONSENT = news(
    "Paper of record",
    "Before you continue",
    "<p>We and our 812 partners use cookies. Accept, or choose what you allow.</p><button>Accept</button>",
)

CASES: tuple[Case, ...] = (
    all_paths(
        "wall_cloudflare_challenge",
        BLOCKED,
        "cf-challenged.test/recipes",
        "recipes",
        b.answer(
            block(
                "Just a moment...",
                "<script>window._cf_chl_opt={cvId:'3'};</script><noscript>Enable JavaScript and cookies to continue</noscript>",
            ),
            403,
            headers={"cf-mitigated": "challenge", "server": "cloudflare"},
        ),
    ),
    all_paths(
        "wall_cloudflare_1020",
        BLOCKED,
        "cf-1020.test/letters",
        "letters",
        b.answer(
            block(
                "Access denied | cf-1020.test used Cloudflare to restrict access",
                "<h1>Error 1020</h1><p>Access denied. Ray ID: 77</p>",
            ),
            403,
        ),
    ),
    all_paths(
        "wall_cloudflare_200_challenge",
        BLOCKED,
        "cf-200.test/maps",
        "maps",
        b.answer(
            block(
                "Just a moment...",
                "<script>(function(){window._cf_chl_opt={cType:'managed'}})()</script>",
            ),
            headers={"cf-mitigated": "challenge"},
        ),
    ),
    all_paths(
        "wall_akamai_reference",
        BLOCKED,
        "ak-edge.test/prices",
        "prices",
        b.answer(
            block(
                "Access Denied",
                "<h1>Access Denied</h1>You don't have permission to access this server.<p>Reference&#32;&#35;18&#46;2d351ab8&#46;1557333295&#46;a4e16ab",
            ),
            403,
            headers={"Server": "AkamaiGHost"},
        ),
    ),
    all_paths(
        "wall_datadome",
        BLOCKED,
        "dd-guard.test/lots",
        "lots",
        b.answer(
            block(
                "dd-guard.test",
                "<script>var dd={'rt':'c','cid':'x','host':'geo.captcha-delivery.com'}</script><script src='https://ct.captcha-delivery.com/c.js'></script>",
            ),
            403,
        ),
    ),
    all_paths(
        "wall_imperva_200",
        BLOCKED,
        "inc-guard.test/guide",
        "guide",
        b.answer(
            block(
                "",
                '<iframe src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=5"></iframe>Request unsuccessful. Incapsula incident ID: 1234-5678',
            )
        ),
    ),
    all_paths(
        "wall_perimeterx",
        BLOCKED,
        "px-guard.test/plans",
        "plans",
        b.answer(
            block(
                "Access to this page has been denied",
                "<div id='px-captcha'></div><script>window._pxAppId='PX1';</script>",
            ),
            403,
        ),
    ),
    all_paths(
        "wall_aws_waf",
        BLOCKED,
        "waf-guard.test/table",
        "table",
        b.answer("", 202, headers={"x-amzn-waf-action": "challenge"}),
    ),
    all_paths(
        "wall_vercel",
        BLOCKED,
        "vercel-guard.test/post",
        "post",
        b.answer(
            block("Vercel Security Checkpoint", "<p>We're verifying your browser</p>"),
            429,
            headers={"x-vercel-mitigated": "challenge"},
        ),
    ),
    all_paths(
        "wall_sucuri",
        BLOCKED,
        "sucuri-guard.test/notes",
        "notes",
        b.answer(
            block(
                "Sucuri WebSite Firewall - Access Denied",
                "<h1>Access Denied - Sucuri Website Firewall</h1>",
            ),
            403,
        ),
    ),
    all_paths(
        "wall_anubis",
        BLOCKED,
        "anubis-guard.test/git",
        "git mirror",
        b.answer(
            block(
                "Making sure you're not a bot!",
                "<script id='anubis_challenge' type='application/json'>{}</script>",
            )
        ),
    ),
    all_paths(
        "wall_f5",
        BLOCKED,
        "asm-guard.test/form",
        "form",
        b.answer(
            block(
                "Request Rejected",
                "The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 99",
            )
        ),
    ),
    all_paths(
        "wall_403_recaptcha",
        BLOCKED,
        "captcha-front.test/list",
        "list",
        b.answer(
            block(
                "Are you human?",
                "<script src='https://www.google.com/recaptcha/api.js'></script><div class='g-recaptcha'></div>",
            ),
            403,
        ),
    ),
    on_site(
        "refuses_401_page",
        BLOCKED,
        "lodge-papers.test/minutes/1911",
        "minutes of 1911",
        drupal,
        "history",
        b.refusal(401, {"WWW-Authenticate": "Basic"}),
    ),
    on_site(
        "refuses_402",
        BLOCKED,
        "paid-courses.test/course/3",
        "course 3",
        drupal,
        "school",
        b.refusal(402),
    ),
    on_site(
        "refuses_403_page",
        BLOCKED,
        "image-vault.test/scan/9",
        "scan 9",
        drupal,
        "family",
        b.refusal(403),
    ),
    all_paths(
        "refuses_405_all", BLOCKED, "post-only.test/form", "form", b.refusal(405, {"Allow": "POST"})
    ),
    all_paths("refuses_406_all", BLOCKED, "modsec-host.test/hops", "hops", b.refusal(406)),
    all_paths("refuses_451", BLOCKED, "withheld.test/text", "text", b.refusal(451)),
    all_paths("refuses_999", BLOCKED, "network-site.test/in/anna", "Anna", b.refusal(999)),
    all_paths("refuses_418", BLOCKED, "teapot-guard.test/tea", "tea", b.refusal(418)),
    all_paths("refuses_423", BLOCKED, "locked-files.test/share", "share", b.refusal(423)),
    on_site(
        "login_redirect_relative",
        BLOCKED,
        "course-server.test/mod/page/view.php?id=3",
        "course page",
        typo3,
        "school",
        b.redirect("/login/index.php"),
        beside={"/login/index.php": SIGN_IN},
    ),
    on_site(
        "login_redirect_accounts",
        BLOCKED,
        "notes-share.test/d/xyz",
        "shared notes",
        drupal,
        "numbers",
        b.redirect("http://accounts.notes-share.test:{port}/signin?continue=/d/xyz"),
        also={"accounts.notes-share.test": site(SIGN_IN, SIGN_IN, {"/signin": SIGN_IN})},
    ),
    on_site(
        "consent_redirect",
        BLOCKED,
        "paper-of-record.test/2019/story",
        "story of 2019",
        news,
        "history",
        b.redirect("http://consent.paper-of-record.test:{port}/collect?return=/2019/story"),
        also={"consent.paper-of-record.test": site(CONSENT, CONSENT, {"/collect": CONSENT})},
    ),
    all_paths("later_429_bare", TRANSIENT, "crowded.test/a", "a", b.refusal(429)),
    all_paths(
        "later_503_retry",
        TRANSIENT,
        "nightly-works.test/b",
        "b",
        b.refusal(503, {"Retry-After": "120"}),
    ),
    all_paths("later_503_plain", TRANSIENT, "tired-server.test/c", "c", b.refusal(503)),
    all_paths("later_504", TRANSIENT, "slow-origin.test/d", "d", b.refusal(504)),
    all_paths("later_522", TRANSIENT, "unreached-origin.test/e", "e", b.refusal(522)),
    on_site(
        "later_500_one_page", TRANSIENT, "one-bug.test/f", "f", campus, "numbers", b.refusal(500)
    ),
    all_paths("later_reset", TRANSIENT, "resets.test/g", "g", m.reset),
    all_paths("later_empty", TRANSIENT, "hangs-up-early.test/h", "h", m.empty_reply),
    all_paths("later_hang", TRANSIENT, "takes-forever.test/i", "i", m.hang),
    Case(
        "later_closed",
        TRANSIENT,
        "closed-port.test/j",
        "j",
        {"closed-port.test": site("<p>x</p>", "<p>x</p>")},
        closed=True,
    ),
    Case("later_servfail", TRANSIENT, "lame-zone.test/k", "k", names={"lame-zone.test": SERVFAIL}),
    Case(
        "later_dns_refused",
        TRANSIENT,
        "no-recursion.test/l",
        "l",
        names={"no-recursion.test": REFUSED},
    ),
    Case(
        "later_dns_silent", TRANSIENT, "quiet-zone.test/m", "m", names={"quiet-zone.test": SILENT}
    ),
    on_site(
        "odd_vue_shell",
        UNKNOWN,
        "route-planner.test/map",
        "map of routes",
        drupal,
        "stars",
        html(
            '<!DOCTYPE html><html><head><title>planner</title><link rel="modulepreload" href="/a.js"></head><body><div id="app"></div><script type="module" src="/a.js"></script></body></html>'
        ),
    ),
    on_site(
        "odd_empty_200", UNKNOWN, "nothing-here.test/page", "the page", campus, "numbers", html("")
    ),
    on_site(
        "odd_400", UNKNOWN, "fussy-server.test/q?x=1", "query", campus, "numbers", b.refusal(400)
    ),
    on_site("odd_205", UNKNOWN, "reset-content.test/x", "x", campus, "numbers", b.refusal(205)),
    on_site("odd_garbage", UNKNOWN, "babel-port.test/y", "y", campus, "numbers", m.malformed),
    on_site(
        "odd_300_without_location",
        UNKNOWN,
        "many-choices.test/z",
        "z",
        campus,
        "numbers",
        b.redirect_nowhere(300),
    ),
    Case(
        "not_asked_robots",
        UNCHECKED,
        "keep-off.test/lawn/daisies",
        "daisies",
        {
            "keep-off.test": Site(
                html(front(drupal, "Keep off", "garden")),
                {
                    "/robots.txt": b.answer(
                        "User-agent: *\nDisallow: /lawn/", content_type="text/plain"
                    )
                },
            )
        },
    ),
    Case(
        "not_asked_private",
        UNCHECKED,
        "intranet-wiki.test/page",
        "wiki page",
        names={"intranet-wiki.test": "192.168.7.7"},
    ),
    Case(
        "not_asked_metadata",
        UNCHECKED,
        "bad-faith.test/click",
        "click",
        {
            "bad-faith.test": site(
                front(forum, "Bad faith", "wood"),
                absent(forum, "Bad faith"),
                {"/click": b.redirect("http://169.254.169.254/latest/meta-data/")},
            )
        },
    ),
    Case(
        "not_asked_link_local",
        UNCHECKED,
        "printer-room.test/status",
        "status",
        names={"printer-room.test": "169.254.10.10"},
    ),
    Case(
        "blocked_root_too_404",
        BLOCKED,
        "all-404-to-robots.test/letters",
        "letters of a miller",
        {
            "all-404-to-robots.test": Site(
                b.refusal(403), dict(NO_ROBOTS) | {"/letters": b.refusal(404)}
            )
        },
    ),
)
