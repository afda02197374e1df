"""Which mail would go to which site: one for each site, about the rows the user chose. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from brokenlinks.liveness.messages import day
from brokenlinks.models.verdict import Stage, Verdict
from brokenlinks.report.left_out import LeftOut
from brokenlinks.report.outreach.decisions import CONTACTED_STATUSES, NEW, READY, Decisions
from brokenlinks.report.outreach.drafts import DeadLink, Draft, Sender, write_draft
from brokenlinks.text.urls import absolute_url, ascii_host, host_of, site_of

EMAIL_KINDS = frozenset({"role address", "person address"})
_MAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@]+\.[^\s@]+")
WEB_SCHEMES = ("http://", "https://")
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
"""The columns a mail needs; no others are read, because all rows are in memory together."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a mail goes: an address, or a page with a form or directions; empty if unknown.

    `invalid` is what the user wrote if it is neither.
    """

    email: str = ""
    page: str = ""
    name: str = ""
    invalid: str = ""

    def __bool__(self) -> bool:
        """Whether there is any way to write."""
        return bool(self.email or self.page)


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mail to a site; `blockers` are what has to be done before it can go out."""

    site: str
    recipient: Recipient
    dead_links: Sequence[DeadLink]
    draft: Draft
    blockers: Sequence[str]


def plan_mailings(
    opportunities: pd.DataFrame, decisions: Decisions, sender: Sender, left_out: LeftOut
) -> list[Mailing]:
    """Return the mails, in the order of the work list; those that fail are `left_out`.

    A mail is about the site's rows marked Ready, or without any about its confirmed rows that are
    New. A site that has had its mail gets no other one unless a row is marked Ready.
    """
    by_site: dict[str, list[Any]] = {}
    for row in opportunities[COLUMNS].itertuples():
        by_site.setdefault(str(row.page_site), []).append(row)
    mailings = []
    for site, rows in by_site.items():
        with left_out.on_failure("mails", rows[0]):
            mailings.append(_mailing(site, rows, decisions, sender))
    return [mailing for mailing in mailings if mailing is not None]


def ready(mailings: Iterable[Mailing]) -> Iterator[Mailing]:
    """Yield the mails without blockers."""
    return (mailing for mailing in mailings if not mailing.blockers)


def _mailing(
    site: str, rows: Sequence[Any], decisions: Decisions, sender: Sender
) -> Mailing | None:
    chosen = _rows_to_mail(rows, decisions)
    if not chosen or decisions.is_suppressed(site):
        return None
    recipient = _recipient(rows, decisions)
    if recipient is None or _is_suppressed(recipient, decisions):
        return None
    dead_links = [_dead_link(row, decisions) for row in chosen]
    own = decisions.drafts.get(site)
    draft = write_draft(dead_links, site, recipient.name, sender)
    if own is not None:
        draft = Draft(own.subject or draft.subject, own.body or draft.body)
    replacements = [decisions.row(row.key).replacement for row in chosen]
    blockers = [
        # An unreadable workbook may exclude the site, or show that it has had its mail.
        *(f"repair or move away {name}, which could not be read" for name in decisions.unread),
        *_pending_checks(chosen),
        *_blockers(dead_links, replacements, recipient, draft, sender),
    ]
    return Mailing(site, recipient, dead_links, draft, blockers)


def _rows_to_mail(rows: Sequence[Any], decisions: Decisions) -> list[Any]:
    statuses = {row.key: decisions.row(row.key).status for row in rows}
    marked = [row for row in rows if statuses[row.key] == READY]
    if marked or not CONTACTED_STATUSES.isdisjoint(statuses.values()):
        return marked
    return [row for row in rows if row.confirmed and statuses[row.key] in {"", NEW}]


def _recipient(rows: Sequence[Any], decisions: Decisions) -> Recipient | None:
    """Return where to write; None if the site wants no such mail and the user gave no contact."""
    decided = [decisions.row(row.key) for row in rows]
    name = next((decision.contact_name for decision in decided if decision.contact_name), "")
    override = next((decision.contact for decision in decided if decision.contact), "")
    if override:
        return _parse_override(override, name)
    first = rows[0]
    if first.contact_policy:
        return None
    if first.contact_kind in EMAIL_KINDS:
        return Recipient(first.contact, "", name)
    return Recipient("", first.contact if str(first.contact).startswith(WEB_SCHEMES) else "", name)


def _is_suppressed(recipient: Recipient, decisions: Decisions) -> bool:
    do_not_contact = decisions.do_not_contact
    return (
        do_not_contact.covers_address(recipient.email)
        or do_not_contact.covers_host(host_of(recipient.page))
        or decisions.is_suppressed(site_of(recipient.page))
    )


def _parse_override(override: str, name: str) -> Recipient:
    if _is_web_address(override):
        return Recipient("", override, name)
    _, _, domain = override.rpartition("@")
    is_mail = _MAIL.fullmatch(override) and ascii_host(domain)
    return Recipient(override, "", name) if is_mail else Recipient("", "", name, invalid=override)


def _is_web_address(text: str) -> bool:
    return absolute_url("", text) is not None and not re.search(r"\s", text)


def _dead_link(row: Any, decisions: Decisions) -> DeadLink:
    decision = decisions.row(row.key)
    return DeadLink(
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


def _pending_checks(rows: Sequence[Any]) -> Iterator[str]:
    """Yield the checks to wait for: a mail must not claim what is only suspected."""
    checks = [row.next_check for row in rows if row.stage == Stage.SUSPECTED]
    for check in dict.fromkeys("" if pd.isna(at) else f" of {day(at)}" for at in checks):
        yield f"only suspected: wait for the check{check}"


def _blockers(
    dead_links: Sequence[DeadLink],
    replacements: Sequence[str],
    recipient: Recipient,
    draft: Draft,
    sender: Sender,
) -> tuple[str, ...]:
    text = draft.subject + draft.body
    missing = [
        f"fill in {placeholder}"
        for placeholder in sender.missing_placeholders
        if placeholder in text
    ]
    blockers = [
        *([] if recipient else [_contact_blocker(recipient)]),
        *missing,
        *(
            f"correct the Replacement override: {text!r} is not a web address such as https://..."
            for text in dict.fromkeys(replacements)
            if text and not _is_web_address(text)
        ),
        *(["mark a row Ready"] if dead_links[0].status != READY else []),
    ]
    return tuple(blockers)


def _contact_blocker(recipient: Recipient) -> str:
    if not recipient.invalid:
        return "find a contact"
    return (
        f"correct the Contact override: {recipient.invalid!r} is neither one email address nor a"
        " web address such as https://..."
    )
