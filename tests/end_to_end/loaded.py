"""Loads the program, and does nothing with it."""

import importlib
import pkgutil

import scrapy.cmdline  # noqa: F401 -- loaded is all it is to be

PACKAGES = ("brokenlinks", "pipelines", "spiders")
# Alembic runs the one; the other reads the environment of a run.
LEFT_OUT = ("brokenlinks.store.migrations", "brokenlinks.settings")

for package in map(importlib.import_module, PACKAGES):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.startswith(LEFT_OUT):
            importlib.import_module(module.name)
