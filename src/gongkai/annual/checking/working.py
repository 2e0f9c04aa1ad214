"""The forms' equations with a report's figures put in: what each comes to, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual.checking.equations import Equation, Shown, equations
from gongkai.annual.finding import Number


@dataclass(frozen=True, slots=True)
class Worked:
    """An equation with a report's figures put in: each cell's figure (None: blank), and whether it is broken."""

    equation: Equation
    values: tuple[Number | None, ...]
    broken: bool

    @property
    def left(self) -> Number:
        """The sum of the left side."""
        return sum(value for value, _ in self._terms(0))

    @property
    def right(self) -> Number:
        """The sum of the right side."""
        return -sum(value for value, _ in self._terms(1))

    def _terms(self, side: int) -> Iterator[tuple[Number, str]]:
        width = self.equation.width
        part = slice(None, width) if side == 0 else slice(width, None)
        for cell, factor, value in zip(
            self.equation.cells[part], self.equation.coefficients[part], self.values[part], strict=True
        ):
            yield factor * (value or 0), cell


def work_out(equation: Equation, now: Shown, before: Shown | None = None) -> Worked | None:
    """The equation with the report's figures, or None where it cannot be decided.

    It cannot where a cell was not read or is not in the document, or where blanks keep it from being asserted.
    """
    values: list[Number | None] = []
    for name, previous in zip(equation.cells, equation.previous, strict=True):
        source = before if previous else now
        cell = source.cells.get(name) if source else None
        if cell is None:
            return None
        values.append(cell.value)
    if None in values and equation.silent([value is None for value in values]):
        return None
    terms = zip(equation.coefficients, values, strict=True)
    difference = sum(factor * value for factor, value in terms if value)
    return Worked(equation, tuple(values), bool(equation.broken(difference)))


def worked(now: Shown, before: Shown | None, kind: str | None) -> list[Worked]:
    """All equations of the report's forms that can be decided: those of one year, or, with the report of the year
    ``before``, those that look back. Rules for kinds of agency apply where the ``kind`` is one of them."""
    found = []
    for form in {form.name: form for form in now.forms.values()}.values():
        for equation in equations(form):
            rule = equation.rule
            if now.forms.get(equation.table.name) is not form or rule.looks_back != (before is not None):
                continue
            if rule.agencies and kind not in rule.agencies:
                continue
            if (done := work_out(equation, now, before)) is not None:
                found.append(done)
    return found
