"""Text and data helpers: URLs, words, normalising, CSV safety, encodings, the clock.

Nothing here knows a page, a link or the network.
"""
