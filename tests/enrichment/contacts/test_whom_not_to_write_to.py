"""Strangers, listed third parties, traps: a mail to the wrong person costs a good name."""

from __future__ import annotations

import pytest

from brokenlinks.enrichment.contacts import ContactSearch
from brokenlinks.enrichment.contacts.page import extract_contacts
from brokenlinks.models.contact import Contact, ContactKind, ContactLink, PageRole

LINKS = "https://www.hillside-brewers.org/links.html"
CONTACT = "https://www.hillside-brewers.org/contact.html"
PERSON = "jane.miller@hillside-brewers.org"


def from_links(body: str, head: str = "") -> Contact:
    """Return the contact of a site that has nothing but its linking page."""
    html = f"<title>Hillside Brewers</title>{head}<h1>Links</h1>{body}"
    return ContactSearch(extract_contacts(html, LINKS)).contact


def from_contact_page(body: str, role: PageRole = PageRole.CONTACT, head: str = "") -> Contact:
    """Return the contact of a site whose linking page says nothing."""
    html = f"<title>Hillside Brewers</title>{head}<h1>Contact</h1>{body}"
    enquiry = ContactSearch(extract_contacts("<h1>Links</h1>", LINKS))
    enquiry.add(ContactLink(CONTACT, role), extract_contacts(html, CONTACT))
    return enquiry.contact


STRANGERS = [
    "Our data protection officer can be reached by e-mail at jane.roe@privacy-partners.co.uk",
    "You may contact the Information Commissioner's Office: casework@ico.org.uk",
    "You can contact the supervisory authority by email: info@dataprotection.ie",
    "Contactez notre délégué à la protection des données : contact@dpo-conseil.fr",
    "Delegado de protección de datos: correo electrónico info@protecciondatos-sl.es",
    "Unser Datenschutzbeauftragter ist per E-Mail erreichbar: info@datenschutz-nord-partner.de",
    "Inspektor ochrony danych, kontakt: kontakt@iodo-firma.pl",
    "Functionaris gegevensbescherming, e-mail: info@privacybureau-nl.nl",
    "Responsabile della protezione dei dati, contatto: info@dpo-studio.it",
    "Encarregado da proteção de dados, contacto: geral@epd-consultores.pt",
    "If you are not happy with our answer, contact the Equality Service: info@equalityadvice.com",
    "Complaints about advertising: contact the ASA, email enquiries@asa.org.uk",
    "In an emergency contact the coastguard by email: info@coastguard-rescue.org",
    "For lost property please email the bus company: info@citybus.co.uk",
    "Our web designers Pixelpushers can be contacted by email: hello@pixelpushers.co.uk",
    "This site was made by Pixelpushers. Contact: hello@pixelpushers.co.uk",
    "Site créé par Lumière, contact : contact@lumiere-web.fr",
    "Our web hosts are Fasthost; email them: support@fasthost.net",
]


@pytest.mark.parametrize("role", [PageRole.CONTACT, PageRole.IMPRINT])
@pytest.mark.parametrize("line", STRANGERS)
def test_an_authority_a_designer_or_a_host_is_not_the_contact(line: str, role: PageRole) -> None:
    contact = from_contact_page(f"<p>We meet on Tuesdays in our hall.</p><p>{line}</p>", role)
    assert contact.kind is ContactKind.PAGE


def test_a_menu_that_names_data_protection_leads_on() -> None:
    menu = (
        '<p><a href="https://club.hillside-brewers.org/contact.html">Contact</a> |'
        ' <a href="/privacy.html">Data protection</a> | <a href="/d.html">Datenschutz</a></p>'
    )
    lead = ContactSearch(extract_contacts(menu, LINKS)).next_link()
    assert lead == ContactLink("https://club.hillside-brewers.org/contact.html", PageRole.CONTACT)


