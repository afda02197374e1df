"""Every reader of what comes from outside: how it is called, and how it may refuse."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from encodings.aliases import aliases
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from scrapy.settings import Settings

from brokenlinks.arguments import PlanError, make_plan
from brokenlinks.authority.common_crawl import RanksError, RanksReader, newest_release
from brokenlinks.authority.own_metric import OwnMetricError, read_own_metric
from brokenlinks.authority.services import Ahrefs, OpenPageRank, RatingService
from brokenlinks.commands.base import check_settings
from brokenlinks.discovery.classify import Thresholds, classify, seed_candidates
from brokenlinks.discovery.providers import PROVIDERS
from brokenlinks.discovery.providers.base import Provider
from brokenlinks.discovery.relevance import make_profile
from brokenlinks.discovery.seeds import Seed, SeedsError, read_seeds
from brokenlinks.enrichment.common_crawl import CommonCrawl
from brokenlinks.enrichment.contacts.page import extract_contacts
from brokenlinks.enrichment.own_site import parse_own_site
from brokenlinks.enrichment.rdap import Rdap
from brokenlinks.enrichment.relocation import page_names
from brokenlinks.enrichment.wayback import Wayback
from brokenlinks.enrichment.wikipedia import WikipediaCitations
from brokenlinks.html.document import parse_html
from brokenlinks.html.frames import embed_frames, frame_urls
from brokenlinks.html.summary import brief_from_json, make_brief, meta_description
from brokenlinks.http.decoding import text_of
from brokenlinks.http.dns import read_hosts_file
from brokenlinks.http.response import (
    Exchange,
    FetchResult,
    bounded_headers,
    redirect_url,
    retry_after_seconds,
)
from brokenlinks.http.robots import Robots
from brokenlinks.http.service import RateLimiter, ServiceClient
from brokenlinks.http.sitemaps import Sitemaps
from brokenlinks.models.run_stats import CRAWL
from brokenlinks.report.outreach.drafts import MAX_WORDS, DeadLink, Sender, write_draft
from brokenlinks.report.outreach.suppression import read_do_not_contact
from brokenlinks.scoring.opportunities import WeightsError, load_weights
from brokenlinks.settings_model import SettingError
from brokenlinks.text.redirectors import unwrapped
from brokenlinks.text.tables import decode_text
from brokenlinks.text.urls import (
    absolute_url,
    encode_query,
    is_root,
    origin_of,
    path_segments,
    site_of,
    url_key,
    urls_in,
)
from tests.mutations import forms
from tests.mutations.mutate import Form, mutated

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
HOME = "http://club.example/"
DIRECTING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that direct a terminal, a line or the order of a text."""


@dataclass(frozen=True)
class Reader:
    """Calls a part of the program with a content.

    `refusals` are the errors that say in one line what is wrong. `form` tells the mutations how
    the contents are built.
    """

    read: Callable[[bytes], object]
    contents: Sequence[bytes]
    form: Form = Form.TEXT
    refusals: tuple[type[Exception], ...] = ()

    def copies(self) -> st.SearchStrategy[bytes]:
        """Return mutated copies of the contents."""
        return st.sampled_from(self.contents).flatmap(lambda one: mutated(one, self.form))

    def refusal(self, content: bytes) -> str:
        """Return why a content was refused, "" when it was read."""
        try:
            self.read(content)
        except self.refusals as error:
            return str(error)
        return ""


def from_file(read: Callable[[Path], object], name: str) -> Callable[[bytes], object]:
    def read_content(content: bytes) -> object:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            return read(path)

    return read_content


def client_of(exchange: Exchange) -> ServiceClient:
    async def at_once(*_: object) -> float:
        return 0.0

    async def never(*_: object) -> None:
        return None

    return ServiceClient(exchange, RateLimiter(at_once, never), lambda: NOW)


@dataclass
class Service:
    """Answers requests: with the body of the first part of an address that fits, else 404."""

    bodies: dict[str, bytes]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    async def __call__(self, url: str, **_: Any) -> FetchResult:
        for part, body in self.bodies.items():
            if part in url:
                status = 206 if "warc" in part else self.status
                return FetchResult(url, status, self.headers, body)
        return FetchResult(url, 404)


def seeds(path: Path) -> object:
    found = read_seeds(path)
    assert all("\n" not in problem for problem in found.problems)
    return found


def do_not_contact(name: str, content: bytes) -> object:
    return read_do_not_contact(decode_text(content).splitlines(), name)


