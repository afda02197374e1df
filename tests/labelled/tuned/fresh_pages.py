"""Pages and cases of common makes, for the cases of somebody who had not read the rules."""

from __future__ import annotations

from datetime import date
from html import escape

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.names import DnsEntry
from brokenlinks.demo.server import Behaviour, Site
from tests.labelled.building import copies, html, paragraphs, prose, site
from tests.labelled.case import Case


def wordpress(title: str, body: str, name: str, *, language: str = "en-US", head: str = "") -> str:
    """Return a page of a block theme, with its menu, search and newest posts."""
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="UTF-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="generator" content="WordPress 6.5.3" />
<title>{escape(title)}</title>{head}
<link rel="stylesheet" href="/wp-content/themes/astra/assets/css/minified/main.min.css?ver=4.6" />
<style id="global-styles-inline-css">body{{--wp--preset--color--black:#000}}</style>
<script src="/wp-includes/js/jquery/jquery.min.js?ver=3.7.1"></script>
</head>
<body class="wp-custom-logo ast-desktop">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead"><p class="site-title"><a href="/">{escape(name)}</a></p>
<nav><ul><li><a href="/">Home</a></li><li><a href="/blog/">Blog</a></li>
<li><a href="/about/">About</a></li><li><a href="/contact/">Contact</a></li></ul></nav></header>
<div id="content"><main id="main" class="site-main">{body}</main>
<aside><form role="search" action="/"><input name="s" placeholder="Search …"></form>
<h2>Recent Posts</h2><ul><li><a href="/a-quiet-winter/">A quiet winter</a></li>
<li><a href="/the-new-shed/">The new shed</a></li><li><a href="/thanks/">Thank you all</a></li></ul>
</aside></div>
<footer>Copyright © 2026 {escape(name)} | Powered by Astra WordPress Theme</footer>
<script src="/wp-content/themes/astra/assets/js/minified/frontend.min.js"></script>
</body></html>"""


def portal(title: str, body: str, name: str, *, language: str, menu: str, foot: str) -> str:
    """Return a page of a large CMS: breadcrumb, menus left and above, a foot."""
    items = "".join(f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(menu.split()))
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="{language}" lang="{language}">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{escape(title)}</title>
<link href="/templates/rt_kirigami/css/template.css" rel="stylesheet" type="text/css" />
<script type="text/javascript" src="/media/system/js/mootools.js"></script></head>
<body id="page"><div id="top"><a href="/"><img src="/images/logo.png" alt="{escape(name)}"/></a>
<ul class="menu">{items}</ul></div>
<div class="breadcrumbs"><a href="/">{escape(name)}</a></div>
<div id="left"><ul>{items}</ul></div>
<div id="component">{body}</div>
<div id="footer">{foot}</div></body></html>"""


def plain(title: str, body: str, *, language: str = "en", head: str = "") -> str:
    """Return a page written by hand, long ago."""
    return (
        f'<html lang="{language}"><head><title>{escape(title)}</title>{head}</head>\n'
        f'<body bgcolor="#ffffee" text="#000000">{body}<hr>'
        '<a href="/"><img src="/gif/home.gif" alt="home"></a> '
        "<small>last modified 12-03-2019</small></body></html>"
    )


def story(subject: str, heading: str, seed: str, sentences: int = 14) -> str:
    return f"<h1>{escape(heading)}</h1>" + paragraphs(prose(subject, sentences, seed))


def old_page(subject: str, title: str, seed: str) -> str:
    return plain(title, story(subject, title, seed))


def soft(
    name: str,
    url: str,
    anchor: str,
    page: str,
    home: str,
    *,
    captures: tuple[tuple[int, str], ...] = (),
    verdicts: tuple[str, ...] = ("soft_404",),
) -> Case:
    """Return a case whose host answers every path but the root with the same page and 200."""
    host = url.partition("/")[0]
    sites = {host: site(home, html(page))}
    return Case(name, verdicts, url, anchor, sites, captures={url: copies(*captures)})


def living(
    name: str,
    url: str,
    anchor: str,
    page: str,
    home: str,
    *,
    otherwise: str = "",
    verdicts: tuple[str, ...] = ("alive",),
) -> Case:
    """Return a case whose page is served, beside a proper 404 for all that is not."""
    host, _, path = url.partition("/")
    lost = otherwise or plain("404 Not Found", "<h1>Not Found</h1><p>No such page here.</p>")
    return Case(name, verdicts, url, anchor, {host: site(home, lost, {f"/{path}": page})})


def everywhere(
    name: str,
    url: str,
    anchor: str,
    page: str | Behaviour,
    verdicts: tuple[str, ...],
    *,
    captures: tuple[tuple[int, str], ...] = (),
    registered: date | None = None,
    name_servers: tuple[str, ...] = (),
) -> Case:
    """Return a case whose host answers every path, the root too, in one way."""
    host = url.partition("/")[0]
    behave = html(page) if isinstance(page, str) else page
    entry = DnsEntry("127.0.0.1", name_servers=name_servers) if name_servers else None
    return Case(
        name,
        verdicts,
        url,
        anchor,
        {host: Site(behave, {"/robots.txt": b.refusal(404)})},
        names={host: entry} if entry else {},
        captures={url: copies(*captures)} if captures else {},
        registered={host: registered} if registered else {},
    )


def walled(name: str, url: str, markup: str, status: int, **headers: str) -> Case:
    return everywhere(
        name, url, "What the club reads", html(markup, status, **headers), ("blocked",)
    )