def test_the_sites_own_person_comes_before_another_domain() -> None:
    own, other = f"<p>Jane Miller, {PERSON}</p>", "<p>E-mail the guild: info@guild-of-ales.org</p>"
    assert from_contact_page(own + other).value == PERSON
    assert from_contact_page(other).value == "info@guild-of-ales.org"


@pytest.mark.parametrize(
    "domain",
    [
        *("yourcompany.com", "yourwebsite.com", "yourdomain.co.uk", "mysite.co.uk", "domain.net"),
        *("company.org", "companyname.com", "sitename.com", "ihre-domain.de", "votresite.fr"),
        *("tudominio.com", "twojadomena.pl", "uwdomein.nl", "demolink.org"),
    ],
)
def test_what_a_template_was_shipped_with_is_nobodys(domain: str) -> None:
    contact = from_contact_page(f"<p>Email: <a href='mailto:info@{domain}'>info@{domain}</a></p>")
    assert contact.kind is not ContactKind.ROLE_ADDRESS


OTHER = '<a href="http://burtonbrewers.org/">Burton Brewers</a>'
LISTED = [
    f"<dl><dt>{OTHER}</dt><dd>Meets on Tuesdays.</dd><dd>Contact: %s</dd></dl>",
    f"<ul><li>{OTHER}<br>Meets on Tuesdays.<br>Contact: %s</li></ul>",
    f"<ul><li>Contact: %s<br>{OTHER}</li></ul>",
    f"<ul><li>{OTHER}<ul><li>Contact: %s</li></ul></li></ul>",
    f"<table><tr><td>{OTHER}</td><td>Burton</td><td>E-mail: %s</td></tr></table>",
    f"<h3>{OTHER}</h3><p>Meets on Tuesdays.</p><p>Email: %s</p>",
    f"<div><h3>{OTHER}</h3><div><p>Email: %s</p></div></div>",
]
UNLINKED = [
    "<h2>Suppliers</h2><p><b>Hop Merchant</b>, 12 Mill St. Email: %s</p>",
    "<h2>Guestbook</h2><div><b>Tom</b><p>Nice page! E-mail: %s</p></div>",
    "<h2>Small ads</h2><p>For sale: 50 l kettle. Contact %s</p>",
    '<ul><li>Hop Merchant. <a href="mailto:%s">Email</a></li></ul>',
]


@pytest.mark.parametrize("address", ["burtonbrewers@gmail.com", "secretary@btinternet.com"])
@pytest.mark.parametrize("entry", LISTED + UNLINKED)
def test_whoever_the_linking_page_lists_is_not_its_contact(entry: str, address: str) -> None:
    assert from_links(entry % address).kind is ContactKind.NONE


@pytest.mark.parametrize("entry", LISTED)
def test_whoever_a_contact_page_lists_is_not_its_contact(entry: str) -> None:
    contact = from_contact_page(f"<p>We meet on Tuesdays.</p>{entry % 'burtonbrewers@gmail.com'}")
    assert contact.kind is ContactKind.PAGE


@pytest.mark.parametrize(
    "body",
    [
        f"<h3>{OTHER}</h3><p>A club.</p><hr><p>Contact: %s</p>",
        f"<div><h3>{OTHER}</h3><p>A club.</p></div><p>Contact: %s</p>",
        f"<ul><li>{OTHER}</li></ul><p>Contact: %s</p>",
        f"<dl><dt>{OTHER}</dt><dd>A club.</dd><dt>Us</dt><dd>Contact: %s</dd></dl>",
        f"<table><tr><td><p>{OTHER} is a club.</p></td><td>Contact: %s</td></tr></table>",
        f"<table><tr><td>{f'{OTHER}<br>' * 4}</td><td>Contact: %s</td></tr></table>",
    ],
)
def test_what_stands_apart_from_the_listed_may_be_the_sites(body: str) -> None:
    address = "hillside.brewers@gmail.com"
    assert from_links(body % address).value == address
    assert from_contact_page(body % address).value == address


