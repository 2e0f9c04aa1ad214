"""A ruled table → a grid: every cell's lines recognised, its figures read twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from gongkai.annual.reading.document import Grid, GridCell
from gongkai.annual.reading.files.scan import figures
from gongkai.annual.reading.files.scan.cell import Inside, insides
from gongkai.annual.reading.files.scan.figures import DOUBTFUL, Reading
from gongkai.annual.reading.files.scan.picture import Pixels
from gongkai.annual.reading.files.scan.recognition import Recogniser
from gongkai.annual.reading.files.scan.ruling import Box, Place, Table
from gongkai.annual.reading.files.scan.sheet import Sheet

COVERED = 0.15
"""The part of a figure's ink that may lie under a seal: with more, taking the seal off may have taken ink along."""

FEW = 3
LEGIBLE = 0.7
"""How sure, on the average, few characters must be to be words at all, and not scribbles or a part of a seal."""


def read_table(table: Table, sheet: Sheet, page: int, recogniser: Recogniser) -> Grid | None:
    """The table with every cell's text; None where it holds no text at all (a frame, a drawing)."""
    found = insides(table, sheet)
    readings = _read(found, recogniser)
    if not any(readings):
        return None
    cells = []
    for place, lines, inside in zip(table.cells, readings, found, strict=True):
        reading = together(lines)
        if not reading.text and (inside.smudged or _sealed(sheet.seals, place.box)):
            reading = Reading(DOUBTFUL, ("",))  # blank as far as can be seen
        cells.append(_cell(place, reading, sheet, page))
    return Grid(tuple(cells), sheet.place(page, table.box))


def _read(found: Sequence[Inside], recogniser: Recogniser) -> list[list[Reading]]:
    """For every cell the readings of its lines: words as read first, figures from two readings."""
    flat = [strip for cell in found for strip in cell.strips]
    first = recogniser.read([strip.crop for strip in flat], figures=True)
    again = [i for i, line in enumerate(first) if figures.figure_like(line.text) or figures.holds_figures(line.text)]
    pictures = [figures.second_picture(flat[i].crop, flat[i].ink) for i in again]
    second = dict(zip(again, recogniser.read(pictures, figures=True), strict=True))
    read = []
    for i, line in enumerate(first):
        if len(line.characters) <= FEW and line.score < LEGIBLE and not figures.figure_like(line.text):
            read.append(Reading(DOUBTFUL, (figures.UNREADABLE,)))
        elif i not in second:
            read.append(Reading(tidy(line.text)))
        elif figures.figure_like(line.text):
            reading = figures.agreed(line, second[i], flat[i].ink)
            hidden = flat[i].sealed > COVERED and not reading.doubtful
            read.append(Reading(DOUBTFUL, (reading.text,)) if hidden else reading)
        else:
            read.append(Reading(tidy(figures.marked(line, second[i]))))
    rest = iter(read)
    return [[next(rest) for _ in cell.strips] for cell in found]


def _cell(place: Place, reading: Reading, sheet: Sheet, page: int) -> GridCell:
    return GridCell(
        text=reading.text,
        row=place.row,
        column=place.column,
        rowspan=place.rowspan,
        colspan=place.colspan,
        where=sheet.place(page, place.box),
        doubtful=reading.doubtful,
    )


def _sealed(seals: Pixels, box: Box) -> bool:
    covered = seals[box.top : box.bottom, box.left : box.right]
    return bool(np.count_nonzero(covered) > 0.02 * max(1, covered.size))


def together(lines: Sequence[Reading]) -> Reading:
    """A cell's text from that of its lines. Scribbles beside words are left out. A figure broken over two lines is
    doubtful: it may be two figures, the rule between them worn away."""
    if any(not figures.figure_like(line.text) for line in lines):
        return Reading("".join(line.text for line in lines if line.doubtful != (figures.UNREADABLE,)))
    if len(lines) < 2:
        return lines[0] if lines else Reading("")
    whole = "".join(line.doubtful[0] if line.doubtful else line.text for line in lines)
    return Reading(DOUBTFUL, (figures.UNREADABLE,) if figures.UNREADABLE in whole else (whole,))


def tidy(text: str) -> str:
    """The text without the spaces that stand beside characters of full width."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text).strip()
