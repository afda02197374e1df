"""The user's own site: which it is, and what its pages offer in place of dead ones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from brokenlinks.enrichment.scheduler import Enricher, LookupContext
from brokenlinks.html.page import read_page
from brokenlinks.html.summary import make_brief, meta_description
from brokenlinks.html.worker import UnreadablePageError, read_within_limits
from brokenlinks.http.network import FetchedPage
from brokenlinks.http.sitemaps import Sitemaps
from brokenlinks.models.run_stats import LookupService
from brokenlinks.store.user_data import (
    OwnPage,
    delete_unlisted_pages,
    own_pages_of,
    recently_read,
    record_own_page,
)
from brokenlinks.text.tables import (
    Row,
    WorkbookError,
    cell_at,
    decode_text,
    find_column,
    named_columns,
    read_table,
    read_workbook,
)
from brokenlinks.text.urls import absolute_url, site_of, urls_in

URL_HEADERS = (
    *("url", "address", "page", "link", "loc", "pageurl", "toppages", "landingpage"),
    *("targeturl", "urlto", "currenturl", "permalink", "uri", "website"),
)
TITLE_HEADERS = ("title", "name", "h1", "title1", "pagetitle", "h11")
"""Headers as `column_name` writes them, those of the exports of widely used tools among them."""
MAX_LISTED_PAGES = 20_000
MAX_PAGE_BYTES = 1_000_000
MAX_SITEMAPS = 20
NOT_READ = "could not be read, or is no HTML page"
MOVED = "redirects to "
"""Before the address under which a page is stored, in place of a problem."""


@dataclass(frozen=True, slots=True)
class OwnSite:
    """The user's site; `listed` are (URL, title) pairs when a file lists the pages."""

    home: str = ""
    listed: tuple[tuple[str, str], ...] = ()

    @property
    def site(self) -> str:
        """The site's key, "" when no site was given."""
        return site_of(self.home) if self.home else ""


@dataclass(frozen=True, slots=True)
class PendingOwnSite:
    """The user's site, to be read once a run; `id` is its home page."""

    id: str
    demand: int = 1


