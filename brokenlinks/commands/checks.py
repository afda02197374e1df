"""Everything that can be wrong before the first request: settings, output folder, journal."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings
from scrapy.utils.conf import arglist_to_dict

from brokenlinks.arguments import EARLIER, NONE, CrawlPlan, PlanError, make_plan, slug_of
from brokenlinks.authority.own_csv import OwnMetricError, read_own_metric
from brokenlinks.discovery.footprints import load_footprints
from brokenlinks.discovery.providers import providers_from
from brokenlinks.extensions.report_writer import (
    FULL,
    LINE,
    path_from_setting,
    report_paths,
    sender_from,
)
from brokenlinks.extensions.run_context import journal_url, output_folder
from brokenlinks.http.dns import Dns
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.models.arguments import REPORT, VERIFY
from brokenlinks.report.outreach.drafts import MAX_SENDER_WORDS
from brokenlinks.report.workbook.rows_by_status import keys_with_status
from brokenlinks.store.database import open_store
from brokenlinks.store.recheck_queue import is_known_niche
from brokenlinks.store.runs import niches
from brokenlinks.text.clock import make_clock
from brokenlinks.text.urls import HTTP_SCHEMES, host_of

NUMBERS = (
    "DOWNLOAD_DELAY",
    "DOWNLOAD_TIMEOUT",
    "PROBE_DELAY",
    "PROBE_CONCURRENCY",
    "PROBE_CONCURRENCY_PER_HOST",
    "PROBE_MAX_BYTES",
    "PROBE_TIMEOUT",
    "SERVICE_TIMEOUT",
    "DNS_TIMEOUT",
    "RETRY_AFTER_MAX_WAIT",
    "MIN_RELEVANCE",
    "MIN_RESOURCE_SCORE",
    "PAGES_PER_SITE",
    "PAGES_AT_ONCE",
    "BARREN_SITES",
    "REJECTS_PER_PAGE",
    "SEARCH_QUERIES_PER_RUN",
    "ARCHIVE_LOOKUPS_PER_RUN",
    "WAYBACK_CDX_PER_MINUTE",
    "WAYBACK_PLAYBACK_PER_SECOND",
    "WAYBACK_PAUSE",
    "COMMONCRAWL_PER_MINUTE",
    "OWN_PAGES",
    "RDAP_LOOKUPS_PER_RUN",
    "RDAP_PER_SECOND",
    "AUTHORITY_LOOKUPS_PER_RUN",
    "AUTHORITY_PER_SECOND",
    "CITATION_LOOKUPS_PER_RUN",
    "CONTACTS_DAYS",
    "CONTACT_SITES_PER_RUN",
)
URLS = (
    "WAYBACK_URL",
    "WAYBACK_CDX_URL",
    "RDAP_BOOTSTRAP_URL",
    "WIKIPEDIA_URL",
    "MWMBL_URL",
    "SEARXNG_URL",
    "BRAVE_URL",
    "TAVILY_URL",
    "SERPER_URL",
    "MARGINALIA_URL",
    "COMMONCRAWL_INDEX_URL",
    "COMMONCRAWL_DATA_URL",
    "OPENPAGERANK_URL",
    "AHREFS_URL",
)
BOOLEANS = (
    "ROBOTSTXT_OBEY",
    "DECODE_PROTECTED_ADDRESSES",
    "COMMONCRAWL_ARCHIVE",
    "MARGINALIA_PUBLIC",
)
FRACTIONS = ("MIN_RELEVANCE", "MIN_RESOURCE_SCORE")
POSITIVE = frozenset(NUMBERS) - {
    "DOWNLOAD_DELAY",
    "PROBE_DELAY",
    "RETRY_AFTER_MAX_WAIT",
    "MIN_RELEVANCE",
    "MIN_RESOURCE_SCORE",
    "ARCHIVE_LOOKUPS_PER_RUN",
    "RDAP_LOOKUPS_PER_RUN",
    "AUTHORITY_LOOKUPS_PER_RUN",
    "CONTACT_SITES_PER_RUN",
    "CITATION_LOOKUPS_PER_RUN",
}


class SettingError(ValueError):
    """A setting cannot be used; the message is one line for the person."""


def check_settings(settings: BaseSettings) -> None:
    """Raise SettingError for the first setting that cannot be used."""
    _check_kinds(settings)
    _check_network(settings)
    try:
        make_clock(settings["CLOCK"])
    except ValueError as error:
        raise SettingError(f"CLOCK: {error}") from error
    _check_urls(settings)
    try:
        load_footprints()
        providers_from(settings, "")
    except ValueError as error:
        raise SettingError(str(error)) from error
    _check_sender(settings)
    _check_summary(settings)
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
            f"the provider {missing[0]!r} is not configured: set its key or address, which the"
            " README names under 'Where pages are found'"
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


def _check_kinds(settings: BaseSettings) -> None:
    for name in NUMBERS:
        _check_number(settings, name)
    for name in FRACTIONS:
        if settings.getfloat(name) > 1:
            raise SettingError(f"{name}={settings[name]} is above 1")
    for name in BOOLEANS:
        _check_boolean(settings, name)


def _check_urls(settings: BaseSettings) -> None:
    for name in URLS:
        if settings[name]:
            _check_url(name, settings[name].replace("{language}", "en"))
    for address in settings.getlist("CONNECTIVITY_URLS"):
        _check_url("CONNECTIVITY_URLS", address)
    for suffix, address in _servers(settings).items():
        _check_url(f"RDAP_SERVERS: {suffix}", address)


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


def _check_summary(settings: BaseSettings) -> None:
    if settings["SUMMARY"] not in {"", FULL, LINE}:
        raise SettingError(f"SUMMARY={settings['SUMMARY']!r} is neither {FULL} nor {LINE}")


def _check_workbook_name(name: str) -> None:
    if "/" in name or "\\" in name:
        raise SettingError(f"WORKBOOK_NAME={name!r} names a folder: set that as OUTPUT_DIR")
    if name.lower().endswith(".xlsx"):
        raise SettingError(f"WORKBOOK_NAME={name!r} has the ending, which is added: leave it out")


def _check_url(name: str, address: object) -> None:
    if not host_of(str(address)) or urlsplit(str(address)).scheme not in HTTP_SCHEMES:
        raise SettingError(f"{name} {address!r} is not a web address")


def _check_own_csv(path: Path) -> None:
    try:
        read_own_metric(path)
    except OwnMetricError as error:
        raise SettingError(str(error)) from error


def _servers(settings: BaseSettings) -> dict[str, object]:
    try:
        return settings.getdict("RDAP_SERVERS")
    except (TypeError, ValueError):
        raise SettingError(
            f"RDAP_SERVERS={settings['RDAP_SERVERS']!r} is not a JSON object of addresses by suffix"
        ) from None


def _check_boolean(settings: BaseSettings, name: str) -> None:
    try:
        settings.getbool(name)
    except ValueError:
        raise SettingError(f"{name}={settings[name]!r} is neither True nor False") from None


def _check_number(settings: BaseSettings, name: str) -> None:
    try:
        value = settings.getfloat(name)
    except (TypeError, ValueError):
        raise SettingError(f"{name}={settings[name]!r} is not a number") from None
    if value < 0 or (value == 0 and name in POSITIVE):
        raise SettingError(f"{name}={settings[name]!r} must be above 0")
