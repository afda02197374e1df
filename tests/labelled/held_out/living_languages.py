"""Living pages in other scripts, encodings and tongues, or translated since they were archived."""

from __future__ import annotations

from brokenlinks.demo import misbehaviours as m
from tests.labelled.case import Case
from tests.labelled.held_out.pages import (
    Publisher,
    Story,
    bare,
    drupal,
    living,
    news,
    serve,
    typo3,
    wiki,
    wordpress,
)

MISO = Publisher(
    "a-kurabito.test",
    "蔵人ノート",
    "信州の小さな味噌蔵から、仕込みの記録をお届けします。",
    wordpress,
    ("仕込み", "麹", "蔵の歴史"),
    language="ja",
    others=("麹の温度", "樽の手入れ", "大豆の選び方"),
)
MISO_MAKING = Story(
    "/shikomi/miso/",
    "自家製味噌の仕込み方",
    """
大豆は前の晩から水に浸し、三倍にふくらむまで待ちます。指でつぶれるくらいまで、
弱火で四時間ほど煮てください。

米麹と塩をよく混ぜ、人肌に冷ました大豆と合わせます。空気を抜きながら樽に詰め、
表面に塩をふって重石をのせます。

梅雨が明けたら一度上下を返します。カビが出てもあわてず、その部分だけ取り除けば大丈夫です。
半年で食べられますが、一年待つと香りがまるで違います。
""",
)
BADEN = Publisher(
    "a-winzerlexikon.test",
    "Winzerlexikon",
    "Begriffe aus Keller und Weinberg.",
    bare,
    ("A-K", "L-Z"),
    language="de",
)
MUST = Story(
    "/gaerung.htm",
    "Gärung und Würze: von der Öchslewaage zur Flaschengärung",
    """
Die Hefe vergärt Zucker zu Alkohol und Kohlensäure. Bei kühler Führung dauert das drei Wochen, bei
warmer fünf Tage, und man schmeckt den Unterschied. Früher störte man sich nicht daran, heute kühlt
jeder größere Betrieb.

Für die Flaschengärung füllt man den Grundwein mit etwas Zucker und Hefe in dickwandige Flaschen.
Nach dem Rütteln sitzt das Depot im Hals, wird vereist und fliegt beim Öffnen heraus.
""",
)
RADIO = Publisher(
    "a-radiokruzhok.test",
    "Радиокружок",
    "Схемы для начинающих радиолюбителей.",
    bare,
    ("Схемы", "Детали"),
    language="ru",
)
RECEIVER = Story(
    "/shemy/priemnik.html",
    "Детекторный приёмник за один вечер",
    """
Для приёмника нужны катушка, переменный конденсатор, диод и высокоомные наушники. Батарейка не
нужна: вся энергия приходит из антенны.

Катушку намотайте на картонной трубке диаметром пять сантиметров, восемьдесят витков виток к витку.
Антенна должна быть длинной, не меньше пятнадцати метров, и по возможности высокой.

Вечером, когда средние волны оживают, медленно вращайте конденсатор и слушайте. Если ничего не
слышно, проверьте заземление.
""",
)
ZAAN = Publisher(
    "a-windmills-zaan.test",
    "Zaan Windmill Friends",
    "Eleven mills and the people who turn them.",
    typo3,
    ("Mills", "Visit", "Friends"),
    others=("De Huisman", "Paint from chalk", "Open days"),
)
FORMERLY_DUTCH = Publisher(
    ZAAN.host,
    "Vrienden van de Zaanse molens",
    "Elf molens en de mensen die ze laten draaien.",
    typo3,
    ("Molens", "Bezoek", "Vrienden"),
    language="nl",
)
ROSETTES = Publisher(
    "a-rozety.test",
    "Rozety",
    "Zeszyty z wzorami haftu, od Żywca po Łowicz.",
    bare,
    ("Wzory", "Ściegi"),
    language="pl",
)
WHITEWORK = Story(
    "/wzory/krakow.html",
    "Haft krakowski: biały na białym",
    """
Na cienkim płótnie haftowano białą nicią, najczęściej dziurki, listki i drobne kwiatki. Wzór
odrysowywano ołówkiem z papieru nakłutego igłą, a panny młode zaczynały szyć dwa lata przed ślubem.

Ścieg dziergany obrzuca się gęsto, nitka przy nitce. Dziurkę najpierw obszywa się na okrętkę, potem
przekłuwa kościanym szydłem i jeszcze raz obrzuca. Zeszyt z dwunastoma wzorami można pobrać niżej.
""",
)

