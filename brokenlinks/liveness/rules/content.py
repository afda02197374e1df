"""Is a served page what was asked for? Parked, under foreign control, an error in disguise.

Pure tests on the evidence of a page that came with a good status. The decision table asks them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from brokenlinks.html.document import SAME_PAGE_SIMILARITY
from brokenlinks.liveness.followups import (
    PLACEHOLDER_SIGNALS,
    anchor_words,
    has_expected_content,
    looks_like_home_page,
    matches_topic,
    redirected_elsewhere,
)
from brokenlinks.liveness.signals.keywords import content_words, path_words, script_of, word_overlap
from brokenlinks.liveness.signals.spam import find_spam_terms
from brokenlinks.liveness.statuses import GONE_STATUSES, SERVED_STATUSES
from brokenlinks.models.archive import ArchiveOutcome, ArchiveRecord
from brokenlinks.models.evidence import Evidence, SiblingFacts
from brokenlinks.models.verdict import MIN_SHARED_REDIRECTS, Confidence, Verdict, VerdictContext
from brokenlinks.text.urls import host_of, is_root, registrable_domain, url_key

MAX_ERROR_PAGE_WORDS = 40
"""Words an error page seldom has more of."""
MIN_COMPARABLE_WORDS = 50
"""Words two pages must have before their likeness says something by itself."""
SHRINK_FACTOR = 3
"""A page that had so many times the text was another page."""
MIN_TOPIC_OVERLAP, MIN_STRONG_TOPIC_OVERLAP = 0.5, 0.75
PARKING_INFRASTRUCTURE_SIGNALS = (
    "parked_name_server",
    "parked_cname",
    "parked_address",
    "parked_redirect",
)
PARKING_CONTENT_SIGNALS = ("parked_phrase", "parked_markup")


@dataclass(frozen=True, slots=True)
class Detection:
    """What a page is taken for; `corroborated` when two independent tiers say so."""

    verdict: Verdict
    reason: str
    confidence: Confidence
    corroborated: bool = False


def detect_parking_infrastructure(evidence: Evidence) -> Detection | None:
    """Tell a parking or marketplace service by name servers, CNAME, address or redirect."""
    sign = next((name for name in PARKING_INFRASTRUCTURE_SIGNALS if name in evidence.signals), None)
    if sign is None or has_expected_content(evidence):
        return None  # a leased name may still have its page
    corroborated = any(
        name in evidence.signals for name in PARKING_CONTENT_SIGNALS
    ) or serves_same_page_everywhere(evidence)
    return Detection(Verdict.PARKED, sign, Confidence.HIGH, corroborated)


def detect_parked_content(evidence: Evidence) -> Detection | None:
    """Tell a lander by its fixed phrases or markup, surely only when the host serves only that."""
    sign = next((name for name in PARKING_CONTENT_SIGNALS if name in evidence.signals), None)
    if sign is None:
        return None
    if serves_same_page_everywhere(evidence):
        corroborated = all(name in evidence.signals for name in PARKING_CONTENT_SIGNALS)
        return Detection(Verdict.PARKED, sign, Confidence.HIGH, corroborated)
    if matches_topic(evidence) or _has_other_pages(evidence):
        return None  # an article about domains, or one that quotes a lander
    return Detection(Verdict.PARKED, sign, Confidence.MEDIUM)


def serves_same_page_everywhere(evidence: Evidence) -> bool:
    """Tell whether the home page and invented addresses all give the page that was served."""
    home = is_root(evidence.final_url) or (
        evidence.root is not None and evidence.root.similarity >= SAME_PAGE_SIMILARITY
    )
    return home and _siblings_match(evidence)


def _has_other_pages(evidence: Evidence) -> bool:
    """Tell whether the host answers other addresses otherwise, as no parked one does."""
    another_home = (
        evidence.root is not None
        and evidence.root.similarity < SAME_PAGE_SIMILARITY
        and not is_root(evidence.final_url)
    )
    return another_home or any(
        sibling.status not in SERVED_STATUSES or sibling.similarity < SAME_PAGE_SIMILARITY
        for sibling in evidence.siblings
    )


def detect_takeover(evidence: Evidence, context: VerdictContext) -> Detection | None:
    """Tell a page whose domain fell into other hands, held against the last good copy of it."""
    suspected = _unexpected_spam(evidence) or _unexpected_script(evidence)
    archive = context.archive
    if not suspected:
        return None
    if archive is None or archive.outcome is ArchiveOutcome.NOT_LOOKED_UP:
        return Detection(Verdict.DRIFTED, suspected, Confidence.LOW)
    if archive.outcome is not ArchiveOutcome.FOUND or not content_words(archive.title, archive.h1):
        spam = "strong_spam" in evidence.signals
        return Detection(Verdict.DRIFTED, suspected, Confidence.LOW) if spam else None
    return _compare_with_archive(evidence, suspected, archive, context)


def _compare_with_archive(
    evidence: Evidence, suspected: str, archive: ArchiveRecord, context: VerdictContext
) -> Detection | None:
    # Whoever holds a domain, its name stands in his titles: that says nothing of the topic.
    name = content_words(host_of(evidence.url))
    was = content_words(archive.title, archive.h1) - name
    now = content_words(evidence.title, evidence.h1) - name
    spam = suspected == "spam_words"
    always_was_so = bool(find_spam_terms(f"{archive.title} {archive.h1}"))
    changes = _ownership_changes(evidence, archive, context)
    moved_house = changes <= {"other_domain"} and "strong_spam" not in evidence.signals
    if always_was_so or ((not spam or moved_house) and word_overlap(was, now) >= MIN_TOPIC_OVERLAP):
        return None
    if spam and changes:
        return Detection(
            Verdict.HIJACKED, suspected, Confidence.HIGH, corroborated=len(changes) > 1
        )
    if changes and not word_overlap(was | (anchor_words(evidence) - name), now):
        return Detection(Verdict.HIJACKED, "topic_gone", Confidence.MEDIUM)
    return Detection(Verdict.DRIFTED, suspected, Confidence.LOW)


def _unexpected_spam(evidence: Evidence) -> str:
    """Tell spam words in title or heading that neither the link nor its address speak of."""
    if "spam" not in evidence.signals or find_spam_terms(" ".join(evidence.anchors)):
        return ""
    if "strong_spam" not in evidence.signals and matches_topic(evidence):
        return ""
    return "spam_words"


def _unexpected_script(evidence: Evidence) -> str:
    """Tell a heading in another script than the link, when it keeps no word but the site's name.

    An error page says what it is in the language of its site.
    """
    if "error_title" in evidence.signals or "error_h1" in evidence.signals:
        return ""
    linked, found = (
        script_of(" ".join(evidence.anchors)),
        script_of(f"{evidence.title} {evidence.h1}"),
    )
    if not linked or not found or linked == found:
        return ""
    site = content_words(host_of(evidence.final_url))
    promised = (anchor_words(evidence) | path_words(evidence.url)) - site
    kept = word_overlap(promised, content_words(evidence.title, evidence.h1) - site)
    return "other_script" if promised and not kept else ""


def _ownership_changes(
    evidence: Evidence, archive: ArchiveRecord, context: VerdictContext
) -> set[str]:
    registered = context.registration.registered_at if context.registration else None
    languages = (archive.language[:2].lower(), evidence.language[:2].lower())
    scripts = (
        script_of(f"{archive.title} {archive.h1}"),
        script_of(f"{evidence.title} {evidence.h1}"),
    )
    changes = {
        "registered_later": bool(
            registered and archive.captured_at and registered > archive.captured_at
        ),
        "other_domain": redirected_to_other_domain(evidence),
        "other_language": any(all(pair) and len(set(pair)) > 1 for pair in (languages, scripts)),
    }
    return {name for name, is_so in changes.items() if is_so}


def detect_placeholder(evidence: Evidence) -> str:
    """Return what stands where a site stood: the kind of placeholder, "" for none."""
    kind = next((kind for kind in PLACEHOLDER_SIGNALS if kind in evidence.signals), "")
    said = evidence.signals.get(kind, "")
    if "header " not in said and any(_is_different_page(sibling) for sibling in evidence.siblings):
        return ""  # a placeholder stands for a whole site
    return kind if kind and not matches_topic(evidence) else ""


def _is_different_page(sibling: SiblingFacts) -> bool:
    return (
        sibling.status in SERVED_STATUSES | GONE_STATUSES
        and sibling.similarity < SAME_PAGE_SIMILARITY
    )


def redirected_to_home(evidence: Evidence) -> bool:
    """Tell whether a deep address led to a home page."""
    return bool(evidence.hops) and is_root(evidence.final_url) and not is_root(evidence.url)


def redirected_to_section(evidence: Evidence) -> bool:
    """Tell whether a deep address, like any invented one beside it, led to a section above."""
    if not redirected_elsewhere(evidence) or is_root(evidence.url) or matches_topic(evidence):
        return False
    asked, final = (
        urlsplit(url).path.strip("/").split("/") for url in (evidence.url, evidence.final_url)
    )
    above = len(final) < len(asked) or len(final) == 1
    return above and "error_path" not in evidence.signals and _siblings_share_redirect(evidence)


def redirected_to_parent(evidence: Evidence) -> bool:
    """Tell whether a deep address led to a directory it stands in: elsewhere a gate may stand."""
    asked, final = (
        urlsplit(url).path.rstrip("/").lower() for url in (evidence.url, evidence.final_url)
    )
    return asked.startswith(f"{final}/") and host_of(evidence.url) == host_of(evidence.final_url)


def is_generic_redirect(evidence: Evidence) -> bool:
    """Tell a way that is every stranger's, whatever was asked for.

    To another country's home page, to another host of the domain, or to a notice elsewhere.
    """
    asked, final = (
        _LOCALE_PATH.match(urlsplit(url).path) for url in (evidence.url, evidence.final_url)
    )
    abroad = final is not None and (asked is None or asked[1].lower() != final[1].lower())
    from_host, to_host = (
        host_of(url).removeprefix("www.") for url in (evidence.url, evidence.final_url)
    )
    if redirected_to_other_domain(evidence):
        return abroad or not looks_like_home_page(evidence)
    return abroad or from_host != to_host


_LOCALE_PATH = re.compile(r"/([a-z]{2}(?:[-_][a-z]{2})?)(?:/|$)", re.IGNORECASE)


def home_matches_topic(evidence: Evidence) -> bool:
    """Tell whether the home page's title holds what the link promised."""
    return (
        word_overlap(anchor_words(evidence), content_words(evidence.title))
        >= MIN_STRONG_TOPIC_OVERLAP
    )


