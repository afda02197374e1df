"""Living targets that are no web pages, or are served in an unusual way."""

from __future__ import annotations

import json

from brokenlinks.demo import behaviours as b
from brokenlinks.demo import misbehaviours as m
from brokenlinks.demo.server import Behaviour, Site
from tests.labelled.case import Case
from tests.labelled.held_out.pages import (
    Dress,
    Publisher,
    Story,
    bare,
    government,
    serve,
    static,
    university,
    wordpress,
)

DICTIONARY = {
    "project": "Field names of Upper Teesdale",
    "records": [
        {"name": "Lang Rigg", "first": 1612, "meaning": "long ridge"},
        {"name": "Hag Garth", "first": 1588, "meaning": "enclosure in the felled wood"},
    ],
}
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Night sky from Exmoor</title><link>/</link>
<description>What to see this week</description><item><title>Error 404 in the sky: Algol at minimum
</title><description>On Thursday the demon star fades for ten hours.</description></item>
<item><title>Saturn without rings</title></item></channel></rss>"""
COUNTS = "year,mild,bitter,stout\n1921,210,96,31\n1922,198,104,29\n1923,201,110,30\n"
LETTER = """To the Secretary of the Horticultural Society, 4 May 1887

Sir, the tulips you were good enough to send have flowered, all but two, and those the mice had. The
striped one that you call Absalon is the finest thing I ever saw in a pot.

Transcribed by volunteers. The last leaf was not found.
"""
REPOSITORY = Publisher(
    "a-eprints-lowland.test",
    "Lowland ePrints",
    "The repository of the Lowland agricultural colleges.",
    university,
    ("Browse", "Deposit", "Policies"),
)
THESIS = Story(
    "/handle/1893/2214/thesis.pdf",
    "Heather ale: a documentary and experimental study",
    """
Author: Catriona Baird. Thesis (MSc), 2009, 148 pages. Supervisor: Dr. A. Mowat.

Abstract: Written recipes for ale with heather flowers begin in the eighteenth century and depend on
one another. Eleven trial brews with Calluna vulgaris and Myrica gale were made at the college; a
panel of thirty tasted them blind. The moss that lives on heather, and not the flower, gave the
bitterness.

- View/open: thesis.pdf (6.2 MB)
- Cite this item, export to BibTeX
""",
)


def served(
    name: str,
    url: str,
    anchor: str,
    behaviour: Behaviour,
    dress: Dress = static,
) -> Case:
    """Return the case of a target that answers with `behaviour` on an ordinary host."""
    host, _, path = url.partition("/")
    publisher = Publisher(
        host, host.removesuffix(".test"), "Files for all.", dress, ("Files", "About")
    )
    return Case(name, ("alive",), url, anchor, {host: publisher.site({f"/{path}": behaviour})})


def told(url: str, title: str, text: str, dress: Dress = static) -> str:
    host, _, path = url.partition("/")
    publisher = Publisher(host, host, "Notes and pictures.", dress, ("Notes",))
    return publisher.html(Story(f"/{path}", title, text))


CASES = (
    served(
        "alive_pdf",
        "a-kilnplans.test/plans/updraught.pdf",
        "plans for a small updraught kiln (PDF)",
        b.pdf(),
    ),
    served(
        "alive_pdf_as_octet_stream",
        "a-councilminutes.test/minutes/1974/download",
        "council minutes of 1974",
        b.answer(
            b.PDF,
            content_type="application/octet-stream",
            headers={"Content-Disposition": 'attachment; filename="error-404.pdf"'},
        ),
        government,
    ),
    Case(
        "alive_pdf_asked_landing_page_of_it_served",
        ("alive",),
        f"{REPOSITORY.host}{THESIS.path}",
        "Heather ale: an experimental study",
        {REPOSITORY.host: REPOSITORY.serving(THESIS)},
    ),
    served("alive_image", "a-glassplates.test/1903/regatta.gif", "the regatta of 1903", b.image()),
    served(
        "alive_text",
        "a-tulipletters.test/1887-05-04.txt",
        "a letter on tulips",
        b.answer(LETTER, content_type="text/plain; charset=utf-8"),
    ),
    served(
        "alive_json",
        "a-fieldnames.test/api/teesdale.json",
        "field names as JSON",
        b.answer(json.dumps(DICTIONARY), content_type="application/json"),
    ),
    served(
        "alive_feed",
        "a-exmoorsky.test/rss.xml",
        "RSS",
        b.answer(FEED, content_type="application/rss+xml; charset=utf-8"),
        wordpress,
    ),
    served(
        "alive_csv",
        "a-breweryledgers.test/data/barrels.csv",
        "barrels brewed, 1921-1923",
        b.answer(COUNTS, content_type="text/csv"),
    ),
    served(
        "alive_only_by_get",
        "a-ropewalk.test/knots/carrick-bend.html",
        "the carrick bend",
        b.get_only(
            serve(
                told(
                    "a-ropewalk.test/knots/carrick-bend.html",
                    "Carrick bend",
                    """
