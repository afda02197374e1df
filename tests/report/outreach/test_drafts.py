"""Mails: short, true, with the exact place of each link, and harmless whatever a page said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokenlinks.models.verdict import Verdict
from brokenlinks.report.outreach.drafts import MAX_WORDS, DeadLink, Sender, write_draft

SENDER = Sender("Jo Brewer", "1 Malt Lane, Burton", "Tell me, and I write no more.")
DEAD_LINK = DeadLink(
    key="k",
    status="Ready",
    page_url="http://club.example/links",
    page_title="Our links",
    heading="Hops",
    anchor="Hop storage guide",
    dead_url="http://gone.example/hops",
    verdict="dead_gone",
    reason="http_404",
)
PROVEN = [
    Verdict.MOVED,
    Verdict.DEAD_GONE,
    Verdict.DEAD_DOMAIN,
    Verdict.DEAD_HOST,
    Verdict.SOFT_404,
    Verdict.REDIRECTED_HOME,
    Verdict.PARKED,
    Verdict.HIJACKED,
]


def test_the_place_comes_first_then_what_one_sees_then_one_offer() -> None:
    offered = replace(
        DEAD_LINK, replacement_url="https://mine.example/hops", replacement_title="Keeping hops"
    )
    body = write_draft([offered], "club.example", "Ann", SENDER).body
    said = [
        "Hello Ann",
        DEAD_LINK.page_url,
        DEAD_LINK.anchor,
        DEAD_LINK.heading,
        DEAD_LINK.dead_url,
        "404",
    ]
    said += ["https://mine.example/hops", "Jo Brewer", "1 Malt Lane", "I write no more"]
    places = [body.index(text) for text in said]
    assert places == sorted(places)


def test_without_a_page_of_ours_nothing_is_offered() -> None:
    body = write_draft([DEAD_LINK], "club.example", "", SENDER).body
    assert "nothing to offer" in body
    assert "ours" not in body


def test_a_new_address_is_told_before_any_offer() -> None:
    moved = replace(
        DEAD_LINK, moved_to="http://new.example/hops", replacement_url="https://m.example/"
    )
    body = write_draft([moved], "club.example", "", SENDER).body
    assert body.index("http://new.example/hops") < body.index("https://m.example/")


def test_only_one_page_is_offered_whatever_many_links_are_dead() -> None:
    dead_links = [replace(DEAD_LINK, replacement_url=f"https://mine.example/{n}") for n in range(3)]
    body = write_draft(dead_links, "club.example", "", SENDER).body
    assert body.count("https://mine.example/") == 1


def test_the_page_offered_stands_for_a_link_the_mail_tells_of() -> None:
    dead_links = [replace(DEAD_LINK, anchor=f"{'long ' * 8}{n}") for n in range(12)]
    dead_links[-1] = replace(
        DEAD_LINK, anchor="The last", replacement_url="https://mine.example/last"
    )
    dead_links[1] = replace(dead_links[1], replacement_url="https://mine.example/second")
    for several, offered in ((dead_links, True), ([dead_links[0], *dead_links[2:]], False)):
        body = write_draft(several, "club.example", "", SENDER).body
        assert ("https://mine.example/second" in body) is offered
        assert "The last" not in body
        assert "https://mine.example/last" not in body


def test_without_a_heading_the_words_around_the_link_tell_its_place() -> None:
    bare = replace(DEAD_LINK, heading="", anchor="", context="Keeping hops: read this first")
    body = write_draft([bare], "club.example", "", SENDER).body
    assert "a link without text, in “Keeping hops: read this first”:\n" in body
    plain = replace(DEAD_LINK, heading="", context=DEAD_LINK.anchor)
    assert f"“{DEAD_LINK.anchor}”:\n" in write_draft([plain], "club.example", "", SENDER).body


def test_an_address_with_spaces_is_written_without_them() -> None:
    spaced = replace(DEAD_LINK, dead_url=f"http://gone.example/{'a ' * 200}z.html")
    draft = write_draft([spaced], "club.example", "", SENDER)
    assert f"http://gone.example/{'a%20' * 200}z.html" in draft.body
    assert draft.words <= MAX_WORDS


def test_a_page_is_named_once_for_all_its_links() -> None:
    dead_links = [
        DEAD_LINK,
        replace(DEAD_LINK, anchor="Malt tables", dead_url="http://lost.example/"),
    ]
    draft = write_draft(dead_links, "club.example", "", SENDER)
    assert draft.body.count(DEAD_LINK.page_url) == 1
    assert draft.subject == "Dead links on club.example (2)"


def test_what_has_moved_is_not_called_dead() -> None:
    moved = replace(DEAD_LINK, verdict="moved", reason="moved", moved_to="http://new.example/")
    draft = write_draft([moved], "club.example", "", SENDER)
    assert "dead" not in (draft.subject + draft.body).lower().replace("dead link goes", "")


SYMPTOMS = {
    ("dead_domain", "nxdomain"): "domain does not exist",
    ("dead_host", "nxdomain_sub"): "server does not exist",
    ("dead_host", "no_address"): "no address",
    ("dead_host", "refused"): "refuses connections",
    ("dead_host", "unreachable"): "cannot be reached",
    ("dead_host", "connect_timeout"): "cannot be reached",
    ("dead_host", "timeout"): "not answer in time",
    ("dead_host", "reset"): "drops the connection",
    ("dead_host", "empty_reply"): "without an answer",
    ("dead_host", "http_5xx"): "answers with errors",
    ("dead_host", "http_404"): "404",
    ("dead_host", "http_410"): "410",
    ("dead_host", "suspended"): "suspended",
    ("dead_host", "placeholder"): "default page",
    ("dead_host", "unclaimed_service"): "given up",
    ("dead_gone", "http_404"): "404",
    ("dead_gone", "http_410"): "410",
    ("dead_gone", "redirect_loop"): "in a loop",
    ("dead_gone", "too_many_redirects"): "redirects endlessly",
    ("dead_gone", "bad_location"): "an invalid address",
    ("dead_gone", "redirect_to_nowhere"): "a host that does not exist",
    ("soft_404", "error_page"): "error page",
    ("soft_404", "same_page_for_all"): "the same page",
    ("soft_404", "redirected_home"): "home page",
    ("redirected_home", "redirected_home"): "home page",
    ("redirected_home", "redirected_to_section"): "a more general page",
    ("parked", "parked_name_server"): "parked domain",
    ("parked", "parked_cname"): "parked domain",
    ("parked", "parked_address"): "parked domain",
    ("parked", "parked_redirect"): "marketplace for domains",
    ("parked", "parked_phrase"): "parked or for sale",
    ("parked", "parked_markup"): "advertising",
    ("hijacked", "spam_words"): "unrelated",
    ("hijacked", "topic_gone"): "unrelated",
    ("hijacked", "other_script"): "unrelated",
    ("moved", "moved"): "has moved",
    ("moved", "moved_to_home"): "home page now",
    ("dead_gone", "a reason of another version"): "no longer leads to the page",
}
"""What a visitor sees, by verdict and reason: all that the decision table can prove."""


@pytest.mark.parametrize(("verdict", "reason"), SYMPTOMS)
def test_a_mail_says_what_a_visitor_sees(verdict: str, reason: str) -> None:
    fault = replace(DEAD_LINK, verdict=verdict, reason=reason)
    body = write_draft([fault], "club.example", "", SENDER).body
    [line] = [line for line in body.splitlines() if line.startswith(DEAD_LINK.dead_url)]
    assert SYMPTOMS[verdict, reason] in line


def test_where_a_page_went_is_told_as_a_guess() -> None:
    moved = replace(DEAD_LINK, moved_to="http://new.example/hops")
    body = write_draft([moved], "club.example", "", SENDER).body
    assert "seems to be at http://new.example/hops" in body


untrusted_text = st.text(max_size=200) | st.text("a b\n\t\x00\u202e", max_size=400)
dead_links = st.lists(
    st.builds(
        DeadLink,
        key=st.just("k"),
        status=st.just("Ready"),
        page_url=st.sampled_from(["http://club.example/links", "http://club.example/more"]),
        page_title=untrusted_text,
        heading=untrusted_text,
        anchor=untrusted_text,
        context=untrusted_text,
        dead_url=st.integers().map(lambda n: f"http://gone.example/{n}"),
        verdict=st.sampled_from(PROVEN),
        reason=st.sampled_from(["http_404", "http_410", "nxdomain", "moved", ""]),
        moved_to=st.sampled_from(["", "http://new.example/"]),
        replacement_url=st.sampled_from(["", "https://mine.example/hops"]),
        replacement_title=untrusted_text,
    ),
    min_size=1,
    max_size=12,
)
long_sender = Sender(" ".join(["Jo"] * 10), " ".join(["Lane"] * 15), " ".join(["write"] * 25))


@given(dead_links, st.text(max_size=40), st.sampled_from([SENDER, Sender(), long_sender]))
def test_every_mail_is_short_and_names_the_exact_place(
    several: list[DeadLink], name: str, sender: Sender
) -> None:
    draft = write_draft(several, "club.example", name, sender)
    assert draft.words <= MAX_WORDS
    assert several[0].page_url in draft.body
    assert several[0].dead_url in draft.body
    assert "\n" not in draft.subject
    assert not {*draft.subject, *draft.body} & {"\x00", "\u202e", "\r", "\t"}
    told = sum(f"{fault.dead_url} - " in draft.body for fault in several)
    assert told == len(several) or "more; I can send you the list" in draft.body


@pytest.mark.parametrize(("field", "placeholder"), [("name", "[your name]"), ("opt_out", "[how")])
def test_what_is_not_known_of_the_sender_shows_as_a_placeholder(
    field: str, placeholder: str
) -> None:
    unknown = replace(SENDER, **{field: ""})
    assert placeholder in write_draft([DEAD_LINK], "club.example", "", unknown).body
    assert len(unknown.missing_placeholders) == 1