class OwnSiteEnricher(Enricher[PendingOwnSite]):
    """Reads the pages that the site's sitemap or the user's file lists, `max_pages` at most.

    `fetch_page` is given a URL and the largest size in bytes.
    """

    service = LookupService.OWN_SITE

    def __init__(
        self,
        context: LookupContext,
        own: OwnSite,
        *,
        fetch_page: Callable[[str, int], Awaitable[FetchedPage]],
        sitemaps: Sitemaps,
        max_pages: int,
    ) -> None:
        super().__init__(context)
        self._own = own
        self._fetch_page = fetch_page
        self._sitemaps = sitemaps
        self._max_pages = max_pages
        self._is_done = False

    async def pending(self, target_ids: Sequence[int] | None) -> list[PendingOwnSite]:
        """Return the user's site, if there is one and it was not read in this run."""
        is_due = self._own.home and not (self._is_done or target_ids)
        return [PendingOwnSite(self._own.home)] if is_due else []

    async def look_up(self, pending: PendingOwnSite) -> bool:
        """Read every page that was not read lately; while the site is down, nothing is deleted."""
        context, site = self.context, self._own.site
        store = context.writer.run
        stored = await store(own_pages_of, site)
        known = [page.url for page in stored if page.brief]
        final_urls = {
            page.url: page.problem.removeprefix(MOVED)
            for page in stored
            if page.problem.startswith(MOVED)
        }
        titles = dict(self._own.listed)
        if not titles:
            titles = dict.fromkeys(await self._listed_urls(pending.id, known), "")
        wanted = list(titles)[: self._max_pages]
        read = await store(recently_read, site, context.clock())
        for url in wanted:
            if final_urls.get(url, url) in read:
                continue
            page = await self._read(url, titles[url])
            if not context.is_running():
                return False  # the request was cut off: the page may well be there
            if page.url != url:
                final_urls[url] = page.url
                moved = OwnPage(url, "", problem=f"{MOVED}{page.url}")
                await store(record_own_page, site, moved, context.clock())
            if page.problem in {"", NOT_READ} or final_urls.get(url, url) not in known:
                await store(record_own_page, site, page, context.clock())
            self.stats.count("unread" if page.problem else "read", page.problem)
            if not page.problem:
                read.add(page.url)
        self._is_done = True
        kept = {*wanted, *(final_urls[url] for url in wanted if url in final_urls)}
        if read.isdisjoint(kept):
            context.stats.unreadable_site = pending.id
            return False
        await store(delete_unlisted_pages, site, list(kept))
        return True

    async def _listed_urls(self, home: str, known: Sequence[str]) -> list[str]:
        """Return the pages in the sitemap or, without one, the home page, its links and `known`.

        A sitemap may fail for a day, so known pages are asked for: that shows whether they exist.
        """
        listed = await self._sitemaps.pages_of(home, guess=True, max_files=MAX_SITEMAPS)
        if not listed:
            page = await self._fetch_page(home, MAX_PAGE_BYTES)
            if not page.html:
                self.stats.count("unread", page.error or NOT_READ)
                return []
            try:
                links = (await read_within_limits(read_page, page.html, page.url)).internal_links
            except UnreadablePageError:
                links = []
            listed = [page.url, *(url for url, _ in links), *known]
        return [url for url in dict.fromkeys(listed) if site_of(url) == site_of(home)]

    async def _read(self, url: str, title: str) -> OwnPage:
        """Read a page; it is stored under the address that redirects lead to."""
        page = await self._fetch_page(url, MAX_PAGE_BYTES)
        if not page.html:
            return OwnPage(url, title, problem=page.error or NOT_READ)
        try:
            brief = await read_within_limits(make_brief, page.html, page.url)
            description = await read_within_limits(meta_description, page.html)
        except UnreadablePageError as error:
            return OwnPage(page.url, title, problem=str(error))
        return OwnPage(page.url, brief.title or title, description, brief.as_json())


def parse_own_site(text: str) -> OwnSite:
    """Read the argument `site`. Raises ValueError with a line that says what is wrong."""
    path = Path(text).expanduser()
    if path.suffix.lower() in {".csv", ".tsv", ".txt", ".xlsx"} and "://" not in text:
        return _from_file(path)
    home = absolute_url("", text if "://" in text else f"https://{text}")
    if home is None or not site_of(home):
        raise ValueError(
            f"site={text!r} is neither an address such as https://example.org nor a CSV"
        )
    return OwnSite(home)


def known_site(text: str) -> str:
    """Return the site that an argument of an earlier run named, "" when its file is gone."""
    try:
        return parse_own_site(text).site if text else ""
    except ValueError:
        return ""


def _from_file(path: Path) -> OwnSite:
    try:
        content = path.read_bytes()
        is_workbook = path.suffix.lower() == ".xlsx"
        tables = read_workbook(content) if is_workbook else [read_table(decode_text(content))]
    except OSError as error:
        raise ValueError(f"site: {path} cannot be read: {error}") from error
    except WorkbookError as error:
        raise ValueError(f"site: {path} is no workbook that can be read: {error}") from error
    listed = next(filter(None, (_listed_pages(table.rows) for table in tables)), ())
    if not listed:
        raise ValueError(f"site: {path} lists no address; it needs a column called url")
    return OwnSite(listed[0][0], listed)


def _listed_pages(rows: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    """Return (URL, title) for each row of a table that has an address."""
    column = find_column(rows, URL_HEADERS) if rows else None
    if column is None:
        return ()
    titles = [title for title in named_columns(rows, TITLE_HEADERS) if title.body == column.body]
    pages: dict[str, str] = {}
    for row in rows[column.body :]:
        title = cell_at(row, titles[0].position) if titles else ""
        for url in urls_in(cell_at(row, column.position)):
            pages.setdefault(url, title)
    return tuple(pages.items())[:MAX_LISTED_PAGES]
