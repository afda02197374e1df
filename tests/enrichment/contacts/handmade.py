"""The hand-made sites: what stands on their pages, and whom a careful person would write to."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from brokenlinks.enrichment.contacts import ContactSearch
from brokenlinks.enrichment.contacts.page import extract_contacts
from brokenlinks.models.contact import Contact, ContactKind

FOLDER = Path(__file__).parent / "sites"


@dataclass(frozen=True, eq=False)
class HandmadeSite:
    """`pages` are paths of its host, or whole addresses on other hosts, with their HTML."""

    name: str
    host: str
    linking_page: str
    kind: ContactKind
    values: tuple[str, ...]
    policy: str
    pages: dict[str, str]

    def page(self, url: str) -> str:
        """Return the HTML at an address, "" when there is no such page."""
        return self.pages.get(url) or self.pages.get(url.removeprefix(f"https://{self.host}"), "")

    def enquire(self, *, decode: bool = False) -> tuple[Contact, list[str]]:
        """Ask the site as a crawl would; return the contact and the further pages asked for."""
        linking = f"https://{self.host}{self.linking_page}"
        enquiry = ContactSearch(extract_contacts(self.page(linking), linking, decode=decode))
        asked = []
        while lead := enquiry.next_link():
            asked.append(lead.url)
            if html := self.page(lead.url):
                enquiry.add(lead, extract_contacts(html, lead.url, decode=decode))
        return enquiry.contact, asked

    def is_right(self, contact: Contact) -> bool:
        """Tell whether kind and value are what a person found, or as good."""
        if contact.value in self.values[1:]:
            return True  # another way that is as good, of whatever kind
        return contact.kind is self.kind and contact.value == self.values[0]


def load_sites() -> list[HandmadeSite]:
    return [_site(path) for path in sorted(FOLDER.glob("*.toml"))]


def _site(path: Path) -> HandmadeSite:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    expected = raw["expected"]
    return HandmadeSite(
        name=path.stem,
        host=raw["host"],
        linking_page=raw["linking_page"],
        kind=ContactKind(expected["kind"]),
        values=(expected["value"], *expected["also"]),
        policy=expected["policy"],
        pages=raw["pages"],
    )
