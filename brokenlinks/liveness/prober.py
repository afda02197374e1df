"""Gathers the evidence about one target: its page, its name servers, its neighbours.

Judges nothing; what is worth asking for is decided in `doubts`.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from brokenlinks.html.document import Reading, read_html
from brokenlinks.html.similarity import ALIKE, likeness
from brokenlinks.http.content_type import looks_like_html
from brokenlinks.http.decoding import text_of
from brokenlinks.http.dns import Dns
from brokenlinks.http.response import Answer, Fetch, Trouble
from brokenlinks.http.robots import Robots
from brokenlinks.http.ssrf import AddressGuard
from brokenlinks.liveness.connectivity import Canary
from brokenlinks.liveness.controls import TEXT_DECODED, Page, Samples, page_of
from brokenlinks.liveness.followups import may_be_home_page, wants_home_page, wants_siblings
from brokenlinks.liveness.redirects import Journey, Traveller
from brokenlinks.liveness.signals.bot_protection import find_wall, leads_to_gate
from brokenlinks.liveness.signals.detect import signs_of
from brokenlinks.liveness.statuses import PROTOCOL_STATUSES, SERVED_STATUSES
from brokenlinks.models.evidence import DeadEnd, Evidence, RootFacts, SiblingFacts
from brokenlinks.text.clock import Clock
from brokenlinks.text.urls import host_of, is_root, name_of, registrable_domain

logger = logging.getLogger(__name__)

TELLING_HEADERS = (
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
CUT_OFF = frozenset({Trouble.RESET, Trouble.EMPTY_REPLY, Trouble.TIMEOUT})
"""Troubles of a single page, where its host has answered before."""
ANCHORS_KEPT = 5
HEADER_LENGTH_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class _Served:
    """The page at a journey's end: its markup and what was read off it."""

    source: str = ""
    reading: Reading = field(default_factory=Reading)
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
        canary: Canary,
        clock: Clock,
        rng: random.Random,
    ) -> None:
        self._dns = dns
        self._guard = guard
        self._canary = canary
        self._clock = clock
        self._traveller = Traveller(fetch=fetch, dns=dns, guard=guard, robots=robots)
        self._samples = Samples(self._traveller, rng)

    async def examine(self, url: str, anchors: Sequence[str] = ()) -> Evidence:
        """Return the evidence about `url`, linked to with the texts `anchors`.

        Raises nothing: our own failure is evidence too.
        """
        try:
            evidence = await self._observe(url, tuple(anchors[:ANCHORS_KEPT]))
        except Exception as error:
            logger.exception("Could not examine %s", url)
            return Evidence(url, self._clock(), trouble=Trouble.OURS, detail=repr(error)[:200])
        return await self._doubting_ourselves(evidence)

    async def _observe(self, url: str, anchors: tuple[str, ...]) -> Evidence:
        journey = await self._traveller.travel(url)
        if journey.cookies_offered and _led_astray(url, journey):
            journey = await self._traveller.travel(url, with_cookies=True)
        elif _odd(journey.answer):
            journey = await self._traveller.travel(url, plain=True)
        served = _served(journey.answer)
        name_servers = await self._name_servers(url, journey)
        evidence = self._describe(url, journey, served, anchors, name_servers)
        if journey.answer.trouble in CUT_OFF:
            speaks = await self._traveller.host_speaks(journey.answer.url)
            evidence = replace(evidence, host_speaks=speaks)
        evidence = replace(evidence, signs=signs_of(evidence, served.source, served.reading))
        return await self._compared(evidence, journey.answer, served.reading)

    async def _name_servers(self, url: str, journey: Journey) -> tuple[str, ...]:
        if journey.not_asked is not None or not journey.dns.addresses:
            return ()
        return await self._dns.name_servers(registrable_domain(host_of(url)))

    def _describe(
        self,
        url: str,
        journey: Journey,
        served: _Served,
        anchors: tuple[str, ...],
        name_servers: tuple[str, ...],
    ) -> Evidence:
        answer, reading = journey.answer, served.reading
        status = answer.status
        wall = status and find_wall(status, answer.headers, served.source, reading)
        return Evidence(
            url,
            self._clock(),
            anchors=anchors,
            name_servers=name_servers,
            not_asked=journey.not_asked,
            dns=journey.dns,
            hops=journey.hops,
            final_url=answer.url,
            status=status,
            trouble=answer.trouble,
            detail=answer.detail,
            dead_end=journey.dead_end,
            to_login=status in SERVED_STATUSES
            and leads_to_gate(url, answer.url, served.source, reading),
            headers={
                name: said[:HEADER_LENGTH_KEPT]
                for name, said in answer.headers.items()
                if name in TELLING_HEADERS
            },
            to_fragment=journey.to_fragment,
            bytes_read=len(answer.body),
            truncated=answer.truncated,
            is_html=served.is_html,
            undecodable=served.undecodable,
            elapsed=round(answer.elapsed, 3),
            address=answer.address,
            tls=answer.tls,
            title=reading.title,
            h1=reading.h1,
            language=reading.language,
            words=reading.words,
            canonical=reading.canonical,
            fingerprint=reading.fingerprint,
            noindex=reading.noindex,
            script_shell=reading.script_shell,
            blank=reading.blank,
            own_links=reading.own_links,
            wall=wall or None,
        )

    async def _compared(self, evidence: Evidence, answer: Answer, reading: Reading) -> Evidence:
        """Add what the home page and invented neighbours show, where it can make a difference."""
        siblings_wanted = wants_siblings(evidence)
        if not siblings_wanted and not wants_home_page(evidence):
            return evidence
        page = page_of(evidence.url, answer, reading, walled=evidence.wall is not None)
        if siblings_wanted:
            evidence = replace(evidence, siblings=await self._siblings(evidence, page))
        everywhere = bool(evidence.siblings) and all(map(_as_target, evidence.siblings))
        deep = may_be_home_page(evidence) and not is_root(evidence.final_url)
        if wants_home_page(evidence) or (everywhere and deep):
            home = await self._samples.home_page(evidence.final_url)
            evidence = replace(evidence, root=_root_facts(home, page))
        return evidence

    async def _siblings(self, evidence: Evidence, page: Page) -> tuple[SiblingFacts, ...]:
        """Ask for two neighbours of the asked address, the second only to confirm the first."""
        found: list[SiblingFacts] = []
        for which in (0, 1):
            sample = await self._samples.sibling(evidence.url, which, page)
            found.append(_sibling_facts(*sample, page))
            if not _as_target(found[-1]):
                break
        return tuple(found)

    async def _doubting_ourselves(self, evidence: Evidence) -> Evidence:
        """Ask the canary before something negative is held against a host on the internet."""
        local = all(self._guard.is_exception(address) for address in evidence.dns.addresses)
        if evidence.not_asked is not None or (local and _known_here(evidence)):
            return evidence
        negative = evidence.status not in SERVED_STATUSES or bool(evidence.signs)
        self._canary.note(failed=evidence.status is None)
        if negative and not await self._canary.network_is_fit():
            return replace(evidence, canary_failed=True, detail=self._canary.problem)
        return evidence


