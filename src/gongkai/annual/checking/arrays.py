"""The rules over very many reports at once: the same equations as for one report, put to columns of figures."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gongkai.annual.checking import agency
from gongkai.annual.checking.equations import Equation, equations, shown
from gongkai.annual.form import Form, Rule, forms
from gongkai.annual.report import Report

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

CHUNK = 2048
"""Reports worked on at a time, so that what is read and written stays in the processor's cache."""

BLANK = -0.0
"""A cell left blank: it counts as 0 in a sum, and its sign tells it from a 0 that was filled in."""

_BLANK_BITS = np.iinfo(np.int64).min
_TOLERANCE = 1e-6
"""Amounts have at most four decimals; doubles keep figures below 2⁵³ exactly, so nothing smaller is a difference."""


@dataclass(frozen=True)
class Figures:
    """Reports as columns of doubles: one row of ``values`` for each cell, one place in it for each report.

    NaN stands for a cell that was not read or is not in the document, −0.0 for one left blank. ``forms`` tells for
    each table the number (in ``form_names``) of the form that each report's table shows, −1 for none; ``agencies`` and
    ``years`` pair reports (−1: unknown); ``kinds`` are numbers in ``kind_names`` (−1: unknown).
    """

    cells: tuple[str, ...]
    values: Floats
    forms: Mapping[str, NDArray[np.int8]]
    form_names: tuple[str, ...]
    agencies: NDArray[np.int32]
    years: NDArray[np.int16]
    kinds: NDArray[np.int8]
    kind_names: tuple[str, ...]
    index: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", {cell: at for at, cell in enumerate(self.cells)})

    def __len__(self) -> int:
        return len(self.years)

    @cached_property
    def nbytes(self) -> int:
        """Memory that the figures take, in bytes."""
        small = self.agencies.nbytes + self.years.nbytes + self.kinds.nbytes
        return self.values.nbytes + small + sum(numbers.nbytes for numbers in self.forms.values())

    @cached_property
    def before(self) -> Integers:
        """For each report the place of its agency's report of the year before, −1 where there is not exactly one."""
        key = self.agencies.astype(np.int64) * 65536 + self.years
        order = np.argsort(key, kind="stable")
        held = key[order]
        wanted = key - 1
        first = np.searchsorted(held, wanted, side="left")
        last = np.searchsorted(held, wanted, side="right")
        known = (self.agencies >= 0) & (self.years > 0) & (last - first == 1)
        return np.where(known, order[np.minimum(first, len(held) - 1)], -1) if len(held) else first

    @classmethod
    def of(cls, reports: Sequence[Report]) -> Figures:
        """The figures of reports, agencies made one by their names as ``agency.same_agency`` does it."""
        held = [shown(report) for report in reports]
        names = tuple(forms())
        used = {(table, form.name) for one in held for table, form in one.forms.items()}
        tables = list(dict.fromkeys(table for form in forms().values() for table in form.tables))
        cells = [
            f"{table}/{cell}"
            for table in tables
            for cell in dict.fromkeys(
                cell for name in reversed(names) if (table, name) in used for cell in forms()[name].tables[table].cells
            )
        ]
        index = {cell: at for at, cell in enumerate(cells)}
        values = np.full((len(cells), len(reports)), np.nan)
        for at, one in enumerate(held):
            for name, cell in one.cells.items():
                values[index[name], at] = BLANK if cell.value is None else float(cell.value) + 0.0
        one_name = agency.same_agency({report.agency for report in reports if report.agency})
        numbers = {name: at for at, name in enumerate(dict.fromkeys(one_name.values()))}
        kinds = [agency.kind(report.agency) for report in reports]
        kind_names = tuple(sorted({kind for kind in kinds if kind}))
        shown_forms = {
            table: np.array([names.index(one.forms[table].name) if table in one.forms else -1 for one in held], np.int8)
            for table in tables
        }
        return cls(
            cells=tuple(cells),
            values=values,
            forms=shown_forms,
            form_names=names,
            agencies=np.array([numbers[one_name[r.agency]] if r.agency else -1 for r in reports], np.int32),
            years=np.array([report.year or -1 for report in reports], np.int16),
            kinds=np.array([kind_names.index(kind) if kind else -1 for kind in kinds], np.int8),
            kind_names=kind_names,
        )


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
        gathered: dict[tuple[str, str], list[tuple[Integers, Integers]]] = {key: [] for key in plan.keys}
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


