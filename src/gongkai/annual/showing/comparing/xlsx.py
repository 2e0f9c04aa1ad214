"""A comparison as a workbook: what is worth telling, each table with reports in columns, the texts, their figures.

Changes are live formulas; everything that comes from a report is a number or text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import pairwise

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.checking.sentences import table_name
from gongkai.annual.comparing import Comparison, Kind, Line, State
from gongkai.annual.finding import Number, Severity
from gongkai.annual.showing.boxes import FIGURE, GRID, HIGHEST, LEFT, MIDDLE, box_at, fill_in, height, on_a4
from gongkai.annual.showing.comparing.view import NOTABLE, CompareView
from gongkai.annual.showing.naming import CREATOR
from gongkai.annual.showing.words import say
from gongkai.annual.showing.xlsx import fill_of

HEAD = 3
LABEL_WIDTH, FIGURE_WIDTH, TEXT_WIDTH = 52, 13, 60
SIGNED, PERCENT = "+0.######;-0.######;0", "+0.0%;-0.0%;0.0%"
KINDS = {
    Kind.SAME: "compared_same_sentence",
    Kind.CHANGED: "compared_changed_sentence",
    Kind.GONE: "compared_gone_sentence",
    Kind.NEW: "compared_new_sentence",
}


def xlsx(compared: Comparison, lang: str = "zh") -> bytes:
    """The workbook as the bytes of its file."""
    view = CompareView(compared, lang)
    book = Workbook()
    book.properties.creator = CREATOR
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = view.say("compared_sheet_changes")
    _lines(first, view, view.headline, compared.notable())
    _notes(first, view, HEAD + len(compared.notable()) + 2)
    for table in compared.tables:
        name = table_name(table.table)
        sheet = book.create_sheet(name.zh if lang == "zh" else name.en[:1].upper() + name.en[1:])
        _lines(sheet, view, view.caption(table.table), view.told(table))
    if compared.indicators:
        sheet = book.create_sheet(say("indicators_heading", lang))
        _lines(sheet, view, say("indicators_heading", lang), compared.indicators)
    if compared.figures:
        _told(book.create_sheet(view.say("compared_sheet_figures")), view)
    if compared.sections:
        _texts(book.create_sheet(view.say("compared_sheet_text")), view)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _lines(sheet: Worksheet, view: CompareView, title: str, lines: Sequence[Line]) -> None:
    """A line for each cell: its figure in each report, then from each to the next the change and that in percent."""
    lang = view.lang
    count = len(view.columns)
    changes = [
        f"{step}\n{view.say(key)}" for step in view.steps() for key in ("compared_difference", "compared_percent")
    ]
    _head(sheet, title, [say("cell", lang), *view.columns, *changes])
    for at, line in enumerate(lines, HEAD + 1):
        label = box_at(sheet, at, 1)
        fill_in(label, view.label(line))
        label.border, label.alignment = GRID, LEFT
        sheet.row_dimensions[at].height = height(view.label(line), LABEL_WIDTH)
        for column, entry in enumerate(line.entries, 2):
            box = box_at(sheet, at, column)
            fill_in(box, entry.value if entry.state is State.FIGURE else view.entry(entry))
            box.border, box.alignment = GRID, FIGURE
        for number, (left, right) in enumerate(pairwise(range(2, count + 2))):
            change = line.changes[number]
            places = [f"{get_column_letter(column)}{at}" for column in (left, right)]
            for column, formula, form in (
                (count + 2 + 2 * number, f"={places[1]}-{places[0]}", SIGNED),
                (count + 3 + 2 * number, f'=IF({places[0]}>0,({places[1]}-{places[0]})/{places[0]},"")', PERCENT),
            ):
                box = box_at(sheet, at, column)
                box.border, box.alignment = GRID, FIGURE
                if change is not None:
                    box.value, box.number_format = formula, form
                    if change.notable:
                        box.fill, box.font = fill_of(Severity.WARNING), Font(bold=True)
                        box.number_format = ";".join(f'"{NOTABLE} "{part}' for part in form.split(";"))
    sheet.column_dimensions["A"].width = LABEL_WIDTH
    for column in range(2, 2 * count + 2):
        sheet.column_dimensions[get_column_letter(column)].width = FIGURE_WIDTH
    sheet.freeze_panes = f"B{HEAD + 1}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    on_a4(sheet, landscape=True)


def _head(sheet: Worksheet, title: str, heads: Iterable[str]) -> None:
    box = box_at(sheet, 1, 1)
    fill_in(box, title)
    box.font = Font(bold=True, size=14)
    for column, words in enumerate(heads, 1):
        box = box_at(sheet, HEAD, column)
        fill_in(box, words)
        box.border, box.alignment, box.font = GRID, MIDDLE, Font(bold=True)
    sheet.row_dimensions[HEAD].height = 48


def _notes(sheet: Worksheet, view: CompareView, line: int) -> None:
    """The findings below the table, each over the whole width."""
    for note in view.notes:
        line += 1
        box = box_at(sheet, line, 1)
        fill_in(box, f"{say(note.finding.severity, view.lang)}  {note.words(view.lang)}")
        box.fill = fill_of(note.finding.severity)
        box.alignment = Alignment(vertical="top", wrap_text=True)
        width = LABEL_WIDTH + FIGURE_WIDTH * (2 * len(view.columns))
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=2 * len(view.columns) + 1)
        sheet.row_dimensions[line].height = min(HIGHEST, height(note.words(view.lang), width) + 6)


def _told(sheet: Worksheet, view: CompareView) -> None:
    """The figures of the texts; several for one thing stand as text."""
    lang = view.lang
    _head(sheet, view.say("compared_told_heading"), [view.say("compared_counted"), *view.columns])
    for at, figure in enumerate(view.compared.figures, HEAD + 1):
        values: list[Number | str] = [figure.label if lang == "zh" else figure.label_en]
        values += [given[0] if len(given) == 1 else view.values(given) for given in figure.values]
        for column, value in enumerate(values, 1):
            box = box_at(sheet, at, column)
            fill_in(box, value)
            box.border, box.alignment = GRID, LEFT if column == 1 else FIGURE
    sheet.column_dimensions["A"].width = LABEL_WIDTH
    for column in range(2, len(view.columns) + 2):
        sheet.column_dimensions[get_column_letter(column)].width = FIGURE_WIDTH
    on_a4(sheet, landscape=False)


def _texts(sheet: Worksheet, view: CompareView) -> None:
    """The sentences of both texts side by side, with what became of each."""
    left, right = view.columns[-2:]
    title = view.say("compared_text_heading", left=left, right=right)
    _head(sheet, title, [view.say("compared_section"), view.say("compared_kind"), left, right])
    at = HEAD
    for section in view.compared.sections:
        for pair in section.pairs:
            at += 1
            values = (view.section_name(section), view.say(KINDS[pair.kind]), pair.left, pair.right)
            for column, value in enumerate(values, 1):
                box = box_at(sheet, at, column)
                fill_in(box, value)
                box.alignment = Alignment(vertical="top", wrap_text=True)
                if pair.kind is Kind.SAME:
                    box.font = Font(color="777777")
            sheet.row_dimensions[at].height = min(HIGHEST, max(height(part, TEXT_WIDTH) for part in values[2:]))
    for letter, width in zip("ABCD", (22, 8, TEXT_WIDTH, TEXT_WIDTH), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{HEAD + 1}"
    sheet.auto_filter.ref = f"A{HEAD}:D{at}"
    on_a4(sheet, landscape=True)
