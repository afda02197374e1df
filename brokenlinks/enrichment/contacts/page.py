"""Reads what one page offers to someone who wants to write to its site. No I/O.

Markup is hostile input: it never raises, and the cost is linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from brokenlinks.enrichment.contacts.addresses import find_addresses
from brokenlinks.enrichment.contacts.forms import find_forms
from brokenlinks.enrichment.contacts.words import (
    contains_phrase,
    phrases,
    split_sentences,
    word_list,
)
from brokenlinks.html.links import Hyperlink, base_url, read_markup
from brokenlinks.html.visible_lines import Line, VisibleContent, read_visible_content
from brokenlinks.models.contact import ContactLink, PageContacts, PageRole
from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.urls import absolute_url, host_of, is_root, path_segments, site_of, url_key

MAX_CONTACT_LINKS = 60
MAX_LINKS_READ = 1000
"""From the top of a page, and as many from its end."""
MAX_EXTRA_WORDS = 3
"""Words beside "contact" in an anchor: more are a sentence that mentions it."""
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
_PAGE_ENDINGS = frozenset({"html", "htm", "php", "asp", "aspx", "xml"})
MAX_TITLE_LENGTH = 300
MAX_NOTICE_WORDS = 60
"""A longer sentence is about other things as well."""


def extract_contacts(html: str, url: str, *, decode: bool = False) -> PageContacts:
    """Return a page's forms, addresses, opt-out notice, and links to better pages.

    `decode` reads addresses that are hidden from programs; otherwise they are only noted.
    """
    markup = read_markup(html, url)
    base = base_url(markup.root, url)
    visible = read_visible_content(markup.root, _external_hrefs(markup.root, base, url))
    return PageContacts(
        url=url,
        title=" ".join((markup.root.findtext("head/title") or "").split())[:MAX_TITLE_LENGTH],
        words=sum(len(line.text.split()) for line in visible.lines),
        forms=find_forms(visible, markup.hyperlinks, url, base),
        addresses=tuple(find_addresses(markup.root, visible, url, decode=decode)),
        contact_links=find_contact_links(markup.root, markup.hyperlinks, url, base),
        opt_out=_opt_out(visible),
    )


def _external_hrefs(root: Any, base: str, url: str) -> set[str]:
    """Return the hrefs of the page that lead to other sites."""
    hrefs = {link.get("href") for link in root.iterfind(".//a[@href]")}
    resolved = ((href, absolute_url(base, href)) for href in hrefs)
    return {href for href, to in resolved if to and site_of(to) != site_of(url)}


def _opt_out(visible: VisibleContent) -> str:
    """Return the first sentence that declines solicitation, "" for none."""
    texts = (
        text
        for block in _blocks(visible.lines)
        for text in dict.fromkeys((*block, " ".join(block)))
    )
    notices = (notice for text in texts for notice in _join_questions(split_sentences(text)))
    return next(filter(_is_opt_out, notices), "")


def _blocks(lines: Iterable[Line]) -> Iterator[list[str]]:
    """Join lines that only a <br> or a colon separates."""
    block: list[str] = []
    for line in lines:
        if block and not line.continues and not block[-1].endswith(":"):
            yield block
            block = []
        block.append(line.text)
    yield block


def _join_questions(sentences: list[str]) -> Iterator[str]:
    """Join a question and what follows: "Link requests? No, thank you."."""
    question = ""
    for sentence in sentences:
        yield f"{question} {sentence}".strip()
        question = sentence if sentence.endswith("?") else ""


def _is_opt_out(notice: str) -> bool:
    """Whether a sentence refuses solicitation or mails about links, or objects to advertising."""
    words = normalize_words(notice)
    if len(words.split()) > MAX_NOTICE_WORDS:
        return False
    words = phrases("idle").remove_from(words)
    if _contains(words, "declining") and _contains(words, "report", "express", "proposals"):
        return True
    if _contains(words, "visitors"):
        return False
    # "Advertising that was not requested" holds a "not", but refuses nothing.
    refuses = _contains(phrases("unasked").remove_from(words), "refusal")
    return (refuses and _contains(words, "solicitation")) or _objects_to_advertising(words)


def _objects_to_advertising(words: str) -> bool:
    """Whether a sentence is one of the formulas by which imprints object to mails."""
    forbids_use = _contains(words, "objection") and _contains(words, "contact_data")
    return (forbids_use and _contains(words, "advertising", "unasked")) or (
        _contains(words, "legal_action") and _contains(words, "unasked")
    )


def _contains(words: str, *names: str) -> bool:
    return any(phrases(name).find_in(words) for name in names)


def find_contact_links(
    root: Any, hyperlinks: Iterable[Hyperlink], page_url: str, base: str
) -> tuple[ContactLink, ...]:
    """Return the links worth following, best first, each address once."""
    best: dict[str, ContactLink] = {}
    for link in (*_frames(root, base), *_linked_pages(hyperlinks, page_url)):
        earlier = best.get(url_key(link.url))
        if earlier is None or _rank(link) < _rank(earlier):
            best[url_key(link.url)] = link
    best.pop(url_key(page_url), None)
    return tuple(sorted(best.values(), key=_rank)[:MAX_CONTACT_LINKS])


def role_of(url: str, anchor: str) -> PageRole | None:
    """Return what a page of the site probably is, None if it is of no use here."""
    ending = urlsplit(url).path.rpartition(".")[2].lower()
    is_file = ending in word_list("domains", "file_endings") - _PAGE_ENDINGS
    if is_file or _LOGIN_URL.search(url):
        return None
    text = normalize_words(anchor[:MAX_ANCHOR_LENGTH])
    # A query such as `index.php?page=contact` names the page, too.
    query = parse_qsl(urlsplit(url).query[:500])
    values = [value.removeprefix("com_") for _, value in query]
    address = [normalize_words(part) for part in (*path_segments(url)[-1:], *values)]
    for role in _ROLES_BY_PHRASE:
        if _matches_role(role, text, MAX_EXTRA_WORDS) or any(
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
        # The platform that hosts the site is one host above it.
        to_platform = host_of(link.url) != host_of(page_url) and contains_phrase(
            "others", link.context
        )
        if role is not None and not to_platform:
            yield ContactLink(link.url, role)


def _frames(root: Any, base: str) -> Iterator[ContactLink]:
    """Return the pages of a frameset, menus first."""
    frames = [
        (frame, absolute_url(base, frame.get("src"))) for frame in root.iterfind(".//frame[@src]")
    ]
    named = [(f"{frame.get('name')} {frame.get('src')}", url) for frame, url in frames if url]
    for _, url in sorted(named, key=lambda frame: not _MENU_FRAME.search(frame[0])):
        yield ContactLink(url, PageRole.FRAME)


def _rank(link: ContactLink) -> int:
    return list(PageRole).index(link.role)


def _matches_role(role: PageRole, words: str, extra_words: int) -> bool:
    """Whether a short text is a phrase of the role with few words beside it."""
    phrase = phrases(role.value).find_in(words)
    return bool(phrase) and len(words.split()) <= len(phrase.split()) + extra_words
