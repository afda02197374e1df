"""What a run did, in numbers and on one screen. Whatever was left out is listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brokenlinks.arguments import CrawlPlan
from brokenlinks.models.run_stats import (
    CRAWL,
    VERIFY,
    LookupService,
    LookupStats,
    RunStats,
    SearchStats,
)
from brokenlinks.report.result import Report

LABEL_WIDTH = 14
SENTENCES_SHOWN = 12
"""Most sentences under "Not done", to fit on one screen: every line of a seeds file may be bad."""
SERVICES = {
    LookupService.ARCHIVE: ("Archive", "archive", "ARCHIVE_LOOKUPS_PER_RUN"),
    LookupService.REGISTRY: ("Registries", "registry", "RDAP_LOOKUPS_PER_RUN"),
    LookupService.CONTACTS: ("Contacts", "contact", "CONTACT_SITES_PER_RUN"),
    LookupService.CITATIONS: ("Wikipedia", "citation", "CITATION_LOOKUPS_PER_RUN"),
    LookupService.OWN_SITE: ("Own site", "own site", ""),
}
"""The label of each service, what is looked up there, and the setting that limits it."""
LIMITS = {
    "barren_sites": "too many new sites in a row had nothing to use (limit BARREN_SITES)",
    "pages_per_site": "enough pages of their sites were read (limit PAGES_PER_SITE)",
    "rejects_per_page": "too many of the pages read were of no use (limit REJECTS_PER_PAGE)",
}
"""Limits that are settings; the others are arguments of a crawl."""
NONE_LOOKED_UP = "nothing to look up"
ADVICE = (
    "Nothing was found. Name links pages or sites of the niche with -a seeds=FILE or -a urls=...,"
    " give related words with -a terms=..., or set a key: SEARXNG_URL (an instance of your own),"
    " TAVILY_API_KEY (1,000 searches a month free), BRAVE_API_KEY, SERPER_API_KEY."
    " The reasons above, and the sheet Excluded, say what became of what was found."
)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run that has ended: what was asked for, what was counted, and how it ended."""

    plan: CrawlPlan
    stats: RunStats
    finish_reason: str

    def found_nothing(self, report: Report | None) -> bool:
        """Whether the niche has no link after a crawl, although our own network worked."""
        is_fit_crawl = self.plan.spider == CRAWL and not self.stats.connectivity_problem
        return is_fit_crawl and (report is None or not report.links)

    def unfinished(self) -> list[str]:
        """Return what was not done, a sentence each."""
        stats = self.stats
        sentences = [f"Seeds: {problem}" for problem in self.plan.problems]
        sentences += [
            f"{provider} {search.outcome}: {search.detail or 'no further details'}"
            for provider, search in stats.searches.items()
            if search.is_bad
        ]
        sentences += [
            f"{count} pages not read: {LIMITS.get(limit, f'limit {limit}')}"
            for limit, count in _largest_first(stats.skipped).items()
            if count
        ]
        if stats.targets_over_budget:
            sentences.append(f"{stats.targets_over_budget} targets not checked: limit max_links")
        if stats.targets_over_time:
            sentences.append(
                f"{stats.targets_over_time} targets not checked: their hosts had used up"
                " MAX_HOURS_PER_HOST; the next run continues them"
            )
        for service, (_, thing, setting) in SERVICES.items():
            sentences += _unfinished_lookups(stats.lookups[service], thing, setting)
        if stats.unreadable_site:
            problem = stats.lookups[LookupService.OWN_SITE].problem
            sentences.append(
                f"No page of your site {stats.unreadable_site} could be read ({problem}): what was"
                " known before is kept; check the address, then give the same command again"
            )
        if stats.connectivity_problem:
            sentences.append(
                "Our own network did not work; links that failed meanwhile were not called dead:"
                f" {stats.connectivity_problem}"
            )
        if self.finish_reason != "finished":
            why = "MAX_HOURS were over" if stats.out_of_time else self.finish_reason
            sentences.append(
                f"The run was ended early ({why}), with {stats.pages_left} pages to read and"
                f" {stats.targets_left} targets to check; the same command continues it"
            )
        return sentences

    def verification(self) -> str:
        """Return what became of the rows to verify, "" for a run that verifies none."""
        if self.plan.spider != VERIFY:
            return ""
        if not self.stats.rows_chosen:
            return f"no row has the status {self.plan.status!r}"
        verified = self.stats.verified
        return f"{verified.total()} of {self.stats.rows_chosen} rows" + _in_brackets(verified)

    def counts(self) -> dict[str, str]:
        """Return the run in numbers, label by label."""
        stats = self.stats
        unchanged = {"unchanged": stats.pages_unchanged} if stats.pages_unchanged else {}
        counts = {
            "Searches": _format_searches(stats.searches),
            "Verified": self.verification(),
            "Pages": f"{stats.pages_accepted} resource pages"
            + _in_brackets(unchanged)
            + f", {stats.pages_rejected} not used"
            + _in_brackets(stats.rejected),
            "Links": f"{stats.links_found} seen, {stats.targets_probed} targets checked now",
            "Verdicts": _format_counts(stats.verdicts) or "none new",
            **{
                label: _format_counts(stats.lookups[service].counts) or NONE_LOOKED_UP
                for service, (label, *_) in SERVICES.items()
            },
        }
        if not stats.lookups[LookupService.OWN_SITE].counts:
            del counts[SERVICES[LookupService.OWN_SITE][0]]
        return {label: text for label, text in counts.items() if text}


