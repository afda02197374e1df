from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.workbook.desk import WorkbookHarness


@pytest.fixture
def harness(tmp_path: Path) -> WorkbookHarness:
    return WorkbookHarness(tmp_path / "home-brewing.xlsx")
