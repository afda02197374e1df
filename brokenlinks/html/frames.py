"""Frames: which pages a page shows within itself, and the page with them in their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from brokenlinks.html.links import base_url, parse_tree
from brokenlinks.text.urls import absolute_url, site_of

MAX_FRAMES = 4
"""A menu, a head, the list and a foot; pages with more are applications."""
_FRAME = re.compile(r"<i?frame\b", re.IGNORECASE)


def frame_urls(html: str, page_url: str) -> list[str]:
    """Return the URLs of a page's frames that are of its own site, in order, 4 at most."""
    if not _FRAME.search(html):
        return []
    found = dict.fromkeys(url for _, url in _own_frames(parse_tree(html), page_url))
    return list(found)[:MAX_FRAMES]


def embed_frames(html: str, page_url: str, frames: Mapping[str, tuple[str, str]]) -> str:
    """Return a page with the content of its frames in their places.

    `frames` are by the URL in the page: the URL that it led to, and its markup.
    """
    root = parse_tree(html)
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    for element, url in list(_own_frames(root, page_url)):
        final_url, markup = frames.get(url, ("", ""))
        if not markup:
            continue
        content = _content_of(markup, final_url)
        if element.tag == "iframe":
            element.clear(keep_tail=True)
            element.tag = "div"
            element.append(content)
        else:
            body.append(content)
    for frameset in root.findall("frameset"):
        root.remove(frameset)
    return str(etree.tostring(root, method="html", encoding="unicode"))


def _own_frames(root: Any, page_url: str) -> Iterator[tuple[Any, str]]:
    base, site = base_url(root, page_url), site_of(page_url)
    for element in root.iter("frame", "iframe"):
        url = absolute_url(base, element.get("src") or "#")
        is_shown = not {element.get("width"), element.get("height")} & {"0", "1"}
        if url and is_shown and url != page_url and site_of(url) == site:
            yield element, url


def _content_of(markup: str, url: str) -> Any:
    """Return the content of a frame, its links absolute: they are relative to its own address."""
    root = parse_tree(markup)
    base = base_url(root, url)
    for link in root.iter("a", "area"):
        if absolute := absolute_url(base, link.get("href") or ""):
            link.set("href", absolute)
    # The body itself becomes the <div>: its text may hold what lxml reads but does not accept.
    content = root.find("body")
    if content is None:
        content = etree.Element("body")
    content.tag = "div"
    content.attrib.clear()
    return content
