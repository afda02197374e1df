"""Control pages: addresses that cannot exist, to see how a site answers for them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.liveness.controls import random_sibling, url_shape
from brokenlinks.text.urls import absolute_url


@pytest.mark.parametrize(
    "url",
    [
        "http://hops.example/",
        "http://hops.example/guide",
        "http://hops.example/a/b/mash-guide.php",
        "http://hops.example/articles/2019/",
        "http://hops.example/index.php?id=12",
        "http://hops.example/p?cat=beer&page=mash",
    ],
)
def test_a_random_sibling_is_another_address_of_the_same_shape(url: str) -> None:
    invented = random_sibling(url, random.Random(7))
    assert invented != url
    assert url_shape(invented) == url_shape(url)
    assert random_sibling(url, random.Random(8)) != invented


@given(
    st.from_regex(
        r"http://h\.example(/[a-zA-Z0-9._~%-]{0,9}){0,4}(\?[a-z=&0-9]{0,12})?", fullmatch=True
    )
)
def test_every_address_has_a_sibling(url: str) -> None:
    invented = random_sibling(url, random.Random(1))
    assert invented != url
    assert absolute_url(invented, "") is not None
