"""Reads one page for what it offers somebody who wants to write to its site. Pure.

Markup is hostile input: it never raises, and the cost is linear in its length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from brokenlinks.enrichment.contacts.addresses import addresses_of
from brokenlinks.enrichment.contacts.contact_links import leads_of
from brokenlinks.enrichment.contacts.forms import forms_of
from brokenlinks.enrichment.contacts.words import phrases, sentences_of
from brokenlinks.html.links import base_url, read_markup
from brokenlinks.html.visible_lines import Line, Sight, see
from brokenlinks.models.contact import PageOffers
from brokenlinks.text.urls import absolute_url, site_of
from brokenlinks.text.words import worded

TITLE_LENGTH = 300
LONGEST_NOTICE = 60
"""Words; a longer sentence is about something else as well."""


def read_offers(html: str, url: str, *, decode: bool = False) -> PageOffers:
    """Return a page's forms, addresses, notice against solicitation, and leads to better pages.

    `decode` reads addresses that are protected from programs; else they are only noted.
    """
    markup = read_markup(html, url)
    base = base_url(markup.root, url)
    sight = see(markup.root, _elsewhere(markup.root, base, url))
    return PageOffers(
        url=url,
        title=" ".join((markup.root.findtext("head/title") or "").split())[:TITLE_LENGTH],
        words=sum(len(line.text.split()) for line in sight.lines),
        forms=forms_of(sight, markup.hyperlinks, url, base),
        addresses=tuple(addresses_of(markup.root, sight, url, decode=decode)),
        leads=leads_of(markup.root, markup.hyperlinks, url, base),
        opt_out=_opt_out(sight),
    )


def _elsewhere(root: Any, base: str, url: str) -> set[str]:
    """Return the hrefs of the page that lead to other sites."""
    hrefs = {link.get("href") for link in root.iterfind(".//a[@href]")}
    resolved = ((href, absolute_url(base, href)) for href in hrefs)
    return {href for href, to in resolved if to and site_of(to) != site_of(url)}


def _opt_out(sight: Sight) -> str:
    """Return the first sentence that declines solicitation, "" for none."""
    texts = (
        text for block in _blocks(sight.lines) for text in dict.fromkeys((*block, " ".join(block)))
    )
    notices = (notice for text in texts for notice in _with_answers(sentences_of(text)))
    return next(filter(_declines, notices), "")


def _blocks(lines: Iterable[Line]) -> Iterator[list[str]]:
    """Join the lines that only a <br> or a colon parts."""
    block: list[str] = []
    for line in lines:
        if block and not line.continues and not block[-1].endswith(":"):
            yield block
            block = []
        block.append(line.text)
    yield block


def _with_answers(sentences: list[str]) -> Iterator[str]:
    """Join a question and what follows: "Link requests? No, thank you."."""
    asked = ""
    for sentence in sentences:
        joined = f"{asked} {sentence}".strip()
        yield joined
        asked = sentence if sentence.endswith("?") else ""


def _declines(notice: str) -> bool:
    """Tell words that refuse solicitation, or mails and requests about links."""
    words = worded(notice)
    if len(words.split()) > LONGEST_NOTICE or not _holds(words, "refusal", "declining"):
        return False
    words = phrases("idle").sub(" ", words)
    if _holds(words, "refusal") and _holds(words, "solicitation"):
        return True
    return _holds(words, "declining") and _holds(words, "report", "express", "proposals")


def _holds(words: str, *names: str) -> bool:
    return any(phrases(name).search(words) for name in names)
