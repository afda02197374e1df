"""Mail addresses on a page: linked, written out, in structured data, or protected from programs.

An address is taken as it stands, never put together from guesses. What stands around it is kept;
whose it is, and whether it is worth anything, is for `choosing`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote

from brokenlinks.enrichment.contacts.words import data, local_part_is, notices
from brokenlinks.html.visible_lines import Line, Sight, is_marked
from brokenlinks.models.contact import Address, Around
from brokenlinks.text.urls import ascii_host, has_public_suffix, registrable_domain, site_of
from brokenlinks.text.words import worded

ADDRESSES_KEPT = 200
JSON_LD_LENGTH, JSON_LD_DEPTH = 200_000, 12
HREF_LENGTH = 2000
_LOCAL = r"[a-z0-9](?:[a-z0-9_.+'&-]{0,62}[a-z0-9_+-])?"
_DOMAIN = r"(?:[^\W_][\w-]{0,62}\.){1,6}[^\W\d_]{2,24}"
_ADDRESS = re.compile(rf"(?<![\w.+@/'&-])({_LOCAL})@({_DOMAIN})(?![\w@-]|:\S|\.\w)", re.IGNORECASE)
_WORDY_DOMAIN = r"[\w-]{1,63}(?:\s{0,3}(?:\.|%s)\s{0,3}[\w-]{1,63}){1,5}"
_BARE = re.compile(
    rf"(?<![\w.@])({_LOCAL}) at ([\w-]{{1,63}}(?: dot [\w-]{{1,63}}){{1,5}})\b", re.IGNORECASE
)
_SHOUTED = re.compile(rf"(?<![\w.@])((?i:{_LOCAL})) AT ((?i:{_DOMAIN}))\b")
_CLOUDFLARE = re.compile(r"/cdn-cgi/l/email-protection(?:#([0-9a-f]*))?", re.IGNORECASE)
_SCRIPTED_HREF = re.compile(r"^\s*javascript:.*mail", re.IGNORECASE | re.DOTALL)
_WRITES_MAIL = re.compile(r"document\.write|innerHTML|\.href\s*=")
_MAIL_PARTS = re.compile(
    r"mai['\"]?\s*(?:\+\s*)?['\"]?lto|ilto:|&#64;|['\"]@['\"]|\\u0040|\\x40", re.IGNORECASE
)
_RESOLUTION_OR_VERSION = re.compile(r"\d+x?|v?\d+(?:\.\d+)+.*")
_ORGANISATIONS = re.compile(
    r"Organi[sz]ation|ContactPoint|Library|Museum|School|Club|Business|WebSite|NGO|Store"
)


def addresses_of(root: Any, sight: Sight, page_url: str, *, decode: bool) -> list[Address]:
    """Return the page's addresses in their order, each spelling once for each line."""
    found: dict[tuple[str, str, str], Address] = {}
    for address in _all(root, sight, page_url, decode=decode):
        if len(found) < ADDRESSES_KEPT:
            found.setdefault((address.value, address.domain, address.around.line), address)
    return list(found.values())


def parse_address(text: str) -> str:
    """Return an address in lower case, "" when it cannot be one that somebody reads."""
    match = _ADDRESS.fullmatch(text.strip().strip("<>"))
    return _accepted(match[1], match[2]) if match else ""


def mailto_addresses(href: str) -> list[str]:
    """Return the addresses a `mailto:` link writes to; what it merely copies in is left out."""
    scheme, _, rest = href[:HREF_LENGTH].strip().partition(":")
    if scheme.lower() != "mailto":
        return []
    recipients, _, query = rest.lstrip("/").partition("?")
    more = parse_qs(query.lower(), max_num_fields=50).get("to", []) if query.count("&") < 50 else []
    parts = re.split(r"[,;]", ",".join([unquote(recipients), *more]))
    return [found for part in parts if (found := parse_address(re.sub(r"^.*<|>.*$", "", part)))]


