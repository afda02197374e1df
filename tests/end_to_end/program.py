"""Starts the program as a person would, in processes that have its modules loaded already.

Loading them takes two seconds of a processor, and the tests start the program 200 times: they are
loaded once, into a process that is forked for each start. Nothing else of the program has run.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from subprocess import CompletedProcess
from time import monotonic, sleep

ROOT = Path(__file__).parent.parent.parent
LONGEST_RUN = 120
LOOKED_AGAIN = 0.01
"""Seconds between two looks at what another process has done."""
ENVIRONMENT = {
    **os.environ,
    "SCRAPY_SETTINGS_MODULE": "brokenlinks.settings",
    "PYTHONPATH": str(ROOT),
}


def scrapy_command(*words: str) -> list[str]:
    """Return what to give a process of its own, for who measures it or limits it."""
    return [sys.executable, "-m", "scrapy", *words]


class Program:
    """A command at work in `folder`, without a terminal, with more in its environment."""

    def __init__(
        self, folder: Path, *words: str, environment: Mapping[str, str] | None = None
    ) -> None:
        self._words = words
        self._said = Path(tempfile.mkdtemp(prefix="said-"))
        started = (folder, words, ENVIRONMENT | dict(environment or {}), self._said)
        self._process = _starter().Process(target=_be_scrapy, args=started)
        self._process.start()

    def wait_for(self, reached: Callable[[], bool]) -> None:
        """Wait until its work has reached a point."""
        latest = monotonic() + LONGEST_RUN
        while not reached():
            assert self._process.is_alive(), "it ended before"
            assert monotonic() < latest, "it never came there"
            sleep(LOOKED_AGAIN)

    def send_signal(self, sent: signal.Signals) -> None:
        """Send it a signal, as a person or a machine that goes down would."""
        assert self._process.pid is not None
        os.kill(self._process.pid, sent)

    def finish(self) -> CompletedProcess[str]:
        """Wait for its end, and return what it said and its exit code."""
        self._process.join(LONGEST_RUN)
        if self._process.exitcode is None:
            self._process.kill()
            raise TimeoutError(f"still running after {LONGEST_RUN} s: scrapy {self._words}")
        out, err = ((self._said / name).read_text() for name in ("stdout", "stderr"))
        return CompletedProcess(self._words, self._process.exitcode, out, err)


def run_scrapy(
    folder: Path, *words: str, environment: Mapping[str, str] | None = None
) -> CompletedProcess[str]:
    """Run a command to its end."""
    return Program(folder, *words, environment=environment).finish()


def _starter() -> ForkServerContext:
    os.environ["PYTHONPATH"] = str(ROOT)
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.end_to_end.loaded"])
    return context


def _be_scrapy(
    folder: Path, words: tuple[str, ...], environment: Mapping[str, str], said: Path
) -> None:
    from scrapy.cmdline import execute  # noqa: PLC0415 -- not before it is a process of its own

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        os.dup2(os.open(said / name, os.O_CREAT | os.O_WRONLY | os.O_APPEND), descriptor)
    execute(["scrapy", *words])
