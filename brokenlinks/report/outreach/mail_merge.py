"""The file for mail-merge tools: one row a site that is ready to be written to."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path

from brokenlinks.report.outreach.mailings import Mailing, ready
from brokenlinks.text.tables import escape_formula

HEADERS = (
    *("email", "contact_form", "first_name", "last_name", "company", "website"),
    *("page_url", "page_title", "dead_url", "anchor_text", "dead_status", "archive_url"),
    *("replacement_url", "replacement_title", "subject", "body", "status", "key"),
)
"""They never change: people map them once."""


def write_mail_merge(path: Path, mailings: Iterable[Mailing]) -> list[str]:
    """Write the file anew, whole or not at all; returns what a person should know."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        # The mark at its start tells Excel that the letters are UTF-8.
        with temporary.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, HEADERS)
            writer.writeheader()
            writer.writerows(_row(mailing) for mailing in ready(mailings))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except PermissionError:
        still = "it still says what it said before; send nothing from it"
        return [f"{path.name} is open elsewhere or read-only: {still}"]
    finally:
        temporary.unlink(missing_ok=True)
    return []


def _row(mailing: Mailing) -> dict[str, str]:
    fault, recipient = mailing.dead_links[0], mailing.recipient
    first, _, last = recipient.name.rpartition(" ")
    row = {
        "email": recipient.email,
        "contact_form": recipient.page,
        "first_name": first or last,
        "last_name": last if first else "",
        "company": "",
        "website": mailing.site,
        "page_url": fault.page_url,
        "page_title": fault.page_title,
        "dead_url": fault.dead_url,
        "anchor_text": fault.anchor,
        "dead_status": fault.symptom,
        "archive_url": fault.archive_url,
        "replacement_url": fault.replacement_url,
        "replacement_title": fault.replacement_title,
        "subject": mailing.draft.subject,
        "body": mailing.draft.body,
        "status": fault.status,
        "key": fault.key,
    }
    return {header: escape_formula(text) for header, text in row.items()}
