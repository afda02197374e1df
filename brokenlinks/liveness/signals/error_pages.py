"""Recognises error pages that are served with a good status, by wording, URL and markup.

Pure functions over text: signals for the rules to weigh, not verdicts. Wordings are kept in `data/`
as pages write them; both sides are compared without case, accents and punctuation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from brokenlinks.text.normalize import UNSPACED_SCRIPTS, fold, plain_words, strip_quotes
from brokenlinks.text.phrases import MarkupMatcher, expand, read_toml, terms_pattern

MAX_HEADING_LENGTH = 300
"""Characters; error phrases are short, and a title may be a whole article."""
MAX_ERROR_SENTENCE_WORDS = 24
"""A longer sentence says more than that a page is missing."""
MAX_SITE_NAME_WORDS = 5
"""Beside an error phrase in a title, anything longer than this is a sentence."""

_SEPARATORS = re.compile(
    r"\s*[|｜¦·•∙●»«›‹→←>]+\s*"  # noqa: RUF001 (the characters titles really use)
    r"|\s+(?:[-–—―−~:/]|::)+\s+"  # noqa: RUF001
    r"|\s*[–—―]+\s*"  # noqa: RUF001
    r"|[.!…]+\s+"
    r"|\s*[。！]+\s*"  # noqa: RUF001
)
_SENTENCE_END = re.compile(r"[.!?…:]+(?:\s+|$)|[。！？]+")  # noqa: RUF001
_COLON = re.compile(r"(?<=\S)[:：]\s+|：")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class _ErrorVocabulary:
    phrases: frozenset[str]
    fillers_before: re.Pattern[str]
    fillers: frozenset[str]
    last_words: frozenset[str]
    """Of the fillers: few texts end with one."""
    numbers: re.Pattern[str]
    about_errors: re.Pattern[str]

    def is_error(self, part: str, bare: str) -> bool:
        """Return whether a part, `bare` without its fillers, is nothing but an error."""
        return self.is_error_phrase(part, bare) or (not bare and bool(self.numbers.search(part)))

    def is_error_phrase(self, part: str, bare: str) -> bool:
        return part in self.phrases or bare in self.phrases or is_not_found_sentence(bare)

    def without_fillers(self, part: str) -> str:
        words = self.fillers_before.sub("", part).split()
        return " ".join(words[: self._fillers_from(words)])

    def _fillers_from(self, words: Sequence[str]) -> int:
        """Return the index in `words` after which there are only fillers.

        Not a regular expression: "error", "http" and "error http" are all fillers, and a long row
        of them would be tried in every combination.
        """
        places = [len(words)]
        if not words or words[-1] not in self.last_words:
            return places[0]
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

    Only the site's name may be beside the phrase, set off by a separator. `site_names` are
    known names of the site; any other short part passes for one unless it speaks about errors.
    A part after "phrase: " is a subtitle, unless it is a known name.
    """
    words = _error_vocabulary()
    plain_names = {plain_words(name) for name in site_names}
    splits = _heading_splits(text[:MAX_HEADING_LENGTH])
    return next(filter(None, (_find_error_part(parts, words, plain_names) for parts in splits)), "")


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
    parts = [
        _HeadingPart(piece, words, after_colon=number > 0)
        for pieces in stretches
        for number, piece in enumerate(pieces)
        if (words := plain_words(piece))
    ]
    if len(parts) > 1:
        yield parts


def _find_error_part(
    parts: list[_HeadingPart], words: _ErrorVocabulary, site_names: set[str]
) -> str:
    """Return the first error phrase among the parts if the others only name the site."""
    phrase = ""
    other_parts = False
    for part in parts:
        bare = words.without_fillers(part.words)
        if words.is_error(part.words, bare):
            if part.after_colon and other_parts and part.words.replace(" ", "").isdecimal():
                return ""  # a number alone
            phrase = phrase or _trim(part.text)
        elif part.words not in site_names and bare:
            if (phrase and part.after_colon) or not words.may_be_site_name(part.words):
                return ""
            other_parts = True
    return phrase


def error_passage(passages: Iterable[str]) -> str:
    """Return the first sentence of the passages that is an error phrase, "" for none.

    A page may say this about another page: one signal of several.
    """
    words = _error_vocabulary()
    trimmed = (passage[:MAX_HEADING_LENGTH] for passage in passages)
    sentences = dict.fromkeys(
        sentence for passage in trimmed for sentence in (passage, *_SENTENCE_END.split(passage))
    )
    for sentence in sentences:
        if sentence.count(" ") < MAX_ERROR_SENTENCE_WORDS:
            plain = plain_words(sentence)
            if words.is_error_phrase(plain, words.without_fillers(plain)):
                return _trim(sentence)
    return ""


