"""The families of HTTP statuses, as the decision table speaks of them."""

from __future__ import annotations

SERVED_STATUSES = frozenset({200, 203, 206})
GONE_STATUSES = frozenset({404, 410})
AUTH_STATUSES = frozenset({401, 407, 440, 449})
REFUSING_STATUSES = frozenset({403, 405, 406, 412, 418, 421, 423, 428, 431, 451, 999})
RATE_STATUSES = frozenset({408, 420, 425, 429, 509})
FAILING_STATUSES = frozenset({500, 502, 503, 504, *range(520, 528), 530})
PROTOCOL_STATUSES = frozenset({400, 414, 501, 505})
NEVER_DEAD_STATUSES = AUTH_STATUSES | REFUSING_STATUSES | RATE_STATUSES | {402}
"""Statuses that refuse us: whatever else is known, a visitor may see the page."""
