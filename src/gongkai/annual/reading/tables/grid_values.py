"""A row of a grid with the figures that may stand in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod

from gongkai.annual.finding import Where
from gongkai.annual.form import Column
from gongkai.annual.reading.document import GridCell
from gongkai.annual.reading.numbers import in_unit, read_figure
from gongkai.annual.reading.tables.catalogue import catalogue
from gongkai.annual.reading.tables.evidence import Doubt, RowReading, Value
from gongkai.annual.reading.tables.grid_state import State
from gongkai.annual.reading.tables.solve import adds_up
from gongkai.annual.reading.tables.splitting import MOST, placings


def add(
    table: str,
    key: str,
    names: tuple[str, ...],
    placed: Sequence[GridCell],
    columns: Sequence[Column | None],
    state: State,
    *,
    where: Where,
    headings: Sequence[str] = (),
    by_position: bool = False,
    form: str | None = None,
) -> None:
    """Add a row whose figures stand in known columns; a cell that holds no one figure is a doubt."""
    kept: list[tuple[str, tuple[Value, ...], GridCell]] = []
    for index, (name, cell) in enumerate(zip(names, placed, strict=True)):
        column, heading = columns[index], headings[index] if headings else ""
        options = _options(cell, column, heading)
        if options:
            kept.append((name, options, cell))
        else:
            why = "picture" if cell.doubtful else "figure"
            state.evidence.doubts.append(Doubt(table, (name,), why, cell.where, _shown(cell)))
    if not kept or prod(len(options) for _, options, _ in kept) > MOST:
        return
    state.evidence.rows.append(
        RowReading(
            table,
            key,
            tuple(name for name, _, _ in kept),
            tuple(product(*(options for _, options, _ in kept))),
            where,
            by_position=by_position,
            places=tuple(cell.where for _, _, cell in kept),
            texts=tuple(_shown(cell) for _, _, cell in kept),
            form=form,
            doubtful=frozenset(name for name, _, cell in kept if cell.doubtful),
        )
    )


def scattered(
    table: str, key: str, names: tuple[str, ...], figures: Sequence[GridCell], where: Where, state: State
) -> None:
    """A row with fewer figures than columns and no way to tell whose they are: every placing is a reading."""
    texts = [cell.text for cell in figures]
    values = [read.value if (read := read_figure(text)) else None for text in texts]
    if len(values) > len(names) or any(value is None for value in values) or not values:
        state.evidence.doubts.append(Doubt(table, names, "columns", where, " ".join(texts)))
        return
    numbers = [value for value in values if value is not None]
    form = next(iter(catalogue(table).tables.values()))
    readings = tuple(reading for reading in placings(numbers, len(names)) if adds_up(form, names, reading))
    if not readings:
        state.evidence.doubts.append(Doubt(table, names, "columns", where, " ".join(texts)))
        return
    state.evidence.rows.append(
        RowReading(table, key, names, readings, where, " ".join(texts), by_position=True, inferred=True)
    )


def _shown(cell: GridCell) -> str:
    """What stands in the cell, or what it may say."""
    return " / ".join(cell.doubtful) if cell.doubtful else cell.text


def _options(cell: GridCell, column: Column | None, heading: str) -> tuple[Value, ...]:
    """The figures that may stand in the cell: one for a plain cell, more where a recogniser was not sure, none if
    what stands there is not one figure."""
    values: list[Value] = []
    for text in cell.doubtful or (cell.text,):
        read = read_figure(text)
        if read is None:
            return ()
        values.append(in_unit(read, column.unit, heading) if column else read.value)
    return tuple(dict.fromkeys(values))
