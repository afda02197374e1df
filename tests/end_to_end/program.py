"""Starts the program as a user would, in processes that have its modules loaded already.

Loading them takes two seconds of a processor, and the tests start the program 200 times: they are
loaded once, into a process that is forked for each start. Nothing else of the program has run.
"""

from __future__ import annotations

import os
import shutil
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
RUN_TIMEOUT = 120
POLL_INTERVAL = 0.01
"""Seconds between two looks at what another process has done."""
ENVIRONMENT = {
    **os.environ,
    "SCRAPY_SETTINGS_MODULE": "brokenlinks.settings",
    "PYTHONPATH": str(ROOT),
}


def scrapy_command(*arguments: str) -> list[str]:
    """Return what to give a process of its own, for who measures it or limits it."""
    return [sys.executable, "-m", "scrapy", *arguments]


class Program:
    """A command at work in `folder`, without a terminal, with more in its environment."""

    def __init__(
        self, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> None:
        self._arguments = arguments
        self._output = Path(tempfile.mkdtemp(prefix="output-"))
        for name in ("stdout", "stderr"):  # it may be killed before it writes anything
            (self._output / name).touch()
        started = (folder, arguments, ENVIRONMENT | dict(environment or {}), self._output)
        self._process = _forkserver().Process(target=_execute_scrapy, args=started)
        self._process.start()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait until its work has reached a point."""
        latest = monotonic() + RUN_TIMEOUT
        while not condition():
            assert self._process.is_alive(), "it ended before"
            assert monotonic() < latest, "it never came there"
            sleep(POLL_INTERVAL)

    def is_running(self) -> bool:
        """Return whether it has not ended yet."""
        return self._process.is_alive()

    def send_signal(self, signum: signal.Signals) -> None:
        """Send it a signal, as a user or a machine that shuts down would."""
        assert self._process.pid is not None
        os.kill(self._process.pid, signum)

    def finish(self) -> CompletedProcess[str]:
        """Wait for its end, and return its output and exit code."""
        self._process.join(RUN_TIMEOUT)
        if self._process.exitcode is None:
            self._process.kill()
            raise TimeoutError(f"still running after {RUN_TIMEOUT} s: scrapy {self._arguments}")
        out, err = ((self._output / name).read_text() for name in ("stdout", "stderr"))
        shutil.rmtree(self._output)
        return CompletedProcess(self._arguments, self._process.exitcode, out, err)


def run_scrapy(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> CompletedProcess[str]:
    """Run a command to its end."""
    return Program(folder, *arguments, environment=environment).finish()


def _forkserver() -> ForkServerContext:
    os.environ["PYTHONPATH"] = str(ROOT)
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.end_to_end.loaded"])
    return context


def _execute_scrapy(
    folder: Path, arguments: tuple[str, ...], environment: Mapping[str, str], output: Path
) -> None:
    from scrapy.cmdline import execute  # noqa: PLC0415 -- not before it is a process of its own

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        os.dup2(os.open(output / name, os.O_CREAT | os.O_WRONLY | os.O_APPEND), descriptor)
    execute(["scrapy", *arguments])
