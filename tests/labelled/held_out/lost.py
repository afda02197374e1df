"""Dead links of this half."""

from __future__ import annotations

from datetime import date

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.names import NO_ADDRESS, DnsEntry
from brokenlinks.demo.server import ADDRESS, Behaviour, Site
from tests.labelled.building import copies, html, paragraphs, prose, site
from tests.labelled.case import Case
from tests.labelled.held_out.sites import NO_ROBOTS, all_paths, name_of, on_site
from tests.labelled.held_out.templates import (
    Dress,
    absent,
    article,
    campus,
    drupal,
    forum,
    front,
    news,
    typo3,
)

GONE, NO_DOMAIN, NO_HOST, SOFT = ("dead_gone",), ("dead_domain",), ("dead_host",), ("soft_404",)
HOME = ("redirected_home", "soft_404")
PARKED, HIJACKED, DRIFTED = ("parked",), ("hijacked",), ("drifted", "hijacked")


def catch_all(
    name: str,
    url: str,
    anchor: str,
    dress: Dress,
    subject: str,
    error: str | Behaviour,
    *,
    was: tuple[int, str] | None = None,
    beside: dict[str, str | Behaviour] | None = None,
    verdicts: tuple[str, ...] = SOFT,
) -> Case:
    """Return a site that has one good-looking answer for whatever is not there."""
    served = html(error) if isinstance(error, str) else error
    return on_site(
        name,
        verdicts,
        url,
        anchor,
        dress,
        subject,
        served,
        otherwise=served,
        was=was,
        beside=beside,
    )


def overrun(
    name: str,
    url: str,
    anchor: str,
    title: str,
    body: str,
    was: tuple[int, str, str],
    *,
    language: str,
    registered: int = 0,
    whole: bool = True,
    verdicts: tuple[str, ...] = HIJACKED,
) -> Case:
    """Return a page that strangers hold; `whole`: the entire host is theirs."""
    host, slash, rest = url.partition("/")
    year, old, subject = was
    theirs = news(host, title, paragraphs([body] * 8), language=language)
    kept = {url: copies((year, article(drupal, name_of(host), old, subject, sentences=40)))}
    theirs_alone = Site(html(theirs), dict(NO_ROBOTS))
    beside_it = site(
        front(drupal, name_of(host), subject), absent(drupal, name_of(host)), {slash + rest: theirs}
    )
    return Case(
        name,
        verdicts,
        url,
        anchor,
        {host: theirs_alone if whole else beside_it},
        captures=kept,
        registered={host: date(registered, 6, 30)} if registered else {},
    )


APACHE = "<html><head><title>Apache2 Debian Default Page: It works</title></head><body><h1>Apache2 Debian Default Page</h1><p>It works! This is the default welcome page used to test the correct operation of the Apache2 server after installation on Debian systems.</p></body></html>"
IIS = "<!DOCTYPE html><html><head><title>IIS Windows Server</title></head><body><div id='container'><a href='http://go.microsoft.com/fwlink/?linkid=66138'><img src='iisstart.png' alt='IIS'></a></div></body></html>"
CPANEL = "<html><head><title>Default Web Site Page</title></head><body><h1>Sorry!</h1><p>If you are the owner of this website, please contact your hosting provider. It is possible you have reached this page because: The IP address has changed.</p><img alt='cPanel, Inc.'></body></html>"
NETLIFY = "<!DOCTYPE html><html><head><title>Site not found</title></head><body><h1>Site not found</h1><p>Looks like you've followed a broken link or entered a URL that doesn't exist on Netlify.</p></body></html>"
S3 = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><BucketName>sheet-music</BucketName></Error>'
SHOPIFY = "<html><head><title>Create an Ecommerce Website and Sell Online! Ecommerce Software by Shopify</title></head><body><h1>Sorry, this shop is currently unavailable.</h1></body></html>"

