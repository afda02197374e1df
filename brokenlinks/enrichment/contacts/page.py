"""Reads one page for what it offers somebody who wants to write to its site. Pure.

Markup is hostile input: it never raises, and the cost is linear in its length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from brokenlinks.enrichment.contacts.addresses import find_addresses
from brokenlinks.enrichment.contacts.contact_links import find_contact_links
from brokenlinks.enrichment.contacts.forms import find_forms
from brokenlinks.enrichment.contacts.words import phrases, split_sentences
from brokenlinks.html.links import base_url, read_markup
from brokenlinks.html.visible_lines import Line, VisibleContent, read_visible_content
from brokenlinks.models.contact import PageContacts
from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.urls import absolute_url, site_of

MAX_TITLE_LENGTH = 300
MAX_NOTICE_WORDS = 60
"""Words; a longer sentence is about something else as well."""


def extract_contacts(html: str, url: str, *, decode: bool = False) -> PageContacts:
    """Return a page's forms, addresses, notice against solicitation, and leads to better pages.

    `decode` reads addresses that are protected from programs; else they are only noted.
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
    """Join the lines that only a <br> or a colon parts."""
    block: list[str] = []
    for line in lines:
        if block and not line.continues and not block[-1].endswith(":"):
            yield block
            block = []
        block.append(line.text)
    yield block


def _join_questions(sentences: list[str]) -> Iterator[str]:
    """Join a question and what follows: "Link requests? No, thank you."."""
    asked = ""
    for sentence in sentences:
        joined = f"{asked} {sentence}".strip()
        yield joined
        asked = sentence if sentence.endswith("?") else ""


def _is_opt_out(notice: str) -> bool:
    """Tell words that refuse solicitation, or mails and requests about links."""
    words = normalize_words(notice)
    if len(words.split()) > MAX_NOTICE_WORDS or not _contains(words, "refusal", "declining"):
        return False
    words = phrases("idle").remove_from(words)
    if _contains(words, "refusal") and _contains(words, "solicitation"):
        return True
    return _contains(words, "declining") and _contains(words, "report", "express", "proposals")


def _contains(words: str, *names: str) -> bool:
    return any(phrases(name).find_in(words) for name in names)
