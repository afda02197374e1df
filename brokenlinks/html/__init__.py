"""Reads HTML pages: their text, links, layout, dates and briefs.

What a page means for a niche or a verdict is decided elsewhere.
"""
