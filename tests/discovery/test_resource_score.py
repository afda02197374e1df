"""Which pages are resource pages, and which links lead to one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.discovery.relevance import make_profile, relevance
from brokenlinks.discovery.resource_score import looks_like_link_page, resource_score
from brokenlinks.html.page import read_page
from brokenlinks.models.page import Placement

THRESHOLD = 0.5
PAGE = "http://club.example/page"
PROSE = "The mash is held at one temperature for an hour and then rinsed with hot water. " * 8


def site(number: int, text: str = "") -> str:
    return f'<a href="http://site{number}.example/">{text or f"Brewing site {number}"}</a>'


def entry(number: int) -> str:
    return f"{site(number)} - recipes and advice for beginners"


def bare_html_page(count: int) -> str:
    rows = "<br>\n".join(entry(n) for n in range(count))
    return f"<HTML><TITLE>My favourite links</TITLE><BODY BGCOLOR=white><H1>Links</H1>{rows}"


def list_page(count: int) -> str:
    rows = "".join(f"<li>{entry(n)}</li>" for n in range(count))
    return f"<title>Useful links</title><h1>Useful links</h1><ul>{rows}</ul>"


def table_page(count: int) -> str:
    rows = "".join(f"<tr><td>{site(n)}<td>Recipes and advice" for n in range(count))
    return f"<title>Brewing resources</title><table>{rows}</table>"


def definition_list_page(count: int) -> str:
    rows = "".join(f"<dt>{site(n)}<dd>Recipes and advice for beginners" for n in range(count))
    return f"<title>Recommended sites</title><dl>{rows}</dl>"


def wordpress(count: int) -> str:
    rows = "".join(f"<li>{entry(n)}</li>" for n in range(count))
    menu = "".join(f'<li class="menu-item"><a href="/{n}">Page {n}</a></li>' for n in range(12))
    blogroll = "".join(f"<li>{site(900 + n)}</li>" for n in range(6))
    return f"""<html lang="en-GB"><head><title>Resources &#8211; Ale Club</title></head>
      <body class="page-template has-sidebar"><div id="page" class="hfeed site">
      <header id="masthead" class="site-header"><nav class="main-navigation"><ul>{menu}</ul></nav>
      </header><div id="content" class="site-content"><main id="main" class="site-main">
      <article class="page type-page"><header class="entry-header">
      <h1 class="entry-title">Resources</h1></header><div class="entry-content">
      <p>Sites our members use.</p><ul>{rows}</ul></div></article></main></div>
      <aside id="secondary" class="widget-area"><section class="widget widget_links">
      <h2>Blogroll</h2><ul>{blogroll}</ul></section></aside>
      <footer class="site-footer"><a href="https://wordpress.org/">Powered by WordPress</a></footer>
      </div></body></html>"""


@pytest.mark.parametrize(
    "write", [bare_html_page, list_page, table_page, definition_list_page, wordpress]
)
@pytest.mark.parametrize("count", [5, 30, 300])
def test_links_pages_of_every_make_pass(write: Callable[[int], str], count: int) -> None:
    page = read_page(write(count), PAGE)
    found = resource_score(page)
    assert found.score >= THRESHOLD, found.explanation
    assert page.shape.sites == count


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Useful links"),
        ("de", "Nützliche Links"),
        ("fr", "Liens utiles"),
        ("es", "Enlaces de interés"),
        ("it", "Link utili"),
        ("nl", "Nuttige links"),
        ("pl", "Przydatne linki"),
        ("pt", "Links úteis"),
    ],
)
def test_footprints_are_known_in_eight_languages(language: str, title: str) -> None:
    rows = "".join(f"<li>{site(n)}</li>" for n in range(5))
    html = f"<html lang={language}><title>{{}}</title><body><ul>{rows}</ul>"
    named = resource_score(read_page(html.format(f"Klub | {title}"), PAGE))
    unnamed = resource_score(read_page(html.format("Klub"), PAGE))
    assert named.score >= THRESHOLD > unnamed.score
    assert "title says" in named.explanation


def test_a_long_links_page_needs_no_footprint() -> None:
    rows = "".join(f"<li>{entry(n)}</li>" for n in range(20))
    assert resource_score(read_page(f"<title>Ale</title><ul>{rows}</ul>", PAGE)).score >= THRESHOLD


def article() -> str:
    paragraphs = "".join(f"<p>{PROSE} As {site(n)} says, {PROSE}</p>" for n in range(12))
    return f"<title>Resources for a better mash</title><article>{paragraphs}</article>"


def news_index() -> str:
    teasers = "".join(
        f'<article><h2><a href="/2024/{n}">Story {n}</a></h2><p>It happened.</p></article>'
        for n in range(30)
    )
    return f"<title>News and resources</title><main>{teasers}{''.join(map(site, range(3)))}</main>"


def product_listing() -> str:
    items = "".join(f'<li><a href="/p/{n}">Kettle {n}</a> 20.00</li>' for n in range(60))
    payment = "".join(site(n) for n in range(4))
    return f"<title>Kettles</title><ul>{items}</ul><footer>{payment}</footer>"


def link_farm() -> str:
    rows = "".join(f"<li>{site(n, f'cheap loans {n}')}</li>" for n in range(3000))
    return f"<title>Links</title><ul>{rows}</ul>"


def menu_of_sites() -> str:
    rows = "".join(f"<li>{site(n)}</li>" for n in range(30))
    return f"<title>Useful links</title><nav><ul>{rows}</ul></nav><p>Welcome.</p>"


@pytest.mark.parametrize("write", [article, news_index, product_listing, link_farm, menu_of_sites])
def test_what_is_no_resource_page_stays_below_the_gate(write: Callable[[], str]) -> None:
    found = resource_score(read_page(write(), PAGE))
    assert found.score < THRESHOLD - 0.05, found.explanation


def test_an_article_with_citations_scores_clearly_below_a_links_page() -> None:
    cited = read_page(article(), PAGE)
    assert cited.shape.sites == 12
    assert resource_score(cited).score < resource_score(read_page(list_page(12), PAGE)).score / 2


def test_a_modest_name_helps_a_page_of_links_that_stand_in_no_list() -> None:
    rows = "".join(f"<p>Ask the people of {site(n)} first.</p>" for n in range(10))
    plain = resource_score(read_page(f"<title>Thread 42</title><main>{rows}</main>", PAGE))
    title = "<title>STICKY: where to look before you ask</title>"
    sticky = resource_score(read_page(f"{title}<main>{rows}</main>", PAGE))
    assert plain.score < THRESHOLD <= sticky.score


ARTICLE = f"<title>A day at the brewery</title><h1>A day at the brewery</h1><p>{PROSE * 3}</p>"


def sponsor_bar() -> str:
    logos = "".join(f"<li>{site(n, f'<img src={n}.png alt=Maltster>')}</li>" for n in range(20))
    return f"<title>Spring festival</title><p>{PROSE}</p><ul>{logos}</ul>"


def share_buttons_and_profiles() -> str:
    hosts = ("facebook.com", "x.com", "linkedin.com", "pinterest.com", "t.me", "instagram.com")
    rows = "".join(f"<li><a href='https://{host}/ale'>On {host}</a></li>" for host in hosts)
    return f"<title>Our club</title><p>Welcome.</p><ul>{rows}</ul>"


def publishers_other_titles() -> str:
    bar = "".join(f"<li>{site(n)}</li>" for n in range(20))
    return f"<ul>{bar}</ul>{ARTICLE}"


def branches_below_the_news() -> str:
    return f"{ARTICLE}<ul>{''.join(f'<li>{site(n)}</li>' for n in range(15))}</ul>"


@pytest.mark.parametrize(
    "write",
    [sponsor_bar, share_buttons_and_profiles, publishers_other_titles, branches_below_the_news],
)
def test_what_stands_around_an_article_makes_no_links_page(write: Callable[[], str]) -> None:
    found = resource_score(read_page(write(), PAGE))
    assert found.score < THRESHOLD - 0.05, found.explanation


def test_the_text_of_an_article_is_the_reason_told() -> None:
    found = resource_score(read_page(branches_below_the_news(), PAGE))
    assert "words without an entry" in found.explanation


def test_a_text_without_spaces_is_as_long_as_one_with_them() -> None:
    text = "世界中の醸造所を訪ねて、ホップと麦芽の話を聞いた。" * 30
    rows = "".join(f"<li>{site(n)}</li>" for n in range(15))
    html = f"<title>醸造所の一日</title><p>{text}</p><ul>{rows}</ul>"
    assert resource_score(read_page(html, PAGE)).score < THRESHOLD


def test_pictures_are_links_on_a_page_that_calls_itself_a_links_page() -> None:
    logos = "".join(f"<p>{site(n, f'<img src={n}.png alt=Maltster>')}</p>" for n in range(6))
    assert resource_score(read_page(f"<h1>Our links</h1>{logos}", PAGE)).score >= THRESHOLD


@pytest.mark.parametrize("title", ["Useful links", "Web sites of the month"])
def test_reviews_of_any_length_may_follow_the_links(title: str) -> None:
    reviews = "".join(f"<h2>{site(n)}</h2><p>{PROSE * 3}</p>" for n in range(10))
    page = read_page(f"<title>{title}</title>{reviews}", PAGE)
    assert page.shape.words_per_link > 300
    assert resource_score(page).score >= THRESHOLD


def test_three_links_are_enough_where_the_address_says_links() -> None:
    rows = "".join(f"<div><h2>Place {n}</h2>{site(n)}</div>" for n in range(3))
    assert resource_score(read_page(rows, "http://club.example/links.htm")).score >= THRESHOLD
    assert resource_score(read_page(rows, PAGE)).score < THRESHOLD


def test_links_to_parts_of_the_page_are_no_links_within_the_site() -> None:
    contents = "".join(f"<a href='#{n}'>Part {n}</a> " for n in range(40))
    page = read_page(f"{contents}{list_page(10)}", PAGE)
    assert page.shape.external_ratio == 1.0


def test_fewer_than_three_sites_are_no_collection() -> None:
    twice = "".join(f"<li><a href='http://site{n % 2}.example/{n}'>x</a></li>" for n in range(20))
    page = read_page(f"<title>Useful links</title><ul>{twice}</ul>", PAGE)
    assert (resource_score(page).score, page.shape.sites) == (0.0, 2)


def test_a_list_that_nobody_sees_is_no_collection() -> None:
    page = read_page(f"<p>Buy our kettles.<div style='display:none'>{list_page(20)}</div>", PAGE)
    assert resource_score(page).score == 0
    assert not page.fields.anchors


def test_a_page_is_read_once_for_everything() -> None:
    page = read_page(wordpress(4), PAGE)
    assert page.title == "Resources \N{EN DASH} Ale Club"
    assert page.headings == ("Resources", "Blogroll")
    assert page.language == "en"
    assert "Sites our members use." in page.text
    assert ("http://club.example/3", "Page 3") in page.internal_links
    placements = [link.placement for link in page.outbound_links]
    assert placements == [Placement.MAIN] * 4 + [Placement.SIDEBAR] * 6 + [Placement.FOOTER]


def test_relevance_is_read_off_the_editorial_links_too() -> None:
    page = read_page(f"<p>{site(1, 'Homebrew club')}</p><nav>{site(2, 'Poker')}</nav>", PAGE)
    assert page.fields.anchors == "Homebrew club"
    assert relevance(make_profile("home brewing"), page.fields).score > 0


@pytest.mark.parametrize(
    ("path", "anchor"),
    [
        ("/links.html", ""),
        ("/UsefulLinks.htm", ""),
        ("/nuetzliche-links/", ""),
        ("/enlaces_de_inter%C3%A9s", ""),
        ("/links/brewing.html", ""),
        ("/p?id=3", "Links"),
        ("/p", "Further reading"),
        ("/p", "NÜTZLICHE LINKS"),
        ("/p", "Recommended sites for new brewers and their friends"),
        ("/viewtopic.php?t=7", "Pinned: useful chess sites, please add yours"),
        ("/s/4", "Andere nützliche Imker-Links"),
    ],
)
def test_link_pages_are_told_by_address_or_anchor(path: str, anchor: str) -> None:
    assert looks_like_link_page(f"http://club.example{path}", anchor)


@pytest.mark.parametrize(
    ("path", "anchor"),
    [
        ("/", "Home"),
        ("/blinks", "Blinks"),
        ("/resources/human-resources/careers", ""),
        ("/p", "Human Resources"),
        ("/linksys-routers", ""),
        ("/p", "How archaeologists found the missing links in the chain of evidence"),
    ],
)
def test_other_pages_are_not(path: str, anchor: str) -> None:
    assert not looks_like_link_page(f"http://club.example{path}", anchor)


@given(st.text(), st.text(alphabet="<>/=\"' ahreflitmdotbsc-0129", max_size=200))
def test_no_page_breaks_the_reading(text: str, markup: str) -> None:
    page = read_page(f"<title>{text}</title>{markup}<p>Updated {text}", PAGE)
    assert 0 <= resource_score(page).score <= 1
