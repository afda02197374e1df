"""Whatever becomes of the workbook's file: no decision is lost, and no mail goes against one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from brokenlinks.report.left_out import LeftOut
from brokenlinks.report.outreach.drafts import Sender
from brokenlinks.report.outreach.mailings import ready
from brokenlinks.report.workbook.workbook import StoredState, WriteResult, write_workbook
from brokenlinks.scoring.opportunities import load_weights, rank
from tests.frames import NOW, link, links_frame, rejected_frame, workbook_data
from tests.mutations.mutate import COPIES, Form, mutated
from tests.report.workbook.desk import FACTS, ROWS, WorkbookHarness, column_of

NAME, BESIDE, LOCK = "brewing.xlsx", "brewing-20261123-050000.xlsx", ".~lock.brewing.xlsx#"
LOCK_CONTENT = b",jo,desk,23.11.2026 06:00,file:///home/jo/.config/libreoffice/4;"
SENDER = Sender("Jo Brewer", "1 Malt Lane, Burton", "Tell me, and I write no more.")
NOT_TO_CONTACT, WANTED, TICKED = "a.example", "b.example", "f.example"
LINKS = (*ROWS, link(f"{TICKED}/links", "gone.example/malt"))
DATA = workbook_data(
    rank(links_frame(*LINKS), rejected_frame(), load_weights(), now=NOW), FACTS, sender=SENDER
)
STRUCTURE = re.compile(r"xl/workbook\.xml|\[Content_Types\]\.xml|(?:.*/)?_rels/.*|.*/table\d+\.xml")
"""Parts that say which sheets there are: one that they no longer name counts as deleted."""
Parts = dict[str, bytes]


@dataclass(frozen=True)
class Desk:
    """The workbook as it was written, as the user left it, and what the journal knows of it."""

    written: bytes
    edited: bytes
    shared: bytes
    """The same with its texts in a part of their own, as Excel saves them."""
    stored: StoredState
    decisions: frozenset[str]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_desk(tmp_path_factory.mktemp("desk"))


def make_desk(folder: Path) -> Desk:
    """Write a workbook in a folder, and decide about some sites in it."""
    harness = WorkbookHarness(folder / NAME)
    stored = StoredState(harness.run(*LINKS).annotations)
    written = harness.path.read_bytes()
    for page, status in (NOT_TO_CONTACT, "Do not contact"), (WANTED, "Ready"), (TICKED, "Ready"):
        harness.write(page, "Status", status)
        harness.write(page, "Contact override", f"office@{page}")
    harness.edit(tick)
    edited = harness.path.read_bytes()
    with TemporaryDirectory() as other:
        decisions = decisions_of(run(Path(other), stored, {NAME: edited}))
    return Desk(written, edited, with_shared_texts(edited), stored, decisions)


def tick(book: Workbook) -> None:
    """Let the user exclude a site on the sheet Contacts."""
    sheet: Any = book["Contacts"]
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, column_of(sheet, "Site")).value == TICKED:
            sheet.cell(row, column_of(sheet, "Do not contact")).value = "x"


def with_shared_texts(content: bytes) -> bytes:
    parts, texts = parts_of(content), list[bytes]()

    def share(cell: re.Match[bytes]) -> bytes:
        texts.append(cell[2])
        return b'%st="s"><v>%d</v></c>' % (cell[1], len(texts) - 1)

    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        pattern = rb'(<c [^>]*?)t="inlineStr"\s*><is>(.*?)</is></c>'
        parts[name] = re.sub(pattern, share, parts[name], flags=re.DOTALL)
    items = b"".join(b"<si>%s</si>" % text for text in texts)
    namespace = escape("http://schemas.openxmlformats.org/spreadsheetml/2006/main").encode()
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (namespace, items)
    kind = b"officedocument.spreadsheetml.sharedStrings+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml"'
        b' ContentType="application/vnd.openxmlformats-%s"/></Types>' % kind,
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Target="sharedStrings.xml" Type="http://schemas.openxml'
        b'formats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>',
    )
    return packed(parts)


def parts_of(content: bytes) -> Parts:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    saved = BytesIO()
    with ZipFile(saved, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return saved.getvalue()


def run(folder: Path, stored: StoredState, files: Mapping[str, bytes]) -> WriteResult:
    """Write the report in a folder with these files."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    left_out = LeftOut()
    written = write_workbook(folder / NAME, DATA, stored, NOW.to_pydatetime(), left_out)
    assert left_out.sentences() == ()
    return written


def decisions_of(written: WriteResult) -> frozenset[str]:
    return frozenset("|".join(note) for note in written.annotations)


def check(desk: Desk, files: Mapping[str, bytes], *, whole: bool) -> None:
    """Write the report: what was decided counts, or no mail goes out; no file is lost."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        written = run(folder, desk.stored, files)
        kept = {file.read_bytes() for file in folder.rglob("*.xlsx")}
        mailed = {mailing.site for mailing in ready(written.mailings)}
    assert files[BESIDE if BESIDE in files else NAME] in kept
    assert mailed <= (set() if written.unread else {WANTED})
    assert written.unread or not whole or decisions_of(written) >= desk.decisions


@pytest.mark.parametrize("saved", ["edited", "shared"])
def test_an_unchanged_workbook_has_one_mail(desk: Desk, tmp_path: Path, saved: str) -> None:
    written = run(tmp_path, desk.stored, {NAME: getattr(desk, saved)})
    assert [mailing.site for mailing in ready(written.mailings)] == [WANTED]
    assert decisions_of(written) == desk.decisions


@pytest.mark.slow
@settings(max_examples=COPIES, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_copy_of_a_workbook_loses_a_decision(desk: Desk, data: st.DataObject) -> None:
    files, whole = data.draw(copies(desk))
    check(desk, files, whole=whole)


@st.composite
def copies(draw: st.DrawFn, desk: Desk) -> tuple[dict[str, bytes], bool]:
    """Return the files of a folder, one mutated, and whether the workbook names all its sheets."""
    saved = draw(st.sampled_from((desk.edited, desk.shared)))
    parts = parts_of(saved)
    changed = draw(st.sets(st.sampled_from(sorted(parts)), max_size=2))
    for name in sorted(changed):
        parts[name] = draw(changed_around_rows(name, parts[name]))
    content = packed(parts) if changed else draw(mutated(saved, Form.BINARY))
    files = draw(
        st.sampled_from(
            (
                {NAME: content},
                {NAME: desk.written, BESIDE: content},
                {NAME: saved, LOCK: draw(mutated(LOCK_CONTENT, Form.TEXT))},
            )
        )
    )
    return files, not any(map(STRUCTURE.fullmatch, changed))


def changed_around_rows(name: str, part: bytes) -> st.SearchStrategy[bytes]:
    """Return copies of a part whose rows are as they were: those are the user's to change."""
    if name == "xl/sharedStrings.xml":
        return st.just(part)
    begin, end = part.find(b"<row "), part.rfind(b"</row>")
    if begin < 0:
        return mutated(part, Form.MARKUP)
    before, rows, after = part[:begin], part[begin:end], part[end:]
    return mutated(before, Form.MARKUP).map(lambda odd: odd + rows + after) | mutated(
        after, Form.MARKUP
    ).map(lambda odd: before + rows + odd)
