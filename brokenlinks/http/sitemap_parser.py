"""Reads sitemaps: hostile XML, packed or not. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from lxml import etree  # type: ignore[import-untyped]

from brokenlinks.text.urls import absolute_url

MAX_URLS = 50_000


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages a sitemap lists, and, of an index, the sitemaps."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(content: str) -> Sitemap:
    """Read an XML sitemap, an index of sitemaps, or plain lines; what is neither is empty."""
    if not content.lstrip().startswith("<"):
        return Sitemap(_urls(content.split()))
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the file names: it is text by now
        recover=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(content.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        return Sitemap()
    found = _urls(
        element.text or ""
        for element in root.iter("{*}loc")
        if etree.QName(element.getparent()).localname in {"url", "sitemap"}
    )
    is_index = etree.QName(root).localname == "sitemapindex"
    return Sitemap((), found) if is_index else Sitemap(found)


def _urls(listed: Iterable[str]) -> tuple[str, ...]:
    """Return what can be asked for of the first so many that are listed."""
    urls = (absolute_url("", text) for text in islice(listed, MAX_URLS))
    return tuple(url for url in urls if url)
