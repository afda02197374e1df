"""What a served page says it is: an error page, a parked domain, spam, somebody's placeholder.

Pure functions over text. The facts are in `data/`, written there as people write them;
both sides are compared in the same plain form, so case, accents and punctuation do not matter.
None of these signs is a verdict: `judge.py` weighs them.
"""

from __future__ import annotations

import ipaddress
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from brokenlinks.html.document import SHORT_PAGE_WORDS
from brokenlinks.liveness.signals.not_found_grammar import is_not_found_sentence
from brokenlinks.text.data_files import read_toml
from brokenlinks.text.normalize import (
    UNSPACED_SCRIPTS,
    fold,
    plain_words,
    split_words,
    strip_quotes,
)
from brokenlinks.text.urls import host_of, is_root, registrable_domain

MAX_HEADING_LENGTH = 300
MAX_SOURCE_LENGTH = 100_000
MAX_TEXT_LENGTH = 20_000
MAX_ERROR_SENTENCE_WORDS = 24
"""Words; what is longer says more than that a page is missing."""
ADDRESS_CACHE_SIZE = 16_384
"""Of hosts with many links: one is asked about for each."""
MAX_SITE_NAME_WORDS = 5
"""What stands beside an error phrase in a title and is longer than this is a sentence."""

_SEPARATORS = re.compile(
    r"\s*[|｜¦·•∙●»«›‹→←>]+\s*"  # noqa: RUF001 (the characters titles really use)
    r"|\s+(?:[-–—―−~:/]|::)+\s+"  # noqa: RUF001
    r"|\s*[–—―]+\s*"  # noqa: RUF001
    r"|[.!…]+\s+"
    r"|\s*[。！]+\s*"  # noqa: RUF001
)
_SENTENCE_END = re.compile(r"[.!?…:]+(?:\s+|$)|[。！？]+")  # noqa: RUF001
_COLON = re.compile(r"(?<=\S)[:：]\s+|：")  # noqa: RUF001
_DOMAIN = r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}"


# --- what is compared ------------------------------------------------------------------------


def _normalize_quotes(text: str) -> str:
    """Return `text` in lower case with straight quotes and single spaces, punctuation kept."""
    lowered = text.lower()
    straight = lowered if lowered.isascii() else _CURLY_QUOTES.sub("'", lowered)
    return " ".join(straight.split())


_CURLY_QUOTES = re.compile("[\u2018\u2019\u02bc]")


def _expand(pattern: str) -> Iterator[str]:
    """Spell out `(a|b)` (one of them) and `(a|)` (may be missing)."""
    pieces = re.split(r"\(([^()]*)\)", pattern)
    for choice in product(*(piece.split("|") for piece in pieces)):
        yield "".join(choice)


