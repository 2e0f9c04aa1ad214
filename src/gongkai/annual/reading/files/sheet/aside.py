"""What stands beside a report on the sheets of a fill-in form: instructions, checks, their state. It is not read.

The workbook itself says where, by defined names that begin with ``ASIDE``; spreadsheet programs keep them, and move
them along when lines are put in.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

ASIDE = "gongkai_aside"
"""How the defined names of such ranges begin."""

_MOST = 100
"""More ranges than a fill-in form has; those beyond are not heeded."""

_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RANGE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]{1,3})\$(\d{1,7})(?::\$([A-Z]{1,3})\$(\d{1,7}))?")

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last place, row and column from 0."""


def asides(book: etree._Element) -> dict[str, list[Range]]:
    """The ranges beside the report by sheet name, from ``xl/workbook.xml``. A name that is no range is left out."""
    found: dict[str, list[Range]] = {}
    named = (name for name in book.iter(f"{_X}definedName") if (name.get("name") or "").startswith(ASIDE))
    for name in islice(named, _MOST):
        if match := _RANGE.fullmatch((name.text or "").strip()):
            sheet = match[1].replace("''", "'") if match[1] else match[2]
            first = (int(match[4]) - 1, column_number(match[3]))
            last = (int(match[6]) - 1, column_number(match[5])) if match[5] else first
            found.setdefault(sheet, []).append((first, last))
    return found


def column_number(letters: str) -> int:
    """``A`` → 0, ``AB`` → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def inside(place: tuple[int, int], ranges: list[Range]) -> bool:
    """Whether that place stands in one of the ranges."""
    row, column = place
    return any(top <= row <= bottom and left <= column <= right for (top, left), (bottom, right) in ranges)
