"""Contacts in the journal: who is due, what is kept, how it is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import Connection, update

from brokenlinks.models.contact import Contact, ContactKind
from brokenlinks.models.page import OutboundLink, ResourcePage
from brokenlinks.models.run_stats import CRAWL
from brokenlinks.models.verdict import Verdict
from brokenlinks.store.database import Store
from brokenlinks.store.frames import contacts_frame
from brokenlinks.store.lookups import PendingSite, pending_sites, purge_contacts, record_contact
from brokenlinks.store.pages import store_page
from brokenlinks.store.runs import begin_run
from brokenlinks.store.schema import targets

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAY = timedelta(days=1)
NICHE = "home brewing"
CLUB = Contact(ContactKind.ROLE_ADDRESS, "info@club.org", "https://club.org/contact", "opt-out")


@pytest.fixture
def connection(store: Store) -> Iterator[Connection]:
    with store.engine.begin() as opened:
        yield opened


def store_dead_links(connection: Connection, url: str, *dead: str) -> list[int]:
    """Keep a page with links to a living page and to dead ones; return the dead ones' ids."""
    site = url.split("/")[2]
    links = [OutboundLink(f"https://{key}", key) for key in ("alive.org/", *dead)]
    run = begin_run(connection, NICHE, CRAWL, "", NOW)
    store_page(connection, run, ResourcePage(url, url, site, links=links), NOW)
    dead_ids = [link.target_id for link in links[1:] if link.target_id is not None]
    chosen = targets.c.id.in_(dead_ids)
    connection.execute(update(targets).where(chosen).values(verdict=Verdict.DEAD_GONE))
    return dead_ids


def test_sites_with_dead_links_are_asked_by_their_worst_page(connection: Connection) -> None:
    store_dead_links(connection, "https://club.org/few", "one.org/")
    store_dead_links(connection, "https://club.org/many", "one.org/", "two.org/")
    store_dead_links(connection, "https://healthy.org/links")
    [three] = store_dead_links(connection, "https://guild.org/links", "three.org/")
    club = PendingSite("club.org", "https://club.org/many", 2)
    guild = PendingSite("guild.org", "https://guild.org/links", 1)
    assert pending_sites(connection, NICHE, NOW) == [club, guild]
    assert pending_sites(connection, NICHE, NOW, [three]) == [guild]
    assert pending_sites(connection, "other", NOW) == []


def test_who_was_asked_lately_is_not_asked_again(connection: Connection) -> None:
    store_dead_links(connection, "https://club.org/links", "one.org/")
    record_contact(connection, "club.org", CLUB, NOW)
    assert pending_sites(connection, NICHE, NOW - DAY) == []
    assert len(pending_sites(connection, NICHE, NOW + DAY)) == 1


def test_a_contact_is_kept_with_where_and_when_it_was_found(connection: Connection) -> None:
    store_dead_links(connection, "https://club.org/links", "one.org/")
    assert contacts_frame(connection, NICHE).empty
    record_contact(connection, "club.org", Contact(ContactKind.NONE), NOW - DAY)
    [none] = contacts_frame(connection, NICHE).to_dict("records")
    assert none["contact_kind"] == ContactKind.NONE
    assert pd.isna(none["contact_found_at"])
    record_contact(connection, "club.org", CLUB, NOW)
    assert contacts_frame(connection, NICHE).to_dict("records") == [
        {
            "page_site": "club.org",
            "contact_kind": CLUB.kind,
            "contact": CLUB.value,
            "contact_found_on": CLUB.found_on,
            "contact_found_at": pd.Timestamp(NOW),
            "contact_policy": CLUB.policy,
            "contact_detail": "",
        }
    ]
    assert contacts_frame(connection, "other").empty


def test_contacts_are_forgotten_by_site_by_age_or_all(connection: Connection) -> None:
    for number in range(4):
        record_contact(connection, f"club{number}.org", CLUB, NOW - number * DAY)
    assert purge_contacts(connection, site="club9.org") == 0
    assert purge_contacts(connection, site="club0.org") == 1
    assert purge_contacts(connection, before=NOW - 2 * DAY) == 1
    assert purge_contacts(connection) == 2
