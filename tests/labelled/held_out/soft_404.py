"""Error pages that say 200: the host answers invented addresses in the same way."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from tests.labelled.case import Case
from tests.labelled.held_out.dress import (
    Dress,
    at,
    drupal,
    echoing,
    forum,
    host,
    hugo,
    news,
    office,
    shop,
    story,
    typo3,
    wordpress,
)

_ALLOTMENT = Dress(
    "The Allotment Diary",
    (
        "Broad beans under glass",
        "What the frost left standing",
        "A compost heap in three bays",
        "Slugs and what they will not eat",
        "Seed swap in March",
    ),
    "The Allotment Diary. Words and pictures by Marion Peel.",
)
_STERNE = Dress(
    "Sternwarte Hohenfels",
    ("Führungen", "Instrumente", "Sonnenbeobachtung", "Jugendgruppe", "Anfahrt"),
    "Sternwarte Hohenfels, Bergstraße 90. Führungen jeden Freitag ab 20 Uhr.",
    "de",
)
_FROMAGE = Dress(
    "Association des fromagers fermiers du Val d'Orne",
    ("Nos producteurs", "Recettes", "Marchés", "Formation", "Adhérer"),
    "Association loi 1901, 4 place du Marché",
    "fr",
)
_UNI = Dress(
    "Facultad de Matemáticas",
    ("Estudios", "Investigación", "Biblioteca", "Profesorado", "Secretaría", "Olimpiada"),
    "Facultad de Matemáticas, Avenida de la Ciencia 3",
    "es",
)
_COMUNE = Dress(
    "Comune di Borgo San Lino",
    ("Uffici", "Albo pretorio", "Museo civico", "Turismo", "Servizi online"),
    "Comune di Borgo San Lino, Piazza del Popolo 1, tel. 0555 000 111",
    "it",
)
_TUIN = Dress(
    "De Groene Schuur",
    ("Zaden", "Bloembollen", "Snoeischaren", "Gieters", "Kweekbakken", "Regentonnen"),
    "De Groene Schuur, tuinartikelen sinds 1978. Voor 16 uur besteld, morgen in huis.",
    "nl",
)
_SZACHY = Dress(
    "Forum Szachowe Gambit",
    ("Strona główna forum", "Debiuty", "Końcówki", "Turnieje", "Szukaj"),
    "Strefa czasowa UTC+01:00",
    "pl",
)
_JORNAL = Dress(
    "Jornal da Serra",
    (
        "Feira do livro abre no sábado",
        "Chuva fecha estrada nacional",
        "Museu recebe doação de cartas",
        "Escola ganha nova biblioteca",
        "Cooperativa vende mais mel",
    ),
    "Jornal da Serra. Todos os direitos reservados.",
    "pt",
)
_KOMMUN = Dress(
    "Hembygdsarkivet i Norrdala",
    ("Besök oss", "Släktforskning", "Kyrkböcker", "Fotografier", "Om arkivet"),
    "Hembygdsarkivet, Storgatan 12, Norrdala. Öppet tisdag och torsdag.",
    "sv",
)
_PIVO = Dress(
    "Domovarník",
    ("Recepty", "Slady", "Chmel", "Kvašení", "Poradna"),
    "Domovarník, stránky domácích vařičů piva",
    "cs",
)
_DEREVO = Dress(
    "Столярная мастерская",
    ("Главная", "Инструменты", "Соединения", "Отделка", "Чертежи", "Контакты"),
    "Столярная мастерская, статьи и чертежи для домашнего мастера",
    "ru",
)
_MISO = Dress(
    "味噌と麹の研究室",
    ("はじめに", "麹づくり", "味噌の仕込み", "甘酒", "道具", "お問い合わせ"),
    "味噌と麹の研究室　発酵食品を家庭で楽しむための情報を公開しています",
    "ja",
)
_WEIQI = Dress(
    "少年天文学会",
    ("首页", "观测指南", "望远镜", "流星雨", "科普讲座", "联系我们"),
    "少年天文学会 版权所有 未经许可不得转载本站内容",
    "zh",
)
_RECIPES = Dress(
    "Malt Library",
    ("Styles", "Ingredients", "Processes", "Calculators", "Podcast"),
    "Malt Library, a reading room for brewers",
)
_SURVEY = Dress(
    "Institute of Applied Statistics",
    ("Publications", "Methods", "Data", "Courses", "People"),
    "Institute of Applied Statistics, 1 Gauss Walk",
)
_HERBS = Dress(
    "Hedgerow Herbs",
    ("Salves", "Teas", "Tinctures", "Dried roots", "Gift boxes"),
    "Hedgerow Herbs, small batches from the Marches",
)
_ROOTS = Dress(
    "Family Roots Online",
    ("Census", "Passenger lists", "Gravestones", "Message boards"),
    "Family Roots Online, volunteers since 1999",
)
_PRIMARY = Dress(
    "Teachers' Cupboard",
    ("Maths", "Phonics", "Displays", "Assemblies", "Join free"),
    "Teachers' Cupboard Ltd, resources by teachers for teachers",
)
_GLASS = Dress(
    "Leadlight Guild",
    ("Learn", "Suppliers", "Exhibitions", "Members"),
    "Leadlight Guild, stained glass in every town",
)

_ALLOTMENT_404 = wordpress(
    _ALLOTMENT,
    "Nothing found &#8211; The Allotment Diary",
    story(
        "Page not found",
        "We could not find the page you were looking for. It may have been moved in the great"
        " tidying of last winter. Try the search, or read one of the latest entries beside this.",
    ),
    '<meta name="robots" content="noindex, follow">',
)
_ALLOTMENT_ONCE = wordpress(
    _ALLOTMENT,
    "Growing leeks the slow way &#8211; The Allotment Diary",
    story(
        "Growing leeks the slow way",
        "Sow thinly in a seed tray at the end of March and forget about them until they are as"
        " thick as a pencil. That will be the end of June, when the early potatoes come out and"
        " leave a bed that is just right: firm, fed and free of stones.",
        "Make holes with a dibber, a hand deep and a foot apart. Drop one leek into each and fill"
        " the hole with water, not with soil. The water washes down all the soil they need, and"
        " the rest of the hole is what makes the white part long.",
        "Hoe between the rows until September, then leave them alone. They stand through frost"
        " and snow, and are best after both. The last ones come out in April, just when there is"
        " nothing else to eat, and that is the whole point of leeks.",
        "If rust shows on the leaves, do not worry: cut them off and eat what is left. Next year"
        " move the row to another bed and give it less manure and more wood ash.",
    ),
)
_ASP_ERROR = """<!DOCTYPE html>
<html>
    <head>
        <title>The resource cannot be found.</title>
        <style>body {font-family:"Verdana";font-size:.7em;color:black;} H1 {color:red}</style>
    </head>
    <body bgcolor="white">
        <span><H1>Server Error in '/' Application.<hr width=100% size=1 color=silver></H1>
        <h2> <i>The resource cannot be found.</i> </h2></span>
        <b> Description: </b>HTTP 404. The resource you are looking for (or one of its dependencies) could
        have been removed, had its name changed, or is temporarily unavailable. &nbsp;Please review the
        following URL and make sure that it is spelled correctly.<br><br>
        <b> Requested URL: </b>{path}<br><br>
        <hr width=100% size=1 color=silver>
        <b>Version Information:</b>&nbsp;Microsoft .NET Framework Version:4.0.30319; ASP.NET Version:4.7.3
    </body>
