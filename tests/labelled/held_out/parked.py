"""Domains whose owners wait for a buyer or live from advertisements."""

from __future__ import annotations

from datetime import date

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.names import DnsEntry
from brokenlinks.demo.server import ADDRESS
from tests.labelled.case import Case
from tests.labelled.held_out.dress import (
    Dress,
    at,
    echoing,
    everywhere,
    host,
    hugo,
    oldschool,
    story,
    wordpress,
)

_LOOM = Dress("Inkle Loom Corner", ("Patterns", "Looms", "Links"), "Inkle Loom Corner")


def _lander(domain: str, *topics: str) -> str:
    """An advertising lander as feeds write them: topics, a notice, a frame."""
    found = "".join(f'<li><a href="/?q={n}" class="kw">{t}</a></li>' for n, t in enumerate(topics))
    return f"""<!DOCTYPE html><html data-adblockkey="MFwwDQYJKoZIhvcNAQEB"><head><meta charset="utf-8">
<title>{domain}</title><meta name="robots" content="noarchive"></head><body>
<div id="header"><h1>{domain}</h1></div><div id="related"><h2>Related searches</h2><ul>{found}</ul></div>
<div id="footer"><p>The Sponsored Listings displayed above are served automatically by a third party.
Neither the service provider nor the domain owner maintain any relationship with the advertisers.</p>
<a href="/privacy">Privacy Policy</a></div><script>var ads=google.ads.domains.Caf;</script></body></html>"""


_GERMAN_SALE = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">
<title>obstbaumschnitt-kurse.test steht zum Verkauf</title></head><body><div class="box">
<h1>Diese Domain steht zum Verkauf!</h1><p>Die Domain <b>obstbaumschnitt-kurse.test</b> kann erworben
werden. Geben Sie ein unverbindliches Angebot ab. Unser Team meldet sich innerhalb eines Werktages.</p>
<form><input name="email" placeholder="E-Mail"><input name="gebot" placeholder="Ihr Gebot in Euro">
<button>Angebot senden</button></form><p>Treuhandabwicklung, sicherer Transfer, Kauf auf Rechnung.</p>
</div></body></html>"""
_RUSSIAN_SALE = """<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8">
<title>Домен zvezdochet-club.test продаётся</title></head><body><main><h1>Домен продаётся</h1>
<p>Домен zvezdochet-club.test выставлен на продажу. Вы можете купить его прямо сейчас или предложить
свою цену.</p><ul><li>Мгновенная передача прав</li><li>Безопасная сделка</li><li>Поддержка 24/7</li></ul>
<p>Этот домен припаркован у регистратора.</p></main></body></html>"""
_CHINESE_SALE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>域名出售 - chayi-wenhua.test</title></head><body><div class="sale"><h1>chayi-wenhua.test 域名正在出售</h1>
<p>您正在访问的域名可以转让！如果您对该域名感兴趣，请点击这里提交您的报价。</p>
<p>This domain name is for sale. If you are interested, please contact us.</p></div></body></html>"""
_BUY = """<!DOCTYPE html><html lang="en"><head><title>{name} | Buy this domain</title></head><body><header>
Premium names since 2005</header><main><h1>{name} is for sale</h1><p>Get this domain today. Own it for a
single payment of $2,895, or in twelve monthly instalments.</p><ul><li>30 day money back</li><li>Quick
delivery of the domain</li><li>Safe and secure shopping</li></ul></main></body></html>"""
_EXPIRED = """<html><head><title>Expired domain</title><meta name="robots" content="noindex"></head><body>
<h1>This domain has expired</h1><p>The domain rootcellarplans.test has expired and is on hold. If you are the
registrant, please log in to your registrar's account and renew it before it is deleted.</p>
<p>Renew now | Search for a new domain | Backorder this domain</p></body></html>"""
_SCRIPT = (
    "<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href="
    '"/lander"}</script></head></html>'
)

