"""Feeds mutated copies to every reader of what comes from outside, for as long as you like.

    nice python -m tests.fuzz --minutes 60 [--only robots]

Readers are those of tests/mutations, the journal and the user's workbook, each in its turn. A
reader may refuse a content in one line, within 10 s; anything else is a finding, printed once with
its shortest content.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.mutations.mutate import Form, mutated
from tests.mutations.readers import READERS
from tests.mutations.test_journal import OLD_JOURNAL, problem_of
from tests.mutations.test_workbook import check, copies, make_desk

ROOT = Path(__file__).parent.parent
COPIES_PER_TURN = 25
MAX_SECONDS = 10.0
"""Of a processor, for one content."""
SHOWN_CHARS = 400_000
"""All of a workbook: the parts that matter are packed in its middle."""


def main() -> int:
    """Return 1 when something was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--only", default="", help="readers whose name has this in it")
    asked = parser.parse_args()
    logging.disable()
    fuzzers = [fuzzer for fuzzer in all_fuzzers() if asked.only in fuzzer.name]
    end = time.monotonic() + 60 * asked.minutes
    while time.monotonic() < end:
        for fuzzer in fuzzers:
            if time.monotonic() < end:
                fuzzer.take_turn()
    for fuzzer in fuzzers:
        say(f"{fuzzer.name}: {fuzzer.copies} copies, {len(fuzzer.found)} findings")
    copies, found = sum(f.copies for f in fuzzers), sum(len(f.found) for f in fuzzers)
    say(f"{copies} copies, {found} findings, {time.process_time() / 60:.1f} minutes of a processor")
    return 1 if found else 0


def all_fuzzers() -> Iterator[Fuzzer]:
    """Yield a fuzzer for each reader."""
    for name, reader in READERS.items():
        yield Fuzzer(name, reader.copies(), reader.refusal)
    journal = OLD_JOURNAL.read_bytes()
    yield Fuzzer("journal", mutated(journal, Form.BINARY), problem_of)
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))

    def refusal(copy: tuple[dict[str, bytes], bool]) -> str:
        check(desk, copy[0], whole=copy[1])
        return ""

    yield Fuzzer("workbook", copies(desk), refusal)


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


class Fuzzer:
    """Feeds one reader; what it has found once it steps over."""

    def __init__(
        self, name: str, copies: st.SearchStrategy[Any], refusal: Callable[[Any], str]
    ) -> None:
        self.name = name
        self.copies = 0
        self.found: Counter[str] = Counter()
        self._copies = copies
        self._refusal = refusal
        self._contents: dict[str, object] = {}
        """By what was raised where."""

    def take_turn(self) -> None:
        """Feed a number of copies, other ones in each turn."""

        @settings(
            max_examples=COPIES_PER_TURN,
            database=None,
            deadline=None,
            derandomize=False,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(self._copies)
        def feed(content: object) -> None:
            self.copies += 1
            try:
                self._feed(content)
            except Exception as error:
                if self.found[place_of(error)]:
                    return
                self._contents[place_of(error)] = content
                raise

        try:
            feed()
        except Exception as error:  # noqa: BLE001 -- whatever a reader raises is what is sought
            for one in error.exceptions if isinstance(error, ExceptionGroup) else (error,):
                place = place_of(one)
                self.found[place] += 1
                shown = repr(self._contents.get(place))[:SHOWN_CHARS]
                say(f"{self.name}: {type(one).__name__}: {one}\n  {place}\n  {shown}")

    def _feed(self, content: object) -> None:
        began = time.process_time()
        refusal = self._refusal(content)
        seconds = time.process_time() - began
        assert "\n" not in refusal, refusal
        assert seconds < MAX_SECONDS, f"{seconds:.0f} s"


def place_of(error: BaseException) -> str:
    """Return what was raised where: the last line of the project on the way."""
    place, traceback = "", error.__traceback__
    while traceback is not None:
        file = Path(traceback.tb_frame.f_code.co_filename)
        if file.is_relative_to(ROOT) and file != Path(__file__):
            place = f"{file.relative_to(ROOT)}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return f"{type(error).__name__} {place}"


if __name__ == "__main__":
    sys.exit(main())
