"""Gathers the evidence about one target: its page, its name servers, its neighbours.

Judges nothing; what is worth asking for is decided in `doubts`.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from brokenlinks.html.document import HtmlDocument, parse_html, similarity
from brokenlinks.http.decoding import looks_like_html, text_of
from brokenlinks.http.dns import Dns
from brokenlinks.http.response import Fetch, FetchError, FetchResult
from brokenlinks.http.robots import Robots
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.liveness.connectivity import ConnectivityCheck
from brokenlinks.liveness.controls import MAX_DECODED_BYTES, ControlPage, ControlPages, control_page
from brokenlinks.liveness.followups import (
    looks_like_home_page,
    matches_target,
    needs_home_page,
    needs_siblings,
    siblings_match,
)
from brokenlinks.liveness.redirects import RedirectChain, RedirectFollower
from brokenlinks.liveness.signals import detect_signals
from brokenlinks.liveness.signals.bot_protection import detect_bot_protection, redirects_to_login
from brokenlinks.models.evidence import (
    PROTOCOL_STATUSES,
    SERVED_STATUSES,
    Evidence,
    RedirectError,
    RootFacts,
    SiblingFacts,
)
from brokenlinks.text.clock import Clock
from brokenlinks.text.urls import host_of, is_root, last_path_segment, registrable_domain

logger = logging.getLogger(__name__)

RECORDED_HEADERS = (
    "content-type",
    "server",
    "location",
    "retry-after",
    "last-modified",
    "x-robots-tag",
    "cf-mitigated",
    "via",
    "x-vercel-error",
    "x-render-routing",
)
INTERRUPTED_ERRORS = frozenset({FetchError.RESET, FetchError.EMPTY_REPLY, FetchError.TIMEOUT})
"""Troubles of a single page, where its host has answered before."""
MAX_ANCHORS = 5
MAX_HEADER_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class _ServedPage:
    """The page at a journey's end: its markup and what was read off it."""

    source: str = ""
    document: HtmlDocument = field(default_factory=HtmlDocument)
    is_html: bool = False
    undecodable: bool = False