def _trim(text: str) -> str:
    """Return `text` in lower case without what is no word around it."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", " ".join(text.lower().split()))


def _path_of(url: str) -> str:
    """Return the path of `url` in lower case, "" when it is no URL."""
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return ""


def _any_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Match any plain term: as whole words, inside words in scripts without spaces."""
    endings: dict[str, list[str]] = {}  # by first word: thousands of terms begin with few words
    unspaced: list[str] = []
    for term in terms:
        if re.search(f"[{UNSPACED_SCRIPTS}]", term):
            unspaced.append(re.escape(term))
        else:
            first, space, rest = term.partition(" ")
            endings.setdefault(re.escape(first), []).append(re.escape(space + rest))
    spaced = (f"{first}(?:{'|'.join(rests)})(?!\\w)" for first, rests in endings.items())
    return re.compile("|".join([rf"(?<![\w-])(?:{'|'.join(spaced)})", *unspaced]))


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Fixed wordings; most texts lack a word of every one of them, which is quick to see."""

    pattern: re.Pattern[str]
    index_words: frozenset[str]
    """A word of each phrase; of phrases in scripts without spaces there is none."""

    def find_in(self, text: str) -> str:
        """Return the first phrase that stands in `text`, as it is spoken; "" for none."""
        folded = strip_quotes(fold(text))
        unspaced = not folded.isascii() and _UNSPACED_LETTER.search(folded)
        if not unspaced and self.index_words.isdisjoint(split_words(folded)):
            return ""
        found = self.pattern.search(_normalize_phrase(text))
        return found.group() if found else ""


_UNSPACED_LETTER = re.compile(f"[{UNSPACED_SCRIPTS}]")


# --- error pages -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _ErrorVocabulary:
    phrases: frozenset[str]
    fillers_before: re.Pattern[str]
    fillers: frozenset[str]
    numbers: re.Pattern[str]
    about_errors: re.Pattern[str]

    def is_error(self, part: str, bare: str) -> bool:
        """Tell whether a part, `bare` without its fillers, is nothing but an error."""
        return self.is_error_phrase(part, bare) or (not bare and bool(self.numbers.search(part)))

    def is_error_phrase(self, part: str, bare: str) -> bool:
        return part in self.phrases or bare in self.phrases or is_not_found_sentence(bare)

    def is_bare_number(self, part: str) -> bool:
        return part.replace(" ", "").isdecimal()

    def without_fillers(self, part: str) -> str:
        words = self.fillers_before.sub("", part).split()
        return " ".join(words[: self._fillers_from(words)])

    def _fillers_from(self, words: Sequence[str]) -> int:
        """Return the place in `words` from which on there is nothing but fillers.

        No pattern: "error", "http" and "error http" are fillers all, and of each of them in a row
        it would try both readings.
        """
        places = [len(words)]
        for start in reversed(range(len(words))):
            if any(" ".join(words[start:end]) in self.fillers for end in places):
                places.append(start)
        return places[-1]

    def may_be_site_name(self, part: str) -> bool:
        words = part.split()
        tells_a_number = words[0].isdecimal() and len(words) > 2
        return (
            len(words) <= MAX_SITE_NAME_WORDS
            and not tells_a_number
            and not self.about_errors.search(part)
        )


def error_phrase(text: str, *, site_names: Collection[str] = ()) -> str:
    """Return the error phrase a title or heading consists of, "" when it is none.

    Beside the phrase only the site's name may stand, set off by a separator. `site_names` are
    names known to be the site's; any other short part passes for one unless it talks about
    errors. A part behind "phrase: " is a subtitle, unless it is a known name.
    """
    words = _error_vocabulary()
    known = {plain_words(name) for name in site_names}
    for parts in _heading_splits(text[:MAX_HEADING_LENGTH]):
        found = _find_error_part(parts, words, known)
        if found:
            return found
    return ""


@dataclass(frozen=True, slots=True)
class _HeadingPart:
    text: str
    words: str
    after_colon: bool = False


def _heading_splits(text: str) -> Iterator[list[_HeadingPart]]:
    """Read a heading as a whole, then in its parts."""
    yield [_HeadingPart(text, plain_words(text))]
    stretches = [_COLON.split(stretch) for stretch in _SEPARATORS.split(text)]
    if sum(map(len, stretches)) == 1:
        return
    parts = []
    for pieces in stretches:
        for number, piece in enumerate(pieces):
            words = plain_words(piece)
            if words:
                parts.append(_HeadingPart(piece, words, after_colon=number > 0))
    if len(parts) > 1:
        yield parts


def _find_error_part(parts: list[_HeadingPart], words: _ErrorVocabulary, known: set[str]) -> str:
    """Return the first error phrase among the parts if the others only name the site."""
    found = ""
    strangers = False
    for part in parts:
        bare = words.without_fillers(part.words)
        if words.is_error(part.words, bare):
            if part.after_colon and strangers and words.is_bare_number(part.words):
                return ""
            found = found or _trim(part.text)
        elif part.words not in known and bare:
            if (found and part.after_colon) or not words.may_be_site_name(part.words):
                return ""
            strangers = True
    return found


def error_passage(passages: Iterable[str]) -> str:
    """Return the first sentence of the passages that is an error phrase, "" for none.

    A page may say such a thing of another page: one sign of several.
    """
    words = _error_vocabulary()
    read = (passage[:MAX_HEADING_LENGTH] for passage in passages)
    sentences = dict.fromkeys(
        sentence for passage in read for sentence in (passage, *_SENTENCE_END.split(passage))
    )
    for told in sentences:
        if told.count(" ") < MAX_ERROR_SENTENCE_WORDS:
            plain = plain_words(told)
            if words.is_error_phrase(plain, words.without_fillers(plain)):
                return _trim(told)
    return ""


ERROR_PARAMETER = "aspxerrorpath"
"""ASP.NET's, for the path that failed."""


