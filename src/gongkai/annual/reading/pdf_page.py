"""One page of a PDF: its letters with their places, and its rules, turned so that the text stands upright.

Positions leave this module in points from the top left corner of the upright page, x to the right, y downwards.
"""

from __future__ import annotations

import ctypes
from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading import pdf_raw as raw
from gongkai.annual.reading.pdf_drawing import Drawing, Floats, TooMuch

_NO_RULES, _NO_BOXES = np.empty((0, 3)), np.empty((0, 4))
Box = tuple[float, float, float, float]
Integers = NDArray[np.int64]

MAX_CHARS = 100_000
"""Letters on one page. A printed page holds some 2,000, a dense table 10,000."""
LEAN = np.radians(8)
"""How far letters may lean from a right angle. More is a watermark or an ornament, and is not read."""
STEP = 0.1
"""Of a letter's height: letters that follow each other with such a step up or down, or go backwards, may be turned and
are asked for their angle. Digits that lean by 15° take such steps."""
SQUARE = 0.8
"""A bar whose sides are as equal as this is a dot, and may belong to a level or an upright rule."""
PICTURE = 0.1
"""Of the page's area: a picture this large may hold a table. A seal or an emblem is smaller."""
BACKGROUND = 60
"""Letters over a picture that make it a background (letterhead paper) and no picture of a table."""
WIDE = 0x2E80
"""From this code point on, letters are as wide as they are high (Chinese and its signs)."""
UNKNOWN = 0xFFFD
"""Stands for a letter whose meaning the file does not tell (�). Nothing that contains it is a number."""

SPACE, HYPHEN, MEANINGLESS, DIGIT, LATIN, AFTER_SPACE = 1, 2, 4, 8, 16, 32
"""What a letter is, as bits. DIGIT is also the point and comma inside of numbers, LATIN the letters and digits of words
that are written apart. AFTER_SPACE: the file has a space before it."""


def _kinds() -> NDArray[np.uint8]:
    kinds = np.zeros(0x10000, np.uint8)
    for first, last, kind in (
        (0x00, 0x1F, MEANINGLESS),
        (0x7F, 0x9F, MEANINGLESS),
        (0xD800, 0xF8FF, MEANINGLESS),  # halves of letters, private use
        (0xFFF0, 0xFFFF, MEANINGLESS),
        (0x09, 0x0D, SPACE),
        (0x20, 0x20, SPACE),
        (0xA0, 0xA0, SPACE),
        (0x2000, 0x200F, SPACE),
        (0x2028, 0x202F, SPACE),
        (0x205F, 0x2064, SPACE),
        (0x3000, 0x3000, SPACE),
        (0xFEFF, 0xFEFF, SPACE),
        (0x02, 0x02, HYPHEN),  # what PDFium gives for a hyphen at a line's end
        (0xAD, 0xAD, HYPHEN),
        (0xFFFE, 0xFFFE, HYPHEN),
        (0x2C, 0x2C, DIGIT | LATIN),
        (0x2E, 0x2E, DIGIT | LATIN),
        (0x30, 0x39, DIGIT | LATIN),
        (0xFF10, 0xFF19, DIGIT | LATIN),
        (0x41, 0x5A, LATIN),
        (0x61, 0x7A, LATIN),
        (0xC0, 0x52F, LATIN),
    ):
        kinds[first : last + 1] = kind
    return kinds


KINDS = _kinds()


@dataclass(frozen=True, slots=True)
class Marks:
    """The letters of a page in the file's order, without spaces.

    ``codes`` are their code points, ``kinds`` what they are (bits, see above), ``turn`` counts quarter turns against
    the page's text (0: upright), ``places`` has a column for each letter, and its rows have names below.
    """

    codes: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    turn: Integers
    places: Floats

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, index: NDArray[Any]) -> Marks:
        """The letters at these places, or where the mask is true."""
        return Marks(self.codes[index], self.kinds[index], self.turn[index], self.places[:, index])

    @property
    def box(self) -> Floats:
        """Left, top, right and bottom on the page."""
        return np.asarray(self.places[:4])

    @property
    def x(self) -> Floats:
        """The middle of left and right."""
        return np.asarray(self.places[4])

    @property
    def y(self) -> Floats:
        """The middle of top and bottom."""
        return np.asarray(self.places[5])

    @property
    def start(self) -> Floats:
        """Where a letter begins along its line: its left side, for a turned one that of the letter turned upright."""
        return np.asarray(self.places[6])

    @property
    def end(self) -> Floats:
        """Where a letter ends along its line."""
        return np.asarray(self.places[7])

    @property
    def middle(self) -> Floats:
        """The height of its line: the middle of the letter, turned upright, between top and bottom."""
        return np.asarray(self.places[8])

    @property
    def size(self) -> Floats:
        """The size of its type, about: a full-width letter's width, twice a narrow one's, at most its height."""
        return np.asarray(self.places[9])

    def are(self, kind: int) -> NDArray[np.bool_]:
        """Which letters are of a kind."""
        return np.asarray((self.kinds & kind) != 0)


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
    codes, kinds, boxes, directions = _letters(textpage, frame, drawing.invisible)
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


