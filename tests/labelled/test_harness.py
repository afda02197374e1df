"""The measure itself, measured: on cases of its own, few and clear."""

from __future__ import annotations

import math
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest

from brokenlinks.demo import behaviours as b
from brokenlinks.demo.server import SERVFAIL, Behaviour, Site
from tests.labelled import matrix
from tests.labelled.case import Case
from tests.labelled.others import CHECKERS, Checker, find_broken, find_program
from tests.labelled.proxy import ForwardingProxy, proxied_url
from tests.labelled.run import CaseResult, Run, Traffic, run
from tests.labelled.web import LINKS_PER_PAGE, TIMEOUT, LabelledWeb


def case(name: str, verdict: str, behaviour: Behaviour) -> Case:
    host = f"{name}.example"
    home = b.answer(b.article(host, "Our site"))
    site = Site(b.missing(host), {"/": home, "/guide": behaviour})
    return Case(name, (verdict,), f"{host}/guide", f"The guide of {name}", {host: site})


ALIVE = case("alive", "alive", b.answer(b.article("The guide", "Brewing")))
CASES = (
    ALIVE,
    case("hopping", "alive", b.redirect_chain(3, b.answer(b.article("A guide", "Brewing")))),
    case("gone", "dead_gone", b.refusal(410)),
    case("refusing", "blocked", b.refusal(403)),
    Case("nowhere", ("dead_domain",), "nowhere.example/", "A guide"),
    Case(
        "unsure", ("transient",), "unsure.example/", "A guide", names={"unsure.example": SERVFAIL}
    ),
)


def judged(*results: tuple[tuple[str, ...], str]) -> list[CaseResult]:
    return [
        CaseResult(Case(f"case {n}", verdicts, f"case-{n}.example/", ""), verdict, "", "", "")
        for n, (verdicts, verdict) in enumerate(results)
    ]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Run:
    with LabelledWeb(CASES) as web:
        return run(web, tmp_path_factory.mktemp("harness"))


@pytest.mark.slow
def test_the_program_is_asked_about_every_case(ran: Run) -> None:
    assert {j.case.name: j.verdict for j in ran.results if j.case.name != "unsure"} == {
        each.name: each.verdicts[0] for each in CASES if each.name != "unsure"
    }


@pytest.mark.slow
def test_requests_are_counted_at_the_hosts_of_the_cases(ran: Run) -> None:
    assert ran.traffic.busiest == "hopping.example"
    assert ran.traffic.extra >= 3
    assert ran.traffic.checked == len(CASES)
    assert len(CASES) <= ran.traffic.requests


def test_right_is_any_honest_verdict() -> None:
    results = judged(
        (("soft_404", "redirected_home"), "redirected_home"),
        (("soft_404",), "alive"),
        (("alive",), "soft_404"),
        (("drifted", "hijacked"), "hijacked"),
    )
    assert matrix.recall(results, "soft_404") == 1 / 2
    assert matrix.precision(results, "soft_404") == 0
    assert matrix.precision(results, "redirected_home") == 1


def test_dead_is_dead_whatever_it_died_of() -> None:
    results = judged(
        (("parked",), "soft_404"),
        (("parked",), "unknown"),
        (("blocked",), "dead_gone"),
        (("drifted", "hijacked"), "hijacked"),
    )
    assert matrix.dead_precision(matrix.called_dead(results)) == 2 / 3
    assert matrix.dead_recall(results) == matrix.dead_recall(results, "parked") == 1 / 2
    assert math.isnan(matrix.dead_recall(results, "hijacked"))


def test_only_what_answers_counts_for_the_share_of_unknown() -> None:
    results = [CaseResult(each, "unknown", "", "", "") for each in CASES]
    results[0] = CaseResult(ALIVE, "alive", "", "", "")
    assert matrix.unknown_share(results) == 3 / 4


def test_the_matrix_shows_every_verdict_and_what_is_not_one() -> None:
    results = judged((("alive",), "absent"))
    text = matrix.matrix_text(results)
    assert all(verdict in text for verdict in (*matrix.VERDICTS, "absent"))
    assert "case 0: expected alive, got absent" in matrix.failures_text(results)
    assert "0 for 0 links" in matrix.figures_text(results, Traffic(0, 0, "", 0))


def test_a_seed_shuffles_links_within_and_between_pages() -> None:
    many = [case(f"case-{n}", "alive", b.refusal(404)) for n in range(2 * LINKS_PER_PAGE)]
    webs = LabelledWeb(many), LabelledWeb(many, seed=1), LabelledWeb(many, seed=1)
    ordered, shuffled, again = ([page.sections for page in web.pages] for web in webs)
    assert len(ordered) == len(shuffled) == 2
    assert ordered != shuffled == again


def test_a_host_of_two_cases_is_refused() -> None:
    with pytest.raises(ValueError, match="belongs to two cases"):
        LabelledWeb([ALIVE, case("alive", "alive", b.refusal(404))])


def test_a_proxy_knows_the_names_of_the_web_and_no_others() -> None:
    with LabelledWeb(CASES) as web, ForwardingProxy(web.nameserver, TIMEOUT) as proxy:
        opener = build_opener(ProxyHandler({"http": proxy.url}))
        with opener.open(proxied_url(web.case_url(ALIVE)), timeout=TIMEOUT) as response:
            assert b"The guide" in response.read()
        for url in (web.url("nowhere.example"), web.url("unsure.example"), "http://192.0.2.1:80/"):
            with pytest.raises(HTTPError) as failed:
                opener.open(proxied_url(url), timeout=TIMEOUT)
            failed.value.close()
            assert failed.value.code == 502


@pytest.mark.slow
@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.program)
def test_other_checkers_see_the_same_web(checker: Checker) -> None:
    program = find_program(checker)
    if program is None:
        pytest.skip(f"{checker.program} is not installed")
    with LabelledWeb(CASES) as web:
        broken = find_broken(checker, program, web, CASES)
    assert {each.name for each in broken} == {"gone", "refusing", "nowhere", "unsure"}
