"""A table of the form on a sheet of its own: as the form prints it, with its checks beside and below."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.form import forms
from gongkai.annual.form.layout import Kind, Placed
from gongkai.annual.showing.boxes import GRID, LABEL_WIDTHS, aligned, box_at, high_enough, on_a4, spread, words_of
from gongkai.annual.showing.words import say
from gongkai.annual.writing.paper import NUMERALS, FormTable
from gongkai.annual.writing.workbook import styles
from gongkai.annual.writing.workbook.checking import Checking, Outcomes, kinds_of_entries
from gongkai.annual.writing.workbook.formulas import Place, areas, checks, sums
from gongkai.annual.writing.workbook.saving import Book

TOP = 3
"""The table begins on this line, below its caption and its unit."""

_WIDE = 12
"""A table of more columns is printed across the page."""

_FIGURE_WIDTHS = ((3, 15.0), (7, 10.0), (99, 7.5))
"""Up to so many columns of figures, each is so many characters wide."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet that was written: its name, the table's title, and the formulas and counts of its state."""

    name: str
    title: str
    outcomes: Outcomes


def write_table(book: Book, name: str, table: FormTable, lang: str, *, blank: bool) -> Filled:
    """The table on a sheet of that name. In a ``blank`` form the totals are formulas; else all figures are values."""
    return _TableSheet(book, name, table, lang, blank).write()


class _TableSheet:
    def __init__(self, book: Book, name: str, table: FormTable, lang: str, blank: bool) -> None:
        self.book, self.name, self.printed, self.lang = book, name, table, lang
        self.sheet: Worksheet = book.sheet(name)
        self.table = table.table
        layout = table.sheet
        self.columns, self.bottom = layout.columns, TOP + len(layout.rows) - 1
        self.places = {
            each.cell: Place(TOP + each.row, each.column + 1, each.colspan)
            for each in layout.figures()
            if each.cell.partition("/")[2] in self.table.cells
        }
        form = forms()[self.table.form]
        self.checks = checks(form, self.table, self.places)
        self.sums = sums(self.checks, self.places) if blank else {}

    def write(self) -> Filled:
        self.widths()
        self.caption()
        for row in self.printed.sheet.rows:
            for placed in row:
                self.place(placed)
        self.entries()
        outcomes = Checking(self.book, self.sheet, self.printed, self.checks, self.places, self.bottom, self.lang)
        written = outcomes.write()
        for check in self.checks:
            styles.mark_broken(self.sheet, " ".join(check.marked), check.alarm, check.equation.rule.severity)
        self.blanks()
        self.finish()
        return Filled(self.name, self.table.title if self.lang == "zh" else self.table.title_en, written)

    def widths(self) -> None:
        layout = self.printed.sheet
        figures = layout.columns - layout.labels
        width = next(width for most, width in _FIGURE_WIDTHS if figures <= most)
        labels = LABEL_WIDTHS[-layout.labels :] if layout.labels else ()
        if any(placed.kind is Kind.UNIT for row in layout.rows for placed in row):
            labels = (58, 8)
        for column, each in enumerate([*labels, *[width] * figures], 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = each

    def caption(self) -> None:
        title = self.table.title if self.lang == "zh" else self.table.title_en
        heading = f"{NUMERALS[self.table.section - 1]}、{title}" if self.lang == "zh" else title
        box = spread(self.sheet, 1, 1, 0, self.columns)
        styles.put(box, heading, styles.LARGE, bold=True).alignment = styles.LEFT
        self.sheet.row_dimensions[1].height = 30
        box = spread(self.sheet, 2, 2, 0, self.columns)
        if self.table.unit:
            styles.put(box, say("workbook_hint", self.lang, unit=self.table.unit), color=styles.QUIET)
        self.book.aside(self.sheet, (1, 1), (TOP - 1, self.columns))
        self.book.table(self.sheet, (TOP, 1), (self.bottom, self.columns))

    def place(self, placed: Placed) -> None:
        """A printed cell: its figure or words, what it spans merged, its border drawn all round."""
        line, left, right = TOP + placed.row, placed.column, placed.column + placed.colspan
        box = spread(self.sheet, line, line + placed.rowspan - 1, left, right, GRID)
        box.alignment = aligned(placed, "zh")
        if placed.kind is Kind.FIGURE:
            self.figure(placed.cell, line, left, right)
            return
        styles.put(box, words_of(placed, "zh"))
        box.fill = styles.LABELLED
        if placed.rowspan == 1:
            high_enough(self.sheet, line, placed.words(), left, right)

    def figure(self, cell: str, line: int, left: int, right: int) -> None:
        box = box_at(self.sheet, line, left + 1)
        box.font = styles.font()
        if cell in self.sums:
            self.book.formula(box, self.sums[cell], "")
            box.fill = styles.SUMMED
        else:
            styles.put(box, self.printed.figures.get(cell))
            for covered in range(left, right):
                styles.open_to_typing(self.sheet.cell(line, covered + 1))

    def entries(self) -> None:
        """What may be typed where: whole numbers, amounts, changes up or down."""
        for what, cells in kinds_of_entries(self.printed, self.places).items():
            styles.accept(self.sheet, _relative(areas(cells)), what, self.lang)

    def blanks(self) -> None:
        open_cells = [place for cell, place in self.places.items() if cell not in self.sums]
        for area in areas(open_cells):
            first = area.partition(":")[0].replace("$", "")
            styles.mark_blank(self.sheet, area.replace("$", ""), first)

    def finish(self) -> None:
        """Headings stay in sight and are printed on every page; what is printed is the form, without its checks."""
        layout = self.printed.sheet
        below, beside = TOP + layout.header, layout.labels + 1 if layout.labels < layout.columns else 1
        self.sheet.freeze_panes = self.sheet.cell(below, beside if layout.header and layout.labels else 1).coordinate
        if layout.header:
            self.sheet.print_title_rows = f"{TOP}:{TOP + layout.header - 1}"
        self.sheet.print_area = f"A1:{get_column_letter(self.columns)}{self.bottom}"
        on_a4(self.sheet, landscape=layout.columns > _WIDE)
        styles.number_pages(self.sheet)
        styles.protect(self.sheet)


def _relative(ranges: list[str]) -> str:
    return " ".join(ranges).replace("$", "")
