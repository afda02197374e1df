"""What a niche is called: one name in the journal and for its files, however it was typed."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from unicodedata import normalize

import pytest
from scrapy.settings import Settings

from brokenlinks.arguments import make_plan
from brokenlinks.extensions.report_writer import report_paths
from brokenlinks.store.database import open_store
from brokenlinks.store.runs import niches
from brokenlinks.store.user_data import load_annotations

OLD_JOURNAL = Path(__file__).parent / "data" / "v0_2_0" / "journal.sqlite"


@pytest.mark.parametrize(
    ("niche", "slug"),
    [
        ("Home  Brewing!", "home-brewing"),
        ("po\u00e9sie", "po\u00e9sie"),
        ("Stra\u00dfenbahn", "strassenbahn"),
        ("C++ / _games_", "c-games"),
        ("\uff22\uff45\uff45\u3000club", "bee-club"),
        ("मधुमक्खी पालन", "मधुमक्खी-पालन"),
        ("การเลี้ยงผึ้ง", "การเลี้ยงผึ้ง"),
        ("养蜂", "养蜂"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_niche_has_one_readable_name_however_it_was_typed(
    niche: str, slug: str, form: str
) -> None:
    plan = make_plan("resources", {"niche": niche})
    typed = make_plan("resources", {"niche": normalize(form, niche)})  # type: ignore[arg-type]
    assert (typed.slug, typed.niche) == (slug, plan.niche)


@pytest.mark.parametrize(
    ("niche", "old"), [("poésie", "poe-sie"), ("मधुमक्खी पालन", "मध-मक-ख-प-लन"), ("hops", "hops")]
)
def test_a_workbook_with_the_name_of_an_earlier_version_continues(
    tmp_path: Path, niche: str, old: str
) -> None:
    settings = Settings({"OUTPUT_DIR": str(tmp_path), "WORKBOOK_NAME": ""})
    plan = make_plan("resources", {"niche": niche})
    assert report_paths(settings, plan).workbook.stem == plan.slug
    (tmp_path / f"{old}.xlsx").touch()
    assert report_paths(settings, plan).workbook.stem == old
    (tmp_path / f"{plan.slug}.xlsx").touch()
    assert report_paths(settings, plan).workbook.stem == plan.slug


def test_a_journal_of_an_earlier_version_continues(tmp_path: Path) -> None:
    journal = shutil.copy(OLD_JOURNAL, tmp_path / "journal.sqlite")
    with closing(sqlite3.connect(journal)) as connection, connection:
        for table in ("runs", "pages", "searches", "terms", "notes"):
            connection.execute(f"update {table} set niche = ?", (normalize("NFD", "poésie"),))
    store = open_store(f"sqlite:///{journal}")
    assert store.run(niches) == ["poésie"]
    assert store.run(load_annotations, "poésie")
    store.close()
