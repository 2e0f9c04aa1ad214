"""Where paragraphs begin on printed pages: at a line set in by two characters (GB/T 9704-2012, 7.3.3).

A sentence may end with its line and the paragraph go on, or a paragraph end without a full stop: only the setting
tells. It is trusted where the page itself shows the habit: a full line set in, and under it a line at the margin.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from gongkai.annual.reading.document import Document, Line

PRINTED = frozenset({"pdf"})
"""Kinds of document whose lines stand where they are printed."""

INDENT = (1.5, 2.6)
"""Characters: an indent is two of them; justified lines and the brackets that begin a line move its edge a little."""
FLUSH = 0.7
"""Characters: a line begins at the margin if it is no further from it (an opening bracket stands in by half of one)."""
ROOM = 1.6
"""Characters: a line is full if no more room is left; what would not fit was a character with its full stop."""
LONG = 10
"""A line of so many characters tells how wide one is."""


@dataclass(frozen=True, slots=True)
class _Area:
    """The text area of a page: its left and right edge, and the width of a character, in points."""

    left: float
    right: float
    em: float


class Indents:
    """Where lines of a document stand in the text area. Left and right pages may be set off from one another."""

    def __init__(self, document: Document) -> None:
        lines = [line for line in document.lines() if line.words] if document.kind in PRINTED else []
        self._areas = _areas(lines)

    def begins(self, before: Line, line: Line) -> bool | None:
        """Whether a paragraph begins with a line: True where it is set in, False where it stands at the margin and the
        line before is full; None where the setting does not tell."""
        here, there = self._area(line), self._area(before)
        if here is None or there is None or not line.words or not before.words:
            return None
        indent = (line.words[0][0] - here.left) / here.em
        if INDENT[0] <= indent <= INDENT[1]:
            return True
        full = before.words[-1][1] >= there.right - ROOM * there.em
        return False if abs(indent) <= FLUSH and full else None

    def _area(self, line: Line) -> _Area | None:
        side = (line.where.page or 0) % 2
        return self._areas.get(side) or self._areas.get(1 - side)


def _areas(lines: Iterable[Line]) -> dict[int, _Area]:
    """The text area of the left and of the right pages, by those lines that show the habit."""
    shown: dict[int, list[_Area]] = defaultdict(list)
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.where.page or 0].append(line)
    for page, its in pages.items():
        shown[page % 2] += _habit(its)
    return {
        side: _Area(median(one.left for one in found), median(one.right for one in found), found[0].em)
        for side, found in shown.items()
        if found
    }


def _habit(lines: list[Line]) -> Iterator[_Area]:
    """What each full line that is set in over a line at the margin tells of its page."""
    furthest = max(line.words[-1][1] for line in lines)
    for upper, lower in pairwise(lines):
        if len(upper.text) < LONG:
            continue
        left, right = upper.words[0][0], upper.words[-1][1]
        em = (right - left) / sum(map(_width, upper.text))
        if INDENT[0] <= (left - lower.words[0][0]) / em <= INDENT[1] and right >= furthest - ROOM * em:
            yield _Area(lower.words[0][0], right, em)


@lru_cache(maxsize=8192)
def _width(character: str) -> float:
    """A character's width in those of a Chinese one."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
