"""Where the words of a line of text stand, in columns of characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import pvariance

from gongkai.annual.reading.files.text.pages import Source

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"
)
_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"[+\-]?\d[\d.,]*")
_TAB = 8
_FIGURES = 4
"""Lines with at least so many figures show where the columns are."""

_ENOUGH = 3
_LOOKED_AT = 500
_LONG = 400


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide a Chinese character is: 2 columns on a terminal and in an editor, 1 in what pdftotext writes."""

    wide: int

    def width(self, text: str) -> int:
        """The columns that a text takes."""
        return len(text) if text.isascii() or self.wide == 1 else len(text) + len(_WIDE.findall(text))

    def words(self, text: str) -> tuple[tuple[float, float, str], ...]:
        """The words between blanks, each with its left and right edge."""
        if "\t" in text:
            text = self._untabbed(text)
        found: list[tuple[float, float, str]] = []
        at = column = 0
        for match in _WORD.finditer(text):
            column += self.width(text[at : match.start()])
            right = column + self.width(match[0])
            found.append((float(column), float(right), match[0]))
            at, column = match.end(), right
        return tuple(found)

    def _untabbed(self, text: str) -> str:
        """Tabs replaced by blanks up to the next stop."""
        pieces = text.split("\t")
        line = ""
        for piece in pieces[:-1]:
            line += piece
            line += " " * (_TAB - self.width(line) % _TAB)
        return line + pieces[-1]


def measure_for(lines: Sequence[Source]) -> Measure:
    """The measure under which figures stand under each other best; 1 (pdftotext's) where nothing tells."""
    telling = (line.text for line in lines if len(line.text) < _LONG and len(_FIGURE.findall(line.text)) >= _FIGURES)
    rows = list(islice(telling, _LOOKED_AT))
    one, two = (_spread(rows, Measure(wide)) for wide in (1, 2))
    return Measure(2) if two < one else Measure(1)


def _spread(rows: Sequence[str], measure: Measure) -> float:
    """How far figures stray from the middle of their columns, over rows with the same number of figures."""
    by_count: dict[int, list[list[float]]] = {}
    for row in rows:
        words = measure.words(row)
        middles = [(left + right) / 2 for left, right, word in words if _FIGURE.fullmatch(word)]
        if len(middles) >= _FIGURES:
            by_count.setdefault(len(middles), []).append(middles)
    return sum(
        sum(pvariance(column) for column in zip(*group, strict=True))
        for group in by_count.values()
        if len(group) >= _ENOUGH
    )
