"""Whom to write to, found by the real pipeline on some of the hand-made sites."""

from __future__ import annotations

import re
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from brokenlinks.contacts.enquiry import MOST_PAGES
from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import DemoWeb
from brokenlinks.demo.server import Site
from brokenlinks.urls import site_of
from tests.contacts.handmade import HandmadeSite, load_sites
from tests.end_to_end.conftest import Desk, run_scrapy

NUMBERS = ("01", "03", "09", "35", "41", "55")
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
        robots = b.answer(FORBIDDING, content_type="text/plain")
        self.sites[self.made("03").host].paths["/robots.txt"] = robots

    def made(self, number: str) -> HandmadeSite:
        return next(made for made in self.handmade if made.name.startswith(number))

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
    page = f"https://{web.made('03').host}/impressum/"
    return right | {site_of(page): ("page", page, "")}


def test_contacts_are_found_once_politely_and_survive_a_kill_and_a_refusal(
    tmp_path: Path, handmade: HandmadeWeb
) -> None:
    desk = Desk(tmp_path, handmade, NO_LOOK_UPS)
    linked = {"urls": handmade.linking_pages, "max_depth": 0}
    refusing = handmade.made("41")
    paths = handmade.sites[refusing.host].paths
    about, paths["/quem-somos/"] = paths["/quem-somos/"], b.refusal(503)

    killed = desk.crawl_until(2 * len(NUMBERS) + 6, signal.SIGKILL, **linked)
    assert killed.returncode == -signal.SIGKILL
    before = known(tmp_path)
    handmade.requests.clear()
    done = desk.crawl(**linked)
    assert done.returncode == 0, done.stderr
    right = expected(handmade)
    refused = site_of(f"http://{refusing.host}/")
    assert known(tmp_path) == {site: told for site, told in right.items() if site != refused}
    assert known(tmp_path).items() >= before.items()
    assert "1 contact look-ups are left (answered 503)" in done.stdout
    for made in handmade.handmade:
        asked = handmade.pages_asked(made)
        assert len([path for path in asked if path != made.linking_page]) <= MOST_PAGES, asked
        assert len(asked) == len(set(asked)), "no page is read twice"
    forbidden = handmade.pages_asked(handmade.made("03"))
    assert not any(path.startswith("/kontakt") for path in forbidden)

    paths["/quem-somos/"] = about
    handmade.requests.clear()
    again = desk.crawl(**linked)
    assert again.returncode == 0, again.stderr
    assert known(tmp_path) == right
    for made in set(handmade.handmade) - {refusing}:
        assert set(handmade.pages_asked(made)) <= {made.linking_page}

    purged = run_scrapy(tmp_path, "purge-contacts", "--site", refusing.host)
    assert (purged.returncode, purged.stdout) == (0, "1 contacts deleted\n"), purged.stderr
    assert known(tmp_path).keys() == right.keys() - {refused}
