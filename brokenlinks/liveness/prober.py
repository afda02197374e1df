"""Gathers the evidence about one target: its page, its name servers, its control pages.

Judges nothing; `followups` decides which control pages are worth a request.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit, urlunsplit

from brokenlinks.html.document import HtmlDocument, parse_html, similarity
from brokenlinks.html.worker import UnreadablePageError, read_within_limits
from brokenlinks.http.decoding import looks_like_html, text_of
from brokenlinks.http.dns import Dns
from brokenlinks.http.response import Fetch, FetchError, FetchResult
from brokenlinks.http.robots import Robots
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.liveness.connectivity import ConnectivityCheck
from brokenlinks.liveness.controls import MAX_DECODED_BYTES, ControlPage, ControlPages, control_page
from brokenlinks.liveness.followups import (
    BROKEN_OFF_ERRORS,
    is_failing,
    looks_like_home_page,
    matches_target,
    needs_another_try,
    needs_home_page,
    needs_siblings,
    siblings_match,
)
from brokenlinks.liveness.redirects import RedirectChain, RedirectFollower
from brokenlinks.liveness.signals import detect_signals
from brokenlinks.liveness.signals.bot_protection import detect_bot_protection, redirects_to_login
from brokenlinks.models.evidence import (
    FAILING_STATUSES,
    PROTOCOL_STATUSES,
    SERVED_STATUSES,
    Evidence,
    RedirectError,
    RootFacts,
    SiblingFacts,
    SkipReason,
)
from brokenlinks.text.clock import Clock
from brokenlinks.text.printable import excerpt
from brokenlinks.text.urls import host_of, is_root, path_segments, registrable_domain

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
MAX_TRIES = 3
MAX_VAIN = 2
"""Links of a host that failed at every try; its others are then asked for once only."""
MAX_REMEMBERED_HOSTS = 10_000
MAX_ANCHORS = 5
MAX_HEADER_LENGTH = 1_000


@dataclass(slots=True)
class _FurtherTries:
    """The further tries at one host: one link at a time, so that those in vain are counted."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    in_vain: int = 0


