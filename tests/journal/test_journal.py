"""The journal: versions, queue, due dates, budgets."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from brokenlinks.items import OutboundLink, ResourcePage, Stage, Verdict
from brokenlinks.journal.budget import book_turn, pause_service
from brokenlinks.journal.database import Journal, JournalError, open_journal
from brokenlinks.journal.frames import links_frame
from brokenlinks.journal.notes import remembered_notes, save_notes
from brokenlinks.journal.pages import (
    Candidate,
    known_resource_pages,
    pages_of_run,
    queue_pages,
    settle_page,
    store_page,
    unsettled_pages,
    waiting_pages,
)
from brokenlinks.journal.runs import begin_run, finish_run
from brokenlinks.journal.schema import metadata
from brokenlinks.journal.targets import history_of, record_observation, stored_judgement
from brokenlinks.journal.writer import JournalWriter
from brokenlinks.liveness.evidence import Evidence, Hop, RootFacts
from brokenlinks.liveness.judge import judge
from brokenlinks.plan import CRAWL

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(f"sqlite:///{tmp_path}/journal.sqlite")
    yield opened
    opened.close()


def page(*links: str) -> ResourcePage:
    return ResourcePage(
        url="http://club.example/links",
        key="club.example/links",
        site="club.example",
        links=[
            OutboundLink(url=f"http://{link}", key=link, anchor=link, position=position)
            for position, link in enumerate(links)
        ],
    )


def test_the_migrations_make_the_tables_the_program_uses(journal: Journal) -> None:
    differences = journal.run(lambda c: compare_metadata(MigrationContext.configure(c), metadata))
    assert differences == []


def test_a_journal_from_a_newer_version_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/journal.sqlite"
    journal = open_journal(url)
    journal.run(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    journal.close()
    with pytest.raises(JournalError, match="newer version"):
        open_journal(url)


def test_a_file_that_is_no_journal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_text("my shopping list\n" * 100)
    with pytest.raises(JournalError, match="not a journal"):
        open_journal(f"sqlite:///{path}")
    assert path.read_text().startswith("my shopping list")


def test_the_same_command_continues_what_was_cut_off(journal: Journal) -> None:
    first = journal.run(begin_run, "hops", CRAWL, "{}", NOW)
    assert journal.run(begin_run, "hops", CRAWL, "{}", NOW).resumed
    assert journal.run(begin_run, "malt", CRAWL, "{}", NOW).id != first.id
    other = journal.run(begin_run, "hops", CRAWL, '{"lang": "de"}', NOW)
    assert not other.resumed
    journal.run(finish_run, other.id, "finished", NOW)
    assert not journal.run(begin_run, "hops", CRAWL, '{"lang": "de"}', NOW).resumed


def test_the_queue_remembers_what_waits_and_what_was_read(journal: Journal) -> None:
    run = journal.run(begin_run, "hops", CRAWL, "{}", NOW)
    seeds = [Candidate(f"http://club.example/{n}", f"club.example/{n}", "seed") for n in "ab"]
    journal.run(queue_pages, run, [*seeds], NOW)
    read = page("dead.example/x")
    read.key = "club.example/a"
    journal.run(store_page, run, read, NOW)
    assert [c.key for c in journal.run(waiting_pages, run)] == ["club.example/b"]
    assert len(journal.run(pages_of_run, run)) == 2
    assert [c.key for c in journal.run(known_resource_pages, "hops")] == ["club.example/a"]


def test_links_are_pending_until_settled_and_survive_a_cut(journal: Journal) -> None:
    run = journal.run(begin_run, "hops", CRAWL, "{}", NOW)
    stored = page("dead.example/x", "alive.example/y")
    journal.run(store_page, run, stored, NOW)
    assert [link.judgement for link in stored.links] == [None, None]

    evidence = Evidence("http://dead.example/x", NOW, status=404, root=RootFacts(200))
    target_id = stored.links[0].target_id
    assert target_id is not None
    journal.run(record_observation, target_id, run.id, evidence, judge)

    resumed = journal.run(begin_run, "hops", CRAWL, "{}", NOW)
    [again] = journal.run(unsettled_pages, resumed, NOW)
    settled, pending = again.links
    assert settled.judgement is not None
    assert settled.judgement.verdict is Verdict.DEAD_GONE
    assert pending.judgement is None
    assert again.page_id is not None
    journal.run(settle_page, again.page_id)
    assert journal.run(unsettled_pages, resumed, NOW) == []


def test_a_later_run_asks_only_about_what_is_due(journal: Journal) -> None:
    run = journal.run(begin_run, "hops", CRAWL, "{}", NOW)
    first = page("alive.example/y", "gone.example/x")
    journal.run(store_page, run, first, NOW)
    for link, status in zip(first.links, (200, 404), strict=True):
        assert link.target_id is not None
        evidence = Evidence(link.url, NOW, status=status, bytes_read=900, root=RootFacts(200))
        journal.run(record_observation, link.target_id, run.id, evidence, judge)
    journal.run(finish_run, run.id, "finished", NOW)

    later = NOW + timedelta(days=2)
    next_run = journal.run(begin_run, "hops", CRAWL, "{}", later)
    again = page("alive.example/y", "gone.example/x")
    journal.run(store_page, next_run, again, later)
    alive, gone = again.links
    assert alive.judgement is not None
    assert alive.judgement.verdict is Verdict.ALIVE
    assert gone.judgement is None
    assert gone.target_id is not None
    [seen] = journal.run(history_of, gone.target_id)
    assert seen.status == 404
    confirmed = judge([seen, Evidence(gone.url, later, status=404, root=RootFacts(200))])
    assert confirmed.stage is Stage.CONFIRMED


def test_a_link_that_left_the_page_leaves_the_frame_but_not_the_journal(journal: Journal) -> None:
    run = journal.run(begin_run, "hops", CRAWL, "{}", NOW)
    journal.run(store_page, run, page("a.example", "b.example"), NOW)
    journal.run(store_page, run, page("b.example"), NOW)
    assert list(journal.run(links_frame, "hops")["target_key"]) == ["b.example"]
    count = journal.run(lambda c: c.execute(text("SELECT count(*) FROM links")).scalar_one())
    assert count == 2


def test_turns_of_a_service_are_shared_and_a_pause_holds_for_all(journal: Journal) -> None:
    waits = [journal.run(book_turn, "archive", 2.5, 1000.0) for _ in range(3)]
    assert waits == [0.0, 2.5, 5.0]
    journal.run(pause_service, "archive", 60.0, 1000.0)
    assert journal.run(book_turn, "archive", 2.5, 1001.0) == 59.0
    assert journal.run(book_turn, "other", 2.5, 1001.0) == 0.0


def test_notes_are_replaced_as_a_whole(journal: Journal) -> None:
    note = ("Opportunities", "k1", "Notes", "wrote to Ann")
    journal.run(save_notes, "hops", [note])
    journal.run(save_notes, "malt", [("Opportunities", "k2", "Notes", "x")])
    assert journal.run(remembered_notes, "hops") == [note]


def test_one_bad_piece_of_work_does_not_undo_the_others(journal: Journal) -> None:
    def bad(_: Connection) -> None:
        raise ValueError("bad")

    async def run() -> list[object]:
        writer = JournalWriter(journal)
        results = await asyncio.gather(
            writer.run(begin_run, "hops", CRAWL, "{}", NOW),
            writer.run(bad),
            writer.run(begin_run, "malt", CRAWL, "{}", NOW),
            return_exceptions=True,
        )
        await writer.close()
        return list(results)

    hops, error, malt = asyncio.run(run())
    assert isinstance(error, ValueError)
    assert {getattr(hops, "niche", ""), getattr(malt, "niche", "")} == {"hops", "malt"}
    assert journal.run(begin_run, "hops", CRAWL, "{}", NOW).resumed


def test_links_that_land_together_are_judged_alike_whatever_their_order(journal: Journal) -> None:
    run = journal.run(begin_run, "hops", CRAWL, "{}", NOW)
    first = page("old.example/a", "old.example/b", "old.example/c", "other.example/d")
    journal.run(store_page, run, first, NOW)
    for link in first.links:
        assert link.target_id is not None
        home = link.url.rsplit("/", 1)[0] + "/"
        seen = Evidence(
            link.url,
            NOW,
            hops=(Hop(link.url, 301),),
            final_url=home,
            status=200,
            is_html=True,
            bytes_read=900,
            words=300,
            own_links=9,
        )
        journal.run(record_observation, link.target_id, run.id, seen, judge)
    ids = [link.target_id for link in first.links if link.target_id]
    verdicts = [journal.run(stored_judgement, target).verdict for target in ids]
    assert verdicts == [*[Verdict.SOFT_404] * 3, Verdict.REDIRECTED_HOME]
