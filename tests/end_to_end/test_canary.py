"""What strangers write is shown, never obeyed: not by a terminal, a log's reader, a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import (
    DEMO_NICHE,
    MWMBL_HOST,
    OWN_HOST,
    REGISTRY_HOST,
    WAYBACK_HOST,
    seed_urls,
)
from brokenlinks.report.workbook.cells import unescape_text
from brokenlinks.text.tables import FORMULA_PREFIXES
from tests.canary import CANARY, OBEYED
from tests.end_to_end.conftest import Workspace
from tests.end_to_end.program import run_scrapy
from tests.loopback.poisoned import PoisonedWeb

pytestmark = pytest.mark.slow

FORGED = re.compile(r"^\W*FORGED", re.MULTILINE)
"""The canary's second line, at the beginning of a line."""
_TEXT_IN_XML = re.compile(r"<(?:t|v|f)(?: [^>]*)?>([^<]*)<|=\"([^\"]*)\"")


def shown(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what was written for the user: by file, by cell and by field."""
    for path in folder.rglob("*"):
        if path.suffix == ".xlsx":
            with ZipFile(path) as archive:
                for name in archive.namelist():
                    if name.endswith((".xml", ".rels")):
                        text = archive.read(name).decode()
                        for cell in map(unescaped, _TEXT_IN_XML.findall(text)):
                            yield f"{path.name}/{name}", cell
        elif path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                for fields in csv.reader(file):
                    yield from ((path.name, field) for field in fields)
        elif path.suffix in {".jsonl", ".log", ".txt"}:
            yield path.name, path.read_text(encoding="utf-8")


def unescaped(groups: tuple[str, str]) -> str:
    text = re.sub(
        "&#x?([0-9a-fA-F]+);", lambda m: chr(int(m[1], 16 if "x" in m[0] else 10)), "".join(groups)
    )
    return unescape_text(text)


@pytest.fixture(
    scope="module", params=["answering", pytest.param("refusing", marks=pytest.mark.soak)]
)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run every command on the poisoned web, where services answer or say why they do not."""
    folder: Path = tmp_path_factory.mktemp("canary")
    seeds = tmp_path_factory.mktemp("seeds") / "seeds.txt"
    with PoisonedWeb() as web:
        if request.param == "refusing":
            for host in (MWMBL_HOST, REGISTRY_HOST, WAYBACK_HOST):
                web.sites[host].otherwise = b.answer(CANARY, 403, "text/plain")
                web.sites[host].paths.clear()
        lines = (*seed_urls(web), f"no address {CANARY}", f"http://[{CANARY}")
        seeds.write_text("\n".join(lines), encoding="utf-8")
        settings = {"LOG_LEVEL": "DEBUG", "SUMMARY": "full", "OUTREACH_SENDER": "Jo"}
        workspace = Workspace(folder, web, settings)
        outputs = [
            workspace.crawl(
                seeds=seeds,
                max_depth=1,
                providers="mwmbl,wikipedia",
                site=web.url(OWN_HOST),
            )
        ]
        assert outputs[0].returncode in {0, 1}, outputs[0].stderr[-2_000:]
        niche = ("-a", f"niche={DEMO_NICHE}")
        command = workspace.command({})
        web_settings = command[command.index("-s") :]
        others = (
            ("report", *niche),
            ("export", *niche, "links.csv"),
            ("export", *niche, "links.jsonl"),
            ("export", *niche, "--opportunities", "opportunities.csv"),
            ("doctor",),
            ("authority", "update", "--rows", "5"),
        )
        outputs += [run_scrapy(folder, *words, *web_settings) for words in others]
    for number, done in enumerate(outputs):
        (folder / f"stdout-{number}.txt").write_text(done.stdout, encoding="utf-8")
        (folder / f"stderr-{number}.txt").write_text(done.stderr, encoding="utf-8")
    return folder


def test_nothing_that_is_obeyed_is_shown(folder: Path) -> None:
    bad = {
        (place, control, text[max(text.index(control) - 60, 0) : text.index(control) + 20])
        for place, text in shown(folder)
        for control in {*text} & {*OBEYED} - {"\n", "\t"}
    }
    assert not bad
    assert not [(place, text) for place, text in shown(folder) if FORGED.search(text)]


def test_nothing_is_run_as_a_formula(folder: Path) -> None:
    for path in folder.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for fields in csv.reader(file):
                assert not [field for field in fields if field.startswith(FORMULA_PREFIXES)]


def test_the_canary_was_everywhere(folder: Path) -> None:
    seen = {place for place, text in shown(folder) if "canary" in text}
    assert {"links.csv", "links.jsonl", "opportunities.csv", "home-brewing.log"} <= seen
    assert any(place.startswith("home-brewing.xlsx/") for place in seen)
    assert any(place.startswith("std") for place in seen)
