"""The figures of one row of running text, in every way they can be read: as they stand, cut, joined, placed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, pairwise
from statistics import median

from gongkai.annual.finding import Number
from gongkai.annual.form import Table
from gongkai.annual.reading.numbers import read_figure
from gongkai.annual.reading.tables.evidence import RowReading, Value, Values
from gongkai.annual.reading.tables.solve import adds_up, sums_of
from gongkai.annual.reading.tables.splitting import MOST, Prune, merges, placings, splits
from gongkai.annual.reading.tables.tokens import Stream, Token

CLEAR = 0.35
"""A figure stands under a column if it is no further from its middle than this share of the narrowest column."""


def row_readings(
    stream: Stream,
    name: str,
    table: Table,
    key: str,
    cells: tuple[str, ...],
    tokens: Sequence[Token],
    *,
    glued: bool,
    sparse: bool = False,
    columns_at: Sequence[float] = (),
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
    whole = ["".join(pieces)]
    readings: list[Values] = []
    lines = [stream.line(token.at) for token in tokens]
    broken = 1 < len(set(lines)) < len(lines)  # over lines, but not one figure on each: it may be two rows' figures
    plain = not glued and not broken
    proved = _has_sums(table, cells) and prune(_filled(values))
    if len(tokens) == len(cells) and None not in reads and (plain or proved):
        places = tuple(stream.where(token.at) for token in tokens)
        return [RowReading(name, key, cells, (tuple(values),), where, text, by_position, places, texts)]
    if glued and not any(token.beside_stroke for token in tokens):
        readings = splits(pieces, len(cells), signed=signed, decimal=decimal, prune=prune)
        readings = readings or splits(whole, len(cells), signed=signed, decimal=decimal, prune=prune)
    elif not glued and len(tokens) > len(cells):
        ways = _joined(pieces, len(cells), lines)
        readings = [reading for reading in ways if adds_up(table, cells, reading)]
        if any(adds_up(table, cells, reading) for reading in _once_only(pieces, len(cells), lines)):
            readings = []  # folded figures, or lines that are there twice?
    elif not glued and sparse and len(figures) == len(tokens):
        under = _under(tokens, values, columns_at)
        if under is not None and adds_up(table, cells, under):
            return [RowReading(name, key, cells, (under,), where, text, by_position=True)]
        readings = [reading for reading in placings(figures, len(cells)) if adds_up(table, cells, reading)]
    if not readings or len(readings) > MOST:
        return []
    return [RowReading(name, key, cells, tuple(dict.fromkeys(readings)), where, text, inferred=True)]


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


def _once_only(pieces: Sequence[str], columns: int, lines: Sequence[int]) -> Iterator[Values]:
    """Every way to leave out what may be there twice: figures alone on their line that are the line before's again."""
    again = [at for at in range(1, len(pieces)) if pieces[at] == pieces[at - 1] and lines.count(lines[at]) == 1]
    for dropped in islice(combinations(again, len(pieces) - columns), MOST):
        reads = [read_figure(piece) for at, piece in enumerate(pieces) if at not in dropped]
        yield tuple(read.value if read else None for read in reads)


def _has_sums(table: Table, cells: Sequence[str]) -> bool:
    """Whether the form has a sum within these cells."""
    return any(all(term.name in cells for term in relation.terms) for relation in sums_of(table))


def _filled(row: Sequence[Value]) -> tuple[Number, ...]:
    return tuple(value or 0 for value in row)


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
