"""A file read → one line of JSON, from which its row of the corpus is made."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

import gongkai
from gongkai.annual.checking.equations import shown
from gongkai.annual.corpus.columns import LOCAL, READ, cells, fitting, form_column
from gongkai.annual.finding import Finding, Number
from gongkai.annual.reading.document import Unreadable
from gongkai.annual.reading.stored import read_stored
from gongkai.annual.report import TABLES, Report
from gongkai.annual.showing.cleaning import clean


class Stamp(NamedTuple):
    """What tells one state of a file from another: its content's hash, its size, when it was last changed (µs)."""

    sha256: str | None
    bytes: int
    modified: int


def of_report(file: str, stamp: Stamp, report: Report) -> bytes:
    """The line of a file that was read."""
    told: dict[str, Any] = {
        "format": report.format,
        "agency": report.agency and clean(report.agency),
        "year": report.year,
        "form": report.form,
        "title": clean(report.title),
        "published": report.published,
        **_cells(report),
        "inferred": [name for name, cell in report.cells() if cell.inferred],
        "findings": [_finding(finding) for finding in report.findings],
        "report": b64encode(packed(report)).decode(),
    }
    return _line(file, stamp, READ, told)


def of_other(file: str, stamp: Stamp, status: str, error: tuple[str, str]) -> bytes:
    """The line of a file that was not read, with the reason in Chinese and English."""
    return _line(file, stamp, status, {"error": clean(error[0]), "error_en": clean(error[1])})


def _line(file: str, stamp: Stamp, status: str, told: Mapping[str, Any]) -> bytes:
    head = {"file": file, **stamp._asdict(), "status": status, "software": gongkai.__version__}
    row = {name: value for name, value in {**head, **told}.items() if value is not None}
    return json.dumps(row, ensure_ascii=False).encode(errors="replace")


def _cells(report: Report) -> dict[str, Any]:
    """The figures by cell as the rules see them (``equations.shown``), and what each figure's absence means."""
    held = shown(report)
    row: dict[str, Any] = {form_column(table): form.name for table, form in held.forms.items()}
    beyond = [name for name, _ in report.cells() if name not in held.cells]
    for name, cell in held.cells.items():
        if cell.value is None:
            continue
        figure = fitting(cell.value, cells()[name])
        if figure is None:
            beyond.append(name)
        else:
            row[name] = figure
    row["figures"] = sum(cell.value is not None for cell in held.cells.values())
    row["blank"] = [name for name, cell in held.cells.items() if cell.value is None]
    named = (name for finding in report.findings for name in finding.cells)
    row["unread"] = [name for name in dict.fromkeys(named) if name in cells() and name not in held.cells]
    row["indicators"] = [
        {
            "label": clean(each.label),
            "unit": clean(each.unit),
            "key": each.key,
            "value": _local(each.cell.value),
            "cumulative": _local(each.cumulative.value) if each.cumulative else None,
        }
        for each in report.indicators
    ]
    row["beyond"] = beyond
    return row


def _local(value: Number | None) -> int | str | None:
    return None if value is None else fitting(value, LOCAL)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": clean(finding.message),
        "message_en": clean(finding.message_en),
        "cells": list(finding.cells),
        **(finding.where.to_json() if finding.where else {}),
    }


_EXACT = "\ue0f0"
"""Stands around a figure until the JSON is written, where it loses its quotation marks: floats would round it."""

_MARKED = re.compile(rf'"{_EXACT}(-?[0-9]+(?:\.[0-9]+)?){_EXACT}"')


def packed(report: Report) -> bytes:
    """The whole report: its JSON with every figure exact and findings in both languages, compressed (zlib)."""
    stored = report.to_json()
    for table in TABLES:
        stored[table] = {key: _exact(cell.value) for key, cell in report.tables.get(table, {}).items()}
    for shown_row, row in zip(stored["indicators"], report.indicators, strict=True):
        shown_row["value"] = _exact(row.cell.value)
        if row.cumulative:
            shown_row["cumulative"] = _exact(row.cumulative.value)
    for shown_figure, figure in zip(stored["narrative"]["figures"], report.narrative.figures, strict=True):
        shown_figure["value"] = _exact(figure.value)
    for shown_finding, finding in zip(stored["findings"], report.findings, strict=True):
        shown_finding["message_en"] = finding.message_en
    text = json.dumps(stored, ensure_ascii=False)
    return zlib.compress(_MARKED.sub(r"\1", text).encode("utf-8", "surrogatepass"))


def unpacked(data: bytes, file: str, format: str) -> Report:
    """The report again. Raises Unreadable if the data are no packed report."""
    try:
        text = zlib.decompress(data).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        raise Unreadable(
            f"{file}：语料库中的这份年报已损坏；请用 --again all 重新读取",
            f"{file}: this report in the corpus is damaged; read it again with --again all",
        ) from error
    return replace(read_stored(text.encode(errors="replace"), file), format=format)


def _exact(value: Number | None) -> int | str | None:
    return f"{_EXACT}{value:f}{_EXACT}" if isinstance(value, Decimal) else value
