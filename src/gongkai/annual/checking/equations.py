"""A form's relations worked out to single equations over cells; one report and a million are checked with the same."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from gongkai.annual.finding import Number
from gongkai.annual.form import Column, Form, Row, Rule, Table, form_for, forms
from gongkai.annual.report import INDICATORS, Cell, Report


@dataclass(frozen=True, slots=True, eq=False)
class Equation:
    """One relation over cells: ``left sign right``, each side a row of full cell names with coefficients.

    ``at`` is the column or row that the rule's relation was taken for, None where it speaks of single cells.
    """

    rule: Rule
    form: str
    table: Table
    at: Row | Column | None
    cells: tuple[str, ...]
    coefficients: tuple[int, ...]
    previous: tuple[bool, ...]
    width: int
    """How many of the cells stand on the left side; the coefficients of the others are those of left minus right."""

    @property
    def sign(self) -> str:
        """``=``, ``<=`` or ``>=``."""
        assert self.rule.relation is not None
        return self.rule.relation.sign

    def broken(self, difference: Any, tolerance: Number | float = 0) -> Any:
        """Whether left minus right breaks the relation; for an array, where it does. NaN breaks nothing."""
        if self.sign == "=":
            return abs(difference) > tolerance
        return difference > tolerance if self.sign == "<=" else difference < -tolerance

    def silent(self, blanks: Sequence[Any]) -> Any:
        """Whether blanks (truth values, one for each cell, or arrays of them) keep the relation from being asserted.

        A blank beside filled cells counts as 0. But where all cells of a side are blank, or the figure of last year
        is, there is nothing to hold the other side against; the blank itself is reported by the rule for blanks.
        """
        sides = [blanks[: self.width], blanks[self.width :]]
        silent = [reduce(operator.and_, side) for side in sides if side]
        silent += [blank for blank, previous in zip(blanks, self.previous, strict=True) if previous]
        return reduce(operator.or_, silent)


@dataclass(frozen=True, slots=True)
class Shown:
    """The figures of a report by full cell name, and for each table the form whose rows and columns it shows."""

    forms: Mapping[str, Form]
    cells: Mapping[str, Cell]

    def label(self, cell: str, lang: str = "zh") -> str:
        """The cell in words: 「1.属于国家秘密 · 自然人」."""
        table, _, key = cell.partition("/")
        return self.forms[table].tables[table].label(key, lang)


def shown(report: Report) -> Shown:
    """What a report shows, table by table.

    Real reports mix forms: the form of a table is the one that knows most of its cells, on a draw the one that the
    reader named, or else the one for the year. Cells that this form does not know are left aside.
    """
    tables: dict[str, Mapping[str, Cell]] = {name: cells for name, cells in report.tables.items() if cells}
    indicators = {row.key: row.cell for row in report.indicators if row.key}
    if indicators:
        tables[INDICATORS] = indicators
    known: dict[str, Form] = {}
    cells: dict[str, Cell] = {}
    for name, held in tables.items():
        form = _form_of(report, name, held)
        if form is None:
            continue
        known[name] = form
        keys = form.tables[name].cells
        cells.update((f"{name}/{key}", cell) for key, cell in held.items() if key in keys)
    return Shown(known, cells)


def _form_of(report: Report, table: str, held: Mapping[str, Cell]) -> Form | None:
    of_year = form_for(report.year) if report.year else None
    named = (report.forms.get(table), report.form, of_year.name if of_year else None)
    best: tuple[int, int] | None = None
    found: Form | None = None
    for form in forms().values():
        if table not in form.tables:
            continue
        knows = sum(key in form.tables[table].cells for key in held)
        score = (knows, max((len(named) - at for at, name in enumerate(named) if name == form.name), default=0))
        if knows and (best is None or score >= best):
            best, found = score, form
    return found


_WORKED_OUT: dict[int, tuple[Form, tuple[Equation, ...]]] = {}


def equations(form: Form) -> tuple[Equation, ...]:
    """Every relation of the form as equations over single cells, in the order of its rules."""
    kept = _WORKED_OUT.get(id(form))
    if kept is None or kept[0] is not form:
        kept = _WORKED_OUT[id(form)] = (form, tuple(_equations(form)))
    return kept[1]


def _equations(form: Form) -> Iterator[Equation]:
    for rule in form.rules:
        if rule.relation is None or rule.table is None:
            continue
        table = form.tables[rule.table]
        each: Sequence[Row | Column | None] = (None,)
        if rule.each:
            each = table.columns if rule.each == "column" else table.rows
        for at, relation in zip(each, rule.instances(table), strict=True):
            terms = relation.terms
            yield Equation(
                rule=rule,
                form=form.name,
                table=table,
                at=at,
                cells=tuple(f"{table.name}/{term.name}" for term in terms),
                coefficients=tuple(term.sign for term in terms),
                previous=tuple(term.previous for term in terms),
                width=len(relation.left),
            )
