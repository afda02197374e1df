"""What became of a page a spider asked for: can it be read, and if not, why. No I/O."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from brokenlinks.http.content_type import looks_like_html
from brokenlinks.http.handler import trouble_of
from brokenlinks.http.middleware import AsksToComeBackLater, RefusedByRobots
from brokenlinks.http.response import Trouble
from brokenlinks.liveness.messages import status_words

Obstacle = tuple[str, str]
"""Why a page is not used: the machine's word, and a person's."""
_SAID = {
    Trouble.DNS: "its name leads to no server",
    Trouble.REFUSED: "its server refuses connections",
    Trouble.UNREACHABLE: "its server cannot be reached",
    Trouble.CONNECT_TIMEOUT: "its server does not answer",
    Trouble.TIMEOUT: "the server did not answer in time",
    Trouble.RESET: "the server broke the connection off",
    Trouble.EMPTY_REPLY: "the server closed the connection without an answer",
    Trouble.TLS: "no secure connection could be made",
}


def obstacle_to_reading(response: Response) -> Obstacle | None:
    """Return why a response cannot be read as a page, None when it can."""
    if response.status >= 400:
        return f"http_{response.status}", f"the server answers {status_words(response.status)}"
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    if not looks_like_html(kind, response.body):
        return "not_html", kind[:100] or "no type"
    return None if isinstance(response, TextResponse) else ("not_html", "no text")


def why_not_fetched(error: BaseException | None) -> Obstacle:
    """Return why there was no response at all."""
    assert error is not None
    if isinstance(error, RefusedByRobots):
        return "robots", "robots.txt asks programs to stay away"
    if isinstance(error, AsksToComeBackLater):
        return "failed_rate", "the site asks to come back later"
    if isinstance(error, IgnoreRequest):
        return "failed_ignored", str(error)[:200]
    trouble, detail = trouble_of(error)
    return f"failed_{trouble}", _SAID.get(trouble, detail)
