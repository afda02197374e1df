"""Pages of living sites: what somebody wrote, in the dress of the software that serves it."""

from __future__ import annotations

import re
from asyncio import StreamWriter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from zlib import crc32

from brokenlinks.demo.behaviours import answer, redirect
from brokenlinks.demo.server import Behaviour, ReceivedRequest, Site
from brokenlinks.demo.wayback import Capture
from tests.labelled.case import Case


@dataclass(frozen=True, slots=True)
class Words:
    """What the furniture of a page says in one language."""

    home: str
    search: str
    recent: str
    contact: str
    privacy: str
    cookies: str
    accept: str
    missing: str
    missing_text: str


WORDS = {
    "en": Words(
        "Home",
        "Search",
        "Recent posts",
        "Contact",
        "Privacy",
        "We use cookies to make this site work and to understand how it is used.",
        "Accept all",
        "Page not found",
        "We could not find that page. It may have moved, or the address may be mistyped.",
    ),
    "de": Words(
        "Startseite",
        "Suche",
        "Neueste Beiträge",
        "Kontakt",
        "Datenschutz",
        "Diese Website verwendet Cookies, damit sie richtig funktioniert.",
        "Alle akzeptieren",
        "Seite nicht gefunden",
        "Unter dieser Adresse gibt es nichts. Vielleicht hilft die Suche weiter.",
    ),
    "fr": Words(
        "Accueil",
        "Rechercher",
        "Articles récents",
        "Nous écrire",
        "Confidentialité",
        "Ce site utilise des cookies pour mesurer son audience.",
        "Tout accepter",
        "Page introuvable",
        "La page demandée n'existe pas ou n'existe plus.",
    ),
    "es": Words(
        "Inicio",
        "Buscar",
        "Entradas recientes",
        "Contacto",
        "Privacidad",
        "Usamos cookies propias y de terceros para mejorar la visita.",
        "Aceptar",
        "Página no encontrada",
        "No hay nada en esta dirección. Pruebe con el buscador.",
    ),
    "it": Words(
        "Home",
        "Cerca",
        "Articoli recenti",
        "Contatti",
        "Privacy",
        "Questo sito usa i cookie per funzionare meglio.",
        "Accetto",
        "Pagina non trovata",
        "La pagina cercata non esiste. Provi con la ricerca.",
    ),
    "nl": Words(
        "Home",
        "Zoeken",
        "Laatste berichten",
        "Contact",
        "Privacy",
        "Wij gebruiken cookies om deze site goed te laten werken.",
        "Akkoord",
        "Pagina niet gevonden",
        "Op dit adres staat niets. Probeer het met de zoekfunctie.",
    ),
    "pl": Words(
        "Strona główna",
        "Szukaj",
        "Ostatnie wpisy",
        "Kontakt",
        "Prywatność",
        "Ta strona korzysta z plików cookie.",
        "Rozumiem",
        "Nie znaleziono strony",
        "Pod tym adresem nic nie ma. Proszę skorzystać z wyszukiwarki.",
    ),
    "id": Words(
        "Beranda",
        "Cari",
        "Tulisan terbaru",
        "Kontak",
        "Privasi",
        "Situs ini memakai kuki agar berjalan dengan baik.",
        "Setuju",
        "Halaman tidak ditemukan",
        "Tidak ada apa-apa di alamat ini. Silakan gunakan pencarian.",
    ),
    "ru": Words(
        "Главная",
        "Поиск",
        "Свежие записи",
        "Обратная связь",
        "Конфиденциальность",
        "Сайт использует файлы cookie.",
        "Хорошо",
        "Страница не найдена",
        "По этому адресу ничего нет. Попробуйте воспользоваться поиском.",
    ),
    "ja": Words(
        "ホーム",
        "検索",
        "最近の記事",
        "お問い合わせ",
        "プライバシー",
        "当サイトではクッキーを使用しています。",
        "同意する",
        "ページが見つかりません",
        "お探しのページは移動または削除された可能性があります。",
    ),
    "zh": Words(
        "首页",
        "搜索",
        "最新文章",
        "联系我们",
        "隐私政策",
        "本网站使用 Cookie 以改善访问体验。",
        "同意",
        "页面不存在",
        "您访问的页面不存在或已被移动。",
    ),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page before it is dressed; `main` and `head` are markup, `title` is text."""

    path: str
    title: str
    main: str
    heading: str = ""
    """The first heading, where it is not the title."""
    head: str = ""


Dress = Callable[["Place", Page], str]


@dataclass(frozen=True, slots=True)
class Place:
    """A site: what it is called and about, and the software that dresses its pages."""

    host: str
    name: str
    dress: Dress
    about: str
    """The home page's text."""
    menu: tuple[str, ...] = ()
    language: str = "en"

    @property
    def words(self) -> Words:
        return WORDS[self.language]

    def markup(
        self, path: str, title: str, text: str, *, heading: str = "", head: str = "", main: str = ""
    ) -> str:
        """Return a page of the site: its `text`, then the markup `main`."""
        return self.dress(self, Page(path, title, prose(text) + main, heading, head))

    def home_markup(self) -> str:
        teasers = "".join(
            f"<li><a href='/{slug(entry)}'>{escape(entry)}</a></li>" for entry in self.menu
        )
        return self.dress(self, Page("/", self.name, f"{prose(self.about)}<ul>{teasers}</ul>"))

    def home(self) -> Behaviour:
        return answer(self.home_markup())

    def missing(self, status: int = 404) -> Behaviour:
        """Answer as the site does to an address it does not know."""
        words = self.words
        return answer(self.markup("/", words.missing, words.missing_text), status)

    def sites(
        self, paths: Mapping[str, Behaviour], otherwise: Behaviour | None = None
    ) -> dict[str, Site]:
        """Return the site with `paths`, and a home page if they have none."""
        return {self.host: Site(otherwise or self.missing(), {"/": self.home(), **paths})}


@dataclass(frozen=True, slots=True)
class Story:
    """A page that is there: all a living case needs beside its place."""

    path: str
    title: str
    text: str
    heading: str = ""
    head: str = ""
    main: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    archived: tuple[str, ...] = ()
    """When the Wayback Machine took copies of it."""


def served(place: Place, story: Story) -> str:
    """Return the markup of a story."""
    return place.markup(
        story.path,
        story.title,
        story.text,
        heading=story.heading,
        head=story.head,
        main=story.main,
    )


def standing(name: str, anchor: str, place: Place, story: Story) -> Case:
    """Return the case of a page that is served as it always was."""
    markup = served(place, story)
    paths = {story.path: answer(markup, headers=story.headers)}
    return Case(
        name,
        ("alive",),
        f"{place.host}{story.path}",
        anchor,
        place.sites(paths),
        captures=copies(place.host, story.path, markup, *story.archived),
    )


def copies(host: str, path: str, markup: str, *taken: str) -> dict[str, tuple[Capture, ...]]:
    """Return good captures of a page, if any were taken."""
    found = tuple(Capture(timestamp, body=markup) for timestamp in taken)
    return {f"{host}{path}": found} if found else {}


def at_host(host: str, status: int = 301) -> Behaviour:
    """Send the visitor to the same path on another host."""

    async def behave(asked: ReceivedRequest, writer: StreamWriter) -> None:
        await redirect(f"http://{host}:{{port}}{asked.path}", status)(asked, writer)

    return behave


def prose(text: str) -> str:
    """Return paragraphs as markup; a block after `## ` is a heading, after `> ` a quotation."""
    blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", text.strip()))
    return "\n".join(_block(block) for block in blocks)


def slug(text: str) -> str:
    return re.sub(r"\W+", "-", text.lower()).strip("-")


def listing(*entries: str) -> str:
    return "<ul>" + "".join(f"<li>{escape(entry)}</li>" for entry in entries) + "</ul>"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a table of text."""
    header = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table class='data'><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table>"


def _block(block: str) -> str:
    marks = {"## ": "h2", "> ": "blockquote"}
    for mark, tag in marks.items():
        if block.startswith(mark):
            return f"<{tag}>{escape(block.removeprefix(mark))}</{tag}>"
    return f"<p>{escape(block)}</p>"


def _number(place: Place, page: Page) -> int:
    return crc32(f"{place.host}{page.path}".encode())


def _heading(page: Page) -> str:
    return escape(page.heading or page.title)


def _title(place: Place, page: Page, between: str) -> str:
    titles = [page.title] if page.path == "/" and page.title == place.name else []
    return escape(between.join(titles or [page.title, place.name]))


def _links(place: Place, tag: str = "li") -> str:
    return "".join(
        f'<{tag} class="menu-item"><a href="/{slug(entry)}/">{escape(entry)}</a></{tag}>'
        for entry in place.menu
    )


def _canonical(place: Place, page: Page) -> str:
    return f'<link rel="canonical" href="http://{place.host}{escape(page.path)}">'


def _styles(prefix: str, kilobytes: int) -> str:
    """Return inline style rules of about that size, as page builders leave them."""
    rules = (
        f".{prefix}-{n}{{margin:{n % 40}px auto;padding:{n % 24}px;max-width:{600 + n % 640}px}}"
        for n in range(kilobytes * 16)
    )
    return f"<style>{''.join(rules)}</style>"


def wordpress(place: Place, page: Page) -> str:
    """Dress a page as a WordPress blog with a cookie plugin."""
    words, number = place.words, _number(place, page) % 9000
    return f"""<!DOCTYPE html>
<html lang="{place.language}" class="no-js"><head><meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_title(place, page, " – ")}</title>{page.head}
<meta name="generator" content="WordPress 6.{number % 8}.{number % 3}">
{_canonical(place, page)}<link rel="shortlink" href="/?p={number}">
<link rel="alternate" type="application/rss+xml" href="/feed/">
{_styles("wp-block-cover", 12 + number % 20)}
<script>window._wpemojiSettings={{"baseUrl":"/emoji/72x72/","ext":".png"}};</script></head>
<body class="post-template-default single postid-{number} wp-embed-responsive">
<a class="skip-link screen-reader-text" href="#content">↓</a>
<header id="masthead"><p class="site-title"><a href="/" rel="home">{escape(place.name)}</a></p>
<nav id="site-navigation"><ul id="primary-menu">{_links(place)}</ul></nav></header>
<div id="content"><main id="primary"><article id="post-{number}" class="post hentry">
<h1 class="entry-title">{_heading(page)}</h1><div class="entry-content">
{page.main}</div></article></main>
<aside id="secondary" class="widget-area"><form role="search" action="/"><input name="s">
<button>{words.search}</button></form><h2 class="widget-title">{words.recent}</h2>
<ul>{_links(place)}</ul></aside></div>
<footer id="colophon"><a href="/privacy/">{words.privacy}</a> · {escape(place.name)}</footer>
<div id="cookie-notice" role="dialog"><span>{words.cookies}</span>
<button>{words.accept}</button></div>
<script src="/wp-includes/js/jquery/jquery.min.js?ver=3.7.1" id="jquery-core-js"></script>
</body></html>"""


def drupal(place: Place, page: Page) -> str:
    """Dress a page as a Drupal site."""
    words, number = place.words, _number(place, page) % 5000
    return f"""<!DOCTYPE html>
