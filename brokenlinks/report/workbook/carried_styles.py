"""Adds the styles of one workbook to those of another."""

from __future__ import annotations

from typing import Any

from brokenlinks.report.workbook.package import MAIN, child, insert

ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    *("tableStyles", "colors", "extLst"),
)
GROWING = ("fonts", "fills", "borders", "cellXfs", "dxfs")
"""Lists to which openpyxl only adds, so that the numbers in cells stay right."""
FIRST_CUSTOM_FORMAT = 164
"""Number formats below are the format's own."""


def add_styles(root: Any, written: Any) -> None:
    """Add to the styles `root` what openpyxl added to them before it wrote `written`.

    The rest stays as the user's program wrote it. Raises ValueError if the numbers have changed.
    """
    formats = _NumberFormats(root, written)
    for name in GROWING:
        own, more = child(root, name), child(written, name)
        count = 0 if own is None else len(own)
        added = [] if more is None else list(more)[count:]
        if more is not None and len(more) < count:
            msg = f"the list {name} of its styles cannot be read in full"
            raise ValueError(msg)
        if added and own is None:
            own = insert(root, name, ORDER)
        for style in added:
            if name == "cellXfs":
                style.set("xfId", "0")
                style.set("numFmtId", str(formats.number(int(style.get("numFmtId", 0)))))
            own.append(style)
        if own is not None:
            own.set("count", str(len(own)))


class _NumberFormats:
    """Adds number formats of one file to another, which has numbers of its own for them."""

    def __init__(self, root: Any, written: Any) -> None:
        self._root = root
        self._codes = {
            int(node.get("numFmtId")): node.get("formatCode") for node in _formats(written)
        }
        self._numbers = {
            node.get("formatCode"): int(node.get("numFmtId")) for node in _formats(root)
        }

    def number(self, written: int) -> int:
        """Return the number of a format, which is added if it is new."""
        code = self._codes.get(written)
        if written < FIRST_CUSTOM_FORMAT or code is None:
            return written
        if code not in self._numbers:
            number = max((FIRST_CUSTOM_FORMAT - 1, *self._numbers.values())) + 1
            self._numbers[code] = number
            own = child(self._root, "numFmts")
            if own is None:
                own = insert(self._root, "numFmts", ORDER)
            node = own.makeelement(f"{{{MAIN}}}numFmt")
            node.attrib.update({"numFmtId": str(number), "formatCode": code})
            own.append(node)
            own.set("count", str(len(own)))
        return self._numbers[code]


def _formats(styles: Any) -> Any:
    found = child(styles, "numFmts")
    return () if found is None else found
