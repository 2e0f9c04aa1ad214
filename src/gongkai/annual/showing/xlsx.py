"""Results as a workbook: a sheet of findings, then one for each report with its tables as printed.

Everything that comes from a report is written as text or as a number, never as a formula.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable
from decimal import Decimal
from math import ceil

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Box
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from gongkai.annual.finding import Number, Severity
from gongkai.annual.form.layout import Kind, Placed
from gongkai.annual.showing.cleaning import clean
from gongkai.annual.showing.gathering import by_trouble, unplaced, views
from gongkai.annual.showing.marks import Note, Seen, ShownTable, State
from gongkai.annual.showing.naming import CREATOR, number, report_name
from gongkai.annual.showing.result import Result
from gongkai.annual.showing.view import View
from gongkai.annual.showing.words import say

COLUMNS = {
    "file": 20,
    "agency": 18,
    "year": 7,
    "number": 6,
    "severity": 9,
    "code": 7,
    "message": 56,
    "cells": 28,
    "expected": 10,
    "actual": 10,
    "where": 12,
    "basis": 26,
}
"""The columns of the sheet of findings with their widths in characters."""

FILLS = {Severity.ERROR: "F9D5CE", Severity.WARNING: "FCEBC5", Severity.INFO: "DDE6F0"}
RINGS = {Severity.ERROR: "B3261E", Severity.WARNING: "8A5A00", Severity.INFO: "44566C"}
SHORT = ("year", "number", "severity", "code")
"""Columns whose entries stand in the middle, apart from their neighbours."""

LABEL_WIDTHS = (5, 11, 38)
"""The widths of the columns of labels, in characters; a table with fewer of them uses those at the right."""

FIGURE_WIDTH = 6.5
"""Table four has fifteen columns of figures side by side: wider ones would make the print too small to read."""

LINE_POINTS = 15

_LINE = Side(style="thin", color="3D3B37")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_LABEL = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_DOWN = Alignment(horizontal="center", vertical="center", textRotation=255)
"""One character below the other."""
_TOP = Alignment(vertical="top", wrap_text=True)
_TOP_MIDDLE = Alignment(horizontal="center", vertical="top", wrap_text=True)
_FIGURE = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
"""A long figure is set smaller, where a spreadsheet would show ### in its place."""
_LONGEST = 32_767
"""As many characters a cell holds."""


def xlsx(result: Result, lang: str = "zh") -> bytes:
    """The workbook as the bytes of its file."""
    book = Workbook()
    book.properties.creator = CREATOR
    shown = by_trouble(views(result))
    first = book.active
    assert isinstance(first, Worksheet)
    _findings(first, result, shown, lang)
    for view in shown:
        sheet = book.create_sheet(_sheet_name(view, {name.casefold() for name in book.sheetnames}))
        _Report(sheet, view, lang).write()
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _findings(sheet: Worksheet, result: Result, shown: tuple[View, ...], lang: str) -> None:
    """The sheet of findings: the verdict, then a line for each finding, the files that could not be read first."""
    sheet.title = say("sheet_findings", lang)
    _put(sheet, 1, 1, result.headline[lang]).font = Font(bold=True, size=14)
    for column, (key, width) in enumerate(COLUMNS.items(), 1):
        box = _put(sheet, 3, column, say(key, lang))
        box.font, box.border = Font(bold=True), Border(bottom=_LINE)
        box.alignment = _TOP_MIDDLE if key in SHORT else _TOP
        sheet.column_dimensions[get_column_letter(column)].width = width
    rows: list[tuple[Severity, list[Number | str | None]]] = []
    for unread in result.unread:
        name = os.path.basename(unread.source) or unread.source
        head: list[Number | str | None] = [name, None, None, None, say("unreadable", lang), None]
        rows.append((Severity.ERROR, [*head, unread.words(lang)]))
    whole = [Note(i, finding) for i, finding in enumerate(unplaced(result), 1)]
    rows += [(note.finding.severity, _finding(note, None, lang)) for note in whole]
    rows += [(note.finding.severity, _finding(note, view, lang)) for view in shown for note in view.notes]
    for line, (severity, values) in enumerate(rows, 4):
        for column, (value, key) in enumerate(zip(values, COLUMNS, strict=False), 1):
            _put(sheet, line, column, value).alignment = _TOP_MIDDLE if key in SHORT else _TOP
        pairs = zip(values, COLUMNS.values(), strict=False)
        sheet.row_dimensions[line].height = min(400, max(_height(number(value), width) for value, width in pairs))
        sheet.cell(line, 5).fill = _fill(severity)
    sheet.freeze_panes = "A4"
    if rows:
        sheet.auto_filter.ref = f"A3:{get_column_letter(len(COLUMNS))}{len(rows) + 3}"
    sheet.print_title_rows = "3:3"
    _printed(sheet, landscape=True)