@dataclass(frozen=True, slots=True)
class _ServedPage:
    """The page at the end of the redirects: its markup and what was read from it."""

    source: str = ""
    document: HtmlDocument = field(default_factory=HtmlDocument)
    is_html: bool = False
    undecodable: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at a target: the evidence, and what control pages are compared with."""

    evidence: Evidence
    chain: RedirectChain
    document: HtmlDocument


class Prober:
    """Probes targets politely by GET; what it learns about a host is used for all its links.

    `robots` None ignores robots.txt. `rng` makes up URLs that do not exist.
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
        self._further_tries: OrderedDict[str, _FurtherTries] = OrderedDict()

    async def probe(
        self,
        url: str,
        anchors: Sequence[str] = (),
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> Evidence:
        """Return the evidence about `url`, which links with the texts `anchors` lead to.

        `is_wanted` is asked once its host has a slot for it: without a request, the evidence is
        that it was skipped. Raises nothing: our own errors are evidence, too.
        """
        try:
            evidence = await self._observe(url, tuple(anchors[:MAX_ANCHORS]), is_wanted)
        except Exception as error:
            logger.exception("Could not examine %s", url)
            return Evidence(
                url, self._clock(), error=FetchError.INTERNAL, detail=excerpt(repr(error), 200)
            )
        return await self._check_connectivity(evidence)

    async def _observe(
        self, url: str, anchors: tuple[str, ...], is_wanted: Callable[[], bool]
    ) -> Evidence:
        look = await self._look(url, anchors, is_wanted=is_wanted)
        if needs_another_try(look.evidence):
            look = await self._try_again(look)
        if is_failing(look.evidence):
            look = await self._try_other_form(look)
        return await self._with_controls(look.evidence, look.chain.answer, look.document)

    async def _try_again(self, look: _Look) -> _Look:
        """Ask a second and a third time, each when the host's next slot comes.

        Where the home page fails as well, the second time tells as much as the third.
        """
        evidence = look.evidence
        host = self._further_tries.setdefault(host_of(evidence.url), _FurtherTries())
        if len(self._further_tries) > MAX_REMEMBERED_HOSTS:
            self._further_tries.popitem(last=False)
        # The transport has sent a request that was broken off twice.
        tries = 2 if evidence.error in BROKEN_OFF_ERRORS else 1
        async with host.lock:
            while host.in_vain < MAX_VAIN and needs_another_try(look.evidence):
                fails = look.evidence.final_url
                if tries == MAX_TRIES or (tries > 1 and not await self._home_answers(fails)):
                    host.in_vain += 1
                    break
                look = await self._look(evidence.url, evidence.anchors)
                tries += 1
        return look

    async def _home_answers(self, url: str) -> bool:
        home = await self._controls.home_page(url)
        return home.status is not None and home.status not in FAILING_STATUSES

    async def _try_other_form(self, look: _Look) -> _Look:
        """Ask for the https form of an http URL that failed, and the other way round.

        What it serves is the page; any other answer shows that the host is not down.
        """
        evidence = look.evidence
        responds = evidence.status is None and await self._redirects.host_responds(
            evidence.final_url
        )
        if url := _other_form(look.chain):
            other = await self._look(evidence.url, evidence.anchors, start=url)
            if other.evidence.status in SERVED_STATUSES and not other.evidence.signals:
                return other
            responds |= other.evidence.status is not None and not is_failing(other.evidence)
        return replace(look, evidence=replace(evidence, host_responds=responds))

    async def _look(
        self,
        url: str,
        anchors: tuple[str, ...],
        *,
        start: str = "",
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> _Look:
        """Look at `url`, or at its other form `start`."""
        start = start or url
        chain = await self._redirects.follow(start, is_wanted=is_wanted)
        if chain.answer.error is FetchError.INTERNAL and not is_wanted():
            chain = replace(chain, skip_reason=SkipReason.BUDGET)
        if chain.received_cookies and _may_need_cookies(url, chain):
            chain = await self._redirects.follow(start, send_cookies=True)
        elif _is_unusual_response(chain.answer):
            chain = await self._redirects.follow(start, plain=True)
        served = await _read_page(chain.answer)
        name_servers: tuple[str, ...] = ()
        if chain.skip_reason is None and chain.dns.addresses:
            name_servers = await self._dns.name_servers(registrable_domain(host_of(url)))
        evidence = self._describe(url, chain, served, anchors, name_servers)
        signals = detect_signals(evidence, served.source, served.document)
        if signals:  # most pages have none, and so many fields take time to copy
            evidence = replace(evidence, signals=signals)
        return _Look(evidence, chain, served.document)

    def _describe(
        self,
        url: str,
        chain: RedirectChain,
        served: _ServedPage,
        anchors: tuple[str, ...],
        name_servers: tuple[str, ...],
    ) -> Evidence:
        answer, document, status = chain.answer, served.document, chain.answer.status
        protection = status and detect_bot_protection(
            status, answer.headers, served.source, document
        )
        return Evidence(
            url,
            self._clock(),
            anchors=anchors,
            name_servers=name_servers,
            skip_reason=chain.skip_reason,
            dns=chain.dns,
            hops=chain.hops,
            final_url=answer.url,
            status=status,
            error=answer.error,
            detail=answer.detail,
            redirect_error=chain.redirect_error,
            to_login=status in SERVED_STATUSES
            and redirects_to_login(url, answer.url, served.source, document),
            headers={
                name: value[:MAX_HEADER_LENGTH]
                for name, value in answer.headers.items()
                if name in RECORDED_HEADERS
            },
            to_fragment=chain.to_fragment,
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
            bot_protection=protection or None,
        )

    async def _with_controls(
        self, evidence: Evidence, answer: FetchResult, document: HtmlDocument
    ) -> Evidence:
        """Add what the home page and siblings show, where it can make a difference."""
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
            facts = RootFacts(
                home.status,
                home.error,
                home.blocked,
                same_body=home.digest == page.digest,
                similarity=round(similarity(home.words, page.words), 2),
                title=home.title,
            )
            evidence = replace(evidence, root=facts)
        return evidence

    async def _siblings(self, evidence: Evidence, page: ControlPage) -> tuple[SiblingFacts, ...]:
        """Request two siblings of the URL, the second only to confirm the first."""
        found: list[SiblingFacts] = []
        for which in (0, 1):
            url, sibling = await self._controls.sibling(evidence.url, which, page)
            facts = SiblingFacts(
                url,
                sibling.status,
                same_redirect=sibling.url == page.url,
                similarity=round(similarity(sibling.words, page.words), 2),
                title=sibling.title,
                h1=sibling.h1,
                canonical=sibling.canonical,
            )
            found.append(facts)
            if not matches_target(facts):
                break
        return tuple(found)

    async def _check_connectivity(self, evidence: Evidence) -> Evidence:
        """Check our own connectivity before a host on the internet gets a negative observation."""
        addresses = evidence.dns.addresses
        # Known without internet: an allowed network, or a reserved name.
        is_local = (
            all(map(self._guard.is_allowlisted, addresses))
            if addresses
            else evidence.dns.host.endswith(".invalid")
        )
        if evidence.skip_reason is not None or is_local:
            return evidence
        negative = evidence.status not in SERVED_STATUSES or bool(evidence.signals)
        self._connectivity.record_result(failed=evidence.status is None)
        if negative and not await self._connectivity.is_online():
            return replace(evidence, offline=True, detail=self._connectivity.problem)
        return evidence


def _may_need_cookies(url: str, chain: RedirectChain) -> bool:
    """Return whether it is a redirect loop, or leads to a page without the requested name.

    Some servers show the page only to visitors who return their cookie.
    """
    if chain.redirect_error in {RedirectError.LOOP, RedirectError.TOO_MANY}:
        return True
    here = path_segments(chain.answer.url)
    return bool(chain.hops) and any(name not in here for name in path_segments(url)[-1:])


def _other_form(chain: RedirectChain) -> str:
    """Return the https form of an http URL that failed, and the other way round; "" for none."""
    parts = urlsplit(chain.answer.url)
    if parts.port or parts.scheme not in _OTHER_SCHEME:
        return ""
    other = urlunsplit(parts._replace(scheme=_OTHER_SCHEME[parts.scheme]))
    return "" if other in {hop.url for hop in chain.hops} else other


_OTHER_SCHEME = {"http": "https", "https": "http"}


async def _read_page(answer: FetchResult) -> _ServedPage:
    is_html = looks_like_html(answer.content_type, answer.body)
    if not is_html and answer.status not in FAILING_STATUSES:
        return _ServedPage()
    text = text_of(answer, MAX_DECODED_BYTES)
    if text is None:
        return _ServedPage(is_html=is_html, undecodable=is_html)
    try:
        document = await read_within_limits(parse_html, text, answer.url)
    except UnreadablePageError:
        return _ServedPage(is_html=is_html, undecodable=is_html)
    return _ServedPage(text, document, is_html=is_html)


def _is_unusual_response(answer: FetchResult) -> bool:
    """Return whether a fussy server may have refused our headers rather than the URL."""
    status = answer.status
    odd_success = status is not None and status // 100 == 2 and status not in SERVED_STATUSES
    return odd_success or status in PROTOCOL_STATUSES
