"""The rules of the house that a reader cannot see at a glance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SUBJECT = sorted((ROOT / "brokenlinks").rglob("*.py"))
KNOWS_SCRAPY = ("settings.py", "commands/", "extensions/", "net/")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", SUBJECT, ids=str)
def test_arrows_point_from_spiders_and_pipelines_to_the_subject(path: Path) -> None:
    tops = {name.split(".")[0] for name in imports(path)}
    assert not tops & {"spiders", "pipelines"}
    inside = path.relative_to(ROOT / "brokenlinks").as_posix()
    if not inside.startswith(KNOWS_SCRAPY):
        assert not tops & {"scrapy", "twisted"}
