"""How the sites of this half are dressed: five systems as one meets them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.labelled.building import HOME_LINES, paragraphs, prose

Dress = Callable[..., str]


def wordpress(
    name: str, title: str, body: str, *, h1: str = "", language: str = "en", head: str = ""
) -> str:
    """Return a page of the blog system: widgets, emoji script, comment form."""
    recent = "".join(
        f'<li><a href="/2019/{n:02}/note-{n}/">Note {n} from the shed</a></li>' for n in range(1, 8)
    )
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} &#8211; {escape(name)}</title>
<link rel="stylesheet" href="/wp-content/themes/twentyseventeen/style.css?ver=6.4">
<script>window._wpemojiSettings={{"baseUrl":"https://s.w.org/images/core/emoji/14.0.0/72x72/"}};</script>
<style>.wp-block-button__link{{color:#fff;background-color:#32373c;border-radius:9999px}}</style>
<meta name="generator" content="WordPress 6.4.3">{head}</head>
<body class="post-template-default single single-post wp-embed-responsive">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead"><p class="site-title"><a href="/" rel="home">{escape(name)}</a></p>
<nav id="site-navigation"><ul><li><a href="/">Home</a></li><li><a href="/about/">About</a></li>
<li><a href="/archive/">Archive</a></li><li><a href="/contact/">Contact</a></li></ul></nav></header>
<div id="content"><main id="main"><article class="post"><h1 class="entry-title">{h1 or escape(title)}</h1>
<div class="entry-content">{body}</div></article></main>
<aside id="secondary"><section class="widget"><h2 class="widget-title">Recent Posts</h2><ul>{recent}</ul></section>
<section class="widget"><h2 class="widget-title">Search</h2><form role="search"><input type="search"></form></section></aside></div>
<footer id="colophon">Proudly powered by WordPress</footer>
<script src="/wp-includes/js/comment-reply.min.js"></script></body></html>"""


def oldstyle(
    name: str, title: str, body: str, *, h1: str = "", language: str = "en", head: str = ""
) -> str:
    """Return a page by hand from the last century."""
    return f"""<HTML lang="{language}"><HEAD><TITLE>{escape(title)}</TITLE>
<META NAME="GENERATOR" CONTENT="Mozilla/4.7 [en] (Win98; I) [Netscape]">{head}</HEAD>
<BODY BGCOLOR="#FFFFCC" TEXT="#000000" LINK="#0000EE">
<CENTER><H1>{h1 or escape(title)}</H1><HR WIDTH="80%"></CENTER>
{body}
<P><A HREF="/">Back to the home page of {escape(name)}</A> | <A HREF="/guest.html">Guestbook</A>
| <A HREF="/sitemap.html">Site map</A><BR><FONT SIZE="-1">Best viewed at 800 x 600.</FONT></BODY></HTML>"""


def shop(
    name: str, title: str, body: str, *, h1: str = "", language: str = "en", head: str = ""
) -> str:
    """Return a page of a web shop: mega menu, basket, newsletter, cookie banner."""
    menu = "".join(
        f'<li class="level1"><a href="/c/{n}">{what}</a><ul><li><a href="/c/{n}/new">New</a></li>'
        f'<li><a href="/c/{n}/sale">Offers</a></li></ul></li>'
        for n, what in enumerate(("Tools", "Books", "Seeds", "Kits", "Gifts", "Spare parts"))
    )
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8">
<title>{escape(title)} | {escape(name)}</title>
<script>dataLayer=[{{"pageType":"other","currency":"EUR"}}];</script>
<link href="/static/version1700000000/frontend/css/styles-m.css" rel="stylesheet">{head}</head>
<body data-container="body" class="page-layout-1column">
<div class="cookie-notice" role="dialog"><p>We use cookies to make the basket work.</p><button>Allow</button></div>
<header class="page-header"><a class="logo" href="/">{escape(name)}</a><form class="minisearch"><input name="q"></form>
<a class="showcart" href="/checkout/cart/">My Cart <span class="counter">0</span></a>
<nav class="navigation"><ul>{menu}</ul></nav></header>
<main id="maincontent"><div class="page-title-wrapper"><h1 class="page-title">{h1 or escape(title)}</h1></div>
<div class="column main">{body}</div></main>
<footer class="page-footer"><ul><li><a href="/shipping">Shipping</a></li><li><a href="/returns">Returns</a></li>
<li><a href="/privacy">Privacy</a></li></ul><form class="subscribe"><label>Newsletter</label><input type="email"></form>
<small>Copyright {escape(name)}. All rights reserved.</small></footer></body></html>"""


def government(
    name: str, title: str, body: str, *, h1: str = "", language: str = "en", head: str = ""
) -> str:
    """Return a page of an authority: breadcrumbs, accessibility links, a feedback box."""
    return f"""<!DOCTYPE html><html lang="{language}" class="no-js"><head><meta charset="utf-8">
