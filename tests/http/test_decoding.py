"""Encodings: the declared one if browsers know it, else as if none were declared."""

from __future__ import annotations

import encodings
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from brokenlinks.html.summary import make_brief
from brokenlinks.http.decoding import text_of
from brokenlinks.http.middleware import PageEncodingMiddleware
from brokenlinks.http.response import FetchResult

URL = "http://a.test/"
SAID = "<title>G\u00e4rung</title><p>\u20ac 5"
CODECS = sorted({module.name for module in pkgutil.iter_modules(encodings.__path__)})
"""All of Python's codecs; many are no text encodings."""
NO_ENCODINGS = (
    *("undefined", "zlib", "bz2", "hex", "base64", "uu", "quopri", "rot13", "idna", "punycode"),
    *("unicode_escape", "raw_unicode_escape", "utf-7", "mbcs", "charmap", "cp037", "x-none", "%s"),
)


def read(body: bytes, content_type: str) -> str:
    return text_of(FetchResult(URL, 200, {"content-type": content_type}, body), 10_000) or ""


def page(body: bytes, content_type: str) -> TextResponse:
    sent = HtmlResponse(URL, headers={"Content-Type": content_type}, body=body)
    mended = PageEncodingMiddleware().process_response(Request(URL), sent)
    assert isinstance(mended, TextResponse)
    return mended


def declared(name: str) -> list[tuple[bytes, str]]:
    """Return the text in UTF-8, with an encoding declared in its header, in itself, in both."""
    body = SAID.encode()
    within = f'<meta charset="{name}">'.encode() + body
    header = f"text/html; charset={name}"
    return [(body, header), (within, "text/html"), (within, header)]


@pytest.mark.parametrize("name", NO_ENCODINGS)
def test_what_names_no_encoding_is_read_as_if_it_named_none(name: str) -> None:
    for body, content_type in declared(name):
        assert read(body, content_type).endswith(SAID)
        found = page(body, content_type)
        assert found.text.endswith(SAID)
        assert found.encoding == HtmlResponse(URL, body=SAID.encode()).encoding
        assert make_brief(found.text, URL).title == "G\u00e4rung"


@pytest.mark.parametrize("name", CODECS)
def test_no_name_is_too_odd_to_read_on(name: str) -> None:
    for body, content_type in declared(name):
        for sent in (body, body + bytes(range(256))):
            assert read(sent, content_type)
            found = page(sent, content_type)
            assert found.text
            assert "\u00e4".encode(found.encoding, "xmlcharrefreplace")


@given(st.binary(max_size=60), st.text(max_size=12))
def test_no_bytes_are_too_broken_to_read(body: bytes, name: str) -> None:
    header = f"text/html; charset={name}".encode("utf-8", "replace").decode("latin-1")
    read(body, header)
    assert isinstance(page(body, header).text, str)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("UTF8", "utf-8"),
        ("utf-16", "utf-16-be"),
        ("iso-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("iso-8859-15", "iso8859-15"),
        ("windows-1252", "cp1252"),
        ("koi8-r", "koi8-r"),
        ("windows-1251", "cp1251"),
        ("gb2312", "gb18030"),
        ("hz-gb-2312", "hz"),
        ("big5", "big5hkscs"),
        ("shift_jis", "cp932"),
        ("euc-jp", "euc_jp"),
        ("iso-2022-jp", "iso2022_jp"),
        ("euc-kr", "cp949"),
        ("tis-620", "cp874"),
        ("macintosh", "mac-roman"),
    ],
)
def test_what_browsers_know_is_read_as_named(name: str, encoding: str) -> None:
    said = "<title>\u00e4\u0436\u6f22</title>"
    body = said.encode(encoding, "replace")
    content_type = f"text/html; charset={name}"
    as_named = body.decode(encoding)
    assert read(body, content_type) == page(body, content_type).text == as_named
    sent = HtmlResponse(URL, headers={"Content-Type": content_type}, body=body)
    assert PageEncodingMiddleware().process_response(Request(URL), sent) is sent


def test_the_page_is_asked_where_its_header_names_no_encoding() -> None:
    body = '<meta charset="koi8-r"><title>\u0436</title>'.encode("koi8-r")
    content_type = "text/html; charset=undefined"
    assert "\u0436" in read(body, content_type)
    assert "\u0436" in page(body, content_type).text


def test_a_byte_order_mark_is_believed_first() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        body = SAID.encode(encoding)
        for content_type in ("text/html", "text/html; charset=latin1", "text/html; charset=hex"):
            assert read(body, content_type) == page(body, content_type).text == SAID


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("G\u00e4rung, 5 \u20ac".encode("cp1252"), "G\u00e4rung, 5 \u20ac"),
        ("G\u00e4rung, 5 \u20ac".encode(), "G\u00e4rung, 5 \u20ac"),
        ("G\u00e4rung, 5 \u20ac".encode()[:-1], "G\u00e4rung, 5 \ufffd"),
        ("G\u00e4rung f\u00fcr alle".encode() + b" \xe4", "G\u00e4rung f\u00fcr alle \ufffd"),
    ],
    ids=["western", "UTF-8", "UTF-8, cut off", "UTF-8 with a slip"],
)
def test_text_without_a_declaration_is_western_if_it_is_no_utf_8(body: bytes, text: str) -> None:
    assert read(body, "text/html") == text
