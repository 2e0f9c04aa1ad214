"""A page made ready for reading: straightened, its seals taken off, its ink and its ruled lines found."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from gongkai.annual.finding import Where
from gongkai.annual.reading.files.scan import ink, ruling, upright
from gongkai.annual.reading.files.scan.picture import Picture, Pixels
from gongkai.annual.reading.files.scan.recognition import Recogniser
from gongkai.annual.reading.files.scan.ruling import Box, Lines

LEGIBLE = 0.75
"""The average sureness over sample lines below which a page is tried the other way up."""


@dataclass(frozen=True)
class Sheet:
    """A page made ready: grey without seals, grey with them, ink, ruled lines, where seals were, pixels to the inch."""

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
    clean = ink.levelled(clean)
    inked = ink.binary(clean, dpi)
    return Sheet(clean, ink.levelled(ink.grey(pixels)), inked, seals, ruling.lines(inked, dpi), dpi)


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
    grey = ink.levelled(grey)
    inked = ink.binary(grey, dpi)
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
