"""One page: which addresses, forms, notices and leads it offers."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.enrichment.contacts import ContactSearch
from brokenlinks.enrichment.contacts.addresses import (
    decode_cloudflare,
    mailto_addresses,
    parse_address,
)
from brokenlinks.enrichment.contacts.page import extract_contacts, role_of
from brokenlinks.enrichment.contacts.ranking import best_contact
from brokenlinks.models.contact import ContactKind, ContactPage, PageRole

PAGE = "https://www.hillside-club.org/links.html"
CONTACT = "https://www.hillside-club.org/contact.html"


def addresses(html: str, *, decode: bool = False) -> list[str]:
    return [a.value for a in extract_contacts(html, PAGE, decode=decode).addresses if a.value]


def protected(html: str) -> int:
    return sum(address.protected for address in extract_contacts(html, PAGE).addresses)


def chosen(html: str, role: PageRole = PageRole.CONTACT) -> tuple[ContactKind, str]:
    linking = ContactPage(PageRole.LINKING, extract_contacts("", PAGE))
    contact = best_contact([linking, ContactPage(role, extract_contacts(html, CONTACT))])
    return contact.kind, contact.value


@pytest.mark.parametrize(
    "html",
    [
        '<a href="mailto:info@hillside-club.org">Mail</a>',
        '<a href="MAILTO:Info@Hillside-Club.org?subject=Hello">Mail</a>',
        '<a href="mailto:%20info%40hillside-club.org">Mail</a>',
        '<a href="mailto:?to=info@hillside-club.org">Mail</a>',
        '<a href="mailto:Club <info@hillside-club.org>">Mail</a>',
        "<p>Write to info&#64;hillside-club&#46;org.</p>",
        "<p>E-mail:<b>info</b>@<i>hillside-club</i>.org</p>",
        "<p>info@hillside\u00ad-club.org</p>",
        '<p><img src="mail.png" alt="info@hillside-club.org"></p>',
        '<form action="mailto:info@hillside-club.org" method="post"><textarea></textarea></form>',
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Organization",'
            ' "contactPoint": {"@type": "ContactPoint", "email": "mailto:info@hillside-club.org"'
            "}}]}</script>"
        ),
        (
            '<script type="application/ld+json">//<![CDATA[\n[[{"@type": ["Club", "Shop"], "name":'
            ' "two\n1", "email": ["info@hillside-club.org"]}]]\n//]]></script>'
        ),
        (
            '<script type="application/ld+json"><!-- {"@type": "Club",'
            ' "email": "info@hillside-club.org"} --></script>'
        ),
        '<div itemscope><meta itemprop="email" content="info@hillside-club.org"></div>',
    ],
)
def test_an_address_is_read_however_it_is_written(html: str) -> None:
    assert set(addresses(html)) == {"info@hillside-club.org"}


@pytest.mark.parametrize(
    "html",
    [
        '<img src="logo@2x.png" srcset="logo@2x.png 2x">logo@2x.png',
        "<p>npm install app@1.4.0.js lazyload@17.8.3</p>",
        "<pre>git clone git@code.hillside-club.org:site.git</pre>",
        "<p>https://social.net/@club@social.net and @club@social.net</p>",
        "<p>you@domain.com, yourname@hillside-club.org</p>",
        "<p>noreply@hillside-club.org, no-reply-7@hillside-club.org</p>",
        '<div style="display: none">trap@hillside-club.org</div>',
        '<div hidden>trap@hillside-club.org</div><p aria-hidden="true">t@hillside-club.org</p>',
        (
            "<style>.hp, #pot { position:absolute; left:-9999px }</style>"
            '<p class="x hp">trap@hillside-club.org</p><p id="pot">trap@hillside-club.org</p>'
        ),
        "<!-- old@hillside-club.org -->",
        '<a href="mailto:?subject=Look&body=at this">Share</a>',
        '<script type="application/ld+json">{"@type": "Person", "email": "ann@x.org"}</script>',
        (
            '<script type="application/ld+json">{"@type": "Organization", "url": "https://o.org/",'
            ' "email": "info@o.org"}</script>'
        ),
        '<script type="application/ld+json">{not json</script>',
    ],
)
def test_what_is_no_address_or_not_for_people_is_not_read(html: str) -> None:
    assert addresses(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "info [at] hillside-club.org",
        "info(at)hillside-club(dot)org",
        "info &lt;at&gt; hillside-club.org",
        "info (ät) hillside-club (punkt) org",
        "info [arroba] hillside-club [punto] org",
        "info at hillside-club dot org",
        "info AT hillside-club.org",
        "info @ hillside-club.org",
        '<a href="/cdn-cgi/l/email-protection" data-cfemail="543d3a323b143c3d38382730313d7937">'
        "[email&#160;protected]</a>".replace("543d3a323b143c3d38382730313d7937", "{code}"),
        '<span style="unicode-bidi:bidi-override; direction:rtl">gro.bulc-edisllih@ofni</span>',
    ],
)
def test_a_protected_address_is_noted_and_decoded_on_request(html: str) -> None:
    code = "54" + bytes(byte ^ 0x54 for byte in b"info@hillside-club.org").hex()
    html = f"<p>{html.replace('{code}', code)}</p>"
    assert addresses(html) == []
    assert protected(html) == 1
    assert addresses(html, decode=True) == ["info@hillside-club.org"]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/cdn-cgi/l/email-protection">show</a>',
        "<a href=\"javascript:linkTo_UnCryptMailto('ocknvq')\">mail</a>",
        "<script>document.write('<a href=\"mai'+'lto:'+u+'@'+d+'\">')</script>",
        '<a href="#" data-email-user="info">mail</a>',
        "<p>info@REMOVE-THIS.hillside-club.org</p>",
        "<p>This email address is being protected from spambots.</p>",
    ],
)
def test_what_only_a_script_or_a_person_can_undo_is_noted(html: str) -> None:
    assert addresses(html, decode=True) == []
    assert protected(html) == 1


def test_a_code_that_is_none_gives_nothing() -> None:
    assert [decode_cloudflare(code) for code in ("", "zz", "54", "5454")] == [""] * 4


@pytest.mark.parametrize(
    ("form", "count"),
    [
        ('<form method="post"><textarea name="m"></textarea></form>', 1),
        ('<form action="/send"><textarea></textarea><button>Send comments</button></form>', 1),
        ('<iframe src="https://docs.google.com/forms/d/e/1/viewform"></iframe>', 1),
        ('<p>Contact: <a href="https://forms.gle/abc">our form</a></p>', 1),
        ("<form><textarea></textarea></form>", 0),
        ('<form action="/s" role="search"><input name="q"></form>', 0),
        ('<form method="post"><input type="email"><button>Subscribe</button></form>', 0),
        ('<form method="post"><textarea></textarea><input type="password"></form>', 0),
        ('<form action="/wp-comments-post.php" method="post"><textarea></textarea></form>', 0),
        ('<form method="post"><textarea></textarea><button>Post comment</button></form>', 0),
        ('<h2>Guestbook</h2><form method="post"><textarea></textarea></form>', 0),
        ('<form action="/checkout" method="post"><textarea name="note"></textarea></form>', 0),
        ('<div hidden><form method="post"><textarea></textarea></form></div>', 0),
    ],
)
def test_a_form_is_one_that_takes_a_message(form: str, count: int) -> None:
    assert len(extract_contacts(form, PAGE).forms) == count


@pytest.mark.parametrize(
    ("sentence", "declines"),
    [
        ("We do not accept link requests.", True),
        ("Unsolicited guest posts will be ignored.", True),
        ("Unverlangte Werbung ist nicht erwünscht.", True),
        ("Pas de démarchage ni d'échange de liens.", True),
        ("No hacemos intercambio de enlaces.", True),
        ("Non facciamo scambio di link.", True),
        ("Aan linkruil doen wij niet.", True),
        ("Nie prowadzimy wymiany linków.", True),
        ("Não fazemos troca de links.", True),
        ("We welcome link requests.", False),
        ("This site has no advertising.", False),
        ("Diese Seite enthält keine Werbung.", False),
        ("Link requests are welcome. Do not send attachments.", False),
    ],
)
def test_a_notice_against_solicitation_is_a_refusal_in_one_sentence(
    sentence: str, *, declines: bool
) -> None:
    assert bool(extract_contacts(f"<p>{sentence}</p>", PAGE).opt_out) is declines


@pytest.mark.parametrize(
    ("url", "anchor", "role"),
    [
        ("/contact-us.php", "", PageRole.CONTACT),
        ("/x7", "Schreiben Sie uns", PageRole.CONTACT),
        ("/index.php?page=kontakt", "Hier", PageRole.CONTACT),
        ("/signaler-un-lien/", "", PageRole.REPORT),
        ("/x", "Suggest a link", PageRole.REPORT),
        ("/impressum", "Impressum", PageRole.IMPRINT),
        ("/o-nas/", "O nas", PageRole.ABOUT),
        ("/", "Hillside", PageRole.HOME),
        ("/lenses", "All about the care of contact lenses for beginners", None),
        ("/login?next=/contact", "Contact", None),
        ("/contact.pdf", "Contact", None),
        ("/recipes", "Recipes", None),
    ],
)
def test_a_link_is_known_by_its_anchor_or_address(
    url: str, anchor: str, role: PageRole | None
) -> None:
    assert role_of(f"https://www.hillside-club.org{url}", anchor) is role


@pytest.mark.parametrize(
    ("html", "contact"),
    [
        ("<p>info@hillside-club.org</p>", (ContactKind.ROLE_ADDRESS, "info@hillside-club.org")),
        (
            "<p>Ann: ann@hillside-club.org</p>",
            (ContactKind.PERSONAL_ADDRESS, "ann@hillside-club.org"),
        ),
        (
            "<p>Web designed by studio@pixel-barn.com</p><p>club@hillside-club.org</p>",
            (ContactKind.ROLE_ADDRESS, "club@hillside-club.org"),
        ),
        (
            "<p>privacy@hillside-club.org</p><p>ann@hillside-club.org</p>",
            (ContactKind.PERSONAL_ADDRESS, "ann@hillside-club.org"),
        ),
        (
            "<p>info@hillside-club.org</p><p>Broken link? Tell ann@hillside-club.org</p>",
            (ContactKind.PERSONAL_ADDRESS, "ann@hillside-club.org"),
        ),
        (
            "<p>Some words on how to find our club house by bus.</p>",
            (ContactKind.PAGE, CONTACT),
        ),
        ("<p>E-mail: info@hillside-club.invalid</p>", (ContactKind.NONE, "")),
        ("<p>E-mail: club@example.com</p>", (ContactKind.NONE, "")),
    ],
)
def test_the_best_of_a_contact_page_is_chosen(html: str, contact: tuple[ContactKind, str]) -> None:
    assert chosen(html) == contact


def test_an_address_in_a_list_of_other_sites_is_theirs() -> None:
    html = (
        '<ul><li><a href="https://other-club.org/">Other club</a>, questions to'
        " club@gmail.com</li></ul>"
    )
    assert ContactSearch(extract_contacts(html, PAGE)).contact.kind is ContactKind.NONE


MARKUP = st.lists(
    st.sampled_from(
        [
            *("<form method=post>", "<textarea>", "</form>", "<p>", "</p>", "<br>", "<table><td>"),
            *(
                "<a href='mailto:",
                '<a href="',
                "'>",
                '">',
                "</a>",
                "<iframe src='//[",
                "<frame src=",
            ),
            *("<div style='display:none'>", "<div hidden>", "<style>.a{display:none}", "</style>"),
            *(
                '<script type="application/ld+json">',
                '{"@type":"Organization","email":',
                "[" * 2000,
            ),
            *("</script>", "contact us", "info", "@", " [at] ", "club", ".org", "(dot)", "&#64;"),
            *("broken link ", "data-cfemail='", "<base href='http://[x'>", "\x00", "\ud800", "é"),
            *(
                "no link requests",
                "<h1>",
                "%40",
                "?to=",
                "javascript:mail",
                "http://x:99999/contact",
            ),
        ]
    )
    | st.text(max_size=8),
    max_size=40,
).map("".join)


@given(MARKUP, st.booleans())
def test_hostile_markup_never_raises(html: str, decode: bool) -> None:  # noqa: FBT001 - hypothesis
    offers = extract_contacts(html, PAGE, decode=decode)
    enquiry = ContactSearch(offers)
    while lead := enquiry.next_link():
        enquiry.add(lead, replace(offers, url=lead.url))
    assert enquiry.contact.kind in ContactKind


@pytest.mark.parametrize(
    "html",
    [
        "<script>document.write('mai" + " " * 150_000 + "')</script>",
        '<p style="' + "bidi-override " * 30_000 + '">info</p>',
        '<p style="' + "direction:rtl " * 30_000 + '">info</p>',
    ],
)
def test_markup_made_to_be_slow_is_read_in_no_time(html: str) -> None:
    extract_contacts("", PAGE)
    start = time.process_time()
    extract_contacts(html, PAGE)
    assert time.process_time() - start < 2


@given(st.text(max_size=60))
def test_whatever_is_taken_for_an_address_is_one(text: str) -> None:
    for address in (parse_address(text), *mailto_addresses(f"mailto:{text}")):
        assert address == "" or address.count("@") == 1
