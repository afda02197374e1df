"""Finds candidate pages, from seeds, search and links, and decides which are resource pages."""