Found = Iterator[tuple[tuple[str, str], Integers, Integers]]


@dataclass(frozen=True)
class _Family:
    """Equations of one rule whose cells lie evenly in the figures: one line of ``rows`` for each equation.

    Column after column, or row after row, the cells of one term are so far apart as those of every other, so that a
    slice takes them for all the equations at once. ``numbers`` are the equations' numbers within their rule;
    ``allowed`` says for each kind of agency (the last: unknown) whether the rule is for it.
    """

    equation: Equation
    form: int
    numbers: Integers
    rows: Integers
    slices: tuple[slice, ...]
    allowed: NDArray[np.bool_]

    @classmethod
    def all_of(cls, figures: Figures, form: int, members: Sequence[Equation]) -> Iterator[_Family]:
        """The equations of one rule as few families as possible; those with cells that no report has are left out."""
        first = members[0]
        kinds = [not first.rule.agencies or kind in first.rule.agencies for kind in figures.kind_names]
        allowed = np.array([*kinds, not first.rule.agencies])
        known = [
            (number, [figures.index[cell] for cell in member.cells])
            for number, member in enumerate(members)
            if all(cell in figures.index for cell in member.cells)
        ]
        for run in _even_runs(known):
            rows = np.array([row for _, row in run])
            steps = rows[1] - rows[0] if len(run) > 1 else np.ones(rows.shape[1], np.int64)
            slices = tuple(
                slice(r[0], r[-1] + 1, step) for r, step in zip(rows.T.tolist(), steps.tolist(), strict=True)
            )
            yield cls(first, form, np.array([number for number, _ in run]), rows, slices, allowed)


def _even_runs(known: Sequence[tuple[int, list[int]]]) -> Iterator[list[tuple[int, list[int]]]]:
    run: list[tuple[int, list[int]]] = []
    for member in known:
        steps = {b - a for a, b in zip(run[-1][1], member[1], strict=True)} if run else set()
        wanted = {b - a for a, b in zip(run[0][1], run[1][1], strict=True)} if len(run) > 1 else steps
        if run and not (len(steps) == 1 and steps == wanted and min(steps) > 0):
            yield run
            run = []
        run.append(member)
    if run:
        yield run


@dataclass(frozen=True)
class _CellRule:
    """A rule over single cells in one table: the rows of the table, which may hold decimals, which may be below 0."""

    rule: Rule
    form: int
    table: str
    rows: slice
    decimal: NDArray[np.bool_]
    signed: NDArray[np.bool_]