CASES = (
    Case(
        "alive_japanese_in_shift_jis",
        ("alive",),
        f"{MISO.host}{MISO_MAKING.path}",
        "making miso at home (in Japanese)",
        {
            MISO.host: MISO.site(
                {
                    MISO_MAKING.path: serve(
                        MISO.html(MISO_MAKING)
                        .replace('charset="UTF-8"', 'charset="Shift_JIS"')
                        .encode("shift_jis", "xmlcharrefreplace"),
                        content_type="text/html",
                    )
                }
            )
        },
        captures={
            f"{MISO.host}{MISO_MAKING.path}": MISO.archived(MISO_MAKING, "20180203040506"),
        },
    ),
    living(
        "alive_chinese_chess_school",
        "象棋残局入门",
        Publisher(
            "a-xiangqi-xuetang.test",
            "弈趣学堂",
            "少年宫象棋班的课后笔记。",
            news,
            ("开局", "中局", "残局"),
            language="zh",
            others=("炮的用法", "将军与抽将", "暑期比赛"),
            kilobytes=24,
        ),
        Story(
            "/canju/chema.html",
            "残局入门：车马冷着",
            """
车马配合是残局里最灵活的组合。车控制直线，马控制斜角，两者互相掩护，对方的将往往无处可逃。

初学者常犯的错误是急于将军。其实先把马调到将的侧面，再用车占住肋道，胜势自然形成。

## 练习

红方车在四路，马在六路，黑方单将双士。先走的一方怎样在五步之内取胜？答案写在下周的笔记里，
请先用棋盘摆一摆，不要马上看电脑的着法。
""",
        ),
    ),
    Case(
        "alive_russian_in_windows_1251",
        ("alive",),
        f"{RADIO.host}{RECEIVER.path}",
        "детекторный приёмник своими руками",
        {
            RADIO.host: RADIO.site(
                {
                    RECEIVER.path: serve(
                        RADIO.html(RECEIVER)
                        .replace(
                            "<HEAD>",
                            '<HEAD><META HTTP-EQUIV="Content-Type" '
                            'CONTENT="text/html; charset=windows-1251">',
                        )
                        .encode("cp1251"),
                        content_type="text/html",
                    )
                }
            )
        },
    ),
    living(
        "alive_korean_garden",
        "한국의 전통 정원",
        Publisher(
            "a-jeongwon.test",
            "우리 정원",
            "전통 정원을 찾아가는 답사 모임입니다.",
            drupal,
            ("답사기", "식물", "모임"),
            language="ko",
            others=("소쇄원", "연못의 모양", "대나무 울타리"),
        ),
        Story(
            "/tour/soswaewon",
            "소쇄원에서 물소리를 듣다",
            """
담양의 소쇄원은 조선 중기의 선비 양산보가 만든 정원이다. 담장 아래로 개울이 그대로 흐르고,
대나무 숲을 지나면 작은 정자가 나온다. 사람이 만든 것과 원래 있던 것의 경계가 보이지 않는다.

비가 온 다음 날 아침에 가기를 권한다. 물소리가 커서 말소리가 들리지 않을 정도이고,
관람객도 거의 없다. 입구에서 정자까지는 천천히 걸어 십 분이면 닿는다.
""",
        ),
    ),
    living(
        "alive_spanish_kitchen_wiki",
        "recetas de cocina extremeña",
        Publisher(
            "a-cocinadelatierra.test",
            "Cocina de la tierra",
            "Recetario abierto de las comarcas de Extremadura.",
            wiki,
            ("Recetas", "Productos", "Refranes"),
            language="es",
            others=("Migas de pastor", "Pimentón de la Vera", "Zorongollo"),
        ),
        Story(
            "/wiki/Caldereta",
            "Caldereta de cordero",
            """
La <b>caldereta</b> se hacía en el campo, con lo que el pastor llevaba encima: cordero, ajos,
pimentón y el caldero que le da nombre.

Se fríen los ajos enteros y el hígado, que luego se majan en el mortero con pimentón y un poco de
vino. En el mismo aceite se dora la carne. Se cubre con agua, se añade el majado y se deja cocer sin
prisa, una hora larga, hasta que la carne se separe del hueso.

No lleva patatas, por mucho que se diga en la capital.
""",
        ),
    ),
    Case(
        "alive_latin_1_sent_as_utf_8",
        ("alive",),
        f"{BADEN.host}{MUST.path}",
        "Gärung und Flaschengärung",
        {BADEN.host: BADEN.site({MUST.path: serve(BADEN.html(MUST).encode("latin-1"))})},
    ),
    Case(
        "alive_damaged_compression",
        ("alive",),
        f"{ROSETTES.host}{WHITEWORK.path}",
        "wzory haftu krakowskiego",
        {ROSETTES.host: ROSETTES.site({WHITEWORK.path: m.broken_gzip(ROSETTES.html(WHITEWORK))})},
    ),
    Case(
        "alive_translated_since_it_was_archived",
        ("alive", "drifted"),
        f"{ZAAN.host}/molens/de-kat.html",
        "De Kat, verfmolen aan de Zaan",
        {
            ZAAN.host: ZAAN.serving(
                Story(
                    "/molens/de-kat.html",
                    "De Kat, a paint mill on the Zaan",
                    """
De Kat is the last windmill in the world that grinds pigments for painters. Two edge runners of
five tons each crush logs of dyewood, chalk and earth under a shaft of oak from 1646.

On Saturdays the miller, Piet Kempenaar, sells small bags of what he ground in the week. Bring
coins. The gallery is steep, and the sails pass it every two seconds when the wind is fresh.
""",
                )
            )
        },
        captures={
            f"{ZAAN.host}/molens/de-kat.html": FORMERLY_DUTCH.archived(
                Story(
                    "/molens/de-kat.html",
                    "De Kat, verfmolen",
                    """
De Kat is de laatste windmolen ter wereld die verfstoffen maalt voor kunstschilders. Twee
kantstenen van elk vijf ton vermalen verfhout, krijt en aarde onder een as uit 1646.

Op zaterdag verkoopt molenaar Piet Kempenaar kleine zakjes van wat hij die week gemalen heeft. De
stelling is steil; bij een frisse wind komt er elke twee seconden een wiek voorbij.
""",
                ),
                "20150822143000",
            )
        },
    ),
)
