"""Reads pages: documents, links, placement, visibility, dates, summaries.

What a page means for a niche or a verdict is decided elsewhere.
"""
