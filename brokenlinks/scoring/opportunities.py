"""Ranks the dead links worth a mail: exclusions, factors, score. pandas, no I/O.

`rank` splits the journal's links into the lists that the workbook shows.
"""

from __future__ import annotations

import math
from base64 import b32encode
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from brokenlinks.models.contact import DoNotContact
from brokenlinks.models.lookups import RegistrationOutcome
from brokenlinks.models.page import Placement
from brokenlinks.models.verdict import Confidence, Stage, Verdict
from brokenlinks.scoring.explanations import explanations
from brokenlinks.scoring.weak_targets import names, weaknesses
from brokenlinks.text.phrases import read_toml
from brokenlinks.text.urls import host_of, registrable_domain

FACTORS = (
    *("relevance", "fit", "authority", "standing"),
    *("maintained", "demand", "contactability", "confidence"),
)
PROVEN_ALWAYS = (
    Verdict.DEAD_GONE,
    Verdict.DEAD_DOMAIN,
    Verdict.MOVED,
    Verdict.PARKED,
    Verdict.HIJACKED,
)
PROVEN_IF_CONFIRMED = (Verdict.DEAD_HOST,)
PROVEN_IF_HIGH_CONFIDENCE = (Verdict.SOFT_404, Verdict.REDIRECTED_HOME)
"""Verdicts that make an opportunity: always, once confirmed, or with high confidence.

A dead host may come back within days, and error pages and redirects may be misjudged.
"""
CONFIDENCE_FACTOR = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.7, Confidence.LOW: 0.4}
UNWANTED_REL = r"\b(?:ugc|sponsored)\b"
FRESH_YEARS, STALE_YEARS, STALE_FACTOR = 1.0, 5.0, 0.3
"""Between the two ages the factor falls from 1 to the last number: old pages still get edited."""
MIN_FACTOR = 0.3
"""Factor for a count of 0: a weak sign that must not sink a row, as 0 would in a product."""
MIN_FIT = 0.1
"""Factor for a page that nothing fits: it stays on the list as a content gap."""
CONTACT_FACTOR = {
    "form": 1.0,
    "role address": 1.0,
    "person address": 0.9,
    "page": 0.6,
    "protected": 0.5,
    "none": 0.3,
}
NO_SUPPRESSIONS = DoNotContact()
COLUMN_DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(("fit", "authority", "citations"), np.nan),
    **dict.fromkeys(("suggested_page", "suggested_title", "match_reason", "moved_to"), ""),
    **dict.fromkeys(("authority_source", "authority_state", "archive_brief", "contact"), ""),
    **dict.fromkeys(("contact_kind", "contact_found_on", "contact_policy", "contact_detail"), ""),
    "contact_found_at": pd.NaT,
    "sites_everywhere": 0,
}
"""Columns that only look-ups fill, with their values for not known yet."""
NO_REGISTRATIONS = pd.DataFrame(
    columns=["domain", "outcome", "statuses", "registered_at", "expires_at", "looked_up_at"]
)
DOMAIN_VERDICTS = [verdict for verdict in Verdict if verdict.is_lost_domain]
DOMAIN_STATES = {
    "pending delete": "pending_delete",
    "redemption period": "redemption",
    "auto renew period": "expired_grace",
    "expired": "expired_grace",
    "client hold": "on_hold",
    "server hold": "on_hold",
}
"""What a registry's status words mean for the domain, the gravest first."""
DOMAIN_COLUMNS = [
    *("domain", "state", "state_on", "registered_at", "expires_at", "urls", "sites_linking"),
    *("pages_linking", "title", "target_url"),
]
KEY_LENGTH = 10


