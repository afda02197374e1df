"""Seeds in every format; a bad line costs no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from brokenlinks.discovery.seeds import SeedsError, parse_url_list, read_seeds

A, B = "http://a.example/", "https://b.example/links?x=1"
X = "https://mine.example/guide"
BILLION_LAUGHS = """<!DOCTYPE opml [<!ENTITY l0 "http://ha.example/">{}]>
<opml><body><outline text="t" htmlUrl="&l9;"/><outline>&l9;</outline>
<outline url="http://a.example/"/></body></opml>""".format(
    "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
)


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def urls(path: Path, content: str | bytes) -> list[tuple[str, int]]:
    found = read_seeds(written(path, content))
    assert found.problems == []
    return [(seed.url, seed.line) for seed in found.urls]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("s.txt", f"{A}\n{B}\n"),
        ("s.TXT", f"\ufeffa.example # a club\r\n{B}\r\n"),
        ("s.txt", f"<{A}>\r{B}#part"),
        ("s.txt", f"{A}\n{B}".encode("utf-16")),
        ("s.csv", f"{A}\n{B}"),
        ("s.csv", f"Club One,{A},x\nClub Two,{B},y\n"),
        ("s.csv", f"1;a.example\n2;{B}\n"),
        ("s.csv", f'Pipes 3",{A}\nPipes 5",{B}'),
        ("s.jsonl", f'"{A}"\n{{"title": "x", "url": "{B}"}}\n'),
    ],
)
def test_every_format_names_addresses_by_line(tmp_path: Path, name: str, content: str) -> None:
    assert urls(tmp_path / name, content) == [(A, 1), (B, 2)]


BOOKMARKS = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<DL><p><DT><H3>Brewing \u00e4</H3>
<DT><A HREF="{A}" ADD_DATE="1" ICON_URI="http://icons.example/i.ico">A</A>
<DT><A HREF="https://b.example/links?x=1&amp;y=2">B</A>
<DT><A HREF="place:sort=8&amp;maxResults=10">Most visited</A>
<DT><A HREF="javascript:void(0)">Bookmarklet</A><DT><A HREF="/saved/page">C</A>
</DL>"""


@pytest.mark.parametrize("name", ["s.html", "s.HTM"])
def test_the_bookmarks_that_a_browser_exports_are_seeds(tmp_path: Path, name: str) -> None:
    assert urls(tmp_path / name, BOOKMARKS) == [(A, 4), ("https://b.example/links?x=1&y=2", 5)]


@pytest.mark.parametrize("header", ["name,url,x", "Name,Website,x", "url,PAGE,x", "a,b,c"])
def test_a_csv_file_may_have_a_header(tmp_path: Path, header: str) -> None:
    row = f"{A},Club,x" if header.startswith("url") else f"Club,{A},x"
    assert urls(tmp_path / "s.csv", f"{header}\n{row}\n") == [(A, 2)]


