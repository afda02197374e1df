"""Briefs: what a writer needs to know to replace a page, never its text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from string import digits

from brokenlinks.html.dates import meta_content
from brokenlinks.html.links import parse_tree
from brokenlinks.html.page import Page, read_page
from brokenlinks.html.page_kind import DATASET, DOCUMENT, LIST, PAGE, kind_of
from brokenlinks.text.normalize import lower_words

MAX_TERMS = 150
MAX_HEADINGS, MAX_HEADING_LENGTH = 12, 120
MIN_LANGUAGE_TEXT_LENGTH = 60
"""Characters; the language of a shorter text is a guess."""
LIST_MIN_SITES, LIST_MAX_WORDS_PER_LINK = 8, 40
"""A list links to many sites and says at most a sentence or two of each."""
DATASET_MIN_ROWS = 40
"""Rows of tables; fewer are a table within an article."""
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|csv|pptx?|zip|epub|odt|ods)(?:$|\?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Brief:
    """A page in a few facts.

    `terms` are its words with their counts, the 150 most frequent; `date` is ISO or empty;
    `outlinks`, `images` and `downloads` are counts.
    """

    title: str = ""
    h1: str = ""
    language: str = ""
    date: str = ""
    words: int = 0
    kind: str = ""
    headings: Sequence[str] = ()
    terms: Mapping[str, int] = field(default_factory=dict)
    outlinks: int = 0
    images: int = 0
    downloads: int = 0

    def as_json(self) -> str:
        """Return the brief as the store keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False)


def brief_from_json(text: str) -> Brief | None:
    """Return the brief that `as_json` wrote; None for an empty text."""
    return Brief(**json.loads(text)) if text else None


def make_brief(html: str, url: str) -> Brief:
    """Return the brief of an HTML page."""
    page = read_page(html, url)
    text, date = _main_text(html, url)
    text = text or page.text
    words = _words(text)
    markup = html.lower()
    return Brief(
        title=page.title,
        h1=page.h1,
        language=page.language or detect_language(text),
        date=date,
        words=len(words),
        kind=_kind(page, rows=markup.count("<tr")),
        headings=_outline(page),
        terms=dict(Counter(words).most_common(MAX_TERMS)),
        outlinks=len(page.outbound_links),
        images=markup.count("<img"),
        downloads=sum(bool(_DOCUMENT.search(url)) for url, _ in page.internal_links),
    )


def brief_from_links(url: str, anchors: Sequence[str], contexts: Sequence[str]) -> Brief:
    """Return what links say of a page that no archive holds: their anchors and surroundings."""
    text = " ".join([*anchors, *contexts])
    kind = DOCUMENT if _DOCUMENT.search(url) else kind_of(url, "", anchors)
    return Brief(kind=kind, language=detect_language(text), terms=dict(Counter(_words(text))))


def meta_description(html: str) -> str:
    """Return the description that a page gives search engines, "" for none."""
    return meta_content(parse_tree(html), ("description", "og:description"))


def detect_language(text: str) -> str:
    """Return the ISO 639 code of a text's language, "" when the text is too short."""
    if len(text) < MIN_LANGUAGE_TEXT_LENGTH:
        return ""
    import py3langid  # noqa: PLC0415 - slow to import, and most commands do without

    return str(py3langid.classify(text)[0])


def _main_text(html: str, url: str) -> tuple[str, str]:
    """Return the text between menus and footers, and the page's date; each may be empty."""
    import trafilatura  # noqa: PLC0415 - slow to import, and most commands do without
    from trafilatura.settings import Document  # noqa: PLC0415

    document = trafilatura.bare_extraction(html, url=url, with_metadata=True)
    if not isinstance(document, Document):
        return "", ""
    return document.text or "", str(document.date or "")


def _kind(page: Page, rows: int) -> str:
    named = kind_of(page.url, page.h1, [page.title])
    shape = page.shape
    if (
        named == PAGE
        and shape.sites >= LIST_MIN_SITES
        and shape.words_per_link <= LIST_MAX_WORDS_PER_LINK
    ):
        return LIST
    return DATASET if named == PAGE and rows >= DATASET_MIN_ROWS else named


def _outline(page: Page) -> tuple[str, ...]:
    headings = dict.fromkeys(heading[:MAX_HEADING_LENGTH] for heading in page.headings)
    return tuple(heading for heading in headings if heading != page.h1)[:MAX_HEADINGS]


def _words(text: str) -> list[str]:
    """Return the words of two letters and more, without numbers in front of them."""
    return [word for raw in lower_words(text) if len(word := raw.lstrip(digits)) > 1]
