"""Domains, or only pages, that somebody unrelated has taken over, and pages that merely changed."""

from __future__ import annotations

from datetime import date

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
    oldschool,
    shop,
    story,
    wordpress,
)

_DAHLIA = Dress(
    "Tamar Dahlia Society", ("Shows", "Growing", "Tubers", "Join"), "Tamar Dahlia Society"
)
_SLOT = Dress(
    "Raja Gacor88",
    ("Slot Gacor", "Live Casino", "Togel Online", "Promosi", "Bukti Jackpot"),
    "© 2025 Raja Gacor88. Bermainlah dengan bijak. 18+",
    "id",
)
_LUTHIER = Dress("Dulcimer Builders", ("Wood", "Frets", "Strings", "Plans"), "Dulcimer Builders")
_THAI = Dress(
    "สล็อตเว็บตรง",
    ("สมัครสมาชิก", "ทางเข้าเล่น", "โปรโมชั่น", "บาคาร่าออนไลน์"),
    "สล็อตเว็บตรง แตกง่าย อันดับ 1",
    "th",
)
_CENSUS = Dress(
    "Shetland Family History Notes",
    ("Census", "Crofts", "Emigrants", "Books"),
    "Compiled by J. Isbister",
)
_BET_ZH = Dress(
    "金沙娱乐城",
    ("真人视讯", "体育投注", "电子游艺", "优惠活动", "手机下载"),
    "金沙娱乐城官方网站 版权所有",
    "zh",
)
_DEEPSKY = Dress("Deep Sky Sketching", ("Gallery", "Materials", "Lessons"), "Deep Sky Sketching")
_VAVADA = Dress(
    "Казино Удача",
    ("Игровые автоматы", "Бонусы", "Рабочее зеркало", "Регистрация", "Турниры"),
    "Казино Удача. Лицензия Кюрасао. 18+",
    "ru",
)
_VINEGAR = Dress("Vinegar Mothers", ("Cider", "Malt", "Wine", "Trouble"), "Vinegar Mothers")
_BONUS = Dress(
    "Deneme Bonusu Rehberi",
    ("Bahis Siteleri", "Casino Siteleri", "Bonuslar", "Giriş Adresleri"),
    "Deneme bonusu veren siteler 2025",
    "tr",
)
_ESSAY_ONCE = Dress(
    "The Writing Room", ("Handouts", "Grammar", "Citing", "Tutors"), "Lowell Hall, room 12"
)
_CHESS = Dress(
    "Elm Valley Chess Club",
    ("Club nights", "Juniors", "League", "Find us"),
    "Elm Valley Chess Club",
)
_NURSERY = Dress(
    "Mossy Bank Nursery",
    ("Ferns", "Hostas", "Opening hours", "Delivery"),
    "Mossy Bank Nursery, Lane End",
)
_CLOGS = Dress(
    "Clog Makers' Workshop",
    ("Tools", "Soles", "Classes", "Contact"),
    "Clog Makers' Workshop, Unit 5",
)
_VIET = Dress(
    "Nhà cái KM8",
    ("Đăng ký", "Nạp tiền", "Cá cược thể thao", "Nổ hũ", "Khuyến mãi"),
    "Nhà cái uy tín hàng đầu châu Á",
    "vi",
)

