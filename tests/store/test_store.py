"""The journal: versions, queue, due dates, budgets."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import OperationalError

from brokenlinks.http.dns import DnsOutcome
from brokenlinks.http.response import FetchError
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.evidence import DnsFacts, Evidence, Hop, RootFacts
from brokenlinks.models.lookups import (
    ArchiveOutcome,
    ArchiveRecord,
    RegistrationOutcome,
    RegistrationRecord,
)
from brokenlinks.models.page import Candidate, OutboundLink, RejectedPage, ResourcePage
from brokenlinks.models.run_stats import CRAWL
from brokenlinks.models.verdict import Confidence, Reason, Stage, Verdict
from brokenlinks.store.database import Store, StoreError, open_store
from brokenlinks.store.frames import links_frame
from brokenlinks.store.lookups import (
    is_stale,
    pause_service,
    pending_citations,
    pending_domains,
    pending_targets,
    record_archive,
    record_registration,
    registration_of,
    reserve_slot,
    targets_on_domain,
)
from brokenlinks.store.pages import reject_page, settle_page, store_page, unsettled_pages
from brokenlinks.store.runs import begin_run, finish_run, language_of, own_sites_of
from brokenlinks.store.schema import links, metadata, targets
from brokenlinks.store.targets import (
    history_of,
    record_observations,
    refresh_verdict,
    stored_judgement,
)
from brokenlinks.store.user_data import load_annotations, save_annotations
from brokenlinks.store.work_queue import (
    known_resource_pages,
    pages_of_run,
    pages_with_due_links,
    pending_pages,
    queue_pages,
)
from brokenlinks.store.writer import StoreWriter

JOURNAL_OF_0_2_0 = Path(__file__).parent.parent / "data" / "v0_2_0" / "journal.sqlite"
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


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


def test_an_upgraded_journal_has_the_tables_of_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    copyfile(JOURNAL_OF_0_2_0, path)
    upgraded, new = (open_store(f"sqlite:///{p}") for p in (path, tmp_path / "new.sqlite"))
    for store in (upgraded, new):
        differences = store.run(lambda c: compare_metadata(MigrationContext.configure(c), metadata))
        assert differences == []
    assert _definitions(upgraded) == _definitions(new)
    upgraded.close()
    new.close()


def test_links_of_an_older_version_stand_on_the_page_as_they_lead(tmp_path: Path) -> None:
    copyfile(JOURNAL_OF_0_2_0, tmp_path / "journal.sqlite")
    store = open_store(f"sqlite:///{tmp_path}/journal.sqlite")
    assert set(store.run(lambda c: c.execute(select(links.c.seen_as)).scalars().all())) == {""}
    store.close()


def test_a_wrapped_link_is_stored_with_the_address_on_the_page(store: Store) -> None:
    run = store.run(begin_run, "ale", CRAWL, "{}", NOW)
    found = page("hops.example/")
    found.links[0].seen_as = "http://www.google.com/url?q=http://hops.example/"
    store.run(store_page, run, found, NOW)
    (row,) = store.run(links_frame, "ale").itertuples()
    assert (row.link_url, row.seen_as) == ("http://hops.example/", found.links[0].seen_as)
    [again] = store.run(unsettled_pages, run, NOW)
    assert again.links[0].seen_as == row.seen_as


def test_reasons_of_an_older_version_get_the_names_of_this_one(tmp_path: Path) -> None:
    copyfile(JOURNAL_OF_0_2_0, tmp_path / "journal.sqlite")
    store = open_store(f"sqlite:///{tmp_path}/journal.sqlite")
    reasons = set(store.run(lambda c: c.execute(select(targets.c.reason)).scalars().all()))
    assert "bot_protection" in reasons
    assert reasons - {*Reason, "", "http_400"} == set()
    store.close()


def _definitions(store: Store) -> set[str]:
    """Return how the tables and indexes are defined, in one spelling: columns in any order."""
    query = text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    found = store.run(lambda c: c.execute(query).scalars().all())
    return {" ".join(sorted(re.findall(r"[^\s,]+", sql.replace('"', "")))) for sql in found}


def test_a_journal_from_a_newer_version_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/journal.sqlite"
    store = open_store(url)
    store.run(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    store.close()
    with pytest.raises(StoreError, match="newer version"):
        open_store(url)


def test_a_journal_from_before_0_2_0_is_refused_in_one_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/journal.sqlite"
    store = open_store(url)
    store.run(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '0009'")))
    store.close()
    with pytest.raises(StoreError, match=r"before 0\.2\.0 .*run version 0\.2\.0") as refused:
        open_store(url)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_journal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_text("my shopping list\n" * 100)
    with pytest.raises(StoreError, match="not a journal"):
        open_store(f"sqlite:///{path}")
    assert path.read_text().startswith("my shopping list")


def test_the_same_command_continues_what_was_cut_off(store: Store) -> None:
    first = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    assert store.run(begin_run, "hops", CRAWL, "{}", NOW).resumed
    assert store.run(begin_run, "malt", CRAWL, "{}", NOW).id != first.id
    other = store.run(begin_run, "hops", CRAWL, '{"lang": "de"}', NOW)
    assert not other.resumed
    store.run(finish_run, other.id, "finished", NOW)
    assert not store.run(begin_run, "hops", CRAWL, '{"lang": "de"}', NOW).resumed


def test_the_queue_remembers_what_waits_and_what_was_read(store: Store) -> None:
    run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    seeds = [Candidate(f"http://club.example/{n}", f"club.example/{n}", "seed") for n in "ab"]
    store.run(queue_pages, run, [*seeds], NOW)
    read = page("dead.example/x")
    read.key = "club.example/a"
    store.run(store_page, run, read, NOW)
    assert [c.key for c in store.run(pending_pages, run)] == ["club.example/b"]
    assert len(store.run(pages_of_run, run)) == 2
    assert [c.key for c in store.run(known_resource_pages, "hops")] == ["club.example/a"]


def test_links_are_pending_until_settled_and_survive_a_cut(store: Store) -> None:
    run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    stored = page("dead.example/x", "alive.example/y")
    store.run(store_page, run, stored, NOW)
    assert [link.judgement for link in stored.links] == [None, None]

    evidence = Evidence("http://dead.example/x", NOW, status=404, root=RootFacts(200))
    target_id = stored.links[0].target_id
    assert target_id is not None
    store.run(record_observations, [(target_id, evidence)], run_id=run.id, judge=judge)

    resumed = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    [again] = store.run(unsettled_pages, resumed, NOW)
    settled, pending = again.links
    assert settled.judgement is not None
    assert settled.judgement.verdict is Verdict.DEAD_GONE
    assert pending.judgement is None
    assert again.page_id is not None
    assert pending.target_id is not None
    store.run(settle_page, again.page_id)
    assert len(store.run(unsettled_pages, resumed, NOW)) == 1, "one of its links still waits"
    evidence = replace(evidence, url=pending.url, status=200)
    store.run(record_observations, [(pending.target_id, evidence)], run_id=run.id, judge=judge)
    store.run(settle_page, again.page_id)
    assert store.run(unsettled_pages, resumed, NOW) == []


def test_a_later_run_asks_only_about_what_is_due(store: Store) -> None:
    run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    first = page("alive.example/y", "gone.example/x")
    store.run(store_page, run, first, NOW)
    for link, status in zip(first.links, (200, 404), strict=True):
        assert link.target_id is not None
        evidence = Evidence(link.url, NOW, status=status, bytes_read=900, root=RootFacts(200))
        store.run(record_observations, [(link.target_id, evidence)], run_id=run.id, judge=judge)
    store.run(finish_run, run.id, "finished", NOW)

    later = NOW + timedelta(days=2)
    next_run = store.run(begin_run, "hops", CRAWL, "{}", later)
    again = page("alive.example/y", "gone.example/x")
    store.run(store_page, next_run, again, later)
    alive, gone = again.links
    assert alive.judgement is not None
    assert alive.judgement.verdict is Verdict.ALIVE
    assert gone.judgement is None
    assert gone.target_id is not None
    [seen] = store.run(history_of, gone.target_id)
    assert seen.status == 404
    confirmed = judge([seen, Evidence(gone.url, later, status=404, root=RootFacts(200))])
    assert confirmed.stage is Stage.CONFIRMED


def test_a_recheck_begins_with_the_pages_of_suspected_links(store: Store) -> None:
    run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    new, suspected = page("new.example"), page("gone.example/x")
    suspected.key = "club.example/more"
    for stored in (new, suspected):
        store.run(store_page, run, stored, NOW)
    evidence = Evidence("http://gone.example/x", NOW, status=404, root=RootFacts(200))
    target_id = suspected.links[0].target_id
    assert target_id is not None
    store.run(record_observations, [(target_id, evidence)], run_id=run.id, judge=judge)
    due = store.run(pages_with_due_links, "hops", NOW + timedelta(days=2))
    assert due == [suspected.page_id, new.page_id]


def test_a_link_that_left_the_page_leaves_the_frame_but_not_the_journal(store: Store) -> None:
    run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    store.run(store_page, run, page("a.example", "b.example"), NOW)
    store.run(store_page, run, page("b.example"), NOW)
    assert list(store.run(links_frame, "hops")["target_key"]) == ["b.example"]
    count = store.run(lambda c: c.execute(text("SELECT count(*) FROM links")).scalar_one())
    assert count == 2


def test_turns_of_a_service_are_shared_and_a_pause_holds_for_all(store: Store) -> None:
    waits = [store.run(reserve_slot, "archive", 2.5, 1000.0) for _ in range(3)]
    assert waits == [0.0, 2.5, 5.0]
    store.run(pause_service, "archive", 60.0, 1000.0)
    assert store.run(reserve_slot, "archive", 2.5, 1001.0) == 59.0
    assert store.run(reserve_slot, "other", 2.5, 1001.0) == 0.0


def test_a_clock_that_is_set_back_makes_no_wait_longer(store: Store) -> None:
    store.run(pause_service, "archive", 60.0, 20_000.0)
    assert [store.run(reserve_slot, "archive", 2.5, 1000.0) for _ in range(2)] == [60.0, 62.5]
    assert store.run(reserve_slot, "archive", 2.5, 990.0) == 65.0


def test_notes_are_replaced_as_a_whole(store: Store) -> None:
    note = ("Opportunities", "k1", "Notes", "wrote to Ann")
    store.run(save_annotations, "hops", [note])
    store.run(save_annotations, "malt", [("Opportunities", "k2", "Notes", "x")])
    assert store.run(load_annotations, "hops") == [note]


def test_one_bad_piece_of_work_does_not_undo_the_others(store: Store) -> None:
    def bad(_: Connection) -> None:
        raise ValueError("bad")

    async def run() -> list[object]:
        failures: list[Exception] = []
        writer = StoreWriter(store, failures.append)
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
    assert store.run(begin_run, "hops", CRAWL, "{}", NOW).resumed


def test_a_database_that_refuses_is_told_at_once_not_once_for_each_piece(store: Store) -> None:
    asked = []

    def refused(_: Connection) -> None:
        asked.append("once")
        raise OperationalError("", {}, Exception("database is locked"))

    async def run() -> tuple[list[BaseException | None], list[Exception]]:
        failures: list[Exception] = []
        writer = StoreWriter(store, failures.append)
        works = [writer.run(refused) for _ in range(5)]
        results = await asyncio.gather(*works, return_exceptions=True)
        await writer.close()
        return results, failures

    results, failures = asyncio.run(run())
    assert len(results) == len(failures) == 5
    assert asked == ["once"]


def test_nobody_is_asked_about_the_links_of_a_page_that_is_not_used_any_more(
    store: Store,
) -> None:
    run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    stored = page("gone.invalid")
    store.run(store_page, run, stored, NOW)
    [target_id] = [link.target_id for link in stored.links]
    assert target_id is not None
    missing = DnsFacts("gone.invalid", DnsOutcome.NXDOMAIN, domain=DnsOutcome.NXDOMAIN)
    seen = Evidence("http://gone.invalid", NOW, dns=missing, error=FetchError.DNS)
    store.run(record_observations, [(target_id, seen)], run_id=run.id, judge=judge)
    for unasked in (pending_targets, pending_citations, pending_domains):
        assert len(store.run(unasked, "hops", NOW)) == 1  # type: ignore[arg-type]
    gone = RejectedPage(stored.url, stored.key, stored.site, "http_404")
    store.run(reject_page, run, gone, NOW)
    for unasked in (pending_targets, pending_citations, pending_domains):
        assert store.run(unasked, "hops", NOW) == []


def test_links_that_land_together_are_judged_alike_whatever_their_order(store: Store) -> None:
    run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    first = page("old.example/a", "old.example/b", "old.example/c", "other.example/d")
    store.run(store_page, run, first, NOW)
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
        store.run(record_observations, [(link.target_id, seen)], run_id=run.id, judge=judge)
    ids = [link.target_id for link in first.links if link.target_id]
    verdicts = [store.run(stored_judgement, target).verdict for target in ids]
    assert verdicts == [*[Verdict.SOFT_404] * 3, Verdict.REDIRECTED_HOME]


def registration(
    outcome: RegistrationOutcome, registered_at: datetime | None = None
) -> RegistrationRecord:
    return RegistrationRecord("old.example", outcome, NOW, registered_at)


def test_a_registrys_answer_is_kept_and_no_answer_changes_nothing(store: Store) -> None:
    assert store.run(registration_of, "old.example") is None
    told = RegistrationRecord(
        "old.example",
        RegistrationOutcome.REGISTERED,
        NOW,
        registered_at=NOW - timedelta(days=900),
        expires_at=NOW + timedelta(days=90),
        statuses=("client hold", "redemption period"),
    )
    store.run(record_registration, registration(RegistrationOutcome.NOT_FOUND))
    store.run(record_registration, told)
    store.run(record_registration, registration(RegistrationOutcome.NOT_LOOKED_UP))
    assert store.run(registration_of, "old.example") == told


@pytest.mark.parametrize(
    ("outcome", "days"),
    [
        (RegistrationOutcome.NOT_FOUND, 1),
        (RegistrationOutcome.UNSUPPORTED, 1),
        (RegistrationOutcome.REGISTERED, 30),
    ],
)
def test_how_long_a_registrys_answer_holds(outcome: RegistrationOutcome, days: int) -> None:
    facts = registration(outcome)
    assert not is_stale(facts, NOW + timedelta(days=days, seconds=-1))
    assert is_stale(facts, NOW + timedelta(days=days))
    assert is_stale(None, NOW)


GONE = DnsFacts("", DnsOutcome.NXDOMAIN, domain=DnsOutcome.NXDOMAIN, twin=DnsOutcome.NXDOMAIN)
SPAM = {"strong_spam": "casino", "spam": "casino"}


def store_observed(store: Store, *observed: Evidence) -> list[int]:
    """Store a page that links to all that was seen, and the observations; return the targets."""
    run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    stored = page(*(seen.url.removeprefix("http://") for seen in observed))
    store.run(store_page, run, stored, NOW)
    ids = [link.target_id for link in stored.links if link.target_id is not None]
    for target_id, seen in zip(ids, observed, strict=True):
        store.run(record_observations, [(target_id, seen)], run_id=run.id, judge=judge)
    return ids


def test_registries_are_asked_about_domains_they_have_a_word_in_once(store: Store) -> None:
    store_observed(
        store,
        Evidence("http://old.example/a", NOW, dns=GONE),
        Evidence("http://www.old.example/b", NOW, dns=GONE),
        Evidence("http://me.github.io/c", NOW, dns=GONE),
        Evidence("http://192.0.2.1/d", NOW, dns=GONE),
        Evidence("http://gone.example/e", NOW, status=404, root=RootFacts(200)),
        Evidence("http://alive.example/f", NOW, status=200, bytes_read=900, is_html=True, words=99),
    )
    due = store.run(pending_domains, "hops", NOW)
    assert [domain.id for domain in due] == ["github.io", "old.example"]
    store.run(record_registration, registration(RegistrationOutcome.NOT_FOUND))
    assert [domain.id for domain in store.run(pending_domains, "hops", NOW)] == ["github.io"]
    assert store.run(pending_domains, "malt", NOW) == []


def test_a_registry_speaks_for_all_targets_on_its_domain_and_no_other(store: Store) -> None:
    observed = [
        Evidence(f"http://{url}", NOW, dns=GONE)
        for url in ("old.example/a", "www.old.example/b", "very-old.example/c")
    ]
    ids = store_observed(store, *observed)
    assert store.run(targets_on_domain, "old.example") == ids[:2]
    store.run(record_registration, registration(RegistrationOutcome.NOT_FOUND))
    for target_id in ids:
        store.run(refresh_verdict, target_id, NOW, judge)
    stages = [store.run(stored_judgement, target_id).stage for target_id in ids]
    assert stages == [Stage.CONFIRMED, Stage.CONFIRMED, Stage.SUSPECTED]
    [later] = store_observed(store, Evidence("http://old.example/later", NOW, dns=GONE))
    assert store.run(stored_judgement, later).stage is Stage.CONFIRMED


@pytest.mark.parametrize("registry_first", [True, False])
def test_archive_and_registry_may_speak_in_any_order(store: Store, *, registry_first: bool) -> None:
    spam = Evidence(
        "http://old.example/mash",
        NOW,
        status=200,
        is_html=True,
        bytes_read=900,
        words=99,
        title="Best casino bonus",
        signals=SPAM,
        anchors=("Guide to mashing",),
        final_url="http://old.example/mash",
    )
    [target_id] = store_observed(store, spam)
    assert store.run(stored_judgement, target_id).verdict is Verdict.DRIFTED
    then, lately = NOW - timedelta(days=900), NOW - timedelta(days=90)
    copy = ArchiveRecord(ArchiveOutcome.FOUND, NOW, captured_at=then, title="Guide to mashing")
    anew = registration(RegistrationOutcome.REGISTERED, registered_at=lately)
    said: list[Callable[[Connection], None]] = [
        lambda c: record_registration(c, anew),
        lambda c: record_archive(c, target_id, copy),
    ]
    for witness in said if registry_first else said[::-1]:
        store.run(witness)
        store.run(refresh_verdict, target_id, NOW, judge)
    judgement = store.run(stored_judgement, target_id)
    assert (judgement.verdict, judgement.confidence) == (Verdict.HIJACKED, Confidence.HIGH)


def damage(store: Store, table: str, number: int, column: str, value: str) -> None:
    update = text(f"UPDATE {table} SET {column} = :value WHERE id = :number")
    store.run(lambda connection: connection.execute(update, {"value": value, "number": number}))


DAMAGED = ("", "{", "[]", "null", '{"status": 200}', '{"dns": 5}', "[" * 100_000)


@pytest.mark.parametrize("damaged", DAMAGED)
def test_a_damaged_observation_costs_no_other(store: Store, damaged: str) -> None:
    run = store.run(begin_run, "hops", CRAWL, "{}", NOW)
    store.run(store_page, run, page("http://gone.example/"), NOW)
    for day in range(2):
        evidence = Evidence("http://gone.example/", NOW + timedelta(days=day), status=404)
        store.run(record_observations, [(1, evidence)], run_id=run.id, judge=judge)
    damage(store, "observations", 1, "evidence", damaged)
    assert [evidence.status for evidence in store.run(history_of, 1)] == [404]


@pytest.mark.parametrize("damaged", DAMAGED)
def test_damaged_arguments_of_a_run_cost_those_of_no_other(store: Store, damaged: str) -> None:
    store.run(begin_run, "hops", CRAWL, '{"lang": "de", "site": "https://own.example"}', NOW)
    store.run(begin_run, "hops", CRAWL, '{"damaged": 1}', NOW)
    damage(store, "runs", 2, "arguments", damaged)
    assert store.run(own_sites_of, "hops") == ["https://own.example"]


def test_the_own_site_is_remembered_and_a_language_is_that_of_the_last_crawl(
    store: Store,
) -> None:
    for arguments in ('{"lang": "de", "site": "https://own.example"}', "{}"):
        store.run(begin_run, "hops", "resources", arguments, NOW)
    assert store.run(own_sites_of, "hops") == ["https://own.example"]
    assert store.run(language_of, "hops") == ""


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://jo:hunter22@localhost:2/links",
        "postgresql+psycopg://jo:hun%40ter%2F22@localhost:2/links",
        "postgresql+psycopg://jo:hun@ter:22@localhost:2/links",
        "postgresql+psycopg://jo:hunter22@localhost:port/links",
        "postgresql+psycopg://localhost:2/links?password=hunter22",
        "nosuch://jo:hunter22@localhost/links",
        "host=localhost password=hunter22",
        "hunter22",
    ],
)
def test_no_error_has_the_password(url: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(url)
    message = str(refused.value)
    assert "JOURNAL_URL" in message or "localhost:2/links" in message
    assert not re.search("hun.*ter|ter.*22", message)
