"""The links of a page: anchors, contexts, headings, placements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.html.links import internal_links, outbound_links, read_markup
from brokenlinks.models.page import OutboundLink, Placement

PAGE = "http://club.example/links/"


def outbound(html: str, page_url: str = PAGE) -> list[OutboundLink]:
    return outbound_links(read_markup(html, page_url))


def only(html: str) -> OutboundLink:
    (link,) = outbound(html)
    return link


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("http://other.example/a", "http://other.example/a"),
        ("//other.example/a#part", "http://other.example/a"),
        (" HTTPS://Other.Example ", "https://other.example/"),
        ("http://bücher.example/ä", "http://xn--bcher-kva.example/ä"),
        ("http://other.example/?a=1&amp;b=2", "http://other.example/?a=1&b=2"),
        ("http://other.example/\n a", "http://other.example/ a"),
    ],
)
def test_addresses_become_absolute(href: str, url: str) -> None:
    assert only(f'<a href="{href}">x</a>').url == url


@pytest.mark.parametrize(
    "href",
    [
        "mailto:a@other.example",
        "tel:+123",
        "javascript:void(0)",
        "data:text/html,x",
        "#top",
        "/own",
        "http://www.club.example/own",
        "http://[broken/",
        "http:///",
        "https://hops.example/cdn-cgi/l/email-protection#0a6b",
        "",
    ],
)
def test_what_leads_to_no_other_site_is_left_out(href: str) -> None:
    assert outbound(f'<a href="{href}">x</a>') == []


def test_relative_addresses_stand_against_the_base() -> None:
    html = '<head><base href="http://other.example/dir/"></head><a href="page">x</a>'
    assert only(html).url == "http://other.example/dir/page"


def test_areas_are_links_and_images_are_not() -> None:
    html = """<img src="http://pictures.example/a.png" srcset="http://pictures.example/b.png 2x">
        <map><area href="http://other.example/" alt="Other club"></map>"""
    assert only(html).anchor == "Other club"


def test_a_query_is_asked_for_in_the_encoding_of_the_page() -> None:
    html = "<a href='http://o.example/ä?titel=Gärung%20&preis=€&x=(1)'>Gärung</a>"
    [there] = outbound_links(read_markup(html, PAGE, "iso-8859-1"))
    assert there.url == "http://o.example/ä?titel=G%E4rung%20&preis=%26%238364%3B&x=(1)"
    assert only(html).url.endswith("?titel=Gärung%20&preis=€&x=(1)")


@pytest.mark.parametrize(
    ("html", "anchor"),
    [
        ("<a href='//o.example'> The \n <b>best</b>  club </a>", "The best club"),
        ("<a href='//o.example' title='t'><img alt='Our club'></a>", "Our club"),
        ("<a href='//o.example' title='Title'><img></a>", "Title"),
        ("<a href='//o.example' aria-label='Label'></a>", "Label"),
        ("<a href='//o.example'><script>no()</script></a>", ""),
        (f"<a href='//o.example'>{'long ' * 200}</a>", ("long " * 60)),
    ],
)
def test_the_anchor_is_what_the_link_says(html: str, anchor: str) -> None:
    assert only(html).anchor == anchor


@pytest.mark.parametrize(
    ("html", "context"),
    [
        ("<ul><li>Before</li><li><a>A</a> - good<br>advice</li></ul>", "A - good advice"),
        ("<p>Before</p><p>See <a>A</a> for more.</p>", "See A for more."),
        ("<dl><dt>T</dt><dd>In <a>A</a></dd></dl>", "In A"),
        ("<table><tr><td><a>A</a></td><td>Advice</td></tr></table>", "A Advice"),
    ],
)
def test_the_context_is_the_block_around_the_link(html: str, context: str) -> None:
    assert only(html.replace("<a>", "<a href='http://other.example/'>")).context == context


def test_in_a_long_block_the_context_is_the_line() -> None:
    rows = "".join(f"<a href='http://s{n}.example/'>S{n}</a> about {n}<br>" for n in range(100))
    assert outbound(f"<body>{rows}")[50].context == "S50 about 50"


def test_in_a_long_line_the_context_is_cut_around_the_anchor() -> None:
    context = only(f"<p>{'w ' * 500}<a href='http://o.example/'>ANCHOR</a>{' v' * 500}").context
    assert len(context) <= 300
    assert "w ANCHOR v" in context


def test_the_heading_is_the_nearest_one_above() -> None:
    html = """<h1>Links</h1><a href="http://a.example/">a</a><h2>Shops &amp; more</h2>
        <aside><h3>Recent</h3></aside><ul><li><a href="http://b.example/">b</a></ul>"""
    assert [link.heading for link in outbound(html)] == ["Links", "Shops & more"]


@pytest.mark.parametrize(
    ("html", "heading"),
    [
        ("<section><h2>Hops</h2><section><h3>Hours</h3>9 to 5</section><p>{}</section>", "Hops"),
        ("<h2>Hops</h2><table><tr><td><h3>Hours</h3>9 to 5</td><td>{}</td></table>", "Hops"),
        ("<h2>Hops</h2><div><h3>Hours</h3>9 to 5</div><p>{}", "Hops"),
        ("<h2>Hops</h2><dl><dt>Cascade<dd>Citrus</dl><p>{}", "Hops"),
        ("<h1>Links</h1><div><div><h2>Hops</h2></div></div><ul><li>{}</ul>", "Hops"),
        ("<table><tr><td><h2>Hops</h2></td><tr><td>{}</table>", "Hops"),
        ("<h2>Malt</h2><div><h2>Hops</h2>All sorts</div><ul><li>{}</ul>", "Hops"),
        ("<section><h1>Links</h1>Welcome</section><section>{}</section>", "Links"),
        ("<h2>Hops</h2><h2 class=screen-reader-text>Skip</h2>{}", "Hops"),
        ("<h2>Hops</h2><div hidden><h3>Search</h3></div><h3> </h3>{}", "Hops"),
        ("<h2>Malt</h2><h2><img src=hops.gif></h2>{}", ""),
        ("<h2>Links</h2><p><b>Hops</b></p>{}", "Hops"),
        ("<h2>Hops</h2><p><b>%s</b></p>{}" % ("many words " * 9), "Hops"),
        ("<h2>Hops</h2><aside><p><b>Sponsors</b></p></aside>{}", "Hops"),
        ("<section><h2>Hops</h2>All sorts</section>{}", ""),
    ],
)
def test_a_heading_heads_its_section(html: str, heading: str) -> None:
    (link,) = outbound(html.format("<a href='http://a.example/'>a</a>"))
    assert link.heading == heading


@pytest.mark.parametrize(
    "title",
    ["<p><strong>Shops</strong></p>", "<dl><dt>Shops</dt></dl>", "<table><caption>Shops</table>"],
)
def test_without_headings_the_next_best_title_counts(title: str) -> None:
    assert only(f"{title}<p><a href='http://a.example/'>a</a></p>").heading == "Shops"


@pytest.mark.parametrize(
    ("around", "placement"),
    [
        ("<div>", Placement.MAIN),
        ("<nav>", Placement.NAVIGATION),
        ("<header>", Placement.NAVIGATION),
        ("<article><header>", Placement.MAIN),
        ("<footer><div class=content>", Placement.FOOTER),
        ("<aside><div class=main>", Placement.SIDEBAR),
        ("<div role=navigation>", Placement.NAVIGATION),
        ("<div role=contentinfo>", Placement.FOOTER),
        ("<div id=sidebar>", Placement.SIDEBAR),
        ("<div class='widget widget_links'>", Placement.SIDEBAR),
        ("<ul class='menu-item-list main-nav'>", Placement.NAVIGATION),
        ("<div class=siteFooter>", Placement.FOOTER),
        ("<ol class=comment-list><li><article class=comment-body>", Placement.COMMENTS),
        ("<article class=comment-page>", Placement.MAIN),
        ("<body class='has-sidebar sidebar footer'><div>", Placement.MAIN),
        ("<div class='wrapper has-sidebar'>", Placement.MAIN),
        ("<div class='sidebar-right'><div id=content>", Placement.MAIN),
        ("<div class=elementor-widget>", Placement.MAIN),
        ("<div class=blinks-footnote>", Placement.MAIN),
        ("<div class=sidebar><main>", Placement.MAIN),
        ("<main><nav>", Placement.NAVIGATION),
    ],
)
def test_the_nearest_telling_ancestor_says_where_a_link_stands(
    around: str, placement: Placement
) -> None:
    assert only(f"{around}<a href='http://other.example/'>x</a>").placement is placement


def test_a_link_after_a_closed_menu_is_editorial() -> None:
    html = "<nav><ul><li><a href=/>h</a></ul></nav>t<a href='http://other.example/'>x</a>"
    assert only(html).placement is Placement.MAIN


@pytest.mark.parametrize(
    "html",
    [
        "<div style='display: none'>LINK</div>",
        "<div hidden><main><p>LINK</p></main></div>",
        "<div style='position:absolute; left:-9999px'>LINK</div>",
        "<p style='overflow:hidden;height:1px'>LINK</p>",
        "<style>/* old */ .s1 { display:none }</style><div class='a s1'>LINK</div>",
        "<style>p, #s2{visibility:hidden}</style><div id=s2>LINK</div>",
        "<span class='screen-reader-text'>LINK</span>",
        "<div style='position:absolute; left:-99em'>LINK</div>",
        "<div style='color:#FFF; background:#fff'>LINK</div>",
        "<p style='overflow:clip; max-height:0'>LINK</p>",
        "<p class='honeypot'>LINK</p>",
        "<style>@import 'a.css'; p.s3 {clip-path:circle(0)}</style><p class=s3>LINK</p>",
    ],
)
def test_what_no_visitor_sees_is_no_editorial_link(html: str) -> None:
    link = "<a href='http://a.example/'>a</a>"
    assert only(html.replace("LINK", link)).placement is Placement.HIDDEN
    assert only(html.replace("LINK", "x") + link).placement is Placement.MAIN


@pytest.mark.parametrize(
    "html",
    [
        "<style>@media print { .s1 {display:none} } .s2 {color:red}</style><p class='s1 s2'>LINK",
        "<div style='position:absolute; left:50%; margin-left:-400px'>LINK</div>",
        "<div role=tabpanel hidden>LINK</div>",
        "<body style='visibility:hidden'>LINK</body>",
        "<div style='opacity:0'>LINK</div>",
        "<div class='hidden md:block'>LINK</div>",
        "<div class='tab hide'>LINK</div>",
        "<p aria-hidden=true>LINK</p>",
        "<ul style='font-size:0'><li>LINK</ul>",
        "<style>.loading .s1 {display:none}</style><p class=s1>LINK",
        "<style>.s1:hover {display:none}</style><p class=s1>LINK",
        "<style>@supports (x:y) {.s1 {display:none}}</style><p class=s1>LINK",
    ],
)
def test_what_some_visitors_see_is_not_hidden(html: str) -> None:
    link = "<a href='http://a.example/'>a</a>"
    assert only(html.replace("LINK", link)).placement is Placement.MAIN


def test_of_two_links_with_one_key_the_editorial_one_is_kept() -> None:
    html = """<nav><a href="http://www.other.example">menu</a></nav><p>
        <a href="http://other.example/"><img></a> <a href="http://third.example/">third</a>
        <a href="http://other.example/?utm_source=x" rel="NoFollow  External">Other</a> </p>
        <p><a href="http://other.example/">again</a></p>"""
    third, other = outbound(html)
    assert (other.anchor, other.placement) == ("Other", Placement.MAIN)
    assert other.rel == "nofollow external"
    assert [third.position, other.position] == [0, 1]


def test_two_blogs_on_one_host_are_two_sites() -> None:
    html = "<a href='http://b.wordpress.com/'>b</a><a href='http://a.wordpress.com/x'>a</a>"
    assert [link.anchor for link in outbound(html, "http://a.wordpress.com/")] == ["b"]


def test_internal_links_are_those_of_the_site_each_once() -> None:
    html = """<a href="/a"><img></a><a href="/a#x">A</a><a href="#top">top</a><a href="">here</a>
        <a href="http://www.club.example/b">B</a><a href="http://other.example/">x</a>"""
    found = internal_links(read_markup(html, PAGE), PAGE)
    assert found == [("http://club.example/a", "A"), ("http://www.club.example/b", "B")]


@pytest.mark.parametrize("html", ["", "  ", "\0", "<!-- -->", "<", "</a></p>", "<a href", "\ud800"])
def test_documents_without_content_have_no_links(html: str) -> None:
    assert outbound(html) == []


@pytest.mark.parametrize("tag", ["main", "article", "section", "div", "p"])
def test_a_page_may_leave_its_body_tag_out(tag: str) -> None:
    html = f"<title>T</title><{tag}><a href='http://other.example/'>x</a> text</{tag}>"
    assert only(html).context == "x text"


def test_unclosed_elements_hide_no_link() -> None:
    html = "".join(f"<font size=2><a href='http://s{n}.example/'>S{n}<br>" for n in range(900))
    assert len(outbound(html)) == 900


MARKUP = st.lists(
    st.sampled_from(
        [
            *("<a href='//o.example/'>", "</a>", "<a href=", "<li>", "</ul>", "<td>", "<h2>"),
            *("</h2>", "<p>", "<b>", "</p>", "<nav>", "</div>", "<dt>", "<script>", "</script>"),
            *("<br>", "<!--", "<base href='//['>", "<img alt=x>", "<svg>", "&#0;", "\0"),
            *("<template>", "<area href=/>", "<time datetime=", "<caption>"),
        ]
    )
    | st.text(max_size=5)
)


@given(MARKUP)
def test_no_markup_breaks_the_reading(pieces: list[str]) -> None:
    for link in outbound("".join(pieces)):
        assert max(len(link.anchor), len(link.context), len(link.heading)) <= 300
        assert link.anchor == " ".join(link.anchor.split())


@given(st.lists(st.integers(0, 30), max_size=30))
def test_every_key_is_kept_once_in_order(numbers: list[int]) -> None:
    html = "".join(f"<p><a href='http://s{n}.example/'>S</a></p>" for n in numbers)
    links = outbound(html)
    assert [link.key for link in links] == [f"s{n}.example" for n in dict.fromkeys(numbers)]
    assert [link.position for link in links] == list(range(len(links)))


def test_a_wrapped_link_leads_to_the_address_within() -> None:
    html = (
        "<a href='http://www.google.com/url?q=http://hive.example/guide&amp;sa=D'>Hive</a>"
        "<a href='/out.php?url=http%3A%2F%2Fwax.example%2F'>Wax</a><a href='/out.php?id=1'>x</a>"
    )
    markup = read_markup(html, "https://sites.google.com/view/bees/links")
    assert [link.url for link in outbound_links(markup)] == [
        "http://hive.example/guide",
        "http://wax.example/",
    ]


def test_a_wrapped_link_keeps_the_address_that_is_on_the_page() -> None:
    wrapped, plain = outbound(
        "<a href='/out.php?url=http%3A%2F%2Fwax.example%2F'>Wax</a><a href='http://hive.example'>x"
    )
    assert (wrapped.url, plain.url) == ("http://wax.example/", "http://hive.example/")
    assert wrapped.seen_as == "http://club.example/out.php?url=http%3A%2F%2Fwax.example%2F"
    assert plain.seen_as == ""


def listed(html: str) -> list[bool]:
    return [link.listed for link in read_markup(html, PAGE).hyperlinks]


@pytest.mark.parametrize(
    "html",
    [
        "<pre>Our links\n\n<a href='http://a.example'>A</a>\n<a href='http://b.example'>B</a>\n</pre>",
        (
            "<p>Hive guide - <a href='http://a.example'>http://a.example</a><br>"
            "Wax guide: <a href='http://b.example'>b.example</a></p>"
        ),
        (
            "<p>The hive guide <a href='http://a.example'>http://a.example</a></p>"
            "<p>The wax guide <a href='http://b.example'>www.b.example</a></p>"
        ),
    ],
)
def test_a_line_with_one_link_is_an_entry(html: str) -> None:
    assert listed(html) == [True, True]


def test_a_link_within_a_sentence_is_none() -> None:
    sentence = "<p>Please ask <a href='http://a.example'>them</a>, or read <a href='http://b.example'>that</a>"
    assert listed(sentence) == [False, False]


LIST = "<ul>" + "".join(
    f"<li><a href='http://s{n}.example'>Site {n}</a> has recipes and advice for beginners</li>"
    for n in range(8)
)
MENU = "<ul><li><a href=/>Home</a><li><a href=/news>News</a></ul>"


@pytest.mark.parametrize(
    "html",
    [
        f"<div id=menu><div id=menu>{MENU}</div><div id=inhalt><h1>Links</h1>{LIST}",
        f"<div class='sidebar-right'>{LIST}</ul></div>",
        (
            f"<article><h1>Links</h1><aside class=col-8>{LIST}</ul></aside>"
            f"<aside class=col-4>{LIST.replace('s', 't')}</ul></aside></article>"
        ),
    ],
)
def test_a_wrapper_of_the_page_is_no_menu_whatever_its_name(html: str) -> None:
    assert {link.placement for link in outbound(html)} == {Placement.MAIN}


def test_a_menu_within_a_wrapper_stays_one() -> None:
    menu = f"<div id=menu><div id=menu><a href='http://shop.example'>Shop</a></div>{LIST}"
    shop, *others = outbound(menu)
    assert shop.placement is Placement.NAVIGATION
    assert {link.placement for link in others} == {Placement.MAIN}


@pytest.mark.parametrize(
    ("name", "placement"),
    [
        ("sidebar-right", Placement.SIDEBAR),
        ("sidebarright", Placement.SIDEBAR),
        ("rightSidebar", Placement.SIDEBAR),
        ("right_col", Placement.SIDEBAR),
        ("nav-left", Placement.NAVIGATION),
        ("leftmenu", Placement.NAVIGATION),
        ("mybox_social", Placement.NAVIGATION),
        ("share-buttons", Placement.NAVIGATION),
        ("sponsor-bar", Placement.SIDEBAR),
        ("top-ad", Placement.SIDEBAR),
        ("copyright", Placement.FOOTER),
        ("col-right-aligned", Placement.MAIN),
        ("read-along", Placement.MAIN),
        ("upright", Placement.MAIN),
    ],
)
def test_names_tell_what_stands_beside_the_content(name: str, placement: Placement) -> None:
    text = "<p>" + "All of this is about hops and how they are kept. " * 10
    html = f"{text}<div class='{name}'><a href='http://a.example'>A</a></div>"
    assert only(html).placement is placement
