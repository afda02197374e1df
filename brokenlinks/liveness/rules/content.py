"""Is a served page what was asked for? Parked, under foreign control, an error in disguise.

Pure tests on the evidence of a page that came with a good status. The decision table asks them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from brokenlinks.html.similarity import ALIKE
from brokenlinks.liveness.followups import (
    PLACEHOLDERS,
    anchor_words,
    brings_its_page,
    may_be_home_page,
    names_its_topic,
    sent_elsewhere,
)
from brokenlinks.liveness.signals.error_pages import spam_terms
from brokenlinks.liveness.signals.keywords import content_words, path_words, script_of, share_found
from brokenlinks.liveness.statuses import GONE_STATUSES, SERVED_STATUSES
from brokenlinks.models.archive import ArchiveFacts, ArchiveOutcome
from brokenlinks.models.evidence import Evidence, SiblingFacts
from brokenlinks.models.verdict import LANDED_TOGETHER, Confidence, Verdict, Witnesses
from brokenlinks.text.urls import host_of, is_root, registrable_domain, url_key

ERROR_PAGE_WORDS = 40
"""Words an error page seldom has more of."""
COMPARABLE_WORDS = 50
"""Words two pages must have before their likeness says something by itself."""
SHRUNK = 3
"""A page that had so many times the text was another page."""
HALF, MOST = 0.5, 0.75
PARKED_NAMES = ("parked_name_server", "parked_cname", "parked_address", "parked_redirect")
PARKED_WORDS = ("parked_phrase", "parked_markup")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a page is taken for; `agreed` when two independent tiers say so."""

    verdict: Verdict
    reason: str
    confidence: Confidence
    agreed: bool = False


def parked_by_name(seen: Evidence) -> Suspicion | None:
    """Tell a parking or marketplace service by name servers, CNAME, address or redirect."""
    sign = next((name for name in PARKED_NAMES if name in seen.signs), None)
    if sign is None or brings_its_page(seen):
        return None  # a leased name may still have its page
    agreed = any(name in seen.signs for name in PARKED_WORDS) or serves_it_everywhere(seen)
    return Suspicion(Verdict.PARKED, sign, Confidence.HIGH, agreed)


def parked_by_words(seen: Evidence) -> Suspicion | None:
    """Tell a lander by its fixed phrases or markup, surely only when the host serves only that."""
    sign = next((name for name in PARKED_WORDS if name in seen.signs), None)
    if sign is None:
        return None
    if serves_it_everywhere(seen):
        agreed = all(name in seen.signs for name in PARKED_WORDS)
        return Suspicion(Verdict.PARKED, sign, Confidence.HIGH, agreed)
    if names_its_topic(seen) or _has_other_pages(seen):
        return None  # an article about domains, or one that quotes a lander
    return Suspicion(Verdict.PARKED, sign, Confidence.MEDIUM)


def serves_it_everywhere(seen: Evidence) -> bool:
    """Tell whether the home page and invented addresses all give the page that was served."""
    home = is_root(seen.final_url) or (seen.root is not None and seen.root.alike >= ALIKE)
    return home and _same_for_siblings(seen)


def _has_other_pages(seen: Evidence) -> bool:
    """Tell whether the host answers other addresses otherwise, as no parked one does."""
    another_home = seen.root is not None and seen.root.alike < ALIKE and not is_root(seen.final_url)
    return another_home or any(
        sibling.status not in SERVED_STATUSES or sibling.alike < ALIKE for sibling in seen.siblings
    )


def usurped(seen: Evidence, others: Witnesses) -> Suspicion | None:
    """Tell a page whose domain fell into other hands, held against the last good copy of it."""
    suspected = _foreign_words(seen) or _foreign_script(seen)
    archive = others.archive
    if not suspected:
        return None
    if archive is None or archive.outcome is ArchiveOutcome.NOT_LOOKED_UP:
        return Suspicion(Verdict.DRIFTED, suspected, Confidence.LOW)
    if archive.outcome is not ArchiveOutcome.FOUND or not content_words(archive.title, archive.h1):
        spam = "strong_spam" in seen.signs
        return Suspicion(Verdict.DRIFTED, suspected, Confidence.LOW) if spam else None
    return _unlike_its_copy(seen, suspected, archive, others)


def _unlike_its_copy(
    seen: Evidence, suspected: str, archive: ArchiveFacts, others: Witnesses
) -> Suspicion | None:
    # Whoever holds a domain, its name stands in his titles: that says nothing of the topic.
    name = content_words(host_of(seen.url))
    was = content_words(archive.title, archive.h1) - name
    now = content_words(seen.title, seen.h1) - name
    spam = suspected == "spam_words"
    always_was_so = bool(spam_terms(f"{archive.title} {archive.h1}"))
    changes = _changes_of_hand(seen, archive, others)
    moved_house = changes <= {"other_domain"} and "strong_spam" not in seen.signs
    if always_was_so or ((not spam or moved_house) and share_found(was, now) >= HALF):
        return None
    if spam and changes:
        return Suspicion(Verdict.HIJACKED, suspected, Confidence.HIGH, agreed=len(changes) > 1)
    if changes and not share_found(was | (anchor_words(seen) - name), now):
        return Suspicion(Verdict.HIJACKED, "topic_gone", Confidence.MEDIUM)
    return Suspicion(Verdict.DRIFTED, suspected, Confidence.LOW)


