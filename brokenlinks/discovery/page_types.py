"""Pages that are nobody's collection of links, whatever they list: copies, searches. Pure."""

from __future__ import annotations

from functools import cache
from urllib.parse import parse_qsl, urlsplit

from brokenlinks.html.page import Page
from brokenlinks.liveness.exclusions import is_archived_copy
from brokenlinks.liveness.signals.error_pages import error_phrase
from brokenlinks.text.data_files import read_toml
from brokenlinks.text.normalize import normalize_words, title_parts
from brokenlinks.text.urls import host_of, is_root, path_segments, registrable_domain, site_of

COPY, SEARCH_RESULTS, ERROR_PAGE, LOGIN_PAGE = "copy", "search_results", "error_page", "login"


def non_resource_type(page: Page) -> str:
    """Return what a page is instead of somebody's own collection, "" for nothing of the kind."""
    if _is_copy(page):
        return COPY
    if _is_search(page):
        return SEARCH_RESULTS
    if error_phrase(page.title) or error_phrase(page.h1):
        return ERROR_PAGE
    return LOGIN_PAGE if page.asks_password and _is_titled_login(page) else ""


def _is_copy(page: Page) -> bool:
    """Tell a page that another site is the origin of: it says so, or its host shows only such."""
    original = registrable_domain(host_of(page.canonical))
    names_another = bool(original) and site_of(page.canonical) != site_of(page.url)
    host = f".{host_of(page.url)}"
    shows_others = any(host.endswith(f".{known}") for known in _words("copies", "hosts"))
    return names_another or shows_others or is_archived_copy(page.url)


def _is_search(page: Page) -> bool:
    """Tell results of a search: by the address, or by a field that still holds what was asked."""
    parts = urlsplit(page.url)
    asked = parse_qsl(parts.query)
    if not asked:
        return False
    return (
        not page.filled_fields.isdisjoint(asked)
        or any(
            normalize_words(part).strip() in _words("search", "paths")
            for part in path_segments(page.url)
        )
        or (
            is_root(parts._replace(query="").geturl())
            and any(name in _words("search", "parameters") for name, _ in asked)
        )
    )


def _is_titled_login(page: Page) -> bool:
    parts = [*title_parts(page.title), *title_parts(page.h1)]
    return any(part.strip() in _words("login", "titles") for part in parts)


@cache
def _words(table: str, name: str) -> frozenset[str]:
    return frozenset(read_toml(__package__, "page_types.toml")[table][name])
