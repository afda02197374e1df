"""Finds the labelled cases, whatever modules they were written in."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Literal, get_args

from tests.labelled.case import Case

Half = Literal["tuned", "held_out"]
HALVES: tuple[Half, ...] = get_args(Half)


def load(half: Half) -> tuple[Case, ...]:
    """Return the cases of a half: of every module of its package that has CASES."""
    package = import_module(f"tests.labelled.{half}")
    names = sorted(module.name for module in iter_modules(package.__path__))
    modules = (import_module(f"{package.__name__}.{name}") for name in names)
    return tuple(case for module in modules for case in getattr(module, "CASES", ()))
