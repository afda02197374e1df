from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"\]\((?!https?://)([^)#]*)(?:#([^)]+))?\)")
SOURCES = ("brokenlinks", "spiders", "pipelines", "tests")
SOURCE = re.compile(r"`((?:[\w.]+/)*(?:\w+\.(?:py|toml)|\w+/))`")
"""A module, a data file or a folder, in backticks."""
OTHER_FILES = {"my_settings.py", "output/", "output/backups/", "docs/", "pyproject.toml"}
OTHER_FILES |= {"brokenlinks/project/"}  # in a wheel
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    for path, anchor in LINK.findall(page.read_text("utf-8")):
        target = page.parent / path if path else page
        assert target.exists(), path
        if anchor:
            headings = HEADING.findall(target.read_text("utf-8"))
            assert anchor in {heading.lower().replace(" ", "-") for heading in headings}, anchor


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_source_files_that_the_pages_name_are_there(page: Path) -> None:
    sources = [path for folder in SOURCES for path in (ROOT / folder, *(ROOT / folder).rglob("*"))]
    files = [f"/{path.relative_to(ROOT)}" + "/" * path.is_dir() for path in sources]
    for name in SOURCE.findall(page.read_text("utf-8")):
        assert name in OTHER_FILES or any(file.endswith(f"/{name}") for file in files), name
