"""What a user set up in their spreadsheet program stays as it is: on our sheets and on theirs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from tests.frames import link
from tests.report.workbook.desk import ROWS, WorkbookHarness, cell_in, column_of
from tests.report.workbook.histories import OFFICE
from tests.report.workbook.surgery import (
    LINKS_OF_BOOK,
    MAIN,
    PICTURE,
    THREADS,
    add_picture,
    add_strings,
    before_end,
    hidden_rows,
    link_part,
    part_of,
    read_parts,
    replace_in,
    replace_in_table,
    sheet_text,
    table_text,
    write_parts,
)
from tests.report.workbook.surgery import OFFICE as RELATION

pytestmark = pytest.mark.slow

A, B, C = "a.example", "b.example", "c.example"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
OPENPYXL_WARNS = pytest.mark.filterwarnings(
    "ignore:.*extension is not supported and will be removed:UserWarning"
)
MORE = link("z.example/links", "gone.example/hops", relevance=0.95)
"""A row that comes first when it is found."""


def letter_of(sheet: Any, header: str) -> str:
    return get_column_letter(column_of(sheet, header))


def sheet_of(harness: WorkbookHarness, name: str = "Opportunities") -> Any:
    return load_workbook(harness.path)[name]


def row_of(harness: WorkbookHarness, page: str) -> int:
    return int(cell_in(sheet_of(harness), page, "Page").row)


def add_own_column(book: Workbook) -> None:
    """Add a column with a drop-down, colours, a width, a number format and a font."""
    sheet: Any = book["Opportunities"]
    for page in (A, B):
        cell = cell_in(sheet, page, "Priority")
        cell.value, cell.number_format, cell.font = 0.5, "0.0%", Font(bold=True, color="FF00AA00")
        cell.border, cell.alignment = Border(left=Side("thick")), Alignment(horizontal="center")
    letter = letter_of(sheet, "Priority")
    choices = DataValidation("list", formula1='"High,Low"')
    choices.add(f"{letter}2:{letter}4")
    sheet.add_data_validation(choices)
    red = PatternFill("solid", bgColor="FFFF0000")
    rule = Rule("cellIs", operator="equal", formula=['"High"'], dxf=DifferentialStyle(fill=red))
    sheet.conditional_formatting.add(f"{letter}2:{letter}4", rule)
    sheet.column_dimensions[letter].width = 7


def test_a_column_of_ones_own_keeps_choices_colours_width_and_formats(
    harness: WorkbookHarness,
) -> None:
    harness.run(*ROWS)
    harness.edit(add_own_column)
    for _ in range(2):
        assert harness.run(MORE, *ROWS).warnings == []
    sheet = sheet_of(harness)
    letter = letter_of(sheet, "Priority")
    area = f"{letter}2:{letter}5"
    assert area in [str(one.sqref) for one in sheet.data_validations.dataValidation]
    [colours] = [one for one in sheet.conditional_formatting if str(one.sqref) == area]
    assert [rule.dxf.fill.bgColor.rgb for rule in colours.rules] == ["FFFF0000"]
    assert sheet.column_dimensions[letter].width == 7
    cell = cell_in(sheet, A, "Priority")
    assert (cell.number_format, cell.font.b, cell.font.color.rgb) == ("0.0%", True, "FF00AA00")
    assert (cell.border.left.style, cell.alignment.horizontal) == ("thick", "center")


def test_our_columns_stay_where_the_user_moved_them_as_wide_and_as_hidden(
    harness: WorkbookHarness,
) -> None:
    harness.run(*ROWS)
    swapped: list[str] = []

    def arrange(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        site, notes = column_of(sheet, "Site"), column_of(sheet, "Notes")
        for row in range(1, sheet.max_row + 1):
            one, other = sheet.cell(row, site), sheet.cell(row, notes)
            one.value, other.value = other.value, one.value
        swapped.extend(str(cell.value) for cell in sheet[1])
        sheet.column_dimensions[letter_of(sheet, "Page")].width = 61
        sheet.column_dimensions[letter_of(sheet, "Rank")].hidden = True
        sheet.column_dimensions[letter_of(sheet, "Rel")].hidden = False
        sheet.sheet_view.zoomScale = 140
        sheet.freeze_panes = "D2"

    harness.edit(arrange)
    for _ in range(2):
        harness.run(*ROWS)
    sheet = sheet_of(harness)
    assert [str(cell.value) for cell in sheet[1]] == swapped
    dimensions = {
        header: sheet.column_dimensions[letter_of(sheet, header)]
        for header in ("Page", "Rank", "Rel", "Evidence")
    }
    assert dimensions["Page"].width == 61
    assert [dimensions[h].hidden for h in ("Rank", "Rel", "Evidence")] == [True, False, True]
    assert (sheet.sheet_view.zoomScale, sheet.freeze_panes) == (140, "D2")
    assert harness.row(A)["Site"] == A


def filter_by(harness: WorkbookHarness, header: str, shown: str) -> str:
    """Filter the work list by a value; returns what the file says then."""
    number = column_of(sheet_of(harness), header) - 1
    kept = (
        f'<filterColumn colId="{number}"><filters><filter val="{shown}"/></filters></filterColumn>'
    )
    replace_in_table(
        harness.path,
        lambda text: re.sub(
            r'<autoFilter ref="([^"]*)" ?/>', rf'<autoFilter ref="\1">{kept}</autoFilter>', text
        ),
    )
    return kept


def test_filters_stay_and_hide_what_they_should(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    tier = harness.row(C)["Tier"]
    kept = filter_by(harness, "Tier", tier)
    harness.run(MORE, *ROWS)
    assert kept in table_text(harness.path)
    rows = {row_of(harness, page): harness.row(page)["Tier"] for page in (A, B, C, "z.example")}
    assert hidden_rows(harness.path) == {row for row, other in rows.items() if other != tier}
    assert set(rows.values()) > {tier}


def test_a_filter_by_a_rounded_number_hides_what_it_did(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    score, hidden = harness.row(C)["Score"], row_of(harness, A)
    assert score != round(score)

    def hide(book: Workbook) -> None:
        book["Opportunities"].row_dimensions[hidden].hidden = True

    harness.edit(hide)
    filter_by(harness, "Score", f"{score:.0f}")
    harness.run(MORE, *ROWS)
    assert hidden_rows(harness.path) == {row_of(harness, A)}


@pytest.mark.parametrize("descending", [False, True])
def test_the_order_of_the_user_is_the_order_of_the_new_rows(
    harness: WorkbookHarness,
    descending: bool,  # noqa: FBT001
) -> None:
    harness.run(*ROWS)
    letter = letter_of(sheet_of(harness), "Site")
    direction = ' descending="1"' if descending else ""
    order = (
        f'<sortState xmlns="{MAIN}" ref="A2:AY4">'
        f'<sortCondition ref="{letter}2:{letter}4"{direction}/></sortState>'
    )
    replace_in_table(
        harness.path, lambda text: text.replace("<tableColumns", f"{order}<tableColumns")
    )
    for _ in range(2):
        harness.run(MORE, *ROWS)
    sites = [row["Site"] for row in harness.rows()]
    assert sites == sorted(sites, reverse=descending)
    assert f'<sortCondition ref="{letter}2:{letter}5"' in table_text(harness.path)


def test_a_row_that_was_hidden_or_made_higher_stays_so(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)

    def arrange(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        sheet.row_dimensions[cell_in(sheet, A, "Page").row].hidden = True
        sheet.row_dimensions[cell_in(sheet, B, "Page").row].height = 120

    harness.edit(arrange)
    harness.run(MORE, *ROWS)
    assert hidden_rows(harness.path) == {row_of(harness, A)}
    assert sheet_of(harness).row_dimensions[row_of(harness, B)].height == 120


@OPENPYXL_WARNS
def test_a_drop_down_with_choices_from_another_sheet_stays(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(A, "Priority", "High")
    letter = letter_of(sheet_of(harness), "Priority")
    choices = (
        f'<extLst><ext xmlns:x14="{X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        f'<x14:dataValidations xmlns:xm="{XM}" count="1"><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>Lists!$A$1:$A$3</xm:f></x14:formula1>"
        f"<xm:sqref>{letter}2:{letter}4</xm:sqref></x14:dataValidation></x14:dataValidations>"
        "</ext></extLst>"
    )
    replace_in(
        harness.path,
        part_of(harness.path, "Opportunities"),
        lambda text: text.replace("</worksheet>", f"{choices}</worksheet>"),
    )
    harness.run(MORE, *ROWS)
    assert "<xm:f>Lists!$A$1:$A$3</xm:f>" in sheet_text(harness.path)
    assert f"<xm:sqref>{letter}2:{letter}5</xm:sqref>" in sheet_text(harness.path)


@OPENPYXL_WARNS
def test_a_sheet_of_ones_own_stays_to_the_byte(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.edit(lambda book: book.create_sheet("My plan", 1).append(["Week 1"]))
    add_picture(harness.path, "My plan", row=3)
    replace_in(
        harness.path,
        part_of(harness.path, "My plan"),
        before_end('<extLst><ext xmlns:x="urn:x" uri="{X}"><x:news of="2030"/></ext></extLst>'),
    )
    before = read_parts(harness.path)
    sheet = part_of(harness.path, "My plan")
    for _ in range(2):
        assert harness.run(MORE, *ROWS).warnings == []
    after = read_parts(harness.path)
    assert part_of(harness.path, "My plan") == sheet
    own = [sheet, *(name for name in before if "drawing90" in name or "media" in name)]
    assert {name: after[name] for name in own} == {name: before[name] for name in own}
    assert len(own) == 4
    assert sheet_of(harness, "My plan")["A1"].value == "Week 1"


@pytest.mark.parametrize("page", [A, "mine.example"])
def test_a_picture_on_our_sheet_goes_where_its_row_goes(
    harness: WorkbookHarness, page: str
) -> None:
    harness.run(*ROWS)

    def add_row(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        own_row, column = sheet.max_row + 1, column_of(sheet, "Page")
        sheet.cell(own_row, column, "http://mine.example/links")

    harness.edit(add_row)
    add_picture(harness.path, "Opportunities", row_of(harness, page))
    harness.run(MORE, *ROWS)
    harness.run(MORE, *ROWS)
    [drawing] = [
        text for name, text in read_parts(harness.path).items() if name.endswith("drawing90.xml")
    ]
    corner = f"<xdr:row>{row_of(harness, page) - 1}</xdr:row></xdr:from>"
    assert corner.encode() in drawing
    assert PICTURE in read_parts(harness.path).values()


def test_a_thread_of_comments_goes_where_its_row_goes(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    thread = "{11111111-2222-3333-4444-555555555555}"
    harness.edit(
        lambda book: setattr(
            cell_in(book["Opportunities"], A, "Notes"), "comment", Comment("Hm?", f"tc={thread}")
        )
    )
    namespace = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    letter = letter_of(sheet_of(harness), "Notes")
    content = (
        f'<ThreadedComments xmlns="{namespace}"><threadedComment ref="{letter}2" id="{thread}">'
        f'<text>Hm?</text></threadedComment><threadedComment ref="{letter}2" id="{{2}}"'
        f' parentId="{thread}"><text>Yes</text></threadedComment></ThreadedComments>'
    )
    name = "xl/threadedComments/threadedComment1.xml"
    link_part(harness.path, "Opportunities", name, content.encode(), kind=THREADS)
    assert harness.run(MORE, *ROWS).warnings == []
    kept = read_parts(harness.path)[name].decode()
    assert kept.count(f'ref="{letter}{row_of(harness, A)}"') == 2


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1]])
def test_bold_words_within_a_note_stay(harness: WorkbookHarness, rows: tuple[Any, ...]) -> None:
    harness.run(*rows)
    harness.write(A, "Notes", "ask Ann first")
    runs = '<r><rPr><b/></rPr><t>ask Ann</t></r><r><t xml:space="preserve"> first</t></r>'
    strings = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si>{runs}</si></sst>'
    part = part_of(harness.path, "Opportunities")
    replace_in(
        harness.path,
        part,
        lambda text: re.sub(
            ' t="inlineStr"><is><t>ask Ann first</t></is>', ' t="s"><v>0</v>', text
        ),
    )
    add_strings(harness.path, strings)
    assert harness.run(MORE, *rows).warnings == []
    assert harness.row(A)["Notes"] == "ask Ann first"
    assert f"<is>{runs}</is>" in sheet_text(harness.path)


def test_a_file_of_a_program_that_writes_no_formats_gets_ours(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.edit(lambda book: book.create_sheet("My plan", 1).append(["Week 1"]))
    parts = read_parts(harness.path)
    del parts["xl/styles.xml"]
    for name in parts.keys() - {LINKS_OF_BOOK}:
        plain = re.sub(rb' (s|style|dxfId)="\d+"', b"", parts[name])
        parts[name] = re.sub(rb'<Override PartName="/xl/styles[^>]*>', b"", plain)
    parts[LINKS_OF_BOOK] = re.sub(rb'<Relationship [^>]*/styles"[^>]*>', b"", parts[LINKS_OF_BOOK])
    write_parts(harness.path, parts)
    own = part_of(harness.path, "My plan")
    for _ in range(2):
        assert harness.run(MORE, *ROWS).warnings == []
    assert read_parts(harness.path)[own] == parts[own]
    assert sheet_of(harness)["A1"].font.b


def test_errors_that_the_user_ignores_and_hints_for_reading_stay(
    harness: WorkbookHarness,
) -> None:
    harness.run(*ROWS)
    harness.write(A, "Priority", "1")
    letter, row = letter_of(sheet_of(harness), "Priority"), row_of(harness, A)
    ignored = (
        '<ignoredErrors><ignoredError sqref="{}" numberStoredAsText="1"/></ignoredErrors>'.format
    )
    part = part_of(harness.path, "Opportunities")
    replace_in(harness.path, part, before_end(ignored(f"{letter}{row}")))
    hints = '<phoneticPr fontId="1"/>'
    replace_in(harness.path, part, before_end(hints, ahead_of="conditionalFormatting"))
    for _ in range(2):
        assert harness.run(MORE, *ROWS).warnings == []
    assert row_of(harness, A) != row
    assert ignored(f"{letter}{row_of(harness, A)}") in sheet_text(harness.path)
    assert hints in sheet_text(harness.path)


@pytest.mark.parametrize(
    ("element", "ahead_of", "named"),
    [
        ('<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>', "conditionalF", "merged"),
        (
            '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><a/></ext></extLst>',
            "/worksheet",
            "sparklines",
        ),
        ('<news of="2030"/>', "tableParts", "news"),
    ],
)
def test_what_cannot_be_kept_is_named_and_the_file_copied(
    harness: WorkbookHarness, element: str, ahead_of: str, named: str
) -> None:
    harness.run(*ROWS)
    replace_in(
        harness.path,
        part_of(harness.path, "Opportunities"),
        before_end(element, ahead_of=ahead_of),
    )
    before = harness.path.read_bytes()
    [warning] = harness.run(*ROWS).warnings
    assert named in warning
    assert "on the sheet Opportunities" in warning
    [copied] = harness.path.parent.glob("*-original-*.xlsx")
    assert copied.name in warning
    assert copied.read_bytes() == before
    assert harness.run(*ROWS).warnings == []


def test_a_part_that_is_damaged_costs_no_value(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)
    harness.write(A, "Notes", "called")
    link_part(harness.path, "Opportunities", "xl/threads.xml", b"<half", kind=THREADS)
    [warning] = harness.run(*ROWS).warnings
    assert "the values of home-brewing.xlsx are kept" in warning
    assert len(list(harness.path.parent.glob("*-original-*.xlsx"))) == 1
    assert harness.row(A)["Notes"] == "called"


def test_a_chart_and_the_place_of_ours_on_the_dashboard_stay(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)

    def arrange(book: Workbook) -> None:
        sheet: Any = book["Dashboard"]
        first = sheet._charts[0]  # noqa: SLF001 - openpyxl has no public name
        first.anchor._from.col = 20  # noqa: SLF001

    harness.edit(arrange)
    charts = len(sheet_of(harness, "Dashboard")._charts)  # noqa: SLF001
    for _ in range(2):
        harness.run(MORE, *ROWS)
    kept = sheet_of(harness, "Dashboard")._charts  # noqa: SLF001
    assert len(kept) == charts
    assert 20 in {chart.anchor._from.col for chart in kept}  # noqa: SLF001


def test_a_shape_on_the_dashboard_leads_where_it_led(harness: WorkbookHarness) -> None:
    def links() -> str:
        [name] = [name for name in read_parts(harness.path) if "drawings/_rels/" in name]
        return name

    harness.run(*ROWS)
    end = "</Relationships>"
    place = f'<Relationship Id="rId900" Type="{RELATION}/hyperlink" Target="#Opportunities!A1"/>'
    replace_in(harness.path, links(), lambda text: text.replace(end, place + end))
    harness.run(MORE, *ROWS)
    assert b'Target="#Opportunities!A1"' in read_parts(harness.path)[links()]


def test_a_file_of_a_program_without_tables_keeps_its_filter(harness: WorkbookHarness) -> None:
    harness.run(*ROWS)

    def convert(book: Workbook) -> None:
        sheet: Any = book["Opportunities"]
        del sheet.tables["Opportunities"]
        sheet.auto_filter.ref = f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
        sheet.auto_filter.add_filter_column(column_of(sheet, "Site") - 1, [B])

    harness.edit(convert)
    harness.run(MORE, *ROWS)
    assert f'<filter val="{B}"/>' in table_text(harness.path)
    assert "autoFilter" not in sheet_text(harness.path)
    assert hidden_rows(harness.path) == {2, 3, 4, 5} - {row_of(harness, B)}


@pytest.mark.skipif(not shutil.which(OFFICE), reason="LibreOffice is not installed")
@OPENPYXL_WARNS
def test_libreoffice_opens_what_was_carried_over(harness: WorkbookHarness, tmp_path: Path) -> None:
    harness.run(*ROWS)
    harness.edit(add_own_column)
    harness.edit(lambda book: book.create_sheet("My plan", 1).append(["Week 1"]))
    add_picture(harness.path, "My plan", row=3)
    harness.run(MORE, *ROWS)
    written = harness.rows()
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    saved = str(tmp_path / "saved")
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", saved, harness.path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    harness.path = tmp_path / "saved" / harness.path.name
    assert [row["Priority"] for row in harness.rows()] == [row["Priority"] for row in written]
    assert sheet_of(harness, "My plan")["A1"].value == "Week 1"
    assert any(name.startswith("xl/media/") for name in read_parts(harness.path))
    before = len(load_workbook(harness.path).sheetnames)
    assert harness.run(MORE, *ROWS).warnings == []
    assert len(load_workbook(harness.path).sheetnames) == before
