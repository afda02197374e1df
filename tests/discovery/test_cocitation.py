"""Pages of one niche recommend the same sites; a page in doubt is known by the company it keeps."""

from __future__ import annotations

from brokenlinks.discovery.cocitation import LARGE_SHARE, SITES_KEPT, Company, Doubt
from brokenlinks.models.page import OutboundLink, Placement, ResourcePage


def page(host: str, *linked: str, placement: Placement = Placement.MAIN) -> ResourcePage:
    url = f"http://{host}/links"
    links = [OutboundLink(f"http://{to}/", f"http://{to}/", placement=placement) for to in linked]
    return ResourcePage(url, url, host, relevance=0.1, links=links)


def test_a_doubt_is_settled_once_accepted_pages_link_to_the_same_sites() -> None:
    company = Company()
    doubted = Doubt(page("shy.example", "a.example", "b.example", "c.example"), [])
    assert not company.doubt(doubted)
    assert company.learn(page("one.example", "a.example")) == []
    assert company.learn(page("two.example", "b.example")) == [doubted]
    assert company.learn(page("three.example", "c.example")) == []
    vouched = company.vouch(doubted)
    assert vouched.relevance > doubted.page.relevance
    assert "67%" not in vouched.matched
    assert "100%" in vouched.matched


def test_a_page_about_everything_shares_too_small_a_part() -> None:
    company = Company()
    company.learn(page("one.example", "a.example", "b.example"))
    directory = page("directory.example", "a.example", "b.example", *map(str, range(10)))
    assert not company.doubt(Doubt(directory, []))


def test_a_site_does_not_vouch_for_itself_and_footers_count_for_nothing() -> None:
    company = Company()
    company.learn(page("one.example", "a.example", "b.example"))
    assert not company.doubt(Doubt(page("one.example", "a.example", "b.example"), []))
    shy = page("shy.example", "a.example", "b.example", placement=Placement.FOOTER)
    assert not company.doubt(Doubt(shy, []))


def test_what_earlier_runs_accepted_counts() -> None:
    company = Company()
    company.know([("one.example", "a.example"), ("two.example", "b.example")])
    assert company.doubt(Doubt(page("shy.example", "a.example", "b.example"), []))


def test_a_page_that_seems_of_another_subject_needs_more_company() -> None:
    company = Company()
    company.learn(page("one.example", "a.example", "b.example"))
    pie = page("pie.example", "a.example", "b.example", "c.example", "d.example", "e.example")
    assert company.doubt(Doubt(pie, []))
    assert not company.doubt(Doubt(pie, [], LARGE_SHARE))


def test_two_sites_must_recommend_a_third() -> None:
    company = Company()
    company.learn(page("one.example", "a.example"))
    assert not company.recommends("a.example")
    company.learn(page("two.example", "a.example"))
    assert company.recommends("a.example")


def test_a_memory_that_is_full_goes_on_learning_of_the_sites_it_has() -> None:
    company = Company()
    company.know(("one.example", f"{number}.example") for number in range(SITES_KEPT))
    for by in ("two.example", "three.example"):
        company.know([(by, "0.example"), (by, "late.example")])
    assert company.recommends("0.example")
    assert not company.recommends("late.example")
