"""A journal that is damaged in the middle ends every command in one line that says what to do."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from brokenlinks.demo.content import DEMO_NICHE
from tests.end_to_end.conftest import Workspace, setting_arguments
from tests.end_to_end.program import run_scrapy

pytestmark = pytest.mark.slow

NICHE = ("-a", f"niche={DEMO_NICHE}")
PAGE_SIZE = 4096


@pytest.fixture(scope="module")
def worked_on(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Workspace:
    """Return a folder in which a small run has ended."""
    workspace = Workspace(tmp_path_factory.mktemp("worked-on"), request.getfixturevalue("web"))
    done = workspace.crawl(urls=workspace.web.url("stammwuerze.example", "/links"), max_depth=0)
    assert done.returncode == 0, done.stderr
    return workspace


def pages_of(journal: Path, table: str) -> list[int]:
    """Return the numbers of a table's pages in the file."""
    with closing(sqlite3.connect(journal)) as store:
        query = "SELECT pageno FROM dbstat WHERE name = ?"
        return [number for (number,) in store.execute(query, (table,))]


def damage(journal: Path, table: str) -> None:
    """Overwrite a table's pages, as a disk does that returns other bytes than it was given."""
    numbers = pages_of(journal, table)
    with journal.open("r+b") as file:
        for number in numbers:
            file.seek((number - 1) * PAGE_SIZE)
            file.write(os.urandom(PAGE_SIZE))


@pytest.mark.parametrize("table", ["pages", "links", "targets", "observations", "runs", "notes"])
def test_every_command_ends_in_one_line(worked_on: Workspace, tmp_path: Path, table: str) -> None:
    folder = tmp_path / "work"
    shutil.copytree(worked_on.folder, folder)
    damage(folder / "output" / "journal.sqlite", table)
    workspace = Workspace(folder, worked_on.web)
    url = workspace.web.url("stammwuerze.example", "/links")
    usual = setting_arguments(workspace.web.settings())
    for words in (
        workspace.command({"urls": url, "max_depth": 0}),
        ["crawl", "recheck", *NICHE, *usual],
        ["report", *NICHE],
        ["export", *NICHE, "links.csv"],
    ):
        done = run_scrapy(folder, *words)
        if done.returncode in {0, 3} and not done.stderr:
            continue  # it does not read that table
        assert done.returncode == 2, (words, done.stderr)
        assert done.stderr.count("\n") == 1, done.stderr
        line = done.stderr
        assert "is damaged" in line
        assert re.search(r"the newest is \S+/backups/journal-\d{8}\.sqlite", line)


def test_the_copy_that_is_put_back_continues(worked_on: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    shutil.copytree(worked_on.folder, folder)
    [copy] = (folder / "output" / "backups").glob("journal-*.sqlite")
    for file in (folder / "output").glob("journal.sqlite*"):
        file.unlink()
    shutil.copy(copy, folder / "output" / "journal.sqlite")
    reported = run_scrapy(folder, "report", *NICHE)
    assert reported.stdout.startswith("1 confirmed, 1 suspected")
