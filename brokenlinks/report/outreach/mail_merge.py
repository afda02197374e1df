"""Files of the sites that are ready to be written to: one for mail-merge tools, one of forms."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from brokenlinks.report.left_out import LeftOut
from brokenlinks.report.outreach.mailings import Mailing, ready
from brokenlinks.text.tables import escape_formula

HEADERS = (
    *("email", "contact_form", "first_name", "last_name", "company", "website"),
    *("page_url", "page_title", "dead_url", "anchor_text", "dead_status", "archive_url"),
    *("replacement_url", "replacement_title", "subject", "body", "status", "key"),
)
"""They never change, because users map them once. Mail-merge tools want an email in every row."""
FORM_HEADERS = ("contact_form", *HEADERS[2:])


def write_outreach(
    mail_merge: Path, forms: Path, mailings: Iterable[Mailing], left_out: LeftOut
) -> list[str]:
    """Write the mails with an email address into one file, those for forms into the other.

    Rows that fail are `left_out`. Returns warnings for the user.
    """
    by_mail: list[dict[str, str]] = []
    by_form: list[dict[str, str]] = []
    for mailing in ready(mailings):
        with left_out.on_failure(mail_merge.name, mailing):
            (by_mail if mailing.recipient.email else by_form).append(_row(mailing))
    warnings = _write(mail_merge, HEADERS, by_mail)
    if by_form or forms.exists():
        warnings += _write(forms, FORM_HEADERS, by_form)
    return warnings


def _write(path: Path, headers: Sequence[str], rows: Iterable[dict[str, str]]) -> list[str]:
    """Replace the file, completely or not at all; returns warnings for the user."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        # The byte order mark makes Excel read the file as UTF-8.
        with temporary.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            writer = csv.DictWriter(file, headers, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except PermissionError:
        why = "is open elsewhere or read-only, so it was not updated"
        return [f"{path.name} {why}: send nothing from it"]
    finally:
        temporary.unlink(missing_ok=True)
    return []


def _row(mailing: Mailing) -> dict[str, str]:
    link, recipient = mailing.dead_links[0], mailing.recipient
    first, _, last = recipient.name.rpartition(" ")
    row = {
        "email": recipient.email,
        "contact_form": recipient.page,
        "first_name": first or last,
        "last_name": last if first else "",
        "company": "",
        "website": mailing.site,
        "page_url": link.page_url,
        "page_title": link.page_title,
        "dead_url": link.dead_url,
        "anchor_text": link.anchor,
        "dead_status": link.symptom,
        "archive_url": link.archive_url,
        "replacement_url": link.replacement_url,
        "replacement_title": link.replacement_title,
        "subject": mailing.draft.subject,
        "body": mailing.draft.body,
        "status": link.status,
        "key": link.key,
    }
    return {header: escape_formula(text) for header, text in row.items()}
