"""How the demo's own pages are written: a frame around sections of links, in several layouts."""

from __future__ import annotations

from asyncio import StreamWriter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from brokenlinks.demo.behaviours import answer
from brokenlinks.demo.server import Behaviour, ReceivedRequest

Describe = Callable[[str, int], tuple[str, str]]
"""From a target's key and the port to its address and what it is about."""
Links = list[tuple[str, str]]

CONTACT = (
    '<p class="contact">A link is broken? <a href="mailto:webmaster@{host}">Write to us</a>, call'
    ' <a href="tel:+15550100">555 0100</a> or <a href="javascript:print()">print this page</a>.</p>'
)


@dataclass(frozen=True, slots=True)
class LinksPage:
    """One page of links: `sections` are headings with the keys of the targets they list."""

    host: str
    path: str
    title: str
    intro: str
    sections: dict[str, list[str]]
    layout: str = "list"
    language: str = "en"
    updated: str = ""
    """Markup that dates the page."""
    own_links: dict[str, str] = field(default_factory=dict)
    """Text and path of the links in its own navigation."""
    sidebar: tuple[str, ...] = ()
    """Keys of the targets in its blogroll."""
    footer_links: tuple[str, ...] = ()
    """Keys of the targets in its footer."""
    contact: str = CONTACT
    """Markup that says whom to write to; `{host}` is the page's."""
    is_seed: bool = True

    def behaviour(self, describe: Describe) -> Behaviour:
        """Return how the page is served; its links carry the port it was asked at."""

        async def behave(asked: ReceivedRequest, writer: StreamWriter) -> None:
            port = int(asked.headers["host"].rpartition(":")[2])
            await answer(self.markup(lambda key: describe(key, port)))(asked, writer)

        return behave

    def markup(self, describe: Callable[[str], tuple[str, str]]) -> str:
        """Return the page's HTML."""
        title, write = escape(self.title), _LAYOUTS[self.layout]
        sections = "".join(
            f"<h2>{escape(heading)}</h2>{write([describe(key) for key in keys])}"
            for heading, keys in self.sections.items()
        )
        navigation = _inline([(to, text) for text, to in self.own_links.items()])
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{title}</title><style>body {{ font-family: sans-serif }}</style></head><body>"
            f'<header class="site-header"><nav><a href="/">Home</a> {navigation}</nav></header>'
            f'<main id="content"><h1>{title}</h1><p>{escape(self.intro)}</p>{sections}'
            f"{self.contact.format(host=self.host)}<p>{self.updated}</p></main>{self._aside(describe)}"
            f"<footer>{_inline(list(map(describe, self.footer_links)))}"
            '<a href="/privacy">Privacy</a></footer></body></html>'
        )

    def _aside(self, describe: Callable[[str], tuple[str, str]]) -> str:
        if not self.sidebar:
            return ""
        roll = _bullets(list(map(describe, self.sidebar)))
        return f'<aside class="sidebar"><h3>Blogs we read</h3>{roll}</aside>'


def _inline(links: Links) -> str:
    return " ".join(f'<a href="{url}">{escape(about)}</a>' for url, about in links)


def _bullets(links: Links) -> str:
    entries = (
        f'<li><a href="{url}">{escape(about)}</a>, worth a look</li>' for url, about in links
    )
    return f"<ul>{''.join(entries)}</ul>"


def _definitions(links: Links) -> str:
    entries = (
        f'<dt><a href="{url}">{escape(about)}</a></dt><dd>Recommended by our members.</dd>'
        for url, about in links
    )
    return f"<dl>{''.join(entries)}</dl>"


def _table(links: Links) -> str:
    rows = (
        f'<tr><td><a href="{url}">{escape(about)}</a></td><td>free</td></tr>'
        for url, about in links
    )
    return f"<table>{''.join(rows)}</table>"


def _old_style(links: Links) -> str:
    """Write as in 1997, upper case and unclosed."""
    return "".join(f'<A HREF="{url}">{escape(about)}</A><BR>' for url, about in links) + "<P>"


def _prose(links: Links) -> str:
    return "".join(
        f'<p>In our experience <a href="{url}">{escape(about)}</a> says it well, but read on: the'
        " art is in the grind, the temperature and the freshness of the beans, and no page can"
        " replace a morning of tasting, adjusting and tasting again with somebody who knows.</p>"
        for url, about in links
    )


_LAYOUTS: dict[str, Callable[[Links], str]] = {
    "list": _bullets,
    "definitions": _definitions,
    "table": _table,
    "old": _old_style,
    "prose": _prose,
}
