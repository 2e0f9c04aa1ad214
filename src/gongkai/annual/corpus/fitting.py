"""How wide the columns of an answer are: short ones whole, headings broken first, then the longest names."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

GAP = 2
"""Blanks between two columns."""

_HEADINGS = (16, 8, 6)
"""To what width a heading may be broken, tried one after the other."""

_NAMES = (32, 24, 16)
"""To what width a long name may be broken, tried one after the other."""


def fitted(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """The width of each column, so that all stand within ``width``; None where that is not possible."""
    room = width - GAP * (len(headings) - 1)
    longest = [max((cell_len(row[at]) for row in rows), default=0) for at in range(len(headings))]
    wide = [max(pair) for pair in zip(longest, map(cell_len, headings), strict=True)]
    if sum(wide) <= room:
        return wide
    for least in _NAMES:
        for most in _HEADINGS:
            narrow = [max(cells, min(_word(head), most)) for cells, head in zip(longest, headings, strict=True)]
            while sum(narrow) > room and max(narrow) > least:
                narrow[narrow.index(max(narrow))] -= 1
            if sum(narrow) <= room:
                return _filled(narrow, wide, room)
    return None


def _word(heading: str) -> int:
    return max((cell_len(word) for word in heading.split()), default=0)


def _filled(narrow: list[int], wide: list[int], room: int) -> list[int]:
    """The narrow columns made wider, the narrowest first, until the room is used or every heading stands on a line."""
    found = list(narrow)
    for _ in range(room - sum(narrow)):
        short = [at for at in range(len(found)) if found[at] < wide[at]]
        if not short:
            break
        found[min(short, key=lambda at: found[at])] += 1
    return found
