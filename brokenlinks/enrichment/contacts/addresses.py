"""Finds mail addresses on a page: linked, written out, in structured data, or protected.

An address is taken as it is written, never guessed. The text around it is kept; whose address it
is, and how good, is decided in `ranking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote

from brokenlinks.enrichment.contacts.words import local_part_matches, notices, word_list
from brokenlinks.html.visible_lines import Line, VisibleContent, has_mail_attribute
from brokenlinks.models.contact import Address, TextContext
from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.tables import parse_json
from brokenlinks.text.urls import ascii_host, has_public_suffix, registrable_domain, site_of

MAX_ADDRESSES = 200
MAX_JSON_LD_LENGTH, MAX_JSON_LD_DEPTH = 200_000, 12
MAX_HREF_LENGTH = 2000
_LOCAL = r"[a-z0-9](?:[a-z0-9_.+'&-]{0,62}[a-z0-9_+-])?"
_DOMAIN = r"(?:[^\W_][\w-]{0,62}\.){1,6}(?:[a-z]{2,24}|[^\W\d_a-z]{2,24})"
_SPACED_SCRIPT = r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
"""A letter or digit of a script with spaces between words; Chinese may touch an address."""
_ADDRESS = re.compile(
    rf"(?<!{_SPACED_SCRIPT})(?<![.+@/'&-])({_LOCAL})@({_DOMAIN})"
    rf"(?!{_SPACED_SCRIPT}|[@-]|:\S|\.\w)",
    re.IGNORECASE,
)
_SPELLED_DOMAIN = r"[\w-]{1,63}(?:\s{0,3}(?:\.|%s)\s{0,3}[\w-]{1,63}){1,5}"
_SPELLED_AT = re.compile(
    rf"(?<![\w.@])({_LOCAL}) at ([\w-]{{1,63}}(?: dot [\w-]{{1,63}}){{1,5}})\b", re.IGNORECASE
)
_UPPERCASE_AT = re.compile(rf"(?<![\w.@])((?i:{_LOCAL})) AT ((?i:{_DOMAIN}))\b")
_CLOUDFLARE = re.compile(r"/cdn-cgi/l/email-protection(?:#([0-9a-f]*))?", re.IGNORECASE)
_SCRIPTED_HREF = re.compile(r"^\s*javascript:.*mail", re.IGNORECASE | re.DOTALL)
_SCRIPT_OUTPUT = re.compile(r"document\.write|innerHTML|\.href\s*=")
_SPLIT_MAILTO = re.compile(
    r"mai['\"]?\s*(?:\+\s*)?['\"]?lto|ilto:|&#64;|['\"]@['\"]|\\u0040|\\x40", re.IGNORECASE
)
_RESOLUTION_OR_VERSION = re.compile(r"\d+x?|v?\d+(?:\.\d+)+.*")
_SCRIPT_COMMENT = re.compile(
    r"^\s*(?://|/\*)?\s{0,9}<!(?:\[CDATA\[|--)(?:\s{0,9}\*/)?"
    r"|(?://|/\*)?\s{0,9}(?:\]\]|--)>(?:\s{0,9}\*/)?\s{0,9}$"
)
"""The comment that old editors put around a script."""
_ORGANISATIONS = re.compile(
    r"Organi[sz]ation|ContactPoint|Library|Museum|School|Club|Business|WebSite|NGO|Store"
)


def find_addresses(
    root: Any, visible: VisibleContent, page_url: str, *, decode: bool
) -> list[Address]:
    """Return the page's addresses in order, each spelling once per line."""
    addresses: dict[tuple[str, str, str], Address] = {}
    for address in _iter_addresses(root, visible, page_url, decode=decode):
        if len(addresses) < MAX_ADDRESSES:
            addresses.setdefault((address.value, address.domain, address.context.line), address)
    return list(addresses.values())


def parse_address(text: str) -> str:
    """Return an address in lower case, "" when it cannot be one that someone reads."""
    match = _ADDRESS.fullmatch(text.strip().strip("<>"))
    return _valid_address(match[1], match[2]) if match else ""