def settings(content: bytes) -> object:
    given = Settings()
    given.setmodule("brokenlinks.settings")
    for line in content.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition("=")
        if name in forms.SETTINGS:
            given.set(name, value, "cmdline")
    check_settings(given)
    return given


def robots(content: bytes) -> object:
    async def run() -> object:
        delays: list[float] = []
        service = Service({"robots.txt": content})
        rules = Robots(service, "ResourceCheck/1.0", lambda _, delay: delays.append(delay))
        found = await rules.rules_for(HOME)
        assert all(delay > 0 for delay in delays)
        return [
            rules.allows(found, HOME + path) for path in ("", "cart?sort=a", "g\u00e4/%zz", "%")
        ]

    return asyncio.run(run())


def sitemap(content: bytes) -> object:
    async def run() -> object:
        service = Service({"sitemap": content, "robots.txt": forms.ROBOTS.encode()})
        found = Robots(service, "ResourceCheck/1.0", lambda *_: None)
        pages = await Sitemaps(service, found).pages_of(HOME, guess=True)
        assert all(url.startswith(("http://", "https://")) for url in pages)
        return pages

    return asyncio.run(run())


def wayback(index: bytes, copy: bytes = forms.PAGE.encode()) -> object:
    async def run() -> object:
        html = {"content-type": "text/html"}
        service = Service({"cdx": index, "id_/": copy, "/web/": b"x"}, headers=html)
        archive = Wayback(
            "http://archive.example",
            client=client_of(service),
            clock=lambda: NOW,
            cdx_per_minute=60,
            playback_per_second=60,
            pause=1,
        )
        url = "http://hops.example/guide"
        record = await archive.look_up(url, check_host=True)
        pages = await archive.captured_pages_of_host(url)
        return record, pages, await archive.redirect_target(record.redirect or url)

    return asyncio.run(run())


def common_crawl(
    crawls: bytes = forms.COLLINFO.encode(),
    index: bytes = forms.COMMON_CRAWL_INDEX.encode(),
    record: bytes = forms.gzipped(forms.WARC_RECORD),
) -> object:
    async def run() -> object:
        service = Service({"collinfo": crawls, "-index": index, "warc": record})
        second = CommonCrawl(
            "http://index.example",
            "http://data.example",
            client=client_of(service),
            clock=lambda: NOW,
            per_minute=600,
            pause=1,
        )
        return await second.look_up("http://hops.example/guide")

    return asyncio.run(run())


def registry(
    domain: bytes = forms.RDAP_DOMAIN.encode(),
    bootstrap: bytes = forms.RDAP_BOOTSTRAP.encode(),
    status: int = 200,
) -> object:
    async def run() -> object:
        async def answer(url: str, **_: Any) -> FetchResult:
            if "bootstrap" in url:
                return FetchResult(url, 200, {}, bootstrap)
            return FetchResult(url, status, {"content-type": "application/rdap+json"}, domain)

        client = client_of(answer)
        rdap = Rdap("http://bootstrap.example/", {}, client, lambda: NOW, per_second=100)
        return await rdap.look_up("hops.example")

    return asyncio.run(run())


def search(provider: Provider, content: bytes) -> object:
    """Search; unlike SearchClient, which logs it, an error of the provider is raised."""
    flow = provider.search("http://hops.example/ home brewing")
    request = next(flow)
    try:
        while True:
            request = flow.send(FetchResult(request.url, 200, {}, content))
    except StopIteration as end:
        return end.value


def ranks(content: bytes) -> object:
    reader = RanksReader()
    rows = [*reader.read(content[:100]), *reader.read(content[100:]), *reader.finish()]
    assert len(rows) == reader.rows
    return rows


def headers(content: bytes) -> object:
    text = content.decode("utf-8", "surrogateescape")
    pairs = [(n.strip(), v.strip()) for n, _, v in (li.partition(":") for li in text.splitlines())]
    fields, repeated = bounded_headers(pairs)
    answer = FetchResult(HOME, 301, fields, forms.PAGE.encode(), repeated=repeated)
    seconds = retry_after_seconds(fields.get("retry-after", ""), NOW)
    assert 0 <= seconds <= 604_800
    return redirect_url(answer, HOME), text_of(answer, 1_000), seconds


