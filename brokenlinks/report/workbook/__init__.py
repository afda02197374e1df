"""The spreadsheet a person lives in: a view of the journal, plus everything they wrote into it."""

from brokenlinks.report.workbook import openpyxl_patches as quick  # noqa: F401 - before anything else loads openpyxl
