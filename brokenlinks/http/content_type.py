"""Tells HTML by its declared type, or by its first bytes."""

from __future__ import annotations


def looks_like_html(content_type: str, body: bytes) -> bool:
    """Tell HTML by its type, or by its first bytes where the type says nothing."""
    kind = content_type.split(";", 1)[0].strip().lower()
    if kind in HTML_TYPES:
        return True
    start = body[:512].lstrip().lower()
    return kind in {"", "text/plain", "application/octet-stream"} and start.startswith(
        (b"<!doctype html", b"<html", b"<head")
    )


HTML_TYPES = ("text/html", "application/xhtml+xml")