def mailto_addresses(href: str) -> list[str]:
    """Return the recipients of a `mailto:` link, without those in copy."""
    scheme, _, rest = href[:MAX_HREF_LENGTH].strip().partition(":")
    if scheme.lower() != "mailto":
        return []
    recipients, _, query = rest.lstrip("/").partition("?")
    more = parse_qs(query.lower(), max_num_fields=50).get("to", []) if query.count("&") < 50 else []
    parts = re.split(r"[,;]", ",".join([unquote(recipients), *more]))
    return [address for part in parts if (address := parse_address(re.sub(r"^.*<|>.*$", "", part)))]


def decode_cloudflare(code: str) -> str:
    """Undo Cloudflare's protection (the first byte is XORed to the others), "" if it is invalid."""
    try:
        key, *rest = bytes.fromhex(code)
    except ValueError:
        return ""
    return parse_address(bytes(byte ^ key for byte in rest).decode("utf-8", "replace"))


def _iter_addresses(
    root: Any, visible: VisibleContent, page_url: str, *, decode: bool
) -> Iterator[Address]:
    for line in visible.lines:
        for mark in line.mail_candidates:
            yield from _linked(mark, line.context, decode=decode)
        if line.reversed:
            yield from _reversed(line, decode=decode)
        else:
            yield from _plain_text(line)
            yield from _spelled(line, decode=decode)
    for form, context in visible.forms:
        for value in mailto_addresses(form.get("action") or ""):
            yield _plain(value, context)
    yield from _structured(root, site_of(page_url))


def _linked(mark: Any, context: TextContext, *, decode: bool) -> Iterator[Address]:
    """Read a mail link, or a script or an element in place of one."""
    href = (mark.get("href") or "")[:MAX_HREF_LENGTH]
    linked = mailto_addresses(href)
    for value in linked:
        yield _plain(value, context)
    hidden = _CLOUDFLARE.search(href)
    code = mark.get("data-cfemail") or (hidden[1] if hidden else None)
    writes = mark.tag == "script" and _writes_address(mark.text or "")
    if code or hidden:
        yield _protected(decode_cloudflare(code or "") if decode else "", context)
    elif writes or _SCRIPTED_HREF.match(href) or (not linked and has_mail_attribute(mark)):
        yield _protected("", context)


def _plain_text(line: Line) -> Iterator[Address]:
    """Read addresses in a line's text, and notices such as "[email protected]" in their place."""
    for match in _ADDRESS.finditer(line.text) if "@" in line.text else ():
        if any(word in match[0].lower() for word in word_list("protected", "in_the_way")):
            yield _protected("", line.context, match[2])
        elif value := _valid_address(match[1], match[2]):
            yield _plain(value, line.context)
    if notices().find_in(normalize_words(line.text)) and not any(
        map(_is_cloudflare, line.mail_candidates)
    ):
        yield _protected("", line.context)


def _spelled(line: Line, *, decode: bool) -> Iterator[Address]:
    """Read addresses written as "name [at] domain.org"."""
    for pattern in (_bracketed_at(), _SPELLED_AT, _UPPERCASE_AT):
        for match in pattern.finditer(line.text):
            domain = re.sub(r"\s+", "", _spelled_dot().sub(".", match[2]))
            if value := parse_address(f"{match[1]}@{domain}".replace("..", ".")):
                domain = value.rpartition("@")[2]
                yield _protected(value if decode else "", line.context, domain)


def _reversed(line: Line, *, decode: bool) -> Iterator[Address]:
    """Read addresses that are written backwards."""
    for match in _ADDRESS.finditer(line.text[::-1]):
        if value := _valid_address(match[1], match[2]):
            yield _protected(value if decode else "", line.context)


def _structured(root: Any, site: str) -> Iterator[Address]:
    """Read addresses of organisations in JSON-LD and microdata."""
    for script in root.iterfind(".//script[@type]"):
        if "ld+json" in script.get("type").lower():
            yield from _json_ld((script.text or "")[:MAX_JSON_LD_LENGTH], site)
    for meta in root.iterfind(".//meta[@itemprop]"):
        if meta.get("itemprop").lower() == "email" and (
            value := _single_address(meta.get("content"))
        ):
            yield _plain(value, TextContext("email"))