_RAJA = wordpress(
    _SLOT,
    "Raja Gacor88: Situs Slot Gacor Hari Ini Gampang Maxwin",
    story(
        "Raja Gacor88 Situs Slot Gacor Terpercaya",
        "Raja Gacor88 adalah situs slot gacor hari ini dengan RTP tertinggi dan bonus new member"
        " seratus persen. Daftar sekarang, deposit pulsa tanpa potongan, menang berapa pun dibayar.",
        "Nikmati ratusan permainan judi online resmi: slot, live casino, togel, sabung ayam dan"
        " taruhan bola, semuanya hanya dengan satu akun dan layanan 24 jam.",
    ),
)
_SAWATDEE = hugo(
    _THAI,
    "สล็อตเว็บตรง คาสิโนออนไลน์ ฝากถอนไม่มีขั้นต่ำ",
    story(
        "สล็อตเว็บตรง แตกง่าย จ่ายจริง",
        "เว็บพนันออนไลน์อันดับหนึ่ง รวมเกมสล็อต บาคาร่า และคาสิโนสดครบทุกค่าย ฝากถอนรวดเร็วด้วยระบบอัตโนมัติ",
        "สมัครสมาชิกวันนี้ รับโบนัสทันที 100% เดิมพันขั้นต่ำเพียง 1 บาท ปลอดภัย มั่นคง ไม่มีโกง",
    ),
)
_JINSHA = drupal(
    _BET_ZH,
    "金沙娱乐城_澳门赌场官网_真人百家乐",
    story(
        "金沙娱乐城欢迎您",
        "金沙娱乐城提供真人百家乐、老虎机、体育博彩、彩票投注等多种线上娱乐项目，注册即送彩金八十八元。",
        "存取款三分钟到账，二十四小时在线客服，手机投注随时随地，是您值得信赖的博彩平台。",
    ),
)
_UDACHA = wordpress(
    _VAVADA,
    "Казино Удача: официальный сайт, вход и рабочее зеркало",
    story(
        "Официальный сайт казино Удача",
        "Играйте в лучшие игровые автоматы на реальные деньги. За регистрацию сто фриспинов без"
        " депозита, вывод выигрыша за пятнадцать минут на любую карту.",
        "Если сайт не открывается, используйте рабочее зеркало: ставки, слоты, рулетка и покер"
        " доступны круглосуточно с компьютера и телефона.",
    ),
)
_DENEME = news(
    _BONUS,
    "Deneme Bonusu Veren Siteler 2025 - Yeni Casino ve Bahis Siteleri",
    story(
        "Deneme bonusu veren siteler",
        "Yatırım şartsız deneme bonusu veren güvenilir bahis ve casino sitelerinin güncel listesi."
        " Üye olun, bonusu alın, çevrim şartı olmadan kazancınızı çekin.",
        "Canlı bahis, slot oyunları, rulet ve poker için güncel giriş adreslerini her gün yeniliyoruz.",
    ),
)
_NHACAI = hugo(
    _VIET,
    "KM8 - Nhà cái cá cược uy tín, đăng ký nhận 88K",
    story(
        "KM8 nhà cái uy tín số một",
        "Cá cược thể thao, casino trực tuyến, nổ hũ, bắn cá đổi thưởng và xổ số với tỷ lệ cao nhất."
        " Nạp rút siêu tốc trong hai phút, hỗ trợ khách hàng suốt ngày đêm.",
    ),
)
_PILLS = office(
    _NURSERY,
    "Buy Viagra Online Without Prescription - Cheap Generic Cialis",
    story(
        "Buy generic Viagra without prescription",
        "Order cheap Viagra, Cialis and Levitra from a trusted online pharmacy. No prescription is"
        " needed, shipping is discreet, and every order comes with free bonus pills.",
        "Viagra 100 mg from $0.49 per pill. Pay by card or Bitcoin. Overnight delivery to any state.",
    ),
)
_MILL = wordpress(
    Dress(
        "EssayHeroes", ("Order now", "Prices", "Our writers", "Reviews", "FAQ"), "EssayHeroes 2025"
    ),
    "Write My Essay For Me | Cheap Custom Essay Writing Service",
    story(
        "Pay someone to write your essay",
        "Our custom essay writing service delivers plagiarism-free papers from $9 a page. Order"
        " now, choose your writer, and get your dissertation or term paper before the deadline.",
        "Money-back guarantee, unlimited revisions, and writers with degrees in ninety subjects.",
    ),
)
_BITCOIN = wordpress(
    _CHESS,
    "Elm Valley Chess Club - 10 Best Bitcoin Casinos With No Deposit Bonus",
    story(
        "10 best Bitcoin casinos with no deposit bonus",
        "We have reviewed dozens of crypto casinos so that you do not have to. Free spins, instant"
        " payouts and provably fair slots: these ten gambling sites lead our list this month.",
        "Use our promo code to claim up to five bitcoin on your first four deposits. Terms apply.",
    ),
)
_SHOES = shop(
    _CLOGS,
    "【激安】ブランドスニーカー スーパーコピー 通販 送料無料",
    story(
        "ブランド靴 スーパーコピー 激安通販",
        "最高品質のブランドコピー靴、財布、バッグを激安価格で販売しています。",
        "全国送料無料、代引き対応、正規品と見分けがつかないＮ級品のみを取り扱っております。",
    ),
)
_ESCORT = hugo(
    Dress("Velvet Nights", ("Girls", "Outcall", "Rates", "VIP"), "Adults only. 18+"),
    "Velvet Nights | Escorts and Erotic Massage, 24/7",
    story(
        "High class escorts in your city",
        "Meet our independent escort girls tonight. Erotic massage, outcall to hotels, full"
        " discretion. Adults only: by entering you confirm that you are eighteen or older.",
        "New girls every week, real photos, nude galleries and live sex cams for members.",
    ),
)


