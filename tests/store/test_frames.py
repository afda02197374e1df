"""What a report reads: the links it tells of in full, of those that live only their counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from brokenlinks.liveness.verdict import judge
from brokenlinks.models.evidence import Evidence, RootFacts
from brokenlinks.models.page import OutboundLink, RejectedPage, ResourcePage
from brokenlinks.models.run_stats import CRAWL
from brokenlinks.scoring.changes import changes
from brokenlinks.scoring.opportunities import load_weights, rank
from brokenlinks.store.database import Store
from brokenlinks.store.frames import (
    histories_frame,
    links_frame,
    pages_frame,
    reported_links_frame,
    runs_frame,
)
from brokenlinks.store.pages import reject_page, store_page
from brokenlinks.store.runs import begin_run, finish_run
from brokenlinks.store.targets import record_observations
from tests.frames import rejected_frame

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
NICHE, OWN = "hops", "own.example"
WEB = {
    "a.example/1": ("gone.example/x", "b.example/", "b.example/2", "a.example/home"),
    "a.example/2": ("gone.example/x", "alive.example/", "b.example/", f"{OWN}/hops"),
    "b.example/1": ("a.example/", "gone.example/y"),
    "c.example/1": ("a.example/", "b.example/", "blocked.example/z"),
    "d.example/1": ("alive.example/",),
}
"""Pages and what they link to; hosts say what becomes of a target."""
STATUS = {"gone.example": 404, "blocked.example": 403}


def site_of(key: str) -> str:
    return key.partition("/")[0]


def crawl(store: Store, web: Mapping[str, tuple[str, ...]], at: datetime = NOW) -> None:
    """Store the pages, and what their links answer."""
    run = store.run(begin_run, NICHE, CRAWL, "{}", at)
    for key, targets in web.items():
        links = [
            OutboundLink(url=f"http://{target}", key=target, anchor=site_of(target), position=n)
            for n, target in enumerate(targets)
        ]
        page = ResourcePage(url=f"http://{key}", key=key, site=site_of(key), links=links)
        store.run(store_page, run, page, at)
        for link in links:
            status = STATUS.get(site_of(link.key), 200)
            seen = Evidence(
                link.url,
                at,
                status=status,
                bytes_read=900,
                is_html=True,
                words=99,
                final_url=link.url,
                root=RootFacts(200),
            )
            assert link.target_id is not None
            store.run(record_observations, [(link.target_id, seen)], run_id=run.id, judge=judge)
    store.run(finish_run, run.id, "finished", at)


def counted(links: pd.DataFrame) -> pd.DataFrame:
    """Return what `pages_frame` counts, counted in the rows of all links."""
    by_others = links[links["page_site"] != links["target_site"]]
    standing = by_others.groupby("target_site")["page_site"].nunique()
    by_page = links.groupby(["page_id", "page_site"], as_index=False)
    pages = by_page.agg(links_here=("target_id", "size"))
    return pages.assign(site_standing=pages["page_site"].map(standing).fillna(0).astype(int))


def test_all_links_count_for_their_page_and_its_site(store: Store) -> None:
    crawl(store, WEB)
    crawl(store, WEB | {"d.example/1": ("alive.example/2", "d.example/")})
    pages = store.run(pages_frame, NICHE)
    pd.testing.assert_frame_equal(pages, counted(store.run(links_frame, NICHE)))
    assert list(pages["links_here"]) == [4, 4, 2, 3, 2]
    assert list(pages["site_standing"]) == [2, 2, 2, 0, 0]


def test_another_niche_counts_for_itself(store: Store) -> None:
    crawl(store, WEB)
    assert store.run(pages_frame, "malt").empty
    assert store.run(reported_links_frame, "malt", OWN).empty


def test_a_few_columns_of_the_links_are_those_of_all(store: Store) -> None:
    crawl(store, WEB)
    few = ["target_key", "first_seen"]
    all_columns = store.run(links_frame, NICHE)
    pd.testing.assert_frame_equal(store.run(links_frame, NICHE, few), all_columns[few])


def test_a_page_that_is_gone_and_a_link_taken_off_are_reported_no_more(store: Store) -> None:
    crawl(store, WEB)
    later = NOW + timedelta(days=7)
    crawl(store, {"a.example/1": ("b.example/", "a.example/home")}, later)
    run = store.run(begin_run, NICHE, CRAWL, "{}", later)
    page = RejectedPage("http://a.example/2", "a.example/2", "a.example", "http_404")
    store.run(reject_page, run, page, later)
    for links in (store.run(links_frame, NICHE), store.run(reported_links_frame, NICHE, OWN)):
        dead = links[links["target_site"] == "gone.example"]
        assert list(dead["page_key"]) == ["b.example/1"]
        assert "a.example/2" not in set(links["page_key"])


@pytest.mark.parametrize("own_site", ["", OWN])
def test_the_ranking_is_the_same_without_the_links_that_live(store: Store, own_site: str) -> None:
    crawl(store, WEB)
    told = store.run(reported_links_frame, NICHE, own_site)
    assert set(told["target_site"]) == {"gone.example", "blocked.example"} | {own_site} - {""}
    counts = store.run(pages_frame, NICHE).drop(columns="page_site").set_index("page_id")
    all_links = store.run(links_frame, NICHE)
    short, full = (
        rank(
            links.join(counts, on="page_id"),
            rejected_frame(),
            load_weights(),
            now=pd.Timestamp(NOW),
            own_site=own_site,
        )
        for links in (told, all_links)
    )
    assert len(short.opportunities) == (2 if own_site else 3)
    for name in ("opportunities", "dead_targets", "uncertain", "excluded"):
        pd.testing.assert_frame_equal(getattr(short, name), getattr(full, name))


def test_a_link_that_took_the_place_of_a_dead_one_is_named(store: Store) -> None:
    gone, other = "gone.example/x", "gone.example/y"
    crawl(store, {"a.example/1": (gone, "alive.example/"), "b.example/1": (gone,)})
    later = NOW + timedelta(days=7)
    web = {"a.example/1": (f"{OWN}/hops", other, "gone.example/z"), "b.example/1": ()}
    crawl(store, web, later)
    histories = store.run(histories_frame, NICHE)
    replaced = histories.set_index(["page_key", "target_key"])["replaced_by"]
    assert replaced["a.example/1", gone] == f"http://{other}"
    assert replaced["b.example/1", gone] == ""
    assert replaced["a.example/1", other] == ""
    links = store.run(reported_links_frame, NICHE, OWN)
    events = changes(histories, links, OWN, store.run(runs_frame, NICHE))
    news = events[events["at"] == pd.Timestamp(later)].set_index("event")
    assert set(news.index) == {"new", "replaced by another link", "fixed by the owner", "won"}
    assert news.loc["won", "target_key"] == f"{OWN}/hops"