def decoded_cloudflare(code: str) -> str:
    """Undo Cloudflare's protection (the first byte is XORed to the others), "" when it is none."""
    try:
        key, *rest = bytes.fromhex(code)
    except ValueError:
        return ""
    return parse_address(bytes(byte ^ key for byte in rest).decode("utf-8", "replace"))


def _all(root: Any, sight: Sight, page_url: str, *, decode: bool) -> Iterator[Address]:
    for line in sight.lines:
        for mark in line.marks:
            yield from _marked(mark, line.around, decode=decode)
        if line.reversed:
            yield from _turned_round(line, decode=decode)
        else:
            yield from _written(line)
            yield from _spelled_out(line, decode=decode)
    yield from _form_actions(sight)
    yield from _structured(root, site_of(page_url))


def _marked(mark: Any, around: Around, *, decode: bool) -> Iterator[Address]:
    """Read a mail link, or what stands in the place of one."""
    href = (mark.get("href") or "")[:HREF_LENGTH]
    linked = mailto_addresses(href)
    for value in linked:
        yield _plain(value, around)
    hidden = _CLOUDFLARE.search(href)
    code = mark.get("data-cfemail") or (hidden[1] if hidden else None)
    writes = mark.tag == "script" and _writes_address(mark.text or "")
    if code or hidden:
        yield _protected(decoded_cloudflare(code or "") if decode else "", around)
    elif writes or _SCRIPTED_HREF.match(href) or (not linked and is_marked(mark)):
        yield _protected("", around)


def _written(line: Line) -> Iterator[Address]:
    """Read addresses that stand in a line's text, and notices that stand in their place."""
    for match in _ADDRESS.finditer(line.text) if "@" in line.text else ():
        if _is_in_the_way(match[0]):
            yield _protected("", line.around, match[2])
        elif value := _accepted(match[1], match[2]):
            yield _plain(value, line.around)
    if notices().search(worded(line.text)) and not any(map(_is_cloudflare, line.marks)):
        yield _protected("", line.around)


def _spelled_out(line: Line, *, decode: bool) -> Iterator[Address]:
    """Read addresses written as "name [at] domain.org"."""
    for pattern in (_bracketed(), _BARE, _SHOUTED):
        for match in pattern.finditer(line.text):
            domain = re.sub(r"\s+", "", _wordy_dot().sub(".", match[2]))
            if value := parse_address(f"{match[1]}@{domain}".replace("..", ".")):
                domain = value.rpartition("@")[2]
                yield _protected(value if decode else "", line.around, domain)


def _turned_round(line: Line, *, decode: bool) -> Iterator[Address]:
    """Read addresses that are written backwards."""
    for match in _ADDRESS.finditer(line.text[::-1]):
        if value := _accepted(match[1], match[2]):
            yield _protected(value if decode else "", line.around)


def _form_actions(sight: Sight) -> Iterator[Address]:
    for form, around in sight.forms:
        for value in mailto_addresses(form.get("action") or ""):
            yield _plain(value, around)


def _structured(root: Any, site: str) -> Iterator[Address]:
    """Read JSON-LD and microdata that say how to reach an organisation."""
    for script in root.iterfind(".//script[@type]"):
        if "ld+json" in script.get("type").lower():
            yield from _json_ld((script.text or "")[:JSON_LD_LENGTH], site)
    for meta in root.iterfind(".//meta[@itemprop]"):
        if meta.get("itemprop").lower() == "email" and (value := _bare(meta.get("content"))):
            yield _plain(value, Around("email"))


def _json_ld(text: str, site: str) -> Iterator[Address]:
    try:
        known = json.loads(text)
    except (ValueError, RecursionError):
        return
    for thing in _things(known, JSON_LD_DEPTH):
        kind, home = str(thing.get("@type", "")), thing.get("url")
        elsewhere = isinstance(home, str) and "://" in home and site_of(home) != site
        if _ORGANISATIONS.search(kind) and not elsewhere and (value := _bare(thing.get("email"))):
            said = thing.get("contactType")
            line = f"email {said}" if isinstance(said, str) else "email"
            yield _plain(value, Around(line))


