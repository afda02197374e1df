"""The throttle limits what is in flight and spaces the starts at one host."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import pytest

from brokenlinks.http.throttle import SharedTurns, Throttle, Turn
from tests.http.virtual_time import run_in_virtual_time


def nothing() -> None:
    """Return no early result: the request is sent."""


def _now() -> float:
    return asyncio.get_running_loop().time()


class Probes:
    """Counts what is in flight while slots are held."""

    def __init__(self, throttle: Throttle, delay: float) -> None:
        self.throttle = throttle
        self.delay = delay
        self.now: Counter[str] = Counter()
        self.peak: Counter[str] = Counter()
        self.peak_in_all = 0
        self.starts: dict[str, list[float]] = {}

    async def probe(self, host: str) -> None:
        async with self.throttle.slot(host, self.delay, nothing):
            self.starts.setdefault(host, []).append(_now())
            self.now[host] += 1
            self.peak[host] = max(self.peak[host], self.now[host])
            self.peak_in_all = max(self.peak_in_all, self.now.total())
            for _ in range(3):
                await asyncio.sleep(0)
            self.now[host] -= 1


def test_one_at_a_time_per_host_and_so_many_in_all() -> None:
    async def run() -> Probes:
        probes = Probes(Throttle(per_host=1, total=5, max_wait=1), delay=0)
        hosts = [f"host{n % 12}.example" for n in range(240)]
        await asyncio.gather(*map(probes.probe, hosts))
        return probes

    probes = run_in_virtual_time(run())
    assert max(probes.peak.values()) == 1
    assert probes.peak_in_all == 5


def test_starts_of_one_host_are_a_delay_apart_and_other_hosts_do_not_wait() -> None:
    async def run() -> Probes:
        probes = Probes(Throttle(per_host=2, total=10, max_wait=1), delay=0.02)
        await asyncio.gather(*(probes.probe(host) for host in ["a", "a", "a", "a", "b"]))
        return probes

    probes = run_in_virtual_time(run())
    starts = probes.starts["a"]
    assert all(later - earlier == pytest.approx(0.02) for earlier, later in pairwise(starts))
    assert probes.starts["b"] == [0.0]


def test_a_resting_host_is_not_asked_and_says_for_how_long() -> None:
    async def run() -> tuple[float, float]:
        throttle = Throttle(per_host=1, total=1, max_wait=1)
        throttle.adjust("tired.example", 429, elapsed=0.1, retry_after=600)
        return throttle.pause_remaining("tired.example"), throttle.pause_remaining("other.example")

    rest, other = run_in_virtual_time(run())
    assert rest == pytest.approx(600)
    assert other == 0


def test_a_refusing_host_is_asked_more_slowly_until_it_answers_well() -> None:
    async def run() -> list[float]:
        throttle = Throttle(per_host=1, total=1, max_wait=1)
        waits = []
        for status in (200, 403, 429, 200):
            throttle.adjust("host.example", status, elapsed=0.01, retry_after=0)
            await throttle.acquire("host.example", 0.01)
            throttle.release("host.example", 0)
            began = _now()
            await throttle.acquire("host.example", 0)
            throttle.release("host.example", 0)
            waits.append(_now() - began)
        return waits

    calm, once, twice, recovered = run_in_virtual_time(run())
    assert calm < once < twice
    assert recovered < once


def test_a_host_is_asked_as_slowly_as_it_wishes_within_reason() -> None:
    async def run() -> dict[str, list[float]]:
        throttle = Throttle(per_host=1, total=5, max_wait=1)
        throttle.set_crawl_delay("slow", 5)
        throttle.set_crawl_delay("endless", 86_400)
        probes = Probes(throttle, delay=1)
        hosts = ("slow", "endless", "usual")
        await asyncio.gather(*(probes.probe(host) for host in hosts for _ in range(3)))
        return probes.starts

    starts = run_in_virtual_time(run())
    assert {h: [round(b - a) for a, b in pairwise(t)] for h, t in starts.items()} == {
        "slow": [5, 5],
        "endless": [30, 30],
        "usual": [1, 1],
    }


def test_the_longest_queue_hardly_waits_for_the_others() -> None:
    async def run() -> float:
        throttle = Throttle(per_host=2, total=10, max_wait=1)

        async def probe(host: str, seconds: float) -> float:
            async with throttle.slot(host, 1.0, nothing):
                await asyncio.sleep(seconds)
            return _now()

        others = [probe(f"host{n}.example", 0.5 + n % 10 / 10) for n in range(600)]
        longest = [probe("longest.example", 0.5) for _ in range(20)]
        ends = await asyncio.gather(*others, *longest)
        return sorted(ends[len(others) :])[-2]  # the last one is a queue of one like the others

    assert run_in_virtual_time(run()) < 25


def test_who_learns_while_waiting_that_asking_is_no_use_takes_no_start() -> None:
    async def run() -> float:
        throttle = Throttle(per_host=1, total=1, max_wait=1)
        silent = False

        async def probe() -> None:
            nonlocal silent
            async with throttle.slot("silent.example", 1.0, lambda: "silent" if silent else None):
                silent = True

        await asyncio.gather(*(probe() for _ in range(50)))
        return _now()

    assert run_in_virtual_time(run()) < 1


def test_hosts_of_one_site_share_its_pace_and_blogs_of_a_blog_host_do_not() -> None:
    async def run() -> dict[str, list[float]]:
        probes = Probes(Throttle(per_host=1, total=10, max_wait=1), delay=1)
        hosts = ("a.club.example", "b.club.example", "club.example", "ann.tumblr.com")
        await asyncio.gather(*(probes.probe(host) for host in (*hosts, "joe.tumblr.com")))
        return probes.starts

    starts = run_in_virtual_time(run())
    of_site = sorted(start for host in starts if "club" in host for start in starts[host])
    assert [round(start) for start in of_site] == [0, 1, 2]
    assert starts["ann.tumblr.com"] == starts["joe.tumblr.com"] == [0.0]


def test_a_slow_host_does_not_hold_up_the_others_of_its_site() -> None:
    async def run() -> float:
        throttle = Throttle(per_host=1, total=10, max_wait=1)
        throttle.set_crawl_delay("slow.club.example", 30)
        probes = Probes(throttle, delay=1)
        slow, quick = ["slow.club.example"] * 3, ["quick.club.example"] * 3
        await asyncio.gather(*map(probes.probe, slow + quick))
        return max(probes.starts["quick.club.example"])

    assert run_in_virtual_time(run()) < 4


def test_an_address_is_asked_a_few_at_a_time_whatever_its_hosts() -> None:
    async def address_of(host: str) -> str:
        return "" if host.startswith("platform") else "192.0.2.1"

    async def run() -> Probes:
        throttle = Throttle(
            per_host=1, total=64, max_wait=1, address_delay=0.25, address_of=address_of
        )
        probes = Probes(throttle, delay=1)

        async def blog(host: str) -> None:
            async with throttle.slot(host, 1, nothing):
                probes.starts.setdefault("blogs", []).append(_now())
                probes.now["blogs"] += 1
                probes.peak["blogs"] = max(probes.peak["blogs"], probes.now["blogs"])
                await asyncio.sleep(20)
                probes.now["blogs"] -= 1

        blogs = [blog(f"blog{n}.example") for n in range(12)]
        others = [probes.probe(f"platform{n}.example") for n in range(12)]
        await asyncio.gather(*blogs, *others)
        return probes

    probes = run_in_virtual_time(run())
    assert probes.peak["blogs"] == 4
    gaps = [later - earlier for earlier, later in pairwise(probes.starts["blogs"])]
    assert min(gaps) == pytest.approx(0.25)
    assert {start for n in range(12) for start in probes.starts[f"platform{n}.example"]} == {0.0}


def test_runs_take_the_starts_at_an_address_in_turn() -> None:
    next_start = 0.0

    async def take_start(_: str, spacing: float) -> float:
        nonlocal next_start
        wait = max(0.0, next_start - _now())
        next_start = _now() + wait + spacing
        return wait

    async def take(_: str) -> Turn:
        return Turn(granted=True, wait=0.0)

    async def give_back(_: Mapping[str, float]) -> None:
        """Nobody waits for a turn here."""

    async def address_of(_: str) -> str:
        return "192.0.2.1"

    async def run() -> list[dict[str, list[float]]]:
        runs = []
        for _ in range(2):
            throttle = Throttle(
                per_host=1, total=64, max_wait=1, address_delay=0.25, address_of=address_of
            )
            throttle.shared_turns = SharedTurns(take, give_back, take_start)
            runs.append(Probes(throttle, delay=1))
        probes = (run.probe(f"{n}.example") for n in range(12) for run in runs)
        await asyncio.gather(*probes)
        return [run.starts for run in runs]

    hops, malt = (
        [start for starts in run.values() for start in starts] for run in run_in_virtual_time(run())
    )
    starts = sorted([*hops, *malt])
    assert starts == pytest.approx([n * 0.25 for n in range(24)])
    assert max(hops) == pytest.approx(max(malt), abs=0.5)


def test_a_host_has_had_its_time_when_its_requests_and_their_pauses_fill_it() -> None:
    async def run() -> list[bool]:
        throttle = Throttle(per_host=1, total=5, max_wait=1, max_host_time=60)
        throttle.set_crawl_delay("slow.example", 30)
        spent = []
        for _ in range(3):
            async with throttle.slot("slow.example", 1.0, nothing):
                spent.append(throttle.is_spent("slow.example"))
        await asyncio.sleep(3600)  # idle time is nobody's
        async with throttle.slot("other.example", 1.0, nothing):
            spent.append(throttle.is_spent("other.example"))
        return spent

    assert run_in_virtual_time(run()) == [False, False, True, False]