CASES: tuple[Case, ...] = (
    Case(
        "parked_by_its_name_servers",
        ("parked",),
        "inkleloomcorner.test/patterns/celtic-band.html",
        "Celtic band inkle pattern",
        {
            "inkleloomcorner.test": everywhere(
                b.answer(_lander("inkleloomcorner.test", "Weaving Looms", "Yarn Shops", "Rugs"))
            )
        },
        {
            "inkleloomcorner.test": DnsEntry(
                ADDRESS, name_servers=("ns1.sedoparking.com", "ns2.sedoparking.com")
            )
        },
        captures={
            "inkleloomcorner.test/patterns/celtic-band.html": (
                at(
                    "20140127",
                    oldschool(
                        _LOOM,
                        "Celtic band",
                        "<H1>Celtic band</H1><P>Forty-one warps in three colours. Heddle the dark"
                        " threads, leave the light ones open, and pick up every second pair.",
                    ),
                ),
            )
        },
    ),
    Case(
        "parked_by_its_cname",
        ("parked",),
        "www.starhopping.test/messier/m33",
        "finding M33 with binoculars",
        {
            "www.starhopping.test": everywhere(
                b.answer(_lander("starhopping.test", "Telescopes", "Binoculars", "Night Vision"))
            ),
            "starhopping.test": everywhere(b.redirect("http://www.{host}/")),
        },
        {"www.starhopping.test": DnsEntry(ADDRESS, cname="77980.bodis.com")},
    ),
    Case(
        "parked_sold_at_a_marketplace",
        ("parked",),
        "yorkshirekilns.test/visits/open-kilns.htm",
        "Open kilns in Yorkshire",
        {
            "yorkshirekilns.test": everywhere(
                b.redirect(
                    "http://www.hugedomains.com:{port}/domain_profile.cfm?d=yorkshirekilns.test"
                )
            ),
            "www.hugedomains.com": host(
                _BUY.format(name="Premium domains"),
                b.missing("HugeDomains"),
                {"/domain_profile.cfm": b.answer(_BUY.format(name="YorkshireKilns.test"))},
            ),
        },
    ),
    Case(
        "parked_sold_at_another_marketplace",
        ("parked",),
        "fermentingcrocks.test/sauerkraut/weights",
        "crock weights for sauerkraut",
        {
            "fermentingcrocks.test": everywhere(
                b.redirect("http://dan.com:{port}/buy-domain/fermentingcrocks.test", 301)
            ),
            "dan.com": host(
                _BUY.format(name="Domains"),
                b.answer(_BUY.format(name="fermentingcrocks.test")),
            ),
        },
    ),
    Case(
        "parked_on_ww1",
        ("parked",),
        "tudorrecipes.test/pottage",
        "Tudor pottage",
        {
            "tudorrecipes.test": everywhere(
                b.redirect("http://ww1.{host}/?usid=24&utid=10554281903", 302)
            ),
            "ww1.tudorrecipes.test": everywhere(
                b.answer(_lander("tudorrecipes.test", "Easy Dinner Recipes", "Meal Kits", "Soup"))
            ),
        },
        captures={
            "tudorrecipes.test/pottage": (
                at(
                    "20130812",
                    hugo(
                        Dress("Tudor Recipes", ("Pottage", "Pies", "Ales"), "Tudor Recipes"),
                        "Pottage | Tudor Recipes",
                        story(
                            "Pottage",
                            "Oats, leeks, cabbage and whatever bones the house could spare, kept"
                            " over the fire for days. Herbs make it: savory, parsley, hyssop.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "parked_redirect_to_lander",
        ("parked",),
        "thebonsaibench.test/species/juniper/shimpaku",
        "Shimpaku juniper care",
        {
            "thebonsaibench.test": everywhere(
                b.redirect("/lander"),
                {
                    "/lander": b.answer(
                        _lander("thebonsaibench.test", "Bonsai Trees", "Plant Delivery", "Pots")
                    ),
                },
            )
        },
    ),
    Case(
        "parked_script_to_lander",
        ("parked", "unknown"),
        "lacebobbins.test/history/honiton.html",
        "Honiton lace bobbins",
        {
            "lacebobbins.test": everywhere(
                b.answer(_SCRIPT),
                {
                    "/lander": b.answer(
                        _lander("lacebobbins.test", "Lace", "Antiques", "Wedding Dresses")
                    )
                },
            )
        },
    ),
    Case(
        "parked_german_for_sale",
        ("parked",),
        "obstbaumschnitt-kurse.test/anleitung/oeschbergschnitt/",
        "Öschbergschnitt erklärt",
        {"obstbaumschnitt-kurse.test": everywhere(b.answer(_GERMAN_SALE))},
        captures={
            "obstbaumschnitt-kurse.test/anleitung/oeschbergschnitt/": (
                at(
                    "20200401",
                    wordpress(
                        Dress(
                            "Obstbaumschnitt", ("Kurse", "Anleitung", "Bücher"), "Impressum", "de"
                        ),
                        "Der Öschbergschnitt",
                        story(
                            "Der Öschbergschnitt",
                            "Vier Leitäste, ein Mittelast, klare Ordnung: So bleibt der Hochstamm"
                            " über Jahrzehnte hell und tragfähig. Im ersten Winter werden die"
                            " Leitäste auf gleiche Höhe zurückgenommen.",
                        ),
                    ),
                ),
            )
        },
        registered={"obstbaumschnitt-kurse.test": date(2023, 5, 2)},
    ),
    Case(
        "parked_russian_for_sale",
        ("parked",),
        "zvezdochet-club.test/karta-neba/mart",
        "Карта неба в марте",
        {"zvezdochet-club.test": everywhere(b.answer(_RUSSIAN_SALE))},
    ),
    Case(
        "parked_chinese_for_sale",
        ("parked",),
        "chayi-wenhua.test/puer/zhufa.html",
        "普洱茶的煮法",
        {"chayi-wenhua.test": everywhere(b.answer(_CHINESE_SALE))},
    ),
    Case(
        "parked_expired_notice",
        ("parked", "dead_host"),
        "rootcellarplans.test/plans/earth-sheltered",
        "earth-sheltered root cellar plans",
        {"rootcellarplans.test": everywhere(b.answer(_EXPIRED))},
    ),
    Case(
        "parked_lander_names_the_path",
        ("parked",),
        "carillonscores.test/free/hymns.zip",
        "free carillon scores",
        {
            "carillonscores.test": host(
                _lander("carillonscores.test", "Sheet Music", "Piano Lessons", "Church Bells"),
                echoing(
                    _lander(
                        "carillonscores.test", "Sheet Music", "Piano Lessons", "Church Bells"
                    ).replace("</body>", "<img src='/pixel?u={path}'></body>")
                ),
            )
        },
        captures={
            "carillonscores.test/": (
                at(
                    "20180303",
                    hugo(
                        Dress("Carillon Scores", ("Hymns", "Folk", "Bach"), "Carillon Scores"),
                        "Carillon Scores",
                        story("Music for towers", "Two octaves or four, all free to play."),
                    ),
                ),
            )
        },
    ),
)
