"""Cells of several reports side by side, matched across forms only where the forms' files say they are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from gongkai.annual.checking.common import CommonRule, rules_in
from gongkai.annual.checking.equations import Shown, shown
from gongkai.annual.comparing.comparison import Change, ComparedFigure, ComparedTable, Entry, Line
from gongkai.annual.finding import Number
from gongkai.annual.form import Table, forms
from gongkai.annual.form.matching import counterparts
from gongkai.annual.phrases import phrases
from gongkai.annual.report import INDICATORS, TABLES, Indicator, Report, State

FILE = "comparing.toml"

TENTH = Decimal("0.1")
"""To what percentages are rounded."""


def rule(code: str) -> CommonRule:
    """The rule of comparing of that code. Raises KeyError."""
    return rules_in(FILE)[code]


def change(left: Number | None, right: Number | None) -> Change | None:
    """From one figure to the next; None where one of them is not there."""
    if left is None or right is None:
        return None
    difference = right - left
    percent = (Decimal(difference) * 100 / Decimal(left)).quantize(TENTH) if left > 0 else None
    settings = rule("C-1").settings
    nothing = left == 0 or right == 0
    grown = percent is not None and abs(percent) > settings["percent"]
    return Change(difference, percent, abs(difference) >= settings["least"] and (nothing or grown))


def changes(values: Sequence[Number | None]) -> tuple[Change | None, ...]:
    """From each figure to the next."""
    return tuple(change(left, right) for left, right in pairwise(values))


def tables(reports: Sequence[Report]) -> tuple[ComparedTable, ...]:
    """Every table that one of the reports has, in the form of the last that has it."""
    held = [shown(report) for report in reports]
    found = []
    for name in (*TABLES, INDICATORS):
        own = [of.forms[name].tables[name] if name in of.forms else None for of in held]
        there = [table for table in own if table is not None]
        if there:
            lines = tuple(_lines(reports, held, own, there))
            found.append(ComparedTable(there[-1], lines, tuple(table.form if table else None for table in own)))
    return tuple(found)


def _lines(
    reports: Sequence[Report], held: Sequence[Shown], own: Sequence[Table | None], there: Sequence[Table]
) -> Iterator[Line]:
    """The cells of the last form in its order, then those of the others that it does not have."""
    done: set[str] = set()
    for table in reversed(there):
        for key in table.cells:
            if key not in done:
                done.add(key)
                entries = tuple(map(_entry, reports, held, own, [(table, key)] * len(reports)))
                values = [entry.value for entry in entries]
                yield Line(f"{table.name}/{key}", entries, changes(values), key not in there[-1].cells)


def _entry(report: Report, held: Shown, own: Table | None, cell: tuple[Table, str]) -> Entry:
    """What a report has for a cell of that table of some form."""
    table, key = cell
    keys = counterparts(table, own).get(key) if own else (key,)
    names = tuple(f"{table.name}/{one}" for one in keys or ())
    cells = [held.cells.get(name) for name in names]
    there = [one for one in cells if one is not None]
    if not names or len(there) < len(cells):
        unread = any(name in finding.cells for finding in report.findings for name in names)
        return Entry(State.UNREAD if unread else State.ABSENT, None, names)
    values = [one.value for one in there if one.value is not None]
    if len(values) < len(there):
        return Entry(State.BLANK, None, names)
    return Entry(State.FIGURE, sum(values), names)


def indicators(reports: Sequence[Report]) -> tuple[Line, ...]:
    """Rows of old statistical tables that are of no national form, side by side where label and unit are the same."""
    rows = [{(row.label, row.unit): row for row in report.indicators if row.key is None} for report in reports]
    labels = dict.fromkeys(label for of_report in rows for label in of_report)
    found = []
    for label in labels:
        entries = tuple(_row(of_report.get(label)) for of_report in rows)
        found.append(Line(f"{INDICATORS}/{label[0]}", entries, changes([entry.value for entry in entries])))
    return tuple(found)


def _row(row: Indicator | None) -> Entry:
    if row is None:
        return Entry(State.ABSENT)
    return Entry(State.FIGURE if row.cell.value is not None else State.BLANK, row.cell.value, (row.label,))


def told(reports: Sequence[Report]) -> tuple[ComparedFigure, ...]:
    """The figures of the running text by what they count; where a text gives several, all stand there."""
    names = {figure.what for report in reports for figure in report.narrative.figures if figure.what}
    found = []
    for phrase in phrases().values():
        if phrase.what not in names:
            continue
        values = tuple(_told(report, phrase.what) for report in reports)
        single = [of_report[0] if len(of_report) == 1 else None for of_report in values]
        units = tuple(
            next((figure.unit for figure in report.narrative.figures if figure.what == phrase.what), "")
            for report in reports
        )
        alike = len({unit for unit in units if unit}) < 2
        moved = changes(single) if alike else (None,) * (len(reports) - 1)
        found.append(ComparedFigure(phrase.what, phrase.label, phrase.label_en, values, units, moved))
    return tuple(found)


def _told(report: Report, what: str) -> tuple[Number, ...]:
    """The figures that the text gives for that, each once; percentages and figures of other years left out."""
    return tuple(
        dict.fromkeys(
            figure.value
            for figure in report.narrative.figures
            if figure.what == what and not figure.percent and figure.year in (None, report.year)
        )
    )


def differing_forms(compared: ComparedTable) -> list[str]:
    """The forms of that table, oldest first, if they do not all have the same cells."""
    names = [name for name in forms() if name in compared.forms]
    cells = {frozenset(forms()[name].tables[compared.table.name].cells) for name in names}
    return names if len(cells) > 1 else []
