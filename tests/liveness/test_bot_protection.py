"""Pages that refuse us are told from pages that merely look or sound like it."""

from __future__ import annotations

import pytest

from brokenlinks.html.document import HtmlDocument, parse_html
from brokenlinks.liveness.signals.bot_protection import detect_bot_protection, redirects_to_login

WALLS = [
    (403, {"cf-mitigated": "challenge"}, "Just a moment...", "", "Cloudflare", True),
    (200, {}, "", "<script>window._cf_chl_opt={}</script>", "Cloudflare", True),
    (503, {}, "Just a moment...", "", "Cloudflare", False),
    (403, {"server": "AkamaiGHost"}, "Access Denied", "", "Akamai", False),
    (403, {}, "Access Denied", "Reference&#32;&#35;18&#46;2d3a1402&#46;1700000000", "Akamai", True),
    (403, {}, "", '<script src="https://ct.captcha-delivery.com/c.js">', "DataDome", True),
    (200, {}, "", '<iframe src="/_Incapsula_Resource?CWUDNSAI=9">', "Imperva", True),
    (403, {}, "", "<script>window._pxAppId='PX1'</script><div id='px-captcha'>", "HUMAN", True),
    (202, {"x-amzn-waf-action": "challenge"}, "", "", "AWS WAF", True),
    (429, {"x-vercel-mitigated": "challenge"}, "", "", "Vercel", True),
    (403, {}, "", "Access Denied - Sucuri Website Firewall", "Sucuri", True),
    (200, {}, "", '<script id="anubis_challenge" type="application/json">', "Anubis", True),
    (200, {}, "Request Rejected", "The requested URL was rejected. Please consult", "F5", True),
    (403, {"set-cookie": "datadome=abc; Path=/"}, "", "", "DataDome", False),
]

MENU = "".join(f'<a href="/{name}">{name}</a>' for name in ("home", "blog", "about", "mail"))


def markup(title: str, body: str) -> tuple[str, HtmlDocument]:
    source = f"<title>{title}</title><body>{body}"
    return source, parse_html(source, "http://h.example/")


@pytest.mark.parametrize(("status", "headers", "title", "source", "vendor", "conclusive"), WALLS)
def test_block_pages_are_recognised(  # noqa: PLR0917
    status: int,
    headers: dict[str, str],
    title: str,
    source: str,
    vendor: str,
    conclusive: bool,  # noqa: FBT001
) -> None:
    wall = detect_bot_protection(status, headers, *markup(title, source))
    assert wall is not None
    assert (wall.vendor, wall.conclusive) == (vendor, conclusive)


@pytest.mark.parametrize(
    ("status", "headers", "title", "source"),
    [
        (200, {"cf-ray": "8", "server": "cloudflare"}, "Hops", ""),
        (200, {"set-cookie": "datadome=abc; incap_ses_1=x"}, "Hops", ""),
        (404, {"set-cookie": "bm_sz=abc"}, "Not found", ""),
        (200, {}, "Contact us", '<script src="https://www.google.com/recaptcha/api.js">'),
        (200, {}, "How bot walls work", "The Sucuri Website Firewall. " + "Words. " * 200),
        (200, {}, "How bot walls work", "<p>They set <code>_cf_chl_opt</code>.</p>"),
        (200, {}, "Rejected", f"The requested URL was rejected, said F5. {MENU}"),
        (200, {}, "Just a moment in time: a poem", ""),
    ],
)
def test_served_pages_are_not_taken_for_block_pages(
    status: int, headers: dict[str, str], title: str, source: str
) -> None:
    assert detect_bot_protection(status, headers, *markup(title, source)) is None


@pytest.mark.parametrize(
    ("asked", "final", "login"),
    [
        ("http://h.example/a", "http://h.example/login?next=/a", True),
        ("http://h.example/a", "https://accounts.google.com/ServiceLogin", True),
        ("http://h.example/a", "http://h.example/wp-login.php?redirect_to=a", True),
        ("http://h.example/a", "https://consent.h.example/?back=a", True),
        ("http://h.example/login", "https://h.example/login/", False),
        ("http://h.example/a", "http://h.example/blog/login-problems-solved", False),
        ("http://h.example/a", "http://h.example/b", False),
        ("http://h.example/a", "http://h.example/einloggen", True),
        ("http://h.example/a", "http://h.example/age-gate", True),
        ("http://h.example/a", "http://h.example/errors/validateCaptcha", True),
        ("http://h.example/a", "http://h.example/_Incapsula_Resource?SWJIYLWA=1", True),
        ("http://h.example/a", "http://h.example/403.html", True),
        ("http://h.example/a", "http://h.example/verify-browser", True),
        ("http://h.example/a", "http://h.example/security-check/", True),
        ("http://h.example/a", "http://h.example/forbidden.aspx", True),
        ("http://h.example/a", "https://geo.captcha-delivery.com/captcha/?cid=1", True),
        ("http://h.example/a", "http://h.example/sorry/index?continue=x", True),
        ("http://h.example/a", "http://h.example/404.html", False),
        ("http://h.example/a", "http://h.example/browsers/checked", False),
        ("http://h.example/a", "http://h.example/articles/403", False),
        ("http://h.example/a", "http://h.example/articles/403-pumps", False),
        ("http://h.example/a", "http://h.example/privacy-wall/", True),
        ("http://h.example/join.html", "http://h.example/join/", False),
        ("http://h.example/wiki/a", "http://h.example/index.php?title=X&returnto=a", True),
        ("http://h.example/wiki/a", "http://h.example/404?aspxerrorpath=/wiki/a", False),
        ("http://h.example/wiki/a", "http://h.example/404?return=/wiki/a", False),
        ("http://h.example/a", "http://sso.example/x?SAMLRequest=fZJ", True),
    ],
)
def test_redirects_to_a_login(asked: str, final: str, login: bool) -> None:  # noqa: FBT001
    assert redirects_to_login(asked, final, "", HtmlDocument()) is login


def test_a_short_page_that_asks_for_a_password_is_a_login() -> None:
    form = "<form>User <input name=u> Password <input name=p type='password'></form>"
    asked, final = "http://h.example/a", "http://h.example/b"
    assert redirects_to_login(asked, final, form, parse_html(form))
    board = form + "<p>A board of many threads</p>" * 100
    assert not redirects_to_login(asked, final, board, parse_html(board))
