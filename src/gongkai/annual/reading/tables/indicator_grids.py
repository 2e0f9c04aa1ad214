"""The statistical table in grids: which cell is a row's label, which its unit, which its figure, told by the header.

A row counts only where its cells fit the header's: one cell too few or too many, and its figures may stand in any
column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gongkai.annual.finding import Number
from gongkai.annual.form import Table
from gongkai.annual.reading.document import Grid, GridCell
from gongkai.annual.reading.labels import letters, simplified, tidy_label
from gongkai.annual.reading.numbers import in_unit, is_figure, read_figure
from gongkai.annual.reading.tables.catalogue import catalogue
from gongkai.annual.reading.tables.indicator_rows import IndicatorRow, key_of, order_of
from gongkai.annual.reading.tables.spans import is_blank
from gongkai.annual.report import INDICATORS

FEWEST = 4
"""From so many rows of the national form on, a grid without its header is taken for the table."""

SEVERAL = 2
"""So many rows with more cells than the header are no accident: the header has lost a heading."""

_WORDS = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table's columns, left to right, and which of them stand over labels, units and figures.

    ``years`` are the columns of figures, ``later`` the one that adds up all years; all are indexes of ``cells``.
    """

    cells: tuple[GridCell, ...]
    label: int
    unit: int | None
    years: tuple[int, ...]
    later: int | None


@dataclass(frozen=True, slots=True)
class Parts:
    """A row taken apart: its label, its unit and its figures under their headings."""

    label: GridCell
    unit: GridCell | None
    years: tuple[GridCell, ...]
    later: GridCell | None


def rows_in_grids(grids: Sequence[Grid], table: Table) -> list[IndicatorRow]:
    """The rows of the table in the grids, in order. A grid without a header goes on with the one before it."""
    found: list[IndicatorRow] = []
    header: Header | None = None
    part = 0
    for grid in grids:
        if not _is_table(grid, table, header, bool(found)):
            continue
        rows = list(grid.rows())
        at = 0
        while at < len(rows):
            own = _header(grid, rows, at, table)
            if own is not None:
                header, deep = own
                part, at = part + 1, at + deep
                continue
            last = _last_order(found, table)
            found += [replace(row, part=part) for row in _row(rows, at, table, header, last)]
            at += 1
    return _of_whole_headers(found)


def _is_table(grid: Grid, table: Table, header: Header | None, begun: bool) -> bool:
    """Whether a grid is the table, or goes on with it (``begun``): told by how many rows of the form it names."""
    labels = catalogue(INDICATORS).row_labels
    rows = list(grid.rows())
    if rows and _stub_of(rows[-1], table) is not None:
        return True  # its rows begin on the next page
    known = sum(any(labels.find(cell.text) for cell in row) for row in rows)
    headed = header is not None or any(_is_header(row, table) for row in rows)
    return known >= (1 if begun else 2 if headed else FEWEST)


