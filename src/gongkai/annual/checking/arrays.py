"""The rules over very many reports at once: the same equations as for one report, put to columns of figures."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongkai.annual.checking.equations import Equation, equations
from gongkai.annual.checking.figures import Figures, Floats, Integers, Truths, blank
from gongkai.annual.form import Form, forms

CHUNK = 8192
"""Reports worked on at a time, so that what is read and written stays in the processor's cache."""

BAND = 16
"""Rows looked at one by one at a time, for the same reason."""

_TOLERANCE = 1e-6
"""Amounts have at most four decimals; doubles keep figures below 2⁵³ exactly, so nothing smaller is a difference."""


@dataclass(frozen=True)
class Hits:
    """Where a rule is broken: places of reports, and with each the instance.

    For a relation the instance is the number of the equation among those of its rule; for blanks and impossible
    figures it is the row of the cell in ``Figures.values``.
    """

    reports: Integers
    instances: Integers

    def __len__(self) -> int:
        return len(self.reports)


@dataclass(frozen=True)
class Broken:
    """What is broken, by form and code of the rule."""

    hits: Mapping[tuple[str, str], Hits]

    def of(self, report: int) -> set[tuple[str, str, int]]:
        """Form, code and instance of everything broken in the report at that place."""
        return {
            (form, code, int(instance))
            for (form, code), hits in self.hits.items()
            for instance in hits.instances[hits.reports == report]
        }

    @property
    def reports(self) -> Integers:
        """The places of all reports in which anything is broken, each once."""
        found = [hits.reports for hits in self.hits.values() if len(hits)]
        return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)


def broken(figures: Figures, *, threads: int | None = None) -> Broken:
    """Every rule of every form over all the reports; rules that look back pair reports by agency and year.

    ``threads``: how many work at a time, by default one for each processor.
    """
    plan = _Plan.of(figures)
    figures.before  # noqa: B018  worked out once, before the threads share it
    starts = range(0, len(figures), CHUNK)
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        found = pool.map(lambda start: list(plan.chunk(start, min(start + CHUNK, len(figures)))), starts)
        gathered: dict[Key, list[tuple[Integers, Integers]]] = {key: [] for key in plan.keys}
        for hits in found:
            for key, reports, instances in hits:
                gathered[key].append((reports, instances))
    return Broken({key: _together(parts) for key, parts in gathered.items()})


def _together(parts: list[tuple[Integers, Integers]]) -> Hits:
    if not parts:
        return Hits(np.empty(0, np.int64), np.empty(0, np.int64))
    reports = np.concatenate([part[0] for part in parts])
    instances = np.concatenate([part[1] for part in parts])
    order = np.lexsort((instances, reports))
    return Hits(reports[order], instances[order])


Key = tuple[str, str]
"""A rule by its form and code."""

Found = Iterator[tuple[Key, Integers, Integers]]
"""Places of reports and instances, by rule."""


@dataclass(frozen=True)
class _Family:
    """Equations of one rule whose cells lie evenly in the figures: one line of ``rows`` for each equation.

    Column after column, or row after row, the cells of one term are as far apart as those of every other, so that a
    slice takes them for all the equations at once. The forms in which the rule reads the same share a family:
    ``numbers`` has for each of them the equations' numbers within the rule. ``allowed`` says for each kind of agency
    (the last: unknown) whether the rule is for it.
    """

    equation: Equation
    numbers: Mapping[int, Integers]
    rows: Integers
    slices: tuple[slice, ...]
    allowed: Truths


