"""Pages of one niche recommend the same sites; a page in doubt is known by the company it keeps."""

from __future__ import annotations

from brokenlinks.discovery.cocitation import (
    HIGH_SHARED_RATIO,
    MAX_SITES_KEPT,
    CocitationIndex,
    PendingPage,
)
from brokenlinks.models.page import OutboundLink, Placement, ResourcePage


def page(host: str, *linked: str, placement: Placement = Placement.MAIN) -> ResourcePage:
    url = f"http://{host}/links"
    links = [OutboundLink(f"http://{to}/", f"http://{to}/", placement=placement) for to in linked]
    return ResourcePage(url, url, host, relevance=0.1, links=links)


def test_a_doubt_is_settled_once_accepted_pages_link_to_the_same_sites() -> None:
    company = CocitationIndex()
    pending_page = PendingPage(page("shy.example", "a.example", "b.example", "c.example"), [])
    assert not company.pending(pending_page)
    assert company.add_page(page("one.example", "a.example")) == []
    assert company.add_page(page("two.example", "b.example")) == [pending_page]
    assert company.add_page(page("three.example", "c.example")) == []
    vouched = company.corroborated(pending_page)
    assert vouched.relevance > pending_page.page.relevance
    assert "67%" not in vouched.matched
    assert "100%" in vouched.matched


def test_a_page_about_everything_shares_too_small_a_part() -> None:
    company = CocitationIndex()
    company.add_page(page("one.example", "a.example", "b.example"))
    directory = page("directory.example", "a.example", "b.example", *map(str, range(10)))
    assert not company.pending(PendingPage(directory, []))


def test_a_site_does_not_vouch_for_itself_and_footers_count_for_nothing() -> None:
    company = CocitationIndex()
    company.add_page(page("one.example", "a.example", "b.example"))
    assert not company.pending(PendingPage(page("one.example", "a.example", "b.example"), []))
    shy = page("shy.example", "a.example", "b.example", placement=Placement.FOOTER)
    assert not company.pending(PendingPage(shy, []))


def test_what_earlier_runs_accepted_counts() -> None:
    company = CocitationIndex()
    company.add_links([("one.example", "a.example"), ("two.example", "b.example")])
    assert company.pending(PendingPage(page("shy.example", "a.example", "b.example"), []))


def test_a_page_that_seems_of_another_subject_needs_more_company() -> None:
    company = CocitationIndex()
    company.add_page(page("one.example", "a.example", "b.example"))
    pie = page("pie.example", "a.example", "b.example", "c.example", "d.example", "e.example")
    assert company.pending(PendingPage(pie, []))
    assert not company.pending(PendingPage(pie, [], HIGH_SHARED_RATIO))


def test_two_sites_must_recommend_a_third() -> None:
    company = CocitationIndex()
    company.add_page(page("one.example", "a.example"))
    assert not company.is_recommended("a.example")
    company.add_page(page("two.example", "a.example"))
    assert company.is_recommended("a.example")


def test_a_memory_that_is_full_goes_on_learning_of_the_sites_it_has() -> None:
    company = CocitationIndex()
    company.add_links(("one.example", f"{number}.example") for number in range(MAX_SITES_KEPT))
    for by in ("two.example", "three.example"):
        company.add_links([(by, "0.example"), (by, "late.example")])
    assert company.is_recommended("0.example")
    assert not company.is_recommended("late.example")