def _letters(
    textpage: int, frame: Box, invisible: set[int]
) -> tuple[NDArray[np.uint32], NDArray[np.uint8], Floats, Integers]:
    """Codes, kinds, boxes (left, bottom, right, top) and directions of the letters that are seen on the page."""
    count = raw.text_count(textpage)
    if count > MAX_CHARS:
        raise TooMuch
    if count <= 0:
        return np.empty(0, np.uint32), np.empty(0, np.uint8), np.empty((4, 0)), np.empty(0, np.int64)
    codes = _codes(textpage, count)
    kinds = KINDS[np.minimum(codes, 0xFFFF)]
    kinds[codes >= 0xF0000] = MEANINGLESS
    found = np.empty((count, 4), np.float32)
    first = found.ctypes.data
    deque(map(raw.letter_box, repeat(textpage), range(count), range(first, first + 16 * count, 16)), maxlen=0)
    # PDFium's rectangles are left, top, right, bottom; here the smaller comes first.
    boxes = found[:, (0, 3, 2, 1)].T.astype(np.float64)

    x, y = boxes[0] + boxes[2], boxes[1] + boxes[3]
    with np.errstate(invalid="ignore"):
        seen = (x >= 2 * frame[0]) & (x <= 2 * frame[2]) & (y >= 2 * frame[1]) & (y <= 2 * frame[3])
    space = kinds == SPACE
    places = np.flatnonzero(seen & ~space)
    if invisible:
        places = np.array([i for i in places.tolist() if raw.letter_object(textpage, i) not in invisible], np.int64)
    codes, kinds, boxes, after_space = codes[places], kinds[places], boxes[:, places], space[places - 1]
    codes[kinds == HYPHEN] = ord("-")
    codes[kinds == MEANINGLESS] = UNKNOWN
    kinds[after_space] |= AFTER_SPACE
    directions = _directions(textpage, places, boxes)
    straight = directions >= 0
    if straight.all():
        return codes, kinds, boxes, directions
    return codes[straight], kinds[straight], boxes[:, straight], directions[straight]


def _codes(textpage: int, count: int) -> NDArray[np.uint32]:
    """The letters' code points, one for each place of the text page."""
    units = np.zeros(2 * count + 2, np.uint16)
    written = raw.text(textpage, 0, count, units.ctypes.data) - 1
    codes: NDArray[np.uint32] = units[:count].astype(np.uint32)
    if written != count or ((codes >= 0xD800) & (codes < 0xE000)).any():
        # PDFium left places out of the text, or a letter took two units: ask for each place.
        codes = np.fromiter(map(raw.letter_code, repeat(textpage), range(count)), np.uint32, count)
    return codes


def _directions(textpage: int, places: Integers, boxes: Floats) -> Integers:
    """The direction each letter is set in: 0 right, 1 up, 2 left, 3 down, -1 askew."""
    directions = np.zeros(len(places), np.int64)
    left, bottom, right, top = boxes
    size = np.maximum(top - bottom, right - left)[1:]
    run = (left[1:] + right[1:] - left[:-1] - right[:-1]) / 2
    rise = np.abs(bottom[1:] + top[1:] - bottom[:-1] - top[:-1]) / 2
    near = np.maximum(np.abs(run), rise) < 2 * size
    odd = near & ((rise > STEP * size) | (run < 0))
    asked = {0} if len(places) == 1 else {i for at in np.flatnonzero(odd).tolist() for i in (at, at + 1)}
    for i in asked:
        # PDFium counts the angle clockwise, directions count against the clock.
        quarters = -raw.letter_angle(textpage, int(places[i])) / (np.pi / 2)
        nearest = round(quarters)
        directions[i] = nearest % 4 if abs(quarters - nearest) * (np.pi / 2) <= LEAN else -1
    return directions
