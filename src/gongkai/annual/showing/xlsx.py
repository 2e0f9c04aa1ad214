"""Results as a workbook: a sheet of findings, then one for each report with its tables as printed.

Everything that comes from a report is written as text or as a number, never as a formula.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Box
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.finding import Number, Severity
from gongkai.annual.form.layout import Kind, Placed
from gongkai.annual.showing.boxes import (
    FIGURE,
    GRID,
    LABEL_WIDTHS,
    LEFT,
    LINE,
    LONGEST,
    aligned,
    box_at,
    fill_in,
    height,
    high_enough,
    on_a4,
    spread,
    words_of,
)
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

FIGURE_WIDTH = 6.5
"""Table four has fifteen columns of figures side by side: wider ones would make the print too small to read."""

_TOP = Alignment(vertical="top", wrap_text=True)
_TOP_MIDDLE = Alignment(horizontal="center", vertical="top", wrap_text=True)


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
        ReportSheet(sheet, view, lang).write()
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _findings(sheet: Worksheet, result: Result, shown: tuple[View, ...], lang: str) -> None:
    """The sheet of findings: the verdict, then a line for each finding, the files that could not be read first."""
    sheet.title = say("sheet_findings", lang)
    _put(sheet, 1, 1, result.headline[lang]).font = Font(bold=True, size=14)
    for column, (key, width) in enumerate(COLUMNS.items(), 1):
        box = _put(sheet, 3, column, say(key, lang))
        box.font, box.border = Font(bold=True), Border(bottom=LINE)
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
        sheet.row_dimensions[line].height = min(400, max(height(number(value), width) for value, width in pairs))
        sheet.cell(line, 5).fill = fill_of(severity)
    sheet.freeze_panes = "A4"
    if rows:
        sheet.auto_filter.ref = f"A3:{get_column_letter(len(COLUMNS))}{len(rows) + 3}"
    sheet.print_title_rows = "3:3"
    on_a4(sheet, landscape=True)


def _finding(note: Note, view: View | None, lang: str) -> list[Number | str | None]:
    finding = note.finding
    cells = view.named(note, lang) if view else ""
    source = view.file if view else os.path.basename(finding.source or "")
    agency = finding.agency or (view.report.agency if view else None)
    year = finding.year or (view.report.year if view else None)
    where = finding.where.words(lang) if finding.where else ""
    head = [source, agency, year, note.number, say(finding.severity, lang), finding.code, note.words(lang)]
    return [*head, cells, finding.expected, finding.actual, where, finding.basis]


class ReportSheet:
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
        on_a4(self.sheet, landscape=False)

    def title(self, words: str, size: int) -> None:
        _put(self.sheet, self.line, 1, words).font = Font(bold=size > 10, size=size)
        self.line += 1

    def row(self, label: str, values: Iterable[Number | str | None] = ()) -> Box:
        """A line with its label in the columns of labels and its values beside it; the place of the first value."""
        line = self.line
        box = spread(self.sheet, line, line, 0, self.labels)
        fill_in(box, label)
        box.alignment = LEFT
        for column, value in enumerate(values, self.labels + 1):
            beside = _put(self.sheet, line, column, value)
            beside.alignment = Alignment(vertical="center") if isinstance(value, str) else FIGURE
        high_enough(self.sheet, line, label, 0, self.labels)
        self.line += 1
        return box_at(self.sheet, line, self.labels + 1)

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
        box = spread(self.sheet, line, line + placed.rowspan - 1, left, right, GRID)
        if placed.kind is Kind.FIGURE:
            self.figure(box, shown.cells[placed.cell])
        else:
            fill_in(box, words_of(placed, self.lang))
        box.alignment = aligned(placed, self.lang)
        if placed.rowspan == 1:
            high_enough(self.sheet, line, placed.words(self.lang), left, right)

    def figure(self, box: Box, seen: Seen) -> None:
        """A figure as a number; what it is instead of one in words; what was found in its comment."""
        cell = self.view.report.cell(seen.name)
        words = {State.UNREAD: say("state_unread", self.lang), State.ABSENT: "—"}
        fill_in(box, words.get(seen.state, cell.value if cell else None))
        self.mark(box, seen)

    def mark(self, box: Box, seen: Seen) -> None:
        notes = [f"[{note.number}] {note.words(self.lang)}" for note in seen.notes]
        if seen.state in (State.INFERRED, State.BLANK):
            notes.append(say(f"legend_{seen.state}", self.lang))
        if seen.state is State.INFERRED:
            box.font = Font(underline="single", italic=True)
        if seen.severity:
            box.fill, box.font = fill_of(seen.severity), Font(bold=True)
            box.border, box.number_format = _ring(seen.severity), _numbered(seen)
        if notes:
            box.comment = Comment(clean("\n".join(notes))[:LONGEST], CREATOR, width=320, height=40 + 60 * len(notes))

    def indicators(self) -> None:
        """The rows of a statistical table: label, figure, unit, and the second figure where there is one."""
        self.row(say("indicator", self.lang), [say(key, self.lang) for key in ("figure", "unit", "cumulative")])
        for row in self.view.indicators:
            indicator = row.indicator
            more = indicator.cumulative.value if indicator.cumulative else None
            self.mark(self.row(indicator.label, [indicator.cell.value, indicator.unit, more]), row.seen)


def _put(sheet: Worksheet, line: int, column: int, value: Number | str | None) -> Box:
    box = box_at(sheet, line, column)
    fill_in(box, value)
    return box


def fill_of(severity: Severity) -> PatternFill:
    """The colour behind a cell or a line of that severity."""
    return PatternFill("solid", fgColor=FILLS[severity])


def _ring(severity: Severity) -> Border:
    """A thick line round a cell, for a print without colours."""
    side = Side(style="medium", color=RINGS[severity])
    return Border(left=side, right=side, top=side, bottom=side)


def _numbered(seen: Seen) -> str:
    """The format that shows the findings' numbers behind a figure, which stays a number to reckon with."""
    mark = '"[' + ",".join(str(note.number) for note in seen.ringed) + ']"'
    return f"General{mark};-General{mark};General{mark};@{mark}"


def _sheet_name(view: View, taken: set[str]) -> str:
    """A name that a workbook allows: at most 31 characters, none of ``[]:*?/\\``, each once."""
    words = f"{view.report.year or ''} {view.report.agency or view.report.source}"
    plain = re.sub(r"[\[\]:*?/\\'\ufffd\n\t]", " ", clean(words)).strip()[:26].strip() or str(view.number)
    return plain if plain.casefold() not in taken else f"{plain} {view.number}"
