"""The ordinary pages of a site: what a person of that kind would write on that topic."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.discovery.held_out.model import SiteData, load_kinds, load_subjects

PLACES = (
    *("Fernwood", "Oakhurst", "Port Allan", "Millbrook", "Saint Clair", "Kettering Vale"),
    *("Dunmore", "Eastlake", "Harrow Hill", "Lindale", "Mossford", "Wexley", "Brackenridge"),
)
PEOPLE = (
    *("Margaret", "Old Pete", "Yusuf", "Ingrid", "Dale", "Beatriz", "Colin", "Ruthie", "Hank"),
    *("Priya", "Tom Avery", "Noor", "Walt", "Sinead", "Marek", "Joanna", "Big Steve", "Lucille"),
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """An ordinary page; `paragraphs` are text."""

    path: str
    title: str
    paragraphs: tuple[str, ...]
    is_static: bool


def seeded_random(*key: str) -> Random:
    """Return the dice of one thing of this web: they fall the same every time."""
    return Random("/".join(key))


def ordinary_pages(site: SiteData) -> list[GeneratedPage]:
    """Return a site's own pages, without its home page and its pages of links."""
    kind, dice = load_kinds()[site.kind], seeded_random(site.host, "pages")
    subjects = load_subjects()[_pool(site)]
    count = min(len(subjects), dice.randint(*kind.subjects))
    chosen = dice.sample(sorted(subjects), count)
    standing = {} if site.language != "en" else kind.standing
    return [
        *(_static_page(site, title, said) for title, said in standing.items()),
        *(_article(site, title, subjects[title]) for title in chosen),
    ]


def _pool(site: SiteData) -> str:
    return site.topic if site.language == "en" else f"{site.topic} ({site.language})"


def _static_page(site: SiteData, title: str, said: list[str]) -> GeneratedPage:
    filled = tuple(_fill_template(site, title, sentence) for sentence in said)
    return GeneratedPage(f"/{_slug(title)}", title, (" ".join(filled),), is_static=True)


def _article(site: SiteData, title: str, said: list[str]) -> GeneratedPage:
    kind, dice = load_kinds()[site.kind], seeded_random(site.host, title)
    sentences = dice.sample(said, max(3, len(said) - 1))
    if site.language == "en":
        sentences = [dice.choice(kind.opening), *sentences, dice.choice(kind.closing)]
    filled = [_fill_template(site, title, sentence) for sentence in sentences]
    middle = len(filled) // 2
    path = kind.path.format(Title=title.replace(" ", "_"), **_template_values(site, title))
    paragraphs = (" ".join(filled[:middle]), " ".join(filled[middle:]))
    return GeneratedPage(path, title, paragraphs, is_static=False)


def _fill_template(site: SiteData, title: str, sentence: str) -> str:
    return sentence.format(**_template_values(site, title, sentence))


def _template_values(site: SiteData, *key: str) -> dict[str, str | int]:
    dice, at_home = seeded_random(site.host, *key), seeded_random(site.host)
    month, slug = dice.randrange(12), _slug(key[0])
    return {
        "name": site.name,
        "place": at_home.choice(PLACES),
        "login": at_home.choice(PEOPLE).split()[-1].lower(),
        "person": dice.choice(PEOPLE),
        "month": MONTHS[month],
        "month_number": month + 1,
        "year": dice.randint(2006, 2024),
        "number": dice.randint(8, 60),
        "topic_number": dice.randint(1000, 99999),
        "slug": slug,
        "short": slug.replace("-", "")[:8],
    }


def _slug(title: str) -> str:
    words = "".join(char if char.isalnum() else " " for char in title.lower())
    return "-".join(words.split())
