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
        "No soliciting, please.",
        "Unsolicited offers are deleted unread.",
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


@pytest.mark.parametrize(
    "sentence",
    [
        "We object to anybody mailing adverts we did not ask for to the contact details above.",
        "Sending us promotions at the contact data of this imprint is hereby objected to.",
        "Taking our contact details for mass mailings is hereby contradicted.",
        "We expressly prohibit the use of the published addresses for marketing.",
        "Our e-mail addresses must not be used for promotional mails.",
        "The use of this contact information for material not requested by us is not permitted.",
        "Should we get unsolicited adverts, we reserve the right to take legal action.",
        "Werbung an die hier genannten Kontaktdaten ist untersagt.",
        "Wir widersprechen der Nutzung unserer Daten für Reklame.",
        "Die Anschriften im Impressum dürfen nicht für Direktwerbung genutzt werden.",
        "Bei unaufgeforderten Werbemails behalten wir uns rechtliche Schritte vor.",
        "Nous nous opposons à tout usage de nos coordonnées pour de la publicité.",
        "Se servir des adresses publiées ici à des fins commerciales est interdit.",
        "Tout message publicitaire non demandé peut donner lieu à des poursuites.",
        "Nos oponemos a que se usen los datos de contacto de este aviso para publicidad.",
        "Queda prohibido usar nuestra dirección para ofertas comerciales.",
        "En caso de publicidad no deseada emprenderemos acciones legales.",
        "Ci opponiamo all'uso dei nostri recapiti per scopi commerciali.",
        "È vietato usare gli indirizzi e-mail del sito per materiale promozionale.",
        "Per messaggi pubblicitari non richiesti ricorreremo alle vie legali.",
        "Wij maken bezwaar tegen het gebruik van onze contactgegevens voor reclame.",
        "De e-mailadressen op deze site mogen niet voor marketing dienen.",
        "Bij ongevraagde aanbiedingen nemen wij juridische stappen.",
        "Sprzeciwiamy się używaniu naszych danych do wysyłania reklam.",
        "Zabronione jest użycie podanych tu adresów e-mail w celach komercyjnych.",
        "W razie niechcianych reklam podejmiemy kroki prawne.",
        "Opomo-nos ao uso dos nossos contactos e dados de contacto para publicidade.",
        "É proibido usar os endereços de e-mail desta página para fins comerciais.",
        "Em caso de publicidade não pedida tomaremos medidas legais.",
    ],
)
def test_an_objection_to_advertising_is_a_notice(sentence: str) -> None:
    assert notice(f"<p>Mail: info@hillside-brewers.org</p><p>{sentence}</p><p>Home</p>")


@pytest.mark.parametrize(
    "sentence",
    [
        "We never send unsolicited mails to our members.",
        "You have the right to object to marketing at any time.",
        "We do not use your email address for advertising.",
        "Copying the contact details of other members is prohibited.",
        "The services may not be used to send unsolicited messages.",
        "Other terms than ours are hereby objected to.",
        "Spam is any mail that was not requested.",
        "Reprinting our promotional photographs is prohibited.",
        "Crawling and harvesting of this site by robots is not permitted.",
        "Sie können der Nutzung Ihrer Daten für Werbung jederzeit widersprechen.",
        "Wir versenden keine unerwünschte Werbung.",
        "We do not knowingly solicit data from children.",
        "You can stop receiving marketing emails by the unsubscribe link in each of them.",
        "Nothing here is a solicitation to buy, and it should not be read as one.",
        "We cannot consider unsolicited ideas for our products.",
        "Eine gewerbliche Nutzung der Bilder ist untersagt.",
        "Vous pouvez vous opposer à tout moment à la prospection.",
        "Nous ne vous envoyons jamais de publicité non sollicitée.",
        "No usamos tus datos para publicidad no solicitada.",
        "Puede oponerse al uso de sus datos con fines comerciales.",
        "El correo basura es publicidad no solicitada.",
        "Non invieremo mai pubblicità non richiesta.",
        "L'utente può opporsi al trattamento dei dati per il marketing.",
        "Wij sturen geen ongevraagde reclame.",
        "U hebt het recht om bezwaar te maken tegen reclame op basis van uw gegevens.",
        "Nie wysyłamy niezamówionych reklam.",
        "Użytkownik może wnieść sprzeciw wobec marketingu.",
        "Não enviamos publicidade não solicitada.",
        "Pode exercer o direito de oposição ao marketing.",
    ],
)
def test_a_promise_or_a_right_of_visitors_is_no_objection(sentence: str) -> None:
    assert notice(f"<p>Mail: info@hillside-brewers.org</p><p>{sentence}</p><p>Home</p>") == ""
