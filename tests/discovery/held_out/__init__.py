"""A loopback web of three niches and their neighbours, on which discovery is measured.

    with LoopbackWeb(sites) as web: ...

`sites` are all hosts that answer. `planted` are the true resource pages ("host/path") by niche,
`copies` further addresses of the same pages. `owners` says of a host which niche or neighbouring
topic it belongs to, also of hosts that are linked and gone. `wikipedia_articles` and `mwmbl_index`
are what outside services know: about a third of it, with `{port}` where the web's port belongs.
"""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import Site
from tests.discovery.held_out.model import NICHES, load_off_topic_pages, load_sites
from tests.discovery.held_out.searches import Article, read_mwmbl_index, wikipedia_articles
from tests.discovery.held_out.serving import serve, with_port
from tests.discovery.held_out.traps import directory, link_farm

__all__ = [
    "NICHES",
    "Article",
    "copies",
    "mwmbl_index",
    "owners",
    "planted",
    "sites",
    "wikipedia_articles",
]

DIRECTORY, FARM = "openpages-directory.example", "toplinks-central.example"


def _sites() -> dict[str, Site]:
    served = {host: serve(site) for host, site in load_sites().items()}
    for key, there in load_off_topic_pages().items():
        if there.alive:
            short = b.answer(b.page(there.name, f"<p>Welcome. {there.about}.</p>"))
            served[_host(key)] = Site(short)
    served[DIRECTORY] = Site(
        b.missing(DIRECTORY),
        {"/": with_port(directory("Open Pages Directory: every category", load_sites().values()))},
    )
    served[FARM] = Site(b.missing(FARM), {"/": with_port(link_farm(FARM, load_sites()))})
    return served


def _owners() -> dict[str, str]:
    linked = {_host(key): there.topic for key, there in load_off_topic_pages().items()}
    traps = {DIRECTORY: "directory", FARM: "link farm"}
    return linked | traps | {host: site.topic for host, site in load_sites().items()}


def _planted() -> dict[str, set[str]]:
    return {
        niche: {
            f"{site.host}{page.path}"
            for site in load_sites().values()
            for page in site.links
            if site.topic == niche and page.planted
        }
        for niche in NICHES
    }


def _copies() -> dict[str, str]:
    return {
        f"{site.host}{other}": f"{site.host}{page.path}"
        for site in load_sites().values()
        for page in site.links
        for other in page.also
    }


def _host(key: str) -> str:
    return key.partition("/")[0]


sites = _sites()
planted = _planted()
owners = _owners()
copies = _copies()
mwmbl_index = read_mwmbl_index()
