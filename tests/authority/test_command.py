"""Wrong arguments are refused before anything is asked, in one line."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from filelock import FileLock
from scrapy.settings import Settings

from brokenlinks.commands.authority import Command


def refused(folder: Path, *args: str, **options: object) -> int:
    command = Command()
    command.settings = Settings()
    command.settings.setmodule("brokenlinks.settings")
    command.settings.update({"OUTPUT_DIR": str(folder), **options.pop("settings", {})})  # type: ignore[dict-item]
    command.run(list(args), Namespace(**{"rows": None, "for_store": False, **options}))
    return command.exitcode


@pytest.mark.parametrize(
    ("args", "options", "said"),
    [
        ((), {}, "scrapy authority update"),
        (("upgrade",), {}, "scrapy authority update"),
        (("update",), {"rows": "many"}, "'many' is not a number"),
        (("update",), {"rows": "0"}, "'0' is not a number"),
        (("update",), {"rows": ""}, "'' is not a number"),
        (("update",), {"rows": "5", "for_store": True}, "not both"),
        (("update",), {"settings": {"AHREFS_URL": "nowhere"}}, "AHREFS_URL 'nowhere'"),
        (("update",), {"settings": {"AUTHORITY_PER_SECOND": 0}}, "AUTHORITY_PER_SECOND"),
        (("update",), {"settings": {"AUTHORITY_CSV": "none.csv"}}, "none.csv cannot be read"),
        (("update",), {"settings": {"JOURNAL_URL": "nonsense"}}, "JOURNAL_URL"),
    ],
)
def test_wrong_arguments(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    args: tuple[str, ...],
    options: dict[str, object],
    said: str,
) -> None:
    assert refused(tmp_path, *args, **options) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("scrapy authority: ")
    assert said in line


def test_two_updates_never_work_at_the_same_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with FileLock(tmp_path / ".authority.lock"):
        assert refused(tmp_path, "update") == 4
    assert "another update is at work" in capsys.readouterr().err