def _json_ld(text: str, site: str) -> Iterator[Address]:
    try:
        data = parse_json(_SCRIPT_COMMENT.sub("", text))
    except ValueError:
        return
    for thing in _json_ld_objects(data, MAX_JSON_LD_DEPTH):
        kind, home = str(thing.get("@type", "")), thing.get("url")
        elsewhere = isinstance(home, str) and "://" in home and site_of(home) != site
        if not _ORGANISATIONS.search(kind) or elsewhere:
            continue
        contact_type, email = thing.get("contactType"), thing.get("email")
        line = f"email {contact_type}" if isinstance(contact_type, str) else "email"
        for value in map(_single_address, email if isinstance(email, list) else [email]):
            if value:
                yield _plain(value, TextContext(line))


def _json_ld_objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(data, dict):
        yield data
    if depth and isinstance(data, dict | list):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _json_ld_objects(inner, depth - 1)


def _single_address(text: Any) -> str:
    """Return the address in a field that holds just one, with or without `mailto:`."""
    if not isinstance(text, str):
        return ""
    return parse_address(text) or next(iter(mailto_addresses(text)), "")


def _valid_address(local: str, domain: str) -> str:
    """Return the address, "" for a file name, a version, an example or one that nobody reads."""
    host, local = ascii_host(domain), local.lower()
    is_file = host.rpartition(".")[2] in word_list("domains", "file_endings")
    if not host or is_file or _RESOLUTION_OR_VERSION.fullmatch(host.partition(".")[0]):
        return ""
    if _is_placeholder(host) or local in word_list("local_parts", "placeholder"):
        return ""
    return "" if ".." in local or local_part_matches("never", local) else f"{local}@{host}"


def _is_placeholder(host: str) -> bool:
    """Whether a domain is a template's example, such as yourcompany.net or ihre-domain.de."""
    name = registrable_domain(host).partition(".")[0].replace("-", "")
    return host in word_list("domains", "placeholder") or bool(_unfilled_domain().fullmatch(name))


@cache
def _unfilled_domain() -> re.Pattern[str]:
    """Return what matches the name of a domain that a template leaves to be filled in."""
    whose, what = ("|".join(sorted(word_list("domains", name))) for name in ("whose", "what"))
    return re.compile(f"(?:{whose})?(?:{what})(?:name)?")


def is_public(domain: str) -> bool:
    """Whether a domain can be registered: under a public suffix, and no `example.org`."""
    return has_public_suffix(domain) and ".example." not in f".{domain}"


def _plain(value: str, context: TextContext) -> Address:
    return Address(value, value.rpartition("@")[2], context)


def _protected(value: str, context: TextContext, domain: str = "") -> Address:
    return Address(value, domain or value.rpartition("@")[2], context, protected=True)


def _is_cloudflare(mark: Any) -> bool:
    return bool(mark.get("data-cfemail") or _CLOUDFLARE.search(mark.get("href") or ""))


def _writes_address(script: str) -> bool:
    script = script[:MAX_JSON_LD_LENGTH]
    return bool(_SCRIPT_OUTPUT.search(script) and _SPLIT_MAILTO.search(script))


@cache
def _spelled_dot() -> re.Pattern[str]:
    """Return what finds " dot ", "[dot]" and " (punkt) "."""
    return re.compile(rf"{_bracketed(_alternatives('dot'))}| dot ", re.IGNORECASE)


@cache
def _bracketed_at() -> re.Pattern[str]:
    """Return what finds "name [at] domain.org" in its many spellings."""
    words = _alternatives("at")
    spaced = rf"\s{{1,3}}(?:@|[*_-](?:{words})[*_-])\s{{1,3}}"
    domain = _SPELLED_DOMAIN % _spelled_dot().pattern
    return re.compile(
        rf"(?<![\w.@])({_LOCAL})(?:{_bracketed(words)}|{spaced})({domain})", re.IGNORECASE
    )


def _alternatives(name: str) -> str:
    words = sorted(word_list("protected", name), key=len, reverse=True)
    return "|".join(map(re.escape, words))


def _bracketed(words: str) -> str:
    return rf"\s{{0,3}}[\[({{<]\s?(?:{words})\s?[\])}}>]\s{{0,3}}"
