"""The demo's own pages: club links pages, a blog's resources, a German list, and neighbours."""

from __future__ import annotations

from brokenlinks.demo.behaviours import page
from brokenlinks.demo.markup import LinksPage

RESOURCE_PAGES = (
    LinksPage(
        "www.hopclub.example",
        "/links.html",
        "Homebrewing Links - Hop Club",
        "The pages our home brewing club uses most.",
        {
            "Getting started": [
                "brewwiki.example/",
                "moved.example/old-brewing-guide",
                "brewschool.example/lessons/all-grain",
                "homebrewforum.example/",
                "thebrewclub.example/links",
                "winding.example/partial-mash",
                "headless.example/adjuncts",
            ],
            "Hops": [
                "hopatlas.example/varieties",
                "hopsandmore.example/storage-guide",
                "ftp.hoplands.example/charts",
            ],
            "Tools": [
                "gateway.example/water-report",
                "mashcalc.example/",
                "busy.example/calculator",
                "broken.example/abv",
                "upgrade.example/timer",
                "cookiejar.example/recipes",
                "norobots.example/scales",
                "particular.example/gruit",
            ],
        },
        updated="Last updated: 14 March 2026",
        own_links={"Meetings": "/meetings.html", "Join": "/join.html"},
        footer_links=("network.example/in/brewer",),
    ),
    LinksPage(
        "brewdad.example",
        "/resources",
        "Useful home brewing resources",
        "Everything I wish somebody had shown me before my first homebrew batch.",
        {
            "Guides I go back to": [
                "hopsandmore.example/storage-guide",
                "brewschool.example/lessons/sparging",
                "waterworks.example/brewing-water",
                "cellarnotes.example/lagering",
                "meadcraft.example/first-mead",
                "packed.example/starter",
                "hasty.example/infusion",
            ],
            "Recipes": [
                "shielded.example/clone-recipes",
                "recipevault.example/stout",
                "guarded.example/ipa",
                "forbidden.example/sours",
                "getless.example/cider",
                "fenced.example/lambic",
                "juicy.example/hazy",
            ],
            "Gear": [
                "kegerator.example/build",
                "shop.maltmill.example/crushers",
                "closed.example/pumps",
                "circles.example/wort-chiller",
                "rude.example/filters",
                "intranet.example/brewhouse",
            ],
        },
        updated='<time datetime="2026-09-02">2 September 2026</time>',
        own_links={"About": "/about", "Recipes": "/recipes", "Write to me": "/write"},
        contact="<p>Found something better? I would love to know.</p>",
        sidebar=("homebrewforum.example/", "curt-names.example/rye", "chatty.example/glossary"),
    ),
    LinksPage(
        "extension.example",
        "/food/home-brewing-resources.html",
        "Home brewing: further reading and resources",
        "Collected by the county extension for people who brew beer at home.",
        {
            "Safety": [
                "county-extension.example/fermentation.pdf",
                "agency.example/food-safety.pdf",
                "legal.example/moonshine",
            ],
            "Ingredients": [
                "yeastlab.example/strains.html",
                "yeastbank.example/culture",
                "maltings.example/malt-chart.pdf",
                "hopsandmore.example/storage-guide",
                "edge.example/grain-bill",
                "origin.example/enzymes",
                "cloudy.example/saison",
            ],
            "Learning": [
                "paid.example/course",
                "beerjudges.example/guidelines",
                "brewschool.example/lessons/all-grain",
                "members.example/archive",
                "brewschool.example/lessons/bottling",
                "brewposter.example/process.gif",
                "bigsupport.example/bitter",
            ],
        },
        layout="table",
        updated="Last reviewed 2025-06-30",
        contact='<p>Maintained by <a href="mailto:dana.fields@{host}">Dana Fields</a>.</p>',
    ),
    LinksPage(
        "stammwuerze.example",
        "/links",
        "Nützliche Links rund um Home Brewing und Hausbrauen",
        "Unsere Sammlung für alle, die Homebrewing ernst nehmen.",
        {
            "Wissen": [
                "brauwelt.example/wuerze",
                "xn--brukunst-0za.example/",
                "thebrewclub.example/links",
                "silent.example/kegs",
                "babble.example/altbier",
                "undirected.example/dunkel",
            ],
            "Werkzeug": [
                "vanishing.example/carbonation",
                "shielded-too.example/hydrometer",
                "picky.example/kveik",
                "shaky-names.example/wheat",
                "later.example/bock",
                "mute-names.example/oats",
            ],
        },
        language="de",
        updated="Letzte Aktualisierung: 3. Mai 2024",
        own_links={"Impressum": "/impressum"},
        contact="",
    ),
    LinksPage(
        "oldmash.example",
        "/brewlinks.htm",
        "OLD MASH'S HOMEBREW LINKS",
        "The homebrew links page since 1997, now with fewer frames.",
        {
            "Beer on the net": [
                "bottlecap-museum.example/",
                "oldserver.example/labels",
                "thebrewclub.example/links",
                "mazes.example/kettle",
                "sleepy.example/barrels",
                "downtime.example/podcast",
                "bulky.example/log",
                "sold.example/beer-tap-plans",
                "wholly-missing.example/maps",
                "trap.example/metadata",
                "humans.example/porter",
                "hashing.example/mild",
                "shorthand.example/braggot",
                "speechless.example/gose",
                "oldguide.example/brewing/step-by-step",
                "brewpedia.example/history",
                "brewtools.example/refractometer",
                "cellarclub.example/tastings",
                "brewersguild.example/newsletter",
            ],
        },
        layout="old",
    ),
    LinksPage(
        "malt-and-more.example",
        "/",
        "Malt and More: a home brewing club",
        "We meet on Thursdays. Home brewing for everybody, beginners and old hands.",
        {"This month": ["homebrewforum.example/"]},
        own_links={"Useful links": "/useful-links", "Calendar": "/calendar"},
    ),
    LinksPage(
        "malt-and-more.example",
        "/useful-links",
        "Useful links for home brewing",
        "What our members recommend to other home brewers.",
        {
            "Brewing": [
                "brewwiki.example/",
                "club-intern.example/minutes",
                "sixonly.example/ale",
                "vanishing.example/carbonation",
                "yeastlab.example/strains.html",
            ],
            "Homebrewing clubs": ["newclub.example/", "hopsandmore.example/storage-guide"],
        },
        layout="definitions",
        updated="Updated: 2026-01-20",
        is_seed=False,
    ),
    LinksPage(
        "newclub.example",
        "/",
        "New Club home brewing",
        "A young home brewing club. Homebrewers welcome.",
        {"Partners": ["homebrewforum.example/"]},
        own_links={"Links": "/our-links"},
        is_seed=False,
    ),
    LinksPage(
        "newclub.example",
        "/our-links",
        "New Club: links for homebrewers",
        "Home brewing sites we like.",
        {
            "Sites": [
                "mashcalc.example/",
                "hopatlas.example/varieties",
                "recipevault.example/stout",
                "yeastlab.example/strains.html",
                "homebrewforum.example/",
                "brewdigest.example/faq",
                "brewdigest-archive.example/faq",
                "hopstore.example/products/cascade-pellets",
                "brewersguild.example/newsletter",
                "appshell.example/planner",
            ]
        },
        is_seed=False,
    ),
    LinksPage(
        "coffeecorner.example",
        "/",
        "Coffee brewing at its best",
        "All about coffee brewing: grind, bloom, pour.",
        {"Methods": ["waterworks.example/brewing-water", "kegerator.example/build"]},
        layout="prose",
    ),
)

CONTACT_PAGES = {
    "brewdad.example": {
        "/write": page(
            "Write to me",
            '<form action="/write" method="post"><label>Your message <textarea name="message">'
            '</textarea></label><label>Your address <input type="email" name="from"></label>'
            "<button>Send</button></form>",
        )
    },
    "stammwuerze.example": {
        "/impressum": page(
            "Impressum",
            "<p>Hausbrauverein Stammwürze e.V., Malzgasse 3</p><p>E-Mail: vorstand (at) stammwuerze"
            " (punkt) example</p><p>Anfragen zu Linktausch werden nicht beantwortet.</p>",
            language="de",
        )
    },
}
"""By host and path: what the sites say of themselves beside their pages of links."""
