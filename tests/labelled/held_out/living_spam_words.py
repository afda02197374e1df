"""Living pages that speak of what spam speaks of, because that is their honest subject."""

from __future__ import annotations

from datetime import date

from tests.labelled.case import Case
from tests.labelled.held_out.pages import (
    Publisher,
    Story,
    drupal,
    living,
    static,
    typo3,
    university,
    wiki,
    wordpress,
)

KURSAAL = Publisher(
    "a-geschichtsverein-quellbad.test",
    "Geschichtsverein Quellbad",
    "Wir erforschen die Geschichte des Kurorts und seiner Gäste.",
    typo3,
    ("Aufsätze", "Vorträge", "Archiv"),
    language="de",
    others=("Die Trinkhalle", "Kurgäste aus Sankt Petersburg", "Jahresheft 41"),
)
RENEWED = Publisher(
    "a-dobsonian-builders.test",
    "Dobsonian Builders' Circle",
    "We grind mirrors in a scout hut and look through them on the moor.",
    wordpress,
    ("Mirrors", "Mounts", "Star parties"),
    others=("Testing with a razor blade", "A mount from a bread board", "November on the moor"),
    kilobytes=5,
)
GRINDING = Story(
    "/mirrors/grinding-an-eight-inch/",
    "Grinding an eight-inch mirror",
    """
Two discs of plate glass, a barrel filled with bricks, and carborundum in six grades: that is the
workshop. The upper disc becomes the mirror because its centre wears while its edge does not.

Walk round the barrel. A third of a stroke forward, a third back, a little turn of the glass, a step
to the left: after ten hours you stop thinking of it. Measure the depth with a straightedge and a
feeler gauge. For f/7 on eight inches you want 1.8 millimetres.

When every pit of the last grade has gone, wash everything, the barrel, your hair, your apron, and
only then open the next packet.
""",
)

