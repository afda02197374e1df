"""More of what servers do to a link: searches, refreshes, frames, listings, strangers."""

from __future__ import annotations

from datetime import date

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Site
from tests.labelled.building import copies, html, site
from tests.labelled.case import Case
from tests.labelled.tuned.fresh_pages import (
    everywhere,
    living,
    old_page,
    plain,
    portal,
    soft,
    story,
    wordpress,
)

NO_ROBOTS = {"/robots.txt": b.refusal(404)}


def small_site(name: str, subject: str) -> str:
    return wordpress(name, story(subject, name, name), name)


CASES = [
    Case(
        "fresh_to_search",
        ("soft_404", "redirected_home"),
        "searchy-museum.example/objects/loom-1780.html",
        "Loom of 1780",
        {
            "searchy-museum.example": site(
                small_site("Town Museum", "history"),
                b.redirect("/search?missing=1", 302),
                {
                    "/search?missing=1": wordpress(
                        "Search | Town Museum",
                        "<h1>Search</h1><form><input name=q></form><p>No results were found for your search. Try other words, or browse the collections by maker, material, place or year. The museum has forty thousand objects, of which nine thousand are on these pages so far, and more are added each month by our volunteers.</p>",
                        "Town Museum",
                    ),
                    "/search": wordpress("Search | Town Museum", "<h1>Search</h1>", "Town Museum"),
                },
            )
        },
    ),
    Case(
        "fresh_home_for_all",
        ("soft_404",),
        "hopyard-coop.example/varieties/goldings.html",
        "Goldings",
        {"hopyard-coop.example": Site(html(small_site("Hop Yard Co-op", "brewing")), NO_ROBOTS)},
        captures={
            "hopyard-coop.example/varieties/goldings.html": copies(
                (2015, old_page("brewing", "Goldings", "g"))
            )
        },
    ),
    Case(
        "fresh_redirect_to_casino",
        ("hijacked",),
        "quarry-birds.example/lists/2009.html",
        "Bird lists 2009",
        {
            "quarry-birds.example": Site(
                b.redirect("http://lucky-wheel-play.example:{port}/", 301), NO_ROBOTS
            ),
            "lucky-wheel-play.example": Site(
                html(
                    wordpress(
                        "Lucky Wheel Casino - Online Casino Bonus 2026",
                        "<h1>Lucky Wheel online casino</h1><p>Free spins and welcome bonus for new players. Slots, roulette, live dealers.</p>",
                        "Lucky Wheel",
                    )
                ),
                NO_ROBOTS,
            ),
        },
        captures={
            "quarry-birds.example/lists/2009.html": copies(
                (2014, old_page("garden", "Bird lists 2009", "bl"))
            )
        },
    ),
    Case(
        "fresh_redirect_to_unrelated_home",
        ("redirected_home", "soft_404", "drifted", "hijacked"),
        "valebrass.example/scores/march.pdf",
        "March for brass",
        {
            "valebrass.example": Site(
                b.redirect("http://solarpanels-direct.example:{port}/", 301), NO_ROBOTS
            ),
            "solarpanels-direct.example": site(
                wordpress(
                    "Solar Panels Direct - get a quote",
                    "<h1>Solar panels for your roof</h1><p>Get three quotes today from installers near you. Save on your bill from the first month, with grants for homes built before 1990.</p>",
                    "SPD",
                ),
                plain("404", "<h1>404</h1>"),
            ),
        },
    ),
    Case(
        "fresh_404_home_403",
        ("blocked",),
        "shy-archive.example/rolls/1",
        "Rolls",
        {"shy-archive.example": Site(b.refusal(404), {"/": b.refusal(403)} | NO_ROBOTS)},
    ),
    everywhere(
        "fresh_pdf_is_a_lander",
        "oldscores.example/pdf/waltz.pdf",
        "Waltz (PDF)",
        '<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>',
        ("parked",),
    ),
    everywhere(
        "fresh_hijacked_root",
        "homebrewguild-north.example/",
        "Home Brew Guild North",
        wordpress(
            "Situs Slot Gacor Maxwin Terpercaya",
            "<h1>Slot gacor hari ini</h1><p>Daftar situs judi slot online resmi.</p>",
            "Slot",
            language="id",
        ),
        ("hijacked",),
        captures=((2017, old_page("brewing", "Home Brew Guild North", "hg")),),
        registered=date(2024, 2, 2),
    ),
    everywhere(
        "fresh_wix_unconnected",
        "paperlantern-craft.example/folds/",
        "Folds",
        "<!DOCTYPE html><html><head><title>Error ConnectYourDomain</title></head><body><h1>Looks Like This Domain Isn't Connected To A Website Yet</h1><p>If you own this domain, log in to your Wix account to connect it.</p></body></html>",
        ("dead_host",),
    ),
    everywhere(
        "fresh_hostinger_parked",
        "kiln-notes.example/cone-6/",
        "Cone 6 glazes",
        "<!DOCTYPE html><html><head><title>Parked Domain name on Hostinger DNS system</title></head><body><h1>Parked Domain</h1><p>Happy to see your domain with Hostinger!</p><p>Your domain is active and is using Hostinger nameservers. Take the recommended steps to continue your journey with Hostinger.</p></body></html>",
        ("parked", "dead_host"),
    ),
    living(
        "fresh_out_of_stock",
        "spinwheel-parts.example/p/bobbin",
        "Spinning wheel bobbin",
        wordpress(
            "Spinning wheel bobbin – Spinwheel Parts",
            "<h1>Spinning wheel bobbin</h1><p>£14. Currently not available; we expect new ones in March.</p>",
            "Spinwheel Parts",
        ),
        small_site("Spinwheel Parts", "wood"),
    ),
    Case(
        "fresh_meta_refresh_home",
        ("redirected_home", "soft_404"),
        "refreshers.example/old/recipes.htm",
        "Old recipes",
        {
            "refreshers.example": site(
                small_site("The Refreshers", "bread"),
                html(
                    '<html><head><meta http-equiv="refresh" content="0; url=/"></head><body></body></html>'
                ),
            )
        },
    ),
    living(
        "fresh_directory_listing",
        "files.old-brewer.example/notes/",
        "Brewing notes",
        "<html><head><title>Index of /notes</title></head><body><h1>Index of /notes</h1><pre><a href='../'>../</a>\n<a href='1997.txt'>1997.txt</a> 12-Mar-1998 2.1K\n<a href='1998.txt'>1998.txt</a> 02-Jan-1999 3.0K</pre></body></html>",
        plain("files", "<h1>files</h1>"),
    ),
    living(
        "fresh_frameset",
        "frames-of-1999.example/club/",
        "The club",
        "<html><head><title>The club</title></head><frameset cols='20%,80%'><frame src='menu.htm'><frame src='main.htm'></frameset></html>",
        plain("x", "<h1>x</h1>"),
        verdicts=("alive", "unknown"),
    ),
    everywhere(
        "fresh_it_works",
        "newbox.example/wiki/Mash",
        "Mash wiki",
        "<html><body><h1>It works!</h1></body></html>",
        ("dead_host",),
    ),
    living(
        "fresh_band_not_found",
        "bandcatalogue.example/bands/not-found",
        "Not Found (band)",
        wordpress(
            "Not Found – Band Catalogue",
            "<h1>Not Found</h1><p>Four people from Leeds, two records, one van. Formed in 1998; the first record was pressed in an edition of 300.</p>",
            "Band Catalogue",
        ),
        small_site("Band Catalogue", "school"),
    ),
    living(
        "fresh_chinese_article_on_gambling",
        "shehui-yanjiu.example/lunwen/dubo.html",
        "赌博问题研究",
        wordpress(
            "赌博问题的社会学研究",
            "<h1>赌博问题的社会学研究</h1>"
            + "<p>本文讨论农村地区赌博现象的成因与影响，访谈了三十六户家庭。</p>" * 5,
            "社会研究",
            language="zh-CN",
        ),
        wordpress("社会研究", "<h1>社会研究</h1>", "社会研究", language="zh-CN"),
    ),
    soft(
        "fresh_tiny_text_404",
        "tinyserver.example/docs/lathe.txt.html",
        "Lathe notes",
        "<html><body>File not found.</body></html>",
        plain("tiny", "<h1>tiny</h1><p>a server</p>"),
    ),
    soft(
        "fresh_cold_fusion",
        "shire-council.example/history/mills.cfm?id=9",
        "Mills of the shire",
        portal(
            "Shire Council",
            "<h3>Sorry</h3><p>This record could not be found. It may have been removed or its address may have changed.</p>",
            "Shire Council",
            language="en",
            menu="Council Services History Contact",
            foot="Shire Council 2011",
        ),
        portal(
            "Shire Council",
            "<h3>Welcome</h3><p>Your council.</p>",
            "Shire Council",
            language="en",
            menu="Council Services History Contact",
            foot="Shire Council 2011",
        ),
    ),
    soft(
        "fresh_french_town",
        "mairie-des-aulnes.example/patrimoine/lavoir.html",
        "Le lavoir",
        portal(
            "Mairie des Aulnes",
            "<h2>Oups !</h2><p>Le contenu auquel vous souhaitez accéder n'est plus disponible. Il a peut-être été déplacé.</p>",
            "Mairie des Aulnes",
            language="fr",
            menu="Accueil Mairie Patrimoine Contact",
            foot="Mairie",
        ),
        portal(
            "Mairie des Aulnes",
            "<h2>Bienvenue</h2><p>La mairie est ouverte le mardi.</p>",
            "Mairie des Aulnes",
            language="fr",
            menu="Accueil Mairie Patrimoine Contact",
            foot="Mairie",
        ),
    ),
    soft(
        "fresh_german_shop",
        "drechselbedarf-nord.example/holz/esche-kantel",
        "Esche Kantel",
        portal(
            "Drechselbedarf Nord",
            "<h1>Hoppla</h1><p>Der gewünschte Artikel ist leider nicht mehr verfügbar. Vielleicht gefällt Ihnen etwas aus unserem Sortiment: Ahorn, Buche, Kirsche, Nuss, Olive, Zwetschge, Eibe, Robinie und viele andere Hölzer, in Kanteln, Scheiben und Bohlen, getrocknet und ungetrocknet, versandfertig in zwei Tagen.</p>",
            "Drechselbedarf Nord",
            language="de",
            menu="Holz Werkzeug Kurse Konto",
            foot="AGB",
        ),
        portal(
            "Drechselbedarf Nord",
            "<h1>Neu</h1><p>Eisen und Hölzer.</p>",
            "Drechselbedarf Nord",
            language="de",
            menu="Holz Werkzeug Kurse Konto",
            foot="AGB",
        ),
    ),
]
