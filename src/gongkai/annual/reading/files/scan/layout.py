"""Text outside of tables: lines found, recognised, put together as they stand side by side, page numbers left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Line
from gongkai.annual.reading.files.scan import figures
from gongkai.annual.reading.files.scan.figures import DOUBTFUL
from gongkai.annual.reading.files.scan.ink import rows as rows_inked
from gongkai.annual.reading.files.scan.ink import runs
from gongkai.annual.reading.files.scan.picture import Pixels
from gongkai.annual.reading.files.scan.recognition import Recognised, Recogniser
from gongkai.annual.reading.files.scan.ruling import Box

SEARCHED_DPI = 110
"""The resolution at which lines of text are searched for: enough for 8 points, and fast."""

TEXT_BESIDE = 0.25
"""The part of a table's height that has ink at its side from which on there is text beside it, not dust."""

LEGIBLE = 0.5
LARGEST_BAND = 1.6
"""How much higher than wide a stretch of page may be that is searched at once."""

_PAGE_NUMBER = re.compile(r"[-—–－―一·•.~\s]*(第\s*)?\d{1,3}(\s*页)?([,，/]?\s*共?\s*\d{0,3}\s*页?)[-—–－―一·•.~\s]*")


@dataclass(frozen=True)
class Piece:
    """A stretch of text as found: its box in pixels, and its words with their edges."""

    box: Box
    words: tuple[tuple[float, float, str], ...]


def line_blocks(
    grey: Pixels, ink: Pixels, tables: Sequence[Box], dpi: float, page: int, recogniser: Recogniser
) -> list[tuple[float, Line]]:
    """The lines of the page outside of those tables, each with its height on the page."""
    pieces = []
    for band in bands(grey.shape[0], grey.shape[1], tables, ink, dpi):
        pieces += _pieces(grey, band, tables, dpi, recogniser)
    point = 72 / dpi
    found = []
    for row in rows(pieces):
        box = Box(
            min(p.box.left for p in row), min(p.box.top for p in row),
            max(p.box.right for p in row), max(p.box.bottom for p in row),
        )  # fmt: skip
        words = tuple((left * point, right * point, text) for piece in row for left, right, text in piece.words)
        text = joined(words)
        if not text or is_page_number(text, box, grey.shape[0]):
            continue
        where = Where(page=page, box=(box.left * point, box.top * point, box.right * point, box.bottom * point))
        found.append((float(box.top), Line(text, where, words)))
    return found


