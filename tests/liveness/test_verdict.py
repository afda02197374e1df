"""The decision table, row by row, and the invariants every history must keep."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokenlinks.http.dns import DnsOutcome
from brokenlinks.http.response import FetchError, Tls
from brokenlinks.liveness.messages import GENERAL_SYMPTOM, label_of, reason_texts, symptom_of
from brokenlinks.liveness.verdict import judge
from brokenlinks.models.evidence import (
    BotProtection,
    DnsFacts,
    Evidence,
    Hop,
    RedirectError,
    RootFacts,
    SiblingFacts,
    SkipReason,
)
from brokenlinks.models.lookups import (
    ArchiveOutcome,
    ArchiveRecord,
    RegistrationOutcome,
    RegistrationRecord,
)
from brokenlinks.models.verdict import Confidence, Reason, Stage, Verdict, VerdictContext

T0 = datetime(2026, 11, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)
DEAD = {
    Verdict.DEAD_GONE,
    Verdict.DEAD_DOMAIN,
    Verdict.DEAD_HOST,
    Verdict.SOFT_404,
    Verdict.REDIRECTED_HOME,
    Verdict.PARKED,
    Verdict.HIJACKED,
}
LIVING_ROOT = RootFacts(status=200)
HOP = Hop("http://hops.example/a", 302)


def observation(at: datetime = T0, **facts: object) -> Evidence:
    facts.setdefault("dns", DnsFacts("hops.example", addresses=("192.0.2.1",)))
    page = {"final_url": "http://hops.example/a", "is_html": True, "words": 300, "title": "Hops"}
    facts = page | {"bytes_read": 9_000} | facts
    return Evidence("http://hops.example/a", at, **facts)  # type: ignore[arg-type]


def unresolved(domain: DnsOutcome, outcome: DnsOutcome = DnsOutcome.NXDOMAIN) -> Evidence:
    facts = DnsFacts("old.hops.example", outcome, domain=domain, twin=DnsOutcome.NXDOMAIN)
    return observation(dns=facts, error=FetchError.DNS)


def archive(**facts: object) -> VerdictContext:
    return VerdictContext(ArchiveRecord(ArchiveOutcome.FOUND, T0, **facts))  # type: ignore[arg-type]


def home(**facts: object) -> Evidence:
    """Return what was seen of a deep link that was sent on to the home page."""
    return observation(
        **{"status": 200, "hops": (HOP,), "final_url": "http://hops.example/", "own_links": 9}
        | facts  # type: ignore[arg-type]
    )


def sibling(**facts: object) -> SiblingFacts:
    return SiblingFacts("http://hops.example/qxzvbnmk", 200, **facts)  # type: ignore[arg-type]


THOUSANDS = settings(max_examples=4 * settings().max_examples, deadline=None)
"""Of all invariants together."""
SILENT_ROOT = RootFacts(error=FetchError.TIMEOUT)
OLD_COPY = ArchiveRecord(ArchiveOutcome.FOUND, T0 + 30 * DAY, captured_at=T0 - 900 * DAY)
"""The archive's answer after a failure that has lasted since T0."""
ARCHIVED_ONCE = VerdictContext(OLD_COPY)


def every_three_days(failure: Evidence) -> list[Evidence]:
    return [replace(failure, checked_at=T0 + n * 3 * DAY) for n in range(5)]


SPAM = {"spam": "slot gacor", "strong_spam": "slot gacor"}
ERROR = {"error_title": "page not found"}
ALIKE = (sibling(similarity=0.97, title="Hops"), sibling(similarity=1.0, title="Hops"))
SAME_REDIRECT = (sibling(same_redirect=True), sibling(same_redirect=True))

