from __future__ import annotations

import gc
import gzip
import http.client
import json
import re
import socket
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import urlencode

import dns.exception
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.content import (
    CONNECTIVITY_HOSTS,
    RESOURCE_PAGES,
    TARGETS,
    WAYBACK_HOST,
    DemoWeb,
    Truth,
)
from brokenlinks.demo.declared import Reply, behaviour
from brokenlinks.demo.server import (
    ADDRESS,
    ADDRESS_V6,
    NO_ADDRESS,
    REFUSED,
    SERVFAIL,
    SILENT,
    Behaviour,
    LoopbackWeb,
    Site,
)
from brokenlinks.demo.services import Capture, LoopbackWayback
from brokenlinks.html.document import parse_html
from brokenlinks.html.page import read_page
from brokenlinks.liveness.signals.bot_protection import detect_bot_protection
from tests.loopback import misbehaviours as m
from tests.loopback.failing import DOWN, OFFLINE_PAGE, TOO_MANY, slow

PATIENCE = 5.0
IMPATIENCE = 0.2
HOST = "one.example"
SERVED = b.answer("<title>Served</title>")


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes


def get(
    web: LoopbackWeb, host: str = HOST, path: str = "/", method: str = "GET", cookie: str = ""
) -> Got:
    connection = http.client.HTTPConnection(ADDRESS, web.port, timeout=PATIENCE)
    sent = {"Host": f"{host}:{web.port}"} | ({"Cookie": cookie} if cookie else {})
    try:
        connection.request(method, path, headers=sent)
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Got(response.status, headers, response.read())
    finally:
        connection.close()


def connect(web: LoopbackWeb, host: str = HOST, timeout: float = PATIENCE) -> socket.socket:
    """Send a request and leave the answer unread."""
    connection = socket.create_connection((ADDRESS, web.port), timeout)
    connection.sendall(f"GET / HTTP/1.1\r\nHost: {host}:{web.port}\r\n\r\n".encode())
    return connection


def raw(web: LoopbackWeb) -> bytes:
    """Return everything that comes until the server closes."""
    with connect(web) as connection:
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def serving(root: Behaviour) -> LoopbackWeb:
    return LoopbackWeb({HOST: Site(b.missing(HOST), {"/": root})})


FILES = {"chart.pdf": b"%PDF-1.4", "chart.gif": b"GIF89a", "page.html": b"<p>Malt and hops</p>"}


def declaring(reply: Reply) -> LoopbackWeb:
    return serving(behaviour(reply, FILES.__getitem__))


def ask_name(web: LoopbackWeb, name: str, kind: str = "A") -> dns.message.Message:
    question = dns.message.make_query(name, kind)
    return dns.query.udp(question, ADDRESS, PATIENCE, port=web.dns_port)


def answers(message: dns.message.Message) -> list[str]:
    return [record.to_text() for rrset in message.answer for record in rrset]


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoWeb]:
    with DemoWeb() as web:
        yield web


# --- the web itself ---


def test_it_starts_and_stops_at_once_even_with_requests_in_flight() -> None:
    before = set(threading.enumerate())  # other tests of the process may have a web open
    began = time.monotonic()
    with ExitStack() as clients, DemoWeb() as web:
        assert time.monotonic() - began < 1
        clients.enter_context(connect(web, "sleepy.example"))
        clients.enter_context(connect(web, "bulky.example"))
        clients.enter_context(socket.create_connection((ADDRESS, web.port)))
        assert web.wait_for(lambda: len(web.requests) == 2, PATIENCE)
        began = time.monotonic()
    assert time.monotonic() - began < 1
    assert {thread for thread in threading.enumerate() if thread.name == "loopback web"} <= before
    gc.collect()


def test_a_taken_port_is_no_obstacle() -> None:
    with serving(SERVED) as first, LoopbackWeb(first.sites, port=first.port) as second:
        assert first.port != second.port
        assert get(first).body == get(second).body


def test_a_web_that_cannot_start_says_so() -> None:
    with pytest.raises(OverflowError), LoopbackWeb({}, port=70_000):
        pass


