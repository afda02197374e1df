"""The page templates behind the dead half of the held-out cases, and how their hosts answer."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, ReceivedRequest, Site
from brokenlinks.demo.wayback import Capture


@dataclass(frozen=True, slots=True)
class Phrases:
    """What every page of a language says beside its content."""

    skip: str
    search: str
    recent: str
    cookies: str
    accept: str


PHRASES = {
    "en": Phrases(
        "Skip to content",
        "Search",
        "Recently added",
        "We use cookies to make this website work and to count visits. Read our privacy notice.",
        "Accept all",
    ),
    "de": Phrases(
        "Zum Inhalt springen",
        "Suche",
        "Neueste Beiträge",
        "Diese Website verwendet Cookies. Näheres steht in der Datenschutzerklärung.",
        "Alle akzeptieren",
    ),
    "fr": Phrases(
        "Aller au contenu",
        "Rechercher",
        "Articles récents",
        "Ce site utilise des cookies pour mesurer son audience. En savoir plus.",
        "Tout accepter",
    ),
    "es": Phrases(
        "Saltar al contenido",
        "Buscar",
        "Entradas recientes",
        "Utilizamos cookies propias y de terceros para mejorar nuestros servicios.",
        "Aceptar",
    ),
    "it": Phrases(
        "Vai al contenuto",
        "Cerca",
        "Articoli recenti",
        "Questo sito utilizza cookie tecnici e statistici. Leggi l'informativa.",
        "Accetta",
    ),
    "nl": Phrases(
        "Naar de inhoud",
        "Zoeken",
        "Laatst bekeken",
        "Wij gebruiken cookies om de winkel goed te laten werken.",
        "Akkoord",
    ),
    "pl": Phrases(
        "Przejdź do treści",
        "Szukaj",
        "Ostatnie wpisy",
        "Ta strona używa plików cookie w celach statystycznych.",
        "Rozumiem",
    ),
    "pt": Phrases(
        "Ir para o conteúdo",
        "Pesquisar",
        "Últimas notícias",
        "Usamos cookies para personalizar o conteúdo e analisar o tráfego.",
        "Concordo",
    ),
    "sv": Phrases(
        "Hoppa till innehållet",
        "Sök",
        "Aktuellt",
        "Vi använder kakor för att webbplatsen ska fungera på ett bra sätt.",
        "Godkänn",
    ),
    "cs": Phrases(
        "Přejít k obsahu",
        "Hledat",
        "Nejnovější články",
        "Tento web používá soubory cookie k měření návštěvnosti.",
        "Souhlasím",
    ),
    "ru": Phrases(
        "Перейти к содержимому",
        "Поиск",
        "Свежие записи",
        "Мы используем файлы cookie, чтобы сайт работал лучше.",
        "Принять",
    ),
    "ja": Phrases(
        "本文へスキップ",
        "検索",
        "最近の投稿",
        "当サイトでは利便性向上のためクッキーを使用しています。",
        "同意する",
    ),
    "zh": Phrases(
        "跳至内容",
        "搜索",
        "最新文章",
        "本网站使用 Cookie 以改善您的浏览体验。",
        "接受",
    ),
}


@dataclass(frozen=True, slots=True)
class Dress:
    """What all pages of one site have in common."""

    site: str
    nav: tuple[str, ...]
    footer: str
    language: str = "en"

    @property
    def phrases(self) -> Phrases:
        return PHRASES.get(self.language, PHRASES["en"])

    def links(self) -> str:
        return "".join(
            f'<li class="menu-item menu-item-{number}"><a href="/{number}/">{text}</a></li>'
            for number, text in enumerate(self.nav, 1)
        )


def story(heading: str, *paragraphs: str) -> str:
    """Return a heading and its text."""
    return f"<h1>{heading}</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs)


def wordpress(dress: Dress, title: str, main: str, head: str = "") -> str:
    """A WordPress theme: half its bytes are styles nobody asked for."""
    said = dress.phrases
    return f"""<!DOCTYPE html>
