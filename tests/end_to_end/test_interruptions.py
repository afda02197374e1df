"""A kill, a stop, a second run: nothing is lost and nothing settled is asked again."""

from __future__ import annotations

import os
import shlex
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from brokenlinks.arguments import make_plan
from brokenlinks.commands.base import niche_lock
from brokenlinks.commands.crawl import log_path
from brokenlinks.demo.behaviours import refusal
from brokenlinks.demo.content import DEMO_NICHE
from brokenlinks.models.run_stats import REPORT
from tests.end_to_end.conftest import CompletedRun, Workspace, more_requests
from tests.end_to_end.program import ENVIRONMENT, RUN_TIMEOUT, Program, scrapy_command

pytestmark = pytest.mark.slow

COMPARED_COLUMNS = [
    *("page_url", "link_url", "anchor", "placement", "verdict", "stage", "reason", "confidence"),
    *("final_url", "archive_url", "archive_timestamp", "checks"),
]
LOW_CONCURRENCY = {"PROBE_CONCURRENCY": 2}
"""So that a kill lands in the middle of the probes."""
FULL_DEVICE = Path("/dev/full")
BLOCKS_LEFT = 293
"""Kilobytes a file may have: the journal's tables fit in, its first links do not."""


def comparable_rows(links: pd.DataFrame) -> list[tuple[object, ...]]:
    table = links[COMPARED_COLUMNS].fillna("").sort_values(["page_url", "link_url"])
    return [tuple(row) for row in table.itertuples(index=False)]


def probed_so_far(folder: Path) -> int:
    with sqlite3.connect(folder / "output" / "journal.sqlite") as store:
        [(count,)] = store.execute("SELECT count(*) FROM observations").fetchall()
    return int(count)


def test_after_a_kill_in_the_middle_the_result_is_that_of_an_undisturbed_run(
    workspace: Workspace, completed_run: CompletedRun
) -> None:
    workspace.settings = LOW_CONCURRENCY
    counts: list[int] = []
    for reached in (
        more_requests(workspace.web, 12),
        lambda: probed_so_far(workspace.folder) > counts[-1],
        lambda: probed_so_far(workspace.folder) > counts[-1],
    ):
        killed = workspace.crawl_until(reached, signal.SIGKILL, urls=workspace.seeds)
        assert killed.returncode == -signal.SIGKILL
        counts.append(probed_so_far(workspace.folder))
    assert 0 < counts[-1] < len(set(completed_run.links["link_url"]))
    assert counts == sorted(counts)

    workspace.settings = {}
    ended = workspace.crawl(urls=workspace.seeds)
    assert ended.returncode == 0, ended.stderr
    assert comparable_rows(workspace.links()) == comparable_rows(completed_run.links)
    assert len(list(workspace.workbook.parent.glob("*.tmp*"))) == 0


def test_a_second_stop_ends_at_once_and_says_what_is_kept(workspace: Workspace) -> None:
    workspace.settings = LOW_CONCURRENCY
    program = Program(workspace.folder, *workspace.command({"urls": workspace.seeds}))
    program.wait_for(more_requests(workspace.web, 12))
    program.send_signal(signal.SIGINT)
    log = workspace.folder / "output" / "logs" / "home-brewing.log"
    program.wait_for(lambda: "shutting down" in log.read_text("utf-8"))
    program.send_signal(signal.SIGINT)
    stopped = program.finish()
    assert stopped.returncode in {0, 5}, "0 if the end of the run came first"
    assert "Traceback" not in stopped.stderr
    if stopped.returncode:
        [line] = stopped.stderr.splitlines()
        assert "scrapy report writes the workbook" in line
    assert workspace.crawl(urls=workspace.seeds).returncode == 0


def test_a_stop_before_the_command_begins_is_one_word() -> None:
    stopped = subprocess.run(
        [sys.executable, "-c", "import brokenlinks.settings; raise KeyboardInterrupt"],
        check=False,
        capture_output=True,
        env=ENVIRONMENT,
        text=True,
    )
    assert (stopped.stdout, stopped.stderr) == ("", "stopped\n")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_soon_with_a_workbook_and_the_same_command_continues(
    workspace: Workspace, sent: signal.Signals
) -> None:
    workspace.settings = LOW_CONCURRENCY
    stopped = workspace.crawl_until(more_requests(workspace.web, 30), sent, urls=workspace.seeds)
    assert stopped.returncode in {0, 3}, stopped.stderr
    assert "the same command continues it" in stopped.stdout
    assert load_workbook(workspace.workbook).sheetnames[0] == "Opportunities"
    with sqlite3.connect(workspace.folder / "output" / "journal.sqlite") as store:
        assert store.execute("SELECT finished_at FROM runs").fetchall() == [(None,)]


def test_a_second_run_of_the_niche_ends_at_once_and_says_why(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "output").mkdir()
    with niche_lock(tmp_path / "output", make_plan(REPORT, {"niche": DEMO_NICHE})):
        second = workspace.crawl(urls=workspace.seeds)
    assert second.returncode == 4
    assert "another run of 'home brewing' is at work" in second.stderr
    assert f"process {os.getpid()} since " in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1


