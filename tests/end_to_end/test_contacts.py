"""Whom to write to, found by the real pipeline on some of the hand-made sites."""

from __future__ import annotations

import re
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import CANARIES, DemoWeb
from brokenlinks.demo.server import Site
from brokenlinks.enrichment.contacts.search import MOST_PAGES
from brokenlinks.text.urls import site_of
from tests.end_to_end.conftest import Desk, further_requests
from tests.enrichment.contacts.handmade import HandmadeSite, load_sites

NUMBERS = ("01", "03", "09", "35", "41", "55")
LINKING_PAGES_READ = 2 * len(NUMBERS) + len(CANARIES)
"""Requests until then: robots.txt and a page of each site, and the canaries."""
FURTHER_READ = 12
"""Of the 13 further requests of a whole run: some sites are done with, some are not."""
SETTINGS = {"ARCHIVE_LOOKUPS_PER_RUN": 0, "RDAP_LOOKUPS_PER_RUN": 0, "PROBE_DELAY": 0.2}
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

    def further_pages(self, made: HandmadeSite) -> list[str]:
        """Return what was asked of a site beside robots.txt and its linking page."""
        left_out = {"/robots.txt", made.linking_page}
        return [asked.path for asked in self.asked(made.host) if asked.path not in left_out]

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


def test_contacts_are_found_politely_and_survive_a_kill_and_a_refusal(
    tmp_path: Path, handmade: HandmadeWeb
) -> None:
    desk = Desk(tmp_path, handmade, SETTINGS)
    linked = {"urls": handmade.linking_pages, "max_depth": 0}
    refusing = handmade.made("41")
    paths = handmade.sites[refusing.host].paths
    paths["/quem-somos/inicio"], paths["/quem-somos/"] = paths["/quem-somos/"], b.refusal(503)
    most = further_requests(handmade, LINKING_PAGES_READ + FURTHER_READ)

    def reached() -> bool:
        return (
            most() and handmade.count(refusing.host, "/quem-somos/") > 0 and bool(known(tmp_path))
        )

    killed = desk.crawl_until(reached, signal.SIGKILL, **linked)
    assert killed.returncode == -signal.SIGKILL
    right, before = expected(handmade), known(tmp_path)
    assert before
    assert site_of(f"http://{refusing.host}/") not in before

    paths["/quem-somos/"] = b.redirect("http://{host}/quem-somos/inicio")
    handmade.requests.clear()
    done = desk.crawl(**linked)
    assert done.returncode == 0, done.stderr
    assert "Contacts      " in done.stdout
    assert known(tmp_path) == right
    for made in handmade.handmade:
        further = handmade.further_pages(made)
        assert len(further) == len(set(further)) <= MOST_PAGES
        if site_of(f"http://{made.host}/") in before:
            assert further == [], "what is known is not looked up again"
    forbidden = handmade.further_pages(handmade.made("03"))
    assert not any(path.startswith("/kontakt") for path in forbidden)
