"""Strangers, listed third parties, traps: a mail to the wrong person costs a good name."""

from __future__ import annotations

import pytest

from brokenlinks.contacts.enquiry import Enquiry
from brokenlinks.contacts.offers import Contact, ContactKind, Lead, PageRole
from brokenlinks.contacts.reading import read_offers

LINKS = "https://www.hillside-brewers.org/links.html"
CONTACT = "https://www.hillside-brewers.org/contact.html"
PERSON = "jane.miller@hillside-brewers.org"


def from_links(body: str, head: str = "") -> Contact:
    """Return the contact of a site that has nothing but its linking page."""
    html = f"<title>Hillside Brewers</title>{head}<h1>Links</h1>{body}"
    return Enquiry(read_offers(html, LINKS)).contact


def from_contact_page(body: str, role: PageRole = PageRole.CONTACT, head: str = "") -> Contact:
    """Return the contact of a site whose linking page says nothing."""
    html = f"<title>Hillside Brewers</title>{head}<h1>Contact</h1>{body}"
    enquiry = Enquiry(read_offers("<h1>Links</h1>", LINKS))
    enquiry.add(Lead(CONTACT, role), read_offers(html, CONTACT))
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
