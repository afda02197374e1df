"""Addresses that services and sites wrap around those they lead to."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from urllib.parse import parse_qsl, unquote, urlsplit

from brokenlinks.text.urls import absolute_url, host_of, site_of

MAX_WRAPPERS = 3
"""Mail filters wrap what a search engine has wrapped."""
_SERVICES = tuple(
    (re.compile(rf"(?:.+\.)?(?:{host})"), re.compile(path), parameters)
    for host, path, parameters in (
        (r"google\.[a-z.]{2,6}", r"/url", ("q", "url")),
        (r"bing\.com", r"/ck/a", ("u",)),
        (r"duckduckgo\.com", r"/l/?", ("uddg",)),
        (r"(?:facebook|instagram|messenger|threads)\.com", r"/(?:l\.php)?", ("u",)),
        (r"out\.reddit\.com", r"/.*", ("url",)),
        (r"youtube\.com", r"/redirect", ("q",)),
        (r"linkedin\.com", r"/(?:redir/redirect|redirect|safety/go)/?", ("url",)),
        (r"vk\.com", r"/away(?:\.php)?", ("to",)),
        (r"steamcommunity\.com", r"/linkfilter/?", ("url", "u")),
        (r"disq\.us", r"/url", ("url",)),
        (r"slack-redir\.net", r"/link", ("url",)),
        (r"safelinks\.protection\.outlook\.com", r"/.*", ("url",)),
        (r"urldefense\.(?:proofpoint\.)?com", r"/v1/url", ("u",)),
        (r"clicktime\.symantec\.com", r"/.*", ("u",)),
        (r"linkprotect\.cudasvc\.com", r"/url", ("a",)),
        (r"href\.li|anonym\.to|anon\.to|dereferer\.me|nullrefer\.com", r"/", ()),
    )
)
"""Hosts, paths and the parameters with the address; without parameters it is the whole query.
Shorteners such as t.co are not among them: only they know where they lead."""
_ENCODED = (
    (
        re.compile(r"https?://urldefense\.proofpoint\.com/v2/url\?(?:.*&)?u=([^&]+)"),
        lambda text: unquote(text.replace("-", "%").replace("_", "/")),
    ),
    (re.compile(r"https?://r\.search\.yahoo\.com/.*?/RU=([^/]+)/"), unquote),
)
"""Forms of their own: what finds the address, and what decodes it."""
_PROOFPOINT_3 = re.compile(r"https?://urldefense\.(?:proofpoint\.)?com/v3/__(.+?)__;([\w-]*)")
"""The address, with a star for each character of the text that follows in Base64."""
_OWN_EXIT = re.compile(
    r"(?:.*/)?(?:out|outbound|outgoing|go|goto|exit|away|leave|leaving|redir|redirect|redirector"
    r"|jump|click|external|extern|link)(?:\.\w{2,5})?/?",
    re.IGNORECASE,
)
"""The last segment of the paths by which sites count who leaves them."""


def unwrapped(url: str, own_site: str = "") -> str:
    """Return the address that a redirector's URL has within, else the URL itself.

    `own_site` is the site of the page with the link: its own exits are redirectors as well.
    """
    for _ in range(MAX_WRAPPERS):
        within = absolute_url("", _address_within(url, own_site))
        if within is None:
            break
        url = within
    return url


def _address_within(url: str, own_site: str) -> str:
    if "?" not in url and "urldefense" not in url and "/RU=" not in url:
        return ""  # nearly every link of a page
    for pattern, decode in _ENCODED:
        if match := pattern.match(url):
            return decode(match[1])
    if match := _PROOFPOINT_3.match(url):
        stars = iter(_from_base64(match[2]))
        address = re.sub(r"\*", lambda star: next(stars, star[0]), match[1])
        return re.sub(r"^(https?):/(?!/)", r"\1://", address)
    parts, host = urlsplit(url), host_of(url)
    for hosts, path, parameters in _SERVICES:
        if hosts.fullmatch(host) and path.fullmatch(parts.path):
            return _value(parts.query, parameters) if parameters else unquote(parts.query)
    if own_site and _OWN_EXIT.fullmatch(parts.path) and site_of(url) == own_site:
        value = _value(parts.query) or unquote(parts.query)
        if value.startswith(("http://", "https://")) and site_of(value) != own_site:
            return value
    return ""


def _value(query: str, parameters: tuple[str, ...] = ()) -> str:
    """Return the first value that is an address, of the named parameters or of any.

    Bing's is in Base64, after "a1".
    """
    pairs = parse_qsl(query)
    values = (value for name, value in pairs if not parameters or name.lower() in parameters)
    decoded = (_from_base64(value[2:]) if value.startswith("a1aHR0") else value for value in values)
    return next((value for value in decoded if value.startswith(("http://", "https://"))), "")


def _from_base64(text: str) -> str:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return ""
