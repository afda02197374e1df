"""Weeks in the life of a few links: `recheck` asks what is due, `verify` before a mail is sent."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.behaviours import reset
from brokenlinks.demo.server import Behaviour, Site
from tests.end_to_end.conftest import more_requests, setting_arguments
from tests.end_to_end.program import Program, run_scrapy
from tests.labelled.case import Case
from tests.labelled.web import NICHE, LabelledWeb

pytestmark = pytest.mark.slow

T0 = datetime(2026, 3, 2, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SLACK = timedelta(minutes=10)
"""A run takes a while: what it asks at its end is due that much later."""
HOME = b.answer(b.page("The brewers' shelf", "<p>What we wrote about hops and malt.</p>"))
PAGE = b.answer(b.article("Storing hops", "How we keep hops fresh."))
GONE = b.missing("The brewers' shelf")


def case(
    host: str, answered: Behaviour, otherwise: Behaviour = GONE, home: Behaviour = HOME
) -> Case:
    site = Site(otherwise, {"/": home, "/hops": answered})
    return Case(host, (), f"{host}/hops", f"Storing hops, by {host}", {host: site})


@dataclass
class WeeklyRuns:
    """A user's folder over several weeks, with a small web."""

    folder: Path
    web: LabelledWeb
    settings: dict[str, object] = field(default_factory=dict)

    def command(self, spider: str, at: datetime, **arguments: str) -> list[str]:
        words = ["crawl", spider]
        words += [w for n, v in {"niche": NICHE, **arguments}.items() for w in ("-a", f"{n}={v}")]
        settings = {**self.web.settings(), "CLOCK": at.isoformat(), **self.settings}
        return words + setting_arguments(settings)

    def crawl(self, at: datetime) -> str:
        urls = ",".join(self.web.seed_urls())
        return self.run(self.command("resources", at, urls=urls, max_depth="0", providers="none"))

    def recheck(self, at: datetime) -> set[str]:
        """Check again, and return the hosts that were asked for a page."""
        self.web.requests.clear()
        self.run(self.command("recheck", at))
        return self.requested_hosts()

    def requested_hosts(self) -> set[str]:
        asked = (r for r in self.web.requests if r.path != "/robots.txt")
        return {request.host for request in asked} - self.web.services

    def verify(self, at: datetime, **arguments: str) -> str:
        return self.run(self.command("verify", at, **arguments))

    def run(self, command: list[str]) -> str:
        done = run_scrapy(self.folder, *command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def set_response(self, host: str, behaviour: Behaviour) -> None:
        self.web.sites[host].paths["/hops"] = behaviour

    def state(self, host: str) -> tuple[str, str]:
        """Return a target's verdict and stage."""
        [(verdict, stage)] = self.query(
            f"SELECT verdict, stage FROM targets WHERE url LIKE '%{host}%'"
        )
        return verdict, stage

    def checks(self) -> int:
        [(count,)] = self.query("SELECT count(*) FROM observations")
        return int(count)

    def query(self, sql: str) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "output" / "journal.sqlite")) as store:
            return store.execute(sql).fetchall()

    @property
    def workbook(self) -> Path:
        return self.folder / "output" / "home-brewing.xlsx"

    def rows(self) -> dict[str, dict[str, Any]]:
        """Return the work list's rows by the host of the dead link."""
        values = load_workbook(self.workbook)["Opportunities"].iter_rows(values_only=True)
        headers = [str(name) for name in next(values)]
        rows = [dict(zip(headers, row, strict=True)) for row in values]
        return {str(row["Dead link"]).split("/")[2].partition(":")[0]: row for row in rows}

    def set_status(self, status: str, *hosts: str) -> None:
        book = load_workbook(self.workbook)
        sheet = book["Opportunities"]
        columns = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
        for row in range(2, sheet.max_row + 1):
            if any(host in str(sheet.cell(row, columns["Dead link"]).value) for host in hosts):
                sheet.cell(row, columns["Status"], status)
        book.save(self.workbook)


