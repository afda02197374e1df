from __future__ import annotations
from dataclasses import dataclass
from brokenlinks.journal.frames import links_frame


@dataclass
class Report:
    rows: int


def build_report(connection, plan, settings, summary):
    f = links_frame(connection, plan.niche)
    return Report(len(f))
