"""Recognises failing pages (5xx) that turn us away, announce their return, or name no failure."""

from __future__ import annotations

import re
from functools import cache

from brokenlinks.html.document import MIN_RENDERED_WORDS, HtmlDocument
from brokenlinks.text.normalize import fold
from brokenlinks.text.phrases import MAX_SOURCE_LENGTH, read_toml

MAX_TEXT_LENGTH = 20_000
"""Characters of a page's text: such a page says what it is at once."""
OUTAGE_SIGNALS = ("refusal", "maintenance")
_SETS_COOKIE = re.compile(r"document\s{0,9}\.\s{0,9}cookie\s{0,9}=")


def outage_signals(source: str, document: HtmlDocument) -> dict[str, str]:
    """Return what was recognised on the page of a failing server, by kind.

    `refusal`: a ban, a challenge, or a script that sets a cookie to be let in. `maintenance`: it
    says that it will work again. `unexplained`: its text names no failure, so it may be either in
    words that we do not know. `source` is the markup of `document`.
    """
    turned_away, refusal, maintenance, failure = _patterns()
    source = source[:MAX_SOURCE_LENGTH]
    text = fold(f"{document.title} {document.text[:MAX_TEXT_LENGTH]}").strip()
    found = turned_away.search(source) or refusal.search(text)
    if found is None and document.words < MIN_RENDERED_WORDS:
        found = _SETS_COOKIE.search(source)
    announced = maintenance.search(text)
    return {
        "refusal": found.group() if found else "",
        "maintenance": announced.group() if announced else "",
        "unexplained": "" if failure.search(text) else text,
    }


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    raw = read_toml(__package__, "data/outages.toml")
    codes = re.compile(rf"cf-error-code\W{{1,3}}(?:{raw['cloudflare_codes']})\b")
    kinds = (*OUTAGE_SIGNALS, "failure")
    return codes, *(re.compile("|".join(map(fold, raw[kind]))) for kind in kinds)