def test_hosts_are_told_apart_and_unknown_paths_are_their_own_business() -> None:
    sites = {f"{n}.example": Site(b.missing(n), {"/": b.answer(n)}) for n in ("one", "two")}
    with LoopbackWeb(sites) as web:
        assert (get(web, "one.example").body, get(web, "TWO.example").body) == (b"one", b"two")
        assert get(web, "one.example", "/?utm_source=x").body == b"one"
        gone = get(web, "two.example", "/nowhere")
        assert gone.status == 404
        assert b"Home of two" in gone.body
        with pytest.raises(http.client.RemoteDisconnected):
            get(web, "three.example")


def test_an_ipv6_host_is_served_there() -> None:
    with LoopbackWeb({HOST: Site(SERVED, address=ADDRESS_V6)}) as web:
        assert answers(ask_name(web, HOST, "AAAA")) == [ADDRESS_V6]
        assert answers(ask_name(web, HOST, "A")) == []
        with socket.create_connection((ADDRESS_V6, web.port), PATIENCE) as connection:
            connection.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 200")


def test_every_request_is_logged_with_how_many_were_in_flight() -> None:
    sites = {HOST: Site(SERVED, {"/slow": b.hang}), "two.example": Site(b.hang)}
    with LoopbackWeb(sites) as web:
        get(web)
        get(web, path="/page?id=1")
        with connect(web, "two.example"), connect(web, "two.example"):
            assert web.wait_for(lambda: len(web.requests) == 4, PATIENCE)
        assert (web.count(HOST), web.count(HOST, "/page?id=1"), web.count("none")) == (2, 1, 0)
        assert (
            web.peak_concurrency[HOST],
            web.peak_concurrency["two.example"],
            web.peak_concurrency["none"],
        ) == (1, 2, 0)
        assert web.times(HOST) == sorted(web.times(HOST))
        assert web.asked(HOST)[0].headers["host"] == f"{HOST}:{web.port}"


def test_who_hangs_up_is_no_longer_in_flight() -> None:
    with serving(b.hang) as web:
        with connect(web):
            assert web.wait_for(lambda: len(web.requests) == 1, PATIENCE)
        get(web, path="/when-it-has-gone")
        assert web.peak_concurrency[HOST] == 1


def test_what_is_not_http_is_hung_up_on() -> None:
    with serving(SERVED) as web, socket.create_connection((ADDRESS, web.port), PATIENCE) as other:
        other.sendall(b"\x16\x03\x01 not a request\r\n\r\n")
        assert other.recv(1) == b""
        assert get(web).status == 200


# --- names ---


@pytest.mark.parametrize(
    ("name", "kind", "rcode", "found"),
    [
        (HOST, "A", dns.rcode.NOERROR, [ADDRESS]),
        ("ONE.example", "A", dns.rcode.NOERROR, [ADDRESS]),
        (HOST, "AAAA", dns.rcode.NOERROR, []),
        ("two.example", "A", dns.rcode.NXDOMAIN, []),
        ("www.one.example", "A", dns.rcode.NXDOMAIN, []),
        ("inside.example", "A", dns.rcode.NOERROR, ["10.1.2.3"]),
        ("metadata.example", "A", dns.rcode.NOERROR, ["169.254.169.254"]),
        ("empty.example", "A", dns.rcode.NOERROR, []),
        ("ailing.example", "A", dns.rcode.SERVFAIL, []),
        ("curt.example", "AAAA", dns.rcode.REFUSED, []),
        ("registered.example", "A", dns.rcode.NOERROR, []),
        ("gone.registered.example", "A", dns.rcode.NXDOMAIN, []),
    ],
)
def test_names(name: str, kind: str, rcode: dns.rcode.Rcode, found: list[str]) -> None:
    zone = {
        "inside.example": "10.1.2.3",
        "metadata.example": "169.254.169.254",
        "empty.example": NO_ADDRESS,
        "ailing.example": SERVFAIL,
        "curt.example": REFUSED,
        "www.registered.example": ADDRESS,
    }
    with LoopbackWeb({HOST: Site(SERVED)}, zone) as web:
        message = ask_name(web, name, kind)
        assert (message.rcode(), answers(message)) == (rcode, found)


