"""The user and the program take turns at a workbook: nothing typed is lost or moved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.report.workbook.histories import OFFICE, run_histories

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("first", [1, pytest.param(101, marks=pytest.mark.soak)])
def test_whatever_a_person_does_nothing_typed_is_lost(tmp_path: Path, first: int) -> None:
    assert run_histories(tmp_path, range(first, first + 5)) == []


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # of openpyxl
@pytest.mark.skipif(not shutil.which(OFFICE), reason="LibreOffice is not installed")
def test_libreoffice_may_save_the_file_as_well(tmp_path: Path) -> None:
    assert run_histories(tmp_path, range(201, 203), office=True) == []
