"""Values in a row of a grid put under their columns, whatever spans the file gives them (layouts.md §A, §I)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.annual.reading.document import Grid, GridCell
from gongkai.annual.reading.numbers import BLANK, is_figure


@dataclass(frozen=True, slots=True)
class Header:
    """The columns found above a row: key and the range of grid columns [start, end) it stands over, left to right."""

    columns: tuple[tuple[str, int, int], ...]
    texts: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    """The keys in the order in which they stand in the file, row by row."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, left to right."""
        return tuple(key for key, _, _ in self.columns)

    @property
    def apart(self) -> bool:
        """Whether the columns stand beside one another, none over another."""
        return all(one[2] <= other[1] for one, other in pairwise(self.columns))


def is_blank(cell: GridCell) -> bool:
    """Whether nothing (or a stroke) stands in the cell."""
    return not cell.doubtful and bool(BLANK.fullmatch(cell.text.strip()))


def has_figure(cell: GridCell) -> bool:
    """Whether a figure stands in the cell, clearly or not."""
    return bool(cell.doubtful) or is_figure(cell.text)


def in_order(values: Sequence[GridCell], count: int) -> list[GridCell] | None:
    """The ``count`` values of a row by their order, or None if their number does not fit.

    Empty cells that pad a row in front or behind (not both) are dropped; an empty cell that spans several columns
    stands for as many blanks. A figure in a cell with a span is one figure (layouts.md A4).
    """
    cells = list(values)
    empty = [not cell.text.strip() for cell in cells]
    more = len(cells) - count
    if more > 0 and not all(empty):
        lead, trail = empty.index(False), empty[::-1].index(False)
        if lead and trail:
            return None  # padding in front or behind? Only the header's places can tell
        cells = cells[more:] if more <= lead else cells[:count] if more <= trail else cells
    elif more > 0:
        cells = cells[:count]
    if len(cells) == count:
        return cells
    if len(cells) < count:
        wide = [cell for cell in cells for _ in range(cell.colspan if is_blank(cell) else 1)]
        if len(wide) == count:
            return wide
    return None


def under(grid: Grid, row: int, header: Header, after: int) -> list[GridCell] | None:
    """For each column of the header the cell that covers its place in that row, or None if one has none, two share a
    figure, one comes down from a row above (it is that row's, and may have moved what stands beside it), or a figure
    stands under no column. ``after`` is the first grid column right of the row's label."""
    found: list[GridCell] = []
    for _, start, end in header.columns:
        covering = [
            cell
            for cell in grid.cells
            if cell.row <= row < cell.row + cell.rowspan
            and cell.column < end
            and start < cell.column + cell.colspan
            and cell.column >= after
        ]
        if len(covering) != 1 or covering[0].row < row:
            return None
        found.append(covering[0])
    for one, other in pairwise(found):
        if one is other and not is_blank(one):
            return None
    own = [cell for cell in grid.cells if cell.row == row and cell.column >= after and has_figure(cell)]
    return found if all(cell in found for cell in own) else None


def mended(values: Sequence[GridCell], placed: Sequence[GridCell]) -> bool:
    """Whether a row had more or fewer cells than columns, and blanks stand among its figures now: a cell that is lost
    looks like that too."""
    blanks = [is_blank(cell) for cell in placed]
    return len(values) != len(placed) and any(blanks) and not all(blanks)
