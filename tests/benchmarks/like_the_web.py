"""Our whole crawl beside lychee over links that answer as the web does.

    python -m tests.benchmarks.like_the_web --links 10000

Latency is lognormal with a median of 300 ms; of the hosts 8 % do not exist, 3 % never answer, 1 %
drip, 70 % speak TLS; one host holds 3 % of the links, the others ever fewer. Both checkers have
two links in flight at a host and a second between two starts there. Printed beside them: the bound
that manners and waiting set, however quick a checker is.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import ssl
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from itertools import accumulate
from math import log
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from brokenlinks.demo.server import NameServer
from tests.benchmarks.contest import Measured, crawl_command, lychee_command, measure, served

AT_ONCE, PER_HOST, INTERVAL, TIMEOUT = 128, 2, 1.0, 20
PAGES_AT_ONCE = 64
"""All are named, so none is read before a better one."""
MEDIAN, SPREAD = 0.3, 0.6
"""Of the latency: seconds, and the deviation of its logarithm."""
BIGGEST, FALL, HEAD_START = 0.03, 0.8, 10
"""The biggest host's share of the links; how fast the others get smaller."""
LINKS_ON_A_PAGE, LINKS_OF_A_HOST = 20, 4.5
NAMES_IN_A_CERTIFICATE = 50
LIVING = b"<title>Recipe</title><h1>Recipe</h1><p>" + b"Mash, boil, ferment, bottle. " * 200
PAGES = "127.200."
"""Where the addresses of the pages begin."""
GONE = b"<title>Not found</title><p>Not here."


@dataclass(frozen=True)
class Web:
    """`links` are spread over hosts, each of a kind, and over resource pages that hold them."""

    links: int

    @cached_property
    def hosts(self) -> int:
        return round(self.links / LINKS_OF_A_HOST)

    @cached_property
    def pages(self) -> int:
        return self.links // LINKS_ON_A_PAGE

    @cached_property
    def host_of(self) -> list[int]:
        """Return the host of each link."""
        chance = random.Random(self.links)
        shares = [1 / (n + HEAD_START) ** FALL for n in range(1, self.hosts)]
        rest = [share * (1 - BIGGEST) / sum(shares) for share in shares]
        sums = list(accumulate([BIGGEST, *rest]))
        return chance.choices(range(self.hosts), cum_weights=sums, k=self.links)

    def kind(self, host: int) -> str:
        """Tell what becomes of who asks a host; the biggest one answers."""
        at = host * 37 % 100
        if host == 0 or at >= 12:
            return "alive"
        return "unknown" if at < 8 else "silent" if at < 11 else "dripping"

    def secure(self, host: int) -> bool:
        return host * 53 % 100 < 70

    def name(self, host: int) -> str:
        return f"h{host}.example"

    def target(self, link: int, ports: tuple[int, int], *, by_name: bool) -> str:
        """Return a link's address; lychee, which knows no name server of ours, is spared names."""
        host = self.host_of[link]
        scheme, port = ("https", ports[1]) if self.secure(host) else ("http", ports[0])
        unnamed = f"h{host}.invalid" if self.kind(host) == "unknown" else _address(host)
        named = self.name(host) if by_name else unnamed
        return f"{scheme}://{named}:{port}/{_state(link)}/{link}.html"

    @cached_property
    def living(self) -> int:
        """Return how many links lead to a page that is there."""
        return sum(
            self.kind(host) == "alive" and _state(link) == "alive"
            for link, host in enumerate(self.host_of)
        )

    def page(self, number: int, ports: tuple[int, int]) -> bytes:
        links = "".join(
            f'<li><a href="{self.target(n, ports, by_name=True)}">Homebrew recipe {n}</a></li>'
            for n in range(number, self.links, self.pages)
        )
        title = "Homebrewing links"
        return f"<html lang=en><title>{title}</title><h1>{title}</h1><ul>{links}</ul>".encode()

    def bound(self) -> tuple[float, float]:
        """Return the seconds the longest queue takes, and all waiting shared by the gate."""
        queues = Counter(self.host_of)
        longest = max(n for host, n in queues.items() if self.kind(host) == "alive") * INTERVAL
        each = {"alive": MEDIAN * 1.2, "silent": TIMEOUT, "dripping": TIMEOUT, "unknown": 0.0}
        waiting = sum(each[self.kind(host)] for host in self.host_of)
        return longest, waiting / AT_ONCE