def bands(high: int, wide: int, tables: Sequence[Box], ink: Pixels, dpi: float) -> list[Box]:
    """The stretches of the page to search: those not filled by a table from side to side, cut where too high."""
    margin = int(0.02 * dpi)
    taken = np.zeros(high, np.bool_)
    for table in tables:
        beside = ink[table.top : table.bottom, : max(0, table.left - margin)]
        after = ink[table.top : table.bottom, table.right + margin :]
        if max(rows_inked(beside).mean(), rows_inked(after).mean()) < TEXT_BESIDE:
            taken[max(0, table.top - margin) : table.bottom + margin] = True
    inked = rows_inked(ink)
    found = []
    for free in runs(~taken):
        start, end = free.start, free.end
        while end - start > 0.06 * dpi:
            stop = end
            if end - start > LARGEST_BAND * wide:
                stop = start + int(LARGEST_BAND * wide)
                empty = np.flatnonzero(~inked[start + wide // 2 : stop])
                stop = start + wide // 2 + int(empty[-1]) if len(empty) else stop
            if inked[start:stop].any():
                found.append(Box(0, start, wide, stop))
            start = stop
    return found


def _pieces(grey: Pixels, band: Box, tables: Sequence[Box], dpi: float, recogniser: Recogniser) -> list[Piece]:
    margin = int(0.1 * dpi)
    window = cv2.copyMakeBorder(
        grey[band.top : band.bottom], margin, margin, 0, 0, cv2.BORDER_REPLICATE
    )  # lines at the very edge of the stretch are found too
    quads = recogniser.lines(np.asarray(window, np.uint8), min(1.0, SEARCHED_DPI / dpi))
    found = []
    for quad in quads:
        quad[:, 1] += band.top - margin
        box = Box(*(int(v) for v in (*quad.min(axis=0), *quad.max(axis=0))))
        middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        if any(t.left < middle[0] < t.right and t.top < middle[1] < t.bottom for t in tables):
            continue
        found.append((box, _cut(grey, quad)))
    first = recogniser.read([crop for _, crop in found])
    again = [i for i, reading in enumerate(first) if re.search(r"[0-9０-９]", reading.text)]
    second = dict(zip(again, recogniser.read([_second(found[i][1]) for i in again]), strict=True))
    pieces = []
    for i, ((box, _), reading) in enumerate(zip(found, first, strict=True)):
        if reading.text.strip() and reading.score >= LEGIBLE:
            pieces.append(Piece(box, words(reading, second.get(i), box)))
    return pieces


def _cut(grey: Pixels, quad: NDArray[np.float32]) -> Pixels:
    """The line within those corners, laid straight."""
    wide = max(8, round(float(np.hypot(*(quad[1] - quad[0])))))
    high = max(8, round(float(np.hypot(*(quad[3] - quad[0])))))
    straight = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    turn = cv2.getPerspectiveTransform(quad, straight)
    return np.asarray(
        cv2.warpPerspective(grey, turn, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _second(crop: Pixels) -> Pixels:
    """The same line a little larger in its frame and stronger in contrast, for a second reading."""
    high = crop.shape[0]
    trimmed = crop[max(0, int(0.06 * high)) : high - int(0.06 * high)]
    strong = cv2.normalize(trimmed, None, 0, 255, cv2.NORM_MINMAX)  # type: ignore[call-overload]
    return np.asarray(cv2.copyMakeBorder(strong, 0, 0, high // 4, high // 4, cv2.BORDER_REPLICATE), np.uint8)


def words(first: Recognised, second: Recognised | None, box: Box) -> tuple[tuple[float, float, str], ...]:
    """A line's words with their edges in pixels: cut at spaces, numbers in doubt replaced by 〓."""
    doubtful = figures.unsure_numbers(first, second)
    if " " not in first.text.strip():
        return ((float(box.left), float(box.right), figures.marked(first, second).strip()),)
    found = []
    advance = box.width / max(1, len(first.text))
    for match in re.finditer(r"\S+", first.text):
        characters = first.characters[match.start() : match.end()]
        said = match.group()
        for start, end in reversed(doubtful):
            if match.start() <= start < match.end():
                said = said[: start - match.start()] + DOUBTFUL + said[end - match.start() :]
        left = box.left + characters[0].middle * box.width - advance / 2
        right = box.left + characters[-1].middle * box.width + advance / 2
        found.append((max(float(box.left), left), min(float(box.right), right), said))
    return tuple(found)


def rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces that stand side by side, from left to right, the rows from top to bottom."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.top + piece.box.bottom):
        row = next((row for row in reversed(found[-2:]) if _beside(row, piece)), None)
        if row is None:
            found.append([piece])
        else:
            row.append(piece)
    return [sorted(row, key=lambda piece: piece.box.left) for row in found]


def _beside(row: Sequence[Piece], piece: Piece) -> bool:
    """Whether the piece stands in that row: at the height of its neighbour by more than half, and not over or under."""
    nearest = min(row, key=lambda other: abs(other.box.left - piece.box.left))
    shared = min(nearest.box.bottom, piece.box.bottom) - max(nearest.box.top, piece.box.top)
    across = min(nearest.box.right, piece.box.right) - max(nearest.box.left, piece.box.left)
    return shared > 0.5 * min(nearest.box.height, piece.box.height) and across < 0.3 * min(
        nearest.box.width, piece.box.width
    )


def joined(words: Sequence[tuple[float, float, str]]) -> str:
    """The words as a line: with a space where a gap is left between them, beside full-width characters none."""
    text = ""
    for _, _, word in words:
        close = not text or ord(text[-1]) > 0x7F or ord(word[0]) > 0x7F
        text += word if close else f" {word}"
    return text


def is_page_number(text: str, box: Box, high: int) -> bool:
    """Whether a line is the page's number: nothing but a number and strokes, at the top or bottom of the page."""
    at_edge = box.bottom < 0.1 * high or box.top > 0.88 * high
    return at_edge and _PAGE_NUMBER.fullmatch(text) is not None
