"""Makes docs/opportunities.png from the demo's workbook, with LibreOffice and pdftoppm.

scrapy demo && python docs/make_picture.py output/demo.xlsx
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import ColBreak

# Columns that tell what the sheet is for, with their width in characters. Together they have to
# stay readable at the 850 pixels or so that a README is shown at.
COLUMNS = {
    "Rank": 6,
    "Tier": 5,
    "Site": 22,
    "What is dead": 26,
    "Why": 40,
    "Contact": 32,
    "Suggested page": 36,
    "Next step": 20,
}
LAST_ROW = 9
WIDTH = 1700
"""Pixels: two for each one shown, for sharp displays."""
PICTURE = Path(__file__).parent / "opportunities.png"


def main(workbook: Path) -> None:
    """Print the top of the work list to a PDF page, and the page to a picture."""
    book = load_workbook(workbook)
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    sheet = book.worksheets[0]
    for cell in sheet[1]:
        column = sheet.column_dimensions[get_column_letter(cell.column)]
        column.hidden = cell.value not in COLUMNS
        column.width = COLUMNS.get(str(cell.value), 0)
    sheet.print_area = f"A1:{get_column_letter(sheet.max_column)}{LAST_ROW}"
    sheet.page_margins.left = sheet.page_margins.right = sheet.page_margins.top = 0
    sheet.page_setup.fitToWidth = 1
    sheet.col_breaks = ColBreak()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "picture.xlsx"
        book.save(copy)
        convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(copy)]
        subprocess.run(convert, check=True, capture_output=True)
        page = ["pdftoppm", "-png", "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
        subprocess.run(
            [*page, "-H", "640", str(copy.with_suffix(".pdf")), str(PICTURE.with_suffix(""))],
            check=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
