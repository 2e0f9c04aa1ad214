"""Ruled lines of a page → tables → cells with their spans, by shape alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading.scan.picture import Pixels

# All lengths are inches: what a line, a gap and a table are does not depend on the scan's resolution.
SHORTEST_ACROSS = 0.19
"""A stroke this long is a line across, not part of a character."""

SHORTEST_DOWN = 0.15
LARGEST_GAP = 0.08
"""A break in a line that is bridged: worn print, a speck of correction fluid."""

SAME_LINE = 0.04
"""Lines closer together than this are one line, drawn twice or not quite straight."""

SMALLEST_TABLE = 0.8
COVERED = 0.7
"""The part of a cell's edge that must be drawn for the edge to be there."""

BARELY_COVERED = 0.3
END = 0.12
"""The part of an edge, at either end, that must be drawn too: strokes of characters do not reach the lines around."""


@dataclass(frozen=True)
class Lines:
    """Where ruled lines are drawn: pixels of lines across and of lines down (255), each mask apart."""

    across: Pixels
    down: Pixels

    @property
    def all(self) -> Pixels:
        """Both masks in one."""
        return np.asarray(cv2.bitwise_or(self.across, self.down), np.uint8)


@dataclass(frozen=True)
class Box:
    """A place in pixels: left, top, right, bottom; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Place:
    """A cell's row and column from 0, its spans, and its box between the lines around it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(frozen=True)
class Table:
    """A ruled table: its box, the positions of its lines down (xs) and across (ys), its cells in row order."""

    box: Box
    xs: tuple[int, ...]
    ys: tuple[int, ...]
    cells: tuple[Place, ...]


def lines(ink: Pixels, dpi: float) -> Lines:
    """The ruled lines among the ink of an upright page."""
    return Lines(_strokes(ink, dpi, SHORTEST_ACROSS), _strokes(ink.T, dpi, SHORTEST_DOWN).T)


