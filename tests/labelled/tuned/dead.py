"""Links that are dead in every dress in which dead pages are met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.names import NO_ADDRESS, DnsEntry
from brokenlinks.demo.server import ADDRESS, Behaviour, Site
from brokenlinks.demo.wayback import Capture
from tests.labelled.building import copies, html, paragraphs, prose, site
from tests.labelled.case import Case
from tests.labelled.tuned.templates import (
    Dress,
    article,
    government,
    home,
    missing,
    oldstyle,
    shop,
    wiki,
    wordpress,
)

ROBOTS = {"/robots.txt": b.refusal(404)}


def label(host: str) -> str:
    return host.partition(".")[0].replace("-", " ").title()


def gone(
    name: str,
    host: str,
    path: str,
    anchor: str,
    behaviour: Behaviour | str,
    *,
    dress: Dress = wordpress,
    subject: str = "brewing",
    captured: str = "",
    beside: Mapping[str, Behaviour] | None = None,
    others: Mapping[str, Site] | None = None,
) -> Case:
    """Return a page that is gone from a site that works."""
    served = html(behaviour, 404) if isinstance(behaviour, str) else behaviour
    kept = (
        {f"{host}{path}": copies((2018, article(dress, label(host), captured, subject)))}
        if captured
        else {}
    )
    whole = site(
        home(dress, label(host), subject),
        missing(dress, label(host)),
        {**(beside or {}), path: served},
    )
    return Case(
        name,
        ("dead_gone",),
        f"{host}{path}",
        anchor,
        {host: whole, **(others or {})},
        captures=kept,
    )


GONE = (
    gone(
        "gone_404_themed",
        "malt-and-more.example",
        "/guides/storage",
        "hop storage guide",
        missing(wordpress, "Malt and More"),
        captured="Hop storage guide",
    ),
    gone("gone_410", "first-mead.example", "/mead", "your first mead", b.refusal(410)),
    gone(
        "gone_404_bare",
        "bare-server.example",
        "/a/b.html",
        "a map",
        b.refusal(404),
        dress=oldstyle,
        subject="history",
    ),
    gone(
        "gone_404_german",
        "heimatbund.example",
        "/archiv/briefe",
        "Briefe aus dem Feld",
        wordpress(
            "Heimatbund",
            "Seite nicht gefunden",
            "<p>Diese Seite gibt es leider nicht mehr.</p>",
            language="de",
        ),
        subject="history",
    ),
    gone(
        "gone_404_long_helpful",
        "helpful-shop.example",
        "/p/refractometer",
        "refractometer",
        shop("Helpful Shop", "Oops! Not here", paragraphs(prose("brewing", 24, "suggestions"))),
        dress=shop,
    ),
    gone(
        "gone_410_wiki",
        "old-wiki.example",
        "/index.php/Kveik",
        "Kveik overview",
        html(missing(wiki, "Old Wiki"), 410),
        dress=wiki,
    ),
    gone(
        "gone_redirect_to_404",
        "renewed-site.example",
        "/old/plan.htm",
        "plan of the kiln",
        b.redirect("/errors/gone", 302),
        captured="Plan of the kiln",
    ),
    gone(
        "gone_redirect_to_410",
        "closing-blog.example",
        "/2012/roof",
        "a shingle roof",
        b.redirect("http://closing-archive.example:{port}/roof"),
        others={
            "closing-archive.example": site(
                home(wordpress, "Closing archive", "wood"), b.refusal(410)
            )
        },
    ),
    gone(
        "gone_loop",
        "round-and-round.example",
        "/wheel",
        "the wheel",
        b.redirect_loop(),
        subject="wood",
    ),
    gone(
        "gone_loop_of_two",
        "back-and-forth.example",
        "/a",
        "page a",
        b.redirect("/b"),
        subject="stars",
        beside={"/b": b.redirect("/a")},
    ),
    gone(
        "gone_bad_location",
        "broken-sign.example",
        "/road",
        "road book",
        b.redirect("http://[::bad/"),
        subject="history",
    ),
    gone(
        "gone_redirect_to_dead_domain",
        "taps-sold.example",
        "/taps",
        "tap plans",
        b.redirect("http://nobody-bought-this-one.example/lander-x"),
    ),
    gone(
        "gone_404_pdf",
        "statistics-office.example",
        "/pub/2009.pdf",
        "yearbook 2009 (PDF)",
        b.refusal(404),
        dress=government,
        subject="numbers",
        captured="Yearbook 2009",
    ),
)

NO_HOST = (
    Case("domain_gone", ("dead_domain",), "thebrewersclub.example/links", "The Brewers' Club"),
    Case(
        "domain_gone_root",
        ("dead_domain",),
        "bottle-museum.example/",
        "bottle museum",
        captures={
            "bottle-museum.example/": copies((2014, home(oldstyle, "Bottle Museum", "history")))
        },
    ),
    Case("domain_gone_www", ("dead_domain",), "www.kiln-plans.example/plans", "kiln plans"),
    Case("domain_gone_deep", ("dead_domain",), "shop.old-irons.example/irons/7", "plane irons"),
    Case(
        "host_gone_under_domain",
        ("dead_host",),
        "ftp.grain-lands.example/charts",
        "charts of grain",
        {
            "grain-lands.example": site(
                home(wordpress, "Grain Lands", "bread"), missing(wordpress, "Grain Lands")
            )
        },
    ),
    Case(
        "host_without_address",
        ("dead_host",),
        "old.star-group.example/dome",
        "our dome",
        {
            "star-group.example": site(
                home(oldstyle, "Star Group", "stars"), missing(oldstyle, "Star Group")
            )
        },
        names={"old.star-group.example": NO_ADDRESS},
    ),
)


def whole_host(
    name: str,
    verdicts: tuple[str, ...],
    host: str,
    path: str,
    anchor: str,
    served: str,
    *,
    status: int = 200,
    captures: Mapping[str, Sequence[Capture]] | None = None,
    **more: Any,
) -> Case:
    """Return a case whose host says the same on every path."""
    return Case(
        name,
        verdicts,
        f"{host}{path}",
        anchor,
        {host: Site(html(served, status), dict(ROBOTS))},
        captures=captures or {},
        **more,
    )


NGINX = (
    "<!DOCTYPE html><html><head><title>Welcome to nginx!</title><style>body{width:35em}</style></head><body><h1>Welcome to nginx!</h1>"
    "<p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p>"
    "<p><em>Thank you for using nginx.</em></p></body></html>"
)
SUSPENDED = (
    "<html><head><title>Account Suspended</title></head><body><h1>Account Suspended</h1>"
    "<p>This Account has been suspended. Contact your hosting provider for more information.</p></body></html>"
)
PLESK = (
    "<html><head><title>Web Server's Default Page</title></head><body><h1>Web Server's Default Page</h1><p>This page is generated by Plesk,"
    " the leading hosting automation software. You see this page because there is no Web site at this address.</p></body></html>"
)
HEROKU = '<!DOCTYPE html><html><head><title>No such app</title></head><body><iframe src="//www.herokucdn.com/error-pages/no-such-app.html"></iframe></body></html>'
GITHUB = (
    "<!DOCTYPE html><html><head><title>Site not found &middot; GitHub Pages</title></head><body><h1>404</h1>"
    "<p><strong>There isn't a GitHub Pages site here.</strong></p><p>If you're trying to publish one, read the full documentation.</p></body></html>"
)
PLACEHOLDERS = (
    whole_host(
        "host_nginx_default",
        ("dead_host",),
        "reinstalled.example",
        "/chess/games",
        "annotated games",
        NGINX,
        captures={
            "reinstalled.example/chess/games": copies(
                (2017, article(oldstyle, "Games", "Annotated games", "chess"))
            )
        },
    ),
    whole_host(
        "host_suspended",
        ("dead_host",),
        "unpaid-bill.example",
        "/garden/plan",
        "garden plan",
        SUSPENDED,
    ),
    whole_host(
        "host_plesk_default", ("dead_host",), "fresh-server.example", "/bread", "bread", PLESK
    ),
    whole_host(
        "host_heroku_404",
        ("dead_host",),
        "hop-timer.example",
        "/timer",
        "hop timer",
        HEROKU,
        status=404,
    ),
    whole_host(
        "host_github_pages_404",
        ("dead_host",),
        "dovetail-js.example",
        "/demo",
        "dovetail demo",
        GITHUB,
        status=404,
    ),
)

ERRORS = {
    "en": (
        "Page not found",
        "Sorry, the page you were looking for is not here. It may have moved when we rebuilt the site.",
    ),
    "de": (
        "Seite nicht gefunden",
        "Leider konnten wir die gewünschte Seite nicht finden. Bitte nutzen Sie die Suche oder die Navigation.",
    ),
    "fr": (
        "Page introuvable",
        "La page que vous cherchez n'existe plus ou a changé d'adresse. Utilisez le menu pour continuer votre visite.",
    ),
    "es": (
        "Página no encontrada",
        "Lo sentimos, la página que busca no existe. Vuelva al inicio o utilice el buscador de la web.",
    ),
    "it": (
        "Pagina non trovata",
        "La pagina richiesta non esiste più. Torna alla pagina iniziale oppure usa la ricerca.",
    ),
    "nl": (
        "Pagina niet gevonden",
        "Sorry, deze pagina bestaat niet meer. Ga terug naar de startpagina of gebruik het zoekveld.",
    ),
    "pl": (
        "Nie znaleziono strony",
        "Strona, której szukasz, nie istnieje lub została przeniesiona. Skorzystaj z menu.",
    ),
    "cs": (
        "Stránka nenalezena",
        "Požadovaná stránka neexistuje. Zkuste prosím vyhledávání nebo hlavní nabídku.",
    ),
    "ru": (
        "Страница не найдена",
        "К сожалению, такой страницы больше нет. Воспользуйтесь поиском или вернитесь на главную.",
    ),
    "ja": (
        "ページが見つかりません",
        "お探しのページは移動または削除された可能性があります。トップページからお探しください。",
    ),
}


def soft(
    name: str,
    host: str,
    path: str,
    anchor: str,
    served: str,
    *,
    dress: Dress = shop,
    subject: str = "garden",
    captured: str = "",
    verdicts: tuple[str, ...] = ("soft_404",),
    **more: Behaviour,
) -> Case:
    """Return a site that answers 200 with one error page to whatever does not exist."""
    kept = (
        {f"{host}{path}": copies((2019, article(dress, label(host), captured, subject)))}
        if captured
        else {}
    )
    paths = {f"/{name}": behaviour for name, behaviour in more.items()}
    return Case(
        name,
        verdicts,
        f"{host}{path}",
        anchor,
        {host: site(home(dress, label(host), subject), html(served), paths)},
        captures=kept,
    )


SOFT = (
    *(
        soft(
            f"soft_404_{code}",
            f"shop-{code}-tools.example",
            "/products/spade-12",
            "garden spade",
            shop(f"Shop {code}", title, f"<p>{said}</p>", language=code),
            captured="Garden spade no. 12",
        )
        for code, (title, said) in ERRORS.items()
    ),
    soft(
        "soft_404_h1_only",
        "museum-portal.example",
        "/objects/1234",
        "a weaver's shuttle",
        government(
            "Museum Portal",
            "Museum Portal",
            "<p>The object may have been moved to the new collection database.</p>",
            h1="404 - Object not found",
        ),
        dress=government,
        subject="history",
    ),
    soft(
        "soft_404_product_gone",
        "kit-dealer.example",
        "/kits/telescope-kit",
        "telescope kit",
        shop(
            "Kit Dealer",
            "This product is no longer available",
            "<p>Unfortunately the product is no longer available. Have a look at similar products in our range, or subscribe to our newsletter"
            " and be the first to hear of new kits, spare parts, books and offers for builders of telescopes and other instruments.</p>",
        ),
        subject="stars",
        captured="Telescope kit, 150 mm",
    ),
    soft(
        "soft_404_same_page_for_all",
        "portal-of-towns.example",
        "/town/millbrook/history",
        "history of Millbrook",
        shop("Portal of Towns", "All about towns", paragraphs(prose("history", 16, "portal"))),
        dress=shop,
        subject="history",
    ),
    soft(
        "soft_404_search_page",
        "recipe-heap.example",
        "/recipes/onion-rye",
        "onion rye",
        shop(
            "Recipe Heap",
            "No results found",
            "<p>Your search did not match any recipes. Check the spelling, try fewer words, or browse the"
            " categories below: breakfast, soups, breads, cakes, preserves, drinks, and meals for one, two or many people at short notice.</p>",
        ),
        subject="bread",
        captured="Onion rye",
    ),
    soft(
        "soft_404_pdf_asked",
        "county-forms.example",
        "/forms/a12.pdf",
        "form A12 (PDF)",
        government(
            "County Forms",
            "Document unavailable",
            "<p>The document you asked for is unavailable. Please contact the office during opening hours,"
            " by telephone or in writing, and quote the number of the form, the year in which it was issued and the department.</p>",
        ),
        dress=government,
    ),
    Case(
        "soft_404_redirect_to_404",
        ("soft_404",),
        "fancy-cms.example/about/team/anna",
        "Anna's page",
        {
            "fancy-cms.example": site(
                home(wordpress, "Fancy CMS", "school"),
                b.redirect("/404"),
                {
                    "/404": wordpress(
                        "Fancy CMS", "Nothing to see", "<p>Whatever you were after is not here.</p>"
                    )
                },
            )
        },
    ),
    soft(
        "soft_404_next_shell",
        "next-blog.example",
        "/posts/plane",
        "tuning a plane",
        '<!DOCTYPE html><html><head><title>404: This page could not be found</title><meta name="robots" content="noindex"></head><body><div id="__next">'
        '<h1 class="next-error-h1">404</h1><h2>This page could not be found.</h2></div><script id="__NEXT_DATA__" type="application/json">{"page":"/404"}</script></body></html>',
        dress=wordpress,
        subject="wood",
    ),
)


def redirected(
    name: str,
    host: str,
    path: str,
    anchor: str,
    to: str,
    *,
    subject: str,
    captured: str = "",
    dress: Dress = wordpress,
    status: int = 301,
) -> Case:
    """Return a site that sends whatever does not exist to its home page or a section."""
    kept = (
        {
            f"{host}{path}": copies(
                (2020, article(dress, label(host), captured, subject, sentences=60))
            )
        }
        if captured
        else {}
    )
    paths: dict[str, str | Behaviour] = {} if to == "/" else {to: home(dress, label(host), subject)}
    return Case(
        name,
        ("redirected_home", "soft_404"),
        f"{host}{path}",
        anchor,
        {host: site(home(dress, label(host), subject), b.redirect(to, status), paths)},
        captures=kept,
    )


HOME = (
    redirected(
        "home_root",
        "grower-guild.example",
        "/sheets/beans",
        "bean varieties tested",
        "/",
        subject="garden",
        captured="Bean varieties tested",
    ),
    redirected(
        "home_root_302",
        "tools-forum.example",
        "/t/99-saw-setting",
        "setting a saw",
        "/",
        subject="wood",
        status=302,
    ),
    redirected(
        "home_index_php",
        "parish-net.example",
        "/graves/row7",
        "gravestones, row 7",
        "/index.php",
        subject="family",
        captured="Gravestones, row 7",
    ),
    redirected(
        "home_language_root",
        "sternfreunde.example",
        "/beobachtung/jupiter",
        "Jupiter beobachten",
        "/de/",
        subject="stars",
    ),
    redirected(
        "home_shop_section",
        "crafts-market.example",
        "/item/4711-oak-stool",
        "oak stool plans",
        "/shop",
        subject="wood",
        dress=shop,
        captured="Oak stool plans",
    ),
    redirected(
        "home_blog_section",
        "school-ideas.example",
        "/worksheets/fractions-3",
        "fractions worksheet",
        "/blog",
        subject="school",
    ),
    redirected(
        "home_deep",
        "history-box.example",
        "/a/b/c/toll-board",
        "the toll board",
        "/",
        subject="history",
        captured="The toll board",
    ),
    redirected(
        "home_query",
        "club-scores.example",
        "/game.php?id=77",
        "game 77 with notes",
        "/",
        subject="chess",
    ),
)

LANDER = (
    "<html><head><title>{host}</title></head><body><h1>{host}</h1><p>This domain may be for sale. Buy this domain.</p><h2>Related searches</h2>"
    "<ul><li><a href='/?q=1'>Home insurance</a></li><li><a href='/?q=2'>Cheap flights</a></li><li><a href='/?q=3'>Online degrees</a></li></ul></body></html>"
)


def parked(
    name: str,
    host: str,
    path: str,
    anchor: str,
    served: str,
    *,
    names: DnsEntry | None = None,
    captured: str = "",
    subject: str = "garden",
) -> Case:
    """Return a host that shows a lander whatever is asked."""
    kept = (
        {f"{host}{path}": copies((2016, article(oldstyle, label(host), captured, subject)))}
        if captured
        else {}
    )
    return whole_host(
        name,
        ("parked",),
        host,
        path,
        anchor,
        served.replace("{host}", host),
        captures=kept,
        names={host: names} if names else {},
    )


PARKED = (
    parked(
        "parked_phrases",
        "orchard-lore.example",
        "/apples/old",
        "old apple varieties",
        LANDER,
        captured="Old apple varieties",
    ),
    parked(
        "parked_name_servers",
        "hill-walks.example",
        "/walks",
        "walks",
        "<title>hill-walks.example</title><p>Related links</p>",
        names=DnsEntry(ADDRESS, name_servers=("ns1.sedoparking.com", "ns2.sedoparking.com")),
    ),
    parked(
        "parked_bodis",
        "quilt-maps.example",
        "/map",
        "map of quilts",
        "<title>quilt-maps.example</title><script>window.park=1</script>",
        names=DnsEntry(ADDRESS, name_servers=("ns1.bodis.com", "ns2.bodis.com")),
    ),
    parked(
        "parked_german",
        "heimat-seiten.example",
        "/dorf",
        "Dorfchronik",
        "<html lang='de'><title>Diese Domain steht zum Verkauf</title><h1>heimat-seiten.example</h1><p>Diese Domain steht zum Verkauf. Jetzt Angebot abgeben.</p></html>",
        subject="history",
        captured="Dorfchronik",
    ),
    parked(
        "parked_for_sale_page",
        "telescope-tips.example",
        "/tips/12",
        "tip 12: collimation",
        "<html><head><title>telescope-tips.example is for sale</title></head><body><h1>The domain telescope-tips.example is for sale</h1>"
        "<p>Inquire about this domain. Enter your offer and we will contact you.</p><form><input name='offer'></form></body></html>",
        subject="stars",
    ),
    Case(
        "parked_marketplace_redirect",
        ("parked",),
        "rare-woods.example/walnut",
        "walnut notes",
        {
            "rare-woods.example": Site(
                b.redirect("http://www.hugedomains.com:{port}/domain_profile.cfm?d=rare-woods"),
                dict(ROBOTS),
            ),
            "www.hugedomains.com": site(
                "<title>HugeDomains</title>",
                html("<title>RareWoods is for sale | HugeDomains</title><p>Buy now</p>"),
            ),
        },
    ),
    Case(
        "parked_afternic",
        ("parked",),
        "bread-letters.example/2011/12",
        "bread letter 12",
        {
            "bread-letters.example": Site(
                b.redirect("http://www.afternic.com:{port}/forsale/bread-letters.example"),
                dict(ROBOTS),
            ),
            "www.afternic.com": site(
                "<title>Afternic</title>", html("<title>For sale</title><p>Get a price</p>")
            ),
        },
    ),
    Case(
        "parked_ww1",
        ("parked",),
        "rook-files.example/games",
        "rook files",
        {
            "rook-files.example": Site(
                b.redirect("http://ww1.rook-files.example:{port}/?subid1=2023"), dict(ROBOTS)
            ),
            "ww1.rook-files.example": Site(
                html("<title>rook-files.example</title><p>Sponsored listings</p>"), dict(ROBOTS)
            ),
        },
    ),
    Case(
        "parked_lander_path",
        ("parked",),
        "fold-and-bake.example/oven",
        "our oven",
        {
            "fold-and-bake.example": Site(
                html(
                    '<html><head><script>window.onload=function(){window.location.href="/lander"}</script></head><body></body></html>'
                ),
                dict(ROBOTS) | {"/lander": html(LANDER.replace("{host}", "fold-and-bake.example"))},
            )
        },
        names={"fold-and-bake.example": DnsEntry(ADDRESS, name_servers=("ns1.afternic.com",))},
    ),
)


def taken(
    name: str,
    host: str,
    path: str,
    anchor: str,
    title: str,
    body: str,
    was: str,
    subject: str,
    *,
    language: str,
    registered: int = 0,
    verdicts: tuple[str, ...] = ("hijacked",),
    year: int = 2018,
) -> Case:
    """Return a host that other people fill with other things now."""
    now = wordpress(host, title, f"<p>{body}</p>" * 6, language=language)
    return Case(
        name,
        verdicts,
        f"{host}{path}",
        anchor,
        {host: Site(html(now), dict(ROBOTS))},
        captures={f"{host}{path}": copies((year, article(wordpress, label(host), was, subject)))},
        registered={host: date(registered, 3, 1)} if registered else {},
    )


HIJACKED = (
    taken(
        "hijacked_slot_indonesian",
        "guild-of-bakers.example",
        "/letters/7",
        "letter on rye",
        "Situs Slot Gacor Hari Ini Terpercaya",
        "Daftar situs slot gacor dengan bonus member baru dan deposit pulsa.",
        "A letter on rye",
        "bread",
        language="id",
        registered=2023,
    ),
    taken(
        "hijacked_casino_english",
        "valley-chess.example",
        "/juniors",
        "our juniors",
        "Best Online Casino Bonuses 2026",
        "Compare casino bonuses, free spins and slots with fast payouts.",
        "Our juniors",
        "chess",
        language="en",
        registered=2022,
    ),
    taken(
        "hijacked_viagra",
        "county-gardeners.example",
        "/roses",
        "roses in clay",
        "Buy Viagra Online Without Prescription",
        "Cheap pills shipped overnight from our online pharmacy.",
        "Roses in clay soil",
        "garden",
        language="en",
        registered=2024,
    ),
    taken(
        "hijacked_essays",
        "teachers-desk.example",
        "/poems",
        "reading poems",
        "Write My Essay: Cheap Essay Writing Service",
        "Order your essay from professional writers and get it before the deadline.",
        "Reading poems aloud",
        "school",
        language="en",
        registered=2021,
    ),
    taken(
        "hijacked_betting_turkish",
        "old-maps-room.example",
        "/1840",
        "the map of 1840",
        "Deneme Bonusu Veren Bahis Siteleri 2026",
        "Güvenilir bahis siteleri ve canlı bahis oranları ile kazan.",
        "The map of 1840",
        "history",
        language="tr",
    ),
    taken(
        "hijacked_thai",
        "dark-sky-group.example",
        "/guide",
        "observing guide",
        "บาคาร่าออนไลน์ สล็อตเว็บตรง แตกง่าย",
        "สมัครสล็อตออนไลน์ ฝากถอนไม่มีขั้นต่ำ",
        "Observing guide",
        "stars",
        language="th",
    ),
    taken(
        "hijacked_chinese",
        "joiners-manual.example",
        "/dovetails",
        "dovetails by eye",
        "澳门赌场官网_真人娱乐平台",
        "注册即送彩金，真人赌场与老虎机全天在线。",
        "Dovetails by eye",
        "wood",
        language="zh",
    ),
    taken(
        "hijacked_vietnamese",
        "census-helpers.example",
        "/1851",
        "the census of 1851",
        "Nhà Cái Uy Tín - Cá Cược Bóng Đá Trực Tuyến",
        "Đăng ký nhà cái uy tín để cá cược bóng đá và chơi nổ hũ.",
        "The census of 1851",
        "family",
        language="vi",
        registered=2023,
    ),
    taken(
        "hijacked_russian",
        "small-samples.example",
        "/exercises",
        "exercises with small samples",
        "Вулкан казино - игровые автоматы онлайн",
        "Играйте в казино Вулкан, бонус за регистрацию и игровые автоматы.",
        "Exercises with small samples",
        "numbers",
        language="ru",
    ),
)
DRIFTED = (
    taken(
        "drifted_other_script",
        "brew-circle.example",
        "/news",
        "news of the brew circle",
        "東京の美容院おすすめランキング",
        "人気の美容院を紹介します。",
        "News of the brew circle",
        "brewing",
        language="ja",
        verdicts=("drifted", "hijacked"),
    ),
    taken(
        "drifted_replica",
        "weavers-row.example",
        "/row",
        "weavers' row",
        "Cheap Replica Watches and Designer Bags Outlet",
        "Luxury replica watches at outlet prices.",
        "Weavers' row",
        "history",
        language="en",
        verdicts=("drifted", "hijacked"),
        year=2025,
    ),
    taken(
        "drifted_cbd",
        "plane-irons-club.example",
        "/irons",
        "plane irons",
        "CBD Gummies Reviews and Casino Bonus Codes",
        "Our CBD gummies and bonus codes.",
        "Plane irons",
        "wood",
        language="en",
        verdicts=("drifted", "hijacked"),
    ),
)
CASES: tuple[Case, ...] = (
    *GONE,
    *NO_HOST,
    *PLACEHOLDERS,
    *SOFT,
    *HOME,
    *PARKED,
    *HIJACKED,
    *DRIFTED,
)
