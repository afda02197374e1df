"""Which page is read next: the best that is known, within the budgets, and no crawler trap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.discovery.frontier import Frontier, Limits
from brokenlinks.models.page import Candidate
from brokenlinks.models.run_stats import Budgets
from brokenlinks.text.urls import url_key


def candidate(place: str, hint: float = 0.5, *, named: bool = False, depth: int = 1) -> Candidate:
    url = f"http://{place}"
    return Candidate(url, url_key(url), "site", depth, hint, named=named)


def section(place: str, hint: float) -> Candidate:
    url = f"http://{place}"
    return Candidate(url, url_key(url), "section", 1, hint)


def frontier(
    *, sites: int = 50, pages: int = 300, max_barren: int = 9, max_concurrent: int = 16
) -> Frontier:
    limits = Limits(
        pages_per_site=3,
        max_concurrent=max_concurrent,
        max_barren_sites=max_barren,
        rejects_per_page=2,
    )
    return Frontier(Budgets(sites=sites, pages=pages, depth=2), limits)


def drain(waiting: Frontier) -> list[str]:
    """Read everything, one after the other, and return the hosts and paths."""
    read = []
    while chosen := waiting.next_pages():
        for page in chosen:
            read.append(page.url.removeprefix("http://"))
            waiting.record_read(page)
    return read


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20, unique=True), st.integers(1, 30))
def test_a_small_budget_goes_to_the_best(hints: list[float], budget: int) -> None:
    waiting = frontier(sites=budget, max_concurrent=1, max_barren=99)
    for number, hint in enumerate(hints):
        assert waiting.admit(candidate(f"s{number}.example/", hint))
    best = sorted(range(len(hints)), key=lambda n: -hints[n])[:budget]
    assert drain(waiting) == [f"s{number}.example/" for number in best]
    assert waiting.skipped["max_sites"] == max(0, len(hints) - budget)


def test_what_a_person_names_comes_first_and_is_read_whatever_its_site_has_cost() -> None:
    waiting = frontier(max_concurrent=1)
    for number in range(6):
        waiting.admit(candidate(f"a.example/{number}", 0.9))
    waiting.admit(candidate("a.example/named", 0.1, named=True))
    assert drain(waiting)[0] == "a.example/named"
    assert waiting.skipped["pages_per_site"] == 4


def test_a_page_is_handed_out_once_and_none_too_deep() -> None:
    waiting = frontier()
    assert waiting.admit(candidate("a.example/x"))
    assert not waiting.admit(candidate("a.example/x"))
    assert not waiting.admit(candidate("a.example/deep", depth=3))
    assert drain(waiting) == ["a.example/x"]
    assert not waiting.admit_redirect(candidate("a.example/x"))
    assert waiting.admit_redirect(candidate("a.example/elsewhere"))


def test_few_pages_of_a_site_are_read_at_once() -> None:
    waiting = frontier()
    for number in range(3):
        waiting.admit(candidate(f"a.example/{number}"))
    assert len(waiting.next_pages()) == 2


def test_after_many_barren_sites_no_new_ones_are_tried_until_one_is_promising() -> None:
    waiting = frontier(max_barren=3, max_concurrent=1)
    for number in range(9):
        waiting.admit(candidate(f"s{number}.example/", 0.9 - number / 100))
    first = [waiting.next_pages()[0]]
    waiting.record_read(first[0])
    waiting.record_productive()
    assert len(drain(waiting)) == 3
    assert waiting.skipped["barren_sites"] == 5


def test_guesses_are_read_as_long_as_they_pay() -> None:
    waiting = frontier(max_barren=99, max_concurrent=1)
    for number in range(60):
        waiting.admit(candidate(f"guess{number}.example/", 0.1))
    waiting.admit(candidate("named.example/links", 0.8))
    read = drain(waiting)
    assert read[0] == "named.example/links"
    assert len(read) == 20
    assert waiting.skipped["rejects_per_page"] == 41
    for number in range(15):
        waiting.record_accepted(f"found{number}.example")
    assert len(drain(waiting)) == 25


def test_sections_of_a_site_are_read_one_by_one_until_its_page_of_links_is_found() -> None:
    waiting = frontier()
    for name in ("members", "library"):
        waiting.admit(section(f"club.example/{name}", 0.3))
    first = waiting.next_pages()
    assert len(first) == 1
    waiting.record_accepted("club.example")
    waiting.record_read(first[0])
    assert waiting.next_pages() == []


def test_pages_of_a_site_do_not_wait_behind_its_sections() -> None:
    waiting = frontier()
    waiting.admit(section("club.example/members", 0.9))
    [members] = waiting.next_pages()
    waiting.admit(section("club.example/library", 0.8))
    for number in range(2):
        waiting.admit(candidate(f"club.example/{number}", 0.5))
    [first] = waiting.next_pages()
    waiting.record_read(members)
    assert [page.url for page in waiting.next_pages()] == ["http://club.example/1"]
    waiting.record_read(first)
    assert waiting.next_pages() == []


def test_a_guess_under_way_is_reckoned_with_the_page_of_links_that_it_may_lead_to() -> None:
    waiting = frontier(max_barren=99, max_concurrent=60)
    for number in range(60):
        waiting.admit(candidate(f"guess{number}.example/", 0.1))
    guesses = waiting.next_pages()
    assert len(guesses) == 10
    for guess in guesses:
        waiting.admit(candidate(f"{guess.url.removeprefix('http://')}links", 0.8))
        waiting.record_read(guess)
    assert len(drain(waiting)) == 10


def test_a_site_that_could_not_be_had_costs_nothing() -> None:
    waiting = frontier(sites=1, max_concurrent=1)
    waiting.admit(candidate("gone.example/", 0.9))
    waiting.admit(candidate("there.example/", 0.1))
    [gone] = waiting.next_pages()
    waiting.record_failed(gone)
    assert drain(waiting) == ["there.example/"]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("a.example/calendar?month=2027-01", "trap_calendar"),
        ("a.example/events/2031/05/", "trap_calendar"),
        ("a.example/links/links/links/", "trap_repeating_path"),
        ("a.example/l?a=1&b=2&c=3&d=4&e=5", "trap_parameters"),
        ("a.example/links?page=2", ""),
        ("a.example/2019/05/links", ""),
    ],
)
def test_traps_are_seen_in_the_address(place: str, reason: str) -> None:
    assert frontier().trap_reason(candidate(place)) == reason
    assert not frontier().trap_reason(candidate(place, named=True))


def test_endless_parameters_of_one_path_are_a_trap() -> None:
    waiting = frontier()
    found = [waiting.trap_reason(candidate(f"a.example/links?sort={n}")) for n in range(4)]
    assert found == ["", "", "trap_parameters", "trap_parameters"]
    assert waiting.trap_reason(candidate("a.example/links")) == ""


def test_an_address_that_is_offered_again_and_again_is_one() -> None:
    waiting = frontier()
    deep = candidate("a.example/links?sort=1", depth=9)
    for _ in range(4):
        assert waiting.trap_reason(deep) == ""
        assert not waiting.admit(deep)
