"""Reports for the tests of PDF and page: ordinary ones, and those that an ordinary writer never sends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from gongkai.annual.finding import Where
from gongkai.annual.form.layout import Placed, Sheet
from gongkai.annual.reading.document import Grid, GridCell
from gongkai.annual.report import Cell, Narrative, Report
from gongkai.demo.agencies import AGENCIES
from gongkai.demo.making import make

HOSTILE = (
    '正文里有 #import "x.typ": * 和 #eval("1") 这样的字，还有 $x^2$、反斜线 \\ 与 \\u{41}、*星*、_线_、@甲、<乙>。',
    "</style></section><script>alert(1)</script>&amp;&lt;&#20013;{{7*7}}{% raw %}{# 注 #}。",
    "#set page(width: 1pt)。",
    "= 等号开头的不是标题。",
    "https://www.qinghe.gov.cn/zwgk/" + "abcdefghij" * 20 + ".html，这是一个很长的网址。",
    "㙍头镇、𠮷田村、䶮县、〇号、①②③、㎡与‰都是正常的字。",
)
"""Paragraphs that typesetting, a page or a template might take for commands, and words that no line can hold."""


def told(*paragraphs: str, form: str = "2021") -> Report:
    """A report whose first section says this."""
    report = make(Random(5), form=form)
    narrative = replace(report.narrative, paragraphs=tuple((1, text, Where()) for text in paragraphs), figures=())
    return replace(report, narrative=narrative)


def silent() -> Report:
    """A report of headings and tables alone."""
    report = make(Random(5), form="2021")
    return replace(report, narrative=Narrative(headings=report.narrative.headings))


def endless() -> Report:
    """A report of two hundred paragraphs, some of which end with their line and some without a full stop."""
    said = "全年主动公开政府信息{0}条，其中：规范性文件{1}件，政策解读{2}篇，动态信息若干，均在门户网站上集中公开"
    return told(*(said.format(i * 7, i, i * 3) + ("，并有说明。" * (i % 5) or "。") for i in range(200)))


def long_named() -> Report:
    """A report of an agency whose name fills several lines of a title."""
    name = "云岭省青禾市棠湾区国家级经济技术开发区管理委员会自然资源和规划局政务服务与信息公开管理中心"
    return make(Random(5), form="2021", agency=replace(AGENCIES[0], name=name))


def with_cells(value: int | Decimal | None, table: str = "requests") -> Report:
    """A report with that figure in every cell of a table."""
    report = make(Random(5), form="2021")
    return replace(report, tables={**report.tables, table: dict.fromkeys(report.tables[table], Cell(value))})


Cells = set[tuple[str, int, int, int, int]]
"""Cells of a table: words without blanks, row, column, rowspan, colspan."""


def cells(grids: Iterable[Grid]) -> list[Cells]:
    """The cells of each grid that was read."""
    return [_drawn(grid.cells, [cell.text for cell in grid.cells]) for grid in grids]


def printed(sheet: Sheet) -> Cells:
    """The cells of a table as the form prints it."""
    placed = [cell for row in sheet.rows for cell in row]
    return _drawn(placed, [cell.words() for cell in placed])


def _drawn(placed: Sequence[GridCell | Placed], words: Sequence[str]) -> Cells:
    """The cells as their rules show them: a column of the grid that no rule bounds is none."""
    edges = sorted({edge for cell in placed for edge in (cell.column, cell.column + cell.colspan)})
    at = {edge: place for place, edge in enumerate(edges)}
    return {
        (
            re.sub(r"\s", "", text),
            cell.row,
            at[cell.column],
            cell.rowspan,
            at[cell.column + cell.colspan] - at[cell.column],
        )
        for cell, text in zip(placed, words, strict=True)
    }
