"""Everything that can be wrong before the first request: settings, output folder, journal."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from scrapy.settings import BaseSettings
from scrapy.utils.conf import arglist_to_dict

from brokenlinks.arguments import EARLIER, NONE, CrawlPlan, PlanError, make_plan, slug_of
from brokenlinks.authority.own_metric import OwnMetricError, read_own_metric
from brokenlinks.discovery.footprints import load_footprints
from brokenlinks.discovery.providers import providers_from
from brokenlinks.extensions.report_writer import path_from_setting, report_paths, sender_from
from brokenlinks.extensions.run_context import journal_url, output_folder
from brokenlinks.http.dns import Dns
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.models.arguments import REPORT, VERIFY
from brokenlinks.report.outreach.drafts import MAX_SENDER_WORDS
from brokenlinks.report.workbook.rows_by_status import keys_with_status
from brokenlinks.settings_model import SettingError, check_values
from brokenlinks.store.database import open_store
from brokenlinks.store.pages import is_known_niche
from brokenlinks.store.runs import niches
from brokenlinks.text.clock import make_clock


def check_settings(settings: BaseSettings) -> None:
    """Raise SettingError for the first setting that cannot be used."""
    check_values(settings)
    _check_network(settings)
    try:
        make_clock(settings["CLOCK"])
    except ValueError as error:
        raise SettingError(f"CLOCK: {error}") from error
    try:
        load_footprints()
        providers_from(settings, "")
    except ValueError as error:
        raise SettingError(str(error)) from error
    _check_sender(settings)
    _check_workbook_name(settings["WORKBOOK_NAME"])
    if own_csv := path_from_setting(settings, "AUTHORITY_CSV"):
        _check_own_csv(own_csv)


def check_output(settings: BaseSettings) -> Path:
    """Return the output folder, made if need be. Raises SettingError when it cannot be written."""
    folder = output_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SettingError(
            f"the output folder {folder} cannot be written: {error.strerror}; "
            "choose another with -s OUTPUT_DIR=..."
        ) from error
    return folder


def check_journal(settings: BaseSettings) -> None:
    """Open the journal once. Raises JournalError when it cannot be used."""
    open_store(journal_url(settings)).close()


def plan_of(arguments: Sequence[str]) -> CrawlPlan:
    """Return the plan of a command without a spider; `arguments` are what follows each `-a`.

    Raises PlanError naming the one that cannot be used.
    """
    for word in arguments:
        if "=" not in word:
            raise PlanError(f"-a {word!r} is not NAME=VALUE")
    return make_plan(REPORT, arglist_to_dict(list(arguments)))


def check_plan(settings: BaseSettings, plan: CrawlPlan) -> None:
    """Raise SettingError when a provider that is named has no key, or the workbook is another's."""
    configured = {provider.name for provider in providers_from(settings, plan.language)}
    missing = sorted(plan.providers - configured - {EARLIER, NONE})
    if missing:
        raise SettingError(
            f"the provider {missing[0]!r} is not configured: set its key or address, see"
            " docs/providers.md"
        )
    store = open_store(journal_url(settings))
    try:
        known = store.run(niches)
    finally:
        store.close()
    others = [niche for niche in known if niche != plan.niche and slug_of(niche) == plan.slug]
    if others and plan.niche not in known and not settings["WORKBOOK_NAME"]:
        raise SettingError(
            f"{plan.niche!r} would write over the workbook of {others[0]!r}; write the niche as"
            " you did, or name another workbook with -s WORKBOOK_NAME=..."
        )


def check_recheck(settings: BaseSettings, plan: CrawlPlan) -> None:
    """Raise SettingError or WorkbookError when there is nothing of the niche to ask about again."""
    store = open_store(journal_url(settings))
    try:
        known = store.run(is_known_niche, plan.niche)
    finally:
        store.close()
    if not known:
        raise SettingError(
            f"nothing is known of {plan.niche!r} yet; begin with scrapy crawl resources"
        )
    if plan.spider == VERIFY:
        keys_with_status(report_paths(settings, plan.slug).workbook, plan.status)


def _check_network(settings: BaseSettings) -> None:
    try:
        AddressGuard(settings.getlist("ALLOWED_NETWORKS"))
    except ValueError as error:
        raise SettingError(f"ALLOWED_NETWORKS: {error}") from error
    try:
        Dns(settings.getlist("DNS_NAMESERVERS"))
    except ValueError as error:
        raise SettingError(str(error)) from error


def _check_sender(settings: BaseSettings) -> None:
    sender = sender_from(settings)
    if len(sender.signature().split()) > MAX_SENDER_WORDS:
        raise SettingError(
            "OUTREACH_SENDER, OUTREACH_POSTAL_ADDRESS and OUTREACH_OPT_OUT together have more than"
            f" {MAX_SENDER_WORDS} words; a mail has room for 149 in all"
        )


def _check_workbook_name(name: str) -> None:
    if "/" in name or "\\" in name:
        raise SettingError(f"WORKBOOK_NAME={name!r} names a folder: set that as OUTPUT_DIR")
    if name.lower().endswith(".xlsx"):
        raise SettingError(f"WORKBOOK_NAME={name!r} has the ending, which is added: leave it out")


def _check_own_csv(path: Path) -> None:
    try:
        read_own_metric(path)
    except OwnMetricError as error:
        raise SettingError(str(error)) from error
