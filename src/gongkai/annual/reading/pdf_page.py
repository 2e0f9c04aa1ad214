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
from gongkai.annual.reading.pdf_drawing import Box, Drawing, TooMuch

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MAX_CHARS = 100_000
"""Letters on one page. A printed page holds some 2,000, a dense table 10,000."""
LEAN = np.radians(8)
"""How far letters may lean from a right angle. More is a watermark or an ornament, and is not read."""
STEP = 0.25
"""Of a letter's height: letters that follow each other with such a step up or down, or go backwards, may be turned and
are asked for their angle. Letters of one line differ by less, however their fonts sit."""
PICTURE = 0.1
"""Of the page's area: a picture this large may hold a table. A seal or an emblem is smaller."""
BACKGROUND = 60
"""Letters over a picture that make it a background (letterhead paper) and no picture of a table."""
WIDE = 0x2E80
"""From this code point on, letters are as wide as they are high (Chinese and its signs)."""
UNKNOWN = 0xFFFD
"""Stands for a letter whose meaning the file does not tell (�). Nothing that contains it is a number."""

_SPACES = np.array([9, 10, 13, 32, 0xA0, 0xAD, *range(0x2000, 0x2010), 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF])
"""Signs that only make room. Where room matters, it is measured."""
_HYPHENS = (0x02, 0xFFFE)
"""What PDFium gives for a hyphen at a line's end."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The letters of a page in the file's order, without spaces, as arrays of one length.

    ``left, top, right, bottom`` are where a letter stands on the page. ``start``, ``end`` and ``middle`` are for
    reading: where it begins and ends along its line, and the line's height; for an upright letter left, right and the
    middle of top and bottom, for a turned one the same after turning it upright. ``turn`` counts quarter turns against
    the page's text (0: upright).
    """

    codes: NDArray[np.uint32]
    left: Floats
    top: Floats
    right: Floats
    bottom: Floats
    start: Floats
    end: Floats
    middle: Floats
    turn: Integers

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, index: NDArray[Any]) -> Marks:
        """The letters at these places, or where the mask is true."""
        return Marks(*(getattr(self, name)[index] for name in Marks.__slots__))

    def sizes(self) -> Floats:
        """The size of each letter's type, about: a full-width letter's width, twice a narrow one's, at most its height."""
        width = self.end - self.start
        height = np.where(self.turn % 2 == 0, self.bottom - self.top, self.right - self.left)
        return np.maximum(np.minimum(np.where(self.codes >= WIDE, width, 2 * width), height), 0.1)


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


def sheet(page: Any, textpage: Any, number: int) -> Sheet:
    """The page as a sheet. ``page`` and ``textpage`` are pypdfium2's, ``number`` counts from 1. Raises TooMuch."""
    frame = page.get_bbox()
    drawing = Drawing(page)
    codes, boxes, directions = _letters(textpage, frame, drawing.invisible)
    counts = np.bincount(directions, minlength=4)
    main = int(counts.argmax()) if len(codes) else page.get_rotation() // 90

    placed = _turned(boxes, main, frame)
    reading = placed.copy()
    for direction in range(4):
        if direction != main and counts[direction]:
            reading[directions == direction] = _turned(boxes[directions == direction], direction, frame)
    marks = Marks(
        codes,
        *(np.ascontiguousarray(side) for side in placed.T),
        start=reading[:, 0],
        end=reading[:, 2],
        middle=(reading[:, 1] + reading[:, 3]) / 2,
        turn=(directions - main) % 4,
    )
    strokes = _turned(_boxes(drawing.strokes, frame), main, frame)
    wide, high = strokes[:, 2] - strokes[:, 0], strokes[:, 3] - strokes[:, 1]
    flat, steep = strokes[wide >= high], strokes[high >= wide]  # a dot of a dotted rule is both
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    return Sheet(
        number=number,
        width=height if main % 2 else width,
        height=width if main % 2 else height,
        marks=marks,
        horizontal=np.column_stack(((flat[:, 1] + flat[:, 3]) / 2, flat[:, 0], flat[:, 2])),
        vertical=np.column_stack(((steep[:, 0] + steep[:, 2]) / 2, steep[:, 1], steep[:, 3])),
        fills=_turned(_boxes(drawing.fills, frame), main, frame),
        pictured=any(
            _holds_table(box, marks, width * height) for box in _turned(_boxes(drawing.pictures, frame), main, frame)
        ),
        blank=drawing.count == 0,
    )


def _boxes(boxes: list[Box], frame: Box) -> Floats:
    """The boxes as an array, cut to the page. What has no finite place, or none on the page, is left out."""
    found = np.array(boxes, np.float64).reshape(-1, 4)
    found = found[np.isfinite(found).all(axis=1)]
    left, bottom, right, top = frame
    on_page = (found[:, 2] >= left) & (found[:, 0] <= right) & (found[:, 3] >= bottom) & (found[:, 1] <= top)
    return np.clip(found[on_page], (left, bottom, left, bottom), (right, top, right, top))


