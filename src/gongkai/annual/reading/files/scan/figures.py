"""Figures read twice from different pictures: what both readings and the ink's own shape bear out is sure.

Everything else is handed on as doubtful, with the readings it may be, for the form's sums to decide, or nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import cv2
import numpy as np

from gongkai.annual.reading.files.scan.ink import columns, reach, rows, runs
from gongkai.annual.reading.files.scan.picture import Pixels
from gongkai.annual.reading.files.scan.recognition import DIGITS, HEIGHT, Recognised

SURE = 0.95
"""The share of likelihood that the likeliest figure must have, in each of the readings, to be taken as sure."""

SURE_DIGIT = 0.8
"""How sure the model must be of each digit of a number inside a text."""

POSSIBLE = 0.02
"""The share that makes a reading a candidate."""

MOST_CANDIDATES = 4
DOUBTFUL = "〓"
"""Stands for a number that could not be read for sure, as printers have always marked a missing character."""

UNREADABLE = "?"
"""The only candidate where there is ink and nothing could be read from it."""

ZEROS = str.maketrans(dict.fromkeys("Oo〇○", "0"))
"""What a lone 0 is also taken for. Nothing else is taken for a digit: l and | may be what is left of a ruled line."""

_WORDS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_STROKES = re.compile(r"[-—–－一/]")
_ENUMERATED = re.compile(r"[（(]?\d{1,2}[)）.、．,，:：]?\s*(?=[^\d\s.,])\D*")
_NUMBER = re.compile(r"[+-]?(0|[1-9]\d*|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?")
_FIGURES = re.compile(r"[0-9０-９](?:[0-9０-９.,．，]*[0-9０-９])?")

# A digit's advance and width as parts of its height, over the fonts that reports are printed in.
NARROWEST_ADVANCE = 0.40
WIDEST_ADVANCE = 0.95
WIDEST_MARK = 0.55


@dataclass(frozen=True)
class Reading:
    """What a cell says: its text, or the candidates where that is in doubt (then the text is 〓)."""

    text: str
    doubtful: tuple[str, ...] = ()


def figure_like(text: str) -> bool:
    """Whether the text may be a figure and nothing else: it holds no words. A dash may have been read as 一."""
    return not _WORDS.search(text.replace("〇", "")) or _STROKES.fullmatch(text.strip()) is not None


def holds_figures(text: str) -> bool:
    """Whether the text says a number that counts, not only the number of a label (``3.其他``)."""
    return bool(re.search(r"\d", text)) and _ENUMERATED.fullmatch(text.strip()) is None


def second_picture(crop: Pixels, ink: Pixels) -> Pixels:
    """The same line in another light and size: the ink alone, smoothed, with more paper around it."""
    scale = max(1.0, 1.5 * HEIGHT / crop.shape[0])
    large = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    near = cv2.dilate(cv2.resize(ink, large.shape[::-1], interpolation=cv2.INTER_NEAREST), np.ones((5, 5), np.uint8))
    threshold, _ = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    black = np.where((large < threshold) & (near > 0), 0, 255).astype(np.uint8)
    soft = cv2.GaussianBlur(black, (0, 0), 0.9)
    margin = int(0.25 * soft.shape[0])
    return np.asarray(
        cv2.copyMakeBorder(soft, margin // 2, margin // 2, margin, margin, cv2.BORDER_CONSTANT, value=(255,)), np.uint8
    )


def shape_fits(text: str, ink: Pixels) -> bool:
    """Whether that many characters can stand in that much ink: not more pieces than characters, and a width that so
    many digits have for their height. Catches 11 read as 1, and two figures read as one."""
    high, wide = reach(rows(ink)).length, reach(columns(ink)).length
    if not high:
        return not text
    digits = sum(character in DIGITS for character in text)
    marks = len(text) - digits
    if not digits:
        return wide <= 2.5 * max(high, 12)
    if len(runs(columns(ink))) > len(text):
        return False
    narrowest = (digits - 1) * NARROWEST_ADVANCE * high
    widest = (digits * WIDEST_ADVANCE + marks * WIDEST_MARK) * high
    return narrowest <= wide <= widest


def agreed(first: Recognised, second: Recognised, ink: Pixels) -> Reading:
    """A figure from its two readings and its ink."""
    shares: dict[str, float] = {}
    for reading in (first, second):
        for text, share in reading.figures:
            shares[text] = shares.get(text, 0.0) + share / 2
    ranked = sorted(shares, key=lambda text: -shares[text])
    best = ranked[0] if ranked else ""
    if _STROKES.fullmatch(first.text.strip()) and _STROKES.fullmatch(second.text.strip()) and best in "-/":
        return Reading(best)
    sure = all(
        reading.text.strip().translate(ZEROS) == best and reading.figures[:1] >= ((best, SURE),)
        for reading in (first, second)
    )
    if sure and _NUMBER.fullmatch(best) and shape_fits(best, ink):
        return Reading(best)
    possible = [text for text in ranked if shares[text] >= POSSIBLE]
    numbers = [text if _NUMBER.fullmatch(text) else text.strip(".,/+-") for text in possible]  # ink beside the figure
    candidates = [text for text in dict.fromkeys(numbers) if _NUMBER.fullmatch(text)]
    return Reading(DOUBTFUL, tuple(candidates[:MOST_CANDIDATES]) or (UNREADABLE,))


def marked(first: Recognised, second: Recognised | None) -> str:
    """A line's text, the numbers in it that two readings do not bear out alike replaced by 〓."""
    text = first.text
    for start, end in reversed(unsure_numbers(first, second)):
        text = text[:start] + DOUBTFUL + text[end:]
    return text


def unsure_numbers(first: Recognised, second: Recognised | None) -> list[tuple[int, int]]:
    """Where in the line numbers stand that are not sure: all of them where the second reading has other numbers, else
    those with a digit that the model itself is unsure of."""
    spans = [match.span() for match in _FIGURES.finditer(first.text)]
    if second is not None:
        theirs = [match.group() for match in _FIGURES.finditer(second.text)]
        if len(theirs) != len(spans):
            return spans
        differing = [
            span for span, other in zip(spans, theirs, strict=True) if first.text[slice(*span)] != other
        ]  # fmt: skip
    else:
        differing = []
    return [
        span
        for span in spans
        if span in differing or min(character.sure for character in first.characters[slice(*span)]) < SURE_DIGIT
    ]