</html>"""
_NEXT = """<!DOCTYPE html><html><head><meta charSet="utf-8"/><title>404: This page could not be found</title>
<meta name="robots" content="noindex"/><script src="/_next/static/chunks/webpack-b8f.js" defer=""></script>
</head><body><div id="__next"><div style="height:100vh;text-align:center"><div>
<h1 class="next-error-h1" style="display:inline-block">404</h1>
<h2>This page could not be found<!-- -->.</h2></div></div></div>
<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"statusCode":404}},"page":"/_error"}
</script></body></html>"""
_RUSSIAN_404 = (
    typo3(
        _DEREVO,
        "Столярная мастерская",
        story(
            "Страница не найдена",
            "К сожалению, такой страницы на нашем сайте нет. Возможно, она была удалена или вы"
            " ошиблись, когда набирали адрес. Начните с главной страницы или напишите нам.",
        ),
    )
    .replace('charset="utf-8"', 'charset="windows-1251"')
    .encode("cp1251")
)
_CHINESE_404 = typo3(
    _WEIQI,
    "提示信息 - 少年天文学会",
    '<div class="error-box"><h1>抱歉，您访问的页面不存在</h1><p>您要查看的内容可能已被删除、更名或暂时不可用。</p>'
    '<p>系统将在 <span id="t">5</span> 秒后返回首页，如果浏览器没有自动跳转，请点击这里。</p></div>'
    "<script>setTimeout(function(){location.href='/'},5000)</script>",
)

CASES: tuple[Case, ...] = (
    Case(
        "soft_404_english_blog",
        ("soft_404",),
        "allotmentdiary.test/2014/03/growing-leeks-the-slow-way/",
        "growing leeks",
        {
            "allotmentdiary.test": host(
                wordpress(
                    _ALLOTMENT,
                    "The Allotment Diary",
                    story(
                        "Plot 27", "A year of digging, sowing and waiting, told in weekly notes."
                    ),
                ),
                b.answer(_ALLOTMENT_404),
            )
        },
        captures={
            "allotmentdiary.test/2014/03/growing-leeks-the-slow-way/": (
                at("20140911", _ALLOTMENT_ONCE),
                at("20190130", _ALLOTMENT_ONCE),
            )
        },
    ),
    Case(
        "soft_404_german_observatory_title_of_the_site",
        ("soft_404",),
        "sternwarte-hohenfels.test/instrumente/refraktor.html",
        "Refraktor der Sternwarte Hohenfels",
        {
            "sternwarte-hohenfels.test": host(
                typo3(
                    _STERNE,
                    "Sternwarte Hohenfels",
                    story("Willkommen auf dem Berg", "Bei klarem Himmel ist die Kuppel offen."),
                ),
                b.answer(
                    typo3(
                        _STERNE,
                        "Sternwarte Hohenfels",
                        story(
                            "Seite nicht gefunden",
                            "Die gewünschte Seite wurde nicht gefunden. Möglicherweise wurde sie"
                            " verschoben oder gelöscht. Bitte prüfen Sie die Adresse oder beginnen"
                            " Sie auf unserer Startseite von vorn.",
                        ),
                    )
                ),
            )
        },
    ),
    Case(
        "soft_404_french_redirect_to_an_error_page",
        ("soft_404",),
        "fromagers-valdorne.test/recettes/tomme-maison",
        "fabriquer sa tomme à la maison",
        {
            "fromagers-valdorne.test": host(
                drupal(
                    _FROMAGE,
                    "Fromagers fermiers du Val d'Orne",
                    story("Trente fermes, cent fromages", "Retrouvez-nous sur les marchés."),
                ),
                b.redirect("/page-introuvable"),
                {
                    "/page-introuvable": b.answer(
                        drupal(
                            _FROMAGE,
                            "Page introuvable | Fromagers fermiers du Val d'Orne",
                            story(
                                "Page introuvable",
                                "La page demandée n'existe pas ou n'existe plus. Utilisez le menu"
                                " pour retrouver nos producteurs, nos recettes et nos marchés.",
                            ),
                        )
                    )
                },
            )
        },
        captures={
            "fromagers-valdorne.test/recettes/tomme-maison": (
                at(
                    "20170815",
                    drupal(
                        _FROMAGE,
                        "La tomme à la maison",
                        story(
                            "La tomme à la maison",
                            "Il faut dix litres de lait cru, un thermomètre, de la présure et un"
                            " endroit frais où l'on ne sera pas tenté de goûter trop tôt.",
                            "Chauffez le lait à trente-trois degrés, ensemencez, attendez une"
                            " demi-heure puis emprésurez. Quand le caillé se fend net sous le"
                            " couteau, coupez-le en grains de maïs et brassez doucement.",
                            "Pressez une nuit, salez douze heures, puis retournez chaque jour"
                            " pendant un mois. La croûte se fleurit d'elle-même.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "soft_404_spanish_faculty_heading_only",
        ("soft_404",),
        "matematicas-unival.test/~rgarcia/docencia/probabilidad/apuntes.html",
        "Apuntes de probabilidad",
        {
            "matematicas-unival.test": host(
                office(
                    _UNI,
                    "Facultad de Matemáticas",
                    story("Facultad de Matemáticas", "Preinscripción abierta hasta el 5 de julio."),
                ),
                b.answer(
                    office(
                        _UNI,
                        "Facultad de Matemáticas",
                        story(
                            "Página no encontrada",
                            "Lo sentimos, la página que busca ya no está disponible. Hemos renovado"
                            " nuestra web y algunos contenidos antiguos no se han conservado. Si"
                            " necesita ayuda, escriba a la secretaría.",
                        ),
                    )
                ),
            )
        },
    ),
    Case(
        "soft_404_italian_town_canonical_of_its_own",
        ("soft_404",),
        "comune-borgosanlino.test/museo/storia-della-carta",
        "Storia della carta",
        {
            "comune-borgosanlino.test": host(
                office(
                    _COMUNE,
                    "Comune di Borgo San Lino",
                    story("Notizie dal Comune", "Il museo civico riapre domenica."),
                ),
                echoing(
                    office(
                        _COMUNE,
                        "Errore 404 - Pagina non trovata",
                        story(
                            "Errore 404",
                            "La pagina richiesta non è stata trovata. Il sito è stato rinnovato nel"
                            " 2022: usate il motore di ricerca o tornate alla pagina iniziale.",
                        ),
                        '<link rel="canonical" href="http://comune-borgosanlino.test{path}">'
                        '<meta property="og:url" content="http://comune-borgosanlino.test{path}">',
                    )
                ),
            )
        },
    ),
    Case(
        "soft_404_dutch_shop_item_gone",
        ("soft_404",),
        "degroeneschuur.test/product/bolplanter-lange-steel",
        "bolplanter met lange steel",
        {
            "degroeneschuur.test": host(
                shop(
                    _TUIN,
                    "De Groene Schuur | Alles voor de tuin",
                    story("Alles voor de tuin", "Nieuw: zaaigoed van het komende seizoen."),
                ),
                b.answer(
                    shop(
                        _TUIN,
                        "De Groene Schuur",
                        story(
                            "Dit product bestaat niet meer",
                            "Helaas, het artikel dat u zoekt is niet meer leverbaar en uit ons"
                            " assortiment genomen. Bekijk hieronder wat andere tuiniers kochten.",
                        ),
                    )
                ),
            )
        },
        captures={
            "degroeneschuur.test/product/bolplanter-lange-steel": (
                at(
                    "20200922",
                    shop(
                        _TUIN,
                        "Bolplanter met lange steel | De Groene Schuur",
                        story(
                            "Bolplanter met lange steel",
                            "Planten zonder bukken: trap de cilinder in de grond, draai een kwart"
                            " slag en til de kluit eruit. Leg de bol in het gat en zet de kluit"
                            " terug. Essenhouten steel, 96 cm, gehard staal, vijf jaar garantie.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "soft_404_polish_board_topic_deleted",
        ("soft_404",),
        "forum-gambit.test/viewtopic.php?t=4711",
        "dyskusja o obronie Caro-Kann",
        {
            "forum-gambit.test": host(
                forum(
                    _SZACHY,
                    "Forum Szachowe Gambit - Strona główna",
                    "<h2>Witamy na forum</h2><p>Zarejestrowanych użytkowników: 1482.</p>",
                ),
                b.refusal(404),
                {
                    "/viewtopic.php": b.answer(
                        forum(
                            _SZACHY,
                            "Forum Szachowe Gambit - Informacja",
                            '<div class="panel" id="message"><h2 class="message-title">Informacja'
                            "</h2><p>Żądany temat nie istnieje.</p></div>",
                        )
                    )
                },
            )
        },
        captures={
            "forum-gambit.test/viewtopic.php?t=4711": (
                at(
                    "20160402",
                    forum(
                        _SZACHY,
                        "Caro-Kann dla każdego - Forum Szachowe Gambit",
                        "<h2>Caro-Kann dla każdego</h2><p>Gram tę obronę od dwudziestu lat i nigdy"
                        " nie żałowałem. Czarne bronią centrum pionem c6, a goniec z c8 wychodzi"
                        " na f5, zanim zamknie się przekątna.</p><p>A co robisz po wariancie z e5?"
                        "</p><p>Gram c5 od razu, nie czekam. Białe muszą pokazać, że pion e5 jest"
                        " siłą, a nie słabością. Polecam partie Karpowa z lat osiemdziesiątych.</p>",
                    ),
                ),
            )
        },
    ),
    Case(
        "soft_404_portuguese_newspaper_names_the_path",
        ("soft_404",),
        "jornaldaserra.test/cultura/2011/moinhos-de-vento",
        "a história dos moinhos de vento",
        {
            "jornaldaserra.test": host(
                news(
                    _JORNAL,
                    "Jornal da Serra - notícias da região",
                    story("Manchete", "Feira do livro abre no sábado com doze editoras locais."),
                ),
                echoing(
                    news(
                        _JORNAL,
                        "Página não encontrada - Jornal da Serra",
                        story(
                            "Ops! A página que você procura não existe",
                            "Não encontramos {path} em nosso arquivo. Veja abaixo o que outros"
                            " leitores estão lendo agora.",
                        ),
                    )
                ),
            )
        },
    ),
    Case(
        "soft_404_swedish_archive",
        ("soft_404",),
        "hembygdsarkivet-norrdala.test/slaktforskning/soldatregister.aspx",
        "soldatregister för Norrdala",
        {
            "hembygdsarkivet-norrdala.test": host(
                office(
                    _KOMMUN,
                    "Hembygdsarkivet i Norrdala",
                    story("Välkommen till arkivet", "Här finns bygdens minnen från 1640 till nu."),
                ),
                b.answer(
                    office(
                        _KOMMUN,
                        "Sidan kunde inte hittas - Hembygdsarkivet i Norrdala",
                        story(
                            "Sidan kunde inte hittas",
                            "Sidan du söker finns inte längre eller har flyttats. Kontrollera att"
                            " du skrivit rätt adress, eller använd sökrutan högst upp på sidan.",
                        ),
                    )
                ),
            )
        },
        captures={
            "hembygdsarkivet-norrdala.test/slaktforskning/soldatregister.aspx": (
                at(
                    "20150110",
                    office(
                        _KOMMUN,
                        "Soldatregister",
                        story(
                            "Soldatregister",
                            "Registret omfattar 1 214 indelta soldater mellan 1682 och 1901. Varje"
                            " soldat står med rotens nummer, soldatnamn, dopnamn och avsked.",
                        ),
                    ),
                ),
                at("20240301", "<title>Sidan kunde inte hittas</title>", "404"),
            )
        },
    ),
    Case(
        "soft_404_czech_redirect_to_404_html",
        ("soft_404",),
        "domovarnik.test/recepty/polotmave-13",
        "Polotmavá třináctka",
        {
            "domovarnik.test": host(
                hugo(_PIVO, "Domovarník", story("Vařte doma", "Recepty, slady a rady.")),
                b.redirect("/404.html"),
                {
                    "/404.html": b.answer(
                        hugo(
                            _PIVO,
                            "Stránka nenalezena",
                            story("Stránka nenalezena", "Zkuste to znovu od začátku."),
                        )
                    )
                },
            )
        },
    ),
    Case(
        "soft_404_russian_in_windows_1251",
        ("soft_404",),
        "stolyarka-doma.test/stati/lastochkin-hvost.html",
        "Соединение «ласточкин хвост»",
        {
            "stolyarka-doma.test": host(
                typo3(
                    _DEREVO,
                    "Столярная мастерская: статьи и чертежи",
                    story("Работаем с деревом", "Пошаговые статьи для тех, кто учится сам."),
                ),
                b.answer(_RUSSIAN_404, content_type="text/html; charset=windows-1251"),
            )
        },
    ),
    Case(
        "soft_404_japanese_kitchen",
        ("soft_404",),
        "misokoji-lab.test/recipe/shiro-miso/",
        "白味噌の作り方",
        {
            "misokoji-lab.test": host(
                wordpress(
                    _MISO,
                    "味噌と麹の研究室",
                    story("麹のある暮らし", "家庭でできる発酵を、失敗談もふくめて紹介します。"),
                ),
                b.answer(
                    wordpress(
                        _MISO,
                        "ページが見つかりません | 味噌と麹の研究室",
                        story(
                            "お探しのページは見つかりませんでした",
                            "お探しのページは移動または削除された可能性があります。"
                            "お手数ですが、メニューまたは検索からお探しください。",
                        ),
                        "<meta name='robots' content='noindex, nofollow' />",
                    )
                ),
            )
        },
        captures={
            "misokoji-lab.test/recipe/shiro-miso/": (
                at(
                    "20211205",
                    wordpress(
                        _MISO,
                        "白味噌の作り方 | 味噌と麹の研究室",
                        story(
                            "白味噌の作り方",
                            "大豆一に対して米麹を二、塩は控えめにします。大豆は一晩水につけ、"
                            "指でつぶれるまで煮てから、熱いうちにすりつぶします。",
                            "人肌まで冷めたら塩切り麹とよく混ぜ、空気を抜きながら容器に詰めます。"
                            "白味噌は若いうちに食べるので、二週間から一か月で出来上がりです。",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "soft_404_chinese_with_a_countdown",
        ("soft_404",),
        "shaonian-tianwen.test/guance/yingxianzuo.html",
        "英仙座流星雨观测指南",
        {
            "shaonian-tianwen.test": host(
                typo3(
                    _WEIQI,
                    "少年天文学会",
                    story("抬头看星空", "本会每月举办公众观测活动，欢迎各校师生报名参加。"),
                ),
                b.answer(_CHINESE_404),
            )
        },
    ),
    Case(
        "soft_404_search_repeats_the_anchor",
        ("soft_404",),
        "maltlibrary.test/mash-temperature-chart",
        "mash temperature chart",
        {
            "maltlibrary.test": host(
                hugo(
                    _RECIPES,
                    "Malt Library",
                    story("A reading room for brewers", "Open shelves, no lending."),
                ),
                echoing(
                    hugo(
                        _RECIPES,
                        "Search results for {path} - Malt Library",
                        story(
                            "No results for {path}",
                            "Your search did not match any document in the library. Check the"
                            " spelling, use fewer words, or browse the shelves by style,"
                            " ingredient or process. Suggestions from readers go to the desk.",
                        ),
                    )
                ),
            )
        },
        captures={
            "maltlibrary.test/mash-temperature-chart": (
                at(
                    "20180619",
                    hugo(
                        _RECIPES,
                        "Mash temperature chart - Malt Library",
                        story(
                            "Mash temperature chart",
                            "Forty degrees: acid rest. Fifty: proteins. Sixty-two to sixty-five:"
                            " beta amylase, a dry beer. Sixty-eight to seventy-two: alpha amylase,"
                            " a full one. Seventy-eight: everything stops, start to sparge.",
                            "Hold each rest for at least fifteen minutes and stir before you read"
                            " the thermometer, for the middle of a mash tun lies. Thick mashes"
                            " protect the enzymes, thin ones convert faster.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "soft_404_pdf_asked_html_served",
        ("soft_404",),
        "appliedstats.test/publications/reports/2007-14.pdf",
        "Small area estimation: a review (PDF)",
        {
            "appliedstats.test": host(
                drupal(
                    _SURVEY,
                    "Institute of Applied Statistics",
                    story("Institute of Applied Statistics", "Methods for people who count."),
                ),
                b.answer(
                    drupal(
                        _SURVEY,
                        "Document not found | Institute of Applied Statistics",
                        story(
                            "Document not found",
                            "The document you requested is not in our repository. Reports older than"
                            " ten years have been withdrawn. Please contact the publications desk.",
                        ),
                    )
                ),
            )
        },
    ),
    Case(
        "soft_404_next_shell_under_fifty_words",
        ("soft_404", "unknown"),
        "hop-atlas.test/varieties/strisselspalt",
        "Strisselspalt hop profile",
        {
            "hop-atlas.test": host(
                hugo(
                    Dress("Hop Atlas", ("Map", "Varieties", "Farms"), "Hop Atlas"),
                    "Hop Atlas: every hop on one map",
                    story("Every hop on one map", "Two hundred varieties and where they grow."),
                ),
                b.answer(_NEXT),
            )
        },
        captures={
            "hop-atlas.test/varieties/strisselspalt": (
                at(
                    "20220214",
                    hugo(
                        Dress("Hop Atlas", ("Map", "Varieties", "Farms"), "Hop Atlas"),
                        "Strisselspalt - Hop Atlas",
                        story(
                            "Strisselspalt",
                            "An old landrace from Alsace with little bitterness and a scent of cut"
                            " grass, lemon and black currant. Alpha acids two to three per cent.",
                            "Used for light lagers by the brewers around Strasbourg for more than a"
                            " hundred years, and lately in saisons. It ripens late and dislikes dry"
                            " summers, so that its acreage has halved since 2010.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "soft_404_empty_category",
        ("soft_404",),
        "hedgerowherbs.test/category/marshmallow-root",
        "dried marshmallow root",
        {
            "hedgerowherbs.test": host(
                shop(
                    _HERBS,
                    "Hedgerow Herbs",
                    story("From our hedges to your shelf", "Salves, teas and tinctures."),
                ),
                b.answer(
                    shop(
                        _HERBS,
                        "Products | Hedgerow Herbs",
                        story(
                            "0 products found",
                            "We can't find products matching the selection. Please choose another"
                            " category from the menu, or look at what is in season.",
                        ),
                    )
                ),
            )
        },
        captures={
            "hedgerowherbs.test/category/marshmallow-root": (
                at(
                    "20230118",
                    shop(
                        _HERBS,
                        "Marshmallow root | Hedgerow Herbs",
                        story(
                            "Marshmallow root",
                            "Cut and dried by hand, for cold infusions. Soak a spoonful overnight"
                            " in a glass of cold water, strain it in the morning and drink it"
                            " slowly. Grown at the edge of our own pond, lifted in the second"
                            " autumn, washed, peeled and dried below forty degrees. 50 g and 200 g.",
                        ),
                    ),
                ),
            )
        },
    ),
    Case(
        "soft_404_framework_error_with_200",
        ("soft_404",),
        "familyroots-online.test/passengers/ShipList.aspx",
        "Passenger lists by ship",
        {
            "familyroots-online.test": host(
                office(
                    _ROOTS,
                    "Family Roots Online",
                    story("Where did they come from?", "Search nine million passengers."),
                ),
                echoing(_ASP_ERROR),
            )
        },
    ),
    Case(
        "soft_404_redirect_with_the_path_in_the_query",
        ("soft_404",),
        "teacherscupboard.test/maths/times-tables-grid.aspx",
        "times tables grid",
        {
            "teacherscupboard.test": host(
                wordpress(
                    _PRIMARY,
                    "Teachers' Cupboard",
                    story("Open the cupboard", "Ten thousand sheets, sorted by age and subject."),
                ),
                b.redirect("/error/404?aspxerrorpath=/maths"),
                {
                    "/error/404": b.answer(
                        wordpress(
                            _PRIMARY,
                            "Teachers' Cupboard",
                            story(
                                "Whoops, the cupboard is bare!",
                                "Someone has borrowed this page and not put it back. Have a look at"
                                " our newest resources instead, or tell us what you were after.",
                            ),
                        )
                    )
                },
            )
        },
    ),
    Case(
        "soft_404_site_name_is_the_anchor",
        ("soft_404",),
        "leadlightguild.test/learn/lead-came-sizes",
        "Leadlight Guild: lead came sizes",
        {
            "leadlightguild.test": host(
                wordpress(
                    _GLASS,
                    "Leadlight Guild",
                    story("Glass, lead and light", "Evening classes in eleven towns."),
                ),
                b.answer(
                    wordpress(
                        _GLASS,
                        "Page not found - Leadlight Guild",
                        story(
                            "This page could not be found",
                            "The link you followed may be broken, or the page may have been removed"
                            " by its author. Members can ask the webmaster for old lesson sheets.",
                        ),
                    )
                ),
            )
        },
    ),
)