@pytest.mark.parametrize(
    "content",
    [
        f'"Internal - HTML"\n"Address","Content"\n"{A}","text/html"\n"{B}","text/html"\n',
        f"sep=,\nOwner,Home,URL\nhttp://x.example/,http://y.example/,{A}\n,,{B}\n",
        f"Export of 28 Feb\n\nName,URL,Note\nClub,{A},x\nPub,{B},y\n",
        f"# Pages, by visits\n# All\nTitle,URL\nClub,{A}\nPub,{B}\n",
        f'Club,Address,Homepage\nBees,"1 High St, Burton",{A}\nWax,"2 Low St, Derby",{B}\n',
        f"Page,Target\nLinks of the club,{A}\nResources,{B}\n",
        f"Domain,File,Seite\na.example,links.html,{A}\nb.example,index.html,{B}\n",
        f"Target URL\tReferring page title\tReferring page URL\n{X}\tBees\t{A}\n{X}\tWax\t{B}\n",
        f"Page ascore,Source title,Source url,Target url\n9,Bees,{A},{X}\n8,Wax,{B},{X}\n",
        f"TargetURL,SourceURL,AnchorText\n{X},{A},bees\n{X},{B},wax\n",
        f"Linking page,Last crawled\n{A},2026-02-01\n{B},2026-02-02\n",
        f"Type,Source,Destination\nHyperlink,{A},{X}\nHyperlink,{B},{X}\n",
        f"url,source\n{A},{X}\n{B},{X}\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_exports_are_read_by_what_their_cells_hold(
    tmp_path: Path, content: str, encoding: str
) -> None:
    found = read_seeds(written(tmp_path / "s.csv", content.encode(encoding)))
    assert ([seed.url for seed in found.urls], found.problems) == ([A, B], [])


def test_an_excel_file_is_read_from_its_first_sheet_with_urls(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Clicks", 7])
    pages = book.create_sheet("Pages")
    for row in (["Top pages", "Clicks"], [A, 4], ["(other)", 2], [B, 1]):
        pages.append(row)
    book.save(tmp_path / "s.xlsx")
    found = read_seeds(tmp_path / "s.xlsx")
    assert [(seed.url, seed.line) for seed in found.urls] == [(A, 2), (B, 4)]
    assert found.problems == ["s.xlsx line 3: '(other)' is not a URL"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"url\nhttp://a.example/"])
def test_a_file_that_is_no_excel_file_is_named(tmp_path: Path, content: bytes) -> None:
    found = read_seeds(written(tmp_path / "s.xlsx", content))
    assert found.problems[0].startswith("s.xlsx line 1: not readable as a workbook")


@pytest.mark.parametrize(
    "line",
    [
        f"1. {A}",
        f"- [Bee club]({A})",
        f"[Bee club]({A})",
        f'<a href="{A}">Bee club</a>',
        f'<li><a class=x href="{A}">Bee club</a> (good)</li>',
        f"Bee club: {A}, updated 2020",
        f"Bee club ({A})",
        f"{A}.",
        f"{A},",
        f"\u201c{A}\u201d",
        f"\u200b{A}\u200e",
        f"\u00a0{A}\u00a0",
        f'=HYPERLINK("{A}";"Bee club")',
        f"\u517b\u8702\uff1a{A}\u3002",
        f"view-source:{A}",
        f"https://www.google.com/url?sa=t&url={A}&usg=x",
    ],
)
@pytest.mark.parametrize("name", ["s.txt", "s.csv"])
def test_what_stands_around_an_address_is_left_out(tmp_path: Path, name: str, line: str) -> None:
    written_line = line if name == "s.txt" else f'"{line.replace(chr(34), chr(34) * 2)}"'
    assert urls(tmp_path / name, written_line) == [(A, 1)]


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/wiki/Bee_(insect)",
        "https://web.archive.org/web/2020/http://a.example/x",
        "http://a.example/a,b;c|d?x=[1]&y={2}",
        "http://a.example/it's~fine_/",
    ],
)
def test_a_whole_address_is_kept(tmp_path: Path, address: str) -> None:
    assert urls(tmp_path / "s.txt", address) == [(address, 1)]
    assert urls(tmp_path / "t.txt", f"See {address}.") == [(address, 1)] or "{" in address


def test_a_line_may_name_several_addresses(tmp_path: Path) -> None:
    path = written(tmp_path / "s.txt", f"{A},{B} and www.c.example/x, or bees.org.uk\n")
    assert [seed.url for seed in read_seeds(path).urls] == [A, B, "http://www.c.example/x"]
    path = written(
        tmp_path / "s.txt", "Bees: bees.org.uk/links, info@wax.org.uk, e.g. readme.md5\n"
    )
    assert [seed.url for seed in read_seeds(path).urls] == ["http://bees.org.uk/links"]


def test_a_quoted_cell_may_hold_delimiters_and_line_breaks(tmp_path: Path) -> None:
    content = f'name\turl\n"Club\nof ""A"""\t"{A}"\n'
    assert urls(tmp_path / "s.csv", content) == [(A, 3)]


def test_an_opml_outline_is_taken_by_its_page_before_its_feed(tmp_path: Path) -> None:
    content = f"""<?xml version="1.0" encoding="ISO-8859-1"?><opml version="2.0"><body>
        <outline text="Bi\xe8re"><outline htmlUrl="{A}" xmlUrl="{A}feed"/></outline>
        <outline xmlurl="{B}"/></body></opml>"""
    assert urls(tmp_path / "s.opml", content.encode("latin-1")) == [(A, 2), (B, 3)]


def test_entities_of_an_opml_file_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "s.opml"
    path.write_text(BILLION_LAUGHS, encoding="utf-8")
    found = read_seeds(path)
    assert all(len(seed.url) < 1000 for seed in found.urls)
    assert all(len(problem) < 500 for problem in found.problems)


def test_an_opml_file_cannot_read_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("http://secret.example/", encoding="utf-8")
    path = tmp_path / "s.opml"
    path.write_text(
        f'<!DOCTYPE opml [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<opml><outline url="http://a.example/">&x;</outline></opml>',
        encoding="utf-8",
    )
    assert [seed.url for seed in read_seeds(path).urls] == [A]


def test_half_a_character_costs_no_other_outline(tmp_path: Path) -> None:
    content = f'<opml><outline url="&#xD800;"/><outline url="{A}"/></opml>'
    found = read_seeds(written(tmp_path / "s.opml", content))
    assert [seed.url for seed in found.urls] == [A]
    assert len(found.problems) == 1