def error_path(url: str) -> str:
    """Return the segment of the URL's path that names an error page (S2), "" for none.

    A segment `404` may be a number of the site's own: compare with the URL that was asked for.
    """
    names = _error_paths()
    if ERROR_PARAMETER in urlsplit(url).query.lower():
        return ERROR_PARAMETER
    for segment in _path_of(url).split("/"):
        stem = unquote(segment).partition(".")[0]
        if stem in names:
            return segment
    return ""


@cache
def _error_vocabulary() -> _ErrorVocabulary:
    raw = read_toml(__package__, "data/error_phrases.toml")
    phrases = {
        " ".join(phrase.split())
        for language in raw["language"]
        for pattern in language["phrases"]
        for phrase in _expand(strip_quotes(fold(pattern)))
    }
    numbers = "|".join(map(re.escape, raw["numbers"]))
    fillers = {plain_words(word) for language in raw["language"] for word in language["fillers"]}
    fillers |= set(raw["numbers"])
    filler = "|".join(map(re.escape, sorted(fillers, key=len, reverse=True)))
    return _ErrorVocabulary(
        phrases=frozenset(phrases),
        fillers_before=re.compile(rf"^(?:(?:{filler})(?: |$|(?<=[{UNSPACED_SCRIPTS}])))+"),
        fillers=frozenset(fillers),
        numbers=re.compile(rf"(?<!\S)(?:{numbers})(?!\S)"),
        about_errors=_any_of(
            {plain_words(word) for language in raw["language"] for word in language["about_errors"]}
        ),
    )


@cache
def _error_paths() -> frozenset[str]:
    groups = read_toml(__package__, "data/error_paths.toml").values()
    return frozenset(segment for group in groups for segment in group["segments"])


# --- parked domains --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _MarkupPattern:
    """Markup that only one kind of page carries: a literal, cheap to look for, then a pattern."""

    name: str
    literal: str
    pattern: re.Pattern[str]

    def matches(self, source: str) -> bool:
        return self.literal in source and bool(self.pattern.search(source))


@dataclass(frozen=True, slots=True)
class _Parking:
    name_servers: frozenset[str]
    cnames: frozenset[str]
    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
    marketplaces: tuple[str, ...]
    parking_paths: frozenset[str]
    numbered_hosts: re.Pattern[str]
    single_numbered_hosts: re.Pattern[str]
    tracking: frozenset[str]
    phrases: _Phrases
    markup_patterns: tuple[_MarkupPattern, ...]


def parking_name_server(hosts: Iterable[str]) -> str:
    """Return the first of the name servers that belongs to a parking service, "" for none."""
    return next(
        (host for host in hosts if _is_domain_or_subdomain(host, _parking().name_servers)), ""
    )


def parking_cname(host: str) -> str:
    """Return `host` when it is an alias parking services hand out, else ""."""
    return host if _is_domain_or_subdomain(host, _parking().cnames) else ""


def parking_address(addresses: Iterable[str]) -> str:
    """Return the first address in a network that serves nothing but parked domains."""
    return next(filter(_is_parking_address, addresses), "")


