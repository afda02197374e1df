"""Whom to write to, of all that a site's pages offer. Pure; nothing is ever guessed.

First what is expressly for links and errors of the page, then contact forms and role addresses,
then a person's own address where it is offered as the contact, then one of a domain that is not
the site's, then a page that says how to reach the site.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from urllib.parse import urlsplit

from brokenlinks.enrichment.contacts.addresses import is_public
from brokenlinks.enrichment.contacts.words import data, local_part_is, phrases, says, sentences_of
from brokenlinks.models.contact import (
    Address,
    Around,
    Contact,
    ContactKind,
    Finding,
    Form,
    PageRole,
)
from brokenlinks.models.page import Placement
from brokenlinks.text.urls import host_of, registrable_domain, site_of
from brokenlinks.text.words import worded

OPT_OUT = "opt-out"
NAMED_AFTER_SITE = 5
"""Letters that an address shares with the site's name when it is named after it."""
FEWEST_WORDS = 5
"""A page with fewer words is a shell that only a script fills."""
CROWD = 3
"""So many persons' addresses on one page are a list of members, not the contact."""
_PERSON = re.compile(r"[a-z]\.?[._-][a-z]{2,}|[a-z]{2,}[._][a-z]{2,}(?:[._][a-z]{2,})?")


class Tier(IntEnum):
    """How good a contact is, best first."""

    EXPRESS = 1
    SITE = 2
    PERSON = 3
    FOREIGN = 4
    PROTECTED = 5
    PAGE = 6
    UNFIT = 7


FOR_CONTACT = frozenset({PageRole.REPORT, PageRole.CONTACT, PageRole.FEEDBACK, PageRole.IMPRINT})
FOR_SITE = FOR_CONTACT | {PageRole.ABOUT, PageRole.WHEREABOUTS, PageRole.ACCESSIBILITY}
PAGES = frozenset(
    {PageRole.REPORT, PageRole.CONTACT, PageRole.FEEDBACK, PageRole.WHEREABOUTS, PageRole.IMPRINT}
)
_MESSAGES = ("contact", "feedback", "report")
"""Words by which a form outside the pages for contact is for messages to the site."""


_Rank = tuple[int, ...]
"""Tier, whether it is far from the linking page, kind, order of the pages, order on the page."""


def choose(findings: Sequence[Finding]) -> Contact:
    """Return the best contact of one site from its pages, the linking page first."""
    notice = next((f.offers.opt_out for f in findings if f.offers.opt_out), "")
    best = _best(findings)
    contact = best[1] if best else Contact(ContactKind.NONE)
    if notice:
        said = f"{contact.detail}; " if contact.detail else ""
        return replace(contact, policy=OPT_OUT, detail=f"{said}says: {notice}")
    return contact


def is_settled(findings: Sequence[Finding]) -> bool:
    """Tell whether looking any further, e.g. on the home page, could hardly find better."""
    best = _best(findings)
    return best is not None and best[0] < (Tier.FOREIGN,)


def _best(findings: Sequence[Finding]) -> tuple[_Rank, Contact] | None:
    return min(_rated(findings), key=lambda rated: rated[0], default=None)


def _rated(findings: Sequence[Finding]) -> Iterator[tuple[_Rank, Contact]]:
    unwanted = {a.value for f in findings for a in f.offers.addresses if _is_warned_of(a)}
    for number, finding in enumerate(findings):
        far = _is_far(finding, findings)
        for order, (tier, contact) in enumerate(
            _of_page(finding, findings[0].offers.url, unwanted)
        ):
            kind = list(ContactKind).index(contact.kind)
            yield (tier, far, kind, number, order), contact