def _led_astray(url: str, journey: Journey) -> bool:
    """Tell a journey in circles, or to a page that bears nothing of the asked one's name.

    Some servers show a visitor the page who hands back their cookie, and others the door.
    """
    if journey.dead_end in {DeadEnd.LOOP, DeadEnd.TOO_MANY}:
        return True
    return bool(journey.hops) and name_of(url) not in journey.answer.url


def _served(answer: Answer) -> _Served:
    if not looks_like_html(answer.headers.get("content-type", ""), answer.body):
        return _Served()
    text = text_of(answer, TEXT_DECODED)
    if text is None:
        return _Served(is_html=True, undecodable=True)
    return _Served(text, read_html(text, answer.url), is_html=True)


def _root_facts(home: Page, page: Page) -> RootFacts:
    return RootFacts(
        home.status,
        home.trouble,
        home.walled,
        same_body=home.digest == page.digest,
        alike=round(likeness(home.words, page.words), 2),
        title=home.title,
    )


def _sibling_facts(invented: str, sibling: Page, page: Page) -> SiblingFacts:
    return SiblingFacts(
        invented,
        sibling.status,
        same_end=sibling.url == page.url,
        alike=round(likeness(sibling.words, page.words), 2),
        title=sibling.title,
        h1=sibling.h1,
        canonical=sibling.canonical,
    )


def _as_target(sibling: SiblingFacts) -> bool:
    return sibling.status in SERVED_STATUSES and (sibling.same_end or sibling.alike >= ALIKE)


def _odd(answer: Answer) -> bool:
    """Tell the answers that a fussy server may have meant for our headers, not for the page."""
    status = answer.status
    odd_success = status is not None and status // 100 == 2 and status not in SERVED_STATUSES
    return odd_success or status in PROTOCOL_STATUSES


def _known_here(evidence: Evidence) -> bool:
    """Tell what needs no internet to be known: an allowed network, or a reserved name."""
    return bool(evidence.dns.addresses) or evidence.dns.host.endswith(".invalid")
