"""Domains whose links are dead because they are gone, parked or hijacked. pandas, no I/O."""

from __future__ import annotations

from typing import Any

import pandas as pd

from brokenlinks.models.lookups import RegistrationOutcome
from brokenlinks.models.verdict import Verdict
from brokenlinks.text.urls import host_of, registrable_domain

DOMAIN_VERDICTS = [verdict for verdict in Verdict if verdict.is_lost_domain]
STATES = {
    "pending delete": "pending_delete",
    "redemption period": "redemption",
    "auto renew period": "expired_grace",
    "expired": "expired_grace",
    "client hold": "on_hold",
    "server hold": "on_hold",
}
"""What a registry's status words mean for the domain, the gravest first."""
COLUMNS = [
    *("domain", "state", "state_on", "registered_at", "expires_at", "urls", "sites_linking"),
    *("pages_linking", "title", "target_url"),
]


def dead_domains(dead: pd.DataFrame, registrations: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each registrable domain, the most linked-to first.

    `dead` are links with dead targets, `registrations` the registries' answers by `domain`.
    """
    gone = dead[dead["verdict"].isin(DOMAIN_VERDICTS)]
    if gone.empty:
        return pd.DataFrame(columns=COLUMNS)
    gone = gone.assign(
        domain=[registrable_domain(host_of(url)) for url in gone["target_url"].to_list()]
    )
    counted = gone.groupby("domain", as_index=False).agg(
        urls=("target_id", "nunique"),
        sites_linking=("page_site", "nunique"),
        pages_linking=("page_id", "nunique"),
        title=("archive_title", "max"),
        target_url=("target_url", "min"),
        verdict=("verdict", "min"),
        last_checked=("last_checked", "max"),
    )
    table = counted.merge(registrations, on="domain", how="left")
    table["state"] = [_state(row) for row in table.itertuples()]
    table["state_on"] = table["looked_up_at"].fillna(table["last_checked"])
    order = ["sites_linking", "urls", "domain"]
    return table.sort_values(order, ascending=[False, False, True])[COLUMNS].reset_index(drop=True)


def _state(row: Any) -> str:
    """Return the domain's state; available only if both DNS and the registry have no such name."""
    if row.outcome == RegistrationOutcome.NOT_FOUND:
        return "probably_available" if row.verdict == Verdict.DEAD_DOMAIN else "unknown"
    if row.outcome != RegistrationOutcome.REGISTERED:
        return "unknown"
    return next((state for words, state in STATES.items() if words in row.statuses), "registered")
