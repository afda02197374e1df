"""Chooses the best contact that a site's pages offer. No I/O; nothing is ever guessed.

First what is meant for links and errors of the page, then contact forms and role addresses, then
a personal address that is offered as the contact, then an address of another domain, then a page
that says how to reach the site.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from urllib.parse import urlsplit

from brokenlinks.enrichment.contacts.addresses import is_public
from brokenlinks.enrichment.contacts.words import (
    contains_phrase,
    local_part_matches,
    phrases,
    split_sentences,
    word_list,
)
from brokenlinks.models.contact import (
    Address,
    Contact,
    ContactKind,
    ContactPage,
    Form,
    PageRole,
    TextContext,
)
from brokenlinks.models.page import Placement
from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.urls import host_of, registrable_domain, site_of

OPT_OUT = "opt-out"
MIN_SHARED_LETTERS = 5
"""Letters an address must share with the site's name to be called after it; less is chance."""
MIN_WORDS = 5
"""A page with fewer words is empty until a script fills it."""
MIN_DIRECTORY_ADDRESSES = 3
"""So many personal addresses on one page are a list of members, not the contact."""
_PERSONAL_NAME = re.compile(r"[a-z]\.?[._-][a-z]{2,}|[a-z]{2,}[._][a-z]{2,}(?:[._][a-z]{2,})?")


class ContactTier(IntEnum):
    """How good a contact is, best first."""

    DEDICATED = 1
    SITE = 2
    PERSONAL = 3
    OTHER_DOMAIN = 4
    PROTECTED = 5
    PAGE = 6
    UNSUITABLE = 7


CONTACT_ROLES = frozenset({PageRole.REPORT, PageRole.CONTACT, PageRole.FEEDBACK, PageRole.IMPRINT})
SITE_ROLES = CONTACT_ROLES | {PageRole.ABOUT, PageRole.LOCATION, PageRole.ACCESSIBILITY}
CONTACT_PAGE_ROLES = CONTACT_ROLES | {PageRole.LOCATION}
_MESSAGE_PHRASES = ("contact", "feedback", "report")
"""Phrases that mark a form outside the contact pages as one for messages to the site."""


_Rank = tuple[int, ...]
"""Tier, whether outside the linking page's folder, kind, order of pages, order on the page."""


def best_contact(pages: Sequence[ContactPage]) -> Contact:
    """Return the best contact of one site from its pages, the linking page first."""
    notice = next((f.contacts.opt_out for f in pages if f.contacts.opt_out), "")
    best = _best_ranked(pages)
    contact = best[1] if best else Contact(ContactKind.NONE)
    if notice:
        prefix = f"{contact.detail}; " if contact.detail else ""
        return replace(contact, policy=OPT_OUT, detail=f"{prefix}says: {notice}")
    return contact


def is_settled(pages: Sequence[ContactPage]) -> bool:
    """Whether other pages, such as the home page, are unlikely to offer a better contact."""
    best = _best_ranked(pages)
    return best is not None and best[0] < (ContactTier.OTHER_DOMAIN,)


def _best_ranked(pages: Sequence[ContactPage]) -> tuple[_Rank, Contact] | None:
    return min(_ranked(pages), key=lambda rated: rated[0], default=None)


def _ranked(pages: Sequence[ContactPage]) -> Iterator[tuple[_Rank, Contact]]:
    unwanted = {a.value for f in pages for a in f.contacts.addresses if _is_warned_against(a)}
    for number, page in enumerate(pages):
        far = _is_outside_folder(page, pages)
        for order, (tier, contact) in enumerate(
            _contacts_of_page(page, pages[0].contacts.url, unwanted)
        ):
            kind = list(ContactKind).index(contact.kind)
            yield (tier, far, kind, number, order), contact