def _of_whole_headers(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The rows; without a reading those under a header that several rows have more cells than: it has lost a heading,
    and a row that fits it may have lost a figure."""
    wide = Counter(row.part for row in rows if row.wide)
    return [replace(row, readings=(), why="columns") if wide[row.part] >= SEVERAL else row for row in rows]


def _last_order(rows: Sequence[IndicatorRow], table: Table) -> int:
    """The number in the form of the last row that the form has."""
    return next((order_of(row.key, table) for row in reversed(rows) if row.key is not None), -1)


# ── The header ───────────────────────────────────────────────────────────────────────────────────────────────────


def _is_header(row: Sequence[GridCell], table: Table) -> bool:
    return len(row) > 1 and (_stub_of(row, table) is not None or (len(row) > 2 and _unit_of(row, table) is not None))


def _stub_of(row: Sequence[GridCell], table: Table) -> int | None:
    stubs = {letters(text) for text in (table.stub, *table.stub_variants)}
    return next((index for index, cell in enumerate(row) if letters(cell.text) in stubs), None)


def _unit_of(row: Sequence[GridCell], table: Table) -> int | None:
    ends = table.unit_heading
    return next((index for index, cell in enumerate(row) if index and letters(cell.text).endswith(ends)), None)


def _header(grid: Grid, rows: Sequence[Sequence[GridCell]], at: int, table: Table) -> tuple[Header, int] | None:
    """The header that begins in that row, and how many rows it takes; None if none does."""
    row = rows[at]
    if not _is_header(row, table):
        return None
    deep = max(cell.rowspan for cell in row)
    below = [cell for under in rows[at + 1 : at + deep] for cell in under]
    if any(is_figure(cell.text) for cell in below):
        deep, below = 1, []  # a broken span: rows of figures are no part of a header
    cells: list[GridCell] = []
    for cell in row:
        parted = [under for under in below if cell.column <= under.column < cell.column + cell.colspan]
        cells += parted or [cell]
    unit = _unit_of(cells, table)
    label = _stub_of(cells, table)
    if label is None:
        label = max(0, (unit or 1) - 1)
    kept = [index for index, cell in enumerate(cells) if _counts(cell, table) and index > label and index != unit]
    later = next((index for index in kept if table.adds_up_years(simplified(cells[index].text))), None)
    years = tuple(index for index in kept if index != later)
    return Header(tuple(cells), label, unit, years, later), deep


def _counts(heading: GridCell, table: Table) -> bool:
    """Whether figures of the report stand under a heading: not under 代码, nor under 备注."""
    return letters(heading.text) not in {*table.serial_headings, *table.note_headings}


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _row(
    rows: Sequence[Sequence[GridCell]], at: int, table: Table, header: Header | None, last: int
) -> Iterator[IndicatorRow]:
    """The row of the table that a row of the grid is: one for each column of a year; none if it is a heading.

    A row that does not fit its header is given without a reading.
    """
    row = rows[at]
    parts = _apart(row, table, header) if header is not None else _without_header(row, table)
    if parts is None:
        lost = _unfit(row, table)
        if lost is not None:
            wide = header is not None and len(row) > len(header.cells)
            yield replace(lost, key=key_of(lost.label, table, last), wide=wide)
        return
    label = tidy_label(parts.label.text)
    unit = letters(parts.unit.text) if parts.unit else ""
    if not unit and not any(is_figure(cell.text) for cell in parts.years):
        return
    cells = (*parts.years, *([parts.later] if parts.later else []))
    texts = " ".join(cell.text for cell in cells)
    key = key_of(label, table, last)
    read = [_figure(cell.text, unit, key, table) for cell in cells]
    shared = _shared(rows, at, parts)
    if len(parts.years) == 1:
        readings = (tuple(value for value, _ in read),) if all(ok for _, ok in read) and not shared else ()
        why = "columns" if shared else "figure"
        yield IndicatorRow(label, unit, key, readings, tuple(cell.where for cell in cells), texts, True, why)
        return
    for index, cell in zip(header.years if header else (), parts.years, strict=True):
        heading = re.sub(r"\s+", "", header.cells[index].text) if header else ""
        value, ok = _figure(cell.text, unit, key, table)
        yield IndicatorRow(
            f"{label}（{heading}）",
            unit,
            None,
            ((value,),) if ok and heading and not shared else (),
            (cell.where,),
            cell.text,
            True,
            "columns",
        )


def _apart(row: Sequence[GridCell], table: Table, header: Header) -> Parts | None:
    """The row's cells under their headings: each in its place, or, where spans are broken, as many as headings."""
    placed = _by_place(row, header)
    if placed is None and header.cells[header.label].colspan == 1:
        placed = _by_order(row, table, header)
    if placed is None or not header.years:
        return None
    label, unit = placed[header.label], placed[header.unit] if header.unit is not None else None
    if not _WORDS.search(label.text) or is_figure(label.text):
        return None
    if unit is not None and not _is_unit(unit, table):
        return None
    later = placed[header.later] if header.later is not None else None
    return Parts(label, unit, tuple(placed[index] for index in header.years), later)


def _by_place(row: Sequence[GridCell], header: Header) -> list[GridCell] | None:
    """For each heading the cell that stands exactly under it; left of the figures, the last words under the stub."""
    stub = header.cells[header.label]
    end = stub.column + stub.colspan
    left = [cell for cell in row if cell.column + cell.colspan <= end]
    right = [cell for cell in row if cell not in left]
    headings = [cell for cell in header.cells if cell.column >= end]
    if not left or _places(right) != _places(headings):
        return None
    return [*([left[-1]] * (len(header.cells) - len(headings))), *right]


def _places(cells: Sequence[GridCell]) -> list[tuple[int, int]]:
    return [(cell.column, cell.colspan) for cell in cells]


def _by_order(row: Sequence[GridCell], table: Table, header: Header) -> list[GridCell] | None:
    if len(row) == len(header.cells):
        return list(row)
    named = [cell for cell in row if not (header.unit is None and cell is not row[0] and _is_unit(cell, table, True))]
    return named if len(named) == len(header.cells) else None


def _is_unit(cell: GridCell, table: Table, printed: bool = False) -> bool:
    """Whether a unit stands in the cell, or (unless it must be ``printed``) nothing or a stroke does."""
    units = {letters(unit) for unit in table.units} - {""}
    return letters(cell.text) in units or (not printed and is_blank(cell))


def _without_header(row: Sequence[GridCell], table: Table) -> Parts | None:
    """A row of a table that has lost its header: label, unit if there is one, and one figure."""
    unit = next((index for index, cell in enumerate(row) if index and _is_unit(cell, table, True)), None)
    words = [index for index, cell in enumerate(row[:unit]) if _WORDS.search(cell.text) and not is_figure(cell.text)]
    if not words:
        return None
    values = row[(words[-1] if unit is None else unit) + 1 :]
    if len(values) != 1:
        return None
    return Parts(row[words[-1]], row[unit] if unit is not None else None, (values[0],), None)


def _shared(rows: Sequence[Sequence[GridCell]], at: int, parts: Parts) -> bool:
    """Whether the row's label has figures of a later row too, or its figure stands for a later row too.

    A span that reaches down counts where the rows it covers lack a cell; else it is broken, and covers nothing.
    """
    spanning = (parts.label, *parts.years, *([parts.later] if parts.later else []))
    below = rows[at + 1 : at + max(cell.rowspan for cell in spanning)]
    return any(len(row) < len(rows[at]) and any(is_figure(cell.text) for cell in row) for row in below)


def _unfit(row: Sequence[GridCell], table: Table) -> IndicatorRow | None:
    """A row whose cells do not fit the header, without a reading; None where it holds no label or no figure."""
    words = [cell for cell in row if _WORDS.search(cell.text) and not is_figure(cell.text)]
    words = [cell for cell in words if not _is_unit(cell, table)]
    figures = [cell for cell in row if is_figure(cell.text)]
    if not words or not figures:
        return None
    label = next((one for one, other in pairwise(words) if other.column > figures[0].column), words[-1])
    text = " ".join(cell.text for cell in figures)
    return IndicatorRow(tidy_label(label.text), "", None, (), (figures[0].where,), text, True, "columns")


def _figure(text: str, unit: str, key: str | None, table: Table) -> tuple[Number | None, bool]:
    """The figure in the unit of the form's row (in that printed beside it for a local row), and whether it is one."""
    read = read_figure(text)
    if read is None:
        return None, False
    wanted = next((row.unit for row in table.rows if row.key == key), unit)
    return in_unit(read, unit if read.unit else wanted, unit), True
