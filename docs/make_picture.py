"""Makes docs/opportunities.png from the demo's workbook, with LibreOffice and pdftoppm.

scrapy demo && python docs/make_picture.py output/demo.xlsx
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.pagebreak import ColBreak

LAST_ROW = 18
LAST_COLUMN = "X"
PICTURE = Path(__file__).parent / "opportunities.png"


def main(workbook: Path) -> None:
    """Print the top of the work list to a PDF page, and the page to a picture."""
    book = load_workbook(workbook)
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    sheet = book.worksheets[0]
    sheet.print_area = f"A1:{LAST_COLUMN}{LAST_ROW}"
    sheet.page_margins.left = sheet.page_margins.right = sheet.page_margins.top = 0.1
    sheet.page_setup.paperSize = "8"  # A3
    sheet.page_setup.fitToWidth = 1
    sheet.col_breaks = ColBreak()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "picture.xlsx"
        book.save(copy)
        convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(copy)]
        subprocess.run(convert, check=True, capture_output=True)
        page = ["pdftoppm", "-r", "125", "-png", "-singlefile", "-H", "680"]
        subprocess.run(
            [*page, str(copy.with_suffix(".pdf")), str(PICTURE.with_suffix(""))], check=True
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