@lru_cache(maxsize=ADDRESS_CACHE_SIZE)
def _is_parking_address(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return any(address in network for network in _parking().networks)


def parking_redirect(asked: str, final: str) -> str:
    """Return what about `final` shows that `asked` was sent to a lander, "" for nothing."""
    parking = _parking()
    host, asked_host = host_of(final), host_of(asked)
    path = _path_of(final).rstrip("/")
    if registrable_domain(host) != registrable_domain(asked_host):
        place = f"{host.removeprefix('www.')}{path}"
        listed = next(
            (known for known in parking.marketplaces if _is_at_or_under(place, known)), ""
        )
        return "" if _is_domain_or_subdomain(asked_host, parking.marketplaces) else listed
    if path in parking.parking_paths and _path_of(asked).rstrip("/") != path:
        return path
    return host if host != asked_host and _is_numbered_host(host, asked, final, parking) else ""


def _is_at_or_under(place: str, known: str) -> bool:
    """Tell whether `place` (host and path) lies at or under `known` (host, maybe a path)."""
    if "/" in known:
        return place.startswith(known)
    return _is_domain_or_subdomain(place.partition("/")[0], {known})


def _is_numbered_host(host: str, asked: str, final: str, parking: _Parking) -> bool:
    if parking.numbered_hosts.match(host):
        return True
    names = (name.lower() for name, _ in parse_qsl(urlsplit(final).query))
    to_front = is_root(final) and not is_root(asked)
    sent = to_front or any(name in parking.tracking for name in names)
    return sent and bool(parking.single_numbered_hosts.match(host))


def _is_domain_or_subdomain(host: str, domains: Collection[str]) -> bool:
    labels = host.strip().rstrip(".").lower().split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels) - 1))


def parked_phrase(title: str, h1: str, text: str, words: int) -> str:
    """Return what says that the domain is parked or for sale, "" for nothing.

    Read in title and first heading, and in the visible `text` of a page with fewer `words`
    than `SHORT_PAGE_WORDS`. Brokers and articles say these things too: one sign of two.
    """
    phrases = _parking().phrases
    for heading in (title[:MAX_HEADING_LENGTH], h1[:MAX_HEADING_LENGTH]):
        found = phrases.find_in(heading)
        if found and not _mentions_errors(heading):
            return found
    return phrases.find_in(text[:MAX_TEXT_LENGTH]) if words < SHORT_PAGE_WORDS else ""


def _mentions_errors(heading: str) -> bool:
    return bool(
        _error_vocabulary().about_errors.search(re.sub(_DOMAIN, "", _normalize_phrase(heading)))
    )


def _normalize_phrase(text: str) -> str:
    """Return folded words with the dots inside domain names kept."""
    folded = strip_quotes(fold(text))
    return " ".join(
        re.sub(r"[^\w\s.\u0e00-\u0e7f-]|\.(?!\w)|(?<!\w)-|-(?!\w)", " ", folded).split()
    )


def parked_markup(source: str) -> str:
    """Return the parking service whose script or markup the page carries, "" for none."""
    return _first_markup_match(_parking().markup_patterns, source)


def _first_markup_match(markup_patterns: Iterable[_MarkupPattern], source: str) -> str:
    lowered = source[:MAX_SOURCE_LENGTH].lower()
    return next((mark.name for mark in markup_patterns if mark.matches(lowered)), "")


def _markup_patterns(entries: Iterable[Mapping[str, str]]) -> tuple[_MarkupPattern, ...]:
    return tuple(
        _MarkupPattern(
            name=entry["name"],
            literal=entry["literal"],
            pattern=re.compile(entry.get("pattern", re.escape(entry["literal"]))),
        )
        for entry in entries
    )


def _index_word(phrase: str) -> str:
    """Return the longest word of a phrase: the one that other texts are the likeliest to lack."""
    return max(split_words(phrase.replace("domain.placeholder", "")), key=len)


