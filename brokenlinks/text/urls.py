"""URLs: resolving, canonical keys, hosts, sites and registrable domains. No network."""

from __future__ import annotations

import ipaddress
import re
import socket
from functools import cache, lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

import idna
from tldextract import TLDExtract
from w3lib.url import canonicalize_url

from brokenlinks.text.printable import CONTROL_CHARACTERS

HTTP_SCHEMES = frozenset({"http", "https"})
ANY_BYTES = "surrogateescape"
"""Queries may be in any encoding: bytes that are not UTF-8 are kept as they are."""
DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING_PARAMETERS = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|_hsenc|_hsmi|ref_src)$",
    re.IGNORECASE,
)
NON_CONTENT_PARAMETERS = re.compile(
    r"^(ref|referr?er|source|src|from|via|aff\w*|partner|campaign|cmp|lang|language|hl|locale"
    r"|print\w*|sid|phpsessid|jsessionid|session\w*|theme|skin|noamp|amp)$",
    re.IGNORECASE,
)
"""Parameters for the referrer, the visitor or the layout: the page is the same without them."""
_NATIONAL_BLOGSPOTS = (
    "ae al am ba be bg bj ca cf ch cl co.at co.id co.il co.ke co.nz co.uk co.za com.ar com.au"
    " com.br com.by com.co com.cy com.ee com.eg com.es com.mt com.ng com.tr com.uy cv cz de dk"
    " fi fr gr hk hr hu ie in is it jp kr li lt lu md mk mr mx my nl no pe pt qa re ro rs ru"
    " se sg si sk sn td tw ug vn"
)
"""The public suffix list had them until Google gave them up; links lists have them still."""
BLOG_HOSTS = (
    *("angelfire.com", "bandcamp.com", "beepworld.de", "blog.hu", "blogg.no", "blogg.se"),
    *("bravehost.com", "canalblog.com", "de.tl", "dreamwidth.org", "forumotion.com", "free.fr"),
    *("home.blog", "itch.io", "jimdo.com", "jimdofree.com", "livejournal.com", "medium.com"),
    *("mozello.com", "narod.ru", "neocities.org", "ning.com", "npage.de", "over-blog.com"),
    *("pbworks.com", "proboards.com", "skyrock.com", "squarespace.com", "strikingly.com"),
    *("substack.com", "tistory.com", "tripod.com", "tumblr.com", "typepad.com", "typepad.fr"),
    *("ucoz.ru", "webnode.com", "webs.com", "weebly.com", "wikidot.com", "wordpress.com"),
    *(f"blogspot.{suffix}" for suffix in _NATIONAL_BLOGSPOTS.split()),
)
"""Hosts whose sub-domains have different owners, missing from the public suffix list."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
"""Soft hyphens, marks of width and direction: word processors and chats add them to addresses."""
_BRACKETS_AND_QUOTES = (
    "<>\"'\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a"
)
_BARE_URL = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}\.?(:\d+)?([/?#]\S*)?")
_URL_IN_TEXT = re.compile(
    r"(?:https?://|(?<![\w.@/-])www\.)"
    r"(?:(?![,;|]+https?://)[^\s<>\"`\\^{}\u3001\u3002\u300b-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b])+",
    re.IGNORECASE,
)
"""An address within other text. CJK punctuation ends it: no space follows there."""
_SEPARATOR = re.compile(r"\s|[,;|]https?://|^[^\w\[]*\[.*\]\(", re.IGNORECASE)
"""Never part of a single address: a second address, or the form of a Markdown link."""
_OPENING = {")": "(", "]": "[", "}": "{"}

_AROUND_URLS = "".join(map(chr, range(32)))
"""Browsers drop them, like the spaces."""
_CONTROL_CHARACTER = re.compile(f"[{CONTROL_CHARACTERS}]")
_ENCODED_DOTS = re.compile(r"(?<=/)(?:\.|%2e){1,2}(?![^/])", re.IGNORECASE)
_ROOT = re.compile(
    r"/(?:([a-z]{2})(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)\.\w+)?", re.IGNORECASE
)
_FILE_EXTENSION = re.compile(r"\.(?:x?html?|php\d?|aspx?|jsp|cfm|cgi|pl|shtml)$", re.IGNORECASE)
# The bundled list, without cache and download: it works offline and is the same for all users.
_extract_site = TLDExtract(
    suffix_list_urls=(),
    cache_dir=None,
    include_psl_private_domains=True,
    extra_suffixes=BLOG_HOSTS,
)
_extract_registrable = TLDExtract(suffix_list_urls=(), cache_dir=None)


def absolute_url(base: str, href: str) -> str | None:
    """Resolve `href` against `base` without its fragment; None unless it is a http(s) URL.

    It is read as browsers read it (https://url.spec.whatwg.org), so that what works there is asked
    for here, in links and redirects alike.
    """
    href = re.sub(r"[\t\r\n]", "", href.strip().strip(_AROUND_URLS))
    href = _CONTROL_CHARACTER.sub(lambda control: quote(control[0], errors="surrogatepass"), href)
    try:
        parts = urlsplit(urljoin(base, _with_plain_slashes(base, href)))
        port = parts.port
    except ValueError:
        return None
    host = ascii_host(unquote(parts.hostname or ""))
    if parts.scheme not in HTTP_SCHEMES or not host:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != DEFAULT_PORTS[parts.scheme]:
        netloc += f":{port}"
    return urlunsplit((parts.scheme, netloc, _without_dots(parts.path) or "/", parts.query, ""))


def urls_in(text: str) -> list[str]:
    """Return the web addresses in a text that a user typed or copied, absolute, in their order.

    A text that is an address, or a list with one in each entry, needs no scheme. Around others
    there may be prose, brackets, a Markdown or HTML link, or a spreadsheet's formula.
    """
    text = _INVISIBLE.sub("", text).strip()
    if (whole := whole_url(text)) is not None:
        return [whole]
    candidates = [_without_tail(match[0]) for match in _URL_IN_TEXT.finditer(text)]
    if not candidates:
        words = (_without_tail(word.lstrip(f"([{{{_BRACKETS_AND_QUOTES}")) for word in text.split())
        bare = (word for word in words if _BARE_URL.fullmatch(word))
        candidates = [url for url in bare if has_public_suffix(host_of(f"http://{url}"))]
    urls = (absolute_url("", url if "://" in url else f"http://{url}") for url in candidates)
    return list(dict.fromkeys(url for url in urls if url))


def whole_url(text: str) -> str | None:
    """Return the address that a text consists of, with or without a scheme; None for any other."""
    text = _without_tail(text.strip().strip(_BRACKETS_AND_QUOTES))
    if _BARE_URL.fullmatch(text):
        text = f"http://{text}"
    return None if _SEPARATOR.search(text) else absolute_url("", text)


def _without_tail(url: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    while url and (url[-1] in ".,;:!'\u2019" or (url[-1] in _OPENING and _is_unpaired(url))):
        url = url[:-1]
    return url


def _is_unpaired(url: str) -> bool:
    return url.count(url[-1]) > url.count(_OPENING[url[-1]])


def encode_query(url: str, encoding: str) -> str:
    """Return a URL as browsers request it from a page in `encoding`, which its query takes over."""
    parts = urlsplit(url)
    if parts.query.isascii() or encoding.lower() in {"utf-8", "utf8"}:
        return url
    encoded = (
        char if char.isascii() else quote(char.encode(encoding, "xmlcharrefreplace"))
        for char in parts.query
    )
    return urlunsplit(parts._replace(query="".join(encoded)))


def _with_plain_slashes(base: str, href: str) -> str:
    """Write backslashes as slashes, and two slashes before a host that has more, or too few."""
    address = re.split(r"[?#]", href, maxsplit=1)[0]
    href = address.replace("\\", "/") + href[len(address) :]
    scheme = next((s for s in ("http:", "https:") if href[: len(s)].lower() == s), "")
    rest = href[len(scheme) :]
    of_other_scheme = scheme and not base.lower().startswith(scheme)
    if of_other_scheme or rest.startswith("//"):
        return f"{scheme}//{rest.lstrip('/')}"
    return href


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` as browsers do, encoded ones too; most paths have none."""
    if "%2" in path:
        path = _ENCODED_DOTS.sub(lambda dots: unquote(dots[0]), path)
    return urlsplit(urljoin("http://h", f"/.{path}")).path if "/." in path else path


@lru_cache(maxsize=65_536)
def ascii_host(host: str) -> str:
    """Return a host name in lower-case ASCII (IDNA), or "" when it cannot be a host name."""
    host = host.strip().rstrip(".").lower()
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    if re.fullmatch(r"(?:[0-9a-fx]+\.)*(?:0x[0-9a-f]*|[0-9]+)", host):
        return _numeric_host(host)
    if not host.isascii():
        host = _to_ascii(host)
    labels = host.split(".")
    usable = len(host) <= 253 and all(
        re.fullmatch(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", label) for label in labels
    )
    return host if usable else ""


def _to_ascii(host: str) -> str:
    """Return a host name as browsers encode it (UTS 46): `straße` is not `strasse`."""
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        pass
    try:
        return host.encode("idna").decode()  # names that browsers allow and IDNA 2008 does not
    except UnicodeError:
        return ""


def _numeric_host(host: str) -> str:
    """Return the IP address that browsers read in `2852039166` or `0x7f.1`."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return ""


@lru_cache(maxsize=16_384)
def url_key(url: str) -> str:
    """Return the canonical form that all spellings of an address share.

    Scheme, a leading `www.`, default ports, tracking parameters, the order of parameters and a
    trailing slash make no difference; the case of the path and everything else does.
    """
    parts = urlsplit(canonicalize_url(url))
    query = urlencode(
        [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True, errors=ANY_BYTES)
            if not TRACKING_PARAMETERS.match(name)
        ],
        errors=ANY_BYTES,
    )
    netloc = parts.netloc.removeprefix("www.")
    default = DEFAULT_PORTS.get(parts.scheme)
    if default is not None:
        netloc = netloc.removesuffix(f":{default}")
    return f"{netloc}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


@lru_cache(maxsize=65_536)
def host_of(url: str) -> str:
    """Return the host of an absolute URL in ASCII, "" when it has none."""
    try:
        return ascii_host(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def last_path_segment(url: str) -> str:
    """Return the last segment of a URL's path, "" for a root."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


@lru_cache(maxsize=1_024)
def path_segments(url: str) -> tuple[str, ...]:
    """Return a URL's path segments as words: no file ending, no `index`, "aB" written "a B"."""
    words = (
        re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _FILE_EXTENSION.sub("", segment))
        for segment in unquote(urlsplit(url).path).split("/")
    )
    return tuple(part for part in words if part.lower() not in {"", "index", "default"})


@lru_cache(maxsize=65_536)
def origin_of(url: str) -> str:
    """Return scheme, host and port of an absolute URL as they are written."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@lru_cache(maxsize=65_536)
def is_ip_address(host: str) -> bool:
    """Return whether `host` is an IP address rather than a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=65_536)
