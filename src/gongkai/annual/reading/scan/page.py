"""A page's picture → its lines of text and its grids, from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Block, Grid, GridCell
from gongkai.annual.reading.scan import figures, ink, ruling, upright
from gongkai.annual.reading.scan.cell import Strip, strips
from gongkai.annual.reading.scan.figures import Reading
from gongkai.annual.reading.scan.layout import line_blocks
from gongkai.annual.reading.scan.picture import Picture, Pixels
from gongkai.annual.reading.scan.recognition import Recogniser
from gongkai.annual.reading.scan.ruling import Box, Lines, Place, Table

LEGIBLE = 0.75
"""The average sureness over sample lines below which a page is tried the other way up."""


@dataclass(frozen=True)
class Sheet:
    """A page made ready: grey without seals, grey as scanned, ink, ruled lines, where seals were, pixels to the inch."""

    clean: Pixels
    plain: Pixels
    ink: Pixels
    seals: Pixels
    lines: Lines
    dpi: float

    def place(self, page: int, box: Box) -> Where:
        """The box as a place on the page, in points."""
        point = 72 / self.dpi
        return Where(page=page, box=(box.left * point, box.top * point, box.right * point, box.bottom * point))


def blocks(picture: Picture, recogniser: Recogniser) -> list[Block]:
    """The page's lines and grids in reading order."""
    sheet = ready(right_way_up(picture, recogniser), picture.dpi)
    tables = ruling.tables(sheet.lines, sheet.dpi)
    found: list[tuple[float, Block]] = []
    for table in tables:
        grid = read_table(table, sheet, picture.page, recogniser)
        if grid is not None:
            found.append((table.box.top, grid))
    found += line_blocks(sheet.plain, sheet.ink, [table.box for table in tables], sheet.dpi, picture.page, recogniser)
    return [block for _, block in sorted(found, key=lambda item: item[0])]


