"""What leaves the program: nothing that is obeyed instead of shown, and no secret."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.text.printable import (
    PrintableRecord,
    Secrets,
    excerpt,
    hide,
    printable,
    printable_lines,
    secrets_in,
    show,
    show_crash,
)
from tests.canary import CANARY, OBEYED

PASSWORD = "p@ss/w:rd%é"


def test_what_is_obeyed_is_not_shown() -> None:
    assert not set(printable(CANARY)) & set(OBEYED)
    assert printable(CANARY).startswith("canary")


@given(st.text())
def test_printable_text_is_one_line_that_can_be_encoded(text: str) -> None:
    shown = printable(text)
    assert len(shown.encode().splitlines()) <= 1
    assert len(shown.splitlines()) <= 1
    assert not set(shown) & set(OBEYED)


@pytest.mark.parametrize(
    "text",
    [
        "Grüße",
        "שלום\u200f",
        "\u0646\u0645\u06cc\u200c\u062e\u0648",
        "👩\u200d🔬",
        "e\u0301",
        "a\u00adb",
        "日本",
    ],
)
def test_what_is_written_in_any_language_stays(text: str) -> None:
    assert printable(text) == text


def test_own_lines_stay_where_there_may_be_several() -> None:
    assert printable_lines("Dear Jo,\r\n\tthe link\n\x1b[2J") == "Dear Jo,\n\tthe link\n [2J"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    logger = logging.getLogger("tests.rim")
    logger.addHandler(handler)
    logger.propagate = False
    usual = logging.getLogRecordFactory()
    logging.setLogRecordFactory(PrintableRecord)
    yield stream
    logging.setLogRecordFactory(usual)
    logger.removeHandler(handler)


def log_failure(message: str, url: str) -> None:
    try:
        int(message)
    except ValueError as error:
        error.args = (message,)
        logging.getLogger("tests.rim").exception("Could not read %s", url)


def test_a_log_record_is_one_line(stream: io.StringIO) -> None:
    logging.getLogger("tests.rim").warning("%s and %r", CANARY, {"title": CANARY})
    assert len(stream.getvalue().splitlines()) == 1
    assert not set(stream.getvalue().removesuffix("\n")) & set(OBEYED)


def test_a_traceback_forges_no_record(stream: io.StringIO) -> None:
    log_failure("odd page\nERROR: forged\r\nERROR: again\u2028ERROR: more" + CANARY, "it")
    first, *others = stream.getvalue().splitlines()
    assert first == "ERROR: Could not read it"
    assert any("ValueError: odd page" in line for line in others)
    assert all(line.startswith("  ") for line in others)
    assert not set(stream.getvalue()) & (set(OBEYED) - {"\n"})


def test_a_secret_is_hidden_in_logs_and_output(stream: io.StringIO) -> None:
    hide("k3y-of-a-test")
    log_failure("k3y-of-a-test", "https://a.example/?q=k3y-of-a-test&x")
    show("the key K3Y-of-a-test is wrong", stream)
    assert "k3y-of" not in stream.getvalue().lower()
    assert stream.getvalue().count("[key]") == 3


def test_the_traceback_of_a_crash_is_printed_without_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    hide("k3y-of-a-crash")
    error = ValueError(f"k3y-of-a-crash {CANARY}")
    show_crash(ValueError, error, None)
    shown = capsys.readouterr().err
    assert shown.startswith("ValueError: [key] canary")
    assert not set(shown) & (set(OBEYED) - {"\n"})


@pytest.mark.parametrize("length", range(10, 40))
def test_no_part_of_a_secret_is_left_by_a_cut(length: int) -> None:
    hide("0123456789-cut-0123456789")
    assert "0123" not in excerpt("the key 0123456789-cut-0123456789 is wrong", length)


def test_an_excerpt_says_that_it_goes_on() -> None:
    assert excerpt("a  b\nc", 5) == "a b c"
    assert excerpt("abcdef", 5) == "ab..."


@pytest.mark.parametrize(
    "shown",
    [
        "connect to p@ss/w:rd%é failed",
        "https://u:p%40ss%2Fw%3Ard%25%C3%A9@h/",
        "https://u:p%40ss%2fw%3ard%25%c3%a9@h/",
        '{"password": "p@ss/w:rd%\\u00e9"}',
        "?pw=p%40ss%2Fw%3Ard%25%C3%A9",
        repr("p@ss/w:rd%é"),
    ],
)
def test_a_secret_is_found_in_each_of_its_forms(shown: str) -> None:
    secrets = Secrets()
    secrets.add(PASSWORD)
    assert "ss" not in secrets.redact(shown).removeprefix("https").replace('"password"', "")


def test_a_short_secret_blackens_no_other_words() -> None:
    secrets = Secrets()
    secrets.add("art")
    secrets.add("")
    assert secrets.redact("start, art; art") == "start, [key]; [key]"


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("postgresql+psycopg://jo:hunter22@db.example:5432/links", "hunter22"),
        ("postgresql://jo:hun@ter22@db.example/links", "hun@ter22"),
        ("postgresql://jo:hun@ter:22aa@db.example/links", "22aa"),
        ("postgresql://db.example/links?user=jo&password=hunter22", "hunter22"),
        ("mysql://:hunter22@db.example/links", "hunter22"),
        ("https://jo:hunter22@searx.example/", "hunter22"),
        ("https://searx.example/?format=json&apikey=hunter22", "hunter22"),
        ("host=db.example password=hunter22 dbname=links", "hunter22"),
    ],
)
def test_secrets_in_an_address(url: str, secret: str) -> None:
    assert secret in set(secrets_in(url))


@pytest.mark.parametrize(
    "url", ["sqlite:////home/jo@work/journal.sqlite", "https://searx.example/?q=a", "nonsense", ""]
)
def test_addresses_without_a_secret(url: str) -> None:
    assert list(secrets_in(url)) == []
