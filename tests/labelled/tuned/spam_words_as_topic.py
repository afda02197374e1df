"""Living pages about gambling, medicine, money and the like, on sites that always were."""

from __future__ import annotations

from tests.labelled.case import Case
from tests.labelled.tuned.pages import (
    Place,
    Story,
    drupal,
    government,
    handmade,
    nextjs,
    shop,
    standing,
    typo3,
    university,
    wordpress,
)

CASES: tuple[Case, ...] = (
    standing(
        "history_of_a_casino",
        "the casino on the promenade",
        Place(
            "a-riviera-memory.example",
            "Riviera Memory",
            drupal,
            "A society for the history of the seaside towns between the two harbours.",
            ("Hotels", "Railways", "Casinos", "Postcards"),
        ),
        Story(
            "/casinos/pier-casino",
            "Casino, roulette and baccarat: the Pier Casino 1891–1944",
            """
            The casino at the end of the pier opened in July 1891 with a concert, a roulette table
            and a fire, which was put out by the orchestra. For half a century gambling paid for
            the gardens, the sewers and the tramway of the town.

            Baccarat was played upstairs by members only. Slot machines came in 1929, were taken
            away by the police in 1931 and returned the following summer with chocolate in them.

            In 1944 the pier was melted down for its metal. Chips and betting slips of the casino
            are kept by our society; the jackpot bell is rung when a talk goes on for too long.
            """,
            archived=("20150610120000", "20230115120000"),
        ),
    ),
    standing(
        "odds_of_poker_for_a_statistics_course",
        "poker probabilities worked out",
        Place(
            "a-chance-lectures.example",
            "Introduction to Probability, lecture notes",
            university,
            "Notes and exercises of the first-year course, with solutions to odd numbers.",
            ("Lectures", "Exercises", "Exams"),
        ),
        Story(
            "/lectures/07-poker.html",
            "Lecture 7: online poker, blackjack and counting cards",
            """
            There are 2,598,960 poker hands. Four of them are royal flushes, so the odds against
            being dealt one are 649,739 to 1. We count the others by choosing ranks first and suits
            second, and check that all the hands add up.

            In blackjack the cards already dealt matter, which is why casinos shuffle early and
            throw out players who count. Exercise 7.4 asks you to estimate the gain from counting:
            it is about one percent, before the free drinks.

            A bonus of a hundred dollars that must be bet thirty times at a game with a house edge
            of four percent is worth minus twenty dollars. Show this, and say what you assumed.
            """,
            archived=("20170922100000", "20240927100000"),
        ),
    ),
    standing(
        "betting_odds_explained_in_german",
        "Mathematik der Sportwetten",
        Place(
            "a-mathe-werkstatt.example",
            "Mathe-Werkstatt",
            typo3,
            "Unterrichtsmaterial für die Oberstufe, erprobt an drei Gymnasien.",
            ("Analysis", "Stochastik", "Geometrie", "Über uns"),
            "de",
        ),
        Story(
            "/stochastik/sportwetten",
            "Sportwetten und Wettquoten im Stochastikunterricht",
            """
            Aus den Quoten eines Buchmachers lassen sich die Wahrscheinlichkeiten ablesen, mit
            denen er rechnet, und der Anteil, den er behält. Die Kehrwerte der drei Quoten eines
            Fußballspiels ergeben zusammen immer mehr als eins.

            Die Lernenden sammeln die Quoten eines Spieltags, berechnen den Überschuss und
            vergleichen ihn mit Roulette und Lotto. Am Ende steht die Frage, warum ein Bonus für
            neue Kunden kein Geschenk ist.

            Das Material umfasst zwei Doppelstunden. Ein Hinweis zur Suchtprävention liegt bei.
            """,
            archived=("20190312080000",),
        ),
    ),
    standing(
        "pharmacology_of_a_famous_pill",
        "how sildenafil was discovered",
        Place(
            "a-medicines-past.example",
            "Medicines Past",
            wordpress,
            "The history of pharmacy, by retired pharmacists of the county hospital.",
            ("Poisons", "Apothecaries", "Twentieth century"),
        ),
        Story(
            "/twentieth-century/viagra/",
            "Viagra, Cialis, Levitra: an accident and its successors",
            """
            Sildenafil was meant for angina. In the trials of 1992 it did little for the heart, but
            the volunteers were slow to give back the tablets, and a nurse asked why.

            The pharmacy of our hospital received its first box in September 1998. A prescription
            was needed, and still is; “cheap Viagra online without prescription” became the most
            frequent subject of unwanted mail ever sent, and most of what was sold was chalk.

            Generic sildenafil followed in 2013. Cialis lasts longer, Levitra acts sooner, and the
            three of them have saved the rhinoceros nothing, whatever was hoped at the time.
            """,
            archived=("20180405090000",),
        ),
    ),
    standing(
        "university_help_with_essay_writing",
        "writing centre: essays",
        Place(
            "a-hillside-writing-centre.example",
            "Hillside College Writing Centre",
            drupal,
            "Free help with every kind of academic writing for students of the college.",
            ("Appointments", "Handouts", "For faculty"),
        ),
        Story(
            "/handouts/essay-writing",
            "Essay writing help",
            """
            An essay answers a question. Write the question on a card, put the card where you can
            see it, and strike out every paragraph that would not be missed by somebody who wants
            only the answer.

            Our tutors read drafts with you and ask what you meant; they do not write essays, and
            they do not correct commas. Bring the assignment, whatever you have on paper, and half
            an hour. An appointment is free and may be repeated.

            If a service offers to write your essay for money, talk to us before you pay. You would
            be surprised how often the essay was bought by somebody down the hall last year.
            """,
            archived=("20160901090000", "20231010090000"),
        ),
    ),
    standing(
        "government_advice_on_bitcoin",
        "before you buy crypto",
        Place(
            "a-consumer-office.example",
            "Office of Consumer Protection",
            government,
            "Advice and complaints: loans, contracts, travel, energy and savings.",
            ("Loans", "Savings", "Scams", "Complain"),
        ),
        Story(
            "/savings/bitcoin",
            "Bitcoin, crypto trading and guaranteed profit",
            """
            Nobody can guarantee a profit from trading in bitcoin. If somebody promises you a daily
            return, shows you a trading robot or asks you to install a program that lets him see
            your screen, you are being robbed.

            Last year 2,140 people of the state told us that they had lost money in this way, half
            of them after a call from a number which looked local. The average loss was 9,300.

            If you have already paid, ring your bank first, then the police, then us. Do not pay
            the company that offers to get your coins back: it is usually the same people.
            """,
        ),
    ),
    standing(
        "sex_education_by_a_health_service",
        "talking with teenagers about sex",
        Place(
            "a-district-health.example",
            "District Health Service",
            government,
            "Clinics, vaccinations and health at school in the northern district.",
            ("Clinics", "Vaccination", "Schools", "Emergencies"),
        ),
        Story(
            "/schools/sex-education",
            "Sex, porn and questions at eleven: a guide for parents",
            """
            Most children have seen pornography before they are thirteen, usually because somebody
            showed it to them on the bus. It is better to have talked about it earlier, in the car,
            without looking at each other, than afterwards and at length.

            Say that it is made by adults for adults, that it is acted, and that nobody has to
            watch it to be grown up. Answer what was asked. “I don't know, let me find out” is an
            answer too.

            Our nurses visit every school in year six. The questions children put into the box are
            answered in class, all of them, and the list can be borrowed by parents.
            """,
        ),
    ),
    standing(
        "replica_of_a_famous_watch",
        "building a replica of H4",
        Place(
            "a-balance-and-spring.example",
            "Balance & Spring",
            handmade,
            "A watchmaker's bench, photographed on Sundays.",
            ("Bench", "Replicas", "Books"),
        ),
        Story(
            "/replicas/h4.html",
            "Replica watches: two years with Harrison's H4",
            """
            The replica took two years, four balance springs and one marriage guidance course. It
            keeps time to within a second a day on the bench, and to within nothing in particular
            in the kitchen, where my wife has asked for it to be kept.

            The diamond pallets were the worst of it. Harrison never said how they were cut, and
            the drawings of 1767 show them the wrong way up.

            Cheap luxury replica watches are another thing altogether: please stop writing to me.
            """,
        ),
    ),
    standing(
        "slot_mortises_with_a_router",
        "slot mortises",
        Place(
            "a-joint-effort.example",
            "Joint Effort Woodworking",
            shop,
            "Plans, jigs and timber for people who would rather make it themselves.",
            ("Plans", "Jigs", "Timber", "Classes"),
        ),
        Story(
            "/plans/slot-mortise-jig",
            "Slot machine: a jig that cuts slot mortises",
            """
            This jig turns any plunge router into a slot mortising machine. It holds the rail on
            end, the stops give the length of the slot, and both halves of a loose tenon joint are
            cut with one setting.

            The plan has nine sheets and a cutting list. All of it can be made from one board of
            birch plywood, two lengths of track and a toggle clamp. Bet on two evenings of work.

            A spiral bit of ten millimetres cuts a clean slot at 16,000 turns; go down five
            millimetres at a time and clear the chips, or the bit will burn.
            """,
        ),
    ),
    standing(
        "indonesian_recipes_always_in_indonesian",
        "resep tempe goreng",
        Place(
            "a-dapur-nenek.example",
            "Dapur Nenek",
            wordpress,
            "Kumpulan resep masakan rumahan dari Jawa Tengah, ditulis oleh tiga cucu.",
            ("Resep", "Bumbu", "Cerita", "Kontak kami"),
            "id",
        ),
        Story(
            "/resep/tempe-goreng/",
            "Resep tempe goreng yang renyah dan gurih",
            """
            Nenek selalu merendam tempe dalam air bawang putih dan ketumbar selama setengah jam
            sebelum digoreng. Rahasianya ada pada garam yang cukup dan minyak yang benar-benar
            panas, sehingga bagian luarnya renyah tetapi dalamnya tetap lembut.

            Potong tempe setebal satu sentimeter, tusuk-tusuk dengan garpu, lalu rendam. Tiriskan
            dengan baik supaya minyak tidak meletup. Goreng tiga menit di setiap sisi.

            Sajikan dengan sambal terasi dan nasi hangat. Sisa tempe dapat disimpan di kulkas dan
            dipakai untuk tumisan pada hari berikutnya.
            """,
            archived=("20170315040000", "20240102040000"),
        ),
    ),
    standing(
        "loan_words_in_a_dictionary",
        "loan words in Old Norse",
        Place(
            "a-norse-lexicon.example",
            "Norse Lexicon Project",
            nextjs,
            "Every word of the sagas with the places where it stands.",
            ("Words", "Texts", "Grammar"),
        ),
        Story(
            "/words/loans",
            "Cheap loans: words Old Norse borrowed",
            """
            Languages lend without interest. Old Norse took words for the church from Old English,
            words for trade from Low German, and a handful of words for cattle from Irish.

            A loan is cheap when the word comes alone, and dear when it brings its inflection with
            it. The list gives 311 loans with their first attestation; payday is not among them.

            Some words came back: English “gift” and “loan” itself were given their present form by
            Norse settlers, who knew a thing or two about both.
            """,
        ),
    ),
)