<html lang="{dress.language}">
<head>
<meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="generator" content="WordPress 6.4.3">{head}
<link rel="alternate" type="application/rss+xml" title="{dress.site} &raquo; Feed" href="/feed/">
<style id="global-styles-inline-css">{_styles("wp--preset", 220)}</style>
<script>window._wpemojiSettings={{"baseUrl":"/wp-includes/images/core/emoji/","ext":".png"}};</script>
</head>
<body class="wp-embed-responsive hfeed has-sidebar">
<a class="skip-link screen-reader-text" href="#content">{said.skip}</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/">{dress.site}</a></p>
<nav id="site-navigation"><ul id="primary-menu">{dress.links()}</ul></nav></header>
<div id="content"><main id="primary" class="site-main">{main}</main>
<aside id="secondary" class="widget-area"><section class="widget widget_search">
<form role="search" action="/"><label>{said.search}<input type="search" name="s"></label></form></section>
<section class="widget widget_recent_entries"><h2 class="widget-title">{said.recent}</h2>
<ul>{dress.links()}</ul></section></aside></div>
<footer id="colophon"><div class="site-info">{dress.footer}</div></footer>
<div id="cookie-notice"><span>{said.cookies}</span><button>{said.accept}</button></div>
<script src="/wp-content/themes/astra/assets/js/frontend.min.js?ver=4.6.4"></script>
</body></html>"""


def drupal(dress: Dress, title: str, main: str, head: str = "") -> str:
    """A Drupal theme with its nested regions."""
    said = dress.phrases
    return f"""<!DOCTYPE html>
<html lang="{dress.language}" dir="ltr" prefix="og: https://ogp.me/ns#">
<head><meta charset="utf-8" /><title>{title}</title>{head}
<meta name="Generator" content="Drupal 9 (https://www.drupal.org)" />
<link rel="stylesheet" media="all" href="/sites/default/files/css/css_x1.css" />
</head>
<body class="path-node page-node-type-page">
<a href="#main-content" class="visually-hidden focusable">{said.skip}</a>
<div class="dialog-off-canvas-main-canvas"><div class="layout-container">
<header role="banner"><div class="region region-header"><div class="block-system-branding-block">
<a href="/" rel="home">{dress.site}</a></div></div></header>
<div class="region region-primary-menu"><nav role="navigation"><ul class="menu">{dress.links()}</ul></nav></div>
<main role="main"><a id="main-content" tabindex="-1"></a><div class="layout-content">
<div class="region region-content"><div class="node__content clearfix">{main}</div></div></div></main>
<footer role="contentinfo"><div class="region region-footer"><p>{dress.footer}</p></div></footer>
</div></div>
<div class="eu-cookie-compliance-banner"><p>{said.cookies}</p><button>{said.accept}</button></div>
<script type="application/json" data-drupal-selector="drupal-settings-json">{{"path":{{"baseUrl":"\\/"}},"user":{{"uid":0}}}}</script>
</body></html>"""


def typo3(dress: Dress, title: str, main: str, head: str = "") -> str:
    """A TYPO3 site with its comment in the head."""
    return f"""<!DOCTYPE html>
<html lang="{dress.language}">
<head>
<meta charset="utf-8">
<!--
	This website is powered by TYPO3 - inspiring people to share!
	TYPO3 is a free open source Content Management Framework.
-->
<title>{title}</title>
<meta name="generator" content="TYPO3 CMS">{head}
<link rel="stylesheet" href="/typo3temp/assets/css/merged-8a1.css" media="all">
</head>
<body id="p27" class="page-27 pagelevel-1 language-0">
<div id="page-wrap"><div id="header"><a class="logo" href="/">{dress.site}</a>
<ul class="nav navbar-nav">{dress.links()}</ul></div>
<!--TYPO3SEARCH_begin--><div id="c112" class="frame frame-default">{main}</div><!--TYPO3SEARCH_end-->
<div id="footer"><p>{dress.footer}</p><ul class="meta">{dress.links()}</ul></div></div>
</body></html>"""


def forum(dress: Dress, title: str, main: str, head: str = "") -> str:
    """A phpBB board."""
    return f"""<!DOCTYPE html>
