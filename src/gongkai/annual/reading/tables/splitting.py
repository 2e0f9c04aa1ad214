"""Every way to read a run of digits as a row of figures, where the file has lost the cells' borders.

``7000007`` under seven columns can only be 7 0 0 0 0 0 7; ``693665`` under three can be much, and the form's sums must
decide, or the cells stay unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise

from gongkai.annual.finding import Number
from gongkai.annual.reading.tables.evidence import Value, Values

MOST = 4000
"""More readings than this are not followed: a row so open stays unread."""

TRIED = 100 * MOST
"""After so many beginnings of rows a run of digits is given up: it has too many readings anyhow, and a made-up one of
some hundred digits would never come to an end."""

_STROKE = re.compile(r"——|[/—–]|[\-−](?!\d)")
"""A stroke among digits: a blank cell. Before a digit - is a sign."""

_FRACTION = re.compile(r"\.\d+")


def placings(numbers: Sequence[Number], columns: int) -> Iterator[Values]:
    """Every way to put figures into columns in their order, the other columns being blank."""
    for places in combinations(range(columns), len(numbers)):
        row: list[Number | None] = [None] * columns
        for place, number in zip(places, numbers, strict=True):
            row[place] = number
        yield tuple(row)


def merges(pieces: Sequence[str], columns: int, lines: Sequence[int] = ()) -> Iterator[tuple[str, ...]]:
    """Every way to join neighbouring pieces so that ``columns`` of them are left (a figure broken over two lines).

    A stroke (a blank) is never joined with anything, nor, where their ``lines`` are given, pieces of one line.
    """
    if len(pieces) < columns:
        return
    apart = [
        at
        for at in range(1, len(pieces))
        if not all(piece[-1:].isdigit() for piece in pieces[at - 1 : at + 1]) or (lines and lines[at - 1] == lines[at])
    ]
    open_ends = [at for at in range(1, len(pieces)) if at not in apart]
    for chosen in combinations(open_ends, max(0, columns - 1 - len(apart))):
        borders = (0, *sorted((*apart, *chosen)), len(pieces))
        if len(borders) == columns + 1:
            yield tuple("".join(pieces[a:b]) for a, b in pairwise(borders))


Prune = Callable[[tuple[Number, ...]], bool]


def filled(row: Sequence[Value]) -> tuple[Number, ...]:
    """The row with 0 for blanks, as sums count them."""
    return tuple(value or 0 for value in row)


def splits(
    pieces: Sequence[str],
    columns: int,
    *,
    signed: Sequence[bool] = (),
    decimal: Sequence[bool] = (),
    prune: Prune | None = None,
) -> list[Values]:
    """Every way to cut pieces of digits into ``columns`` figures; a figure never reaches over the end of a piece.

    A stroke is a blank cell. No figure has a needless leading zero; a sign begins a figure and stands only in a column
    that may be ``signed``; a decimal point stands only in a ``decimal`` column. ``prune`` is asked of each beginning of
    a row, blanks counted as 0, whether it may go on (a sum that is already wrong may not). Returns at most MOST + 1
    readings, and never some of them only: none where too many would have to be tried.
    """
    found: list[Values] = []
    runs = [piece for piece in pieces if piece]

    @cache
    def figures(piece: int, at: int, column: int) -> tuple[tuple[int, int, Value], ...]:
        """The figures that may stand there with the rest of the pieces still filling the rest of the columns: (the
        piece and the place where the next one begins, its value)."""
        if column == columns or len(runs) - piece > columns - column:
            return ()
        kept = []
        for stop, value in _figures_from(runs[piece], at, column, signed, decimal):
            over = stop == len(runs[piece])
            following = (piece + 1, 0) if over else (piece, stop)
            at_end = following[0] == len(runs)
            if column + 1 == columns if at_end else figures(*following, column + 1):
                kept.append((*following, value))
        return tuple(kept)

    tried = 0

    def cut(piece: int, at: int, row: Values) -> None:
        nonlocal tried
        tried += 1
        if tried > TRIED or len(found) > MOST or (prune and row and not prune(filled(row))):
            return
        if piece == len(runs):
            found.append(row)
            return
        for next_piece, next_at, value in figures(piece, at, len(row)):
            cut(next_piece, next_at, (*row, value))

    if runs:
        cut(0, 0, ())
    return found if tried <= TRIED else []


def _figures_from(
    run: str, at: int, column: int, signed: Sequence[bool], decimal: Sequence[bool]
) -> Iterator[tuple[int, Value]]:
    """The figures that may begin at that place of a run: (where each ends, its value; None for a stroke)."""
    begin = at
    if stroke := _STROKE.match(run, at):
        yield from ((end, None) for end in range(at + 1, stroke.end() + 1))
    if run[at] in "+-":
        if not (column < len(signed) and signed[column]):
            return
        begin += 1
    end = begin
    while end < len(run) and run[end].isdigit():
        end += 1
    for stop in range(begin + 1, end + 1):
        digits = run[begin:stop]
        if len(digits) > 1 and digits[0] == "0":
            return
        if stop < len(run) and run[stop] == ".":
            fraction = _FRACTION.match(run, stop)
            if fraction and column < len(decimal) and decimal[column]:
                for length in range(len(fraction[0]), 1, -1):
                    yield stop + length, Decimal(run[at:stop] + fraction[0][:length])
        else:
            yield stop, int(run[at:stop])
