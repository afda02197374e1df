"""Which queries are worth asking whom, best first. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from brokenlinks.discovery.footprints import Footprints
from brokenlinks.http.api import Capabilities

STRONGEST = 2
"""So many of a language's path words ("links", "resources") are searched for before phrases."""


def plan_queries(niche: str, footprints: Footprints, speaks: Capabilities) -> list[str]:
    """Return every query for a niche that a service understands, the most promising first."""
    wanted = [niche] if speaks.semantic else spellings(niche)
    if speaks.footprints:
        rendered = [
            query
            for footprint, in_address in _footprints(footprints, speaks)
            for spelling in wanted
            for query in _rendered(spelling, footprint, speaks, in_address=in_address)
        ]
    else:
        rendered = wanted
    fitting = (q for q in rendered if len(q) <= speaks.longest)
    return [q for q in dict.fromkeys(fitting) if len(q.split()) <= speaks.most_words]


def spellings(niche: str) -> list[str]:
    """Return the ways in which a niche is written: "home brewing", "homebrewing", "home-brewing".

    Niches of three words and more are hardly ever joined.
    """
    words = niche.split()
    return [niche, "".join(words), "-".join(words)] if len(words) == 2 else [niche]


def _footprints(footprints: Footprints, speaks: Capabilities) -> Iterator[tuple[str, bool]]:
    """Yield footprints, and whether each is a word of addresses."""
    strong, weak = footprints.path_words[:STRONGEST], footprints.path_words[STRONGEST:]
    yield from ((word, True) for word in strong)
    yield from ((phrase, False) for phrase in footprints.phrases)
    if speaks.operators:
        yield from ((word, True) for word in weak)


def _rendered(
    spelling: str, footprint: str, speaks: Capabilities, *, in_address: bool
) -> Iterator[str]:
    niche = f'"{spelling}"' if speaks.quotes else spelling
    if speaks.semantic:
        yield f"{footprint} page of a {spelling} club or enthusiast"
    elif in_address and speaks.operators:
        yield f"{niche} intitle:{footprint}"
        yield f"{niche} inurl:{footprint}"
    else:
        yield f'{niche} "{footprint}"' if speaks.quotes else f"{niche} {footprint}"
