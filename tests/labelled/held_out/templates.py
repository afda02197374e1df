"""How the sites of this half are dressed: five other systems."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.labelled.building import paragraphs, prose

Dress = Callable[..., str]


def drupal(
    site: str, title: str, body: str, *, h1: str = "", language: str = "en", head: str = ""
) -> str:
    """Return a page of an association's system with blocks and a sponsor list."""
    return f"""<!DOCTYPE html>
<html lang="{language}" dir="ltr" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8" />
<meta name="Generator" content="Drupal 10 (https://www.drupal.org)" /><title>{escape(title)} | {escape(site)}</title>
<link rel="stylesheet" media="all" href="/sites/default/files/css/css_Kx.css" />{head}</head>
<body class="path-node page-node-type-article"><div class="dialog-off-canvas-main-canvas"><div id="page-wrapper">
<header id="header" role="banner"><div class="site-branding"><a href="/" rel="home">{escape(site)}</a></div>
<nav role="navigation" id="block-main-menu"><ul class="menu"><li><a href="/">Start</a></li><li><a href="/node/2">The society</a></li>
<li><a href="/calendar">Calendar</a></li><li><a href="/user/login">Log in</a></li></ul></nav></header>
<main><section class="section"><div class="block block-page-title"><h1 class="title page-title">{h1 or escape(title)}</h1></div>
<article><div class="field field--name-body">{body}</div></article></section></main>
<aside class="sidebar"><div class="block"><h2>Our sponsors</h2><ul><li>Bakery Lind</li><li>Savings bank</li><li>Hotel Post</li></ul></div></aside>
<footer><p>© 2009-2026 {escape(site)}</p></footer></div></div></body></html>"""


def typo3(
    site: str, title: str, body: str, *, h1: str = "", language: str = "de", head: str = ""
) -> str:
    """Return a page of a municipal or university system, German by default."""
    words = (
        ("Startseite", "Aktuelles", "Einrichtungen", "Kontakt", "Impressum")
        if language == "de"
        else ("Home", "News", "Institutes", "Contact", "Imprint")
    )
    menu = "".join(f'<li><a href="/{word.lower()}/">{word}</a></li>' for word in words)
    return f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">
<!-- This website is powered by TYPO3 - inspiring people to share! -->
<title>{escape(site)}: {escape(title)}</title><meta name="generator" content="TYPO3 CMS">{head}</head>
<body id="p118"><div id="meta"><ul>{menu}</ul></div><div id="wrap"><div id="logo"><a href="/">{escape(site)}</a></div>
<div id="content"><!--TYPO3SEARCH_begin--><div class="csc-header"><h1>{h1 or escape(title)}</h1></div>
<div class="csc-default">{body}</div><!--TYPO3SEARCH_end--></div>
<div id="right"><h3>Quicklinks</h3><ul><li><a href="/a-z/">A-Z</a></li><li><a href="/lageplan/">Map</a></li></ul></div></div></body></html>"""


def forum(
    site: str, title: str, body: str, *, h1: str = "", language: str = "en", head: str = ""
) -> str:
    """Return a thread of a forum: posters, signatures, pager."""
    return f"""<!DOCTYPE html><html dir="ltr" lang="{language}"><head><meta charset="utf-8" />
<title>{escape(title)} - {escape(site)}</title>{head}</head><body id="phpbb" class="nojs section-viewtopic ltr">
<div id="wrap"><div id="page-header"><a id="logo" href="/index.php">{escape(site)}</a>
<ul class="linklist"><li><a href="/index.php">Board index</a></li><li><a href="/faq.php">FAQ</a></li><li><a href="/ucp.php?mode=register">Register</a></li></ul></div>
<div id="page-body" role="main"><h2 class="topic-title">{h1 or escape(title)}</h2>
<div class="post"><div class="postprofile">oldhand <br>Posts: 1204</div><div class="content">{body}</div><div class="signature">Measure twice.</div></div>
<div class="pagination">Page <strong>1</strong> of <strong>1</strong></div></div>
<div id="page-footer">Powered by phpBB&reg; Forum Software</div></div></body></html>"""


def news(
    site: str, title: str, body: str, *, h1: str = "", language: str = "en", head: str = ""
) -> str:
    """Return a page of a local paper: advertisement slots, related stories, share buttons."""
    related = "".join(
        f'<article class="card"><a href="/story/{n}">Story {n} from the region</a></article>'
        for n in range(6)
    )
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)} - {escape(site)}</title>
<meta property="og:site_name" content="{escape(site)}"><script async src="https://securepubads.example/gpt.js"></script>{head}</head>
<body><div class="ad-slot" id="billboard"></div><header class="masthead"><a href="/">{escape(site)}</a><nav><a href="/local">Local</a>
<a href="/sport">Sport</a><a href="/culture">Culture</a><a href="/subscribe">Subscribe</a></nav></header>
<main><h1>{h1 or escape(title)}</h1><div class="share"><button>Share</button></div><div class="story">{body}</div></main>
<section class="related"><h2>More from us</h2>{related}</section><footer>Editorial office, Market Square 1</footer></body></html>"""


def campus(
    site: str, title: str, body: str, *, h1: str = "", language: str = "en", head: str = ""
) -> str:
    """Return a page of a department's server, written by whoever was there."""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}"><head><title>{escape(title)}</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />{head}</head><body>
<table width="100%"><tr><td bgcolor="#003366"><a href="/"><font color="white">{escape(site)}</font></a></td></tr>
<tr><td><a href="/staff">Staff</a> <a href="/teaching">Teaching</a> <a href="/papers">Papers</a></td></tr></table>
<h2>{h1 or escape(title)}</h2>
{body}
<hr /><address>Last modified by the webmaster</address></body></html>"""


def article(
    dress: Dress, site: str, title: str, subject: str, *, sentences: int = 20, **more: str
) -> str:
    """Return a page with enough to read about a subject."""
    return dress(site, title, paragraphs(prose(subject, sentences, f"held {title}")), **more)


def front(dress: Dress, site: str, subject: str, **more: str) -> str:
    """Return a site's front page."""
    latest = "".join(
        f"<li><a href='/node/{n}'>{text[:60]}</a></li>"
        for n, text in enumerate(prose(subject, 40, f"front {site}"))
    )
    return dress(
        site,
        f"{site} - front page",
        f"<ul>{latest}</ul>" + paragraphs(prose(subject, 8, f"intro {site}")),
        **more,
    )


def absent(dress: Dress, site: str, **more: str) -> str:
    """Return the site's own error page."""
    return dress(
        site,
        "The requested page could not be found",
        "<p>It is not on this server, or not any more.</p>",
        **more,
    )
