"""A real archive: pywb over WARC files made here, asked through the real program.

`.ci/run` installs pywb in an environment of its own, as it pins old things, and names its folder of
programs in BROKENLINKS_PYWB.
"""

from __future__ import annotations

import base64
import hashlib
import os
import socket
import sqlite3
import subprocess
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.html.summary import brief_from_json
from tests.end_to_end.conftest import Workspace

PYWB = os.environ.get("BROKENLINKS_PYWB", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not PYWB, reason="BROKENLINKS_PYWB names no pywb: pip install pywb into its own environment"
    ),
]
STARTING = 30.0


def warc_record(url: str, date: str, status: str, body: str) -> bytes:
    payload = body.encode()
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(payload)}\r\n\r\n"
    block = http.encode() + payload
    digest = base64.b32encode(hashlib.sha1(payload).digest()).decode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"WARC-Payload-Digest: sha1:{digest}\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def is_up(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2):
            return True
    except OSError:
        return False


@pytest.fixture
def archive(workspace: Workspace, tmp_path: Path) -> Iterator[str]:
    """Return the address of a pywb that holds the demo's hop storage guide, twice good."""
    url = workspace.web.url("hopsandmore.example", "/storage-guide")
    guide = b.article("Hop storage guide", "Keep hops cold").replace(
        "<p>", "<h2>Cold and dark</h2><p>", 1
    )
    records = [
        warc_record(url, "2018-05-14T09:30:00Z", "200 OK", guide),
        warc_record(url, "2021-05-14T09:30:00Z", "200 OK", b.page("Page not found", "Sorry.")),
        warc_record(url, "2023-05-14T09:30:00Z", "404 Not Found", "gone"),
    ]
    (tmp_path / "pages.warc").write_bytes(b"".join(records))
    for words in (["init", "web"], ["add", "web", "pages.warc"]):
        manage = [f"{PYWB}/wb-manager", *words]
        subprocess.run(manage, cwd=tmp_path, check=True, capture_output=True)
    port = free_port()
    command = [f"{PYWB}/wayback", "-b", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        deadline = time.monotonic() + STARTING
        while not is_up(port) and time.monotonic() < deadline:
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


def test_a_real_archive_tells_what_the_page_was(workspace: Workspace, archive: str) -> None:
    page = workspace.web.url("www.hopclub.example", "/links.html")
    workspace.settings = {"WAYBACK_URL": archive, "WAYBACK_CDX_URL": f"{archive}/web/cdx"}
    done = workspace.crawl(urls=page, max_depth=0)
    assert done.returncode == 0, done.stderr
    query = (
        "SELECT archive_outcome, archive_url, archive_brief, archive_gone_after"
        " FROM targets WHERE url LIKE '%storage-guide'"
    )
    with closing(sqlite3.connect(workspace.folder / "output" / "journal.sqlite")) as store:
        outcome, copy, summary, gone_after = store.execute(query).fetchone()
    brief = brief_from_json(summary)
    assert outcome == "found"
    assert "/web/20180514093000/" in copy, "a copy of an error page is stepped over"
    assert gone_after
    assert brief is not None
    assert (brief.title, brief.language) == ("Hop storage guide", "en")
    assert "Cold and dark" in brief.headings