@cache
def _parking() -> _Parking:
    raw = read_toml(__package__, "data/parking.toml")

    def hosts(kind: str) -> tuple[str, ...]:
        return tuple(host for group in raw[kind] for host in group["hosts"])

    spoken = {
        _normalize_phrase(phrase.replace("<domain>", "domain.placeholder"))
        for group in raw["phrases"]
        for pattern in group["phrases"]
        for phrase in _expand(pattern)
    }
    # Longest first, so that what is reported is the fullest wording.
    phrases = _any_of(sorted(spoken, key=lambda phrase: (-len(phrase), phrase)))
    return _Parking(
        name_servers=frozenset(hosts("name_servers")),
        cnames=frozenset(hosts("cnames")),
        networks=tuple(
            ipaddress.ip_network(network)
            for group in raw["networks"]
            for network in group["networks"]
        ),
        marketplaces=hosts("marketplaces"),
        parking_paths=frozenset(raw["shapes"]["lander_paths"]),
        numbered_hosts=re.compile(raw["shapes"]["numbered_hosts"]),
        single_numbered_hosts=re.compile(raw["shapes"]["single_numbered_hosts"]),
        tracking=frozenset(raw["shapes"]["tracking"]),
        phrases=_Phrases(
            re.compile(phrases.pattern.replace(r"domain\.placeholder", _DOMAIN)),
            frozenset(map(_index_word, spoken)),
        ),
        markup_patterns=_markup_patterns(raw["markup"]),
    )


# --- spam ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SpamTerms:
    """The spam terms found, distinct; `strong` ones hardly stand on an honest page."""

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """All terms, the strong ones first."""
        return self.strong + self.weak

    def __bool__(self) -> bool:
        return bool(self.strong or self.weak)


