"""Sitemaps in every form, and whatever stands in their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.http.sitemaps import read_sitemap

SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc> {} </loc></url></urlset>"
)


ADDRESS = "http://a.example/?a=1&amp;b=2"


def test_sitemaps_are_read_in_every_form() -> None:
    assert read_sitemap(SITEMAP.format("http://a.example/links")).pages == (
        "http://a.example/links",
    )
    index = "<sitemapindex><sitemap><loc>http://a.example/1.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(index).sitemaps == ("http://a.example/1.xml",)
    assert read_sitemap("http://a.example/x\nnonsense\n").pages == ("http://a.example/x",)


@pytest.mark.parametrize(
    "content",
    [
        "\n\ufeff<?xml version='1.0' encoding='ISO-8859-1'?>" + SITEMAP,
        "<br />\n<b>Warning</b>: no index in x.php on line 7<br />\n<?xml version='1.0'?>"
        + SITEMAP,
        "Notice: no index\n" + SITEMAP,
        SITEMAP.format("http://a.example/?a=1&b=2"),
        SITEMAP.format("<![CDATA[http://a.example/?a=1&b=2]]>"),
        SITEMAP.replace("</urlset>", "<url><lastmod>2020"),
        "<rss><channel><link>http://a.example/</link><item><link>{}</link></item></channel></rss>",
        '<feed><link href="/"/><entry><link rel="edit" href="/x"/><link href="{}"/></entry></feed>',
        "http://a.example/?a=1&b=2\r\n",
    ],
)
def test_what_search_engines_forgive_is_read(content: str) -> None:
    assert read_sitemap(content.replace("{}", ADDRESS)).pages == ("http://a.example/?a=1&b=2",)


@given(st.text(max_size=200) | st.text("<>/=\"'&;urlsetloc! ", max_size=120))
def test_whatever_stands_in_place_of_a_sitemap_is_no_error(content: str) -> None:
    found = read_sitemap(content)
    assert isinstance(found.pages, tuple)


@pytest.mark.parametrize("form", ["{}", SITEMAP])
@pytest.mark.parametrize("odd", ["http://[", "http://a.example:99999/x", "javascript:x", "/x"])
def test_a_sitemap_tells_only_addresses_that_can_be_asked_for(form: str, odd: str) -> None:
    assert read_sitemap(form.format(odd)).pages == ()


@pytest.mark.parametrize("written", ["/blog/links/", "links/", "http://a.example/blog/links/"])
def test_addresses_of_a_sitemap_may_be_relative_to_it(written: str) -> None:
    found = read_sitemap(SITEMAP.format(written), "http://a.example/blog/sitemap.xml")
    assert found.pages == ("http://a.example/blog/links/",)


@pytest.mark.parametrize("odd", ["", " ", "<![CDATA[]]>"])
def test_an_entry_without_an_address_is_not_the_sitemap_itself(odd: str) -> None:
    assert read_sitemap(SITEMAP.format(odd), "http://a.example/sitemap.xml").pages == ()


@pytest.mark.parametrize("odd", ["<loc>&#xD800;</loc>", "<link rel='&#xDFFF;'/>"])
def test_half_a_character_costs_no_other_entry(odd: str) -> None:
    listed = f"<urlset><url>{odd}</url><url><loc>http://a.example/</loc></url></urlset>"
    assert read_sitemap(listed).pages == ("http://a.example/",)


def test_a_prefix_that_is_not_declared_costs_no_page() -> None:
    xml = "<urlset><i:image><i:loc>http://a.example/i.png</i:loc></i:image><url><loc>{}</loc></url>"
    url = "http://a.example/links"
    assert read_sitemap(xml.format(url)).pages == (url,)