@pytest.fixture
def weeks(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[WeeklyRuns]:
    with LabelledWeb(request.param) as web:
        yield WeeklyRuns(tmp_path, web)


LIVING = case("living.example", PAGE)
LOST = case("lost.example", GONE)
BACK = case("back.example", GONE)
DOWN = case("down.example", reset, reset, home=reset)


@pytest.mark.parametrize("weeks", [(LIVING, LOST, BACK, DOWN)], indirect=True)
def test_time_confirms_once_what_stays_dead_and_clears_what_comes_back(weeks: WeeklyRuns) -> None:
    hosts = [LOST.name, BACK.name, DOWN.name]
    stages: dict[str, list[tuple[str, str]]] = {host: [] for host in hosts}
    weeks.crawl(T0)
    for host in hosts:
        stages[host].append(weeks.state(host))
    assert weeks.recheck(T0 + SLACK) == set(), "nothing is due on the same day"

    weeks.set_response(BACK.name, PAGE)
    asked = []
    for days in (1, 4, 9):
        asked.append(weeks.recheck(T0 + days * (DAY + SLACK)))
        for host in hosts:
            stages[host].append(weeks.state(host))

    assert asked[0] == set(hosts)
    assert asked[1] == {DOWN.name}, "only what is due"
    assert LIVING.name not in set().union(*asked)
    gone = ("dead_gone", "suspected")
    assert stages[LOST.name] == [gone, *[("dead_gone", "confirmed")] * 3]
    assert stages[BACK.name] == [gone, *[("alive", "")] * 3]
    assert stages[DOWN.name] == [*[("transient", "")] * 3, ("dead_host", "confirmed")]
    [(recovered,)] = weeks.query("SELECT recovered_at FROM targets WHERE url LIKE '%back.ex%'")
    assert recovered.startswith("2026-03-03")


@pytest.mark.parametrize(
    "weeks", [tuple(case(f"lost-{n}.example", GONE) for n in range(40))], indirect=True
)
def test_a_killed_recheck_loses_nothing(weeks: WeeklyRuns) -> None:
    weeks.crawl(T0)
    before = weeks.checks()
    weeks.settings = {"PROBE_CONCURRENCY": 1}
    program = Program(weeks.folder, *weeks.command("recheck", T0 + DAY + SLACK))
    program.wait_for(lambda: weeks.checks() > before)
    program.send_signal(signal.SIGKILL)
    program.finish()
    between = weeks.checks()
    assert before < between < 2 * before
    weeks.recheck(T0 + DAY + 2 * SLACK)
    assert weeks.checks() == 2 * before, "each target once more, and only once"
    assert weeks.recheck(T0 + DAY + 3 * SLACK) == set()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    "weeks", [tuple(case(f"lost-{n}.example", GONE) for n in range(12))], indirect=True
)
def test_a_recheck_that_is_stopped_ends_soon(weeks: WeeklyRuns, sent: signal.Signals) -> None:
    weeks.crawl(T0)
    weeks.settings = {"PROBE_CONCURRENCY": 1}
    reached = more_requests(weeks.web, 20)
    program = Program(weeks.folder, *weeks.command("recheck", T0 + DAY + SLACK))
    program.wait_for(reached)
    program.send_signal(sent)
    stopped = program.finish()
    assert stopped.returncode == 0, stopped.stderr
    assert "the same command continues it" in stopped.stdout


STAYS = case("stays.example", b.refusal(410))
RETURNS = case("returns.example", b.refusal(410))
TAKEN_OFF = case("taken-off.example", b.refusal(410))
NOT_YET = case("not-yet.example", b.refusal(410))


@pytest.mark.parametrize("weeks", [(STAYS, RETURNS, TAKEN_OFF, NOT_YET)], indirect=True)
def test_verify_asks_page_and_target_of_the_chosen_rows_once_more(weeks: WeeklyRuns) -> None:
    weeks.crawl(T0)
    weeks.set_status("Ready", STAYS.name, RETURNS.name, TAKEN_OFF.name)
    weeks.set_response(RETURNS.name, PAGE)
    [page] = weeks.web.pages
    kept = LabelledWeb([STAYS, RETURNS, NOT_YET])
    kept.port = weeks.web.port
    weeks.web.sites[page.host].paths[page.path] = kept.sites[page.host].paths[page.path]
    weeks.web.requests.clear()

    output = weeks.verify(T0 + 2 * DAY)
    assert "3 of 3 rows (still linked 2, link gone 1)" in output
    assert weeks.requested_hosts() == {STAYS.name, RETURNS.name}
    rows = weeks.rows()
    assert rows[STAYS.name]["Verified"].date() == (T0 + 2 * DAY).date()
    assert rows[STAYS.name]["Status"] == "Ready"
    assert (rows[RETURNS.name]["Status"], rows[RETURNS.name]["Verdict"]) == ("Ready", "recovered")
    assert rows[TAKEN_OFF.name]["Verdict"] == "fixed"
    assert rows[NOT_YET.name]["Verified"] is None

    weeks.web.sites[page.host].paths[page.path] = b.refusal(404)
    weeks.verify(T0 + 3 * DAY)
    row = weeks.rows()[STAYS.name]
    assert (row["Status"], row["Verdict"]) == ("Ready", "page gone")


@pytest.mark.parametrize("weeks", [(STAYS,)], indirect=True)
def test_what_cannot_be_verified_is_said_in_one_line(weeks: WeeklyRuns) -> None:
    for spider in ("recheck", "verify"):
        done = run_scrapy(weeks.folder, *weeks.command(spider, T0))
        assert done.returncode == 2
        assert "nothing is known about 'home brewing'" in done.stderr
    weeks.crawl(T0)
    done = run_scrapy(weeks.folder, *weeks.command("verify", T0, status="Raedy"))
    assert done.returncode == 2
    assert "no row has the status 'Raedy'" in done.stderr
    weeks.settings = {"SUMMARY": "line"}
    assert "no row has the status 'Ready'" in weeks.verify(T0)
    weeks.workbook.unlink()
    done = run_scrapy(weeks.folder, *weeks.command("verify", T0))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
