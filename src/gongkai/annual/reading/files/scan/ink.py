"""What is ink and what is not: coloured seals taken off, ruled lines taken out, specks left aside."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading.files.scan.picture import Pixels
from gongkai.annual.reading.files.scan.ruling import Box

SPECK = 0.018
"""Inches: what is smaller across and down is dust."""

DARKEST_PAPER = 50
"""What is darker over a wide area is not paper in the shade but no paper."""

FAINTEST_INK = 120
"""The faintest print that is brought to black. Fainter print is made only as much darker, or its grain would be ink."""

LEAST_CONTRAST = 12
"""How much darker than what is around it ink is at least, of 255; on grainy paper so many times its grain."""

GRAINS = 4.0

SEAL = (1.0, 0.25)
"""Inches, the longer side and the shorter: coloured ink as large as this is a seal (or half of one), not print."""

FRINGE = 9
"""Pixels: how wide around coloured ink the paper is tinged by it, in a small JPEG too."""

EDGE = 0.68
"""How bright the strongest channel may still be at a seal's edge, as a part of the seal's own brightness."""

CROSSED = 0.045
"""Inches: how thick a black line may be that crosses a seal without cutting it in two."""

COLOURED = 70
"""How far the strongest and the weakest of red, green and blue are apart in coloured ink."""


def grey(pixels: Pixels) -> Pixels:
    """The page without its colours."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def levelled(grey: Pixels) -> Pixels:
    """The grey page under even light, faint print brought towards black: paper white wherever the lamp stood."""
    even = cv2.divide(grey, np.maximum(_paper(grey), DARKEST_PAPER), scale=255)
    darkest = min(FAINTEST_INK, float(np.percentile(even[::4, ::4], 0.5)))
    strength = 255 / (255 - darkest)
    return np.asarray(
        cv2.convertScaleAbs(np.maximum(even, int(darkest)), alpha=strength, beta=-darkest * strength), np.uint8
    )


def _paper(grey: Pixels) -> Pixels:
    """The paper behind the ink: the page at an eighth of its size, where text has melted away."""
    small = cv2.dilate(
        cv2.resize(grey, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA), np.ones((3, 3), np.uint8)
    )
    wide, high = grey.shape[1], grey.shape[0]
    return np.asarray(cv2.resize(cv2.medianBlur(small, 21), (wide, high)), np.uint8)


def binary(grey: Pixels, dpi: float) -> Pixels:
    """Ink (255) and paper (0), judged against the light around each pixel, so that neither shade nor grain is ink."""
    around = max(15, int(dpi * 0.16)) | 1
    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    grain = 1.5 * float(np.median(cv2.absdiff(soft, cv2.GaussianBlur(soft, (7, 7), 0))[::3, ::3]))
    below = max(LEAST_CONTRAST, GRAINS * grain)
    return np.asarray(
        cv2.adaptiveThreshold(soft, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, below), np.uint8
    )


def unsealed(pixels: Pixels, dpi: float) -> tuple[Pixels, Pixels]:
    """The grey page with coloured seals taken off, and where they were taken off (255).

    Black print under a seal stays. Coloured print stays too: only what is as large as a seal, or part of one, is taken
    for one.
    """
    plain = grey(pixels)
    red, green, blue = cv2.split(pixels)
    strongest, weakest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    coloured = ((cv2.subtract(strongest, weakest) > COLOURED) & (strongest > 90)).astype(np.uint8) * 255
    taken = np.zeros_like(plain)
    if np.count_nonzero(coloured) > 100:
        fringed = np.asarray(cv2.dilate(coloured, np.ones((3, 3), np.uint8)), np.uint8)
        bridge = round(CROSSED * dpi)
        whole = cv2.morphologyEx(fringed, cv2.MORPH_CLOSE, np.ones((bridge, bridge), np.uint8))
        _, labels, stats, middles = cv2.connectedComponentsWithStats(whole, connectivity=8)
        wide, high = stats[:, 2], stats[:, 3]
        large = (np.maximum(wide, high) >= SEAL[0] * dpi) & (np.minimum(wide, high) >= SEAL[1] * dpi)
        large[0] = False
        for x, y, wide, high, _ in stats[large].tolist():  # and what stands inside: the star, the name
            across, down = middles[:, 0], middles[:, 1]
            large |= (across > x) & (across < x + wide) & (down > y) & (down < y + high)
        large[0] = False
        sealed = np.where(large[labels], fringed, 0).astype(np.uint8)
        taken = np.asarray(cv2.dilate(sealed, np.ones((FRINGE, FRINGE), np.uint8)), np.uint8)
    if not taken.any():
        return plain, taken
    # A seal's own colour is as bright as paper in its strongest channel; print under it is dark in every channel.
    own = max(1.0, float(np.median(strongest[(taken > 0) & (coloured > 0)])))
    # At its edge a JPEG has mixed the colours: what is not far darker there is still the seal.
    bright = np.asarray(cv2.convertScaleAbs(strongest, alpha=255 / (own * EDGE)), np.uint8)
    paper = _paper(np.where(taken > 0, bright, plain).astype(np.uint8))
    through = cv2.multiply(bright, paper, scale=1 / 255)
    return np.where(taken > 0, through, plain).astype(np.uint8), taken


@dataclass(frozen=True)
class Run:
    """A stretch of ink: from, to (outside)."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Pixels."""
        return self.end - self.start


def rows(ink: Pixels) -> NDArray[np.bool_]:
    """For every row of pixels whether there is ink in it."""
    return np.asarray(np.any(ink, axis=1), np.bool_)


def columns(ink: Pixels) -> NDArray[np.bool_]:
    """For every column of pixels whether there is ink in it."""
    return np.asarray(np.any(ink, axis=0), np.bool_)


def runs(inked: NDArray[np.bool_]) -> list[Run]:
    """The stretches of ink in the rows or columns."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    return [Run(start, end) for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)]


def reach(inked: NDArray[np.bool_]) -> Run:
    """From the first ink to the last; empty where there is none."""
    places = np.flatnonzero(inked)
    return Run(int(places[0]), int(places[-1]) + 1) if len(places) else Run(0, 0)


def inside(ink: Pixels, lines: Pixels, box: Box, dpi: float) -> Pixels:
    """The ink between the lines around a cell (255), without the lines themselves, what clings to them, and specks.

    ``lines`` is the mask of ruled lines; the result has the size of the box.
    """
    window = np.s_[box.top : box.bottom, box.left : box.right]
    rule = cv2.dilate(lines[window], np.ones((3, 3), np.uint8))
    left = np.where(rule > 0, 0, ink[window]).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(left, connectivity=8)
    speck, margin = SPECK * dpi, max(3, round(0.02 * dpi))
    high, wide = left.shape
    keep = np.zeros(count, bool)
    for label in range(1, count):
        x, y, w, h, _ = (int(value) for value in stats[label])
        at_edge = x + w <= margin or y + h <= margin or x >= wide - margin or y >= high - margin
        keep[label] = not at_edge and (w >= speck or h >= speck)
    return np.where(keep[labels], 255, 0).astype(np.uint8)