def _finding(note: Note, view: View | None, lang: str) -> list[Number | str | None]:
    finding = note.finding
    cells = view.named(note, lang) if view else ""
    source = view.file if view else os.path.basename(finding.source or "")
    agency = finding.agency or (view.report.agency if view else None)
    year = finding.year or (view.report.year if view else None)
    where = finding.where.words(lang) if finding.where else ""
    head = [source, agency, year, note.number, say(finding.severity, lang), finding.code, note.words(lang)]
    return [*head, cells, finding.expected, finding.actual, where, finding.basis]


class _Report:
    """One report on one sheet, written from top to bottom. All tables have their figures in the same columns."""

    def __init__(self, sheet: Worksheet, view: View, lang: str) -> None:
        self.sheet = sheet
        self.view = view
        self.lang = lang
        self.line = 1
        self.labels = max([1, *(table.sheet.labels for table in view.tables if table.there)])
        figures = [table.sheet.columns - table.sheet.labels for table in view.tables if table.there]
        widths = [*LABEL_WIDTHS[-self.labels :], *[FIGURE_WIDTH] * max([*figures, 4])]
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width

    def write(self) -> None:
        report = self.view.report
        self.title(report_name(report, self.lang), 14)
        form = say("form", self.lang, name=report.form) if report.form else say("form_unknown", self.lang)
        self.title(f"{form}  {self.view.file}", 9)
        for table in self.view.tables:
            self.line += 1
            self.title(self.view.caption(table.sheet.table, self.lang), 12)
            self.table(table)
        if self.view.indicators:
            self.line += 1
            self.title(say("indicators_heading", self.lang), 12)
            self.indicators()
        if self.view.figures:
            self.line += 1
            self.title(say("narrative_heading", self.lang), 12)
            for figure in self.view.figures:
                words = figure.phrase or figure.sentence
                self.row(words, [figure.value, figure.unit, figure.where.words(self.lang)])
        _printed(self.sheet, landscape=False)

    def title(self, words: str, size: int) -> None:
        _put(self.sheet, self.line, 1, words).font = Font(bold=size > 10, size=size)
        self.line += 1

    def row(self, label: str, values: Iterable[Number | str | None] = ()) -> Box:
        """A line with its label in the columns of labels and its values beside it; the place of the first value."""
        line = self.line
        box = self.spread(line, line, 0, self.labels)
        _fill_in(box, label)
        box.alignment = _LEFT
        for column, value in enumerate(values, self.labels + 1):
            beside = _put(self.sheet, line, column, value)
            beside.alignment = Alignment(vertical="center") if isinstance(value, str) else _FIGURE
        self.high_enough(line, label, 0, self.labels)
        self.line += 1
        return _box(self.sheet, line, self.labels + 1)

    def table(self, shown: ShownTable) -> None:
        if not shown.there:
            self.title(say("table_absent", self.lang), 10)
            return
        top = self.line
        for row in shown.sheet.rows:
            for placed in row:
                self.place(top, placed, shown)
        self.line = top + len(shown.sheet.rows)
        for seen in shown.others:
            self.figure(self.row(self.view.label(seen.name, self.lang)), seen)

    def place(self, top: int, placed: Placed, shown: ShownTable) -> None:
        """A printed cell: its figure or words, what it spans merged, its border drawn all round."""
        mine = shown.sheet.labels

        def across(column: int) -> int:
            return column if column < mine else column - mine + self.labels

        line, left, right = top + placed.row, across(placed.column), across(placed.column + placed.colspan)
        box = self.spread(line, line + placed.rowspan - 1, left, right, _GRID)
        if placed.kind is Kind.FIGURE:
            self.figure(box, shown.cells[placed.cell])
        else:
            _fill_in(box, self.words(placed))
        box.alignment = {Kind.LABEL: _LABEL, Kind.FIGURE: _FIGURE}.get(placed.kind, _MIDDLE)
        if placed.kind is Kind.SECTION and placed.depth == 0 and self.lang == "zh" and placed.rowspan > 1:
            box.alignment = _DOWN
        elif placed.rowspan == 1:
            self.high_enough(line, placed.words(self.lang), left, right)

    def words(self, placed: Placed) -> str:
        """The words of a printed cell; beside several rows the number has a line of its own, as the form prints it."""
        if placed.kind is Kind.SECTION and placed.depth and placed.number and self.lang == "zh":
            return f"{placed.number}\n{placed.text}"
        return placed.words(self.lang)

    def spread(self, first: int, last: int, left: int, right: int, border: Border | None = None) -> Box:
        """The cell of those lines and columns (from ``left`` up to, not with, ``right``, from 0), merged into one."""
        if border:
            for under in self.sheet.iter_rows(first, last, left + 1, right):
                for box in under:
                    box.border = border
        if (first, left + 1) != (last, right):
            self.sheet.merge_cells(start_row=first, start_column=left + 1, end_row=last, end_column=right)
        return _box(self.sheet, first, left + 1)

    def high_enough(self, line: int, words: str, left: int, right: int) -> None:
        """Makes a line high enough for words that are broken to the width of those columns."""
        columns = (get_column_letter(column + 1) for column in range(left, right))
        width = sum(self.sheet.column_dimensions[column].width for column in columns)
        shown = self.sheet.row_dimensions[line]
        shown.height = max(shown.height or LINE_POINTS + 4, min(_height(words, width), 400))

    def figure(self, box: Box, seen: Seen) -> None:
        """A figure as a number; what it is instead of one in words; what was found in its comment."""
        cell = self.view.report.cell(seen.name)
        words = {State.UNREAD: say("state_unread", self.lang), State.ABSENT: "—"}
        _fill_in(box, words.get(seen.state, cell.value if cell else None))
        self.mark(box, seen)

    def mark(self, box: Box, seen: Seen) -> None:
        notes = [f"[{note.number}] {note.words(self.lang)}" for note in seen.notes]
        if seen.state in (State.INFERRED, State.BLANK):
            notes.append(say(f"legend_{seen.state}", self.lang))
        if seen.state is State.INFERRED:
            box.font = Font(underline="single", italic=True)
        if seen.severity:
            box.fill, box.font = _fill(seen.severity), Font(bold=True)
            box.border, box.number_format = _ring(seen.severity), _numbered(seen)
        if notes:
            box.comment = Comment(clean("\n".join(notes))[:_LONGEST], CREATOR, width=320, height=40 + 60 * len(notes))

    def indicators(self) -> None:
        """The rows of a statistical table: label, figure, unit, and the second figure where there is one."""
        self.row(say("indicator", self.lang), [say(key, self.lang) for key in ("figure", "unit", "cumulative")])
        for row in self.view.indicators:
            indicator = row.indicator
            more = indicator.cumulative.value if indicator.cumulative else None
            self.mark(self.row(indicator.label, [indicator.cell.value, indicator.unit, more]), row.seen)


