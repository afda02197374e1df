"""Loads the program, and does nothing with it."""

import importlib
import pkgutil

import scrapy.cmdline  # noqa: F401 -- loaded is all it is to be

PACKAGES = ("brokenlinks", "pipelines", "spiders")
RUN_BY_ALEMBIC = "migrations"

for package in map(importlib.import_module, PACKAGES):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if RUN_BY_ALEMBIC not in module.name:
            importlib.import_module(module.name)
