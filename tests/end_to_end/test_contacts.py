"""Whom to write to, found by the real pipeline on some of the hand-made sites."""

from __future__ import annotations

import re
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from brokenlinks.contacts.enquiry import MOST_PAGES
from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import DemoWeb
from brokenlinks.demo.server import Site
from brokenlinks.urls import site_of
from tests.contacts.handmade import HandmadeSite, load_sites
from tests.end_to_end.conftest import Desk, run_scrapy, setting_words

NUMBERS = ("01", "03", "09", "35", "41", "47", "55")
NO_LOOK_UPS = {"ARCHIVE_LOOKUPS_PER_RUN": 0, "RDAP_LOOKUPS_PER_RUN": 0}
FORBIDDING = "User-agent: *\nDisallow: /kontakt"


class HandmadeWeb(DemoWeb):
    """The demo's services, and the hand-made sites; one forbids its contact page to programs."""

    def __init__(self, handmade: list[HandmadeSite]) -> None:
        super().__init__()
        self.handmade = handmade
        for made in handmade:
            pages = {path: b.answer(html) for path, html in made.pages.items()}
            self.sites[made.host] = Site(b.missing(made.host), pages)
            self._zone[made.host] = self.sites[made.host].address
        forbidding = next(made for made in handmade if made.name.startswith("03"))
        robots = b.answer(FORBIDDING, content_type="text/plain")
        self.sites[forbidding.host].paths["/robots.txt"] = robots
        self.forbidding = forbidding

    def pages_asked(self, made: HandmadeSite) -> list[str]:
        """Return the pages of a site that were asked for, robots.txt left out."""
        return [asked.path for asked in self.asked(made.host) if asked.path != "/robots.txt"]

    @property
    def linking_pages(self) -> str:
        return ",".join(self.url(made.host, made.linking_page) for made in self.handmade)


@pytest.fixture(scope="module")
def handmade() -> Iterator[HandmadeWeb]:
    with HandmadeWeb([site for site in load_sites() if site.name[:2] in NUMBERS]) as web:
        yield web


def known(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Return kind, path or address, and policy of each site in the journal."""
    with sqlite3.connect(folder / "output" / "journal.sqlite") as journal:
        rows = journal.execute("SELECT site, kind, value, policy FROM contacts").fetchall()
    return {site: (kind, _portless(value), policy) for site, kind, value, policy in rows}


def _portless(value: str) -> str:
    return re.sub(r"^http://([^/:]+):\d+", r"https://\1", value)


def expected(web: HandmadeWeb) -> dict[str, tuple[str, str, str]]:
    right = {
        site_of(f"http://{made.host}/"): (str(made.kind), made.values[0], made.policy)
        for made in web.handmade
    }
    # Its imprint gives nothing but where the house stands; the form may not be looked at.
    page = f"https://{web.forbidding.host}/impressum/"
    return right | {site_of(page): ("page", page, "")}


def test_contacts_are_found_once_politely_and_survive_a_kill(
    tmp_path: Path, handmade: HandmadeWeb
) -> None:
    desk = Desk(tmp_path, handmade, NO_LOOK_UPS)
    linked = {"urls": handmade.linking_pages, "max_depth": 0}
    killed = desk.crawl_until(2 * len(NUMBERS) + 6, signal.SIGKILL, **linked)
    assert killed.returncode == -signal.SIGKILL
    before = known(tmp_path)
    handmade.requests.clear()

    done = desk.crawl(**linked)
    assert done.returncode == 0, done.stderr
    assert known(tmp_path) == expected(handmade)
    assert known(tmp_path).items() >= before.items()
    for made in handmade.handmade:
        asked = handmade.pages_asked(made)
        assert len([path for path in asked if path != made.linking_page]) <= MOST_PAGES, asked
        assert len(asked) == len(set(asked)), "the linking page is not fetched twice"
    assert not any(
        path.startswith("/kontakt") for path in handmade.pages_asked(handmade.forbidding)
    )
    assert "Contacts" in done.stdout

    handmade.requests.clear()
    again = desk.crawl(**linked)
    assert again.returncode == 0, again.stderr
    for made in handmade.handmade:
        assert set(handmade.pages_asked(made)) <= {made.linking_page}
    assert known(tmp_path) == expected(handmade)

    host = handmade.handmade[0].host
    assert purge(desk, "--site", host) == "1 contacts deleted"
    assert purge(desk, "--older-than", "1") == "0 contacts deleted"
    assert purge(desk, "--all") == f"{len(NUMBERS) - 1} contacts deleted"
    assert known(tmp_path) == {}


def purge(desk: Desk, *words: str) -> str:
    done = run_scrapy(desk.folder, "purge-contacts", *words, *setting_words(desk.settings))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_site_that_does_not_answer_is_asked_again_by_the_next_run(
    tmp_path: Path, handmade: HandmadeWeb
) -> None:
    [made] = [made for made in handmade.handmade if made.name.startswith("41")]
    desk = Desk(tmp_path, handmade, NO_LOOK_UPS)
    linked = {"urls": handmade.url(made.host, made.linking_page), "max_depth": 0}
    paths = handmade.sites[made.host].paths
    about = paths["/quem-somos/"]
    paths["/quem-somos/"] = b.refusal(503)
    failed = desk.crawl(**linked)
    assert known(tmp_path) == {}
    assert "1 contact look-ups are left (answered 503)" in failed.stdout

    paths["/quem-somos/"] = about
    assert desk.crawl(**linked).returncode == 0
    assert list(known(tmp_path).values()) == [(str(made.kind), made.values[0], made.policy)]
    assert urlsplit(made.values[0]).path