def _put(sheet: Worksheet, line: int, column: int, value: Number | str | None) -> Box:
    box = _box(sheet, line, column)
    _fill_in(box, value)
    return box


def _box(sheet: Worksheet, line: int, column: int) -> Box:
    """The cell there, which must not be one that a merge covers."""
    box = sheet.cell(line, column)
    assert isinstance(box, Box)
    return box


def _fill_in(box: Box, value: Number | str | None) -> None:
    """A number as a number where a spreadsheet can hold all its digits; everything else as text, never as a formula."""
    if isinstance(value, int | Decimal) and len(re.sub(r"\D", "", number(value))) <= 15:
        box.value = value
    elif value is not None:
        box.value = clean(number(value))[:_LONGEST]
        box.data_type = "s"


def _height(words: str, width: float) -> int:
    """The points that words need when they are broken to a column of that width."""
    return ceil(cell_len(words) / max(width - 2, 4)) * LINE_POINTS + 4


def _fill(severity: Severity) -> PatternFill:
    return PatternFill("solid", fgColor=FILLS[severity])


def _ring(severity: Severity) -> Border:
    """A thick line round a cell, for a print without colours."""
    side = Side(style="medium", color=RINGS[severity])
    return Border(left=side, right=side, top=side, bottom=side)


def _numbered(seen: Seen) -> str:
    """The format that shows the findings' numbers behind a figure, which stays a number to reckon with."""
    mark = '"[' + ",".join(str(note.number) for note in seen.ringed) + ']"'
    return f"General{mark};-General{mark};General{mark};@{mark}"


def _printed(sheet: Worksheet, *, landscape: bool) -> None:
    """On A4, as wide as the page."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _sheet_name(view: View, taken: set[str]) -> str:
    """A name that a workbook allows: at most 31 characters, none of ``[]:*?/\\``, each once."""
    words = f"{view.report.year or ''} {view.report.agency or view.report.source}"
    plain = re.sub(r"[\[\]:*?/\\'\ufffd\n\t]", " ", clean(words)).strip()[:26].strip() or str(view.number)
    return plain if plain.casefold() not in taken else f"{plain} {view.number}"