def test_whoever_keeps_the_linking_page_is_its_contact() -> None:
    contact = from_links("<p>This page is maintained by tom.smith@gmail.com</p>")
    assert contact.value == "tom.smith@gmail.com"


def test_the_same_name_under_another_suffix_may_be_another_house() -> None:
    shop = '<a href="https://www.hillside-brewers.com/">Hillside Brewers Supplies</a>'
    listed = f"<ul><li>{shop}, shop: info@hillside-brewers.com</li></ul>"
    assert from_links(listed).kind is ContactKind.NONE
    assert from_links("<p>Contact: info@hillside-brewers.com</p>").value


def test_spaces_in_the_markup_do_not_move_a_comment_into_the_page() -> None:
    comments = '<p>Our links.</p>\n<div id="comments">\n<p>Email me: tom.smith@gmail.com</p></div>'
    assert from_contact_page(comments).kind is not ContactKind.PERSONAL_ADDRESS


TRAP = "trap@hillside-brewers.org"


@pytest.mark.parametrize(
    "attributes",
    [
        *('style="height:0;overflow:hidden"', 'style="overflow: hidden; max-height: 0px"'),
        *('style="clip: rect(0 0 0 0)"', 'style="clip:rect(1px, 1px, 1px, 1px)"'),
        *('style="clip-path: inset(100%)"', 'style="transform:scale(0)"'),
        *('style="color:#fff;background:#FFF"', 'style="font-size:1px;color:transparent"'),
        *('style="position:absolute; left:-99em"', 'style="visibility:collapse"'),
        *('style="opacity:.0"', 'style="opacity: 0.00"', 'class="visually-hidden"'),
        *('class="d-none"', 'class="x hidden"', 'class="sr-only"', 'class="trap"'),
        *('class="in-div"', 'class="in-body"', 'class="other"', 'id="pot"'),
    ],
)
def test_nobody_writes_to_what_nobody_sees(attributes: str) -> None:
    style = (
        "<style>div .in-div, b{display:none} body>p.in-body{visibility:hidden}"
        "p.other:not(.x){display:none} main #pot{opacity:0}</style>"
    )
    body = f"<div><p {attributes}>Email: {TRAP}</p></div><p>Call us at 01234 in the evening.</p>"
    assert from_contact_page(body, head=style).kind is ContactKind.PAGE


@pytest.mark.parametrize(
    "attributes",
    [
        *('style="height:0"', 'style="overflow:hidden;height:10px;line-height:0"'),
        *('style="opacity:0.5;left:-5em"', 'style="background-color:transparent"'),
        *('style="transform:scale(0.9)"', 'style="color:#fff;background:#ffe"'),
        *('class="d-none d-md-block"', 'class="hidden lg:flex"', 'class="paper"'),
        *('class="narrow"', 'class="open"'),
    ],
)
def test_what_is_seen_is_read(attributes: str) -> None:
    style = (
        "<style>@media print{.x{color:red} .paper{display:none}}"
        "@media (max-width:600px){p.narrow{display:none}} .menu:hover .open{display:none}</style>"
    )
    body = f"<p {attributes}>Email: info@hillside-brewers.org</p>"
    assert from_contact_page(body, head=style).value == "info@hillside-brewers.org"


@pytest.mark.parametrize(
    "content", ["", " ", '<img src="1x1.gif" width="1" height="1">', '<img src="x" width="0px">']
)
def test_a_mail_link_that_nobody_can_click_is_a_trap(content: str) -> None:
    link = f'<a href="mailto:{TRAP}">{content}</a><p>Call us at 01234 in the evening.</p>'
    assert from_contact_page(link).kind is ContactKind.PAGE


