"""From a site as the data has it to one the loopback web serves.

Addresses are written with `{port}` in them, which is only known when a page is asked for.
"""

from __future__ import annotations

from asyncio import StreamWriter
from dataclasses import replace
from html import escape

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, ReceivedRequest, Site
from tests.discovery.held_out.markup import (
    Entry,
    PageParts,
    bullets,
    paragraphs,
    render_page,
    render_sections,
)
from tests.discovery.held_out.model import (
    LinksPage,
    SiteData,
    full_key,
    load_kinds,
    load_off_topic_pages,
    load_sites,
)
from tests.discovery.held_out.traps import CALENDAR, CATALOGUE, calendar, catalogue
from tests.discovery.held_out.writing import GeneratedPage, ordinary_pages, seeded_random

REMARKS = (
    *(
        "",
        "",
        "",
        "",
        ", a favourite of ours",
        ", slow to load but worth the wait",
        ", still going",
    ),
    *(", found by accident", ", ask for the old pages", ", not updated lately", ", start here"),
)
START = {"en": "Home", "it": "Inizio", "es": "Inicio"}


def serve(site: SiteData) -> Site:
    """Return the site with its home page, its own pages, its pages of links and its traps."""
    written = ordinary_pages(site)
    paths = {page.path: _ordinary(site, page, written) for page in written}
    paths |= _home(site, written) | _intermediate_pages(site, written)
    for page in site.links:
        shown = _rendered_page(site, page.title, _links_body(site, page), page.path, written)
        paths |= dict.fromkeys([page.path, *page.also], shown)
    if any(page.via == "sitemap" for page in site.links):
        paths |= _sitemap(site, sorted(paths))
    if site.catalogue:
        paths[CATALOGUE] = catalogue(site.name)
    return Site(calendar(b.missing(site.name)) if site.calendar else b.missing(site.name), paths)


def with_port(text: str, content_type: str = b.HTML) -> Behaviour:
    """Serve a text, the asked port put in for `{port}`."""

    async def behave(asked: ReceivedRequest, writer: StreamWriter) -> None:
        port = asked.headers["host"].rpartition(":")[2]
        await b.answer(text.replace("{port}", port), content_type=content_type)(asked, writer)

    return behave


def url_of(key: str) -> str:
    """Return the address of a full key, `{port}` in it."""
    host, _, path = key.partition("/")
    return f"http://{host}:{{port}}/{path}"


def entry(short: str) -> Entry:
    """Return how a links page lists what a key stands for: a page elsewhere, a site, its page."""
    key = full_key(short)
    host, _, path = key.partition("/")
    if there := load_off_topic_pages().get(key):
        return Entry(url_of(key), there.name, there.about)
    site = load_sites()[host]
    for page in site.links:
        if f"/{path}" in {page.path, *page.also}:
            return Entry(url_of(key), f"{site.name}: {page.title}", page.intro.rstrip("."))
    return Entry(url_of(key), site.name, site.about)


def _ordinary(site: SiteData, page: GeneratedPage, written: list[GeneratedPage]) -> Behaviour:
    dice = seeded_random(site.host, page.path, "beside")
    others = [other for other in written if other is not page and not other.is_static]
    beside = dice.sample(others, min(2, len(others)))
    body = paragraphs(*page.paragraphs) + bullets([(o.path, o.title) for o in beside])
    if not page.is_static:
        body += _mentions(site)
    return _rendered_page(site, page.title, body, page.path, written)


def _mentions(site: SiteData) -> str:
    """Mention the pages of links that stand in no menu."""
    return "".join(
        f'<p>More of this kind: <a href="{escape(page.path)}">{escape(page.title)}</a>.</p>'
        for page in site.links
        if page.via == "post"
    )


