"""A report as stored JSON: the shape that ``gongkai read`` prints, which reads back as the same report."""

from __future__ import annotations

import json as _json
from collections.abc import Sequence
from typing import Any

from gongkai.annual.form import Form
from gongkai.annual.report import INDICATORS, TABLES, Cell, Indicator, Report

OWN = ("source", "format", "places", "inferred")
"""What tells only of the file that a report was read from."""


def json(report: Report, notices: Sequence[str] = ()) -> bytes:
    """The report's JSON (vocabulary.md), in UTF-8. ``notices`` stand first in it where there are any.

    Places and the name of the file that it was read from are left out: the figures now stand in this file.
    """
    shown: dict[str, Any] = {"notices": list(notices)} if notices else {}
    shown |= {name: value for name, value in report.to_json().items() if name not in OWN}
    text = _json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode(errors="backslashreplace")


def blank_report(form: Form, agency: str, year: int | None, title: str) -> Report:
    """A report of that form with every cell there and blank."""
    tables = {name: {key: Cell(None) for key in table.cells} for name, table in form.tables.items() if name in TABLES}
    rows = form.tables[INDICATORS].rows if INDICATORS in form.tables else ()
    return Report(
        agency=agency or None,
        year=year,
        form=form.name,
        forms=dict.fromkeys(form.tables, form.name),
        title=title,
        tables=tables,
        indicators=tuple(Indicator(row.label, row.unit, Cell(None), row.key) for row in rows),
    )