@dataclass(frozen=True, slots=True)
class _Term:
    spelling: str
    words: tuple[str, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    by_first_word: Mapping[str, tuple[_Term, ...]]
    unspaced: tuple[_Term, ...]

    def find_terms(self, folded: str) -> Iterator[_Term]:
        if not folded.isascii():
            yield from (term for term in self.unspaced if term.words[0] in folded)
        words = split_words(folded)
        for position, word in enumerate(words):
            for term in self.by_first_word.get(word, ()):
                if tuple(words[position : position + len(term.words)]) == term.words:
                    yield term


def find_spam_terms(text: str) -> SpamTerms:
    """Find words of casinos, pill shops, essay mills and their like in `text`."""
    found = tuple(_lexicon().find_terms(fold(text[:MAX_SOURCE_LENGTH])))
    return SpamTerms(
        strong=tuple(dict.fromkeys(term.spelling for term in found if term.strong)),
        weak=tuple(dict.fromkeys(term.spelling for term in found if not term.strong)),
    )


@cache
def _lexicon() -> _Lexicon:
    spaced: dict[str, list[_Term]] = {}
    unspaced = []
    for spelling, strong in _spellings():
        folded = fold(spelling)
        if re.search(f"[{UNSPACED_SCRIPTS}]", folded):
            unspaced.append(_Term(spelling, (folded,), strong))
        else:
            words = tuple(split_words(folded))
            spaced.setdefault(words[0], []).append(_Term(spelling, words, strong))
    return _Lexicon({word: tuple(terms) for word, terms in spaced.items()}, tuple(unspaced))


def _spellings() -> Iterator[tuple[str, bool]]:
    for group in read_toml(__package__, "data/spam.toml")["group"]:
        for kind in ("strong", "weak"):
            for pattern in group[kind]:
                yield from ((spelling, kind == "strong") for spelling in _expand(pattern))


# --- placeholders and error shells -----------------------------------------------------------

PlaceholderKind = Literal["placeholder", "suspended", "unclaimed_service"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A page of the server's or the hoster's own, in place of the site."""

    kind: PlaceholderKind
    vendor: str
    signal: str


@dataclass(frozen=True, slots=True)
class _PlaceholderPattern:
    kind: PlaceholderKind
    vendor: str
    where: Literal["title", "h1", "text", "header"]
    fact: str
    source: str
    also: str = ""
    header: str = ""
    most_words: int = 120

    def signal(self, headers: Mapping[str, str], page: Mapping[str, str], words: int) -> str:
        if self.where == "header":
            value = headers.get(self.header, "").lower()
            return f"header {self.header}: {self.fact}" if self.fact in value else ""
        if words > self.most_words or self.also not in page["text"]:
            return ""
        return f'{self.where} "{self.fact}"' if self._matches(page[self.where]) else ""

    def _matches(self, text: str) -> bool:
        if self.where == "text":
            return self.fact in text
        if self.fact.endswith("..."):
            return text.startswith(self.fact.removesuffix("..."))
        return text == self.fact


def placeholder(
    headers: Mapping[str, str], title: str, h1: str, text: str, words: int
) -> Placeholder | None:
    """Recognise a default server page, a suspended account or a service nobody claimed.

    `headers` have lower-case names; `text` is what can be read, `words` how much of it. The
    status does not matter: services give such pages with 200 as well as with 404 or 410.
    """
    page = {"title": _normalize_quotes(title), "h1": _normalize_quotes(h1), "text": ""}
    facts = _placeholder_index()
    if words <= facts.most_words:
        page["text"] = _normalize_quotes(text[:MAX_TEXT_LENGTH])
    for fact in facts.candidates_for(page):
        signal = fact.signal(headers, page, words)
        if signal:
            return Placeholder(fact.kind, fact.vendor, signal)
    return None


def error_shell(source: str) -> str:
    """Return the framework or CMS whose own error page the markup is, "" for none."""
    return _first_markup_match(_error_shells(), source)


@dataclass(frozen=True, slots=True)
class _PlaceholderIndex:
    """Thousands of wordings, most of them filed under a word inside them or as a whole."""

    facts: tuple[_PlaceholderPattern, ...]
    by_word: Mapping[str, Sequence[int]]
    by_heading: Mapping[str, Sequence[int]]
    """Whole titles and headings."""
    unspaced: Sequence[int]
    unindexed: Sequence[int]
    most_words: int

    def candidates_for(self, page: Mapping[str, str]) -> Iterator[_PlaceholderPattern]:
        """Yield those that a page with this to read may show, in the order of the data."""
        text = page["text"]
        found = set(self.unindexed)
        for heading in (page["title"], page["h1"]):
            found.update(self.by_heading.get(heading, ()))
        for word in self.by_word.keys() & set(split_words(text)):
            found.update(self.by_word[word])
        if not text.isascii() and _UNSPACED_LETTER.search(text):
            found.update(self.unspaced)
        return (self.facts[number] for number in sorted(found))


@cache
def _placeholder_index() -> _PlaceholderIndex:
    facts = tuple(
        _PlaceholderPattern(**entry | {"fact": " ".join(fact.split())})
        for entry in read_toml(__package__, "data/placeholders.toml")["page"]
        for fact in _expand(entry["fact"])
    )
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    by_heading: defaultdict[str, list[int]] = defaultdict(list)
    unspaced, unindexed = [], []
    for number, fact in enumerate(facts):
        words = _INNER_WORD.findall(fact.fact) if fact.where == "text" else ()
        if fact.where == "text" and _UNSPACED_LETTER.search(fact.fact):
            unspaced.append(number)
        elif words:
            by_word[max(words, key=len)].append(number)
        elif fact.where in {"title", "h1"} and not fact.fact.endswith("..."):
            by_heading[fact.fact].append(number)
        else:
            unindexed.append(number)
    most_words = max(fact.most_words for fact in facts)
    return _PlaceholderIndex(facts, by_word, by_heading, unspaced, unindexed, most_words)


_INNER_WORD = re.compile(r"(?<=\W)\w+(?=\W)")


@cache
def _error_shells() -> tuple[_MarkupPattern, ...]:
    return _markup_patterns(read_toml(__package__, "data/error_shells.toml")["markup"])
