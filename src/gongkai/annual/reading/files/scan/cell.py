"""A cell's ink → the pictures of its lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from gongkai.annual.reading.files.scan.ink import Run, columns, inside, reach, rows, runs
from gongkai.annual.reading.files.scan.picture import Pixels
from gongkai.annual.reading.files.scan.ruling import Box, Table
from gongkai.annual.reading.files.scan.sheet import Sheet

CHARACTER = 0.146
"""Inches: a character of 10.5 points, where the table itself does not tell."""


SMALLEST = 0.35
"""The size of the largest piece of ink in a line, as a part of a character's height, from which on it may be text."""

SMUDGE = 0.05
"""Ink that is no text, as a part of a character's square, from which on a cell is not sure to be blank."""


@dataclass(frozen=True)
class Strip:
    """A line of text in a cell: its grey picture, its ink alone in the same frame, the part that a seal covered."""

    crop: Pixels
    ink: Pixels
    sealed: float = 0.0


@dataclass(frozen=True)
class Inside:
    """What stands in a cell: its lines of text from top to bottom, and whether there is ink too small for text."""

    strips: tuple[Strip, ...]
    smudged: bool


def insides(table: Table, sheet: Sheet) -> list[Inside]:
    """What stands in every cell of the table."""
    dpi = sheet.dpi
    inked = [inside(sheet.ink, sheet.lines.all, place.box, dpi) for place in table.cells]
    stretches = [runs(rows(cell)) for cell in inked]
    size = character_size(inked, stretches, dpi)
    found = []
    for place, cell, stretch in zip(table.cells, inked, stretches, strict=True):
        text = [run for run in merged(stretch, size) if _is_text(cell, run, size)]
        rest = np.count_nonzero(cell) - sum(np.count_nonzero(cell[run.start : run.end]) for run in text)
        strips = tuple(_strip(sheet, cell, place.box, run, size) for run in text)
        found.append(Inside(strips, bool(rest > SMUDGE * size * size)))
    return found


def character_size(inked: Sequence[Pixels], stretches: Sequence[Sequence[Run]], dpi: float) -> float:
    """How high the table's characters are: the median of its lines that are clearly wider than high."""
    heights = []
    for cell, stretch in zip(inked, stretches, strict=True):
        for run in stretch:
            across = reach(columns(cell[run.start : run.end])).length
            if 0.05 * dpi < run.length < 0.35 * dpi and across > 2.5 * run.length:
                heights.append(run.length)
    return float(np.median(heights)) if len(heights) > 2 else CHARACTER * dpi


def merged(stretch: Sequence[Run], size: float) -> list[Run]:
    """The lines among stretches of ink: the strokes of 三, 二 or 公 are put together if they make one character."""
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


def _is_text(cell: Pixels, run: Run, size: float) -> bool:
    """Whether a stretch may be text: it has a piece as high as half a digit, or as wide as a dash."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(cell[run.start : run.end]), connectivity=8)
    return bool(stats[1:, 2:4].max(initial=0) >= SMALLEST * size)


def _strip(sheet: Sheet, cell: Pixels, box: Box, run: Run, size: float) -> Strip:
    across = reach(columns(cell[run.start : run.end]))
    high, wide = cell.shape
    margin = max(3, round(0.2 * size))
    top, bottom = max(2, run.start - margin), min(high - 2, run.end + margin)
    left, right = max(2, across.start - margin), min(wide - 2, across.end + margin)
    frame = np.s_[box.top + top : box.top + bottom, box.left + left : box.left + right]
    own = np.zeros_like(cell)
    own[run.start : run.end] = cell[run.start : run.end]
    seen = np.ascontiguousarray(own[top:bottom, left:right])
    covered = int(np.count_nonzero(sheet.seals[frame][seen > 0])) / max(1, int(np.count_nonzero(seen)))
    return Strip(np.ascontiguousarray(sheet.clean[frame]), seen, covered)
