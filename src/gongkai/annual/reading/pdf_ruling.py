"""From the rules drawn on a page to tables: which cells they enclose, and which rows and columns each cell spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading.pdf_page import Floats, Integers

SAME = 3.0
"""Points: rules this close to one another are one. Double borders and cells that are each drawn with a border of their
own lie 0.5–3 pt apart; the lowest row that holds text is 6 pt high."""
GAP = 4.0
"""Points: a rule goes on over a gap this wide. Dashes of office programs leave 1–4 pt; two tables one above the other
stand further apart."""
REACH = 3.0
"""Points: a rule that ends this close to another one meets it (rounded corners, lines drawn up to a border's edge)."""
COVERED = 0.6
"""Of a cell's side: the side is there if so much of it is drawn."""
SHORTEST = 5.0
"""Points: what is shorter is no side of a cell that holds text."""
MAX_RULES = 2_000
"""Rules of one direction on a page, once those on one line are joined. A table of a hundred rows by a hundred columns
has two hundred."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A ruled table on a page.

    ``xs`` and ``ys`` are the places of its column and row boundaries. ``cells`` are (row, column, rowspan, colspan),
    in row order; ``owner`` tells for each row and column which cell covers it (-1: none). ``exact`` is False where the
    rules do not enclose plain rectangles everywhere. ``open_top`` and ``open_bottom``: the upright rules go on beyond
    the first or last level rule, as where a page's end cuts a row.
    """

    xs: Floats
    ys: Floats
    cells: tuple[tuple[int, int, int, int], ...]
    owner: Integers
    exact: bool = True
    open_top: bool = False
    open_bottom: bool = False

    def area(self) -> float:
        """The table's area in square points."""
        return float((self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0]))

    def box(self, cell: int) -> tuple[float, float, float, float]:
        """The cell's place: left, top, right, bottom."""
        row, column, rowspan, colspan = self.cells[cell]
        return (
            float(self.xs[column]),
            float(self.ys[row]),
            float(self.xs[column + colspan]),
            float(self.ys[row + rowspan]),
        )


def frames(horizontal: Floats, vertical: Floats) -> list[Frame]:
    """The ruled tables of a page, from the top. Rules are rows of (place, from, to)."""
    level, upright = _joined(horizontal), _joined(vertical)
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
    if not len(rules):
        return rules
    rules = rules[np.argsort(rules[:, 0], kind="stable")]
    line = np.cumsum(np.append(False, np.diff(rules[:, 0]) > SAME))
    order = np.lexsort((rules[:, 1], line))
    rules, line = rules[order], line[order]
    # A shift per line keeps the lines apart, so that one running maximum serves all.
    shift = line * (float(rules[:, 2].max() - rules[:, 1].min()) + 2 * GAP)
    reached = np.maximum.accumulate(rules[:, 2] + shift)
    first = np.append(True, rules[1:, 1] + shift[1:] > reached[:-1] + GAP)
    starts = np.flatnonzero(first)
    # The place of a line is that of its longest rule: a stray stroke beside it does not move it.
    lengths = rules[:, 2] - rules[:, 1]
    longest = np.lexsort((-lengths, line))
    place = rules[longest][np.append(True, np.diff(line[longest]) > 0), 0]
    joined = np.column_stack((place[line[starts]], rules[starts, 1], np.maximum.reduceat(rules[:, 2], starts)))
    return np.asarray(joined[joined[:, 2] - joined[:, 1] >= SHORTEST])


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
            wider = meets[rows].any(axis=0)
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
    if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and len(ys) == 2):
        return None
    above = _drawn(level, ys, xs)
    before = _drawn(upright, xs, ys).T
    left_open, top_open = ~before[:, 0], ~above[0]
    right_open, bottom_open = ~before[:, -1], ~above[-1]
    # A table may leave out its outer rules, or be cut off by the page's end: its bounds close it.
    before[:, 0] = before[:, -1] = True
    above[0] = above[-1] = True

    cells, owner, exact = _cells(above, before)
    kept = []
    for row, column, rowspan, colspan in cells:
        sides = (column == 0 and left_open[row : row + rowspan].all()) + (
            column + colspan == len(xs) - 1 and right_open[row : row + rowspan].all()
        )
        ends = (row == 0 and top_open[column : column + colspan].all()) + (
            row + rowspan == len(ys) - 1 and bottom_open[column : column + colspan].all()
        )
        kept.append(not (sides and ends))
    numbers = np.cumsum(kept) - 1
    owner = np.where(np.append(kept, False)[owner], np.append(numbers, -1)[owner], -1)
    cells = tuple(cell for cell, keep in zip(cells, kept, strict=True) if keep)
    if len(cells) < 2:
        return None
    return Frame(xs, ys, cells, owner, exact, bool(top_open.all()), bool(bottom_open.all()))


def _places(rules: Floats, across: Floats) -> Floats:
    """The boundaries in one direction: the rules' own places, and where the rules across begin and end beyond them."""
    places = np.unique(rules[:, 0])
    first, last = across[:, 1].min(), across[:, 2].max()
    before = [first] if first < places[0] - SAME - REACH else []
    after = [last] if last > places[-1] + SAME + REACH else []
    return np.concatenate((before, places, after))


def _drawn(rules: Floats, places: Floats, ends: Floats) -> NDArray[np.bool_]:
    """For each place and each step between two ends: is there a rule along it?"""
    lengths = np.diff(ends)
    share = np.clip(np.minimum(rules[:, 2, None], ends[1:]) - np.maximum(rules[:, 1, None], ends[:-1]), 0, None)
    covered = np.zeros((len(places), len(lengths)))
    np.add.at(covered, np.searchsorted(places, rules[:, 0]), share)
    return np.asarray(covered >= COVERED * lengths)


def _cells(
    above: NDArray[np.bool_], before: NDArray[np.bool_]
) -> tuple[list[tuple[int, int, int, int]], Integers, bool]:
    """Cells from their sides. ``above[r, c]``: a rule runs above row r in column c; ``before[r, c]``: one runs before
    column c in row r. Gives the cells in row order, the cell at each row and column, and whether all are rectangles."""
    rows, columns = before.shape[0], above.shape[1]
    right = _next(before[:, 1:], np.arange(1, columns + 1))
    below = _next(above[1:].T, np.arange(1, rows + 1)).T
    corner_rows, corner_columns = np.nonzero(above[:-1] & before[:, :-1])
    cells = [
        (row, column, int(below[row, column]) - row, int(right[row, column]) - column)
        for row, column in zip(corner_rows.tolist(), corner_columns.tolist(), strict=True)
    ]
    owner = np.full((rows, columns), -1)
    covered = 0
    for number, (row, column, rowspan, colspan) in enumerate(cells):
        owner[row : row + rowspan, column : column + colspan] = number
        covered += rowspan * colspan
    if covered == rows * columns and (owner >= 0).all():
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
