"""What both halves build their cases from: prose on many subjects, sites, captures."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from html import escape

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, Site
from brokenlinks.demo.wayback import Capture

PROSE = {
    "brewing": (
        "The mash wants to rest between sixty-five and sixty-eight degrees for about an hour.",
        "I stir the strike water in slowly, because dry pockets of malt never convert.",
        "Sparge until the runnings taste thin, and stop before they taste of tea.",
        "A rolling boil drives off what would otherwise smell of cooked maize.",
        "Pitch the yeast when the wort feels cool to the back of the hand.",
        "Bitterness comes from the first addition, aroma from the last one.",
        "After ten days the gravity hardly moves any more, and patience is all that is left to add.",
        "Bottles were rinsed, drained and filled with five grams of sugar to the litre.",
        "The third batch was the first that we would have paid for.",
        "Keep a notebook; nobody remembers in March what they did in October.",
    ),
    "garden": (
        "Sow the beans when the soil no longer numbs your fingers.",
        "Compost is ready when you cannot tell what it was.",
        "We water in the morning so that the leaves are dry by night.",
        "A bed that was dug over in autumn crumbles by itself after the frost.",
        "Slugs dislike copper less than the catalogues say.",
        "Prune the currants for air, not for looks.",
        "The old apple by the wall sets fruit every second year and always has.",
        "Leave the seed heads standing, the finches will thank you.",
        "Clay holds water in August and your boots in February.",
        "Our allotment has been worked by four generations and measured by none.",
    ),
    "chess": (
        "Black gives up a pawn for open lines and never quite wins it back.",
        "The bishop pair is worth more when the centre is open.",
        "In the ending the king becomes a strong piece and should walk.",
        "Club evenings are on Thursdays, and beginners are paired with patient people.",
        "He resigned two moves too early, as the analysis showed the next day.",
        "Study one opening well rather than nine by name.",
        "A rook belongs behind a passed pawn, whoever owns the pawn.",
        "Our youth team plays with digital clocks and bad nerves.",
        "Blitz teaches speed and bad habits in equal measure.",
        "The position repeats, the arbiter nods, and the hall relaxes.",
    ),
    "wood": (
        "Ash bends after twenty minutes of steam and remembers the bend.",
        "Sharpen before you begin, not when you notice.",
        "The dovetails are cut by eye and paired by pencil marks.",
        "A plane that chatters wants a thinner shaving or a sharper iron.",
        "Glue only what must not move, and let wide boards move.",
        "Oil darkens walnut in a way that no stain does.",
        "The bench is heavy because everything on it should stay where it is put.",
        "Reclaimed oak hides nails that a magnet finds more cheaply than a saw.",
        "Measure the drawer from the carcass, never from the plan.",
        "Our workshop opens on Saturdays, coffee included.",
    ),
    "history": (
        "The mill burned in 1784 and was rebuilt on the old wheel pit.",
        "Parish registers name eleven weavers in a street of fourteen houses.",
        "The toll board still hangs in the town hall, with the price for a score of oxen.",
        "A photograph of 1911 shows the square without a single motor car.",
        "Nobody knows who carved the angel, though the bill survives.",
        "The railway reached us late and left us early.",
        "Letters from the front were collected by the schoolmaster and bound.",
        "The society meets in the reading room and prints a bulletin each spring.",
        "Excavation of the well produced shoes, a ladle and a quarrel about dates.",
        "The map of 1840 is the first that gives every field its name.",
    ),
    "stars": (
        "Jupiter's moons are within reach of any steady pair of binoculars.",
        "Let your eyes get used to the dark for half an hour and keep the phone away.",
        "The comet was a smudge that only the patient believed in.",
        "We polish the mirror with pitch and rouge, a stroke at a time.",
        "On moonless nights the group drives to the quarry beyond the motorway.",
        "Seeing was poor, transparency excellent, and the tea cold.",
        "A star chart needs to be read with red light.",
        "The variable brightened by two magnitudes within a week.",
        "Children see the rings of Saturn and stop asking whether it is real.",
        "Our dome turns by hand, because the motor never did.",
    ),
    "bread": (
        "Feed the starter in the evening and bake when it has doubled.",
        "A wet dough is hard to handle and easy to eat.",
        "Fold four times in the first two hours and then leave it alone.",
        "Steam in the first ten minutes decides about the crust.",
        "Rye needs acid, wheat needs time.",
        "Our village oven is lit on the first Saturday of the month.",
        "Salt goes in last, after the flour has drunk its water.",
        "The loaf is done when it sounds hollow and you can no longer wait.",
        "Old bread makes soup, dumplings and friends.",
        "The miller's wife kept her recipe in pencil on the flour bin.",
    ),
    "family": (
        "Begin with what your grandmother remembers and write the date beside it.",
        "A census taker spelled our name in four ways on one street.",
        "Ship lists give an age that is rounded and a trade that is hopeful.",
        "Godparents are often aunts, and worth following.",
        "The register of 1823 is missing, but the tithe roll is not.",
        "Never copy a tree without its sources.",
        "Adoptions leave a gap in the index and a letter in a drawer.",
        "Our volunteers have transcribed nine thousand gravestones.",
        "Maps of enclosure explain why cousins moved on the same day.",
        "Keep the scan, the transcript and the doubt together.",
    ),
    "numbers": (
        "A mean without a spread is an opinion.",
        "Plot the data before you test anything about it.",
        "The control group drank the same water from another jug.",
        "With thirty observations the interval is wide, and that is the result.",
        "Outliers are questions before they are errors.",
        "We publish the questionnaire together with the tables.",
        "Correlation was strong until the year was held constant.",
        "Weights correct for who answered, not for who lied.",
        "The seminar works through one exercise a week on the blackboard.",
        "Rounding early is the cheapest way to be wrong.",
    ),
    "school": (
        "Pupils read the poem aloud before anybody explains it.",
        "The worksheet leaves room for a wrong answer and a second try.",
        "Group work fails when the roles are not clear.",
        "We planted the school hedge in one wet afternoon.",
        "Homework is checked by the neighbour first.",
        "The library lends microscopes as well as books.",
        "Parents are invited to the last half hour of every project week.",
        "A good question keeps the room quiet for a minute.",
        "Marks are given for the path, not for the number at its end.",
        "Our timetable fits on a postcard.",
    ),
}
HOME_LINES = (
    "Welcome. This site has been kept by volunteers since the days of modems.",
    "Here is what is new this month, and below it what has always been here.",
    "Use the menu to find your way; the sections are older than the menu.",
    "Write to us if something is missing, we read everything.",
)


def prose(subject: str, sentences: int, seed: object) -> list[str]:
    """Return paragraphs of a subject; another seed tells it in another order."""
    rng = random.Random(f"{subject} {seed}")
    pool = list(PROSE[subject])
    told: list[str] = []
    while len(told) < sentences:
        rng.shuffle(pool)
        told += pool
    told = told[:sentences]
    return [" ".join(told[start : start + 4]) for start in range(0, sentences, 4)]


def paragraphs(texts: Sequence[str]) -> str:
    """Return texts as paragraphs of markup."""
    return "\n".join(f"<p>{escape(text)}</p>" for text in texts)


def html(markup: str, status: int = 200, **headers: str) -> Behaviour:
    """Serve markup; in header names, underscores stand for hyphens."""
    return b.answer(
        markup, status, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def site(
    home: str | Behaviour,
    otherwise: str | Behaviour,
    paths: Mapping[str, str | Behaviour] | None = None,
) -> Site:
    """Return a host with its home page, its other pages, and what it says to any other path.

    An `otherwise` given as markup is sent with 404. robots.txt is missing unless it is in `paths`.
    """

    def behaviour(told: str | Behaviour, status: int = 200) -> Behaviour:
        return html(told, status) if isinstance(told, str) else told

    robots = {"/robots.txt": b.refusal(404)}
    pages = {path: behaviour(told) for path, told in (paths or {}).items()}
    return Site(behaviour(otherwise, 404), {"/": behaviour(home)} | robots | pages)


def copies(*captures: tuple[int, str]) -> tuple[Capture, ...]:
    """Return captures from year and markup; the markup "404" or "410" is that status."""
    return tuple(
        Capture(f"{year}0514093000", markup if markup.isdigit() else "200", body=markup)
        for year, markup in captures
    )
