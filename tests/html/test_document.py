"""What a probe reads from a page, and how pages are compared."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.html.document import parse_html, similarity, sketch

URL = "http://hops.example/guides/mash.html"
SHELL = '<html><body><div id="root"></div><script src="/app.js"></script></body></html>'


def test_the_telling_parts_of_a_page() -> None:
    page = parse_html(
        '<html lang="EN-gb"><head><title> Mash\n guide </title>'
        '<link rel="canonical" href="/guides/mash.html"><meta name="ROBOTS" content="NoIndex">'
        "</head><body><h1>How to <em>mash</em></h1><script>hidden()</script>"
        '<a href="/a">a</a><a href="/a#b">b</a><a href="http://other.example/">c</a></body></html>',
        URL,
    )
    assert (page.title, page.h1, page.language) == ("Mash guide", "How to mash", "en-gb")
    assert (page.canonical, page.noindex, page.own_links) == (URL, True, 1)
    assert page.text == "How to mash a b c"
    assert not page.script_shell


def test_a_page_names_no_address_unless_it_says_so() -> None:
    assert parse_html("<p>Page not found", URL).canonical == ""


def test_the_first_heading_is_of_the_highest_rank_there_is() -> None:
    menu = "<nav><h2>Menu</h2></nav>"
    assert parse_html(f"{menu}<h2>Mashing</h2><h3>Grain</h3>").h1 == "Mashing"
    assert parse_html(f"{menu}<h3>Grain</h3><h1>Brewing</h1>").h1 == "Brewing"
    assert parse_html(menu).h1 == ""


def test_a_short_page_is_read_in_pieces() -> None:
    page = "<h2>Sorry</h2><p>No page <b>/a</b> here.</p><div>Try again</div><script>x</script>"
    assert {"Sorry", "No page /a here.", "Try again"} <= set(parse_html(page).passages)
    assert not any("x" in piece for piece in parse_html(page).passages)
    assert parse_html(page + "<p>" + "malt " * 300).passages == ()


def test_an_empty_frame_waits_for_its_scripts() -> None:
    assert parse_html(SHELL).script_shell
    plea = "<script></script><noscript>Please enable JavaScript.</noscript>"
    assert parse_html(f"<body>{plea}</body>").script_shell
    assert not parse_html(SHELL.replace("</div>", "Served text</div>")).script_shell
    assert not parse_html(SHELL.replace("</div>", "</div><p>" + "word " * 60)).script_shell


def test_a_page_without_words_is_blank_unless_there_is_something_to_see() -> None:
    assert parse_html("<html><body><p> </p></body></html>").blank
    for nothing in ("", " \n\t", "\0\0", "\ufeff", "\ufeff \n", "<!-- built at noon -->"):
        assert parse_html(nothing).blank
    assert parse_html("<script>location='/lander'</script>").script_shell
    assert not parse_html('<frameset><frame src="main.html"></frameset>').blank
    assert not parse_html('<body><img src="map.gif"><script>count()</script></body>').script_shell


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url=/new", "/new"),
        ("3;URL='http://x.example/'", "http://x.example/"),
        ("600; url=/new", ""),
        ("5", ""),
    ],
)
def test_a_page_that_only_sends_its_visitors_on(content: str, target: str) -> None:
    assert parse_html(f'<meta http-equiv="Refresh" content="{content}">').refresh_to == target


@pytest.mark.parametrize("piece", ["1", " ", "1 ", "5;", "0; url ", "0;url=", "'"])
def test_however_long_a_refresh_is_it_is_read_in_no_time(piece: str) -> None:
    content = piece * (400_000 // len(piece))
    start = time.process_time()
    for beginning in ("", "1", "1;", "1;url="):
        parse_html(f'<meta http-equiv="refresh" content="{beginning}{content}">')
    assert time.process_time() - start < 5


@given(st.text(max_size=300))
def test_no_markup_is_too_broken_to_read(text: str) -> None:
    page = parse_html(f"<html><title>{text}</title><meta http-equiv=refresh content={text}>", URL)
    assert page.words == len(page.text.split())


def test_an_error_page_that_echoes_its_address_is_the_same_for_all() -> None:
    body = "Sorry, the page {} was not found here. Please use the search or go to our home page."
    one = sketch(body.format("mashing"), "http://hops.example/mashing")
    other = sketch(body.format("qwrtzpl"), "http://hops.example/qwrtzpl")
    assert similarity(one, other) == 1
    assert similarity(one, sketch("Malt, water, yeast and hops make beer", URL)) < 0.2
    assert similarity(sketch("", URL), sketch("", URL)) == 1


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    first, second = sketch(one, URL), sketch(other, URL)
    assert 0 <= similarity(first, second) == similarity(second, first) <= 1
