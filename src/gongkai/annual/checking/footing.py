"""The rules of a form applied to one report: sums that do not hold, cells left blank, figures that cannot be."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.checking import agency, sentences
from gongkai.annual.checking.common import Both
from gongkai.annual.checking.equations import Shown, shown
from gongkai.annual.checking.suspects import suspects
from gongkai.annual.checking.working import Worked, worked
from gongkai.annual.finding import Finding, Number, Where
from gongkai.annual.form import Column, Form, Row, Rule
from gongkai.annual.report import Cell, Report


def check(report: Report) -> list[Finding]:
    """Every rule of the report's forms that concerns this report alone."""
    held = shown(report)
    done = worked(held, None, agency.kind(report.agency))
    return [*sums(report, held, done), *_cells(report, held)]


def sums(report: Report, held: Shown, done: Sequence[Worked], before: Report | None = None) -> list[Finding]:
    """A finding for each broken equation, in the order of the rules."""
    culprits = suspects(done)
    found = []
    for work in done:
        if not work.broken:
            continue
        equation = work.equation
        rule = equation.rule
        culprit = culprits.get(id(work))
        first = culprit.cell if culprit else equation.cells[0]
        single = equation.width == 1
        expected: Number | str = work.right if single else work.left
        message = sentences.of_sum(equation, work.values, work.left, work.right)
        message = message.then(sentences.of_suspect(culprit, held) if culprit else sentences.check_them())
        years = [f"{before.year}:" if previous and before else "" for previous in equation.previous]
        found.append(
            Finding(
                code=rule.code,
                severity=rule.severity,
                message=message.zh,
                message_en=message.en,
                cells=tuple(dict.fromkeys(year + cell for year, cell in zip(years, equation.cells, strict=True))),
                expected=expected if equation.sign == "=" else f"{_AT[equation.sign]} {sentences.figure(work.right)}",
                actual=work.left if single or equation.sign != "=" else work.right,
                basis=rule.basis,
                where=_where(held, first, *equation.cells),
                source=report.source,
                agency=report.agency,
                year=report.year,
                details={"suspect": culprit.cell, "suspect_expected": culprit.expected} if culprit else {},
            )
        )
    return found


_AT = {"<=": "≤", ">=": "≥"}


def _where(held: Shown, *names: str) -> Where | None:
    cells = (held.cells.get(name) for name in names)
    return next((cell.where for cell in cells if cell and cell.where), None)


def _cells(report: Report, held: Shown) -> list[Finding]:
    found = []
    for name, form in held.forms.items():
        for rule in form.rules:
            if rule.kind == "relation" or rule.table not in (None, name):
                continue
            if rule.kind == "filled":
                found += _blanks(report, held, form, rule, name)
            else:
                found += _impossible(report, held, form, rule, name)
    return found


def blank_cells(held: Shown, table: str) -> list[str]:
    """The cells of the table that the document leaves blank, by full name."""
    return [name for name, cell in held.cells.items() if name.startswith(f"{table}/") and cell.value is None]


def impossible(value: Number | None, row: Row, column: Column) -> bool:
    """Whether a figure cannot stand in that cell: counts are whole and not below 0, amounts not below 0.

    A change (本年增/减) may be negative.
    """
    if value is None:
        return False
    whole = value == int(value)
    decimal, signed = row.decimal or column.decimal, column.signed
    return (not whole and not decimal) or (value < 0 and not signed)


def _blanks(report: Report, held: Shown, form: Form, rule: Rule, name: str) -> list[Finding]:
    blanks = blank_cells(held, name)
    if not blanks:
        return []
    filled = [cell.partition("/")[2] for cell in held.cells if cell.startswith(f"{name}/")]
    message = sentences.of_blanks(form.tables[name], [cell.partition("/")[2] for cell in blanks], filled)
    return [_finding(report, rule, message, blanks, _where(held, *blanks))]


def _impossible(report: Report, held: Shown, form: Form, rule: Rule, name: str) -> list[Finding]:
    table = form.tables[name]
    found = []
    for key, (row, column) in table.cells.items():
        cell: Cell | None = held.cells.get(f"{name}/{key}")
        if cell is not None and impossible(cell.value, row, column):
            message = sentences.of_count(table, key, rule, cell.value)
            found.append(_finding(report, rule, message, [f"{name}/{key}"], cell.where, cell.value))
    return found


def _finding(
    report: Report,
    rule: Rule,
    message: Both,
    cells: Sequence[str],
    where: Where | None,
    actual: Number | None = None,
) -> Finding:
    return Finding(
        code=rule.code,
        severity=rule.severity,
        message=message.zh,
        message_en=message.en,
        cells=tuple(cells),
        actual=actual,
        basis=rule.basis,
        where=where,
        source=report.source,
        agency=report.agency,
        year=report.year,
    )
