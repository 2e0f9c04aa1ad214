"""The relations (勾稽关系) of a form as formulas of a spreadsheet, made from the same equations that check a report.

No rule is written here: what a formula says is worked out from the form's file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from openpyxl.utils import get_column_letter

from gongkai.annual.checking.equations import Equation, equations
from gongkai.annual.finding import Number, Severity
from gongkai.annual.form import Form, Table

PLACES = 6
"""Differences are rounded to as many places: amounts have up to six, binary fractions leave noise behind them."""

BROKEN = {Severity.ERROR: "✗", Severity.WARNING: "◐", Severity.INFO: "○"}
KEPT = "✓"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: line and column from 1, and how many columns its cell is wide."""

    line: int
    column: int
    width: int = 1

    @property
    def address(self) -> str:
        """``$C$5``."""
        return f"${get_column_letter(self.column)}${self.line}"


def areas(places: Iterable[Place]) -> list[str]:
    """Those cells as few ranges as they make: ``$C$5:$I$30``."""
    runs: list[list[int]] = []
    for place in sorted(places, key=lambda place: (place.column, place.line)):
        left, right = place.column, place.column + place.width - 1
        if runs and runs[-1][:2] == [left, right] and runs[-1][3] == place.line - 1:
            runs[-1][3] = place.line
        else:
            runs.append([left, right, place.line, place.line])
    wide: list[list[int]] = []
    for left, right, top, bottom in sorted(runs, key=lambda run: (run[2], run[3], run[0])):
        if wide and wide[-1][2:] == [top, bottom] and wide[-1][1] == left - 1:
            wide[-1][1] = right
        else:
            wide.append([left, right, top, bottom])
    return [_range(*each) for each in wide]


def _range(left: int, right: int, top: int, bottom: int) -> str:
    first, last = f"${get_column_letter(left)}${top}", f"${get_column_letter(right)}${bottom}"
    return first if first == last else f"{first}:{last}"


@dataclass(frozen=True, slots=True)
class Check:
    """One equation on a sheet: the formulas of when it says nothing, whether it is broken, and by how much."""

    equation: Equation
    silent: str
    difference: str
    broken: str
    marked: tuple[str, ...]
    """The cells to mark where it is broken: the sum, where one cell is the sum of others, or else all."""

    @property
    def outcome(self) -> str:
        """The formula of what is shown: nothing, ✓, or ✗ with the difference."""
        return f'IF({self.silent},"",IF({self.broken},"{self._sign} "&ABS({self.difference}),"{KEPT}"))'

    @property
    def alarm(self) -> str:
        """The formula of whether to mark its cells."""
        return f"AND(NOT({self.silent}),{self.broken})"

    @property
    def _sign(self) -> str:
        return BROKEN[self.equation.rule.severity]

    def result(self, figures: Mapping[str, Number | None]) -> str:
        """What the formula of the outcome comes to for those figures."""
        values = [figures.get(cell) for cell in self.equation.cells]
        if self.equation.silent([value is None for value in values]):
            return ""
        together = sum((value or 0) * by for value, by in zip(values, self.equation.coefficients, strict=True))
        difference = round(Decimal(together), PLACES)
        if not self.equation.broken(difference):
            return KEPT
        return f"{self._sign} {abs(difference).normalize():f}"


def checks(form: Form, table: Table, places: Mapping[str, Place]) -> list[Check]:
    """The equations of that table which its own figures decide, in the order of the form's rules."""
    return [
        _check(equation, places)
        for equation in equations(form)
        if equation.table.name == table.name
        and not equation.rule.looks_back
        and not equation.rule.agencies
        and all(cell in places for cell in equation.cells)
    ]


def _check(equation: Equation, places: Mapping[str, Place]) -> Check:
    terms = list(zip(equation.cells, equation.coefficients, strict=True))
    left, right = terms[: equation.width], [(cell, -sign) for cell, sign in terms[equation.width :]]
    sides = [[places[cell] for cell, _ in side] for side in (left, right) if side]
    silent = [f"COUNT({','.join(areas(side))})=0" for side in sides]
    difference = f"ROUND({_sum(left, places)}-({_sum(right, places)}),{PLACES})"
    compared = {"=": "<>0", "<=": ">0", ">=": "<0"}[equation.sign]
    single = [places[left[0][0]]] if len(left) == 1 else [places[cell] for cell in equation.cells]
    return Check(
        equation,
        f"OR({','.join(silent)})",
        difference,
        f"{difference}{compared}",
        tuple(place.address.replace("$", "") for place in single),
    )


def _sum(terms: Sequence[tuple[str, int]], places: Mapping[str, Place]) -> str:
    """The sum of those cells with their signs, 0 where there is none."""
    parts = []
    for sign, cells in groupby(sorted(terms, key=lambda term: -term[1]), key=lambda term: term[1]):
        ranges = ",".join(areas(places[cell] for cell, _ in cells))
        parts.append(f"{'-' if sign < 0 else '+'}SUM({ranges})")
    return "".join(parts).removeprefix("+") or "0"


def sums(found: Iterable[Check], places: Mapping[str, Place]) -> dict[str, str]:
    """Cells that a rule makes the sum of others, with their formulas: empty as long as none of those is filled in.

    The first rule that says so counts; one that would make a figure depend on itself is left aside.
    """
    made_of: dict[str, set[str]] = {}
    formulas: dict[str, str] = {}
    for check in found:
        equation = check.equation
        whole, parts = equation.cells[0], equation.cells[1:]
        adds_up = equation.width == 1 and equation.sign == "=" and equation.rule.severity is Severity.ERROR
        if not adds_up or not parts or any(sign > 0 for sign in equation.coefficients[1:]) or whole in made_of:
            continue
        below = set(parts).union(*(made_of.get(part, set()) for part in parts))
        if whole in below:
            continue
        made_of[whole] = below
        for others in made_of.values():
            others |= below if whole in others else set()
        ranges = ",".join(areas(places[part] for part in parts))
        formulas[whole] = f'IF(COUNT({ranges})=0,"",SUM({ranges}))'
    return formulas
