"""Living links of this half, and those that moved."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from brokenlinks.demo import misbehaviours as m
from brokenlinks.demo.names import DnsEntry
from brokenlinks.demo.server import ADDRESS, ADDRESS_V6
from tests.labelled.building import copies, html, paragraphs, prose, site
from tests.labelled.case import Case
from tests.labelled.held_out.sites import NO_ROBOTS, on_site
from tests.labelled.held_out.templates import (
    absent,
    article,
    campus,
    drupal,
    forum,
    front,
    news,
    typo3,
)

OK = ("alive",)
MOVED = ("moved",)

CASES: tuple[Case, ...] = (
    on_site(
        "ok_thread",
        OK,
        "tinkerers-board.test/viewtopic.php?t=88",
        "thread on bending ash",
        forum,
        "wood",
        article(forum, "Tinkerers board", "Bending ash without a steam box", "wood"),
    ),
    on_site(
        "ok_thread_about_404",
        OK,
        "webmasters-board.test/viewtopic.php?t=404",
        "error 404 after moving my site",
        forum,
        "school",
        article(forum, "Webmasters board", "Error 404 after moving my site - solved", "school"),
    ),
    on_site(
        "ok_story_page_not_found_band",
        OK,
        "valley-courier.test/culture/page-not-found",
        "the band Page Not Found",
        news,
        "history",
        article(news, "Valley Courier", "Page Not Found play the harvest fair again", "history"),
    ),
    on_site(
        "ok_room_404",
        OK,
        "hotel-annals.test/rooms/404",
        "the ghost of room 404",
        drupal,
        "history",
        article(drupal, "Hotel annals", "Room 404", "history"),
    ),
    on_site(
        "ok_gone_novel",
        OK,
        "reading-circle.test/novels/gone",
        "our notes on Gone",
        drupal,
        "school",
        article(drupal, "Reading circle", "Gone: a novel in three voices", "school"),
    ),
    on_site(
        "ok_domain_broker_interview",
        OK,
        "start-up-paper.test/interview/broker",
        "interview with a domain broker",
        news,
        "numbers",
        news(
            "Start-up paper",
            "'This domain is for sale': a broker tells",
            paragraphs(prose("numbers", 24, "broker")),
        ),
    ),
    on_site(
        "ok_parking_lot",
        OK,
        "town-transport.test/parking",
        "parked cars in the old town",
        typo3,
        "history",
        article(typo3, "Verkehr", "Parken in der Altstadt", "history"),
    ),
    on_site(
        "ok_casino_building",
        OK,
        "monuments-board.test/casino",
        "the old casino building",
        drupal,
        "history",
        article(drupal, "Monuments board", "The casino of 1911, now a library", "history"),
        was=(2021, "The casino of 1911"),
    ),
    on_site(
        "ok_slot_machines_collector",
        OK,
        "penny-arcade-club.test/slots",
        "restoring slot machines",
        forum,
        "wood",
        article(forum, "Penny arcade club", "Restoring slot machines of the twenties", "wood"),
        was=(2020, "Restoring slot machines"),
    ),
    on_site(
        "ok_cialis_study",
        OK,
        "pharmacology.campus-north.test/papers/17",
        "a study of tadalafil",
        campus,
        "numbers",
        article(campus, "Pharmacology", "Cialis and Viagra in a blinded trial", "numbers"),
        was=(2018, "Cialis and Viagra in a blinded trial"),
    ),
    on_site(
        "ok_tiny",
        OK,
        "chapel-bells.test/hours",
        "when the bells ring",
        campus,
        "history",
        campus("Chapel bells", "Hours", "<p>At seven, noon and six.</p>"),
    ),
    on_site(
        "ok_noindex_long",
        OK,
        "staff-handbook.test/safety",
        "safety in the workshop",
        drupal,
        "wood",
        article(
            drupal,
            "Staff handbook",
            "Safety in the workshop",
            "wood",
            head='<meta name="robots" content="noindex,follow">',
        ),
    ),
    on_site(
        "ok_untranslated_anchor",
        OK,
        "sternwarte-tal.test/programm",
        "public nights at the observatory",
        typo3,
        "stars",
        article(typo3, "Sternwarte Tal", "Programm und Führungen", "stars"),
    ),
    on_site(
        "ok_generic_here",
        OK,
        "seed-savers.test/node/17",
        "here",
        drupal,
        "garden",
        article(drupal, "Seed savers", "Swap dates", "garden"),
    ),
    on_site(
        "ok_website_word",
        OK,
        "ropewalk.test/",
        "website",
        drupal,
        "history",
        front(drupal, "Ropewalk", "history"),
    ),
    on_site(
        "ok_slash_less",
        OK,
        "beekeeper-notes.test/year",
        "the beekeeper's year",
        drupal,
        "garden",
        b.redirect("/year/"),
        beside={"/year/": article(drupal, "Beekeeper notes", "The beekeeper's year", "garden")},
    ),
    on_site(
        "ok_renamed_section",
        OK,
        "oven-builders.test/plans/dome",
        "plans for a dome oven",
        drupal,
        "bread",
        b.redirect("/library/plans/dome-oven", 301),
        beside={
            "/library/plans/dome-oven": article(
                drupal, "Oven builders", "Plans for a dome oven", "bread"
            )
        },
    ),
    Case(
        "ok_to_www",
        OK,
        "type-founders.test/specimens",
        "type specimens",
        {
            "type-founders.test": site(
                b.redirect("http://www.type-founders.test:{port}/", 301),
                "<h1>404</h1>",
                {"/specimens": b.redirect("http://www.type-founders.test:{port}/specimens", 301)},
            ),
            "www.type-founders.test": site(
                front(drupal, "Type founders", "history"),
                absent(drupal, "Type founders"),
                {"/specimens": article(drupal, "Type founders", "Type specimens", "history")},
            ),
        },
    ),
    Case(
        "ok_root_to_language",
        OK,
        "alpine-huts.test/",
        "alpine huts",
        {
            "alpine-huts.test": site(
                b.redirect("/en/", 302),
                "<h1>404</h1>",
                {"/en/": front(drupal, "Alpine huts", "stars")},
            )
        },
    ),
    Case(
        "ok_root_to_index",
        OK,
        "lace-school.test/",
        "lace school",
        {
            "lace-school.test": site(
                b.redirect("/index.html", 302),
                "<h1>404</h1>",
                {"/index.html": front(campus, "Lace school", "wood")},
            )
        },
    ),
    on_site(
        "ok_pdf_octets",
        OK,
        "soil-lab.test/methods.pdf",
        "methods (PDF)",
        campus,
        "numbers",
        b.answer(
            b"%PDF-1.4 methods of the soil laboratory " * 40,
            content_type="application/octet-stream",
        ),
    ),
    on_site(
        "ok_zip",
        OK,
        "open-data-shelf.test/files/2020.zip",
        "data of 2020",
        campus,
        "numbers",
        b.answer(b"PK\x03\x04" + b"data" * 300, content_type="application/zip"),
    ),
    on_site(
        "ok_csv",
        OK,
        "gauge-readings.test/levels.csv",
        "levels as CSV",
        campus,
        "numbers",
        b.answer(
            "day,level\n" + "\n".join(f"{n},{n * 3 % 17}" for n in range(200)),
            content_type="text/csv",
        ),
    ),
    on_site(
        "ok_xml",
        OK,
        "sky-feed.test/atom.xml",
        "feed of the sky",
        campus,
        "stars",
        b.answer(
            '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Sky</title></feed>',
            content_type="application/atom+xml",
        ),
    ),
    on_site(
        "ok_served_with_203",
        OK,
        "proxy-library.test/guide",
        "library guide",
        drupal,
        "school",
        html(article(drupal, "Proxy library", "Library guide", "school"), 203),
    ),
    on_site(
        "ok_cf_cookies",
        OK,
        "bakers-almanac.test/rye",
        "rye almanac",
        news,
        "bread",
        html(
            article(news, "Bakers almanac", "The rye almanac", "bread"),
            Server="cloudflare",
            CF_RAY="77-PRG",
            Set_Cookie="cf_clearance=x; __cf_bm=y",
        ),
    ),
    on_site(
        "ok_datadome_cookie",
        OK,
        "auction-notes.test/lots/9",
        "lot 9: a plane",
        news,
        "wood",
        html(
            article(news, "Auction notes", "Lot 9: a wooden plane", "wood"),
            Set_Cookie="datadome=abc; Path=/",
        ),
    ),
    on_site(
        "ok_turnstile_on_form",
        OK,
        "letters-to-editor.test/write",
        "write to the editor",
        news,
        "school",
        article(
            news,
            "Letters",
            "Write to the editor",
            "school",
            head='<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>',
        ).replace(
            "</main>", '<form><div class="cf-turnstile" data-sitekey="0x4"></div></form></main>'
        ),
    ),
    on_site(
        "ok_article_on_incapsula",
        OK,
        "ops-journal.test/waf",
        "choosing a web firewall",
        drupal,
        "numbers",
        article(
            drupal,
            "Ops journal",
            "Incapsula incident ID, Akamai Reference # and other walls",
            "numbers",
        ),
    ),
    on_site(
        "ok_real_page_beside_soft_404s",
        OK,
        "parish-portal.test/registers/1823",
        "the register of 1823",
        typo3,
        "family",
        article(
            typo3,
            "Parish portal",
            "Das Register von 1823",
            "family",
            head='<link rel="canonical" href="http://parish-portal.test/registers/1823">',
        ),
        otherwise=html(typo3("Parish portal", "Seite nicht gefunden", "<p>Leider nein.</p>")),
    ),
    on_site(
        "ok_real_page_beside_redirects_home",
        OK,
        "lock-collectors.test/locks/barrel",
        "barrel locks",
        drupal,
        "history",
        article(drupal, "Lock collectors", "Barrel locks", "history"),
        otherwise=b.redirect("/"),
    ),
    on_site(
        "ok_similar_sheets",
        OK,
        "worksheet-bank.test/sheet/31",
        "sheet 31",
        drupal,
        "school",
        article(drupal, "Worksheet bank", "Sheet 31: fractions", "school"),
    ),
    on_site(
        "ok_greek",
        OK,
        "melissokomia.test/arxi",
        "Μελισσοκομία για αρχάριους",
        drupal,
        "garden",
        drupal(
            "Μελισσοκομία",
            "Μελισσοκομία για αρχάριους",
            "<p>" + "Οι μέλισσες ξυπνούν νωρίς και δουλεύουν ήσυχα. " * 15 + "</p>",
            language="el",
        ),
    ),
    on_site(
        "ok_korean",
        OK,
        "makgeolli-house.test/nuruk",
        "누룩 만들기",
        drupal,
        "brewing",
        drupal(
            "막걸리집",
            "누룩 만들기",
            "<p>" + "밀을 빻아 물을 섞고 틀에 담아 발로 밟는다. " * 15 + "</p>",
            language="ko",
        ),
    ),
    on_site(
        "ok_arabic_rtl",
        OK,
        "khatt-school.test/qalam",
        "قط القلم",
        drupal,
        "school",
        drupal(
            "مدرسة الخط",
            "قط القلم",
            "<p>" + "اختر قصبة مستقيمة ثم اقطعها بسكين حادة. " * 15 + "</p>",
            language="ar",
        ),
    ),
    on_site(
        "ok_swedish",
        OK,
        "bygdegard.test/kvarn",
        "kvarnen i byn",
        drupal,
        "history",
        drupal(
            "Bygdegård",
            "Kvarnen i byn",
            "<p>" + "Kvarnen byggdes om efter branden och drevs i tre generationer. " * 12 + "</p>",
            language="sv",
        ),
    ),
    on_site(
        "ok_utf16_declared_wrong",
        OK,
        "old-scripts.test/runes",
        "runes",
        campus,
        "history",
        m.wrong_encoding("Runen und Würfel"),
    ),
    on_site(
        "ok_broken_gzip",
        OK,
        "half-packed.test/sky",
        "the autumn sky",
        campus,
        "stars",
        m.broken_gzip(article(campus, "Half packed", "The autumn sky", "stars")),
    ),
    on_site(
        "ok_short_body",
        OK,
        "cut-short.test/maps",
        "maps of the moon",
        campus,
        "stars",
        m.shorter_than_promised(article(campus, "Cut short", "Maps of the moon", "stars")),
    ),
    on_site(
        "ok_sloppy", OK, "sloppy-headers.test/labels", "labels", campus, "brewing", m.sloppy_headers
    ),
    on_site(
        "ok_get_only",
        OK,
        "headless-host.test/tables",
        "tables",
        campus,
        "numbers",
        b.get_only(html(article(campus, "Headless host", "Tables of squares", "numbers"))),
    ),
    on_site(
        "ok_cookie_wall_passes",
        OK,
        "biscuit-gate.test/tarts",
        "tarts",
        news,
        "bread",
        b.requires_cookie(html(article(news, "Biscuit gate", "Tarts for forty", "bread"))),
    ),
    on_site(
        "ok_four_hops",
        OK,
        "long-way.test/route",
        "the long route",
        drupal,
        "history",
        b.redirect_chain(4, html(article(drupal, "Long way", "The long route", "history"))),
    ),
    Case(
        "ok_ipv6_only",
        OK,
        "six-only.test/comets",
        "comets by eye",
        {
            "six-only.test": site(
                front(campus, "Six only", "stars"),
                absent(campus, "Six only"),
                {"/comets": article(campus, "Six only", "Comets by eye", "stars")},
            )
        },
        names={"six-only.test": ADDRESS_V6},
    ),
    on_site(
        "ok_default_registrar_ns",
        OK,
        "thrifty-host.test/looms",
        "looms",
        drupal,
        "wood",
        article(drupal, "Thrifty host", "Looms", "wood"),
        names={
            "thrifty-host.test": DnsEntry(ADDRESS, name_servers=("ns1.name.com", "ns2.name.com"))
        },
    ),
    on_site(
        "ok_one_page_with_scripts",
        OK,
        "hydrate-me.test/plan",
        "plan of the beds",
        drupal,
        "garden",
        "<!doctype html><html><head><title>Plan of the beds</title></head><body><div id='__next'><main><h1>Plan of the beds</h1>"
        + paragraphs(prose("garden", 20, "hydrate"))
        + "</main></div><script id='__NEXT_DATA__' type='application/json'>{}</script></body></html>",
    ),
    on_site(
        "ok_big_page",
        OK,
        "all-the-games.test/pgn",
        "all the games",
        campus,
        "chess",
        campus("All the games", "All the games", paragraphs(prose("chess", 2400, "big"))),
    ),
    Case(
        "ok_wayback_link",
        OK,
        "web.archive.org/web/20110203/http://lost-guild.test/",
        "the lost guild (archived)",
    ),
    on_site(
        "ok_sold_out_event",
        OK,
        "lecture-hall.test/events/99",
        "lecture on comets (sold out)",
        news,
        "stars",
        article(news, "Lecture hall", "Sold out: lecture on comets", "stars"),
    ),
    Case(
        "moved_new_name",
        MOVED,
        "tannery-lane.test/harness/stitch",
        "saddle stitch in pictures",
        {
            "tannery-lane.test": site(
                b.redirect("http://harness-house.test:{port}/", 301),
                "<h1>404</h1>",
                {
                    "/harness/stitch": b.redirect(
                        "http://harness-house.test:{port}/saddle-stitch", 301
                    )
                },
            ),
            "harness-house.test": site(
                front(drupal, "Harness house", "wood"),
                absent(drupal, "Harness house"),
                {
                    "/saddle-stitch": article(
                        drupal, "Harness house", "Saddle stitch in pictures", "wood"
                    )
                },
            ),
        },
    ),
    Case(
        "moved_department",
        MOVED,
        "math.old-uni.test/~lee/knots.html",
        "a gallery of knots",
        {
            "math.old-uni.test": site(
                front(campus, "Math", "numbers"),
                absent(campus, "Math"),
                {"/~lee/knots.html": b.redirect("http://knots-gallery.test:{port}/", 301)},
            ),
            "knots-gallery.test": site(
                article(drupal, "Knots", "A gallery of knots", "numbers"), absent(drupal, "Knots")
            ),
        },
    ),
    Case(
        "moved_doi",
        ("alive", "moved"),
        "doi.org/10.5555/12345",
        "the paper on hop aroma",
        {
            "doi.org": site(
                "<h1>DOI</h1>",
                "<h1>404</h1>",
                {"/10.5555/12345": b.redirect("http://journal-of-hops.test:{port}/articles/12345")},
            ),
            "journal-of-hops.test": site(
                front(drupal, "Journal of hops", "brewing"),
                absent(drupal, "Journal of hops"),
                {
                    "/articles/12345": article(
                        drupal, "Journal of hops", "Aroma of dried hops over a year", "brewing"
                    )
                },
            ),
        },
    ),
    Case(
        "moved_bitly",
        ("alive", "moved"),
        "bit.ly/3frost",
        "frost dates",
        {
            "bit.ly": site(
                "<h1>bit.ly</h1>",
                "<h1>404</h1>",
                {"/3frost": b.redirect("http://frost-dates.test:{port}/table", 301)},
            ),
            "frost-dates.test": site(
                front(news, "Frost dates", "garden"),
                absent(news, "Frost dates"),
                {"/table": article(news, "Frost dates", "Frost dates by county", "garden")},
            ),
        },
    ),
    Case(
        "moved_spanish",
        MOVED,
        "panaderos-viejos.test/masa-madre",
        "masa madre paso a paso",
        {
            "panaderos-viejos.test": site(
                "<p>Hola</p>",
                "<h1>404</h1>",
                {
                    "/masa-madre": b.redirect(
                        "http://pan-del-pueblo.test:{port}/recetas/masa-madre", 301
                    )
                },
            ),
            "pan-del-pueblo.test": site(
                front(news, "Pan del pueblo", "bread"),
                absent(news, "Pan"),
                {
                    "/recetas/masa-madre": article(
                        news, "Pan del pueblo", "Masa madre, paso a paso", "bread", language="es"
                    )
                },
            ),
        },
    ),
    Case(
        "moved_acquired",
        MOVED,
        "kiln-forum.test/t/5-cone-chart",
        "cone chart for kilns",
        {
            "kiln-forum.test": site(
                b.redirect("http://potters-exchange.test:{port}/", 301),
                "<h1>404</h1>",
                {
                    "/t/5-cone-chart": b.redirect(
                        "http://potters-exchange.test:{port}/t/cone-chart", 301
                    )
                },
            ),
            "potters-exchange.test": site(
                front(forum, "Potters exchange", "wood"),
                absent(forum, "Potters exchange"),
                {
                    "/t/cone-chart": article(
                        forum, "Potters exchange", "Cone chart for kilns", "wood"
                    )
                },
            ),
        },
    ),
    Case(
        "moved_root_names_topic",
        MOVED,
        "toolbox-pages.test/planes/index/planes.html",
        "hand planes",
        {
            "toolbox-pages.test": site(
                article(drupal, "Hand planes", "Hand planes: all in one place", "wood"),
                absent(drupal, "Hand planes"),
                {"/planes/index/planes.html": b.redirect("/", 301)},
            )
        },
    ),
    Case(
        "ok_robots_allows_us",
        OK,
        "picky-robots.test/tales",
        "tales of the mill",
        {
            "picky-robots.test": site(
                front(drupal, "Picky robots", "history"),
                absent(drupal, "Picky robots"),
                {
                    "/robots.txt": b.answer(
                        "User-agent: BadBot\nDisallow: /\n\nUser-agent: *\nDisallow: /admin",
                        content_type="text/plain",
                    ),
                    "/tales": article(drupal, "Picky robots", "Tales of the mill", "history"),
                },
            )
        },
    ),
    Case(
        "ok_former_content_same_topic",
        OK,
        "weather-house.test/frost",
        "frost tables",
        {
            "weather-house.test": site(
                front(drupal, "Weather house", "garden"),
                absent(drupal, "Weather house"),
                NO_ROBOTS
                | {
                    "/frost": html(
                        article(drupal, "Weather house", "Frost tables, 2026 edition", "garden")
                    )
                },
            )
        },
        captures={
            "weather-house.test/frost": copies(
                (2012, article(drupal, "Weather house", "Frost tables", "garden"))
            )
        },
    ),
)
