"""Cells of a workbook as every sheet here sets them: figures and untrusted words, spans, borders, heights, paper."""

from __future__ import annotations

import re
from decimal import Decimal
from math import ceil

from openpyxl.cell.cell import Cell as Box
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from gongkai.annual.finding import Number
from gongkai.annual.form.layout import Kind, Placed
from gongkai.annual.showing.cleaning import clean
from gongkai.annual.showing.naming import number

LINE_POINTS = 15
HIGHEST = 409
"""A line of a sheet can be no higher, in points."""

LONGEST = 32_767
"""As many characters a cell holds."""

DIGITS = 15
"""As many digits of a number a spreadsheet keeps."""

LABEL_WIDTHS = (5, 11, 38)
"""The widths of the columns of labels, in characters; a table with fewer of them uses those at the right."""

LINE = Side(style="thin", color="3D3B37")
GRID = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
LABEL = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
DOWN = Alignment(horizontal="center", vertical="center", textRotation=255)
"""One character below the other."""
FIGURE = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
"""A long figure is set smaller, where a spreadsheet would show ### in its place."""


def box_at(sheet: Worksheet, line: int, column: int) -> Box:
    """The cell there (both from 1), which must not be one that a merge covers."""
    box = sheet.cell(line, column)
    assert isinstance(box, Box)
    return box


def fill_in(box: Box, value: Number | str | None) -> None:
    """A number as a number where a spreadsheet can hold all its digits; everything else as text, never as a formula."""
    if isinstance(value, int | Decimal) and len(re.sub(r"\D", "", number(value))) <= DIGITS:
        box.value = value
    elif value is not None:
        box.value = clean(number(value))[:LONGEST]
        box.data_type = "s"


def spread(sheet: Worksheet, first: int, last: int, left: int, right: int, border: Border | None = None) -> Box:
    """The cell of those lines and columns (from ``left`` up to, not with, ``right``, from 0), merged into one."""
    if border:
        for under in sheet.iter_rows(first, last, left + 1, right):
            for box in under:
                box.border = border
    if (first, left + 1) != (last, right):
        sheet.merge_cells(start_row=first, start_column=left + 1, end_row=last, end_column=right)
    return box_at(sheet, first, left + 1)


def words_of(placed: Placed, lang: str) -> str:
    """The words of a printed cell; beside several rows the number has a line of its own, as the form prints it."""
    if placed.kind is Kind.SECTION and placed.depth and placed.number and lang == "zh":
        return f"{placed.number}\n{placed.text}"
    return placed.words(lang)


def aligned(placed: Placed, lang: str) -> Alignment:
    """How the words of a printed cell stand in it; those beside all rows of a section one character below the other."""
    if placed.kind is Kind.SECTION and placed.depth == 0 and lang == "zh" and placed.rowspan > 1:
        return DOWN
    return {Kind.LABEL: LABEL, Kind.FIGURE: FIGURE}.get(placed.kind, MIDDLE)


def high_enough(sheet: Worksheet, line: int, words: str, left: int, right: int) -> None:
    """Makes a line high enough for words that are broken to the width of those columns."""
    columns = (get_column_letter(column + 1) for column in range(left, right))
    width = sum(sheet.column_dimensions[column].width for column in columns)
    shown = sheet.row_dimensions[line]
    shown.height = max(shown.height or LINE_POINTS + 4, min(height(words, width), HIGHEST))


def height(words: str, width: float) -> int:
    """The points that words need when they are broken to a column of that width."""
    return ceil(cell_len(words) / max(width - 2, 4)) * LINE_POINTS + 4


def on_a4(sheet: Worksheet, *, landscape: bool) -> None:
    """On A4, as wide as the page."""
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
