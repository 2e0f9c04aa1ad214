"""A report on paper: title, text and tables with every label and figure in its place, before any format has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from gongkai.annual.finding import Number
from gongkai.annual.form import Block, Form, Row, Table, forms
from gongkai.annual.report import INDICATORS, Report

Role = Literal["stub", "header", "heading", "label", "unit", "figure", "filler"]


@dataclass(frozen=True, slots=True)
class Box:
    """A printed cell: its text, its place and span in the table, what it is.

    ``cell`` is the full name of the figure in it; ``key`` the form's key of the row, column, group or heading.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    role: Role = "label"
    cell: str = ""
    key: str = ""


@dataclass(frozen=True)
class Sheet:
    """A printed table: its boxes in reading order, and how many of its first rows are its header."""

    table: str
    boxes: tuple[Box, ...]
    header_rows: int = 0

    @cached_property
    def width(self) -> int:
        """How many columns the table has."""
        return max((box.column + box.colspan for box in self.boxes), default=0)

    @cached_property
    def height(self) -> int:
        """How many rows the table has."""
        return max((box.row + box.rowspan for box in self.boxes), default=0)

    def rows(self) -> list[list[Box]]:
        """The boxes that begin in each row, from left to right."""
        rows: list[list[Box]] = [[] for _ in range(self.height)]
        for box in self.boxes:
            rows[box.row].append(box)
        return [sorted(row, key=lambda box: box.column) for row in rows]

    def header(self) -> list[list[Box]]:
        """The rows of the header."""
        return self.rows()[: self.header_rows]

    def each(self, change: Callable[[Box], Box]) -> Sheet:
        """The table with every box changed."""
        return replace(self, boxes=tuple(change(box) for box in self.boxes))


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph of text outside of tables."""

    text: str
    kind: Literal["title", "heading", "paragraph", "signature"]
    section: int | None = None


@dataclass(frozen=True)
class Paper:
    """A report on paper. ``truth`` is what stands on it; ``unreadable`` the cells that its wording makes ambiguous."""

    truth: Report
    items: tuple[Line | Sheet, ...]
    unreadable: frozenset[str] = frozenset()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The tables, in order."""
        return tuple(item for item in self.items if isinstance(item, Sheet))

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines outside of tables, in order."""
        return tuple(item for item in self.items if isinstance(item, Line))

    def each_sheet(self, change: Callable[[Sheet], Sheet]) -> Paper:
        """The paper with every table changed."""
        return replace(self, items=tuple(change(item) if isinstance(item, Sheet) else item for item in self.items))

    def each_box(self, change: Callable[[Box], Box]) -> Paper:
        """The paper with every box of every table changed."""
        return self.each_sheet(lambda sheet: sheet.each(change))

    def each_line(self, change: Callable[[Line], Line]) -> Paper:
        """The paper with every line outside of tables changed."""
        return replace(self, items=tuple(change(item) if isinstance(item, Line) else item for item in self.items))

    def figures(self) -> Iterator[Box]:
        """The boxes with figures, in reading order."""
        for sheet in self.sheets:
            for row in sheet.rows():
                yield from (box for box in row if box.role == "figure")


def shown(value: Number | None) -> str:
    """A figure as it is printed: plain digits, a blank for None."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


_NUMERALS = "一二三四五六七八九"


def on_paper(report: Report) -> Paper:
    """The report as its form prints it: title, introduction, the sections with their text and tables, signature."""
    form = forms()[report.form or ""]
    items: list[Line | Sheet] = [Line(report.title, "title")]
    items += [Line(text, "paragraph") for section, text, _ in report.narrative.paragraphs if section is None]
    for heading in report.narrative.headings:
        number = heading.section or 0
        items.append(Line(f"{_NUMERALS[number - 1]}、{heading.text}", "heading", number))
        for section, text, _ in report.narrative.paragraphs:
            if section == number:
                items.append(Line(text, "paragraph", number))
        for name in next(section.tables for section in form.sections if section.number == number):
            sheet = print_table(report, name)
            if sheet:
                items.append(sheet)
    items.append(Line(report.agency or "", "signature"))
    items.append(Line(f"{(report.year or 0) + 1}年1月20日", "signature"))
    return Paper(report, tuple(items))


def print_table(report: Report, name: str) -> Sheet | None:
    """The table as the form that the report uses for it prints it; None where the report does not have it."""
    if name == INDICATORS:
        return _indicators(report) if report.indicators else None
    if not report.tables.get(name):
        return None
    form: Form = forms()[report.forms.get(name, report.form or "")]
    table = form.tables[name]
    if table.template == "{column}":
        return _one_row(report, table)
    if len(table.blocks) > 1:
        return _blocks(report, table)
    return _stubbed(report, table)


def _figure(report: Report, table: Table, cell: str, row: int, column: int, colspan: int = 1) -> Box:
    name = f"{table.name}/{cell}"
    return Box(shown(report.value(name)), row, column, 1, colspan, "figure", cell=name, key=cell)


def _header(table: Table, block: Block, row: int, column: int, rows: int) -> list[Box]:
    """The columns' labels with their groups above them, ``rows`` deep, from that place on."""
    boxes: list[Box] = []
    labels = {group.key: group.label for group in table.groups}
    for index, printed in enumerate(block.columns):
        for depth, group in enumerate(printed.group):
            if index == 0 or group not in block.columns[index - 1].group:
                span = sum(group in other.group for other in block.columns)
                boxes.append(Box(labels[group], row + depth, column + index, 1, span, "header", key=group))
        depth = len(printed.group)
        boxes.append(Box(printed.label, row + depth, column + index, rows - depth, 1, "header", key=printed.key))
    return boxes