CASES: tuple[Case, ...] = (
    on_site(
        "lost_404",
        GONE,
        "cane-weavers.test/patterns/six-way",
        "six-way pattern",
        drupal,
        "wood",
        b.missing("Cane weavers"),
        was=(2019, "Six-way pattern"),
    ),
    on_site(
        "lost_410",
        GONE,
        "comet-watch.test/2012/ison",
        "comet ISON",
        campus,
        "stars",
        b.refusal(410),
    ),
    on_site(
        "lost_404_funny",
        GONE,
        "crumb-blog.test/2014/brioche",
        "brioche",
        news,
        "bread",
        html(
            news("Crumb blog", "Well, this is half-baked", paragraphs(prose("bread", 20, "funny"))),
            404,
        ),
    ),
    on_site(
        "lost_404_french",
        GONE,
        "ruches.test/fiches/essaim",
        "capturer un essaim",
        typo3,
        "garden",
        html(
            typo3("Ruches", "Erreur 404", "<p>Cette fiche n'existe plus.</p>", language="fr"), 404
        ),
        was=(2016, "Capturer un essaim"),
    ),
    Case(
        "lost_to_404_elsewhere",
        GONE,
        "moved-once.test/tables",
        "tables of logarithms",
        {
            "moved-once.test": site(
                front(campus, "Moved once", "numbers"),
                absent(campus, "Moved once"),
                {"/tables": b.redirect("http://moved-twice.test:{port}/tables")},
            ),
            "moved-twice.test": site(
                front(campus, "Moved twice", "numbers"), absent(campus, "Moved twice")
            ),
        },
    ),
    on_site(
        "lost_to_410",
        GONE,
        "archive-shut.test/box/12",
        "box 12",
        drupal,
        "family",
        b.redirect("/gone-for-good"),
        beside={"/gone-for-good": b.refusal(410)},
    ),
    on_site("lost_loop", GONE, "ring-road.test/exit", "exit", drupal, "history", b.redirect_loop()),
    on_site(
        "lost_many_hops",
        GONE,
        "staircase.test/attic",
        "the attic",
        drupal,
        "history",
        b.redirect_chain(30, b.refusal(404)),
        was=(2013, "The attic"),
    ),
    on_site(
        "lost_location_nonsense",
        GONE,
        "typo-admin.test/go",
        "go",
        campus,
        "chess",
        b.redirect("http:///nowhere"),
    ),
    on_site(
        "lost_to_nxdomain",
        GONE,
        "affiliate-hop.test/out/9",
        "the plans",
        drupal,
        "wood",
        b.redirect("http://expired-partner-shop.test/landing"),
    ),
    on_site(
        "lost_404_in_forum",
        GONE,
        "dial-collectors.test/viewtopic.php?t=5",
        "dial restoration thread",
        forum,
        "wood",
        html(
            forum("Dial collectors", "Information", "<p>The requested topic does not exist.</p>"),
            404,
        ),
    ),
    Case("no_domain_1", NO_DOMAIN, "the-lace-pages.test/", "the lace pages"),
    Case(
        "no_domain_2",
        NO_DOMAIN,
        "village-smithy.test/hinges.html",
        "strap hinges",
        captures={
            "village-smithy.test/hinges.html": copies(
                (2015, article(campus, "Smithy", "Strap hinges", "wood"))
            )
        },
    ),
    Case("no_domain_3", NO_DOMAIN, "www.granny-square.test/patterns", "granny square patterns"),
    Case("no_domain_4", NO_DOMAIN, "forum.tin-openers.test/t/1", "a thread on tin openers"),
    Case(
        "no_host_sub",
        NO_HOST,
        "blog.river-maps.test/2010/ford",
        "the ford",
        {
            "river-maps.test": site(
                front(drupal, "River maps", "history"), absent(drupal, "River maps")
            )
        },
    ),
    Case(
        "no_host_address",
        NO_HOST,
        "mirror.seed-list.test/list",
        "seed list",
        {"seed-list.test": site(front(drupal, "Seed list", "garden"), absent(drupal, "Seed list"))},
        names={"mirror.seed-list.test": NO_ADDRESS},
    ),
    all_paths(
        "empty_apache",
        NO_HOST,
        "lute-makers.test/ribs",
        "bending ribs",
        APACHE,
        was=(2014, "Bending ribs", drupal, "wood"),
    ),
    all_paths(
        "empty_iis",
        NO_HOST,
        "grange-hall.test/minutes",
        "minutes of the grange",
        IIS,
        was=(2011, "Minutes of the grange", campus, "history"),
    ),
    all_paths("empty_cpanel", NO_HOST, "fen-skaters.test/races", "races on the fen", CPANEL),
    all_paths(
        "empty_netlify", NO_HOST, "bell-ringing-app.test/methods", "methods", NETLIFY, status=404
    ),
    all_paths(
        "empty_s3",
        NO_HOST,
        "sheet-music.test/scores/1.pdf",
        "score 1",
        b.answer(S3, 404, content_type="application/xml"),
    ),
    all_paths("empty_shopify", NO_HOST, "wool-cart.test/products/carder", "drum carder", SHOPIFY),
    catch_all(
        "soft_swedish",
        "tradgard-portal.test/vaxter/lin",
        "odla lin",
        drupal,
        "garden",
        drupal(
            "Trädgårdsportalen",
            "Sidan kunde inte hittas",
            "<p>Sidan du söker finns inte längre. Prova att söka i stället.</p>",
            language="sv",
        ),
        was=(2018, "Odla lin"),
    ),
    catch_all(
        "soft_portuguese",
        "receitas-da-avo.test/pao/broa",
        "broa de milho",
        news,
        "bread",
        news(
            "Receitas da avó",
            "Página não encontrada",
            "<p>A página que procura não existe ou mudou de endereço.</p>",
            language="pt",
        ),
    ),
    catch_all(
        "soft_chinese",
        "mugong-ziliao.test/sun/12",
        "榫卯图",
        drupal,
        "wood",
        drupal(
            "木工资料",
            "页面不存在",
            "<p>抱歉，您访问的页面不存在或已被删除。请返回首页继续浏览。</p>",
            language="zh",
        ),
    ),
    catch_all(
        "soft_german_campus",
        "institut-alt.test/skripte/analysis3.html",
        "Skript Analysis",
        typo3,
        "numbers",
        typo3(
            "Institut",
            "Fehler 404 - Seite nicht gefunden",
            "<p>Die angeforderte Seite existiert nicht.</p>",
        ),
        was=(2014, "Skript Analysis"),
    ),
    catch_all(
        "soft_french_news",
        "gazette-du-lac.test/2009/regate",
        "la régate de 2009",
        news,
        "history",
        news(
            "Gazette du lac",
            "Page non trouvée",
            "<p>Cet article n'est plus en ligne.</p>",
            language="fr",
        ),
    ),
    catch_all(
        "soft_italian_shop",
        "attrezzi-orto.test/prodotti/zappa",
        "zappa",
        drupal,
        "garden",
        drupal("Attrezzi", "Errore 404", "<p>La pagina che cerchi non c'è più.</p>", language="it"),
        was=(2020, "Zappa da orto"),
    ),
    catch_all(
        "soft_spanish_oops",
        "mapas-viejos.test/mapas/1733",
        "mapa de 1733",
        news,
        "history",
        news(
            "Mapas viejos",
            "¡Vaya! Página no encontrada",
            "<p>No hemos encontrado el mapa que buscas.</p>",
            language="es",
        ),
    ),
    catch_all(
        "soft_russian",
        "zvezdochet.test/nablyudeniya/mars",
        "наблюдения Марса",
        drupal,
        "stars",
        drupal(
            "Звездочёт",
            "Ошибка 404. Страница не найдена",
            "<p>Такой страницы нет.</p>",
            language="ru",
        ),
    ),
    catch_all(
        "soft_content_unavailable",
        "lesson-exchange.test/lesson/8812",
        "lesson on tides",
        drupal,
        "school",
        drupal(
            "Lesson exchange",
            "This content is no longer available",
            "<p>The author has removed it, or the address was mistyped.</p>",
        ),
        was=(2017, "Lesson on tides"),
    ),
    catch_all(
        "soft_listing_closed",
        "tool-adverts.test/ad/5512-lathe",
        "lathe for parts",
        news,
        "wood",
        news(
            "Tool adverts",
            "Listing not found",
            "<p>This listing has ended or was removed by the seller. Here are others: "
            + " ".join(prose("wood", 12, "ads"))
            + "</p>",
        ),
    ),
    catch_all(
        "soft_home_served",
        "cinema-list.test/films/1931/m",
        "M (1931)",
        news,
        "history",
        front(news, "Cinema list", "history"),
        was=(2019, "M, a film of 1931"),
    ),
    catch_all(
        "soft_generic_category",
        "big-catalogue.test/article/77-brass-hinge.html",
        "brass hinge drawings",
        drupal,
        "wood",
        drupal("Big catalogue", "Our departments", paragraphs(prose("garden", 24, "departments"))),
        was=(2018, "Brass hinge drawings"),
    ),
    catch_all(
        "soft_image_asked",
        "scan-server.test/scans/map-1712.jpg",
        "map of 1712 (scan)",
        drupal,
        "history",
        drupal(
            "Scan server", "File not found", "<p>The scan has been withdrawn from the server.</p>"
        ),
    ),
    catch_all(
        "soft_redirect_to_notfound",
        "hosted-sites.test/anna/knots",
        "Anna's knots",
        drupal,
        "wood",
        b.redirect("/notfound"),
        beside={
            "/notfound": drupal(
                "Hosted sites",
                "Hosted sites",
                "<p>Nothing under that name. Maybe one of our members' pages?</p>",
            )
        },
    ),
    catch_all(
        "soft_error_path_html",
        "regio-museum.test/objekte/0815",
        "Spinnrad von 1790",
        typo3,
        "history",
        b.redirect("/fehler/404.html"),
        beside={
            "/fehler/404.html": typo3(
                "Regiomuseum", "Hoppla", "<p>Da ist etwas schiefgelaufen.</p>"
            )
        },
    ),
    catch_all(
        "soft_gatsby_shell",
        "static-notes.test/notes/phase",
        "lunar phases",
        drupal,
        "stars",
        "<!DOCTYPE html><html><head><title>404: Not found</title></head><body><div id='___gatsby'><main><h1>404: Not Found</h1><p>You just hit a route that doesn't exist... the sadness.</p></main></div></body></html>",
    ),
    catch_all(
        "home_301",
        "puzzle-guild.test/puzzles/burr-6",
        "six-piece burr",
        drupal,
        "wood",
        b.redirect("/", 301),
        verdicts=HOME,
        was=(2018, "Six-piece burr"),
    ),
    catch_all(
        "home_302_deep",
        "stat-bureau.test/en/releases/2004/03/index.asp",
        "release of March 2004",
        campus,
        "numbers",
        b.redirect("/"),
        verdicts=HOME,
        was=(2010, "Release of March 2004"),
    ),
    catch_all(
        "home_absolute",
        "ferry-times.test/islands/north/timetable",
        "timetable of the north ferry",
        news,
        "history",
        b.redirect("http://ferry-times.test:{port}/"),
        verdicts=HOME,
    ),
    catch_all(
        "home_with_message",
        "grafting-club.test/scions/list",
        "list of scions",
        drupal,
        "garden",
        b.redirect("/?msg=expired"),
        verdicts=HOME,
    ),
    catch_all(
        "home_en_root",
        "observatory-hill.test/programme/2015",
        "programme of 2015",
        drupal,
        "stars",
        b.redirect("/en/"),
        verdicts=HOME,
        beside={"/en/": front(drupal, "Observatory hill", "stars")},
        was=(2016, "Programme of 2015"),
    ),
    catch_all(
        "home_news_section",
        "ruler-makers.test/rules/slide-rule-4",
        "slide rule no. 4",
        drupal,
        "numbers",
        b.redirect("/news"),
        verdicts=HOME,
        beside={"/news": drupal("Ruler makers", "News", paragraphs(prose("school", 20, "rn")))},
    ),
    catch_all(
        "home_category",
        "kite-store.test/plans/box-kite.html",
        "box kite plan",
        drupal,
        "wood",
        b.redirect("/store/"),
        verdicts=HOME,
        beside={
            "/store/": drupal("Kite store", "The store", paragraphs(prose("garden", 20, "ks")))
        },
        was=(2017, "Box kite plan"),
    ),
    all_paths(
        "parked_sedo_words",
        PARKED,
        "bobbin-works.test/lace",
        "bobbin lace",
        "<html><head><title>bobbin-works.test - Diese Website steht zum Verkauf! - Informationen zum Thema bobbin.</title></head>"
        "<body><h1>bobbin-works.test</h1><p>Diese Website steht zum Verkauf! Die Domain wird vom Inhaber zum Kauf angeboten.</p></body></html>",
        was=(2013, "Bobbin lace", drupal, "wood"),
    ),
    all_paths(
        "parked_godaddy",
        PARKED,
        "tide-tables.test/2016",
        "tide tables 2016",
        "<html><head><title>tide-tables.test</title></head><body><h1>This domain is parked free, courtesy of GoDaddy.com</h1><p>Get This Domain</p></body></html>",
    ),
    all_paths(
        "parked_namecheap_market",
        PARKED,
        "oak-gall-ink.test/recipe",
        "oak gall ink recipe",
        "<html><head><title>oak-gall-ink.test is for sale | Marketplace</title></head><body><h1>oak-gall-ink.test is for sale</h1><p>Make an offer</p></body></html>",
        was=(2018, "Oak gall ink recipe", campus, "school"),
    ),
    all_paths(
        "parked_french",
        PARKED,
        "cadrans-solaires.test/tracer",
        "tracer un cadran",
        "<html lang='fr'><head><title>cadrans-solaires.test</title></head><body><h1>Ce nom de domaine est à vendre</h1><p>Faites une offre pour ce nom de domaine.</p></body></html>",
    ),
    all_paths(
        "parked_ns_parkingcrew",
        PARKED,
        "dry-stone.test/walls",
        "dry stone walls",
        "<html><head><title>dry-stone.test</title></head><body><div id='rs'></div></body></html>",
        names={
            "dry-stone.test": DnsEntry(
                ADDRESS, name_servers=("ns1.parkingcrew.net", "ns2.parkingcrew.net")
            )
        },
    ),
    all_paths(
        "parked_above_ns",
        PARKED,
        "hedge-layers.test/styles",
        "styles of hedge laying",
        "<html><head><title>hedge-layers.test</title></head><body>Welcome</body></html>",
        names={
            "hedge-layers.test": DnsEntry(ADDRESS, name_servers=("ns1.above.com", "ns2.above.com"))
        },
    ),
    Case(
        "parked_sedo_redirect",
        PARKED,
        "straw-hats.test/plait",
        "straw plait",
        {
            "straw-hats.test": Site(
                b.redirect("http://sedo.com:{port}/search/details/?domain=straw-hats.test"),
                dict(NO_ROBOTS),
            ),
            "sedo.com": site(
                "<title>Sedo</title>", html("<title>straw-hats.test - Sedo</title><p>Offer</p>")
            ),
        },
    ),
    Case(
        "parked_ww25",
        PARKED,
        "rush-lights.test/making",
        "making rush lights",
        {
            "rush-lights.test": Site(
                b.redirect("http://ww25.rush-lights.test:{port}/?subid1=20231104"), dict(NO_ROBOTS)
            ),
            "ww25.rush-lights.test": Site(
                html("<title>rush-lights.test</title><p>Related searches</p>"), dict(NO_ROBOTS)
            ),
        },
    ),
    overrun(
        "taken_slots",
        "bee-boles.test/survey",
        "survey of bee boles",
        "Slot Online Gacor Deposit Dana 5000 Maxwin",
        "Situs slot online gacor dengan deposit dana dan maxwin setiap hari.",
        (2017, "Survey of bee boles", "history"),
        language="id",
        registered=2024,
    ),
    overrun(
        "taken_poker",
        "toy-theatres.test/sheets",
        "sheets for toy theatres",
        "Top 10 Online Poker Rooms and Casino Bonuses",
        "We rank poker rooms and casino bonuses for new players.",
        (2016, "Sheets for toy theatres", "school"),
        language="en",
        registered=2020,
    ),
    overrun(
        "taken_pills",
        "well-dressing.test/villages",
        "villages that dress wells",
        "Cheap Cialis and Viagra - Online Pharmacy No Prescription",
        "Order pills online with discreet shipping.",
        (2019, "Villages that dress wells", "history"),
        language="en",
        registered=2023,
    ),
    overrun(
        "taken_adult",
        "corn-dollies.test/knots",
        "corn dolly knots",
        "Free Porn Videos and Live Sex Cams",
        "Watch free adult videos and live cams.",
        (2015, "Corn dolly knots", "wood"),
        language="en",
        registered=2022,
    ),
    overrun(
        "taken_essay_mill",
        "gauge-theory-notes.test/lecture4",
        "lecture 4",
        "Pay Someone to Do My Homework - Essay Writers Online",
        "Buy essays, term papers and dissertations from experts.",
        (2018, "Lecture 4: fields", "numbers"),
        language="en",
        registered=2021,
    ),
    overrun(
        "taken_thai",
        "millwrights.test/gears",
        "wooden gears",
        "เว็บสล็อตออนไลน์ คาสิโนสด แทงบอล",
        "สมัครสมาชิกวันนี้รับโบนัสสล็อตออนไลน์และคาสิโนสด",
        (2018, "Wooden gears", "wood"),
        language="th",
    ),
    overrun(
        "taken_chinese",
        "sundial-society.test/dials",
        "dials of the county",
        "澳门新葡京娱乐场_百家乐在线投注",
        "百家乐、老虎机、真人娱乐场，注册送彩金。",
        (2014, "Dials of the county", "stars"),
        language="zh",
    ),
    overrun(
        "taken_turkish",
        "smock-patterns.test/wales",
        "smocks of Wales",
        "Canlı Bahis ve Casino Siteleri - Deneme Bonusu",
        "Deneme bonusu veren casino ve bahis siteleri listesi.",
        (2019, "Smocks of Wales", "family"),
        language="tr",
    ),
    overrun(
        "taken_page_only",
        "gardeners-museum.test/tools/dibber",
        "dibbers through the ages",
        "Kasyno online - darmowe spiny bez depozytu",
        "Najlepsze kasyno online z darmowymi spinami.",
        (2020, "Dibbers through the ages", "garden"),
        language="pl",
        registered=2025,
        whole=False,
    ),
    overrun(
        "drift_crypto",
        "gate-latches.test/suffolk",
        "Suffolk latches",
        "Best Crypto Casino and Bitcoin Gambling Sites",
        "Bitcoin gambling sites compared.",
        (2019, "Suffolk latches", "wood"),
        language="en",
        verdicts=DRIFTED,
    ),
    overrun(
        "drift_payday",
        "quern-stones.test/finds",
        "finds of quern stones",
        "Payday Loans Online Same Day, Casino Bonus",
        "Payday loans with instant approval.",
        (2018, "Finds of quern stones", "history"),
        language="en",
        verdicts=DRIFTED,
    ),
    overrun(
        "drift_japanese",
        "tally-sticks.test/reading",
        "reading tally sticks",
        "脱毛サロン比較ランキング",
        "人気の脱毛サロンを徹底比較しました。",
        (2017, "Reading tally sticks", "numbers"),
        language="ja",
        verdicts=DRIFTED,
    ),
)
