"""The user's list of who must not be written to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from brokenlinks.models.contact import DoNotContact
from brokenlinks.text.urls import (
    ascii_host,
    has_public_suffix,
    host_of,
    is_ip_address,
    registrable_domain,
)

TEXT_FILE, TABLE_FILE = "do-not-contact.txt", "do-not-contact.csv"
_COMMENT = re.compile(r"#.*")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_SPELLED_AT = re.compile(r"(?<!\s)(?:\s*[\[(]\s*(?:at|@)\s*[\])]\s*|\s+@\s+)")
_PART_SEPARATOR = re.compile(r"[,;]")
_WORD_SEPARATOR = re.compile(r"[\s,;<>()\[\]\"|\u00ab\u00bb\u201c-\u201f\u2013\u2014]+")
_AROUND_WORDS = "-*'`!=\u2018\u2019\u2022\u00b7"
"""Bullets, quotes and marks next to an entry that are not part of it."""
_LOCAL_PART = re.compile(r"[^\s@*\\]+")
_Entry = tuple[str, str]
"""The local part of an address, "" for a whole domain, and the host."""


def read_do_not_contact(lines: Iterable[str], file_name: str = TEXT_FILE) -> DoNotContact:
    """Read addresses, domains and URLs: lines of text, or of a table when it is a `.csv` file.

    Names and remarks may surround them; text in brackets counts only where the rest of the line has
    no entry. In a text file, commas separate entries and `#` begins a comment. A part without an
    entry (in a table, a row below the header) is a problem, and so is a word that merely looks like
    one: no site is barred on a guess.
    """
    is_table = file_name.endswith(".csv")
    entries: list[_Entry] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        text = _SPELLED_AT.sub("@", line.lower())
        found, unread = _read_parts(_split(_IN_BRACKETS.sub(" ", text), is_table=is_table))
        if not found:
            found, in_brackets = _read_parts(_split(text, is_table=is_table))
            unread = in_brackets if found else unread
        entries += found
        if found or not is_table or number > 1:
            problems += [
                f"{file_name} line {number}: {part!r} is neither an address nor a domain"
                for part in unread
            ]
    return DoNotContact(
        frozenset(f"{local}@{host}" for local, host in entries if local),
        frozenset(host for local, host in entries if not local),
        tuple(problems),
    )


def _split(text: str, *, is_table: bool) -> list[str]:
    return [text] if is_table else _PART_SEPARATOR.split(_COMMENT.sub("", text))


def _read_parts(parts: Iterable[str]) -> tuple[list[_Entry], list[str]]:
    """Return the entries of a line's parts, and what of them was not understood."""
    entries: list[_Entry] = []
    unread: list[str] = []
    for part in parts:
        words = [word for word in _WORD_SEPARATOR.split(part) if word]
        found = [entry for word in words for entry in _entries(word)]
        entries += found
        if found:
            unread += [word for word in words if _resembles_entry(word) and not _entries(word)]
        elif words:
            unread.append(part.strip())
    return entries, unread


def _entries(word: str) -> list[_Entry]:
    """Return the addresses of a word, else the domain or the host of the URL that it is."""
    url = re.search(r"https?://.*", word)
    if url:
        return _domain(host_of(url[0]))
    pieces = re.split(r"[/:]", word.removeprefix("mailto:").partition("?")[0])
    addresses = [address for piece in pieces if (address := _address(piece.strip(_AROUND_WORDS)))]
    return addresses or _domain(pieces[0].lstrip(_AROUND_WORDS + "@.").rstrip(_AROUND_WORDS))


def _address(text: str) -> _Entry | None:
    local, _, domain = text.rpartition("@")
    host = ascii_host(domain)
    return (local, host) if _LOCAL_PART.fullmatch(local) and "." in host else None


def _domain(name: str) -> list[_Entry]:
    """Return the entry of a domain that can be registered; a bare public suffix cannot.

    A full stop at the end makes it a word of a sentence, as in "Acme Co.".
    """
    bare = name.removeprefix("www.")
    host = ascii_host(bare if registrable_domain(bare) else name)
    is_owned = bool(registrable_domain(host)) or (is_ip_address(host) and host == name)
    return [("", host)] if is_owned and not name.endswith(".") else []


def _resembles_entry(word: str) -> bool:
    """Return whether a word may be meant as an address or a domain."""
    return "@" in word or has_public_suffix(ascii_host(word))