def _foreign_words(seen: Evidence) -> str:
    """Tell spam words in title or heading that neither the link nor its address speak of."""
    if "spam" not in seen.signs or spam_terms(" ".join(seen.anchors)):
        return ""
    if "strong_spam" not in seen.signs and names_its_topic(seen):
        return ""
    return "spam_words"


def _foreign_script(seen: Evidence) -> str:
    """Tell a heading in another script than the link, when it keeps no word but the site's name.

    An error page says what it is in the language of its site.
    """
    if "error_title" in seen.signs or "error_h1" in seen.signs:
        return ""
    linked, found = script_of(" ".join(seen.anchors)), script_of(f"{seen.title} {seen.h1}")
    if not linked or not found or linked == found:
        return ""
    site = content_words(host_of(seen.final_url))
    promised = (anchor_words(seen) | path_words(seen.url)) - site
    kept = share_found(promised, content_words(seen.title, seen.h1) - site)
    return "other_script" if promised and not kept else ""


def _changes_of_hand(seen: Evidence, archive: ArchiveFacts, others: Witnesses) -> set[str]:
    registered = others.registration.registered_at if others.registration else None
    languages = (archive.language[:2].lower(), seen.language[:2].lower())
    scripts = (script_of(f"{archive.title} {archive.h1}"), script_of(f"{seen.title} {seen.h1}"))
    changes = {
        "registered_later": bool(
            registered and archive.captured_at and registered > archive.captured_at
        ),
        "other_domain": to_another_domain(seen),
        "other_language": any(all(pair) and len(set(pair)) > 1 for pair in (languages, scripts)),
    }
    return {name for name, is_so in changes.items() if is_so}


def placeholder(seen: Evidence) -> str:
    """Return what stands where a site stood: the kind of placeholder, "" for none."""
    kind = next((kind for kind in PLACEHOLDERS if kind in seen.signs), "")
    said = seen.signs.get(kind, "")
    if "header " not in said and any(_is_another_page(sibling) for sibling in seen.siblings):
        return ""  # a placeholder stands for a whole site
    return kind if kind and not names_its_topic(seen) else ""


def _is_another_page(sibling: SiblingFacts) -> bool:
    return sibling.status in SERVED_STATUSES | GONE_STATUSES and sibling.alike < ALIKE


def ended_at_home(seen: Evidence) -> bool:
    """Tell whether a deep address led to a home page."""
    return bool(seen.hops) and is_root(seen.final_url) and not is_root(seen.url)


def ended_at_section(seen: Evidence) -> bool:
    """Tell whether a deep address, like any invented one beside it, led to a section above."""
    if not sent_elsewhere(seen) or is_root(seen.url) or names_its_topic(seen):
        return False
    asked, final = (urlsplit(url).path.strip("/").split("/") for url in (seen.url, seen.final_url))
    above = len(final) < len(asked) or len(final) == 1
    return above and "error_path" not in seen.signs and _siblings_land_there(seen)


def leads_up(seen: Evidence) -> bool:
    """Tell whether a deep address led to a directory it stands in: elsewhere a gate may stand."""
    asked, final = (urlsplit(url).path.rstrip("/").lower() for url in (seen.url, seen.final_url))
    return asked.startswith(f"{final}/") and host_of(seen.url) == host_of(seen.final_url)


def sent_to_another_door(seen: Evidence) -> bool:
    """Tell a way that is every stranger's, whatever was asked for.

    To another country's home page, to another host of the domain, or to a notice elsewhere.
    """
    asked, final = (_COUNTRY.match(urlsplit(url).path) for url in (seen.url, seen.final_url))
    abroad = final is not None and (asked is None or asked[1].lower() != final[1].lower())
    from_host, to_host = (host_of(url).removeprefix("www.") for url in (seen.url, seen.final_url))
    if to_another_domain(seen):
        return abroad or not may_be_home_page(seen)
    return abroad or from_host != to_host


_COUNTRY = re.compile(r"/([a-z]{2}(?:[-_][a-z]{2})?)(?:/|$)", re.IGNORECASE)


def home_is_the_successor(seen: Evidence) -> bool:
    """Tell whether the home page's title holds what the link promised."""
    return share_found(anchor_words(seen), content_words(seen.title)) >= MOST


def is_one_page_site(seen: Evidence) -> bool:
    """Tell a site that is all on its home page, and that page still speaks of the link's topic."""
    named = share_found(anchor_words(seen), content_words(seen.title, seen.h1))
    return not seen.own_links and seen.words > COMPARABLE_WORDS and named > 0


