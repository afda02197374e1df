"""What there is to see in a workbook that has been read."""

from openpyxl import Workbook


def seen(book: Workbook) -> list[tuple[str, ...]]:
    """Return place, value, type, look and link of each cell."""
    return [
        (cell.coordinate, repr(cell.value), cell.data_type, str(cell.font.b), str(cell.hyperlink))
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
