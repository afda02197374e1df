"""Which mail would go to which site: one a site, about the rows a person means. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from brokenlinks.liveness.messages import day
from brokenlinks.models.verdict import Stage, Verdict
from brokenlinks.report.outreach.decisions import NEW, READY, WRITTEN_TO, Decisions
from brokenlinks.report.outreach.drafts import Draft, Fault, Sender, write_draft
from brokenlinks.text.urls import absolute_url, ascii_host, host_of, site_of

MAIL_KINDS = frozenset({"role address", "person address"})
_MAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@]+\.[^\s@]+")
WEB = ("http://", "https://")
COLUMNS = [
    *("key", "confirmed", "page_site", "page_url", "page_title", "heading", "anchor", "context"),
    *(
        "link_url",
        "verdict",
        "reason",
        "stage",
        "next_check",
        "final_url",
        "moved_to",
        "archive_outcome",
        "archive_url",
    ),
    *("suggested_page", "suggested_title", "contact", "contact_kind", "contact_policy"),
]
"""What a mail is made of; the rest of a row is not read, as all rows are held at once."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a mail goes: an address, or a page with a form or directions; empty for nowhere.

    `mistaken` is what a person wrote that is neither.
    """

    email: str = ""
    page: str = ""
    name: str = ""
    mistaken: str = ""

    def __bool__(self) -> bool:
        """Tell whether there is a route at all."""
        return bool(self.email or self.page)


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mail to a site; `hindrances` say what has to be done before it can go out."""

    site: str
    route: Route
    faults: Sequence[Fault]
    draft: Draft
    hindrances: Sequence[str]


def plan_mailings(
    opportunities: pd.DataFrame, decisions: Decisions, sender: Sender
) -> list[Mailing]:
    """Return the mails to be written, in the order of the work list.

    A site's rows marked Ready go into its mail; as long as none is, its confirmed rows that are
    New. A site that has had its mail gets no second one unless a row is marked Ready.
    """
    by_site: dict[str, list[Any]] = {}
    for row in opportunities[COLUMNS].itertuples():
        by_site.setdefault(str(row.page_site), []).append(row)
    mailings = (_mailing(site, rows, decisions, sender) for site, rows in by_site.items())
    return [mailing for mailing in mailings if mailing is not None]


def ready(mailings: Iterable[Mailing]) -> Iterator[Mailing]:
    """Yield the mails that nothing hinders."""
    return (mailing for mailing in mailings if not mailing.hindrances)


def _mailing(
    site: str, rows: Sequence[Any], decisions: Decisions, sender: Sender
) -> Mailing | None:
    chosen = _chosen(rows, decisions)
    if not chosen or decisions.bars(site):
        return None
    route = _route(rows, decisions)
    if route is None or _is_barred(route, decisions):
        return None
    faults = [_fault(row, decisions) for row in chosen]
    own = decisions.drafts.get(site)
    draft = write_draft(faults, site, route.name, sender)
    if own is not None:
        draft = Draft(own.subject or draft.subject, own.body or draft.body)
    replacements = [decisions.row(row.key).replacement for row in chosen]
    hindrances = [
        # What cannot be read may bar the site, or say that it has had its mail.
        *(f"mend or move away {name}, which could not be read" for name in decisions.unread),
        *_doubts(chosen),
        *_hindrances(faults, replacements, route, draft, sender),
    ]
    return Mailing(site, route, faults, draft, hindrances)


def _chosen(rows: Sequence[Any], decisions: Decisions) -> list[Any]:
    statuses = {row.key: decisions.row(row.key).status for row in rows}
    marked = [row for row in rows if statuses[row.key] == READY]
    if marked or not WRITTEN_TO.isdisjoint(statuses.values()):
        return marked
    return [row for row in rows if row.confirmed and statuses[row.key] in {"", NEW}]


def _route(rows: Sequence[Any], decisions: Decisions) -> Route | None:
    """Return where to write to; None where the site wants no mail and the person named no way."""
    told = [decisions.row(row.key) for row in rows]
    name = next((decision.contact_name for decision in told if decision.contact_name), "")
    override = next((decision.contact for decision in told if decision.contact), "")
    if override:
        return _route_told(override, name)
    found = rows[0]
    if found.contact_policy:
        return None
    if found.contact_kind in MAIL_KINDS:
        return Route(found.contact, "", name)
    return Route("", found.contact if str(found.contact).startswith(WEB) else "", name)


def _is_barred(route: Route, decisions: Decisions) -> bool:
    listed = decisions.listed
    return (
        listed.bars_address(route.email)
        or listed.bars_host(host_of(route.page))
        or decisions.bars(site_of(route.page))
    )


def _route_told(override: str, name: str) -> Route:
    if _is_web_address(override):
        return Route("", override, name)
    _, _, domain = override.rpartition("@")
    is_mail = _MAIL.fullmatch(override) and ascii_host(domain)
    return Route(override, "", name) if is_mail else Route("", "", name, mistaken=override)


def _is_web_address(text: str) -> bool:
    return absolute_url("", text) is not None and not re.search(r"\s", text)


def _fault(row: Any, decisions: Decisions) -> Fault:
    decision = decisions.row(row.key)
    return Fault(
        key=row.key,
        status=decision.status or NEW,
        page_url=row.page_url,
        page_title=row.page_title,
        heading=row.heading,
        anchor=row.anchor,
        context=row.context,
        dead_url=row.link_url,
        verdict=row.verdict,
        reason=row.reason,
        moved_to=row.final_url if row.verdict == Verdict.MOVED else row.moved_to,
        archive_url=row.archive_url if row.archive_outcome == "found" else "",
        replacement_url=decision.replacement or row.suggested_page,
        replacement_title="" if decision.replacement else row.suggested_title,
    )


def _doubts(rows: Sequence[Any]) -> Iterator[str]:
    """Yield what has to be waited for: a mail claims what it says of a link."""
    checks = [row.next_check for row in rows if row.stage == Stage.SUSPECTED]
    for check in dict.fromkeys("" if pd.isna(at) else f" of {day(at)}" for at in checks):
        yield f"suspected only: wait for the check{check}"


def _hindrances(
    faults: Sequence[Fault], replacements: Sequence[str], route: Route, draft: Draft, sender: Sender
) -> tuple[str, ...]:
    text = draft.subject + draft.body
    missing = [f"fill in {placeholder}" for placeholder in sender.missing if placeholder in text]
    found = [
        *([] if route else [_contact_wanted(route)]),
        *missing,
        *(
            f"mend the Replacement override: {text!r} is no web address, as https://... is"
            for text in dict.fromkeys(replacements)
            if text and not _is_web_address(text)
        ),
        *(["mark a row Ready"] if faults[0].status != READY else []),
    ]
    return tuple(found)


def _contact_wanted(route: Route) -> str:
    if not route.mistaken:
        return "find a contact"
    return (
        f"mend the Contact override: {route.mistaken!r} is neither one mail address nor a web"
        " address, as https://... is"
    )