<html lang="{place.language}" dir="ltr"><head><meta charset="utf-8" />
<title>{_title(place, page, " | ")}</title>{_canonical(place, page)}{page.head}
<meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />
<script type="application/json" data-drupal-selector="drupal-settings-json">
{{"path":{{"baseUrl":"\\/","currentPath":"node\\/{number}","isFront":false}},"user":{{"uid":0}}}}
</script>{_styles("layout-region", 3)}</head>
<body class="path-node page-node-type-article"><div class="dialog-off-canvas-main-canvas">
<header role="banner"><div class="region-header"><a href="/">{escape(place.name)}</a></div>
<nav role="navigation"><h2 class="visually-hidden">Main navigation</h2><ul class="menu">
{_links(place)}</ul></nav></header>
<nav class="breadcrumb"><ol><li><a href="/">{words.home}</a></li></ol></nav>
<main role="main"><div class="region region-content">
<h1 class="page-header"><span>{_heading(page)}</span></h1>
<article class="node node--type-article" data-history-node-id="{number}">
<div class="field field--name-body">{page.main}</div></article></div></main>
<aside class="region-sidebar-second"><h2>{words.recent}</h2><ul>{_links(place)}</ul></aside>
<footer role="contentinfo"><a href="/contact">{words.contact}</a> {words.privacy}</footer>
</div></body></html>"""


def typo3(place: Place, page: Page) -> str:
    """Dress a page as a TYPO3 site of an institution."""
    words, number = place.words, _number(place, page) % 3000
    return f"""<!DOCTYPE html>
