"""What the sheets say a dead page was."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from brokenlinks.html.summary import Brief, make_brief
from brokenlinks.report.workbook.wording import archived_page_summary


def told(brief: Brief) -> str:
    return archived_page_summary(
        SimpleNamespace(
            archive_brief=brief.as_json(),
            archive_title="Malt",
            archive_outcome="found",
            archive_type="text/html",
            anchor="",
            heading="",
        )
    )


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("de", "German"),
        ("de-AT", "German"),
        ("gsw", "Swiss German"),
        ("est", "Estonian"),
        ("fil", "Filipino"),
        ("jp", "jp"),  # a country's code, often written for Japanese
        ("xx", "xx"),
        ("zzz", "zzz"),
    ],
)
def test_a_language_without_a_name_is_given_as_the_page_gives_it(code: str, language: str) -> None:
    html = f'<html lang="{code}"><title>Malt</title><p>Malt is made of barley.</html>'
    assert told(make_brief(html, "http://a.test/")).startswith(f"Home page, {language}, ")


@pytest.mark.parametrize("code", ["", "e", "-", "_", "de_", "de-@x", "日本語", "x" * 70_000])
def test_no_language_code_is_too_odd_to_be_told(code: str) -> None:
    html = f'<html lang="{code}"><title>Malt</title><p>Malt is made of barley.</html>'
    assert len(told(make_brief(html, "http://a.test/"))) < 50
