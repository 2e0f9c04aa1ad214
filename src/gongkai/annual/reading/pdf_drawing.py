"""What is drawn on a page of a PDF: rules, filled rectangles, pictures, and which of its text is invisible.

A rule may be a stroked line, a thin filled bar, a side of a stroked rectangle, a border filled as a ring, a row of
dots, or a picture one point high, on the page itself or inside of form XObjects. Here each becomes a thin box.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterator
from itertools import pairwise, repeat
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.annual.reading import pdf_raw as raw

MAX_OBJECTS = 100_000
"""Drawn objects on one page, with those inside of form XObjects. A ruled page has some hundred; one that draws each
letter for itself some thousand."""
MAX_STROKES = 20_000
"""Strokes on one page: a table with every side of every cell drawn for itself has four per cell. A page with more is a
drawing (a map, a chart) and is read without its rules."""
MAX_DEPTH = 12
"""Form XObjects inside of one another. Office programs nest one or two."""
THIN = 4.0
"""Points: a bar up to this thick is a rule. Office programs draw borders of 0.25–3 pt; the lowest row of a table that
holds text is 6 pt high."""
RING = 4.0
"""Points: how far inside of a filled rectangle a second one may stand for the two to be a border drawn as a ring."""
SLANT = 1.0
"""Points: how far a side may lean over its length and still be level or upright (rounding of coordinates)."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in the file's own space."""
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

_AS_IT_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_OUTLINE_CORNERS = 6
_NO_TEXT = pdfium.FPDF_TEXTRENDERMODE_UNKNOWN
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_CLIP = pdfium.FPDF_TEXTRENDERMODE_CLIP


class TooMuch(Exception):
    """A page holds more than any page that a person reads."""


