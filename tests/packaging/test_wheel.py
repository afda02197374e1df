"""The wheel works from any folder and is in no other project's way."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from sysconfig import get_path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
SPIDERS = ["recheck", "resources", "verify"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """Return a folder with what the wheel installs."""
    folder = wheel.parent / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_installed(
    installed: Path, folder: Path, program: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder, with nothing but the wheel and its dependencies.

    Without `site` no .pth file puts this checkout on the path, as an editable install does.
    """
    environment = {name: value for name, value in os.environ.items() if name[:6] != "SCRAPY"}
    libraries = dict.fromkeys(get_path(kind) for kind in ("purelib", "platlib"))
    return subprocess.run(
        [sys.executable, "-S", "-P", "-m", program, *arguments],
        cwd=folder,
        env=environment | {"PYTHONPATH": os.pathsep.join([str(installed), *libraries])},
        check=False,
        capture_output=True,
        text=True,
    )


def test_the_wheel_has_all_data_files_and_one_top_level_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"brokenlinks"}
    assert "brokenlinks/py.typed" in names
    data = {str(path.relative_to(ROOT)) for path in (ROOT / "brokenlinks").rglob("*.toml")}
    assert data
    assert data <= names


def test_the_command_works_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    crawl = ("crawl", "resources", "-a", "niche=hops", "-a", "providers=none")
    offline = ("-s", "CONNECTIVITY_URLS=", "-s", "SUMMARY=full")
    done = run_installed(installed, tmp_path, "brokenlinks", *crawl, *offline)
    assert done.returncode == 3, done.stderr
    assert "Nothing was found" in done.stdout
    assert (tmp_path / "output" / "journal.sqlite").exists()


def test_spiders_and_settings_of_another_project_are_left_alone(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = theirs\nbrokenlinks = ours\n")
    (tmp_path / "ours.py").write_text("from brokenlinks.settings import *\nOUTREACH_SENDER = 'Jo'")
    (tmp_path / "theirs.py").write_text("SPIDER_MODULES = ['spiders']\n")
    (tmp_path / "spiders").mkdir()
    (tmp_path / "spiders" / "__init__.py").write_text(
        "from scrapy import Spider\n\n\nclass Theirs(Spider):\n    name = 'theirs'\n"
    )
    sender = ("brokenlinks", "settings", "--get", "OUTREACH_SENDER")
    assert run_installed(installed, tmp_path, *sender).stdout == "Jo\n"
    assert run_installed(installed, tmp_path, "brokenlinks", "list").stdout.split() == SPIDERS
    assert run_installed(installed, tmp_path, "scrapy", "list").stdout.split() == ["theirs"]