def summary_lines(summary: RunSummary, report: Report | None) -> list[str]:
    """Return one screen: what was done, what was not, the best rows, where the file is."""
    facts = [*summary.counts().items()]
    facts += [("Not done", sentence) for sentence in _first(summary.unfinished())]
    if report is not None:
        rows = f"{report.confirmed} confirmed, {report.suspected} suspected"
        facts.append(("Opportunities", rows))
        facts += [("Left out", sentence) for sentence in _first(report.left_out)]
        facts += [("Note", warning) for warning in report.warnings]
        facts.append(("Workbook", str(report.workbook)))
    lines = _head(summary, report)
    lines += [f"  {label:<{LABEL_WIDTH}}{text}" for label, text in facts]
    if report is not None and report.best:
        lines += ["The best rows:", *(f"  {row}" for row in report.best)]
    if summary.found_nothing(report):
        lines.append(ADVICE)
    return lines


def summary_line(summary: RunSummary, report: Report | None) -> str:
    """Return the run in one line, for the mail that cron sends."""
    parts = _head(summary, report)
    if verification := summary.verification():
        parts.append(f"verified: {verification}")
    if report is None:
        parts.append("no workbook was written")
    else:
        parts.append(f"{report.confirmed} confirmed and {report.suspected} suspected dead links")
        parts.append(f"{report.mails} mails ready")
        parts += report.warnings
        parts += [f"left out: {sentence}" for sentence in report.left_out]
    if summary.stats.connectivity_problem:
        parts.append("our own network did not work")
    if site := summary.stats.unreadable_site:
        parts.append(f"no page of your site {site} could be read")
    if summary.found_nothing(report):
        parts.append("nothing was found")
    if left := len(summary.unfinished()):
        parts.append(f"{left} left undone" + " (sheet Read me)" * (report is not None))
    return "; ".join(parts) + (f"; {report.workbook}" if report else "")


def _head(summary: RunSummary, report: Report | None) -> list[str]:
    """Return the first lines: which of the user's files was not read, and how the run ended."""
    unread = report.unread if report else ()
    return [*unread, f"{summary.plan.niche}: run {summary.finish_reason}"]


def _first(sentences: Sequence[str]) -> list[str]:
    left = len(sentences) - SENTENCES_SHOWN
    if left <= 0:
        return list(sentences)
    return [*sentences[:SENTENCES_SHOWN], f"... and {left} more (sheet Read me)"]


def _unfinished_lookups(lookups: LookupStats, thing: str, setting: str) -> list[str]:
    if not lookups.left:
        return []
    if lookups.forbidden:
        return [f"{lookups.left} {thing} look-ups are not made: {setting} is 0"]
    reason = f" ({lookups.problem})" if lookups.problem else ""
    return [f"{lookups.left} {thing} look-ups are left{reason}; the next run continues them"]


def _largest_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _in_brackets(counts: Mapping[str, int]) -> str:
    return f" ({_format_counts(counts)})" if counts else ""


def _format_counts(counts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {count}" for name, count in _largest_first(counts).items()
    )


def _format_searches(searches: Mapping[str, SearchStats]) -> str:
    return "; ".join(
        f"{provider} {search.outcome}, {search.queries} queries, {search.addresses} addresses"
        for provider, search in searches.items()
    )
