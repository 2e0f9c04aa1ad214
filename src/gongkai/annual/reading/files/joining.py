"""Pieces of text put together again: parts of a label without a space, two figures never into one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")
_EDGE = re.compile(r"[\d.,%+\-−－＋．，％]")
_FIGURE = re.compile(r"[+\-−－＋]?\d[\d.,．，\s]*[%％]?")


def tidy(text: str) -> str:
    """The text on one line: characters without a glyph removed, runs of blanks (also no-break ones) made one space."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def joined(pieces: Iterable[str]) -> str:
    """The pieces of one cell (its paragraphs and lines) as one text.

    ``结果``, ``纠正`` is 结果纠正; a figure that stands on a line of its own stays on one, and so do two pieces of
    which one ends and the next begins like a figure: whether ``1`` and ``0`` are ten or two figures is not for a
    reader of files to say.
    """
    text = ""
    for piece in map(tidy, pieces):
        if not piece:
            continue
        if text and (_FIGURE.fullmatch(piece) or (_EDGE.match(text[-1]) and _EDGE.match(piece[0]))):
            text += "\n" + piece
        elif text and _is_latin(text[-1]) and _is_latin(piece[0]):
            text += " " + piece
        else:
            text += piece
    return text


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