def test_a_broken_opml_file_is_used_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "s.opml"
    odd = '<outline text="a & b"/>\n<outline text=b'
    path.write_text(f'<opml><outline url="{A}"/>\n{odd}', encoding="utf-8")
    found = read_seeds(path)
    assert [seed.url for seed in found.urls] == [A]
    assert found.problems[0].startswith("s.opml line 2: not well-formed")
    assert "\n" not in found.problems[0]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("s.txt", f"{A}\n\nfoo bar\n", "s.txt line 3: 'foo bar' is not a URL"),
        ("s.txt", f"{A}\nmailto:x@a.example", "s.txt line 2: 'mailto:x@a.example' is not a URL"),
        ("s.csv", f"url\n{A}\nftp://a.example", "s.csv line 3: 'ftp://a.example' is not a URL"),
        ("s.csv", f"name,url\nClub,{A}\nPub", "s.csv line 3: 'Pub' has no url"),
        ("s.csv", f"url,name\n{A},Club\n,Pub", "s.csv line 3: ',Pub' has no url"),
        (
            "s.csv",
            f'url\n"http://b.example/\n{A}\n',
            "s.csv line 2: not readable as CSV (a quotation mark is not closed)",
        ),
        (
            "s.csv",
            f"url\n{'x' * 200_000}\n{A}\n",
            f"s.csv line 2: '{'x' * 80}...' is not a URL",
        ),
        ("s.jsonl", f'"{A}"\n{{', "s.jsonl line 2: '{' is not JSON"),
        ("s.jsonl", f'"{A}"\n[1]', "s.jsonl line 2: '[1]' has no url"),
        ("s.jsonl", f'"{A}"\n{"[" * 100_000}', f"s.jsonl line 2: '{'[' * 80}...' is not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_used(
    tmp_path: Path, name: str, content: str, problem: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    found = read_seeds(path)
    assert [seed.url for seed in found.urls] == [A]
    assert found.problems == [problem]


@pytest.mark.parametrize("name", ["s.txt", "s.csv", "s.jsonl", "s.opml"])
def test_an_empty_file_is_said_to_hold_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    assert read_seeds(path).problems[-1] == f"{name} holds no URL"


def test_latin_1_is_read_too(tmp_path: Path) -> None:
    content = "b\xfccher.example\n".encode("latin-1")
    assert urls(tmp_path / "s.txt", content) == [("http://xn--bcher-kva.example/", 1)]


def test_an_address_named_twice_counts_once(tmp_path: Path) -> None:
    assert urls(tmp_path / "s.txt", f"{A}\nhttp://www.a.example\na.example") == [(A, 1)]


@pytest.mark.parametrize("name", ["missing.txt", "seeds.pdf", "seeds", "folder.txt"])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(SeedsError, match=name):
        read_seeds(tmp_path / name)


def test_addresses_on_the_command_line() -> None:
    assert [seed.url for seed in parse_url_list(f" a.example,{B} , \n{A}")] == [A, B]
    assert parse_url_list(" , ") == []
    with pytest.raises(ValueError, match="'nonsense' is not a URL"):
        parse_url_list("a.example, nonsense")


@pytest.mark.parametrize(
    ("text", "is_site"),
    [("a.example", True), (A, True), (f"{A}?p=1", False), (f"{A}links", False)],
)
def test_a_site_is_told_from_a_page(text: str, *, is_site: bool) -> None:
    assert parse_url_list(text)[0].is_site is is_site


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    name=st.sampled_from(["s.txt", "s.csv", "s.jsonl", "s.opml"]),
    content=st.binary() | st.text(alphabet='<>&"/;,\n\t\0{}[]:ahtp.x# ').map(str.encode),
)
def test_no_content_breaks_the_reading(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = read_seeds(path)
    assert found.urls or found.problems


@given(st.lists(st.from_regex(r"http://[a-z]{1,9}\.example/[a-z0-9]{0,9}", fullmatch=True)))
def test_formats_agree(tmp_path_factory: pytest.TempPathFactory, written: list[str]) -> None:
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "s.txt").write_text("\n".join(written), encoding="utf-8")
    (folder / "s.csv").write_text("\n".join(["url", *written]), encoding="utf-8")
    (folder / "s.jsonl").write_text("\n".join(map(json.dumps, written)), encoding="utf-8")
    lists = [
        [seed.url for seed in read_seeds(folder / name).urls]
        for name in ("s.txt", "s.csv", "s.jsonl")
    ]
    assert lists[0] == lists[1] == lists[2]
