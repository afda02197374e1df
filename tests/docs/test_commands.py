"""Every command that the documentation shows can be given as it is shown."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.end_to_end.program import run_scrapy

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(?:sh|crontab|yaml)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BEFORE = re.compile(r"^(?:\S+ \S+ \S+ \S+ \S+  (?=cd )|\s*- run: )")
"""What stands before a command in a crontab and in a workflow."""
ASSIGNMENT = re.compile(r"[A-Z_]+=\S*$")
PREPARATION = {
    "python3 -m venv .venv",
    ". .venv/bin/activate",
    "cd /home/me/brokenlinks",
    "pip install -e .",
    "pipx install .",
}
EXTRA = re.compile(r"pip install -e '\.\[(\w+)\]'")


def shown_commands() -> Iterator[str]:
    """Yield each command of the documentation, with its words quoted in one way."""
    for page in PAGES:
        for block in BLOCK.findall(page.read_text("utf-8")):
            yaml = "steps:" in block
            for line in block.splitlines():
                if yaml and "- run: " not in line:
                    continue
                for command in BEFORE.sub("", line).split(" && "):
                    words = shlex.split(command, comments=True)
                    while words and ASSIGNMENT.match(words[0]):
                        words.pop(0)
                    yield shlex.join(words).removeprefix("uvx --from . ")


COMMANDS = sorted({command for command in shown_commands() if command})
OURS = [command for command in COMMANDS if command.split()[0] in {"scrapy", "brokenlinks"}]


@pytest.mark.parametrize("command", OURS)
def test_a_command_of_ours_gets_as_far_as_its_output_folder(command: str, tmp_path: Path) -> None:
    (tmp_path / "seeds.txt").write_text("https://example.org/links\n")
    (tmp_path / "in-the-way").touch()
    words = shlex.split(command)[1:]
    done = run_scrapy(tmp_path, *words, "-s", "OUTPUT_DIR=in-the-way")
    assert done.returncode == 2, done.stderr
    assert "in-the-way" in done.stdout + done.stderr


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - set(OURS) - PREPARATION))
def test_another_command_names_what_is_there(command: str) -> None:
    if extra := EXTRA.fullmatch(command):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        assert extra[1] in project["optional-dependencies"]
        return
    program, *words = shlex.split(command)
    assert program in {"bash", "pytest", "python", "pre-commit"}
    if (program, words[:1]) == ("python", ["-m"]):
        assert find_spec(words[1]), f"no module {words[1]}"
    for path in (word for word in words if "/" in word and not word.startswith("output/")):
        assert (ROOT / path).exists(), path
