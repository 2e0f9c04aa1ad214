"""Writing a report: time for each format, and for the whole round trip (written, read back, compared, checked).

Two yardsticks, in the same run: python-docx writing nothing but the table of requests by its own functions, and typst
compiling nothing but that table. What is written here is the whole report, with three tables and its text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from io import BytesIO
from random import Random

import typst
from docx import Document

from benchmarks import Row
from benchmarks.reading_pdf import in_turn
from gongkai.annual.form import forms
from gongkai.annual.form.layout import Kind, Placed, Sheet, sheet_of
from gongkai.annual.report import Report
from gongkai.annual.writing import FORMATS, write
from gongkai.annual.writing.paper import paper_of
from gongkai.demo.making import make

ROUNDS = 9
YEAR = 2024


def run() -> list[Row]:
    """Milliseconds per report: each format bare and proven, DOCX and PDF against their yardsticks."""
    report = make(Random(2), year=YEAR)
    yardsticks: dict[str, tuple[str, Callable[[], object] | None, float | None]] = {
        "docx": ("python-docx, bare table", partial(bare_docx, report), 1),
        "pdf": ("typst, bare table", partial(bare_typst, report), 1.5),
    }
    rows = []
    for format in FORMATS:
        words, yardstick, aim = yardsticks.get(format, ("", None, None))
        whole = partial(write, report, format)
        if format == "json":
            rows.append(Row("json: written, read back, checked", _alone(whole), "ms"))
            continue
        bare = partial(set_in, format, report)
        bare(), whole()
        if yardstick is None:
            rows.append(Row(f"{format}: writing", _alone(bare), "ms"))
        else:
            yardstick()
            ours, theirs = in_turn(ROUNDS, bare, yardstick)
            rows.append(Row(f"{format}: writing", 1000 * ours, "ms", words, 1000 * theirs, at_most=aim))
        both, once = in_turn(ROUNDS, whole, bare)
        name = f"{format}: written, read back, checked"
        rows.append(Row(name, 1000 * both, "ms", "writing alone", 1000 * once))
    return rows


def _alone(work: Callable[[], object]) -> float:
    return 1000 * in_turn(ROUNDS, work, lambda: None)[0]


def set_in(format: str, report: Report) -> bytes:
    """The report in that format, neither read back nor checked."""
    writer: Callable[..., bytes] = getattr(import_module(f"gongkai.annual.writing.{format}"), format)
    return writer(paper_of(report))


def _requests(report: Report) -> tuple[Sheet, dict[str, str]]:
    """The table of requests laid out, and its figures in writing."""
    cells = report.tables["requests"]
    figures = {f"requests/{key}": str(cell.value) for key, cell in cells.items()}
    return sheet_of(forms()[report.form or ""].tables["requests"]), figures


def _words(cell: Placed, figures: dict[str, str]) -> str:
    return figures.get(cell.cell, "") if cell.kind is Kind.FIGURE else cell.words()


def bare_docx(report: Report) -> bytes:
    """The table of requests by python-docx's own functions: cells merged, no type, no layout."""
    sheet, figures = _requests(report)
    document = Document()
    table = document.add_table(len(sheet.rows), sheet.columns, "Table Grid")
    cells = [row.cells for row in table.rows]
    for line in sheet.rows:
        for placed in line:
            cell = cells[placed.row][placed.column]
            if placed.rowspan * placed.colspan > 1:
                last = cells[placed.row + placed.rowspan - 1][placed.column + placed.colspan - 1]
                cell = cell.merge(last)
            cell.text = _words(placed, figures)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def bare_typst(report: Report) -> object:
    """The table of requests compiled by typst: cells merged, no layout."""
    sheet, figures = _requests(report)
    cells = "".join(
        f"table.cell(x: {cell.column}, y: {cell.row}, colspan: {cell.colspan}, rowspan: {cell.rowspan})"
        f"[{_words(cell, figures)}],\n"
        for line in sheet.rows
        for cell in line
    )
    return typst.compile(f"#table(columns: {sheet.columns},\n{cells})".encode())


if __name__ == "__main__":
    for row in run():
        against = f"; {row.yardstick}: {row.against:.1f} ms; {row.ratio:.2f}×" if row.against else ""
        print(f"{row.figure}: {row.value:.1f} {row.unit}{against}")
