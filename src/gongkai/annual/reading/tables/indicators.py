"""The statistical table of 2014 (《政府信息公开情况统计表》) and local tables of its time: label, unit, figure.

Provinces had tables of their own, so every row is kept as printed; rows that the national form has get its key too,
so that its relations can be checked. Some tables have a second column, 历年累计.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from gongkai.annual.finding import Number
from gongkai.annual.form import Table
from gongkai.annual.reading.document import Document
from gongkai.annual.reading.tables.catalogue import catalogue
from gongkai.annual.reading.tables.evidence import Doubt, Values
from gongkai.annual.reading.tables.indicator_grids import rows_in_grids
from gongkai.annual.reading.tables.indicator_rows import IndicatorRow, without_twice
from gongkai.annual.reading.tables.indicator_text import rows_in_text
from gongkai.annual.reading.tables.solve import HINT, holds
from gongkai.annual.reading.tables.tokens import Stream
from gongkai.annual.relation import Relation
from gongkai.annual.report import INDICATORS, Cell, Indicator


def read_indicators(
    document: Document, hints: Mapping[str, Collection[Number]] | None = None
) -> tuple[tuple[Indicator, ...], list[Doubt]]:
    """The rows of the statistical table, in order, and doubts. ``hints`` are figures of the narrative by row key."""
    table = next(iter(catalogue(INDICATORS).tables.values()))
    rows = rows_in_grids(list(document.grids()), table)
    if not all(grid.exact for grid in document.grids()) or not rows:
        rows = max(rows, rows_in_text(Stream(list(document.in_lines().lines())), table), key=len)
    return _decided(without_twice(rows), table, hints or {})


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
            doubts.append(Doubt(INDICATORS, (row.key or row.label,), row.why, row.wheres[0], f"{row.label} {row.text}"))
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
