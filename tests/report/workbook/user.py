"""A simulated user of the workbook: what they do to it at random, and what must still be there."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from brokenlinks.report.workbook.reading import LAYOUTS, find_sheet
from brokenlinks.report.workbook.sheets.drafts import BODY_OVERRIDE, SUBJECT_OVERRIDE
from brokenlinks.report.workbook.snapshot import KEY, NOTES, STATUS
from brokenlinks.scoring.opportunities import row_key
from tests.frames import link
from tests.report.workbook.desk import WorkbookHarness

SITES = 6
KEYED = [layout for layout in LAYOUTS if layout.title not in {"Changes", "Dead domains"}]
STATUSES = ("Ready", "Contacted", "Won", "Not relevant", "Waiting for Ann")
PREFIXES = ("", "=", "+", "-", "@", "'", "\t", "ünï ", "👍 ", "\u202e")
SHOWN_UNDER = {SUBJECT_OVERRIDE: ("Subject",), BODY_OVERRIDE: ("Body",)}
"""Where else in its row the program shows what the user wrote."""
CellPlace = tuple[str, str, str]
"""Layout's title, key, header."""


@dataclass
class SimulatedUser:
    """One history: a desk, a seed, and everything that was typed and must not be lost.

    `typed` are words by place, `comments` and `fills` by place; `sheets` are their own.
    """

    harness: WorkbookHarness
    seed: int
    typed: dict[CellPlace, list[str]] = field(default_factory=dict)
    fresh: set[CellPlace] = field(default_factory=set)
    comments: dict[CellPlace, str] = field(default_factory=dict)
    sheets: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: int = 0

    def __post_init__(self) -> None:
        """Seed this person's chance."""
        self._random = random.Random(self.seed)

    def run(self) -> None:
        """Let the links of the world change, and the program write the workbook."""
        rows = [
            link(f"s{n}.example/links", f"gone{n % 4}.example/{n}", **self._random_change())
            for n in range(SITES)
            if self._random.random() < 0.8
        ]
        for row in rows:  # the journal knows what every row was about
            site, page = row["page_site"], {"Page": row["page_url"], "Link": row["target_url"]}
            self.harness.known |= {
                row_key("", site): {"Site": site},
                row_key("", row["target_key"]): {"Dead link": row["target_url"]},
                row_key(row["page_url"], row["target_url"]): page,
                row_key(row["page_key"], row["target_key"]): page,
            }
        self.harness.run(*rows)
        self.fresh.clear()

    def _random_change(self) -> dict[str, Any]:
        fates: list[dict[str, Any]] = [
            {},
            {"stage": "suspected"},
            {"verdict": "alive", "stage": ""},
            {"verdict": "blocked", "stage": "", "reason": "bot_protection"},
            {"placement": "footer"},
        ]
        return self._random.choices(fates, weights=(6, 2, 1, 1, 1))[0] | {
            "relevance": self._random.random()
        }

    def edit_workbook(self) -> None:
        """Do a few things to the workbook and save it."""
        book = load_workbook(self.harness.path)
        deeds: list[Callable[[Workbook], None]] = [
            *([self._type] * 5),
            *([self._set_status] * 2),
            self._comment,
            self._colour,
            self._add_sheet,
            self._sort,
            self._hide,
            self._delete,
            self._duplicate,
            self._rename,
        ]
        for _ in range(self._random.randint(3, 9)):
            self._random.choice(deeds)(book)
        book.save(self.harness.path)

    def lost_edits(self) -> list[str]:
        """Return what was lost or has moved to another row, a line each."""
        book = load_workbook(self.harness.path)
        lost = []
        sheets = {layout.title: find_sheet(book, layout) for layout in KEYED}
        cells = {title: _cells(sheet) for title, sheet in sheets.items()}
        for (title, key, header), words in self.typed.items():
            for word in words:
                where = [
                    place[:2]
                    for place, cell in cells[title].items()
                    if isinstance(cell.value, str)
                    and word.strip() in cell.value
                    and (word not in STATUSES or place[0] == key)
                ]
                headers = {
                    header,
                    *([NOTES] if header == STATUS else []),
                    *SHOWN_UNDER.get(header, ()),
                }
                if not where or any(k != key or h not in headers for k, h in where):
                    lost.append(f"{word!r} of {title} {key} {header} stands at {where}")
        for (title, key, header), text in self.comments.items():
            cell = cells[title].get((key, header, 0))
            if cell is None or cell.comment is None or text not in cell.comment.text:
                lost.append(f"comment {text!r} of {title} {key} {header}")
        for name, values in self.sheets.items():
            kept = {at: book[name][at].value for at in values} if name in book.sheetnames else {}
            if kept != values:
                lost.append(f"sheet {name}: {kept} instead of {values}")
        return lost

    def _row(self, book: Workbook) -> tuple[Any, Any, str, int] | None:
        """Choose a row with a key: layout, sheet, key, row number."""
        layout = self._random.choice(KEYED)
        sheet: Any = find_sheet(book, layout)
        columns = _headers(sheet)
        keyed = [
            (str(sheet.cell(row, columns[KEY]).value), row)
            for row in range(2, sheet.max_row + 1)
            if sheet.cell(row, columns[KEY]).value
        ]
        if not keyed:
            return None
        key, row = self._random.choice(keyed)
        return layout, sheet, key, row

    def _word(self) -> str:
        self.words += 1
        return f"{self._random.choice(PREFIXES)}w{self.seed}x{self.words}y"

    def _type(self, book: Workbook) -> None:
        if (chosen := self._row(book)) is None:
            return
        layout, sheet, key, row = chosen
        human = [c.header for c in layout.columns if c.user_owned and c.header != STATUS]
        header = self._random.choice([*human, "Mine", "=Mine too"])
        word = self._word()
        self._put(sheet, (layout.title, key, header), row, word)

    def _put(self, sheet: Any, place: CellPlace, row: int, word: str) -> None:
        column = _headers(sheet).get(place[2]) or sheet.max_column + 1
        sheet.cell(1, column, place[2]).data_type = "s"
        cell = sheet.cell(row, column)
        old = cell.value if isinstance(cell.value, str) else ""
        words = self.typed.setdefault(place, [])
        # The user typed over the cell: what was in it is gone on purpose.
        words[:] = [known for known in words if known.strip() not in old]
        words.append(word)
        self.fresh.add(place)
        cell.value, cell.data_type = word, "s"

    def _set_status(self, book: Workbook) -> None:
        chosen = self._row(book)
        if chosen is None or chosen[0].title != "Opportunities":
            return
        layout, sheet, key, row = chosen
        place = (layout.title, key, STATUS)
        sheet.cell(row, _headers(sheet)[STATUS]).value = status = self._random.choice(STATUSES)
        self.typed[place] = [status]
        self.fresh.add(place)

    def _comment(self, book: Workbook) -> None:
        if (chosen := self._row(book)) is None:
            return
        layout, sheet, key, row = chosen
        header = self._random.choice([NOTES, KEY])
        if header in (columns := _headers(sheet)):
            self.comments[layout.title, key, header] = word = self._word().strip()
            self.fresh.add((layout.title, key, header))
            sheet.cell(row, columns[header]).comment = Comment(word, "me")

    def _colour(self, book: Workbook) -> None:
        if (chosen := self._row(book)) is not None:
            _, sheet, _, row = chosen
            column = self._random.randint(1, sheet.max_column)
            sheet.cell(row, column).fill = PatternFill("solid", start_color="FFFFFF00")

    def _add_sheet(self, book: Workbook) -> None:
        name = f"Plan {len(self.sheets)}"
        values = {
            "A1": self._word().strip("=+-@\t'"),
            "A2": "=1+1",
            "B7": self._random.randint(0, 999),
        }
        sheet: Any = book.create_sheet(name, self._random.randint(0, len(book.sheetnames)))
        for at, value in values.items():
            sheet[at] = value
        self.sheets[name] = values

    def _sort(self, book: Workbook) -> None:
        if (chosen := self._row(book)) is not None:
            sheet = chosen[1]
            order = list(range(2, sheet.max_row + 1))
            self._random.shuffle(order)
            contents = {row: _read_row(sheet, row) for row in order}
            for new, old in enumerate(order, start=2):
                _write_row(sheet, new, contents[old])

    def _hide(self, book: Workbook) -> None:
        if (chosen := self._row(book)) is not None:
            _, sheet, _, row = chosen
            sheet.row_dimensions[row].hidden = True
            sheet.column_dimensions["B"].hidden = True

    def _delete(self, book: Workbook) -> None:
        """Delete a row; what was typed in it since the last run goes with it, as it must."""
        if (chosen := self._row(book)) is None:
            return
        layout, sheet, key, row = chosen
        for place in [p for p in self.fresh if p[:2] == (layout.title, key)]:
            self.typed.pop(place, None)
            self.comments.pop(place, None)
        sheet.delete_rows(row)

    def _duplicate(self, book: Workbook) -> None:
        if (chosen := self._row(book)) is not None:
            _, sheet, _, row = chosen
            copied = _read_row(sheet, row)
            _write_row(
                sheet, sheet.max_row + 1, {c: (v, t, None) for c, (v, t, _) in copied.items()}
            )

    def _rename(self, book: Workbook) -> None:
        sheet: Any = find_sheet(book, self._random.choice(KEYED))
        sheet.title = f"Mine {self._random.randint(0, 10**6)}"


