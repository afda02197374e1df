"""How the living and the refusing dress their pages: one template for each kind of site."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import md5
from html import escape
from itertools import count
from typing import NamedTuple

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, ReceivedRequest, Site
from brokenlinks.demo.wayback import Capture
from tests.labelled.case import Case


class Words(NamedTuple):
    """What every site of a language has to say around its pages."""

    home: str
    search: str
    missing: str
    sorry: str
    cookies: str
    agree: str


WORDS = {
    "en": Words(
        "Home",
        "Search",
        "Page not found",
        "The page you are looking for may have been moved or deleted.",
        "We use cookies to count our readers. You can refuse them.",
        "Accept all",
    ),
    "de": Words(
        "Startseite",
        "Suche",
        "Seite nicht gefunden",
        "Die gewünschte Seite gibt es leider nicht.",
        "Diese Website verwendet Cookies, damit sie richtig funktioniert.",
        "Einverstanden",
    ),
    "fr": Words(
        "Accueil",
        "Rechercher",
        "Page introuvable",
        "La page demandée n'existe pas ou plus.",
        "Ce site dépose des cookies de mesure d'audience.",
        "Tout accepter",
    ),
    "es": Words(
        "Inicio",
        "Buscar",
        "Página no encontrada",
        "No hemos encontrado la página que busca.",
        "Usamos cookies propias para mejorar la visita.",
        "Aceptar",
    ),
    "it": Words(
        "Home",
        "Cerca",
        "Pagina non trovata",
        "La pagina richiesta non esiste.",
        "Questo sito usa solo cookie tecnici.",
        "Accetto",
    ),
    "nl": Words(
        "Home",
        "Zoeken",
        "Pagina niet gevonden",
        "Deze pagina bestaat niet (meer).",
        "Wij gebruiken alleen functionele cookies.",
        "Begrepen",
    ),
    "pl": Words(
        "Strona główna",
        "Szukaj",
        "Nie znaleziono strony",
        "Strona o podanym adresie nie istnieje.",
        "Korzystamy z plików cookie.",
        "Zgadzam się",
    ),
    "ru": Words(
        "Главная",
        "Поиск",
        "Страница не найдена",
        "Запрашиваемая страница не существует.",
        "Мы используем файлы cookie.",
        "Хорошо",
    ),
    "ja": Words(
        "ホーム",
        "検索",
        "ページが見つかりません",
        "お探しのページは移動または削除された可能性があります。",
        "このサイトではクッキーを使用しています。",
        "同意する",
    ),
    "zh": Words(
        "首页",
        "搜索",
        "页面未找到",
        "您访问的页面不存在或已被删除。",
        "本站使用 Cookie。",
        "接受",
    ),
    "ko": Words(
        "홈",
        "검색",
        "페이지를 찾을 수 없습니다",
        "요청하신 페이지가 없습니다.",
        "이 사이트는 쿠키를 사용합니다.",
        "동의",
    ),
}


@dataclass(frozen=True, slots=True)
class Story:
    """One page: its text in paragraphs, with `## ` before headings and `- ` before list items."""

    path: str
    title: str
    text: str
    heading: str = ""
    """The first heading, where it is not the title."""
    head: str = ""
    """More markup for the head."""
    tail: str = ""
    """More markup after the text: comments, forms, boxes."""


Dress = Callable[["Publisher", Story], str]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: a host with a home page, a menu and a template."""

    host: str
    name: str
    about: str
    dress: Dress
    sections: tuple[str, ...]
    language: str = "en"
    others: tuple[str, ...] = field(default=())
    """The titles of other pages, for the sidebar and the home page."""
    kilobytes: int = 2
    """How much style the pages carry within them."""

    @property
    def words(self) -> Words:
        return WORDS[self.language]

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def html(self, story: Story) -> str:
        return self.dress(self, story)

    def home(self) -> str:
        listed = "\n".join(f"- {title}" for title in self.others)
        return self.html(Story("/", self.name, f"{self.about}\n\n{listed}"))

    def missing(self) -> Behaviour:
        said = Story("/404", self.words.missing, self.words.sorry)
        return serve(self.html(said), 404)

    def site(self, paths: Mapping[str, Behaviour], otherwise: Behaviour | None = None) -> Site:
        """Return the host: home page, `paths`, no robots.txt, and an honest 404 for the rest."""
        known = {"/": serve(self.home()), "/robots.txt": b.refusal(404)}
        return Site(otherwise or self.missing(), {**known, **paths})

    def serving(self, *stories: Story, headers: Mapping[str, str] | None = None) -> Site:
        """Return the host with these pages on it."""
        return self.site(
            {story.path: serve(self.html(story), headers=headers) for story in stories}
        )

    def archived(self, story: Story, *timestamps: str) -> tuple[Capture, ...]:
        """Return what the archive has of a page: good copies of these times."""
        return tuple(Capture(each, body=self.html(story)) for each in timestamps)


