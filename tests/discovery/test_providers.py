"""Every provider through the real program, healthy and in each of its known troubles."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Behaviour, LoopbackWeb, Site
from brokenlinks.demo.services import Article, LoopbackMwmbl, LoopbackWikipedia
from brokenlinks.discovery.footprints import load_footprints, plan_queries
from brokenlinks.discovery.providers import PROVIDERS, providers_from
from brokenlinks.discovery.providers.base import Capabilities, SearchFlow
from brokenlinks.http.response import FetchResult
from brokenlinks.http.service import Outcome
from brokenlinks.models.lookups import SearchResult
from tests.end_to_end.conftest import setting_arguments
from tests.end_to_end.program import run_scrapy
from tests.loopback.engines import (
    MWMBL_THROTTLED,
    WIKIPEDIA_LAGGING,
    WIKIPEDIA_THROTTLED,
    LoopbackBrave,
    LoopbackMarginalia,
    LoopbackSearxng,
    LoopbackSerper,
    LoopbackTavily,
)

KEY = "s3cret-key-of-mine"
KEYS = {f"{name}_API_KEY": KEY for name in ("BRAVE", "TAVILY", "SERPER", "MARGINALIA")}
PAGE_HOST = "hopclub.example"
HOSTS = {
    "wikipedia": ("en.wikipedia.example", "WIKIPEDIA_URL", "/w/api.php"),
    "mwmbl": ("mwmbl.example", "MWMBL_URL", ""),
    "searxng": ("searxng.example", "SEARXNG_URL", ""),
    "brave": ("brave.example", "BRAVE_URL", ""),
    "tavily": ("tavily.example", "TAVILY_URL", ""),
    "serper": ("serper.example", "SERPER_URL", ""),
    "marginalia": ("marginalia.example", "MARGINALIA_URL", ""),
}


@pytest.fixture
def web() -> Iterator[LoopbackWeb]:
    sites = {host: Site(b.refusal(404)) for host, _, _ in HOSTS.values()}
    entries = "".join(f'<li><a href="http://gone-{n}.invalid/">Hops {n}</a></li>' for n in range(9))
    links = b.page("Home brewing links", f"<p>Useful links.</p><ul>{entries}</ul>")
    sites[PAGE_HOST] = Site(b.missing(PAGE_HOST), {"/links": b.answer(links)})
    with LoopbackWeb(sites) as opened:
        yield opened


def crawl(
    web: LoopbackWeb, folder: Path, services: Mapping[str, Behaviour], **settings: object
) -> CompletedProcess[str]:
    """Crawl with every provider switched on, answering as the `services` do."""
    for name, service in services.items():
        web.sites[HOSTS[name][0]].otherwise = service
    addresses = {setting: web.url(host, path) for host, setting, path in HOSTS.values()}
    words = setting_arguments(
        {
            **addresses,
            "ALLOWED_NETWORKS": ["127.0.0.0/8"],
            "DNS_NAMESERVERS": [web.nameserver],
            "CONNECTIVITY_URLS": "",
            "CONTACT": "me@person.example",
            "ARCHIVE_LOOKUPS_PER_RUN": 0,
            "RDAP_LOOKUPS_PER_RUN": 0,
            "CONTACT_SITES_PER_RUN": 0,
            "CITATION_LOOKUPS_PER_RUN": 0,
            "DOWNLOAD_DELAY": 0.02,
            "PROBE_DELAY": 0.02,
            "ADDRESS_DELAY": 0,
            "DNS_TIMEOUT": 2,
            "SEARCH_QUERIES_PER_RUN": 2,
            **settings,
        }
    )
    command = ["crawl", "resources", "-a", "niche=home brewing", *words]
    return run_scrapy(folder, *command, environment=KEYS)


def outcomes(said: str) -> dict[str, str]:
    """Return what the summary says of each provider."""
    [line] = [line for line in said.splitlines() if line.strip().startswith("Searches")]
    told = line.strip().removeprefix("Searches").split(";")
    return {part.split()[0]: part.split()[1].strip(",") for part in told}


@pytest.mark.slow
def test_every_provider_finds_pages(web: LoopbackWeb, tmp_path: Path) -> None:
    index = {web.url(PAGE_HOST, "/links"): "home brewing links resources useful links page club"}
    article = Article("Home brewing", "home brewing", tuple(index), ("Yeast", "Hops"))
    services: dict[str, Behaviour] = {
        "wikipedia": LoopbackWikipedia([article, article]),
        "mwmbl": LoopbackMwmbl(index),
        "searxng": LoopbackSearxng(index),
        "brave": LoopbackBrave(index, key=KEY),
        "tavily": LoopbackTavily(index, key=KEY),
        "serper": LoopbackSerper(index, key=KEY),
        "marginalia": LoopbackMarginalia(index, key=KEY),
    }
    done = crawl(web, tmp_path, services)
    assert done.returncode == 0, done.stderr
    assert outcomes(done.stdout) == dict.fromkeys(PROVIDERS, "ok")
    assert "1 resource pages" in done.stdout
    first = {request.path for request in web.asked(HOSTS["mwmbl"][0])}
    web.requests.clear()
    crawl(web, tmp_path, services)
    second = {request.path for request in web.asked(HOSTS["mwmbl"][0])}
    assert len(first) == len(second) == 2
    assert not first & second, "what was answered is not asked again for a month"


@pytest.mark.slow
def test_each_trouble_has_its_name_and_none_stops_the_run(web: LoopbackWeb, tmp_path: Path) -> None:
    done = crawl(
        web,
        tmp_path,
        {
            "wikipedia": WIKIPEDIA_THROTTLED,
            "mwmbl": MWMBL_THROTTLED,
            "searxng": LoopbackSearxng({}, json_enabled=False),
            "brave": LoopbackBrave({}, key="another"),
            "tavily": LoopbackTavily({}, key=KEY, quota=0),
            "serper": LoopbackSerper({}, key=KEY, quota=0),
            "marginalia": LoopbackMarginalia({}, key="another"),
        },
    )
    assert outcomes(done.stdout) == {
        "wikipedia": "quota",
        "mwmbl": "quota",
        "searxng": "misconfigured",
        "brave": "misconfigured",
        "tavily": "quota",
        "serper": "quota",
        "marginalia": "misconfigured",
    }
    assert done.returncode == 3, "nothing found"
    assert "search.formats" in done.stdout, "says which setting"
    assert "TAVILY_API_KEY" in done.stdout, "says what would help"


@pytest.mark.slow
def test_outages_are_not_taken_for_empty_results(web: LoopbackWeb, tmp_path: Path) -> None:
    done = crawl(
        web,
        tmp_path,
        {
            "wikipedia": WIKIPEDIA_LAGGING,
            "mwmbl": b.answer("<h1>Bad gateway</h1>", 502),
            "searxng": LoopbackSearxng({}, engines_down=True),
            "brave": LoopbackBrave({}, key=KEY),
            "tavily": b.answer("[1, 2", content_type="application/json"),
            "serper": b.answer('{"organic": [{"url": 7}]}', content_type="application/json"),
            "marginalia": b.refusal(403),
        },
    )
    assert outcomes(done.stdout) == {
        "wikipedia": "blocked",
        "mwmbl": "error",
        "searxng": "blocked",
        "brave": "empty",
        "tavily": "error",
        "serper": "error",
        "marginalia": "misconfigured",
    }
    assert "Bad gateway" in done.stdout


def test_no_key_is_ever_shown_or_kept(web: LoopbackWeb, tmp_path: Path) -> None:
    log = tmp_path / "output" / "all.log"
    log.parent.mkdir()
    echo = LoopbackBrave({}, key="another")
    done = crawl(web, tmp_path, {"brave": echo}, LOG_LEVEL="DEBUG", LOG_FILE=str(log))
    assert "subscription token is invalid: [key]" in done.stdout
    written = [done.stdout.encode(), done.stderr.encode()]
    for path in tmp_path.rglob("*"):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                written += [book.read(name) for name in book.namelist()]
        elif path.is_file():
            written.append(path.read_bytes())
    assert len(written) > 10
    assert not any(KEY.encode() in content for content in written)


@pytest.mark.parametrize("language", sorted(load_footprints()))
def test_queries_are_many_distinct_and_within_what_a_service_takes(language: str) -> None:
    speaks = Capabilities(quotes=True, operators=True, max_length=60, max_words=6)
    queries = plan_queries("home brewing", load_footprints()[language], speaks)
    assert len(queries) == len(set(queries)) > 30
    assert all(len(query) <= 60 and len(query.split()) <= 6 for query in queries)
    assert all("home" in query for query in queries)


WITH_KEYS = ("MWMBL", "BRAVE", "TAVILY", "SERPER", "MARGINALIA")
SETTINGS = {
    "CONTACT": "",
    "WIKIPEDIA_URL": "https://{language}.w.example/api",
    "SEARXNG_URL": "https://s.example",
    **{f"{name}_URL": f"https://{name.lower()}.example" for name in WITH_KEYS},
    **{f"{name}_API_KEY": KEY for name in WITH_KEYS},
    "MARGINALIA_PUBLIC": False,
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["results", "web", "organic", "query", "pages", "url", "error", "parse"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def found_with(conversation: SearchFlow, answer: FetchResult) -> SearchResult:
    """Return what a conversation ends with in which every answer is the same."""
    next(conversation)
    for _ in range(100):
        try:
            conversation.send(answer)
        except StopIteration as end:
            found: SearchResult = end.value
            return found
    raise AssertionError("the conversation never comes to an end")


@pytest.mark.slow
@given(json_values, st.sampled_from([200, 200, 400, 401, 403, 429, 500, None]))
def test_whatever_a_service_answers_is_an_outcome(content: object, status: int | None) -> None:
    answer = FetchResult("https://x.example/", status=status, body=json.dumps(content).encode())
    for provider in providers_from(SETTINGS, "en"):
        assert found_with(provider.search("home brewing links"), answer).outcome in Outcome


@pytest.mark.slow
def test_the_doctor_tries_every_provider_and_shows_no_key(web: LoopbackWeb, tmp_path: Path) -> None:
    web.sites[HOSTS["wikipedia"][0]].otherwise = LoopbackWikipedia([Article("Home brewing", "")])
    web.sites[HOSTS["mwmbl"][0]].otherwise = LoopbackMwmbl({})
    web.sites[HOSTS["brave"][0]].otherwise = LoopbackBrave({}, key="another")
    web.sites[HOSTS["tavily"][0]].otherwise = LoopbackTavily({}, key=KEY)
    addresses = {setting: web.url(host, path) for host, setting, path in HOSTS.values()}
    settings = {
        **addresses,
        "SEARXNG_URL": "",
        "WAYBACK_URL": web.url(PAGE_HOST),
        "ALLOWED_NETWORKS": ["127.0.0.0/8"],
        "DNS_NAMESERVERS": [web.nameserver],
        "CONNECTIVITY_URLS": [web.url(PAGE_HOST)],
    }
    keys = {"BRAVE_API_KEY": KEY, "TAVILY_API_KEY": KEY}
    done = run_scrapy(tmp_path, "doctor", *setting_arguments(settings), environment=keys)
    told = {line[6:21].strip(): line[:6].strip() for line in done.stdout.splitlines()}
    assert told == {
        **dict.fromkeys(("settings", "weights", "output folder", "journal"), "ok"),
        **dict.fromkeys(("network", "archive", "wikipedia", "mwmbl", "tavily"), "ok"),
        **dict.fromkeys(("contact", "searxng", "serper", "marginalia"), "note"),
        **dict.fromkeys(("open_pagerank", "ahrefs"), "note"),
        "brave": "WRONG",
    }
    assert done.returncode == 5
    assert KEY not in done.stdout + done.stderr
    fit = run_scrapy(tmp_path, "doctor", *setting_arguments(settings))
    assert fit.returncode == 0, fit.stdout
    unfit = run_scrapy(tmp_path, "doctor", "-s", "PROBE_TIMEOUT=soon")
    assert unfit.returncode == 2
    assert "PROBE_TIMEOUT" in unfit.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        ("nonsense", "Expected '='"),
        ("[en]\nphrases = 'links'", "[en] has no list of words 'phrases'"),
    ],
)
def test_footprints_that_cannot_be_used_are_named_before_anything_is_done(
    tmp_path: Path, content: str | None, said: str
) -> None:
    own = tmp_path / "own.toml"
    if content is not None:
        own.write_text(content, encoding="utf-8")
    named = {"BROKENLINKS_FOOTPRINTS": str(own)}
    for command in (["doctor"], ["crawl", "resources", "-a", "niche=chess"]):
        done = run_scrapy(tmp_path, *command, environment=named)
        assert done.returncode == 2
        assert said in done.stdout + done.stderr
