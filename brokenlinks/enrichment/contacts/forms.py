"""Finds forms for messages to the site, not those for search, comments, newsletters or orders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from brokenlinks.enrichment.contacts.words import contains_phrase, word_list
from brokenlinks.html.links import Hyperlink
from brokenlinks.html.visible_lines import VisibleContent
from brokenlinks.models.contact import Form, TextContext
from brokenlinks.models.page import Placement
from brokenlinks.text.urls import absolute_url, site_of

MAX_FORMS = 20
MAX_FORM_TEXT_LENGTH = 1000
_NAME_PARTS = re.compile(r"[^a-z]+")
_TEXT_TAGS = frozenset({"label", "legend", "button", "option", "h1", "h2", "h3", "h4", "p"})
_BUTTON_TYPES = frozenset({"submit", "button", "image", "reset"})


def find_forms(
    visible: VisibleContent, hyperlinks: list[Hyperlink], page_url: str, base: str
) -> tuple[Form, ...]:
    """Return the page's message forms, then those on form services that it embeds or links."""
    own = (
        Form(context, _form_text(form))
        for form, context in visible.forms
        if context.placement is not Placement.COMMENTS
        and _is_message_form(form, context)
        and _submits_to_site(form.get("action") or "", page_url, base)
    )
    embedded = (
        Form(context)
        for source, context in visible.embedded
        if _is_service(absolute_url(base, source))
    )
    return tuple([*own, *embedded, *_linked_forms(hyperlinks)][:MAX_FORMS])


def _linked_forms(hyperlinks: list[Hyperlink]) -> Iterator[Form]:
    for link in hyperlinks:
        texts = (link.anchor, link.context)
        if not link.external or not _is_service(link.url):
            continue
        if any(
            contains_phrase(name, *texts) for name in ("report", "contact", "express", "feedback")
        ):
            yield Form(
                TextContext(link.context, "", link.heading, link.placement), link.anchor, link.url
            )


def _is_message_form(form: Any, context: TextContext) -> bool:
    """Whether a form has a text area, is sent somewhere, and is not of another kind."""
    texts = list(form.iterfind(".//textarea"))
    action = form.get("action") or ""
    sent = (
        form.get("method", "").lower() == "post" or action or form.get("data-netlify") is not None
    )
    if not texts or not sent or action.lower().startswith("mailto:"):
        return False
    if form.find(".//input[@type='password']") is not None or form.get("role") == "search":
        return False
    names = " ".join(
        [*(form.get(name, "") for name in ("id", "class", "name")), _last_segment(action)]
    )
    if not word_list("forms", "names").isdisjoint(_NAME_PARTS.split(names.lower())):
        return False
    return not any(map(_is_other_kind, (*_buttons(form), context.heading, context.line)))


def _submits_to_site(action: str, page_url: str, base: str) -> bool:
    """Whether a form is sent to the page's own site or to a form service."""
    to = absolute_url(base, action) if action else page_url
    return to is not None and (site_of(to) == site_of(page_url) or _is_service(to))


def _is_other_kind(text: str) -> bool:
    """Whether a text is about a comment, an order or a booking, and not about contact."""
    is_message = any(contains_phrase(name, text) for name in ("contact", "feedback", "express"))
    return contains_phrase("no_message", text) and not is_message


def _last_segment(action: str) -> str:
    """Return the last part of a form's address, or all of it when it cannot be parsed."""
    try:
        return urlsplit(action).path.rstrip("/").rpartition("/")[2]
    except ValueError:
        return action


def _buttons(form: Any) -> Iterator[str]:
    for button in form.iterfind(".//button"):
        yield "".join(button.itertext())[:MAX_FORM_TEXT_LENGTH]
    for field in form.iterfind(".//input[@type]"):
        if field.get("type").lower() in _BUTTON_TYPES:
            yield field.get("value") or ""


def _form_text(form: Any) -> str:
    texts = ("".join(part.itertext()) for part in form.iter(*_TEXT_TAGS))
    return " ".join(" ".join([*texts, *_buttons(form)]).split())[:MAX_FORM_TEXT_LENGTH]


def _is_service(url: str | None) -> bool:
    """Whether a URL is a form on a form service."""
    parts = urlsplit(url or "")
    for service in word_list("forms", "services"):
        host, _, path = service.partition("/")
        if f".{parts.hostname}".endswith(f".{host}") and parts.path.startswith(f"/{path}"):
            return True
    return False
