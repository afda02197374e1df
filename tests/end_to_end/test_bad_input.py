"""A mistake is reported in one line, before anything is fetched."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from scrapy.settings import Settings
from sqlalchemy import text

from brokenlinks.arguments import PlanError, make_plan
from brokenlinks.commands.base import check_settings
from brokenlinks.commands.crawl import check_plan
from brokenlinks.settings_model import SettingError
from brokenlinks.store.database import open_store
from brokenlinks.store.runs import begin_run
from tests.end_to_end.conftest import Workspace, setting_arguments
from tests.end_to_end.program import run_scrapy

pytestmark = pytest.mark.slow

CRAWL = ("crawl", "resources")
NICHE = ("-a", "niche=home brewing")


def settings_with(**others: str) -> Settings:
    settings = Settings()
    settings.setmodule("brokenlinks.settings")
    settings.update(others, priority="cmdline")
    return settings


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "no niche given"),
        ({"niche": "  "}, "no niche given"),
        ({"niche": "?!"}, "no niche given"),
        ({"niche": "x" * 101}, "longer than 100"),
        ({"niche": "hops", "seeds": "."}, "."),
        ({"niche": "hops", "urls": "http://ok.example, not a url"}, "'not' is not a URL"),
        ({"niche": "hops", "max_links": "-1"}, "max_links='-1'"),
        ({"niche": "hops", "max_sites": "1.5"}, "max_sites='1.5'"),
        ({"niche": "hops", "lang": "klingon!"}, "lang='klingon!'"),
        ({"niche": "hops", "max_page": "3"}, "unknown argument 'max_page'"),
        ({"niche": "hops", "max_pages": "abc"}, "max_pages='abc'"),
        ({"niche": "hops", "site": "not an address"}, "site='not an address'"),
    ],
)
def test_a_wrong_argument_is_named(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(PlanError) as raised:
        make_plan("resources", arguments)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_provider_that_is_named_must_be_configured(tmp_path: Path) -> None:
    settings = settings_with(JOURNAL_URL=f"sqlite:///{tmp_path}/journal.sqlite")
    with pytest.raises(SettingError, match="'brave' is not configured"):
        check_plan(settings, make_plan("resources", {"niche": "hops", "providers": "brave"}))


def test_two_niches_never_share_a_workbook(tmp_path: Path) -> None:
    settings = settings_with(JOURNAL_URL=f"sqlite:///{tmp_path}/journal.sqlite")
    first, second = (make_plan("resources", {"niche": n}) for n in ("bread baking", "bread/baking"))
    store = open_store(settings["JOURNAL_URL"])
    store.run(begin_run, first.niche, first.spider, first.arguments, datetime.now(UTC))
    store.close()
    check_plan(settings, first)
    with pytest.raises(SettingError, match="over the workbook of 'bread baking'"):
        check_plan(settings, second)
    settings.set("WORKBOOK_NAME", "another")
    check_plan(settings, second)


def test_a_workbook_belongs_to_one_niche_in_later_runs_too(workspace: Workspace) -> None:
    workspace.settings = {"WORKBOOK_NAME": "mine"}
    page = {"urls": workspace.web.url("stammwuerze.example", "/links"), "max_depth": 0}
    assert workspace.crawl(**page).returncode == 0
    other = workspace.crawl(niche="tea", **page)
    assert other.returncode == 2
    [line] = other.stderr.splitlines()
    assert "mine.xlsx is the workbook of 'home brewing'" in line
    assert workspace.crawl(**page).returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PROBE_TIMEOUT", "soon", "PROBE_TIMEOUT"),
        ("RDAP_PER_SECOND", "0", "RDAP_PER_SECOND"),
        ("RDAP_BOOTSTRAP_URL", "rdap.json", "RDAP_BOOTSTRAP_URL"),
        ("RDAP_SERVERS", "com", "RDAP_SERVERS"),
        ("RDAP_SERVERS", '{"com": "localhost"}', "RDAP_SERVERS: com"),
        ("CLOCK", "yesterday", "CLOCK"),
        ("ROBOTSTXT_OBEY", "maybe", "ROBOTSTXT_OBEY='maybe' is neither True nor False"),
        ("WORKBOOK_NAME", "a/b", "WORKBOOK_NAME='a/b' names a folder"),
        ("WORKBOOK_NAME", "..\\esc", "names a folder"),
        ("WORKBOOK_NAME", "foo.xlsx", "WORKBOOK_NAME='foo.xlsx' has the ending"),
        ("MIN_RELEVANCE", "7", "MIN_RELEVANCE=7 is above 1"),
        ("CONNECTIVITY_URLS", "foo", "CONNECTIVITY_URLS 'foo' is not a web address"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, message: str) -> None:
    settings = settings_with(**{name: value})
    with pytest.raises(SettingError) as raised:
        check_settings(settings)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (CRAWL, "no niche given"),
        ((*CRAWL, *NICHE, "-a", "seeds=nowhere.txt"), "nowhere.txt"),
        ((*CRAWL, *NICHE, "-a", "seeds=file.txt"), "file.txt holds no URL; file.txt line 1"),
        ((*CRAWL, *NICHE, "-s", "ALLOWED_NETWORKS=localhost"), "ALLOWED_NETWORKS"),
        ((*CRAWL, *NICHE, "-s", "JOURNAL_URL=nonsense"), "JOURNAL_URL"),
        ((*CRAWL, *NICHE, "-s", "OUTPUT_DIR=file.txt"), "cannot be written"),
        ((*CRAWL, *NICHE, "-s", "WORKBOOK_NAME=../../esc"), "WORKBOOK_NAME='../../esc'"),
        ((*CRAWL, *NICHE, "-s", "WEIGHTS_FILE=nowhere.toml"), "nowhere.toml"),
        (("crawl", "nospider", *NICHE), "unknown spider 'nospider'"),
        (("export", *NICHE, "links.pdf"), "links.pdf"),
        (("export", *NICHE, "-a", "site=x.example", "links.csv"), "unknown argument 'site'"),
        (("export", "-a", "home brewing", "links.csv"), "'home brewing' is not NAME=VALUE"),
        (("report", "-a", "niche="), "no niche given"),
        (("report", *NICHE, "-s", "JOURNAL_URL=journal"), "is not a database address"),
        (("report", *NICHE, "-s", "JOURNAL_URL=sqlite://"), "cannot be opened"),
        (("report", "-a", "home brewing"), "'home brewing' is not NAME=VALUE"),
    ],
)
def test_a_wrong_argument_ends_the_run_at_once(
    tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    (tmp_path / "file.txt").write_text("in the way")
    done = run_scrapy(tmp_path, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    [line] = done.stderr.strip().splitlines()
    assert message in line


@pytest.mark.parametrize("words", [("doctor",), ("report", *NICHE), (*CRAWL, *NICHE)])
def test_the_database_password_is_in_no_error(tmp_path: Path, words: tuple[str, ...]) -> None:
    url = "postgresql+psycopg://jo:hunter%2F22@localhost:2/links"
    done = run_scrapy(tmp_path, *words, "-L", "DEBUG", environment={"BROKENLINKS_JOURNAL_URL": url})
    assert done.returncode == 2
    assert "localhost:2/links" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter" not in done.stdout + done.stderr


@pytest.mark.parametrize("more", [(), ("--opportunities",)])
def test_the_export_of_a_misspelt_niche_leaves_the_file_alone(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    (tmp_path / "links.csv").write_text("of yesterday")
    done = run_scrapy(tmp_path, "export", "-a", "niche=hoem brewing", *more, "links.csv")
    assert done.returncode == 3
    assert "nothing is known about 'hoem brewing'" in done.stderr
    assert (tmp_path / "links.csv").read_text() == "of yesterday"


@pytest.mark.parametrize("name", ["OUTPUT_DIR=file.txt", "JOURNAL_URL=sqlite:///file.txt"])
def test_the_doctor_says_what_is_wrong_with_folder_and_journal(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("in the way" * 1000)
    done = run_scrapy(tmp_path, "doctor", "-s", name)
    assert done.returncode == 2, done.stderr
    assert done.stderr == ""
    [line] = [line for line in done.stdout.splitlines() if line.startswith("WRONG journal")]
    assert "file.txt" in line


def test_a_persons_files_are_found_under_their_home(tmp_path: Path) -> None:
    (tmp_path / "weights.toml").write_text(
        files("brokenlinks.scoring").joinpath("weights.toml").read_text("utf-8"), encoding="utf-8"
    )
    (tmp_path / "dr.csv").write_text("domain,DR\nx.example,7\n")
    (tmp_path / "file.txt").write_text("in the way of what would ask the network")
    named = {"WEIGHTS_FILE": "~/weights.toml", "AUTHORITY_CSV": "~/dr.csv"}
    words = setting_arguments({**named, "OUTPUT_DIR": "~/file.txt"})
    done = run_scrapy(tmp_path, "doctor", *words, environment={"HOME": str(tmp_path)})
    assert "ok    settings" in done.stdout
    assert "ok    weights" in done.stdout
    assert f"the output folder {tmp_path}/file.txt cannot be written" in done.stdout


def test_a_journal_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    store = open_store(f"sqlite:///{tmp_path}/output/journal.sqlite")
    store.run(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    store.close()
    done = run_scrapy(tmp_path, *CRAWL, *NICHE)
    assert done.returncode == 2
    assert "newer version" in done.stderr


def test_garbage_lines_of_a_seeds_file_are_named_and_the_rest_is_used(workspace: Workspace) -> None:
    (workspace.folder / "seeds.txt").write_text(
        f"# mine\n{workspace.web.url('newclub.example', '/our-links')}\nwhat is this?\n"
    )
    done = workspace.crawl(seeds="seeds.txt", max_depth=0)
    assert done.returncode == 0, done.stderr
    assert "seeds.txt line 3" in done.stdout
    assert "1 resource pages" in done.stdout


def test_a_file_of_garbage_leaves_the_summary_on_one_screen(workspace: Workspace) -> None:
    garbage = "".join(f"garbage {n}\n" for n in range(500))
    (workspace.folder / "seeds.txt").write_text(f"{garbage}http://never.example/links\n")
    done = workspace.crawl(seeds="seeds.txt", max_depth=0)
    assert done.returncode == 3, done.stderr
    assert "seeds.txt line 1: " in done.stdout
    assert "more (sheet Read me)" in done.stdout
    assert len(done.stdout.splitlines()) < 40


def test_nothing_found_is_a_clear_end_with_advice(workspace: Workspace) -> None:
    for arguments in ({"urls": "http://never.example/links"}, {}):
        done = workspace.crawl(**arguments)
        assert done.returncode == 3, done.stderr
        assert "Nothing was found" in done.stdout
        assert done.stderr == ""


def test_odd_pages_are_recorded_and_never_fatal(workspace: Workspace) -> None:
    odd = {
        "maltings.example/malt-chart.pdf": "not html",
        "brauwelt.example/wuerze": "no outbound links",
        "silent.example/kegs": "failed empty reply",
        "broken.example/abv": "http 500",
        "norobots.example/scales": "robots",
        "intranet.example/brewhouse": "failed dns",
        "bulky.example/log": "failed oversize",
    }
    workspace.settings = {"DOWNLOAD_MAXSIZE": 500_000}
    done = workspace.crawl(urls=",".join(map(workspace.web.target_url, odd)), max_depth=0)
    assert done.returncode == 3, done.stderr
    for reason in odd.values():
        assert reason in done.stdout


def test_with_an_unfit_network_nothing_is_called_dead(workspace: Workspace) -> None:
    workspace.settings = {
        "CONNECTIVITY_URLS": "http://never.example/",
        "ALLOWED_NETWORKS": "127.0.0.1/32",
    }
    done = workspace.crawl(urls=workspace.web.url("stammwuerze.example", "/links"), max_depth=0)
    assert done.returncode == 6, done.stderr
    assert "Our own network did not work" in done.stdout
    links = workspace.links().set_index("link_url")
    assert links.loc[workspace.web.target_url("thebrewclub.example/links"), "verdict"] == "unknown"


def test_a_machine_without_a_network_is_told_so_and_not_to_name_more_seeds(
    workspace: Workspace,
) -> None:
    workspace.settings = {"CONNECTIVITY_URLS": "http://never.example/"}
    done = workspace.crawl(urls="http://never.example/links", max_depth=0)
    assert done.returncode == 6, done.stderr
    assert "Our own network did not work" in done.stdout
    assert "Nothing was found" not in done.stdout