class Drawing:
    """The drawn things of a page (PDFium's address of it). Raises TooMuch.

    ``strokes`` are thin boxes, ``fills`` filled rectangles that are no rules, ``pictures`` the places of pictures,
    ``invisible`` the addresses of text objects that are not shown, ``count`` how many objects there are. Of a page
    that is a drawing rather than text, strokes and fills are left out.
    """

    def __init__(self, page: int) -> None:
        self.strokes: list[Box] = []
        self.fills: list[Box] = []
        self.pictures: list[Box] = []
        self.invisible: set[int] = set()
        self.count = 0
        self._crowded = False
        # Filled by PDFium, read at once: two flags, four sides, a matrix, a point.
        self._mode = (ctypes.c_int * 2)()
        self._four = (ctypes.c_float * 4)()
        self._six = (ctypes.c_float * 6)()
        self._walk(raw.page_object, page, raw.object_count(page), _AS_IT_IS, 0)
        if self._crowded:
            self.strokes, self.fills = [], []

    def _walk(self, get: Callable[..., Any], holder: int, count: int, matrix: Matrix, depth: int) -> None:
        self.count += count
        if self.count > MAX_OBJECTS:
            raise TooMuch
        things = list(map(get, repeat(holder), range(count)))
        modes = list(map(raw.text_mode, things))
        if _INVISIBLE in modes or _CLIP in modes:
            self.invisible.update(
                thing for thing, mode in zip(things, modes, strict=True) if mode in (_INVISIBLE, _CLIP)
            )
        if _NO_TEXT not in modes:
            return
        others = [thing for thing, mode in zip(things, modes, strict=True) if mode == _NO_TEXT]
        kinds = list(map(raw.kind, others))
        paths = [thing for thing, kind in zip(others, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_PATH]
        for path, box in zip(paths, self._bounds(paths, matrix), strict=True):
            if min(box[2] - box[0], box[3] - box[1]) <= THIN:
                self._stroke(box)
            elif not self._crowded:
                self._path(path, matrix)
        for thing, kind in zip(others, kinds, strict=True):
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(self._bounds([thing], matrix)[0])
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                self._walk(raw.form_object, thing, raw.form_count(thing), self._matrix(thing, matrix), depth + 1)

    def _bounds(self, things: list[int], matrix: Matrix) -> list[Box]:
        """Where objects stand, whatever forms they are inside of."""
        found = (ctypes.c_float * (4 * len(things)))()
        first = ctypes.addressof(found)
        sides = [range(first + 4 * side, first + 16 * len(things), 16) for side in range(4)]
        deque(map(raw.bounds, things, *sides), maxlen=0)
        flat = iter(found)
        boxes = list(zip(flat, flat, flat, flat, strict=True))
        if matrix is _AS_IT_IS:
            return boxes
        return [
            _around([_moved(x, y, matrix) for x in (left, right) for y in (bottom, top)])
            for left, bottom, right, top in boxes
        ]

    def _matrix(self, thing: int, outer: Matrix) -> Matrix:
        """The object's own matrix, followed by that of the forms it is inside of."""
        raw.matrix(thing, ctypes.addressof(self._six))
        a, b, c, d, e, f = self._six
        oa, ob, oc, od, oe, of = outer
        return (
            a * oa + b * oc,
            a * ob + b * od,
            c * oa + d * oc,
            c * ob + d * od,
            e * oa + f * oc + oe,
            e * ob + f * od + of,
        )

    def _picture(self, box: Box) -> None:
        if _thin(box):
            self._stroke(box)
        else:
            self.pictures.append(box)

    def _stroke(self, box: Box) -> None:
        self.strokes.append(box)
        self._crowded = self._crowded or len(self.strokes) > MAX_STROKES

    def _path(self, path: int, matrix: Matrix) -> None:
        """A path that is no thin bar: its level and upright sides, or its thin parts, or a background."""
        at = ctypes.addressof(self._mode)
        raw.draw_mode(path, at, at + 4)
        filled, stroked = self._mode
        if not (filled or stroked):
            return
        if raw.segment_count(path) > MAX_STROKES:
            self._crowded = True
        elif stroked:
            for corners, _ in self._outlines(path, self._matrix(path, matrix)):
                for one, other in pairwise(corners):
                    side = _around([one, other])
                    if min(side[2] - side[0], side[3] - side[1]) <= SLANT:
                        self._stroke(side)
        else:
            rectangles = []
            for corners, curved in self._outlines(path, self._matrix(path, matrix)):
                outline = _around(corners)
                if curved or len(corners) > _OUTLINE_CORNERS:
                    continue
                if _thin(outline):
                    self._stroke(outline)
                else:
                    rectangles.append(outline)
            self._rectangles(rectangles)

    def _outlines(self, path: int, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
        """The path's outlines: their corners, and whether they have curves. A curve's end begins a new run."""
        corners: list[Point] = []
        curved = False
        at = ctypes.addressof(self._four)
        for index in range(raw.segment_count(path)):
            piece = raw.segment(path, index)
            raw.segment_point(piece, at, at + 4)
            point = _moved(self._four[0], self._four[1], matrix)
            kind = raw.segment_kind(piece)
            if kind == pdfium.FPDF_SEGMENT_LINETO:
                corners.append(point)
            else:
                if len(corners) > 1:
                    yield corners, curved
                curved = kind == pdfium.FPDF_SEGMENT_BEZIERTO
                corners = [point]
            if raw.segment_closes(piece) and corners and corners[0] != corners[-1]:
                corners.append(corners[0])
        if len(corners) > 1:
            yield corners, curved

    def _rectangles(self, rectangles: list[Box]) -> None:
        """Filled rectangles: one close inside of another is a border drawn as a ring, any other a background."""
        rings: set[Box] = set()
        if len(rectangles) <= MAX_DEPTH:
            for outer in rectangles:
                for inner in rectangles:
                    if inner is not outer and all(abs(a - b) <= RING for a, b in zip(inner, outer, strict=True)):
                        rings.update((inner, outer))
        for box in rectangles:
            if box not in rings:
                self.fills.append(box)
                continue
            left, bottom, right, top = box
            self._stroke((left, bottom, right, bottom))
            self._stroke((left, top, right, top))
            self._stroke((left, bottom, left, top))
            self._stroke((right, bottom, right, top))


def _thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) <= THIN


def _moved(x: float, y: float, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
