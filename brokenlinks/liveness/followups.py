"""Which further questions an observation leaves open. Pure; asks nothing and judges nothing."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from brokenlinks.html.similarity import ALIKE
from brokenlinks.liveness.signals.keywords import content_words, path_words, share_found
from brokenlinks.liveness.statuses import GONE_STATUSES, SERVED_STATUSES
from brokenlinks.models.evidence import Evidence
from brokenlinks.text.data_files import read_toml
from brokenlinks.text.urls import host_of, is_root

PROSE_WORDS = 400
"""A page with this much to read is no error page by its length."""
FULL_PAGE_WORDS, LINKS_OF_A_HOME_PAGE = 100, 3
HALF = 0.5
PLACEHOLDERS = ("placeholder", "suspended", "unclaimed_service")
ERROR_SIGNS = ("error_title", "error_h1", "error_path", "error_shell")
_DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|gz|jpe?g|png|gif|mp3|mp4|epub|csv)$", re.IGNORECASE
)


def sent_elsewhere(seen: Evidence) -> bool:
    """Tell whether redirects led to another path than the one asked for."""
    return bool(seen.hops) and _place(seen.url) != _place(seen.final_url)


def asked_for_document(url: str) -> bool:
    """Tell an address that ends like a document, a picture or an archive rather than a page."""
    return _DOCUMENT.search(urlsplit(url).path) is not None


def names_its_topic(seen: Evidence) -> bool:
    """Tell whether title or heading speak of what the link or its address promised."""
    heading = _heading_words(seen)
    return (
        share_found(anchor_words(seen), heading) >= HALF
        or share_found(path_words(seen.url), heading) >= HALF
    )


def brings_its_page(seen: Evidence) -> bool:
    """Tell a page of prose that speaks of what was promised, whatever else speaks against it."""
    return seen.words >= PROSE_WORDS and names_its_topic(seen)


def anchor_words(seen: Evidence) -> frozenset[str]:
    """Return the content words of the links' texts."""
    return content_words(*seen.anchors)


def wants_home_page(seen: Evidence) -> bool:
    """Tell whether the home page would help: a page gone, or one that may stand for all.

    Where an invented neighbour was answered otherwise, no page stands for all.
    """
    if seen.wall is not None or is_root(seen.final_url):
        return False
    other_pages = any(sibling.alike < ALIKE for sibling in seen.siblings)
    return seen.status in GONE_STATUSES or (
        seen.status in SERVED_STATUSES and _looks_parked_or_foreign(seen) and not other_pages
    )


def may_be_home_page(seen: Evidence) -> bool:
    """Tell a full page with links into its site: gates and shells have neither."""
    return seen.words >= FULL_PAGE_WORDS and seen.own_links >= LINKS_OF_A_HOME_PAGE


def wants_siblings(seen: Evidence) -> bool:
    """Tell whether invented neighbours would help to tell an error page from a page."""
    if seen.status not in SERVED_STATUSES or seen.wall is not None or seen.to_login:
        return False
    if _looks_parked_or_foreign(seen):
        return True
    if is_root(seen.url) or only_points_elsewhere(seen.url):
        return False
    if any(kind in seen.signs for kind in PLACEHOLDERS):
        return True
    return bool(seen.words) and not seen.script_shell and _may_be_an_error(seen)


def _may_be_an_error(seen: Evidence) -> bool:
    if _error_signs(seen) or asked_for_document(seen.url):
        return True
    if not sent_elsewhere(seen) and seen.words >= PROSE_WORDS:
        return False
    return is_root(seen.final_url) or not names_its_topic(seen)


def only_points_elsewhere(url: str) -> bool:
    """Tell a shortener or a resolver of identifiers, whose addresses have no page of their own."""
    return host_of(url).removeprefix("www.") in _pointers()


@cache
def _pointers() -> frozenset[str]:
    raw = read_toml(__package__, "data/shorteners.toml")
    return frozenset(host for group in raw.values() for host in group["hosts"])


def _error_signs(seen: Evidence) -> bool:
    if any(name in seen.signs for name in ERROR_SIGNS):
        return True
    return "error_passage" in seen.signs and not _names_more_than_its_site(seen)


def _names_more_than_its_site(seen: Evidence) -> bool:
    """Tell a heading that speaks of the link's topic: the site's name stands on error pages too."""
    site = host_of(seen.final_url)
    promised = {word for word in anchor_words(seen) | path_words(seen.url) if word not in site}
    return share_found(promised, _heading_words(seen)) > 0


def _heading_words(seen: Evidence) -> frozenset[str]:
    return content_words(
        _unless("error_title", seen, seen.title), _unless("error_h1", seen, seen.h1)
    )


def _looks_parked_or_foreign(seen: Evidence) -> bool:
    return any(name in seen.signs for name in ("parked_phrase", "parked_markup"))


def _unless(sign: str, seen: Evidence, text: str) -> str:
    return "" if sign in seen.signs else text


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.path.rstrip("/").lower(), parts.query
