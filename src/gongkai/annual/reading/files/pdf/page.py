"""One page of a PDF: its letters with their places, and its rules, turned so that the text stands upright.

Positions leave this module in points from the top left corner of the upright page, x to the right, y downwards.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading.files.pdf import raw
from gongkai.annual.reading.files.pdf.drawing import Drawing, Floats
from gongkai.annual.reading.files.pdf.letters import WIDE, Box, Integers, Marks, letters

_NO_RULES, _NO_BOXES = np.empty((0, 3)), np.empty((0, 4))

SQUARE = 0.8
"""A bar whose sides are as equal as this is a dot, and may belong to a level or an upright rule."""
PICTURE = 0.1
"""Of the page's area: a picture this large may hold a table. A seal or an emblem is smaller."""
BACKGROUND = 60
"""Letters over a picture that make it a background (letterhead paper) and no picture of a table."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: number from 1, size in points, letters, and rules as rows of (place, from, to).

    ``horizontal`` rules have y, left, right; ``vertical`` ones x, top, bottom; ``fills`` are filled rectangles as left,
    top, right, bottom. ``pictured``: a picture large enough to hold a table stands there. ``blank``: nothing does.
    """

    number: int
    width: float
    height: float
    marks: Marks
    horizontal: Floats
    vertical: Floats
    fills: Floats
    pictured: bool
    blank: bool


def sheet(page: int, textpage: int, number: int) -> Sheet:
    """The page as a sheet. ``page`` and ``textpage`` are PDFium's addresses of them, ``number`` counts from 1.
    Raises TooMuch."""
    frame = _frame(page)
    drawing = Drawing(page)
    codes, kinds, boxes, directions = letters(textpage, frame, drawing.invisible)
    counts = np.bincount(directions, minlength=4)
    main = int(counts.argmax()) if len(codes) else raw.page_rotation(page)
    marks = Marks(codes, kinds, (directions - main) % 4, _places(codes, boxes, directions, main, frame))
    horizontal, vertical = _rules(drawing.strokes, main, frame)
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    return Sheet(
        number=number,
        width=height if main % 2 else width,
        height=width if main % 2 else height,
        marks=marks,
        horizontal=horizontal,
        vertical=vertical,
        fills=_on_page(drawing.fills, main, frame),
        pictured=any(
            _holds_table(box, marks, width * height) for box in _on_page(drawing.pictures, main, frame).tolist()
        ),
        blank=drawing.count == 0,
    )


def _frame(page: int) -> Box:
    """The visible part of the page: left, bottom, right, top. PDFium gives US letter for a page without any."""
    sides = (ctypes.c_float * 4)()
    raw.page_box(page, ctypes.addressof(sides))
    left, top, right, bottom = sides
    return left, bottom, right, top


def _on_page(boxes: Floats, main: int, frame: Box) -> Floats:
    """Boxes of the file's space as rows of left, top, right, bottom on the upright page."""
    return np.array(_turned(_cut(boxes, frame), main, frame)).T if len(boxes) else _NO_BOXES


def _rules(strokes: Floats, main: int, frame: Box) -> tuple[Floats, Floats]:
    """Thin boxes as level and upright rules."""
    if not len(strokes):
        return _NO_RULES, _NO_RULES
    left, top, right, bottom = _turned(_cut(strokes, frame), main, frame)
    wide, high = right - left, bottom - top
    flat, steep = wide >= SQUARE * high, high >= SQUARE * wide  # a dot of a dotted rule is both
    return (
        np.array((((top + bottom) / 2)[flat], left[flat], right[flat])).T,
        np.array((((left + right) / 2)[steep], top[steep], bottom[steep])).T,
    )


def _places(codes: NDArray[np.uint32], boxes: Floats, directions: Integers, main: int, frame: Box) -> Floats:
    """The rows of Marks.places."""
    places = np.empty((10, len(codes)))
    left, top, right, bottom = _turned(boxes, main, frame)
    reading = left, top, right, bottom
    if (directions != main).any():
        reading = left.copy(), top.copy(), right.copy(), bottom.copy()
        for direction in set(directions.tolist()) - {main}:
            these = directions == direction
            for side, turned in zip(reading, _turned(boxes[:, these], direction, frame), strict=True):
                side[these] = turned
    start, upper, end, lower = reading
    width = end - start
    width[codes < WIDE] *= 2
    places[:4] = left, top, right, bottom
    places[4:9] = (left + right) / 2, (top + bottom) / 2, start, end, (upper + lower) / 2
    places[9] = np.maximum(np.minimum(width, lower - upper), 0.1)
    return places


def _cut(boxes: Floats, frame: Box) -> Floats:
    """The boxes' left, bottom, right, top, cut to the page. What has no finite place there is left out."""
    found = boxes.T.copy()
    left, bottom, right, top = frame
    with np.errstate(invalid="ignore"):
        on_page = (found[2] >= left) & (found[0] <= right) & (found[3] >= bottom) & (found[1] <= top)
    if not on_page.all():
        found = found[:, on_page]
    np.clip(found[::2], left, right, out=found[::2])
    np.clip(found[1::2], bottom, top, out=found[1::2])
    return found


def _turned(boxes: Floats, direction: int, frame: Box) -> tuple[Floats, Floats, Floats, Floats]:
    """Boxes of the file's space (rows left, bottom, right, top) as left, top, right, bottom on the page turned so that
    text running in ``direction`` (0 right, 1 up, 2 left, 3 down) runs to the right."""
    left, bottom, right, top = boxes
    if direction == 0:
        return left - frame[0], frame[3] - top, right - frame[0], frame[3] - bottom
    if direction == 1:
        return bottom - frame[1], left - frame[0], top - frame[1], right - frame[0]
    if direction == 2:
        return frame[2] - right, bottom - frame[1], frame[2] - left, top - frame[1]
    return frame[3] - top, frame[2] - right, frame[3] - bottom, frame[2] - left


def _holds_table(box: tuple[float, float, float, float], marks: Marks, area: float) -> bool:
    left, top, right, bottom = box
    if (right - left) * (bottom - top) < PICTURE * area:
        return False
    over = (marks.x > left) & (marks.x < right) & (marks.y > top) & (marks.y < bottom)
    return int(over.sum()) < BACKGROUND
