"""Which links within a site lead to where it says whom to write to, by anchor and address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from brokenlinks.enrichment.contacts.words import contains_phrase, phrases, word_list
from brokenlinks.html.links import Hyperlink
from brokenlinks.models.contact import ContactLink, PageRole
from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.urls import absolute_url, host_of, is_root, path_segments, url_key

MAX_CONTACT_LINKS, MAX_LINKS_READ = 60, 1000
MAX_EXTRA_WORDS = 3
MAX_ANCHOR_LENGTH = 120
_ROLES_BY_PHRASE = (
    PageRole.REPORT,
    PageRole.CONTACT,
    PageRole.FEEDBACK,
    PageRole.IMPRINT,
    PageRole.ABOUT,
    PageRole.ACCESSIBILITY,
    PageRole.LOCATION,
    PageRole.TEAM,
    PageRole.HOME,
)
_MENU_FRAME = re.compile(r"menu|nav|index|toc|left|inhalt|links?\b|head|top", re.IGNORECASE)
_LOGIN_URL = re.compile(r"log-?in|sign-?in|emailuser|register|wp-admin|action=edit", re.IGNORECASE)


def find_contact_links(
    root: Any, hyperlinks: Iterable[Hyperlink], page_url: str, base: str
) -> tuple[ContactLink, ...]:
    """Return the links worth following, best first, each address once."""
    found: dict[str, ContactLink] = {}
    for lead in (*_frames(root, base), *_linked_pages(hyperlinks, page_url)):
        known = found.get(url_key(lead.url))
        if known is None or _rank(lead) < _rank(known):
            found[url_key(lead.url)] = lead
    found.pop(url_key(page_url), None)
    return tuple(sorted(found.values(), key=_rank)[:MAX_CONTACT_LINKS])


def role_of(url: str, anchor: str) -> PageRole | None:
    """Return what a page within the site is likely to be, None for nothing of use here."""
    if _LOGIN_URL.search(url) or _is_file(url):
        return None
    said = normalize_words(anchor[:MAX_ANCHOR_LENGTH])
    address = [normalize_words(part) for part in (*path_segments(url)[-1:], *_query_values(url))]
    for role in _ROLES_BY_PHRASE:
        if _matches_role(role, said, MAX_EXTRA_WORDS) or any(
            _matches_role(role, part, 1) for part in address
        ):
            return role
    return PageRole.HOME if is_root(url) else None


def _linked_pages(hyperlinks: Iterable[Hyperlink], page_url: str) -> Iterator[ContactLink]:
    inside = {(link.url, link.anchor): link for link in hyperlinks if not link.external}
    links = list(inside.values())
    # Contact pages are linked at the top or the foot.
    for link in links[:MAX_LINKS_READ] + links[MAX_LINKS_READ:][-MAX_LINKS_READ:]:
        role = role_of(link.url, link.anchor)
        if role is not None and not _is_platform_link(link, page_url):
            yield ContactLink(link.url, role)


def _is_platform_link(link: Hyperlink, page_url: str) -> bool:
    """Tell a link to the platform that a site lives on, one host above, from its own pages."""
    return host_of(link.url) != host_of(page_url) and contains_phrase("others", link.context)


def _frames(root: Any, base: str) -> Iterator[ContactLink]:
    """Return the pages of a frameset, menus first."""
    frames = [
        (frame, absolute_url(base, frame.get("src"))) for frame in root.iterfind(".//frame[@src]")
    ]
    named = [(f"{frame.get('name')} {frame.get('src')}", url) for frame, url in frames if url]
    for _, url in sorted(named, key=lambda frame: not _MENU_FRAME.search(frame[0])):
        yield ContactLink(url, PageRole.FRAME)


def _rank(lead: ContactLink) -> int:
    return list(PageRole).index(lead.role)


def _matches_role(role: PageRole, words: str, extra_words: int) -> bool:
    """Tell whether a short text holds a phrase of the role, and few words besides."""
    found = phrases(role.value).find_in(words)
    return bool(found) and len(words.split()) <= len(found.split()) + extra_words


def _query_values(url: str) -> list[str]:
    """Return what an address such as `index.php?page=contact` asks for."""
    query = urlsplit(url).query[:500]
    return [value.removeprefix("com_") for _, value in parse_qsl(query)]


def _is_file(url: str) -> bool:
    ending = urlsplit(url).path.rpartition(".")[2].lower()
    return ending in word_list("domains", "file_endings") - {
        "html",
        "htm",
        "php",
        "asp",
        "aspx",
        "xml",
    }
