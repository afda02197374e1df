"""What is read from a page: text, language, and when it was last changed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.html.page import read_page

PAGE = "http://club.example/page"


def test_scripts_and_styles_are_no_text() -> None:
    page = read_page("<style>a{}</style><p>One two<script>x = 1</script> three</p>", PAGE)
    assert page.text.split() == ["One", "two", "three"]
    assert page.word_count == 3


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang='de-AT'>", "de"),
        ("<html xml:lang='FR'>", "fr"),
        ("<meta http-equiv='Content-Language' content='nl, en'>", "nl"),
        ("<html lang='english'>", ""),
        ("<p>", ""),
    ],
)
def test_the_language_is_what_the_page_says(html: str, language: str) -> None:
    assert read_page(html, PAGE).language == language


@pytest.mark.parametrize(
    ("html", "updated"),
    [
        ("<meta property='article:modified_time' content='2024-03-12T10:00Z'>", (2024, 3, 12)),
        ('<script type="application/ld+json">{"dateModified":"2023-01-02"}</script>', (2023, 1, 2)),
        ("<time datetime='2022-05-06'>", (2022, 5, 6)),
        (
            "<time datetime='2020-01-01'></time><time class=updated datetime=2021-01-01>",
            (2021, 1, 1),
        ),
        ("<p>Last updated: <b>12 March 2024</b></p>", (2024, 3, 12)),
        ("<p>Last modified on March 12th, 2024</p>", (2024, 3, 12)),
        ("<p>Page updated March 2024", (2024, 3, 1)),
        ("<p>Updated: 2024-03-12", (2024, 3, 12)),
        ("<p>Stand: 12.03.2024", (2024, 3, 12)),
        ("<p>Letzte Änderung: 12. März 2024", (2024, 3, 12)),
        ("<p>Dernière mise à jour : 1er août 2024", (2024, 8, 1)),
        ("<p>Última actualización: 12 de enero de 2024", (2024, 1, 12)),
        ("<p>Ultimo aggiornamento: 12 maggio 2024", (2024, 5, 12)),
        ("<p>Laatst bijgewerkt: 12 maart 2024", (2024, 3, 12)),
        ("<p>Ostatnia aktualizacja: 12 października 2024", (2024, 10, 12)),
        ("<p>Última atualização: 12 de março de 2024", (2024, 3, 12)),
        ("<html lang=fr><p>Mise à jour le 03/04/2024", (2024, 4, 3)),
        ("<p>Last updated 25/12/2024", (2024, 12, 25)),
    ],
)
def test_pages_say_when_they_were_updated(html: str, updated: tuple[int, int, int]) -> None:
    assert read_page(html, PAGE).updated == date(*updated)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Copyright 2024 Ale Club",
        "<p>Founded on 12 March 1987",
        "<p>Last updated 3/4/2024",
        "<p>Last updated 31 February 2024",
        "<p>Last updated 0024-03-12",
        "<p>Updated regularly since 2001",
        "<time datetime='yesterday'>",
        "",
    ],
)
def test_what_is_no_date_of_change_is_not_taken_for_one(html: str) -> None:
    assert read_page(html, PAGE).updated is None


@pytest.mark.parametrize("html", ["", "\0", "<title>", "<!-- -->", "\ufeff"])
def test_empty_documents_are_empty_pages(html: str) -> None:
    page = read_page(html, PAGE)
    assert (page.title, page.word_count, page.outbound_links) == ("", 0, [])


@given(st.dates(min_value=date(1991, 1, 1), max_value=date(2099, 12, 31)), st.data())
def test_every_written_date_is_read_back(day: date, data: st.DataObject) -> None:
    style = data.draw(st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y"]))
    assert read_page(f"<p>Last updated: {day.strftime(style)}.", PAGE).updated == day
