"""Broken link building finder: the subject, importable and testable without a crawl."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("brokenlinks")
except PackageNotFoundError:  # a bare checkout
    __version__ = "0+checkout"
