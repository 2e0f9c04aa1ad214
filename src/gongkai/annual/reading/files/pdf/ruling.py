"""From the rules drawn on a page to tables: which cells they enclose, and which rows and columns each cell spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading.files.pdf.drawing import Floats
from gongkai.annual.reading.files.pdf.letters import Integers
from gongkai.annual.reading.files.pdf.page import Sheet

SAME = 4.0
"""Points: rules this close to one another are one. Double borders, and cells that are each drawn with a border of their
own, lie 0.5–3.5 pt apart; the lowest row that holds text is 6 pt high."""
DOTS = 0.1
"""Points: the dots of a dotted rule lie on one line as exactly as this."""
GAP = 4.0
"""Points: a rule goes on over a gap this wide. Dashes of office programs leave 1–4 pt; two tables one above the other
stand further apart."""
REACH = 4.0
"""Points: a rule that ends this close to another one meets it (rounded corners, lines drawn up to a border's edge,
cells with a border of their own)."""
COVERED = 0.6
"""Of a cell's side: the side is there if so much of it is drawn."""
SHORTEST = 5.0
"""Points: what is shorter is no side of a cell that holds text."""
LEAST_FILLS = 4
"""Filled rectangles that can be a table."""
MAX_FILLS = 1_000
"""Filled rectangles on a page. More are a drawing."""
MAX_RULES = 2_000
"""Rules of one direction on a page, once those on one line are joined. A table of a hundred rows by a hundred columns
has two hundred."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A ruled table on a page.

    ``xs`` and ``ys`` are the places of its column and row boundaries. ``cells`` are (row, column, rowspan, colspan),
    in row order; ``boxes`` has a row for each, with its left, top, right and bottom; ``owner`` tells for each row and
    column which cell covers it (-1: none). ``exact`` is False where the rules do not enclose plain rectangles
    everywhere. ``open_top`` and ``open_bottom``: the upright rules go on beyond the first or last level rule, as where
    a page's end cuts a row.
    """

    xs: Floats
    ys: Floats
    cells: tuple[tuple[int, int, int, int], ...]
    owner: Integers
    boxes: Floats
    exact: bool = True
    open_top: bool = False
    open_bottom: bool = False

    def area(self) -> float:
        """The table's area in square points."""
        return float((self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0]))


def frames(sheet: Sheet) -> list[Frame]:
    """The ruled tables of a page, from the top. Where none is ruled, those whose cells are filled on a dark ground."""
    found = _frames(_joined(sheet.horizontal), _joined(sheet.vertical))
    if found or not LEAST_FILLS <= len(sheet.fills) <= MAX_FILLS:
        return found
    left, top, right, bottom = _leaves(sheet.fills).T
    level = np.concatenate((np.array((top, left, right)).T, np.array((bottom, left, right)).T))
    upright = np.concatenate((np.array((left, top, bottom)).T, np.array((right, top, bottom)).T))
    tiled = _frames(_joined(level), _joined(upright))
    return [frame for frame in tiled if frame.exact and min(len(frame.xs), len(frame.ys)) > 2]


def _leaves(fills: Floats) -> Floats:
    """The filled rectangles that have no other inside of them: cells rather than the ground below them."""
    left, top, right, bottom = fills.T
    x, y = (left + right) / 2, (top + bottom) / 2
    inside = (left[:, None] < x) & (x < right[:, None]) & (top[:, None] < y) & (y < bottom[:, None])
    area = (right - left) * (bottom - top)
    return np.asarray(fills[~(inside & (area < 0.9 * area[:, None])).any(axis=1)])


def _frames(level: Floats, upright: Floats) -> list[Frame]:
    if min(len(level), len(upright)) < 2 or max(len(level), len(upright)) > MAX_RULES:
        return []
    meets = (
        (level[:, None, 1] - REACH <= upright[None, :, 0])
        & (upright[None, :, 0] <= level[:, None, 2] + REACH)
        & (upright[None, :, 1] - REACH <= level[:, None, 0])
        & (level[:, None, 0] <= upright[None, :, 2] + REACH)
    )
    found = [_frame(level[rows], upright[columns]) for rows, columns in _groups(meets)]
    return sorted((frame for frame in found if frame is not None), key=lambda frame: float(frame.ys[0]))