@pytest.mark.parametrize(
    ("attribute", "content"),
    [("", "Mail"), ("", '<img src="m.gif">'), ("", '<i class="icon"></i>'), ('title="Mail"', "")],
)
def test_a_mail_link_may_be_a_picture(attribute: str, content: str) -> None:
    link = f'<a {attribute} href="mailto:info@hillside-brewers.org">{content}</a>'
    assert from_contact_page(link).value == "info@hillside-brewers.org"


BOX = "info@hillside-brewers.org"
WARNINGS = [
    f"Please do not send e-mail to {BOX}, the box is no longer read. Write a letter.",
    f"Spam robots only: {BOX} - mail sent here is blacklisted, do not use it.",
    f"Our old address {BOX} no longer works.",
    f"Please do not email {BOX} any more.",
    f"Please do not use this address:<br>{BOX}",
    f"Warning: a fraudster using {BOX} pretends to be us.",
    f"Die Adresse {BOX} wird nicht mehr gelesen.",
    f"L'adresse {BOX} n'est plus valable.",
    f"Nuestra antigua dirección: {BOX}.",
    f"Il vecchio indirizzo {BOX} è chiuso.",
    f"Het adres {BOX} wordt niet meer gebruikt.",
    f"Stary adres: {BOX}.",
    f"O endereço {BOX} já não funciona.",
]


@pytest.mark.parametrize("warning", WARNINGS)
def test_an_address_that_a_page_warns_of_is_not_used(warning: str) -> None:
    body = f"<p>{warning}</p><p>Call us at 01234 in the evening.</p>"
    assert from_contact_page(body).kind is ContactKind.PAGE
    assert from_contact_page(f"{body}<p>E-mail: {BOX}</p>").kind is ContactKind.PAGE


@pytest.mark.parametrize(
    "line",
    [
        f"If a link no longer works, please tell {BOX}.",
        f"Tell {BOX} if a link is no longer active.",
        f"Please do not hesitate to write to {BOX}.",
        f"We do not send newsletters. Questions to {BOX}",
        f"Our old address was old@hillside-brewers.org. Now write to {BOX}.",
        f"Wenn ein Link nicht mehr erreichbar ist, schreiben Sie an {BOX}.",
        f"Si un lien n'est plus valable, écrivez à {BOX}.",
    ],
)
def test_a_refusal_of_something_else_is_no_warning(line: str) -> None:
    assert from_contact_page(f"<p>{line}</p>").value == BOX


@pytest.mark.parametrize(
    "form",
    [
        "<h2>Write to your MP</h2><form %s><textarea></textarea><button>Send to my MP</button>",
        "<h2>Share your recipe</h2><form %s><textarea></textarea><button>Publish</button>",
        "<h2>Chat room</h2><form %s><textarea></textarea><button>Say it to everybody</button>",
        "<h2>Validator</h2><form %s><textarea></textarea><button>Validate</button>",
    ],
)
def test_a_form_with_room_for_a_text_need_not_be_a_message_to_the_site(form: str) -> None:
    assert from_links(form % 'action="/send" method="post"').kind is ContactKind.NONE


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("/send", ContactKind.FORM),
        ("", ContactKind.FORM),
        ("https://cgi.hillside-brewers.org/mail", ContactKind.FORM),
        ("https://formspree.io/f/xyz", ContactKind.FORM),
        ("https://othershop.com/ask", ContactKind.NONE),
        ("http://[x", ContactKind.NONE),
    ],
)
def test_a_form_is_the_sites_when_it_is_sent_there(action: str, kind: ContactKind) -> None:
    form = f"<h2>Contact us</h2><form action='{action}' method='post'><textarea></textarea></form>"
    assert from_links(form).kind is kind


def test_a_listed_form_is_somebody_elses() -> None:
    listed = '<li>Festival: <a href="https://forms.gle/abc">contact the festival</a></li>'
    assert from_links(listed).kind is ContactKind.NONE
    own = '<p><a href="https://forms.gle/abc">Contact us</a></p>'
    assert from_links(own).value == "https://forms.gle/abc"
