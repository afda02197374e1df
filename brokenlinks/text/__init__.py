"""Text and data helpers: URLs, words, phrases, tables, TOML data files, the clock.

Nothing here knows a page, a link or the network.
"""
