"""A corpus of what strangers may serve to stop a crawl, made when it is asked for.

Each entry is small here and large, deep or endless on the wire. None is copied from anywhere; the
kinds are those that parsers of HTML, XML, ZIP and HTTP are known to be slow or greedy with.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, ReceivedRequest
from tests.loopback import misbehaviours as m

MANY = 100_000
OWN_LINKS = '<h1>Home brewing links</h1><p>Brewing <a href="http://b.example/">beer</a>.</p>'
"""So that each page has a word, and a link to another site."""
XML = "application/xml"
CHUNK = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"


def numbered(template: str, count: int = MANY) -> str:
    """Return `template` so many times, `#` replaced by the number."""
    return "".join(template.replace("#", str(number)) for number in range(count))


PAGES: dict[str, Callable[[], str]] = {
    # many or large attributes
    "attributes-80000": lambda: f"<a {numbered('a#=1 ', 80_000)}>x</a>",
    "attributes-160000": lambda: f"<a {numbered('a#=1 ', 160_000)}>x</a>",
    "attributes-quoted": lambda: "<a " + numbered('a#=">" ', 30_000) + ">x</a>",
    "attributes-alike": lambda: f"<a {'a ' * MANY}>x</a>",
    "attribute-long": lambda: f"<p class='{'a ' * MANY * 10}'>x</p>",
    "style-attribute": lambda: f"<p style='{'color: red;' * MANY}'>x</p>",
    "href-long": lambda: f"<a href='http://c.example/{'x' * 5_000_000}'>x</a>",
    "href-dots": lambda: f"<a href='{'../' * MANY * 3}x'>x</a>",
    "href-query": lambda: f"<a href='http://c.example/?{numbered('a#=%41&')}'>x</a>",
    "quotes-open": lambda: '<a href="' * MANY,
    # deep, open, misnested
    "divs": lambda: "<div>" * MANY + "x",
    "tables": lambda: "<table><tr><td>" * MANY + "x",
    "lists": lambda: "<ul><li>" * MANY + "x",
    "fonts": lambda: "<font>" * MANY + "x",
    "formatting": lambda: numbered("<b #>", 5_000) + numbered("<i #>", 5_000) + "x</b>" * 5_000,
    "headings-open": lambda: "<h2>Brewing " * MANY,
    "headings-spans": lambda: "<span><h1>x" * MANY,
    "anchors-open": lambda: "<a href=http://c.example/>x" * MANY,
    "navs": lambda: "<nav>" * 50_000 + "<h2>x</h2>" * 10_000,
    "forms": lambda: "<form><input name=q value=1>" * 50_000,
    "selects": lambda: "<select>" + "<option>x" * MANY,
    "scripts-open": lambda: "<script>" * MANY,
    "frames": lambda: numbered("<iframe src=/frame#></iframe>", 50_000),
    "frames-own": lambda: "<iframe src=/links?again></iframe>" * 10,
    # many
    "links-33000": lambda: numbered("<a href=http://c#.example/>x</a> ", 33_000),
    "links-530000": lambda: numbered("<a href=http://c.example/#>x</a> ", 530_000),
    "links-inside": lambda: numbered("<li><a href=/#>x</a> text", 100_000),
    "paragraphs": lambda: "<p>x" * 3 * MANY,
    "breaks": lambda: "<br>" * 10 * MANY,
    "headings": lambda: "<h2>x</h2>" * MANY,
    "definitions": lambda: "<dl><dt>x<dd>y" * 50_000,
    "bases": lambda: "<base href=/x/>" * MANY,
    "styles": lambda: "<style>.a{display:none}</style>" * 50_000,
    "style-rules": lambda: f"<style>{numbered('.a#{display:none}')}</style>",
    "style-braces": lambda: f"<style>{'{' * 10 * MANY}</style>",
    "style-comments": lambda: f"<style>{'/*' * 10 * MANY}</style>",
    "mail-addresses": lambda: numbered("write to a#@b.example "),
    "at-signs": lambda: "@" * 10 * MANY,
    "dots": lambda: "a." * 5 * MANY,
    "dates": lambda: "<p>updated 1 March 2020 " * 50_000,
    # long
    "size-15-mb": lambda: "<p>Some words about brewing here.</p>" * 440_000,
    "size-25-mb": lambda: "<p>Some words about brewing here.</p>" * 730_000,
    "line-10-mb": lambda: "x" * 10_000_000,
    "words-10-mb": lambda: "word " * 2_000_000,
    "spaces-10-mb": lambda: " " * 10_000_000 + "x",
    "title": lambda: f"<title>{'beer ' * 10 * MANY}</title>",
    "comment": lambda: f"<!-- {'-' * 30 * MANY}",
    "comments": lambda: "<!--" * 3 * MANY,
    "nulls": lambda: "\0" * 10 * MANY,
    # texts that regular expressions read
    "refresh-digits": lambda: f"<meta http-equiv=refresh content='{'1' * 4 * MANY}'>",
    "refresh-spaces": lambda: f"<meta http-equiv=refresh content='0;{' ' * 4 * MANY}'>",
    "refresh-quotes": lambda: "<meta http-equiv=refresh content=\"0;url='" + "'" * MANY + '">',
    "entities": lambda: "&amp;" * 10 * MANY,
    "entities-unknown": lambda: "&brew;" * 10 * MANY,
    "entities-numbers": lambda: "&#" + "9" * 10 * MANY + ";",
    "less-than": lambda: "<" * 10 * MANY,
    "cdata": lambda: "<![CDATA[" * MANY,
    "doctype": lambda: "<!DOCTYPE html [" + numbered('<!ENTITY e# "&e;&e;">', 10_000) + "]>",
}
"""Markup, by name; each follows OWN_LINKS."""


def bomb(megabytes: int = 1_000) -> bytes:
    """Return a gigabyte of spaces in a megabyte of gzip."""
    packed = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    block = b" " * 1_000_000
    return b"".join(packed.compress(block) for _ in range(megabytes)) + packed.flush()


def raw(*pieces: bytes) -> Behaviour:
    """Answer with exactly these bytes."""

    async def behave(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.writelines(pieces)

    return behave


def endless(start: bytes, piece: bytes) -> Behaviour:
    """Send `start`, then `piece` again and again."""

    async def behave(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(piece)
            await writer.drain()

    return behave


_OK = b"HTTP/1.1 200 OK\r\n"
_HTML = _OK + b"Content-Type: text/html\r\n"
_CHUNKED = _HTML + b"Transfer-Encoding: chunked\r\n\r\n"
ANSWERS: dict[str, Behaviour] = {
    "headers-endless": endless(_OK, b"X-Filler: " + b"x" * 10_000 + b"\r\n"),
    "headers-short": endless(_OK, b"a: b\r\n" * 1_000),
    "header-endless": endless(_OK + b"X: ", b"x" * 10_000),
    "header-folded": endless(_OK + b"X: y\r\n", b" folded\r\n" * 1_000),
    "status-endless": endless(b"HTTP/1.1 200 ", b"x" * 10_000),
    "continues": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "cookies": raw(_HTML, b"Set-Cookie: a=b\r\n" * 9_000, b"\r\n<p>x"),
    "body-endless": b.endless_body,
    "chunks-endless": endless(_CHUNKED, CHUNK),
    "chunks-empty": endless(_CHUNKED, b"1\r\nx\r\n" * 1_000),
    "chunk-size": endless(_CHUNKED, b"0" * 10_000),
    "chunk-extension": endless(_CHUNKED + b"1;", b"x" * 10_000),
    "chunk-negative": raw(_CHUNKED, b"-1\r\nx\r\n"),
    "trailers": endless(_CHUNKED + b"1\r\nx\r\n0\r\n", b"X-Trailer: " + b"x" * 10_000 + b"\r\n"),
    "drip": m.drip,
    "length-negative": raw(_HTML, b"Content-Length: -1\r\n\r\n<p>x"),
    "length-digits": raw(_HTML, b"Content-Length: ", b"9" * 5_000, b"\r\n\r\n<p>x"),
    "length-two": raw(_HTML, b"Content-Length: 3\r\nContent-Length: 9\r\n\r\n<p>x"),
    "gzip-bomb": b.answer(bomb(), headers={"Content-Encoding": "gzip"}),
    "deflate-bomb": b.answer(
        zlib.compress(b" " * 100_000_000), headers={"Content-Encoding": "deflate"}
    ),
    "gzip-twice": b.answer(gzip.compress(bomb(100)), headers={"Content-Encoding": "gzip, gzip"}),
    "gzip-empty": b.answer(b"", headers={"Content-Encoding": "gzip"}),
    "gzip-noise": b.answer(b"\x1f\x8b" + b"x" * 1_000, headers={"Content-Encoding": "gzip"}),
    "unknown-coding": b.answer("<p>x", headers={"Content-Encoding": "zstd, br, rot13"}),
    **{
        f"charset-{name}": b.answer("<p>beer", content_type=f"text/html; charset={name}")
        for name in ("undefined", "zlib", "hex", "idna", "utf-7", "unicode_escape", "base64")
    },
    "charset-long": b.answer("<p>beer", content_type=f"text/html; charset={'x' * 8_000}"),
    "redirect-itself": b.redirect("/page"),
    "redirect-longer": b.redirect("{path}x"),
    "redirect-bytes": raw(b"HTTP/1.1 302 Found\r\nLocation: ", b"\xff" * 1_000, b"\r\n\r\n"),
    "nothing": raw(b""),
    "null-bytes": raw(b"\0" * 100_000),
    "version": raw(b"HTTP/9.9 200 OK\r\n\r\n"),
    "retry-after": b.answer("", 503, headers={"Retry-After": "9" * 5_000}),
}
"""Answers of a server, by name."""


def urlset(urls: Iterable[str]) -> str:
    """Return a sitemap."""
    return "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>"


LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(
        f"<!ENTITY {name} '{10 * refers}'>"
        for refers, name in zip([f"&{c};" for c in "abcdefghi"], "bcdefghij", strict=True)
    )
    + "]>"
)
"""Entities of entities: a gigabyte when they are resolved."""
SITEMAPS: dict[str, Callable[[], str | bytes]] = {
    "laughs": lambda: f"{LAUGHS}<urlset><url><loc>&j;</loc></url></urlset>",
    "quadratic": lambda: (
        f"<!DOCTYPE r [<!ENTITY a '{'x' * MANY}'>]><urlset><loc>{'&a;' * 10_000}</loc></urlset>"
    ),
    "external": lambda: (
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///dev/zero">]><urlset><loc>&a;</loc></urlset>'
    ),
    "deep": lambda: "<urlset>" + "<url>" * MANY,
    "attributes": lambda: "<urlset " + numbered('a#="1" ') + "></urlset>",
    "namespaces": lambda: "<urlset " + numbered('xmlns:n#="u#" ', 20_000) + "></urlset>",
    "locations": lambda: urlset(f"http://s.example/{n}" for n in range(MANY)),
    "location-long": lambda: urlset(["http://s.example/" + "x" * 3_000_000]),
    "ampersands": lambda: f"<urlset>{'&' * 10 * MANY}</urlset>",
    "cdata": lambda: f"<urlset>{'<![CDATA[' * MANY}",
    "warnings": lambda: "<?xml" * 5 * MANY,
    "plain": lambda: "http://s.example/ " * MANY,
    "gzip-bomb": bomb,
    "index-itself": lambda: (
        "<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>"
    ),
    "index-many": lambda: (
        f"<sitemapindex>{numbered('<sitemap><loc>/s#</loc></sitemap>')}</sitemapindex>"
    ),
    "feed-rss": lambda: f"<rss><channel>{'<item><link>/x</link></item>' * MANY}</channel></rss>",
    "feed-atom": lambda: "<feed>" + '<entry><link href="/x"/></entry>' * MANY + "</feed>",
    "feed-laughs": lambda: f"{LAUGHS}<rss><channel><item><link>&j;</link></item></channel></rss>",
}
"""Sitemaps and feeds, by name."""
ROBOTS: dict[str, Callable[[], str]] = {
    "rules": lambda: "User-agent: *\n" + numbered("Disallow: /a#*b*c*d$\n"),
    "stars": lambda: f"User-agent: *\nDisallow: /{'*a' * 50_000}\n",
    "agents": lambda: numbered("User-agent: a#\n"),
    "line": lambda: "User-agent: *\nDisallow: /" + "x" * 500_000,
    "sitemaps": lambda: numbered("Sitemap: /s#.xml\n", 20_000),
    "delay": lambda: f"User-agent: *\nCrawl-delay: {'9' * 400}\nDisallow:\n",
}
"""robots.txt, by name."""


def workbook(sheet: str) -> bytes:
    """Return a workbook with one sheet of this XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    )
    relation = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package_file:
        package_file.writestr("[Content_Types].xml", types)
        package_file.writestr(
            "_rels/.rels",
            f'{relation}officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        package_file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{relation}worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        package_file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        package_file.writestr(
            "xl/worksheets/sheet1.xml",
            sheet.replace("<worksheet>", f'<worksheet xmlns="{main}">'),
        )
    return written.getvalue()


def inline(text: str) -> str:
    """Return a cell with a text of its own."""
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def _rows(rows: str) -> str:
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>"


WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: workbook(_rows(f"<row>{inline('x' * 100_000_000)}</row>")),
    "rows": lambda: workbook(_rows(f"<row>{inline('url')}</row>" * 1_000_000)),
    "columns": lambda: workbook(_rows(f"<row>{inline('url') * 16_384}</row>" * 10)),
    "far-cell": lambda: workbook(
        _rows('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>url</t></is></c></row>')
    ),
    "deep": lambda: workbook(_rows("<row>" * MANY)),
    "laughs": lambda: workbook(LAUGHS + _rows(f"<row>{inline('&j;')}</row>")),
    "noise": lambda: b"PK\x03\x04" + b"x" * MANY,
    "empty": lambda: b"",
}
"""Workbooks that a user may be sent as a list of seeds, by name."""

ARCHIVED: dict[str, Callable[[], str]] = {
    name: PAGES[name]
    for name in (
        *("attributes-80000", "headings-open", "divs", "tables", "formatting", "links-33000"),
        *("paragraphs", "words-10-mb", "entities", "anchors-open", "mail-addresses", "dates"),
    )
}
"""What an archive may have kept of a page."""
