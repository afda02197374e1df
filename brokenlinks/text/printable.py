"""What may be shown of text that others wrote: no control characters, none of the user's secrets.

Terminals obey escape sequences, a line break forges a line of a log, and marks of direction make
a text look like another one (https://trojansource.codes). All that leaves the program passes here:
command output, log lines, tables and workbooks.
"""

from __future__ import annotations

import html
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from textwrap import indent
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import parse_qsl, quote, quote_plus, unquote

logger = logging.getLogger(__name__)

CONTROL_CHARACTERS = (
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"  # all but tab and line feed
    "\\u2028\\u2029"  # line breaks
    "\\u202a-\\u202e\\u2066-\\u2069"  # embedded, overridden and isolated directions
    "\\ud800-\\udfff\\ufffe\\uffff"  # no characters at all: files and terminals refuse them
)
"""As a range for a pattern."""
MIN_SECRET_PART = 4
"""Characters. A shorter part of a password says nothing, and is found in every text."""
MAX_WORD_LENGTH = 8
"""Shorter secrets are taken out as whole words only: else `art` would blacken `start`."""
REPLACEMENT = "[key]"
_CONTROL = re.compile(f"[{CONTROL_CHARACTERS}]")
_SECRET_PARAMETER = re.compile("pass|pwd|secret|token|key|auth|credential", re.IGNORECASE)


def printable(text: str) -> str:
    """Return text on one line, with a space for each character that is obeyed, not shown."""
    return printable_lines(text).replace("\n", " ").replace("\t", " ")


def printable_lines(text: str) -> str:
    """Return text like `printable`, but with its lines and tabs."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n"))


def excerpt(text: object, length: int) -> str:
    """Return the beginning of a text on one line, without secrets: half of one is not found."""
    plain = " ".join(printable(without_secrets(str(text))).split())
    return plain if len(plain) <= length else f"{plain[: length - 3]}..."


def show(text: str, stream: TextIO | None = None) -> None:
    """Print one line for the user, to stdout unless another `stream` is given."""
    print(printable(without_secrets(text)), file=stream or sys.stdout)


def show_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Print the traceback of an error that nothing has caught: a hook for `sys.excepthook`."""
    if issubclass(kind, KeyboardInterrupt):
        show("stopped", sys.stderr)
        return
    lines = "".join(traceback.format_exception(kind, error, trace))
    print(printable_lines(without_secrets(lines)), end="", file=sys.stderr)  # noqa: T201


def log_thread_crash(crash: threading.ExceptHookArgs) -> None:
    """Log what ended a thread, as an error of ours: a hook for `threading.excepthook`."""
    if crash.exc_value is not None:
        name = crash.thread.name if crash.thread else "a thread"
        logger.error("%s has crashed", name, exc_info=crash.exc_value)


class PrintableRecord(logging.LogRecord):
    """A log record on one line; a traceback follows it, set in, so that it forges no record.

    As `logging.setLogRecordFactory(PrintableRecord)` it serves every handler, present or later.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[0]:
            lines = "".join(traceback.format_exception(*self.exc_info)).rstrip()
            self.exc_text = indent(printable_lines(without_secrets(lines)), "  ")

    def getMessage(self) -> str:  # noqa: N802 - the name of logging
        """Return the message with its arguments."""
        return printable(without_secrets(super().getMessage()))


class Secrets:
    """The keys and passwords that the program was given."""

    def __init__(self) -> None:
        self._forms: set[str] = set()
        self._pattern = re.compile("(?!)")

    def add(self, secret: str) -> None:
        """Take a secret out of all that is shown from now on; an empty one is none."""
        self._forms |= set(_forms(secret)) if secret else set()
        longest_first = sorted(self._forms, key=len, reverse=True)
        pattern = "|".join(map(_form_pattern, longest_first)) or "(?!)"
        self._pattern = re.compile(pattern, re.IGNORECASE)  # %2F is %2f

    def redact(self, text: str) -> str:
        """Return text with `[key]` in place of secrets."""
        return self._pattern.sub(REPLACEMENT, text)


_secrets = Secrets()
hide = _secrets.add
without_secrets = _secrets.redact


def _forms(secret: str) -> Iterator[str]:
    """Yield a secret as it is, and as URLs, HTML, JSON and Python write it."""
    yield secret
    yield unquote(secret)
    yield quote(secret)
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield html.escape(secret)
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret)[1:-1].replace("/", r"\/")  # as PHP does
    yield repr(secret)[1:-1]


def _form_pattern(form: str) -> str:
    pattern = re.escape(form)
    return pattern if len(form) >= MAX_WORD_LENGTH else rf"(?<!\w){pattern}(?!\w)"


def secrets_in(url: str) -> Iterator[str]:
    """Yield the password in an address and the values of its parameters that are named like keys.

    Users type passwords as they are: with an `@`, `:` or `/` in it, libraries take the rest of it
    for a host, a port or a path and show that. So its parts are secrets, too.
    """
    address, _, query = url.partition("?")
    password = url.partition("://")[2].rpartition("@")[0].partition(":")[2]
    if password:
        yield password
    yield from (part for part in re.split("[@:/?#]", password) if len(part) >= MIN_SECRET_PART)
    yield from (value for name, value in parse_qsl(query) if _SECRET_PARAMETER.search(name))
    if "://" not in address:  # the form `host=... password=...`
        yield from (word.partition("=")[2] for word in url.split() if _SECRET_PARAMETER.match(word))