def _contacts_of_page(
    page: ContactPage, linking_url: str, unwanted: Collection[str]
) -> Iterator[tuple[ContactTier, Contact]]:
    offers, role = page.contacts, page.role
    for form in offers.forms:
        if tier := _form_tier(form, role):
            value, text = form.url or offers.url, _context_text(form.context)
            yield tier, Contact(ContactKind.FORM, value, offers.url, detail=text)
    for address in offers.addresses:
        if address.value in unwanted:
            continue
        if tier := _address_tier(address, page, linking_url):
            yield _address_contact(address, tier, page)
    if role in CONTACT_PAGE_ROLES and offers.words >= MIN_WORDS:
        yield ContactTier.PAGE, Contact(ContactKind.PAGE, offers.url, offers.url)


def _address_contact(
    address: Address, tier: ContactTier, page: ContactPage
) -> tuple[ContactTier, Contact]:
    url = page.contacts.url
    if not address.value:
        text = f"protected address on {url}"
        return ContactTier.PROTECTED, Contact(ContactKind.PROTECTED, url, url, detail=text)
    kind = ContactKind.ROLE_ADDRESS if _is_role(address, page) else ContactKind.PERSONAL_ADDRESS
    return tier, Contact(kind, address.value, url, detail=_context_text(address.context))


def _form_tier(form: Form, role: PageRole) -> ContactTier | None:
    context = form.context
    if role is PageRole.REPORT or contains_phrase(
        "express", context.line, context.heading, form.text
    ):
        return ContactTier.DEDICATED
    if form.url and role not in SITE_ROLES:
        # "Contact the festival" is the form of a site that the page lists.
        return (
            ContactTier.SITE if phrases("contact").is_phrase(normalize_words(form.text)) else None
        )
    text = (context.line, context.previous_line, context.heading, form.text)
    is_message = role in CONTACT_ROLES or any(
        contains_phrase(name, *text) for name in _MESSAGE_PHRASES
    )
    return ContactTier.SITE if is_message else None


def _address_tier(address: Address, page: ContactPage, linking_url: str) -> ContactTier | None:
    """Return how good an address is, None when it is another site's or not offered."""
    own = _is_own(address.domain, linking_url)
    if _is_third_party(address, linking_url, own=own):
        return None
    if local_part_matches("unfit", address.local):
        return ContactTier.UNSUITABLE if own else None
    if _is_dedicated(address, page, own=own):
        return ContactTier.DEDICATED
    context = address.context
    offered = contains_phrase("offered", context.line, context.previous_line) or contains_phrase(
        "contact", context.heading
    )
    is_person = bool(address.value) and not _is_role(address, page)
    may_belong = _may_belong_to_site(address, page, own=own, offered=offered)
    if not may_belong or (is_person and not _is_contact_person(page, offered=offered)):
        return None
    if not own and address.domain and address.domain not in word_list("domains", "free"):
        return ContactTier.OTHER_DOMAIN
    return ContactTier.PERSONAL if is_person else ContactTier.SITE


def _is_contact_person(page: ContactPage, *, offered: bool) -> bool:
    """Whether a personal address is offered as the contact, not merely listed or mentioned."""
    if page.role is PageRole.TEAM:
        return False
    personal = {a.value for a in page.contacts.addresses if a.value and not _is_role(a, page)}
    crowded = len(personal) >= MIN_DIRECTORY_ADDRESSES
    return offered or not (crowded or page.role not in CONTACT_ROLES)


def _is_third_party(address: Address, linking_url: str, *, own: bool) -> bool:
    """Whether an address is invalid, a commenter's, or is beside another site's name."""
    context = address.context
    if context.placement is Placement.COMMENTS:
        return True
    if not (own or address.protected or is_public(address.domain)):
        return True
    # A host, a designer, a listed site.
    beside_other_name = context.beside_external_link or contains_phrase(
        "others", context.line, context.previous_line
    )
    return beside_other_name and not _is_same_site(address.domain, linking_url)


def _is_warned_against(address: Address) -> bool:
    """Whether the text around an address says not to use it: a trap, an old one, a scammer's."""
    context = address.context
    sentences = split_sentences(context.line.lower())
    around = [sentence for sentence in sentences if address.value in sentence] or sentences
    text = (
        sentence.replace(address.value, " addr ") for sentence in (context.previous_line, *around)
    )
    return bool(address.value) and contains_phrase("unwanted", *text)


