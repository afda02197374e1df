"""Living targets that are no plain page, or come over the wire in a peculiar way."""

from __future__ import annotations

import json

from brokenlinks.demo.behaviours import answer, get_only, image, pdf, requires_cookie
from brokenlinks.demo.misbehaviours import (
    broken_gzip,
    longer_than_promised,
    many_headers,
    shorter_than_promised,
    sloppy_headers,
)
from brokenlinks.demo.server import ADDRESS_V6, Behaviour, Site
from brokenlinks.demo.wayback import Capture
from tests.labelled.case import Case
from tests.labelled.tuned.pages import (
    Place,
    Story,
    drupal,
    government,
    handmade,
    nextjs,
    served,
    standing,
    static,
    typo3,
    university,
    wiki,
    wordpress,
)

FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>
<title>Cellar radio</title><link>http://a-cellar-radio.example/</link>
<description>A podcast on fermentation, every other Friday.</description>
<item><title>41: Cabbage, salt and time</title><pubDate>Fri, 06 Nov 2026 06:00:00 GMT</pubDate>
<enclosure url="http://a-cellar-radio.example/41.mp3" type="audio/mpeg" length="31415926"/></item>
<item><title>40: Kvass with Aunt Vera</title><pubDate>Fri, 23 Oct 2026 06:00:00 GMT</pubDate></item>
</channel></rss>"""
FAQ = """rec.crafts.pickling Frequently Asked Questions          Version 3.2

