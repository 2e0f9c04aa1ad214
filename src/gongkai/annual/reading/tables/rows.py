"""The figures of one row of running text, in every way they can be read: as they stand, cut, joined, placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise
from statistics import median

from gongkai.annual.finding import Number
from gongkai.annual.form import Table
from gongkai.annual.reading.numbers import read_figure
from gongkai.annual.reading.tables.evidence import Doubt, RowReading, Value, Values
from gongkai.annual.reading.tables.solve import adds_up, sums_of
from gongkai.annual.reading.tables.splitting import MOST, Prune, filled, merges, placings, splits
from gongkai.annual.reading.tables.tokens import Run, Stream, Token

CLEAR = 0.35
"""A figure stands under a column if it is no further from its middle than this share of the narrowest column."""

STRAY = 2
"""A stray number has so many digits at most."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a table's figures stand in the text.

    ``glued``: without borders between them. ``one_a_line``: most alone on their line. ``whole``: most rows have as many
    figures as the table has columns, so that one whose figures stand on several lines may be one row. ``sparse``: a row
    with fewer may have lost its blanks; ``columns_at`` then says where the columns stand across the page, if known.
    """

    glued: bool
    one_a_line: bool
    whole: bool = True
    sparse: bool = False
    columns_at: tuple[float, ...] = ()


def row_readings(
    stream: Stream,
    name: str,
    table: Table,
    key: str,
    cells: tuple[str, ...],
    tokens: Sequence[Token],
    manner: Manner,
    *,
    by_position: bool = False,
    signed: Sequence[bool] = (),
    decimal: Sequence[bool] = (),
) -> list[RowReading]:
    """The readings of a row's figures: plain if their number fits, else every way to cut, join or place them."""
    where = stream.where(tokens[0].at)
    texts = tuple(token.text for token in tokens)
    text = " ".join(texts)
    reads = [read_figure(piece) for piece in texts]
    values = [read.value if read else None for read in reads]
    figures = [value for value in values if value is not None]
    prune = _prune(table, cells)
    pieces = [piece.replace(",", "") for piece in texts]
    readings: list[Values] = []
    lines = [stream.line(token.at) for token in tokens]
    # Over lines, but not one figure on each as in the rest of the table: these may be two rows' figures.
    broken = 1 < len(set(lines)) < len(lines) or (len(set(lines)) > 1 and not manner.one_a_line)
    plain = not manner.glued and not broken
    proved = manner.whole and _has_sums(table, cells) and prune(filled(values))
    if len(tokens) == len(cells) and None not in reads and (plain or proved):
        places = tuple(stream.where(token.at) for token in tokens)
        return [RowReading(name, key, cells, (tuple(values),), where, text, by_position, places, texts)]
    if manner.glued:
        for some in (pieces, ["".join(pieces)]):
            readings = readings or splits(some, len(cells), signed=signed, decimal=decimal, prune=prune)
    elif len(tokens) > len(cells):
        ways = _joined(pieces, len(cells), lines)
        readings = [reading for reading in ways if adds_up(table, cells, reading)]
        if any(adds_up(table, cells, reading) for reading in _left_out(pieces, len(cells), lines)):
            readings = []  # figures folded over lines, or lines that do not belong there?
    elif manner.sparse and len(figures) == len(tokens):
        under = _under(tokens, values, manner.columns_at)
        if under is not None:
            confirmed = adds_up(table, cells, under)
            return [RowReading(name, key, cells, (under,), where, text, by_position=True)] if confirmed else []
        if 0 not in figures:  # where zeros are printed, a figure too few is lost and not a zero left blank
            readings = [reading for reading in placings(figures, len(cells)) if adds_up(table, cells, reading)]
    if not readings or len(readings) > MOST:
        return []
    by_sums = not manner.glued or any(
        splits(shorter, len(cells), signed=signed, decimal=decimal, prune=prune) for shorter in _without_stray(pieces)
    )
    readings = list(dict.fromkeys(readings))
    return [RowReading(name, key, cells, tuple(readings), where, text, inferred=True, by_sums=by_sums)]


def one_a_line(stream: Stream, runs: Sequence[Run]) -> bool:
    """Whether most figures of a table stand alone on their line."""
    lines = [stream.line(token.at) for run in runs for token in run.tokens]
    return 2 * sum(count == 1 for count in Counter(lines).values()) > len(lines)


