"""Error pages that answer 200, as content systems in many languages write them."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Site
from tests.labelled.building import copies, html, paragraphs, prose, site
from tests.labelled.case import Case
from tests.labelled.tuned.fresh_pages import (
    old_page,
    plain,
    portal,
    soft,
    story,
    wordpress,
)

ASPX = plain(
    "Error",
    "<h1>Sorry, something went wrong.</h1><p>An error occurred while your request was processed."
    " Our technicians have been told.</p>",
)


UNIVERSITY_404 = portal(
    "Fachbereich Statistik",
    "<h1>Leider nichts da</h1><p>Die Adresse hat sich bei der Umstellung unserer Webseiten"
    " geändert. Bitte nutzen Sie die Suche oder wenden Sie sich an das Sekretariat.</p>",
    "Fachbereich Statistik",
    language="de",
    menu="Studium Forschung Personen Aktuelles",
    foot="Impressum Datenschutz",
)


def soft_wordpress(
    name: str, url: str, anchor: str, title: str, body: str, site_name: str, language: str = "en-US"
) -> Case:
    home = wordpress(site_name, story("garden", site_name, name), site_name, language=language)
    return soft(name, url, anchor, wordpress(title, body, site_name, language=language), home)


CASES = [
    soft(
        "fresh_one_page_for_all_where_an_article_was",
        "almanac-of-mills.example/windmills/post-mills.html",
        "Post mills",
        wordpress("The Almanac", story("history", "The Almanac", "alm", 6), "The Almanac"),
        wordpress("The Almanac", story("school", "News", "news", 16), "The Almanac"),
        captures=(
            (2016, plain("Post mills", story("history", "Post mills", "pm", 48))),
            (2019, plain("Post mills", story("history", "Post mills", "pm", 48))),
        ),
    ),
    soft(
        "fresh_wordpress_elementor",
        "oakandbarrel.example/guides/cask-ale/",
        "Guide to cask ale",
        wordpress(
            "Page not found – Oak & Barrel",
            '<section class="error-404 not-found"><header class="page-header"><h1 class="page-title">'
            "This page doesn't seem to exist.</h1></header><div class='page-content'><div class="
            "'page-sub-title'>It looks like the link pointing here was faulty. Maybe try searching?"
            "</div></div></section>",
            "Oak & Barrel",
        ),
        wordpress("Oak & Barrel", story("brewing", "Oak & Barrel", "oak"), "Oak & Barrel"),
    ),
    soft(
        "fresh_joomla_german",
        "kleingarten-moorwiese.example/index.php/tipps/bohnen-saeen.html",
        "Bohnen säen",
        portal(
            "404 - Fehler: 404",
            "<h1>404 - Beitrag nicht gefunden</h1><p>Das tut uns leid: der Inhalt, den Sie suchen,"
            " wurde verschoben oder gelöscht.</p><ul><li>ein veraltetes Lesezeichen</li><li>eine"
            " falsch geschriebene Adresse</li><li>ein Suchmaschinenindex, der veraltet ist</li>"
            "</ul>",
            "Kleingartenverein Moorwiese",
            language="de-de",
            menu="Startseite Verein Tipps Termine Kontakt Impressum",
            foot="© 2024 Kleingartenverein Moorwiese e.V.",
        ),
        portal(
            "Kleingartenverein Moorwiese",
            "<h1>Willkommen</h1><p>Unsere Anlage liegt am Rand der Stadt und hat 84 Parzellen.</p>",
            "Kleingartenverein Moorwiese",
            language="de-de",
            menu="Startseite Verein Tipps Termine Kontakt Impressum",
            foot="© 2024 Kleingartenverein Moorwiese e.V.",
        ),
    ),
    soft(
        "fresh_drupal_french",
        "brasseurs-du-marais.example/fiches/empatage",
        "Fiche empâtage",
        portal(
            "Page introuvable | Brasseurs du Marais",
            '<h1 class="title" id="page-title">Page introuvable</h1><div class="content">La page'
            " demandée n'a pas pu être trouvée.</div>",
            "Brasseurs du Marais",
            language="fr",
            menu="Accueil Actualités Fiches Adhérer Liens",
            foot="Association loi 1901 — mentions légales",
        ),
        portal(
            "Brasseurs du Marais",
            "<h1>Bienvenue</h1><p>Nous brassons ensemble le premier samedi du mois.</p>",
            "Brasseurs du Marais",
            language="fr",
            menu="Accueil Actualités Fiches Adhérer Liens",
            foot="Association loi 1901 — mentions légales",
        ),
    ),
    soft(
        "fresh_magento",
        "hopcellar.example/hops/saaz-leaf-100g.html",
        "Saaz leaf hops",
        portal(
            "404 Not Found",
            '<div class="std"><div class="page-title"><h1>Whoops, our bad...</h1></div><dl><dt>The'
            " page you requested was not found, and we have a fine guess why.</dt><dd><ul class="
            '"disc"><li>If you typed the URL directly, please make sure the spelling is correct.'
            "</li><li>If you clicked on a link to get here, the link is outdated.</li></ul></dd>"
            "</dl></div>",
            "Hop Cellar",
            language="en",
            menu="Malt Hops Yeast Kits Sale",
            foot="© 2023 Hop Cellar Ltd. All rights reserved. <form><input name='email'></form>",
        ),
        portal(
            "Hop Cellar - hops, malt and yeast",
            "<h1>Hop Cellar</h1><p>Leaf hops from the new crop are in.</p>",
            "Hop Cellar",
            language="en",
            menu="Malt Hops Yeast Kits Sale",
            foot="© 2023 Hop Cellar Ltd. All rights reserved. <form><input name='email'></form>",
        ),
    ),
    soft(
        "fresh_prestashop_spanish",
        "lupulo-y-malta.example/12-levaduras/levadura-belga.html",
        "Levadura belga",
        portal(
            "Error 404 | Lúpulo y Malta",
            "<h1>Esta página no está disponible</h1><p>Lo sentimos, la dirección web que ha"
            " introducido ya no está disponible.</p><h3>Para encontrar un producto, escriba su"
            " nombre en el siguiente campo.</h3><form><input></form>",
            "Lúpulo y Malta",
            language="es",
            menu="Inicio Maltas Lúpulos Levaduras Contacto",
            foot="© Lúpulo y Malta S.L. Aviso legal",
        ),
        portal(
            "Lúpulo y Malta",
            "<h1>Novedades</h1><p>Todo para hacer cerveza en casa.</p>",
            "Lúpulo y Malta",
            language="es",
            menu="Inicio Maltas Lúpulos Levaduras Contacto",
            foot="© Lúpulo y Malta S.L. Aviso legal",
        ),
    ),
    soft(
        "fresh_phpbb_topic_gone",
        "brewers-bench.example/viewtopic.php?f=4&t=20191",
        "Thread on counterflow chillers",
        portal(
            "Brewers' Bench - Information",
            '<div class="panel" id="message"><div class="inner"><h2 class="message-title">'
            "Information</h2><p>The requested topic does not exist.</p></div></div>",
            "Brewers' Bench",
            language="en-gb",
            menu="Index FAQ Register Login",
            foot="Powered by phpBB® Forum Software © phpBB Limited. It is currently Mon 8:12 am",
        ),
        portal(
            "Brewers' Bench - Index page",
            "<h2>Index</h2><p>Your board for mash tuns, kettles and chillers.</p>",
            "Brewers' Bench",
            language="en-gb",
            menu="Index FAQ Register Login",
            foot="Powered by phpBB® Forum Software © phpBB Limited. It is currently Mon 8:12 am",
        ),
    ),
    soft(
        "fresh_vbulletin_invalid_thread",
        "alpine-growers.example/showthread.php?t=88123",
        "Growing in scree",
        portal(
            "Alpine Growers",
            '<div class="blockbody formcontrols"><h2 class="blockhead">vBulletin Message</h2><div'
            ' class="standard_error"><p>No Thread specified. If you followed a valid link, please'
            " notify the administrator</p></div></div>",
            "Alpine Growers",
            language="en",
            menu="Forum Blogs Members Calendar Help",
            foot="All times are GMT. Powered by vBulletin® Version 4.2.5",
        ),
        portal(
            "Alpine Growers",
            "<h1>Alpine Growers</h1><p>Scree, tufa, troughs and crevices.</p>",
            "Alpine Growers",
            language="en",
            menu="Forum Blogs Members Calendar Help",
            foot="All times are GMT. Powered by vBulletin® Version 4.2.5",
        ),
    ),
    soft(
        "fresh_discuz_chinese",
        "niangjiu-luntan.example/thread-52011-1-1.html",
        "家酿啤酒入门",
        portal(
            "提示信息 - 家酿论坛 - Powered by Discuz!",
            '<div id="messagetext" class="alert_error"><p>抱歉，指定的主题不存在或已被删除或正在被审核'
            '</p><p class="alert_btnleft"><a href="javascript:history.back()">[ 点击这里返回上一页 ]'
            "</a></p></div>",
            "家酿论坛",
            language="zh-CN",
            menu="论坛 导读 排行榜",
            foot="Powered by Discuz! X3.4",
        ),
        portal(
            "家酿论坛 - Powered by Discuz!",
            "<h1>家酿论坛</h1><p>麦芽、酒花、酵母和水：大家一起酿。</p>",
            "家酿论坛",
            language="zh-CN",
            menu="论坛 导读 排行榜",
            foot="Powered by Discuz! X3.4",
        ),
    ),
    soft(
        "fresh_japanese_town",
        "machi-no-rekishi.example/bunka/mukashibanashi.html",
        "町の昔話",
        portal(
            "お探しのページは見つかりませんでした｜町の歴史",
            "<h1>お探しのページは見つかりませんでした。</h1><p>申し訳ございませんが、お探しのページは"
            "移動または削除された可能性があります。お手数ですが、サイト内検索をご利用ください。</p>",
            "町の歴史",
            language="ja",
            menu="ホーム 歴史 文化 お問い合わせ",
            foot="Copyright 町の歴史を学ぶ会",
        ),
        portal(
            "町の歴史",
            "<h1>町の歴史を学ぶ会</h1><p>毎月第二土曜日に図書館で集まります。</p>",
            "町の歴史",
            language="ja",
            menu="ホーム 歴史 文化 お問い合わせ",
            foot="Copyright 町の歴史を学ぶ会",
        ),
    ),
    soft(
        "fresh_polish_gmina",
        "szachy-brzozowka.example/materialy/koncowki-wiezowe",
        "Końcówki wieżowe",
        portal(
            "Nie znaleziono strony - Klub Szachowy Brzozówka",
            "<h1>Błąd 404</h1><p>Przepraszamy, strona o podanym adresie nie istnieje. Mogła zostać"
            " przeniesiona lub usunięta.</p><p><a href='/'>Przejdź do strony głównej</a></p>",
            "Klub Szachowy Brzozówka",
            language="pl",
            menu="Aktualności Turnieje Materiały Kontakt",
            foot="Klub Szachowy Brzozówka 2018",
        ),
        portal(
            "Klub Szachowy Brzozówka",
            "<h1>Aktualności</h1><p>Zapraszamy na turniej w niedzielę.</p>",
            "Klub Szachowy Brzozówka",
            language="pl",
            menu="Aktualności Turnieje Materiały Kontakt",
            foot="Klub Szachowy Brzozówka 2018",
        ),
    ),
    soft(
        "fresh_russian_bitrix",
        "domashnyaya-pekarnya.example/recepty/borodinskij/",
        "Бородинский хлеб",
        portal(
            "404 Not Found",
            "<h1>Страница не найдена</h1><p>К сожалению, страница, которую вы ищете, не существует"
            " или была удалена. Воспользуйтесь картой сайта:</p><ul><li>Рецепты</li><li>Закваски"
            "</li><li>Мука и зерно</li><li>Печи</li><li>Форум</li></ul>",
            "Домашняя пекарня",
            language="ru",
            menu="Главная Рецепты Закваски Форум",
            foot="© 2011-2024 Домашняя пекарня",
        ),
        portal(
            "Домашняя пекарня",
            "<h1>Домашняя пекарня</h1><p>Хлеб на закваске каждый день.</p>",
            "Домашняя пекарня",
            language="ru",
            menu="Главная Рецепты Закваски Форум",
            foot="© 2011-2024 Домашняя пекарня",
        ),
    ),
    soft(
        "fresh_nextjs_default",
        "starparty.example/targets/m13",
        "M13 observing notes",
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><meta name="viewport" '
        'content="width=device-width"/><title>404: This page could not be found</title><meta '
        'name="next-head-count" content="3"/><script src="/_next/static/chunks/main.js" defer="">'
        '</script></head><body><div id="__next"><div style="font-family:system-ui;height:100vh;'
        'text-align:center"><div><style>body{color:#000}</style><h1 class="next-error-h1">404</h1>'
        '<div style="display:inline-block"><h2>This page could not be found.</h2></div></div></div>'
        '</div><script id="__NEXT_DATA__" type="application/json">{"props":{"statusCode":404},'
        '"page":"/_error","query":{},"buildId":"k2"}</script></body></html>',
        wordpress("Star party", story("stars", "Star party", "sp"), "Star party"),
    ),
    soft(
        "fresh_site_name_for_a_title",
        "fenland-history.example/mills/drainage-engines",
        "Drainage engines of the fens",
        wordpress(
            "Fenland History Trust",
            "<h2>Sorry, we couldn't find what you were looking for</h2><p>We have recently moved"
            " to a new website and some addresses have changed. Please use the search box or the"
            " menu above to find it, or ring the office, which is staffed on Tuesday and Thursday"
            " mornings from ten until noon, and ask for Margaret, who knows where everything"
            " is.</p>",
            "Fenland History Trust",
        ),
        wordpress(
            "Fenland History Trust",
            story("history", "Fenland History Trust", "fen"),
            "Fenland History Trust",
        ),
        captures=((2017, old_page("history", "Drainage engines of the fens", "fen2")),),
    ),
    soft(
        "fresh_free_host_english",
        "members.freepages-host.example/~tom/brew/sparge.htm",
        "Tom's sparging page",
        plain(
            "Freepages: page unavailable",
            "<h2>We're sorry, the page you requested is no longer available.</h2><p>The member who"
            " made this page may have closed the account or renamed the page. Freepages has been"
            " home to personal pages since 1997. Build your own page today; it is free, and it"
            " takes five minutes. Browse our neighbourhoods: Arts, Cars, Cooking, Family, Games,"
            " Music, Pets, Science, Sports, Travel.</p>",
        ),
        plain(
            "Freepages - free home pages since 1997",
            "<h1>Freepages</h1><p>Home pages for everybody.</p>",
        ),
        captures=((2009, old_page("brewing", "Tom's sparging page", "tom")),),
    ),
    soft(
        "fresh_danish",
        "haveforeningen-engen.example/raad/kompost",
        "Råd om kompost",
        portal(
            "Siden blev ikke fundet - Haveforeningen Engen",
            "<h1>Siden blev ikke fundet</h1><p>Den side, du leder efter, findes ikke. Den er måske"
            " flyttet eller slettet.</p>",
            "Haveforeningen Engen",
            language="da",
            menu="Forside Nyheder Råd Kontakt",
            foot="Haveforeningen Engen, CVR 1234",
        ),
        portal(
            "Haveforeningen Engen",
            "<h1>Velkommen</h1><p>Vi har 60 haver ved engen.</p>",
            "Haveforeningen Engen",
            language="da",
            menu="Forside Nyheder Råd Kontakt",
            foot="Haveforeningen Engen, CVR 1234",
        ),
    ),
    soft(
        "fresh_hungarian",
        "csillagvizsgalo-domb.example/cikkek/tavcsovek",
        "Távcsövek kezdőknek",
        portal(
            "Az oldal nem található",
            "<h1>Az oldal nem található</h1><p>A keresett oldal nem létezik, vagy áthelyeztük.</p>",
            "Csillagvizsgáló a dombon",
            language="hu",
            menu="Kezdőlap Cikkek Programok Kapcsolat",
            foot="Csillagvizsgáló Egyesület",
        ),
        portal(
            "Csillagvizsgáló a dombon",
            "<h1>Programok</h1><p>Minden pénteken nyitva, ha derült az ég.</p>",
            "Csillagvizsgáló a dombon",
            language="hu",
            menu="Kezdőlap Cikkek Programok Kapcsolat",
            foot="Csillagvizsgáló Egyesület",
        ),
    ),
    soft(
        "fresh_product_list_below_the_error",
        "turnersmate.example/blog/sharpening-gouges",
        "Sharpening gouges",
        wordpress(
            "Nothing found - Turner's Mate",
            "<h1>Nothing found</h1><p>Sorry, but nothing matched your request. You may like:</p>"
            + "".join(
                f"<h3><a href='/shop/{n}'>{thing}</a></h3><p>£{n}9.50 — in stock, dispatched"
                " within two working days, with free returns.</p>"
                for n, thing in enumerate(
                    ("Roughing gouge", "Bowl gouge", "Skew chisel", "Parting tool", "Steb centre"),
                    2,
                )
            ),
            "Turner's Mate",
        ),
        wordpress("Turner's Mate", story("wood", "Turner's Mate", "tm"), "Turner's Mate"),
    ),
    soft_wordpress(
        "fresh_kubrick_h1_is_the_blog",
        "hop-and-barley-blog.example/2008/03/dry-hopping/",
        "Dry hopping",
        "Hop and Barley Blog",
        "<h1><a href='/'>Hop and Barley Blog</a></h1><div class='description'>Beer, at home</div>"
        "<h2 class='center'>Error 404 - Not Found</h2>",
        "Hop and Barley Blog",
    ),
    soft_wordpress(
        "fresh_words_of_comfort",
        "gleaners-kitchen.example/preserves/damson",
        "Damson preserve",
        "Well, this is unexpected - Gleaners' Kitchen",
        "<h1>Well, this is unexpected</h1><p>The page you tried to open isn't available. The link"
        " may be out of date, or we may have taken the recipe down.</p><p>Have a look at this"
        " week's favourites instead.</p>",
        "Gleaners' Kitchen",
    ),
    soft_wordpress(
        "fresh_article_taken_down_dutch",
        "tuinkrant.example/artikel/8123/composteren",
        "Composteren",
        "De Tuinkrant",
        "<h1>Dit artikel is niet meer beschikbaar</h1><p>Het artikel dat u probeert te openen is"
        " verwijderd.</p>",
        "De Tuinkrant",
        "nl-NL",
    ),
    soft_wordpress(
        "fresh_italian_comune",
        "comune-vallescura.example/archivio/mulini",
        "I mulini",
        "Comune di Vallescura",
        "<h2>La pagina che hai richiesto non è più disponibile</h2><p>Il sito è stato rinnovato:"
        " usa la ricerca oppure torna alla home.</p>",
        "Comune di Vallescura",
        "it-IT",
    ),
    soft_wordpress(
        "fresh_swedish_school",
        "ekskolan.example/arkiv/dikter.html",
        "Dikter",
        "Ekskolan",
        "<h1>Hoppsan!</h1><p>Vi kan tyvärr inte hitta sidan du letar efter.</p>",
        "Ekskolan",
        "sv-SE",
    ),
    soft_wordpress(
        "fresh_portuguese",
        "pao-e-levedura.example/receitas/broa",
        "Broa de milho",
        "Ops! | Pão e Levedura",
        "<h1>Ops!</h1><p>Infelizmente a página que você está procurando não existe mais.</p>",
        "Pão e Levedura",
        "pt-BR",
    ),
    soft_wordpress(
        "fresh_czech",
        "sachy-dub.example/partie/1998/kolo-3",
        "Třetí kolo",
        "ŠK Dub",
        "<h1>Chyba</h1><p>Omlouváme se, ale požadovaná stránka na tomto serveru neexistuje.</p>",
        "ŠK Dub",
        "cs-CZ",
    ),
    soft_wordpress(
        "fresh_spanish_app",
        "astroaficion.example/guia/messier-31",
        "Messier 31",
        "AstroAfición",
        "<h1>Vaya...</h1><p>No hemos podido encontrar la página que estás buscando.</p>",
        "AstroAfición",
        "es-ES",
    ),
    soft_wordpress(
        "fresh_chinese_notice",
        "mugong-zhijia.example/jiaocheng/sunmao",
        "榫卯教程",
        "提示 - 木工之家",
        "<div class='tip'><p>您访问的页面不存在或已被删除！</p><p>3秒后自动跳转到首页</p></div>",
        "木工之家",
        "zh-CN",
    ),
    soft_wordpress(
        "fresh_japanese_school",
        "hoshi-no-gakko.example/kyozai/03.html",
        "星の教材",
        "星の学校",
        "<p>申し訳ございません。お探しのページは、移動または削除された可能性があります。</p>"
        "<p><a href='/'>トップページへ</a></p>",
        "星の学校",
        "ja",
    ),
    soft_wordpress(
        "fresh_russian_ucoz",
        "rodoslovnaya.example/publ/arkhivy/12-1-0-33",
        "Архивы",
        "Родословная",
        "<h2>Ошибка</h2><p>Запрашиваемый материал был удалён или никогда не существовал.</p>"
        "<p>К сожалению, такой страницы нет на нашем сайте.</p>",
        "Родословная",
        "ru-RU",
    ),
    soft_wordpress(
        "fresh_expired_ad",
        "lathe-market.example/listing/44812-myford-ml7",
        "Myford ML7 lathe",
        "Lathe Market",
        "<h1>This listing has ended</h1><p>The seller has withdrawn the item or it has been sold."
        "</p>",
        "Lathe Market",
    ),
    soft_wordpress(
        "fresh_smf_board",
        "beeboard.example/index.php?topic=8812.0",
        "Swarm thread",
        "An Error Has Occurred!",
        "<h3>An Error Has Occurred!</h3><p>The topic or board you are looking for appears to be"
        " either missing or off limits to you.</p><p><a href='javascript:history.go(-1)'>Back</a>"
        "</p>",
        "Bee board",
    ),
    soft_wordpress(
        "fresh_mediawiki_empty",
        "wiki.heritage-grain.example/wiki/Einkorn",
        "Einkorn",
        "Einkorn - Heritage Grain Wiki",
        "<h1 id='firstHeading'>Einkorn</h1><div class='noarticletext'><p>There is currently no text"
        " in this page. You can search for this page title in other pages, or search the related"
        " logs, but you do not have permission to create this page.</p></div>",
        "Heritage Grain Wiki",
    ),
    Case(
        "fresh_aspx_error_path",
        ("soft_404",),
        "county-archives.example/collections/tithe-maps.aspx",
        "Tithe maps",
        {
            "county-archives.example": site(
                wordpress("County Archives", story("history", "Archives", "ca"), "Archives"),
                b.redirect("/Error/404.aspx?aspxerrorpath=/collections/tithe-maps.aspx"),
                {"/Error/404.aspx": html(ASPX)},
            )
        },
    ),
    Case(
        "fresh_redirected_to_not_found_german",
        ("soft_404",),
        "statistik-uni.example/lehre/skripte/regression.php",
        "Skript Regression",
        {
            "statistik-uni.example": site(
                portal(
                    "Fachbereich Statistik",
                    story("numbers", "Willkommen", "uni"),
                    "Fachbereich Statistik",
                    language="de",
                    menu="Studium Forschung Personen Aktuelles",
                    foot="Impressum Datenschutz",
                ),
                b.redirect("/fehler/404/", 302),
                {"/fehler/404/": html(UNIVERSITY_404)},
            )
        },
    ),
    Case(
        "fresh_plugin_sends_home",
        ("redirected_home", "soft_404"),
        "malthouse-notes.example/2012/05/decoction/",
        "Decoction mashing at home",
        {
            "malthouse-notes.example": site(
                wordpress("Malthouse Notes", story("brewing", "Latest", "mn"), "Malthouse Notes"),
                b.redirect("/", 301),
            )
        },
        captures={
            "malthouse-notes.example/2012/05/decoction/": copies(
                (2014, old_page("brewing", "Decoction mashing at home", "mn2"))
            )
        },
    ),
    Case(
        "fresh_home_of_a_language",
        ("redirected_home", "soft_404"),
        "observatoire-du-plateau.example/activites/ecoles.php",
        "Activités pour les écoles",
        {
            "observatoire-du-plateau.example": site(
                b.redirect("/fr/", 302),
                b.redirect("/fr/", 302),
                {
                    "/fr/": portal(
                        "Observatoire du Plateau",
                        "<h1>Bienvenue</h1><p>Le ciel vous attend tous les vendredis, si le temps"
                        " le permet. Réservez votre soirée auprès de l'accueil.</p>",
                        "Observatoire du Plateau",
                        language="fr",
                        menu="Accueil Horaires Tarifs Contact",
                        foot="Observatoire du Plateau",
                    )
                },
            )
        },
    ),
    Case(
        "fresh_home_on_www",
        ("redirected_home", "soft_404"),
        "grainandcrumb.example/essays/rye.htm",
        "An essay on rye",
        {
            "grainandcrumb.example": Site(
                b.redirect("http://www.grainandcrumb.example:{port}/", 301),
                {"/robots.txt": b.refusal(404)},
            ),
            "www.grainandcrumb.example": site(
                wordpress("Grain & Crumb Bakery", story("bread", "Order online", "gc"), "G&C"),
                b.redirect("/", 301),
            ),
        },
    ),
    Case(
        "fresh_404_beside_a_living_home",
        ("dead_gone",),
        "tallow-and-wick.example/howto/dipping.html",
        "Dipping candles",
        {
            "tallow-and-wick.example": site(
                plain(
                    "Tallow & Wick", "<h1>Tallow & Wick</h1>" + paragraphs(prose("wood", 6, "t"))
                ),
                plain("404", "<h1>404</h1>"),
            )
        },
    ),
    Case(
        "fresh_everything_is_404",
        ("dead_host",),
        "emptyhost.example/a/b.html",
        "A page on an empty host",
        {"emptyhost.example": Site(b.refusal(404), {})},
    ),
    Case(
        "fresh_section_catch_all",
        ("redirected_home", "soft_404"),
        "gazette-of-the-vale.example/news/2009/05/mill-fire.html",
        "The mill fire",
        {
            "gazette-of-the-vale.example": site(
                wordpress("Gazette", story("brewing", "Gazette", "ck"), "Gazette"),
                b.redirect("/news/", 301),
                {"/news/": wordpress("News", story("history", "News", "gv"), "Gazette")},
            )
        },
    ),
]
