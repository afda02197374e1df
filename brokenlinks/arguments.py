"""The arguments of a crawl, checked before anything is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from brokenlinks.discovery.providers import PROVIDERS
from brokenlinks.discovery.relevance import NicheProfile, make_profile
from brokenlinks.discovery.seeds import Seed, Seeds, SeedsError, parse_url_list, read_seeds
from brokenlinks.enrichment.own_site import OwnSite, parse_own_site
from brokenlinks.models.run_stats import CRAWL, RECHECK, REPORT, VERIFY, Budgets
from brokenlinks.text.normalize import caseless, lower_words

MAX_NICHE_LENGTH = 100
"""Characters: a niche is a few words; a text is something pasted by mistake."""
MAX_SLUG_LENGTH = 80
"""Characters: leaves room for what is added to file names, whose limit is 255 bytes."""
ARGUMENTS = {
    CRAWL: frozenset(
        {"niche", "seeds", "urls", "terms", "exclude", "lang", "providers", "site"}
        | {"max_sites", "max_pages", "max_links", "max_depth"}
    ),
    RECHECK: frozenset({"niche", "max_links"}),
    VERIFY: frozenset({"niche", "status"}),
    REPORT: frozenset({"niche"}),
}
"""The arguments of each spider, and of the commands without one."""
READY = "Ready"
EARLIER, NONE = "earlier", "none"
"""Words for `providers`: the pages accepted in earlier runs; no provider at all."""


class PlanError(ValueError):
    """An argument cannot be used; the message is one line for the user."""


@dataclass(frozen=True, slots=True)
class CrawlPlan:
    """The checked arguments of a run."""

    spider: str
    niche: str
    slug: str
    old_slugs: tuple[str, ...]
    """Names that its files may have from an earlier version."""
    profile: NicheProfile
    language: str
    """An ISO 639 code; "" for any."""
    seeds: tuple[Seed, ...]
    budgets: Budgets
    problems: tuple[str, ...]
    """Lines of the seeds file that could not be used, a sentence each."""
    arguments: str
    """All arguments as JSON, sorted: the same command has the same text."""
    status: str
    """Status of the workbook's rows to verify."""
    providers: frozenset[str]
    """Those to search; empty: all that are configured."""
    own: OwnSite

    def uses(self, provider: str) -> bool:
        """Return whether a provider is to be searched."""
        return not self.providers or provider in self.providers


def make_plan(spider: str, arguments: Mapping[str, str]) -> CrawlPlan:
    """Check a spider's `-a` arguments. Raises PlanError naming the one that cannot be used."""
    known = ARGUMENTS[spider]
    unknown = sorted(set(arguments) - known)
    if unknown:
        raise PlanError(f"unknown argument {unknown[0]!r}; choose from: {', '.join(sorted(known))}")
    niche = normalize_niche(arguments.get("niche", ""))
    seeds = _seeds(arguments)
    language = arguments.get("lang", "").strip().lower()
    if language and not re.fullmatch(r"[a-z]{2,3}", language):
        raise PlanError(f"lang={language!r} is not a language code such as en or de")
    site = arguments.get("site", "").strip()
    try:
        own = parse_own_site(site) if site else OwnSite()
    except ValueError as error:
        raise PlanError(str(error)) from error
    profile = make_profile(
        niche,
        terms=_split_list(arguments.get("terms", "")),
        exclude=_split_list(arguments.get("exclude", "")),
        language=language or "en",
    )
    return CrawlPlan(
        spider=spider,
        niche=niche,
        slug=slug_of(niche),
        old_slugs=_old_slugs(niche),
        profile=profile,
        language=language,
        seeds=tuple(seeds.urls),
        budgets=Budgets(
            **{
                name.removeprefix("max_"): _count(name, text)
                for name, text in arguments.items()
                if name.startswith("max_")
            }
        ),
        problems=tuple(seeds.problems),
        arguments=json.dumps(dict(sorted(arguments.items())), ensure_ascii=False),
        status=arguments.get("status", READY).strip(),
        providers=_providers(arguments.get("providers", "")),
        own=own,
    )


def normalize_niche(text: str) -> str:
    """Fold white space, case and forms of letters: one niche has one name, however it was typed.

    Raises PlanError if it has no word.
    """
    niche = " ".join(caseless(text).split())
    if not re.search(r"\w", niche):
        raise PlanError('no niche given: name it, as in -a niche="home brewing"')
    if len(niche) > MAX_NICHE_LENGTH:
        raise PlanError(
            f"the niche is longer than {MAX_NICHE_LENGTH} characters: {niche[:40]!r}..."
        )
    return niche


def slug_of(niche: str) -> str:
    """Return the niche as a file name: its words, joined by hyphens."""
    return "-".join(lower_words(niche))[:MAX_SLUG_LENGTH]


def _old_slugs(niche: str) -> tuple[str, ...]:
    """Return the names that files of the niche may have from version 0.3.0 or before.

    Those parted words at every vowel sign, and knew an accent typed apart as no letter.
    """
    forms = (niche, normalize("NFD", niche))
    old = (re.sub(r"[\W_]+", "-", form).strip("-")[:MAX_SLUG_LENGTH] for form in forms)
    return tuple(slug for slug in dict.fromkeys(old) if slug != slug_of(niche))


def _seeds(arguments: Mapping[str, str]) -> Seeds:
    """Return the seeds of the file and of the command line, with the file's problems."""
    seeds = Seeds([], [])
    if "seeds" in arguments:
        try:
            seeds = read_seeds(Path(arguments["seeds"]).expanduser())
        except SeedsError as error:
            raise PlanError(str(error)) from error
        if not seeds.urls:  # the last problem sums up, the first shows where to look
            raise PlanError("; ".join(dict.fromkeys((seeds.problems[-1], seeds.problems[0]))))
    try:
        return Seeds([*seeds.urls, *parse_url_list(arguments.get("urls", ""))], seeds.problems)
    except ValueError as error:
        raise PlanError(f"urls: {error}") from error


def _providers(text: str) -> frozenset[str]:
    chosen = frozenset(name.lower() for name in _split_list(text))
    known = {*PROVIDERS, EARLIER, NONE}
    for name in sorted(chosen - known):
        raise PlanError(f"unknown provider {name!r}; choose from: {', '.join(sorted(known))}")
    return chosen


def _count(name: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text.strip()):
        raise PlanError(f"{name}={text!r} is not a whole number of 0 or more")
    return int(text)


def _split_list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
