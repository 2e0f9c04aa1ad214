"""The text of each cell of a ruled table: which letters stand in which cell, and how its lines are put together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gongkai.annual.reading.pdf_page import UNKNOWN, WIDE, Integers, Marks
from gongkai.annual.reading.pdf_ruling import Frame
from gongkai.annual.reading.pdf_words import BREAK, Bools, in_order, is_digit, is_latin, written

PADDING = 16.0
"""Points: a number broken over two lines of a cell has filled the first line but for the cell's padding (Word 5.4 pt
on each side, and a little for the border). Two numbers below one another leave more room."""
TOUCHING = 0.2
"""Of the type's size: digits on one line with a smaller gap belong to one number, even over a rule."""
ASTRIDE = 0.15
"""Of a letter's width or height: a rule that leaves so much of a letter on either side runs through it."""
MOST = 0.6
"""Of a number that runs over a rule: the cell that holds so much of it is its own."""
FULL = 8.0
"""Points: what is left of a full line after its last letter, but for one more letter: the padding, and a little."""


@dataclass(frozen=True, slots=True)
class Table:
    """A frame with the text of its cells, and for each whether its last line is full (the text may go on elsewhere)."""

    frame: Frame
    texts: tuple[str, ...]
    full: tuple[bool, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The table's place: left, top, right, bottom."""
        xs, ys = self.frame.xs, self.frame.ys
        return float(xs[0]), float(ys[0]), float(xs[-1]), float(ys[-1])


def table(marks: Marks, frame: Frame) -> tuple[Table, Bools]:
    """The frame filled with the letters that stand in it, and which letters those are."""
    cell, through = _places(marks, frame)
    inside = cell >= 0
    if not inside.any():
        return Table(frame, ("",) * len(frame.cells), (False,) * len(frame.cells)), inside
    marks, cell, through = marks.take(inside), cell[inside], through[inside]
    marks.codes[through & is_digit(marks.codes)] = UNKNOWN
    cell = _whole_numbers(marks, cell, frame)
    return _filled(_upright_columns(marks, cell), cell, frame), inside


def _places(marks: Marks, frame: Frame) -> tuple[Integers, Bools]:
    """For each letter the cell that its middle stands in (-1: none), and whether a level rule runs through it."""
    x, y = (marks.left + marks.right) / 2, (marks.top + marks.bottom) / 2
    column, row = np.searchsorted(frame.xs, x) - 1, np.searchsorted(frame.ys, y) - 1
    inside = (column >= 0) & (column < len(frame.xs) - 1) & (row >= 0) & (row < len(frame.ys) - 1)
    column, row = np.where(inside, column, 0), np.where(inside, row, 0)
    cell = np.where(inside, frame.owner[row, column], -1)
    upper = y - frame.ys[row] < frame.ys[row + 1] - y
    beside = np.clip(np.where(upper, row - 1, row + 1), 0, len(frame.ys) - 2)
    distance = np.abs(y - frame.ys[np.where(upper, row, row + 1)])
    near = distance < ASTRIDE * (marks.bottom - marks.top)
    return cell, near & inside & (frame.owner[beside, column] != cell)


def _whole_numbers(marks: Marks, cell: Integers, frame: Frame) -> Integers:
    """The letters' cells, with numbers that run over an upright rule kept whole: in the cell that holds most of them
    where the rule clearly runs through a digit, else unknown, since they may be two numbers."""
    digit = is_digit(marks.codes)
    gap = marks.start[1:] - marks.end[:-1]
    size = np.maximum(marks.sizes()[1:], marks.sizes()[:-1])
    level = np.abs(np.diff(marks.middle)) < TOUCHING * size
    touching = digit[1:] & digit[:-1] & level & (np.abs(gap) < TOUCHING * size)
    crossing = np.flatnonzero(touching & (np.diff(cell) != 0))
    for at in crossing.tolist():
        first, last = at, at + 1
        while first > 0 and touching[first - 1]:
            first -= 1
        while last < len(touching) and touching[last]:
            last += 1
        left, right = float(marks.left[first]), float(marks.right[last])
        holders = {int(number) for number in cell[first : last + 1]}
        share = {
            number: (min(frame.box(number)[2], right) - max(frame.box(number)[0], left)) / (right - left)
            for number in holders
        }
        owner = max(share, key=lambda number: share[number])
        rules = {side for number in holders for side in frame.box(number)[::2] if left < side < right}
        width = marks.right[first : last + 1] - marks.left[first : last + 1]
        astride = any(
            (
                (side - marks.left[first : last + 1] > ASTRIDE * width)
                & (marks.right[first : last + 1] - side > ASTRIDE * width)
            ).any()
            for side in rules
        )
        if astride and share[owner] >= MOST:
            cell[first : last + 1] = owner
        else:
            marks.codes[first : last + 1] = UNKNOWN
    return cell


def _upright_columns(marks: Marks, cell: Integers) -> Marks:
    """Cells whose Chinese text is set in columns, from the right and downwards, are read so. They are known by the
    file's order of letters: more of them follow downwards than to the right."""
    size = marks.sizes()
    size = np.maximum(size[1:], size[:-1])
    x, y = (marks.left + marks.right) / 2, (marks.top + marks.bottom) / 2
    run, fall = np.diff(x), np.diff(y)
    together = np.diff(cell) == 0
    down = together & (np.abs(run) < 0.25 * size) & (fall > 0.5 * size) & (fall < 2 * size)
    if not down.any():
        return marks
    right = together & (np.abs(fall) < 0.25 * size) & (run > 0)
    cells = int(cell.max()) + 1
    columns = np.bincount(cell[1:][down], minlength=cells) > np.bincount(cell[1:][right], minlength=cells)
    columns &= np.bincount(cell[(marks.codes < WIDE) | (marks.turn != 0)], minlength=cells) == 0
    chosen = columns[cell]
    return Marks(
        marks.codes,
        marks.left,
        marks.top,
        marks.right,
        marks.bottom,
        start=np.where(chosen, marks.top, marks.start),
        end=np.where(chosen, marks.bottom, marks.end),
        middle=np.where(chosen, -x, marks.middle),
        turn=marks.turn,
    )


def _filled(marks: Marks, cell: Integers, frame: Frame) -> Table:
    """The text of each cell, line after line."""
    run = in_order(marks, cell * 4 + marks.turn)
    marks, cell = run.marks, run.group // 4
    begins_cell = np.append(True, np.diff(cell) != 0)
    boxes = np.array([frame.box(number) for number in range(len(frame.cells))])[cell]
    starts = np.flatnonzero(run.begins_line)
    ends = np.append(starts[1:], len(marks)) - 1
    across = marks.turn[ends] % 2 == 1
    letter = marks.end[ends] - marks.start[ends]
    room = np.where(across, boxes[ends, 3] - boxes[ends, 1], boxes[ends, 2] - boxes[ends, 0])
    room -= marks.end[ends] - marks.start[starts]

    digit, latin = is_digit(marks.codes), is_latin(marks.codes)
    numbers = np.append(False, digit[1:] & digit[:-1])
    words = np.append(False, latin[1:] & latin[:-1])
    had_room = np.zeros(len(marks), bool)
    had_room[starts[1:]] = (room >= PADDING + letter)[:-1]
    spaced = words & ~begins_cell & np.where(run.begins_line, ~numbers | had_room, run.gap >= BREAK)

    texts, full = [""] * len(frame.cells), [False] * len(frame.cells)
    found = written(marks.codes, begins_cell, spaced)
    last = np.append(np.flatnonzero(begins_cell)[1:], len(marks)) - 1
    rest = boxes[last, 2] - marks.right[last]
    brimming = rest <= FULL + (marks.right[last] - marks.left[last])
    for number, text, ends_full in zip(cell[last].tolist(), found, brimming.tolist(), strict=True):
        texts[number], full[number] = text, ends_full
    return Table(frame, tuple(texts), tuple(full))
