"""What is drawn on a page of a PDF: rules, filled rectangles, pictures, and which of its text is invisible.

A rule may be a stroked line, a thin filled bar, a side of a stroked rectangle, a border filled as a ring, a row of
dots, or a picture one point high, on the page itself or inside of form XObjects. Here each becomes a thin box.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import chain, repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from gongkai.annual.reading.files.pdf import raw

Floats = NDArray[np.float64]

MAX_OBJECTS = 100_000
"""Drawn objects on one page, with those inside of form XObjects. A ruled page has some hundred; one that draws each
letter for itself some thousand."""
MAX_STROKES = 40_000
"""Corners of what is drawn on one page: a table with every side of every cell drawn for itself has eight per cell. A
page with more is a drawing (a map, a chart) and is read without its rules."""
MAX_DEPTH = 12
"""Form XObjects inside of one another. Office programs nest one or two."""
THIN = 4.0
"""Points: a bar up to this thick is a rule. Office programs draw borders of 0.25–3 pt; the lowest row of a table that
holds text is 6 pt high."""
RING = 4.0
"""Points: how far inside of a filled rectangle a second one may stand for the two to be a border drawn as a ring."""
SLANT = 1.0
"""Points: how far a side may lean over its length and still be level or upright (rounding of coordinates)."""
CORNERS = 6
"""Corners of a filled outline that may be a bar or a rectangle: four, the first again, and one to spare."""

_NO_TEXT = pdfium.FPDF_TEXTRENDERMODE_UNKNOWN
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_CLIP = pdfium.FPDF_TEXTRENDERMODE_CLIP
_NONE = np.empty((0, 4))


class TooMuch(Exception):
    """A page holds more than any page that a person reads."""


class Drawing:
    """The drawn things of a page (PDFium's address of it). Raises TooMuch.

    ``strokes`` are thin boxes, ``fills`` filled rectangles that are no rules, ``pictures`` the places of pictures, all
    as rows of left, bottom, right, top in the file's space; ``invisible`` the addresses of text objects that are not
    shown, ``count`` how many objects there are. Of a page that is a drawing, strokes and fills are left out.
    """

    def __init__(self, page: int) -> None:
        self.invisible: set[int] = set()
        self.count = 0
        self._corners = 0
        self._strokes: list[Floats] = []
        self._fills: list[Floats] = []
        self._pictures: list[Floats] = []
        self._walk(raw.page_object, page, raw.object_count(page), None, 0)
        crowded = self._corners > MAX_STROKES
        self.strokes = np.concatenate(self._strokes) if self._strokes and not crowded else _NONE
        self.fills = np.concatenate(self._fills) if self._fills and not crowded else _NONE
        self.pictures = np.concatenate(self._pictures) if self._pictures else _NONE

    def _walk(self, get: Callable[..., Any], holder: int, count: int, outer: Floats | None, depth: int) -> None:
        """Takes the objects of the page or of a form; ``outer`` is the matrix of the forms they are inside of."""
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
        paths, pictures, forms = (
            [thing for thing, kind in zip(others, kinds, strict=True) if kind == wanted]
            for wanted in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
        )
        if paths:
            self._corners += 2 * len(paths)
            boxes = _bounds(paths, outer)
            thin = _thin(boxes)
            self._strokes.append(boxes[thin])
            self._shapes([paths[i] for i in np.flatnonzero(~thin).tolist()], outer)
        if pictures:
            boxes = _bounds(pictures, outer)
            thin = _thin(boxes)
            self._strokes.append(boxes[thin])
            self._pictures.append(boxes[~thin])
        for form, matrix in zip(forms, _matrices(forms), strict=True):
            if depth < MAX_DEPTH:
                inner = matrix if outer is None else _joined(matrix, outer)
                self._walk(raw.form_object, form, raw.form_count(form), inner, depth + 1)

    def _shapes(self, paths: list[int], outer: Floats | None) -> None:
        """Paths that are no thin bars: their level and upright sides if stroked, else their bars and rectangles."""
        counts = list(map(raw.segment_count, paths))
        total = sum(counts)
        self._corners += total
        if not total or self._corners > MAX_STROKES:
            return
        modes = np.empty((len(paths), 2), np.int32)
        at = modes.ctypes.data
        deque(map(raw.draw_mode, paths, range(at, at + 8 * len(paths), 8), range(at + 4, at + 8 * len(paths), 8)), 0)
        filled, stroked = (modes != 0).T
        owner = np.repeat(np.arange(len(paths)), counts)
        segments = list(map(raw.segment, chain.from_iterable(map(repeat, paths, counts)), chain(*map(range, counts))))
        points = np.empty((total, 2), np.float32)
        at = points.ctypes.data
        deque(map(raw.segment_point, segments, range(at, at + 8 * total, 8), range(at + 4, at + 8 * total, 8)), 0)
        x, y = _moved(points[:, 0], points[:, 1], _matrices(paths)[owner].T)
        if outer is not None:
            x, y = _moved(x, y, outer)

        kinds = _kinds(segments, np.array(counts), x, y)
        starts = np.flatnonzero(kinds == pdfium.FPDF_SEGMENT_MOVETO)
        if not len(starts) or starts[0]:
            return  # no path begins with a line
        ends = np.append(starts[1:], total) - 1
        closed = np.array(list(map(raw.segment_closes, [segments[end] for end in ends.tolist()])), bool)
        to = np.concatenate((np.flatnonzero(kinds == pdfium.FPDF_SEGMENT_LINETO), starts[closed]))
        since = np.concatenate((to[: len(to) - closed.sum()] - 1, ends[closed]))
        sides = np.array(
            (
                np.minimum(x[since], x[to]),
                np.minimum(y[since], y[to]),
                np.maximum(x[since], x[to]),
                np.maximum(y[since], y[to]),
            )
        ).T
        straight = np.minimum(sides[:, 2] - sides[:, 0], sides[:, 3] - sides[:, 1]) <= SLANT
        self._strokes.append(sides[stroked[owner[to]] & straight])

        curved = np.add.reduceat(kinds == pdfium.FPDF_SEGMENT_BEZIERTO, starts, dtype=np.int64) > 0
        plain = ~curved & (ends - starts < CORNERS) & (filled & ~stroked)[owner[starts]]
        if plain.any():
            around = np.array(
                (
                    np.minimum.reduceat(x, starts),
                    np.minimum.reduceat(y, starts),
                    np.maximum.reduceat(x, starts),
                    np.maximum.reduceat(y, starts),
                )
            ).T[plain]
            thin = _thin(around)
            self._strokes.append(around[thin])
            self._rectangles(around[~thin], owner[starts][plain][~thin])

    def _rectangles(self, rectangles: Floats, owner: NDArray[np.int64]) -> None:
        """Filled rectangles: one close inside of another of its path is a border drawn as a ring, any other a
        background."""
        ring = np.zeros(len(rectangles), bool)
        beside = (owner[1:] == owner[:-1]) & (np.abs(rectangles[1:] - rectangles[:-1]) <= RING).all(axis=1)
        ring[1:] |= beside
        ring[:-1] |= beside
        self._fills.append(rectangles[~ring])
        for low, high in ((1, 1), (3, 3)):
            self._strokes.append(rectangles[ring][:, (0, low, 2, high)])
        for near, far in ((0, 0), (2, 2)):
            self._strokes.append(rectangles[ring][:, (near, 1, far, 3)])


def _kinds(segments: list[int], counts: NDArray[np.int64], x: Floats, y: Floats) -> NDArray[np.int64]:
    """Whether each corner is moved to, drawn to, or curved to. Most paths are rectangles, told by their corners."""
    kinds = np.full(len(segments), pdfium.FPDF_SEGMENT_LINETO)
    first = counts.cumsum() - counts
    kinds[first[counts > 0]] = pdfium.FPDF_SEGMENT_MOVETO
    corners = first[counts == 5][:, None] + np.arange(5)
    level, upright = np.diff(y[corners]) == 0, np.diff(x[corners]) == 0
    turns = (level[:, :-1] & upright[:, 1:]) | (upright[:, :-1] & level[:, 1:])
    unknown = np.ones(len(segments), bool)
    unknown[corners[turns.all(axis=1)]] = False
    asked = np.flatnonzero(unknown).tolist()
    kinds[asked] = list(map(raw.segment_kind, [segments[i] for i in asked]))
    return kinds


def _thin(boxes: Floats) -> NDArray[np.bool_]:
    return np.asarray(np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= THIN)


def _bounds(things: list[int], outer: Floats | None) -> Floats:
    """Where objects stand, whatever forms they are inside of."""
    found = np.empty((len(things), 4), np.float32)
    first = found.ctypes.data
    deque(map(raw.bounds, things, *(range(first + 4 * side, first + found.nbytes, 16) for side in range(4))), 0)
    if outer is None:
        return found.astype(np.float64)
    x, y = _moved(found[:, (0, 0, 2, 2)], found[:, (1, 3, 1, 3)], outer)
    return np.array((x.min(axis=1), y.min(axis=1), x.max(axis=1), y.max(axis=1))).T


def _matrices(things: list[int]) -> Floats:
    """The objects' own matrices, a row for each."""
    found = np.empty((len(things), 6), np.float32)
    first = found.ctypes.data
    deque(map(raw.matrix, things, range(first, first + found.nbytes, 24)), 0)
    return found.astype(np.float64)


def _moved(x: NDArray[Any], y: NDArray[Any], matrix: Floats) -> tuple[Floats, Floats]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _joined(inner: Floats, outer: Floats) -> Floats:
    """The matrix that does what ``inner`` does and then what ``outer`` does."""
    a, b, c, d, e, f = inner
    x, y = _moved(np.array((a, c)), np.array((b, d)), np.array((*outer[:4], 0, 0)))
    (u,), (v,) = _moved(np.array((e,)), np.array((f,)), outer)
    return np.array((x[0], y[0], x[1], y[1], u, v))
