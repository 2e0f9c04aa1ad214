"""Ruled lines of a page → tables → cells with their spans, by shape alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading.files.scan.picture import Pixels

# All lengths are inches: what a line, a gap and a table are does not depend on the scan's resolution.
SHORTEST_ACROSS = 0.19
"""A stroke this long is a line across, not part of a character."""

SHORTEST_DOWN = 0.175
LARGEST_GAP = 0.08
"""A break in a line that is bridged: worn print, a speck of correction fluid."""

HELD = 0.06
"""How near to a line across the ends of a line down must come."""

SAME_LINE = 0.04
"""Lines closer together than this are one line, drawn twice or not quite straight."""

SMALLEST_TABLE = 0.8
MOST_PLACES = 3000
"""Places of a lattice beyond which it is no table but a raster, a photograph or grain."""

COVERED = 0.7
"""The part of a cell's edge that must be drawn for the edge to be there."""

BARELY_COVERED = 0.3
OPEN_SIDE = 0.12
"""By how much lines across must reach beyond the last line down for a column to be there, open at its side."""

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
    """The ruled lines among the ink of an upright page: long strokes, those down only if held by lines across."""
    across = _strokes(ink, dpi, SHORTEST_ACROSS)
    return Lines(across, _held(_strokes(ink.T, dpi, SHORTEST_DOWN).T, across, dpi))


