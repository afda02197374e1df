"""Pages of failing servers that turn us away or announce their return, and those that only fail."""
# ruff: noqa: RUF001 (texts in many scripts)

from __future__ import annotations

import pytest

from brokenlinks.html.document import parse_html
from brokenlinks.liveness.signals.outages import outage_signals

REFUSALS = [
    "Your address er blocked",
    "Your IP address may not use this site",
    "Su dirección IP no tiene permiso",
    "Доступ с вашего IP-адреса не разрешён",
    "Access to our shop has been limited by its owner",
    "We do not serve automated tools",
    "Sie stehen auf unserer schwarzen Liste",
    "Vous êtes sur une liste noire",
    "您已被列入黑名单",
    "No crawlers, please",
    "Turn off your VPN",
    "Not available in your country",
    "The request was refused by our shop",
    "403 Forbidden",
    "We think that you are a robot",
    "Roboter sind hier nicht erwünscht",
    "Роботам сюда нельзя",
    "Zu viele Anfragen von diesem Rechner",
    "Vous avez envoyé trop de requêtes",
    "Demasiadas solicitudes",
    "Muitas requisições em pouco tempo",
    "Troppe richieste da questo indirizzo",
    "Te veel verzoeken",
    "Zbyt wiele zapytań z tego adresu",
    "Слишком много запросов",
    "Çok fazla istek gönderdiniz",
    "您的请求过于频繁",
    "請輸入驗證碼",
    "リクエストが多すぎます",
    "요청이 너무 많습니다",
]
RETURNS = [
    "Our site is being rebuilt",
    "Come back soon",
    "Be right back",
    "Chcemy jak najszybciej do Was wrócić",
    "Wir sind in Kürze zurück",
    "Diese Seite wird gerade überarbeitet",
    "Notre site est en travaux",
    "Nous faisons une refonte, revenez demain",
    "Estamos actualizando la tienda",
    "Vuelve pronto",
    "Estamos atualizando a loja",
    "Volte em breve",
    "Il sito è in ristrutturazione",
    "Tornate presto a trovarci",
    "De site wordt vernieuwd, kom later terug",
    "Trwa aktualizacja sklepu",
    "Zapraszamy później",
    "Aktualizujeme obchod",
    "Sidan uppdateras",
    "Siden opdateres",
    "Sitemiz güncelleniyor",
    "Мы обновляем магазин и скоро вернёмся",
    "系统正在升级",
    "サイトをリニューアルしています",
]
FAILURES = [
    "Access denied for user 'shop'@'localhost' (using password: YES)",
    "Web server is down. Ray ID: 6f2a. Your IP: 192.0.2.7. Performance & security by Cloudflare",
    "Bad gateway. Please try again later",
    "Service Temporarily Unavailable",
    "Bitte aktualisieren Sie die Seite oder versuchen Sie es später erneut",
    "Veuillez réessayer plus tard",
    "Vuelve a intentarlo más tarde o actualiza la página",
    "Atualize a página ou tente novamente mais tarde",
    "Riprova più tardi o aggiorna la pagina. Torna alla home",
    "Probeer het later nog eens. Terug naar de startpagina",
    "Spróbuj ponownie później. Wróć na stronę główną",
    "Обновите страницу. Вернуться на главную",
    "Ana sayfaya dön",
    "请刷新页面重试",
    "しばらく待ってからもう一度お試しください",
]


NO_FAILURE = ["Mill weirs", "We are closed today", "Geschlossen", "請稍候", "Закрыто на учёт"]


def signals_of(text: str) -> dict[str, str]:
    source = f"<title>{text}</title>"
    return outage_signals(source, parse_html(source, ""))


@pytest.mark.parametrize("text", REFUSALS)
def test_a_page_that_turns_us_away(text: str) -> None:
    assert signals_of(text)["refusal"]


@pytest.mark.parametrize("text", RETURNS)
def test_a_page_that_says_it_will_be_back(text: str) -> None:
    assert signals_of(text)["maintenance"]


@pytest.mark.parametrize("text", FAILURES)
def test_a_page_that_only_fails(text: str) -> None:
    assert not any(signals_of(f"503 error. {text}").values())


@pytest.mark.parametrize("text", NO_FAILURE)
def test_a_page_that_does_not_say_that_it_fails(text: str) -> None:
    assert signals_of(text)["unexplained"]


def test_a_page_without_text_only_fails() -> None:
    assert not any(signals_of("").values())
