"""URLs: resolving, keys, sites and registrable domains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.text.urls import absolute_url, is_root, registrable_domain, site_of, url_key

BASE = "http://www.club.example/links/index.html"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("http://hops.example", "http://hops.example/"),
        ("//hops.example/a#top", "http://hops.example/a"),
        ("../beer.html", "http://www.club.example/beer.html"),
        ("  http://hops.example/a\n b ", "http://hops.example/a b"),
        ("HTTP://Hops.Example:80/A", "http://hops.example/A"),
        ("http://bücher.example/ü", "http://xn--bcher-kva.example/ü"),
        ("http://www.straßenbräu.example/", "http://www.xn--straenbru-j1a3d.example/"),
        ("http://i❤.example/", "http://xn--i-7iq.example/"),
        ("http://hops.example/a/../b/./c?d=/../e", "http://hops.example/b/c?d=/../e"),
        ("http://hops.example/../.well-known/x.", "http://hops.example/.well-known/x."),
        ("http://hops.example/a/%2e%2E/%2e/b/.%2e", "http://hops.example/"),
        ("http://h%6fps.example/", "http://hops.example/"),
        (r"http:\\hops.example\a\b?c\d#e\f", r"http://hops.example/a/b?c\d"),
        (r"..\beer.html", "http://www.club.example/beer.html"),
        (r"\\hops.example\a", "http://hops.example/a"),
        ("///hops.example/a", "http://hops.example/a"),
        ("http:////hops.example//a", "http://hops.example//a"),
        ("https:/hops.example/a", "https://hops.example/a"),
        ("https:hops.example/a", "https://hops.example/a"),
        ("\0\x01http://hops.example/a\x1b[31m?b\x7fc\x1f", "http://hops.example/a%1B[31m?b%7Fc"),
        ("http:/beer.html", "http://www.club.example/beer.html"),
        ("http:beer.html", "http://www.club.example/links/beer.html"),
        ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("http://2852039166/a", "http://169.254.169.254/a"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://1.2.3.4.5/", None),
        ("mailto:ann@hops.example", None),
        ("javascript:void(0)", None),
        ("http://ho ps.example/", None),
        ("http://hops.example:99999/", None),
        ("http://[bad/", None),
    ],
)
def test_absolute_urls(href: str, url: str | None) -> None:
    assert absolute_url(BASE, href) == url


@pytest.mark.parametrize(
    "spelling",
    [
        "http://hops.example/a?x=1&y=2",
        "https://www.hops.example:443/a/?y=2&x=1",
        "http://hops.example:80/a?x=1&y=2&utm_source=mail&fbclid=9",
        "http://hops.example/a?x=1&y=2#part",
    ],
)
def test_spellings_of_one_address_share_a_key(spelling: str) -> None:
    assert url_key(spelling) == "hops.example/a?x=1&y=2"


@pytest.mark.parametrize(
    ("address", "is_home"),
    [
        ("/", True),
        ("/de/", True),
        ("/uk", True),
        ("/en-us/index.php", True),
        ("/ds", False),
        ("/hb/", False),
        ("/bd", False),
        ("/index.html?utm_source=x", True),
        ("/?ref=partner&lang=en", True),
        ("/?p=123", False),
        ("/?ref=partner&p=123", False),
        ("/links?ref=partner", False),
    ],
)
def test_a_home_page_is_known_by_its_address(address: str, is_home: bool) -> None:  # noqa: FBT001
    assert is_root(f"http://hops.example{address}") is is_home


def test_different_addresses_keep_different_keys() -> None:
    urls = [
        "http://h.example/A",
        "http://h.example/a",
        "http://h.example/a?b",
        "http://h.example/a?b=%E4",
        "http://h.example/a?b=%F6",
        "http://i.example/a",
    ]
    assert len({url_key(url) for url in urls}) == len(urls)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://www.hops.co.uk/a", "hops.co.uk"),
        ("http://anna.blogspot.com/", "anna.blogspot.com"),
        ("http://anna.blogspot.de/", "anna.blogspot.de"),
        ("http://www.anna.blogspot.com.br/", "anna.blogspot.com.br"),
        ("http://anna.over-blog.com/", "anna.over-blog.com"),
        ("http://anna.free.fr/", "anna.free.fr"),
        ("http://anna.wordpress.com/", "anna.wordpress.com"),
        ("http://berta.wordpress.com/", "berta.wordpress.com"),
        ("http://wordpress.com/", "wordpress.com"),
        ("http://127.0.0.1:8001/", "127.0.0.1:8001"),
        ("http://127.0.0.1:8002/", "127.0.0.1:8002"),
        ("http://localhost/", "localhost"),
        ("http://a.b.unknownsuffix/", "b.unknownsuffix"),
    ],
)
def test_whose_site_it_is(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.hops.co.uk", "hops.co.uk"),
        ("anna.blogspot.com", "blogspot.com"),
        ("anna.wordpress.com", "wordpress.com"),
        ("127.0.0.1", ""),
        ("localhost", ""),
        ("co.uk", ""),
        ("deep.hops.example", "hops.example"),
    ],
)
def test_what_can_be_registered(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


@given(st.text())
def test_any_text_is_either_a_url_or_none(href: str) -> None:
    url = absolute_url(BASE, href)
    if url is not None:
        assert url.startswith(("http://", "https://"))
        assert absolute_url(url, url) == url
        assert url_key(url)
        assert site_of(url)
