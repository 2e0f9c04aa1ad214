"""A merge as a workbook: the merged table, and for each table a sheet with agencies as rows and its cells as columns.

The sums are live: a figure corrected in an agency's row changes its column's sum and the merged table. Everything that
comes from a report is a number or text; the only formulas are those written here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Box
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.checking.sentences import section
from gongkai.annual.finding import Severity
from gongkai.annual.form import Table, forms
from gongkai.annual.merging import Merged
from gongkai.annual.report import INDICATORS
from gongkai.annual.showing.boxes import FIGURE, GRID, HIGHEST, LEFT, MIDDLE, box_at, fill_in, height, on_a4, spread
from gongkai.annual.showing.marks import Seen
from gongkai.annual.showing.merging.view import MergedView
from gongkai.annual.showing.naming import CREATOR
from gongkai.annual.showing.words import say
from gongkai.annual.showing.xlsx import ReportSheet, fill_of

HEAD = 3
"""The lines above the agencies: what the sheet is, the rows of the form, its columns."""

AGENCY_WIDTH, CELL_WIDTH = 30, 9
LIST_WIDTHS = (32, 70, 44)
"""The columns of the sheet of parts, in characters."""


def xlsx(merged: Merged, lang: str = "zh") -> bytes:
    """The workbook as the bytes of its file."""
    view = MergedView(merged, lang)
    book = Workbook()
    book.properties.creator = CREATOR
    first = book.active
    assert isinstance(first, Worksheet)
    whole = first
    if merged.report is None:
        _parts(first, view)
    else:
        whole.title = say("merged_sheet_whole", lang)
        _parts(book.create_sheet(), view)
    sums: dict[str, str] = {}
    for table in forms()[merged.form].tables.values() if merged.form else ():
        if merged.counted:
            sums |= _by_agency(book.create_sheet(), view, table)
    if merged.report is not None:
        _Merged(whole, view, sums).write()
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


class _Merged(ReportSheet):
    """The merged table as printed; each figure is the sum on the sheet of its table."""

    def __init__(self, sheet: Worksheet, view: MergedView, sums: dict[str, str]) -> None:
        super().__init__(sheet, view.whole, view.lang)
        self.sums = sums

    def mark(self, box: Box, seen: Seen) -> None:
        if seen.name in self.sums:
            box.value = f"={self.sums[seen.name]}"
        super().mark(box, seen)


def _by_agency(sheet: Worksheet, view: MergedView, table: Table) -> dict[str, str]:
    """A line for each counted part; below them the sums. Gives for each cell where on the sheet its sum stands."""
    lang = view.lang
    sheet.title = (
        say("merged_sheet_indicators", lang)
        if table.name == INDICATORS
        else say("merged_sheet_table", lang, section=section(table.section)[lang != "zh"])
    )
    title = box_at(sheet, 1, 1)
    fill_in(title, view.whole.caption(table, lang))
    title.font = Font(bold=True, size=14)
    counted = [(index, part) for index, part in enumerate(view.merged.parts) if part.counted]
    last = HEAD + len(counted)
    _put(spread(sheet, 2, HEAD, 0, 1, GRID), say("agency", lang))
    _put(box_at(sheet, last + 1, 1), say("merged_sum", lang), bold=True)
    for line, (index, _) in enumerate(counted, HEAD + 1):
        _put(box_at(sheet, line, 1), view.part_name(index)).alignment = LEFT
    _heads(sheet, view, table)
    places: dict[str, str] = {}
    for column, key in enumerate(table.cells, 2):
        name, letter = f"{table.name}/{key}", get_column_letter(column)
        sheet.column_dimensions[letter].width = CELL_WIDTH
        addends = view.merged.addends.get(name)
        for line, addend in enumerate(addends or (), HEAD + 1):
            box = box_at(sheet, line, column)
            fill_in(box, addend.value if addend.value is not None else view.figure(addend))
            box.border, box.alignment = GRID, FIGURE
            if addend.value is None:
                box.fill = fill_of(Severity.WARNING)
        box = _put(box_at(sheet, last + 1, column), "", bold=True)
        box.alignment = FIGURE
        if addends:
            box.value = f"=SUM({letter}{HEAD + 1}:{letter}{last})"
            places[name] = f"'{sheet.title}'!{letter}{last + 1}"
        else:
            fill_in(box, say("merged_no_sum", lang))
    sheet.column_dimensions["A"].width = AGENCY_WIDTH
    sheet.freeze_panes = f"B{HEAD + 1}"
    sheet.print_title_rows, sheet.print_title_cols = f"1:{HEAD}", "A:A"
    on_a4(sheet, landscape=True)
    sheet.page_setup.fitToWidth = 0  # as many pages side by side as the table is wide
    return places


def _heads(sheet: Worksheet, view: MergedView, table: Table) -> None:
    """Two lines of headings: the rows of the form, each over its cells, and below them the columns."""
    lang = view.lang
    rows = 2
    at = 1
    for over, keys in groupby(table.cells, key=lambda key: _over(table, key, lang)):
        cells = list(keys)
        _put(spread(sheet, rows, rows, at, at + len(cells), GRID), over)
        for column, key in enumerate(cells, at + 1):
            label = table.cells[key][1]
            _put(box_at(sheet, HEAD, column), label.label if lang == "zh" else label.label_en)
        at += len(cells)
    tallest = max((height(_over(table, key, lang), CELL_WIDTH * len(table.columns)) for key in table.cells), default=0)
    sheet.row_dimensions[rows].height = max(tallest, 20)
    labels = (column.label if lang == "zh" else column.label_en for column in table.columns)
    sheet.row_dimensions[HEAD].height = max(height(label, CELL_WIDTH) for label in labels)


def _over(table: Table, key: str, lang: str) -> str:
    """What stands over a cell's column: the row's name; where rows have none the groups of its column."""
    row, column = table.cells[key]
    if row.label:
        return row.brief if lang == "zh" else row.label_en
    groups = [group for group in table.groups if group.key in column.group]
    return " · ".join(group.label if lang == "zh" else group.label_en for group in groups)


def _put(box: Box, words: str, *, bold: bool = False) -> Box:
    fill_in(box, words)
    box.border, box.alignment = GRID, MIDDLE
    box.font = Font(bold=bold)
    return box


def _parts(sheet: Worksheet, view: MergedView) -> None:
    """The sheet of parts: the sentence, each report with its state, then what is to be settled or known."""
    lang = view.lang
    sheet.title = say("merged_sheet_parts", lang)
    head = box_at(sheet, 1, 1)
    fill_in(head, view.headline)
    head.font = Font(bold=True, size=14)
    line = _lines(sheet, 3, [say(key, lang) for key in ("agency", "merged_part_state", "file")], _part_lines(view))
    if view.whole.notes:
        heads = [say(key, lang) for key in ("severity", "message", "basis")]
        _lines(sheet, line + 1, heads, _note_lines(view))
    for letter, width in zip("ABC", LIST_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    on_a4(sheet, landscape=True)


def _part_lines(view: MergedView) -> Iterator[tuple[list[str], Severity | None]]:
    for line in view.lines():
        yield [line.agency, line.state, line.file], line.severity


def _note_lines(view: MergedView) -> Iterator[tuple[list[str], Severity | None]]:
    for note in view.whole.notes:
        severity = note.finding.severity
        yield [say(severity, view.lang), f"[{note.number}] {note.words(view.lang)}", note.finding.basis], severity


def _lines(sheet: Worksheet, line: int, heads: list[str], rows: Iterator[tuple[list[str], Severity | None]]) -> int:
    """Headings and lines below them from that line on; the line behind the last. Grave ones are filled."""
    for column, words in enumerate(heads, 1):
        _put(box_at(sheet, line, column), words, bold=True)
    for values, severity in rows:
        line += 1
        for column, word in enumerate(values, 1):
            box = box_at(sheet, line, column)
            fill_in(box, word)
            box.alignment = Alignment(vertical="top", wrap_text=True)
            if severity is not None and column == 1:
                box.fill = fill_of(severity)
        tallest = max(height(word, width) for word, width in zip(values, LIST_WIDTHS, strict=True))
        sheet.row_dimensions[line].height = min(HIGHEST, tallest)
    return line + 1
