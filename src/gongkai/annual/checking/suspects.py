"""Where several broken sums meet in one cell, and one figure there would mend them all: that cell is suspect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongkai.annual.checking.working import Worked
from gongkai.annual.finding import Number


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell in which ``count`` broken sums meet; with ``expected`` in it all of them would hold."""

    cell: str
    actual: Number | None
    expected: int
    count: int


def suspects(done: Sequence[Worked]) -> dict[int, Suspect]:
    """For each broken equation (by id) the suspect cell, where there is exactly one.

    A cell is suspect if at least two equations have it (one, if it is the only blank in it), all of them are broken,
    and the same whole figure not below 0 would mend every one. An equation that holds as it is acquits its cells.
    """
    by_cell: dict[str, list[Worked]] = {}
    for work in done:
        if work.equation.sign == "=":
            for cell in work.equation.cells:
                by_cell.setdefault(cell, []).append(work)
    best: dict[int, list[Suspect]] = {}
    for cell, works in by_cell.items():
        if not all(work.broken for work in works) or (len(works) < 2 and not _only_blank(works[0], cell)):
            continue
        needed = {_needed(work, cell) for work in works}
        value = next(iter(needed))
        if len(needed) > 1 or value.denominator != 1 or value < 0:
            continue
        work = works[0]
        actual = work.values[work.equation.cells.index(cell)]
        suspect = Suspect(cell, actual, int(value), len(works))
        for work in works:
            best.setdefault(id(work), []).append(suspect)
    return {key: found[0] for key, found in best.items() if len(found) == 1}


def _only_blank(work: Worked, cell: str) -> bool:
    return [name for name, value in zip(work.equation.cells, work.values, strict=True) if value is None] == [cell]


def _needed(work: Worked, cell: str) -> Fraction:
    at = work.equation.cells.index(cell)
    factor = work.equation.coefficients[at]
    return Fraction(work.values[at] or 0) - (Fraction(work.left) - Fraction(work.right)) / factor
