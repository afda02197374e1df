"""Walls: what the vendors that keep programs out send instead of the page (`walls.toml`)."""

from __future__ import annotations

from functools import cache
from typing import Any

from brokenlinks.demo.behaviours import answer
from brokenlinks.demo.server import Behaviour
from brokenlinks.text.data_files import read_toml


def block_page(vendor: str) -> Behaviour:
    """Refuse as the vendor's wall does. Raises KeyError for a vendor the data does not know."""
    known = _block_pages()[vendor]
    return answer(known["body"].strip(), known["status"], headers=known["headers"])


def vendors() -> tuple[str, ...]:
    """Return the vendors whose walls are known."""
    return tuple(_block_pages())


@cache
def _block_pages() -> dict[str, Any]:
    return read_toml(__package__, "walls.toml")