CASES = (
    living(
        "alive_history_of_a_casino",
        "das Casino im alten Kurhaus",
        KURSAAL,
        Story(
            "/aufsaetze/spielbank.html",
            "Das Casino von Quellbad: Roulette und Baccarat 1834-1872",
            """
Als der Pächter Bénazet die Konzession erhielt, versprach er dem Großherzog ein neues Theater. Er
hielt Wort: Das Geld vom Roulettetisch bezahlte Orchester, Gasbeleuchtung und die Allee.

## Wer spielte?

Die Fremdenlisten nennen russische Offiziere, englische Witwen und Pariser Schauspielerinnen. Die
Einheimischen durften den Saal nicht betreten; sie verdienten an Zimmern, Kutschen und Pfandleihe.
Ein Jackpot war unbekannt, ein Bonus auch: Die Bank lebte vom Zéro.

## Das Ende

Mit dem Gesetz von 1868 lief die Konzession aus. In der letzten Nacht, dem 31. Dezember 1872, soll
der Croupier geweint haben. Im Spielsaal tagt heute der Gemeinderat.
""",
        ),
        captured=("20170504093312", "20230919140555"),
    ),
    living(
        "alive_apothecary_garden_pharmacy",
        "plants of the monastery pharmacy",
        Publisher(
            "a-physicgarden.test",
            "St Alder's Physic Garden",
            "A walled garden of three hundred medicinal plants, open April to October.",
            drupal,
            ("Visit", "The beds", "Learn"),
            others=("Bed 4: the stomach", "School visits", "Poisons behind the grille"),
        ),
        Story(
            "/learn/online-pharmacy",
            "Online pharmacy: the monks' medicine cupboard",
            """
Before you buy any pills, look at what Brother Anselm kept in his cupboard in 1538. This online
exhibition opens its forty drawers one at a time.

Drawer 1 holds valerian, "for them that sleepe not". Drawer 2 holds willow bark, which he gave for
fevers with no idea of the salicylates in it. Drawer 9, the one children ask about, held dried
toads. Drawer 17 was a love potion without prescription, and according to the infirmarer it was
mostly ginger.

All plants but the mandrake grow in the beds below the south wall. Nothing here is medical advice,
and please do not eat the foxgloves.
""",
        ),
        captured=("20220310120000",),
    ),
    living(
        "alive_university_essay_writing",
        "how to write an essay",
        Publisher(
            "a-ridgeway-writing.test",
            "Ridgeway University Writing Centre",
            "Tutors in all faculties; drop in on weekdays from ten to four.",
            university,
            ("Handouts", "Tutorials", "Staff"),
            others=("Citing a map", "Paragraphs", "Feedback and what to do with it"),
        ),
        Story(
            "/handouts/essay_writing.html",
            "Essay writing help: from the question to the last draft",
            """
Do not buy essays. A paper from an essay writing service costs more than a tutorial, which is free,
and our examiners recognise the house style of the large mills by now.

## Read the question twice

Underline the verb. "Assess" wants a judgement with reasons, "outline" does not. Underline the
limits: a period, a region, a text.

## Write the middle first

The introduction promises what the essay does, so you cannot write it before you know. Begin with
the paragraph you are surest of. Each paragraph makes one claim, gives the evidence, and says why
the evidence matters.

## Leave it for a night

Read it aloud the next morning. Where you run out of breath there is a sentence to cut.
""",
        ),
        captured=("20180912080101", "20210912080105"),
    ),
    living(
        "alive_probability_of_poker_and_roulette",
        "probability of poker hands",
        Publisher(
            "a-chanceandodds.test",
            "Chance and Odds",
            "A free course in probability for the last two years of school.",
            static,
            ("Lessons", "Problems", "Solutions"),
        ),
        Story(
            "/lessons/05-casino-games.html",
            "Lesson 5: poker, roulette, slots and why the casino wins",
            """
A five-card hand can be dealt in C(52, 5) = 2 598 960 ways. Count the full houses: choose the rank
of the triple (13), its suits (4), the rank of the pair (12), its suits (6). That makes 3744, or
about one deal in 694.

In European roulette a bet on red wins 18 times in 37. The expected loss of a one-euro bet is 1/37
of a euro, 2.7 cents, whatever betting system you read about. Free spins and bonuses move the
numbers about; they do not change the sign.

- Problem 5.1. What is the chance of at least one pair?
- Problem 5.2. A slot machine pays back 92 per cent. You play 600 times at 20 cents. How much do you
expect to have lost?
- Problem 5.3. Why does doubling after each loss not help?
""",
        ),
        captured=("20200301000000",),
    ),
    living(
        "alive_replica_shoes_of_reenactors",
        "replica medieval turnshoes",
        Publisher(
            "a-cordwainers-guild.test",
            "Guild of Living Cordwainers",
            "Reenactors who make shoes after finds from London, York and Novgorod.",
            wiki,
            ("Finds", "Patterns", "Suppliers"),
            others=("Novgorod, type 3", "Waxed thread", "Lasts from ash"),
        ),
        Story(
            "/index.php/Replica_shoes",
            "Replica shoes",
            """
<b>Replica shoes</b> are made after a particular find; a <i>reconstruction</i> fills in what the
find lacks. Cheap replicas from the trade are usually welted, which is wrong before about 1500.

## Turnshoe

The shoe is sewn inside out over a last, soaked, and turned. Use vegetable-tanned cowhide of 2 mm
for the upper and 4 mm for the sole. Sew with a double running thread of waxed linen, six stitches
to the inch, never through the grain side of the sole.

## Finds to work from

- Baynard's Castle, ankle shoe with front lacing, about 1380
- Coppergate 7, slip-on with a pointed heel
- Novgorod, embroidered, child's size
""",
        ),
    ),
    living(
        "alive_comments_full_of_casino_spam",
        "sourdough from wild yeast",
        Publisher(
            "a-crumbandcrust.test",
            "Crumb and Crust",
            "One oven, one flour, many loaves.",
            wordpress,
            ("Bread", "Buns", "Disasters"),
            others=("Rye in a flower pot", "Salt, when?", "A loaf for the hospital"),
            kilobytes=7,
        ),
        Story(
            "/2012/02/wild-yeast-starter/",
            "A starter from nothing but rye and water",
            """
Stir fifty grams of wholemeal rye into fifty of water, cover it with a saucer, and put it where you
will see it. On the second day it smells of hay, on the third of feet. Do not give up on the third
day.

Feed it each morning: throw half away, add as much again. On the fifth or sixth day it doubles
before lunch and smells of apples. Now it is yours; give it a name.

Keep it in the fridge in a jar with a loose lid. Mine is called Gerald and has outlived two ovens.
""",
            tail="""<div id="comments"><h2>4 thoughts on this</h2><ol class="comment-list">
<li>Mine smelled of feet for a week and then of cider. Thank you! - Petra</li>
<li>Best <a href="http://slots-gacor.invalid/">slot gacor online casino</a> free spins bonus no
deposit, buy cheap viagra cialis without prescription, nice blog</li>
<li>judi bola terpercaya, <a href="http://bet.invalid/">bandar togel</a> jackpot</li>
<li>Does it work with spelt? - Ole</li></ol></div>""",
        ),
        captured=("20130601101112",),
    ),
    living(
        "alive_bitcoin_lesson",
        "how a blockchain works, for the classroom",
        Publisher(
            "a-cs-unplugged-north.test",
            "Computing Without Computers",
            "Lessons with paper, string and chalk for ages ten to sixteen.",
            drupal,
            ("Lessons", "Teachers", "Downloads"),
            others=("Sorting hats", "Parity magic", "Routers made of pupils"),
        ),
        Story(
            "/lessons/paper-bitcoin",
            "Paper bitcoin: a crypto currency on the blackboard",
            """
Time: two lessons of 45 minutes. You need index cards, dice and a roll of wallpaper.

Each pupil starts with ten crypto coins, written into the first block on the wallpaper. To pay,
write a card and hold it up; three "miners" race to roll dice until the sum of a block is divisible
by seven. The first may copy the cards into the next block and takes one coin as profit.

In the second lesson two pupils cheat: they try to spend the same coin twice. The class finds out
why the longest roll wins, how much dice rolling is wasted, and why nobody can get rich quick unless
somebody else gets poor.
""",
        ),
    ),
    Case(
        "alive_registered_again_by_the_same_club",
        ("alive",),
        f"{RENEWED.host}{GRINDING.path}",
        "grinding your own telescope mirror",
        {RENEWED.host: RENEWED.serving(GRINDING)},
        captures={
            f"{RENEWED.host}{GRINDING.path}": RENEWED.archived(
                GRINDING, "20140216100512", "20190707070707"
            )
        },
        registered={RENEWED.host: date(2021, 3, 9)},
    ),
)
