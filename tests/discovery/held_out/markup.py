"""How the sites look: frames around a page's body, and the ways people lay out links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a links page."""

    url: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class PageParts:
    """A page before it is framed; `body` and `aside` are markup, `menu` (path, text) pairs."""

    site: str
    title: str
    body: str
    menu: list[tuple[str, str]]
    aside: str = ""
    language: str = "en"


def render_page(frame: str, page: PageParts) -> str:
    """Return the whole page in one of the frames."""
    return TEMPLATES[frame](page)


def render_sections(layout: str, sections: dict[str, list[Entry]]) -> str:
    """Return sections of links in one of the layouts."""
    heading, opened, entry, closed = LAYOUTS[layout]
    return "".join(
        heading.format(escape(name))
        + opened
        + "".join(
            entry.format(url=escape(e.url), name=escape(e.name), about=escape(e.about))
            for e in entries
        )
        + closed
        for name, entries in sections.items()
    )


def paragraphs(*texts: str) -> str:
    """Return texts as paragraphs."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def bullets(links: list[tuple[str, str]]) -> str:
    """Return (address, text) pairs as a plain list."""
    return f"<ul>{''.join(f'<li>{link}</li>' for link in map(_anchor, links))}</ul>"


def _anchor(link: tuple[str, str]) -> str:
    return f'<a href="{escape(link[0])}">{escape(link[1])}</a>'


def _document(page: PageParts, body: str) -> str:
    title = escape(page.title if page.title == page.site else f"{page.title} | {page.site}")
    return (
        f'<!doctype html><html lang="{page.language}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body>{body}</body></html>"
    )


def _modern(page: PageParts) -> str:
    return _document(
        page,
        f'<header><a class="brand" href="/">{escape(page.site)}</a><nav>{bullets(page.menu)}</nav>'
        f"</header><main><h1>{escape(page.title)}</h1>{page.body}</main>{page.aside}"
        f"<footer><p>&copy; {escape(page.site)}</p></footer>",
    )


def _plain(page: PageParts) -> str:
    menu = " | ".join(map(_anchor, page.menu))
    return _document(
        page,
        f'<div id="top"><h2>{escape(page.site)}</h2><p>{menu}</p></div>'
        f'<div id="content"><h1>{escape(page.title)}</h1>{page.body}</div>{page.aside}'
        "<hr><address>Webmaster, last changed by hand</address>",
    )


def _blog(page: PageParts) -> str:
    return _document(
        page,
        f'<div class="site-title"><a href="/">{escape(page.site)}</a></div>'
        f'<div class="wrap"><article class="post"><h1 class="entry-title">{escape(page.title)}</h1>'
        f'<div class="entry-content">{page.body}</div></article>'
        f'<aside class="sidebar"><h3>Pages</h3>{bullets(page.menu)}{page.aside}</aside></div>'
        "<footer><p>Powered by tea and stubbornness</p></footer>",
    )


def _guide(page: PageParts) -> str:
    tabs = "".join(f'<li class="tab">{_anchor(link)}</li>' for link in page.menu)
    return _document(
        page,
        f'<div class="breadcrumb"><a href="/">{escape(page.site)}</a> &raquo; Research guides'
        f' &raquo; {escape(page.title)}</div><h1 id="guide-name">{escape(page.title)}</h1>'
        f'<ul class="nav nav-tabs">{tabs}</ul><div id="guide-main">{page.body}</div>{page.aside}'
        '<div id="footer">Report a problem. Staff login.</div>',
    )


def _forum(page: PageParts) -> str:
    return _document(
        page,
        f'<div id="header"><a href="/">{escape(page.site)}</a></div><ul class="linklist navlinks">'
        f"{''.join(f'<li>{link}</li>' for link in map(_anchor, page.menu))}</ul>"
        f'<div id="page-body"><h2 class="topic-title">{escape(page.title)}</h2>'
        f'<div class="post"><div class="postbody"><div class="content">{page.body}</div></div>'
        f'<dl class="postprofile"><dt>moderator</dt><dd>Posts: 2187</dd></dl></div></div>'
        f"{page.aside}<div id='page-footer'>All times are UTC</div>",
    )


def _shop(page: PageParts) -> str:
    return _document(
        page,
        f'<div class="topbar">Free delivery on large orders. <a href="/basket">Basket (0)</a></div>'
        f'<nav class="categories">{bullets(page.menu)}</nav><main class="cms-page">'
        f"<h1>{escape(page.title)}</h1>{page.body}</main>{page.aside}"
        '<footer class="trust">Cards accepted. Prices include tax.</footer>',
    )


def _wiki(page: PageParts) -> str:
    return _document(
        page,
        f'<div id="content" class="mw-body"><h1 id="firstHeading">{escape(page.title)}</h1>'
        f'<div id="mw-content-text"><div class="mw-parser-output">{page.body}</div></div></div>'
        f'<div id="mw-navigation"><div id="mw-panel">{bullets(page.menu)}</div></div>{page.aside}'
        '<div id="footer">Content is available under a free licence.</div>',
    )


def _old(page: PageParts) -> str:
    """Write as in 1998: upper case, tables in tables, nothing closed that need not be."""
    menu = "<BR>".join(map(_anchor, page.menu))
    return (
        f"<HTML><HEAD><TITLE>{escape(page.title)}</TITLE></HEAD><BODY BGCOLOR=#FFFFCC>"
        "<TABLE WIDTH=780 BORDER=0><TR><TD WIDTH=140 VALIGN=TOP BGCOLOR=#CCCC99>"
        f"<FONT SIZE=2>{menu}</FONT></TD><TD VALIGN=TOP><CENTER><FONT SIZE=5 COLOR=#660000><B>"
        f"{escape(page.title)}</B></FONT></CENTER>{page.body}{page.aside}</TD></TR></TABLE>"
        "<HR><CENTER><FONT SIZE=1>Member of the web ring since 1998</FONT></CENTER></BODY></HTML>"
    )


def _readme(page: PageParts) -> str:
    return _document(
        page,
        f'<header class="repo-head"><a href="/">{escape(page.site)}</a> {bullets(page.menu)}'
        '</header><div id="readme"><article class="markdown-body">'
        f"<h1>{escape(page.title)}</h1>{page.body}</article></div>{page.aside}",
    )


TEMPLATES: dict[str, Callable[[PageParts], str]] = {
    "modern": _modern,
    "plain": _plain,
    "blog": _blog,
    "guide": _guide,
    "forum": _forum,
    "shop": _shop,
    "wiki": _wiki,
    "old": _old,
    "readme": _readme,
}

H2, H3 = "<h2>{}</h2>", "<h3>{}</h3>"
LAYOUTS: dict[str, tuple[str, str, str, str]] = {
    "list": (H2, "<ul>", '<li><a href="{url}">{name}</a> - {about}</li>', "</ul>"),
    "bare": (H2, "<ul>", '<li><a href="{url}" target="_blank">{name}</a></li>', "</ul>"),
    "definitions": (H3, "<dl>", '<dt><a href="{url}">{name}</a></dt><dd>{about}</dd>', "</dl>"),
    "paragraphs": (
        H2,
        "",
        '<p><strong><a href="{url}">{name}</a></strong>: {about}.</p>',
        "",
    ),
    "cards": (
        H2,
        '<div class="grid">',
        '<div class="card"><h3><a href="{url}">{name}</a></h3><p>{about}</p></div>',
        "</div>",
    ),
    "boxes": (
        '<div class="s-lib-box"><h2 class="s-lib-box-title">{}</h2>',
        '<ul class="s-lg-link-list">',
        '<li><a href="{url}">{name}</a><div class="s-lg-link-desc">{about}</div></li>',
        "</ul></div>",
    ),
    "posts": (
        "<p><strong>{}</strong></p>",
        "<p>",
        'The {name} ({about}): <a href="{url}" class="postlink">{url}</a><br>',
        "</p>",
    ),
    "wiki": (
        '<h2><span class="mw-headline">{}</span></h2>',
        "<ul>",
        '<li><a rel="nofollow" class="external text" href="{url}">{name}</a>, {about}</li>',
        "</ul>",
    ),
    "markdown": (
        H2,
        "<ul>",
        '<li><a href="{url}" rel="nofollow">{name}</a> - {about}.</li>',
        "</ul>",
    ),
    "table": (
        "<P><FONT SIZE=4><B>{}</B></FONT><P>",
        "<TABLE BORDER=1 CELLPADDING=4>",
        '<TR><TD><A HREF="{url}">{name}</A><TD><FONT SIZE=2>{about}</FONT>',
        "</TABLE>",
    ),
    "breaks": ("<P><B><U>{}</U></B><P>", "", '<A HREF="{url}">{name}</A> ({about})<BR>', "<P>"),
}
"""Heading, what opens a section, one entry, what closes it."""
