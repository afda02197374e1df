"""Reads the TOML files that ship beside the modules that use them."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def read_toml(package: str, name: str) -> dict[str, Any]:
    """Return the content of `name`, a file of `package` such as "data/spam.toml"."""
    return tomllib.loads((files(package) / name).read_text(encoding="utf-8"))
