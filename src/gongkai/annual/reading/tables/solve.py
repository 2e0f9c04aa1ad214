"""The form's sums decide between readings: rows that can be read in several ways are read the one way that adds up.

A cell on which all remaining readings agree is read (and says that it was inferred); a cell on which they do not is
left out with a doubt. Rows that the document shows plainly are never changed: if their sums are wrong, that is a fault
of the report, for the checks to find.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import product

from gongkai.annual.finding import Number, Severity, Where
from gongkai.annual.form import Table, forms
from gongkai.annual.reading.tables.evidence import Doubt, RowReading, Value, Values
from gongkai.annual.relation import Relation
from gongkai.annual.report import Cell

COMBINATIONS = 20_000
"""So many combinations of open rows are weighed; beyond that every row is decided by itself."""


HINT = 10
"""From this figure on a figure of the narrative decides between readings; smaller ones agree too easily by chance."""


OTHER_TABLE = 2
"""From so many rows on that stand there twice, plainly and with other figures, the document has the table of another
year or agency too. Sums hold in both, so they cannot tell which is meant."""


def decide(
    table: Table,
    rows: Sequence[RowReading],
    hints: Mapping[str, Collection[Number]] | None = None,
    *,
    recognised: bool = False,
) -> tuple[dict[str, Cell], list[Doubt]]:
    """Cells by name, and doubts, from the rows read of one table.

    ``hints`` are figures that the narrative gives for cells. ``recognised`` says that the figures come from a picture:
    then a figure against which sums speak, and none for it, is taken for misread rather than for a fault.
    """
    relations = sums_of(table)
    merged, doubts = _one_for_each_cell(rows)
    open_rows = [row for row in merged if len(row.readings) != 1]
    known: dict[str, Value] = {}
    for row in merged:
        if len(row.readings) == 1:
            known |= dict(zip(row.cells, row.readings[0], strict=True))
    narrowed = [_narrow(row, relations, known) for row in open_rows]
    narrowed = _together(narrowed, relations, known)
    narrowed = [_hinted(row, hints or {}) for row in narrowed]
    cells: dict[str, Cell] = {}
    for row in merged:
        if len(row.readings) == 1:
            doubtful = row.by_position and not _confirmed(row, relations, known)
            if doubtful:
                doubts.append(Doubt(table.name, row.cells, "order", row.where, row.text))
                continue
            for index, name in enumerate(row.cells):
                inferred = row.by_position or row.inferred
                cells[name] = Cell(row.readings[0][index], row.place(index), inferred, row.printed(index))
    for row in narrowed:
        doubts += _agreed(table.name, row, cells)
    doubts += _contradicted(table.name, merged, relations, cells)
    doubts += _unproved(table.name, merged, relations, cells, recognised)
    return cells, doubts


def sums_of(table: Table) -> tuple[Relation, ...]:
    """The relations of the form's rules that must hold within one report's table."""
    return _sums(table.form, table.name)


@cache
def _sums(form: str, name: str) -> tuple[Relation, ...]:
    rules = [rule for rule in forms()[form].rules if rule.table == name and rule.severity is Severity.ERROR]
    strict = [rule for rule in rules if rule.relation and rule.relation.sign == "=" and not rule.looks_back]
    return tuple(relation for rule in strict for relation in rule.instances(forms()[form].tables[name]))


def holds(relation: Relation, values: Mapping[str, Value]) -> bool | None:
    """Whether a relation holds; None if a cell of it is not known, or nothing but blanks stand on one side.

    A blank beside figures counts as 0 in a sum; a sum whose result is blank says nothing.
    """
    total: Number = 0
    for side in (relation.left, relation.right):
        filled = False
        for term in side:
            if term.name not in values:
                return None
            value = values[term.name]
            filled = filled or value is not None
            sign = term.sign if side is relation.left else -term.sign
            total += sign * (value or 0)
        if not filled:
            return None
    return total == 0 if relation.sign == "=" else total <= 0 if relation.sign == "<=" else total >= 0


def adds_up(table: Table, cells: Sequence[str], row: Values) -> bool:
    """Whether the row's own sums confirm it. Where nothing but blanks stand there is nothing to confirm, and a row of
    zeros adds up wherever its blank is.

    A figure whose sum is left blank is not confirmed: a row that lost its first figure looks like one whose total is
    blank.
    """
    values = dict(zip(cells, row, strict=True))
    inside = [relation for relation in sums_of(table) if all(term.name in values for term in relation.terms)]
    told = [relation for relation in inside if any(values[term.name] is not None for term in relation.terms)]
    return bool(inside) and any(row) and all(holds(relation, values) for relation in told)


def _one_for_each_cell(rows: Sequence[RowReading]) -> tuple[list[RowReading], list[Doubt]]:
    """A row read twice (a header repeated, a table printed twice) counts once if both say the same, else it is open."""
    merged: dict[tuple[str, ...], RowReading] = {}
    doubts: list[Doubt] = []
    seen: dict[str, Value] = {}
    rows, others = _of_one_table(rows)
    doubts += others
    for row in rows:
        before = merged.get(row.cells)
        if before is None:
            twice = [name for name in row.cells if name in seen]
            if twice:
                doubts.append(Doubt(row.table, tuple(twice), "twice", row.where, row.text))
                continue
            merged[row.cells] = row
            for name in row.cells:
                seen[name] = None
        elif before.readings != row.readings:
            both = tuple(dict.fromkeys((*before.readings, *row.readings)))
            doubtful = before.doubtful | row.doubtful
            merged[row.cells] = replace(before, readings=both, by_position=True, doubtful=doubtful)
    return list(merged.values()), doubts


def _of_one_table(rows: Sequence[RowReading]) -> tuple[Sequence[RowReading], list[Doubt]]:
    """All rows, or, where the document has two tables with different figures, those that both show alike."""
    shown: dict[tuple[str, ...], list[RowReading]] = {}
    for row in rows:
        shown.setdefault(row.cells, []).append(row)
    plain = [{row.readings for row in same if len(row.readings) == 1} for same in shown.values()]
    if sum(len(readings) > 1 for readings in plain) < OTHER_TABLE:
        return rows, []
    alike = [same[0] for same in shown.values() if len(same) > 1 and len({row.readings for row in same}) == 1]
    apart = [same[0] for same in shown.values() if same[0] not in alike]
    return alike, [Doubt(row.table, row.cells, "twice", row.where, row.text) for row in apart]


def _narrow(row: RowReading, relations: Sequence[Relation], known: Mapping[str, Value]) -> RowReading:
    """Only the readings that break no sum which the row, with the rows known, decides; all, if each breaks one."""
    own = set(row.cells)
    touching = [relation for relation in relations if any(term.name in own for term in relation.terms)]
    inside = [relation for relation in touching if all(term.name in own for term in relation.terms)]
    values = dict(known)
    for tested in (inside, touching):
        kept = []
        for reading in row.readings:
            values.update(zip(row.cells, reading, strict=True))
            if all(holds(relation, values) is not False for relation in tested):
                kept.append(reading)
        if kept:
            row = _with(row, kept)
    return row


def _together(rows: list[RowReading], relations: Sequence[Relation], known: Mapping[str, Value]) -> list[RowReading]:
    """Open rows weighed together: the combinations in which every sum holds that can be tested."""
    count = 1
    for row in rows:
        count *= len(row.readings)
    if len(rows) < 2 or count > COMBINATIONS or count == 0:
        return rows
    touched = {name for row in rows for name in row.cells}
    tested = [relation for relation in relations if any(term.name in touched for term in relation.terms)]
    kept: list[tuple[Values, ...]] = []
    for combination in product(*(row.readings for row in rows)):
        values = dict(known)
        for row, reading in zip(rows, combination, strict=True):
            values |= dict(zip(row.cells, reading, strict=True))
        if all(holds(relation, values) is not False for relation in tested):
            kept.append(combination)
    if not kept:
        return rows
    return [_with(row, list(dict.fromkeys(entry[i] for entry in kept))) for i, row in enumerate(rows)]


def _hinted(row: RowReading, hints: Mapping[str, Collection[Number]]) -> RowReading:
    """Only the readings that give a cell the figure which the narrative gives for it, where some do."""
    for index, name in enumerate(row.cells):
        given = {number for number in hints.get(name, ()) if number >= HINT}
        agreeing = [reading for reading in row.readings if reading[index] in given]
        if agreeing and len({reading[index] for reading in row.readings}) > 1:
            row = _with(row, agreeing)
    return row


def _confirmed(row: RowReading, relations: Sequence[Relation], known: Mapping[str, Value]) -> bool:
    """A row whose columns were told by order alone stands only if a sum confirms it and none speaks against it."""
    own = set(row.cells)
    verdicts = [holds(relation, known) for relation in relations if all(term.name in own for term in relation.terms)]
    return False not in verdicts and True in verdicts


def _agreed(table: str, row: RowReading, cells: dict[str, Cell]) -> list[Doubt]:
    """Put into ``cells`` what all remaining readings agree on; doubts for the rest."""
    unread = []
    for index, name in enumerate(row.cells):
        options = {reading[index] for reading in row.readings}
        if len(options) == 1:
            cells[name] = Cell(options.pop(), row.place(index), True, row.printed(index))
        else:
            unread.append(name)
    return [Doubt(table, tuple(unread), "several", row.where, row.text)] if unread else []


def _contradicted(
    table: str, rows: Sequence[RowReading], relations: Sequence[Relation], cells: dict[str, Cell]
) -> list[Doubt]:
    """Take out rows that only a sum told from other readings, where another sum speaks against them: a digit that does
    not belong there may have led to a row that adds up."""
    values = {name: cell.value for name, cell in cells.items()}
    broken = [relation for relation in relations if holds(relation, values) is False]
    against = {term.name for relation in broken for term in relation.terms}
    doubts = []
    for row in rows:
        there = tuple(name for name in row.cells if name in cells)
        if row.by_sums and against & set(there):
            for name in there:
                del cells[name]
            doubts.append(Doubt(table, there, "against", row.where, row.text))
    return doubts


def _unproved(
    table: str, rows: Sequence[RowReading], relations: Sequence[Relation], cells: dict[str, Cell], recognised: bool
) -> list[Doubt]:
    """Take out what a recogniser was not sure of and no sum confirms, and what sums speak against."""
    doubtful = {name for row in rows for name in row.doubtful}
    if not doubtful and not recognised:
        return []
    values = {name: cell.value for name, cell in cells.items()}
    verdicts: dict[str, set[bool | None]] = {name: set() for name in cells}
    for relation in relations:
        verdict = holds(relation, values)
        for term in relation.terms:
            if term.name in verdicts:
                verdicts[term.name].add(verdict)
    doubts = []
    for name, said in verdicts.items():
        if (name in doubtful and True not in said) or (recognised and False in said and True not in said):
            cell = cells.pop(name)
            doubts.append(Doubt(table, (name,), "picture", cell.where or Where(), cell.text))
    return doubts


def _with(row: RowReading, readings: Sequence[Values]) -> RowReading:
    return replace(row, readings=tuple(readings))
