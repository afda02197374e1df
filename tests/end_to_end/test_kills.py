"""However a command ends, nothing is lost and nothing is doubled: `kills` plays hundreds."""

from __future__ import annotations

import pytest

from brokenlinks.demo.content import DemoWeb
from tests.end_to_end.kills import COMMANDS, KillTester

pytestmark = [pytest.mark.slow, pytest.mark.soak]


@pytest.fixture(scope="module")
def tester(web: DemoWeb, tmp_path_factory: pytest.TempPathFactory) -> KillTester:
    return KillTester(web, tmp_path_factory.mktemp("kills"))


@pytest.mark.parametrize("seed", range(len(COMMANDS)))
def test_nothing_is_lost_or_doubled_however_a_command_ends(tester: KillTester, seed: int) -> None:
    assert tester.kill_once(seed) == []
