"""The letters of a page of a PDF: what they are, where they stand, and in which direction they are set."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading.files.pdf import raw
from gongkai.annual.reading.files.pdf.drawing import Floats, TooMuch

Box = tuple[float, float, float, float]
Integers = NDArray[np.int64]

MAX_CHARS = 100_000
"""Letters on one page. A printed page holds some 2,000, a dense table 10,000."""
LEAN = np.radians(8)
"""How far letters may lean from a right angle. More is a watermark or an ornament, and is not read."""
STEP = 0.1
"""Of a letter's height: letters that follow each other with such a step up or down, or go backwards, may be turned and
are asked for their angle. Digits that lean by 15° take such steps."""
WIDE = 0x2E80
"""From this code point on, letters are as wide as they are high (Chinese and its signs)."""
NO_WIDTH = 0x200B
"""A blank without width."""
UNKNOWN = 0xFFFD
"""Stands for a letter whose meaning the file does not tell (�). Nothing that contains it is a number."""

SPACE, HYPHEN, MEANINGLESS, DIGIT, LATIN, AFTER_SPACE, OPENING, CLOSING = 1, 2, 4, 8, 16, 32, 64, 128
"""What a letter is, as bits. DIGIT is also the point and comma inside of numbers, LATIN the letters and digits of words
that are written apart. AFTER_SPACE: the file has a space before it. OPENING and CLOSING: Chinese punctuation, which is
printed in one half of its room; justified lines take the blank half away."""


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
    for marks, kind in (("（《〈「『【〔“‘", OPENING), ("，。、；：！？）》〉」』】〕”’", CLOSING)):
        kinds[[ord(mark) for mark in marks]] |= kind
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


def letters(
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
    kinds[codes > 0xFFFF] = 0
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
        _join_halves(codes)
    return codes


def _join_halves(codes: NDArray[np.uint32]) -> None:
    """Makes one letter of the two halves in which PDFium gives rare characters (𠮷); a blank takes the second place."""
    first = np.flatnonzero(
        (codes[:-1] >= 0xD800) & (codes[:-1] < 0xDC00) & (codes[1:] >= 0xDC00) & (codes[1:] < 0xE000)
    )
    codes[first] = 0x10000 + ((codes[first] - 0xD800) << 10) + (codes[first + 1] - 0xDC00)
    codes[first + 1] = NO_WIDTH


def _directions(textpage: int, places: Integers, boxes: Floats) -> Integers:
    """The direction each letter is set in: 0 right, 1 up, 2 left, 3 down, -1 askew."""
    directions = np.zeros(len(places), np.int64)
    left, bottom, right, top = boxes
    size = np.maximum(top - bottom, right - left)[1:]
    run = (left[1:] + right[1:] - left[:-1] - right[:-1]) / 2
    rise = np.abs(bottom[1:] + top[1:] - bottom[:-1] - top[:-1]) / 2
    near = np.maximum(np.abs(run), rise) < 2 * size
    odd = near & ((rise > STEP * size) | (run < 0))
    asked = np.full(len(places), len(places) == 1)
    asked[1:] |= odd
    asked[:-1] |= odd
    if asked.any():
        angles = np.fromiter(map(raw.letter_angle, repeat(textpage), places[asked].tolist()), np.float64)
        # PDFium counts the angle clockwise, directions count against the clock.
        quarters = -angles / (np.pi / 2)
        nearest = np.round(quarters)
        upright = np.abs(quarters - nearest) * (np.pi / 2) <= LEAN
        directions[asked] = np.where(upright, nearest % 4, -1)
    return directions