def _stubbed(report: Report, table: Table) -> Sheet:
    """A table with headings over groups of rows at its left (section three)."""
    block = table.blocks[0]
    by_key = {row.key: row for row in block.rows}
    deep = 1 + max(len(column.group) for column in block.columns)
    rows = [row for row in block.rows if row.heading or table.cell(row, block.columns[0]) in report.tables[table.name]]

    def depth(row: Row) -> int:
        return 0 if row.under is None else 1 + depth(by_key[row.under])

    stubs = 1 + max(depth(row) for row in rows)
    boxes = [Box(table.stub, 0, 0, deep, stubs, "stub"), *_header(table, block, 0, stubs, deep)]
    at = deep
    for row in rows:
        label = f"{row.number}{row.label}"
        if row.heading:
            span = sum(not other.heading and _under(other, row.key, by_key) for other in rows)
            if span:
                boxes.append(Box(label, at, depth(row), span, 1, "heading", key=row.key))
            continue
        boxes.append(Box(label, at, depth(row), 1, stubs - depth(row), "label", key=row.key))
        for index, column in enumerate(block.columns):
            boxes.append(_figure(report, table, table.cell(row, column), at, stubs + index))
        at += 1
    return Sheet(table.name, tuple(boxes), deep)


def _under(row: Row, heading: str, by_key: dict[str, Row]) -> bool:
    return row.under is not None and (row.under == heading or _under(by_key[row.under], heading, by_key))


def _blocks(report: Report, table: Table) -> Sheet:
    """Blocks with their own columns under one another, on one grid (section two)."""
    width = 1 + max(len(block.columns) for block in table.blocks)
    boxes: list[Box] = []
    at = 0
    for block in table.blocks:
        rows = [row for row in block.rows if table.cell(row, block.columns[0]) in report.tables[table.name]]
        if not rows:
            continue
        last = width - len(block.columns)
        spans = [1] * (len(block.columns) - 1) + [last]
        boxes.append(Box(block.heading, at, 0, 1, width, "heading"))
        boxes.append(Box(table.stub, at + 1, 0, role="stub"))
        for index, column in enumerate(block.columns):
            boxes.append(Box(column.label, at + 1, 1 + index, 1, spans[index], "header", key=column.key))
        at += 2
        for row in rows:
            boxes.append(Box(f"{row.number}{row.label}", at, 0, key=row.key))
            for index, column in enumerate(block.columns):
                boxes.append(_figure(report, table, table.cell(row, column), at, 1 + index, spans[index]))
            at += 1
    return Sheet(table.name, tuple(boxes))


def _one_row(report: Report, table: Table) -> Sheet:
    """A table of one row without a label (section four)."""
    block = table.blocks[0]
    deep = 1 + max(len(column.group) for column in block.columns)
    boxes = _header(table, block, 0, 0, deep)
    for index, column in enumerate(block.columns):
        boxes.append(_figure(report, table, table.cell(block.rows[0], column), deep, index))
    return Sheet(table.name, tuple(boxes), deep)


def _indicators(report: Report) -> Sheet:
    """The statistical table of the form of 2014: indicator, unit, figure."""
    if any(row.key is None for row in report.indicators):
        return _local(report)
    table = forms()[report.form or ""].tables[INDICATORS]
    block = table.blocks[0]
    present = {row.key: row for row in report.indicators}
    boxes = [
        Box(table.stub, 0, 0, role="stub"),
        Box("单位", 0, 1, role="header"),
        Box(block.columns[0].label, 0, 2, role="header", key=block.columns[0].key),
    ]
    at = 1
    for row in block.rows:
        label = f"{row.number}{row.label}"
        if row.heading:
            boxes += [
                Box(label, at, 0, role="heading", key=row.key),
                Box("——", at, 1, role="unit"),
                Box("", at, 2, role="filler"),
            ]
        elif row.key in present:
            value = shown(present[row.key].cell.value)
            boxes += [Box(label, at, 0, key=row.key), Box(row.unit, at, 1, role="unit")]
            boxes.append(Box(value, at, 2, role="figure", cell=f"{INDICATORS}/{row.key}", key=row.key))
        else:
            continue
        at += 1
    return Sheet(INDICATORS, tuple(boxes), 1)


def _local(report: Report) -> Sheet:
    """A local table: indicator, unit, figure of the year, sum of all years where it has one."""
    cumulative = any(row.cumulative for row in report.indicators)
    heads = ["指标名称", "计量单位", f"{report.year}年度", *(["历年累计"] if cumulative else [])]
    boxes = [Box(head, 0, at, role="header" if at else "stub") for at, head in enumerate(heads)]
    for at, row in enumerate(report.indicators, 1):
        name = f"{INDICATORS}/{row.label}"
        boxes += [Box(row.label, at, 0), Box(row.unit, at, 1, role="unit")]
        boxes.append(Box(shown(row.cell.value), at, 2, role="figure", cell=name))
        if row.cumulative:
            boxes.append(Box(shown(row.cumulative.value), at, 3, role="figure", cell=f"{name}·累计"))
    return Sheet(INDICATORS, tuple(boxes), 1)