def _turned(boxes: Floats, direction: int, frame: Box) -> Floats:
    """Boxes of the file's space (left, bottom, right, top) as left, top, right, bottom on the page turned so that text
    running in ``direction`` (0 right, 1 up, 2 left, 3 down) runs to the right."""
    left, bottom, right, top = boxes.T
    if direction == 0:
        turned = (left - frame[0], frame[3] - top, right - frame[0], frame[3] - bottom)
    elif direction == 1:
        turned = (bottom - frame[1], left - frame[0], top - frame[1], right - frame[0])
    elif direction == 2:
        turned = (frame[2] - right, bottom - frame[1], frame[2] - left, top - frame[1])
    else:
        turned = (frame[3] - top, frame[2] - right, frame[3] - bottom, frame[2] - left)
    return np.column_stack(turned)


def _holds_table(box: Floats, marks: Marks, area: float) -> bool:
    left, top, right, bottom = box
    if (right - left) * (bottom - top) < PICTURE * area:
        return False
    x, y = (marks.left + marks.right) / 2, (marks.top + marks.bottom) / 2
    return int(((x > left) & (x < right) & (y > top) & (y < bottom)).sum()) < BACKGROUND


def _letters(textpage: Any, frame: Box, invisible: set[int]) -> tuple[NDArray[np.uint32], Floats, Integers]:
    """Codes, boxes (left, bottom, right, top) and directions of the letters that are seen on the page."""
    count = textpage.count_chars()
    if count > MAX_CHARS:
        raise TooMuch
    if count <= 0:
        return np.empty(0, np.uint32), np.empty((0, 4)), np.empty(0, np.int64)
    handle = raw.address(textpage.raw)
    codes = _codes(handle, count)
    buffer = ctypes.create_string_buffer(16 * count)
    first = ctypes.addressof(buffer)
    deque(map(raw.letter_box, repeat(handle), range(count), range(first, first + 16 * count, 16)), maxlen=0)
    boxes = np.frombuffer(buffer, np.float32).reshape(count, 4).astype(np.float64)[:, [0, 3, 2, 1]]

    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    with np.errstate(invalid="ignore"):
        seen = (x >= frame[0]) & (x <= frame[2]) & (y >= frame[1]) & (y <= frame[3]) & ~np.isin(codes, _SPACES)
    places = np.flatnonzero(seen)
    if invisible:
        places = np.array([i for i in places.tolist() if raw.letter_object(handle, i) not in invisible], np.int64)
    directions = _directions(handle, places, boxes[places])
    straight = directions >= 0
    codes = codes[places][straight]
    codes[np.isin(codes, _HYPHENS)] = ord("-")
    codes[_meaningless(codes)] = UNKNOWN
    return codes, boxes[places][straight], directions[straight]


def _codes(handle: int, count: int) -> NDArray[np.uint32]:
    """The letters' code points, one for each place of the text page."""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = raw.text(handle, 0, count, ctypes.addressof(buffer)) - 1
    codes = np.frombuffer(buffer, np.uint16)[:count].astype(np.uint32)
    if written != count or ((codes >= 0xD800) & (codes < 0xE000)).any():
        # PDFium left places out of the text, or a letter took two units: ask for each place.
        codes = np.fromiter(map(raw.letter_code, repeat(handle), range(count)), np.uint32, count)
    return codes


def _meaningless(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Control characters, halves of letters, private use, and what is no letter at all."""
    control = (codes < 0x20) | ((codes >= 0x7F) & (codes < 0xA0))
    private = ((codes >= 0xD800) & (codes < 0xF900)) | (codes >= 0xF0000)
    return np.asarray(control | private | ((codes >= 0xFFF0) & (codes <= 0xFFFF)))


def _directions(handle: int, places: Integers, boxes: Floats) -> Integers:
    """The direction each letter is set in: 0 right, 1 up, 2 left, 3 down, -1 askew."""
    directions = np.zeros(len(places), np.int64)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    size = np.maximum(boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0])[1:]
    run, rise = np.diff(x), np.abs(np.diff(y))
    near = (np.abs(run) < 2 * size) & (rise < 2 * size)
    odd = near & ((rise > STEP * size) | (run < 0))
    asked = np.flatnonzero(np.append(odd, len(places) == 1) | np.append(len(places) == 1, odd))
    for i in asked.tolist():
        # PDFium counts the angle clockwise, directions count against the clock.
        quarters = -raw.letter_angle(handle, int(places[i])) / (np.pi / 2)
        nearest = round(quarters)
        directions[i] = nearest % 4 if abs(quarters - nearest) * (np.pi / 2) <= LEAN else -1
    return directions