@pytest.mark.parametrize("kind", ["SOA", "NS"])
def test_a_domain_that_exists_says_so_itself(kind: str) -> None:
    with LoopbackWeb({}, {"www.registered.example": ADDRESS}) as web:
        assert answers(ask_name(web, "registered.example", kind))
        assert ask_name(web, "other.example", kind).rcode() == dns.rcode.NXDOMAIN


def test_a_silent_name_is_never_answered_and_junk_does_no_harm() -> None:
    with LoopbackWeb({}, {"mute.example": SILENT}) as web:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.sendto(b"not dns", (ADDRESS, web.dns_port))
        query = dns.message.make_query("mute.example", "A")
        with pytest.raises(dns.exception.Timeout):
            dns.query.udp(query, ADDRESS, IMPATIENCE, port=web.dns_port)
        assert ask_name(web, "other.example").rcode() == dns.rcode.NXDOMAIN


# --- behaviours ---

STATUSES = [202, 204, 304, 400, 401, 402, 403, 405, 406, 410, 414, 429, 451]
STATUSES += [500, 501, 502, 503, 504, 520, 999]


@pytest.mark.parametrize("status", STATUSES)
def test_a_bare_status(status: int) -> None:
    with serving(b.refusal(status, {"Retry-After": "120"})) as web:
        got = get(web)
        assert (got.status, got.headers["retry-after"]) == (status, "120")
        assert bool(got.body) is (status not in {204, 304})


@pytest.mark.parametrize(
    ("reply", "content_type", "start"),
    [
        ("chart.pdf", "application/pdf", b"%PDF-"),
        ("chart.gif", "image/gif", b"GIF89a"),
        ({"article": ["A & B", "Mash"]}, b.HTML, b"<!doctype html>"),
    ],
)
def test_kinds_of_content(reply: Reply, content_type: str, start: bytes) -> None:
    with declaring(reply) as web:
        got = get(web)
        assert got.headers["content-type"] == content_type
        assert got.body.startswith(start)
        assert get(web, method="HEAD").body == b""


def test_redirects() -> None:
    with serving(b.redirect("http://{host}/there?port={port}", 301)) as web:
        got = get(web)
        assert (got.status, got.body) == (301, b"")
        assert got.headers["location"] == f"http://{HOST}:{web.port}/there?port={web.port}"
    with declaring({"status": 302}) as web:
        assert "location" not in get(web).headers


def test_a_loop_leads_back_to_where_it_was_entered() -> None:
    with declaring({"redirect": "{path}"}) as web:
        assert get(web, path="/?a=1").headers["location"] == "/?a=1"


def test_a_chain_has_as_many_hops_as_it_says_and_no_address_twice() -> None:
    with serving(b.redirect_chain(12, SERVED)) as web:
        path, seen = "/", []
        while (got := get(web, path=path)).status == 302:
            seen.append(path)
            path = got.headers["location"]
        assert (got.status, len(seen), len(set(seen))) == (200, 12, 12)


def test_a_cookie_opens_the_door() -> None:
    door: Reply = {
        "redirect": "{path}",
        "headers": {"Set-Cookie": "seen=1; Path=/"},
        "with_cookie": "page.html",
    }
    with declaring(door) as web:
        shut = get(web)
        assert (shut.status, shut.headers["location"]) == (302, "/")
        cookie = shut.headers["set-cookie"].partition(";")[0]
        assert get(web, cookie=cookie).status == 200


def test_head_lies() -> None:
    with declaring({"body": "page.html", "to_head": 404}) as web:
        assert (get(web, method="HEAD").status, get(web).status) == (404, 200)


# --- misbehaviours ---


def test_nobody_listens_at_the_closed_port() -> None:
    with serving(SERVED) as web, pytest.raises(ConnectionRefusedError):
        socket.create_connection((ADDRESS, web.closed_port), PATIENCE)


def test_reset_and_empty_reply() -> None:
    with serving(b.reset) as web, pytest.raises(ConnectionResetError):
        raw(web)
    with serving(b.empty_reply) as web:
        assert raw(web) == b""


