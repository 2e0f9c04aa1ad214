"""Figures in cells, read twice from different pictures: what both readings and the ink's own shape bear out is sure.

Everything else is handed on as doubtful, with the readings it may be, so that the form's sums can decide or nobody does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import cv2
import numpy as np

from gongkai.annual.reading.scan.ink import runs
from gongkai.annual.reading.scan.picture import Pixels
from gongkai.annual.reading.scan.recognition import DIGITS, FIGURE, HEIGHT, Recognised

SURE = 0.95
"""The share of likelihood that the likeliest figure must have, in each of the readings, to be taken as sure."""

POSSIBLE = 0.02
"""The share that makes a reading a candidate."""

UNREADABLE = "?"
"""The only candidate where there is ink and nothing could be read from it."""

LOOKALIKES = "OoQDUCc〇○口日。lI|丨i!lSsBZzgqb"
"""What the model makes of a lone digit, beside digits."""

_FIGURE_LIKE = re.compile(rf"[{re.escape(FIGURE + LOOKALIKES)}—–－一，．\s]+")
_ENUMERATED = re.compile(r"[（(]?\d{1,2}[)）.、．,，:：]?\s*(?=[^\d\s.,])\D*")
_FIGURES = re.compile(r"\d[\d.,，\s]*")

# A digit's advance and width as parts of its height, over the fonts that reports are printed in.
NARROWEST_ADVANCE = 0.40
WIDEST_ADVANCE = 0.95
WIDEST_MARK = 0.55


@dataclass(frozen=True)
class Reading:
    """What a cell says: its text, or the candidates where that is in doubt (then the text is empty)."""

    text: str
    doubtful: tuple[str, ...] = ()


def figure_like(text: str) -> bool:
    """Whether the text may be a figure and nothing else, misread letters allowed."""
    return not text or _FIGURE_LIKE.fullmatch(text) is not None


def holds_figures(text: str) -> bool:
    """Whether the text says a number that counts, not only the number of a label (``3.其他``)."""
    return bool(re.search(r"\d", text)) and _ENUMERATED.fullmatch(text.strip()) is None


def same_figures(one: str, other: str) -> bool:
    """Whether two readings of a text hold the same figures in the same order."""
    found = [[re.sub(r"\s", "", figure) for figure in _FIGURES.findall(text)] for text in (one, other)]
    return found[0] == found[1]


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
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return not text
    high, wide = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    digits = sum(character in DIGITS for character in text)
    marks = len(text) - digits
    if not digits:
        return wide <= 2.5 * max(high, 12)
    if len(runs(ink.any(axis=0))) > len(text):
        return False
    narrowest = (digits - 1) * NARROWEST_ADVANCE * high
    widest = (digits * WIDEST_ADVANCE + marks * WIDEST_MARK) * high
    return bool(narrowest <= wide <= widest)


def agreed(first: Recognised, second: Recognised, ink: Pixels) -> Reading:
    """A figure from its two readings and its ink."""
    shares: dict[str, float] = {}
    for reading in (first, second):
        for text, share in reading.figures:
            shares[text] = shares.get(text, 0.0) + share / 2
    ranked = sorted(shares, key=lambda text: -shares[text])
    candidates = tuple(text for text in ranked if text and shares[text] >= POSSIBLE)[:4]
    if not candidates or not (figure_like(first.text) or figure_like(second.text)):
        return Reading("", (UNREADABLE,))
    best = candidates[0]
    sure = all(
        reading.figures
        and reading.figures[0][0] == best
        and reading.figures[0][1] >= SURE
        and figure_like(reading.text)
        for reading in (first, second)
    )
    if sure and shape_fits(best, ink) and any(character in DIGITS for character in best):
        return Reading(best)
    if sure and best in {"-", "/"} and first.text.strip() in {"-", "—", "–", "－", "一", "/"}:
        return Reading(best)
    return Reading("", candidates)
