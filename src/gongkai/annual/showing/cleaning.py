"""Text of untrusted files made fit to be shown: nothing in it can steer a terminal, a page or a spreadsheet."""

from __future__ import annotations

import re
from typing import Final

_UNSHOWABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, the terminal's escape among them; tab and line feed stay
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # those that turn the direction of writing round
    "\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff]"  # halves of characters, which no encoding can write
)


def clean(text: str) -> str:
    """The text with every character that cannot be shown replaced by U+FFFD."""
    return _UNSHOWABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text cleaned and on one line."""
    return " ".join(clean(text).split())


def no_formula(text: str) -> str:
    """The text as a plain list for spreadsheets may have it: what would start a formula is led by an apostrophe.

    Figures stay figures: ``-1`` and ``+3`` are no formulas.
    """
    return f"'{text}" if text.lstrip()[:1] in _STARTS and text.strip() and not _FIGURE.fullmatch(text) else text


_STARTS: Final = frozenset("=+-@\t\r＝＋－＠")
_FIGURE: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