def test_hanging_says_nothing() -> None:
    with (
        serving(b.hang) as web,
        connect(web, timeout=IMPATIENCE) as connection,
        pytest.raises(TimeoutError),
    ):
        connection.recv(1)


def test_dripping_says_hardly_anything() -> None:
    with serving(m.drip) as web, connect(web, timeout=IMPATIENCE) as connection:
        head = b""
        while not head.endswith(b"\r\n\r\n."):
            head += connection.recv(1)
        with pytest.raises(TimeoutError):
            connection.recv(1)
    assert head.startswith(b"HTTP/1.1 200")


def test_an_endless_body_goes_on_as_long_as_it_is_read() -> None:
    with serving(b.endless_body) as web, connect(web) as connection:
        read = 0
        while read < 20_000_000:
            read += len(connection.recv(1_000_000))


def test_answers_that_are_not_http() -> None:
    with serving(b.malformed) as web, pytest.raises(http.client.HTTPException):
        get(web)


def test_headers_beyond_the_standard() -> None:
    with serving(b.sloppy_headers) as web:
        assert b"\r\nthis line has no colon\r\n" in raw(web)
    with serving(m.many_headers("x")) as web:
        assert raw(web).count(b"\r\nX-Filler-") == 10_000
    with serving(m.huge_header("x")) as web:
        assert len(raw(web)) > 1024 * 1024


def test_lengths_that_are_not_true() -> None:
    with (
        serving(m.shorter_than_promised("Hello")) as web,
        pytest.raises(http.client.IncompleteRead) as error,
    ):
        get(web)
    assert error.value.partial == b"Hello"
    with serving(m.longer_than_promised("Hello" * 10)) as web:
        received = raw(web)
        assert b"Content-Length: 20\r\n" in received
        assert received.endswith(b"\r\n\r\n" + b"Hello" * 10)


def test_damaged_compression() -> None:
    with serving(m.broken_gzip(b.article("Starter", "A starter"))) as web:
        body = get(web).body
        with pytest.raises((gzip.BadGzipFile, EOFError, zlib.error)):
            gzip.decompress(body)
        assert b"<title>Starter" in zlib.decompressobj(31).decompress(body, 200)


def test_a_bomb_is_small_until_it_goes_off() -> None:
    with serving(m.gzip_bomb()) as web:
        body = get(web).body
    assert len(body) < 1024 * 1024
    unpacked = 0
    unpacker = zlib.decompressobj(31)
    while not unpacker.eof:
        unpacked += len(unpacker.decompress(body, 16 * 1024 * 1024))
        body = unpacker.unconsumed_tail
    assert unpacked == 256 * 1024 * 1024


def test_an_encoding_that_is_not_the_declared_one(demo: DemoWeb) -> None:
    got = get(demo, "brauwelt.example", "/wuerze")
    assert "utf-8" in got.headers["content-type"]
    assert "Würze" in got.body.decode("latin-1")
    with pytest.raises(UnicodeDecodeError):
        got.body.decode()


def test_pages_are_filled_in_and_take_turns() -> None:
    filled = {"text": "{host} {port} {path} {visit}"}
    with declaring(filled) as web:
        get(web)
        assert get(web, path="/?<b>").body.decode() == f"{HOST}:{web.port} {web.port} /?&lt;b&gt; 2"
    with declaring({"visits": ["chart.gif", "chart.pdf"]}) as web:
        assert [get(web).body[:4] for _ in range(3)] == [b"GIF8", b"%PDF", b"GIF8"]


def test_one_reply_comes_after_another_until_the_last() -> None:
    with declaring({"tries": [503, {"text": "well"}]}) as web:
        assert [get(web).status for _ in range(3)] == [503, 200, 200]


def test_filler_is_repeated() -> None:
    web = serving(behaviour("a.html", lambda _: b"<ul>[[repeat 3 <li>#</li>]]</ul>"))
    with web:
        assert get(web).body == b"<ul><li>0</li><li>1</li><li>2</li></ul>"