def everything_lands_there(seen: Evidence, others: Witnesses) -> bool:
    """Tell whether invented neighbours, or several other links, end where this one did."""
    return _siblings_land_there(seen) or others.landed_together >= LANDED_TOGETHER


def shrank(seen: Evidence, archive: ArchiveFacts | None) -> bool:
    """Tell whether the last good copy had another title and several times the text."""
    if archive is None or not archive.words or seen.words * SHRUNK > archive.words:
        return False
    return share_found(content_words(archive.title), content_words(seen.title)) < HALF


def soft_404(seen: Evidence, others: Witnesses) -> Suspicion | None:
    """Tell an error page served with a good status: two signals, one of them strong."""
    error_words, error_path, alike = strong = _strong_signals(seen)
    other = [
        others.landed_together >= LANDED_TOGETHER,
        # Doors and viewers are not indexed either.
        _noindex(seen) and (error_words or error_path),
        "error_shell" in seen.signs or seen.words < ERROR_PAGE_WORDS,
        shrank(seen, others.archive),
        "error_passage" in seen.signs and not error_words and (alike or error_path),
        alike and seen.root is not None and seen.root.alike >= ALIKE and may_be_home_page(seen),
    ]
    reason = "error_page" if error_words or error_path else "same_page_for_all"
    if sum(strong) > 1:
        return Suspicion(Verdict.SOFT_404, reason, Confidence.HIGH, agreed=True)
    if any(strong) and any(other):
        return Suspicion(Verdict.SOFT_404, reason, Confidence.MEDIUM)
    return None


def serves_few_words_to_all(seen: Evidence) -> bool:
    """Tell a page of a few words, none of them of the topic, that every address gets."""
    few = 0 < seen.words <= COMPARABLE_WORDS
    return few and _same_for_siblings(seen) and not names_its_topic(seen)


def may_be_soft_404(seen: Evidence) -> bool:
    """Tell a page with one strong signal: what the archive has of it may be the other."""
    return any(_strong_signals(seen))


def _strong_signals(seen: Evidence) -> tuple[bool, bool, bool]:
    """Return the signals that weigh most: error words, an error's address, one page for all."""
    error_words = ("error_title" in seen.signs or "error_h1" in seen.signs) and not any(
        sibling.status in GONE_STATUSES for sibling in seen.siblings
    )
    says_so = error_words or "error_passage" in seen.signs
    comparable = seen.words > COMPARABLE_WORDS or says_so
    alike = _same_for_siblings(seen) and (comparable or _siblings_land_there(seen))
    signals = (error_words, "error_path" in seen.signs, alike)
    excused = any(signals) and (is_root(seen.url) or seen.to_fragment or _speaks_for_itself(seen))
    return (False, False, False) if excused else signals


def _speaks_for_itself(seen: Evidence) -> bool:
    """Tell a page that names itself, or what the link promised, as no page for everything does."""
    echoes = any(_same(sibling.canonical, sibling.url) for sibling in seen.siblings)
    if _same(seen.canonical, seen.url) and not echoes and "error_title" not in seen.signs:
        return True
    shared = {text for sibling in seen.siblings for text in (sibling.title, sibling.h1)}
    own = [
        text
        for sign, text in (("error_title", seen.title), ("error_h1", seen.h1))
        if sign not in seen.signs and text not in shared
    ]
    return share_found(anchor_words(seen), content_words(*own)) >= HALF


def to_another_domain(seen: Evidence) -> bool:
    """Tell whether redirects left the asked registrable domain."""
    asked, final = host_of(seen.url), host_of(seen.final_url)
    return bool(seen.hops) and registrable_domain(asked) != registrable_domain(final)


def topic_kept(seen: Evidence, archive: ArchiveFacts | None) -> bool:
    """Tell whether title or heading still speak of what the link, or the archived page, did."""
    now = content_words(seen.title, seen.h1)
    was = content_words(archive.title, archive.h1) if archive else frozenset[str]()
    promised = (anchor_words(seen), path_words(seen.url), was)
    return any(share_found(words, now) >= HALF for words in promised)


def _same_for_siblings(seen: Evidence) -> bool:
    return _both(seen, lambda sibling: sibling.same_end or sibling.alike >= ALIKE)


def _siblings_land_there(seen: Evidence) -> bool:
    return _both(seen, lambda sibling: sibling.same_end)


def _both(seen: Evidence, holds: Callable[[SiblingFacts], bool]) -> bool:
    """Tell whether something holds of both invented neighbours; one alone proves nothing."""
    return len(seen.siblings) == 2 and all(
        sibling.status in SERVED_STATUSES and holds(sibling) for sibling in seen.siblings
    )


def _noindex(seen: Evidence) -> bool:
    return seen.noindex or "noindex" in seen.headers.get("x-robots-tag", "").lower()


def _same(one: str, other: str) -> bool:
    return bool(one) and url_key(one) == url_key(other)