def _of_page(
    finding: Finding, linking: str, unwanted: Collection[str]
) -> Iterator[tuple[Tier, Contact]]:
    offers, role = finding.offers, finding.role
    for form in offers.forms:
        if tier := _form_tier(form, role):
            value, said = form.url or offers.url, _said(form.around)
            yield tier, Contact(ContactKind.FORM, value, offers.url, detail=said)
    for address in offers.addresses:
        if address.value in unwanted:
            continue
        if tier := _address_tier(address, finding, linking):
            yield _with_kind(address, tier, finding)
    if role in PAGES and offers.words >= FEWEST_WORDS:
        yield Tier.PAGE, Contact(ContactKind.PAGE, offers.url, offers.url)


def _with_kind(address: Address, tier: Tier, finding: Finding) -> tuple[Tier, Contact]:
    url = finding.offers.url
    if not address.value:
        said = f"protected address on {url}"
        return Tier.PROTECTED, Contact(ContactKind.PROTECTED, url, url, detail=said)
    kind = ContactKind.ROLE_ADDRESS if _is_role(address, finding) else ContactKind.PERSON_ADDRESS
    return tier, Contact(kind, address.value, url, detail=_said(address.around))


def _form_tier(form: Form, role: PageRole) -> Tier | None:
    around = form.around
    if role is PageRole.REPORT or says("express", around.line, around.heading, form.said):
        return Tier.EXPRESS
    if form.url and role not in FOR_SITE:
        # "Contact the festival" is a form of somebody whom the page lists.
        return Tier.SITE if phrases("contact").fullmatch(worded(form.said)) else None
    said = (around.line, around.before, around.heading, form.said)
    is_message = role in FOR_CONTACT or any(says(name, *said) for name in _MESSAGES)
    return Tier.SITE if is_message else None


def _address_tier(address: Address, finding: Finding, linking: str) -> Tier | None:
    """Tell how good an address is, None when it is somebody else's or not offered."""
    own = _is_own(address.domain, linking)
    if _is_strange(address, linking, own=own):
        return None
    if local_part_is("unfit", address.local):
        return Tier.UNFIT if own else None
    if _is_express(address, finding, own=own):
        return Tier.EXPRESS
    around = address.around
    offered = says("offered", around.line, around.before) or says("contact", around.heading)
    if not _may_be_the_sites(address, finding, own=own, offered=offered):
        return None
    is_person = bool(address.value) and not _is_role(address, finding)
    if is_person and not _is_person_to_ask(finding, offered=offered):
        return None
    return _tier_by_domain(address.domain, own=own, is_person=is_person)


def _tier_by_domain(domain: str, *, own: bool, is_person: bool) -> Tier:
    """Put whoever is at a domain of others after the site's own people."""
    if not own and domain and domain not in data("domains", "free"):
        return Tier.FOREIGN
    return Tier.PERSON if is_person else Tier.SITE


def _is_person_to_ask(finding: Finding, *, offered: bool) -> bool:
    """Tell a person who is offered as the contact from one of many, or one who is mentioned."""
    if finding.role is PageRole.TEAM:
        return False
    crowded = _persons_on(finding) >= CROWD
    return offered if crowded or finding.role not in FOR_CONTACT else True


def _is_strange(address: Address, linking: str, *, own: bool) -> bool:
    """Tell an address that is nobody's, a commentator's, or stands with somebody else's name."""
    around = address.around
    if around.placement is Placement.COMMENTS:
        return True
    if not (own or address.protected or is_public(address.domain)):
        return True
    return not _is_surely_own(address.domain, linking) and _is_others(around)


def _is_warned_of(address: Address) -> bool:
    """Tell an address in a sentence that says not to use it: a trap, an old one, a swindler's."""
    around = address.around
    sentences = sentences_of(around.line.lower())
    saying = [sentence for sentence in sentences if address.value in sentence] or sentences
    said = (sentence.replace(address.value, " addr ") for sentence in (around.before, *saying))
    return bool(address.value) and says("unwanted", *said)


def _is_others(around: Around) -> bool:
    """Tell an address that stands with somebody else's name: a host, a designer, a listed site."""
    return around.listing or says("others", around.line, around.before)