@dataclass
class Counted:
    """What the server saw."""

    requests: Counter[str] = field(default_factory=Counter)
    starts: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    in_flight: Counter[str] = field(default_factory=Counter)
    most: int = 0

    def busiest(self) -> float:
        """Return the requests a second of the busiest host, over any ten seconds."""
        return max(
            sum(1 for other in starts[n : n + 200] if other < begun + 10) / 10
            for starts in self.starts.values()
            for n, begun in enumerate(starts)
        )


def serve(web: Web, line: Connection) -> None:
    """Serve until the process is terminated; tells what it counted whenever it is asked."""
    asyncio.run(_Server(web).run(line))


class _Server:
    def __init__(self, web: Web) -> None:
        self._web = web
        self._counted = Counted()
        self._ports = (0, 0)

    async def run(self, line: Connection) -> None:
        loop = asyncio.get_running_loop()
        plain = await asyncio.start_server(self._handle, "0.0.0.0", 0, backlog=4096)
        secure = await asyncio.start_server(
            self._handle, "0.0.0.0", 0, backlog=4096, ssl=_by_name(self._web)
        )
        self._ports = (plain.sockets[0].getsockname()[1], secure.sockets[0].getsockname()[1])
        zone = {self._web.name(n): _address(n) for n in range(self._web.hosts)}
        zone = {
            name: address
            for n, (name, address) in enumerate(zone.items())
            if self._web.kind(n) != "unknown"
        }
        for n in range(self._web.pages):
            zone[f"p{n}.example"] = f"{PAGES}{n // 250}.{1 + n % 250}"
        transport, _ = await loop.create_datagram_endpoint(
            lambda: NameServer(zone), local_addr=("127.0.0.1", 0)
        )
        line.send((self._ports, transport.get_extra_info("sockname")[1]))
        while True:
            await loop.run_in_executor(None, line.recv)
            seen, self._counted = self._counted, Counted()
            line.send((sum(seen.requests.values()), seen.busiest(), seen.most))

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("sockname")[0]
        counted = self._counted
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            counted.requests[address] += 1
            counted.starts[address].append(monotonic())
            counted.in_flight[address] += 1
            counted.most = max(counted.most, counted.in_flight[address])
            await self._answer(request.split(b" ", 2)[1].decode(), address, reader, writer)
            counted.in_flight[address] -= 1
        except (ConnectionError, asyncio.IncompleteReadError):
            counted.in_flight[address] -= 1
        finally:
            writer.close()

    async def _answer(
        self, path: str, address: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        state, _, number = path.strip("/").partition("/")
        kind = "alive" if address.startswith(PAGES) else self._web.kind(_host(address))
        if kind == "silent":
            await reader.read()
            return
        latency = random.lognormvariate(log(MEDIAN), SPREAD)
        await asyncio.sleep(latency)
        body = GONE if state in {"gone", "robots.txt"} else LIVING
        if state == "page":
            body = self._web.page(int(number), self._ports)
        status = "404 Not Found" if body is GONE else "200 OK"
        head = (
            f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        answer = head.encode() + body
        if kind == "dripping":
            for at in range(TIMEOUT * 2):
                writer.write(answer[at : at + 1])
                await writer.drain()
                await asyncio.sleep(1)
            return
        writer.write(answer)
        await writer.drain()


def _state(link: int) -> str:
    return "gone" if link % 10 == 0 else "alive"


def _address(host: int) -> str:
    return f"127.{1 + host // 62_500}.{host // 250 % 250}.{1 + host % 250}"


def _host(address: str) -> int:
    _, high, middle, low = map(int, address.split("."))
    return (high - 1) * 62_500 + middle * 250 + low - 1


def _by_name(web: Web) -> ssl.SSLContext:
    """Return a context that shows each host a certificate of its name, made when it is wanted."""

    @cache
    def of_group(group: int) -> ssl.SSLContext:
        first = group * NAMES_IN_A_CERTIFICATE
        return _context([web.name(n) for n in range(first, first + NAMES_IN_A_CERTIFICATE)])

    def choose(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        if name:
            group = int(name.removeprefix("h").partition(".")[0]) // NAMES_IN_A_CERTIFICATE
            connection.context = of_group(group)

    context = of_group(0)
    context.sni_callback = choose
    return context


def _context(names: list[str]) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(map(x509.DNSName, names)), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as file:
        file.write(certificate.public_bytes(pem))
        file.write(
            key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
        file.flush()
        context.load_cert_chain(file.name)
    return context


def main() -> None:
    """Serve, measure both, print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--links", type=int, default=100_000)
    web = Web(parser.parse_args().links)
    with served(serve, web) as line, tempfile.TemporaryDirectory() as name:
        ports, nameserver = line.recv()
        report(web, ports, nameserver, line, Path(name))


def report(
    web: Web, ports: tuple[int, int], nameserver: int, line: Connection, folder: Path
) -> None:
    """Measure and print."""
    longest, gate = web.bound()
    bound = max(longest, gate)
    print(f"{web.links} links over {web.hosts} hosts on {web.pages} pages")
    print(f"no checker with these manners needs less than {bound:.0f} s: the longest queue takes")
    print(f"{longest:.0f} s, all waiting by {AT_ONCE} at once {gate:.0f} s", flush=True)
    pages = [f"http://p{n}.example:{ports[0]}/page/{n}" for n in range(web.pages)]
    (folder / "seeds.txt").write_text("\n".join(pages))
    manners = {
        "DOWNLOAD_DELAY": INTERVAL,
        "PROBE_DELAY": INTERVAL,
        "PROBE_CONCURRENCY_PER_HOST": PER_HOST,
        "PROBE_CONCURRENCY": AT_ONCE,
        "PROBE_TIMEOUT": TIMEOUT,
        "CONCURRENT_REQUESTS": AT_ONCE + PAGES_AT_ONCE,
        "PAGES_AT_ONCE": PAGES_AT_ONCE,
        "DNS_NAMESERVERS": f"127.0.0.1:{nameserver}",
        "CONNECTIVITY_URLS": pages[0],
    }
    ours = measure(crawl_command(pages, web.links, manners), folder)
    said = (folder / "log").read_text()
    print(said[-1500:])
    alive = re.search(r"Verdicts .*?alive (\d+)", said)
    print(f"of {web.living} living links {alive[1] if alive else 0} were found alive")
    say("brokenlinks", ours, web, bound, line)
    links = [web.target(n, ports, by_name=False) for n in range(web.links)]
    (folder / "links.txt").write_text("\n".join(links))
    command = lychee_command(AT_ONCE, TIMEOUT, per_host=PER_HOST, interval=round(INTERVAL * 1000))
    theirs = measure(command, folder)
    say("lychee", theirs, web, bound, line)
    print(f"brokenlinks takes {ours.wall / theirs.wall:.2f} times as long as lychee")


def say(name: str, measured: Measured, web: Web, bound: float, line: Connection) -> None:
    """Print what a checker cost and what the server saw of it."""
    line.send("counted")
    requests, busiest, most = line.recv()
    print(measured.said(name, web.links))
    print(
        f"{name:12} {measured.wall / bound:8.2f} times the bound, {requests / web.links:.2f}"
        f" requests a link, the busiest host {busiest:.1f} a second, at most {most} at once",
        flush=True,
    )


if __name__ == "__main__":
    main()
