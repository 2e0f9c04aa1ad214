"""How numbers are written: part E of the catalogue of layouts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from gongkai.annual.form import Table, forms
from gongkai.annual.report import INDICATORS, Cell, Report
from gongkai.demo.rendering.catalogue import wording
from gongkai.demo.rendering.paper import Box, Paper, Sheet

_FULL_DIGITS = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


def _figures(paper: Paper, change: Callable[[Box], str]) -> Paper:
    """The paper with the text of every figure that is not blank changed."""
    return paper.each_box(lambda box: replace(box, text=change(box)) if box.role == "figure" and box.text else box)


def table_of(paper: Paper, name: str) -> Table | None:
    form = paper.truth.forms.get(name, paper.truth.form or "")
    return forms()[form].tables.get(name)


def _cell(box: Box) -> tuple[str, str]:
    table, _, cell = box.cell.partition("/")
    return table, cell


@wording("E", "J")
def full_width_digits(paper: Paper, rng: Random) -> Paper:
    """Figures in full-width digits (１２)"""
    return _figures(paper, lambda box: box.text.translate(_FULL_DIGITS))


@wording("E")
def thousands_marked(paper: Paper, rng: Random) -> Paper:
    """Figures of four digits and more with commas (12,345)"""
    return _figures(paper, lambda box: f"{Decimal(box.text):,}")


@wording("E")
def units_in_cells(paper: Paper, rng: Random) -> Paper:
    """Amounts with their unit in the cell, yuan also as 万元"""

    def spelled(box: Box) -> str:
        name, cell = _cell(box)
        table = table_of(paper, name)
        if table is None or name == INDICATORS:
            return box.text
        row, column = table.cells[cell]
        unit = column.unit or row.unit
        if unit not in ("元", "万元"):
            return box.text
        if unit == "元" and rng.random() < 0.5 and Decimal(box.text) > 0:
            return f"{(Decimal(box.text) / 10000).normalize():f}万元"
        return f"{box.text}{unit}"

    return _figures(paper, spelled)


@wording("E")
def unit_of_another_size_in_header(paper: Paper, rng: Random) -> Paper:
    """Amounts of yuan under a header that says 万元"""
    doubtful: set[str] = set()

    def sheet_in_10k(sheet: Sheet) -> Sheet:
        table = table_of(paper, sheet.table)
        if table is None or sheet.table == INDICATORS:
            return sheet
        keys = {column.key for column in table.columns if column.unit == "元"}

        def change(box: Box) -> Box:
            if box.role == "header" and box.key in keys:
                return replace(box, text=f"{box.text}（万元）")
            if box.role == "figure" and table.cells[_cell(box)[1]][1].key in keys and box.text:
                doubtful.add(box.cell)
                return replace(box, text=f"{(Decimal(box.text) / 10000).normalize():f}")
            return box

        return sheet.each(change)

    changed = paper.each_sheet(sheet_in_10k)
    return replace(changed, unreadable=changed.unreadable | frozenset(doubtful))


@wording("E")
def changes_with_signs(paper: Paper, rng: Random) -> Paper:
    """Changes with a plus sign, or with 增 and 减 instead of signs"""

    def spelled(box: Box) -> str:
        name, cell = _cell(box)
        table = table_of(paper, name)
        if table is None or name == INDICATORS or not table.cells[cell][1].signed:
            return box.text
        value = int(box.text)
        if value > 0:
            return rng.choice((f"+{value}", f"＋{value}", f"增{value}"))
        if value < 0:
            return rng.choice((f"-{-value}", f"－{-value}", f"减{-value}", f"—{-value}"))
        return "0"

    return _figures(paper, spelled)


@wording("E")
def zeros_as_dashes(paper: Paper, rng: Random) -> Paper:
    """A stroke or dash where there is nothing to report: the cell says no number"""
    mark = rng.choice(("/", "-", "—"))
    gone: set[str] = set()

    def spelled(box: Box) -> str:
        if box.text == "0" and rng.random() < 0.5:
            gone.add(box.cell)
            return mark
        return box.text

    changed = _figures(paper, spelled)
    return replace(changed, truth=_blank(paper.truth, gone))


def _blank(report: Report, cells: set[str]) -> Report:
    """The report with these cells blank."""
    tables = {
        name: {cell: Cell(None) if f"{name}/{cell}" in cells else had for cell, had in rows.items()}
        for name, rows in report.tables.items()
    }
    rows = []
    for row in report.indicators:
        name = f"{INDICATORS}/{row.key or row.label}"
        cumulative = Cell(None) if f"{name}·累计" in cells else row.cumulative
        rows.append(replace(row, cell=Cell(None) if name in cells else row.cell, cumulative=cumulative))
    return replace(report, tables=tables, indicators=tuple(rows))


@wording("E")
def notes_after_figures(paper: Paper, rng: Random) -> Paper:
    """A note in brackets after a figure, with another number in it"""

    def spelled(box: Box) -> str:
        name, _ = _cell(box)
        if name != "publication" or not box.text.isdigit() or int(box.text) < 2 or rng.random() < 0.3:
            return box.text
        other = rng.randint(1, int(box.text))
        return rng.choice((f"{box.text}（其中修订{other}件）", f"{box.text}（含自然失效 {other} 件）"))

    return _figures(paper, spelled)


@wording("E")
def blanks_around_figures(paper: Paper, rng: Random) -> Paper:
    """Blanks and no-break spaces before and after figures"""
    before, after = ("", " ", "\xa0"), ("", "  ", "\xa0")
    return _figures(paper, lambda box: rng.choice(before) + box.text + rng.choice(after))


@wording("E")
def notes_in_header(paper: Paper, rng: Random) -> Paper:
    """Headers of section two with a note in brackets"""

    def change(box: Box) -> Box:
        if box.role == "header" and box.key in ("in_force", "published_total", "decisions"):
            note = "（历史累计）" if box.key != "decisions" else f"（指{paper.truth.year}年办件量）"
            return replace(box, text=box.text + note)
        return box

    return paper.each_sheet(lambda sheet: sheet.each(change) if sheet.table == "publication" else sheet)