def _is_surely_own(domain: str, linking: str) -> bool:
    """Tell a mail domain of the very site, not of a platform or institution above its host.

    The same name under another suffix may be somebody else's.
    """
    host = host_of(linking).removeprefix("www.")
    same_site = site_of(f"http://{domain}/") == site_of(linking)
    return same_site and not host.endswith(f".{domain}")


def _may_be_the_sites(address: Address, finding: Finding, *, own: bool, offered: bool) -> bool:
    """Tell the site's own addresses from those that merely stand on its pages."""
    main = address.around.placement is Placement.MAIN
    free, unknown = address.domain in data("domains", "free"), not address.domain
    if finding.role in FOR_SITE:
        return own or (main and (offered or free or unknown))
    if free and main and finding.role is PageRole.LINKING:
        # Among those whom the page lists, only its name tells the site's address.
        return offered and _bears_sites_name(address.local, finding)
    return own or (offered and (free or unknown or not main))


def _is_express(address: Address, finding: Finding, *, own: bool) -> bool:
    """Tell whether an address is there for links, errors or the upkeep of the page."""
    around = address.around
    if own and local_part_is("upkeep", address.local):
        return True
    if says("express", around.line, around.before, around.heading if own else ""):
        return own or finding.role is not PageRole.TEAM
    return own and (finding.role is PageRole.REPORT or says("upkeep", around.line, around.before))


def _is_role(address: Address, finding: Finding) -> bool:
    """Tell a role's address from a person's: by its words, or as it is named after the site."""
    local = address.local
    if any(local_part_is(name, local) for name in ("role", "upkeep", "unfit")):
        return True
    if _PERSON.fullmatch(local) and "-" not in local:
        return False
    named = _names_of_site(finding)
    parts = [part for part in re.split(r"[^a-z]+", local) if len(part) >= NAMED_AFTER_SITE]
    return any(part in named for part in parts)


def _bears_sites_name(local: str, finding: Finding) -> bool:
    """Tell a local part that is the site's name: one shared word may be what both are about."""
    letters, host = re.sub(r"[^a-z]", "", local), _name(site_of(finding.offers.url))
    within = letters in _names_of_site(finding) or host in letters
    return within and min(len(letters), len(host)) >= NAMED_AFTER_SITE


def _names_of_site(finding: Finding) -> str:
    title, host = finding.offers.title, host_of(finding.offers.url)
    return f"{worded(title)} {worded(host)}".replace(" ", "")


def _is_own(domain: str, url: str) -> bool:
    """Tell whether a mail domain is the site's: the same domain, or the same name elsewhere."""
    if not domain:
        return False
    host = host_of(url)
    if site_of(f"http://{domain}/") == site_of(f"http://{host}/"):
        return True
    theirs, ours = _name(registrable_domain(domain)), _name(site_of(f"http://{host}/"))
    return theirs == ours and len(ours) >= NAMED_AFTER_SITE and is_public(domain)


def _name(domain: str) -> str:
    return re.sub(r"[^a-z0-9]", "", domain.partition(".")[0])


def _persons_on(finding: Finding) -> int:
    return len({a.value for a in finding.offers.addresses if a.value and not _is_role(a, finding)})


def _is_far(finding: Finding, findings: Sequence[Finding]) -> bool:
    """Tell a page outside the folder of the linking page while another stands within it."""
    linking = findings[0].offers.url
    near = [f for f in findings[1:] if f.role in FOR_SITE and _same_folder(f.offers.url, linking)]
    return finding is not findings[0] and bool(near) and finding not in near


def _same_folder(one: str, other: str) -> bool:
    first, second = urlsplit(one), urlsplit(other)
    folder = second.path.split("/")[1:2]
    deep = second.path.count("/") > 1
    return deep and first.netloc == second.netloc and first.path.split("/")[1:2] == folder


def _said(around: Around) -> str:
    return around.line or around.before or around.heading