class WeightsError(ValueError):
    """The weights file cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The contents of weights.toml."""

    weights: dict[str, float]
    tiers: dict[str, float]
    rows_per_site: int
    among_first: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The lists of the workbook as frames, best or most linked-to first."""

    opportunities: pd.DataFrame
    dead_targets: pd.DataFrame
    dead_domains: pd.DataFrame
    uncertain: pd.DataFrame
    excluded: pd.DataFrame


def load_weights(path: Path | None = None) -> Weights:
    """Read the weights from `path`, or those shipped with the program.

    Raises WeightsError if the file cannot be read, or a value is missing or invalid.
    """
    try:
        raw = read_toml(__package__, "weights.toml", path)
        return Weights(
            weights=_validated({factor: float(raw["weights"][factor]) for factor in FACTORS}),
            tiers={tier: float(raw["tiers"][tier]) for tier in ("A", "B")},
            rows_per_site=int(raw["limits"]["rows_per_site"]),
            among_first=int(raw["limits"]["among_first"]),
        )
    except OSError as error:
        raise WeightsError(f"WEIGHTS_FILE {path}: {error.strerror}") from error
    except (TypeError, ValueError) as error:
        raise WeightsError(f"WEIGHTS_FILE {path}: {error}") from error
    except KeyError as error:
        raise WeightsError(f"WEIGHTS_FILE {path}: {error} is missing") from error


def _validated(weights: dict[str, float]) -> dict[str, float]:
    for factor, weight in weights.items():
        if not 0 <= weight < math.inf:
            raise ValueError(f"the weight of {factor} is {weight}; give a number from 0 up")
    if not any(weights.values()):
        raise ValueError("every weight is 0; give at least one factor some weight")
    return weights


def rank(
    links: pd.DataFrame,
    rejected: pd.DataFrame,
    weights: Weights,
    *,
    now: pd.Timestamp,
    language: str = "",
    own_site: str = "",
    do_not_contact: DoNotContact = NO_SUPPRESSIONS,
    registrations: pd.DataFrame = NO_REGISTRATIONS,
) -> Ranking:
    """Rank the journal's links (see `store.frames` and `COLUMN_DEFAULTS` for the columns).

    Living links may be missing: their counts are in `links_here` and `site_standing`. Confirmed
    opportunities come before suspected ones, and better tiers before worse ones. With `language`,
    pages in other languages are excluded; so are pages of `own_site`, pages that linked to it when
    the dead link was first seen, and pages of hosts that are `do_not_contact`. `registrations` are
    the registries' answers (see `store.frames`).
    """
    links = links.assign(**{name: v for name, v in COLUMN_DEFAULTS.items() if name not in links})
    proven = _is_proven(links)
    dead = proven & (links["verdict"] != Verdict.MOVED)
    table = _with_counts(links, dead)
    table["exclusion"] = _exclusion_reasons(table, language, own_site, do_not_contact)
    return Ranking(
        opportunities=_opportunities(table[proven & (table["exclusion"] == "")], weights, now),
        dead_targets=_dead_targets(table, dead),
        dead_domains=dead_domains(table[dead], registrations),
        uncertain=_uncertain(table, ~proven),
        excluded=_excluded(table[proven & (table["exclusion"] != "")], table, rejected),
    )


def row_key(page_key: str, target_key: str) -> str:
    """Return a short stable key for a linking page and its dead link.

    Base 32, because spreadsheets read some hexadecimal keys as numbers (12345678e9).
    """
    digest = blake2b(f"{page_key}\n{target_key}".encode(), digest_size=KEY_LENGTH).digest()
    return b32encode(digest)[:KEY_LENGTH].decode("ascii").lower()


def row_keys(links: pd.DataFrame) -> list[str]:
    """Return the keys of links, by their `page_key` and `target_key`."""
    # As lists: iterating over a column takes longer than the hashing.
    return list(map(row_key, links["page_key"].to_list(), links["target_key"].to_list()))


def _with_counts(links: pd.DataFrame, dead: pd.Series[bool]) -> pd.DataFrame:
    by_target = links.groupby("target_id")
    sites = by_target["page_site"].transform("nunique").astype(int)
    dead_here = dead.groupby(links["page_id"]).transform("sum").astype(int)
    return links.assign(
        sites_linking=sites.clip(lower=links["sites_everywhere"]),
        pages_linking=by_target["page_id"].transform("nunique").astype(int),
        dead_here=dead_here,
        dead_share=dead_here / links["links_here"],
    )


def _exclusion_reasons(
    table: pd.DataFrame, language: str, own_site: str, do_not_contact: DoNotContact
) -> pd.Series[str]:
    """Return why a row may not be an opportunity, "" when it may."""
    placement = table["placement"].astype("str")
    is_own = (table["target_site"] == own_site) & bool(own_site)
    own_since = table["first_seen"].where(is_own).groupby(table["page_id"]).transform("min")
    barred = {url: do_not_contact.covers_host(host_of(url)) for url in table["page_url"].unique()}
    known_other = (table["page_language"] != "") & (table["page_language"] != language)
    reasons: list[tuple[pd.Series[bool], pd.Series[str] | str]] = [
        (placement != Placement.MAIN, "the link is in the page's " + placement),
        (
            table["rel"].str.contains(UNWANTED_REL, regex=True),
            "the link is marked as " + table["rel"].astype("str"),
        ),
        ((table["page_site"] == own_site) & bool(own_site), "the page is on your own site"),
        (own_since <= table["first_seen"], "the page links to your site already"),
        (table["page_url"].map(barred).astype(bool), "the site is on your do-not-contact list"),
        (known_other & bool(language), "the page's language is " + table["page_language"]),
    ]
    first = pd.Series("", index=table.index, dtype="str")
    for applies, reason in reasons:
        first = first.mask(applies & (first == ""), reason)
    return first


def _is_proven(table: pd.DataFrame) -> pd.Series[bool]:
    confirmed = table["stage"] == Stage.CONFIRMED
    sure = table["confidence"] == Confidence.HIGH
    return (
        table["verdict"].isin(PROVEN_ALWAYS)
        | (table["verdict"].isin(PROVEN_IF_CONFIRMED) & confirmed)
        | (table["verdict"].isin(PROVEN_IF_HIGH_CONFIDENCE) & sure)
    )


def _opportunities(table: pd.DataFrame, weights: Weights, now: pd.Timestamp) -> pd.DataFrame:
    factors = _factors(table, now)
    table["score"], table["completeness"] = _score(factors, weights)
    table["key"] = row_keys(table)
    table["confirmed"] = table["stage"] == Stage.CONFIRMED
    table["name"] = names(table)
    table["weakness"] = weaknesses(table)
    can_write = (table["contact_kind"] != "none") & (table["contact_policy"] == "")
    is_good = (table["score"] >= weights.tiers["B"]) & (table["weakness"] == "")
    is_best = is_good & table["confirmed"] & (table["score"] >= weights.tiers["A"]) & can_write
    table["tier"] = np.select([is_best, is_good], ["A", "B"], "C")
    table["why"] = explanations(table, factors, now)
    order = ["confirmed", "tier", "score", "page_url", "position"]
    ordered = table.sort_values(order, ascending=[False, True, False, True, True])
    return table.loc[_spread_sites(ordered, weights)].reset_index(drop=True)


def _factors(table: pd.DataFrame, now: pd.Timestamp) -> pd.DataFrame:
    """Return every factor as 0 to 1, NaN where it is not known yet."""
    years = (now - table["page_updated"]).dt.total_seconds() / (365.25 * 86_400)
    ageing = (years.clip(FRESH_YEARS, STALE_YEARS) - FRESH_YEARS) / (STALE_YEARS - FRESH_YEARS)
    return pd.DataFrame(
        {
            "relevance": table["relevance"],
            "fit": table["fit"].clip(lower=MIN_FIT),
            "authority": MIN_FACTOR + (1 - MIN_FACTOR) * table["authority"],
            "standing": _saturating(table["site_standing"]),
            "maintained": 1 - (1 - STALE_FACTOR) * ageing,
            "demand": _saturating(table["sites_linking"] - 1 + table["citations"].fillna(0)),
            "contactability": table["contact_kind"].map(CONTACT_FACTOR).astype(float),
            "confidence": table["confidence"].map(CONFIDENCE_FACTOR).astype(float),
        },
        index=table.index,
    )


def _saturating(count: pd.Series[Any]) -> pd.Series[float]:
    """Map 0 to MIN_FACTOR, and growing counts towards 1: a second site says more than a tenth."""
    far = 1 - np.exp(-count.to_numpy(dtype=float) / 2)
    return pd.Series(MIN_FACTOR + (1 - MIN_FACTOR) * far, index=count.index)


def _score(factors: pd.DataFrame, weights: Weights) -> tuple[pd.Series[float], pd.Series[float]]:
    """Return the weighted geometric mean times 100, and the share of the weights that had data."""
    applied = factors.notna() * pd.Series(weights.weights)
    with np.errstate(divide="ignore"):
        logs = factors.clip(0, 1).fillna(1).astype(float).apply(np.log)
    total = applied.sum(axis=1)
    exponent = (logs * applied).where(applied > 0, 0.0).sum(axis=1) / total
    score = pd.Series(100 * np.exp(exponent), index=factors.index)
    return score.fillna(0).round(1), (total / sum(weights.weights.values())).round(2)


def _spread_sites(table: pd.DataFrame, weights: Weights) -> pd.Index[Any]:
    """Return the order of rows in which no site fills the top of the list.

    A site's further rows go to the end of their tier, never below a worse one.
    """
    nth = table.groupby("page_site").cumcount()
    late = pd.Series(data=True, index=table.index)
    parts = table.groupby(["confirmed", "tier"], sort=False).ngroup()
    room = weights.among_first
    for _, part in nth.groupby(parts):
        late[part.index[part < weights.rows_per_site][:room]] = False
        room = max(0, room - len(part))
    order = pd.DataFrame({"part": parts, "late": late})
    return order.sort_values(["part", "late"], kind="stable").index


def _dead_targets(table: pd.DataFrame, dead: pd.Series[bool]) -> pd.DataFrame:
    order = ["sites_linking", "pages_linking", "target_url"]
    links = table.loc[dead, ["first_seen", "target_id", *order]]
    first = links.sort_values("first_seen").drop_duplicates("target_id")
    ordered = first.sort_values(order, ascending=[False, False, True])
    return table.loc[ordered.index].reset_index(drop=True)


def dead_domains(dead: pd.DataFrame, registrations: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each registrable domain, the most linked-to first.

    `dead` are links with dead targets, `registrations` the registries' answers by `domain`.
    """
    gone = dead[dead["verdict"].isin(DOMAIN_VERDICTS)]
    gone = gone.assign(
        domain=[registrable_domain(host_of(url)) for url in gone["target_url"].to_list()]
    )
    gone = gone[gone["domain"] != ""]
    if gone.empty:
        return pd.DataFrame(columns=DOMAIN_COLUMNS)
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
    table["state"] = [_domain_state(row) for row in table.itertuples()]
    table["state_on"] = table["looked_up_at"].fillna(table["last_checked"])
    order = ["sites_linking", "urls", "domain"]
    return table.sort_values(order, ascending=[False, False, True])[DOMAIN_COLUMNS].reset_index(
        drop=True
    )