def test_a_journal_has_one_run_of_a_niche_whatever_the_output_folder(workspace: Workspace) -> None:
    workspace.settings = LOW_CONCURRENCY
    first = Program(workspace.folder, *workspace.command({"urls": workspace.seeds}))
    first.wait_for(more_requests(workspace.web, 12))
    journal = workspace.folder / "output" / "journal.sqlite"
    workspace.settings = {"OUTPUT_DIR": "elsewhere", "JOURNAL_URL": f"sqlite:///{journal}"}
    second = workspace.crawl(urls=workspace.seeds)
    assert second.returncode == 4
    assert "another run of 'home brewing' is at work" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1

    first.send_signal(signal.SIGKILL)
    first.finish()
    one_page = {"urls": workspace.web.url("stammwuerze.example", "/links"), "max_depth": 0}
    third = workspace.crawl(**one_page)
    assert third.returncode == 0, "a killed run holds no lock"


def test_a_full_disk_is_said_in_one_line_and_costs_nothing(workspace: Workspace) -> None:
    words = workspace.command(
        {"urls": workspace.web.url("stammwuerze.example", "/links"), "max_depth": 0}
    )
    command = shlex.join(scrapy_command(*words))
    full = subprocess.run(
        ["bash", "-c", f"ulimit -f {BLOCKS_LEFT} && exec {command}"],
        cwd=workspace.folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=RUN_TIMEOUT,
        check=False,
    )
    assert full.returncode == 5
    assert full.stderr.count("\n") == 1, full.stderr
    line = full.stderr
    assert "make room on the disk" in line
    ended = workspace.crawl(urls=workspace.web.url("stammwuerze.example", "/links"), max_depth=0)
    assert ended.returncode == 0, ended.stderr
    assert "1 confirmed, 1 suspected" in ended.stdout


@pytest.mark.skipif(not FULL_DEVICE.exists(), reason="a device of Linux")
def test_a_log_that_cannot_be_written_does_not_bury_what_is_said(workspace: Workspace) -> None:
    log = log_path(workspace.folder / "output", "home-brewing")
    log.parent.mkdir(parents=True)
    log.symlink_to(FULL_DEVICE)
    done = workspace.crawl(urls=workspace.web.url("stammwuerze.example", "/links"), max_depth=0)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_a_person_wrote_survives_the_next_run(workspace: Workspace) -> None:
    web = workspace.web
    one_page = {"urls": web.url("brewdad.example", "/resources"), "max_depth": 0}
    assert workspace.crawl(**one_page).returncode == 0
    book = load_workbook(workspace.workbook)
    sheet = book["Opportunities"]
    headers = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    key = sheet.cell(3, headers["Key"]).value
    sheet.cell(3, headers["Status"], "Contacted")
    sheet.cell(3, headers["Notes"], "=wrote to Ann, she is kind").data_type = "s"
    sheet.cell(1, sheet.max_column + 1, "My priority")
    sheet.cell(3, sheet.max_column, 7)
    book.create_sheet("My plans")["A1"] = "=1+1"
    book.save(workspace.workbook)

    workspace.settings = {"SUMMARY": ""}
    second = workspace.crawl(**one_page)
    assert second.returncode == 0
    [line] = second.stdout.strip().splitlines()
    assert "confirmed and" in line, "one line for the mail of cron"
    assert line.endswith(str(workspace.workbook))
    assert (
        "Opportunities" in (workspace.folder / "output" / "logs" / "home-brewing.log").read_text()
    )
    again = load_workbook(workspace.workbook)
    rows = list(again["Opportunities"].iter_rows(values_only=True))
    names = [str(name) for name in rows[0]]
    [row] = [dict(zip(names, row, strict=True)) for row in rows[1:] if row[0] == key]
    assert row["Status"] == "Contacted"
    assert row["Notes"] == "=wrote to Ann, she is kind"
    assert row["My priority"] == 7
    assert again["My plans"]["A1"].value == "=1+1"
    assert len(list((workspace.workbook.parent / "backups").glob("*.xlsx"))) == 1


def test_a_console_that_lacks_letters_shows_the_summary_all_the_same(workspace: Workspace) -> None:
    page = workspace.web.url("stammwuerze.example", "/links")
    done = subprocess.run(
        scrapy_command(*workspace.command({"niche": "\u5564\u9152", "urls": page, "max_depth": 0})),
        cwd=workspace.folder,
        env={**ENVIRONMENT, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        text=True,
        timeout=RUN_TIMEOUT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u5564\u9152: run finished" in done.stdout


def test_pages_wait_for_a_later_run_while_robots_txt_is_a_server_error(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = "stammwuerze.example"
    job = {"urls": workspace.web.url(host, "/links"), "max_depth": 0}
    read_before = workspace.web.count(host, "/links")
    with monkeypatch.context() as failing:
        failing.setitem(workspace.web.sites[host].paths, "/robots.txt", refusal(500))
        workspace.crawl(**job)
        assert workspace.web.count(host, "/links") == read_before
    workspace.crawl(**job)
    assert workspace.web.count(host, "/links") == read_before + 1