def _joined(rules: Floats) -> Floats:
    """Rules with those on the same line put together, gaps and doubled lines closed, and short ones left out."""
    short = rules[:, 2] - rules[:, 1] < SHORTEST
    if short.any():
        # Dots come first, and on their own: those of an upright rule would make one line of all that they cross.
        rules = np.concatenate((rules[~short], _lined_up(rules[short], DOTS)))
    return _lined_up(rules, SAME)


def _lined_up(rules: Floats, same: float) -> Floats:
    if not len(rules):
        return rules
    rules = rules[rules[:, 0].argsort(kind="stable")]
    place, start, end = rules.T
    line = np.zeros(len(rules), np.int64)
    (place[1:] - place[:-1] > same).cumsum(out=line[1:])
    order = np.lexsort((start, line))
    place, start, end, line = place[order], start[order], end[order], line[order]
    # A shift per line keeps the lines apart, so that one running maximum serves all.
    shift = line * (float(end.max() - start.min()) + 2 * GAP)
    reached = np.maximum.accumulate(end + shift)
    first = np.ones(len(rules), bool)
    np.greater(start[1:] + shift[1:], reached[:-1] + GAP, out=first[1:])
    starts = np.flatnonzero(first)
    # The place of a line is that of its longest rule: a stray stroke beside it does not move it.
    by_length = (end - start).argsort(kind="stable")
    line_place = np.empty(int(line[-1]) + 1)
    line_place[line[by_length]] = place[by_length]
    joined = np.array((line_place[line[starts]], start[starts], np.maximum.reduceat(end, starts)))
    return np.asarray(joined[:, joined[2] - joined[1] >= SHORTEST].T)


def _groups(meets: NDArray[np.bool_]) -> Iterator[tuple[Integers, Integers]]:
    """Level and upright rules that hang together, as index arrays."""
    unseen = np.ones(meets.shape[1], bool)
    for start in range(meets.shape[1]):
        if not unseen[start]:
            continue
        columns = np.zeros(meets.shape[1], bool)
        columns[start] = True
        while True:
            rows = meets[:, columns].any(axis=1)
            wider = np.asarray(meets[rows].any(axis=0))
            wider[start] = True
            if (wider == columns).all():
                break
            columns = wider
        unseen &= ~columns
        if rows.sum() >= 1 and columns.sum() >= 2:
            yield np.flatnonzero(rows), np.flatnonzero(columns)


def _frame(level: Floats, upright: Floats) -> Frame | None:
    """The table that these rules make, or None where they make less than two cells."""
    xs, ys = _places(upright, level), _places(level, upright)
    if len(xs) < 2 or len(ys) < 2 or len(xs) == len(ys) == 2:
        return None
    above = _drawn(level, ys, xs)
    before = _drawn(upright, xs, ys).T
    no_left, no_right, no_top, no_bottom = ~before[:, 0], ~before[:, -1], ~above[0], ~above[-1]
    # A table may leave out its outer rules, or be cut off by the page's end: its bounds close it.
    before[:, 0] = before[:, -1] = True
    above[0] = above[-1] = True
    cells, owner, exact = _cells(above, before)
    if (no_left.any() or no_right.any()) and (no_top.any() or no_bottom.any()):
        # A corner that is open to two sides is no cell, but room beside a table that is no rectangle.
        rows, columns = len(ys) - 1, len(xs) - 1
        outside = {
            number
            for number, (row, column, rowspan, colspan) in enumerate(cells)
            if (
                (column == 0 and no_left[row : row + rowspan].all())
                or (column + colspan == columns and no_right[row : row + rowspan].all())
            )
            and (
                (row == 0 and no_top[column : column + colspan].all())
                or (row + rowspan == rows and no_bottom[column : column + colspan].all())
            )
        }
        numbers = np.cumsum([-1, *(number not in outside for number in range(len(cells)))])[1:]
        numbers[list(outside)] = -1
        owner = np.where(owner >= 0, numbers[owner], -1)
        cells = [cell for number, cell in enumerate(cells) if number not in outside]
    if len(cells) < 2:
        return None
    row, column, rowspan, colspan = np.array(cells).T
    boxes = np.array((xs[column], ys[row], xs[column + colspan], ys[row + rowspan])).T
    return Frame(xs, ys, tuple(cells), owner, boxes, exact, bool(no_top.all()), bool(no_bottom.all()))