def _intermediate_pages(site: SiteData, written: list[GeneratedPage]) -> dict[str, Behaviour]:
    """Return the pages in between, from which the pages of links can be reached."""
    below: dict[str, list[tuple[str, str]]] = {}
    for page in site.links:
        if page.via.startswith("/"):
            below.setdefault(page.via, []).append((page.path, page.title))
    return {
        path: _rendered_page(
            site,
            _title_of_path(path),
            paragraphs(f"Everything {site.name} has under this heading.") + bullets(links),
            path,
            written,
        )
        for path, links in below.items()
    }


def _links_body(site: SiteData, page: LinksPage) -> str:
    sections = {
        name: [_with_remark(site, page, entry(key)) for key in keys]
        for name, keys in page.sections.items()
    }
    layout = page.layout or load_kinds()[site.kind].layout
    return paragraphs(page.intro) + render_sections(layout, sections)


def _with_remark(site: SiteData, page: LinksPage, listed: Entry) -> Entry:
    """Let the page's author say a word of their own about a link, now and then."""
    if site.language != "en":
        return listed
    remark = seeded_random(site.host, page.path, listed.url).choice(REMARKS)
    return replace(listed, about=f"{listed.about}{remark}")


def _home(site: SiteData, written: list[GeneratedPage]) -> dict[str, Behaviour]:
    articles = [(page.path, page.title) for page in written if not page.is_static]
    body = paragraphs(site.intro) + bullets(articles)
    shown = _rendered_page(site, site.name, body, "/", written)
    if site.home == "frameset":
        return {"/": with_port(_frameset(site, written)), "/main.htm": shown}
    if site.home:
        return {"/": b.redirect(site.home, 301), site.home: shown}
    return {"/": shown}


def _frameset(site: SiteData, written: list[GeneratedPage]) -> str:
    return (
        f"<HTML><HEAD><TITLE>{escape(site.name)}</TITLE></HEAD>"
        '<FRAMESET COLS="160,*"><FRAME SRC="/main.htm" NAME="menu"><FRAME SRC="/main.htm">'
        f"<NOFRAMES><BODY>{bullets(_menu(site, '/', written))}</BODY></NOFRAMES></FRAMESET></HTML>"
    )


def _rendered_page(
    site: SiteData, title: str, body: str, path: str, written: list[GeneratedPage]
) -> Behaviour:
    page = PageParts(
        site.name, title, body, _menu(site, path, written), _blogroll(site), site.language
    )
    return with_port(render_page(load_kinds()[site.kind].frame, page))


def _menu(site: SiteData, path: str, written: list[GeneratedPage]) -> list[tuple[str, str]]:
    menu = [("/", START[site.language])]
    menu += [(page.path, page.title) for page in written if page.is_static]
    for page in site.links:
        if page.via == "menu":
            address = seeded_random(site.host, path, page.path).choice([page.path, *page.also])
            menu.append((address, page.title))
    hubs = dict.fromkeys(page.via for page in site.links if page.via.startswith("/"))
    menu += [(hub, _title_of_path(hub)) for hub in hubs]
    menu += [(f"{CALENDAR}/2026/11", "Calendar")] if site.calendar else []
    menu += [(CATALOGUE, "Catalogue")] if site.catalogue else []
    return menu


def _blogroll(site: SiteData) -> str:
    if not site.blogroll:
        return ""
    listed = [entry(key) for key in site.blogroll]
    return f"<h3>Reading</h3>{bullets([(e.url, e.name) for e in listed])}"


def _sitemap(site: SiteData, paths: list[str]) -> dict[str, Behaviour]:
    home = url_of(f"{site.host}/")
    places = "".join(f"<url><loc>{home}{escape(path[1:])}</loc></url>" for path in paths)
    schema = "http://www.sitemaps.org/schemas/sitemap/0.9"
    robots = f"User-agent: *\nDisallow: /admin/\n\nSitemap: {home}sitemap.xml\n"
    urlset = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{schema}">{places}</urlset>'
    return {
        "/robots.txt": with_port(robots, "text/plain"),
        "/sitemap.xml": with_port(urlset, "application/xml"),
    }


def _title_of_path(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].replace("-", " ").capitalize()
