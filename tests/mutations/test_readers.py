"""Whatever comes from outside is read or refused in one line: 500 mutated copies of each kind."""

from __future__ import annotations

import json
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brokenlinks.arguments import PlanError
from brokenlinks.authority.common_crawl import RanksError, newest_release
from brokenlinks.authority.own_metric import OwnMetricError, read_own_metric
from brokenlinks.authority.services import Ahrefs, OpenPageRank
from brokenlinks.discovery.providers import PROVIDERS
from brokenlinks.discovery.seeds import SeedsError
from brokenlinks.enrichment.wikipedia import WikipediaCitations
from brokenlinks.http.dns import read_hosts_file
from brokenlinks.http.response import FetchResult
from brokenlinks.scoring.opportunities import WeightsError, load_weights
from brokenlinks.settings_model import SettingError
from tests.mutations import forms, readers
from tests.mutations.mutate import Form, mutated
from tests.mutations.readers import Reader, from_file

COPIES = 500


def bodies(*texts: str) -> list[bytes]:
    return [text.encode() for text in texts]


def _parse(service, domains, content):
    return service.parse_response(FetchResult("", 200, {}, content), domains)


def _provider(name):
    settings_ = {
        **{f"{n.upper()}_URL": f"http://{n}.example" for n in PROVIDERS},
        **{f"{n.upper()}_API_KEY": "k" for n in PROVIDERS},
        "CONTACT": "",
        "MARGINALIA_PUBLIC": False,
    }
    if name == "citations":
        return WikipediaCitations("http://w.example", has_contact=True)
    return PROVIDERS[name](settings_, "en")


def _seeds(suffix):
    return from_file(readers.seeds, f"seeds{suffix}")


def _own(suffix):
    return from_file(readers.own_site, f"own{suffix}")


CSV = bodies(
    forms.SCREAMING_FROG, forms.SEMRUSH_BACKLINKS, forms.SEARCH_CONSOLE
) + [forms.AHREFS_BACKLINKS.encode("utf-16")]
READERS = {
    "seeds .txt": Reader(_seeds(".txt"), bodies(forms.SEEDS_TEXT), refusals=(SeedsError,)),
    "seeds .csv": Reader(_seeds(".csv"), CSV, refusals=(SeedsError,)),
    "seeds .xlsx": Reader(_seeds(".xlsx"), [forms.WORKBOOK], Form.BINARY, (SeedsError,)),
    "seeds .jsonl": Reader(_seeds(".jsonl"), bodies(forms.JSON_LINES), Form.JSON, (SeedsError,)),
    "seeds .opml": Reader(_seeds(".opml"), bodies(forms.OPML), Form.MARKUP, (SeedsError,)),
    "own pages .csv": Reader(_own(".csv"), CSV, refusals=(ValueError,)),
    "own pages .txt": Reader(_own(".txt"), bodies(forms.SEEDS_TEXT), refusals=(ValueError,)),
    "own pages .xlsx": Reader(_own(".xlsx"), [forms.WORKBOOK], Form.BINARY, (ValueError,)),
    "own metric": Reader(
        from_file(read_own_metric, "dr.csv"), bodies(forms.RATINGS), refusals=(OwnMetricError,)
    ),
    "do-not-contact.txt": Reader(
        partial(readers.do_not_contact, "do-not-contact.txt"), bodies(forms.DO_NOT_CONTACT_TEXT)
    ),
    "do-not-contact.csv": Reader(
        partial(readers.do_not_contact, "do-not-contact.csv"), bodies(forms.DO_NOT_CONTACT_TABLE)
    ),
    "weights": Reader(
        from_file(load_weights, "weights.toml"), bodies(forms.WEIGHTS), refusals=(WeightsError,)
    ),
    "hosts file": Reader(from_file(read_hosts_file, "hosts"), bodies(forms.HOSTS)),
    "settings": Reader(
        readers.settings,
        bodies("\n".join(f"{n}={v}" for n, v in forms.SETTINGS.items())),
        refusals=(SettingError,),
    ),
    "robots.txt": Reader(readers.robots, bodies(forms.ROBOTS)),
    "sitemaps": Reader(
        readers.sitemap,
        bodies(forms.SITEMAP, forms.SITEMAP_INDEX, forms.RSS, forms.ATOM),
        Form.MARKUP,
    ),
    "sitemaps, compressed": Reader(
        readers.sitemap, [forms.gzipped(forms.SITEMAP.encode())], Form.BINARY
    ),
    "wayback index": Reader(readers.wayback, bodies(forms.CDX)),
    "wayback index cdxj": Reader(readers.wayback, bodies(forms.CDXJ), Form.JSON),
    "archived page": Reader(
        partial(readers.wayback, forms.CDX.encode()), bodies(forms.PAGE), Form.MARKUP
    ),
    "common crawl: crawls": Reader(readers.common_crawl, bodies(forms.COLLINFO), Form.JSON),
    "common crawl: index": Reader(
        lambda content: readers.common_crawl(index=content),
        bodies(forms.COMMON_CRAWL_INDEX),
        Form.JSON,
    ),
    "common crawl: record": Reader(
        lambda content: readers.common_crawl(record=forms.gzipped(content)), [forms.WARC_RECORD]
    ),
    "common crawl: gzip": Reader(
        lambda content: readers.common_crawl(record=content),
        [forms.gzipped(forms.WARC_RECORD)],
        Form.BINARY,
    ),
    "registry: domain": Reader(readers.registry, bodies(forms.RDAP_DOMAIN), Form.JSON),
    "registry: no such domain": Reader(
        lambda content: readers.registry(content, status=404),
        bodies(forms.RDAP_NOT_FOUND),
        Form.JSON,
    ),
    "registry: bootstrap": Reader(
        lambda content: readers.registry(bootstrap=content), bodies(forms.RDAP_BOOTSTRAP), Form.JSON
    ),
    **{
        f"search: {name}": Reader(
            partial(readers.search, _provider(name)), bodies(json.dumps(answer)), Form.JSON
        )
        for name, answer in forms.SEARCH_ANSWERS.items()
    },
    "open pagerank": Reader(
        partial(_parse, OpenPageRank("http://o.example", "k"), ["hops.example", "malt.example"]),
        bodies(forms.OPEN_PAGERANK),
        Form.JSON,
    ),
    "ahrefs": Reader(
        partial(_parse, Ahrefs("http://o.example", "k"), ["hops.example"]),
        bodies(forms.AHREFS_RATING),
        Form.JSON,
    ),
    "ranks: graphs": Reader(
        lambda content: newest_release(FetchResult("", 200, {}, content)),
        bodies(forms.GRAPHS),
        Form.JSON,
    ),
    "ranks": Reader(
        lambda content: readers.ranks(forms.gzipped(content)),
        bodies(forms.RANKS),
        refusals=(RanksError,),
    ),
    "ranks: gzip": Reader(
        readers.ranks, [forms.gzipped(forms.RANKS.encode())], Form.BINARY, (RanksError,)
    ),
    "headers": Reader(readers.headers, bodies(forms.HEADERS)),
    "page": Reader(readers.page, bodies(forms.PAGE), Form.MARKUP),
    "brief": Reader(readers.brief, bodies(forms.PAGE), Form.MARKUP),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
@settings(max_examples=COPIES, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_every_copy_is_read_or_refused_in_one_line(name: str, data: st.DataObject) -> None:
    reader = READERS[name]
    content = data.draw(st.sampled_from(reader.contents).flatmap(lambda c: mutated(c, reader.form)))
    try:
        reader.read(content)
    except reader.refusals as error:
        assert "\n" not in str(error)
