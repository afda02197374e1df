"""The journal as pandas frames: the input of the ranking and of the export."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, Table, func, or_, select

from brokenlinks.models.verdict import Verdict
from brokenlinks.store.schema import (
    IN_USE,
    LINKED,
    UtcDateTime,
    contacts,
    domains,
    links,
    pages,
    runs,
    select_links,
    targets,
)

CHUNK_ROWS = 10_000
"""Rows read as Python objects at a time: as a frame they take a tenth of the memory."""


def links_frame(
    connection: Connection, niche: str, columns: Collection[str] | None = None
) -> pd.DataFrame:
    """Return one row per resource page of the niche and outbound link, in page order.

    Of a million links all `columns` take 2 GiB; None for all of them.
    """
    query = _links_query(niche)
    if columns is not None:
        wanted = [column for column in query.selected_columns if column.name in columns]
        query = query.with_only_columns(*wanted, maintain_column_froms=True)
    return _frame(connection, query)


def reported_links_frame(connection: Connection, niche: str, own_site: str) -> pd.DataFrame:
    """Return the rows of `links_frame` that a report shows: all but the living links.

    Links to `own_site` are included ("" for none).
    """
    reported = targets.c.verdict != Verdict.ALIVE
    if own_site:
        reported |= targets.c.site == own_site
    return _frame(connection, _links_query(niche).where(reported))


def pages_frame(connection: Connection, niche: str) -> pd.DataFrame:
    """Return the pages of `links_frame`, with counts of all their links, living ones included.

    `links_here` are the links on the page, `site_standing` the other sites of the niche that link
    to its site.
    """
    here = (
        select(links.c.page_id, func.count().label("links_here"))
        .join(pages, pages.c.id == links.c.page_id)
        .where(pages.c.niche == niche, *IN_USE)
        .group_by(links.c.page_id)
        .subquery()
    )
    recommended = (
        select_links(niche, targets.c.site, func.count(pages.c.site.distinct()).label("sites"))
        .where(
            targets.c.site != pages.c.site,
            targets.c.site.in_(select(pages.c.site).where(pages.c.niche == niche)),
        )
        .group_by(targets.c.site)
        .subquery()
    )
    query = (
        select(
            pages.c.id.label("page_id"),
            pages.c.site.label("page_site"),
            here.c.links_here,
            func.coalesce(recommended.c.sites, 0).label("site_standing"),
        )
        .join(here, here.c.page_id == pages.c.id)
        .outerjoin(recommended, recommended.c.site == pages.c.site)
        .order_by(pages.c.id)
    )
    return _frame(connection, query)


def _links_query(niche: str) -> Select[Any]:
    return select_links(
        niche,
        *_columns(pages, "id url key title site language updated outlinks", "page_"),
        *_columns(pages, "relevance matched resource_score"),
        *_columns(targets, "id url key site", "target_"),
        *_columns(targets, "verdict stage reason confidence final_url dead_since last_checked"),
        *_columns(targets, "checks next_check moved_to citations"),
        *_columns(targets, "archive_outcome archive_url archive_title archive_words archive_brief"),
        targets.c.archive_captured_at.label("archive_timestamp"),
        targets.c.archive_mime.label("archive_type"),
        targets.c.sentence.label("evidence"),
        *_columns(links, "first_seen verified_at anchor context heading placement rel position"),
        links.c.seen_as,
        links.c.url.label("link_url"),
    ).order_by(pages.c.id, links.c.position)


def histories_frame(connection: Connection, niche: str) -> pd.DataFrame:
    """Return the niche's links whose target was ever dead, including links since removed.

    `replaced_by` is the first link on the page that was added later with the same anchor; "" if
    there is none or the link itself is still there.
    """
    later = links.alias()
    successor = (
        select(later.c.url)
        .where(
            links.c.gone_at.is_not(None),
            links.c.anchor != "",
            later.c.page_id == links.c.page_id,
            later.c.anchor == links.c.anchor,
            later.c.gone_at.is_(None),
            later.c.first_seen > links.c.first_seen,
        )
        .order_by(later.c.position)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            *_columns(pages, "key url status reason fetched_at", "page_"),
            *_columns(targets, "key url", "target_"),
            *_columns(targets, "verdict dead_since confirmed_at recovered_at"),
            links.c.url.label("link_url"),
            *_columns(links, "anchor heading position first_seen gone_at"),
            func.coalesce(successor, "").label("replaced_by"),
        )
        .select_from(LINKED)
        .where(
            pages.c.niche == niche,
            or_(targets.c.dead_since.is_not(None), targets.c.recovered_at.is_not(None)),
        )
    )
    return _frame(connection, query)


def runs_frame(connection: Connection, niche: str) -> pd.DataFrame:
    """Return the niche's runs, the first one first."""
    columns = "started_at finished_at spider outcome pages probed confirmed suspected"
    query = select(*_columns(runs, columns)).where(runs.c.niche == niche).order_by(runs.c.id)
    return _frame(connection, query)


def registrations_frame(connection: Connection) -> pd.DataFrame:
    """Return the registries' answers about domains."""
    columns = "domain outcome statuses registered_at expires_at looked_up_at"
    return _frame(connection, select(*_columns(domains, columns)))


def contacts_frame(connection: Connection, niche: str) -> pd.DataFrame:
    """Return the contacts of the sites of the niche's pages, by `page_site`."""
    sites = select(pages.c.site).where(pages.c.niche == niche)
    query = select(
        contacts.c.site.label("page_site"),
        contacts.c.value.label("contact"),
        *_columns(contacts, "kind found_on found_at policy detail", "contact_"),
    ).where(contacts.c.site.in_(sites))
    return _frame(connection, query)


def demand_frame(connection: Connection, niche: str) -> pd.DataFrame:
    """Return for the niche's dead targets how many sites of all niches link to them."""
    here = (
        select(links.c.target_id)
        .join(pages, pages.c.id == links.c.page_id)
        .where(pages.c.niche == niche)
    )
    query = (
        select(links.c.target_id, func.count(pages.c.site.distinct()).label("sites_everywhere"))
        .select_from(LINKED)
        .where(*IN_USE, targets.c.dead_since.is_not(None), links.c.target_id.in_(here))
        .group_by(links.c.target_id)
    )
    return _frame(connection, query)


def rejected_frame(connection: Connection, niche: str) -> pd.DataFrame:
    """Return the pages of the niche that are not used, and why."""
    query = (
        select(*_columns(pages, "url site reason detail title relevance resource_score"))
        .where(pages.c.niche == niche, pages.c.status == "rejected")
        .order_by(pages.c.id)
    )
    return _frame(connection, query)


def _columns(table: Table, names: str, prefix: str = "") -> list[ColumnElement[Any]]:
    return [table.c[name].label(prefix + name) for name in names.split()]


def _frame(connection: Connection, query: Select[tuple[object, ...]]) -> pd.DataFrame:
    result = connection.execute(query, execution_options={"stream_results": True})
    names = list(result.keys())
    parts = [pd.DataFrame(rows, columns=names) for rows in result.partitions(CHUNK_ROWS)]
    if len(parts) == 1:
        frame = parts[0]
    elif parts:  # a column that was empty in one of them gets its type back
        frame = pd.concat(parts, ignore_index=True).infer_objects()
    else:
        frame = pd.DataFrame(columns=names)
    for column in query.selected_columns:
        if isinstance(column.type, UtcDateTime):
            frame[column.name] = pd.to_datetime(frame[column.name], utc=True)
    return frame
