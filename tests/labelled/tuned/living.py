"""Links that work, most of them traps: what looks dead to a careless reader and is not."""

from __future__ import annotations

import asyncio
import gzip
import itertools
from typing import Any

from brokenlinks.demo import behaviours as b
from brokenlinks.demo import misbehaviours as m
from brokenlinks.demo.names import DnsEntry
from brokenlinks.demo.server import ADDRESS, Behaviour, ReceivedRequest
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

ALIVE = ("alive",)


def page(
    name: str,
    host: str,
    path: str,
    anchor: str,
    served: str | Behaviour,
    *,
    dress: Dress = wordpress,
    subject: str = "brewing",
    otherwise: str | Behaviour | None = None,
    **more: Any,
) -> Case:
    """Return the case of a living page on a whole site."""
    title = host.partition(".")[0].replace("-", " ").title()
    host_site = site(
        home(dress, title, subject), otherwise or missing(dress, title), {path: served}
    )
    return Case(name, ALIVE, f"{host}{path}", anchor, {host: host_site}, **more)


def changing(dress: Dress, name: str, title: str, subject: str) -> Behaviour:
    """Serve a page that is put together anew for every visitor."""
    count = itertools.count()

    async def behave(asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        number = next(count)
        body = paragraphs(prose(subject, 24, f"{title} {number}")) + f"<p>Visitor {number}</p>"
        await html(dress(name, title, body))(asked, writer)

    return behave


def listing(rows: int) -> str:
    return (
        "<table>"
        + "".join(
            f"<tr><td>{n}</td><td>{text}</td></tr>"
            for n, text in enumerate(prose("numbers", rows, "table") * 3)
        )
        + "</table>"
    )


SINGLE_PAGE = article(
    oldstyle, "Sourdough", "Sourdough in one page", "bread", sentences=40
).replace("HREF", "NAME")
CATCH_ALL_HOME = home(shop, "Reed and Rush", "wood")

CASES: tuple[Case, ...] = (
    page(
        "alive_blog_post",
        "backyard-mash.example",
        "/2021/05/step-mashing/",
        "Step mashing at home",
        article(wordpress, "Backyard Mash", "Step mashing at home", "brewing"),
    ),
    page(
        "alive_article_about_404_pages",
        "webcraft-notes.example",
        "/design/404-pages",
        "designing a good 404 page",
        article(
            wordpress,
            "Webcraft Notes",
            "How to design a 404 page people forgive",
            "school",
            head='<meta property="og:type" content="article">',
        ),
    ),
    page(
        "alive_title_has_404_as_number",
        "roadatlas.example",
        "/roads/404",
        "Highway 404",
        article(government, "Road Atlas", "Highway 404: history and exits", "history"),
        dress=government,
        subject="history",
    ),
    page(
        "alive_area_code_404",
        "areacodes.example",
        "/404",
        "area code 404",
        article(oldstyle, "Area codes", "404 - Atlanta", "numbers"),
        dress=oldstyle,
        subject="numbers",
    ),
    page(
        "alive_error_words_deep_in_text",
        "sysadmin-diary.example",
        "/errors/page-not-found",
        "why 'page not found' happens",
        article(
            wordpress,
            "Sysadmin Diary",
            "Why your server says Page Not Found, and eleven fixes",
            "numbers",
        ),
    ),
    page(
        "alive_article_on_parked_domains",
        "domain-digest.example",
        "/guides/parked-domains",
        "what parked domains are",
        wordpress(
            "Domain Digest",
            "What is a parked domain?",
            "<p>A lander says: this domain is for sale, buy this domain, inquire about this domain. Brokers such as"
            " Sedo, Afternic and Dan make money with them.</p>"
            + paragraphs(prose("numbers", 28, "parked")),
        ),
    ),
    page(
        "alive_forum_post_account_suspended",
        "hosting-forum.example",
        "/t/4711",
        "thread about suspended accounts",
        wordpress(
            "Hosting Forum",
            "My site says 'This Account has been suspended' - what now? - page 2",
            paragraphs(prose("school", 20, "suspended"))
            + "<p>It says contact your hosting provider.</p>",
        ),
    ),
    page(
        "alive_casino_history",
        "casino-archive.example",
        "/history/monte-carlo",
        "the casino of Monte Carlo",
        article(
            government, "Casino Archive", "The casino of Monte Carlo, 1863 to today", "history"
        ),
        dress=government,
        subject="history",
        captures={
            "casino-archive.example/history/monte-carlo": copies(
                (
                    2019,
                    article(
                        government, "Casino Archive", "The casino of Monte Carlo, 1863", "history"
                    ),
                )
            )
        },
    ),
    page(
        "alive_pharmacy_museum",
        "apothecary-museum.example",
        "/viagra-poster",
        "pharmacy advertising posters",
        article(
            wiki, "Apothecary Museum", "Pharmacy posters: from cod liver oil to Viagra", "history"
        ),
        dress=wiki,
        subject="history",
        captures={
            "apothecary-museum.example/viagra-poster": copies(
                (
                    2020,
                    article(
                        wiki,
                        "Apothecary Museum",
                        "Pharmacy posters: from cod liver oil to Viagra",
                        "history",
                    ),
                )
            )
        },
    ),
    page(
        "alive_poker_mathematics",
        "seminar-probability.example",
        "/poker",
        "probability of poker hands",
        article(oldstyle, "Seminar", "Probabilities of poker hands", "numbers"),
        dress=oldstyle,
        subject="numbers",
        captures={
            "seminar-probability.example/poker": copies(
                (2016, article(oldstyle, "Seminar", "Probabilities of poker hands", "numbers"))
            )
        },
    ),
    page(
        "alive_essay_help_by_library",
        "library-writing.example",
        "/essays",
        "help with writing essays",
        article(
            government, "University Library", "Writing essays: structure, sources, style", "school"
        ),
        dress=government,
    ),
    page(
        "alive_short_page",
        "tiny-club.example",
        "/when",
        "when we meet",
        oldstyle(
            "Tiny Club",
            "When we meet",
            "<p>Every second Tuesday at eight, back room of the Anchor.</p>",
        ),
        dress=oldstyle,
    ),
    page(
        "alive_noindex",
        "members-notes.example",
        "/yeast",
        "yeast notes",
        article(
            wordpress,
            "Members' Notes",
            "Yeast notes",
            "brewing",
            head='<meta name="robots" content="noindex">',
        ),
    ),
    page(
        "alive_x_robots_noindex",
        "quiet-archive.example",
        "/hops",
        "hop notes",
        html(
            article(wiki, "Quiet Archive", "Hop notes", "brewing"), X_Robots_Tag="noindex, nofollow"
        ),
        dress=wiki,
    ),
    Case(
        "alive_single_page_site",
        ALIVE,
        "sourdough-page.example/",
        "Sourdough in one page",
        {"sourdough-page.example": site(SINGLE_PAGE, "<h1>404</h1>")},
    ),
    Case(
        "alive_slash_redirect",
        ALIVE,
        "brew-steps.example/guide",
        "brewing guide",
        {
            "brew-steps.example": site(
                home(wordpress, "Brew Steps", "brewing"),
                missing(wordpress, "Brew Steps"),
                {
                    "/guide": b.redirect("/guide/", 301),
                    "/guide/": article(wordpress, "Brew Steps", "Brewing guide", "brewing"),
                },
            )
        },
    ),
    page(
        "alive_pdf",
        "extension-sheets.example",
        "/files/hops.pdf",
        "hop growing sheet",
        b.pdf(),
        dress=government,
    ),
    page(
        "alive_image",
        "poster-wall.example",
        "/process.gif",
        "poster of the process",
        b.image(),
        dress=oldstyle,
    ),
    page(
        "alive_text",
        "rfc-mirror.example",
        "/notes.txt",
        "notes as text",
        b.answer("\n".join(prose("numbers", 16, "txt")), content_type="text/plain"),
    ),
    page(
        "alive_json",
        "open-recipes.example",
        "/api/recipes.json",
        "recipe data",
        b.answer(
            '{"recipes": [{"name": "Porter", "hops": ["Fuggle"]}]}', content_type="application/json"
        ),
    ),
    page(
        "alive_feed",
        "podcast-feed.example",
        "/feed.xml",
        "podcast feed",
        b.answer(
            '<?xml version="1.0"?><rss version="2.0"><channel><title>Cellar talk</title></channel></rss>',
            content_type="application/rss+xml",
        ),
    ),
    page(
        "alive_no_title",
        "plain-notes.example",
        "/mash.html",
        "mash notes",
        "<html><body>" + paragraphs(prose("brewing", 20, "untitled")) + "</body></html>",
        dress=oldstyle,
    ),
    page(
        "alive_title_without_anchor_words",
        "shed-diary.example",
        "/p/118",
        "my favourite hydrometer trick",
        article(wordpress, "Shed Diary", "A wet Sunday in November", "brewing"),
    ),
    page(
        "alive_click_here",
        "county-food.example",
        "/topics/canning",
        "click here",
        article(government, "County Food Office", "Safe canning at home", "bread"),
        dress=government,
    ),
    page(
        "alive_anchor_is_domain",
        "old-presses.example",
        "/catalogue",
        "old-presses.example",
        article(oldstyle, "Old Presses", "Catalogue of hand presses", "history"),
        dress=oldstyle,
    ),
    page(
        "alive_contact_captcha",
        "guild-contact.example",
        "/visit",
        "visit the guild",
        article(
            wordpress,
            "Guild",
            "Visit the guild",
            "history",
            head='<script src="https://www.google.com/recaptcha/api.js" async></script>',
        ).replace("</article>", '<div class="g-recaptcha" data-sitekey="6Lc"></div></article>'),
    ),
    page(
        "alive_behind_cloudflare",
        "cdn-served.example",
        "/recipes/stout",
        "dry stout recipe",
        html(
            article(wordpress, "CDN Served", "Dry stout recipe", "brewing"),
            Server="cloudflare",
            CF_RAY="8a1b-FRA",
            Set_Cookie="__cf_bm=abc; path=/",
            CF_Cache_Status="HIT",
        ),
    ),
    page(
        "alive_behind_akamai_cookies",
        "agency-data.example",
        "/tables",
        "brewing statistics",
        html(
            article(government, "Agency", "Brewing statistics by county", "numbers"),
            Server="AkamaiNetStorage",
            Set_Cookie="_abck=1~-1; ak_bmsc=2; bm_sz=3",
        ),
        dress=government,
    ),
    page(
        "alive_article_on_bot_walls",
        "scraper-news.example",
        "/walls",
        "how bot walls work",
        article(
            wordpress,
            "Scraper News",
            "Just a moment... how Cloudflare, DataDome and PerimeterX decide",
            "numbers",
        ),
    ),
    page(
        "alive_for_sale_in_text",
        "farm-paper.example",
        "/ads/2024",
        "adverts of the farm paper",
        wordpress(
            "Farm Paper",
            "Small ads, spring 2024",
            "<p>Domain of forty hectares for sale. This domain is for sale by its owner after sixty years.</p>"
            + paragraphs(prose("garden", 26, "ads")),
        ),
    ),
    page(
        "alive_catch_all_elsewhere",
        "reed-rush.example",
        "/baskets/willow",
        "willow baskets",
        article(
            shop,
            "Reed and Rush",
            "Willow baskets, round and oval",
            "wood",
            head='<link rel="canonical" href="http://reed-rush.example/baskets/willow">',
        ),
        dress=shop,
        subject="wood",
        otherwise=html(CATCH_ALL_HOME),
    ),
    page(
        "alive_noisy_page",
        "live-board.example",
        "/board",
        "live results board",
        changing(wordpress, "Live Board", "Live results of the winter cup", "chess"),
        subject="chess",
    ),
    page(
        "alive_wrong_encoding",
        "brauhaus-alt.example",
        "/waerme",
        "Würze und Gärung",
        m.wrong_encoding("Würze und Gärung"),
        dress=oldstyle,
    ),
    page(
        "alive_broken_gzip",
        "packed-pages.example",
        "/starter",
        "yeast starters",
        m.broken_gzip(article(wordpress, "Packed Pages", "Yeast starters", "brewing")),
    ),
    page(
        "alive_gzip",
        "squeezed.example",
        "/malts",
        "malt table",
        b.answer(
            gzip.compress(article(wordpress, "Squeezed", "Malt table", "brewing").encode()),
            headers={"Content-Encoding": "gzip"},
        ),
    ),
    page(
        "alive_head_is_404",
        "get-only.example",
        "/kettles",
        "kettles compared",
        b.get_only(html(article(wordpress, "Get Only", "Kettles compared", "brewing"))),
    ),
    page(
        "alive_cookie_redirect",
        "cookie-door.example",
        "/recipes",
        "recipes",
        b.requires_cookie(html(article(shop, "Cookie Door", "Recipes", "bread"))),
        dress=shop,
    ),
    page(
        "alive_ancient",
        "since-1996.example",
        "/~anna/hops.html",
        "Anna's hop page",
        html(
            article(oldstyle, "Anna", "Anna's hop page", "brewing"),
            Last_Modified="Tue, 04 Jun 1996 10:00:00 GMT",
        ),
        dress=oldstyle,
    ),
    page(
        "alive_japanese",
        "jizake.example",
        "/kiso",
        "自家醸造の基礎",
        wordpress(
            "地酒ノート",
            "自家醸造の基礎",
            "<p>"
            + "麦芽を挽き、湯を注ぎ、温度を保つ。酵母は涼しい場所で静かに働く。" * 12
            + "</p>",
            language="ja",
        ),
    ),
    page(
        "alive_chinese",
        "jiangong.example",
        "/muzuo",
        "木工入门",
        wordpress(
            "木工坊",
            "木工入门指南",
            "<p>" + "先磨好刨刀，再选一块干燥的木料。榫卯要慢慢修整，不要急。" * 12 + "</p>",
            language="zh",
        ),
    ),
    page(
        "alive_russian",
        "sad-i-ogorod.example",
        "/komposty",
        "Компост своими руками",
        wordpress(
            "Сад и огород",
            "Компост своими руками",
            "<p>" + "Листья, трава и немного терпения превращаются в землю. " * 14 + "</p>",
            language="ru",
        ),
    ),
    page(
        "alive_login_box_beside",
        "club-portal.example",
        "/rules",
        "competition rules",
        article(wordpress, "Club Portal", "Competition rules", "chess").replace(
            "<aside",
            '<form action="/login" method="post"><input name="user"><input type="password" name="pw">'
            "<button>Log in</button></form><aside",
        ),
    ),
    page(
        "alive_rendered_app_shell",
        "planner-app.example",
        "/guide",
        "planning guide",
        '<!doctype html><html lang="en"><head><title>Planning guide</title></head><body><div id="root"><h1>Planning guide</h1>'
        + paragraphs(prose("garden", 24, "app"))
        + '</div><script src="/static/js/main.8f3.js"></script></body></html>',
    ),
    Case(
        "alive_archived_copy",
        ALIVE,
        "web.archive.org/web/2015/http://gone-club.example/rules.html",
        "archived rules",
        {},
    ),
    page(
        "alive_long_table",
        "yearbook.example",
        "/1998/table7",
        "table 7",
        government("Yearbook", "Table 7: breweries by size", listing(60)),
        dress=government,
    ),
    page(
        "alive_generic_hosting_words",
        "web-hosting-museum.example",
        "/apache",
        "history of Apache",
        article(wiki, "Hosting Museum", "It works! A history of the Apache test page", "history"),
        dress=wiki,
    ),
    page(
        "alive_search_results_page",
        "seed-catalogue.example",
        "/search?q=beans",
        "all our beans",
        article(shop, "Seed Catalogue", "Search results for 'beans'", "garden"),
        dress=shop,
        subject="garden",
    ),
    page(
        "alive_out_of_print_but_there",
        "press-list.example",
        "/books/17",
        "The Brewer's Year",
        article(shop, "Press List", "The Brewer's Year (no longer available)", "brewing"),
        dress=shop,
    ),
    Case(
        "alive_through_cname",
        ALIVE,
        "docs.builder-club.example/intro",
        "introduction for builders",
        {
            "docs.builder-club.example": site(
                home(wiki, "Builder Club", "wood"),
                missing(wiki, "Builder Club"),
                {"/intro": article(wiki, "Builder Club", "Introduction for builders", "wood")},
            )
        },
        names={"docs.builder-club.example": DnsEntry(ADDRESS, cname="ext-cust.pages-host.example")},
    ),
    page(
        "alive_registrar_name_servers",
        "cheap-names.example",
        "/stories",
        "village stories",
        article(wordpress, "Cheap Names", "Village stories", "history"),
        subject="history",
        names={
            "cheap-names.example": DnsEntry(ADDRESS, name_servers=("dns1.registrar-servers.com",))
        },
    ),
)


def moved(
    name: str,
    host: str,
    path: str,
    anchor: str,
    to: str,
    target: str,
    subject: str,
    *,
    verdicts: tuple[str, ...] = ("moved",),
) -> Case:
    """Return a link whose page lives on another domain now."""
    new_host, slash, new_path = to.partition("/")
    label = new_host.partition(".")[0].replace("-", " ").title()
    return Case(
        name,
        verdicts,
        f"{host}{path}",
        anchor,
        {
            host: site(
                b.redirect(f"http://{new_host}:{{port}}/", 301),
                missing(wordpress, host),
                {path: b.redirect(f"http://{new_host}:{{port}}{slash}{new_path}", 301)},
            ),
            new_host: site(
                home(wordpress, label, subject), missing(wordpress, label), {f"/{new_path}": target}
            ),
        },
    )


MOVED = (
    moved(
        "moved_rebranded",
        "brewdad-old.example",
        "/water",
        "brewing water explained",
        "cellarhand.example/water",
        article(wordpress, "Cellarhand", "Brewing water explained", "brewing"),
        "brewing",
    ),
    moved(
        "moved_merged_society",
        "north-history.example",
        "/mills",
        "the mills of the valley",
        "county-history.example/north/mills",
        article(wordpress, "County History", "The mills of the valley", "history"),
        "history",
    ),
    moved(
        "moved_university",
        "stat.oldcollege.example",
        "/~kay/outliers.html",
        "a note on outliers",
        "newuniversity.example/people/kay/outliers",
        article(wordpress, "New University", "A note on outliers", "numbers"),
        "numbers",
    ),
    moved(
        "moved_book_site",
        "breadbook.example",
        "/rye",
        "100 % rye bread",
        "crustandcrumb.example/recipes/rye",
        article(wordpress, "Crust and Crumb", "Rye bread, all rye", "bread"),
        "bread",
    ),
    moved(
        "moved_from_free_host",
        "annas-bees.example",
        "/chess/endings.htm",
        "rook endings",
        "rookendings.example/start",
        article(wordpress, "Rook Endings", "Rook endings from the start", "chess"),
        "chess",
    ),
    Case(
        "moved_shortened",
        ("alive", "moved"),
        "tinyurl.com/y7hops",
        "hop storage calculator",
        {
            "tinyurl.com": site(
                "<h1>TinyURL</h1>",
                "<h1>404</h1>",
                {"/y7hops": b.redirect("http://hop-storage.example:{port}/calc", 301)},
            ),
            "hop-storage.example": site(
                home(shop, "Hop Storage", "brewing"),
                missing(shop, "Hop Storage"),
                {"/calc": article(shop, "Hop Storage", "Hop storage calculator", "brewing")},
            ),
        },
    ),
    Case(
        "moved_to_successor_root",
        ("moved",),
        "mirror-makers.example/old/index.html/telescopes",
        "mirror making",
        {
            "mirror-makers.example": site(
                article(wordpress, "Mirror making", "Mirror making for amateurs", "stars"),
                missing(wordpress, "Mirror making"),
                {"/old/index.html/telescopes": b.redirect("/", 301)},
            )
        },
    ),
    moved(
        "moved_german_successor",
        "imkerverein-alt.example",
        "/kurse/brot",
        "Brot backen im Holzofen",
        "backhaus-neu.example/kurse/brot",
        article(wordpress, "Backhaus", "Brot backen im Holzofen", "bread", language="de"),
        "bread",
    ),
)
CASES += MOVED
