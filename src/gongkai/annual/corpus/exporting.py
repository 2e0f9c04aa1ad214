"""Answers and checks of a corpus as files: CSV, JSON, XLSX and Parquet."""

from __future__ import annotations

import csv as _csv
import io
import json
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from gongkai.annual.corpus.checking import CorpusChecked
from gongkai.annual.corpus.columns import quoted
from gongkai.annual.corpus.database import text, workshop
from gongkai.annual.corpus.parts import read_json, write_lines
from gongkai.annual.corpus.querying import Answer
from gongkai.annual.corpus.showing import figure, heading, notes
from gongkai.annual.finding import plain
from gongkai.annual.showing.cleaning import no_formula, one_line
from gongkai.annual.showing.naming import CREATOR
from gongkai.annual.showing.words import say


def answer(answer: Answer, format: str, lang: str = "zh") -> bytes:
    """The answer as ``csv``, ``json``, ``xlsx`` or ``parquet``."""
    if format == "csv":
        return _csv_bytes(answer.columns, answer.rows)
    if format == "xlsx":
        sheets = [(say("corpus_sheet_answer", lang), [heading(name, lang) for name in answer.columns], answer.rows)]
        told = [(line,) for line in notes(answer, lang)]
        if told:
            sheets.append((say("corpus_sheet_notes", lang), [say("corpus_sheet_notes", lang)], tuple(told)))
        return _xlsx(sheets)
    if format == "parquet":
        return _parquet(answer)
    told_json = {
        "columns": list(answer.columns),
        "rows": [{name: _plain(value) for name, value in row.items()} for row in answer.dicts()],
        "duplicates": [
            {"agency": each.agency, "year": each.year, "files": list(each.files), "taken": each.taken}
            for each in answer.duplicates
        ],
        "notes": [note[lang != "zh"] for note in answer.notes],
    }
    return _json(told_json)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return plain(value)
    return value if value is None or isinstance(value, int | float | bool | str) else figure(value)


def _parquet(answer: Answer) -> bytes:
    """The answer with its types; made by DuckDB in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as name:
        folder = Path(name)
        lines = (
            json.dumps({column: figure(value) if _odd(value) else value for column, value in row.items()}, default=str)
            for row in answer.dicts()
        )
        longest = write_lines(folder / "lines", (line.encode() for line in lines))
        types = dict(zip(answer.columns, answer.types, strict=True))
        read = {column: "VARCHAR" if type == "BLOB" else type for column, type in types.items()}
        made = ", ".join(
            f"from_base64({quoted(column)}) AS {quoted(column)}" if type == "BLOB" else quoted(column)
            for column, type in types.items()
        )
        with workshop(folder) as connection:
            source = read_json(folder / "lines", read, longest)
            connection.execute(f"COPY (SELECT {made} FROM {source}) TO {text(folder / 'made')} (FORMAT parquet)")
        return (folder / "made").read_bytes()


def _odd(value: Any) -> bool:
    return isinstance(value, Decimal | bytes | bytearray)


_HIT = ("file", "agency", "year", "form", "rule", "severity", "cells")


def checked(checked: CorpusChecked, format: str, lang: str = "zh") -> bytes:
    """The check as ``json`` (all of it), ``csv`` (a line for each report and rule) or ``xlsx`` (both lists)."""
    if format == "json":
        return _json(checked.to_json(lang))
    hits = [
        (hit.file, hit.agency, hit.year, hit.form, hit.rule, hit.severity.value, " ".join(hit.cells))
        for hit in checked.hits
    ]
    if format == "csv":
        return _csv_bytes(_HIT, hits)
    rules = [
        (form, rule.code, rule.severity.value, checked.counts[form, rule.code], words, rule.basis)
        for form, rule in checked.rules
        for words in (rule.words if lang == "zh" else rule.words_en,)
    ]
    named = (*("corpus_column_form", "corpus_column_rule", "severity"), "corpus_column_reports", "corpus_rule", "basis")
    heads = [heading(name, lang) for name in _HIT]
    return _xlsx(
        [
            (say("corpus_sheet_rules", lang), [say(key, lang) for key in named], rules),
            (say("corpus_sheet_hits", lang), heads, hits),
        ]
    )


def _json(told: Any) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode(errors="backslashreplace")


def _csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = _csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([no_formula(one_line(figure(value))) for value in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _xlsx(sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]) -> bytes:
    book = Workbook(write_only=True)
    book.properties.creator = CREATOR
    for title, columns, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for at in range(1, len(columns) + 1):
            sheet.column_dimensions[get_column_letter(at)].width = _WIDTH
        sheet.append([_bold(sheet, name) for name in columns])
        for row in rows:
            sheet.append([_cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_WIDTH = 18


def _bold(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, words)
    cell.font = Font(bold=True)
    return cell


def _cell(value: Any) -> Any:
    """Figures stay figures; words never become formulas."""
    if value is None or isinstance(value, int | float | bool | Decimal):
        return value
    return no_formula(one_line(figure(value)))
