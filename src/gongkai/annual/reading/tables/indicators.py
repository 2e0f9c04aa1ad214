"""The statistical table of 2014 (《政府信息公开情况统计表》) and local tables of its time: label, unit, figure.

Provinces had tables of their own, so every row is kept as printed; rows that the national form has get its key too,
so that its relations can be checked. Some tables have a second column, 历年累计.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from gongkai.annual.finding import Number
from gongkai.annual.form import Table
from gongkai.annual.reading.document import Document, Grid, GridCell
from gongkai.annual.reading.labels import letters, simplified, tidy_label
from gongkai.annual.reading.numbers import in_unit, is_figure, read_figure
from gongkai.annual.reading.tables.catalogue import catalogue
from gongkai.annual.reading.tables.evidence import Doubt, Values
from gongkai.annual.reading.tables.indicator_rows import IndicatorRow, key_of, order_of, without_twice
from gongkai.annual.reading.tables.indicator_text import rows_in_text
from gongkai.annual.reading.tables.solve import HINT, holds
from gongkai.annual.reading.tables.tokens import Stream
from gongkai.annual.relation import Relation
from gongkai.annual.report import INDICATORS, Cell, Indicator

FEWEST = 4
"""From so many rows of the national form on, a grid without its header is taken for the table."""


def read_indicators(
    document: Document, hints: Mapping[str, Collection[Number]] | None = None
) -> tuple[tuple[Indicator, ...], list[Doubt]]:
    """The rows of the statistical table, in order, and doubts. ``hints`` are figures of the narrative by row key."""
    table = next(iter(catalogue(INDICATORS).tables.values()))
    rows: list[IndicatorRow] = []
    header: Sequence[GridCell] = ()
    for grid in document.grids():
        header = _header(grid, table) or header
        rows += _grid_rows(grid, table, rows, header)
    if not all(grid.exact for grid in document.grids()) or not rows:
        rows = max(rows, rows_in_text(Stream(list(document.in_lines().lines())), table), key=len)
    return _decided(without_twice(rows), table, hints or {})


# ── From grids ───────────────────────────────────────────────────────────────────────────────────────────────────


def _header(grid: Grid, table: Table) -> Sequence[GridCell]:
    """The row that names the columns; () where the grid has none (it may go on with the table of the page before)."""
    stubs = {letters(text) for text in (table.stub, *table.stub_variants)}
    return next((row for row in grid.rows() if _is_header(row, stubs, table)), ())


def _grid_rows(
    grid: Grid, table: Table, before: Sequence[IndicatorRow], header: Sequence[GridCell]
) -> list[IndicatorRow]:
    """The rows of a grid, if it is the table or (``before`` holds rows already) goes on with it."""
    labels = catalogue(INDICATORS).row_labels
    rows = list(grid.rows())
    known = sum(any(labels.find(cell.text) for cell in row) for row in rows)
    if known < (1 if before else 2 if header else FEWEST):
        return []
    later = {cell.column for cell in header if table.adds_up_years(simplified(cell.text))}
    found: list[IndicatorRow] = []
    last = _last_order(before, table)
    for row in rows[1 + next((i for i, row in enumerate(rows) if row == header), -1) :]:
        entries = _grid_row(row, table, later, header, last)
        found += entries
        last = _last_order(found, table, last)
    return found


def _last_order(rows: Sequence[IndicatorRow], table: Table, otherwise: int = -1) -> int:
    """The number in the form of the last row that the form has."""
    return next((order_of(row.key, table) for row in reversed(rows) if row.key is not None), otherwise)


def _is_header(row: Sequence[GridCell], stubs: set[str], table: Table) -> bool:
    texts = [letters(cell.text) for cell in row]
    return any(text in stubs for text in texts) or (len(row) > 2 and any(t.endswith(table.unit_heading) for t in texts))


def _grid_row(
    row: Sequence[GridCell], table: Table, later: set[int], header: Sequence[GridCell], last: int
) -> list[IndicatorRow]:
    units = {letters(unit) or unit for unit in table.units}
    unit_at = next((i for i, cell in enumerate(row) if i and (letters(cell.text) or cell.text.strip()) in units), None)
    words = [i for i, cell in enumerate(row[:unit_at]) if re.search(r"[\u3400-\u9fff]", cell.text)]
    if not words:
        return []
    label_at = words[-1]
    serial = {cell.column for cell in header if letters(cell.text) in table.serial_headings}
    values = [cell for cell in row[(unit_at if unit_at is not None else label_at) + 1 :] if cell.column not in serial]
    label = tidy_label(row[label_at].text)
    unit = letters(row[unit_at].text) if unit_at is not None else ""
    heads = header[len(header) - len(values) :] if len(row) == len(header) else ()
    if heads:  # as many cells as headings: told by their order, whatever their spans
        later = {
            cell.column for cell, head in zip(values, heads, strict=True) if table.adds_up_years(simplified(head.text))
        }
    year = [cell for cell in values if cell.column not in later]
    if not year or (not is_figure(year[0].text) and not letters(unit)):
        return []
    key = key_of(label, table, last)
    read = [_figure(cell.text, unit, key, table) for cell in values]
    texts = " ".join(cell.text for cell in values)
    if len(year) == 1:
        order = [*year, *(cell for cell in values if cell.column in later)]
        picked = [read[list(values).index(cell)] for cell in order]
        good = tuple(value for value, _ in picked)
        readings = (good,) if all(ok for _, ok in picked) else ()
        shifted = any(cell.column < year[0].column for cell in order[1:]) and max(later) == header[-1].column
        if header and (len(row) < len(header) or shifted):
            readings = ()  # a blank was dropped or a span is broken: the figures may stand in either column
        return [IndicatorRow(label, unit, key, readings, tuple(cell.where for cell in order), texts, True)]
    named = {cell.column: re.sub(r"\s+", "", cell.text) for cell in header}
    return [
        IndicatorRow(
            f"{label}（{named[cell.column]}）" if cell.column in named else label,
            unit,
            None,
            ((value,),) if ok else (),
            (cell.where,),
            cell.text,
            True,
        )
        for cell, (value, ok) in zip(values, read, strict=True)
    ]


def _figure(text: str, unit: str, key: str | None, table: Table) -> tuple[Number | None, bool]:
    read = read_figure(text)
    if read is None:
        return None, False
    wanted = next((row.unit for row in table.rows if row.key == key), unit)
    return in_unit(read, unit if read.unit else wanted, unit), True


# ── Deciding ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _decided(
    rows: Sequence[IndicatorRow], table: Table, hints: Mapping[str, Collection[Number]]
) -> tuple[tuple[Indicator, ...], list[Doubt]]:
    """One reading for each row where direct text, relations with the rows known, or the narrative leave only one."""
    from gongkai.annual.form import forms

    relations = [
        relation for rule in forms()[table.form].rules if rule.table == table.name for relation in rule.instances(table)
    ]
    columns = max((len(row.wheres) for row in rows), default=0)
    known: list[dict[str, Number | None]] = [{} for _ in range(columns)]
    chosen: dict[int, Values] = {}
    waiting = list(range(len(rows)))
    moved = True
    while moved:
        moved = False
        for index in list(waiting):
            fitting = _fitting(rows[index], known, relations, hints)
            if len(fitting) == 1:
                chosen[index] = fitting[0]
                waiting.remove(index)
                moved = True
                key = rows[index].key
                for column, value in enumerate(fitting[0]):
                    if key is not None:
                        known[column].setdefault(key, value)
    indicators, doubts = [], []
    for index, row in enumerate(rows):
        if index not in chosen:
            doubts.append(
                Doubt(INDICATORS, (row.key or row.label,), "several", row.wheres[0], f"{row.label} {row.text}")
            )
            continue
        made = [
            Cell(value, where, not row.direct and len(row.readings) > 1, row.text)
            for value, where in zip(chosen[index], row.wheres, strict=True)
        ]
        indicators.append(Indicator(row.label, row.unit, made[0], row.key, made[1] if len(made) > 1 else None))
    return tuple(indicators), doubts


def _fitting(
    row: IndicatorRow,
    known: Sequence[Mapping[str, Number | None]],
    relations: Sequence[Relation],
    hints: Mapping[str, Collection[Number]],
) -> list[Values]:
    readings = list(row.readings)
    if len(readings) < 2 or row.key is None:
        return readings
    given = {number for number in hints.get(row.key, ()) if number >= HINT}
    readings = [reading for reading in readings if reading[0] in given] or readings
    for column in range(len(readings[0])):
        kept = []
        for reading in readings:
            values = {**known[column], row.key: reading[column]}
            touching = [relation for relation in relations if any(term.name == row.key for term in relation.terms)]
            if all(holds(relation, values) is not False for relation in touching):
                kept.append(reading)
        readings = kept or readings
    return readings
