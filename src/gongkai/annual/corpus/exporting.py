"""Answers and checks of a corpus as files: CSV, JSON, XLSX and Parquet."""

from __future__ import annotations

import csv as _csv
import io
import json
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from rich.cells import cell_len

from gongkai.annual.corpus.checking import CorpusChecked
from gongkai.annual.corpus.columns import quoted
from gongkai.annual.corpus.database import text, workshop
from gongkai.annual.corpus.parts import read_json, write_lines
from gongkai.annual.corpus.querying import Answer
from gongkai.annual.corpus.showing import cell_words, figure, heading, in_words, notes
from gongkai.annual.finding import plain
from gongkai.annual.showing.boxes import DIGITS, HIGHEST, LINE_POINTS, LONGEST, height, on_a4
from gongkai.annual.showing.cleaning import no_formula, one_line
from gongkai.annual.showing.naming import CREATOR
from gongkai.annual.showing.words import say


def answer(answer: Answer, format: str, lang: str = "zh") -> bytes:
    """The answer as ``csv``, ``json``, ``xlsx`` or ``parquet``."""
    if format == "csv":
        return _csv_bytes(answer.columns, answer.rows)
    if format == "xlsx":
        worded = [
            [in_words(name, value, lang) for name, value in zip(answer.columns, row, strict=True)]
            for row in answer.rows
        ]
        heads = [heading(name, lang) for name in answer.columns]
        sheets: list[Sheet] = [(say("corpus_sheet_answer", lang), heads, worded)]
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
    if format == "csv":
        hits = [
            (hit.file, hit.agency, hit.year, hit.form, hit.rule, hit.severity.value, " ".join(hit.cells))
            for hit in checked.hits
        ]
        return _csv_bytes(_HIT, hits)
    between = "；" if lang == "zh" else "; "
    worded = [
        (
            *(hit.file, hit.agency, hit.year, hit.form, hit.rule, say(hit.severity.value, lang)),
            between.join(cell_words(hit.form, cell, lang) for cell in hit.cells),
            " ".join(hit.cells),
        )
        for hit in checked.hits
    ]
    rules = [
        (form, rule.code, say(rule.severity.value, lang), checked.counts[form, rule.code], words, rule.basis)
        for form, rule in checked.rules
        for words in (rule.words if lang == "zh" else rule.words_en,)
    ]
    named = (*("corpus_column_form", "corpus_column_rule", "severity"), "corpus_column_reports", "corpus_rule", "basis")
    heads = [heading(name, lang) for name in (*_HIT, "cell_codes")]
    return _xlsx(
        [
            (say("corpus_sheet_rules", lang), [say(key, lang) for key in named], rules),
            (say("corpus_sheet_hits", lang), heads, worded),
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


Sheet = tuple[str, Sequence[str], Sequence[Sequence[Any]]]
"""A sheet of a workbook: its name, its headings, its rows."""


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The sheets, each column as wide as its content asks, printed on A4 across with the headings on every page."""
    book = Workbook(write_only=True)
    book.properties.creator = CREATOR
    for title, columns, rows in sheets:
        sheet: Any = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        on_a4(sheet, landscape=True)
        widths = [_width(name, [row[at] for row in rows]) for at, name in enumerate(columns)]
        for at, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(at)].width = width
        for line, row in enumerate([columns, *rows], 1):
            heights = (height(figure(_value(value)), width) for value, width in zip(row, widths, strict=True))
            sheet.row_dimensions[line].height = min(max(heights, default=LINE_POINTS), HIGHEST)
            sheet.append([(_bold if line == 1 else _cell)(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_NARROWEST, _WIDEST, _HEADING = 6, 48, 10
"""Widths of columns in characters; longer words are broken, headings sooner than what stands below."""


def _width(heading: str, values: Iterable[Any]) -> int:
    longest = max((cell_len(figure(_value(value))) for value in values), default=0)
    return min(max(longest, min(cell_len(heading), _HEADING), _NARROWEST) + 2, _WIDEST)


def _bold(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, no_formula(words))
    cell.font, cell.alignment = Font(bold=True), _BROKEN
    return cell


_BROKEN = Alignment(vertical="top", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="top")


def _cell(sheet: Any, value: Any) -> Any:
    """Figures stay figures where a spreadsheet can hold all their digits, times are told to the second; words are
    broken to the column and never become formulas."""
    cell = WriteOnlyCell(sheet)
    value = _value(value)
    if value is None or isinstance(value, float | datetime) or (isinstance(value, int | Decimal) and _held(value)):
        cell.value, cell.alignment = value, _MIDDLE
    else:
        cell.value, cell.alignment = no_formula(one_line(figure(value)))[:LONGEST], _BROKEN
    return cell


def _held(value: int | Decimal) -> bool:
    return sum(sign.isdigit() for sign in figure(value)) <= DIGITS


def _value(value: Any) -> Any:
    return value.replace(microsecond=0, tzinfo=None) if isinstance(value, datetime) else value
