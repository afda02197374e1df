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


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRES else [])])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path}/journal.sqlite")
        yield opened
        opened.close()
        return
    server = create_engine(POSTGRES)
    with server.begin() as connection:
        connection.execute(text("CREATE SCHEMA brokenlinks_test"))
    try:
        url = make_url(POSTGRES).update_query_dict({"options": "-csearch_path=brokenlinks_test"})
        opened = open_store(url.render_as_string(hide_password=False))
        yield opened
        opened.close()
    finally:
        with server.begin() as connection:
            connection.execute(text("DROP SCHEMA brokenlinks_test CASCADE"))
        server.dispose()