def living(
    name: str,
    anchor: str,
    publisher: Publisher,
    story: Story,
    *,
    headers: Mapping[str, str] | None = None,
    captured: tuple[str, ...] = (),
) -> Case:
    """Return the case of a page that is served, and was the same when it was `captured`."""
    url = f"{publisher.host}{story.path}"
    captures = {url: publisher.archived(story, *captured)} if captured else {}
    site = publisher.serving(story, headers=headers)
    return Case(name, ("alive",), url, anchor, {publisher.host: site}, captures=captures)


def serve(
    body: str | bytes,
    status: int = 200,
    content_type: str = b.HTML,
    headers: Mapping[str, str] | None = None,
) -> Behaviour:
    """Answer with `body`.

    Its addresses on this host get the port of this web, as does `{port}`.
    """
    content = body.encode() if isinstance(body, str) else body

    async def behave(asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        here, there = (f"//{name}/".encode() for name in (asked.host, asked.headers["host"]))
        port = there.strip(b"/").rpartition(b":")[2]
        sent = content.replace(here, there).replace(b"{port}", port)
        await b.answer(sent, status, content_type, headers)(asked, writer)

    return behave


def changing(made: Callable[[int], str]) -> Behaviour:
    """Answer with another page each time, made from the number of the request."""
    numbers = count(1)

    async def behave(asked: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        await serve(made(next(numbers)))(asked, writer)

    return behave


# Building blocks


def prose(text: str) -> str:
    """Return the markup of a text."""
    return "\n".join(_block(block.strip()) for block in text.strip().split("\n\n"))


def _block(block: str) -> str:
    if block.startswith("## "):
        return f"<h2>{block[3:]}</h2>"
    if block.startswith("- "):
        items = "".join(f"<li>{item}</li>\n" for item in block[2:].split("\n- "))
        return f"<ul>\n{items}</ul>"
    if block.startswith("<"):
        return block
    return f"<p>{block}</p>" if block else ""


def style(publisher: Publisher) -> str:
    """Return so many kilobytes of rules as site builders leave in a page."""
    rules = []
    for number in range(publisher.kilobytes * 17):
        digest = md5(f"{publisher.host}{number}".encode()).hexdigest()
        rules.append(
            f".c-{digest[:6]}{{margin:{number % 7}px 0;color:#{digest[6:12]};flex:1 1 {number}px}}"
        )
    return f"<style>{''.join(rules)}</style>"


def menu(publisher: Publisher) -> str:
    items = "".join(
        f'<li class="menu-item"><a href="/{n}/">{escape(section)}</a></li>'
        for n, section in enumerate(publisher.sections, 1)
    )
    return f'<ul class="menu"><li><a href="/">{publisher.words.home}</a></li>{items}</ul>'


def listed(publisher: Publisher) -> str:
    items = (f'<li><a href="/p/{n}">{escape(t)}</a></li>' for n, t in enumerate(publisher.others))
    return f"<ul>{''.join(items)}</ul>"


def cookie_banner(publisher: Publisher) -> str:
    words = publisher.words
    return (
        '<div id="cookie-law" role="dialog" aria-live="polite" class="cc-window cc-banner">'
        f'<span id="cc-desc">{words.cookies}</span>'
        f'<button type="button" class="cc-btn cc-allow">{words.agree}</button></div>'
    )


def search_form(publisher: Publisher) -> str:
    return (
        '<form role="search" method="get" action="/"><input type="search" name="s" '
        f'placeholder="{publisher.words.search}"><button>{publisher.words.search}</button></form>'
    )


def canonical(publisher: Publisher, story: Story) -> str:
    return f'<link rel="canonical" href="{publisher.url(story.path)}">'


def described(publisher: Publisher) -> str:
    return f'<meta name="description" content="{escape(publisher.about)}">'


# Templates


def wordpress(publisher: Publisher, story: Story) -> str:
    title = escape(story.title)
    slug = story.path.strip("/").replace("/", "-") or "home"
    return f"""<!DOCTYPE html>
<html lang="{publisher.language}">
<head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} &#8211; {escape(publisher.name)}</title>
{canonical(publisher, story)}
<meta property="og:title" content="{title}"><meta property="og:url"
 content="{publisher.url(story.path)}"><meta property="og:site_name"
 content="{escape(publisher.name)}">
<link rel="alternate" type="application/rss+xml" href="/feed/"><meta name="generator"
 content="WordPress 6.8.1">
{style(publisher)}
<script>window._wpemojiSettings={{"baseUrl":"/images/core/emoji/15.0.3/72x72/","ext":".png"}};
</script><script src="/wp-includes/js/jquery/jquery.min.js?ver=3.7.1" id="jquery-core-js"></script>
{story.head}</head>
<body class="wp-singular post-template-default single single-post {slug}">
<a class="skip-link screen-reader-text" href="#primary">&darr;</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/" rel="home">
{escape(publisher.name)}</a></p><nav id="site-navigation">{menu(publisher)}</nav></header>
<main id="primary" class="site-main"><article class="post hentry"><header class="entry-header">
<h1 class="entry-title">{escape(story.heading) or title}</h1></header>
<div class="entry-content">
{prose(story.text)}
</div></article>{story.tail}</main>
<aside id="secondary" class="widget-area"><section class="widget widget_search">
{search_form(publisher)}</section><section class="widget widget_recent_entries">
{listed(publisher)}</section></aside>
<footer id="colophon" class="site-footer"><p>&copy; {escape(publisher.name)}</p></footer>
{cookie_banner(publisher)}
<script src="/wp-includes/js/wp-emoji-release.min.js?ver=6.8.1" defer></script></body></html>
"""


def drupal(publisher: Publisher, story: Story) -> str:
    title = escape(story.title)
    return f"""<!DOCTYPE html>
<html lang="{publisher.language}" dir="ltr" prefix="og: https://ogp.me/ns#">
<head><meta charset="utf-8" />{canonical(publisher, story)}
<meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />
<link rel="icon" href="/core/misc/favicon.ico" type="image/vnd.microsoft.icon" />
<title>{title} | {escape(publisher.name)}</title>
<link rel="stylesheet" media="all" href="/sites/default/files/css/css_q1.css" />
{style(publisher)}{story.head}</head>
<body class="path-node page-node-type-article">
<div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas>
<header role="banner"><div class="region region-header"><a href="/" rel="home">
{escape(publisher.name)}</a></div><nav role="navigation">{menu(publisher)}</nav></header>
<main role="main"><a id="main-content" tabindex="-1"></a>
<div class="block block-core block-page-title-block">
<h1 class="page-header"><span>{escape(story.heading) or title}</span></h1></div>
<article class="node node--type-article node--view-mode-full"><div class="node__content">
<div class="field field--name-body field--type-text-with-summary">
{prose(story.text)}
</div></div></article>{story.tail}</main>
<aside class="layout-sidebar-second">{listed(publisher)}{search_form(publisher)}</aside>
<footer role="contentinfo"><p>{escape(publisher.about)}</p></footer></div>
<script type="application/json" data-drupal-selector="drupal-settings-json">
{{"path":{{"baseUrl":"\\/","currentPath":"node\\/{len(story.text)}","isFront":false}}}}</script>
<script src="/core/assets/vendor/once/once.min.js?v=1.0.1"></script></body></html>
"""


def typo3(publisher: Publisher, story: Story) -> str:
    title = escape(story.title)
    return f"""<!DOCTYPE html>
<html lang="{publisher.language}">
<head><meta charset="utf-8">
<!--
	This website is powered by TYPO3 - inspiring people to share!
	TYPO3 is a free open source Content Management Framework licensed under GNU/GPL.
-->
<title>{escape(publisher.name)}: {title}</title>
<meta name="generator" content="TYPO3 CMS">{described(publisher)}
<link rel="stylesheet" href="/typo3temp/assets/compressed/merged-5ad2.css?1712" media="all">
{style(publisher)}{canonical(publisher, story)}{story.head}</head>
<body id="p{len(story.text)}" class="page-{len(story.title)} pagelevel-3 language-0">
<div id="top"></div><div class="body-bg"><header id="page-header" class="bp-page-header navbar">
<a class="navbar-brand" href="/">{escape(publisher.name)}</a><nav>{menu(publisher)}</nav></header>
<div class="breadcrumb-section"><ol class="breadcrumb"><li>{publisher.words.home}</li>
<li class="active">{title}</li></ol></div>
<div id="page-content" class="bp-page-content main-section"><!--TYPO3SEARCH_begin-->
<div class="frame frame-default frame-type-text"><header class="frame-header">
<h1 class="element-header"><span>{escape(story.heading) or title}</span></h1></header>
{prose(story.text)}</div>{story.tail}<!--TYPO3SEARCH_end--></div>
<footer id="page-footer" class="bp-page-footer">{listed(publisher)}
<p>{escape(publisher.about)}</p></footer>{cookie_banner(publisher)}</div>
<script src="/typo3temp/assets/compressed/merged-9f01.js?1712"></script></body></html>
"""


def wiki(publisher: Publisher, story: Story) -> str:
    title = escape(story.title)
    return f"""<!DOCTYPE html>
<html class="client-nojs" lang="{publisher.language}" dir="ltr">
<head><meta charset="UTF-8"><title>{title} - {escape(publisher.name)}</title>
<script>document.documentElement.className="client-js";RLCONF={{"wgNamespaceNumber":0,
"wgPageName":"{title.replace(" ", "_")}","wgArticleId":{len(story.text)},"wgIsArticle":true,
"wgAction":"view"}};</script>
<script async="" src="/load.php?lang={publisher.language}&amp;modules=startup&amp;only=scripts">
</script><meta name="generator" content="MediaWiki 1.39.7">
<link rel="EditURI" type="application/rsd+xml" href="/api.php?action=rsd">
{style(publisher)}{canonical(publisher, story)}{story.head}</head>
<body class="mediawiki ltr sitedir-ltr mw-hide-empty-elt ns-0 ns-subject skin-vector action-view">
<div id="mw-page-base" class="noprint"></div><div id="content" class="mw-body" role="main">
<a id="top"></a><h1 id="firstHeading" class="firstHeading mw-first-heading">
<span class="mw-page-title-main">{escape(story.heading) or title}</span></h1>
<div id="bodyContent" class="vector-body"><div id="siteSub" class="noprint">
{escape(publisher.name)}</div><div id="mw-content-text" class="mw-body-content mw-content-ltr">
<div class="mw-parser-output">{prose(story.text)}</div></div>{story.tail}
<div id="catlinks" class="catlinks">{listed(publisher)}</div></div></div>
<div id="mw-navigation"><nav id="p-navigation" class="mw-portlet">{menu(publisher)}</nav>
{search_form(publisher)}</div><footer id="footer" class="mw-footer" role="contentinfo">
<ul id="footer-info"><li id="footer-info-lastmod">14 March 2026, 09:41</li></ul></footer>
</body></html>
"""


def forum(publisher: Publisher, story: Story) -> str:
    """Return a thread; each paragraph of the story is a post."""
    posts = "".join(
        f"""<div id="p{900 + n}" class="post has-profile bg{n % 2 + 1}"><div class="inner">
<dl class="postprofile"><dt><a class="username" href="./memberlist.php?u={n * 37}">{member}</a>
</dt><dd class="profile-posts"><strong>Posts:</strong> {n * 53 + 11}</dd></dl>
<div class="postbody"><h3 class="first">Re: {escape(story.title)}</h3>
<p class="author">by <strong>{member}</strong> » {n + 2} Sep 2024, {7 + n}:{10 + n * 3}</p>
<div class="content">{post}</div></div></div></div>"""
        for n, (member, post) in enumerate(
            zip(_members(publisher), story.text.strip().split("\n\n"), strict=False)
        )
    )
    title = escape(story.title)
    return f"""<!DOCTYPE html>
<html dir="ltr" lang="{publisher.language}"><head><meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>{title} - {escape(publisher.name)}</title>{canonical(publisher, story)}
<link href="./styles/prosilver/theme/stylesheet.css?assets_version=24" rel="stylesheet">
{style(publisher)}{story.head}</head><body id="phpbb" class="nojs notouch section-viewtopic ltr">
<div id="wrap" class="wrap"><div id="page-header"><div class="headerbar" role="banner">
<div id="site-description"><a id="logo" href="./index.php"></a><p class="site-heading">
{escape(publisher.name)}</p><p>{escape(publisher.about)}</p></div></div>
<div class="navbar"><ul id="nav-main"><li><a href="./ucp.php?mode=login">Login</a></li>
<li><a href="./ucp.php?mode=register">Register</a></li></ul>{menu(publisher)}</div></div>
<div id="page-body" class="page-body" role="main"><h2 class="topic-title"><a
 href="{story.path}">{escape(story.heading) or title}</a></h2>
{posts}{story.tail}</div><div id="page-footer">{listed(publisher)}
<div class="copyright">Powered by phpBB&reg; Forum Software &copy; phpBB Limited</div></div></div>
<script src="./assets/javascript/jquery-3.6.0.min.js?assets_version=24"></script></body></html>
"""


def _members(publisher: Publisher) -> list[str]:
    names = ["oldtimer", "Wren_47", "Marek", "juniper.k", "stella77", "Aunt-Hilda", "pkowalski"]
    turn = len(publisher.name) % len(names)
    return names[turn:] + names[:turn]


def static(publisher: Publisher, story: Story) -> str:
    title = escape(story.title)
    return f"""<!DOCTYPE html>
<html lang="{publisher.language}">
<head><meta charset="utf-8"><meta name="generator" content="Hugo 0.126.1">
<title>{title}</title><link rel="stylesheet" href="/css/main.min.7c1d.css">
{canonical(publisher, story)}{story.head}</head>
<body><header><a href="/">{escape(publisher.name)}</a> {menu(publisher)}</header>
<main><h1>{escape(story.heading) or title}</h1>
{prose(story.text)}
{story.tail}</main><footer>{escape(publisher.about)}</footer></body></html>
"""


def bare(publisher: Publisher, story: Story) -> str:
    """Return a page as they were written by hand."""
    title = escape(story.title)
    return f"""<HTML><HEAD><TITLE>{title}</TITLE>
<META NAME="GENERATOR" CONTENT="Mozilla/4.7 [en] (Win98; I) [Netscape]">{story.head}</HEAD>
<BODY BGCOLOR="#FFFFE8" TEXT="#000000" LINK="#0000EE" VLINK="#551A8B">
<CENTER><FONT SIZE="+3"><B>{escape(story.heading) or title}</B></FONT></CENTER><HR WIDTH="80%">
{prose(story.text)}
{story.tail}<HR><FONT SIZE="-1"><A HREF="/">{escape(publisher.name)}</A> -
{escape(publisher.about)}</FONT></BODY></HTML>
"""


def shop(publisher: Publisher, story: Story) -> str:
    title = escape(story.title)
    return f"""<!doctype html>
<html class="no-js" lang="{publisher.language}"><head><meta charset="utf-8">
<meta http-equiv="X-UA-Compatible" content="IE=edge">{canonical(publisher, story)}
<title>{title} &ndash; {escape(publisher.name)}</title>
<meta property="og:type" content="product"><meta property="og:title" content="{title}">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"Product",
"name":"{title}","brand":{{"@type":"Brand","name":"{escape(publisher.name)}"}}}}</script>
{style(publisher)}{story.head}</head><body class="template-product">
<div id="shop-section-header"><header class="site-header"><a href="/" class="site-header__logo">
{escape(publisher.name)}</a><nav>{menu(publisher)}</nav><a href="/cart" class="site-cart">0</a>
{search_form(publisher)}</header></div>
<main class="main-content" id="MainContent"><div class="product-single grid">
<div class="product-single__media"><img src="/cdn/files/item_1.jpg" alt="{title}"></div>
<h1 class="product-single__title">{escape(story.heading) or title}</h1>
<div class="product-single__description rte">
{prose(story.text)}
</div>{story.tail}</div><section class="related-products">{listed(publisher)}</section></main>
<footer class="site-footer"><p>{escape(publisher.about)}</p></footer>{cookie_banner(publisher)}
<script>window.theme={{strings:{{addToCart:"Add to cart",soldOut:"Sold out",
unavailable:"Unavailable"}},moneyFormat:"&euro;{{{{amount}}}}"}};</script></body></html>
"""


def news(publisher: Publisher, story: Story) -> str:
    title = escape(story.title)
    return f"""<!DOCTYPE html>
<html lang="{publisher.language}" class="no-js"><head><meta charset="utf-8">
<title>{title} | {escape(publisher.name)}</title>{canonical(publisher, story)}
<meta name="robots" content="max-image-preview:large"><meta property="og:type" content="article">
<meta property="og:title" content="{title}">{described(publisher)}
<script>window.dataLayer=window.dataLayer||[];dataLayer.push({{"pageType":"article",
"wordCount":{len(story.text.split())}}});</script>
<script async src="https://www.googletagmanager.com/gtm.js?id=GTM-5X"></script>
{style(publisher)}{story.head}</head><body class="article-page">
<div id="ad-leaderboard" class="ad-slot" data-ad-unit="top"></div>
<header class="masthead"><a href="/">{escape(publisher.name)}</a><nav>{menu(publisher)}</nav>
</header><main><article itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">{escape(story.heading) or title}</h1>
<div class="share"><button>Facebook</button><button>WhatsApp</button></div>
<div class="article-body" itemprop="articleBody">
{prose(story.text)}
</div></article>{story.tail}<aside class="most-read">{listed(publisher)}</aside></main>
<footer><nav>{menu(publisher)}</nav><p>&copy; {escape(publisher.name)}</p></footer>
{cookie_banner(publisher)}<script src="/assets/bundle.4af1.js" defer></script></body></html>
"""


def government(publisher: Publisher, story: Story) -> str:
    title = escape(story.title)
    return f"""<!DOCTYPE html>
<html lang="{publisher.language}" class="govuk-template"><head><meta charset="utf-8">
<title>{title} - {escape(publisher.name)}</title>{canonical(publisher, story)}
<meta name="DC.title" content="{title}"><meta name="DC.publisher"
 content="{escape(publisher.name)}">{style(publisher)}{story.head}</head>
<body class="govuk-template__body"><a href="#main" class="govuk-skip-link">&raquo;</a>
<header class="govuk-header" role="banner"><a href="/">{escape(publisher.name)}</a></header>
<nav aria-label="breadcrumb" class="govuk-breadcrumbs">{menu(publisher)}</nav>
<main class="govuk-main-wrapper" id="main" role="main">
<h1 class="govuk-heading-xl">{escape(story.heading) or title}</h1>
{prose(story.text)}
{story.tail}</main><footer class="govuk-footer" role="contentinfo">{listed(publisher)}
<p>{escape(publisher.about)}</p></footer></body></html>
"""


def university(publisher: Publisher, story: Story) -> str:
    title = escape(story.title)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="{publisher.language}"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{title} :: {escape(publisher.name)}</title>{described(publisher)}
{style(publisher)}{canonical(publisher, story)}{story.head}</head>
<body><div id="wrapper"><div id="header"><a href="/"><img src="/img/seal.png"
 alt="{escape(publisher.name)}" /></a></div>
<div id="leftnav">{menu(publisher)}</div>
<div id="content"><h1>{escape(story.heading) or title}</h1>
{prose(story.text)}
{story.tail}</div><div id="rightcol">{listed(publisher)}</div>
<div id="footer">{escape(publisher.about)}</div></div></body></html>
"""


def next_app(publisher: Publisher, story: Story) -> str:
    """Return a page of a JavaScript framework, rendered on the server.

    As the real ones do, it carries the text of the framework's own error page in its data.
    """
    title = escape(story.title)
    return f"""<!DOCTYPE html><html lang="{publisher.language}"><head><meta charSet="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<link rel="preload" as="script" href="/_next/static/chunks/webpack-3f.js"/>
<script src="/_next/static/chunks/main-app-91.js" async=""></script><title>{title}</title>
{canonical(publisher, story)}{style(publisher)}{story.head}</head><body class="__className_9d">
<div id="__next"><header><a href="/">{escape(publisher.name)}</a><nav>{menu(publisher)}</nav>
</header><main><h1>{escape(story.heading) or title}</h1>
{prose(story.text)}
{story.tail}</main><footer>{escape(publisher.about)}</footer></div>
<script>(self.__next_f=self.__next_f||[]).push([1,"5:[\\"$\\",\\"title\\",null,{{\\"children\\":
\\"404: This page could not be found.\\"}}],[\\"$\\",\\"h1\\",null,{{\\"children\\":\\"404\\"}}],
[\\"$\\",\\"h2\\",null,{{\\"children\\":\\"This page could not be found.\\"}}]"])</script>
</body></html>"""
