"""Traps for suggestions that others found, and what is said for the good ones."""

from __future__ import annotations

import pytest

from brokenlinks.html.summary import make_brief
from brokenlinks.scoring.replacements import ComparedPage, Match, OwnPageIndex


def compared_page(url: str, title: str, text: str) -> ComparedPage:
    html = f"<html lang=en><title>{title}</title><main><h1>{title}</h1><p>{text}</p></main>"
    return ComparedPage(url, make_brief(html, url))


HOPS = compared_page(
    "https://ours.example/hops", "How to store hops", "Keep hops cold. Why half fades."
)
OWN = [
    HOPS,
    compared_page("https://ours.example/yeast", "Making a yeast starter", "Boil wort and pitch."),
    compared_page(
        "https://ours.example/calc/abv", "ABV calculator", "Enter gravity before and after."
    ),
]


def match(lost: ComparedPage, *more: ComparedPage) -> Match:
    return OwnPageIndex([*OWN, *more], [lost]).match(lost)


@pytest.mark.parametrize(
    ("url", "title", "text"),
    [
        ("https://ours.example/privacy", "Your data", "Cookies and the GDPR."),
        ("https://ours.example/17", "Privacy policy - Ours", "Cookies and the GDPR."),
        ("https://ours.example/tag/dogs", "Dogs", "Hops are toxic to dogs."),
        ("https://ours.example/search?q=dogs", "Search results: dogs", "Hops are toxic to dogs."),
    ],
)
def test_legal_pages_and_lists_of_own_pages_are_never_offered(
    url: str, title: str, text: str
) -> None:
    lost = compared_page("http://lost.example/a", title, text)
    assert match(lost, compared_page(url, title, text)).url != url


def test_one_calculator_is_not_another() -> None:
    ibu = compared_page(
        "http://lost.example/ibu", "IBU calculator", "Enter gravity before and after."
    )
    assert not match(ibu).url
    abv = compared_page(
        "http://lost.example/abv", "ABV calculator", "Enter gravity before and after."
    )
    assert match(abv).url == "https://ours.example/calc/abv"


@pytest.mark.parametrize("title", ["ABV step by step", "Strength of beer"])
def test_a_calculator_is_no_guide_and_no_page_of_another_name(title: str) -> None:
    lost = compared_page("http://lost.example/strength", title, "Enter gravity before and after.")
    assert match(lost).url != "https://ours.example/calc/abv"


def test_a_reason_names_what_stands_in_the_titles_of_both() -> None:
    lost = compared_page("http://lost.example/h", "Storing hops", "Keep hops cold. Why half fades.")
    assert match(lost).url == HOPS.url
    assert set(match(lost).reason.removeprefix("both are about ").split(", ")) == {"hops", "store"}
    alike = compared_page("http://lost.example/h", "Freshness", "Keep hops cold. Why half fades.")
    assert match(alike).reason == (
        "their texts are similar, but their titles have no distinctive word in common"
    )
