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


def test_sitemaps_are_read_in_every_form() -> None:
    assert read_sitemap(SITEMAP.format("http://a.example/links")).pages == (
        "http://a.example/links",
    )
    index = "<sitemapindex><sitemap><loc>http://a.example/1.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(index).sitemaps == ("http://a.example/1.xml",)
    assert read_sitemap("http://a.example/x\nnonsense\n").pages == ("http://a.example/x",)


@given(st.text(max_size=200) | st.text("<>/=\"'&;urlsetloc! ", max_size=120))
def test_whatever_stands_in_place_of_a_sitemap_is_no_error(content: str) -> None:
    found = read_sitemap(content)
    assert isinstance(found.pages, tuple)


@pytest.mark.parametrize("form", ["{}", SITEMAP])
@pytest.mark.parametrize("odd", ["http://[", "http://a.example:99999/x", "javascript:x", "/x"])
def test_a_sitemap_tells_only_addresses_that_can_be_asked_for(form: str, odd: str) -> None:
    assert read_sitemap(form.format(odd)).pages == ()
