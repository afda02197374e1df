"""What a run did, in numbers and in one screen of words. Nothing skipped stays unsaid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from brokenlinks.arguments import CrawlPlan
from brokenlinks.http.service import Outcome
from brokenlinks.models.arguments import CRAWL, VERIFY
from brokenlinks.report.result import Report

PREFIX = "brokenlinks/"
LABEL_WIDTH = 14
SENTENCES_SHOWN = 12
SERVICES = {
    "archive": ("Archive", "archive"),
    "registry": ("Registries", "registry"),
    "contacts": ("Contacts", "contact"),
    "citations": ("Wikipedia", "citation"),
    "own_site": ("Own site", "own site"),
}
"""Who is asked about what the crawl found: name in the stats, label, and what is looked up."""
LIMITS = {
    "barren_sites": "too many of the sites found on the way had nothing to use",
    "pages_per_site": "enough was read of their sites",
    "rejects_per_page": "too much of what was read had nothing to use",
}
"""Why pages were left that no argument of a crawl names; the others are told by their names."""
NONE_LOOKED_UP = "nothing asked"
ADVICE = (
    "Nothing was found. Name links pages or sites of the niche with -a seeds=FILE or -a urls=...,"
    " give related words with -a terms=..., or set a key: SEARXNG_URL (an instance of your own),"
    " TAVILY_API_KEY (1,000 searches a month free), BRAVE_API_KEY, SERPER_API_KEY."
    " The reasons above, and the sheet Excluded, say what became of what was found."
)


@dataclass(frozen=True, slots=True)
class ProviderSummary:
    """What became of the searches at one provider: its worst outcome, counts, its own words."""

    outcome: str
    queries: int
    addresses: int
    detail: str = ""

    @property
    def is_bad(self) -> bool:
        """Tell whether the person should know more than the counts."""
        return self.outcome not in {Outcome.OK, Outcome.EMPTY}


@dataclass(frozen=True, slots=True)
class LookupSummary:
    """What became of the questions to one service: counts by outcome, and how many are left."""

    counts: Mapping[str, int] = field(default_factory=dict)
    left: int = 0
    problem: str = ""

    def unfinished(self, thing: str) -> list[str]:
        """Return how many look-ups the next run has to do, and why."""
        why = f" ({self.problem})" if self.problem else ""
        return [f"{self.left} {thing} look-ups are left{why}; the next run continues them"] * bool(
            self.left
        )


@dataclass(frozen=True, slots=True)
class RunSummary:
    """Counts of one run; `rejected`, `verdicts` and `skipped` are by reason.

    `verified` counts what became of the `rows_selected` by their `status` to be verified;
    `unreadable_site` is the person's own site when no page of it could be read.
    """

    niche: str
    spider: str
    finish_reason: str
    pages_accepted: int
    pages_unchanged: int
    pages_rejected: int
    links_found: int
    targets_probed: int
    targets_left: int
    rejected: Mapping[str, int] = field(default_factory=dict)
    verdicts: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    lookups: Mapping[str, LookupSummary] = field(default_factory=dict)
    status: str = ""
    rows_selected: int = 0
    verified: Mapping[str, int] = field(default_factory=dict)
    searches: Mapping[str, ProviderSummary] = field(default_factory=dict)
    profile: Mapping[str, str] = field(default_factory=dict)
    connectivity_problem: str = ""
    unreadable_site: str = ""
    seed_problems: tuple[str, ...] = ()

    @classmethod
    def from_stats(
        cls, plan: CrawlPlan, stats: Mapping[str, Any], finish_reason: str
    ) -> RunSummary:
        """Read the crawl's stats."""
        return cls(
            niche=plan.niche,
            spider=plan.spider,
            finish_reason=finish_reason,
            pages_accepted=stats.get(f"{PREFIX}pages/accepted", 0),
            pages_unchanged=stats.get(f"{PREFIX}pages/unchanged", 0),
            pages_rejected=stats.get(f"{PREFIX}pages/rejected", 0),
            links_found=stats.get(f"{PREFIX}links/found", 0),
            targets_probed=stats.get(f"{PREFIX}targets/probed", 0),
            targets_left=stats.get(f"{PREFIX}targets/over_budget", 0),
            rejected=_group(stats, "rejected/"),
            verdicts=_group(stats, "verdict/"),
            skipped=_group(stats, "skipped/"),
            lookups={service: _lookups(stats, service) for service in SERVICES},
            status=plan.status,
            rows_selected=stats.get(f"{PREFIX}rows/chosen", 0),
            verified=_group(stats, "verified/"),
            searches=_searches(stats),
            profile=stats.get(f"{PREFIX}profile", {}),
            connectivity_problem=stats.get(f"{PREFIX}connectivity/problem", ""),
            unreadable_site=stats.get(f"{PREFIX}own_site/unreadable", ""),
            seed_problems=plan.problems,
        )

    def found_nothing(self, report: Report | None) -> bool:
        """Tell a crawl after which the niche has no link, though the network was fit to find some.

        To ask again finds nothing new anyway.
        """
        fit = not self.connectivity_problem
        return self.spider == CRAWL and fit and (report is None or not report.links)

    def unfinished(self) -> list[str]:
        """Return what a person should know was not done, a sentence each."""
        said = [f"Seeds: {problem}" for problem in self.seed_problems]
        said += [
            f"{name} {news.outcome}: {news.detail or 'no further word'}"
            for name, news in self.searches.items()
            if news.is_bad
        ]
        said += [
            f"{n} pages not read: {LIMITS.get(limit, f'limit {limit}')}"
            for limit, n in self.skipped.items()
            if n
        ]
        if self.targets_left:
            said.append(f"{self.targets_left} targets not checked: limit max_links")
        for service, (_, thing) in SERVICES.items():
            said += self.lookups.get(service, LookupSummary()).unfinished(thing)
        if self.unreadable_site:
            problem = self.lookups["own_site"].problem
            said.append(
                f"No page of your site {self.unreadable_site} could be read ({problem}): what was"
                " known before is kept; check the address, then give the same command again"
            )
        if self.connectivity_problem:
            said.append(
                "Our own network was unfit, so nothing negative was concluded: "
                f"{self.connectivity_problem}"
            )
        if self.finish_reason != "finished":
            said.append(
                f"The run was ended early ({self.finish_reason}); the same command continues it"
            )
        return said

    def verification(self) -> str:
        """Return what became of the rows that were to be verified, "" where none were to be."""
        if self.spider != VERIFY:
            return ""
        if not self.rows_selected:
            return f"no row has the status {self.status!r}"
        read = sum(self.verified.values())
        return f"{read} of {self.rows_selected} rows" + _in_brackets(self.verified)

    def _unchanged(self) -> Mapping[str, int]:
        return {"unchanged": self.pages_unchanged} if self.pages_unchanged else {}

    def counts(self) -> dict[str, str]:
        """Return the run in numbers, label by label."""
        counts = {
            "Searches": _format_searches(self.searches),
            "Verified": self.verification(),
            "Pages": f"{self.pages_accepted} resource pages"
            + _in_brackets(self._unchanged())
            + f", {self.pages_rejected} not used"
            + _in_brackets(self.rejected),
            "Links": f"{self.links_found} seen, {self.targets_probed} targets checked now",
            "Verdicts": _format_counts(self.verdicts) or "none new",
            **{
                label: _format_counts(self.lookups.get(service, LookupSummary()).counts)
                or NONE_LOOKED_UP
                for service, (label, _) in SERVICES.items()
            },
        }
        own_site = SERVICES["own_site"][0]
        return {
            label: said
            for label, said in counts.items()
            if said and (label, said) != (own_site, NONE_LOOKED_UP)
        }