<html lang="{place.language}"><head><meta charset="utf-8"><!--
	This website is powered by TYPO3 - inspiring people to share!
-->
<title>{_title(place, page, " - ")}</title>{page.head}
<meta name="generator" content="TYPO3 CMS"><link rel="stylesheet" href="/typo3temp/{number}.css">
{_canonical(place, page)}</head><body id="p{number}" class="page-{number} pagelevel-3">
<div id="top"></div><header><nav class="mainnavigation"><ul class="navbar-nav">
{_links(place)}</ul></nav><form class="navbar-search"><input type="text" name="q">
<button>{words.search}</button></form></header>
<main class="bp-page-main"><div id="c{number * 3}" class="frame frame-default frame-type-text">
<div class="frame-inner"><h1 class="element-header">{_heading(page)}</h1>
<div class="ce-bodytext">{page.main}</div></div></div></main>
<footer><ul><li><a href="/kontakt">{words.contact}</a></li><li>{words.privacy}</li></ul></footer>
<div id="cookieman-modal" hidden>{words.cookies} <button>{words.accept}</button></div>
</body></html>"""


def wiki(place: Place, page: Page) -> str:
    """Dress a page as a MediaWiki article."""
    words, number = place.words, _number(place, page) % 80_000
    return f"""<!DOCTYPE html>
