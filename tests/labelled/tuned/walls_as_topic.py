"""Living pages behind walls that let us in, or about walls."""

from __future__ import annotations

from brokenlinks.demo.behaviours import answer
from brokenlinks.demo.server import Site
from tests.labelled.case import Case
from tests.labelled.tuned.pages import (
    Place,
    Story,
    drupal,
    nextjs,
    shop,
    standing,
    static,
    university,
    wiki,
    wordpress,
)

ARCHIVED_PAGE = """<!DOCTYPE html><html><head><title>Grandfather's Beehives</title>
<script src="/_static/js/wombat.js"></script><link rel="stylesheet" href="/_static/css/banner.css">
</head><body><!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base" lang="en"><p>34 captures
</p></div><!-- END WAYBACK TOOLBAR INSERT --><h1>Grandfather's Beehives</h1>
<p>He built them of larch in the winter of 1938, with nothing but a saw and a marking gauge, and
painted every one of them in another colour so that the bees would know the way.</p>
<p>The plans below were drawn from the last one, which now stands in the school garden. All
measures are in inches; the frames are those of the British National hive.</p></body></html>"""

CASES: tuple[Case, ...] = (
    standing(
        "page_behind_cloudflare_that_is_served",
        "refractor or reflector",
        Place(
            "a-eyepiece.example",
            "Eyepiece",
            wordpress,
            "Telescopes compared by people who own them.",
            ("Telescopes", "Eyepieces", "Mounts"),
        ),
        Story(
            "/telescopes/first/",
            "Refractor or reflector? A first telescope",
            """
            Buy the aperture you will carry. A reflector of fifteen centimetres on a wooden box
            shows more than the shining tube in the shop window, and costs a third of it.

            A refractor asks for nothing and forgives children. If your garden is light, it will
            show you the Moon and the planets, and you will be happy with it for two winters.
            """,
            headers={
                "Server": "cloudflare",
                "CF-RAY": "8f2b7c5d9e4a1b3c-LHR",
                "cf-cache-status": "DYNAMIC",
                "Set-Cookie": "__cf_bm=Qm3x; path=/; HttpOnly; SameSite=None",
            },
            archived=("20210101120000",),
        ),
    ),
    standing(
        "shop_behind_akamai_that_is_served",
        "Japanese pull saws",
        Place(
            "a-saw-and-square.example",
            "Saw & Square",
            shop,
            "Hand tools from four countries.",
            ("Saws", "Planes", "Chisels"),
        ),
        Story(
            "/saws/japanese",
            "Japanese saws",
            """
            A saw that cuts on the pull can be thin, and what is thin cuts easily. Ryoba have teeth
            on both sides, for ripping and for crosscutting; dozuki have a back and cut joints.

            Blades are exchanged, not sharpened. Do not force them round a corner.
            """,
            headers={
                "Server": "AkamaiNetStorage",
                "Set-Cookie": "_abck=0A1B~-1~YAAQ; bm_sz=77EE; Path=/",
            },
        ),
    ),
    standing(
        "page_with_a_datadome_cookie_and_a_widget",
        "planning a wedding cake",
        Place(
            "a-tiered.example",
            "Tiered",
            nextjs,
            "Cakes of more than one storey.",
            ("Sponge", "Icing", "Transport"),
        ),
        Story(
            "/transport/wedding-cake",
            "Taking a wedding cake across town",
            """
            Stack it there, not here. Every tier travels in its own box on a wet towel, in the
            boot, driven by somebody who is not in love. Bring icing, a spirit level and dowels.
            """,
            main='<form><div class="cf-turnstile" data-sitekey="0x4AA"></div></form>'
            '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"></script>',
            headers={"Set-Cookie": "datadome=Zz1; Path=/; Secure; SameSite=Lax"},
        ),
    ),
    standing(
        "article_naming_the_vendors_of_walls",
        "why libraries see captchas",
        Place(
            "a-open-stacks.example",
            "Open Stacks",
            drupal,
            "A blog for systems librarians.",
            ("Catalogues", "Access", "Web"),
        ),
        Story(
            "/access/why-captchas",
            "Verify you are human: why our readers are asked",
            """
            Cloudflare, Akamai, DataDome, Imperva Incapsula and PerimeterX decide every day which of
            our readers may read. Forty people behind one address of a reading room look like a
            robot, so they are shown “Just a moment…” and a box to tick.

            The pages can be recognised: Cloudflare's sets a variable called _cf_chl_opt, DataDome
            loads from captcha-delivery.com, Imperva mentions an “Incapsula incident ID”, and F5
            says “The requested URL was rejected. Please consult with your administrator.”

            Write to the publisher, with the time and the Ray ID. It helps more often than not.
            """,
        ),
    ),
    standing(
        "how_to_install_anubis",
        "keeping bots off a small wiki",
        Place(
            "a-tiny-forge.example",
            "Tiny Forge",
            static,
            "Running a code forge for nine people.",
            ("Setup", "Abuse", "Costs"),
        ),
        Story(
            "/abuse/anubis/",
            "Making sure you're not a bot: Anubis on a small forge",
            """
            Four companies fetched every commit of our forge in every format, for a week. Since
            Anubis stands in front of it, visitors wait a second, and robots stay outside.

            The page carries a script element with the id anubis_challenge, which holds the
            difficulty; five is too much for old telephones. Let feeds and robots.txt through.
            """,
            main="<pre><code>&lt;script id=&quot;anubis_challenge&quot; type=&quot;application/json"
            "&quot;&gt;{&quot;difficulty&quot;:4}&lt;/script&gt;</code></pre>",
        ),
    ),
    standing(
        "poem_called_just_a_moment",
        "Just a moment (poem)",
        Place(
            "a-kitchen-table-poets.example",
            "Kitchen Table Poets",
            university,
            "A circle that meets on Wednesdays.",
            ("Poems", "Readings"),
        ),
        Story(
            "/poems/just-a-moment.html",
            "Just a moment...",
            """
            Just a moment, said my mother, floured to the wrists, and I was nine and waited. The
            clock went on without her; the dough rose as it would; the light was on the floor.

            Just a moment, say I now, to a child at the door with a beetle in a jar, and hear her,
            and put the pen down, and go to see what it is that cannot wait.

            Read at the summer meeting of 2018 by its author, who is a member of the circle.
            """,
        ),
    ),
    standing(
        "article_called_access_denied",
        "closed archives and family history",
        Place(
            "a-kinfinder.example",
            "Kinfinder Wiki",
            wiki,
            "Where records are, and who lets you see them.",
            ("Archives", "Laws"),
        ),
        Story(
            "/wiki/Access_denied",
            "Access denied",
            """
            Access is denied to records of living persons nearly everywhere, and the difficulty is
            to prove that somebody is dead. Most archives take a certificate, a gravestone or the
            passing of 110 years since birth.

            Adoption files follow laws of their own. In some countries the adopted person may read
            everything, in others a court has to permit it; a table is being compiled here.
            """,
        ),
    ),
    Case(
        "copy_in_the_web_archive",
        ("alive",),
        "web.archive.org/web/20110407093512/http://a-larch-hives.example/plans.html",
        "plans of grandfather's beehives (archived)",
        {
            "web.archive.org": Site(
                answer("<title>Wayback Machine</title><h1>Not archived</h1>", 404),
                {
                    "/": answer("<title>Wayback Machine</title><h1>Wayback Machine</h1>"),
                    "/web/20110407093512/http://a-larch-hives.example/plans.html": answer(
                        ARCHIVED_PAGE, headers={"Memento-Datetime": "Thu, 07 Apr 2011 09:35:12 GMT"}
                    ),
                },
            )
        },
    ),
)
