"""Reads sitemaps: hostile XML, packed or not. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

MOST_ADDRESSES = 50_000


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages a sitemap lists, and, of an index, the sitemaps."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(content: str) -> Sitemap:
    """Read an XML sitemap, an index of sitemaps, or plain lines; what is neither is empty."""
    if not content.lstrip().startswith("<"):
        lines = content.split()[:MOST_ADDRESSES]
        return Sitemap(tuple(line for line in lines if line.startswith(("http://", "https://"))))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True
    )
    try:
        root = etree.fromstring(content.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        return Sitemap()
    found = tuple(
        (element.text or "").strip()
        for element in root.iter("{*}loc")
        if etree.QName(element.getparent()).localname in {"url", "sitemap"}
    )[:MOST_ADDRESSES]
    is_index = etree.QName(root).localname == "sitemapindex"
    return Sitemap((), found) if is_index else Sitemap(found)
