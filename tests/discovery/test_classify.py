"""What of the pages that were found is taken for a resource page of the niche."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from brokenlinks.discovery.classify import FOUND, Classification, Thresholds, classify
from brokenlinks.discovery.relevance import make_profile
from brokenlinks.models.page import Candidate, ResourcePage
from brokenlinks.text.urls import url_key

NOW, THRESHOLDS = datetime(2026, 11, 25, tzinfo=UTC), Thresholds(relevance=0.2, resource=0.5)
BREWING = make_profile("home brewing", terms=["hops", "malt", "yeast", "wort", "mash", "kettle"])
CLUB = "https://club.example/links.html"
LINKS = "".join(
    f'<li><a href="http://site{n}.example/">Home brewing {n}</a> - hops, malt and yeast</li>'
    for n in range(10)
)


def classified(url: str, html: str, *, named: bool = False) -> Classification:
    candidate = Candidate(url, url_key(url), FOUND, 1, 0.3, named=named)
    return classify(html, candidate, BREWING, THRESHOLDS, NOW, encoding="utf-8")


def page(head: str = "<title>Home brewing links</title>", body: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}<ul>{LINKS}</ul></body></html>"


def canonical(url: str) -> str:
    return f'<title>Home brewing links</title><link rel="canonical" href="{url}">'


def search_field(value: str) -> str:
    return f'<form><input type="search" name="q" value="{value}"></form>'


@pytest.mark.parametrize(
    ("url", "html", "reason"),
    [
        ("https://mirror.example/club/links", page(canonical(CLUB)), "copy"),
        ("https://club-example.translate.goog/links.html", page(), "copy"),
        ("https://webcache.googleusercontent.com/search?q=cache:x", page(), "copy"),
        ("https://web.archive.org/web/2010/http://club.example/links", page(), "copy"),
        ("https://findit.example/search?q=home+brewing", page(), "search_results"),
        ("https://hunt.example/suche.php?wort=brauen", page(), "search_results"),
        ("https://ales.example/?s=hops", page(), "search_results"),
        (
            "https://ales.example/find?q=home+brewing",
            page(body=search_field("home brewing")),
            "search_results",
        ),
        (CLUB, page("<title>Page not found - Home brewing links</title>"), "error_page"),
        (CLUB, page(body="<h1>404 Not Found</h1>"), "error_page"),
        (
            CLUB,
            page("<title>Log in - Home brewing links</title>", "<input type=password>"),
            "login",
        ),
    ],
)
def test_what_is_nobodys_collection_is_used_only_where_a_person_names_it(
    url: str, html: str, reason: str
) -> None:
    item = classified(url, html).item
    assert not isinstance(item, ResourcePage)
    assert item.reason == reason
    assert isinstance(classified(url, html, named=True).item, ResourcePage)


@pytest.mark.parametrize(
    ("url", "html"),
    [
        (CLUB, page(canonical("/links"))),
        (CLUB, page(canonical("https://www.club.example/links.html"))),
        (CLUB, page(canonical("http://localhost/links.html"))),
        ("https://club.example/?q=links", page(body=search_field(""))),
        ("https://club.example/search/engines.html", page()),
        (CLUB, page(body=search_field("Search this site"))),
        (CLUB, page(body="<form>Members: <input name=m><input type=password></form>")),
    ],
)
def test_a_page_of_links_may_have_what_others_have(url: str, html: str) -> None:
    assert isinstance(classified(url, html).item, ResourcePage)


def test_a_copy_leads_to_its_original() -> None:
    candidates = classified("https://mirror.example/club/links", page(canonical(CLUB))).candidates
    assert [lead.url for lead in candidates] == [CLUB]


def test_words_of_the_niche_that_never_name_it_wait_for_company() -> None:
    dances = LINKS.replace("Home brewing", "Lindy hops").replace("yeast", "shop")
    html = f"<title>Lindy hops links</title><ul>{dances}</ul>"
    found = classified("https://dance.example/links", html)
    assert not isinstance(found.item, ResourcePage)
    assert found.item.reason == "not_relevant"
    assert found.pending is not None
