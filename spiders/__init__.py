"""The spiders: thin; the decisions are made in `brokenlinks`.

What they share: why a page that one requested cannot be read.
"""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from brokenlinks.html.worker import UnreadablePageError
from brokenlinks.http.decoding import looks_like_html
from brokenlinks.http.handler import classify_error
from brokenlinks.http.middleware import DisallowedByRobots, RetryLater
from brokenlinks.http.response import FetchError
from brokenlinks.liveness.messages import status_text
from brokenlinks.text.printable import excerpt

FetchProblem = tuple[str, str]
"""Why a page is not used: the stored reason, and the text for the user."""
_MESSAGES = {
    FetchError.DNS: "its host name does not resolve",
    FetchError.REFUSED: "its server refuses connections",
    FetchError.UNREACHABLE: "its server cannot be reached",
    FetchError.CONNECT_TIMEOUT: "its server does not answer",
    FetchError.TIMEOUT: "the server did not answer in time",
    FetchError.RESET: "the server broke off the connection",
    FetchError.EMPTY_REPLY: "the server closed the connection without an answer",
    FetchError.BLOCKED_PORT: "its port is for another service than the web",
    FetchError.TLS: "no secure connection could be made",
}


def page_or_problem(response: Response) -> TextResponse | FetchProblem:
    """Return the response if it can be read as a page, or why not."""
    if response.status >= 400:
        return f"http_{response.status}", f"the server answers {status_text(response.status)}"
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    if not looks_like_html(kind, response.body):
        return "not_html", excerpt(kind, 100) or "no type"
    return response if isinstance(response, TextResponse) else ("not_html", "no text")


def unreadable_problem(error: UnreadablePageError) -> FetchProblem:
    """Return why a page that came could not be read."""
    return "failed_reading", str(error)


def failure_problem(error: BaseException | None) -> FetchProblem:
    """Return why there was no response at all."""
    assert error is not None
    if isinstance(error, DisallowedByRobots):
        return "robots", "robots.txt disallows it"
    if isinstance(error, RetryLater):
        return "failed_rate", "the site asks us to come back later"
    if isinstance(error, IgnoreRequest):
        return "failed_ignored", excerpt(error, 200)
    kind, detail = classify_error(error)
    return f"failed_{kind}", _MESSAGES.get(kind, detail)
