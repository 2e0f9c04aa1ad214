"""The figures of a corpus as columns of doubles, for the rules that are worked out over all reports at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import duckdb
import numpy as np

from gongkai.annual.checking.equations import shown
from gongkai.annual.checking.figures import BLANK, Figures, Integers, blank
from gongkai.annual.checking.pairs import differing
from gongkai.annual.corpus.columns import READ, form_column, quoted, tables
from gongkai.annual.corpus.database import text
from gongkai.annual.corpus.rows import unpacked
from gongkai.annual.finding import Number
from gongkai.annual.form import forms

REPORTS = f"(FROM files WHERE status = '{READ}')"
"""The reports in the order of the corpus; a report's place is its place among them."""

_COLUMNS = 16
"""Columns taken at a time, so that what is taken is small beside what is kept."""


def load(connection: duckdb.DuckDBPyConnection) -> Figures:
    """The figures of all reports of an opened corpus, copies of one report marked."""
    names = tuple(forms())
    numbers = {table: _numbered(connection, form_column(table), names).astype(np.int8) for table in tables()}
    used = {(table, int(number)) for table, held in numbers.items() for number in np.unique(held) if number >= 0}
    cells = tuple(
        f"{table}/{cell}"
        for table in tables()
        for cell in dict.fromkeys(
            cell
            for number in reversed(range(len(names)))
            if (table, number) in used
            for cell in forms()[names[number]].tables[table].cells
        )
    )
    years = _taken(connection, "coalesce(year, -1)")[0].astype(np.int16)
    kind_names = tuple(
        row[0] for row in connection.execute(f"SELECT DISTINCT kind FROM {REPORTS} WHERE kind IS NOT NULL").fetchall()
    )
    figures = Figures(
        cells=cells,
        values=np.empty((len(cells), len(years))),
        forms=numbers,
        form_names=names,
        agencies=_agencies(connection),
        years=years,
        kinds=_numbered(connection, "kind", kind_names).astype(np.int8),
        kind_names=kind_names,
    )
    _fill(connection, figures)
    return replace(figures, copies=_copies(figures))


def _taken(connection: duckdb.DuckDBPyConnection, *expressions: str) -> list[np.ndarray]:
    """Columns of numbers, one for each expression, with a place for each report."""
    wanted = ", ".join(f"{expression} AS c{at}" for at, expression in enumerate(expressions))
    taken = connection.execute(f"SELECT {wanted} FROM {REPORTS}").fetchnumpy()
    return [np.ma.getdata(taken[f"c{at}"]) for at in range(len(expressions))]


def _numbered(connection: duckdb.DuckDBPyConnection, column: str, names: tuple[str, ...]) -> np.ndarray:
    """A column of names as their numbers, −1 where it has none of them."""
    cases = " ".join(f"WHEN {text(name)} THEN {number}" for number, name in enumerate(names))
    return _taken(connection, f"CASE {column} {cases} ELSE -1 END" if cases else "-1")[0]


def _agencies(connection: duckdb.DuckDBPyConnection) -> np.ndarray:
    connection.execute(
        f"CREATE OR REPLACE TYPE agency AS ENUM (SELECT DISTINCT agency_full FROM {REPORTS} "
        "WHERE agency_full IS NOT NULL)"
    )
    return _taken(connection, "coalesce(enum_code(agency_full::agency)::INTEGER, -1)")[0].astype(np.int32)


def _fill(connection: duckdb.DuckDBPyConnection, figures: Figures) -> None:
    """Puts the values in: figures, blanks, and the few figures that their columns could not hold."""
    for first in range(0, len(figures.cells), _COLUMNS):
        some = figures.cells[first : first + _COLUMNS]
        columns = _taken(connection, *(f"coalesce({quoted(cell)}::DOUBLE, 'nan'::DOUBLE)" for cell in some))
        for at, column in enumerate(columns, first):
            figures.values[at] = column
    if not figures.cells:
        return
    listed = ", ".join(text(cell) for cell in figures.cells)
    connection.execute(f"CREATE OR REPLACE TYPE cell AS ENUM ({listed})")
    blanks = connection.execute(
        "SELECT place, enum_code(try_cast(name AS cell)) AS cell FROM "
        f"(SELECT row_number() OVER () - 1 AS place, unnest(blank) AS name FROM {REPORTS}) "
        "WHERE try_cast(name AS cell) IS NOT NULL"
    ).fetchnumpy()
    figures.values[np.ma.getdata(blanks["cell"]).astype(np.int64), np.ma.getdata(blanks["place"])] = BLANK
    wide = connection.execute(
        "SELECT place, file, format, report, beyond FROM "
        f"(SELECT row_number() OVER () - 1 AS place, * FROM {REPORTS}) WHERE len(beyond) > 0"
    )
    while some_rows := wide.fetchmany(_COLUMNS):
        for place, file, format, report, beyond in some_rows:
            held = shown(unpacked(report, file, format)).cells
            for cell in beyond:
                if cell in held and cell in figures.index and held[cell].value is not None:
                    figures.values[figures.index[cell], place] = float(held[cell].value or 0)


def _copies(figures: Figures) -> np.ndarray:
    """Which reports are copies of another of the same agency and year: the rule of ``pairs.pair``."""
    copies = np.zeros(len(figures), np.bool_)
    for places in alike(figures):
        for spare in _spare(figures, places):
            copies[spare] = True
    return copies


def alike(figures: Figures) -> Iterator[list[int]]:
    """Places of reports of one agency and year, where there are several."""
    key = figures.agencies.astype(np.int64) * 65536 + figures.years
    known = np.flatnonzero((figures.agencies >= 0) & (figures.years > 0))
    values, counts = np.unique(key[known], return_counts=True)
    groups: dict[int, list[int]] = defaultdict(list)
    for place in known[np.isin(key[known], values[counts > 1])].tolist():
        groups[int(key[place])].append(place)
    yield from groups.values()


def _spare(figures: Figures, places: list[int]) -> Iterator[int]:
    """Those for which another stands: it agrees in every cell that both have, and has no fewer."""
    held: list[tuple[int, dict[str, Number | None]]] = []
    for place in places:
        mine = _values(figures, place)
        for at, (other, theirs) in enumerate(held):
            if not differing(mine, theirs):
                yield other if len(mine) > len(theirs) else place
                if len(mine) > len(theirs):
                    held[at] = (place, mine)
                break
        else:
            held.append((place, mine))


def differences(figures: Figures, places: list[int]) -> list[str]:
    """The cells in which these reports differ."""
    first, *others = (_values(figures, place) for place in places)
    return list(dict.fromkeys(cell for other in others for cell in differing(first, other)))


def _values(figures: Figures, place: int) -> dict[str, Number | None]:
    """A report's figures by cell, None for blanks; doubles stand for the figures, which are only compared."""
    column = np.ascontiguousarray(figures.values[:, place])
    blanks = blank(column)
    there: Integers = np.flatnonzero(~np.isnan(column))
    return {figures.cells[at]: None if blanks[at] else column[at] for at in there.tolist()}