class Prober:
    """Asks about a target once, politely, by GET; what it learns of a host serves all its links.

    `robots` None asks whatever robots.txt says. `rng` invents addresses that do not exist.
    """

    def __init__(
        self,
        *,
        fetch: Fetch,
        dns: Dns,
        guard: AddressGuard,
        robots: Robots | None,
        connectivity: ConnectivityCheck,
        clock: Clock,
        rng: random.Random,
    ) -> None:
        self._dns = dns
        self._guard = guard
        self._connectivity = connectivity
        self._clock = clock
        self._redirects = RedirectFollower(fetch=fetch, dns=dns, guard=guard, robots=robots)
        self._controls = ControlPages(self._redirects, rng)

    async def probe(self, url: str, anchors: Sequence[str] = ()) -> Evidence:
        """Return the evidence about `url`, linked to with the texts `anchors`.

        Raises nothing: our own failure is evidence too.
        """
        try:
            evidence = await self._observe(url, tuple(anchors[:MAX_ANCHORS]))
        except Exception as error:
            logger.exception("Could not examine %s", url)
            return Evidence(url, self._clock(), error=FetchError.INTERNAL, detail=repr(error)[:200])
        return await self._check_connectivity(evidence)

    async def _observe(self, url: str, anchors: tuple[str, ...]) -> Evidence:
        journey = await self._redirects.follow(url)
        if journey.received_cookies and _may_need_cookies(url, journey):
            journey = await self._redirects.follow(url, send_cookies=True)
        elif _is_unusual_response(journey.answer):
            journey = await self._redirects.follow(url, plain=True)
        served = _read_page(journey.answer)
        name_servers = await self._name_servers(url, journey)
        evidence = self._describe(url, journey, served, anchors, name_servers)
        if journey.answer.error in INTERRUPTED_ERRORS:
            speaks = await self._redirects.host_responds(journey.answer.url)
            evidence = replace(evidence, host_responds=speaks)
        evidence = replace(
            evidence, signals=detect_signals(evidence, served.source, served.document)
        )
        return await self._with_controls(evidence, journey.answer, served.document)

    async def _name_servers(self, url: str, journey: RedirectChain) -> tuple[str, ...]:
        if journey.skip_reason is not None or not journey.dns.addresses:
            return ()
        return await self._dns.name_servers(registrable_domain(host_of(url)))

    def _describe(
        self,
        url: str,
        journey: RedirectChain,
        served: _ServedPage,
        anchors: tuple[str, ...],
        name_servers: tuple[str, ...],
    ) -> Evidence:
        answer, document = journey.answer, served.document
        status = answer.status
        wall = status and detect_bot_protection(status, answer.headers, served.source, document)
        return Evidence(
            url,
            self._clock(),
            anchors=anchors,
            name_servers=name_servers,
            skip_reason=journey.skip_reason,
            dns=journey.dns,
            hops=journey.hops,
            final_url=answer.url,
            status=status,
            error=answer.error,
            detail=answer.detail,
            redirect_error=journey.redirect_error,
            to_login=status in SERVED_STATUSES
            and redirects_to_login(url, answer.url, served.source, document),
            headers={
                name: said[:MAX_HEADER_LENGTH]
                for name, said in answer.headers.items()
                if name in RECORDED_HEADERS
            },
            to_fragment=journey.to_fragment,
            bytes_read=len(answer.body),
            truncated=answer.truncated,
            is_html=served.is_html,
            undecodable=served.undecodable,
            elapsed=round(answer.elapsed, 3),
            address=answer.address,
            tls=answer.tls,
            title=document.title,
            h1=document.h1,
            language=document.language,
            words=document.words,
            canonical=document.canonical,
            fingerprint=document.fingerprint,
            noindex=document.noindex,
            script_shell=document.script_shell,
            blank=document.blank,
            own_links=document.own_links,
            bot_protection=wall or None,
        )

    async def _with_controls(
        self, evidence: Evidence, answer: FetchResult, document: HtmlDocument
    ) -> Evidence:
        """Add what the home page and invented neighbours show, where it can make a difference."""
        siblings_wanted = needs_siblings(evidence)
        if not siblings_wanted and not needs_home_page(evidence):
            return evidence
        page = control_page(
            evidence.url, answer, document, blocked=evidence.bot_protection is not None
        )
        if siblings_wanted:
            evidence = replace(evidence, siblings=await self._siblings(evidence, page))
        everywhere = siblings_match(evidence)
        deep = looks_like_home_page(evidence) and not is_root(evidence.final_url)
        if needs_home_page(evidence) or (everywhere and deep):
            home = await self._controls.home_page(evidence.final_url)
            evidence = replace(evidence, root=_root_facts(home, page))
        return evidence

    async def _siblings(self, evidence: Evidence, page: ControlPage) -> tuple[SiblingFacts, ...]:
        """Ask for two neighbours of the asked address, the second only to confirm the first."""
        found: list[SiblingFacts] = []
        for which in (0, 1):
            sample = await self._controls.sibling(evidence.url, which, page)
            found.append(_sibling_facts(*sample, page))
            if not matches_target(found[-1]):
                break
        return tuple(found)

    async def _check_connectivity(self, evidence: Evidence) -> Evidence:
        """Ask the canary before something negative is held against a host on the internet."""
        local = all(self._guard.is_allowlisted(address) for address in evidence.dns.addresses)
        if evidence.skip_reason is not None or (local and _is_known_offline(evidence)):
            return evidence
        negative = evidence.status not in SERVED_STATUSES or bool(evidence.signals)
        self._connectivity.record_result(failed=evidence.status is None)
        if negative and not await self._connectivity.is_online():
            return replace(evidence, offline=True, detail=self._connectivity.problem)
        return evidence


def _may_need_cookies(url: str, journey: RedirectChain) -> bool:
    """Tell a journey in circles, or to a page that bears nothing of the asked one's name.

    Some servers show a visitor the page who hands back their cookie, and others the door.
    """
    if journey.redirect_error in {RedirectError.LOOP, RedirectError.TOO_MANY}:
        return True
    return bool(journey.hops) and last_path_segment(url) not in journey.answer.url


def _read_page(answer: FetchResult) -> _ServedPage:
    if not looks_like_html(answer.content_type, answer.body):
        return _ServedPage()
    text = text_of(answer, MAX_DECODED_BYTES)
    if text is None:
        return _ServedPage(is_html=True, undecodable=True)
    return _ServedPage(text, parse_html(text, answer.url), is_html=True)


def _root_facts(home: ControlPage, page: ControlPage) -> RootFacts:
    return RootFacts(
        home.status,
        home.error,
        home.blocked,
        same_body=home.digest == page.digest,
        similarity=round(similarity(home.words, page.words), 2),
        title=home.title,
    )


def _sibling_facts(invented: str, sibling: ControlPage, page: ControlPage) -> SiblingFacts:
    return SiblingFacts(
        invented,
        sibling.status,
        same_redirect=sibling.url == page.url,
        similarity=round(similarity(sibling.words, page.words), 2),
        title=sibling.title,
        h1=sibling.h1,
        canonical=sibling.canonical,
    )


def _is_unusual_response(answer: FetchResult) -> bool:
    """Tell the answers that a fussy server may have meant for our headers, not for the page."""
    status = answer.status
    odd_success = status is not None and status // 100 == 2 and status not in SERVED_STATUSES
    return odd_success or status in PROTOCOL_STATUSES


def _is_known_offline(evidence: Evidence) -> bool:
    """Tell what needs no internet to be known: an allowed network, or a reserved name."""
    return bool(evidence.dns.addresses) or evidence.dns.host.endswith(".invalid")