def _is_same_site(domain: str, linking_url: str) -> bool:
    """Whether a mail domain is the site's own, not that of a platform or institution above it.

    The same name under another suffix may belong to somebody else.
    """
    host = host_of(linking_url).removeprefix("www.")
    same_site = site_of(f"http://{domain}/") == site_of(linking_url)
    return same_site and not host.endswith(f".{domain}")


def _may_belong_to_site(address: Address, page: ContactPage, *, own: bool, offered: bool) -> bool:
    """Whether an address may be the site's own, not one that its pages merely mention."""
    main = address.context.placement is Placement.MAIN
    free, unknown = address.domain in word_list("domains", "free"), not address.domain
    if page.role in SITE_ROLES:
        return own or (main and (offered or free or unknown))
    if free and main and page.role is PageRole.LINKING:
        # A linking page lists many addresses: the site's own is known by its name.
        return offered and _matches_site_name(address.local, page)
    return own or (offered and (free or unknown or not main))


def _is_dedicated(address: Address, page: ContactPage, *, own: bool) -> bool:
    """Whether an address is meant for links, errors or the upkeep of the page."""
    context = address.context
    if own and local_part_matches("upkeep", address.local):
        return True
    if contains_phrase(
        "express", context.line, context.previous_line, context.heading if own else ""
    ):
        return own or page.role is not PageRole.TEAM
    return own and (
        page.role is PageRole.REPORT
        or contains_phrase("upkeep", context.line, context.previous_line)
    )


def _is_role(address: Address, page: ContactPage) -> bool:
    """Whether an address is a role's: by its words, or because it is called after the site."""
    local = address.local
    if any(local_part_matches(name, local) for name in ("role", "upkeep", "unfit")):
        return True
    if _PERSONAL_NAME.fullmatch(local) and "-" not in local:
        return False
    named = _site_names(page)
    parts = [part for part in re.split(r"[^a-z]+", local) if len(part) >= MIN_SHARED_LETTERS]
    return any(part in named for part in parts)


def _matches_site_name(local: str, page: ContactPage) -> bool:
    """Whether a local part is the site's name; sharing one word may only mean the same topic."""
    letters, host = re.sub(r"[^a-z]", "", local), _domain_letters(site_of(page.contacts.url))
    within = letters in _site_names(page) or host in letters
    return within and min(len(letters), len(host)) >= MIN_SHARED_LETTERS


def _site_names(page: ContactPage) -> str:
    title, host = page.contacts.title, host_of(page.contacts.url)
    return f"{normalize_words(title)} {normalize_words(host)}".replace(" ", "")


def _is_own(domain: str, url: str) -> bool:
    """Whether a mail domain is the site's: the same, or the same name with another suffix."""
    if not domain:
        return False
    host = host_of(url)
    if site_of(f"http://{domain}/") == site_of(f"http://{host}/"):
        return True
    mail_name = _domain_letters(registrable_domain(domain))
    site_name = _domain_letters(site_of(f"http://{host}/"))
    return mail_name == site_name and len(site_name) >= MIN_SHARED_LETTERS and is_public(domain)


def _domain_letters(domain: str) -> str:
    return re.sub(r"[^a-z0-9]", "", domain.partition(".")[0])


def _is_outside_folder(page: ContactPage, pages: Sequence[ContactPage]) -> bool:
    """Whether a page is outside the linking page's folder while another one is inside it."""
    linking_url = pages[0].contacts.url
    near = [
        f for f in pages[1:] if f.role in SITE_ROLES and _same_folder(f.contacts.url, linking_url)
    ]
    return page is not pages[0] and bool(near) and page not in near


def _same_folder(one: str, other: str) -> bool:
    first, second = urlsplit(one), urlsplit(other)
    folder = second.path.split("/")[1:2]
    deep = second.path.count("/") > 1
    return deep and first.netloc == second.netloc and first.path.split("/")[1:2] == folder


def _context_text(context: TextContext) -> str:
    return context.line or context.previous_line or context.heading
