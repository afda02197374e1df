"""Reads the TOML files that are shipped beside the modules that use them."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any


def read_toml(package: str, name: str, own_copy: Path | None = None) -> dict[str, Any]:
    """Return the content of `name`, a file of `package` such as "data/spam.toml".

    Or of the user's `own_copy` of it: then raises OSError, or ValueError when it is not TOML.
    """
    source = own_copy or files(package) / name
    return tomllib.loads(source.read_text(encoding="utf-8"))
