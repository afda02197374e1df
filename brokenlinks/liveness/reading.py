"""What a probe reads off the page it was served: title, heading, language, visible text."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from parsel import Selector

TEXT_LENGTH_KEPT = 200
HTML_TYPES = ("text/html", "application/xhtml+xml")
_VISIBLE_TEXT = (
    "//body//text()[not(ancestor::script or ancestor::style"
    " or ancestor::noscript or ancestor::template)]"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The telling parts of an HTML page; all empty for a document without text."""

    title: str = ""
    h1: str = ""
    language: str = ""
    words: int = 0
    canonical: str = ""
    fingerprint: str = ""


def looks_like_html(content_type: str, body: bytes) -> bool:
    """Tell HTML by its type, or by its first bytes where the type says nothing."""
    kind = content_type.split(";", 1)[0].strip().lower()
    if kind in HTML_TYPES:
        return True
    start = body[:512].lstrip().lower()
    return kind in {"", "text/plain", "application/octet-stream"} and start.startswith(
        (b"<!doctype html", b"<html", b"<head")
    )


def read_html(text: str) -> Reading:
    """Read a page leniently; never raises on broken markup."""
    if not text.strip("\0 \t\r\n"):
        return Reading()
    page = Selector(text=text.replace("\0", ""), type="html")
    visible = " ".join(" ".join(page.xpath(_VISIBLE_TEXT).getall()).split())
    return Reading(
        title=_text(page, "//title"),
        h1=_text(page, "//h1"),
        language=page.xpath("string(/html/@lang)").get("").strip().lower()[:8],
        words=len(visible.split()),
        canonical=page.xpath("string(//link[@rel='canonical']/@href)").get("").strip()[:500],
        fingerprint=blake2b(visible.encode(), digest_size=8).hexdigest() if visible else "",
    )


def _text(page: Selector, path: str) -> str:
    return " ".join(page.xpath(f"string({path})").get("").split())[:TEXT_LENGTH_KEPT]
