"""What a fill-in form says of its own sheets: where its tables stand, and what stands beside the report.

Instructions, checks and their state are not read; a table is one table, however much of it is still blank. The workbook
says so by defined names that begin with ``ASIDE`` and ``TABLE``; spreadsheet programs keep them, and move them along
when lines are put in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

ASIDE = "gongkai_aside"
TABLE = "gongkai_table"
"""How the defined names of such ranges begin."""

_MOST = 100
"""More ranges than a fill-in form has; those beyond are not heeded."""

_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RANGE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$([A-Z]{1,3})\$(\d{1,7})(?::\$([A-Z]{1,3})\$(\d{1,7}))?")

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last place, row and column from 0."""


@dataclass(slots=True)
class Named:
    """The ranges of a sheet: beside the report, and of its tables."""

    beside: list[Range] = field(default_factory=list)
    tables: list[Range] = field(default_factory=list)


def named_ranges(book: etree._Element) -> dict[str, Named]:
    """The ranges by sheet name, from ``xl/workbook.xml``. A name that is no range is left out."""
    found: dict[str, Named] = {}
    ours = (name for name in book.iter(f"{_X}definedName") if (name.get("name") or "").startswith((ASIDE, TABLE)))
    for name in islice(ours, _MOST):
        if match := _RANGE.fullmatch((name.text or "").strip()):
            sheet = match[1].replace("''", "'") if match[1] else match[2]
            first = (int(match[4]) - 1, column_number(match[3]))
            last = (int(match[6]) - 1, column_number(match[5])) if match[5] else first
            ranges = found.setdefault(sheet, Named())
            kind = ranges.beside if (name.get("name") or "").startswith(ASIDE) else ranges.tables
            kind.append((first, last))
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
