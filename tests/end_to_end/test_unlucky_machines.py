"""Closed terminals and pipes, few open files, little memory, a program that is replaced as it runs.

Each is a process of its own, ended by what it meets or by nothing.
"""

from __future__ import annotations

import os
import pty
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from openpyxl import load_workbook

from brokenlinks.commands.machine import DATA_FILES
from tests.end_to_end.conftest import Workspace, more_requests, setting_arguments
from tests.end_to_end.program import ENVIRONMENT, ROOT, RUN_TIMEOUT, scrapy_command

slow = pytest.mark.slow
PAGE = ("stammwuerze.example", "/links")


def in_shell(
    workspace: Workspace, line: str, *words: str, environment: Mapping[str, str] | None = None
) -> CompletedProcess[str]:
    """Run a command in a line of the shell that has it as COMMAND."""
    return subprocess.run(
        ["bash", "-c", line.replace("COMMAND", shlex.join(scrapy_command(*words)))],
        cwd=workspace.folder,
        env={**ENVIRONMENT, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=RUN_TIMEOUT,
        check=False,
    )


def small_crawl(workspace: Workspace) -> list[str]:
    return workspace.command({"urls": workspace.web.url(*PAGE), "max_depth": 0})


@slow
def test_a_closed_terminal_stops_a_run_with_a_workbook(workspace: Workspace) -> None:
    workspace.settings = {"PROBE_CONCURRENCY": 2}
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup, under which tests may run, ignores it
        os.chdir(workspace.folder)
        command = scrapy_command(*workspace.command({"urls": workspace.seeds}))
        os.execve(command[0], command, ENVIRONMENT)
    reached = more_requests(workspace.web, 30)
    while not reached():
        os.read(terminal, 10_000)
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in {0, 3}
    assert load_workbook(workspace.workbook).sheetnames[0] == "Opportunities"
    with sqlite3.connect(workspace.folder / "output" / "journal.sqlite") as store:
        assert store.execute("SELECT finished_at FROM runs").fetchall() == [(None,)]


@slow
@pytest.mark.parametrize(
    ("line", "environment"),
    [
        ("COMMAND | true; exit ${PIPESTATUS[0]}", {}),
        ("COMMAND | true; exit ${PIPESTATUS[0]}", {"PYTHONUNBUFFERED": "1"}),
        ("COMMAND >&-", {}),
    ],
)
def test_nobody_needs_to_read_what_is_printed(
    workspace: Workspace, line: str, environment: dict[str, str]
) -> None:
    crawled = in_shell(workspace, line, *small_crawl(workspace), environment=environment)
    assert (crawled.returncode, crawled.stderr) == (0, "")
    words = ("report", "-a", "niche=home brewing", *setting_arguments({}))
    reported = in_shell(workspace, line, *words, environment=environment)
    assert (reported.returncode, reported.stderr) == (0, "")
    assert workspace.workbook.exists()


@slow
def test_too_few_open_files_are_refused_in_one_line_that_helps(workspace: Workspace) -> None:
    refused = in_shell(workspace, "ulimit -n 64; COMMAND", *small_crawl(workspace))
    assert refused.returncode == 2
    assert refused.stdout == ""
    [line] = refused.stderr.splitlines()
    assert "64 files" in line
    [advice] = [word for word in line.split() if word.startswith("PROBE_CONCURRENCY=1")]
    words = [*small_crawl(workspace), "-s", advice]
    taken = in_shell(workspace, "ulimit -n 64; COMMAND", *words)
    assert (taken.returncode, taken.stderr) == (0, "")
    raised = in_shell(workspace, "ulimit -S -n 64; COMMAND", *small_crawl(workspace))
    assert (raised.returncode, raised.stderr) == (0, "")


@slow
@pytest.mark.parametrize(
    "megabytes", [350, *(pytest.param(n, marks=pytest.mark.soak) for n in (200, 800))]
)
def test_little_memory_ends_a_run_and_never_hangs_it(workspace: Workspace, megabytes: int) -> None:
    line = f"ulimit -v {megabytes * 1024}; COMMAND"
    done = in_shell(workspace, line, *small_crawl(workspace))
    assert done.returncode is not None


def test_every_data_file_is_read_at_the_start() -> None:
    package = Path(str(files("brokenlinks")))
    found = {path.relative_to(package).as_posix() for path in package.rglob("*.toml")}
    assert {name for name in found if not name.startswith("demo/")} == set(DATA_FILES)


@pytest.fixture
def own_copy(tmp_path: Path) -> Path:
    """Return a copy of the program that a test may damage."""
    for name in ("brokenlinks", "spiders", "pipelines"):
        shutil.copytree(ROOT / name, tmp_path / "program" / name)
    return tmp_path / "program"


@slow
@pytest.mark.parametrize("name", ["settings.toml", "html/dates.toml"])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"\xff\xfe")])
def test_a_data_file_that_cannot_be_read_is_named_in_one_line(
    workspace: Workspace, own_copy: Path, name: str, damage: object
) -> None:
    assert callable(damage)
    damage(own_copy / "brokenlinks" / name)
    environment = {"PYTHONPATH": str(own_copy)}
    done = in_shell(workspace, "COMMAND", *small_crawl(workspace), environment=environment)
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert f"{name} cannot be read" in line


@slow
def test_a_program_that_is_removed_in_the_middle_of_a_run_ends_it(
    workspace: Workspace, own_copy: Path
) -> None:
    workspace.settings = {"PROBE_CONCURRENCY": 2}
    reached = more_requests(workspace.web, 3)
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", *small_crawl(workspace)],
        cwd=workspace.folder,
        env={**ENVIRONMENT, "PYTHONPATH": str(own_copy)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not reached():
        assert process.poll() is None
    for path in (own_copy / "brokenlinks").rglob("*.toml"):
        path.unlink()
    out, err = process.communicate(timeout=RUN_TIMEOUT)
    assert (process.returncode, err) == (0, "")
    assert "1 confirmed, 1 suspected" in out
