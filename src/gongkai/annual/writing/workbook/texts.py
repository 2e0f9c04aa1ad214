"""The running text on one sheet, a paragraph to a cell, and a list of figures of an agency's own on another."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.finding import Number
from gongkai.annual.form import Form, forms
from gongkai.annual.report import INDICATORS, Cell
from gongkai.annual.showing.boxes import GRID, HIGHEST, LABEL, LINE_POINTS, MIDDLE, box_at, height, on_a4
from gongkai.annual.showing.words import say
from gongkai.annual.writing.paper import ListTable, Paper, Paragraph, SectionHeading, title_of
from gongkai.annual.writing.workbook import styles
from gongkai.annual.writing.workbook.saving import Book

WIDTH = 100
_LINES = {True: 2, False: 4}
"""How many empty paragraphs a section of a blank form has, with and without a table."""

_EMPTY = 25
"""So many points high is each, for the form's headings and empty paragraphs to be printed on one page."""

_TEXT = Alignment(vertical="top", wrap_text=True, indent=2)
_BETWEEN = Border(bottom=Side(style="hair", color=styles.QUIET))
"""A hairline tells one empty paragraph from the next."""

_TITLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_SIZES = (12, 11, 10, 9, 8)
"""Paragraphs too long for the highest line are set in smaller type."""

_LEADING = 1.35


def write_text(book: Book, name: str, paper: Paper, sheets: Mapping[int, str], lang: str, *, blank: bool) -> None:
    """The text on a sheet of that name; ``sheets`` are the names of the tables' sheets by section."""
    sheet = book.sheet(name)
    sheet.column_dimensions["A"].width = WIDTH
    line = 2
    for piece in paper.pieces:
        if isinstance(piece, SectionHeading):
            line += 1
            styles.put(box_at(sheet, line, 1), piece.text, 13, bold=True)
            sheet.row_dimensions[line].height = 28
        elif isinstance(piece, Paragraph):
            line += 1
            _paragraph(sheet, line, piece.text)
        if isinstance(piece, SectionHeading):
            table = sheets.get(piece.section or 0)
            line = _empty(sheet, line, _LINES[table is not None]) if blank else line
            if table is not None:
                line += 1
                _see(book, sheet, line, table, lang)
    on_a4(sheet, landscape=False)
    sheet.print_area = f"A1:A{max(line, 1)}"
    sheet.page_setup.blackAndWhite = True  # what is still to be filled in has its colour on the screen alone
    styles.number_pages(sheet)
    styles.protect(sheet, lines=True)


def write_title(book: Book, sheet: Worksheet, paper: Paper, typed: tuple[str, str] | None) -> None:
    """The title in the first cell; in a blank form made of the agency and the year that are ``typed`` elsewhere."""
    box = box_at(sheet, 1, 1)
    styles.put(box, paper.title, styles.LARGE, bold=True).alignment = _TITLE
    sheet.row_dimensions[1].height = 48
    if typed is None:
        styles.open_to_typing(box)
        return
    book.formula(box, _title_formula(paper.form, *typed), paper.title)


def _title_formula(form: Form, agency: str, year: str) -> str:
    """The title line by rule, with the places to fill in as long as they are."""
    mark_agency, mark_year = "\0", 1
    before, after = title_of(form, mark_agency, mark_year).split(f"{mark_agency}{mark_year}")
    assert not before
    empty_agency, empty_year = title_of(form, "", None).removesuffix(after).rsplit("）", 1)
    return f'IF({agency}="","{empty_agency}）",{agency})&IF({year}="","{empty_year}",{year})&"{after}"'


def _paragraph(sheet: Worksheet, line: int, words: str) -> None:
    box = styles.put(box_at(sheet, line, 1), words)
    box.alignment = _TEXT
    styles.open_to_typing(box)
    needed = {size: _height(words, size) for size in _SIZES}
    size = next((size for size in _SIZES if needed[size] <= HIGHEST), _SIZES[-1])
    box.font = styles.font(size)
    sheet.row_dimensions[line].height = min(needed[size], HIGHEST)


def _height(words: str, size: int) -> float:
    """The points that a paragraph needs in type of that size, with its leading."""
    lines = (height(words, WIDTH * styles.SIZE / size) - 4) / LINE_POINTS
    return lines * size * _LEADING + 4


def _empty(sheet: Worksheet, line: int, count: int) -> int:
    """Empty paragraphs to be filled in; the last line."""
    for below in range(line + 1, line + count + 1):
        box = box_at(sheet, below, 1)
        box.alignment, box.font, box.border = _TEXT, styles.font(_SIZES[0]), _BETWEEN
        styles.open_to_typing(box)
        sheet.row_dimensions[below].height = _EMPTY
    styles.mark_blank(sheet, f"A{line + 1}:A{line + count}", f"A{line + 1}")
    return line + count


def _see(book: Book, sheet: Worksheet, line: int, name: str, lang: str) -> None:
    """Where the table of a section is, with a link to it."""
    box = styles.put(box_at(sheet, line, 1), say("workbook_see_table", lang, sheet=name), color=styles.QUIET)
    styles.link(box, name)
    box.alignment = Alignment(indent=2, vertical="center")
    book.aside(sheet, (line, 1), (line, 1))


def write_list(book: Book, name: str, table: ListTable) -> None:
    """A statistical table of an agency's own: label, unit, figure, and the figure for all years where there is one."""
    sheet = book.sheet(name)
    book.aside(sheet, (1, 1), (1, 4))
    styles.put(box_at(sheet, 1, 1), table.title, styles.LARGE, bold=True)
    headings = _headings()[: 4 if table.cumulative else 3]
    for column, words in enumerate(headings, 1):
        box = styles.put(box_at(sheet, 3, column), words, bold=True)
        box.alignment, box.border, box.fill = MIDDLE, GRID, styles.LABELLED
    for line, row in enumerate(table.rows, 4):
        for column, words in enumerate((row.label, row.unit), 1):
            box = styles.put(box_at(sheet, line, column), words)
            box.alignment, box.border = LABEL if column == 1 else MIDDLE, GRID
        sheet.row_dimensions[line].height = height(row.label, 60)
        for column, cell in enumerate((row.cell, row.cumulative)[: len(headings) - 2], 3):
            _figure(sheet, line, column, cell)
    for letter, width in zip("ABCD", (60, 8, 14, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    book.table(sheet, (3, 1), (3 + len(table.rows), len(headings)))
    sheet.freeze_panes = "C4"
    sheet.print_title_rows = "3:3"
    on_a4(sheet, landscape=False)
    styles.protect(sheet, lines=True)


def _figure(sheet: Worksheet, line: int, column: int, cell: Cell | None) -> None:
    value: Number | None = cell.value if cell else None
    box = styles.put(box_at(sheet, line, column), value)
    box.alignment, box.border = MIDDLE, GRID
    styles.open_to_typing(box)


def _headings() -> tuple[str, ...]:
    """What stands over the columns of a list, in the words of the national table."""
    national = next(form.tables[INDICATORS] for form in forms().values() if INDICATORS in form.tables)
    cumulative = f"{national.cumulative_heading}{national.cumulative_ending}"
    return national.stub, national.unit_heading, national.columns[0].label, cumulative
