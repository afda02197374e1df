"""The loopback registry speaks RDAP as registries do."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from datetime import date

import pytest

from brokenlinks.demo.server import ADDRESS, LoopbackWeb, Site
from brokenlinks.demo.services import LoopbackRegistry

HOST = "rdap.example"
RDAP_JSON = "application/rdap+json"


@pytest.fixture(scope="module")
def web() -> Iterator[LoopbackWeb]:
    registry = LoopbackRegistry({"hops.example": date(2001, 5, 4)})
    with LoopbackWeb({HOST: Site(registry)}) as opened:
        yield opened


def ask(web: LoopbackWeb, path: str, accept: str = RDAP_JSON) -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection(ADDRESS, web.port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": HOST, "Accept": accept})
        response = connection.getresponse()
        assert response.headers["Content-Type"] == RDAP_JSON
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def test_a_registered_domain_has_its_dates(web: LoopbackWeb) -> None:
    status, document = ask(web, "/domain/Hops.EXAMPLE")
    assert status == 200
    assert (document["objectClassName"], document["ldhName"]) == ("domain", "HOPS.EXAMPLE")
    event = {"eventAction": "registration", "eventDate": "2001-05-04T04:00:00Z"}
    assert event in document["events"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/domain/malt.example", RDAP_JSON, 404),
        ("/domain/hops", RDAP_JSON, 400),
        ("/domain/", RDAP_JSON, 400),
        ("/nameserver/hops.example", RDAP_JSON, 400),
        ("/domain/hops.example", "text/html", 406),
    ],
)
def test_errors_are_told_in_json(web: LoopbackWeb, path: str, accept: str, status: int) -> None:
    got, document = ask(web, path, accept)
    assert got == document["errorCode"] == status
