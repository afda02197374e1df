"""Which queries are worth asking whom, best first. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from brokenlinks.discovery.footprints import Footprints
from brokenlinks.discovery.providers.base import Capabilities

STRONG_PATH_WORDS = 2
"""So many of a language's path words ("links", "resources") are searched for before phrases."""


def plan_queries(niche: str, footprints: Footprints, capabilities: Capabilities) -> list[str]:
    """Return every query for a niche that a service understands, the most promising first."""
    wanted = [niche] if capabilities.semantic else spellings(niche)
    if capabilities.footprints:
        rendered = [
            query
            for footprint, in_url in _footprints(footprints, capabilities)
            for spelling in wanted
            for query in _render_queries(spelling, footprint, capabilities, in_url=in_url)
        ]
    else:
        rendered = wanted
    fitting = (q for q in rendered if len(q) <= capabilities.max_length)
    return [q for q in dict.fromkeys(fitting) if len(q.split()) <= capabilities.max_words]


def spellings(niche: str) -> list[str]:
    """Return the ways in which a niche is written: "home brewing", "homebrewing", "home-brewing".

    Niches of three words and more are hardly ever joined.
    """
    words = niche.split()
    return [niche, "".join(words), "-".join(words)] if len(words) == 2 else [niche]


def _footprints(footprints: Footprints, capabilities: Capabilities) -> Iterator[tuple[str, bool]]:
    """Yield footprints, and whether each is a word of addresses."""
    strong, weak = (
        footprints.path_words[:STRONG_PATH_WORDS],
        footprints.path_words[STRONG_PATH_WORDS:],
    )
    yield from ((word, True) for word in strong)
    yield from ((phrase, False) for phrase in footprints.phrases)
    if capabilities.operators:
        yield from ((word, True) for word in weak)


def _render_queries(
    spelling: str, footprint: str, capabilities: Capabilities, *, in_url: bool
) -> Iterator[str]:
    niche = f'"{spelling}"' if capabilities.quotes else spelling
    if capabilities.semantic:
        yield f"{footprint} page of a {spelling} club or enthusiast"
    elif in_url and capabilities.operators:
        yield f"{niche} intitle:{footprint}"
        yield f"{niche} inurl:{footprint}"
    else:
        yield f'{niche} "{footprint}"' if capabilities.quotes else f"{niche} {footprint}"
