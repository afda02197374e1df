"""Which further questions an observation leaves open. Pure; asks nothing and judges nothing."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from brokenlinks.html.document import SAME_PAGE_SIMILARITY
from brokenlinks.liveness.signals.keywords import content_words, path_words, word_overlap
from brokenlinks.liveness.statuses import GONE_STATUSES, SERVED_STATUSES
from brokenlinks.models.evidence import Evidence
from brokenlinks.text.data_files import read_toml
from brokenlinks.text.urls import host_of, is_root

MIN_LONG_PAGE_WORDS = 400
"""A page with this much to read is no error page by its length."""
MIN_HOME_PAGE_WORDS, MIN_HOME_PAGE_LINKS = 100, 3
MIN_TOPIC_OVERLAP = 0.5
PLACEHOLDER_SIGNALS = ("placeholder", "suspended", "unclaimed_service")
ERROR_SIGNALS = ("error_title", "error_h1", "error_path", "error_shell")
_DOCUMENT_EXTENSION = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|gz|jpe?g|png|gif|mp3|mp4|epub|csv)$", re.IGNORECASE
)


def redirected_elsewhere(evidence: Evidence) -> bool:
    """Tell whether redirects led to another path than the one asked for."""
    return bool(evidence.hops) and _path_and_query(evidence.url) != _path_and_query(
        evidence.final_url
    )


def is_document_url(url: str) -> bool:
    """Tell an address that ends like a document, a picture or an archive rather than a page."""
    return _DOCUMENT_EXTENSION.search(urlsplit(url).path) is not None


def matches_topic(evidence: Evidence) -> bool:
    """Tell whether title or heading speak of what the link or its address promised."""
    heading = _heading_words(evidence)
    return (
        word_overlap(anchor_words(evidence), heading) >= MIN_TOPIC_OVERLAP
        or word_overlap(path_words(evidence.url), heading) >= MIN_TOPIC_OVERLAP
    )


def has_expected_content(evidence: Evidence) -> bool:
    """Tell a page of prose that speaks of what was promised, whatever else speaks against it."""
    return evidence.words >= MIN_LONG_PAGE_WORDS and matches_topic(evidence)


def anchor_words(evidence: Evidence) -> frozenset[str]:
    """Return the content words of the links' texts."""
    return content_words(*evidence.anchors)


def needs_home_page(evidence: Evidence) -> bool:
    """Tell whether the home page would help: a page gone, or one that may stand for all.

    Where an invented neighbour was answered otherwise, no page stands for all.
    """
    if evidence.bot_protection is not None or is_root(evidence.final_url):
        return False
    other_pages = any(sibling.similarity < SAME_PAGE_SIMILARITY for sibling in evidence.siblings)
    return evidence.status in GONE_STATUSES or (
        evidence.status in SERVED_STATUSES and _looks_parked(evidence) and not other_pages
    )


def looks_like_home_page(evidence: Evidence) -> bool:
    """Tell a full page with links into its site: gates and shells have neither."""
    return evidence.words >= MIN_HOME_PAGE_WORDS and evidence.own_links >= MIN_HOME_PAGE_LINKS


def needs_siblings(evidence: Evidence) -> bool:
    """Tell whether invented neighbours would help to tell an error page from a page."""
    if (
        evidence.status not in SERVED_STATUSES
        or evidence.bot_protection is not None
        or evidence.to_login
    ):
        return False
    if _looks_parked(evidence):
        return True
    if is_root(evidence.url) or is_redirect_service(evidence.url):
        return False
    if any(kind in evidence.signals for kind in PLACEHOLDER_SIGNALS):
        return True
    return bool(evidence.words) and not evidence.script_shell and _may_be_error_page(evidence)


def _may_be_error_page(evidence: Evidence) -> bool:
    if _has_error_signals(evidence) or is_document_url(evidence.url):
        return True
    if not redirected_elsewhere(evidence) and evidence.words >= MIN_LONG_PAGE_WORDS:
        return False
    return is_root(evidence.final_url) or not matches_topic(evidence)


def is_redirect_service(url: str) -> bool:
    """Tell a shortener or a resolver of identifiers, whose addresses have no page of their own."""
    return host_of(url).removeprefix("www.") in _redirect_services()


@cache
def _redirect_services() -> frozenset[str]:
    raw = read_toml(__package__, "data/shorteners.toml")
    return frozenset(host for group in raw.values() for host in group["hosts"])


def _has_error_signals(evidence: Evidence) -> bool:
    if any(name in evidence.signals for name in ERROR_SIGNALS):
        return True
    return "error_passage" in evidence.signals and not _heading_mentions_topic(evidence)


def _heading_mentions_topic(evidence: Evidence) -> bool:
    """Tell a heading that speaks of the link's topic: the site's name stands on error pages too."""
    site = host_of(evidence.final_url)
    promised = {
        word for word in anchor_words(evidence) | path_words(evidence.url) if word not in site
    }
    return word_overlap(promised, _heading_words(evidence)) > 0


def _heading_words(evidence: Evidence) -> frozenset[str]:
    return content_words(
        _text_without_signal("error_title", evidence, evidence.title),
        _text_without_signal("error_h1", evidence, evidence.h1),
    )


def _looks_parked(evidence: Evidence) -> bool:
    return any(name in evidence.signals for name in ("parked_phrase", "parked_markup"))


def _text_without_signal(sign: str, evidence: Evidence, text: str) -> str:
    return "" if sign in evidence.signals else text


def _path_and_query(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.path.rstrip("/").lower(), parts.query
