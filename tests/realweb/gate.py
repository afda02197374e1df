"""Prints what the gate of discovery decides on labelled pages of the real web (see README.md)."""

from __future__ import annotations

import argparse
import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from w3lib.encoding import html_to_unicode

from brokenlinks.discovery.resource_score import non_resource_type, resource_score
from brokenlinks.html.page import read_page

THRESHOLD = 0.5
"""The default of MIN_RESOURCE_SCORE."""
LABELS = Path(__file__).with_name("labels.jsonl")


def main() -> None:
    """Judge the pages of one half that are in the folder of clones, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clones", type=Path, help="folder of git clones named owner+name")
    parser.add_argument("half", choices=("tuned", "held_out"))
    options = parser.parse_args()
    labels = map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())
    decided: Counter[tuple[str, str]] = Counter()
    for label in (label for label in labels if label["half"] == options.half):
        decision, why = _decision(label, options.clones)
        decided[label["kind"], decision] += 1
        if (label["kind"] == "links") != (decision == "accepted"):
            print(f"{decision}: {label['kind']} {label['repository']} {label['path']}: {why}")
    for (kind, decision), count in sorted(decided.items()):
        print(f"{kind}: {count} {decision}")


def _decision(label: dict[str, Any], clones: Path) -> tuple[str, str]:
    """Return "accepted", "rejected" or "missing" (not in the folder), and why."""
    clone = clones / label["repository"].replace("/", "+")
    shown = subprocess.run(
        ["git", "-C", clone, "show", f"HEAD:{label['path']}"],
        capture_output=True,
        check=False,
    )
    if shown.returncode:
        return "missing", shown.stderr.decode(errors="replace").strip()
    page = read_page(html_to_unicode(None, shown.stdout)[1], label["url"])
    found = resource_score(page)
    other = non_resource_type(page)
    accepted = found.score >= THRESHOLD and not other
    return "accepted" if accepted else "rejected", other or found.explanation


if __name__ == "__main__":
    main()
