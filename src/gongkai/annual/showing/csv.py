"""Figures as a plain list, one line for each cell, for a researcher's own tools."""

from __future__ import annotations

import csv as _csv
import io

from gongkai.annual.showing.cleaning import no_formula, one_line
from gongkai.annual.showing.gathering import views
from gongkai.annual.showing.marks import Seen, State
from gongkai.annual.showing.naming import number
from gongkai.annual.showing.result import Result
from gongkai.annual.showing.view import View

COLUMNS = ("file", "agency", "year", "form", "table", "cell", "label", "value", "unit", "state", "where")


def csv(result: Result, lang: str = "zh") -> str:
    """A line for each cell of each report's tables and each indicator; cells that the document lacks are left out.

    ``state`` is ``read``, ``inferred``, ``blank`` or ``unread``. Texts that a spreadsheet would take for formulas are
    led by an apostrophe. Written with a byte order mark a spreadsheet shows the Chinese right.
    """
    out = io.StringIO()
    writer = _csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for view in views(result):
        for line in _lines(view, lang):
            writer.writerow([no_formula(one_line(part)) for part in line])
    return out.getvalue()


def _lines(view: View, lang: str) -> list[list[str]]:
    report = view.report
    head = [report.source, report.agency or "", number(report.year), report.form or ""]
    cells = (seen for table in view.tables for seen in (*table.cells.values(), *table.others))
    there = (seen for seen in cells if seen.state is not State.ABSENT)
    figures = [_cell(seen, view.label(seen.name, lang), view.unit(seen.name), lang) for seen in there]
    figures += [_cell(row.seen, row.indicator.label, row.indicator.unit, lang) for row in view.indicators]
    return [[*head, *figure] for figure in figures]


def _cell(seen: Seen, label: str, unit: str, lang: str) -> list[str]:
    table, _, cell = seen.name.partition("/")
    where = seen.where.words(lang) if seen.where else ""
    return [table, cell, label, seen.figure, unit, seen.state.value, where]
