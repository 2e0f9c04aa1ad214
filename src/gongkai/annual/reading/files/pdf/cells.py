"""The text of each cell of a ruled table: which letters stand in which cell, and how its lines are put together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from gongkai.annual.reading.files.pdf.drawing import Floats
from gongkai.annual.reading.files.pdf.letters import AFTER_SPACE, DIGIT, LATIN, UNKNOWN, WIDE, Integers, Marks
from gongkai.annual.reading.files.pdf.ruling import Frame
from gongkai.annual.reading.files.pdf.words import BREAK, Bools, in_order, pairs, written

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
    cell, cut = _cells(marks, frame)
    inside = cell >= 0
    if not inside.any():
        return Table(frame, ("",) * len(frame.cells), (False,) * len(frame.cells)), inside
    marks, cell, cut = marks.take(inside), cell[inside], cut[inside]
    digit = marks.are(DIGIT)
    marks.codes[cut & digit] = UNKNOWN
    _keep_numbers_whole(marks, cell, digit, frame)
    return _filled(_in_columns(marks, cell), cell, frame), inside


def _cells(marks: Marks, frame: Frame) -> tuple[Integers, Bools]:
    """For each letter the cell that its middle stands in (-1: none), and whether a level rule cuts it in two."""
    owner = np.full((frame.owner.shape[0] + 2, frame.owner.shape[1] + 2), -1)
    owner[1:-1, 1:-1] = frame.owner
    column, row = frame.xs.searchsorted(marks.x), frame.ys.searchsorted(marks.y)
    cell = owner[row, column]
    reach = ASTRIDE * (marks.box[3] - marks.box[1])
    over, under = frame.ys.searchsorted(marks.y - reach), frame.ys.searchsorted(marks.y + reach)
    cut = np.zeros(len(marks), bool)
    if (over != under).any():
        cut = (owner[over, column] != owner[under, column]) & (cell >= 0)
    return cell, cut


def _keep_numbers_whole(marks: Marks, cell: Integers, digit: Bools, frame: Frame) -> None:
    """Keeps numbers that run over an upright rule whole: in the cell that holds most of them where the rule clearly
    runs through a digit, else unknown, since they may be two numbers."""
    near = TOUCHING * np.maximum(marks.size[1:], marks.size[:-1])
    touching = (
        digit[1:]
        & digit[:-1]
        & (np.abs(marks.middle[1:] - marks.middle[:-1]) < near)
        & (np.abs(marks.start[1:] - marks.end[:-1]) < near)
    )
    for at in np.flatnonzero(touching & (cell[1:] != cell[:-1])).tolist():
        first, last = at, at + 1
        while first > 0 and touching[first - 1]:
            first -= 1
        while last < len(touching) and touching[last]:
            last += 1
        number = slice(first, last + 1)
        lefts, rights = marks.box[0, number], marks.box[2, number]
        left, right = float(lefts.min()), float(rights.max())
        boxes = frame.boxes[np.unique(cell[number])]
        shares = (np.minimum(boxes[:, 2], right) - np.maximum(boxes[:, 0], left)) / (right - left)
        rules = np.unique(boxes[:, ::2])[:, None]
        astride = np.minimum(rules - lefts, rights - rules) > ASTRIDE * (rights - lefts)
        if astride.any() and shares.max() >= MOST:
            cell[number] = np.unique(cell[number])[shares.argmax()]
        else:
            marks.codes[number] = UNKNOWN


def _in_columns(marks: Marks, cell: Integers) -> Marks:
    """Chinese text that a cell sets in columns, downwards and from the right, is given lines that run so. It is known
    by the file's order of letters: more of them follow downwards than to the right."""
    size = np.maximum(marks.size[1:], marks.size[:-1])
    run, fall = marks.x[1:] - marks.x[:-1], marks.y[1:] - marks.y[:-1]
    together = cell[1:] == cell[:-1]
    down = together & (np.abs(run) < 0.25 * size) & (fall > 0.5 * size) & (fall < 2 * size)
    if not down.any():
        return marks
    right = together & (np.abs(fall) < 0.25 * size) & (run > 0)
    cells = int(cell.max()) + 1
    columns = np.bincount(cell[1:][down], minlength=cells) > np.bincount(cell[1:][right], minlength=cells)
    columns &= np.bincount(cell[(marks.codes < WIDE) | (marks.turn != 0)], minlength=cells) == 0
    chosen = columns[cell]
    places = marks.places.copy()
    places[6:9, chosen] = marks.box[1, chosen], marks.box[3, chosen], -marks.x[chosen]
    return replace(marks, places=places)


def _filled(marks: Marks, cell: Integers, frame: Frame) -> Table:
    """The text of each cell, line after line."""
    run = in_order(marks, cell * 4 + marks.turn)
    marks, cell = run.marks, run.group // 4
    begins = np.ones(len(cell), bool)
    np.not_equal(cell[1:], cell[:-1], out=begins[1:])

    apart = (run.gap >= BREAK) | marks.are(AFTER_SPACE)
    numbers = pairs(marks.are(DIGIT))
    apart[run.begins_line] = True
    broken = np.flatnonzero(run.begins_line & numbers & ~begins)
    if len(broken):
        apart[broken] = _had_room(marks, run.begins_line, broken, frame.boxes[cell[broken]])
    spaced = pairs(marks.are(LATIN)) & apart & ~begins

    texts, full = [""] * len(frame.cells), [False] * len(frame.cells)
    starts = np.flatnonzero(begins)
    last = np.append(starts[1:], len(marks)) - 1
    brimming = frame.boxes[cell[last], 2] - marks.box[2, last] <= FULL + marks.box[2, last] - marks.box[0, last]
    found = written(marks.codes, begins, spaced)
    for number, text, ends_full in zip(cell[last].tolist(), found, brimming.tolist(), strict=True):
        texts[number], full[number] = text, ends_full
    return Table(frame, tuple(texts), tuple(full))


def _had_room(marks: Marks, begins_line: Bools, broken: Integers, boxes: Floats) -> Bools:
    """For lines that go on with a digit where the line before ended with one: had that line room for another digit, so
    that the break was meant, and these are two numbers?"""
    starts = np.flatnonzero(begins_line)
    before = starts[starts.searchsorted(broken) - 1]
    end = broken - 1
    across = marks.turn[end] % 2 == 1
    room = np.where(across, boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0])
    room -= marks.end[end] - marks.start[before]
    return np.asarray(room >= PADDING + marks.end[end] - marks.start[end])