<html dir="ltr" lang="{dress.language}"><head><meta charset="utf-8" />
<title>{title}</title>{head}<link href="./styles/prosilver/theme/stylesheet.css" rel="stylesheet"></head>
<body id="phpbb" class="nojs notouch section-viewtopic ltr">
<div id="wrap" class="wrap"><div id="page-header"><div class="headerbar"><div class="inner">
<div id="site-description"><a id="logo" class="logo" href="./index.php"></a>
<p class="sitename">{dress.site}</p></div></div></div>
<div class="navbar"><ul id="nav-main" class="nav-main linklist">{dress.links()}</ul></div></div>
<div id="page-body" class="page-body" role="main">{main}</div>
<div id="page-footer" class="page-footer"><div class="copyright"><p>{dress.footer}</p>
<p>Powered by phpBB&reg; Forum Software &copy; phpBB Limited</p></div></div></div></body></html>"""


def hugo(dress: Dress, title: str, main: str, head: str = "") -> str:
    """What a static site generator writes: little."""
    return (
        f'<!doctype html><html lang="{dress.language}"><head><meta charset="utf-8">'
        f'<title>{title}</title>{head}<meta name="generator" content="Hugo 0.111.3">'
        f'<link rel="stylesheet" href="/css/main.min.css"></head><body><header><a href="/">'
        f"{dress.site}</a><nav><ul>{dress.links()}</ul></nav></header><main>{main}</main>"
        f"<footer>{dress.footer}</footer></body></html>"
    )


def shop(dress: Dress, title: str, main: str, head: str = "") -> str:
    """A shop: a basket, an account and rows of goods around whatever was asked for."""
    said = dress.phrases
    cards = "".join(
        f'<li class="product-item"><a href="/p/{1000 + number}.html"><span class="name">{name}</span>'
        f'</a><span class="price" data-sku="SKU-{number * 37}">&euro; {3 + number * 2},95</span></li>'
        for number, name in enumerate(dress.nav * 2)
    )
    return f"""<!doctype html>
<html lang="{dress.language}"><head><meta charset="utf-8"/><title>{title}</title>{head}
<style>{_styles("shop", 420)}</style>
<script>var require={{"baseUrl":"/static/version1699/frontend/"}};window.dataLayer=[];</script></head>
<body class="catalog-category-view page-products"><div class="page-wrapper">
<header class="page-header"><a class="logo" href="/">{dress.site}</a><form id="search_mini_form">
<input name="q" placeholder="{said.search}"></form><div class="minicart-wrapper">0</div></header>
<nav class="navigation"><ul>{dress.links()}</ul></nav>
<main id="maincontent">{main}</main>
<div class="block related"><strong>{said.recent}</strong><ol class="products">{cards}</ol></div>
<footer class="page-footer">{dress.footer}</footer></div>
<div class="message global cookie"><p>{said.cookies}</p><button>{said.accept}</button></div>
</body></html>"""


def news(dress: Dress, title: str, main: str, head: str = "") -> str:
    """A newspaper: a hundred kilobytes around a few paragraphs."""
    said = dress.phrases
    teasers = "".join(
        f'<article class="teaser teaser--{number}"><h3><a href="/n/{number}">{name}</a></h3></article>'
        for number, name in enumerate(dress.nav)
    )
    data = json.dumps({"@context": "https://schema.org", "@type": "WebPage", "name": dress.site})
    return f"""<!DOCTYPE html><html lang="{dress.language}"><head><meta charset="utf-8">
