"""The formulas of a fill-in form that no spreadsheet program has worked out yet.

A program that puts figures into the form and saves it leaves its sums and its title without their results. Those two
kinds of formulas are worked out here, to what a spreadsheet program would show; nothing else is guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.annual.reading.files.limits import CELLS
from gongkai.annual.reading.files.sheet.aside import column_number

Place = tuple[int, int]
Values = Mapping[Place, object]
"""The values of a sheet by place (row and column from 0), as its file has them; blank cells are left out."""

Result = Decimal | str

_RANGE = r"\$([A-Z]{1,3})\$(\d{1,7})(?::\$([A-Z]{1,3})\$(\d{1,7}))?"
_RANGES = re.compile(_RANGE)
_SUM = re.compile(rf'IF\(COUNT\(({_RANGE}(?:,{_RANGE})*)\)=0,"",SUM\(([^()]*)\)\)')
"""Nothing as long as no part is filled in, else the sum of the parts."""

_TEXT = r'"((?:[^"]|"")*)"'
_PART = re.compile(rf"""{_TEXT}|IF\(('(?:[^']|'')+'|[^'!"()&=,]+)!{_RANGE}="",{_TEXT},([^()"&]+)\)""")
"""A part of the title: words, or what stands in a cell of another sheet, with words in its place while it is blank."""

_DEEPEST = 20
"""Sums of sums go no deeper in any form."""


class _Unknown(Exception):
    """A formula of another kind, or one that rests on a cell whose value is not known."""


def reckoned(
    formulas: Mapping[str, Mapping[Place, str]], values: Callable[[str], Values]
) -> dict[str, dict[Place, Result]]:
    """What the formulas come to, by sheet and place; those that cannot be worked out are left out.

    ``formulas`` are those without results, of every sheet that may be read; ``values`` gives the values of a sheet.
    """
    reckoning = _Reckoning(formulas, values)
    found: dict[str, dict[Place, Result]] = {}
    for sheet, places in formulas.items():
        for place in places:
            try:
                found.setdefault(sheet, {})[place] = reckoning.result(sheet, place, 0)
            except _Unknown:
                continue
    return found


@dataclass(slots=True)
class _Reckoning:
    formulas: Mapping[str, Mapping[Place, str]]
    values: Callable[[str], Values]
    sheets: dict[str, Values] = field(default_factory=dict)
    known: dict[tuple[str, Place], Result] = field(default_factory=dict)
    looked_at: int = 0

    def result(self, sheet: str, place: Place, depth: int) -> Result:
        if (sheet, place) not in self.known:
            formula = self.formulas[sheet][place]
            total = _SUM.fullmatch(formula)
            self.known[sheet, place] = (
                self.total(sheet, total[1], depth)
                if total and total[1] == total[total.re.groups]
                else self.title(formula, depth)
            )
        return self.known[sheet, place]

    def total(self, sheet: str, ranges: str, depth: int) -> Result:
        values = [self.value(sheet, place, depth) for place in self.places(ranges)]
        figures = [value for value in values if isinstance(value, Decimal)]
        return sum(figures, Decimal(0)) if figures else ""

    def title(self, formula: str, depth: int) -> Result:
        words: list[str] = []
        at = 0
        while part := _PART.match(formula, at):
            plain, sheet, column, row, *_, otherwise, again = part.groups()
            if plain is None:
                place = int(row) - 1, column_number(column)
                if part[0].partition("(")[2].partition('="",')[0] != again:
                    raise _Unknown
                value = self.value(sheet.strip("'").replace("''", "'"), place, depth)
                words.append(otherwise.replace('""', '"') if value in (None, "") else f"{value}")
            else:
                words.append(plain.replace('""', '"'))
            at = part.end()
            if at == len(formula):
                return "".join(words)
            if formula[at] != "&":
                break
            at += 1
        raise _Unknown

    def value(self, sheet: str, place: Place, depth: int) -> Result | None:
        """A cell as a formula takes it: a figure, words, or None where it is blank."""
        if sheet not in self.formulas or depth > _DEEPEST:
            raise _Unknown
        if place in self.formulas[sheet]:
            return self.result(sheet, place, depth + 1)
        if sheet not in self.sheets:
            self.sheets[sheet] = self.values(sheet)
        value = self.sheets[sheet].get(place)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Decimal(f"{value:.15g}")
        raise _Unknown

    def places(self, ranges: str) -> Iterator[Place]:
        for left, top, right, bottom in _corners(ranges):
            self.looked_at += max(0, bottom - top + 1) * max(0, right - left + 1)
            if self.looked_at > CELLS:
                raise _Unknown
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield row, column


def _corners(ranges: str) -> Sequence[tuple[int, int, int, int]]:
    """``$D$6:$E$7,$G$6`` → left, top, right, bottom of each, from 0."""
    return [
        (
            column_number(match[1]),
            int(match[2]) - 1,
            column_number(match[3] or match[1]),
            int(match[4] or match[2]) - 1,
        )
        for match in _RANGES.finditer(ranges)
    ]
