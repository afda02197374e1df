"""What the services with a key answer, with the traps they are known for."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.authority.services import Ahrefs, OpenPageRank, services_from
from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import Outcome
from brokenlinks.models.lookups import Rating

KEY = "s3cret"
OPEN_PAGERANK = OpenPageRank("https://opr.example/", KEY)
AHREFS = Ahrefs("https://ahrefs.example", KEY)
SERVICES = (OPEN_PAGERANK, AHREFS)
SETTINGS = {
    "OPENPAGERANK_URL": "https://opr.example",
    "OPENPAGERANK_API_KEY": KEY,
    "AHREFS_URL": "https://ahrefs.example",
    "AHREFS_API_KEY": "",
}


def answer(said: object, status: int | None = 200) -> FetchResult:
    return FetchResult("", status=status, body=json.dumps(said).encode())


def entry(domain: object, value: object, *, code: int = 200, rank: object = "7") -> object:
    return {"status_code": code, "domain": domain, "page_rank_decimal": value, "rank": rank}


def test_a_service_is_used_when_its_key_is_set() -> None:
    assert [type(service) for service in services_from(SETTINGS)] == [OpenPageRank]


def test_the_key_travels_in_a_header_only() -> None:
    several = OPEN_PAGERANK.build_request(["a.example", "b.example"])
    path = "/api/v1.0/getPageRank?domains%5B%5D=a.example&domains%5B%5D=b.example"
    assert several.url == f"https://opr.example{path}"
    assert several.headers == {"API-OPR": KEY}
    one = AHREFS.build_request(["a.example"])
    assert one.url == "https://ahrefs.example/v3/public/domain-rating-free?target=a.example"
    assert one.headers["Authorization"] == f"Bearer {KEY}"


def test_open_pagerank_says_it_of_each_domain() -> None:
    said = [
        entry("a.example", 4.5),
        entry("b.example", 0, code=404, rank=None),
        entry("c.example", "3.2", rank=None),
        entry("d.example", "much"),
        entry("stranger.example", 9),
        entry(["d.example"], 9),
        "odd",
    ]
    asked = [f"{letter}.example" for letter in "abcde"]
    ratings = OPEN_PAGERANK.parse_response(answer({"status_code": 200, "response": said}), asked)
    assert ratings.outcome is Outcome.OK
    assert ratings.by_domain == {
        "a.example": Rating(4.5, 7),
        "b.example": Rating(),
        "c.example": Rating(3.2),
    }


def test_ahrefs_knows_a_domain_or_does_not() -> None:
    known = AHREFS.parse_response(answer({"domain_rating": {"domain_rating": 71.0}}), ["a.example"])
    assert (known.outcome, known.by_domain) == (Outcome.OK, {"a.example": Rating(71.0)})
    unknown = AHREFS.parse_response(
        answer({"domain_rating": {"domain_rating": None}}), ["a.example"]
    )
    assert (unknown.outcome, unknown.by_domain) == (Outcome.EMPTY, {"a.example": Rating()})


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (401, Outcome.MISCONFIGURED),
        (403, Outcome.MISCONFIGURED),
        (402, Outcome.QUOTA),
        (429, Outcome.QUOTA),
        (500, Outcome.ERROR),
        (None, Outcome.ERROR),
    ],
)
def test_a_refusal_is_never_an_empty_answer(
    service: OpenPageRank | Ahrefs, status: int | None, outcome: Outcome
) -> None:
    ratings = service.parse_response(answer({"error": "no"}, status), ["a.example"])
    assert (ratings.outcome, ratings.by_domain) == (outcome, {})
    assert ratings.detail


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["response", "domain_rating", "domain", "page_rank_decimal", "rank"]),
            inner | st.just("a.example"),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_whatever_a_service_answers_is_an_outcome(said: object) -> None:
    for service in SERVICES:
        ratings = service.parse_response(answer(said), ["a.example"])
        assert ratings.outcome in Outcome
        assert set(ratings.by_domain) <= {"a.example"}