<title>{escape(title)} - {escape(name)}</title><meta name="dcterms.language" content="{language}">{head}</head><body>
<div id="skip"><a href="#main">Skip to main content</a></div>
<header role="banner"><div class="crest"><a href="/">{escape(name)}</a></div>
<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/topics">Topics</a></li></ol></header>
<main id="main" role="main"><h1>{h1 or escape(title)}</h1>{body}
<section class="feedback"><h2>Is this page useful?</h2><button>Yes</button><button>No</button></section></main>
<nav aria-label="Services"><ul><li><a href="/services">Services</a></li><li><a href="/councils">Councils</a></li>
<li><a href="/news">News</a></li><li><a href="/jobs">Careers</a></li></ul></nav>
<footer><ul><li><a href="/accessibility">Accessibility</a></li><li><a href="/foi">Freedom of information</a></li></ul></footer>
</body></html>"""


def wiki(
    name: str, title: str, body: str, *, h1: str = "", language: str = "en", head: str = ""
) -> str:
    """Return a page of a wiki: tools, edit links, categories."""
    return f"""<!DOCTYPE html><html class="client-nojs" lang="{language}" dir="ltr"><head><meta charset="UTF-8"/>
<title>{escape(title)} - {escape(name)}</title><meta name="generator" content="MediaWiki 1.39.3"/>{head}</head>
<body class="mediawiki ltr sitedir-ltr ns-0"><div id="content" class="mw-body" role="main">
<h1 id="firstHeading" class="firstHeading">{h1 or escape(title)}</h1>
<div id="siteSub">From {escape(name)}</div><div id="mw-content-text">{body}
<div id="catlinks"><a href="/index.php/Special:Categories">Categories</a>: <a href="/index.php/Category:All">All</a></div></div></div>
<div id="mw-navigation"><ul><li><a href="/index.php/Main_Page">Main page</a></li><li><a href="/index.php/Special:RecentChanges">Recent changes</a></li>
<li><a href="/index.php/Special:Random">Random page</a></li><li><a href="/index.php/Help">Help</a></li></ul></div>
<footer id="footer"><li>This page was last edited on 3 May 2024.</li></footer></body></html>"""


def article(
    dress: Dress, name: str, title: str, subject: str, *, sentences: int = 24, **more: str
) -> str:
    """Return a page with enough to read about a subject."""
    return dress(name, title, paragraphs(prose(subject, sentences, title)), **more)


def home(dress: Dress, name: str, subject: str, **more: str) -> str:
    """Return a site's home page."""
    teasers = "".join(
        f'<div class="teaser"><h3><a href="/part-{n}">Part {n}</a></h3><p>{text}</p></div>'
        for n, text in enumerate(prose(subject, 12, f"home of {name}"), 1)
    )
    return dress(name, f"Welcome to {name}", paragraphs(HOME_LINES) + teasers, **more)


def missing(dress: Dress, name: str, **more: str) -> str:
    """Return the site's own error page in English."""
    body = "<p>Sorry, but nothing was found at this address. Try the menu or the search.</p>"
    return dress(name, "Page not found", body, **more)
