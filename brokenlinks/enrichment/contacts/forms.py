"""Which forms of a page take a message to the site: not search, comment, newsletter or checkout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from brokenlinks.enrichment.contacts.words import data, says
from brokenlinks.html.links import Hyperlink
from brokenlinks.html.visible_lines import Sight
from brokenlinks.models.contact import Around, Form
from brokenlinks.models.page import Placement
from brokenlinks.text.urls import absolute_url, site_of

FORMS_KEPT = 20
SAID_LENGTH = 1000
_NAME_PARTS = re.compile(r"[^a-z]+")
_SAYING = frozenset({"label", "legend", "button", "option", "h1", "h2", "h3", "h4", "p"})
_PASSING_FIELDS = frozenset({"hidden", "submit", "button", "image", "reset"})


def forms_of(
    sight: Sight, hyperlinks: list[Hyperlink], page_url: str, base: str
) -> tuple[Form, ...]:
    """Return the page's message forms, then those on form services that it embeds or links."""
    own = (
        Form(around, _said(form))
        for form, around in sight.forms
        if around.placement is not Placement.COMMENTS
        and _takes_message(form, around)
        and _reaches_site(form.get("action") or "", page_url, base)
    )
    embedded = (
        Form(around) for source, around in sight.embedded if _is_service(absolute_url(base, source))
    )
    return tuple([*own, *embedded, *_linked(hyperlinks)][:FORMS_KEPT])


def _linked(hyperlinks: list[Hyperlink]) -> Iterator[Form]:
    for link in hyperlinks:
        said = (link.anchor, link.context)
        if not link.external or not _is_service(link.url):
            continue
        if any(says(name, *said) for name in ("report", "contact", "express", "feedback")):
            yield Form(
                Around(link.context, "", link.heading, link.placement), link.anchor, link.url
            )


def _takes_message(form: Any, around: Around) -> bool:
    """Tell a form with room for a text, sent somewhere, that is not of another kind."""
    texts = list(form.iterfind(".//textarea"))
    action = form.get("action") or ""
    sent = (
        form.get("method", "").lower() == "post" or action or form.get("data-netlify") is not None
    )
    if not texts or not sent or action.lower().startswith("mailto:"):
        return False
    if form.find(".//input[@type='password']") is not None or form.get("role") == "search":
        return False
    names = " ".join([*(form.get(name, "") for name in ("id", "class", "name")), _file(action)])
    if not data("forms", "names").isdisjoint(_NAME_PARTS.split(names.lower())):
        return False
    return not any(map(_announces_another, (*_buttons(form), around.heading, around.line)))


def _reaches_site(action: str, page_url: str, base: str) -> bool:
    """Tell a form that is sent to the page's own site, or to it by way of a form service."""
    to = absolute_url(base, action) if action else page_url
    return to is not None and (site_of(to) == site_of(page_url) or _is_service(to))


def _announces_another(text: str) -> bool:
    """Tell words that announce a comment, an order, a booking, and do not speak of contact."""
    is_message = says("contact", text) or says("feedback", text) or says("express", text)
    return says("no_message", text) and not is_message


def _file(action: str) -> str:
    """Return the last part of a form's address, all of it where it cannot be split."""
    try:
        return urlsplit(action).path.rstrip("/").rpartition("/")[2]
    except ValueError:
        return action


def _buttons(form: Any) -> Iterator[str]:
    for button in form.iterfind(".//button"):
        yield "".join(button.itertext())[:SAID_LENGTH]
    for field in form.iterfind(".//input[@type]"):
        if field.get("type").lower() in _PASSING_FIELDS - {"hidden"}:
            yield field.get("value") or ""


def _said(form: Any) -> str:
    said = ("".join(part.itertext()) for part in form.iter(*_SAYING))
    return " ".join(" ".join([*said, *_buttons(form)]).split())[:SAID_LENGTH]


def _is_service(url: str | None) -> bool:
    """Tell the address of a form on a form service."""
    parts = urlsplit(url or "")
    for service in data("forms", "services"):
        host, _, path = service.partition("/")
        if f".{parts.hostname}".endswith(f".{host}") and parts.path.startswith(f"/{path}"):
            return True
    return False
