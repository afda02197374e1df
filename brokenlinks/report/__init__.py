"""Builds what the user opens: the workbook, exports and outreach drafts."""