@pytest.mark.parametrize("vendor", b.block_pages())
def test_a_block_page_is_recognised_for_what_it_is(vendor: str) -> None:
    with serving(b.block_page(vendor)) as web:
        got = get(web)
    source = got.body.decode()
    reading = parse_html(source)
    assert detect_bot_protection(got.status, got.headers, source, reading) is not None


# --- the archive ---

OLD, NEW = Capture("20150101000000"), Capture("20190601120000")
LATER = Capture("20230101000000", "404")
PAGE = "gone.example/Page.html"


@pytest.fixture
def archive() -> Iterator[LoopbackWeb]:
    captures = {PAGE: [OLD, NEW, LATER], "gone.example/other": [OLD], "else.example/": [NEW]}
    with LoopbackWeb({HOST: Site(LoopbackWayback(captures))}) as web:
        yield web


def index(
    web: LoopbackWeb, url: str = f"http://{PAGE}", wanted: Mapping[str, object] | None = None
) -> Got:
    query = urlencode({"url": url, **(wanted or {})}, doseq=True)
    return get(web, path=f"/cdx/search/cdx?{query}")


def stamps(got: Got) -> list[str]:
    return [line.split(" ")[1] for line in got.body.decode().splitlines()]


def test_index_lines_have_the_archives_fields(archive: LoopbackWeb) -> None:
    first, *rest = index(archive).body.decode().splitlines()
    key, timestamp, original, mime, status, digest, length = first.split(" ")
    assert (key, timestamp, mime, status) == (
        "example,gone)/page.html",
        OLD.timestamp,
        "text/html",
        "200",
    )
    assert original == f"http://{PAGE}"
    assert re.fullmatch(r"[A-Z2-7]{32}", digest)
    assert int(length) == len(OLD.body)
    assert len(rest) == 2


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [OLD, NEW, LATER]),
        ({"filter": "statuscode:200"}, [OLD, NEW]),
        ({"filter": "!statuscode:200"}, [LATER]),
        ({"filter": ["statuscode:200", "!timestamp:2015.*"]}, [NEW]),
        ({"limit": -1}, [LATER]),
        ({"limit": 1}, [OLD]),
        ({"limit": -1, "filter": "statuscode:200"}, [NEW]),
        ({"from": "2018"}, [NEW, LATER]),
        ({"from": "2016", "to": "2019"}, [NEW]),
        ({"matchType": "exact"}, [OLD, NEW, LATER]),
        ({"matchType": "host"}, [OLD, NEW, LATER, OLD]),
    ],
)
def test_the_index_is_filtered(
    archive: LoopbackWeb, wanted: dict[str, object], found: list[Capture]
) -> None:
    assert stamps(index(archive, wanted=wanted)) == [capture.timestamp for capture in found]


@pytest.mark.parametrize(
    "url",
    [
        "https://gone.example/Page.html",
        "http://www.GONE.example:8765/page.html",
        "gone.example/PAGE.html",
    ],
)
def test_spellings_of_one_address_meet(archive: LoopbackWeb, url: str) -> None:
    assert len(stamps(index(archive, url))) == 3


def test_json_has_a_header_row_and_chosen_fields(archive: LoopbackWeb) -> None:
    got = index(archive, wanted={"output": "json", "fl": "timestamp,statuscode", "limit": -1})
    assert json.loads(got.body) == [["timestamp", "statuscode"], [LATER.timestamp, "404"]]
    assert json.loads(index(archive, "http://never.example/", {"output": "json"}).body) == []
    assert index(archive, "http://never.example/").body == b""


def test_playback(archive: LoopbackWeb) -> None:
    newest = get(archive, path="/web/http://gone.example/Page.html")
    assert newest.status == 302
    assert newest.headers["location"] == f"/web/{LATER.timestamp}/http://gone.example/Page.html"
    copy = get(archive, path=f"/web/{NEW.timestamp}id_/http://gone.example/Page.html")
    assert (copy.status, copy.body.decode()) == (200, NEW.body)
    assert get(archive, path=f"/web/{LATER.timestamp}id_/http://{PAGE}").status == 404
    assert get(archive, path="/web/http://never.example/").status == 404