def _families(figures: Figures) -> list[_Family]:
    """All equations as few families as possible; those with cells that no report has are left out."""
    same: dict[tuple[object, ...], list[tuple[int, int, Equation]]] = {}
    for form, name in enumerate(figures.form_names):
        seen: dict[str, int] = {}
        for equation in equations(forms()[name]):
            code = equation.rule.code
            number = seen[code] = seen.get(code, -1) + 1
            if all(cell in figures.index for cell in equation.cells):
                reads = (equation.cells, equation.coefficients, equation.previous, equation.sign, equation.width)
                same.setdefault((code, *reads, equation.rule.agencies), []).append((form, number, equation))
    alike: dict[tuple[object, ...], list[tuple[list[int], list[tuple[int, int, Equation]]]]] = {}
    for held in same.values():
        rows = [figures.index[cell] for cell in held[0][2].cells]
        alike.setdefault((held[0][2].rule.code, *(form for form, _, _ in held)), []).append((rows, held))
    return [_family(figures, run) for members in alike.values() for run in _even_runs(members)]


_Member = tuple[list[int], list[tuple[int, int, Equation]]]


def _even_runs(members: Sequence[_Member]) -> Iterator[list[_Member]]:
    """The members in runs in which every cell is as far from the one before it as every other."""
    run: list[_Member] = []
    wanted: set[int] = set()
    for member in members:
        steps = {b - a for a, b in zip(run[-1][0], member[0], strict=True)} if run else set()
        if run and (len(steps) != 1 or min(steps) <= 0 or (len(run) > 1 and steps != wanted)):
            yield run
            run = []
        wanted = steps
        run.append(member)
    if run:
        yield run


def _family(figures: Figures, run: Sequence[_Member]) -> _Family:
    rows = np.array([row for row, _ in run])
    steps = rows[1] - rows[0] if len(run) > 1 else np.ones(rows.shape[1], np.int64)
    slices = [slice(r[0], r[-1] + 1, step) for r, step in zip(rows.T.tolist(), steps.tolist(), strict=True)]
    first = run[0][1]
    agencies = first[0][2].rule.agencies
    numbers = {form: np.array([held[at][1] for _, held in run]) for at, (form, _, _) in enumerate(first)}
    allowed = [not agencies or kind in agencies for kind in figures.kind_names]
    return _Family(first[0][2], numbers, rows, tuple(slices), np.array([*allowed, not agencies]))


@dataclass(frozen=True)
class _CellRule:
    """A rule over the cells of a table: its rows, which of them may hold decimals or be below 0, its code by form."""

    filled: bool
    table: str
    rows: slice
    decimal: Truths
    signed: Truths
    codes: dict[int, str]


def _cell_rules(figures: Figures) -> list[_CellRule]:
    """The rules over single cells; forms that allow the same in a table share one."""
    found: list[_CellRule] = []
    for form, name in enumerate(figures.form_names):
        for rule, table in ((rule, table) for rule in forms()[name].rules for table in forms()[name].tables):
            rows = figures.rows(table)
            if rule.kind == "relation" or rule.table not in (None, table) or rows.stop == rows.start:
                continue
            decimal, signed = _allowances(figures, forms()[name], table)
            one = _CellRule(rule.kind == "filled", table, rows, decimal, signed, {form: rule.code})
            like = next((other for other in found if _alike(one, other)), None)
            if like is None:
                found.append(one)
            else:
                like.codes[form] = rule.code
    return found


def _alike(one: _CellRule, other: _CellRule) -> bool:
    if (one.filled, one.table) != (other.filled, other.table) or one.codes.keys() & other.codes.keys():
        return False
    return one.filled or bool((one.decimal == other.decimal).all() and (one.signed == other.signed).all())


def _allowances(figures: Figures, form: Form, table: str) -> tuple[Truths, Truths]:
    """For each row of the table in the figures whether it may hold decimals and whether it may be below 0.

    A cell that the form does not have stands empty for its reports; it is taken as in the forms that have it.
    """
    others = [other.tables[table].cells for other in forms().values() if table in other.tables]
    known = [form.tables[table].cells, *others]
    keys = [cell.partition("/")[2] for cell in figures.cells[figures.rows(table)]]
    cells = [next(cells[key] for cells in known if key in cells) for key in keys]
    decimal = [row.decimal or column.decimal for row, column in cells]
    return np.array(decimal, bool), np.array([column.signed for _, column in cells], bool)


