"""A text that shows whether what strangers write is shown or obeyed."""

from __future__ import annotations

OBEYED = (
    *map(chr, (*range(9), 11, 12, *range(13, 32), *range(127, 160))),
    *("\n", "\t", "\u2028", "\u2029", *map(chr, range(0x202A, 0x202F))),
    *map(chr, range(0x2066, 0x206A)),
)
"""Controls of terminals, line breaks, marks that turn the direction of what follows."""
CANARY = "canary\x1b[2J\u202e\u2066\r\nFORGED\x00\x85\u2028\x07\x08end"