ROWS = [
    (observation(skip_reason=SkipReason.ROBOTS), Verdict.UNCHECKED, "robots"),
    (observation(skip_reason=SkipReason.PRIVATE_ADDRESS), Verdict.UNCHECKED, "private_address"),
    (observation(skip_reason=SkipReason.BLOCKED_PORT), Verdict.UNCHECKED, "blocked_port"),
    (observation(status=404, root=LIVING_ROOT, offline=True), Verdict.UNKNOWN, "own_network_down"),
    (unresolved(DnsOutcome.NXDOMAIN), Verdict.DEAD_DOMAIN, "nxdomain"),
    (unresolved(DnsOutcome.OK), Verdict.DEAD_HOST, "nxdomain_sub"),
    (unresolved(DnsOutcome.OK, DnsOutcome.NO_ADDRESS), Verdict.DEAD_HOST, "no_address"),
    (unresolved(DnsOutcome.SERVFAIL), Verdict.TRANSIENT, "dns"),
    (unresolved(DnsOutcome.OK, DnsOutcome.TIMEOUT), Verdict.TRANSIENT, "dns"),
    (observation(error=FetchError.REFUSED), Verdict.TRANSIENT, "refused"),
    (observation(error=FetchError.EMPTY_REPLY), Verdict.TRANSIENT, "empty_reply"),
    (
        observation(status=200, bot_protection=BotProtection("Cloudflare", "x", conclusive=True)),
        Verdict.BLOCKED,
        "bot_protection",
    ),
    (
        observation(status=404, bot_protection=BotProtection("Anubis", "x", conclusive=True)),
        Verdict.BLOCKED,
        "bot_protection",
    ),
    (observation(status=401), Verdict.BLOCKED, "auth"),
    (observation(status=200, to_login=True), Verdict.BLOCKED, "login_redirect"),
    (observation(status=402), Verdict.BLOCKED, "paywall"),
    (observation(status=403), Verdict.BLOCKED, "bot_protection"),
    (observation(status=451), Verdict.BLOCKED, "legal_451"),
    (observation(status=999), Verdict.BLOCKED, "bot_protection"),
    (observation(status=429), Verdict.TRANSIENT, "rate"),
    (observation(status=503, headers={"retry-after": "60"}), Verdict.TRANSIENT, "rate"),
    (observation(status=404, root=LIVING_ROOT), Verdict.DEAD_GONE, "http_404"),
    (observation(status=410, root=LIVING_ROOT), Verdict.DEAD_GONE, "http_410"),
    (observation(status=404, root=RootFacts(404)), Verdict.DEAD_HOST, "http_404"),
    (observation(status=404, root=RootFacts(200, same_body=True)), Verdict.DEAD_HOST, "http_404"),
    (observation(status=404, root=RootFacts(403, blocked=True)), Verdict.BLOCKED, "bot_protection"),
    (observation(status=400), Verdict.UNKNOWN, "http_400"),
    (observation(status=202, bytes_read=90_000), Verdict.UNKNOWN, "http_202"),
    (observation(status=202, bytes_read=300), Verdict.BLOCKED, "bot_protection"),
    (observation(status=304), Verdict.UNKNOWN, "http_304"),
    (observation(error=FetchError.TLS), Verdict.UNKNOWN, "tls"),
    (observation(status=503), Verdict.TRANSIENT, "http_5xx"),
    (
        observation(status=302, redirect_error=RedirectError.LOOP, hops=(HOP,)),
        Verdict.DEAD_GONE,
        "redirect_loop",
    ),
    (
        observation(status=200, signals={"parked_name_server": "x"}),
        Verdict.PARKED,
        "parked_name_server",
    ),
    (observation(status=500, signals={"parked_cname": "x"}), Verdict.PARKED, "parked_cname"),
    (observation(status=403, signals={"parked_cname": "x"}), Verdict.BLOCKED, "bot_protection"),
    (unresolved(DnsOutcome.OK, DnsOutcome.NXDOMAIN), Verdict.DEAD_HOST, "nxdomain_sub"),
    (
        observation(status=404, root=RootFacts(404), signals={"unclaimed_service": "x"}),
        Verdict.DEAD_HOST,
        "unclaimed_service",
    ),
    (observation(status=200, is_html=False, words=0), Verdict.ALIVE, "served"),
    (observation(status=200, is_html=False, words=0, bytes_read=0), Verdict.UNKNOWN, "empty"),
    (observation(status=200, signals={"suspended": "x"}), Verdict.DEAD_HOST, "suspended"),
    (
        observation(status=200, signals={"parked_phrase": "for sale"}),
        Verdict.PARKED,
        "parked_phrase",
    ),
    (
        observation(
            status=200, signals={"parked_phrase": "for sale"}, siblings=(SiblingFacts("", 404),)
        ),
        Verdict.ALIVE,
        "served",
    ),
    (observation(status=200, signals=SPAM), Verdict.DRIFTED, "spam_words"),
    (observation(status=200, words=5, script_shell=True), Verdict.UNKNOWN, "js_shell"),
    (observation(status=200, undecodable=True), Verdict.UNKNOWN, "undecodable"),
    (home(), Verdict.REDIRECTED_HOME, "redirected_home"),
    (home(siblings=SAME_REDIRECT), Verdict.SOFT_404, "redirected_home"),
    (
        home(anchors=("All grain brewing",), title="Brewing all grain"),
        Verdict.MOVED,
        "moved_to_home",
    ),
    (
        home(final_url="http://hops.example/shop", siblings=SAME_REDIRECT),
        Verdict.REDIRECTED_HOME,
        "redirected_to_section",
    ),
    (observation(status=200, signals=ERROR, siblings=ALIKE), Verdict.SOFT_404, "error_page"),
    (observation(status=200, signals=ERROR, noindex=True), Verdict.SOFT_404, "error_page"),
    (
        observation(status=200, siblings=ALIKE, root=RootFacts(200, similarity=1.0), own_links=9),
        Verdict.SOFT_404,
        "same_page_for_all",
    ),
    (observation(status=200, signals=ERROR), Verdict.ALIVE, "served"),
    (observation(status=200, siblings=ALIKE), Verdict.ALIVE, "served"),
    (home(final_url="http://ales.example/hops", anchors=("Hops",)), Verdict.MOVED, "moved"),
    (observation(status=200, skip_reason=SkipReason.ARCHIVED), Verdict.ALIVE, "archived_copy"),
    (observation(status=200), Verdict.ALIVE, "served"),
    (observation(error=FetchError.INTERNAL), Verdict.UNKNOWN, "our_exception"),
]


