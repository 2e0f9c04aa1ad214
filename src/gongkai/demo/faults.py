"""Deliberate faults in the tables of a made-up report, as real reports have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from gongkai.annual.finding import Number
from gongkai.annual.form import Form, forms
from gongkai.annual.report import Cell, Report
from gongkai.demo import figures
from gongkai.demo.making import values, with_values


def break_rule(
    report: Report, code: str, rng: Random, *, previous: Report | None = None, kinds: tuple[str, ...] = ()
) -> Report:
    """The report with figures that break the rule of that code and, where that can be, no other.

    ``previous`` is needed for rules that look back. Raises KeyError for a code that the form does not have, ValueError
    where the report has nothing that could break the rule.
    """
    form = forms()[report.form or ""]
    rule = form.rule(code)
    tables = values(report)
    if rule.kind == "filled":
        return blanks(report, rng, table=rule.table)
    if rule.kind == "counts":
        name = next(iter(tables)) if rule.table is None else rule.table
        cell = rng.choice([key for key, (_, column) in form.tables[name].cells.items() if not column.signed])
        return misprint(report, f"{name}/{cell}", -1)
    past = values(previous) if previous else None
    if rule.looks_back and past is None:
        raise ValueError(f"rule {code} needs the report of the year before")
    instances = list(rule.instances(form.tables[rule.table or ""]))
    rng.shuffle(instances)
    for settled in (True, False):
        for relation in instances:
            for term in (term for term in relation.terms if not term.previous):
                for change in (rng.randint(1, 9), -rng.randint(1, 9), 1_000_000, -1_000_000):
                    tried = _changed(report, f"{rule.table}/{term.name}", change)
                    if settled and not _settles(form, tried, past, kinds, code):
                        continue
                    if any(found.code == code for found, _ in figures.broken(form, tried, past, kinds)):
                        return with_values(report, tried)
    raise ValueError(f"nothing in the report can break rule {code}")


def _changed(report: Report, name: str, change: int) -> figures.Tables:
    table, _, cell = name.partition("/")
    tables: figures.Tables = values(report)
    tables[table][cell] = max((tables[table][cell] or 0) + change, 0)
    return tables


def _settles(form: Form, tables: figures.Tables, past: figures.Tables | None, kinds: tuple[str, ...], but: str) -> bool:
    try:
        figures.settle(form, tables, previous=past, kinds=kinds, without=but)
    except ValueError:
        return False
    return True


def misprint(report: Report, name: str, value: Number | None) -> Report:
    """The report with another figure (or None for a blank) in the cell of that full name, and nothing else changed."""
    table, _, cell = name.partition("/")
    changed = values(report)
    if cell not in changed[table]:
        raise KeyError(name)
    changed[table][cell] = value
    return with_values(report, changed)


def blanks(report: Report, rng: Random, *, table: str | None = None, share: float = 1.0) -> Report:
    """The report with zeros left blank: all of them, or that share of them, in one table or in all."""
    if any(row.key is None for row in report.indicators):
        return _local_blanks(report)
    changed: dict[str, dict[str, Number | None]] = {
        name: {
            cell: None if value == 0 and (table in (None, name)) and rng.random() < share else value
            for cell, value in cells.items()
        }
        for name, cells in values(report).items()
    }
    if changed == values(report):
        name = table or next(iter(changed))
        changed[name][rng.choice(sorted(changed[name]))] = None
    return with_values(report, changed)


def _local_blanks(report: Report) -> Report:
    """The same for a local table, whose rows have no name in a form."""
    rows = [replace(row, cell=Cell(row.cell.value or None)) for row in report.indicators]
    rows = [replace(row, cumulative=row.cumulative and Cell(row.cumulative.value or None)) for row in rows]
    return replace(report, indicators=tuple(rows))


def without_table(report: Report, table: str) -> Report:
    """The report without that table."""
    return with_values(report, {name: cells for name, cells in values(report).items() if name != table})


def only_cells(report: Report, table: str, kept: frozenset[str]) -> Report:
    """The report with only these cells left of that table: its other rows are not in the document."""
    changed: Mapping[str, Mapping[str, Number | None]] = {
        name: {cell: value for cell, value in cells.items() if name != table or cell in kept}
        for name, cells in values(report).items()
    }
    return with_values(report, changed)


def columns_shifted(report: Report, rng: Random) -> Report:
    """The report with the figures of one row typed one column to the right (自然人 and 商业企业 confused)."""
    changed = values(report)
    table = forms()[report.form or ""].tables["requests"]
    busy = [row for row in table.rows if changed["requests"][table.cell(row, table.columns[0])]]
    if not busy:
        raise ValueError("no row has a figure to shift")
    row = rng.choice(busy)
    cells = [table.cell(row, column) for column in table.columns[:-1]]
    typed = [changed["requests"][cell] for cell in cells]
    for cell, value in zip(cells, [0, *typed[:-1]], strict=True):
        changed["requests"][cell] = value
    return with_values(report, changed)
