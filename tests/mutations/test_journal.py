"""A damaged journal is read, or ends the program in one line."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from brokenlinks.report.build import load_niche_data
from brokenlinks.store.database import StoreError, open_store
from tests.mutations.mutate import COPIES, Form, Mutation, mutations

MAX_LINE_LENGTH = 600
OLD_JOURNAL = Path(__file__).parents[1] / "data" / "v0_2_0" / "journal.sqlite"


@pytest.fixture(scope="module")
def journals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return journals by the version that wrote them."""
    path = tmp_path_factory.mktemp("journal") / "journal.sqlite"
    path.write_bytes(OLD_JOURNAL.read_bytes())
    open_store(f"sqlite:///{path}").close()
    return {"0.2.0": OLD_JOURNAL, "this": path}


def problem_of(content: bytes) -> str:
    """Return why a journal cannot be read, "" when a report can be made of it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite"
        path.write_bytes(content)
        try:
            store = open_store(f"sqlite:///{path}")
        except StoreError as error:
            return str(error)
        try:
            store.run(load_niche_data, "home brewing", None)
        except StoreError as error:
            return str(error)
        finally:
            store.close()
    return ""


def test_a_damaged_page_is_named_with_what_to_do(journals: dict[str, Path]) -> None:
    journal = journals["this"].read_bytes()
    assert problem_of(journal) == ""
    half = len(journal) // 2
    problem = problem_of(journal[:half] + bytes(len(journal) - half))
    assert "is damaged" in problem
    assert "put back a copy of it" in problem
    assert "\n" not in problem


@pytest.mark.slow
@pytest.mark.parametrize("version", ["0.2.0", "this"])
@settings(max_examples=COPIES // 2, suppress_health_check=list(HealthCheck))
@given(mutate=mutations(Form.BINARY))
def test_every_copy_is_read_or_refused_in_one_line(
    journals: dict[str, Path], version: str, mutate: Mutation
) -> None:
    problem = problem_of(mutate(journals[version].read_bytes()))
    assert "\n" not in problem
    assert len(problem) < MAX_LINE_LENGTH
