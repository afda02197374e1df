"""Domains that no longer exist."""

from __future__ import annotations

from brokenlinks.demo import behaviours as b
from tests.labelled.case import Case
from tests.labelled.held_out.dress import Dress, at, host, hugo, oldschool, story

_HIVES = Dress("Beekeeping in Small Gardens", ("Hives", "Swarms", "Honey"), "Updated June 2011")
_SHORT = Dress("gdn.link", ("Shorten", "Statistics"), "Short links for garden clubs")

CASES: tuple[Case, ...] = (
    Case(
        "domain_gone_once_archived",
        ("dead_domain",),
        "smallgardenbees.test/swarms.htm",
        "What to do when your bees swarm",
        captures={
            "smallgardenbees.test/swarms.htm": (
                at(
                    "20110704",
                    oldschool(
                        _HIVES,
                        "Swarms",
                        "<H1>When bees swarm</H1><P>Stay calm. A swarm hanging in a tree is full"
                        " of honey and in no mood to sting. Hold a box under the branch, shake it"
                        " once, turn the box over and leave a gap. By dusk they are all inside.",
                    ),
                ),
            )
        },
    ),
    Case(
        "domain_gone_with_www", ("dead_domain",), "www.fretworkpatterns.test/", "Fretwork patterns"
    ),
    Case(
        "domain_gone_user_page",
        ("dead_domain",),
        "members.valleynet-online.test/~hjbrown/chess/index.html",
        "Harry's chess page",
    ),
    Case(
        "domain_gone_with_umlauts",
        ("dead_domain",),
        "xn--grtnerfreunde-bfb.test/kompost",
        "Kompost richtig anlegen",
    ),
    Case(
        "domain_gone_behind_a_shortener",
        ("dead_domain", "dead_host"),
        "gdnlink.test/prune7",
        "pruning calendar",
        {
            "gdnlink.test": host(
                hugo(
                    _SHORT, "gdn.link", story("Short links for garden clubs", "Paste, cut, share.")
                ),
                b.refusal(404),
                {"/prune7": b.redirect("http://pruning-calendar-online.test:{port}/", 301)},
            )
        },
    ),
)
