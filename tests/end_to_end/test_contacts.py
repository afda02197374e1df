"""Whom to write to, found by the real pipeline on some of the hand-made sites."""

from __future__ import annotations

import re
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import CONNECTIVITY_HOSTS, DemoWeb
from brokenlinks.demo.server import Site
from brokenlinks.enrichment.contacts import MAX_PAGES
from brokenlinks.text.urls import site_of
from tests.end_to_end.conftest import Workspace, more_requests
from tests.enrichment.contacts.handmade import HandmadeSite, load_sites

pytestmark = pytest.mark.slow

NUMBERS = ("01", "03", "09", "35", "41", "55")
REQUESTS_FOR_LINKING_PAGES = 2 * len(NUMBERS) + len(CONNECTIVITY_HOSTS)
"""Requests until then: robots.txt and a page of each site, and the canaries."""
REQUESTS_FOR_CONTACT_PAGES = 12
"""Of the 13 further requests of a whole run: some sites are done with, some are not."""
SETTINGS = {"ARCHIVE_LOOKUPS_PER_RUN": 0, "RDAP_LOOKUPS_PER_RUN": 0, "PROBE_DELAY": 0.2}
DISALLOWING_ROBOTS = "User-agent: *\nDisallow: /kontakt"


class HandmadeWeb(DemoWeb):
    """The demo's services, and the hand-made sites; one forbids its contact page to programs."""

    def __init__(self, handmade: list[HandmadeSite]) -> None:
        super().__init__()
        self.handmade = handmade
        for made in handmade:
            pages = {path: b.answer(html) for path, html in made.pages.items()}
            self.sites[made.host] = Site(b.missing(made.host), pages)
            self._zone[made.host] = self.sites[made.host].address
        robots = b.answer(DISALLOWING_ROBOTS, content_type="text/plain")
        self.sites[self.made("03").host].paths["/robots.txt"] = robots

    def made(self, number: str) -> HandmadeSite:
        return next(made for made in self.handmade if made.name.startswith(number))

    def other_pages_requested(self, made: HandmadeSite) -> list[str]:
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


def stored_contacts(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Return kind, path or address, and policy of each site in the journal."""
    with sqlite3.connect(folder / "output" / "journal.sqlite") as store:
        rows = store.execute("SELECT site, kind, value, policy FROM contacts").fetchall()
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
    workspace = Workspace(tmp_path, handmade, SETTINGS)
    linked = {"urls": handmade.linking_pages, "max_depth": 0}
    refusing = handmade.made("41")
    paths = handmade.sites[refusing.host].paths
    paths["/quem-somos/inicio"], paths["/quem-somos/"] = paths["/quem-somos/"], b.refusal(503)
    most = more_requests(handmade, REQUESTS_FOR_LINKING_PAGES + REQUESTS_FOR_CONTACT_PAGES)

    def reached() -> bool:
        return (
            most()
            and handmade.count(refusing.host, "/quem-somos/") > 0
            and bool(stored_contacts(tmp_path))
        )

    killed = workspace.crawl_until(reached, signal.SIGKILL, **linked)
    assert killed.returncode == -signal.SIGKILL
    right, before = expected(handmade), stored_contacts(tmp_path)
    assert before
    assert site_of(f"http://{refusing.host}/") not in before

    paths["/quem-somos/"] = b.redirect("http://{host}/quem-somos/inicio")
    handmade.requests.clear()
    done = workspace.crawl(**linked)
    assert done.returncode == 0, done.stderr
    assert "Contacts      " in done.stdout
    assert stored_contacts(tmp_path) == right
    for made in handmade.handmade:
        further = handmade.other_pages_requested(made)
        assert len(further) == len(set(further)) <= MAX_PAGES
        if site_of(f"http://{made.host}/") in before:
            assert further == [], "what is known is not looked up again"
    forbidden = handmade.other_pages_requested(handmade.made("03"))
    assert not any(path.startswith("/kontakt") for path in forbidden)
