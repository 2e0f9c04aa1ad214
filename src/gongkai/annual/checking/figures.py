"""The figures of very many reports as columns of doubles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gongkai.annual.checking import agency
from gongkai.annual.checking.equations import shown
from gongkai.annual.form import forms
from gongkai.annual.report import Report

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Truths = NDArray[np.bool_]

BLANK = -0.0
"""A cell left blank: it counts as 0 in a sum, and its sign tells it from a 0 that was filled in."""

_BLANK_BITS = np.iinfo(np.int64).min


def blank(values: Floats) -> Truths:
    """Where cells are left blank."""
    blanks: Truths = values.view(np.int64) == _BLANK_BITS
    return blanks


@dataclass(frozen=True)
class Figures:
    """Reports as columns of doubles: one row of ``values`` for each cell, one place in it for each report.

    NaN stands for a cell that was not read or is not in the document, −0.0 for one left blank. ``forms`` tells for
    each table the number (in ``form_names``) of the form that each report's table shows, −1 for none; ``agencies`` and
    ``years`` pair reports (−1: unknown); ``kinds`` are numbers in ``kind_names`` (−1: unknown). ``copies`` tells which
    are copies of another report among them (PDF and Word): no later report is paired with these.
    """

    cells: tuple[str, ...]
    values: Floats
    forms: Mapping[str, NDArray[np.int8]]
    form_names: tuple[str, ...]
    agencies: NDArray[np.int32]
    years: NDArray[np.int16]
    kinds: NDArray[np.int8]
    kind_names: tuple[str, ...]
    copies: Truths | None = None
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
        offered = key if self.copies is None else np.where(self.copies, -1, key)
        order = np.argsort(offered, kind="stable")
        held = offered[order]
        wanted = key - 1
        first = np.searchsorted(held, wanted, side="left")
        last = np.searchsorted(held, wanted, side="right")
        known = (self.agencies >= 0) & (self.years > 0) & (last - first == 1)
        return np.where(known, order[np.minimum(first, len(held) - 1)], -1) if len(held) else first

    def rows(self, table: str) -> slice:
        """The rows of ``values`` that belong to that table."""
        rows = [at for cell, at in self.index.items() if cell.startswith(f"{table}/")]
        return slice(rows[0], rows[-1] + 1) if rows else slice(0, 0)

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
