"""Notices against this very kind of mail: who has said no is not written to."""

from __future__ import annotations

import pytest

from brokenlinks.enrichment.contacts.page import extract_contacts


def notice(html: str) -> str:
    return extract_contacts(html, "https://www.hillside-brewers.org/links.html").opt_out


@pytest.mark.parametrize(
    "html",
    [
        "Don\u2019t email me about broken links on this page.",
        "We do not respond to broken link emails.",
        "I get lots of emails telling me about dead links; I bin them.",
        "We will not reply to emails offering replacement links.",
        "Please do not ask us to link to your site.",
        "Do not contact us about adding your link.",
        "We do not add commercial links to this page.",
        "Requests to add your website to this page will not be answered.",
        "We no longer accept suggestions for this page.",
        "If you are an SEO company, do not email us.",
        "SEO companies: go away.",
        "Please don't write to suggest resources.",
        "Do not send me link suggestions.",
        "No spam, no marketing mail.",
        "Use of our contact data for sending unrequested advertising is hereby prohibited.",
        "Wir tauschen keine Links.",
        "Wir nehmen keine Linkvorschläge an.",
        "Mails zu toten Links werden nicht beantwortet.",
        "Merci de ne pas nous écrire pour proposer un lien.",
        "No respondemos a correos sobre enlaces rotos.",
        "Non accettiamo proposte di link.",
        "Stuur ons geen linksuggesties.",
        "Nie odpowiadamy na propozycje linków.",
        "Não aceitamos sugestões de links.",
        "Link requests? No, thank you.",
        "We do <b>not</b> accept<br>link exchange requests.",
        "We never answer:<ul><li>link requests</li><li>guest posts</li></ul>",
        "Links<br>Home<br>No link requests please",
    ],
)
def test_a_refusal_of_mails_about_links_is_a_notice(html: str) -> None:
    assert notice(f"<p>Mail: info@hillside-brewers.org</p><p>{html}</p><p>Home</p>")


@pytest.mark.parametrize(
    "html",
    [
        "Never miss our guest posts!",
        "We do not charge for this and have no paid links.",
        "This page has no sponsored links; all recommendations are ours.",
        "There is no guest post this week.",
        "Note: unsolicited manuscripts are not returned.",
        "We found no solicitors in the region.",
        "If you find a link on this page that does not work, please email us.",
        "If a link doesn't work, contact the webmaster.",
        "Broken link? Please do not hesitate to email us.",
        "We cannot accept responsibility for broken links.",
        "Not every link was tested: please report broken links.",
        "Please report dead links. Do not send attachments.",
        "Dead links are not kept, they are deleted.",
        "It does not take long to report a broken link.",
        "If a site does not respond, please report a broken link.",
        "Bitte nicht zögern, defekte Links zu melden.",
        "Nie odpowiadamy za niedziałające linki.",
        "Non rispondiamo dei link non funzionanti.",
        "Wij nemen geen verantwoordelijkheid voor dode links.",
        "Wir übernehmen keine Haftung für defekte Links.",
        "Si un lien mort vous arrête, n'hésitez pas à nous écrire.",
        "<p>Suggest a link</p><p>Do not email us your booking.</p>",
    ],
)
def test_a_refusal_of_something_else_is_none(html: str) -> None:
    assert notice(f"<p>Mail: info@hillside-brewers.org</p><p>{html}</p><p>Home</p>") == ""
