"""What is wrong, in words: the arithmetic of a sum with its labels and figures, and which cells are blank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gongkai.annual.checking.common import NOTHING, Both, joined, words
from gongkai.annual.finding import Number
from gongkai.annual.form import Column, Row, Rule, Table
from gongkai.annual.report import INDICATORS

if TYPE_CHECKING:
    from gongkai.annual.checking.equations import Equation, Shown
    from gongkai.annual.checking.suspects import Suspect

NUMERALS = "零一二三四五六七八九十"

FEW = 4
"""A side of so many terms is written out whole; of a longer one only the figures above 0."""


def section(number: int) -> Both:
    """A section's number as each language writes it: 三, 3."""
    return Both(NUMERALS[number] if number < len(NUMERALS) else str(number), str(number))


def table_name(table: Table) -> Both:
    """What a table is called: 表三; the statistical table of before 2019 by its title."""
    if table.name == INDICATORS:
        return Both(table.title, table.title_en.lower())
    return words("table").fill(section=section(table.section))


def _capital(name: Both) -> Both:
    return Both(name.zh, name.en[:1].upper() + name.en[1:])


def figure(value: Number | None) -> str:
    """A figure as it is printed, without exponent and without zeros that say nothing."""
    return "" if value is None else f"{value:f}" if not isinstance(value, int) else str(value)


def cell_name(table: Table, key: str) -> Both:
    """A cell in words, for a sentence: 「（一）予以公开 · 自然人」."""
    row, _ = table.cells[key]
    if len(table.columns) == 1:
        return Both(row.brief, row.label_en)
    return Both(table.label(key), table.label(key, "en"))


def of_sum(equation: Equation, values: Sequence[Number | None], left: Number, right: Number) -> Both:
    """The arithmetic of a broken equation and the rule in words.

    「表三“自然人”列：本年新收 93 + 上年结转 0 = 93，总计 92 + 结转下年度 2 = 94，相差 1。…」
    """
    place, names = _place(equation)
    place = _capital(place)
    width = equation.width
    factors = [*equation.coefficients[:width], *(-factor for factor in equation.coefficients[width:])]
    sides = [
        _side(names[part], factors[part], values[part], total)
        for part, total in ((slice(None, width), left), (slice(width, None), right))
    ]
    form = {"=": "equals", "<=": "at_most", ">=": "at_least"}[equation.sign]
    return words(form).fill(
        place=place,
        left=sides[0],
        right=sides[1],
        difference=figure(max(left, right) - min(left, right)),
        words=_rule_words(equation.rule),
    )


def _rule_words(rule: Rule) -> Both:
    return Both(rule.words.rstrip("。"), rule.words_en.rstrip("."))


def _place(equation: Equation) -> tuple[Both, list[Both]]:
    """Where the equation stands, and what its terms are called there."""
    table = equation.table
    name = table_name(table)
    pairs = [table.cells[cell.partition("/")[2]] for cell in equation.cells]
    rows, columns = {row for row, _ in pairs}, {column.group for _, column in pairs}
    if isinstance(equation.at, Column):
        place = words("column").fill(table=name, name=Both(equation.at.label, equation.at.label_en))
        names = [Both(row.brief, row.label_en) for row, _ in pairs]
    elif len(rows) == 1 and len(table.columns) > 1 and (isinstance(equation.at, Row) or len(columns) == 1):
        row, column = pairs[0]
        over = [Both(group.label, group.label_en) for group in table.groups if group.key in column.group]
        within = Both(row.brief, row.label_en) if row.label else joined(over)
        place = words("row").fill(table=name, name=within)
        names = [Both(column.label, column.label_en) for _, column in pairs]
    else:
        place = name
        names = [cell_name(table, cell.partition("/")[2]) for cell in equation.cells]
    looks_back = zip(names, equation.previous, strict=True)
    return place, [words("previous").fill(name=name) if previous else name for name, previous in looks_back]


def _side(names: Sequence[Both], factors: Sequence[int], values: Sequence[Number | None], total: Number) -> Both:
    if not names:
        return Both("0", "0")
    terms = list(zip(names, factors, values, strict=True))
    long = len(terms) > FEW
    told = [term for term in terms if term[2]] if long else terms
    text = NOTHING
    for at, (name, factor, value) in enumerate(told):
        sign = ("−" if factor < 0 else "") if at == 0 else (" − " if factor < 0 else " + ")
        shown = words("blank") if value is None else Both(f" {figure(value)}", f" {figure(value)}")
        text = text.then(Both(sign, sign), name, shown)
    if not told:
        text = words("all_zero")
    if len(terms) > 1:
        text = text.then(Both(f" = {figure(total)}", f" = {figure(total)}"))
    if long and any(value is None for value in values):
        text = text.then(words("blanks_zero"))
    elif long and 0 < len(told) < len(terms):
        text = text.then(words("rest_zero"))
    return text


def of_suspect(suspect: Suspect, held: Shown) -> Both:
    """That several sums meet in one cell, which is to be checked first."""
    name = Both(held.label(suspect.cell), held.label(suspect.cell, "en"))
    if suspect.actual is None:
        return words("suspect_blank").fill(cell=name, expected=suspect.expected)
    fields = {"count": suspect.count, "actual": figure(suspect.actual), "expected": suspect.expected}
    return words("suspect").fill(cell=name, **fields)


def check_them() -> Both:
    """The plain request to check."""
    return words("verify")


def of_count(table: Table, key: str, rule: Rule, value: Number | None) -> Both:
    """That a figure cannot stand in its cell."""
    name = _capital(table_name(table)).then(Both(" ", ", "), cell_name(table, key))
    return words("count").fill(cell=name, actual=figure(value), words=_rule_words(rule))


def of_blanks(table: Table, blank: Sequence[str], held: Sequence[str]) -> Both:
    """Which cells of a table are blank, by whole columns and by rows; ``held`` are the cells that the report has."""
    parts: list[Both] = []
    left = set(blank)
    if len(left) == len(held):
        parts, left = [words("blank_all")], set()
    elif len(table.rows) > 1:
        whole = [column for column in table.columns if _whole(table, column, left, held)]
        if whole:
            parts.append(words("blank_columns").fill(columns=joined([_column(column) for column in whole])))
            left -= {cell for cell in held if table.cells[cell][1] in whole}
    by_columns: dict[tuple[Column, ...], list[Row]] = {}
    for row in table.rows:
        columns = tuple(table.cells[cell][1] for cell in held if cell in left and table.cells[cell][0] is row)
        if columns:
            by_columns.setdefault(columns, []).append(row)
    for columns, rows in by_columns.items():
        named = joined([_column(column, table) for column in columns])
        if not rows[0].label:
            parts.append(named)
            continue
        form = "blank_row" if len(rows) == 1 else "blank_rows"
        first = Both(rows[0].brief, rows[0].label_en)
        parts.append(words(form).fill(row=first, rows=len(rows), more=len(rows) - 1, columns=named))
    cells = joined(parts, "semicolon")
    return words("blanks").fill(table=_capital(table_name(table)), count=len(blank), cells=cells)


def _whole(table: Table, column: Column, blank: set[str], held: Sequence[str]) -> bool:
    cells = [cell for cell in held if table.cells[cell][1] is column]
    return len(cells) > 1 and blank.issuperset(cells)


def _column(column: Column, table: Table | None = None) -> Both:
    groups = [] if table is None or table.name == "requests" else table.groups
    over = [Both(group.label, group.label_en) for group in groups if group.key in column.group]
    return joined([*over, Both(column.label, column.label_en)], "dot")