<title>{title}</title>{head}
<script type="application/ld+json">{data}</script><style>{_styles("c-news", 2400)}</style></head>
<body><div class="ad ad--billboard" data-slot="/123/top"></div>
<header class="c-header"><a href="/">{dress.site}</a><nav><ul>{dress.links()}</ul></nav></header>
<main>{main}<section class="c-latest"><h2>{said.recent}</h2>{teasers}</section></main>
<div class="ad" data-slot="/123/bottom"></div><footer>{dress.footer}</footer>
<div class="cmp"><p>{said.cookies}</p><button>{said.accept}</button></div>
<script>{_script(300)}</script></body></html>"""


def office(dress: Dress, title: str, main: str, head: str = "") -> str:
    """An authority or a university: bread crumbs, a contact, an accessibility statement."""
    said = dress.phrases
    return f"""<!DOCTYPE html>
<html lang="{dress.language}" class="no-js"><head><meta charset="utf-8">
<meta http-equiv="X-UA-Compatible" content="IE=edge"><title>{title}</title>{head}
<link rel="stylesheet" href="/assets/govstyle/main.css"></head>
<body><a class="skiplink" href="#main">{said.skip}</a>
<div class="topbar"><form action="/search"><input aria-label="{said.search}"></form></div>
<header><div class="brand"><a href="/">{dress.site}</a></div><nav><ul class="mega">{dress.links()}</ul></nav></header>
<ol class="breadcrumb"><li><a href="/">{dress.site}</a></li></ol>
<div id="main" role="main">{main}</div>
<footer><address>{dress.footer}</address><ul>{dress.links()}</ul></footer>
<div class="cookiebar">{said.cookies} <a href="#">{said.accept}</a></div></body></html>"""


def oldschool(dress: Dress, title: str, main: str, head: str = "") -> str:
    """A page of the nineties: tables, no language, one frame of links at the left."""
    rows = "".join(
        f'<tr><td><a href="{n}.htm">{text}</a></td></tr>' for n, text in enumerate(dress.nav)
    )
    return (
        f"<HTML><HEAD><TITLE>{title}</TITLE>{head}</HEAD>\n<BODY BGCOLOR=#FFFFEE TEXT=#333333>"
        f"<TABLE WIDTH=780><TR><TD WIDTH=160 VALIGN=top><B>{dress.site}</B><TABLE>{rows}</TABLE></TD>"
        f"<TD VALIGN=top>{main}<HR><FONT SIZE=2>{dress.footer}</FONT></TD></TR></TABLE></BODY></HTML>"
    )


def at(day: str, body: str, status: str = "200") -> Capture:
    """Return what the archive saw on a day, such as "20190312"."""
    return Capture(f"{day}101500", status, body=body)


def host(home: str, otherwise: Behaviour, paths: Mapping[str, Behaviour] | None = None) -> Site:
    """Return a host with a home page and no robots.txt, that answers the rest as `otherwise`."""
    return everywhere(otherwise, {"/": b.answer(home)} | dict(paths or {}))


def everywhere(behaviour: Behaviour, paths: Mapping[str, Behaviour] | None = None) -> Site:
    """Return a host that answers all paths alike, `paths` and robots.txt excepted."""
    return Site(behaviour, {"/robots.txt": b.refusal(404)} | dict(paths or {}))


def echoing(body: str, status: int = 200) -> Behaviour:
    """Answer with a page that names the asked path where it says `{path}`."""

    async def behave(asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        named = body.replace("{path}", html.escape(asked.path))
        await b.answer(named, status)(asked, writer)

    return behave


def fine_by_head(served: Behaviour) -> Behaviour:
    """Tell a HEAD that all is well, whatever a GET is served."""

    async def behave(asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await (b.answer() if asked.method == "HEAD" else served)(asked, writer)

    return behave


def _styles(prefix: str, rules: int) -> str:
    return "".join(
        f".{prefix}-{n}{{margin:{n % 9}px;color:#{n * 4099 % 0xFFFFFF:06x}}}" for n in range(rules)
    )


def _script(calls: int) -> str:
    return "".join(f'w.push(["slot","s{n}",{n * 31 % 970}]);' for n in range(calls))
