"""What the add-ons install, and what a user may still decide."""

from __future__ import annotations

from pathlib import Path

from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list

from brokenlinks.addon import CrawlAddon, NetworkAddon
from pipelines.lookups import LookupsPipeline
from pipelines.store import FinishPipeline
from tests.end_to_end.program import run_scrapy


def pipelines_in(settings: Settings) -> list[str]:
    found = build_component_list(settings.getdict("ITEM_PIPELINES"))
    return [pipeline.__name__ for pipeline in found]


def test_a_crawl_gets_the_pipelines_in_their_order() -> None:
    settings = Settings()
    CrawlAddon().update_settings(settings)
    assert pipelines_in(settings) == [
        "StorePipeline",
        "LivenessPipeline",
        "ArchivePipeline",
        "LookupsPipeline",
        "FinishPipeline",
    ]


def test_a_pipeline_the_user_has_switched_off_stays_off() -> None:
    settings = Settings({"ITEM_PIPELINES": {"pipelines.lookups.LookupsPipeline": None}})
    CrawlAddon().update_settings(settings)
    assert LookupsPipeline.__name__ not in pipelines_in(settings)
    assert pipelines_in(settings)[-1] == FinishPipeline.__name__


def test_a_command_that_crawls_nothing_opens_no_run() -> None:
    settings = Settings()
    NetworkAddon().update_settings(settings)
    names = {extension.__name__ for extension in settings.getdict("EXTENSIONS")}
    assert "Network" in names
    assert not names & {"RunContext", "ReportWriter"}
    assert pipelines_in(settings) == []


def test_each_command_is_listed_once(tmp_path: Path) -> None:
    lines = run_scrapy(tmp_path, "--help").stdout.splitlines()
    listed = [line.split()[0] for line in lines if line.startswith("  ") and line.split()]
    assert "purge-contacts" in listed
    assert "purge_contacts" not in listed
    assert "base" not in listed
    assert len(listed) == len(set(listed))
