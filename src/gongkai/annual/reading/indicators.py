"""The statistical table of 2014 (《政府信息公开情况统计表》) and local tables of its time: label, unit, figure.

Provinces had tables of their own, so every row is kept as printed; rows that the national form has get its key too,
so that its relations can be checked. Some tables have a second column, 历年累计.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.annual.finding import Number, Where
from gongkai.annual.form import Table
from gongkai.annual.reading.catalogue import catalogue
from gongkai.annual.reading.document import Document, Grid, GridCell
from gongkai.annual.reading.evidence import Doubt, Values
from gongkai.annual.reading.labels import letters, simplified
from gongkai.annual.reading.numbers import in_unit, is_figure, read_figure
from gongkai.annual.reading.solve import HINT, holds
from gongkai.annual.reading.splitting import splits
from gongkai.annual.reading.tokens import Stream
from gongkai.annual.relation import Relation
from gongkai.annual.report import INDICATORS, Cell, Indicator

CUMULATIVE = "历年"
"""What a second column of figures is called that adds up all years."""

FEWEST = 4
"""From so many rows of the national form on, a grid without its header is taken for the table."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as seen: label and unit as printed, the readings of its figures (year, and cumulative where there is)."""

    label: str
    unit: str
    key: str | None
    readings: tuple[Values, ...]
    wheres: tuple[Where, ...]
    text: str
    direct: bool


def read_indicators(
    document: Document, hints: Mapping[str, Collection[Number]] | None = None
) -> tuple[tuple[Indicator, ...], list[Doubt]]:
    """The rows of the statistical table, in order, and doubts. ``hints`` are figures of the narrative by row key."""
    table = next(iter(catalogue(INDICATORS).tables.values()))
    rows = [row for grid in document.grids() for row in _grid_rows(grid, table)]
    if not rows:
        rows = list(_stream_rows(Stream(list(document.lines())), table))
    return _decided(rows, table, hints or {})


# ── From grids ───────────────────────────────────────────────────────────────────────────────────────────────────


def _grid_rows(grid: Grid, table: Table) -> list[_Row]:
    stubs = {letters(text) for text in (table.stub, *table.stub_variants)}
    labels = catalogue(INDICATORS).row_labels
    rows = list(grid.rows())
    known = sum(any(labels.find(cell.text) for cell in row) for row in rows)
    header_at = next((i for i, row in enumerate(rows) if any(letters(cell.text) in stubs for cell in row)), None)
    if known < (2 if header_at is not None else FEWEST):
        return []
    header = rows[header_at] if header_at is not None else []
    later = {cell.column for cell in header if CUMULATIVE in simplified(cell.text)}
    found: list[_Row] = []
    for row in rows[(header_at or -1) + 1 :]:
        entry = _grid_row(row, table, later, header)
        found += entry
    return found


def _grid_row(row: Sequence[GridCell], table: Table, later: set[int], header: Sequence[GridCell]) -> list[_Row]:
    units = {letters(unit) or unit for unit in table.units}
    unit_at = next((i for i, cell in enumerate(row) if i and (letters(cell.text) or cell.text.strip()) in units), None)
    words = [i for i, cell in enumerate(row[:unit_at]) if re.search(r"[\u3400-\u9fff]", cell.text)]
    if not words:
        return []
    label_at = words[-1]
    values = row[(unit_at if unit_at is not None else label_at) + 1 :]
    label = re.sub(r"\s+", "", row[label_at].text)
    unit = row[unit_at].text.strip() if unit_at is not None else ""
    year = [cell for cell in values if cell.column not in later]
    if not year or (not is_figure(year[0].text) and not letters(unit)):
        return []
    key = _key(label, table)
    read = [_figure(cell.text, unit, key, table) for cell in values]
    texts = " ".join(cell.text for cell in values)
    if len(year) == 1:
        order = [*year, *(cell for cell in values if cell.column in later)]
        picked = [read[list(values).index(cell)] for cell in order]
        good = tuple(value for value, _ in picked)
        readings = (good,) if all(ok for _, ok in picked) else ()
        return [_Row(label, unit, key, readings, tuple(cell.where for cell in order), texts, True)]
    named = {cell.column: re.sub(r"\s+", "", cell.text) for cell in header}
    return [
        _Row(
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


def _key(label: str, table: Table) -> str | None:
    del table
    return catalogue(INDICATORS).row_labels.find(label)


# ── From running text ────────────────────────────────────────────────────────────────────────────────────────────


def _stream_rows(stream: Stream, table: Table) -> Iterator[_Row]:
    """Rows of the form 「label unit figures」 behind the table's header, separated or glued."""
    start = -1
    for stub in (table.stub, *table.stub_variants[:1]):
        places = list(stream.find_all(stub))
        start = max([start, *places])
    if start < 0:
        return
    units = "|".join(sorted((re.escape(unit) for unit in table.units if letters(unit)), key=len, reverse=True))
    pattern = re.compile(
        rf"(?P<label>(?:\([^()]{{0,60}}\)|[^\d\n]|\n){{2,90}}?)\s*(?P<unit>{units})\s*(?P<figures>\d[\d.,]*(?:\s+\d[\d.,]*){{0,2}})"
    )
    header = re.compile(r"[^\n]{0,60}?(?:历年累计|累计|统计数|数量|数值)")
    opening = header.match(stream.text, start)
    begin = opening.end() if opening else start
    double = bool(opening and re.search(r"累计", opening[0]) and re.search(r"年度|本年|统计数", opening[0]))
    count = 2 if double else 1
    at = begin
    while match := pattern.search(stream.text, at):
        if match.start() > at + 40 and at != begin:
            break
        label_at = match.start("label") + len(match["label"]) - len(match["label"].lstrip())
        label = re.sub(r"\s+", "", stream.printed(label_at, match.end("label")))
        pieces = match["figures"].replace(",", "").split()
        key = _key(label, table)
        readings: tuple[Values, ...]
        direct = len(pieces) == count and all(is_figure(piece) for piece in pieces)
        if direct:
            readings = (tuple(read.value if (read := read_figure(piece)) else None for piece in pieces),)
        else:
            cut = splits(pieces, count, decimal=[True] * count) or splits(["".join(pieces)], count)
            readings = tuple(cut)
        if count == 2 and not direct:
            readings = tuple(row for row in readings if (row[0] or 0) <= (row[1] or 0))
        where = stream.where(match.start("figures"))
        yield _Row(label, match["unit"], key, readings, (where,) * count, match["figures"], direct)
        at = match.end()


# ── Deciding ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _decided(
    rows: Sequence[_Row], table: Table, hints: Mapping[str, Collection[Number]]
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
    row: _Row,
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
