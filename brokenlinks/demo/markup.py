"""How the demo's own pages are written: a frame around sections of links, in several layouts."""

from __future__ import annotations

from asyncio import StreamWriter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape

from brokenlinks.demo.behaviours import answer
from brokenlinks.demo.server import Behaviour, ReceivedRequest

Describe = Callable[[str, int], tuple[str, str]]
"""From a target's key and the port to its address and what it is about."""

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

        async def behave(request: ReceivedRequest, writer: StreamWriter) -> None:
            port = int(request.headers["host"].rpartition(":")[2])
            await answer(self.markup(lambda key: describe(key, port)))(request, writer)

        return behave

    def markup(self, describe: Callable[[str], tuple[str, str]]) -> str:
        """Return the page's HTML."""
        title = escape(self.title)
        sections = "".join(
            f"<h2>{escape(heading)}</h2>{_laid_out(self.layout, map(describe, keys))}"
            for heading, keys in self.sections.items()
        )
        aside = ""
        if self.sidebar:
            roll = _laid_out("list", map(describe, self.sidebar))
            aside = f'<aside class="sidebar"><h3>Blogs we read</h3>{roll}</aside>'
        navigation = _laid_out("inline", ((to, text) for text, to in self.own_links.items()))
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{title}</title><style>body {{ font-family: sans-serif }}</style></head><body>"
            f'<header class="site-header"><nav><a href="/">Home</a> {navigation}</nav></header>'
            f'<main id="content"><h1>{title}</h1><p>{escape(self.intro)}</p>{sections}'
            f"{self.contact.format(host=self.host)}<p>{self.updated}</p></main>{aside}"
            f"<footer>{_laid_out('inline', map(describe, self.footer_links))}"
            '<a href="/privacy">Privacy</a></footer></body></html>'
        )


LAYOUTS = {
    "inline": ("{}", '<a href="{url}">{about}</a>', " "),
    "list": ("<ul>{}</ul>", '<li><a href="{url}">{about}</a>, worth a look</li>', ""),
    "definitions": (
        "<dl>{}</dl>",
        '<dt><a href="{url}">{about}</a></dt><dd>Recommended by our members.</dd>',
        "",
    ),
    "table": (
        "<table>{}</table>",
        '<tr><td><a href="{url}">{about}</a></td><td>free</td></tr>',
        "",
    ),
    # As in 1997: upper case and unclosed.
    "old": ("{}<P>", '<A HREF="{url}">{about}</A><BR>', ""),
    "prose": (
        "{}",
        (
            '<p>In our experience <a href="{url}">{about}</a> says it well, but read on: the art is'
            " in the grind, the temperature and the freshness of the beans, and no page can replace"
            " a morning of tasting, adjusting and tasting again with somebody who knows.</p>"
        ),
        "",
    ),
}
"""Around the links, one link, and between two."""


def _laid_out(layout: str, links: Iterable[tuple[str, str]]) -> str:
    frame, entry, between = LAYOUTS[layout]
    entries = (entry.format(url=url, about=escape(about)) for url, about in links)
    return frame.format(between.join(entries))