def ready(pixels: Pixels, dpi: float) -> Sheet:
    """The page straightened, with its ink and its ruled lines found."""
    pixels = upright.turned(pixels, upright.skew(ink.grey(pixels), dpi))
    sheet = _sheet(pixels, dpi)
    outlines, _ = cv2.findContours(
        cv2.dilate(sheet.lines.all, np.ones((3, 3), np.uint8)), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    largest = max(outlines, key=cv2.contourArea, default=None)
    if largest is None or cv2.contourArea(largest) < 4 * dpi * dpi:
        return sheet
    outline = upright.corners(np.asarray(largest, np.int32))
    projection = None if outline is None else upright.flattening(outline)
    return sheet if projection is None else _sheet(upright.flattened(pixels, projection), dpi)


def _sheet(pixels: Pixels, dpi: float) -> Sheet:
    clean, seals = ink.unsealed(pixels, dpi)
    inked = upright.binary(clean, dpi)
    return Sheet(clean, ink.grey(pixels), inked, seals, ruling.lines(inked, dpi), dpi)


def right_way_up(picture: Picture, recogniser: Recogniser) -> Pixels:
    """The page turned by quarters until its text reads; as it is where no way reads better."""
    best, best_score = picture.pixels, -1.0
    for quarters in (0, 2, 1, 3):
        pixels = np.ascontiguousarray(np.rot90(picture.pixels, quarters))
        score = legibility(ink.grey(pixels), picture.dpi, recogniser)
        if score is None and quarters == 0:
            continue
        if score is not None and score > best_score + 0.05:
            best, best_score = pixels, score
        if best_score >= LEGIBLE:
            break
    return best


def legibility(grey: Pixels, dpi: float, recogniser: Recogniser) -> float | None:
    """How well the page's longest lines read as they stand, 0 to 1; None where there is hardly a line."""
    inked = upright.binary(grey, dpi)
    rules = ruling.lines(inked, dpi).all
    text = np.where(cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0, 0, inked).astype(np.uint8)
    together = cv2.morphologyEx(text, cv2.MORPH_CLOSE, np.ones((1, int(0.12 * dpi)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(together, np.uint8), connectivity=8)
    strips_ = [
        (x, y, wide, high)
        for x, y, wide, high, _ in stats[1:].tolist()
        if 0.07 * dpi < high < 0.45 * dpi and wide > 5 * high
    ]
    longest = sorted(strips_, key=lambda strip: -strip[2])[:6]
    if len(longest) < 2:
        return None
    margin = max(2, int(0.02 * dpi))
    crops = [
        grey[max(0, y - margin) : y + high + margin, max(0, x - margin) : x + min(wide, 12 * high) + margin]
        for x, y, wide, high in longest
    ]
    read = recogniser.read(crops)
    return float(np.median([line.score if len(line.characters) > 2 else 0.0 for line in read]))


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────────────


def read_table(table: Table, sheet: Sheet, page: int, recogniser: Recogniser) -> Grid | None:
    """The table with every cell's text; None where it holds no text at all (a frame, a drawing)."""
    pieces = strips(table, sheet.clean, sheet.ink, sheet.lines.all, sheet.dpi)
    flat = [(index, strip) for index, cell in enumerate(pieces) for strip in cell]
    first = recogniser.read([strip.crop for _, strip in flat], figures=True)
    texts = [reading.text for reading in first]
    again = [
        number
        for number, text in enumerate(texts)
        if figures.figure_like(text) or figures.holds_figures(text)
    ]  # fmt: skip
    second = dict(
        zip(
            again,
            recogniser.read([figures.second_picture(flat[n][1].crop, flat[n][1].ink) for n in again], figures=True),
            strict=True,
        )
    )
    readings: list[list[Reading]] = [[] for _ in pieces]
    for number, (index, strip) in enumerate(flat):
        one = first[number]
        other = second.get(number)
        if other is None:
            reading = Reading(tidy(one.text))
        elif figures.figure_like(one.text):
            reading = figures.agreed(one, other, strip.ink)
        elif figures.same_figures(one.text, other.text):
            reading = Reading(tidy(one.text))
        else:
            reading = Reading("", (tidy(one.text), tidy(other.text)))
        readings[index].append(reading)
    if not any(reading.text or reading.doubtful for cell in readings for reading in cell):
        return None
    cells = tuple(
        _cell(place, together(lines, strips_), sheet, page)
        for place, lines, strips_ in zip(table.cells, readings, pieces, strict=True)
    )
    return Grid(cells, sheet.place(page, table.box))


def _cell(place: Place, reading: Reading, sheet: Sheet, page: int) -> GridCell:
    box = place.box
    if not reading.text and not reading.doubtful and _sealed(sheet.seals, box):
        reading = Reading("", ("",))  # blank as far as can be seen under the seal
    return GridCell(
        text=reading.text,
        row=place.row,
        column=place.column,
        rowspan=place.rowspan,
        colspan=place.colspan,
        where=sheet.place(page, box),
        doubtful=reading.doubtful,
    )


def _sealed(seals: Pixels, box: Box) -> bool:
    covered = seals[box.top : box.bottom, box.left : box.right]
    return bool(covered.size) and np.count_nonzero(covered) > 0.02 * covered.size


def together(lines: Sequence[Reading], strips_: Sequence[Strip]) -> Reading:
    """A cell's text from that of its lines. A figure broken over two lines is doubtful: it may be two figures, the line
    between them worn away."""
    if len(lines) == 1:
        return lines[0]
    if any(line.doubtful for line in lines):
        alternatives = [line.doubtful[0] if line.doubtful else line.text for line in lines]
        whole = "".join(alternatives)
        return Reading("", (whole if figures.UNREADABLE not in whole else figures.UNREADABLE,))
    whole = "".join(line.text for line in lines)
    if len(lines) > 1 and all(re.fullmatch(r"[\d.,+-]+", line.text) for line in lines):
        return Reading("", (whole,))
    return Reading(whole)


def tidy(text: str) -> str:
    """The text without the spaces that stand beside characters of full width."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text).strip()