<html class="client-nojs" lang="{place.language}" dir="ltr"><head><meta charset="UTF-8">
<title>{_title(place, page, " - ")}</title>{page.head}
<script>RLCONF={{"wgPageName":"{slug(page.title)}","wgArticleId":{number},"wgAction":"view"}};
RLSTATE={{"site.styles":"ready","user.styles":"ready"}};</script>
<meta name="generator" content="MediaWiki 1.{35 + number % 8}.0">{_canonical(place, page)}</head>
<body class="mediawiki ltr ns-0 ns-subject skin-vector action-view">
<div id="mw-page-base" class="noprint"></div><div id="content" class="mw-body" role="main">
<h1 id="firstHeading" class="firstHeading">{_heading(page)}</h1>
<div id="bodyContent"><div id="siteSub">{escape(place.name)}</div>
<div id="mw-content-text" class="mw-body-content"><div class="mw-parser-output">
{page.main}</div></div>
<div id="catlinks"><a href="/Special:Categories">⋮</a> <ul>{_links(place)}</ul></div></div></div>
<div id="mw-panel"><nav><ul><li><a href="/">{words.home}</a></li>{_links(place)}</ul></nav>
<form action="/index.php"><input name="search" placeholder="{words.search}"></form></div>
<footer id="footer"><ul><li id="footer-info-lastmod">{number % 28 + 1}.{number % 12 + 1}.2024</li>
<li>{words.privacy}</li></ul></footer></body></html>"""


def forum(place: Place, page: Page) -> str:
    """Dress a page as a phpBB topic: a login box, members, signatures."""
    words, number = place.words, _number(place, page) % 40_000
    return f"""<!DOCTYPE html><html dir="ltr" lang="{place.language}"><head>
