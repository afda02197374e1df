"""Deep links that end at a home page or a section, as all other lost addresses of the host do."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from tests.labelled.case import Case
from tests.labelled.held_out.dress import (
    Dress,
    at,
    drupal,
    everywhere,
    host,
    hugo,
    news,
    office,
    shop,
    story,
    typo3,
    wordpress,
)

_ORCHARD = Dress(
    "Old Orchard Trust",
    ("Visit", "Events", "Volunteer", "Shop", "Donate"),
    "Registered charity. Old Orchard Trust, The Barn, Pomfret",
)
_KELLER = Dress(
    "Kellerwerk Braubedarf",
    ("Kessel", "Malz", "Hefe", "Flaschen", "Seminare"),
    "Kellerwerk GmbH, Industriestraße 4",
    "de",
)
_PARISH = Dress(
    "Great Tolling Parish Council",
    ("Councillors", "Minutes", "Planning", "Hall hire", "Contact"),
    "Clerk: Mrs D. Hale, The Hall, Great Tolling",
)
_TELESCOPE = Dress(
    "Meridian Optics",
    ("Eyepieces", "Mounts", "Refractors", "Filters", "Binoculars", "Sale"),
    "Meridian Optics. Prices include tax.",
)
_QUILT = Dress(
    "Patchwork Papers", ("New in", "Magazine", "Podcast", "Studio tours"), "Patchwork Papers, 2025"
)
_MUSEUM = Dress(
    "Musée du Pain",
    ("Collections", "Expositions", "Ateliers", "Boutique", "Infos pratiques"),
    "Musée du Pain, 12 rue du Four",
    "fr",
)
_PROBLEMS = Dress(
    "Checkmate Academy", ("Lessons", "Pricing", "Coaches", "Log in"), "Checkmate Academy Inc."
)
_MEGA = Dress(
    "Homely Retail Group",
    ("Kitchen", "Garden", "Bathroom", "Lighting", "Careers", "Investors"),
    "Homely Retail Group plc",
)
_TEACH = Dress(
    "Borough Schools Network",
    ("For heads", "For parents", "Admissions", "Term dates"),
    "Borough Schools Network, Civic Centre",
)

CASES: tuple[Case, ...] = (
    Case(
        "home_after_a_relaunch",
        ("redirected_home", "soft_404"),
        "oldorchardtrust.test/varieties/bramley/pruning.html",
        "How to prune a Bramley",
        {
            "oldorchardtrust.test": host(
                wordpress(
                    _ORCHARD,
                    "Old Orchard Trust",
                    story(
                        "Come and see the blossom",
                        "The Trust cares for nine traditional orchards. Open days are in May, apple"
                        " day is in October, and the barn may be hired for weddings all year.",
                        "We need your help: become a member, adopt a tree, join a work party.",
                    ),
                ),
                b.redirect("/", 301),
            )
        },
        captures={
            "oldorchardtrust.test/varieties/bramley/pruning.html": (
                at(
                    "20160220",
                    wordpress(
                        _ORCHARD,
                        "Pruning a Bramley",
                        story(
                            "Pruning a Bramley",
                            "Bramleys bear on their tips, so do not shorten every shoot. Take out"
                            " dead wood first, then what crosses, then open the middle until a"
                            " pigeon could fly through. Never remove more than a fifth in a winter.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "home_in_a_language",
        ("redirected_home", "soft_404"),
        "kellerwerk-braubedarf.test/wissen/hefe-strippen.php",
        "Anleitung: Hefe strippen",
        {
            "kellerwerk-braubedarf.test": everywhere(
                b.redirect("/de/", 302),
                {
                    "/de/": b.answer(
                        shop(
                            _KELLER,
                            "Kellerwerk: alles für den eigenen Sud",
                            story(
                                "Alles für den eigenen Sud",
                                "Kessel, Malz und Flaschen aus einer Hand. Versandkostenfrei ab 60"
                                " Euro, Abholung im Lager nach Absprache, Seminare jeden Monat.",
                            ),
                        )
                    ),
                },
            )
        },
    ),
    Case(
        "home_as_index_php",
        ("redirected_home", "soft_404"),
        "greattolling-pc.test/history/tithe-map.htm",
        "Tithe map of 1841",
        {
            "greattolling-pc.test": host(
                office(
                    _PARISH,
                    "Great Tolling Parish Council",
                    story("Next meeting: Tuesday", "Agenda and minutes are on the notice board."),
                ),
                b.redirect("/index.php", 302),
                {
                    "/index.php": b.answer(
                        office(
                            _PARISH,
                            "Great Tolling Parish Council",
                            story("Next meeting: Tuesday", "Agenda and minutes are on the board."),
                        )
                    )
                },
            )
        },
        captures={
            "greattolling-pc.test/history/tithe-map.htm": (
                at(
                    "20090918",
                    "<html><head><title>The tithe map</title></head><body><h1>The tithe map of 1841"
                    "</h1><p>Three sheets, four chains to the inch, surveyed by J. Tarrant. Plots"
                    " are numbered as in the apportionment, which names owner, occupier, state of"
                    " cultivation and rent charge for each of 612 fields.</p></body></html>",
                ),
                at("20220511", "", "302"),
            )
        },
    ),
    Case(
        "home_is_the_shop",
        ("redirected_home", "soft_404"),
        "meridian-optics.test/articles/collimation/newtonian",
        "collimating a Newtonian",
        {
            "meridian-optics.test": host(
                shop(
                    _TELESCOPE, "Meridian Optics", story("See further", "Free returns for a month.")
                ),
                b.redirect("/shop/", 301),
                {
                    "/shop/": b.answer(
                        shop(
                            _TELESCOPE,
                            "Shop | Meridian Optics",
                            story("All products", "Showing 1 to 12 of 348. Sort by popularity."),
                        )
                    )
                },
            )
        },
    ),
    Case(
        "home_is_the_blog",
        ("redirected_home", "soft_404"),
        "patchworkpapers.test/tutorials/english-paper-piecing-hexagons",
        "here",
        {
            "patchworkpapers.test": host(
                hugo(_QUILT, "Patchwork Papers", story("Patchwork Papers", "A magazine and more.")),
                b.redirect("/blog/", 301),
                {
                    "/blog/": b.answer(
                        hugo(
                            _QUILT,
                            "Blog - Patchwork Papers",
                            story(
                                "From the blog",
                                "Studio tour: a barn in Vermont. Why we changed our paper. Win three"
                                " fat quarters. Meet us at the autumn fair, hall 3, stand 18.",
                            ),
                        )
                    )
                },
            )
        },
        captures={
            "patchworkpapers.test/tutorials/english-paper-piecing-hexagons": (
                at(
                    "20180808",
                    hugo(
                        _QUILT,
                        "Hexagons by English paper piecing",
                        story(
                            "Hexagons by English paper piecing",
                            "Cut the papers exactly and the cloth roughly. Fold each edge over its"
                            " paper, baste the corners only, and whip the sides together with"
                            " stitches so small that they vanish when the papers come out.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "home_with_www_and_a_language",
        ("redirected_home", "soft_404"),
        "musee-du-pain.test/dossiers/fours-banaux.pdf",
        "Dossier sur les fours banaux (PDF)",
        {
            "musee-du-pain.test": everywhere(b.redirect("http://www.{host}/fr/accueil.html", 301)),
            "www.musee-du-pain.test": host(
                drupal(
                    _MUSEUM, "Musée du Pain", story("Bienvenue", "Ouvert du mercredi au lundi.")
                ),
                b.redirect("/fr/", 302),
                {
                    "/fr/accueil.html": b.redirect("/fr/", 302),
                    "/fr/": b.answer(
                        drupal(
                            _MUSEUM,
                            "Musée du Pain",
                            story(
                                "Bienvenue au musée",
                                "Ouvert du mercredi au lundi, de dix heures à dix-huit heures. Un"
                                " atelier pour les enfants a lieu chaque samedi, sur inscription.",
                            ),
                        )
                    ),
                },
            ),
        },
    ),
    Case(
        "home_only_for_one_section",
        ("redirected_home", "soft_404"),
        "checkmate-academy.test/free/puzzles/1204",
        "Puzzle 1204: a quiet queen move",
        {
            "checkmate-academy.test": host(
                hugo(
                    _PROBLEMS,
                    "Checkmate Academy",
                    story(
                        "Learn with a grandmaster",
                        "Live lessons, personal coaches and a plan for every level. Try it for"
                        " seven days. Cancel whenever you like; your games stay yours.",
                    ),
                ),
                b.redirect("/?from=free", 302),
            )
        },
        captures={
            "checkmate-academy.test/free/puzzles/1204": (
                at(
                    "20191224",
                    hugo(
                        _PROBLEMS,
                        "Puzzle 1204",
                        story(
                            "Puzzle 1204",
                            "White to move and win. The knight is pinned, the rook is loose and the"
                            " obvious check only drives the king to safety. Look at the queen: a"
                            " quiet retreat to the back rank leaves Black without a useful move.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "home_of_the_buyer",
        ("redirected_home", "soft_404"),
        "tileandtrowel.test/how-to/lime-mortar/mixing",
        "mixing lime mortar",
        {
            "tileandtrowel.test": everywhere(
                b.redirect("http://www.homelygroup.test:{port}/", 301)
            ),
            "www.homelygroup.test": host(
                news(
                    _MEGA,
                    "Homely Retail Group",
                    story(
                        "Everything for the home",
                        "Half-year results: sales up four per cent. Sixty stores, one promise.",
                    ),
                ),
                b.missing("Homely"),
            ),
        },
        captures={
            "tileandtrowel.test/how-to/lime-mortar/mixing": (
                at(
                    "20150606",
                    typo3(
                        Dress("Tile and Trowel", ("Tiles", "Plaster", "How to"), "Tile and Trowel"),
                        "Mixing lime mortar",
                        story(
                            "Mixing lime mortar",
                            "Three parts of sharp sand to one of putty. Beat it, do not add water,"
                            " and keep beating until it is plastic. Let it stand under a wet sack.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "home_for_a_teachers_handout",
        ("redirected_home", "soft_404"),
        "boroughschools.test/docs/ks2/roman-numerals-handout.doc",
        "roman numerals handout",
        {
            "boroughschools.test": host(
                office(
                    _TEACH,
                    "Borough Schools Network",
                    story(
                        "News for schools",
                        "Term dates for next year are out. Applications for places close on the"
                        " fifteenth. Heads: the network meets in the Civic Centre on Thursday.",
                    ),
                ),
                b.redirect("/Default.aspx", 302),
                {
                    "/Default.aspx": b.answer(
                        office(
                            _TEACH,
                            "Borough Schools Network",
                            story(
                                "News for schools",
                                "Term dates for next year are out. Applications for places close on"
                                " the fifteenth. Heads: we meet in the Civic Centre on Thursday.",
                            ),
                        )
                    )
                },
            )
        },
    ),
)