def is_single_page_site(evidence: Evidence) -> bool:
    """Tell a site that is all on its home page, and that page still speaks of the link's topic."""
    named = word_overlap(anchor_words(evidence), content_words(evidence.title, evidence.h1))
    return not evidence.own_links and evidence.words > MIN_COMPARABLE_WORDS and named > 0


def is_catch_all_redirect(evidence: Evidence, context: VerdictContext) -> bool:
    """Tell whether invented neighbours, or several other links, end where this one did."""
    return _siblings_share_redirect(evidence) or context.shared_redirects >= MIN_SHARED_REDIRECTS


def has_lost_content(evidence: Evidence, archive: ArchiveRecord | None) -> bool:
    """Tell whether the last good copy had another title and several times the text."""
    if archive is None or not archive.words or evidence.words * SHRINK_FACTOR > archive.words:
        return False
    return (
        word_overlap(content_words(archive.title), content_words(evidence.title))
        < MIN_TOPIC_OVERLAP
    )


def detect_soft_404(evidence: Evidence, context: VerdictContext) -> Detection | None:
    """Tell an error page served with a good status: two signals, one of them strong."""
    error_words, error_path, alike = strong = _strong_signals(evidence)
    other = [
        context.shared_redirects >= MIN_SHARED_REDIRECTS,
        # Doors and viewers are not indexed either.
        _is_noindex(evidence) and (error_words or error_path),
        "error_shell" in evidence.signals or evidence.words < MAX_ERROR_PAGE_WORDS,
        has_lost_content(evidence, context.archive),
        "error_passage" in evidence.signals and not error_words and (alike or error_path),
        alike
        and evidence.root is not None
        and evidence.root.similarity >= SAME_PAGE_SIMILARITY
        and looks_like_home_page(evidence),
    ]
    reason = "error_page" if error_words or error_path else "same_page_for_all"
    if sum(strong) > 1:
        return Detection(Verdict.SOFT_404, reason, Confidence.HIGH, corroborated=True)
    if any(strong) and any(other):
        return Detection(Verdict.SOFT_404, reason, Confidence.MEDIUM)
    return None


