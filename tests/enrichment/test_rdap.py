"""What registries answer, with the traps they are known for, and who is asked how often."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.enrichment.rdap import Rdap, read_bootstrap, read_registration, server_for
from brokenlinks.http.response import FetchError, FetchResult
from brokenlinks.http.service import RateLimiter, ServiceClient
from brokenlinks.models.lookups import RegistrationOutcome, RegistrationRecord
from tests.http.virtual_time import run_in_virtual_time

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DOMAIN = "hops.example"
RDAP = {"content-type": "application/rdap+json"}
BOOTSTRAP = "https://bootstrap.example/dns.json"

Web = dict[str, FetchResult]


def answer(said: object, status: int = 200, headers: Mapping[str, str] = RDAP) -> FetchResult:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return FetchResult("", status=status, headers=headers, body=body)


def domain_object(**other: Any) -> dict[str, Any]:
    return {"objectClassName": "domain", "ldhName": "HOPS.example."} | other


def event(action: str, date: object) -> dict[str, object]:
    return {"eventAction": action, "eventDate": date}


def read(said: object, status: int = 200, headers: Mapping[str, str] = RDAP) -> RegistrationRecord:
    return read_registration(answer(said, status, headers), DOMAIN, NOW)


def test_a_registered_domain_with_its_dates_and_statuses() -> None:
    events = [
        event("registration", "2001-05-04T12:00:00Z"),
        event("reregistration", "2023-02-01T23:30:00.5-05:30"),
        event("expiration", "2027-05-04"),
        event("last changed", "whenever"),
    ]
    status = ["clientTransferProhibited", "redemption period", "PENDING_DELETE", "pendingDelete"]
    entities = [{"objectClassName": "entity", "events": [event("registration", "2025-01-01")]}]
    facts = read(domain_object(events=events, status=status, entities=entities))
    assert facts.outcome is RegistrationOutcome.REGISTERED
    assert facts.registered_at == datetime(2023, 2, 2, 5, 0, 0, 500_000, tzinfo=UTC)
    assert facts.expires_at == datetime(2027, 5, 4, tzinfo=UTC)
    assert facts.statuses == ("client transfer prohibited", "redemption period", "pending delete")


def test_an_earlier_reregistration_counts_less_than_the_registration() -> None:
    events = [event("reregistration", "2003-01-01"), event("registration", "2010-01-01")]
    assert read(domain_object(events=events)).registered_at == datetime(2010, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "headers"),
    [
        (b"", {}),
        ({"errorCode": 404, "title": "Not Found"}, {"content-type": "application/json"}),
        ({"rdapConformance": ["rdap_level_0"]}, {}),
        ({}, RDAP),
    ],
)
def test_a_domain_the_registry_does_not_know(said: object, headers: Mapping[str, str]) -> None:
    assert read(said, 404, headers).outcome is RegistrationOutcome.NOT_FOUND


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"<html><title>404 Not Found</title>nginx</html>", 404),
        (b"Not Found", 404),
        ({"errorCode": 501}, 404),
        ([], 404),
        ({"errorCode": 404}, 400),
        ({"errorCode": 404}, 200),
        (b"", 200),
        (b"", 500),
        (b"{", 200),
        (b"[" * 200_000, 200),
        (b'{"a":' * 200_000, 404),
        (b"9" * 10_000, 200),
        (b"\xff\xfe\xff", 200),
        ([domain_object()], 200),
        (domain_object(objectClassName="entity"), 200),
        (domain_object(ldhName="malt.example"), 200),
        (domain_object(ldhName=["hops.example"]), 200),
        (domain_object(events={"registration": "2020-01-01"}), 200),
        (domain_object(status="active"), 200),
    ],
)
def test_what_is_no_answer_about_the_domain_says_nothing(said: object, status: int) -> None:
    plain = {"content-type": "application/json"}
    facts = read(said, status, plain)
    assert facts.outcome is RegistrationOutcome.NOT_LOOKED_UP
    assert facts.detail
    assert facts.detail.isprintable()


@pytest.mark.parametrize(
    "odd",
    [
        "registration",
        event("registration", "0000-01-01T00:00:00Z"),
        event("registration", "0001-01-01T00:00:00+14:00"),
        event("registration", "2027-01-01"),
        event("expiration", "9999-12-31T23:59:59-12:00"),
        event("expiration", "2020-01-01T00:00:00+99:99"),
        event("expiration", None),
        {"eventAction": "expiration"},
        {"eventAction": ["expiration"], "eventDate": "2020-01-01"},
    ],
)
def test_an_odd_event_or_status_costs_no_other(odd: object) -> None:
    good = [event("registration", "2001-05-04"), event("expiration", "2027-05-04")]
    for events in [odd, *good], [*good, odd]:
        facts = read(domain_object(events=events, status=[{"active": True}, "pending delete"]))
        assert facts.registered_at == datetime(2001, 5, 4, tzinfo=UTC)
        assert facts.expires_at == datetime(2027, 5, 4, tzinfo=UTC)
        assert facts.statuses == ("pending delete",)
    assert read(domain_object(events=[odd])).registered_at is None


def test_half_an_answer_is_none() -> None:
    body = json.dumps(domain_object()).encode()
    half = FetchResult("", status=200, headers=RDAP, body=body, truncated=True)
    assert read_registration(half, DOMAIN, NOW).outcome is RegistrationOutcome.NOT_LOOKED_UP


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=15,
)
TOLD = st.fixed_dictionaries(
    {},
    optional={
        "objectClassName": st.just("domain") | JSON,
        "ldhName": st.just(DOMAIN) | JSON,
        "errorCode": st.just(404) | JSON,
        "status": st.lists(st.text()) | JSON,
        "events": st.lists(
            st.fixed_dictionaries(
                {
                    "eventAction": st.sampled_from(["registration", "expiration"]) | JSON,
                    "eventDate": st.datetimes().map(str) | JSON,
                }
            )
        )
        | JSON,
    },
)


@given(said=TOLD | JSON | st.binary(), status=st.sampled_from([200, 404, 429, 500, 301]))
def test_no_answer_is_too_strange(said: object, status: int) -> None:
    facts = read(said, status)
    if facts.outcome is RegistrationOutcome.NOT_FOUND:
        assert status == 404
    if facts.outcome is RegistrationOutcome.REGISTERED:
        assert status == 200
        json.dumps(facts.statuses, ensure_ascii=False).encode()
    for moment in (facts.registered_at, facts.expires_at):
        assert moment is None or moment.tzinfo is UTC


@given(
    moment=st.datetimes(datetime(1, 1, 2), datetime(2026, 11, 23)),  # noqa: DTZ001 - zone follows
    minutes=st.integers(-23 * 60, 23 * 60),
)
def test_every_offset_is_the_same_moment(moment: datetime, minutes: int) -> None:
    zoned = moment.replace(tzinfo=UTC).astimezone(timezone(timedelta(minutes=minutes)))
    facts = read(domain_object(events=[event("registration", zoned.isoformat())]))
    assert facts.registered_at == zoned


def test_the_longest_suffix_has_the_word_and_https_is_preferred() -> None:
    services = [
        [["uk"], ["https://rdap.uk.example/"]],
        [["co.uk", "COM"], ["http://plain.example/", "https://rdap.example/"]],
        [["old"], ["ftp://files.example/", "http://rdap.old.example"]],
        [["none"], []],
    ]
    servers = read_bootstrap(answer({"services": services}))
    assert server_for("hops.co.uk", servers) == "https://rdap.example/"
    assert server_for("hops.org.uk", servers) == "https://rdap.uk.example/"
    assert server_for("hops.com", servers) == "https://rdap.example/"
    assert server_for("hops.old", servers) == "http://rdap.old.example"
    assert server_for("hops.none", servers) == ""
    assert server_for("hops.none", {"*": "http://all.example"}) == "http://all.example"


@pytest.mark.parametrize("odd", [1, [], [["odd"]], [["odd"], [2]], [[3], ["http://odd.example"]]])
def test_an_odd_entry_of_the_bootstrap_file_costs_no_other(odd: object) -> None:
    good = [["example"], [None, "https://rdap.example/"]]
    for services in [odd, good], [good, odd]:
        servers = read_bootstrap(answer({"services": services}))
        assert servers == {"example": "https://rdap.example/"}


@pytest.mark.parametrize(
    "said", [b"", b"<html>", [], {}, {"services": 1}, {"services": [1]}, {"services": [[[1], [2]]]}]
)
def test_a_strange_bootstrap_file_is_said(said: object) -> None:
    with pytest.raises(ValueError, match="bootstrap file"):
        read_bootstrap(answer(said))


class Registries:
    """Registries that answer from `web`, asked by one client; `turn` is how far off a turn is."""

    def __init__(
        self, web: Web, servers: Mapping[str, str] | None = None, turn: float = 0.0
    ) -> None:
        self.web = web
        self.asked: list[str] = []
        self.accepted: set[str] = set()
        self.paused: dict[str, float] = {}
        self._turn = turn
        self.client = Rdap(
            BOOTSTRAP,
            servers or {},
            ServiceClient(self._exchange, RateLimiter(self._reserve, self._pause), lambda: NOW),
            lambda: NOW,
            per_second=1.0,
        )

    def look_up(self, *domains: str) -> list[RegistrationRecord]:
        async def one_by_one() -> list[RegistrationRecord]:
            return [await self.client.look_up(domain) for domain in domains]

        return run_in_virtual_time(one_by_one())

    async def _exchange(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        max_bytes: int | None = None,
    ) -> FetchResult:
        assert headers
        assert max_bytes
        assert body is None
        self.asked.append(url)
        self.accepted.add(headers["Accept"])
        return self.web.get(url, answer({"errorCode": 404}, 404))

    async def _reserve(self, service: str, interval: float, max_wait: float) -> float:
        assert service
        assert interval == 1.0
        assert max_wait == 60.0
        return self._turn

    async def _pause(self, service: str, seconds: float) -> None:
        self.paused[service] = seconds


def bootstrap(*suffixes: str) -> Web:
    services = [[[suffix], [f"https://rdap.{suffix}/v1/"]] for suffix in suffixes]
    return {BOOTSTRAP: answer({"services": services})}


def sent_on(to: str) -> FetchResult:
    return FetchResult("", status=302, headers={"location": to})


def test_the_bootstrap_file_is_fetched_once_and_when_it_is_needed() -> None:
    found = {"https://rdap.example/v1/domain/hops.example": answer(domain_object())}
    registries = Registries(bootstrap("example") | found)
    registered, unknown, unsupported = registries.look_up(DOMAIN, "malt.example", "malt.nowhere")
    assert registered.outcome is RegistrationOutcome.REGISTERED
    assert unknown.outcome is RegistrationOutcome.NOT_FOUND
    assert unsupported.outcome is RegistrationOutcome.UNSUPPORTED
    assert registries.asked.count(BOOTSTRAP) == 1
    assert all("application/rdap+json" in accept for accept in registries.accepted)


def test_a_server_that_was_named_needs_no_bootstrap_file() -> None:
    registries = Registries({}, {"example": "http://mine.example/rdap"})
    registries.look_up(DOMAIN)
    assert registries.asked == ["http://mine.example/rdap/domain/hops.example"]
    registries.look_up("hops.org")
    assert BOOTSTRAP in registries.asked


def test_without_a_bootstrap_file_nothing_is_concluded() -> None:
    registries = Registries({BOOTSTRAP: FetchResult("", error=FetchError.TIMEOUT)})
    for facts in registries.look_up(*[DOMAIN] * 3):
        assert facts.outcome is RegistrationOutcome.NOT_LOOKED_UP
        assert facts.detail == "no bootstrap file: timeout"
    assert registries.client.should_defer(DOMAIN)


def test_redirects_are_followed_to_web_addresses_and_not_for_ever() -> None:
    asked = "http://mine.example/domain/hops.example"
    here, there = "http://other.example/a", "https://third.example/b"
    web = {asked: sent_on(here), here: sent_on(there), there: answer(domain_object())}
    registries = Registries(web, {"*": "http://mine.example/"})
    assert registries.look_up(DOMAIN)[0].outcome is RegistrationOutcome.REGISTERED

    for astray in (asked, "file:///etc/passwd", "//["):
        registries = Registries({asked: sent_on(astray)}, {"*": "http://mine.example/"})
        [facts] = registries.look_up(DOMAIN)
        assert facts.outcome is RegistrationOutcome.NOT_LOOKED_UP
        assert facts.detail.startswith("answered 302")
        assert len(registries.asked) <= 4


@pytest.mark.parametrize(("retry_after", "seconds"), [("", 60), ("7", 7)])
def test_too_often_pauses_the_server_and_spares_the_others(retry_after: str, seconds: int) -> None:
    headers = {"retry-after": retry_after}
    web = {"https://rdap.com/v1/domain/hops.com": answer(b"", 429, headers)}
    registries = Registries(web | bootstrap("com", "org"))
    [facts] = registries.look_up("hops.com")
    assert facts.outcome is RegistrationOutcome.NOT_LOOKED_UP
    assert registries.paused == {"rdap.com rdap": seconds}
    assert registries.client.should_defer("malt.com")
    assert not registries.client.should_defer("malt.org")


def test_a_server_that_does_not_answer_is_left_alone_after_three_times() -> None:
    asked = "http://mine.example/domain/hops.example"
    registries = Registries({asked: answer(b"", 503)}, {"*": "http://mine.example/"})
    registries.look_up(DOMAIN, DOMAIN)
    assert not registries.client.should_defer(DOMAIN)
    registries.look_up("malt.example", DOMAIN, DOMAIN)
    assert not registries.client.should_defer(DOMAIN)
    registries.look_up(DOMAIN)
    assert registries.client.should_defer(DOMAIN)


def test_a_turn_that_is_too_far_off_is_not_waited_for() -> None:
    registries = Registries({}, {"*": "http://mine.example/"}, turn=3_600)
    [facts] = registries.look_up(DOMAIN)
    assert facts.outcome is RegistrationOutcome.NOT_LOOKED_UP
    assert registries.asked == []
    assert registries.client.should_defer(DOMAIN)