def summary_text(summary: RunSummary, report: Report | None) -> str:
    """Return one screen: what was done, what was not, the best rows, where the file is."""
    said = [*summary.counts().items()]
    said += [("Not done", sentence) for sentence in _first(summary.unfinished())]
    if report is not None:
        rows = f"{report.confirmed} confirmed, {report.suspected} suspected"
        said.append(("Opportunities", rows))
        said += [("Note", warning) for warning in report.warnings]
        said.append(("Workbook", str(report.workbook)))
    lines = [*(report.unread if report else ()), f"{summary.niche}: run {summary.finish_reason}"]
    lines += [f"  {label:<{LABEL_WIDTH}}{text}" for label, text in said]
    if report is not None and report.best:
        lines += ["The best rows:", *(f"  {row}" for row in report.best)]
    if summary.found_nothing(report):
        lines.append(ADVICE)
    return "\n".join(lines)


def _first(sentences: Sequence[str]) -> list[str]:
    """Return as many sentences as fit on a screen: a file of seeds may be all garbage."""
    left = len(sentences) - SENTENCES_SHOWN
    if left <= 0:
        return list(sentences)
    return [*sentences[:SENTENCES_SHOWN], f"... and {left} more (sheet Read me)"]


def summary_line(summary: RunSummary, report: Report | None) -> str:
    """Return the run in one line, for the mail that cron sends."""
    said = [*(report.unread if report else ()), f"{summary.niche}: run {summary.finish_reason}"]
    if verification := summary.verification():
        said.append(f"verified: {verification}")
    if report is None:
        said.append("no workbook was written")
    else:
        said.append(f"{report.confirmed} confirmed and {report.suspected} suspected dead links")
        said.append(f"{report.mails} mails ready")
        said += report.warnings
    if summary.connectivity_problem:
        said.append("our own network was unfit")
    if summary.unreadable_site:
        said.append(f"no page of your site {summary.unreadable_site} could be read")
    if summary.found_nothing(report):
        said.append("nothing was found")
    if left := len(summary.unfinished()):
        said.append(f"{left} left undone" + " (sheet Read me)" * (report is not None))
    return "; ".join(said) + (f"; {report.workbook}" if report else "")


def _lookups(stats: Mapping[str, Any], service: str) -> LookupSummary:
    counts = _group(stats, f"{service}/")
    left = counts.pop("left", 0)
    return LookupSummary(counts, left, stats.get(f"{PREFIX}{service}/problem", ""))


def _in_brackets(counts: Mapping[str, int]) -> str:
    return f" ({_format_counts(counts)})" if counts else ""


def _format_counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in counts.items())


def _format_searches(searches: Mapping[str, ProviderSummary]) -> str:
    return "; ".join(
        f"{name} {news.outcome}, {news.queries} queries, {news.addresses} addresses"
        for name, news in searches.items()
    )


def _searches(stats: Mapping[str, Any]) -> dict[str, ProviderSummary]:
    found: dict[str, dict[str, Any]] = {}
    for name, value in stats.items():
        if name.startswith(f"{PREFIX}provider/"):
            _, _, provider, fact = name.split("/")
            found.setdefault(provider, {})[fact] = value
    return {provider: ProviderSummary(**facts) for provider, facts in found.items()}


def _group(stats: Mapping[str, Any], prefix: str) -> dict[str, int]:
    """Return the numbers under a prefix, largest first."""
    start = PREFIX + prefix
    found = {
        name.removeprefix(start): n
        for name, n in stats.items()
        if name.startswith(start) and isinstance(n, int)
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