@pytest.mark.parametrize(("evidence", "verdict", "reason"), ROWS)
def test_each_row_of_the_table(evidence: Evidence, verdict: Verdict, reason: str) -> None:
    judgement = judge([evidence])
    assert (judgement.verdict, judgement.reason) == (verdict, reason)
    assert judgement.sentence.endswith(".")


def test_a_site_the_archive_saw_well_lately_is_taken_to_refuse_us() -> None:
    gone_with_root = observation(status=404, root=RootFacts(404))
    assert judge([gone_with_root], archive(site_archived_recently=True)).verdict is Verdict.BLOCKED
    assert (
        judge([gone_with_root], archive(site_archived_recently=False)).verdict is Verdict.DEAD_HOST
    )


def copy(title: str, **facts: object) -> ArchiveRecord:
    facts = {"captured_at": T0 - 900 * DAY, "words": 700, "language": "en"} | facts
    return ArchiveRecord(ArchiveOutcome.FOUND, T0, title=title, **facts)  # type: ignore[arg-type]


def test_what_the_archive_has_settles_a_doubtful_page() -> None:
    doubtful = observation(status=200, words=120, siblings=ALIKE)
    judgement = judge([doubtful])
    assert (judgement.verdict, judgement.confidence) == (Verdict.ALIVE, Confidence.LOW)
    an_article = VerdictContext(copy("The drying of cones"))
    assert judge([doubtful], an_article).verdict is Verdict.SOFT_404
    always_so = VerdictContext(copy("Hops", words=130))
    assert judge([doubtful], always_so).verdict is Verdict.ALIVE


SLOTS = observation(
    status=200, signals=SPAM, anchors=("Hop growing",), title="Slot gacor", language="id"
)
REGISTERED_LATER = RegistrationRecord(
    "hops.example", RegistrationOutcome.REGISTERED, T0, registered_at=T0 - 90 * DAY
)


def test_a_page_is_hijacked_when_its_copy_spoke_of_another_thing() -> None:
    judgement = judge([SLOTS], VerdictContext(copy("Growing hops at home")))
    assert (judgement.verdict, judgement.confidence) == (Verdict.HIJACKED, Confidence.HIGH)
    assert judgement.stage is Stage.SUSPECTED
    both = judge([SLOTS], VerdictContext(copy("Growing hops at home"), REGISTERED_LATER))
    assert both.stage is Stage.CONFIRMED


def test_a_page_that_always_spoke_of_it_lives() -> None:
    was = copy("Slot machines through the ages: slot gacor explained")
    assert judge([SLOTS], VerdictContext(was)).verdict is Verdict.ALIVE


def test_without_a_copy_or_a_change_of_hands_it_has_drifted() -> None:
    none = ArchiveRecord(ArchiveOutcome.NONE, T0)
    assert judge([SLOTS], VerdictContext(none)).verdict is Verdict.DRIFTED
    same_language = replace(SLOTS, language="en")
    assert judge([same_language], VerdictContext(copy("Growing hops"))).verdict is Verdict.DRIFTED


def test_an_unregistered_domain_is_confirmed_at_once() -> None:
    gone = RegistrationRecord("hops.example", RegistrationOutcome.NOT_FOUND, T0)
    judgement = judge([unresolved(DnsOutcome.NXDOMAIN)], VerdictContext(registration=gone))
    assert (judgement.stage, judgement.confidence) == (Stage.CONFIRMED, Confidence.HIGH)


def test_a_page_that_names_itself_or_its_promise_is_no_error_page() -> None:
    caught = observation(status=200, signals={"error_h1": "page not found"}, siblings=ALIKE)
    assert judge([caught]).verdict is Verdict.SOFT_404
    named = replace(caught, title="Hop growing guide", anchors=("Hop growing",))
    assert judge([named]).verdict is Verdict.ALIVE
    itself = replace(caught, canonical=caught.url)
    assert judge([itself]).verdict is Verdict.ALIVE