@dataclass(frozen=True)
class _Plan:
    """What is to be worked out for these figures, and where in them it stands."""

    figures: Figures
    families: Sequence[_Family]
    cell_rules: Sequence[_CellRule]
    keys: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, figures: Figures) -> _Plan:
        families: list[_Family] = []
        cell_rules: list[_CellRule] = []
        for number, name in enumerate(figures.form_names):
            form = forms()[name]
            of_rule: dict[str, list[Equation]] = {}
            for equation in equations(form):
                of_rule.setdefault(equation.rule.code, []).append(equation)
            for members in of_rule.values():
                families += _Family.all_of(figures, number, members)
            for rule, table in ((rule, table) for rule in form.rules for table in form.tables):
                rows = _rows(figures, table)
                if rule.kind != "relation" and rule.table in (None, table) and rows.stop > rows.start:
                    cell_rules.append(_CellRule(rule, number, table, rows, *_allowances(figures, form, table)))
        codes = [(name, rule.code) for name in figures.form_names for rule in forms()[name].rules]
        return cls(figures, families, cell_rules, codes)

    def chunk(self, start: int, stop: int) -> Found:
        """Everything broken in the reports from ``start`` to ``stop``."""
        shown_forms = {table: numbers[start:stop] for table, numbers in self.figures.forms.items()}
        present = {(table, number) for table, numbers in shown_forms.items() for number in np.unique(numbers).tolist()}
        yield from self._relations(start, stop, shown_forms, present)
        yield from self._cells(start, stop, shown_forms, present)

    def _relations(
        self, start: int, stop: int, shown_forms: Mapping[str, NDArray[np.int8]], present: set[tuple[str, int]]
    ) -> Found:
        values = self.figures.values
        before = self.figures.before[start:stop]
        paired = before >= 0
        sure = np.where(paired, before, 0)
        for family in self.families:
            equation, rule = family.equation, family.equation.rule
            table = equation.table.name
            if (table, family.form) not in present or (rule.looks_back and not paired.any()):
                continue
            difference = np.zeros((len(family.rows), stop - start))
            for rows, factor, previous in zip(family.slices, equation.coefficients, equation.previous, strict=True):
                term = values[rows][:, sure] if previous else values[rows, start:stop]
                (np.add if factor > 0 else np.subtract)(difference, term, out=difference)
            wrong = equation.broken(difference, _TOLERANCE)
            if not wrong.any():
                continue
            wrong &= shown_forms[table] == family.form
            if rule.looks_back:
                wrong &= paired
            if rule.agencies:
                wrong &= family.allowed[self.figures.kinds[start:stop]]
            instances, at = np.nonzero(wrong)
            asserted = ~self._silent(family, instances, at + start, sure[at])
            if asserted.any():
                yield (equation.form, rule.code), at[asserted] + start, family.numbers[instances[asserted]]

    def _silent(self, family: _Family, instances: Integers, at: Integers, before: Integers) -> NDArray[np.bool_]:
        equation = family.equation
        blanks = [
            _blank(self.figures.values[family.rows[instances, term], before if previous else at])
            for term, previous in enumerate(equation.previous)
        ]
        silent: NDArray[np.bool_] = equation.silent(blanks)
        return silent

    def _cells(
        self, start: int, stop: int, shown_forms: Mapping[str, NDArray[np.int8]], present: set[tuple[str, int]]
    ) -> Found:
        for one in self.cell_rules:
            if (one.table, one.form) not in present:
                continue
            block = self.figures.values[one.rows, start:stop]
            wrong = _blank(block) if one.rule.kind == "filled" else _impossible(block, one.decimal, one.signed)
            if wrong.any():
                wrong &= shown_forms[one.table] == one.form
                cells, at = np.nonzero(wrong)
                if len(at):
                    yield (self.figures.form_names[one.form], one.rule.code), at + start, cells + one.rows.start


def _blank(values: Floats) -> NDArray[np.bool_]:
    blank: NDArray[np.bool_] = values.view(np.int64) == _BLANK_BITS
    return blank


def _impossible(block: Floats, decimal: NDArray[np.bool_], signed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where figures are below 0 or not whole, but for rows that may be so (``footing.impossible`` for arrays)."""
    wrong = block < 0
    if wrong.any():
        wrong &= ~signed[:, None]
    rest = np.rint(block)
    np.subtract(block, rest, out=rest)
    broken_up = rest != 0
    if broken_up.any():
        wrong |= broken_up & ~np.isnan(rest) & ~decimal[:, None]
    return wrong


def _rows(figures: Figures, table: str) -> slice:
    rows = [at for cell, at in figures.index.items() if cell.startswith(f"{table}/")]
    return slice(rows[0], rows[-1] + 1) if rows else slice(0, 0)


def _allowances(figures: Figures, form: Form, table: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each row of the table in the figures whether it may hold decimals and whether it may be below 0."""
    known = form.tables[table].cells
    cells = [known.get(cell.partition("/")[2]) for cell in figures.cells[_rows(figures, table)]]
    decimal = [pair is None or pair[0].decimal or pair[1].decimal for pair in cells]
    signed = [pair is None or pair[1].signed for pair in cells]
    return np.array(decimal, bool), np.array(signed, bool)


def labels(figures: Figures, rows: Iterable[int]) -> list[str]:
    """The full names of the cells in those rows of the figures."""
    return [figures.cells[row] for row in rows]
