"""From the letters on a page to text: lines with their words outside of tables, and the text of each cell inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading.files.pdf.drawing import Floats
from gongkai.annual.reading.files.pdf.letters import (
    AFTER_SPACE,
    CLOSING,
    DIGIT,
    LATIN,
    OPENING,
    UNKNOWN,
    Integers,
    Marks,
)

LINE = 0.35
"""Of the type's size: letters whose middles differ by less stand on one line. Fonts mixed on a line differ by 0.2, a
label broken over two lines and the number set beside its middle by 0.5."""
COLUMN = 0.8
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
        return " ".join([word[2] for word in self.words])


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in the order of reading: for each its group, whether it begins a line, and the gap before it in sizes of
    type (the larger one of its own and its neighbour's)."""

    marks: Marks
    group: Integers
    begins_line: Bools
    gap: Floats


def lines(marks: Marks) -> list[Row]:
    """The lines that these letters stand on, from the top; turned text after the upright."""
    if not len(marks):
        return []
    run = in_order(marks, marks.turn)
    marks = run.marks
    apart = (run.gap >= BREAK) | marks.are(AFTER_SPACE)
    parted = run.begins_line | (run.gap >= COLUMN) | (pairs(marks.are(DIGIT)) & apart)
    spaced = pairs(marks.are(LATIN)) & apart & ~parted

    starts = np.flatnonzero(parted)
    left = np.minimum.reduceat(marks.start, starts).tolist()
    right = np.maximum.reduceat(marks.end, starts).tolist()
    words = list(zip(left, right, written(marks.codes, parted, spaced), strict=True))
    rows = np.flatnonzero(run.begins_line)
    boxes = zip(
        *np.minimum.reduceat(marks.box[:2], rows, axis=1).tolist(),
        *np.maximum.reduceat(marks.box[2:], rows, axis=1).tolist(),
        strict=True,
    )
    bounds = [*starts.searchsorted(rows).tolist(), len(starts)]
    return [Row(tuple(words[bounds[number] : bounds[number + 1]]), box) for number, box in enumerate(boxes)]


def in_order(marks: Marks, group: Integers) -> Run:
    """The letters group by group, line by line, each line from its start. A letter printed twice is given once; where
    different letters lie on one another, the second is unknown, but for the letters of a ligature (ﬃ)."""
    # One key for group and place along it sorts faster than two; places on a page are below 10⁵ points.
    order = (group * 1e6 + marks.middle).argsort(kind="stable")
    middle, size, group = marks.middle[order], marks.size[order], group[order]
    starts, ends = _ink(marks)
    parted = np.zeros(len(order), bool)
    parted[1:] = (middle[1:] - middle[:-1] > LINE * np.maximum(size[1:], size[:-1])) | (group[1:] != group[:-1])
    along = (parted.cumsum() * 1e6 + starts[order]).argsort(kind="stable")
    marks, group = marks.take(order[along]), group[along]
    starts, ends = starts[order][along], ends[order][along]

    # Letters keep their line's place when they are put in order along it, so ``parted`` still says where lines begin.
    gap = _gaps(marks)
    width = marks.end - marks.start
    crowded = np.zeros(len(order), bool)
    twice = (marks.codes[1:] == marks.codes[:-1]) & (marks.start[1:] - marks.start[:-1] < TWICE * width[1:])
    over = starts[1:] - ends[:-1] < -OVERLAP * np.minimum(width[1:], width[:-1])
    crowded[1:] = ~parted[1:] & (over | twice)
    if crowded.any():
        again, ligature = crowded.copy(), crowded & pairs(marks.are(LATIN) & ~marks.are(DIGIT))
        again[1:] &= twice
        ligature[1:] &= (marks.start[1:] == marks.start[:-1]) & (marks.end[1:] == marks.end[:-1])
        again &= ~ligature
        marks.codes[crowded & ~again & ~ligature] = UNKNOWN
        marks, group, parted = marks.take(~again), group[~again], parted[~again]
        gap = _gaps(marks)
    parted[0] = True
    size = marks.size.copy()
    size[1:] = np.maximum(size[1:], marks.size[:-1])
    return Run(marks, group, parted, gap / size)


def _ink(marks: Marks) -> tuple[Floats, Floats]:
    """Where letters begin and end along their line, without the blank half of Chinese punctuation."""
    half = (marks.end - marks.start) / 2
    return marks.start + half * marks.are(OPENING), marks.end - half * marks.are(CLOSING)


def _gaps(marks: Marks) -> Floats:
    gap = np.zeros(len(marks))
    gap[1:] = marks.start[1:] - marks.end[:-1]
    return gap


def written(codes: NDArray[np.uint32], parted: Bools, spaced: Bools) -> list[str]:
    """The letters as texts, parted before some letters (the first of them always), spaced before others."""
    breaks = parted | spaced
    places = np.arange(len(codes)) + breaks.cumsum()
    text = np.full(int(places[-1]) + 1, 0x20, "<u4")
    text[places[parted] - 1] = 0x0A
    text[places] = codes
    return text.tobytes().decode("utf-32-le", "replace")[1:].split("\n")


def pairs(these: Bools) -> Bools:
    """Where a letter and the one before it are both of these."""
    both = np.zeros(len(these), bool)
    np.logical_and(these[1:], these[:-1], out=both[1:])
    return both