def test_an_error_in_the_text_counts_where_invented_addresses_get_the_same_page() -> None:
    short = observation(status=200, words=30, signals={"error_passage": "page not found"})
    assert judge([short]).verdict is Verdict.ALIVE
    alike = replace(short, siblings=ALIKE)
    assert judge([alike]).verdict is Verdict.SOFT_404
    named = replace(alike, title="Hop growing", anchors=("Hop growing",))
    assert judge([named]).verdict is Verdict.ALIVE
    assert judge([replace(alike, signals={})]).verdict is Verdict.UNKNOWN


def test_many_links_that_land_together_make_a_home_page_a_soft_404() -> None:
    assert judge([home()], VerdictContext(shared_redirects=3)).verdict is Verdict.SOFT_404


def test_a_shortener_that_leads_to_a_home_page_is_alive() -> None:
    assert judge([replace(home(), url="http://bit.ly/abc")]).verdict is Verdict.ALIVE


def test_410_is_confirmed_at_once_and_404_by_a_second_look_a_day_later() -> None:
    assert judge([observation(status=410, root=LIVING_ROOT)]).stage is Stage.CONFIRMED
    first = observation(status=404, root=LIVING_ROOT)
    assert judge([first]).stage is Stage.SUSPECTED
    soon = replace(first, checked_at=T0 + timedelta(hours=2))
    assert judge([first, soon]).stage is Stage.SUSPECTED
    later = judge([first, replace(first, checked_at=T0 + DAY)])
    assert (later.stage, later.confidence) == (Stage.CONFIRMED, Confidence.HIGH)


@pytest.mark.parametrize(
    "odd",
    [
        observation(status=200, signals={"error_title": "page not found"}, noindex=True),
        home(final_url="http://hops.example/start", siblings=SAME_REDIRECT),
    ],
)
def test_time_makes_no_oddly_served_page_surer(odd: Evidence) -> None:
    first = judge([odd])
    later = judge([odd, replace(odd, checked_at=T0 + 30 * DAY)])
    assert later.verdict == first.verdict
    assert later.confidence is first.confidence is not Confidence.HIGH


def test_a_title_that_names_an_error_is_a_name_where_neighbours_are_missing() -> None:
    band = observation(status=200, signals={"error_title": "not found"}, words=12)
    assert judge([band]).verdict is Verdict.SOFT_404
    honest = replace(band, siblings=(replace(sibling(), status=404),))
    assert judge([honest]).verdict is Verdict.ALIVE


def test_a_section_that_a_page_stood_in_says_more_than_one_elsewhere() -> None:
    deep = replace(home(siblings=SAME_REDIRECT), url="http://hops.example/old/a")
    up, elsewhere = (
        judge([replace(deep, final_url=f"http://hops.example/{section}")])
        for section in ("old", "start")
    )
    assert (up.confidence, elsewhere.confidence) == (Confidence.HIGH, Confidence.LOW)


def test_a_way_from_one_countrys_pages_to_anothers_home_page_proves_little() -> None:
    found = [
        replace(home(siblings=SAME_REDIRECT), url=f"http://hops.example{asked}", final_url=at)
        for asked, at in (("/us/kettle", "http://hops.example/de/"), ("/x", "http://hops.example/"))
    ]
    abroad, at_home = (judge([seen_there]).confidence for seen_there in found)
    assert (abroad, at_home) == (Confidence.LOW, Confidence.HIGH)


def test_a_museum_that_moved_house_is_not_hijacked_for_a_word_in_its_title() -> None:
    museum = replace(
        home(final_url="http://museum.example/x", title="The hop museum and casino"),
        signals={"spam": "casino"},
    )
    known = archive(title="The hop museum", captured_at=T0, language="en")
    assert judge([museum], known).verdict not in DEAD
    assert judge([replace(museum, title="Casino, best slots")], known).verdict in DEAD


def test_a_host_that_answers_for_its_robots_txt_is_not_gone_with_a_page() -> None:
    lasting = every_three_days(observation(error=FetchError.RESET, root=SILENT_ROOT))
    assert judge(lasting, ARCHIVED_ONCE).verdict is Verdict.DEAD_HOST
    speaking = [replace(one, host_responds=True) for one in lasting]
    assert judge(speaking, ARCHIVED_ONCE).verdict is Verdict.TRANSIENT