def _held(down: Pixels, across: Pixels, dpi: float) -> Pixels:
    """The strokes down that begin and end at a line across; the others are parts of large or blurred characters."""
    near = cv2.dilate(across, np.ones((2 * round(HELD * dpi) + 1, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(down), connectivity=8)
    keep = np.zeros(count, np.bool_)
    for label, (x, y, wide, high, _) in enumerate(stats.tolist()):
        top, bottom = near[y : y + 3, x : x + wide], near[y + high - 3 : y + high, x : x + wide]
        keep[label] = label > 0 and bool(top.any()) and bool(bottom.any())
    return np.where(keep[labels], down, 0).astype(np.uint8)


def _strokes(ink: Pixels, dpi: float, shortest: float) -> Pixels:
    """Long strokes across. Thickened first, so that a line that climbs by a pixel here and there stays one."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, max(3, int(dpi * shortest))), np.uint8))
    whole = cv2.morphologyEx(long, cv2.MORPH_CLOSE, np.ones((1, max(3, int(dpi * LARGEST_GAP))), np.uint8))
    return np.asarray(whole, np.uint8)


def tables(found: Lines, dpi: float) -> list[Table]:
    """The tables that the lines make, from top to bottom; lines that are no part of one (underlines) are left out."""
    near = 2 * round(HELD * dpi) - 1
    joined = cv2.dilate(found.all, np.ones((near, near), np.uint8))
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
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_PLACES:
        return None
    open_left, open_right = open_sides(across, xs, dpi)
    xs = [*([open_left] if open_left is not None else []), *xs, *([open_right] if open_right is not None else [])]
    across_drawn, across_maybe = edges(across, ys, xs, tolerance)
    down_drawn, down_maybe = (each.T for each in edges(down.T, xs, ys, tolerance))
    for side, is_open in ((0, open_left is not None), (-1, open_right is not None)):
        down_drawn[:, side] |= is_open
        down_maybe[:, side] |= is_open
    drawn, maybe = Drawn(across_drawn, down_drawn), Drawn(across_maybe, down_maybe)
    spans = cells(drawn, maybe)
    if len(spans) < 2:
        return None
    xs, ys = [x + left for x in xs], [y + top for y in ys]
    places = tuple(
        Place(row, column, rowspan, colspan, Box(xs[column], ys[row], xs[column + colspan], ys[row + rowspan]))
        for row, column, rowspan, colspan in spans
    )
    return Table(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), tuple(ys), places)


def open_sides(across: Pixels, xs: Sequence[int], dpi: float) -> tuple[int | None, int | None]:
    """Where the table ends at its left and right if it has no lines down there: where most lines across end, if that is
    clearly beyond the outermost line down; else None."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(across, connectivity=8)
    long = [(int(x), int(x + wide)) for x, _, wide, _, _ in stats[1:count] if wide > 0.6 * across.shape[1]]
    if len(long) < 2:
        return None, None
    starts, ends = int(np.median([start for start, _ in long])), int(np.median([end for _, end in long]))
    beyond = OPEN_SIDE * dpi
    return starts if starts < xs[0] - beyond else None, ends if ends > xs[-1] + beyond else None


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


def edges(
    mask: Pixels, ys: Sequence[int], xs: Sequence[int], tolerance: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which edges across are drawn, for every height and every gap between positions: for sure, and at least faintly.

    An edge is drawn if most of it is, its ends too; or if it is faint, and its line is drawn on either side of it.
    """
    covered = np.zeros((len(ys), len(xs) - 1))
    ended = np.zeros_like(covered, np.bool_)
    reach = max(2, round(tolerance))
    for i, y in enumerate(ys):
        line = mask[max(0, y - reach) : y + reach + 1].max(axis=0) > 0
        for j, (x0, x1) in enumerate(pairwise(xs)):
            edge = line[x0 + min(reach, (x1 - x0) // 4) : x1 - min(reach, (x1 - x0) // 4)]
            end = max(1, int(END * len(edge)))
            covered[i, j] = edge.mean()
            ended[i, j] = edge[:end].mean() > 0.5 and edge[-end:].mean() > 0.5
    drawn = (covered >= COVERED) & ended
    maybe = covered >= BARELY_COVERED
    beyond = np.pad(drawn, ((0, 0), (1, 1)), constant_values=True)
    return drawn | (maybe & beyond[:, :-2] & beyond[:, 2:]), maybe


@dataclass(frozen=True)
class Drawn:
    """Which edges of a lattice are drawn: ``across[i, j]`` above row i in column j (one row more than there are rows),
    ``down[i, j]`` left of column j in row i (one column more)."""

    across: NDArray[np.bool_]
    down: NDArray[np.bool_]


def cells(drawn: Drawn, maybe: Drawn) -> list[tuple[int, int, int, int]]:
    """The cells that the drawn edges enclose: row, column, rowspan, colspan, in row order. Every place of the lattice
    is in one cell, except those beside the table, which are in none.

    Where the drawn edges do not enclose a rectangle, the faint ones (``maybe``) count too; where even those do not,
    each place stands alone.
    """
    rows, columns = drawn.down.shape[0], drawn.across.shape[1]
    found: list[tuple[int, int, int, int]] = []
    everywhere = [(row, column) for row in range(rows) for column in range(columns)]
    for region in _regions(everywhere, drawn):
        if _outside(region, drawn):
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


def _outside(region: Sequence[tuple[int, int]], drawn: Drawn) -> bool:
    """Whether the region lies beside the table, in a corner of the lattice: open on two sides of it or more."""
    rows, columns = drawn.down.shape[0], drawn.across.shape[1]
    sides = (
        [drawn.across[0, column] for row, column in region if row == 0],
        [drawn.across[rows, column] for row, column in region if row == rows - 1],
        [drawn.down[row, 0] for row, column in region if column == 0],
        [drawn.down[row, columns] for row, column in region if column == columns - 1],
    )
    return sum(bool(side) and not any(side) for side in sides) >= 2


def _rectangle(region: Sequence[tuple[int, int]]) -> bool:
    _, _, rowspan, colspan = _span(region)
    return rowspan * colspan == len(region)


def _span(region: Sequence[tuple[int, int]]) -> tuple[int, int, int, int]:
    rows, columns = [row for row, _ in region], [column for _, column in region]
    top, left = min(rows), min(columns)
    return top, left, max(rows) - top + 1, max(columns) - left + 1
