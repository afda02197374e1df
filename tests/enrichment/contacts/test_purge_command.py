"""`scrapy purge-contacts`: what it deletes, and what it says to a wrong argument."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from brokenlinks.commands.purge_contacts import Command
from brokenlinks.models.contact import Contact, ContactKind
from brokenlinks.store.database import open_store
from brokenlinks.store.lookups import record_contact

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
CONTACT = Contact(ContactKind.ROLE_ADDRESS, "info@club.org")


def purge(folder: Path, *words: str) -> Command:
    """Run the command as Scrapy does, over a journal of three contacts of different age."""
    store = open_store(f"sqlite:///{folder}/journal.sqlite")
    for days, site in enumerate(("club.org", "guild.org", "me.github.io")):
        store.run(record_contact, site, CONTACT, NOW - timedelta(hours=20 * days))
    store.close()
    command = Command()
    command.settings = Settings()
    command.settings.setmodule("brokenlinks.settings")
    command.settings.setdict({"OUTPUT_DIR": str(folder), "CLOCK": NOW.isoformat()})
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    options, rest = parser.parse_known_args(words)
    command.run(rest, options)
    return command


@pytest.mark.parametrize(
    ("words", "deleted"),
    [
        (("--all",), 3),
        (("--older-than", "1"), 1),
        (("--older-than", "90"), 0),
        (("--site", "www.club.org"), 1),
        (("--site", "https://me.github.io/links"), 1),
        (("--site", "github.io"), 0),
    ],
)
def test_it_says_how_many_it_deleted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], deleted: int
) -> None:
    assert purge(tmp_path, *words).exitcode == 0
    assert capsys.readouterr().out == f"{deleted} contacts deleted\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--older-than", "soon"), "--older-than 'soon' is not a number of days"),
        (("--older-than=-1",), "--older-than '-1' is not a number of days"),
        (("--older-than", "9" * 9), "is not a number of days"),
        (("--site", "http://"), "--site 'http://' is not a host"),
    ],
)
def test_a_wrong_value_ends_it_with_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert purge(tmp_path, *words).exitcode == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("scrapy purge-contacts: ")
    assert said in line


@pytest.mark.parametrize("words", [(), ("all",), ("--all", "--site", "club.org")])
def test_it_must_be_said_what_to_delete(tmp_path: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="say what to delete"):
        purge(tmp_path, *words)


def test_it_is_called_with_a_hyphen() -> None:
    [command] = entry_points(group="scrapy.commands", name="purge-contacts")
    assert command.load() is Command
