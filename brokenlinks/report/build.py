"""From the journal to the user's files: ranks the links and writes the workbook."""

from __future__ import annotations

import json
import shlex
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from brokenlinks.arguments import CrawlPlan
from brokenlinks.authority.own_metric import read_own_metric
from brokenlinks.enrichment.own_site import known_site
from brokenlinks.html.summary import brief_from_json
from brokenlinks.liveness.messages import day
from brokenlinks.models.contact import DoNotContact
from brokenlinks.report.left_out import LeftOut, without_bad_rows
from brokenlinks.report.outreach.drafts import Sender
from brokenlinks.report.outreach.mail_merge import write_outreach
from brokenlinks.report.outreach.mailings import ready
from brokenlinks.report.outreach.suppression import TABLE_FILE, TEXT_FILE, read_do_not_contact
from brokenlinks.report.result import Report
from brokenlinks.report.run_summary import RunSummary
from brokenlinks.report.workbook.cells import Link, Value
from brokenlinks.report.workbook.sheets.read_me import RunFacts
from brokenlinks.report.workbook.table import Row
from brokenlinks.report.workbook.workbook import StoredState, WorkbookData, write_workbook
from brokenlinks.scoring.changes import NOT_UPDATED, changes, exclusions_by_key, removals_by_key
from brokenlinks.scoring.opportunities import (
    Ranking,
    Weights,
    load_weights,
    rank,
    row_key,
    row_keys,
)
from brokenlinks.scoring.replacements import with_replacements
from brokenlinks.store.authority import authority_frame
from brokenlinks.store.frames import (
    contacts_frame,
    demand_frame,
    histories_frame,
    pages_frame,
    registrations_frame,
    rejected_frame,
    reported_links_frame,
    runs_frame,
)
from brokenlinks.store.runs import language_of, own_sites_of
from brokenlinks.store.user_data import Annotation, OwnPage, load_annotations, own_pages_of
from brokenlinks.text.printable import excerpt
from brokenlinks.text.tables import decode_text
from brokenlinks.text.urls import host_of, registrable_domain, site_of

TEXT_COLUMNS = (
    *("contact_kind", "contact", "contact_found_on", "contact_policy", "contact_detail"),
    *("authority_source", "authority_state"),
)

MAX_SHOWN_URL_CHARS = 150
"""Characters of an address in the summary of a run: some have thousands."""


@dataclass(frozen=True, slots=True)
class ReportConfig:
    """Where and how the files are written, from the settings."""

    workbook: Path
    weights: Path | None
    authority_csv: Path | None
    shown_settings: dict[str, str]
    sender: Sender = field(default_factory=Sender)
    preset: str = ""
    """The tool whose headings the mail-merge file gets."""

    @property
    def mail_merge(self) -> Path:
        """Where the file for mail-merge tools goes."""
        return self.workbook.with_name(f"{self.workbook.stem}-outreach.csv")

    @property
    def forms(self) -> Path:
        """Where the file of sites goes that can only be written to by a form."""
        return self.workbook.with_name(f"{self.workbook.stem}-forms.csv")

    @property
    def do_not_contact(self) -> tuple[Path, ...]:
        """Where the user lists who must not be written to."""
        return tuple(self.workbook.with_name(name) for name in (TEXT_FILE, TABLE_FILE))


@dataclass(frozen=True, slots=True)
class NicheData:
    """What the journal has on a niche: pages, links, unused pages, what the user wrote.

    `pages` count all their links; `links` are the ones to report; `histories` are links whose
    target was ever dead. `language` and `own_site` are the crawl's arguments, `demand` counts the
    sites of all niches that link to a dead target. `contacts` and `authority` are of linking sites.
    """

    pages: pd.DataFrame
    links: pd.DataFrame
    rejected: pd.DataFrame
    annotations: list[Annotation]
    histories: pd.DataFrame
    runs: pd.DataFrame
    language: str
    own_site: str
    own_pages: list[OwnPage]
    demand: pd.DataFrame
    registrations: pd.DataFrame
    contacts: pd.DataFrame
    authority: pd.DataFrame


def load_niche_data(connection: Connection, niche: str, authority_csv: Path | None) -> NicheData:
    """Read everything a report needs; raises OwnCsvError for a file of authority it cannot use."""
    pages = pages_frame(connection, niche)
    sites = [registrable_domain(site) for site in pages["page_site"].unique()]
    own_metric = read_own_metric(authority_csv) if authority_csv else None
    own_site = _own_site(connection, niche)
    return NicheData(
        pages,
        reported_links_frame(connection, niche, own_site),
        rejected_frame(connection, niche),
        load_annotations(connection, niche),
        histories_frame(connection, niche),
        runs_frame(connection, niche),
        language_of(connection, niche),
        own_site,
        own_pages_of(connection, own_site),
        demand_frame(connection, niche),
        registrations_frame(connection),
        contacts_frame(connection, niche),
        authority_frame(connection, sites, own_metric),
    )


