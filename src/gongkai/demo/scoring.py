"""Scoring a reader: what it read of a rendering against what stands in it, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from opencc import OpenCC

from gongkai.annual.finding import Number
from gongkai.annual.report import INDICATORS, Cell, Report


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that was read otherwise than it stands in the document; ``wanted`` is None for a blank."""

    cell: str
    wanted: Number | None
    got: Number | None


@dataclass(frozen=True, slots=True)
class Score:
    """Cells right, wrong, invented (a number where the document has no such row), and not read.

    ``excused`` counts the cells that were not read and need not be: no reader can be sure of them.
    """

    right: int = 0
    wrong: tuple[Difference, ...] = ()
    invented: tuple[Difference, ...] = ()
    unread: tuple[str, ...] = ()
    excused: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.wrong + other.wrong,
            self.invented + other.invented,
            self.unread + other.unread,
            self.excused + other.excused,
        )

    @property
    def share(self) -> float:
        """The share read right of the cells that a reader can be asked to read; 1 where there are none."""
        asked = self.right + len(self.wrong) + len(self.unread)
        return self.right / asked if asked else 1.0

    @property
    def faults(self) -> tuple[Difference, ...]:
        """All that a reader must never do: wrong and invented figures."""
        return self.wrong + self.invented


def score(truth: Report, read: Report | None, unreadable: Iterable[str] = ()) -> Score:
    """Compare a report as read (None: not read at all) with what stands in the file.

    A blank read as a number is wrong, and so is a number read as a blank. Rows of local tables, which have no name in a
    form, are compared in their order, or by their label where some are missing.
    """
    local = any(row.key is None for row in truth.indicators)
    wanted = _cells(truth, local)
    got = _cells(_relabelled(read, truth) if local else read, local) if read else {}
    excused = {_bare_name(name) for name in unreadable} if local else set(unreadable)
    right, lost = 0, 0
    wrong: list[Difference] = []
    unread: list[str] = []
    for name, cell in wanted.items():
        found = got.get(name)
        if found is None:
            if name in excused:
                lost += 1
            else:
                unread.append(name)
        elif found.value == cell.value:
            right += 1
        else:
            wrong.append(Difference(name, cell.value, found.value))
    invented = [
        Difference(name, None, cell.value)
        for name, cell in got.items()
        if name not in wanted and cell.value is not None and not (local and name.startswith(INDICATORS))
    ]
    return Score(right, tuple(wrong), tuple(invented), tuple(unread), lost)


def _cells(report: Report, local: bool) -> Mapping[str, Cell]:
    """The cells by full name; with ``local`` those of the indicators by their label."""
    cells = dict(report.cells())
    for row in report.indicators:
        if local:
            cells[f"{INDICATORS}/{_bare(row.label)}"] = row.cell
            if row.cumulative is not None:
                cells[f"{INDICATORS}/{_bare(row.label)}·累计"] = row.cumulative
    return cells


def _relabelled(read: Report, truth: Report) -> Report:
    """The rows under the labels of the truth where there are as many: readers may print a row's official label.

    A row that has a label of the truth keeps it: where one row is missing and another stands there twice, there are
    as many rows, and each would be compared with its neighbour.
    """
    if len(read.indicators) != len(truth.indicators):
        return read
    known = {_bare(row.label) for row in truth.indicators}
    rows = zip(read.indicators, truth.indicators, strict=True)
    named = (row if _bare(row.label) in known else replace(row, label=true.label) for row, true in rows)
    return replace(read, indicators=tuple(named))


def _bare_name(name: str) -> str:
    table, _, label = name.partition("/")
    return f"{table}/{_bare(label)}"


def _bare(label: str) -> str:
    """A local table's label without 其中, number, blanks and the sounds of mirror sites, in simplified characters."""
    simplified = _simplified().convert(re.sub(r"\([^()\d]{1,6}\)|\s", "", label))
    return re.sub(r"^(其中[：:])?[\d①-⑨]*[.、]?", "", simplified)


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")
