"""The publication table in running text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gongkai.annual.form import Block
from gongkai.annual.reading.numbers import Read, in_unit, unit_named
from gongkai.annual.reading.tables.anchors import nearest_label
from gongkai.annual.reading.tables.catalogue import PUBLICATION, catalogue
from gongkai.annual.reading.tables.evidence import Doubt, Evidence, RowReading
from gongkai.annual.reading.tables.rows import Manner, not_told, one_a_line, row_readings
from gongkai.annual.reading.tables.tokens import Run, Stream, Token

_NOTE = re.compile(r"\([^()]{0,40}\)")

BESIDE = 2
"""In the publication table no more letters than these (a unit) stand between a row's label and its figures: what
stands behind more is a row that the form does not have, below one that it has (其他对外管理服务事项 行政检查 3)."""


def publication_lines(stream: Stream, start: int, end: int, glued: bool) -> Evidence:
    """The rows of figures of the publication table between two offsets, in the form whose columns they name."""
    known = catalogue(PUBLICATION)
    seen = {name: _own_columns(stream, start, end, name) for name in known.tables}
    best = max(seen, key=lambda name: seen[name])
    if not seen[best]:
        return Evidence()
    table = known.tables[best]
    evidence = Evidence(forms=[(PUBLICATION, best)])
    rows = list(table.rows)
    taken: set[str] = set()
    last: str | None = None
    runs = stream.runs(start, end, glued)
    manner = Manner(glued, one_a_line(stream, runs))
    beside = 2 * sum(_on_its_line(run) for run in runs) > len(runs)
    for run in runs:
        anchor = nearest_label(_NOTE.sub("", run.before), rows, last)
        if anchor is None or anchor.between > BESIDE:
            continue
        key = anchor.key
        block = next(block for block in table.blocks if any(row.key == key for row in block.rows))
        if key in taken and len(run.tokens) != len(block.columns):
            continue
        taken.add(key)
        last = key
        cells = tuple(table.cell(key, column) for column in block.columns)
        heading = run.before
        read = row_readings(
            stream,
            PUBLICATION,
            table,
            key,
            cells,
            run.tokens,
            manner,
            signed=[column.signed for column in block.columns],
            decimal=[column.decimal for column in block.columns],
        )
        if glued and _next_unnamed(stream, run.at, end, block, key):
            read = []  # the next row's figures may hang on these
        if beside and len(run.tokens) == 1 and not _on_its_line(run):
            read = []  # a number by itself, below a row that was left blank
        for entry in read:
            money = {i: column.unit for i, column in enumerate(block.columns) if column.decimal}
            evidence.rows.append(_in_units(entry, money, heading, run.tokens))
        if not read:
            evidence.doubts.append(not_told(stream, PUBLICATION, cells, run.tokens, glued))
    for row in rows:
        if row.key not in taken:
            block = next(block for block in table.blocks if row in block.rows)
            cells = tuple(table.cell(row, column) for column in block.columns)
            evidence.doubts.append(Doubt(PUBLICATION, cells, "row", stream.where(start)))
    return evidence


def _on_its_line(run: Run) -> bool:
    """Whether a run of figures stands on the line of the words before it."""
    return "\n" not in run.before[len(run.before.rstrip()) :]


def _next_unnamed(stream: Stream, start: int, end: int, block: Block, key: str) -> bool:
    """Whether the block has a row behind that one whose label does not stand behind it in the region."""
    rows = [row for row in block.rows if not row.heading]
    behind = rows[[row.key for row in rows].index(key) + 1 :][:1]
    return any(all(stream.find(label, start, end) < 0 for label in row.labels) for row in behind)


def _own_columns(stream: Stream, start: int, end: int, form: str) -> int:
    """How many labels of columns that only this form has stand in the region."""
    known = catalogue(PUBLICATION)
    others = {column.key for name, table in known.tables.items() if name != form for column in table.columns}
    own = [column for column in known.tables[form].columns if column.key not in others]
    return sum(any(stream.find(label, start, end) >= 0 for label in (column.label, *column.variants)) for column in own)


def _in_units(entry: RowReading, money: Mapping[int, str], heading: str, tokens: Sequence[Token]) -> RowReading:
    """Amounts in the column's unit, where the figure or the heading before it names another."""
    if not money:
        return entry
    printed = unit_named(tokens[-1].text)
    readings = []
    for values in entry.readings:
        row = [in_unit(Read(value, printed), money.get(i, ""), heading[-60:]) for i, value in enumerate(values)]
        readings.append(tuple(row))
    return replace(entry, readings=tuple(readings))
