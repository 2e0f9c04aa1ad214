"""The first sheet: whose report it is, how it stands now, how to fill it in."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.finding import Severity
from gongkai.annual.showing.boxes import GRID, LABEL, MIDDLE, box_at, high_enough, on_a4, spread
from gongkai.annual.showing.words import say
from gongkai.annual.writing.paper import Paper
from gongkai.annual.writing.workbook import styles
from gongkai.annual.writing.workbook.checking import formula_words
from gongkai.annual.writing.workbook.saving import Book
from gongkai.annual.writing.workbook.tables import Filled

_WIDTHS = (16, 46, 10, 10, 10)
_COUNTS = (3, 4, 5)
"""The columns of blanks, of broken rules and of those to look at."""

_HEADINGS = ("workbook_sheet", "workbook_content", "workbook_blank", "workbook_broken", "workbook_doubtful")
_URGENT_FIRST = (
    ("D", "broken", "workbook_state_broken"),
    ("C", "blank", "workbook_state_blank"),
    ("E", "doubtful", "workbook_state_doubtful"),
)
"""What the one sentence of the state says first, with the column in which it is counted."""

_FIRST_YEAR, _LAST_YEAR = 2008, 9999
"""The Regulation is in force since 2008."""


def write_cover(
    book: Book, sheet: Worksheet, paper: Paper, filled: Sequence[Filled], text: str, lang: str, *, blank: bool
) -> tuple[str, str]:
    """The cover; gives the addresses of the agency and the year, for the title of the text."""
    cover = _Cover(book, sheet, lang)
    cover.line_of(
        say("workbook_name", lang, title=paper.form.title if lang == "zh" else paper.form.title_en), styles.LARGE
    )
    for notice in paper.notices:
        cover.line_of(f"▲ {notice}", 12, bold=True, color=styles.ACCENT)
    cover.line += 1
    agency = cover.field("workbook_agency", paper.agency, blank=blank)
    year = cover.field("workbook_year", paper.year, blank=blank)
    if blank:
        styles.accept_year(sheet, year.replace("$", ""), _FIRST_YEAR, _LAST_YEAR, lang)
    cover.field(
        "workbook_form", say("workbook_form_of", lang, form=paper.form.name, basis=paper.form.basis), blank=False
    )
    if filled:
        cover.state(filled)
    cover.line += 1
    cover.line_of(say("workbook_how", lang), 13, bold=True)
    for number, step in enumerate(_steps(blank=blank, tables=bool(filled)), 1):
        cover.line_of(f"{number}. {say(step, lang, sheet=text)}", styles.SIZE)
    on_a4(sheet, landscape=False)
    styles.protect(sheet)
    book.aside(sheet, (1, 1), (cover.line, len(_WIDTHS)))
    name = sheet.title
    return f"'{name}'!{agency}", f"'{name}'!{year}"


def _steps(*, blank: bool, tables: bool) -> list[str]:
    """What is to be done, one after the other."""
    steps = ["workbook_step_identity"] if blank else []
    if tables:
        steps += ["workbook_step_figures", "workbook_step_sums"] if blank else ["workbook_step_values"]
        steps.append("workbook_step_checks")
    return [*steps, "workbook_step_text", "workbook_step_last"]


class _Cover:
    def __init__(self, book: Book, sheet: Worksheet, lang: str) -> None:
        self.book, self.sheet, self.lang, self.line = book, sheet, lang, 0
        for letter, width in zip("ABCDE", _WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width

    def line_of(self, words: str, size: float, *, bold: bool | None = None, color: str = styles.INK) -> None:
        """A line of words across the sheet."""
        self.line += 1
        box = spread(self.sheet, self.line, self.line, 0, len(_WIDTHS))
        styles.put(box, words, size, bold=size > styles.SIZE if bold is None else bold, color=color)
        box.alignment = styles.LEFT
        high_enough(self.sheet, self.line, words, 0, len(_WIDTHS))
        self.sheet.row_dimensions[self.line].height = max(self.sheet.row_dimensions[self.line].height or 0, size * 2)

    def field(self, key: str, value: str | int | None, *, blank: bool) -> str:
        """A line of a name and its value, open to typing in a blank form; the address of the value."""
        self.line += 1
        styles.put(box_at(self.sheet, self.line, 1), say(key, self.lang), color=styles.QUIET)
        box = spread(self.sheet, self.line, self.line, 1, len(_WIDTHS), GRID if blank else None)
        styles.put(box, value or None, 12, bold=True).alignment = styles.LEFT
        self.sheet.row_dimensions[self.line].height = 22
        if blank:
            styles.open_to_typing(box)
            styles.mark_blank(self.sheet, box.coordinate, box.coordinate)
        return f"$B${self.line}"

    def state(self, filled: Sequence[Filled]) -> None:
        """How it stands: in one sentence, then for each table how much is blank, broken, to be looked at."""
        self.line += 1
        sentence = self.line
        self.line += 1
        for column, key in enumerate(_HEADINGS, 1):
            box = styles.put(box_at(self.sheet, self.line + 1, column), say(key, self.lang), bold=True)
            box.alignment, box.border, box.fill = MIDDLE, GRID, styles.LABELLED
        self.line += 1
        first = self.line + 1
        for table in filled:
            self._table(table)
        styles.put(box_at(self.sheet, sentence, 1), say("workbook_state", self.lang), color=styles.QUIET)
        box = spread(self.sheet, sentence, sentence, 1, len(_WIDTHS))
        formula, result = f'"{say("workbook_state_kept", self.lang)}"', say("workbook_state_kept", self.lang)
        for letter, what, key in reversed(_URGENT_FIRST):
            total = f"SUM(${letter}${first}:${letter}${self.line})"
            count = sum(getattr(table.outcomes, what)[1] for table in filled)
            formula = f"IF({total}>0,{formula_words(key, total, self.lang)},{formula})"
            result = say(key, self.lang, n=count) if count else result
        self.book.formula(box, formula, result)
        box.font, box.alignment = styles.font(13, bold=True), styles.LEFT
        self.sheet.row_dimensions[sentence].height = 26

    def _table(self, table: Filled) -> None:
        self.line += 1
        link = styles.put(box_at(self.sheet, self.line, 1), table.name)
        styles.link(link, table.name)
        link.alignment = LABEL
        styles.put(box_at(self.sheet, self.line, 2), table.title).alignment = LABEL
        outcomes = (table.outcomes.blank, table.outcomes.broken, table.outcomes.doubtful)
        for column, (formula, result) in zip(_COUNTS, outcomes, strict=True):
            box = box_at(self.sheet, self.line, column)
            self.book.formula(box, formula, result)
            box.font, box.alignment = styles.font(), MIDDLE
        for column in range(1, len(_WIDTHS) + 1):
            box_at(self.sheet, self.line, column).border = GRID
        for column, severity in ((4, Severity.ERROR), (5, Severity.WARNING)):
            address = box_at(self.sheet, self.line, column).coordinate
            styles.mark_broken(self.sheet, address, f"{address}>0", severity)
