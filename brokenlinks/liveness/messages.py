"""What every reason says: as evidence, as a label in the sheets, and in a mail to a site owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from http import HTTPStatus

from brokenlinks.models.evidence import Evidence
from brokenlinks.models.verdict import Reason
from brokenlinks.text.phrases import read_toml

GENERAL_SYMPTOM = "it no longer leads to the page"
"""True of every dead link, whatever the reason."""


@dataclass(frozen=True, slots=True)
class ReasonTexts:
    """The texts of one reason; see the head of `data/reasons.toml`."""

    sentence: str
    label: str
    symptom: str = GENERAL_SYMPTOM


@cache
def reason_texts() -> dict[str, ReasonTexts]:
    """Return the texts by reason."""
    raw = read_toml(__package__, "data/reasons.toml")
    return {reason: ReasonTexts(**texts) for reason, texts in raw.items()}


def label_of(reason: str) -> str:
    """Return the few words for a stored reason, of other versions too."""
    if texts := reason_texts().get(reason):
        return texts.label
    family, _, status = reason.partition("_")
    if family == "http":
        return f"{reason_texts()[Reason.HTTP_OTHER].label} ({status})"
    return reason.replace("_", " ").capitalize()


def symptom_of(reason: str) -> str:
    """Return what a visitor of the link finds, for a stored reason, of other versions too."""
    texts = reason_texts().get(reason)
    return texts.symptom if texts else GENERAL_SYMPTOM


def message_for(reason: Reason, latest: Evidence, streak: Sequence[Evidence]) -> str:
    """Say what was observed and how often: "Answers 404 Not Found; checked once, on 3 May 2026"."""
    protection, root = latest.bot_protection, latest.root
    message = reason_texts()[reason].sentence.format(
        host=latest.dns.host,
        domain=latest.dns.host.removeprefix("www."),
        status=status_text(latest.status),
        vendor=f" ({protection.vendor})" if protection else "",
        final=latest.final_url,
        signal=latest.signals.get(reason) or latest.signals.get("spam", ""),
        error=_error_text(latest),
    )
    if root is not None and root.status is not None and reason in {"http_404", "http_410"}:
        works = root.status < 400 and not root.same_body
        message += f" while the site's home page {'works' if works else 'does no better'}"
    if latest.skip_reason is not None:
        return f"{message}."
    return f"{message}; {_check_history(streak)}."


def _error_text(evidence: Evidence) -> str:
    kinds = ("error_title", "error_h1", "error_passage", "error_path")
    words = next((evidence.signals[kind] for kind in kinds if kind in evidence.signals), "")
    return f': "{words}"' if words else ""


def status_text(status: int | None) -> str:
    """Return a status with its name: "404 Not Found"."""
    try:
        return f"{status} {HTTPStatus(status or 0).phrase}"
    except ValueError:
        return str(status)


def _check_history(streak: Sequence[Evidence]) -> str:
    first, last = day(streak[0].checked_at), day(streak[-1].checked_at)
    if len(streak) == 1:
        return f"checked once, on {last}"
    if first == last:
        return f"checked {len(streak)} times on {last}"
    return f"checked {len(streak)} times between {first} and {last}"


def day(moment: datetime) -> str:
    """Return a date in words: 3 May 2026."""
    return f"{moment.day} {moment:%B %Y}"
