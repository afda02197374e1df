"""What became of a page a spider asked for: can it be read, and if not, why. No I/O."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from brokenlinks.liveness.reading import looks_like_html
from brokenlinks.net.politeness import AsksToComeBackLater, RefusedByRobots
from brokenlinks.net.tolerant import trouble_of

Obstacle = tuple[str, str]
"""Why a page is not used: the machine's word, and a person's."""


def obstacle_to_reading(response: Response) -> Obstacle | None:
    """Return why a response cannot be read as a page, None when it can."""
    if response.status >= 400:
        return f"http_{response.status}", response.url
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
    return f"failed_{trouble}", detail