def test_a_status_alone_does_not_kill_the_page_that_came_with_it() -> None:
    gone = observation(status=404, root=LIVING_ROOT, words=500, title="Hop growing guide")
    assert judge([gone]).verdict is Verdict.DEAD_GONE
    promised = replace(gone, anchors=("Hop growing guide",))
    assert judge([promised]).verdict is Verdict.UNKNOWN
    assert judge([replace(promised, signals=ERROR)]).verdict is Verdict.DEAD_GONE
    assert judge([replace(gone, script_shell=True, words=3)]).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "end", ["http://m.hops.example/", "http://hops.example/de/", "http://notice.example/"]
)
def test_a_door_that_all_strangers_are_shown_proves_little(end: str) -> None:
    shown = home(siblings=SAME_REDIRECT, final_url=end, own_links=1)
    assert judge([shown]).confidence is not Confidence.HIGH
    assert judge([home(siblings=SAME_REDIRECT)]).confidence is Confidence.HIGH


def test_a_few_words_in_place_of_a_document_are_no_document() -> None:
    words = observation(
        status=200, is_html=False, bytes_read=15, headers={"content-type": "text/plain"}, words=0
    )
    asked = replace(words, url="http://hops.example/list.pdf")
    assert judge([asked]).verdict is Verdict.UNKNOWN
    assert judge([words]).verdict is Verdict.ALIVE
    assert judge([replace(asked, url="http://hops.example/list.csv")]).verdict is Verdict.ALIVE


def test_a_placeholder_stands_for_a_whole_site_or_for_nothing() -> None:
    vacated = observation(status=200, signals={"placeholder": 'Apache: h1 "it works!"'}, words=12)
    assert judge([vacated]).verdict is Verdict.DEAD_HOST
    one_page = replace(vacated, siblings=(replace(sibling(), status=404),))
    assert judge([one_page]).verdict is Verdict.ALIVE


def test_another_domain_without_a_word_of_the_promise_is_doubted() -> None:
    strange = home(final_url="http://roofer.example/", title="Roofs", own_links=1)
    known = replace(strange, url="http://hops.example/", anchors=("Oak Valley Homebrewers",))
    assert judge([known]).verdict is Verdict.DRIFTED


def test_silence_of_a_host_that_has_only_ipv6_may_be_ours() -> None:
    facts = DnsFacts("hops.example", addresses=("2001:db8::1",))
    silent = observation(dns=facts, error=FetchError.CONNECT_TIMEOUT)
    lasting = [replace(silent, checked_at=T0 + n * 5 * DAY) for n in range(4)]
    assert judge(lasting).verdict is Verdict.UNKNOWN


def test_a_404_the_archive_also_recorded_is_confirmed_at_once() -> None:
    judgement = judge(
        [observation(status=404, root=LIVING_ROOT)], archive(gone_after_last_good=True)
    )
    assert (judgement.stage, judgement.confidence) == (Stage.CONFIRMED, Confidence.HIGH)


@pytest.mark.parametrize(
    ("days", "verdict"),
    [([0], Verdict.TRANSIENT), ([0, 1, 4], Verdict.TRANSIENT), ([0, 1, 4, 9], Verdict.DEAD_HOST)],
)
def test_a_silent_host_is_dead_after_three_checks_over_nine_days(
    days: list[int], verdict: Verdict
) -> None:
    silences = [FetchError.REFUSED, FetchError.RESET, FetchError.UNREACHABLE, FetchError.REFUSED]
    history = [
        observation(T0 + day * DAY, error=trouble, root=SILENT_ROOT)
        for day, trouble in zip(days, silences, strict=False)
    ]
    judgement = judge(history, ARCHIVED_ONCE)
    assert judgement.verdict is verdict
    assert (judgement.stage is Stage.CONFIRMED) == (verdict is Verdict.DEAD_HOST)


DOWN = [
    observation(error=FetchError.REFUSED),
    observation(error=FetchError.TIMEOUT, root=SILENT_ROOT),
    observation(status=500, root=RootFacts(502)),
    observation(status=503, final_url="http://hops.example/"),
]


@pytest.mark.parametrize("failure", DOWN)
def test_a_host_that_fails_for_nine_days_is_suspected_until_the_archive_was_asked(
    failure: Evidence,
) -> None:
    lasting = every_three_days(failure)
    assert judge(lasting).stage is Stage.SUSPECTED
    too_early = archive(captured_at=T0 - 900 * DAY)
    assert judge(lasting, too_early).stage is Stage.SUSPECTED
    unanswered = VerdictContext(ArchiveRecord(ArchiveOutcome.NOT_LOOKED_UP, T0 + 10 * DAY))
    assert judge(lasting, unanswered).stage is Stage.SUSPECTED
    dead = judge(lasting, ARCHIVED_ONCE)
    assert (dead.verdict, dead.stage) == (Verdict.DEAD_HOST, Stage.CONFIRMED)


