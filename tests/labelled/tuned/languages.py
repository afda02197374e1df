"""Living pages whose words mean something worse elsewhere, in languages other than English."""

from __future__ import annotations

from tests.labelled.case import Case
from tests.labelled.tuned.pages import (
    Place,
    Story,
    drupal,
    news,
    standing,
    static,
    university,
    wiki,
    wordpress,
)

CASES: tuple[Case, ...] = (
    standing(
        "spanish_guide_to_a_domain_for_sale",
        "cómo recuperar un dominio",
        Place(
            "a-huerto-digital.example",
            "Huerto digital",
            wordpress,
            "Consejos para las webs de huertos comunitarios, escritos por sus voluntarios.",
            ("Dominios", "Copias", "Fotos"),
            "es",
        ),
        Story(
            "/dominios/dominio-en-venta/",
            "«Este dominio está en venta»: cómo recuperar el nombre de tu huerto",
            """
            Nos pasó en febrero: nadie renovó el dominio y al día siguiente la web del huerto
            mostraba anuncios de seguros y un formulario para hacer una oferta. Durante treinta
            días el titular anterior todavía puede recuperarlo pagando un recargo.

            Si el plazo ya pasó, no conviene escribir enseguida. Quien compra nombres caducados
            espera la primera respuesta y sube el precio. Nosotros elegimos otro nombre y avisamos
            a las diecisiete páginas que nos enlazaban.
            """,
            archived=("20220301120000",),
        ),
    ),
    standing(
        "italian_history_of_a_casino",
        "il casinò di Val di Sole",
        Place(
            "a-storie-di-valle.example",
            "Storie di valle",
            drupal,
            "Archivio fotografico e racconti della valle, a cura della biblioteca.",
            ("Fotografie", "Racconti", "Mappe"),
            "it",
        ),
        Story(
            "/racconti/casino",
            "Il casinò che durò due inverni",
            """
            Nel 1924 un albergatore di Trento aprì un casinò nella sala da ballo delle terme: due
            tavoli di roulette, un tavolo di baccarat e un'orchestrina viennese. I giocatori
            arrivavano in slitta e ripartivano, quasi sempre, a piedi.

            Chiuse nella primavera del 1926, quando la concessione non fu rinnovata. Le fiches di
            osso si trovano ancora nei cassetti delle case del paese, usate come bottoni.
            """,
            archived=("20170604090000", "20231104090000"),
        ),
    ),
    standing(
        "polish_article_on_records_not_found",
        "gdy metryki nie znaleziono",
        Place(
            "a-metryki-kresowe.example",
            "Metryki kresowe",
            university,
            "Poradnik dla osób szukających przodków w księgach parafialnych.",
            ("Parafie", "Archiwa", "Słownik"),
            "pl",
        ),
        Story(
            "/poradnik/nie-znaleziono.html",
            "Nie znaleziono aktu? Gdzie szukać dalej",
            """
            Brak aktu w indeksie nie oznacza, że go nie było. Nazwisko mogło zostać zapisane po
            rosyjsku, z błędem albo pod przydomkiem, a dziecko ochrzczone w parafii matki.

            Najpierw warto przejrzeć całą księgę z danego roku, strona po stronie, a potem alegata
            do ślubów. W wielu parafiach spłonął tylko jeden z dwóch egzemplarzy księgi.
            """,
        ),
    ),
    standing(
        "japanese_review_of_room_404",
        "小説「404号室」の感想",
        Place(
            "a-dokusho-nikki.example",
            "読書日記",
            static,
            "古本屋の店主が読んだ本の感想を書いています。",
            ("小説", "随筆", "古典"),
            "ja",
        ),
        Story(
            "/novels/404/",
            "404号室",
            """
            古い団地の四〇四号室に住む老人と、隣に越してきた少女の話です。
            部屋番号の「四」を嫌って空き部屋にする建物が多いなか、
            老人はあえてその部屋を選びました。

            前半は静かですが、見つかりませんと何度も書かれた手紙の束が
            出てくるところから物語は一気に動きます。読み終えてから、
            もう一度最初のページに戻りたくなる一冊でした。
            """,
        ),
    ),
    standing(
        "russian_article_on_dostoevsky_and_roulette",
        "Достоевский и рулетка",
        Place(
            "a-literaturnye-progulki.example",
            "Литературные прогулки",
            news,
            "Заметки о городах, в которых жили и работали писатели.",
            ("Города", "Писатели", "Маршруты"),
            "ru",
        ),
        Story(
            "/pisateli/dostoevsky-kazino",
            "Казино, рулетка и двадцать шесть дней: как был написан «Игрок»",
            """
            В Висбадене за пять дней Достоевский проиграл всё, вплоть до карманных часов. Роман,
            обещанный издателю к первому ноября, не был даже начат, и в случае опоздания писатель
            терял права на все свои сочинения.

            Стенографистка Анна Сниткина пришла четвёртого октября. Он диктовал днём, она
            переписывала ночью, и за двадцать шесть дней книга о ставках и страсти была готова.
            """,
            archived=("20190212090000",),
        ),
    ),
    standing(
        "chinese_note_on_lost_pages_of_a_chronicle",
        "县志缺页考",
        Place(
            "a-fangzhi-wenku.example",
            "方志文库",
            wiki,
            "收集各地旧县志的版本、目录与校勘记录。",
            ("版本", "目录", "校勘"),
            "zh",
        ),
        Story(
            "/wiki/queye",
            "页面缺失",
            """
            现存的康熙县志共有三部，都缺第十二卷的第三十一页至第三十四页。
            缺失的页面在乾隆重修本中也没有补上，只留下一行小注。

            根据目录，这几页原来记载的是河道与堤坝。上海所藏的抄本可能是
            从未缺页的本子抄来的，但字迹模糊，还需要进一步比对。
            """,
        ),
    ),
)
