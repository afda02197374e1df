"""Files of the sites that are ready to be written to: one for mail-merge tools, one of forms."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from brokenlinks.report.left_out import LeftOut
from brokenlinks.report.outreach.mailings import Mailing, ready
from brokenlinks.text.normalize import normalize_words
from brokenlinks.text.printable import printable_lines
from brokenlinks.text.tables import escape_formula
from brokenlinks.text.urls import registrable_domain

HEADERS = (
    *("email", "contact_form", "first_name", "last_name", "company", "website"),
    *("page_url", "page_title", "dead_url", "anchor_text", "dead_status", "archive_url"),
    *("replacement_url", "replacement_title", "subject", "body", "status", "key"),
)
"""They never change, because users map them once. Mail-merge tools want an email in every row."""
FORM_HEADERS = ("contact_form", *HEADERS[2:])
PRESETS = {
    "": {},
    "instantly": {"company": "company_name"},
    "lemlist": {"first_name": "firstName", "last_name": "lastName", "company": "companyName"},
    "thunderbird": {
        "email": "PrimaryEmail",
        "first_name": "FirstName",
        "last_name": "LastName",
        "company": "Company",
        "website": "WebPage1",
    },
    "word": {
        "email": "E-mail Address",
        "first_name": "First Name",
        "last_name": "Last Name",
        "company": "Company",
        "website": "Web Page",
    },
}
"""What our headers are called in a tool, where that differs.

Most tools ask which column is which and take any header. Sources: "Import contacts from a CSV
file" of Instantly (email, first_name, last_name) and the fields of its leads, the fields of
lemlist's leads, the property names of Thunderbird's address book, the fields Word maps
(WdMappedDataFields).
"""
_SEPARATOR = re.compile(r"\s[-\u2013\u2014\u00b7:\u00bb]\s|\|")
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "rev", "herr", "frau", "mme", "m"}
)
"""What comes before a name and is none."""


def write_outreach(
    mail_merge: Path,
    forms: Path,
    mailings: Iterable[Mailing],
    left_out: LeftOut,
    preset: str = "",
) -> list[str]:
    """Write the mails with an email address into one file, those for forms into the other.

    `preset` names the tool whose headers the first gets. Rows that fail are `left_out`. Returns
    warnings for the user.
    """
    by_mail: list[dict[str, str]] = []
    by_form: list[dict[str, str]] = []
    for mailing in ready(mailings):
        with left_out.on_failure(mail_merge.name, mailing):
            (by_mail if mailing.recipient.email else by_form).append(_row(mailing))
    warnings = _write(mail_merge, HEADERS, by_mail, PRESETS[preset])
    if by_form or forms.exists():
        warnings += _write(forms, FORM_HEADERS, by_form, {})
    return warnings


def _write(
    path: Path, headers: Sequence[str], rows: Iterable[dict[str, str]], names: Mapping[str, str]
) -> list[str]:
    """Replace the file, completely or not at all; returns warnings for the user.

    `names` are what headers are called in the file, where that differs.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        # The byte order mark makes Excel read the file as UTF-8.
        with temporary.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            writer = csv.DictWriter(file, headers, extrasaction="ignore")
            writer.writerow({header: names.get(header, header) for header in headers})
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
    first, last = _split_name(recipient.name)
    row = {
        "email": recipient.email,
        "contact_form": recipient.page,
        "first_name": first,
        "last_name": last,
        "company": _company(mailing),
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
    return {header: escape_formula(printable_lines(text)) for header, text in row.items()}


def _company(mailing: Mailing) -> str:
    """Return the site's name: the part of a page's title that spells its domain, "" if none does.

    Any other part may be a heading: no name is better than a wrong one.
    """
    label = registrable_domain(mailing.site).partition(".")[0].replace("-", "")
    for link in mailing.dead_links:
        for part in _SEPARATOR.split(link.page_title):
            if normalize_words(part).replace(" ", "") == label:
                return part.strip()
    return ""


def _split_name(name: str) -> tuple[str, str]:
    """Return the first names and the last name, which begins at a particle such as "van"."""
    words = name.split()
    names = words[:]
    while names and names[0].rstrip(".").casefold() in TITLES:
        del names[0]
    if len(names) < 2:
        only = " ".join(names)
        return ("", only) if names != words else (only, "")
    begin = len(names) - 1
    while begin > 1 and names[begin - 1].islower():
        begin -= 1
    return " ".join(names[:begin]), " ".join(names[begin:])
