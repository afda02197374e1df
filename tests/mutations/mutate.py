"""Mutations: what the world does to a file or an answer of a known form."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from enum import Enum
from functools import reduce

from hypothesis import strategies as st

COPIES = 500 if os.environ.get("HYPOTHESIS_PROFILE") == "explore" else 60
"""Of each kind: 500 take ten minutes of a processor, which a weekly job has."""
MAX_MUTATIONS = 4
"""One alone is found soonest; some faults need two."""
REPLACED_SHARE = 8
"""Odd values in place of others find most: about as often as all other mutations together."""
ODD_WORDS = (
    *("", " ", "0", "-1", "1e999", "NaN", "9" * 5_000, "\x00", "\ufeff", "\u2028", "\ud7ff", "é"),
    *("http://[", "http://[::1", "http://x:99999999/", "http://\x00/", "//", "https://a.b:c/"),
    *("http://xn--/", "http://1.2.3.4.5/", "http://a..b/", "mailto:", "javascript:alert(1)"),
    *("0000-00-00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "99999999999999"),
    *('"', "'", "=1+1", "\\", "%", "%zz", "&", "<", ">", "]]>", "&#0;", "&#xD800;", "{", "[[[["),
    *("*", "$", "(", "\r", "\n\n", "\t", ";", ",", "#", "co.", "@", "a@", "*@*", "x" * 20_000),
)
ODD_JSON = (
    *("null", "true", "0", "-1", "1e999", "-1e999", "NaN", "9" * 400, "0.1", '""', '"http://["'),
    *(
        '"\\ud800"',
        '"\\u0000"',
        "[]",
        "{}",
        "[null]",
        "[[1]]",
        '{"a":[]}',
        '"9999-12-31T23:59:59Z"',
    ),
    *('"0001-01-01T00:00:00+14:00"', '"2024-02-30"', '"99999999999999"', '"' + "9" * 5_000 + '"'),
    *("[" * 20_000, '"' + "x" * 20_000 + '"', "", "x", '"'),
)
ENCODINGS = (
    *("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "latin-1"),
    *("cp1251", "shift_jis", "gb18030", "mac-roman", "cp037"),
)


class Form(Enum):
    """What the parts of a content are, and what may stand in their place."""

    TEXT = (re.compile(r"[^\s,;:\"'<>=()\[\]{}]+"), ODD_WORDS)
    JSON = (re.compile(r'"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null'), ODD_JSON)
    MARKUP = (re.compile(r"<[^<>]*>|\"[^\"<>]*\"|[^<>\"\s]+"), ODD_WORDS)
    BINARY = (None, ())


Mutation = Callable[[bytes], bytes]


def mutations(form: Form) -> st.SearchStrategy[Mutation]:
    """Return what mutates a content, in one to four places."""
    several = st.lists(_mutations(form), min_size=1, max_size=MAX_MUTATIONS)
    return several.map(
        lambda chosen: lambda content: reduce(lambda done, mutate: mutate(done), chosen, content)
    )


def mutated(content: bytes, form: Form) -> st.SearchStrategy[bytes]:
    """Return mutated copies of a content."""
    return mutations(form).map(lambda mutate: mutate(content))


def _mutations(form: Form) -> st.SearchStrategy[Mutation]:
    share = st.floats(0, 1, exclude_max=True)
    length = st.integers(1, 64) | st.integers(1, 5_000)
    in_bytes = (
        st.builds(_set_byte, share, st.integers(0, 255)),
        st.builds(_insert, share, st.binary(min_size=1, max_size=8)),
        st.builds(_delete, share, length),
        st.builds(_double, share, length),
        st.builds(_cut, share),
    )
    pattern, odd = form.value
    if pattern is None:
        return st.one_of(in_bytes)
    replaced = st.builds(_replace_part, st.just(pattern), share, st.sampled_from(odd))
    return st.one_of(
        *[replaced] * REPLACED_SHARE,
        st.builds(_swap_parts, st.just(pattern), share, share),
        st.builds(_double_line, share, st.integers(1, 3)),
        st.builds(_drop_line, share),
        st.builds(_insert_line, share, st.sampled_from(ODD_WORDS)),
        st.builds(_line_ends, st.sampled_from((b"\r\n", b"\r", b"\n\r", b"\x0b", b""))),
        st.builds(_encode, st.sampled_from(ENCODINGS)),
        *in_bytes,
    )


def _place(content: Sequence[object], share: float) -> int:
    return int(len(content) * share)


def _set_byte(share: float, byte: int) -> Mutation:
    def mutate(content: bytes) -> bytes:
        at = _place(content, share)
        return content[:at] + bytes([byte]) + content[at + 1 :]

    return mutate


def _insert(share: float, added: bytes) -> Mutation:
    def mutate(content: bytes) -> bytes:
        at = _place(content, share)
        return content[:at] + added + content[at:]

    return mutate


def _delete(share: float, length: int) -> Mutation:
    def mutate(content: bytes) -> bytes:
        at = _place(content, share)
        return content[:at] + content[at + length :]

    return mutate


def _double(share: float, length: int) -> Mutation:
    def mutate(content: bytes) -> bytes:
        at = _place(content, share)
        return content[: at + length] + content[at:]

    return mutate


def _cut(share: float) -> Mutation:
    return lambda content: content[: _place(content, share)]


def _replace_part(pattern: re.Pattern[str], share: float, odd: str) -> Mutation:
    def mutate(content: bytes) -> bytes:
        text = content.decode("utf-8", "surrogateescape")
        if not (parts := list(pattern.finditer(text))):
            return content
        part = parts[_place(parts, share)]
        new = text[: part.start()] + odd + text[part.end() :]
        return new.encode("utf-8", "surrogateescape")

    return mutate


def _swap_parts(pattern: re.Pattern[str], one: float, other: float) -> Mutation:
    def mutate(content: bytes) -> bytes:
        text = content.decode("utf-8", "surrogateescape")
        if not (parts := list(pattern.finditer(text))):
            return content
        first, last = sorted((_place(parts, one), _place(parts, other)))
        if first == last:
            return content
        a, b = parts[first], parts[last]
        new = text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]
        return new.encode("utf-8", "surrogateescape")

    return mutate


def _with_lines(change: Callable[[list[bytes]], object]) -> Mutation:
    def mutate(content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        if lines:
            change(lines)
        return b"".join(lines)

    return mutate


def _double_line(share: float, times: int) -> Mutation:
    def change(lines: list[bytes]) -> None:
        at = _place(lines, share)
        lines[at:at] = [lines[at]] * times

    return _with_lines(change)


def _drop_line(share: float) -> Mutation:
    return _with_lines(lambda lines: lines.pop(_place(lines, share)))


def _insert_line(share: float, text: str) -> Mutation:
    return _with_lines(
        lambda lines: lines.insert(_place(lines, share), f"{text}\n".encode("utf-8", "replace"))
    )


def _line_ends(end: bytes) -> Mutation:
    return lambda content: end.join(content.splitlines())


def _encode(encoding: str) -> Mutation:
    return lambda content: content.decode("utf-8", "replace").encode(encoding, "replace")