def _own_site(connection: Connection, niche: str) -> str:
    """Return the site named last, skipping sites of which no page was ever read.

    So a mistyped address replaces nothing. An empty one says that the user has no site.
    """
    named = [known_site(text) for text in dict.fromkeys(own_sites_of(connection, niche))]
    good = (
        site for site in named if not site or _has_readable_page(own_pages_of(connection, site))
    )
    return next(good, next(iter(named), ""))


def _has_readable_page(pages: Iterable[OwnPage]) -> bool:
    return any(page.brief for page in pages)


def write_report(
    data: NicheData,
    plan: CrawlPlan,
    config: ReportConfig,
    now: datetime,
    summary: RunSummary | None = None,
) -> Report:
    """Rank the links and write the workbook; `summary` is of the run, if there was one.

    Takes seconds and holds no transaction. Raises OSError if the folder cannot be written.
    """
    left_out = LeftOut()
    do_not_contact = _load_do_not_contact(config.do_not_contact)
    ranking, not_ranked = rank_niche(
        data, load_weights(config.weights), do_not_contact, now, left_out
    )
    facts = RunFacts(
        niche=plan.niche,
        written=f"{day(now)}, {now:%H:%M} UTC",
        counts=summary.counts() if summary else {"Written": "from the journal, without a run"},
        settings=config.shown_settings | {"Arguments": _command_line(plan)} | _profile(summary),
        unfinished=tuple(summary.unfinished()) if summary else (_see_log(plan),),
    )
    (events, removals), _ = without_bad_rows(
        data.histories,
        lambda histories: (
            changes(histories, data.links, data.own_site, data.runs),
            removals_by_key(histories, data.links, data.own_site, data.runs),
        ),
        "changes",
        left_out,
    )
    opportunities = ranking.opportunities
    contents = WorkbookData(
        ranking,
        facts,
        events,
        _with_current_run(data.runs, summary, *_count_by_stage(opportunities)),
        config.sender,
        do_not_contact,
    )
    removals |= exclusions_by_key(ranking.excluded) | dict.fromkeys(not_ranked, NOT_UPDATED)
    kept = StoredState(data.annotations, removals, _rows_by_key(data.histories, left_out))
    result = write_workbook(config.workbook, contents, kept, now, left_out)
    outreach_warnings = write_outreach(
        config.mail_merge, config.forms, result.mailings, left_out, config.preset
    )
    shown = opportunities[~opportunities["key"].isin(result.hidden_keys)]
    confirmed, suspected = _count_by_stage(shown)
    return Report(
        workbook=result.path,
        links=int(data.pages["links_here"].sum()),
        confirmed=confirmed,
        suspected=suspected,
        mails=sum(1 for _ in ready(result.mailings)),
        best=tuple(_row_summary(row) for row in shown.head(5).itertuples()),
        warnings=(*do_not_contact.problems, *result.warnings, *outreach_warnings),
        annotations=tuple(result.annotations),
        unread=tuple(result.unread),
        left_out=left_out.sentences(),
    )


def rank_niche(
    data: NicheData,
    weights: Weights,
    do_not_contact: DoNotContact,
    now: datetime,
    left_out: LeftOut,
) -> tuple[Ranking, list[str]]:
    """Rank the links, leaving out sites that are `do_not_contact`.

    Returns the keys of the rows that could not be ranked too; these are `left_out`.
    """
    links = _enriched_links(data, left_out)
    ranking, bad = without_bad_rows(
        links,
        lambda rows: rank(
            rows,
            data.rejected,
            weights,
            now=pd.Timestamp(now),
            language=data.language,
            own_site=data.own_site,
            do_not_contact=do_not_contact,
            registrations=data.registrations,
        ),
        "ranking",
        left_out,
    )
    return ranking, row_keys(bad)