def site_of(url: str) -> str:
    """Return the site of a URL: the domain under its public suffix, private suffixes included.

    Two blogs on one blog host are two sites. An IP address or a name without a dot has no
    registrable domain: there every `host:port` is a site. A bare public suffix is its own site.
    """
    host = host_of(url)
    if is_ip_address(host) or "." not in host:
        port = urlsplit(url).port
        return host if port is None else f"{host}:{port}"
    return site_of_host(host)


@lru_cache(maxsize=65_536)
def site_of_host(host: str) -> str:
    """Return the site of a host like `site_of`, whatever the port."""
    if is_ip_address(host) or "." not in host:
        return host
    extracted = _extract_site(host)
    # Unknown suffixes follow the list's own prevailing rule `*`: the last label is the suffix.
    return extracted.top_domain_under_public_suffix or (
        host if extracted.suffix else ".".join(host.split(".")[-2:])
    )


@lru_cache(maxsize=65_536)
def registrable_domain(host: str) -> str:
    """Return the domain that can be registered: for `me.github.io` that is `github.io`.

    "" for IP addresses, bare suffixes and names without a dot, which cannot be registered.
    """
    if is_ip_address(host) or "." not in host:
        return ""
    extracted = _extract_registrable(host)
    if extracted.suffix:
        return extracted.top_domain_under_registry_suffix
    return ".".join(host.split(".")[-2:])


def has_public_suffix(host: str) -> bool:
    """Return whether a host is under a suffix that the public suffix list names."""
    extracted = _extract_registrable(host)
    return bool(extracted.suffix and extracted.domain)


def is_root(url: str) -> bool:
    """Return whether a URL is a home page: `/`, `/de/`, `/en-us/`, `/index.html`, `/?ref=ad`."""
    parts = urlsplit(url)
    match = _ROOT.fullmatch(parts.path or "/")
    if match is None or content_parameters(parts.query):
        return False
    return match[1] is None or match[1].lower() in _languages()


@cache
def _languages() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 - slow to import, and few addresses need it

    return frozenset(Locale("en").languages)


def content_parameters(query: str) -> list[str]:
    """Return the names of a query's parameters that may lead to another page."""
    if not query:
        return []
    names = (pair.partition("=")[0] for pair in query.split("&"))
    return [
        n
        for n in names
        if n and not TRACKING_PARAMETERS.match(n) and not NON_CONTENT_PARAMETERS.match(n)
    ]