def serves_short_page_everywhere(evidence: Evidence) -> bool:
    """Tell a page of a few words, none of them of the topic, that every address gets."""
    few = 0 < evidence.words <= MIN_COMPARABLE_WORDS
    return few and _siblings_match(evidence) and not matches_topic(evidence)


def may_be_soft_404(evidence: Evidence) -> bool:
    """Tell a page with one strong signal: what the archive has of it may be the other."""
    return any(_strong_signals(evidence))


def _strong_signals(evidence: Evidence) -> tuple[bool, bool, bool]:
    """Return the signals that weigh most: error words, an error's address, one page for all."""
    error_words = ("error_title" in evidence.signals or "error_h1" in evidence.signals) and not any(
        sibling.status in GONE_STATUSES for sibling in evidence.siblings
    )
    says_so = error_words or "error_passage" in evidence.signals
    comparable = evidence.words > MIN_COMPARABLE_WORDS or says_so
    alike = _siblings_match(evidence) and (comparable or _siblings_share_redirect(evidence))
    signals = (error_words, "error_path" in evidence.signals, alike)
    excused = any(signals) and (
        is_root(evidence.url) or evidence.to_fragment or _identifies_itself(evidence)
    )
    return (False, False, False) if excused else signals


def _identifies_itself(evidence: Evidence) -> bool:
    """Tell a page that names itself, or what the link promised, as no page for everything does."""
    echoes = any(_is_same_url(sibling.canonical, sibling.url) for sibling in evidence.siblings)
    if (
        _is_same_url(evidence.canonical, evidence.url)
        and not echoes
        and "error_title" not in evidence.signals
    ):
        return True
    shared = {text for sibling in evidence.siblings for text in (sibling.title, sibling.h1)}
    own = [
        text
        for sign, text in (("error_title", evidence.title), ("error_h1", evidence.h1))
        if sign not in evidence.signals and text not in shared
    ]
    return word_overlap(anchor_words(evidence), content_words(*own)) >= MIN_TOPIC_OVERLAP