def _headers(sheet: Any) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1] if cell.value is not None}


def _cells(sheet: Any) -> dict[tuple[str, str, int], Any]:
    """Return the cells by key, header and which row of that key it is."""
    columns = _headers(sheet)
    seen: dict[str, int] = {}
    cells = {}
    for row in range(2, sheet.max_row + 1):
        key = str(sheet.cell(row, columns[KEY]).value or "")
        which = seen[key] = seen.get(key, -1) + 1
        for header, column in columns.items():
            cells[key, header, which] = sheet.cell(row, column)
    return cells


def _read_row(sheet: Any, row: int) -> dict[int, tuple[Any, str, Any]]:
    taken = {}
    for column in range(1, sheet.max_column + 1):
        cell = sheet.cell(row, column)
        taken[column] = (cell.value, cell.data_type, cell.comment)
    return taken


def _write_row(sheet: Any, row: int, contents: dict[int, tuple[Any, str, Any]]) -> None:
    for column, (value, kind, comment) in contents.items():
        cell = sheet.cell(row, column)
        cell.comment = None
        cell.value = value
        if isinstance(value, str):
            cell.data_type = kind
        if comment is not None:
            cell.comment = Comment(comment.text, comment.author)


def start_history(folder: Path, seed: int) -> SimulatedUser:
    """Return a user with a first workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    user = SimulatedUser(WorkbookHarness(folder / f"book{seed}.xlsx"), seed)
    user.run()
    return user