def _things(known: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(known, dict):
        yield known
    if depth and isinstance(known, dict | list):
        for inner in known.values() if isinstance(known, dict) else known:
            yield from _things(inner, depth - 1)


def _bare(text: Any) -> str:
    """Return the address in a field that holds just one, with or without `mailto:`."""
    if not isinstance(text, str):
        return ""
    return parse_address(text) or next(iter(mailto_addresses(text)), "")


def _accepted(local: str, domain: str) -> str:
    """Return the address, "" when it is a file's name, a version, an example or never read."""
    host, local = ascii_host(domain), local.lower()
    is_file = host.rpartition(".")[2] in data("domains", "file_endings")
    if not host or is_file or _RESOLUTION_OR_VERSION.fullmatch(host.partition(".")[0]):
        return ""
    if _is_placeholder(host) or local in data("local_parts", "placeholder"):
        return ""
    return "" if ".." in local or local_part_is("never", local) else f"{local}@{host}"


def _is_placeholder(host: str) -> bool:
    """Tell a domain that a template is shipped with, such as yourcompany.net, ihre-domain.de."""
    name = registrable_domain(host).partition(".")[0].replace("-", "")
    return host in data("domains", "placeholder") or bool(_left_over().fullmatch(name))


@cache
def _left_over() -> re.Pattern[str]:
    """Return what matches the name of a domain that is yet to be filled in."""
    whose, what = ("|".join(sorted(data("domains", name))) for name in ("whose", "what"))
    return re.compile(f"(?:{whose})?(?:{what})(?:name)?")


def is_public(domain: str) -> bool:
    """Tell whether a domain can be somebody's: under a public suffix, and no `example.org`."""
    return has_public_suffix(domain) and ".example." not in f".{domain}"


def _plain(value: str, around: Around) -> Address:
    return Address(value, value.rpartition("@")[2], around)


def _protected(value: str, around: Around, domain: str = "") -> Address:
    return Address(value, domain or value.rpartition("@")[2], around, protected=True)


def _is_in_the_way(text: str) -> bool:
    return any(word in text.lower() for word in data("protected", "in_the_way"))


def _is_cloudflare(mark: Any) -> bool:
    return bool(mark.get("data-cfemail") or _CLOUDFLARE.search(mark.get("href") or ""))


def _writes_address(script: str) -> bool:
    script = script[:JSON_LD_LENGTH]
    return bool(_WRITES_MAIL.search(script) and _MAIL_PARTS.search(script))


@cache
def _wordy_dot() -> re.Pattern[str]:
    """Return what finds " dot ", "[dot]" and " (punkt) "."""
    words = "|".join(re.escape(word) for word in sorted(data("protected", "dot"), key=len)[::-1])
    return re.compile(rf"\s{{0,3}}[\[({{<]\s?(?:{words})\s?[\])}}>]\s{{0,3}}| dot ", re.IGNORECASE)


@cache
def _bracketed() -> re.Pattern[str]:
    """Return what finds "name [at] domain.org" in its many spellings."""
    words = "|".join(re.escape(word) for word in sorted(data("protected", "at"), key=len)[::-1])
    at = rf"\s{{0,3}}[\[({{<]\s?(?:{words})\s?[\])}}>]\s{{0,3}}"
    spaced = rf"\s{{1,3}}(?:@|[*_-](?:{words})[*_-])\s{{1,3}}"
    domain = _WORDY_DOMAIN % _wordy_dot().pattern
    return re.compile(rf"(?<![\w.@])({_LOCAL})(?:{at}|{spaced})({domain})", re.IGNORECASE)
