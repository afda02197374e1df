"""Addresses that services and sites wrap around those they lead to."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.text.redirectors import unwrapped

TARGET = "http://hive.example/a_guide-1.html?x=1&y=2"
ESCAPED = quote(TARGET, safe="")


@pytest.mark.parametrize(
    "url",
    [
        f"http://www.google.com/url?q={ESCAPED}&sa=D&ust=1",
        f"https://www.google.co.uk/url?sa=t&url={ESCAPED}&usg=x",
        f"https://l.facebook.com/l.php?u={ESCAPED}&h=AT0",
        f"https://l.instagram.com/?u={ESCAPED}&e=AT",
        f"https://out.reddit.com/t3_abc?url={ESCAPED}&token=x",
        f"https://nam02.safelinks.protection.outlook.com/?url={ESCAPED}&data=x",
        f"https://www.youtube.com/redirect?event=x&redir_token=y&q={ESCAPED}&v=z",
        f"https://www.linkedin.com/redir/redirect?url={ESCAPED}&urlhash=x",
        f"https://duckduckgo.com/l/?uddg={ESCAPED}&rut=x",
        f"https://vk.com/away.php?to={ESCAPED}",
        f"https://steamcommunity.com/linkfilter/?u={ESCAPED}",
        f"https://href.li/?{TARGET}",
        f"https://urldefense.com/v3/__{TARGET}__;!!abc!def$",
        "https://urldefense.com/v3/__http:/hive.example/a_guide-1.html*x=1*y=2__;PyY!!abc$",
        (
            "https://urldefense.proofpoint.com/v2/url?u=http-3A__hive.example_a-5Fguide-2D1.html"
            "-3Fx-3D1-26y-3D2&d=x"
        ),
        f"https://r.search.yahoo.com/_ylt=x/RV=2/RE=1/RO=10/RU={ESCAPED}/RK=2/RS=y-",
        "https://www.bing.com/ck/a?!&&p=x&u=a1aHR0cDovL2hpdmUuZXhhbXBsZS9hX2d1aWRlLTEuaHRtbD94PTEmeT0y",
        f"https://www.google.com/url?q={quote(f'https://href.li/?{TARGET}', safe='')}",
    ],
)
def test_the_address_within_a_redirector_is_the_target(url: str) -> None:
    assert unwrapped(url) == TARGET


@pytest.mark.parametrize(
    "path",
    [
        f"/out.php?url={ESCAPED}",
        f"/go/?to={ESCAPED}",
        f"/cgi-bin/redirect.cgi?{TARGET}",
        f"/links/exit?id=7&u={ESCAPED}",
        f"/out.php?refe={ESCAPED}",
    ],
)
def test_a_site_s_own_exit_leads_to_the_address_within(path: str) -> None:
    assert unwrapped(f"http://www.club.example{path}", "club.example") == TARGET
    assert unwrapped(f"http://www.club.example{path}") == f"http://www.club.example{path}"


@pytest.mark.parametrize(
    "url",
    [
        TARGET,
        f"https://www.facebook.com/sharer/sharer.php?u={ESCAPED}",
        f"https://twitter.com/intent/tweet?url={ESCAPED}",
        f"https://web.archive.org/web/2020/{TARGET}",
        f"http://club.example/login?redirect={ESCAPED}",
        f"http://club.example/search?q={ESCAPED}",
        "http://club.example/out.php?url=http://www.club.example/links",
        "http://club.example/out.php?id=7",
        "https://www.google.com/url?q=bees",
        "https://www.google.com/search?q=http://a.example",
        "https://t.co/abc",
        "https://www.bing.com/ck/a?u=a1aHR0",
        "https://urldefense.com/v3/__mailto:x__;",
    ],
)
def test_other_addresses_are_kept(url: str) -> None:
    assert unwrapped(url, "club.example") == url


@given(st.text(max_size=60))
def test_any_address_is_unwrapped_to_one(text: str) -> None:
    for url in (
        f"https://www.google.com/url?q={text}",
        f"https://www.bing.com/ck/a?u=a1aHR0{text}",
        f"http://club.example/go?{text}",
    ):
        assert unwrapped(url, "club.example").startswith("http")