1. How much salt?          Two to three percent of the weight of the vegetables.
2. Is the white film bad?  No. That is kahm yeast. Skim it. If it is furry, it is mould.
3. Do I need an airlock?   No, but your landlord might like it.
4. Error: jar not found.   Look behind the rice.
"""
DATA = json.dumps(
    {"error": None, "status": 200, "stations": [{"id": n, "mm": n * 7 % 31} for n in range(200)]}
)


def file(
    name: str, anchor: str, place: Place, path: str, behaviour: Behaviour, *, mime: str = ""
) -> Case:
    """Return the case of something other than a page, archived if it has a `mime` type."""
    captures = {f"{place.host}{path}": (Capture("20190211101500", mime=mime),)} if mime else {}
    sites = place.sites({path: behaviour})
    return Case(name, ("alive",), f"{place.host}{path}", anchor, sites, captures=captures)


def told(name: str, anchor: str, place: Place, story: Story, behaviour: Behaviour) -> Case:
    """Return the case of a story that is served by `behaviour`."""
    sites = place.sites({story.path: behaviour})
    return Case(name, ("alive",), f"{place.host}{story.path}", anchor, sites)


GZIPPED = Place(
    "a-jam-and-pectin.example",
    "Jam & Pectin",
    wordpress,
    "Fruit, sugar, and why it does not set.",
    ("Fruit", "Sugar", "Jars"),
)
MARMALADE = Story(
    "/fruit/marmalade/",
    "Marmalade from bitter oranges",
    """
    Seville oranges come in January and are gone by Candlemas. Boil them whole until a straw goes
    through the peel, cut them when they are cold, and keep the pips: the pectin is in them.

    Marmalade sets at 104.5 degrees, but the plate test is older than your thermometer. If it
    wrinkles when you push it, it is done.
    """,
)
LATIN = Place(
    "a-brotzeit-archiv.example",
    "Brotzeit-Archiv",
    typo3,
    "Rezepte aus dem Nachlass dreier Müllerfamilien.",
    ("Brote", "Mühlen", "Öfen"),
    "de",
)
RYE = Story(
    "/brote/roggen",
    "Roggenbrot aus Mühlhausen",
    """
    Für zwei Laibe: ein Kilo Roggenmehl, dreißig Gramm Salz, Sauerteig vom Vortag. Über Nacht gären
    lassen, frühmorgens einschießen, bei fallender Hitze eine gute Stunde backen.

    Müller Größ schrieb dazu 1911: „Wer früher öffnet, ärgert sich später.“
    """,
)
HEADLESS = Place(
    "a-star-parties.example",
    "Star Parties",
    drupal,
    "Where amateurs meet under dark skies: dates, fields and rules for red lamps.",
    ("Dates", "Fields", "Rules"),
)
LAMPS = Story(
    "/rules/red-lamps",
    "Red lamps and dark adaptation",
    """
    It takes half an hour to get used to the dark and a second to lose it again. Cover white lamps
    with red film, twice, and switch off the light in your boot before you drive on to the field.
    """,
)
COOKIE = Place(
    "a-joseki-tables.example",
    "Joseki Tables",
    nextjs,
    "Corner openings, played through and explained.",
    ("Three-three", "Star point"),
)
STAR_POINT = Story(
    "/star-point/knight-approach",
    "The knight's approach to the star point",
    """
    White approaches at the knight's move, Black answers on the other side, and both are content.
    The slide into the corner takes the base away; whether it is urgent depends on the ladder.
    """,
)
SHORT = Place(
    "a-barometer-notes.example",
    "Barometer Notes",
    static,
    "An almanac of one hill, kept since 1987.",
    ("Rain", "Wind"),
)
RAIN = Story(
    "/rain/1987-2020.html",
    "Rain on the hill, 1987 to 2020",
    """
    The wettest month was October 2000 with 391 millimetres, the driest April 2007 with none at all.
    There is no trend that a careful person would put money on.
    """,
)
LONG = Place(
    "a-chapel-ceilings.example",
    "Chapel Ceilings",
    handmade,
    "Plasterwork of the western chapels, photographed lying down.",
    ("North", "South"),
)
STUCCO = Story(
    "/south/bethel.html",
    "Bethel chapel: the ceiling of 1841",
    """
    The rose in the middle carried a gas lamp of twenty-four burners. The plasterer signed it on
    the upper side, where nobody looked until the roof was mended in 1977.
    """,
)
V6 = Place(
    "a-ipv-six-observatory.example",
    "Hill Observatory",
    university,
    "A small observatory with a large network.",
    ("Instruments", "Nights"),
)
PHOTOMETER = Story(
    "/instruments/photometer.html",
    "The photometer",
    """
    A photomultiplier of 1974 behind a filter wheel. It counts single photons, goes blind at full
    moon, and has measured the same eclipsing binary for fifty years without a day of leave.
    """,
)
CHATTY = Place(
    "a-proxy-parade.example",
    "Museum of Measuring",
    government,
    "Rulers, scales and clocks of the assay office.",
    ("Rulers", "Scales"),
)
SCALES = Story(
    "/scales/steelyards",
    "Steelyards",
    """
    A steelyard weighs a cow with a stone. The office tested four hundred of them a year, and broke
    those that favoured their owners.
    """,
)
SHIFT_JIS = """<html lang="ja"><head><meta http-equiv="Content-Type" content="text/html;
charset=Shift_JIS"><title>味噌の作り方</title></head><body><h1>味噌の作り方</h1>
<p>大豆を一晩水に浸し、指でつぶせるほど柔らかくなるまで四時間ほど煮ます。</p>
<p>米麹と塩をよく混ぜ、つぶした大豆に少しずつ加えて団子にします。</p>
<p>空気が入らないように樽に詰め、重石をして、涼しい場所で十か月寝かせます。</p>
</body></html>"""
WINDOWS_1251 = """<html lang="ru"><head><meta http-equiv="Content-Type" content="text/html;
charset=windows-1251"><title>Этюды Троицкого</title></head><body><h1>Этюды Троицкого</h1>
<p>Алексей Алексеевич Троицкий составил более тысячи этюдов. Многие из них посвящены борьбе двух
коней против пешки: он нашёл, за какой чертой должна стоять пешка, чтобы кони выиграли.</p>
<p>Ниже приведены двенадцать этюдов с решениями и примечаниями автора.</p></body></html>"""


CASES: tuple[Case, ...] = (
    file(
        "pdf_document",
        "Blade sharpening angles (PDF)",
        Place("a-blade-works.example", "Blade Works", static, "Knives and plane irons.", ("Docs",)),
        "/docs/angles.pdf",
        pdf(),
        mime="application/pdf",
    ),
    file(
        "pdf_sent_as_bytes",
        "soil survey of the township",
        Place("a-soil-maps.example", "Soil Maps", government, "Soils of the state.", ("Maps",)),
        "/maps/township-14.pdf",
        answer(b"%PDF-1.6\n" + bytes(range(256)) * 300, content_type="application/octet-stream"),
    ),
    file(
        "picture",
        "chart of knots",
        Place("a-knot-board.example", "Knot Board", handmade, "Bends and hitches.", ("Knots",)),
        "/img/chart.gif",
        image(),
        mime="image/gif",
    ),
    file(
        "plain_text",
        "pickling FAQ",
        Place("a-usenet-attic.example", "Usenet Attic", handmade, "Old FAQs.", ("rec", "sci")),
        "/rec/pickling.txt",
        answer(FAQ, content_type="text/plain; charset=us-ascii"),
        mime="text/plain",
    ),
    file(
        "json_data",
        "rainfall data",
        Place("a-rain-gauges.example", "Rain Gauges", nextjs, "Two hundred gauges.", ("API",)),
        "/api/v1/stations",
        answer(DATA, content_type="application/json"),
    ),
    file(
        "podcast_feed",
        "Cellar radio",
        Place("a-cellar-radio.example", "Cellar Radio", wordpress, "A podcast.", ("Episodes",)),
        "/feed.xml",
        answer(FEED, content_type="application/rss+xml; charset=utf-8"),
    ),
    told(
        "gzip_damaged_at_its_end",
        "bitter orange marmalade",
        GZIPPED,
        MARMALADE,
        broken_gzip(served(GZIPPED, MARMALADE)),
    ),
    told(
        "latin_1_sent_as_utf_8",
        "Roggenbrot aus Mühlhausen",
        LATIN,
        RYE,
        answer(
            served(LATIN, RYE).encode("cp1252"),
            headers={"Last-Modified": "Tue, 03 Feb 1998 10:12:00 GMT"},
        ),
    ),
    told(
        "missing_to_head_but_not_to_get",
        "red lamps",
        HEADLESS,
        LAMPS,
        get_only(answer(served(HEADLESS, LAMPS))),
    ),
    told(
        "served_once_the_cookie_is_back",
        "knight's approach joseki",
        COOKIE,
        STAR_POINT,
        requires_cookie(answer(served(COOKIE, STAR_POINT))),
    ),
    told(
        "shorter_than_promised",
        "33 years of rain",
        SHORT,
        RAIN,
        shorter_than_promised(served(SHORT, RAIN)),
    ),
    told(
        "longer_than_promised",
        "Bethel chapel ceiling",
        LONG,
        STUCCO,
        longer_than_promised(served(LONG, STUCCO), len(served(LONG, STUCCO).encode()) - 9),
    ),
    told(
        "hundreds_of_headers",
        "steelyards",
        CHATTY,
        SCALES,
        many_headers(served(CHATTY, SCALES), 60),
    ),
    Case(
        "sloppy_header_lines",
        ("alive",),
        "a-rusty-daemon.example/index.html",
        "Old server",
        {"a-rusty-daemon.example": Site(sloppy_headers)},
    ),
    Case(
        "reached_over_ipv6_only",
        ("alive",),
        f"{V6.host}{PHOTOMETER.path}",
        "our photometer",
        {
            V6.host: Site(
                V6.missing(),
                {"/": V6.home(), PHOTOMETER.path: answer(served(V6, PHOTOMETER))},
                ADDRESS_V6,
            )
        },
    ),
    Case(
        "japanese_in_shift_jis",
        ("alive",),
        "a-kura-no-miso.example/tsukurikata.html",
        "味噌の作り方",
        {
            "a-kura-no-miso.example": Site(
                answer("<title>404</title><h1>404 Not Found</h1>", 404),
                {
                    "/": answer("<title>蔵の味噌</title><h1>蔵の味噌</h1>".encode()),
                    "/tsukurikata.html": answer(
                        SHIFT_JIS.encode("shift_jis"), content_type="text/html"
                    ),
                },
            )
        },
    ),
    Case(
        "russian_in_windows_1251",
        ("alive",),
        "a-etyudy.example/troitsky.htm",
        "Этюды Троицкого",
        {
            "a-etyudy.example": Site(
                answer("<title>404</title><h1>404 Not Found</h1>", 404),
                {
                    "/": answer("<title>Шахматные этюды</title><h1>Шахматные этюды</h1>"),
                    "/troitsky.htm": answer(
                        WINDOWS_1251.encode("cp1251"), content_type="text/html"
                    ),
                },
            )
        },
    ),
    standing(
        "chinese_page",
        "围棋定式入门",
        Place(
            "a-weiqi-jiaoshi.example",
            "围棋教室",
            drupal,
            "面向初学者的围棋教程，从规则到定式。",
            ("入门", "定式", "死活题"),
            "zh",
        ),
        Story(
            "/dingshi/rumen",
            "围棋定式入门",
            """
            定式是双方在角部下出的大致均等的棋形。初学者不必背诵太多，
            先理解每一手棋的目的：占角、守角、挂角，还是向边上展开。

            最常见的是小飞挂之后的一间跳。黑棋守住角地，白棋得到外势，
            双方都可以满意。下完之后要问自己：全局哪里最大？

            练习的时候请把棋谱摆在棋盘上，不要只看屏幕。
            """,
        ),
    ),
    standing(
        "long_wiki_page",
        "list of English bell foundries",
        Place(
            "a-campanology.example",
            "Campanology Wiki",
            wiki,
            "Bells, frames and founders.",
            ("Founders", "Frames", "Towers"),
        ),
        Story(
            "/wiki/List_of_bell_foundries",
            "List of bell foundries",
            "\n\n".join(
                f"Foundry {n} of the list cast bells from {1400 + n} to {1450 + n * 7 % 500}, of"
                f" which {n * 13 % 211} are known; {n * 5 % 97} hang where they were first hung,"
                f" the heaviest of them weighs {n % 40 + 3} hundredweight."
                for n in range(1, 600)
            ),
        ),
    ),
)