@pytest.mark.parametrize("failure", DOWN)
@pytest.mark.parametrize("facts", [{"captured_at": T0 + 2 * DAY}, {"site_archived_recently": True}])
def test_a_host_the_archive_was_let_in_by_is_not_dead(
    failure: Evidence, facts: dict[str, object]
) -> None:
    seen = replace(OLD_COPY, **facts)  # type: ignore[arg-type]
    judgement = judge(every_three_days(failure), VerdictContext(seen))
    assert (judgement.verdict, judgement.stage) == (Verdict.TRANSIENT, Stage.NONE)


def test_a_host_that_takes_connections_and_says_nothing_needs_a_witness() -> None:
    never_archived = VerdictContext(ArchiveRecord(ArchiveOutcome.NONE, T0 + 30 * DAY))
    refuses, hangs, *_ = DOWN
    assert judge(every_three_days(refuses), never_archived).verdict is Verdict.DEAD_HOST
    assert judge(every_three_days(hangs), never_archived).verdict is Verdict.TRANSIENT


LIFE = [
    {"root": LIVING_ROOT},
    {"root": RootFacts(404)},
    {"root": RootFacts(503, blocked=True)},
    {"host_responds": True},
    {"signals": {"maintenance": "wartung"}},
    {"signals": {"refusal": "banned"}},
    {"headers": {"retry-after": "86400"}},
    {"status": 403},
    {"status": 429},
    {"bot_protection": BotProtection("Cloudflare", "x", conclusive=True)},
]


@pytest.mark.parametrize("life", LIFE)
@pytest.mark.parametrize("when", range(5))
def test_one_sign_of_life_among_the_failures_keeps_a_host_from_being_dead(
    life: dict[str, Any], when: int
) -> None:
    lasting = every_three_days(observation(status=503, root=RootFacts(503)))
    assert judge(lasting, ARCHIVED_ONCE).verdict is Verdict.DEAD_HOST
    lasting[when] = replace(lasting[when], **life)
    assert judge(lasting, ARCHIVED_ONCE).verdict not in DEAD


failures = st.builds(
    observation,
    at=st.integers(1, 60).map(lambda day: T0 + day * DAY),
    error=st.sampled_from(
        [FetchError.REFUSED, FetchError.RESET, FetchError.TIMEOUT, FetchError.UNREACHABLE]
    ),
    root=st.sampled_from([SILENT_ROOT, RootFacts(503)]),
) | st.builds(
    observation,
    at=st.integers(1, 60).map(lambda day: T0 + day * DAY),
    status=st.sampled_from([500, 502, 503, 504, 522]),
    root=st.sampled_from([RootFacts(500), SILENT_ROOT]),
)
walls = st.builds(lambda failure, life: replace(failure, **life), failures, st.sampled_from(LIFE))
archives = st.none() | st.builds(
    ArchiveRecord,
    st.sampled_from(ArchiveOutcome),
    st.integers(0, 70).map(lambda day: T0 + day * DAY),
    captured_at=st.none() | st.integers(-900, 70).map(lambda day: T0 + day * DAY),
    site_archived_recently=st.none() | st.booleans(),
)


@THOUSANDS
@given(st.lists(failures, min_size=1, max_size=8), walls, archives, st.randoms())
def test_no_walk_with_a_wall_in_it_ends_in_death(
    walk: list[Evidence], wall: Evidence, record: ArchiveRecord | None, random: Random
) -> None:
    days = sorted(seen.checked_at for seen in [*walk, wall])
    walk = random.sample([*walk, wall], len(days))
    history = [replace(seen, checked_at=day) for seen, day in zip(walk, days, strict=True)]
    assert judge(history, VerdictContext(record)).verdict not in DEAD


@THOUSANDS
@given(st.lists(failures, min_size=1, max_size=6), archives, st.randoms())
def test_the_order_of_the_failures_does_not_matter(
    walk: list[Evidence], record: ArchiveRecord | None, random: Random
) -> None:
    days = sorted(seen.checked_at for seen in walk)
    stages = set()
    for order in (walk, random.sample(walk, len(walk))):
        history = [replace(seen, checked_at=day) for seen, day in zip(order, days, strict=True)]
        stages.add(judge(history, VerdictContext(record)).stage)
    assert len(stages) == 1


def test_one_living_page_in_between_starts_the_count_again() -> None:
    days = [0, 3, 6, 9]
    history = [observation(T0 + day * DAY, error=FetchError.REFUSED) for day in days]
    history[2] = observation(history[2].checked_at, status=200)
    assert judge(history).verdict is Verdict.TRANSIENT


def test_a_successor_in_between_starts_the_count_again() -> None:
    gone = observation(status=404, root=LIVING_ROOT)
    moved = observation(
        T0 + DAY,
        status=200,
        hops=(HOP,),
        final_url="http://malt.example/hops",
        anchors=("Hops",),
    )
    assert judge([moved]).verdict is Verdict.MOVED
    again = replace(gone, checked_at=T0 + 2 * DAY)
    assert judge([gone, moved, again]).stage is Stage.SUSPECTED


