"""Frames of the page's own site are read as part of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.html.frames import embed_frames, frame_urls
from brokenlinks.html.page import read_page

PAGE = "http://club.example/links/index.html"
LIST_URL = "http://club.example/links/list.html"
LIST = (
    "<title>List</title><body>Our links: <ul><li><a href='http://hive.example/'>Hive</a> good</li>"
    "<li><a href='more/wax.html'>Wax</a></li></ul></body>"
)
FRAMESET = (
    "<html><head><title>Bee links</title></head><frameset cols='20%,80%'><frame src=menu.html>"
    "<FRAME name=list src='list.html'><noframes><body><a href='list.html'>the list</a></body>"
    "</noframes></frameset></html>"
)
IFRAME = "<title>Bee links</title><body><h1>Bees</h1><iframe src='/links/list.html'></iframe>after"


@pytest.mark.parametrize("html", [FRAMESET, IFRAME])
def test_a_list_in_a_frame_is_read_as_the_page_s_own(html: str) -> None:
    assert LIST_URL in frame_urls(html, PAGE)
    page = read_page(embed_frames(html, PAGE, {LIST_URL: (LIST_URL, LIST)}), PAGE)
    assert (page.title, page.url) == ("Bee links", PAGE)
    assert [link.url for link in page.outbound_links] == ["http://hive.example/"]
    assert ("http://club.example/links/more/wax.html", "Wax") in page.internal_links
    assert "Our links:" in page.text


def test_links_of_a_frame_are_relative_to_where_it_led() -> None:
    html = embed_frames(IFRAME, PAGE, {LIST_URL: ("http://club.example/new/", LIST)})
    assert "http://club.example/new/more/wax.html" in html
    assert "after" in read_page(html, PAGE).text


@pytest.mark.parametrize(
    "html",
    [
        "<p>no frame</p>",
        "<iframe src='https://video.example/1'></iframe>",
        "<iframe src='/count.html' width=1 height=1></iframe>",
        "<iframe src='index.html'></iframe>",
        "<iframe src='about:blank'></iframe><iframe src=''></iframe><iframe></iframe>",
    ],
)
def test_other_frames_are_left_alone(html: str) -> None:
    assert frame_urls(html, PAGE) == []


def test_a_page_with_many_frames_is_read_in_part() -> None:
    html = "".join(f"<iframe src='/{number}.html'></iframe>" for number in range(9))
    assert len(frame_urls(html, PAGE)) == 4


@given(st.text("<>/= iframesetbodysrc='.htl", max_size=120))
def test_any_markup_has_its_frames_embedded(markup: str) -> None:
    frames = {url: (url, markup) for url in frame_urls(markup, PAGE)}
    assert isinstance(embed_frames(markup, PAGE, frames), str)


def test_characters_that_xml_has_not_do_no_harm_around_frames_and_in_them() -> None:
    odd = '<body>\x0bOur list<a href="m\x0bead.html">Mead</a></body>'
    html = embed_frames(f"{IFRAME}\x0cafter", PAGE, {LIST_URL: (LIST_URL, odd)})
    page = read_page(html, PAGE)
    assert "Our list" in page.text
    assert "after" in page.text
    assert [url for url, _ in page.internal_links if url.endswith("m%0Bead.html")]
