"""A row of the statistical table as it was seen, and which row of the national form its label is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.annual.finding import Where
from gongkai.annual.form import Row, Table
from gongkai.annual.reading.labels import bare
from gongkai.annual.reading.tables.catalogue import catalogue
from gongkai.annual.reading.tables.evidence import Values
from gongkai.annual.report import INDICATORS


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row as seen: label and unit as printed, the readings of its figures (year, and cumulative where there is).

    ``direct`` says that the figures stand there plainly; ``wheres`` are the places of the figures. ``why`` is what is
    said where no reading is left (a key of ``doubts``); ``part`` counts the headers above the row, from the first on;
    ``wide`` says that the row has more cells than its header.
    """

    label: str
    unit: str
    key: str | None
    readings: tuple[Values, ...]
    wheres: tuple[Where, ...]
    text: str
    direct: bool
    why: str = "several"
    part: int = 0
    wide: bool = False


def key_of(label: str, table: Table, last: int) -> str | None:
    """The key of the row with that label; of rows with the same label the next one behind row number ``last``.

    被依法纠错数 stands under 行政复议 and again under 行政诉讼: only the order tells which is which.
    """
    found = catalogue(INDICATORS).row_labels.find(label)
    if found is None:
        return None
    return twin_behind(next(row for row in table.rows if row.key == found), table, last).key


def twin_behind(row: Row, table: Table, last: int) -> Row:
    """Of the rows that share a label with ``row`` the one that is meant behind row number ``last``.

    The next of them, if a row without twins was named since the one before it (行政诉讼数量 stands between the two
    被依法纠错数); else that one is there again, as where a page is there twice.
    """
    before: Row | None = None
    for other in _twins(row, table):
        if order_of(other.key, table) > last:
            again = before is not None and last < _next_without_twins(before, table)
            return before if before is not None and again else other
        before = other
    return before or row


def _twins(row: Row, table: Table) -> list[Row]:
    labels = {bare(label) for label in row.labels}
    return [other for other in table.rows if labels & {bare(label) for label in other.labels}]


def _next_without_twins(row: Row, table: Table) -> int:
    """The number of the first row behind that one whose label no other row has."""
    at = order_of(row.key, table) + 1
    return next((i for i, other in enumerate(table.rows) if i >= at and len(_twins(other, table)) == 1), at)


def without_twice(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The rows; those that stand there twice with other figures without a reading.

    A local row may share its label with another (其他): it is there twice only where most of the table is. Where the
    table of another year is there too, rows that stand in one of them alone may be of either.
    """
    seen: dict[str, list[IndicatorRow]] = {}
    for row in rows:
        seen.setdefault(_named(row), []).append(row)
    again = _begins_again(rows)
    all_twice = again or 2 * sum(len(same) > 1 for same in seen.values()) > len(seen)
    told = {name: same for name, same in seen.items() if all_twice or same[0].key}
    apart = {name for name, same in told.items() if len({row.readings for row in same if again or row.readings}) > 1}
    if len(apart) > 1 or (again and apart):
        apart |= {name for name, same in told.items() if len(same) == 1}
    return [replace(row, readings=(), why="twice") if _named(row) in apart else row for row in rows]


def _begins_again(rows: Sequence[IndicatorRow]) -> bool:
    """Whether behind a later header most rows are those of before: not the next page, but the table once more."""
    before: set[str] = set()
    for part in sorted({row.part for row in rows}):
        here = {_named(row) for row in rows if row.part == part}
        if before and 2 * len(before & here) > min(len(before), len(here)):
            return True
        before |= here
    return False


def _named(row: IndicatorRow) -> str:
    return row.key or f"{row.label} {row.unit}"


def order_of(key: str | None, table: Table, otherwise: int = -1) -> int:
    """The number of the row in the form; ``otherwise`` for a row that the form does not have."""
    return next((index for index, row in enumerate(table.rows) if row.key == key), otherwise)