<meta charset="utf-8" /><title>{_title(place, page, " - ")}</title>{page.head}
<link href="/styles/prosilver/theme/stylesheet.css?assets_version={number % 90}" rel="stylesheet">
{_canonical(place, page)}</head><body id="phpbb" class="nojs notouch section-viewtopic ltr">
<div id="wrap"><div id="page-header"><div class="headerbar"><p class="sitename">
{escape(place.name)}</p></div><ul class="linklist navlinks">{_links(place)}</ul>
<form method="post" action="./ucp.php?mode=login" class="headerspace"><fieldset>
<input name="username"><input type="password" name="password"><input type="submit" value="Login">
</fieldset></form></div><div id="page-body" role="main">
<h1 class="topic-title"><a href="{escape(page.path)}">{_heading(page)}</a></h1>
<div class="pagination">3 • 1</div><div class="postbody">{page.main}</div>
<dl class="postprofile"><dt>maltster_{number % 97}</dt><dd>{number % 800}</dd></dl></div>
<div id="page-footer"><a href="/">{words.home}</a> {words.privacy}
<p>Powered by phpBB® Forum Software</p></div></div></body></html>"""


def static(place: Place, page: Page) -> str:
    """Dress a page as a static-site generator's theme."""
    words = place.words
    return f"""<!doctype html><html lang="{place.language}"><head><meta charset="utf-8">
<meta name="generator" content="Hugo 0.128.0"><title>{_title(place, page, " · ")}</title>
<meta property="og:title" content="{escape(page.title)}">
<meta property="og:url" content="http://{place.host}{escape(page.path)}">{page.head}
<link rel="stylesheet" href="/css/main.min.css"></head><body>
<nav><a href="/">{escape(place.name)}</a>{_links(place, "span")}</nav>
<article><h1>{_heading(page)}</h1>
{page.main}
</article><footer>{words.contact} · RSS</footer></body></html>"""


def shop(place: Place, page: Page) -> str:
    """Dress a page as a web shop: a basket, filters, structured data and much style."""
    words, number = place.words, _number(place, page) % 7000
    return f"""<!DOCTYPE html><html lang="{place.language}"><head><meta charset="utf-8">
<title>{_title(place, page, " | ")}</title>{_canonical(place, page)}{page.head}
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"Product",
"sku":"{number}","brand":"{escape(place.name)}"}}</script>{_styles("product-grid", 70)}
<script>window.dataLayer=window.dataLayer||[];dataLayer.push({{"pageType":"product"}});</script>
</head><body class="catalog-product-view"><header><a class="logo" href="/">{escape(place.name)}</a>
<form><input name="q" placeholder="{words.search}"></form><a href="/cart">(0)</a>
<ul class="mega-menu">{_links(place)}</ul></header><main id="maincontent">
<h1 class="page-title">{_heading(page)}</h1><div class="product-info">{page.main}</div></main>
<footer><ul>{_links(place)}<li>{words.privacy}</li></ul></footer>
<div class="cookie-bar">{words.cookies} <a>{words.accept}</a></div></body></html>"""


def news(place: Place, page: Page) -> str:
    """Dress a page as a newspaper: consent layer, advertising scripts, teasers on every side."""
    words, number = place.words, _number(place, page) % 900_000
    return f"""<!doctype html><html lang="{place.language}"><head><meta charset="utf-8">
<title>{_title(place, page, " | ")}</title><meta property="og:type" content="article">
<meta property="og:url" content="http://{place.host}{escape(page.path)}">{page.head}
<script>window.googletag={{cmd:[]}};window.__tcfapi=function(){{}};</script>
{_styles("teaser", 90)}</head><body data-article="{number}"><div id="sp_message_container">
<p>{words.cookies}</p><button>{words.accept}</button></div>
<header><a href="/">{escape(place.name)}</a><nav><ul>{_links(place)}</ul></nav></header>
<main><article><header><h1>{_heading(page)}</h1></header><div id="ad-slot-1"></div>
{page.main}<div id="ad-slot-2"></div></article></main>
<aside><h3>{words.recent}</h3><ul>{_links(place)}</ul></aside>
<footer>{escape(place.name)} · {words.contact} · {words.privacy}</footer>
<script async src="https://ads.invalid/tag.js"></script></body></html>"""


