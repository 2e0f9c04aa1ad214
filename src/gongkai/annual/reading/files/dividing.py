"""Which tables hold figures and which only lay a page out, the same for HTML and DOCX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Grid, GridCell

Text = TypeVar("Text")

LONG = 200
"""A cell with more characters than this holds running text; the form's longest label has 36."""

FEW_FIGURES = 4
"""A table with running text and fewer figures than this lays out a page."""

MOSTLY = 6
"""A table with so many times as much running text as other text lays out a page, whatever figures it has."""

_FIGURE = re.compile(r"[+\-−－]?[\d.,]+\s*\D{0,2}")


def divide(cells: Sequence[GridCell], contents: Sequence[Sequence[Text | Grid]], where: Where) -> Iterator[Text | Grid]:
    """A table as what a reader of reports can use: a grid, or the blocks inside its cells.

    ``cells`` are the table's cells in order, ``contents`` what stands in each (lines, grids of tables within). A table
    that only lays the page out gives its contents. A row that is one long text (a report typed into one big table)
    gives its contents between two grids. Grids inside cells follow the grid that the cell belongs to.
    """
    if len(cells) == 1 or _lays_out(cells, contents):
        for content in contents:
            yield from content
        return
    rows: list[list[int]] = [[] for _ in range(max((cell.row for cell in cells), default=-1) + 1)]
    for index, cell in enumerate(cells):
        rows[cell.row].append(index)
    part: list[int] = []
    begin = reached = 0
    for row, indexes in enumerate(rows):
        if len(indexes) == 1 and len(cells[indexes[0]].text) > LONG and reached <= row:
            yield from _grid(part, begin, cells, contents, where)
            yield from contents[indexes[0]]
            part, begin = [], row + 1
        else:
            part += indexes
        reached = max([reached, *(row + cells[index].rowspan for index in indexes)])
    yield from _grid(part, begin, cells, contents, where)


def _grid(
    part: Sequence[int], begin: int, cells: Sequence[GridCell], contents: Sequence[Sequence[Text | Grid]], where: Where
) -> Iterator[Text | Grid]:
    if any(cells[index].text for index in part):
        shown = (cells[index] for index in part)
        yield Grid(tuple(replace(cell, row=cell.row - begin) if begin else cell for cell in shown), where)
    for index in part:
        yield from (block for block in contents[index] if isinstance(block, Grid))


def _lays_out(cells: Sequence[GridCell], contents: Sequence[Sequence[Text | Grid]]) -> bool:
    running = other = figures = 0
    for cell, content in zip(cells, contents, strict=True):
        inside = sum(len(c.text) for block in content if isinstance(block, Grid) for c in block.cells)
        if len(cell.text) > LONG or inside:
            running += len(cell.text) + inside
        else:
            other += len(cell.text)
            figures += bool(_FIGURE.fullmatch(cell.text))
    return running > 0 and (figures < FEW_FIGURES or running > MOSTLY * other)
