"""A report's tables as a spreadsheet, as offices exchange them and attach them to a page."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from io import BytesIO
from random import Random

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.report import Report
from gongkai.demo import faults
from gongkai.demo.rendering.catalogue import Printed, layout
from gongkai.demo.rendering.paper import Box, Line, Paper, Sheet


def _value(box: Box, as_text: bool) -> int | float | str | None:
    """What is typed into the cell: a number where it is one and the cell is not kept as text."""
    if box.text == "":
        return None
    if box.role == "figure" and not as_text:
        try:
            number = Decimal(box.text)
        except InvalidOperation:
            return box.text
        return int(number) if number == number.to_integral_value() else float(number)
    return box.text


def _fill(sheet: Worksheet, item: Sheet, at: int, as_text: bool) -> int:
    """Write the table from that row on (rows counted from 1); gives the first row under it."""
    for box in item.boxes:
        row, column = at + box.row, 1 + box.column
        sheet.cell(row, column, _value(box, as_text))
        if box.rowspan > 1 or box.colspan > 1:
            sheet.merge_cells(
                start_row=row,
                start_column=column,
                end_row=row + box.rowspan - 1,
                end_column=column + box.colspan - 1,
            )
    return at + item.height


def _saved(book: Workbook) -> Printed:
    file = BytesIO()
    book.save(file)
    return Printed(file.getvalue())


def _one_sheet(paper: Paper, as_text: bool = False) -> Printed:
    book = Workbook()
    sheet = book.worksheets[0]
    at = 1
    for item in paper.items:
        if isinstance(item, Line):
            sheet.cell(at, 1, item.text)
            at += 1
        else:
            at = _fill(sheet, item, at, as_text) + 1
    return _saved(book)


@layout("xlsx", "J", suffix=".xlsx")
def everything_on_one_sheet(paper: Paper, rng: Random) -> Printed:
    """Text and tables under one another on one sheet, cells merged"""
    return _one_sheet(paper)


@layout("xlsx", "J", suffix=".xlsx")
def figures_kept_as_text(paper: Paper, rng: Random) -> Printed:
    """The same, figures typed as text"""
    return _one_sheet(paper, as_text=True)


@layout("xlsx", "J", suffix=".xlsx")
def a_sheet_for_each_table(paper: Paper, rng: Random) -> Printed:
    """A sheet for each table, its title above it, an empty sheet at the end"""
    book = Workbook()
    first = book.worksheets[0]
    first.title = "说明"
    for number, line in enumerate(paper.lines, 1):
        first.cell(number, 1, line.text)
    for number, table in enumerate(paper.sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        heading = next((line.text for line in paper.lines if line.section == number + 1 and line.kind == "heading"), "")
        sheet.cell(1, 2, heading)
        _fill(sheet, table, 3, as_text=False)
    book.create_sheet("Sheet9")
    return _saved(book)


@layout("xlsx", "A9", "J", suffix=".xlsx", before=lambda report, rng: _blanks(report, rng))
def zeros_left_blank_in_xlsx(paper: Paper, rng: Random) -> Printed:
    """Every zero an empty cell"""
    return _one_sheet(paper)


def _blanks(report: Report, rng: Random) -> Report:
    return faults.blanks(report, rng)