def test_the_sentence_says_how_often_and_when() -> None:
    history = [observation(T0 + day * DAY, status=404, root=LIVING_ROOT) for day in (0, 2, 11)]
    assert judge(history).sentence == (
        "Answers 404 Not Found while the site's home page works; "
        "checked 3 times between 1 November 2026 and 12 November 2026."
    )


def test_retry_after_sets_the_next_check() -> None:
    judgement = judge([observation(status=429, headers={"retry-after": "7200"})])
    assert judgement.next_check == T0 + timedelta(hours=2)


SIGNS = [
    "error_title", "error_h1", "error_passage", "error_path", "error_shell",
    "parked_name_server", "parked_cname", "parked_address", "parked_redirect", "parked_phrase",
    "parked_markup", "spam", "strong_spam", "placeholder", "suspended", "unclaimed_service",
]  # fmt: skip
evidences = st.builds(
    observation,
    at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    status=st.none() | st.integers(100, 999),
    error=st.none() | st.sampled_from(FetchError),
    skip_reason=st.none() | st.none() | st.sampled_from(SkipReason),
    offline=st.sampled_from([False, False, True]),
    redirect_error=st.none() | st.sampled_from(RedirectError),
    hops=st.sampled_from([(), (HOP,)]),
    to_login=st.booleans(),
    headers=st.just({}) | st.builds(lambda n: {"retry-after": n}, st.text(max_size=5)),
    bot_protection=st.none() | st.builds(BotProtection, st.just("V"), st.just("s"), st.booleans()),
    root=st.none() | st.builds(RootFacts, st.none() | st.integers(100, 999), blocked=st.booleans()),
    anchors=st.sampled_from([(), ("Hops",), ("here",), ("Grain",)]),
    signals=st.dictionaries(st.sampled_from(SIGNS), st.just("a sign"), max_size=3),
    siblings=st.lists(
        st.builds(
            SiblingFacts,
            st.just("http://hops.example/qxzvbnmk"),
            st.none() | st.integers(200, 404),
            st.booleans(),
            st.floats(0, 1),
        ),
        max_size=2,
    ).map(tuple),
    words=st.integers(0, 900),
    is_html=st.booleans(),
    noindex=st.booleans(),
    script_shell=st.booleans(),
    dns=st.builds(
        DnsFacts,
        st.just("hops.example"),
        st.sampled_from(DnsOutcome),
        domain=st.none() | st.sampled_from(DnsOutcome),
        twin=st.none() | st.sampled_from(DnsOutcome),
    )
    | st.just(DnsFacts("hops.example", addresses=("192.0.2.1",))),
)
histories = st.lists(evidences, min_size=1, max_size=6).map(
    lambda history: sorted(history, key=lambda evidence: evidence.checked_at)
)


@THOUSANDS
@given(histories)
def test_every_history_ends_in_one_verdict_with_a_sentence(history: list[Evidence]) -> None:
    judgement = judge(history)
    assert judgement.verdict in Verdict
    assert judgement.sentence
    assert (judgement.stage is Stage.NONE) or judgement.verdict in DEAD
    if judgement.verdict in DEAD:
        assert symptom_of(judgement.reason) != GENERAL_SYMPTOM


REFUSING = {401, 402, 403, 405, 406, 407, 423, 429, 451, 999}


@THOUSANDS
@given(histories, st.sampled_from(sorted(REFUSING)))
def test_a_refusing_status_is_never_dead(history: list[Evidence], status: int) -> None:
    answered = observation(T0 + 365 * DAY, status=status, root=LIVING_ROOT)
    assert judge([*history, answered]).verdict not in DEAD


@THOUSANDS
@given(histories)
def test_no_dead_verdict_without_an_answer_or_the_dns(history: list[Evidence]) -> None:
    latest = history[-1]
    if judge(history).verdict in DEAD:
        told_by_dns = latest.dns.outcome is not DnsOutcome.OK
        assert latest.status is not None or latest.error is not None or told_by_dns or latest.hops
        assert latest.skip_reason is None
        assert not latest.offline


@THOUSANDS
@given(histories)
def test_a_living_page_resets_everything(history: list[Evidence]) -> None:
    alive = observation(T0 + 365 * DAY, status=200)
    assert judge([*history, alive]).verdict is Verdict.ALIVE