CASES: tuple[Case, ...] = (
    Case(
        "hijacked_indonesian_slots",
        ("hijacked",),
        "tamardahlias.test/growing/lifting-tubers.html",
        "Lifting and storing dahlia tubers",
        {"tamardahlias.test": everywhere(b.answer(_RAJA))},
        captures={
            "tamardahlias.test/growing/lifting-tubers.html": (
                at(
                    "20180412",
                    hugo(
                        _DAHLIA,
                        "Lifting dahlia tubers - Tamar Dahlia Society",
                        story(
                            "Lifting and storing tubers",
                            "Wait for the first frost to blacken the leaves, then cut the stems to"
                            " a hand's width and lift with a fork, never with a spade.",
                            "Dry the tubers upside down for a week. Store them in barely damp sand"
                            " where neither frost nor mice can get at them, and look at Christmas.",
                        ),
                    ),
                ),
                at("20241002", _RAJA),
            )
        },
        registered={"tamardahlias.test": date(2023, 2, 11)},
    ),
    Case(
        "hijacked_thai_casino",
        ("hijacked",),
        "dulcimerbuilders.test/plans/hourglass",
        "Hourglass dulcimer plans",
        {"dulcimerbuilders.test": everywhere(b.answer(_SAWATDEE))},
        captures={
            "dulcimerbuilders.test/plans/hourglass": (
                at(
                    "20150921",
                    oldschool(
                        _LUTHIER,
                        "Hourglass dulcimer",
                        "<H1>The hourglass dulcimer</H1><P>Bend the sides over a hot pipe, glue them"
                        " to walnut blocks and let them rest for a day. The top is spruce, an eighth"
                        " of an inch, the fretboard hollow so that the top may sing.",
                    ),
                ),
            )
        },
        registered={"dulcimerbuilders.test": date(2021, 6, 30)},
    ),
    Case(
        "hijacked_chinese_betting",
        ("hijacked",),
        "shetlandkin.test/census/1881.htm",
        "Shetland in the 1881 census",
        {"shetlandkin.test": everywhere(b.answer(_JINSHA))},
        captures={
            "shetlandkin.test/census/1881.htm": (
                at(
                    "20111111",
                    oldschool(
                        _CENSUS,
                        "Shetland 1881",
                        "<H1>Shetland in 1881</H1><P>29,705 people in 5,612 houses. The enumerators"
                        " wrote patronymics as they heard them, so look under Jamieson and James's"
                        " son alike. Fishermen at sea that night are listed aboard.",
                    ),
                ),
                at("20160204", "<title>Not Found</title>", "404"),
            )
        },
    ),
    Case(
        "hijacked_russian_casino",
        ("hijacked",),
        "deepskysketching.test/lessons/globulars",
        "Sketching globular clusters",
        {"deepskysketching.test": everywhere(b.answer(_UDACHA))},
        captures={
            "deepskysketching.test/lessons/globulars": (
                at(
                    "20190730",
                    hugo(
                        _DEEPSKY,
                        "Sketching globular clusters",
                        story(
                            "Sketching globular clusters",
                            "Start with the glow, not with the stars. Smudge a soft pencil over the"
                            " core with a paper stump, then add the brightest stars in a frame of"
                            " triangles, and only then stipple the halo with averted vision.",
                        ),
                    ),
                ),
            )
        },
        registered={"deepskysketching.test": date(2024, 1, 9)},
    ),
    Case(
        "hijacked_by_a_redirect_to_turkish_betting",
        ("hijacked",),
        "vinegarmothers.test/trouble/vinegar-eels",
        "vinegar eels",
        {
            "vinegarmothers.test": everywhere(
                b.redirect("http://denemebonusu-rehberi.test:{port}/tr", 301)
            ),
            "denemebonusu-rehberi.test": host(_DENEME, b.refusal(404), {"/tr": b.answer(_DENEME)}),
        },
        captures={
            "vinegarmothers.test/trouble/vinegar-eels": (
                at(
                    "20200909",
                    wordpress(
                        _VINEGAR,
                        "Vinegar eels",
                        story(
                            "Vinegar eels",
                            "Hold the jar against the light: the tiny threads that dance below the"
                            " surface are harmless nematodes. Pasteurise the vinegar, filter it"
                            " through paper and start again with a clean mother.",
                        ),
                    ),
                ),
            )
        },
        registered={"vinegarmothers.test": date(2022, 12, 1)},
    ),
    Case(
        "hijacked_page_of_a_living_nursery",
        ("hijacked", "drifted"),
        "mossybanknursery.test/wp-content/guides/hart-tongue-ferns.html",
        "growing hart's tongue ferns",
        {
            "mossybanknursery.test": host(
                office(
                    _NURSERY,
                    "Mossy Bank Nursery: ferns and hostas",
                    story(
                        "Ferns for dark corners", "Open from March to October, closed on Mondays."
                    ),
                ),
                b.missing("Mossy Bank Nursery"),
                {"/wp-content/guides/hart-tongue-ferns.html": b.answer(_PILLS)},
            )
        },
        captures={
            "mossybanknursery.test/wp-content/guides/hart-tongue-ferns.html": (
                at(
                    "20210617",
                    office(
                        _NURSERY,
                        "Growing hart's tongue ferns",
                        story(
                            "Growing hart's tongue ferns",
                            "They like lime, which few ferns do, and will root in the mortar of a"
                            " north wall. Plant them slantwise so that the crown sheds the rain.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "hijacked_by_an_essay_mill",
        ("hijacked",),
        "thewritingroom.test/handouts/thesis-statements",
        "Handout: thesis statements",
        {"thewritingroom.test": everywhere(b.answer(_MILL))},
        captures={
            "thewritingroom.test/handouts/thesis-statements": (
                at(
                    "20170131",
                    office(
                        _ESSAY_ONCE,
                        "Thesis statements - The Writing Room",
                        story(
                            "Thesis statements",
                            "A thesis is a claim that a sensible reader could dispute. If nobody"
                            " could disagree with your sentence, it is a fact, not a thesis.",
                            "Come to the room with your draft; our tutors ask, they do not rewrite.",
                        ),
                    ),
                ),
            )
        },
        registered={"thewritingroom.test": date(2020, 10, 19)},
    ),
    Case(
        "hijacked_under_the_old_name",
        ("hijacked",),
        "elmvalleychess.test/juniors/beginners-course",
        "beginners' course",
        {"elmvalleychess.test": everywhere(b.answer(_BITCOIN))},
        captures={
            "elmvalleychess.test/juniors/beginners-course": (
                at(
                    "20181103",
                    wordpress(
                        _CHESS,
                        "Beginners' course - Elm Valley Chess Club",
                        story(
                            "Beginners' course",
                            "Ten Saturdays, from how the knight moves to mate with king and rook."
                            " Children from seven, parents welcome, boards and juice provided.",
                        ),
                    ),
                ),
                at("20200216", "<title>Elm Valley Chess Club</title><p>See you on Friday.</p>"),
            )
        },
        registered={"elmvalleychess.test": date(2023, 8, 23)},
    ),
    Case(
        "hijacked_page_sells_replica_shoes",
        ("hijacked",),
        "clogworkshop.test/tools/stock-knives.php",
        "Stock knives and how to sharpen them",
        {
            "clogworkshop.test": host(
                shop(
                    _CLOGS,
                    "Clog Makers' Workshop",
                    story("Clogs from alder and leather", "Classes for six people at a time."),
                ),
                b.missing("Clog Makers' Workshop"),
                {"/tools/stock-knives.php": b.answer(_SHOES)},
            )
        },
        captures={
            "clogworkshop.test/tools/stock-knives.php": (
                at(
                    "20220330",
                    shop(
                        _CLOGS,
                        "Stock knives - Clog Makers' Workshop",
                        story(
                            "Stock knives",
                            "Three knives make a sole: the blade roughs it, the hollower shapes the"
                            " tread, the gripper cuts the rebate. Whet them on a slate, never on a"
                            " wheel, and hang them up with the edge to the wall.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "hijacked_vietnamese_bookmaker",
        ("hijacked",),
        "bluffcreekhistory.test/",
        "Bluff Creek Historical Society",
        {"bluffcreekhistory.test": everywhere(b.answer(_NHACAI))},
        captures={
            "bluffcreekhistory.test/": (
                at(
                    "20160512",
                    hugo(
                        Dress(
                            "Bluff Creek Historical Society",
                            ("Mill", "School", "Depot"),
                            "Est. 1971",
                        ),
                        "Bluff Creek Historical Society",
                        story(
                            "Bluff Creek Historical Society",
                            "The one-room school is open on Sundays in summer. Our volunteers have"
                            " transcribed the ledgers of the mill and the letters of its owner.",
                        ),
                    ),
                ),
            )
        },
        registered={"bluffcreekhistory.test": date(2022, 4, 4)},
    ),
    Case(
        "hijacked_by_an_escort_agency",
        ("hijacked",),
        "countrydancetunes.test/abc/jigs.html",
        "Jigs in ABC notation",
        {"countrydancetunes.test": everywhere(b.answer(_ESCORT))},
        captures={
            "countrydancetunes.test/abc/jigs.html": (
                at(
                    "20140714",
                    "<html><head><title>Jigs</title></head><body><h1>Jigs in ABC</h1><p>Seventy jigs"
                    " collected at sessions between 1996 and 2012, most with chords. Paste them into"
                    " any ABC program to see the dots. Corrections are always welcome.</p></body></html>",
                ),
            )
        },
        registered={"countrydancetunes.test": date(2019, 9, 9)},
    ),
    Case(
        "drifted_to_a_yoga_studio",
        ("drifted", "hijacked"),
        "copperlane.test/taproom/bottle-conditioning",
        "Bottle conditioning at home",
        {
            "copperlane.test": host(
                wordpress(
                    Dress("Copper Lane", ("Classes", "Teachers", "Prices"), "Copper Lane Yoga"),
                    "Copper Lane Yoga",
                    story("Breathe in", "Classes every morning and evening, mats provided."),
                ),
                b.missing("Copper Lane"),
                {
                    "/taproom/bottle-conditioning": b.answer(
                        wordpress(
                            Dress(
                                "Copper Lane", ("Classes", "Teachers", "Prices"), "Copper Lane Yoga"
                            ),
                            "Our studio - Copper Lane Yoga",
                            story(
                                "Our studio",
                                "Two rooms above the old yard, with a wooden floor, plenty of"
                                " daylight and a kettle that is always on. We teach hatha and yin,"
                                " and keep classes small enough to know everybody by name.",
                                "Bring warm socks. The first class is free, and nobody will ask you"
                                " to stand on your head.",
                            ),
                        )
                    )
                },
            )
        },
        captures={
            "copperlane.test/taproom/bottle-conditioning": (
                at(
                    "20190214",
                    wordpress(
                        Dress("Copper Lane Brewery", ("Beers", "Taproom", "Tours"), "Copper Lane"),
                        "Bottle conditioning - Copper Lane Brewery",
                        story(
                            "Bottle conditioning",
                            "Six grams of sugar for each litre give a lively ale. Boil the sugar in"
                            " a little water, stir it gently into the beer, fill, cap and wait for"
                            " two weeks in a warm cupboard. Then move the bottles to the cellar.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "drifted_number_given_to_another_page",
        ("drifted",),
        "hollowford.test/node/318",
        "Hollowford mill leat survey",
        {
            "hollowford.test": host(
                drupal(
                    Dress(
                        "Hollowford", ("News", "Council", "Clubs"), "The Hollowford village site"
                    ),
                    "Hollowford village",
                    story(
                        "Welcome to Hollowford", "News and notices from a village of four hundred."
                    ),
                ),
                b.missing("Hollowford"),
                {
                    "/node/318": b.answer(
                        drupal(
                            Dress("Hollowford", ("News", "Council", "Clubs"), "The village site"),
                            "Bin collection days | Hollowford",
                            story(
                                "Bin collection days",
                                "Green bins go out on alternate Wednesdays, grey bins on the Fridays"
                                " between. Please have them at the kerb by seven in the morning and"
                                " take them in the same day. After a bank holiday, add one day.",
                            ),
                            '<link rel="canonical" href="http://hollowford.test/node/318">',
                        )
                    )
                },
            )
        },
        captures={
            "hollowford.test/node/318": (
                at(
                    "20130807",
                    drupal(
                        Dress("Hollowford", ("News", "History", "Clubs"), "The village site"),
                        "The mill leat | Hollowford",
                        story(
                            "The mill leat: a survey",
                            "We walked the leat from the weir to the wheel pit and found nine of the"
                            " eleven sluices drawn on the estate map. Levels were taken every fifty"
                            " paces; the fall is one in nine hundred. Photographs follow.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "drifted_into_advice_for_happy_living",
        ("drifted", "hijacked"),
        "plainregression.test/residuals/leverage.html",
        "leverage and residuals",
        {
            "plainregression.test": host(
                hugo(
                    Dress(
                        "Plain and Happy", ("Home", "Sleep", "Money", "Travel"), "Plain and Happy"
                    ),
                    "Plain and Happy",
                    story("Live plainly", "Small habits for long days, shared every week."),
                ),
                b.missing("Plain and Happy"),
                {
                    "/residuals/leverage.html": b.answer(
                        hugo(
                            Dress("Plain and Happy", ("Home", "Sleep", "Money"), "Plain and Happy"),
                            "Ten small habits for calmer mornings",
                            story(
                                "Ten small habits for calmer mornings",
                                "Lay out your clothes at night. Drink a glass of water before you"
                                " look at a screen. Open a window. Make the bed, if only because it"
                                " is the one thing that will stay done for the whole day.",
                                "None of this is science, and all of it is cheap. Try two of them"
                                " for a week, keep what helps and forget about the rest.",
                            ),
                        )
                    )
                },
            )
        },
        captures={
            "plainregression.test/residuals/leverage.html": (
                at(
                    "20180124",
                    oldschool(
                        Dress(
                            "Plain Regression",
                            ("Lines", "Residuals", "Exercises"),
                            "Plain Regression",
                        ),
                        "Leverage",
                        "<H1>Leverage</H1><P>A point far from the mean of x pulls the line towards"
                        " itself, so its residual is small just where you want to see a large one."
                        " Divide each residual by the square root of one minus its leverage.",
                    ),
                ),
            )
        },
    ),
)
