"""How the sheets say things: verdicts, dates, what a dead page was."""

from __future__ import annotations

from typing import Any

import pandas as pd

from brokenlinks.liveness.messages import day
from brokenlinks.models.verdict import Stage
from brokenlinks.report.outreach.decisions import Decisions
from brokenlinks.report.workbook.cells import Link

_REASON_LABELS = {
    "nxdomain": "Domain gone",
    "nxdomain_sub": "Host gone",
    "no_address": "Host without address",
    "redirect_loop": "Redirects in a circle",
    "too_many_redirects": "Redirects without end",
    "bad_location": "Redirects to no address",
    "redirect_to_nowhere": "Redirects to a dead domain",
    "http_404": "404 not found",
    "http_410": "410 gone for good",
    "http_5xx": "Server error",
    "bot_wall": "Refuses programs",
    "auth": "Asks for a login",
    "gate": "Sends visitors to a login, a consent or the like first",
    "ipv6_only": "Has IPv6 addresses only, not reached from here",
    "legal_451": "Withheld for legal reasons",
    "rate": "Asks to come back later",
    "dns": "No clear answer from the DNS",
    "canary": "Our network was unfit",
    "parked_name_server": "Parked domain",
    "parked_cname": "Parked domain",
    "parked_address": "Parked domain",
    "parked_redirect": "Sent on to a domain market",
    "parked_phrase": "Parked or for sale",
    "parked_markup": "Page of advertising",
    "placeholder": "Server's default page",
    "suspended": "Account suspended",
    "unclaimed_service": "Site given up",
    "spam_words": "Other, unrelated content",
    "topic_gone": "In other hands",
    "other_script": "In another script now",
    "js_shell": "Needs scripts to be read",
    "redirected_home": "Sent on to the home page",
    "redirected_to_section": "Sent on to a section",
    "moved_to_home": "Moved to the home page",
    "error_page": "Error page in disguise",
    "same_page_for_all": "Same page for every address",
}


def verdict(row: Any) -> str:
    """Say a verdict with its stage: "404 not found - confirmed"."""
    said = _REASON_LABELS.get(row.reason, row.reason.replace("_", " ").capitalize())
    if row.stage == Stage.SUSPECTED and not pd.isna(row.next_check):
        return f"{said} - suspected, next check {day(row.next_check)}"
    return f"{said} - {row.stage}" if row.stage else said or "Not checked yet"


def archived_copy(row: Any) -> Link | str:
    """Return the last good copy as a link, or why there is none."""
    if row.archive_outcome == "found":
        return Link(f"copy of {day(row.archive_timestamp)}", row.archive_url)
    if row.archive_outcome == "none":
        return "no copy found"
    return "excluded from the archive" if row.archive_outcome == "excluded" else "not looked up yet"


def replacement_page(row: Any) -> Link | str:
    """Return the own page to offer, or that there is none."""
    if row.suggested_page:
        return Link(row.suggested_title or row.suggested_page, row.suggested_page)
    return "content gap" if row.match_reason else ""


def contact(row: Any, decisions: Decisions) -> Link | str:
    """Return whom to write to: an address as text, a form or page as a link; or why nobody."""
    if decisions.is_suppressed(row.page_site) or decisions.do_not_contact.covers_address(
        row.contact
    ):
        return "do not contact"
    if row.contact_policy:
        return f"wants no such mail ({row.contact_policy})"
    if row.contact_kind in {"form", "page", "protected"}:
        return Link(row.contact, row.contact)
    return str(row.contact or row.contact_detail)


def excel_datetime(value: Any) -> Any:
    """Return a moment as Excel can take it, None for none."""
    return None if pd.isna(value) else value.to_pydatetime()