def _domain_state(row: Any) -> str:
    """Return the domain's state; available only if both DNS and the registry have no such name."""
    if row.outcome == RegistrationOutcome.NOT_FOUND:
        return "probably_available" if row.verdict == Verdict.DEAD_DOMAIN else "unknown"
    if row.outcome != RegistrationOutcome.REGISTERED:
        return "unknown"
    return next(
        (state for words, state in DOMAIN_STATES.items() if words in row.statuses), "registered"
    )


def _uncertain(table: pd.DataFrame, unproven: pd.Series[bool]) -> pd.DataFrame:
    settled = table["verdict"].isin([Verdict.ALIVE, Verdict.UNCHECKED])
    order = ["verdict", "reason", "page_url", "position"]
    ordered = table.loc[unproven & ~settled, order].sort_values(order)
    return table.loc[ordered.index].reset_index(drop=True)


def _excluded(barred: pd.DataFrame, table: pd.DataFrame, rejected: pd.DataFrame) -> pd.DataFrame:
    """Return links and pages that are not used, with the reason in words.

    `key` is the row's that a dead link would be on the work list.
    """
    unchecked = table[table["verdict"] == Verdict.UNCHECKED]
    pages = rejected.assign(key="", what="page", page_url=rejected["url"], target_url="")
    pages["reason"] = rejected["reason"].str.replace("_", " ")
    columns = ["key", "what", "page_url", "target_url", "reason", "detail"]
    columns += ["relevance", "resource_score"]
    dead = barred.assign(
        key=row_keys(barred),
        what="dead link",
        reason=barred["exclusion"],
        detail=barred["evidence"],
    )
    skipped = unchecked.assign(
        key="",
        what="link",
        reason=unchecked["reason"].str.replace("_", " "),
        detail=unchecked["evidence"],
    )
    parts = [part[columns] for part in (dead, skipped, pages) if not part.empty]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