def ranked_opportunities(
    data: NicheData, config: ReportConfig, now: datetime
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the opportunities best first, without contacts who must not be written to.

    Returns what had to be left out because our work on it failed, too.
    """
    left_out = LeftOut()
    do_not_contact = _load_do_not_contact(config.do_not_contact)
    ranking, _ = rank_niche(data, load_weights(config.weights), do_not_contact, now, left_out)
    ranked = ranking.opportunities
    barred = ranked["contact"].map(do_not_contact.covers_address).astype(bool)
    table = ranked.assign(
        rank=range(1, len(ranked) + 1), contact=ranked["contact"].mask(barred, "do not contact")
    )
    return table, left_out.sentences()


def _rows_by_key(histories: pd.DataFrame, left_out: LeftOut) -> dict[str, Row]:
    """Return what rows of any sheet with notes were about, by their keys."""
    rows: defaultdict[str, dict[str, Value]] = defaultdict(dict)
    row: Any
    for row in histories.itertuples():
        with left_out.on_failure("what notes are about", row):
            site, domain = site_of(row.page_url), registrable_domain(host_of(row.target_url))
            page, link = Link(row.page_url, row.page_url), Link(row.link_url, row.link_url)
            rows[row_key("", site)]["Site"] = site
            rows[row_key("", domain)]["Domain"] = domain
            rows[row_key("", row.target_key)]["Dead link"] = link
            rows[row_key(row.page_url, row.target_url)] |= {"Page": page, "Link": link}
            rows[row_key(row.page_key, row.target_key)] |= {
                "Page": page,
                "Site": site,
                "Dead link": link,
                "Link": link,
                "Anchor": row.anchor,
            }
    return dict(rows)


def _load_do_not_contact(paths: Iterable[Path]) -> DoNotContact:
    """Read the user's lists, those that exist, as one."""
    lists = [
        read_do_not_contact(decode_text(path.read_bytes()).splitlines(), path.name)
        for path in paths
        if path.exists()
    ]
    return reduce(or_, lists, DoNotContact())


def _count_by_stage(opportunities: pd.DataFrame) -> tuple[int, int]:
    """Return the numbers of confirmed and of suspected ones."""
    confirmed = int(opportunities["confirmed"].sum())
    return confirmed, len(opportunities) - confirmed


def _with_current_run(
    runs: pd.DataFrame, summary: RunSummary | None, confirmed: int, suspected: int
) -> pd.DataFrame:
    """Return the history of runs, the ending one with its counts."""
    if summary is None or runs.empty:
        return runs
    latest = runs.iloc[-1:].assign(
        outcome=summary.finish_reason,
        pages=summary.stats.pages_accepted,
        probed=summary.stats.targets_probed,
        confirmed=confirmed,
        suspected=suspected,
    )
    return pd.concat((runs.iloc[:-1], latest))


def _enriched_links(data: NicheData, left_out: LeftOut) -> pd.DataFrame:
    """Return the links with what look-ups found about their targets and pages."""
    links, briefs = data.links.copy(deep=False), {""}
    row: Any
    for row in links.drop_duplicates("archive_brief").itertuples():
        with left_out.on_failure("what it was", row):
            brief_from_json(row.archive_brief)
            briefs.add(row.archive_brief)
    links["archive_brief"] = links["archive_brief"].where(links["archive_brief"].isin(briefs), "")
    with left_out.on_failure("suggested pages"):
        links = with_replacements(links, data.own_pages)
    counts = data.pages.set_index("page_id")[["links_here", "site_standing"]]
    links = links.join(counts, on="page_id")
    links = links.join(data.demand.set_index("target_id"), on="target_id")
    links = links.join(data.contacts.set_index("page_site"), on="page_site")
    links["domain"] = [registrable_domain(site) for site in links["page_site"].to_list()]
    links = links.join(data.authority.set_index("domain"), on="domain")
    unknown = dict.fromkeys(TEXT_COLUMNS, "")
    return links.fillna({"sites_everywhere": 0, **unknown}).astype({"sites_everywhere": int})


def _see_log(plan: CrawlPlan) -> str:
    return (
        f"Not known without a run: see the end of logs/{plan.slug}.log for what the last run left."
    )


def _profile(summary: RunSummary | None) -> dict[str, str]:
    if summary is None:
        return {}
    return {f"Profile: {kind}": text for kind, text in summary.stats.profile.items()}


def _command_line(plan: CrawlPlan) -> str:
    """Return the crawl's arguments as the user types them."""
    arguments = json.loads(plan.arguments)
    return " ".join(f"-a {shlex.quote(f'{name}={value}')}" for name, value in arguments.items())


def _row_summary(row: Any) -> str:
    stage = "confirmed" if row.confirmed else "suspected"
    link, page = (excerpt(url, MAX_SHOWN_URL_CHARS) for url in (row.link_url, row.page_url))
    return f"{row.score:5.1f} {row.tier} {stage}  {link}\n{'':18}on {page}"
