"""Every case can be read, is complete, and uses each of its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.labelled import matrix
from tests.labelled.loading import CASES, HALVES, Half, load, read_case
from tests.labelled.web import LabelledWeb


@pytest.mark.parametrize("half", HALVES)
def test_every_case_is_complete(half: Half) -> None:
    cases = load(half)
    assert len(cases) > 400
    LabelledWeb(cases)  # no host belongs to two of them
    wrong = [case.name for case in cases if not case.verdicts or not case.anchor]
    assert wrong == []
    assert {verdict for case in cases for verdict in case.verdicts} <= set(matrix.VERDICTS)


def test_every_file_of_a_case_is_used() -> None:
    unused = [
        str(file.relative_to(CASES))
        for table in CASES.glob("*/*/case.toml")
        for file in table.parent.rglob("*.*")
        if file != table
        and f'"{file.relative_to(table.parent)}"' not in table.read_text(encoding="utf-8")
    ]
    assert unused == []


MISTAKES = {
    "no file": '"/" = "home.html"\n"*" = 404',
    "no other paths": '"/" = 404',
    "a key that means nothing": '"*" = { stauts = 404 }',
    "no such fault": '"*" = { fault = "sulks" }',
    "no such wall": '"*" = { bot_protection = "hadrian" }',
}


@pytest.mark.parametrize("replies", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_the_case(replies: str, tmp_path: Path) -> None:
    table = (
        f'url = "a.example/"\nanchor = "A"\nverdicts = ["alive"]\n[sites."a.example"]\n{replies}'
    )
    (tmp_path / "case.toml").write_text(table)
    with pytest.raises(ValueError, match=tmp_path.name):
        read_case(tmp_path)
