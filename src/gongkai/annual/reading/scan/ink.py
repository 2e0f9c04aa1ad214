"""What is ink and what is not: coloured seals taken off, ruled lines taken out, specks left aside."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from gongkai.annual.reading.scan.picture import Pixels
from gongkai.annual.reading.scan.ruling import Box

SPECK = 0.018
"""Inches: what is smaller across and down is dust."""

SEAL = (1.0, 0.25)
"""Inches, the longer side and the shorter: coloured ink as large as this is a seal (or half of one), not print."""

COLOURED = 70
"""How far the strongest and the weakest of red, green and blue are apart in coloured ink."""


def grey(pixels: Pixels) -> Pixels:
    """The page without its colours."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def unsealed(pixels: Pixels, dpi: float) -> tuple[Pixels, Pixels]:
    """The grey page with coloured seals taken off, and where they were taken off (255).

    Black print under a seal stays: where inks lie over each other the pixel is dark. Coloured print stays too: only what
    is as large as a seal, or part of one, is taken for one.
    """
    plain = grey(pixels)
    red, green, blue = cv2.split(pixels)
    strongest, weakest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    coloured = ((cv2.subtract(strongest, weakest) > COLOURED) & (strongest > 90)).astype(np.uint8) * 255
    taken = np.zeros_like(plain)
    if np.count_nonzero(coloured) > 100:
        fringed = np.asarray(cv2.dilate(coloured, np.ones((3, 3), np.uint8)), np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(fringed, connectivity=8)
        for x, y, wide, high, _ in stats[1:].tolist():
            if max(wide, high) >= SEAL[0] * dpi and min(wide, high) >= SEAL[1] * dpi:
                taken[y : y + high, x : x + wide] = fringed[y : y + high, x : x + wide]
    if not taken.any():
        return plain, taken
    taken = np.where((taken > 0) & (plain > 60), 255, 0).astype(np.uint8)
    small = cv2.resize(plain, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(cv2.dilate(small, np.ones((3, 3), np.uint8)), 21), plain.shape[::-1])
    return np.where(taken > 0, paper, plain).astype(np.uint8), taken


@dataclass(frozen=True)
class Run:
    """A stretch of ink: from, to (outside)."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Pixels."""
        return self.end - self.start


def runs(profile: np.ndarray[tuple[int], np.dtype[np.bool_]], bridge: int = 0) -> list[Run]:
    """The stretches of True in the profile, gaps of at most ``bridge`` counted as ink."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], profile.astype(np.int8), [0]))))
    found: list[Run] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if found and start - found[-1].end <= bridge:
            found[-1] = Run(found[-1].start, end)
        else:
            found.append(Run(start, end))
    return found


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
