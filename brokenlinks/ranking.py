"""Which dead links are worth a mail, best first, and why: gates, factors, score. pandas, no I/O.

`rank` splits the journal's links into the lists the workbook shows.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from brokenlinks.items import Confidence, Placement, Stage, Verdict

FACTORS = (
    "relevance",
    "fit",
    "authority",
    "standing",
    "maintained",
    "demand",
    "contactability",
    "confidence",
)
DEAD = (Verdict.DEAD_GONE, Verdict.DEAD_DOMAIN, Verdict.DEAD_HOST)
OPPORTUNITIES = (Verdict.DEAD_GONE, Verdict.DEAD_DOMAIN)
WHEN_CONFIRMED = (Verdict.DEAD_HOST,)
CONFIDENCE_FACTOR = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.7, Confidence.LOW: 0.4}
UNWANTED_REL = r"\b(?:ugc|sponsored)\b"
FRESH_YEARS, STALE_YEARS, STALE = 1.0, 5.0, 0.3
FLOOR = 0.3
"""A count of none is a weak sign, not a verdict: it must not sink a row."""
KEY_SIZE = 5


class WeightsError(ValueError):
    """The weights file cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The contents of weights.toml."""

    weights: dict[str, float]
    tiers: dict[str, float]
    rows_per_site: int
    among_first: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The lists of the workbook, a frame each, best or most linked-to first."""

    opportunities: pd.DataFrame
    dead_targets: pd.DataFrame
    uncertain: pd.DataFrame
    excluded: pd.DataFrame


