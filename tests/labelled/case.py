"""A labelled case: one outbound link, the web around it, and the verdicts that are right for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from brokenlinks.demo.server import DnsEntry, Site
from brokenlinks.demo.services import Capture


@dataclass(frozen=True, slots=True)
class Case:
    """One link as it stands on a resource page, and what is really the case with its target.

    The whole set is served by one loopback web, so every host belongs to one case only.
    """

    name: str
    """Unique, says the trap: "soft_404_french_cms"."""
    verdicts: tuple[str, ...]
    """The right verdict after one run, with the archive asked, first; then those as honest."""
    url: str
    """Host and path, without scheme and port: "brewing-club.example/guides/mash.html"."""
    anchor: str
    sites: Mapping[str, Site] = field(default_factory=dict)
    """The hosts that answer, by name; none for a host that is gone."""
    names: Mapping[str, str | DnsEntry] = field(default_factory=dict)
    """DNS entries beside those of `sites`, or instead of them (CNAME, name servers, failures).
    What is in neither does not exist."""
    captures: Mapping[str, Sequence[Capture]] = field(default_factory=dict)
    """What the Wayback Machine has, by host and path, oldest first."""
    registered: Mapping[str, date] = field(default_factory=dict)
    """When the registry says a domain was registered. It knows nothing of any other domain."""
    closed: bool = False
    """The link leads to a port where nobody listens."""
    falters: bool = False
    """A host fails at first, and answers when it is asked again."""
