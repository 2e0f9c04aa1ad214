"""Cells with spans put on a grid: each at the first free place of its row, no place covered twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import GridCell
from gongkai.annual.reading.files.limits import COLUMNS, too_large


class Draft(NamedTuple):
    """A cell before it has its place. ``rowspan`` 0 means: down to the end of its group of rows."""

    text: str
    where: Where
    rowspan: int = 1
    colspan: int = 1


def place(rows: Sequence[Sequence[Draft]], ends: Sequence[int] | None = None) -> tuple[GridCell, ...]:
    """The cells of the rows with their places, as a browser would set them.

    ``ends`` says for each row where its group of rows (thead, tbody) ends: no cell reaches further down. A cell that
    would run into one that comes down from above is cut there. Columns at the right in which no cell begins are not
    kept (``colspan="1000"`` means the rest of the row). Raises Unreadable if a row is wider than any report's.
    """
    placed: list[tuple[Draft, int, int, int, int]] = []
    taken: list[int] = []
    last = 0
    for row, drafts in enumerate(rows):
        end = ends[row] if ends else len(rows)
        column = 0
        for draft in drafts:
            while column < len(taken) and taken[column] > row:
                column += 1
            if column >= COLUMNS:
                raise too_large("表格列数", "number of table columns", COLUMNS)
            down = min(row + (draft.rowspan or len(rows)), end) - row
            across = max(1, min(draft.colspan, COLUMNS - column))
            free = next((i for i, until in enumerate(taken[column : column + across]) if until > row), across)
            across = max(1, free)
            if len(taken) < column + across:
                taken.extend([0] * (column + across - len(taken)))
            taken[column : column + across] = [row + down] * across
            placed.append((draft, row, column, down, across))
            last = max(last, column)
            column += across
    return tuple(
        GridCell(draft.text, row, column, down, min(across, last + 1 - column), draft.where)
        for draft, row, column, down, across in placed
    )