def page(content: bytes) -> object:
    html = text_of(FetchResult(HOME, 200, {}, content), 1_000_000) or ""
    url = f"{HOME}links"
    [candidate] = seed_candidates([Seed(url)])
    profile = make_profile("home brewing")
    embedded = embed_frames(html, url, dict.fromkeys(frame_urls(html, url), (url, html)))
    found = classify(
        embedded, candidate, profile, Thresholds(0.3, 0.5), NOW, encoding="utf-8", known=True
    )
    document = parse_html(html, url)
    extract_contacts(html, url, decode=True)
    page_names(document.title, document.h1)
    meta_description(html)
    return found


def links(content: bytes) -> object:
    """Read each line as a link of a page, as an address that a user typed, and as a redirector."""
    lines = content.decode("utf-8", "replace").splitlines()
    found = [url for line in lines if (url := absolute_url(HOME, line))]
    for url in (*found, *urls_in(" ".join(lines)), *map(unwrapped, found)):
        assert absolute_url("", url) == url
        assert len(url.splitlines()) == 1
        assert site_of(url)
        origin_of(url), url_key(url), path_segments(url), is_root(url), encode_query(url, "cp1252")
    return found


def arguments(content: bytes) -> object:
    lines = content.decode("utf-8", "replace").splitlines()
    given = {name: value for name, _, value in (line.partition("=") for line in lines) if value}
    plan = make_plan(CRAWL, given)
    assert plan.slug
    return plan


def mail(content: bytes) -> object:
    """Write a mail about a link whose texts are those of a page."""
    texts = content.decode("utf-8", "replace").split("\n\n")
    title, heading, anchor, context, name = (*texts, *[""] * 5)[:5]
    url = f"{HOME}links"
    link = DeadLink(
        *("1", "Ready", url, title, heading, anchor, "http://gone.example/", "dead", "not_found"),
        context=context,
    )
    draft = write_draft([link], "club.example", name, Sender("Jo", "1 Malt Lane", "Tell me."))
    assert draft.words <= MAX_WORDS
    assert len(draft.subject.splitlines()) == 1
    assert not DIRECTING.search(draft.subject + draft.body)
    return draft


def brief(content: bytes) -> object:
    html = content.decode("utf-8", "replace")
    made = make_brief(html, HOME)
    assert brief_from_json(made.as_json())
    return made


def bodies(*texts: str) -> list[bytes]:
    return [text.encode() for text in texts]


def ratings(service: RatingService, domains: Sequence[str], content: bytes) -> object:
    return service.parse_response(FetchResult("", 200, {}, content), domains)


def provider(name: str) -> Provider:
    if name == WikipediaCitations.name:
        return WikipediaCitations("http://wikipedia.example", has_contact=True)
    given = {"CONTACT": "", "MARGINALIA_PUBLIC": False}
    for one in PROVIDERS:
        given |= {f"{one.upper()}_URL": f"http://{one}.example", f"{one.upper()}_API_KEY": "key"}
    built = PROVIDERS[name](given, "en")
    assert built is not None
    return built


def seeds_file(suffix: str, contents: Sequence[bytes], form: Form = Form.TEXT) -> Reader:
    return Reader(from_file(seeds, f"seeds{suffix}"), contents, form, (SeedsError,))


def own_file(suffix: str, contents: Sequence[bytes], form: Form = Form.TEXT) -> Reader:
    read = from_file(lambda path: parse_own_site(str(path)), f"own{suffix}")
    return Reader(read, contents, form, (ValueError,))


