"""What plugs into a running crawl: its memory, its progress display, the workbook at its end."""
