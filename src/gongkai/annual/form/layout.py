"""How a table of a form is printed: its cells placed on a grid with the spans of the official layout.

The one place that knows how header cells, nested labels and figures stand to each other. What shows a report (HTML,
XLSX) and what writes one lays its cells out by this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from math import lcm

from gongkai.annual.form.parts import Block, Column, Row, Table


class Kind(StrEnum):
    """What a printed cell is."""

    HEADING = "heading"
    """A line over a block (第二十条第（一）项), as wide as the table."""
    STUB = "stub"
    """The corner above the row labels."""
    GROUP = "group"
    """A label over several columns (法人或其他组织)."""
    COLUMN = "column"
    """The label of a column of figures."""
    SECTION = "section"
    """A label beside or above several rows (三、本年度办理结果)."""
    LABEL = "label"
    """The label of a row of figures."""
    UNIT = "unit"
    """The unit of a row, in tables that print one for each row."""
    FIGURE = "figure"
    """The place of a figure."""


UNIT_HEADING = ("单位", "unit")
"""The heading of the column of units, in tables that print one for each row."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed cell: what it is, its place from 0, what it spans, its words, and for a figure the cell's name.

    ``number`` is printed before the words in Chinese (（三）); ``cell`` is the full name (``requests/received:total``);
    ``depth`` is how many headings stand over a label.
    """

    kind: Kind
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    text: str = ""
    text_en: str = ""
    cell: str = ""
    depth: int = 0
    number: str = ""

    def words(self, lang: str = "zh") -> str:
        """The words printed in the cell, in that language."""
        return self.number + self.text if lang == "zh" else self.text_en


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table laid out: its rows of placed cells, its width, and how many columns at the left are labels.

    ``header`` is the number of rows at the top that are only headings of columns: they repeat on every printed page.
    """

    table: Table
    rows: tuple[tuple[Placed, ...], ...]
    columns: int
    labels: int
    header: int

    def figures(self) -> Iterator[Placed]:
        """The places of figures, in the form's order."""
        return (cell for row in self.rows for cell in row if cell.kind is Kind.FIGURE)


@lru_cache(maxsize=64)
def sheet_of(table: Table) -> Sheet:
    """That table as the form prints it.

    Blocks of different width share one grid whose width they all divide, so that a block of one column is as wide as
    a block of three. Rows under a heading have it beside them; a table whose rows have units of their own is printed
    as a list, its headings on lines of their own.
    """
    as_list = any(row.unit for block in table.blocks for row in block.rows)
    labels = 2 if as_list else max(_depth_of_labels(block) for block in table.blocks)
    width = lcm(*(len(block.columns) for block in table.blocks))
    rows: list[tuple[Placed, ...]] = []
    header = 0
    for number, block in enumerate(table.blocks):
        if block.heading:
            rows.append(
                (Placed(Kind.HEADING, len(rows), 0, 1, labels + width, block.heading, block.heading_en),),
            )
        if number == 0 or block.heading:
            rows += _header(table, block, len(rows), labels, width, as_list)
        if number == 0 and len(table.blocks) == 1:
            header = len(rows)
        body = _list_rows if as_list else _nested_rows
        rows += body(table, block, len(rows), labels, width)
    return Sheet(table, tuple(rows), labels + width, labels, header)


def headings_over(block: Block, row: Row) -> tuple[Row, ...]:
    """The rows under which that row stands, the nearest first."""
    by_key = {other.key: other for other in sorted(block.rows, key=lambda other: other.heading)}
    found: list[Row] = []
    while row.under is not None and len(found) < len(block.rows):
        row = by_key[row.under]
        found.append(row)
    return tuple(found)


def _depth_of_labels(block: Block) -> int:
    return max((len(headings_over(block, row)) + 1 for row in block.rows if row.label), default=0)


def _header(table: Table, block: Block, top: int, labels: int, width: int, as_list: bool) -> list[tuple[Placed, ...]]:
    """The rows of column headings of a block: the groups above, the columns below, the stub in the corner."""
    names = {group.key: group for group in table.groups}
    levels = max(len(column.group) for column in block.columns) + 1
    span = width // len(block.columns)
    rows: list[list[Placed]] = [[] for _ in range(levels)]
    if labels:
        stub = labels - 1 if as_list else labels
        rows[0].append(Placed(Kind.STUB, top, 0, levels, stub, table.stub, table.stub_en))
    if as_list:
        rows[0].append(Placed(Kind.UNIT, top, labels - 1, levels, 1, *UNIT_HEADING))
    for level in range(levels):
        at = labels
        for path, together in groupby(block.columns, key=lambda column: column.group[: level + 1]):
            columns = list(together)
            if len(path) > level:
                group = names[path[level]]
                cell = Placed(Kind.GROUP, top + level, at, 1, span * len(columns), group.label, group.label_en)
                rows[level].append(cell)
            else:
                rows[level] += _column_heads(columns, top, level, levels, at, span)
            at += span * len(columns)
    return [tuple(row) for row in rows]


def _column_heads(columns: list[Column], top: int, level: int, levels: int, at: int, span: int) -> Iterator[Placed]:
    """The headings of those columns whose groups end just above this level; they reach down to the figures."""
    for number, column in enumerate(columns):
        if len(column.group) == level:
            place = at + number * span
            yield Placed(Kind.COLUMN, top + level, place, levels - level, span, column.label, column.label_en)


def _nested_rows(table: Table, block: Block, top: int, labels: int, width: int) -> list[tuple[Placed, ...]]:
    """Rows of figures with their headings beside them, each as high as the rows it stands over."""
    height = Counter(over.key for row in block.rows if not row.heading for over in headings_over(block, row))
    rows: list[tuple[Placed, ...]] = []
    waiting: list[Placed] = []
    for row in block.rows:
        at = len(headings_over(block, row))
        here = top + len(rows)
        kind = Kind.SECTION if row.heading else Kind.LABEL
        label = Placed(kind, here, at, 1, labels - at, row.label, row.label_en, depth=at, number=row.number)
        if row.heading:
            waiting.append(replace(label, rowspan=max(1, height[row.key]), colspan=1))
            continue
        rows.append((*waiting, *[label][: min(labels, 1)], *_figures(table, block, row, here, labels, width)))
        waiting = []
    return rows


def _list_rows(table: Table, block: Block, top: int, labels: int, width: int) -> list[tuple[Placed, ...]]:
    """Rows of figures one below the other, each with its unit; headings on lines of their own."""
    rows: list[tuple[Placed, ...]] = []
    for row in block.rows:
        here = top + len(rows)
        kind = Kind.SECTION if row.heading else Kind.LABEL
        at = len(headings_over(block, row))
        label = Placed(kind, here, 0, 1, labels - 1, row.label, row.label_en, depth=at, number=row.number)
        if row.heading:
            rows.append((replace(label, colspan=labels + width),))
        else:
            unit = Placed(Kind.UNIT, here, labels - 1, 1, 1, row.unit, row.unit)
            rows.append((label, unit, *_figures(table, block, row, here, labels, width)))
    return rows


def _figures(table: Table, block: Block, row: Row, here: int, labels: int, width: int) -> Iterator[Placed]:
    span = width // len(block.columns)
    for number, column in enumerate(block.columns):
        name = f"{table.name}/{table.cell(row, column)}"
        yield Placed(Kind.FIGURE, here, labels + number * span, 1, span, cell=name)