def government(place: Place, page: Page) -> str:
    """Dress a page as an authority's site with an official banner."""
    words = place.words
    return f"""<!DOCTYPE html><html class="no-js" lang="{place.language}"><head>
<meta charset="utf-8"><title>{_title(place, page, " | ")}</title>{page.head}
<meta name="dcterms.title" content="{escape(page.title)}">{_canonical(place, page)}
<link rel="stylesheet" href="/themes/custom/uswds/dist/css/styles.css"></head><body>
<section class="usa-banner" aria-label="Official website"><div>{escape(place.name)}</div></section>
<header class="usa-header"><nav class="usa-nav"><ul>{_links(place)}</ul></nav></header>
<main id="main-content" class="usa-section"><h1>{_heading(page)}</h1>
<div class="usa-prose">{page.main}</div></main>
<footer class="usa-footer"><a href="/contact">{words.contact}</a> <a href="/">{words.home}</a>
{words.privacy}</footer></body></html>"""


def university(place: Place, page: Page) -> str:
    """Dress a page as a department's XHTML of 2008, still in use."""
    words = place.words
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="{place.language}"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{_title(place, page, ": ")}</title>{page.head}
<link rel="stylesheet" type="text/css" href="/css/dept.css" /></head><body>
<div id="header"><a href="/"><img src="/img/seal.gif" alt="{escape(place.name)}" /></a></div>
<div id="nav"><ul>{_links(place)}</ul></div><div id="content"><h1>{_heading(page)}</h1>
{page.main}</div><div id="footer"><hr /><address>{escape(place.name)} | {words.contact}</address>
</div></body></html>"""


def nextjs(place: Place, page: Page) -> str:
    """Dress a page as a rendered JavaScript application: content, then its data again."""
    words, number = place.words, _number(place, page)
    data = ",".join(f'"k{n}":"{(number * (n + 7)) % 99991}"' for n in range(900))
    return f"""<!DOCTYPE html><html lang="{place.language}"><head><meta charSet="utf-8"/>
<title>{_title(place, page, " | ")}</title>{page.head}<meta name="next-head-count" content="4"/>
<link rel="preload" href="/_next/static/css/{number:x}.css" as="style"/></head><body>
<noscript>You need to enable JavaScript to run this app.</noscript>
<div id="__next"><div class="css-1q2w3e"><header><a href="/">{escape(place.name)}</a>
{_links(place, "span")}</header><main><h1>{_heading(page)}</h1>{page.main}</main>
<footer>{words.contact} {words.privacy}</footer></div></div>
<script id="__NEXT_DATA__" type="application/json">{{"props":{{{data}}},"page":"/[slug]"}}</script>
<script src="/_next/static/chunks/main-{number:x}.js" defer=""></script></body></html>"""


def handmade(place: Place, page: Page) -> str:
    """Dress a page as somebody did by hand in 1999."""
    return f"""<HTML><HEAD><TITLE>{escape(page.title)}</TITLE>{page.head}
<META NAME="GENERATOR" CONTENT="Mozilla/4.05 [en] (Win95; I) [Netscape]"></HEAD>
<BODY BGCOLOR="#FFFFEE" TEXT="#000000" LINK="#0000CC"><CENTER>
<H1><FONT FACE="Arial">{_heading(page)}</FONT></H1></CENTER><HR>
{page.main}
<HR><A HREF="/">{escape(place.name)}</A> {_links(place, "font")}</BODY></HTML>"""
