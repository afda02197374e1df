"""No regular expression of the program takes more than linear time for what strangers write.

The test finds the expressions by itself: those that modules keep, those written where they are
used, and those in the data files. It asks each about long texts made of what it looks for.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import tomllib
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from time import process_time
from types import ModuleType

import pytest

import brokenlinks
import pipelines
import spiders

pytestmark = pytest.mark.slow

ROOT = Path(brokenlinks.__file__).parent
FUNCTIONS = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
ANCHORED = {"match", "fullmatch"}
LENGTHS = (25, 200, 2_000, 20_000)
"""Characters: the shorter ones first, since time may grow faster than with the square."""
MAX_SECONDS = 0.25
BOUNDED = {
    "brokenlinks.discovery.providers.wikipedia": 255,
    "brokenlinks.liveness.signals.error_pages._SEPARATORS": 200,
    "brokenlinks.liveness.signals.error_pages._SENTENCE_END": 200,
    "brokenlinks.report.outreach.suppression._IN_BRACKETS": 5_000,  # a line of the user's own file
}
"""Expressions whose texts are cut before, and to how many characters. They are tried at that."""
PATTERN_LISTS = ("refusal", "maintenance", "failure", "withheld")
"""Lists in data files that become one expression."""
COMMON = [
    " ",
    "\t",
    "\n",
    "0",
    "a",
    "A",
    "<",
    ">",
    "'",
    '"',
    "-",
    "/",
    ".",
    "{",
    "<a ",
    "=",
    "\xa0",
]


@cache
def modules() -> dict[str, tuple[ModuleType, ast.Module]]:
    """Return every module of the program with its syntax tree, by name."""
    found = {}
    for package in (brokenlinks, pipelines, spiders):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations.env" in info.name or info.name.endswith("__main__"):
                continue
            module = importlib.import_module(info.name)
            found[info.name] = (module, ast.parse(Path(str(module.__file__)).read_text()))
    return found


@cache
def methods() -> dict[str, set[str]]:
    """Return by the name of a pattern which of its methods are called anywhere."""
    called: dict[str, set[str]] = {}
    for _, tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
                name = node.value.id if isinstance(node.value, ast.Name) else ""
                name = node.value.attr if isinstance(node.value, ast.Attribute) else name
                called.setdefault(name, set()).add(node.attr)
    return called


def kept() -> Iterator[tuple[str, re.Pattern[str], set[str]]]:
    """Yield the patterns that modules keep."""
    for name, (module, _) in modules().items():
        for variable, value in vars(module).items():
            values = value if isinstance(value, list | tuple) else [value]
            for pattern in values:
                if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                    yield f"{name}.{variable}", pattern, methods().get(variable, FUNCTIONS)


def inline() -> Iterator[tuple[str, re.Pattern[str], set[str]]]:
    """Yield the patterns that are written where they are used."""
    for name, (_, tree) in modules().items():
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=function),
                    args=[ast.Constant(value=str(text)), *_],
                ) if function in FUNCTIONS:
                    yield f"{name}: {text}", re.compile(text, re.IGNORECASE), {function}


def in_data() -> Iterator[tuple[str, re.Pattern[str], set[str]]]:
    """Yield the patterns in data files; they are searched for in markup."""
    for path in ROOT.rglob("*.toml"):
        waiting: list[object] = [tomllib.loads(path.read_text())]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                waiting += value.values()
                found = [value.get("pattern"), value.get("message")]
                found += ["|".join(value[name]) for name in PATTERN_LISTS if name in value]
                for text in filter(None, found):
                    yield f"{path.name}: {text}", re.compile(text, re.IGNORECASE), {"search"}
            elif isinstance(value, list):
                waiting += value


def long_texts(pattern: str, length: int) -> Iterator[str]:
    """Yield texts of what a pattern looks for, again and again, with an end that it does not."""
    pieces = re.findall(r"(?:\\[^\w\s]|[^\\.^$*+?{}()|\[\]])+", pattern)
    literals = dict.fromkeys(re.sub(r"\\(.)", r"\1", piece) for piece in pieces)
    letters = dict.fromkeys("".join(literals))
    pumps = [*COMMON, *letters, *literals, *(f"{literal} " for literal in literals)]
    for pump in dict.fromkeys(pumps):
        yield pump * (length // len(pump)) + "\0"
    for start in [literal for literal in literals if len(literal) > 1][:8]:
        for pump in COMMON:
            yield start + pump * (length // len(pump)) + "\0"


def found() -> dict[tuple[str, bool], tuple[str, re.Pattern[str], set[str]]]:
    """Return every pattern once, with where it is from and how it is used."""
    every = [*kept(), *inline(), *in_data()]
    return {
        (pattern.pattern, used <= ANCHORED): (name, pattern, used) for name, pattern, used in every
    }


def test_there_are_patterns_of_each_kind() -> None:
    assert [bool(list(kind())) for kind in (kept, inline, in_data)] == [True] * 3
    assert len(found()) > 150


@pytest.mark.parametrize(("name", "pattern", "used"), found().values())
def test_time_is_linear(name: str, pattern: re.Pattern[str], used: set[str]) -> None:
    longest = BOUNDED.get(name.partition(":")[0], LENGTHS[-1])
    for length in [*(shorter for shorter in LENGTHS if shorter < longest), longest]:
        for text in long_texts(pattern.pattern, length):
            began = process_time()
            if used <= ANCHORED:
                pattern.match(text)
                pattern.fullmatch(text)
            else:
                deque(pattern.finditer(text), maxlen=0)
            seconds = process_time() - began
            assert seconds < MAX_SECONDS, (
                f"{name}: {seconds:.1f} s for {text[:40]!r}... of {length}"
            )