@dataclass(frozen=True, slots=True)
class _Grammar:
    """Sentences of one language; a list of whole sentences would never be complete."""

    kinds: Mapping[str, str]
    words: re.Pattern[str]

    def classify_words(self, sentence: str) -> Iterator[str]:
        """Yield the kind of each entry of the sentence, "" at the first unknown word, and stop."""
        position = 0
        while position < len(sentence):
            match = self.words.match(sentence, position)
            yield self.kinds[match[1]] if match else ""
            if not match:
                return
            position = match.end()


def is_not_found_sentence(sentence: str) -> bool:
    """Return whether plain words say that a page, or another part of a site, is missing.

    They must say nothing else: a title with a subject of its own does not count.
    """
    first_word = sentence.partition(" ")[0]
    grammars = _grammars()
    return any(
        "" not in kinds and {"things", "absent"} <= kinds
        for token in {first_word, first_word[:1]}
        for kinds in (set(g.classify_words(sentence)) for g in grammars.get(token, ()))
    )


@cache
def _grammars() -> Mapping[str, Sequence[_Grammar]]:
    """Return the grammars by what a sentence begins with.

    A word, or a letter where words have no spaces between them.
    """
    grammars: defaultdict[str, list[_Grammar]] = defaultdict(list)
    for language in read_toml(__package__, "data/error_sentences.toml")["language"]:
        grammar = _grammar(language)
        unspaced = any(re.search(f"[{UNSPACED_SCRIPTS}]", entry) for entry in grammar.kinds)
        for token in {e[:1] if unspaced else e.partition(" ")[0] for e in grammar.kinds}:
            grammars[token].append(grammar)
    return grammars


def _grammar(language: Mapping[str, Sequence[str]]) -> _Grammar:
    classes = ("small", "things", "absent")
    kinds = {plain_words(entry): kind for kind in classes for entry in language[kind]}
    longest_first = sorted(kinds, key=lambda entry: (-len(entry), entry))
    end = f"(?:\\s+|$|(?<=[{UNSPACED_SCRIPTS}]))"
    return _Grammar(kinds, re.compile(f"({'|'.join(map(re.escape, longest_first))}){end}"))


ERROR_PARAMETER = "aspxerrorpath"
"""ASP.NET sends the path that failed in it."""


def error_path(url: str) -> str:
    """Return the segment of the URL's path that names an error page, "" for none.

    A segment `404` may be one of the site's own numbers: compare with the requested URL.
    """
    if ERROR_PARAMETER in urlsplit(url).query.lower():
        return ERROR_PARAMETER
    segments = urlsplit(url).path.lower().split("/")
    return next((s for s in segments if unquote(s).partition(".")[0] in _error_paths()), "")


@cache
def _error_vocabulary() -> _ErrorVocabulary:
    raw = read_toml(__package__, "data/error_phrases.toml")
    phrases = {
        " ".join(phrase.split())
        for language in raw["language"]
        for pattern in language["phrases"]
        for phrase in expand(strip_quotes(fold(pattern)))
    }
    numbers = "|".join(map(re.escape, raw["numbers"]))
    fillers = {plain_words(word) for language in raw["language"] for word in language["fillers"]}
    fillers |= set(raw["numbers"])
    filler = "|".join(map(re.escape, sorted(fillers, key=len, reverse=True)))
    return _ErrorVocabulary(
        phrases=frozenset(phrases),
        fillers_before=re.compile(rf"^(?:(?:{filler})(?: |$|(?<=[{UNSPACED_SCRIPTS}])))+"),
        fillers=frozenset(fillers),
        last_words=frozenset(filler.split()[-1] for filler in fillers),
        numbers=re.compile(rf"(?<!\S)(?:{numbers})(?!\S)"),
        about_errors=re.compile(
            terms_pattern(
                {plain_words(w) for language in raw["language"] for w in language["about_errors"]}
            )
        ),
    )


@cache
def _error_paths() -> frozenset[str]:
    groups = read_toml(__package__, "data/error_paths.toml").values()
    return frozenset(segment for group in groups for segment in group["segments"])


def mentions_errors(words: str) -> bool:
    """Return whether plain words are about errors."""
    return bool(_error_vocabulary().about_errors.search(words))


def error_shell(source: str) -> str:
    """Return the framework or CMS whose own error page the markup is, "" for none."""
    return _error_shells().find_in(source)


@cache
def _error_shells() -> MarkupMatcher:
    return MarkupMatcher(read_toml(__package__, "data/error_shells.toml")["markup"])


def _trim(text: str) -> str:
    """Return `text` in lower case without the punctuation around it."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", " ".join(text.lower().split()))
