"""A cell's ink → the pictures of its lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gongkai.annual.reading.scan.ink import Run, inside, runs
from gongkai.annual.reading.scan.picture import Pixels
from gongkai.annual.reading.scan.ruling import Box, Table

CHARACTER = 0.146
"""Inches: a character of 10.5 points, where the table itself does not tell."""


@dataclass(frozen=True)
class Strip:
    """A line of text in a cell: its grey picture, and the ink alone in the same frame."""

    crop: Pixels
    ink: Pixels


def strips(table: Table, grey: Pixels, ink: Pixels, lines: Pixels, dpi: float) -> list[list[Strip]]:
    """For every cell of the table the pictures of its lines from top to bottom; none for a cell without ink."""
    inked = [inside(ink, lines, place.box, dpi) for place in table.cells]
    stretches = [runs(cell.any(axis=1)) for cell in inked]
    size = character_size(inked, stretches, dpi)
    return [
        [_strip(grey, cell, place.box, run, size) for run in merged(stretch, size) if _matters(cell, run, size)]
        for place, cell, stretch in zip(table.cells, inked, stretches, strict=True)
    ]


def character_size(inked: Sequence[Pixels], stretches: Sequence[Sequence[Run]], dpi: float) -> float:
    """How high the table's characters are: the middle one of its lines that are clearly wider than high."""
    heights = []
    for cell, stretch in zip(inked, stretches, strict=True):
        for run in stretch:
            columns = np.flatnonzero(cell[run.start : run.end].any(axis=0))
            if 0.05 * dpi < run.length < 0.35 * dpi and columns[-1] - columns[0] > 2.5 * run.length:
                heights.append(run.length)
    return float(np.median(heights)) if len(heights) > 2 else CHARACTER * dpi


def merged(stretch: Sequence[Run], size: float) -> list[Run]:
    """The lines among stretches of ink: the strokes of 三, 二 or 公 are put together while they fit into a character."""
    found: list[Run] = []
    for run in stretch:
        if found:
            last = found[-1]
            low = min(last.length, run.length) < 0.6 * size
            if low and run.end - last.start <= 1.2 * size and run.start - last.end < 0.4 * size:
                found[-1] = Run(last.start, run.end)
                continue
        found.append(run)
    return found


def _matters(cell: Pixels, run: Run, size: float) -> bool:
    """Whether a stretch may be text: as high as half a digit, or as wide as a dash."""
    columns = np.flatnonzero(cell[run.start : run.end].any(axis=0))
    return run.length >= 0.35 * size or int(columns[-1] - columns[0]) + 1 >= 0.3 * size


def _strip(grey: Pixels, cell: Pixels, box: Box, run: Run, size: float) -> Strip:
    columns = np.flatnonzero(cell[run.start : run.end].any(axis=0))
    high, wide = cell.shape
    margin = max(3, round(0.2 * size))
    top, bottom = max(2, run.start - margin), min(high - 2, run.end + margin)
    left, right = max(2, int(columns[0]) - margin), min(wide - 2, int(columns[-1]) + 1 + margin)
    crop = grey[box.top + top : box.top + bottom, box.left + left : box.left + right]
    own = np.zeros_like(cell)
    own[run.start : run.end] = cell[run.start : run.end]
    return Strip(np.ascontiguousarray(crop), np.ascontiguousarray(own[top:bottom, left:right]))
