"""Figures as reports print them: signs, units, notes, thousands separators, full-width digits (layouts.md §E)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongkai.annual.finding import Number
from gongkai.annual.reading.labels import half_width, simplified

YUAN_IN_10K = 10_000

BLANK = re.compile(r"[\s/\\—―–\-_·.]*|无")
"""What stands in cells that are left blank: nothing, or a stroke."""

_LOST_SPACE = re.compile(r"^\s*\?(?=\s|$)")
"""A no-break space that a site has turned into a question mark: ``? 0``."""

_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕")
_FIGURE = re.compile(
    r"(?P<sign>[+\-−减增])?\s*(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<unit>亿元|万元|元|件次|人次|件|条|项|宗|次|份|个|篇|人|起|家|部)?"
)
_IN_YUAN = {"元": Decimal(1), "万元": Decimal(YUAN_IN_10K), "亿元": Decimal(YUAN_IN_10K) ** 2}


@dataclass(frozen=True, slots=True)
class Read:
    """A cell's text understood: the figure (None: left blank) and the unit of money printed with it."""

    value: Number | None
    unit: str = ""


@lru_cache(maxsize=4096)
def read_figure(text: str) -> Read | None:
    """The figure in a cell's text, blank as ``Read(None)``, or None if it is not one figure for sure.

    ``"251000元"`` → 251000 in 元; ``"22（其中修订16件）"`` → 22; ``"减3"`` → -3; ``"1 2"`` → None (one figure or two?).
    """
    text = _LOST_SPACE.sub("", simplified(half_width(text)).replace("\u200b", "").replace("\ufeff", "")).strip()
    if BLANK.fullmatch(text):
        return Read(None)
    while True:
        shorter = _NOTE.sub("", text).strip()
        if shorter == text:
            break
        text = shorter
    match = _FIGURE.fullmatch(text.rstrip("。;,、 "))
    if not match:
        return None
    digits = match["digits"].replace(",", "")
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return None
    value: Number = Decimal(digits) if "." in digits else int(digits)
    if match["sign"] in ("-", "−", "减"):
        value = -value
    return Read(value, match["unit"] if match["unit"] in _IN_YUAN else "")


def in_unit(read: Read, unit: str, printed: str = "") -> Number | None:
    """The figure in the column's unit, for example 元 where the cell or the heading (``printed``) says 万元."""
    if read.value is None or unit not in _IN_YUAN:
        return read.value
    given = read.unit or unit_named(printed) or unit
    if given == unit:
        return read.value
    amount = Decimal(read.value) * _IN_YUAN[given] / _IN_YUAN[unit]
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()


def unit_named(heading: str) -> str:
    """The unit of money that a heading names: 采购总金额（万元） → 万元; empty if none."""
    heading = simplified(half_width(heading))
    return next((unit for unit in ("亿元", "万元", "元") if unit in heading), "")


def is_figure(text: str) -> bool:
    """Whether a cell's text is a figure (not blank, not words)."""
    read = read_figure(text)
    return read is not None and read.value is not None
