"""How a fill-in form looks: faces, fills, what may be typed where, how a sheet is protected and printed."""

from __future__ import annotations

from typing import Literal

from openpyxl.cell.cell import Cell as Box
from openpyxl.cell.cell import MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.finding import Number, Severity
from gongkai.annual.showing.boxes import fill_in
from gongkai.annual.showing.words import say

FACE = "宋体"
SIZE = 11
LARGE = 16
INK, QUIET, ACCENT = "1F1E1C", "5F5B55", "B3261E"
TO_FILL = PatternFill("solid", bgColor="FFF6D6")
SUMMED = PatternFill("solid", fgColor="EEEDEA")
LABELLED = PatternFill("solid", fgColor="F7F6F3")
_BROKEN = {Severity.ERROR: ("F9D5CE", "8C1D18"), Severity.WARNING: ("FCEBC5", "6B4600")}
_ENTRIES = {"whole": "workbook_whole", "amount": "workbook_amount", "signed": "workbook_signed"}
_DANGEROUS = ("=", "+", "-", "@")
"""A text that begins so would become a formula when its cell is edited, if it were not marked as text."""

LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)


def font(size: float = SIZE, *, bold: bool = False, color: str = INK, underlined: bool = False) -> Font:
    """The face of the sheets in that size."""
    return Font(name=FACE, size=size, bold=bold, color=color, underline="single" if underlined else None)


def put(box: Box, value: Number | str | None, size: float = SIZE, *, bold: bool = False, color: str = INK) -> Box:
    """A figure or words into a cell; words stay words when the cell is edited."""
    fill_in(box, value)
    box.font = font(size, bold=bold, color=color)
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        box.quotePrefix = True
    return box


def link(box: Box, sheet: str) -> None:
    """Makes the cell lead to that sheet."""
    box.hyperlink = Hyperlink(ref=box.coordinate, location=f"{quote_sheetname(sheet)}!A1")
    box.font = font(underlined=True)


def open_to_typing(box: Box | MergedCell) -> None:
    """Lets the cell be filled in though the sheet is protected."""
    box.protection = Protection(locked=False)


def protect(sheet: Worksheet, *, lines: bool = False) -> None:
    """Protects everything but the open cells, without a password; ``lines`` may be put in and taken out."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    if lines:
        sheet.protection.insertRows = sheet.protection.deleteRows = sheet.protection.formatCells = False


def number_pages(sheet: Worksheet) -> None:
    """The number of the page at the foot of each."""
    if sheet.oddFooter is not None and sheet.oddFooter.center is not None:
        sheet.oddFooter.center.text = "&P / &N"


def mark_broken(sheet: Worksheet, cells: str, formula: str, severity: Severity) -> None:
    """Rings and fills those cells while the formula is true; a print without colours shows bold figures in a frame."""
    fill, ink = _BROKEN[severity]
    side = Side(style="thin", color=ink)
    style = DifferentialStyle(
        font=Font(bold=True, color=ink),
        fill=PatternFill("solid", bgColor=fill),
        border=Border(left=side, right=side, top=side, bottom=side),
    )
    sheet.conditional_formatting.add(cells, Rule(type="expression", dxf=style, formula=[formula]))


def mark_blank(sheet: Worksheet, cells: str, first: str) -> None:
    """Fills those cells as long as they are empty; ``first`` is the address of the first."""
    style = DifferentialStyle(fill=TO_FILL)
    sheet.conditional_formatting.add(cells, Rule(type="expression", dxf=style, formula=[f'{first}=""']))


def accept(sheet: Worksheet, cells: str, what: str, lang: str) -> None:
    """Lets only such numbers be typed there: ``whole``, ``amount`` (decimals allowed) or ``signed``."""
    kind: Literal["decimal", "whole"] = "decimal" if what == "amount" else "whole"
    least = {"whole": "0", "amount": "0", "signed": "-999999999"}[what]
    validation = DataValidation(kind, operator="greaterThanOrEqual", formula1=least, allow_blank=True)
    validation.errorTitle, validation.error = say("workbook_wrong_entry", lang), say(_ENTRIES[what], lang)
    validation.showErrorMessage = True
    sheet.add_data_validation(validation)
    for area in cells.split():
        validation.add(area)


def accept_year(sheet: Worksheet, cell: str, first: int, last: int, lang: str) -> None:
    """Lets only a year be typed there."""
    validation = DataValidation("whole", operator="between", formula1=str(first), formula2=str(last), allow_blank=True)
    validation.errorTitle, validation.error = say("workbook_wrong_entry", lang), say("workbook_year_wrong", lang)
    validation.showErrorMessage = True
    sheet.add_data_validation(validation)
    validation.add(cell)
