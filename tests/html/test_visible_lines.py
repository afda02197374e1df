"""The lines of a page as a visitor sees them."""

from __future__ import annotations

import pytest

from brokenlinks.enrichment.contacts.page import extract_contacts

PAGE = "https://www.hillside-club.org/contact.html"
ADDRESS = "info@hillside-club.org"


def addresses(html: str, *, decode: bool = False) -> set[str]:
    contacts = extract_contacts(f"<p>{html}</p>", PAGE, decode=decode)
    return {address.value for address in contacts.addresses if address.value}


@pytest.mark.parametrize(
    "html",
    [
        "<b>Email</b><span>{}</span>",
        "<b>E-mail</b>{}",
        "<b>Mail.</b><a>{}</a>",
        "<span>01234-555010</span><span>{}</span>",
        "<span>01234 555010</span>{}<i>weekdays</i>",
        "<span>{}</span><span>Phone 01234 555010</span>",
        "<span>{}</span>Secretary",
        "<b>Email</b><a href='mailto:{}'>{}</a><b>Phone</b>",
        "<a>{}</a><a>@hillside_club</a>",
        "<span>{}</span><span>- the secretary</span>",
        "<label>Email</label><output>{}</output><button>Copy</button>",
        "<i class=icon></i><em>Secretary</em><span><b>{}</b></span><small>(in a week)</small>",
        "<b>Email</b><span>info</span>@<span>hillside-club.org</span><b>Phone</b>",
        "<b>Email</b><span>info<wbr>@hillside-<wbr>club.org</span>",
        "<b>i</b>nfo@hillside-club.org",
        "<i>i</i><i>n</i><i>f</i><i>o</i>@<i>hillside-club</i>.<i>org</i>",
        "in<span hidden>no</span>fo@hillside-club.org",
        "info@hill<b>side-club.org</b>",
        "<b>info@hillside-club</b>.org<i>Home</i>",
        "メールは{}まで。",
        "邮箱{}电话01234",
        "문의{}로",
    ],
)
def test_what_stands_beside_an_address_is_not_glued_to_it(html: str) -> None:
    assert addresses(html.replace("{}", ADDRESS)) == {ADDRESS}


@pytest.mark.parametrize(
    "html",
    [
        "<b>Email</b><span>info [at] hillside-club.org</span><b>Phone</b>",
        "<b>Email</b><span>info(at)hillside-club(dot)org</span><b>Phone</b>",
        "<span>01234</span><span>info at hillside-club dot org</span>",
        "<b>Email</b><span>info @ hillside-club.org</span>",
    ],
)
def test_nor_is_it_glued_to_an_address_in_words(html: str) -> None:
    assert addresses(html, decode=True) == {ADDRESS}


def test_words_of_several_elements_stay_whole_elsewhere() -> None:
    html = "<p>Suggest a li<b>nk</b> to us</p><form method=post><textarea></textarea></form>"
    [form] = extract_contacts(html, PAGE).forms
    assert form.context.previous_line == "Suggest a link to us"
