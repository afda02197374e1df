from __future__ import annotations

import pytest

from brokenlinks.http.ssrf import AddressGuard, has_blocked_port


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::169.254.169.254",
        "fec0::1",
        "64:ff9b:1::1",
    ],
)
def test_addresses_that_no_stranger_may_make_us_ask(address: str) -> None:
    assert not AddressGuard().permits(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses_are_permitted(address: str) -> None:
    assert AddressGuard().permits(address)


def test_an_allowed_network_is_the_exception() -> None:
    guard = AddressGuard(["127.0.0.0/8"])
    assert guard.permits("127.66.0.1")
    assert guard.is_allowlisted("127.66.0.1")
    assert not guard.permits("10.0.0.1")
    assert not guard.is_allowlisted("93.184.216.34")


def test_a_network_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match="not-a-network"):
        AddressGuard(["not-a-network"])


@pytest.mark.parametrize("port", [0, 21, 22, 25, 110, 587, 5060, 6000, 6379, 6667, 10080, 27017])
def test_ports_of_other_services_are_blocked(port: int) -> None:
    assert has_blocked_port(f"https://club.example:{port}/links")


@pytest.mark.parametrize("authority", ["club.example", "club.example:", "[2001:db8::25]", "25@h"])
@pytest.mark.parametrize("port", ["", ":80", ":443", ":2", ":591", ":3000", ":8080", ":8443"])
def test_ports_of_websites_are_not(authority: str, port: str) -> None:
    assert not has_blocked_port(f"http://{authority.rstrip(':')}{port}/25")
