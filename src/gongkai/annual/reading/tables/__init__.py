"""A document's tables: grids first, running text for what grids do not show, sums to decide, doubts said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.annual.finding import Number, Where
from gongkai.annual.form import Table
from gongkai.annual.reading.document import Document
from gongkai.annual.reading.tables.catalogue import DISPUTES, PUBLICATION, REQUESTS, catalogue
from gongkai.annual.reading.tables.cells import read_grids
from gongkai.annual.reading.tables.evidence import Doubt, Evidence
from gongkai.annual.reading.tables.solve import decide
from gongkai.annual.reading.tables.stream import read_stream
from gongkai.annual.report import Cell

SCAN = "scan"
"""The kind of a document whose text was recognised in pictures."""

Hints = Mapping[str, frozenset[Number]]
"""Figures that the narrative gives for a cell (by full name): they decide where sums leave several readings."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a document: cells by table and name, the form each table follows, and what stayed in doubt."""

    cells: Mapping[str, Mapping[str, Cell]]
    forms: Mapping[str, str]
    doubts: tuple[Doubt, ...]


class Sight:
    """What a document shows of its tables: looked at once, however often it is decided what it says."""

    def __init__(self, document: Document) -> None:
        self.recognised = document.kind == SCAN
        self._document = document

    @cached_property
    def grids(self) -> Evidence:
        """What its grids show."""
        return read_grids(self._document)

    @cached_property
    def lines(self) -> Evidence:
        """What its lines show, where the grids do not show every cell."""
        return read_stream(self._document.in_lines())


def read_tables(seen: Document | Sight, hints: Hints | None = None) -> Tables:
    """The tables of sections two, three and four."""
    sight = seen if isinstance(seen, Sight) else Sight(seen)
    cells: dict[str, Mapping[str, Cell]] = {}
    followed: dict[str, str] = {}
    doubts: list[Doubt] = []
    for name in (PUBLICATION, REQUESTS, DISPUTES):
        table, read, said = _decided(name, sight.grids, hints or {}, sight.recognised)
        if set(table.cells) - set(read):
            other = _decided(name, sight.lines, hints or {}, sight.recognised)
            if len(other[1]) > len(read) or not read:
                table, read, said = other
        doubts += said
        if read:
            doubts += _rows_not_found(table, read, doubts)
            cells[name] = _in_form_order(table, read)
            if name != DISPUTES:
                followed[name] = table.form
    return Tables(cells, followed, tuple(dict.fromkeys(doubts)))


def _decided(
    name: str, evidence: Evidence, hints: Hints, recognised: bool
) -> tuple[Table, dict[str, Cell], list[Doubt]]:
    """What one kind of evidence says of a table: the form it follows, its cells, its doubts."""
    table = _form_of(name, evidence)
    read, said = decide(table, evidence.of(name), _of_table(hints, name), recognised=recognised)
    said += [doubt for doubt in evidence.doubts if doubt.table == name and set(doubt.cells) - set(read)]
    return table, read, said


def _rows_not_found(table: Table, read: Mapping[str, Cell], doubts: Sequence[Doubt]) -> list[Doubt]:
    """Rows of the form of which no cell was read, and nothing said yet."""
    said = {cell for doubt in doubts if doubt.table == table.name for cell in doubt.cells}
    by_row: dict[str, list[str]] = {}
    for cell, (row, column) in table.cells.items():
        by_row.setdefault(row.key or ".".join(column.group), []).append(cell)
    silent = [cells for cells in by_row.values() if not any(cell in read or cell in said for cell in cells)]
    return [Doubt(table.name, tuple(cells), "row", Where()) for cells in silent]


def _of_table(hints: Hints, table: str) -> Hints:
    prefix = f"{table}/"
    return {name.removeprefix(prefix): given for name, given in hints.items() if name.startswith(prefix)}


def _form_of(name: str, evidence: Evidence) -> Table:
    """The form that a table follows: the one whose own rows and columns it shows."""
    known = catalogue(name)
    rows = {row.row for row in evidence.of(name)}
    cells = {cell for row in evidence.of(name) for cell in row.cells}
    said = [form for table, form in evidence.forms if table == name]
    best = max(
        known.tables,
        key=lambda form: (
            len(cells & set(known.tables[form].cells)) + said.count(form),
            -len({row.key for row in known.tables[form].rows} - rows),
            form,
        ),
    )
    return known.tables[best]


def _in_form_order(table: Table, cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells in the order in which the form prints them, whatever the order in which they were made out."""
    return {name: cells[name] for name in table.cells if name in cells} | dict(cells)


def overall_form(followed: Mapping[str, str]) -> str | None:
    """The form of the report as a whole: that of its publication table, which differs most, else of its requests."""
    for name in (PUBLICATION, REQUESTS):
        if name in followed:
            return followed[name]
    return None
