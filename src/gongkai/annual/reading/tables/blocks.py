"""The disputes table where its fifteen figures do not stand in one row: told by their headings, or by their sums."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

from gongkai.annual.form import Column, Table
from gongkai.annual.reading.labels import bare
from gongkai.annual.reading.numbers import read_figure
from gongkai.annual.reading.tables.catalogue import DISPUTES
from gongkai.annual.reading.tables.evidence import Doubt, Evidence, RowReading, Values
from gongkai.annual.reading.tables.solve import holds, sums_of
from gongkai.annual.reading.tables.tokens import Run, Stream


def blocks_of(table: Table) -> list[list[Column]]:
    """The columns of the table in blocks that each have a sum of their own."""
    found: dict[str, list[Column]] = {}
    for column in table.columns:
        found.setdefault(column.group[-1], []).append(column)
    return list(found.values())


def by_groups(stream: Stream, table: Table, runs: Sequence[Run]) -> Evidence | None:
    """One run of figures for each block, each behind its own heading; None if it is not so."""
    blocks = blocks_of(table)
    labels = {group.key: [bare(label) for label in (group.label, *group.variants)] for group in table.groups}
    if len(runs) != len(blocks):
        return None
    evidence = Evidence()
    for run, columns in zip(runs, blocks, strict=True):
        words = bare(run.before)
        named = [key for key, forms in labels.items() if any(form in words for form in forms)]
        values = _values(run)
        if values is None or len(values) != len(columns) or columns[0].group[-1] not in named:
            return None
        others = [column[0].group[-1] for column in blocks if column is not columns]
        if run is not runs[0] and any(key in named for key in others):
            return None
        cells = tuple(column.key for column in columns)
        places = tuple(stream.where(token.at) for token in run.tokens)
        texts = tuple(token.text for token in run.tokens)
        evidence.rows.append(
            RowReading(DISPUTES, "", cells, (values,), places[0], " ".join(texts), False, places, texts)
        )
    return evidence


def by_sums(stream: Stream, table: Table, runs: Sequence[Run]) -> Evidence:
    """Runs put together to blocks that add up; which block is which, where the order does not tell, stays open."""
    cells = tuple(column.key for column in table.columns)
    where = stream.where(runs[0].at)
    text = " ".join(token.text for run in runs for token in run.tokens)
    relations = sums_of(table)
    values = [_values(run) for run in runs]
    doubt = Evidence(doubts=[Doubt(DISPUTES, cells, "blocks", where, text)])
    if any(run is None for run in values) or sum(len(run or ()) for run in values) != len(cells) or len(runs) > 8:
        return doubt
    pieces = [run for run in values if run is not None]
    in_order: Values = tuple(value for piece in pieces for value in piece)
    named = dict(zip(cells, in_order, strict=True))
    if all(holds(relation, named) for relation in relations):
        return Evidence(rows=[RowReading(DISPUTES, "", cells, (in_order,), where, text, by_position=True)])
    size = len(blocks_of(table)[0])
    readings: list[Values] = []
    for partition in _partitions(pieces, size):
        for order in permutations(partition):
            row: Values = tuple(value for block in order for value in block)
            if all(holds(relation, dict(zip(cells, row, strict=True))) for relation in relations):
                readings.append(row)
    if not readings:
        return doubt
    return Evidence(rows=[RowReading(DISPUTES, "", cells, tuple(dict.fromkeys(readings)), where, text)])


def _partitions(pieces: Sequence[Values], size: int) -> list[list[Values]]:
    """Every way to put pieces, each kept whole and in order, into blocks of ``size`` figures."""
    if not pieces:
        return [[]]
    found = []
    first, rest = pieces[0], list(range(1, len(pieces)))
    for count in range(len(rest) + 1):
        for chosen in combinations(rest, count):
            block = first + tuple(value for index in chosen for value in pieces[index])
            if len(block) != size:
                continue
            left = [pieces[index] for index in rest if index not in chosen]
            found += [[block, *others] for others in _partitions(left, size)]
    return found


def _values(run: Run) -> Values | None:
    values = []
    for token in run.tokens:
        read = read_figure(token.text)
        if read is None or read.value is None:
            return None
        values.append(read.value)
    return tuple(values)
