"""An empty journal for each test: in SQLite, and in PostgreSQL where a server is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from brokenlinks.store.database import Store, open_store

POSTGRES = os.environ.get("BROKENLINKS_POSTGRES", "")
"""The SQLAlchemy URL of a database where tests may make schemas; its driver must be installed."""


NO_POSTGRES = pytest.mark.skipif(not POSTGRES, reason="BROKENLINKS_POSTGRES names no database")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=NO_POSTGRES)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path}/journal.sqlite")
        yield opened
        opened.close()
        return
    server = create_engine(POSTGRES)
    schema = f"brokenlinks_test_{os.getpid()}"  # files of tests run side by side
    with server.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        url = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
        opened = open_store(url.render_as_string(hide_password=False))
        yield opened
        opened.close()
    finally:
        with server.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        server.dispose()
