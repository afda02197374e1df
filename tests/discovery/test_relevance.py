"""How far pages and addresses belong to a niche."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.discovery.relevance import (
    make_profile,
    page_relevance,
    relevance,
    url_relevance,
    with_terms,
)
from brokenlinks.models.page import PageFields

BREWING = make_profile("home brewing", terms=["yeast", "hops"], exclude=["coffee"])


@pytest.mark.parametrize(
    "title",
    [
        "Home brewing",
        "HOMEBREW",
        "home-brewers",
        "A home-brewed stout",
        "homebrewing",
        "The homebrewer's shelf",
    ],
)
def test_the_niche_is_found_in_every_spelling(title: str) -> None:
    assert relevance(BREWING, PageFields(title=title)).score > 0.5


@pytest.mark.parametrize(
    "title", ["", "home", "brewing at home", "home made brewing", "homes", "chrome brewing"]
)
def test_parts_of_the_niche_are_not_the_niche(title: str) -> None:
    assert relevance(BREWING, PageFields(title=title)).score == 0


@pytest.mark.parametrize("title", ["bee-keeping", "Bee keepers", "beekeepers", "Beekeeping"])
def test_one_word_is_found_when_written_as_two(title: str) -> None:
    assert relevance(make_profile("beekeeping"), PageFields(title=title)).score > 0.5


@pytest.mark.parametrize(
    ("niche", "language", "title"),
    [
        ("Gärtnern", "de", "Tipps für Gärtner"),
        ("Äpfel", "de", "Der Apfel"),
        ("cerveza artesanal", "es", "Cervezas artesanales"),
        ("jardin potager", "fr", "Les jardins potagers"),
        ("пчела", "ru", "Пчелы"),
        ("akvarium", "xx", "Akvarium"),
    ],
)
def test_languages_inflect_in_their_own_way(niche: str, language: str, title: str) -> None:
    profile = make_profile(niche, language=language)
    assert relevance(profile, PageFields(title=title)).score > 0.5


@pytest.mark.parametrize(
    ("niche", "language", "text"),
    [
        ("Straßenbahn", "en", "Straßenbahn"),
        ("Straßenbahn", "de", "STRASSENBAHNEN"),
        ("strassenbahn", "xx", "Straßenbahn"),
        ("naïve art", "en", "Naive art"),
        ("naive art", "en", "Naïve art"),
        ("educação física", "pt", "Educacao Fisica"),
        ("educação física", "pt", "educações físicas"),
        ("educacao fisica", "pt", "Educação física"),
        ("cerámica", "es", "CERAMICAS"),
        ("fermentación", "es", "Fermentaciones"),
        ("poe\u0301sie", "fr", "Po\u00e9sies"),
        ("po\u00e9sie", "fr", "POE\u0301SIE"),
        ("\u0141uk", "pl", "luk"),
        ("\uff42\uff45\uff45", "en", "Bees"),
        ("ΜΕΛΙΣΣΟΚΟΜΙΑ", "el", "μελισσοκομία"),
        ("пчёлы", "ru", "Пчелы"),
        ("养蜂", "zh", "养蜂资源大全"),
        ("城市 养蜂", "zh", "北京城市养蜂协会"),
        ("城市养蜂", "zh", "城市养蜂指南"),
        ("養蜂", "ja", "養蜂リンク集"),
        ("ガーデニング", "ja", "ｶﾞｰﾃﾞﾆﾝｸﾞのリンク"),
        ("DIY 木工", "zh", "最好的DIY木工网站"),
        ("양봉", "ko", "양봉을 위한 자료"),
        ("양봉", "ko", "한국양봉협회"),
        ("การเลี้ยงผึ้ง", "th", "สมาคมการเลี้ยงผึ้งไทย"),
        ("मधुमक्खी पालन", "hi", "मधुमक्खी पालन के लिंक"),
        ("تربية النحل", "ar", "روابط تربية النحل"),
        ("كتاب", "ar", "الكتاب"),
    ],
)
def test_scripts_accents_and_case_make_no_difference(niche: str, language: str, text: str) -> None:
    profile = make_profile(niche, language=language)
    assert relevance(profile, PageFields(title=text)).named


@pytest.mark.parametrize(
    ("niche", "language", "text"),
    [
        ("养蜂", "zh", "养鱼资源, 蜂蜜"),
        ("차", "ko", "자동차를 고르는 법"),
        ("DIY 木工", "zh", "xdiy木工"),
        ("मधुमक्खी", "hi", "मधु और मक्खी"),
        ("art", "en", "party"),
        ("Äpfel", "en", "apfelbaum"),
    ],
)
def test_other_words_are_not_the_niche(niche: str, language: str, text: str) -> None:
    assert relevance(make_profile(niche, language=language), PageFields(title=text)).score == 0


def test_related_terms_of_every_script_count() -> None:
    profile = make_profile("养蜂", terms=["蜂蜜", "Brühe"], exclude=["批发"], language="zh")
    found = relevance(profile, PageFields(title="养蜂和蜂蜜的网站", body="养蜂 bruhe 蜂蜜批发"))
    assert found.matched == "养蜂, 蜂蜜, brühe, not 批发"


def test_matches_are_named_with_their_counts() -> None:
    fields = PageFields(title="Homebrew", body="homebrew homebrew homebrew homebrew yeast hops")
    assert relevance(BREWING, fields).matched == "homebrew x4, yeast, hops"


def test_one_related_term_alone_is_no_evidence_and_two_are() -> None:
    assert relevance(BREWING, PageFields(title="Yeast", body="yeast, yeast")).score == 0
    assert relevance(BREWING, PageFields(title="Yeast and hops")).score > 0


def test_each_excluded_phrase_found_is_held_against_the_page() -> None:
    clean = relevance(BREWING, PageFields(title="Home brewing"))
    soiled = relevance(BREWING, PageFields(title="Home brewing coffee"))
    assert soiled.score == pytest.approx(clean.score - 0.25)
    assert "not coffee" in soiled.matched


def test_the_title_says_more_than_the_body() -> None:
    other = "Something else"
    titled = relevance(BREWING, PageFields(title="Home brewing", body=other))
    mentioned = relevance(BREWING, PageFields(title=other, body="Home brewing"))
    assert titled.score > 2 * mentioned.score


@pytest.mark.parametrize("url", ["http://a.example/", "http://a.example/index.html", ""])
def test_a_path_without_words_and_missing_headings_are_not_held_against_a_page(url: str) -> None:
    bare = relevance(BREWING, PageFields(title="Home brewing", url=url))
    assert bare.score == relevance(BREWING, PageFields(title="Home brewing")).score


def test_a_term_that_spells_the_niche_counts_once() -> None:
    doubled = make_profile("home brewing", terms=["homebrew"])
    fields = PageFields(title="homebrew")
    plain = relevance(make_profile("home brewing"), fields)
    assert relevance(doubled, fields) == plain


@pytest.mark.parametrize("niche", ["", " -- ", "_"])
def test_a_niche_without_words_is_refused(niche: str) -> None:
    with pytest.raises(ValueError, match="holds no word"):
        make_profile(niche)


@given(title=st.text(), body=st.text(), url=st.sampled_from(["", "http://a.example/home-brew/"]))
def test_the_score_stays_on_its_scale(title: str, body: str, url: str) -> None:
    assert 0 <= relevance(BREWING, PageFields(title, title, body, url, body)).score <= 1


@given(st.text(alphabet="homebrwig -,.\n", max_size=60))
def test_more_of_the_niche_never_lowers_the_score(text: str) -> None:
    less = relevance(BREWING, PageFields(title=text))
    more = relevance(BREWING, PageFields(title=f"{text} . home brewing"))
    assert more.score >= less.score


CHESS = make_profile("chess", terms=["opening", "endgame", "rook", "pawn", "checkmate", "rating"])


def test_a_page_that_names_the_niche_and_none_of_its_words_is_of_another_subject() -> None:
    pie = page_relevance(CHESS, PageFields(title="Chess pie", body="Chess pie with buttermilk"))
    club = page_relevance(CHESS, PageFields(title="Chess club", body="Rook and pawn endgames"))
    assert pie.off_topic
    assert pie.score < club.score / 3
    assert not club.off_topic


def test_without_many_known_words_the_name_is_enough() -> None:
    page = PageFields(title="Chess club", body="We meet on Mondays")
    assert page_relevance(make_profile("chess"), page).score > 0.4
    assert not page_relevance(make_profile("chess", terms=["opening"]), page).off_topic


CHESS_TERMS = ("opening", "endgame", "grandmaster", "rook", "tournament")


def test_a_niche_of_one_word_needs_its_terms_once_they_are_known() -> None:
    chess = with_terms(make_profile("chess"), CHESS_TERMS)
    pie = PageFields(title="Chess pie", headings="Chess pie recipes", body="butter and sugar")
    club = PageFields(title="Chess club", headings="Links", body="opening and endgame, a rook")
    assert page_relevance(chess, pie).score < 0.2 < page_relevance(chess, club).score
    alone = page_relevance(make_profile("chess"), pie)
    assert alone.score > 0.2, "nothing is known of other meanings"


@pytest.mark.parametrize("title", ["stamp collecting", "Collecting stamps", "stamp-collecting"])
def test_the_words_of_a_niche_may_stand_in_any_order(title: str) -> None:
    assert page_relevance(make_profile("stamp collecting"), PageFields(title=title)).score > 0.5
    assert page_relevance(make_profile("collecting stamps"), PageFields(title=title)).score > 0.5


def test_a_host_speaks_of_the_niche_when_its_words_are_run_together() -> None:
    profile = with_terms(make_profile("home brewing"), ["fermentation"])
    assert url_relevance(profile, "http://www.homebrewtalk.example/") == 1
    assert 0 < url_relevance(profile, "http://fermentation-club.example/") < 1
    assert url_relevance(profile, "http://coffee.example/") == 0
