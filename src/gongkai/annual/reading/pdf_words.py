"""From the letters on a page to text: lines with their words outside of tables, and the text of each cell inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading.pdf_page import UNKNOWN, Floats, Integers, Marks

LINE = 0.35
"""Of the type's size: letters whose middles differ by less stand on one line. Fonts mixed on a line differ by 0.2, a
label broken over two lines and the number set beside its middle by 0.5."""
COLUMN = 1.0
"""Of the type's size: a gap this wide begins a new word. Justified Chinese text and the space around figures in it
open up to 0.7."""
BREAK = 0.3
"""Of the type's size: a gap this wide between two Latin letters or digits parts them. Digits of one number touch."""
TWICE = 0.3
"""Of a letter's width: the same letter set so close to itself is one letter printed twice to look bold."""
OVERLAP = 0.5
"""Of a letter's width: two different letters that overlap so much cannot both be read."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text on a page: its words as (left, right, text), and its place (left, top, right, bottom)."""

    words: tuple[tuple[float, float, str], ...]
    box: tuple[float, float, float, float]

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(text for _, _, text in self.words)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in the order of reading. Per letter: its group and line, whether it begins one or the other, and the gap
    before it in sizes of type."""

    marks: Marks
    group: Integers
    begins_group: Bools
    begins_line: Bools
    gap: Floats


def lines(marks: Marks) -> list[Row]:
    """The lines that these letters stand on, from the top; turned text after the upright."""
    if not len(marks):
        return []
    run = in_order(marks, marks.turn)
    marks, digit, latin = run.marks, is_digit(run.marks.codes), is_latin(run.marks.codes)
    apart = run.gap >= BREAK
    parted = run.begins_line | (run.gap >= COLUMN) | (_pairs(digit) & apart)
    spaced = _pairs(latin) & apart & ~parted

    starts = np.flatnonzero(parted)
    left = np.minimum.reduceat(marks.start, starts).tolist()
    right = np.maximum.reduceat(marks.end, starts).tolist()
    words = list(zip(left, right, written(marks.codes, parted, spaced), strict=True))
    rows = np.flatnonzero(run.begins_line)
    boxes = zip(
        np.minimum.reduceat(marks.left, rows).tolist(),
        np.minimum.reduceat(marks.top, rows).tolist(),
        np.maximum.reduceat(marks.right, rows).tolist(),
        np.maximum.reduceat(marks.bottom, rows).tolist(),
        strict=True,
    )
    bounds = [*np.searchsorted(starts, rows).tolist(), len(starts)]
    return [
        Row(tuple(words[first:last]), box) for first, last, box in zip(bounds, bounds[1:], boxes, strict=False)
    ]


def in_order(marks: Marks, group: Integers) -> Run:
    """The letters group by group, line by line, each line from its start. A letter printed twice is given once; where
    different letters lie on one another, the second is unknown."""
    size = marks.sizes()
    order = np.lexsort((marks.middle, group))
    middle, size, group = marks.middle[order], size[order], group[order]
    step = np.diff(middle) > LINE * np.maximum(size[1:], size[:-1])
    line = np.cumsum(np.append(False, step | (np.diff(group) != 0)))
    along = np.lexsort((marks.start[order], line))
    order = order[along]
    marks, size, group = marks.take(order), size[along], group[along]

    same_line = np.append(False, np.diff(line) == 0)
    gap = np.append(0.0, marks.start[1:] - marks.end[:-1])
    width = marks.end - marks.start
    width = np.minimum(width, np.append(width[:1], width[:-1]))
    crowded = same_line & (gap < -OVERLAP * width)
    if crowded.any():
        again = crowded & np.append(False, (np.diff(marks.codes) == 0) & (np.diff(marks.start) < TWICE * width[1:]))
        marks.codes[crowded & ~again] = UNKNOWN
        marks, size, group, line, same_line = (
            marks.take(~again), size[~again], group[~again], line[~again], same_line[~again]
        )  # fmt: skip
        gap = np.append(0.0, marks.start[1:] - marks.end[:-1])
    size = np.maximum(size, np.append(size[:1], size[:-1]))
    begins_group = np.append(True, np.diff(group) != 0)
    return Run(marks, group, begins_group, np.append(True, np.diff(line) != 0), gap / size)


def written(codes: NDArray[np.uint32], parted: Bools, spaced: Bools) -> list[str]:
    """The letters as texts, parted before some letters (the first of them always), spaced before others."""
    at = np.flatnonzero(parted | spaced)
    separators = np.where(parted[at], 0x0A, 0x20).astype(np.uint32)
    text = np.insert(codes, at, separators).astype("<u4").tobytes().decode("utf-32-le", "replace")
    return text[1:].split("\n")


def is_digit(codes: NDArray[np.uint32]) -> Bools:
    """Digits, and the point and comma inside of numbers."""
    half = ((codes >= 0x30) & (codes <= 0x39)) | (codes == 0x2C) | (codes == 0x2E)
    return np.asarray(half | ((codes >= 0xFF10) & (codes <= 0xFF19)))


def is_latin(codes: NDArray[np.uint32]) -> Bools:
    """Letters of words that are written apart, and digits."""
    ascii_letter = (((codes & 0xDF) - 0x41) < 26) & (codes < 0x80)
    return np.asarray(ascii_letter | ((codes >= 0xC0) & (codes < 0x530)) | is_digit(codes))


def _pairs(these: Bools) -> Bools:
    """Where a letter and the one before it are both of these."""
    return np.append(False, these[1:] & these[:-1])


