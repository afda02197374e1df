"""The text of a page between its menus and footers: trafilatura's work.

Slow to import: a crawl does so before it begins, so that nothing stalls in the middle; commands
that read no page never do.
"""

from __future__ import annotations

import trafilatura
from trafilatura.settings import Document


def main_text(html: str, url: str) -> tuple[str, str]:
    """Return the text, and the date the page gives itself; empty where there is none."""
    document = trafilatura.bare_extraction(html, url=url, with_metadata=True)
    if not isinstance(document, Document):
        return "", ""
    return document.text or "", str(document.date or "")