Two hawsers that are too thick to knot are joined with a carrick bend. Lay one end in a loop, pass
the other under, over, under, over, and seize the ends to the standing parts. It looks like a
heraldic badge and opens again after a week in the water.

Draw it up before you trust it: the pretty flat form that sailors embroider slips and folds over
into the form that holds. Practise with two colours.
""",
                )
            )
        ),
    ),
    served(
        "alive_after_a_cookie_came_back",
        "a-vicarage-library.test/catalogue/herbals",
        "catalogue of herbals",
        b.requires_cookie(
            serve(
                told(
                    "a-vicarage-library.test/catalogue/herbals",
                    "Herbals in the vicarage library",
                    """
Gerard, The Herball, 1597, lacking the title and two leaves; calf, rebacked. Culpeper, The English
Physitian, 1652, with notes by an early owner who disagreed with nearly everything. Parkinson,
Theatrum Botanicum, 1640, complete, a gift of the widow of Dr. Speke.

Readers may see the herbals on weekdays between Michaelmas and Easter. Pencils only.
""",
                    university,
                )
            )
        ),
    ),
    served(
        "alive_unchanged_since_1996",
        "a-geocities-like-towers.test/Heights/2280/runes.html",
        "runes on calendars",
        serve(
            told(
                "a-geocities-like-towers.test/Heights/2280/runes.html",
                "Primstavs and Rune Calendars",
                """
Best viewed with Netscape 3. Last updated 11 November 1996. You are visitor 004711.

A primstav is a flat stick with the summer half of the year on one side and the winter half on the
other. A mitten for the fourteenth of October, when winter begins; an axe for Saint Olaf; a fish
hook for Saint Andrew. My grandfather read ours by touch, in bed, in the dark.

Under construction: more pictures when the scanner is repaired!
""",
                bare,
            ),
            headers={"Last-Modified": "Mon, 11 Nov 1996 08:49:37 GMT"},
        ),
    ),
    Case(
        "alive_server_with_sloppy_headers",
        ("alive",),
        "a-pennymills.test/",
        "Penny Mills",
        {"a-pennymills.test": Site(b.refusal(404), {"/": m.sloppy_headers})},
    ),
    served(
        "alive_body_shorter_than_promised",
        "a-fossilbeach.test/guide/ammonites.html",
        "ammonites for beginners",
        m.shorter_than_promised(
            told(
                "a-fossilbeach.test/guide/ammonites.html",
                "Ammonites for beginners",
                """
Go after a storm, at falling tide, and keep away from the cliff. Look for grey ovals as smooth as
soap: tap one on the seam and it opens along the shell. Dactylioceras is as common as pennies;
Harpoceras has a keel; anything larger than a dinner plate belongs to the museum and the whole
village, and you will want help with carrying it.

Wrap each piece in newspaper with the date and the spot. A fossil without a place is a paperweight.
""",
                bare,
            )
        ),
    ),
    Case(
        "alive_link_into_the_web_archive",
        ("alive",),
        "web.archive.org/web/20080512032141/http://a-vanished-museum.test/looms.html",
        "the loom collection (archived)",
        {
            "web.archive.org": Site(
                b.missing("the archive"),
                {
                    "/": serve(b.article("Internet archive", "The archive")),
                    "/robots.txt": b.refusal(404),
                    "/web/20080512032141/http://a-vanished-museum.test/looms.html": serve(
                        told(
                            "a-vanished-museum.test/looms.html",
                            "Looms of the county museum",
                            """
The narrow loom by the door wove ribbons for hats; the wide one behind it took two men and wove
blankets. Both came from the mill at Caldbeck, which closed in 1936. Visitors may throw the shuttle
on Sunday afternoons under the eye of Mrs. Tyson, whose mother worked on the wide one.

The museum is closed until further notice.
""",
                            bare,
                        )
                    ),
                },
            )
        },
    ),
    Case(
        "alive_robots_refused_to_others_only",
        ("alive",),
        "a-hymntunes.test/tunes/rockingham",
        "the tune Rockingham",
        {
            "a-hymntunes.test": Publisher(
                "a-hymntunes.test", "Hymn Tunes", "Tunes and who wrote them.", static, ("Tunes",)
            ).site(
                {
                    "/robots.txt": b.answer(
                        "User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow: /admin/\n",
                        content_type="text/plain",
                    ),
                    "/tunes/rockingham": serve(
                        told(
                            "a-hymntunes.test/tunes/rockingham",
                            "Rockingham",
                            """
Arranged by Edward Miller, organist of Doncaster, in 1790 from a tune he had found in a book of
psalms and marked "would make a good long metre". It is named after his patron, who was prime
minister twice and owned racehorses.

Sing it slower than you think, in two broad beats to the bar, and leave the pauses to the organ.
""",
                        )
                    ),
                }
            )
        },
    ),
)