def _strokes(ink: Pixels, dpi: float, shortest: float) -> Pixels:
    """Long strokes across. Thickened first, so that a line that climbs by a pixel here and there stays one."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, max(3, int(dpi * shortest))), np.uint8))
    whole = cv2.morphologyEx(long, cv2.MORPH_CLOSE, np.ones((1, max(3, int(dpi * LARGEST_GAP))), np.uint8))
    return np.asarray(whole, np.uint8)


def tables(found: Lines, dpi: float) -> list[Table]:
    """The tables that the lines make, from top to bottom. Lines that are no part of a table (underlines) are left out."""
    joined = cv2.dilate(found.all, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    result = []
    for label in range(1, count):
        left, top, wide, high = (int(value) for value in stats[label][:4])
        if wide < SMALLEST_TABLE * dpi or high < 0.5 * SHORTEST_ACROSS * dpi:
            continue
        inside = labels[top : top + high, left : left + wide] == label
        across = np.where(inside, found.across[top : top + high, left : left + wide], 0).astype(np.uint8)
        down = np.where(inside, found.down[top : top + high, left : left + wide], 0).astype(np.uint8)
        table = _table(across, down, left, top, dpi)
        if table is not None:
            result.append(table)
    return sorted((table for table in result if not _within(table, result)), key=lambda table: table.box.top)


def _within(table: Table, others: Sequence[Table]) -> bool:
    box = table.box
    return any(
        other.box.left < box.left and other.box.top < box.top and other.box.right > box.right
        and other.box.bottom > box.bottom
        for other in others
    )  # fmt: skip


def _table(across: Pixels, down: Pixels, left: int, top: int, dpi: float) -> Table | None:
    tolerance = SAME_LINE * dpi
    ys, xs = positions(across, tolerance), positions(down.T, tolerance)
    if len(xs) < 2 or len(ys) < 2:
        return None
    edges_across, edges_down = edges(across, ys, xs, tolerance), edges(down.T, xs, ys, tolerance).T
    drawn = Drawn(edges_across >= COVERED, edges_down >= COVERED)
    maybe = Drawn(edges_across >= BARELY_COVERED, edges_down >= BARELY_COVERED)
    spans = cells(drawn, maybe)
    if len(spans) < 2:
        return None
    xs, ys = [x + left for x in xs], [y + top for y in ys]
    places = tuple(
        Place(row, column, rowspan, colspan, Box(xs[column], ys[row], xs[column + colspan], ys[row + rowspan]))
        for row, column, rowspan, colspan in spans
    )
    return Table(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), tuple(ys), places)


def positions(mask: Pixels, tolerance: float) -> list[int]:
    """The heights at which lines across are drawn in the mask, those within the tolerance taken together."""
    count, _, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    drawn = sorted((float(centres[label][1]), int(stats[label][2])) for label in range(1, count))
    groups: list[list[tuple[float, int]]] = []
    for height, length in drawn:
        if groups and height - _middle(groups[-1]) <= tolerance:
            groups[-1].append((height, length))
        else:
            groups.append([(height, length)])
    return [round(_middle(group)) for group in groups]


def _middle(group: Sequence[tuple[float, int]]) -> float:
    return sum(height * length for height, length in group) / sum(length for _, length in group)


def edges(mask: Pixels, ys: Sequence[int], xs: Sequence[int], tolerance: float) -> NDArray[np.float64]:
    """How much of each edge across is drawn: for every height and every gap between positions, the part from 0 to 1.

    Counts as nothing where an end of the edge is not drawn.
    """
    reach = max(2, round(tolerance))
    result = np.zeros((len(ys), len(xs) - 1))
    for i, y in enumerate(ys):
        drawn = mask[max(0, y - reach) : y + reach + 1].max(axis=0) > 0
        for j, (x0, x1) in enumerate(zip(xs, xs[1:], strict=False)):
            edge = drawn[x0 + min(reach, (x1 - x0) // 4) : x1 - min(reach, (x1 - x0) // 4)]
            end = max(1, int(END * len(edge)))
            if edge.size and edge[:end].mean() > 0.5 and edge[-end:].mean() > 0.5:
                result[i, j] = edge.mean()
    return result


@dataclass(frozen=True)
class Drawn:
    """Which edges of a lattice are drawn: ``across[i, j]`` above row i in column j (one row more than there are rows),
    ``down[i, j]`` left of column j in row i (one column more)."""

    across: NDArray[np.bool_]
    down: NDArray[np.bool_]


def cells(drawn: Drawn, maybe: Drawn) -> list[tuple[int, int, int, int]]:
    """The cells that the drawn edges enclose: row, column, rowspan, colspan, in row order; every place of the lattice is
    in exactly one cell, outside the outline none.

    Where the drawn edges do not enclose a rectangle, the faint ones (``maybe``) count too; where even those do not,
    each place stands alone.
    """
    rows, columns = drawn.down.shape[0], drawn.across.shape[1]
    found: list[tuple[int, int, int, int]] = []
    everywhere = [(row, column) for row in range(rows) for column in range(columns)]
    for region in _regions(everywhere, drawn):
        if _open(region, drawn, rows, columns):
            continue
        if _rectangle(region):
            found.append(_span(region))
            continue
        for part in _regions(region, maybe):
            found += [_span(part)] if _rectangle(part) else [(row, column, 1, 1) for row, column in part]
    return sorted(found)


def _regions(places: Sequence[tuple[int, int]], drawn: Drawn) -> list[list[tuple[int, int]]]:
    """The places grouped so that between two of a group one can walk without crossing a drawn edge."""
    left = set(places)
    groups = []
    for start in places:
        if start not in left:
            continue
        left.discard(start)
        group, waiting = [], [start]
        while waiting:
            row, column = waiting.pop()
            group.append((row, column))
            neighbours = (
                ((row - 1, column), drawn.across[row, column]),
                ((row + 1, column), drawn.across[row + 1, column]),
                ((row, column - 1), drawn.down[row, column]),
                ((row, column + 1), drawn.down[row, column + 1]),
            )
            for place, closed in neighbours:
                if not closed and place in left:
                    left.discard(place)
                    waiting.append(place)
        groups.append(sorted(group))
    return groups


def _open(region: Sequence[tuple[int, int]], drawn: Drawn, rows: int, columns: int) -> bool:
    """Whether the region runs out of the lattice in two places or more: it lies beside the table, not in it."""
    gaps = 0
    for row, column in region:
        gaps += row == 0 and not drawn.across[0, column]
        gaps += row == rows - 1 and not drawn.across[rows, column]
        gaps += column == 0 and not drawn.down[row, 0]
        gaps += column == columns - 1 and not drawn.down[row, columns]
    return (gaps >= 2 * max(1, len(region) // 2) and not _rectangle(region)) or (gaps > 0 and gaps >= len(region) + 1)


def _rectangle(region: Sequence[tuple[int, int]]) -> bool:
    _, _, rowspan, colspan = _span(region)
    return rowspan * colspan == len(region)


def _span(region: Sequence[tuple[int, int]]) -> tuple[int, int, int, int]:
    rows, columns = [row for row, _ in region], [column for _, column in region]
    top, left = min(rows), min(columns)
    return top, left, max(rows) - top + 1, max(columns) - left + 1
