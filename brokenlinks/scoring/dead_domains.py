"""Domains whose links are dead because they are gone, parked or in other hands. pandas, no I/O."""

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
"""What a registry's status words come to; the gravest first."""
COLUMNS = [
    *("domain", "state", "state_on", "registered_at", "expires_at", "urls", "sites_linking"),
    *("pages_linking", "title", "target_url"),
]


def dead_domains(dead: pd.DataFrame, registrations: pd.DataFrame) -> pd.DataFrame:
    """Return one row a registrable domain, the most linked-to first.

    `dead` are links with proven targets; `registrations` what registries said, by `domain`.
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
    told = counted.merge(registrations, on="domain", how="left")
    told["state"] = [_state(row) for row in told.itertuples()]
    told["state_on"] = told["looked_up_at"].fillna(told["last_checked"])
    order = ["sites_linking", "urls", "domain"]
    return told.sort_values(order, ascending=[False, False, True])[COLUMNS].reset_index(drop=True)


def _state(row: Any) -> str:
    """Return the domain's state; only an unknown name that the registry denies may be free."""
    if row.outcome == RegistrationOutcome.NOT_FOUND:
        return "probably_available" if row.verdict == Verdict.DEAD_DOMAIN else "unknown"
    if row.outcome != RegistrationOutcome.REGISTERED:
        return "unknown"
    said = f" {row.statuses} "
    return next((state for words, state in STATES.items() if words in said), "registered")