def load_weights(path: Path | None = None) -> Weights:
    """Read the weights, those shipped unless `path` is given.

    Raises WeightsError when the file cannot be read or lacks something.
    """
    source = path or files(__package__) / "weights.toml"
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
        return Weights(
            weights={factor: float(raw["weights"][factor]) for factor in FACTORS},
            tiers={tier: float(raw["tiers"][tier]) for tier in ("A", "B")},
            rows_per_site=int(raw["limits"]["rows_per_site"]),
            among_first=int(raw["limits"]["among_first"]),
        )
    except OSError as error:
        raise WeightsError(f"WEIGHTS_FILE {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError) as error:
        raise WeightsError(f"WEIGHTS_FILE {path}: {error}") from error
    except KeyError as error:
        raise WeightsError(f"WEIGHTS_FILE {path}: {error} is missing") from error


def rank(
    links: pd.DataFrame,
    rejected: pd.DataFrame,
    weights: Weights,
    *,
    now: pd.Timestamp,
    language: str = "",
) -> Ranking:
    """Rank the journal's links (see `journal.frames` for the columns).

    Confirmed opportunities come before suspected ones. `language` keeps only pages in it,
    and those that do not say theirs.
    """
    table = _with_counts(links)
    table["gate"] = _gates(table, language)
    proven = _is_proven(table)
    candidates = table[proven & (table["gate"] == "")]
    return Ranking(
        opportunities=_opportunities(candidates.copy(), weights, now),
        dead_targets=_dead_targets(table[table["verdict"].isin(DEAD)]),
        uncertain=_uncertain(table, proven),
        excluded=_excluded(table[proven & (table["gate"] != "")], table, rejected),
    )


def row_key(page_key: str, target_key: str) -> str:
    """Return the short stable name of a linking page and its dead link."""
    return blake2b(f"{page_key}\n{target_key}".encode(), digest_size=KEY_SIZE).hexdigest()


def _with_counts(links: pd.DataFrame) -> pd.DataFrame:
    table = links.copy()
    by_target = table.groupby("target_id")
    table["sites_linking"] = by_target["page_site"].transform("nunique").astype(int)
    table["pages_linking"] = by_target["page_id"].transform("nunique").astype(int)
    table["dead_here"] = table["verdict"].isin(DEAD).groupby(table["page_id"]).transform("sum")
    table["links_here"] = table.groupby("page_id")["target_id"].transform("size")
    others = table.loc[table["page_site"] != table["target_site"]]
    standing = others.groupby("target_site")["page_site"].nunique()
    table["site_standing"] = table["page_site"].map(standing).fillna(0).astype(int)
    return table


def _gates(table: pd.DataFrame, language: str) -> pd.Series[str]:
    """Return why a row may not be an opportunity, "" when it may."""
    placement = table["placement"].astype("str")
    known_other = (table["page_language"] != "") & (table["page_language"] != language)
    reasons = [
        (placement != Placement.MAIN, "the link stands in the page's " + placement),
        (
            table["rel"].str.contains(UNWANTED_REL, regex=True),
            "the link is marked as " + table["rel"].astype("str"),
        ),
        (known_other & bool(language), "the page's language is " + table["page_language"]),
    ]
    gate = pd.Series("", index=table.index, dtype="str")
    for applies, reason in reasons:
        gate = gate.mask(applies & (gate == ""), reason)
    return gate


def _is_proven(table: pd.DataFrame) -> pd.Series[bool]:
    confirmed = table["stage"] == Stage.CONFIRMED
    return table["verdict"].isin(OPPORTUNITIES) | (
        table["verdict"].isin(WHEN_CONFIRMED) & confirmed
    )


def _opportunities(table: pd.DataFrame, weights: Weights, now: pd.Timestamp) -> pd.DataFrame:
    factors = _factors(table, now)
    table["score"], table["completeness"] = _score(factors, weights)
    table["key"] = [
        row_key(*keys) for keys in zip(table["page_key"], table["target_key"], strict=True)
    ]
    table["confirmed"] = table["stage"] == Stage.CONFIRMED
    table["tier"] = _tiers(table, weights)
    table["why"] = _reasons(table)
    table = table.sort_values(
        ["confirmed", "score", "page_url", "position"], ascending=[False, False, True, True]
    )
    return _spread_sites(table, weights).reset_index(drop=True)


def _factors(table: pd.DataFrame, now: pd.Timestamp) -> pd.DataFrame:
    """Return every factor 0..1, NaN where nothing is known yet."""
    unknown = pd.Series(np.nan, index=table.index)
    years = (now - table["page_updated"]).dt.total_seconds() / (365.25 * 86_400)
    ageing = (years.clip(FRESH_YEARS, STALE_YEARS) - FRESH_YEARS) / (STALE_YEARS - FRESH_YEARS)
    return pd.DataFrame(
        {
            "relevance": table["relevance"],
            "fit": unknown,
            "authority": unknown,
            "standing": _saturating(table["site_standing"]),
            "maintained": 1 - (1 - STALE) * ageing,
            "demand": _saturating(table["sites_linking"] - 1),
            "contactability": unknown,
            "confidence": table["confidence"].map(CONFIDENCE_FACTOR).astype(float),
        },
        index=table.index,
    )


def _saturating(count: pd.Series[Any]) -> pd.Series[float]:
    """Map none to the floor, and ever more to ever closer to 1."""
    return FLOOR + (1 - FLOOR) * (1 - (-count / 2).map(np.exp))


def _score(factors: pd.DataFrame, weights: Weights) -> tuple[pd.Series[float], pd.Series[float]]:
    """Return the weighted geometric mean times 100, and the share of the weights that had data."""
    applied = factors.notna() * pd.Series(weights.weights)
    with np.errstate(divide="ignore"):
        logs = factors.clip(0, 1).fillna(1).map(np.log)
    total = applied.sum(axis=1)
    exponent = (logs * applied).where(applied > 0, 0.0).sum(axis=1) / total
    score = pd.Series(100 * np.exp(exponent), index=factors.index)
    return score.fillna(0).round(1), (total / sum(weights.weights.values())).round(2)


def _tiers(table: pd.DataFrame, weights: Weights) -> np.ndarray[Any, Any]:
    best = table["confirmed"] & (table["score"] >= weights.tiers["A"])
    return np.select([best, table["score"] >= weights.tiers["B"]], ["A", "B"], "C")


def _spread_sites(table: pd.DataFrame, weights: Weights) -> pd.DataFrame:
    """Let no site fill the top: its further rows follow after the first ones of the others."""
    parts = []
    for _, part in table.groupby("confirmed", sort=False):
        nth = part.groupby("page_site").cumcount()
        first = part[nth < weights.rows_per_site].head(weights.among_first)
        parts += [first, part.drop(first.index)]
    return pd.concat(parts) if parts else table


def _reasons(table: pd.DataFrame) -> list[str]:
    return [_reason(row) for row in table.itertuples()]


def _reason(row: Any) -> str:
    """Say in one sentence what speaks for a row, and what against it."""
    demand = f"{row.sites_linking} sites" if row.sites_linking > 1 else "One site"
    dead = f"{row.dead_here} dead of {row.links_here} links"
    dated = "" if pd.isna(row.page_updated) else f"was updated in {row.page_updated.year} and "
    standing = (
        f"; {row.site_standing} other site{'s' if row.site_standing > 1 else ''} of the niche"
        f" recommend{'' if row.site_standing > 1 else 's'} the linking site"
        if row.site_standing
        else ""
    )
    thing = f" “{row.anchor}”" if row.anchor else " page"
    return (
        f"{demand} still link{'s' if row.sites_linking == 1 else ''} to the vanished{thing}; "
        f"the linking page {dated}has {dead}{standing}."
    )


def _dead_targets(table: pd.DataFrame) -> pd.DataFrame:
    first = table.sort_values("first_seen").drop_duplicates("target_id")
    order = ["sites_linking", "pages_linking", "target_url"]
    return first.sort_values(order, ascending=[False, False, True]).reset_index(drop=True)


def _uncertain(table: pd.DataFrame, proven: pd.Series[bool]) -> pd.DataFrame:
    settled = table["verdict"].isin([Verdict.ALIVE, Verdict.UNCHECKED])
    return (
        table[~proven & ~settled]
        .sort_values(["verdict", "reason", "page_url", "position"])
        .reset_index(drop=True)
    )


def _excluded(gated: pd.DataFrame, table: pd.DataFrame, rejected: pd.DataFrame) -> pd.DataFrame:
    """Return pages and links that are not used, in one list with the reason in words."""
    unchecked = table[table["verdict"] == Verdict.UNCHECKED]
    pages = pd.DataFrame(
        {
            "what": "page",
            "page_url": rejected["url"],
            "target_url": "",
            "reason": rejected["reason"].str.replace("_", " "),
            "detail": rejected["detail"],
            "relevance": rejected["relevance"],
            "resource_score": rejected["resource_score"],
        }
    )
    columns = ["what", "page_url", "target_url", "reason", "detail", "relevance", "resource_score"]
    dead = gated.assign(what="dead link", reason=gated["gate"], detail=gated["evidence"])
    skipped = unchecked.assign(
        what="link", reason=unchecked["reason"].str.replace("_", " "), detail=unchecked["evidence"]
    )
    parts = [part[columns] for part in (dead, skipped, pages) if not part.empty]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