@dataclass(frozen=True)
class _Plan:
    """What is to be worked out for these figures, and where in them it stands."""

    figures: Figures
    families: Sequence[_Family]
    cell_rules: Sequence[_CellRule]
    keys: Sequence[Key]

    @classmethod
    def of(cls, figures: Figures) -> _Plan:
        keys = [(name, rule.code) for name in figures.form_names for rule in forms()[name].rules]
        return cls(figures, _families(figures), _cell_rules(figures), keys)

    def chunk(self, start: int, stop: int) -> Found:
        """Everything broken in the reports from ``start`` to ``stop``."""
        shown_forms = {table: numbers[start:stop] for table, numbers in self.figures.forms.items()}
        present = {table: set(np.unique(numbers).tolist()) for table, numbers in shown_forms.items()}
        before = self.figures.before[start:stop]
        for family in self.families:
            table = family.equation.table.name
            looks_back = family.equation.rule.looks_back
            if family.numbers.keys() & present[table] and not (looks_back and (before < 0).all()):
                yield from self._relation(family, start, stop, shown_forms[table], before)
        for rule in self.cell_rules:
            if rule.codes.keys() & present[rule.table]:
                yield from self._cells(rule, start, stop, shown_forms[rule.table])

    def _relation(self, family: _Family, start: int, stop: int, shown: NDArray[np.int8], before: Integers) -> Found:
        equation, values = family.equation, self.figures.values
        paired = before >= 0
        sure = np.where(paired, before, 0) if equation.rule.looks_back else before
        difference = np.zeros((len(family.rows), stop - start))
        for rows, factor, previous in zip(family.slices, equation.coefficients, equation.previous, strict=True):
            term = values[rows][:, sure] if previous else values[rows, start:stop]
            (np.add if factor > 0 else np.subtract)(difference, term, out=difference)
        wrong = equation.broken(difference, _TOLERANCE)
        if not wrong.any():
            return
        if equation.rule.looks_back:
            wrong &= paired
        if equation.rule.agencies:
            wrong &= family.allowed[self.figures.kinds[start:stop]]
        instances, at = np.nonzero(wrong)
        asserted = ~self._silent(family, instances, at + start, sure[at])
        instances, at = instances[asserted], at[asserted]
        for form, numbers in family.numbers.items():
            mine = shown[at] == form
            if mine.any():
                key = (self.figures.form_names[form], equation.rule.code)
                yield key, at[mine] + start, numbers[instances[mine]]

    def _silent(self, family: _Family, instances: Integers, at: Integers, before: Integers) -> Truths:
        equation = family.equation
        blanks = [
            blank(self.figures.values[family.rows[instances, term], before if previous else at])
            for term, previous in enumerate(equation.previous)
        ]
        silent: Truths = equation.silent(blanks)
        return silent

    def _cells(self, rule: _CellRule, start: int, stop: int, shown: NDArray[np.int8]) -> Found:
        for first in range(rule.rows.start, rule.rows.stop, BAND):
            band = slice(first, min(first + BAND, rule.rows.stop))
            block = self.figures.values[band, start:stop]
            if rule.filled:
                wrong = blank(block)
            else:
                of_table = slice(band.start - rule.rows.start, band.stop - rule.rows.start)
                wrong = _impossible(block, rule.decimal[of_table], rule.signed[of_table])
            if not wrong.any():
                continue
            cells, at = np.nonzero(wrong)
            for form, code in rule.codes.items():
                mine = shown[at] == form
                if mine.any():
                    yield (self.figures.form_names[form], code), at[mine] + start, cells[mine] + first


def _impossible(block: Floats, decimal: Truths, signed: Truths) -> Truths:
    """Where figures are below 0 or not whole, but for rows that may be so (``footing.impossible`` for arrays)."""
    wrong: Truths = block < 0
    wrong[signed] = False
    uneven = np.rint(block) != block  # so is what was not read
    for row in np.flatnonzero(uneven.any(axis=1) & ~decimal):
        wrong[row] |= uneven[row] & ~np.isnan(block[row])
    return wrong
