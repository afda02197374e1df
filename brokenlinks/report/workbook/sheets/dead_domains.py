"""Dead domains, one in each row: gone, parked or hijacked, and what not to do with them."""

from __future__ import annotations

from brokenlinks.report.workbook.cells import DATE_FORMAT
from brokenlinks.report.workbook.snapshot import KEY
from brokenlinks.report.workbook.table import CHANGED, Column, Layout
from brokenlinks.report.workbook.wording import link_to
from brokenlinks.scoring.opportunities import row_key

RISK = (
    "Do not register it for its links: search engines treat expired domains that were bought for"
    " their links as spam. Ask the linking sites to update them instead."
)
STATE_LABELS = {
    "probably_available": "probably available",
    "pending_delete": "about to be deleted",
    "redemption": "expired, the owner can still restore it",
    "expired_grace": "expired, in its grace period",
    "on_hold": "on hold",
    "registered": "registered",
    "unknown": "unknown",
}

LAYOUT = Layout(
    title="Dead domains",
    table="Dead_domains",
    frozen="C2",
    columns=(
        Column(KEY, 12, lambda row: row_key("", row.domain), folded=True),
        Column("Domain", 30, "domain"),
        Column("State", 30, lambda row: STATE_LABELS[row.state]),
        Column("State on", 13, "state_on", format=DATE_FORMAT),
        Column("Registered on", 13, "registered_at", format=DATE_FORMAT),
        Column("Expires on", 13, "expires_at", format=DATE_FORMAT),
        Column("Dead links to it", 9, "urls"),
        Column("Sites linking", 9, "sites_linking"),
        Column("Pages linking", 9, "pages_linking"),
        Column("What it was", 44, lambda row: f"“{row.title}”" if row.title else ""),
        Column("An address", 34, link_to("target_url")),
        Column("Risk", 60, lambda _: RISK),
        Column(CHANGED, 14, folded=True),
        Column("Notes", 34, user_owned=True),
    ),
)
