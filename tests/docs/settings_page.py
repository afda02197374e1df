"""Writes the tables of docs/settings.md from the settings' declarations.

python -m tests.docs.settings_page
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from brokenlinks.settings_model import GROUPS, Kind, Setting

PAGE = Path(__file__).parent.parent.parent / "docs" / "settings.md"
MARK = "<!-- From here on made by: python -m tests.docs.settings_page -->\n"
WORDS = {
    Kind.FLAG: "`True` or `False`",
    Kind.TEXT: "text",
    Kind.PATH: "path",
    Kind.URL: "web address",
    Kind.URLS: "web addresses, separated by commas",
    Kind.URLS_BY_NAME: "JSON object of web addresses",
    Kind.LIST: "list, separated by commas",
}


def made_page(page: str) -> str:
    """Return the page with its tables as they have to be."""
    written, mark, _ = page.partition(MARK)
    return written + mark + "".join(f"{line}\n" for line in _tables())


def _tables() -> Iterator[str]:
    for title, settings in GROUPS.items():
        yield from ("", f"## {title}", "")
        yield from ("| setting | meaning | value | default |", "|---|---|---|---|")
        for setting in settings:
            name = f"`{setting.name}`"
            if setting.environment:
                name += f" (`{setting.environment}`)"
            yield f"| {name} | {setting.meaning} | {_value(setting)} | {_default(setting)} |"


def _value(setting: Setting) -> str:
    if setting.choices:
        return " or ".join(f"`{choice}`" for choice in setting.choices)
    if setting.kind in WORDS:
        return WORDS[setting.kind]
    bound = "0 or more" if setting.zero_allowed else "above 0"
    bound += "" if setting.maximum is None else f", at most {setting.maximum:g}"
    return f"{setting.kind}, {bound}"


def _default(setting: Setting) -> str:
    match setting.default:
        case bool():
            return str(setting.default)
        case int() | float():
            return str(setting.default).removesuffix(".0")
        case list() if setting.default:
            return ", ".join(f"`{part}`" for part in setting.default)
    return f"`{setting.default}`" if setting.default else f"empty: {setting.when_empty}"


if __name__ == "__main__":
    PAGE.write_text(made_page(PAGE.read_text("utf-8")), "utf-8")
