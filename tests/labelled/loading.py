"""Reads the labelled cases: one folder a case, as `README.md` describes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from brokenlinks.demo.declared import Read, Reply, behaviour, expanded
from brokenlinks.demo.server import DEFAULT_NAME_SERVERS, DnsEntry, Site
from brokenlinks.demo.services import Capture
from tests.labelled.case import Case

Half = Literal["tuned", "held_out"]
HALVES: tuple[Half, ...] = get_args(Half)
CASES = Path(__file__).parent / "cases"
OTHER_PATHS = "*"


def load(half: Half) -> tuple[Case, ...]:
    """Return the cases of a half, by name."""
    return tuple(map(read_case, sorted((CASES / half).iterdir())))


def read_case(folder: Path) -> Case:
    """Return the case in a folder. Raises ValueError, naming the folder, when it has a mistake."""

    def read(name: str) -> bytes:
        return (folder / name).read_bytes()

    try:
        return _case(folder.name, tomllib.loads(read("case.toml").decode()), read)
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise ValueError(f"{folder}: {error!r}") from error


def _case(name: str, table: Mapping[str, Any], read: Read) -> Case:
    url = table["url"]
    captures: dict[str, list[Capture]] = {}
    for entry in table.get("archive", ()):
        at = entry.get("url", url)
        captures.setdefault(at, []).append(_capture(at.partition("/")[0], entry, read))
    return Case(
        name,
        tuple(table["verdicts"]),
        url,
        table["anchor"],
        {host: _site(replies, read) for host, replies in table.get("sites", {}).items()},
        {host: _dns_entry(entry) for host, entry in table.get("dns", {}).items()},
        captures,
        table.get("registered", {}),
        closed=table.get("closed", False),
        falters=any(
            isinstance(reply, dict) and "tries" in reply
            for replies in table.get("sites", {}).values()
            for reply in replies.values()
        ),
    )


def _site(replies: Mapping[str, Reply], read: Read) -> Site:
    behaviours = {path: behaviour(reply, read) for path, reply in replies.items()}
    return Site(behaviours.pop(OTHER_PATHS), behaviours)


def _dns_entry(entry: str | Mapping[str, Any]) -> str | DnsEntry:
    if isinstance(entry, str):
        return entry
    names = tuple(entry.get("name_servers", DEFAULT_NAME_SERVERS))
    return DnsEntry(entry["address"], entry.get("cname", ""), names)


def _capture(host: str, entry: Mapping[str, Any], read: Read) -> Capture:
    """Return a capture; its page may be one the host serves, which is then filled in for it."""
    text = entry.get("text", "")
    if "body" in entry:
        text = expanded(read(entry["body"])).decode().replace("{host}", host)
    return Capture(entry["at"], str(entry.get("status", 200)), entry.get("type", "text/html"), text)
