"""A row of the statistical table as it was seen, and which row of the national form its label is."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual.finding import Where
from gongkai.annual.form import Row, Table
from gongkai.annual.reading.labels import bare
from gongkai.annual.reading.tables.catalogue import catalogue
from gongkai.annual.reading.tables.evidence import Values
from gongkai.annual.report import INDICATORS


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row as seen: label and unit as printed, the readings of its figures (year, and cumulative where there is).

    ``direct`` says that the figures stand there plainly; ``wheres`` are the places of the figures.
    """

    label: str
    unit: str
    key: str | None
    readings: tuple[Values, ...]
    wheres: tuple[Where, ...]
    text: str
    direct: bool


def key_of(label: str, table: Table, last: int) -> str | None:
    """The key of the row with that label; of rows with the same label the next one behind row number ``last``.

    被依法纠错数 stands under 行政复议 and again under 行政诉讼: only the order tells which is which.
    """
    found = catalogue(INDICATORS).row_labels.find(label)
    if found is None:
        return None
    return twin_behind(next(row for row in table.rows if row.key == found), table, last).key


def twin_behind(row: Row, table: Table, last: int) -> Row:
    """Of the rows that share a label with ``row`` the first behind row number ``last``, else the row itself."""
    labels = {bare(label) for label in row.labels}
    twins = [other for other in table.rows if labels & {bare(label) for label in other.labels}]
    return next((other for other in twins if order_of(other.key, table) > last), row)


def order_of(key: str | None, table: Table) -> int:
    """The number of the row in the form, -1 for a row that the form does not have."""
    return next((index for index, row in enumerate(table.rows) if row.key == key), -1)