@THOUSANDS
@given(histories)
def test_a_further_refusal_never_strengthens_a_dead_verdict(history: list[Evidence]) -> None:
    gone = observation(T0 + 366 * DAY, status=404, root=LIVING_ROOT)
    refusal = observation(T0 + 365 * DAY, status=403, signals={"parked_phrase": "for sale"})
    order = [Confidence.NONE, Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH]
    without, with_refusal = judge([*history, gone]), judge([*history, refusal, gone])
    assert order.index(with_refusal.confidence) <= order.index(without.confidence)


@THOUSANDS
@given(evidences, st.sampled_from([*range(200, 600), 999]))
def test_a_block_page_beats_the_status_and_all_signs(evidence: Evidence, status: int) -> None:
    wall = BotProtection("Cloudflare", "x", conclusive=True)
    answered = replace(
        observation(status=status, bot_protection=wall),
        signals=evidence.signals,
        siblings=evidence.siblings,
    )
    assert judge([answered]).verdict is Verdict.BLOCKED


@THOUSANDS
@given(evidences, st.builds(Tls, st.sampled_from(["", "expired", "self-signed"])))
def test_trouble_with_the_certificate_never_changes_the_verdict(
    evidence: Evidence, tls: Tls
) -> None:
    assert judge([replace(evidence, tls=tls)]) == judge([evidence])


@given(evidences)
def test_evidence_survives_the_journal(evidence: Evidence) -> None:
    assert Evidence.from_json(evidence.to_json()) == evidence


def test_evidence_that_an_older_version_kept_is_read() -> None:
    kept = {
        **json.loads(observation(tls=Tls("expired")).to_json()),
        "content_type": "text/html",
        "tls": {"ok": False, "problem": "expired", "not_after": T0.isoformat()},
    }
    assert Evidence.from_json(json.dumps(kept)) == observation(tls=Tls("expired"))


STORED_BY_0_2_0 = (
    '{"url":"http://hops.example/a","checked_at":"2026-11-01T08:00:00+00:00","anchors":["Hops"],'
    '"not_asked":"robots","canary_failed":true,"dns":{"host":"hops.example","outcome":"ok",'
    '"addresses":["192.0.2.1"],"cname":"","domain":null,"twin":null},'
    '"hops":[{"url":"http://hops.example/a","status":302,"address":""}],"trouble":"reset",'
    '"dead_end":"redirect_loop","host_speaks":true,"signs":{"spam":"slot gacor"},'
    '"wall":{"vendor":"Anubis","signal":"x","conclusive":true},"root":{"status":200,'
    '"trouble":"timeout","walled":true,"same_body":false,"alike":0.5,"title":"Hops"},'
    '"siblings":[{"url":"http://hops.example/qxzvbnmk","status":200,"same_end":true,'
    '"alike":0.97,"title":"","h1":"","canonical":""}]}'
)


def test_evidence_stored_by_0_2_0_is_read_and_written_with_the_same_keys() -> None:
    stored = Evidence(
        "http://hops.example/a",
        T0,
        anchors=("Hops",),
        skip_reason=SkipReason.ROBOTS,
        offline=True,
        dns=DnsFacts("hops.example", addresses=("192.0.2.1",)),
        hops=(HOP,),
        error=FetchError.RESET,
        redirect_error=RedirectError.LOOP,
        host_responds=True,
        signals={"spam": "slot gacor"},
        bot_protection=BotProtection("Anubis", "x", conclusive=True),
        root=RootFacts(200, FetchError.TIMEOUT, blocked=True, similarity=0.5, title="Hops"),
        siblings=(sibling(same_redirect=True, similarity=0.97),),
    )
    assert Evidence.from_json(STORED_BY_0_2_0) == stored
    assert stored.to_json() == STORED_BY_0_2_0


def test_every_status_has_a_rule_of_its_own() -> None:
    reasons = {judge([observation(status=n, root=LIVING_ROOT)]).reason for n in range(100, 1000)}
    assert "our_exception" not in reasons


def test_every_reason_has_its_texts() -> None:
    assert set(reason_texts()) == set(Reason)
    for texts in reason_texts().values():
        assert texts.sentence
        assert texts.label
        assert texts.symptom


@pytest.mark.parametrize(
    ("reason", "label"),
    [
        ("http_404", "404 not found"),
        ("http_418", "Unclear answer (418)"),
        ("of_another_version", "Of another version"),
    ],
)
def test_every_stored_reason_has_a_label(reason: str, label: str) -> None:
    assert label_of(reason) == label


def test_the_dead_verdicts_are_those_of_the_enum() -> None:
    assert {verdict for verdict in Verdict if verdict.is_dead} == DEAD


@pytest.mark.parametrize("trouble", [t for t in FetchError if t is not FetchError.INTERNAL])
def test_every_trouble_has_a_rule_of_its_own(trouble: FetchError) -> None:
    assert judge([observation(error=trouble)]).reason != "our_exception"