def not_told(stream: Stream, table: str, cells: tuple[str, ...], tokens: Sequence[Token], glued: bool) -> Doubt:
    """The doubt that a row's figures cannot be told apart."""
    text = " ".join(token.text for token in tokens)
    return Doubt(table, cells, "digits" if glued else "columns", stream.where(tokens[0].at), text)


def column_middles(rows: Sequence[Sequence[Token]]) -> tuple[float, ...]:
    """Where the columns of full rows stand across the page, or () where their figures stand over one another."""
    placed = [[token.across for token in row] for row in rows]
    known = [[across for across in row if across is not None] for row in placed]
    known = [row for row, all_ in zip(known, placed, strict=True) if len(row) == len(all_)]
    if not known:
        return ()
    columns = list(zip(*known, strict=True))
    for one, other in pairwise(columns):
        if max(one) >= min(other):
            return ()
    return tuple(median(column) for column in columns)


def _under(tokens: Sequence[Token], values: Sequence[Value], columns_at: Sequence[float]) -> Values | None:
    """Figures put under the columns that they stand nearest to, each in one of its own, in order; None if not clear."""
    if not columns_at or any(token.across is None for token in tokens):
        return None
    gap = min(other - one for one, other in pairwise(columns_at))
    row: list[Value] = [None] * len(columns_at)
    last = -1
    for token, value in zip(tokens, values, strict=True):
        distances = [abs((token.across or 0.0) - middle) for middle in columns_at]
        nearest = distances.index(min(distances))
        if nearest <= last or distances[nearest] > gap * CLEAR:
            return None
        row[nearest], last = value, nearest
    return tuple(row)


def _joined(pieces: Sequence[str], columns: int, lines: Sequence[int]) -> list[Values]:
    """Every way to join figures broken over lines; none if there are more ways than can be weighed."""
    found: list[Values] = []
    ways = list(islice(merges(pieces, columns, lines), MOST + 1))
    if len(ways) > MOST:
        return []
    for row in ways:
        reads = [read_figure(piece) for piece in row]
        values = tuple(read.value for read in reads if read is not None)
        if len(values) == columns:
            found.append(values)
    return found


def _left_out(pieces: Sequence[str], columns: int, lines: Sequence[int]) -> Iterator[Values]:
    """Every way to leave out figures alone on their line that may not be the row's: one, or what may be there twice."""
    alone = [at for at in range(len(pieces)) if lines.count(lines[at]) == 1]
    again = [at for at in alone if at and pieces[at] == pieces[at - 1]]
    surplus = len(pieces) - columns
    for dropped in islice(combinations(alone if surplus == 1 else again, surplus), MOST):
        reads = [read_figure(piece) for at, piece in enumerate(pieces) if at not in dropped]
        yield tuple(read.value if read else None for read in reads)


def _without_stray(pieces: Sequence[str]) -> Iterator[list[str]]:
    """Glued figures without their last digits: a number that stands behind the row may hang on it."""
    for count in range(1, min(STRAY, len(pieces[-1])) + 1):
        yield [piece for piece in (*pieces[:-1], pieces[-1][:-count]) if piece]


def _has_sums(table: Table, cells: Sequence[str]) -> bool:
    """Whether the form has a sum within these cells."""
    return any(all(term.name in cells for term in relation.terms) for relation in sums_of(table))


def _prune(table: Table, cells: Sequence[str]) -> Prune:
    """Whether the beginning of a row can still add up: every sum is tested as soon as its cells are there."""
    place = {name: index for index, name in enumerate(cells)}
    inside = [relation for relation in sums_of(table) if all(term.name in place for term in relation.terms)]
    every = [
        tuple([place[term.name] for term in relation.terms if term.sign == sign] for sign in (1, -1))
        for relation in inside
        if relation.left and relation.right
    ]
    by_size: dict[int, list[tuple[list[int], ...]]] = {len(cells): every}
    for added, taken in every:
        size = max(*added, *taken) + 1
        if size < len(cells):
            by_size.setdefault(size, []).append((added, taken))

    def may(row: tuple[Number, ...]) -> bool:
        return all(
            sum([row[i] for i in added]) == sum([row[i] for i in taken]) for added, taken in by_size.get(len(row), ())
        )

    return may