def redirected_to_other_domain(evidence: Evidence) -> bool:
    """Tell whether redirects left the asked registrable domain."""
    asked, final = host_of(evidence.url), host_of(evidence.final_url)
    return bool(evidence.hops) and registrable_domain(asked) != registrable_domain(final)


def keeps_topic(evidence: Evidence, archive: ArchiveRecord | None) -> bool:
    """Tell whether title or heading still speak of what the link, or the archived page, did."""
    now = content_words(evidence.title, evidence.h1)
    was = content_words(archive.title, archive.h1) if archive else frozenset[str]()
    promised = (anchor_words(evidence), path_words(evidence.url), was)
    return any(word_overlap(words, now) >= MIN_TOPIC_OVERLAP for words in promised)


def _siblings_match(evidence: Evidence) -> bool:
    return _holds_for_both_siblings(
        evidence,
        lambda sibling: sibling.same_redirect or sibling.similarity >= SAME_PAGE_SIMILARITY,
    )


def _siblings_share_redirect(evidence: Evidence) -> bool:
    return _holds_for_both_siblings(evidence, lambda sibling: sibling.same_redirect)


def _holds_for_both_siblings(evidence: Evidence, holds: Callable[[SiblingFacts], bool]) -> bool:
    """Tell whether something holds of both invented neighbours; one alone proves nothing."""
    return len(evidence.siblings) == 2 and all(
        sibling.status in SERVED_STATUSES and holds(sibling) for sibling in evidence.siblings
    )


def _is_noindex(evidence: Evidence) -> bool:
    return evidence.noindex or "noindex" in evidence.headers.get("x-robots-tag", "").lower()


def _is_same_url(one: str, other: str) -> bool:
    return bool(one) and url_key(one) == url_key(other)