CSV = [
    *bodies(forms.SCREAMING_FROG, forms.SEMRUSH_BACKLINKS, forms.SEARCH_CONSOLE),
    forms.AHREFS_BACKLINKS.encode("utf-16"),
]
READERS = {
    "seeds .txt": seeds_file(".txt", bodies(forms.SEEDS_TEXT)),
    "seeds .csv": seeds_file(".csv", CSV),
    "seeds .xlsx": seeds_file(".xlsx", [forms.WORKBOOK], Form.BINARY),
    "seeds .jsonl": seeds_file(".jsonl", bodies(forms.JSON_LINES), Form.JSON),
    "seeds .opml": seeds_file(".opml", bodies(forms.OPML), Form.MARKUP),
    "own pages .csv": own_file(".csv", CSV),
    "own pages .txt": own_file(".txt", bodies(forms.SEEDS_TEXT)),
    "own pages .xlsx": own_file(".xlsx", [forms.WORKBOOK], Form.BINARY),
    "own metric": Reader(
        from_file(read_own_metric, "dr.csv"), bodies(forms.RATINGS), refusals=(OwnMetricError,)
    ),
    "do-not-contact.txt": Reader(
        partial(do_not_contact, "do-not-contact.txt"), bodies(forms.DO_NOT_CONTACT_TEXT)
    ),
    "do-not-contact.csv": Reader(
        partial(do_not_contact, "do-not-contact.csv"), bodies(forms.DO_NOT_CONTACT_TABLE)
    ),
    "weights": Reader(
        from_file(load_weights, "weights.toml"), bodies(forms.WEIGHTS), refusals=(WeightsError,)
    ),
    "hosts file": Reader(from_file(read_hosts_file, "hosts"), bodies(forms.HOSTS)),
    "settings": Reader(
        settings,
        bodies("\n".join(f"{n}={v}" for n, v in forms.SETTINGS.items())),
        refusals=(SettingError,),
    ),
    "robots.txt": Reader(robots, bodies(forms.ROBOTS)),
    "sitemaps": Reader(
        sitemap,
        bodies(forms.SITEMAP, forms.SITEMAP_INDEX, forms.RSS, forms.ATOM),
        Form.MARKUP,
    ),
    "sitemaps, compressed": Reader(sitemap, [forms.gzipped(forms.SITEMAP.encode())], Form.BINARY),
    "wayback index": Reader(wayback, bodies(forms.CDX)),
    "wayback index cdxj": Reader(wayback, bodies(forms.CDXJ), Form.JSON),
    "archived page": Reader(partial(wayback, forms.CDX.encode()), bodies(forms.PAGE), Form.MARKUP),
    "common crawl: crawls": Reader(common_crawl, bodies(forms.COLLINFO), Form.JSON),
    "common crawl: index": Reader(
        lambda content: common_crawl(index=content),
        bodies(forms.COMMON_CRAWL_INDEX),
        Form.JSON,
    ),
    "common crawl: record": Reader(
        lambda content: common_crawl(record=forms.gzipped(content)), [forms.WARC_RECORD]
    ),
    "common crawl: gzip": Reader(
        lambda content: common_crawl(record=content),
        [forms.gzipped(forms.WARC_RECORD)],
        Form.BINARY,
    ),
    "registry: domain": Reader(registry, bodies(forms.RDAP_DOMAIN), Form.JSON),
    "registry: no such domain": Reader(
        lambda content: registry(content, status=404),
        bodies(forms.RDAP_NOT_FOUND),
        Form.JSON,
    ),
    "registry: bootstrap": Reader(
        lambda content: registry(bootstrap=content), bodies(forms.RDAP_BOOTSTRAP), Form.JSON
    ),
    **{
        f"search: {name}": Reader(
            partial(search, provider(name)), bodies(json.dumps(answer)), Form.JSON
        )
        for name, answer in forms.SEARCH_ANSWERS.items()
    },
    "open pagerank": Reader(
        partial(ratings, OpenPageRank("http://o.example", "k"), ["hops.example", "malt.example"]),
        bodies(forms.OPEN_PAGERANK),
        Form.JSON,
    ),
    "ahrefs": Reader(
        partial(ratings, Ahrefs("http://o.example", "k"), ["hops.example"]),
        bodies(forms.AHREFS_RATING),
        Form.JSON,
    ),
    "ranks: graphs": Reader(
        lambda content: newest_release(FetchResult("", 200, {}, content)),
        bodies(forms.GRAPHS),
        Form.JSON,
    ),
    "ranks": Reader(
        lambda content: ranks(forms.gzipped(content)),
        bodies(forms.RANKS),
        refusals=(RanksError,),
    ),
    "ranks: gzip": Reader(ranks, [forms.gzipped(forms.RANKS.encode())], Form.BINARY, (RanksError,)),
    "charsets": Reader(
        headers,
        [
            f"Content-Type: text/html; charset={name}".encode()
            for name in sorted({*aliases.values(), "undefined", "idna", "punycode", "utf-8"})
        ],
    ),
    "links": Reader(links, bodies(forms.LINKS)),
    "arguments": Reader(
        arguments,
        bodies("\n".join(f"{n}={v}" for n, v in forms.ARGUMENTS.items())),
        refusals=(PlanError,),
    ),
    "mail": Reader(mail, bodies("\n\n".join(forms.TEXTS_OF_A_LINK))),
    "headers": Reader(headers, bodies(forms.HEADERS)),
    "page": Reader(page, bodies(forms.PAGE), Form.MARKUP),
    "brief": Reader(brief, bodies(forms.PAGE), Form.MARKUP),
}