@pytest.mark.parametrize(
    ("failure", "status", "text"),
    [
        (DOWN, 503, b"Unavailable"),
        (TOO_MANY, 429, b"Too Many"),
        (OFFLINE_PAGE, 200, b"<h1>Temporarily offline</h1>"),
    ],
)
def test_the_archive_fails_on_demand(
    archive: LoopbackWeb, failure: Behaviour, status: int, text: bytes
) -> None:
    healthy = archive.sites[HOST].otherwise
    archive.sites[HOST].otherwise = failure
    for path in ("/cdx/search/cdx?url=x.example", "/web/http://x.example/"):
        got = get(archive, path=path)
        assert got.status == status
        assert text in got.body
        assert "retry-after" not in got.headers
    archive.sites[HOST].otherwise = healthy
    assert get(archive, path="/cdx/search/cdx?url=x.example").body == b""


def test_a_slow_archive_answers_in_the_end() -> None:
    with LoopbackWeb({HOST: Site(slow(LoopbackWayback({}), IMPATIENCE))}) as web:
        began = time.monotonic()
        assert index(web).status == 200
        assert time.monotonic() - began >= IMPATIENCE


# --- the demo's story ---


def test_every_target_is_linked_to_and_every_planted_link_has_its_truth(demo: DemoWeb) -> None:
    linked = set()
    for page in RESOURCE_PAGES:
        url = demo.url(page.host, page.path)
        got = get(demo, page.host, page.path)
        assert got.status == 200
        linked |= {link.url for link in read_page(got.body.decode(), url).outbound_links}
    assert linked == {demo.target_url(key) for key in TARGETS}


def test_each_kind_of_truth_is_told() -> None:
    truths = {target.truth for target in TARGETS.values()}
    assert truths == set(Truth)


@pytest.mark.parametrize(
    ("key", "root", "asked"),
    [
        ("brewwiki.example/", 200, 200),
        ("hopsandmore.example/storage-guide", 200, 404),
        ("meadcraft.example/first-mead", 200, 410),
        ("wholly-missing.example/maps", 404, 404),
        ("club-intern.example/minutes", 200, 302),
        ("shielded.example/clone-recipes", 403, 403),
    ],
)
def test_targets_answer_as_planted(demo: DemoWeb, key: str, root: int, asked: int) -> None:
    host, _, path = key.partition("/")
    assert get(demo, host, "/").status == root
    assert get(demo, host, f"/{path}").status == asked


@pytest.mark.parametrize(
    ("host", "rcode", "found"),
    [
        *((canary, dns.rcode.NOERROR, [ADDRESS]) for canary in CONNECTIVITY_HOSTS),
        ("thebrewclub.example", dns.rcode.NXDOMAIN, []),
        ("shop.maltmill.example", dns.rcode.NXDOMAIN, []),
        ("maltmill.example", dns.rcode.NOERROR, [ADDRESS]),
        ("ftp.hoplands.example", dns.rcode.NOERROR, []),
        ("shaky-names.example", dns.rcode.SERVFAIL, []),
        ("curt-names.example", dns.rcode.REFUSED, []),
        ("intranet.example", dns.rcode.NOERROR, ["10.1.2.3"]),
        ("gone-registrar-page.example", dns.rcode.NXDOMAIN, []),
    ],
)
def test_names_of_the_story(
    demo: DemoWeb, host: str, rcode: dns.rcode.Rcode, found: list[str]
) -> None:
    message = ask_name(demo, host)
    assert (message.rcode(), answers(message)) == (rcode, found)


def test_the_archive_remembers_what_the_dead_were(demo: DemoWeb) -> None:
    url = demo.target_url("hopsandmore.example/storage-guide")
    newest = get(demo, WAYBACK_HOST, f"/cdx/search/cdx?filter=statuscode:200&limit=-1&url={url}")
    _, timestamp, original, *_ = newest.body.decode().split(" ")
    assert original == url
    copy = get(demo, WAYBACK_HOST, f"/web/{timestamp}id_/{original}")
    assert b"<h1>Hop storage guide</h1>" in copy.body
