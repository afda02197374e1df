"""Requests count for the server's address, and for none on the network of a large platform."""

from __future__ import annotations

import pytest

from brokenlinks.http.platforms import server_address


@pytest.mark.parametrize(
    ("addresses", "counted"),
    [
        (("203.0.113.9", "203.0.113.7"), "203.0.113.7"),
        (("2001:db8::1", "203.0.113.7"), "203.0.113.7"),
        (("2001:db8:1:2:3::1",), "2001:db8:1:2::"),
        ((), ""),
        (("104.16.0.0",), ""),
        (("104.27.255.255", "104.28.0.1"), ""),
        (("185.199.112.0",), "185.199.112.0"),
        (("2606:4700::6810:1",), ""),
    ],
    ids=[
        *("lowest", "IPv4 first", "network of a site", "none"),
        *("first of Cloudflare", "two of Cloudflare", "next to GitHub Pages", "IPv6 of Cloudflare"),
    ],
)
def test_which_address_counts(addresses: tuple[str, ...], counted: str) -> None:
    assert server_address(addresses) == counted
