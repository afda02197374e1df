"""Sentences of error pages are understood by their words, also those that nobody listed."""
# ruff: noqa: RUF001 (texts in many scripts)

from __future__ import annotations

import time

import pytest

from brokenlinks.liveness.signals.error_pages import is_not_found_sentence
from brokenlinks.text.normalize import plain_words

ABSENT = [
    "The page you tried to reach doesn't exist",
    "It appears the page you were looking for doesn’t exist",
    "The page you've requested can't be found",
    "We couldn't find what you were looking for",
    "The document you requested is no longer available on this server",
    "The topic or board you are looking for appears to be either missing or off limits to you",
    "Leider ist diese Seite nicht mehr verfügbar",
    "Die Seite, die Sie suchen, gibt es leider nicht (mehr)",
    "Nous n'avons pas trouvé la page que vous cherchez",
    "La page que vous recherchez n'existe pas ou a été déplacée",
    "La página que intenta ver no existe",
    "La pagina che hai richiesto non è più disponibile",
    "De pagina die je probeert te openen bestaat niet meer",
    "Strona, którą próbujesz otworzyć, nie istnieje",
    "Infelizmente a página que você está procurando não existe mais",
    "Vi kan tyvärr inte hitta sidan du letar efter",
    "Omlouváme se, ale požadovaná stránka na tomto serveru neexistuje",
    "К сожалению, такой страницы нет на нашем сайте",
    "お探しのページは、移動または削除された可能性があります",
    "您访问的页面不存在或已被删除",
]
PRESENT = [
    "",
    "The page",
    "Missing link",
    "The page you are looking for a job on",
    "Sites that no longer exist",
    "Missing persons not found after the flood",
    "How to say that a page does not exist",
    "Die Seite der Mühle wurde neu gestaltet",
    "La page des anciens élèves",
    "La página de los niños que no existe en el mapa",
    "Страница истории села",
    "星のページの作り方",
    "页面设计入门",
]


@pytest.mark.parametrize("sentence", ABSENT)
def test_sentences_of_error_pages(sentence: str) -> None:
    assert is_not_found_sentence(plain_words(sentence))


@pytest.mark.parametrize("sentence", PRESENT)
def test_sentences_with_a_subject_of_their_own(sentence: str) -> None:
    assert not is_not_found_sentence(plain_words(sentence))


@pytest.mark.parametrize("words", ["the page ", "no longer ", "нет ", "您访问的页面"])
def test_a_long_text_is_read_in_no_time(words: str) -> None:
    is_not_found_sentence("")
    start = time.process_time()
    is_not_found_sentence(words * 20_000)
    assert time.process_time() - start < 0.5