def _places(rules: Floats, across: Floats) -> Floats:
    """The boundaries in one direction: the rules' own places, and where the rules across begin and end beyond them."""
    places = sorted(set(rules[:, 0].tolist()))
    first, last = float(across[:, 1].min()), float(across[:, 2].max())
    if first < places[0] - SAME - REACH:
        places.insert(0, first)
    if last > places[-1] + SAME + REACH:
        places.append(last)
    return np.array(places)


def _drawn(rules: Floats, places: Floats, ends: Floats) -> NDArray[np.bool_]:
    """For each place and each step between two ends: is there a rule along it?"""
    lengths = ends[1:] - ends[:-1]
    share = np.minimum(rules[:, 2, None], ends[1:]) - np.maximum(rules[:, 1, None], ends[:-1])
    np.maximum(share, 0, out=share)
    covered = np.zeros((len(places), len(lengths)))
    np.add.at(covered, places.searchsorted(rules[:, 0]), share)
    return np.asarray(covered >= COVERED * lengths)


def _cells(
    above: NDArray[np.bool_], before: NDArray[np.bool_]
) -> tuple[list[tuple[int, int, int, int]], Integers, bool]:
    """Cells from their sides. ``above[r, c]``: a rule runs above row r in column c; ``before[r, c]``: one runs before
    column c in row r. Gives the cells in row order, the cell at each row and column, and whether all are rectangles."""
    rows, columns = before.shape[0], above.shape[1]
    right = _next(before[:, 1:], np.arange(1, columns + 1))
    below = _next(above[1:].T, np.arange(1, rows + 1)).T
    row, column = np.nonzero(above[:-1] & before[:, :-1])
    rowspan, colspan = below[row, column] - row, right[row, column] - column
    cells = list(zip(row.tolist(), column.tolist(), rowspan.tolist(), colspan.tolist(), strict=True))
    owner = np.full((rows, columns), -1)
    owner[row, column] = range(len(cells))
    for number in np.flatnonzero((rowspan > 1) | (colspan > 1)).tolist():
        first, start, down, along = cells[number]
        owner[first : first + down, start : start + along] = number
    if (rowspan * colspan).sum() == rows * columns and owner.min() >= 0:
        return cells, owner, True
    return (*_patched(above, before), False)


def _next(closed: NDArray[np.bool_], ends: Integers) -> Integers:
    """For each place the first end at or after it, along the last axis, at which the way is closed."""
    marked = np.where(closed, ends, ends[-1])
    return np.asarray(np.minimum.accumulate(marked[..., ::-1], axis=-1)[..., ::-1])


def _patched(above: NDArray[np.bool_], before: NDArray[np.bool_]) -> tuple[list[tuple[int, int, int, int]], Integers]:
    """Cells where the rules leave odd shapes: each open shape is cut into its rows, and rows of equal width put
    together, so that every place belongs to a rectangle and no rule is crossed."""
    rows, columns = before.shape[0], above.shape[1]
    owner = np.full((rows, columns), -1)
    cells: list[list[int]] = []
    for row in range(rows):
        column = 0
        while column < columns:
            end = column + 1
            while end < columns and not before[row, end]:
                end += 1
            over = int(owner[row - 1, column]) if row else -1
            open_above = not above[row, column:end].any()
            if over >= 0 and open_above and cells[over][1] == column and cells[over][3] == end - column:
                cells[over][2] += 1
                owner[row, column:end] = over
            else:
                owner[row, column:end] = len(cells)
                cells.append([row, column, 1, end - column])
            column = end
    return [(a, b, c, d) for a, b, c, d in cells], owner
