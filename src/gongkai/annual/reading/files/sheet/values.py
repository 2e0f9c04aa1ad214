"""Workbooks (XLSX, XLS, ODS) → their sheets' cells as text, as they are shown."""

from __future__ import annotations

import datetime
import io
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

import python_calamine as calamine
from lxml import etree

from gongkai.annual.reading.document import Unreadable
from gongkai.annual.reading.files.archive import Archive, broken, encrypted
from gongkai.annual.reading.files.limits import CELLS, COLUMNS, too_large
from gongkai.annual.reading.files.sheet.aside import Named, Range, column_number, inside, named_ranges
from gongkai.annual.reading.files.sheet.reckoning import reckoned

Place = tuple[int, int]
"""Row and column from 0."""

_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PERCENT_FORMATS = frozenset((9, 10))
"""The built-in number formats 0% and 0.00%."""

_DIGITS = 15
"""Significant digits that a workbook shows; more are noise of binary fractions (0.1 + 0.2)."""


@dataclass(slots=True)
class Sheet:
    """A sheet: its cells that are not empty, merged ranges (first and last place), rows and columns not shown."""

    name: str
    cells: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False
    tables: list[Range] = field(default_factory=list)
    """Where the sheet itself says that its tables stand."""


class _Parts(NamedTuple):
    """What calamine does not tell of an XLSX sheet: rows and columns not shown, cells whose value it passes over, and
    what a fill-in form says of its own."""

    rows: set[int]
    columns: set[int]
    texts: dict[Place, str]
    formulas: dict[Place, str]
    """The formulas, without ``=``, that the program which saved the file has not worked out."""

    named: Named


def read_workbook(data: bytes, archive: Archive | None = None) -> Iterator[Sheet]:
    """The sheets of an XLSX (given its ``archive``) or XLS, in order. Raises Unreadable."""
    parts: dict[str, _Parts] = {}
    if archive is not None:
        archive.check_all()
        parts = _xlsx_parts(archive)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        _reckon(book, parts)
        for about in book.sheets_metadata:
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = Sheet(about.name, hidden=about.visible != calamine.SheetVisibleEnum.Visible)
            if not sheet.hidden:
                _fill(sheet, book.get_sheet_by_name(about.name), parts.get(about.name))
            yield sheet
    except calamine.PasswordError as error:
        raise encrypted() from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise broken() from error
    except BaseException as error:
        # A panic in the native library is no Exception.
        if type(error).__name__ == "PanicException":
            raise broken() from error
        raise


def _fill(sheet: Sheet, source: calamine.CalamineSheet, parts: _Parts | None) -> None:
    if source.total_height * max(1, source.width) > 4 * CELLS or source.width > COLUMNS:
        raise too_large("工作表单元格数", "number of cells of a sheet", CELLS)
    for row, values in enumerate(source.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            if text := _shown(value):
                sheet.cells[row, column] = text
    sheet.merged = list(source.merged_cell_ranges or ())
    if parts is not None:
        sheet.hidden_rows, sheet.hidden_columns = parts.rows, parts.columns
        sheet.cells.update(parts.texts)
        sheet.tables = parts.named.tables
        if beside := parts.named.beside:
            sheet.cells = {place: text for place, text in sheet.cells.items() if not inside(place, beside)}
            sheet.merged = [merged for merged in sheet.merged if not inside(merged[0], beside)]
        if any(_read(place, parts) for place in parts.formulas):
            raise _not_worked_out()
    if len(sheet.cells) > CELLS:
        raise too_large("工作表单元格数", "number of cells of a sheet", CELLS)


def _reckon(book: calamine.CalamineWorkbook, parts: dict[str, _Parts]) -> None:
    """Works out the formulas of a fill-in form that have no results; those of other kinds stay in ``formulas``."""
    if not any(each.formulas for each in parts.values()):
        return

    def values(title: str) -> dict[Place, object]:
        rows = enumerate(book.get_sheet_by_name(title).to_python(skip_empty_area=False))
        found = {(row, column): value for row, line in rows for column, value in enumerate(line) if value != ""}
        # What calamine gives as empty: an error is not known, and what rests on it neither.
        return found | {place: _ERROR for place, text in parts[title].texts.items() if text.startswith("#")}

    results = reckoned({title: each.formulas for title, each in parts.items()}, values)
    for title, found in results.items():
        for place, result in found.items():
            del parts[title].formulas[place]
            parts[title].texts[place] = result if isinstance(result, str) else figure(result)


_ERROR = object()
"""Stands for the value of a cell that shows an error."""


def _read(place: Place, parts: _Parts) -> bool:
    """Whether what stands there is shown and is part of the report."""
    row, column = place
    return row not in parts.rows and column not in parts.columns and not inside(place, parts.named.beside)


def _not_worked_out() -> Unreadable:
    return Unreadable(
        "表中的公式没有算出结果；请用 Excel 或 WPS 打开并保存后再核对",
        "formulas of the workbook have no results; open it in a spreadsheet program, save it, and check it again",
    )


def _shown(value: object) -> str:
    """A value as the sheet shows it: 20.0 is 20, dates are ISO."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return figure(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip("\n") if value is not None else ""


def figure(value: float | Decimal) -> str:
    """A number in digits, without exponent and without noise."""
    number = Decimal(f"{value:.{_DIGITS}g}")
    if not number.is_finite():
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _xlsx_parts(archive: Archive) -> dict[str, _Parts]:
    """By sheet name. Also refuses sheets that would not fit: two cells in opposite corners are no table."""
    book = archive.xml("xl/workbook.xml")
    relations = {
        relation.get("Id"): relation.get("Target") or ""
        for relation in (
            archive.xml("xl/_rels/workbook.xml.rels") if "xl/_rels/workbook.xml.rels" in archive.names else ()
        )
    }
    percent = _percent_styles(archive)
    named = named_ranges(book)
    found: dict[str, _Parts] = {}
    for sheet in book.iter(f"{_X}sheet"):
        target = relations.get(sheet.get(f"{_R}id"), "")
        name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if name in archive.names and sheet.get("state", "visible") == "visible":
            title = sheet.get("name", "")
            found[title] = _sheet_parts(archive.read(name), percent)._replace(named=named.get(title, Named()))
    return found


def _percent_styles(archive: Archive) -> frozenset[str]:
    """The cell styles that show percentages."""
    if "xl/styles.xml" not in archive.names:
        return frozenset()
    root = archive.xml("xl/styles.xml")
    formats = {f.get("numFmtId"): f.get("formatCode", "") for f in root.iter(f"{_X}numFmt")}
    percent = {identity for identity, code in formats.items() if "%" in code}
    percent |= {str(identity) for identity in _PERCENT_FORMATS}
    used = root.find(f"{_X}cellXfs")
    entries = used.findall(f"{_X}xf") if used is not None else []
    return frozenset(str(index) for index, entry in enumerate(entries) if entry.get("numFmtId") in percent)


def _sheet_parts(data: bytes, percent: frozenset[str]) -> _Parts:
    parts = _Parts(set(), set(), {}, {}, Named())
    row = column = -1
    cells = last_row = last_column = 0
    if b"<!DOCTYPE" in data[:4096]:
        raise broken()
    try:
        tags = (f"{_X}row", f"{_X}c", f"{_X}col")
        for event, element in etree.iterparse(
            io.BytesIO(data), events=("start", "end"), tag=tags, resolve_entities=False, no_network=True
        ):
            if element.tag == f"{_X}row":
                if event == "start":
                    row = _integer(element.get("r"), row + 2) - 1
                    column = -1
                    if element.get("hidden") in ("1", "true"):
                        parts.rows.add(row)
                else:
                    element.clear()
            elif event == "end" and element.tag == f"{_X}c":
                row, column = _place(element.get("r"), row, column + 1)
                if len(element):
                    cells += 1
                    last_row, last_column = max(last_row, row), max(last_column, column)
                    if cells > CELLS or last_column >= COLUMNS or last_row * last_column > 4 * CELLS:
                        raise too_large("工作表单元格数", "number of cells of a sheet", CELLS)
                    if _without_result(element):
                        parts.formulas[row, column] = element.findtext(f"{_X}f") or ""
                    elif text := _passed_over(element, percent):
                        parts.texts[row, column] = text
            elif event == "end" and element.get("hidden") in ("1", "true"):
                first, last = _integer(element.get("min"), 1), _integer(element.get("max"), 1)
                parts.columns.update(range(first - 1, min(last, COLUMNS)))
    except etree.XMLSyntaxError as error:
        raise broken() from error
    return parts


def _without_result(cell: etree._Element) -> bool:
    """Whether a formula was never worked out: it is no blank. One that comes to no words has an empty result."""
    value = cell.find(f"{_X}v")
    return (
        cell.find(f"{_X}f") is not None
        and (value is None or not value.text)
        and cell.find(f"{_X}is") is None
        and cell.get("t") != "e"
        and not (cell.get("t") == "str" and value is not None)
    )


def _passed_over(cell: etree._Element, percent: frozenset[str]) -> str:
    """The text of a cell that calamine gives as empty or without its sign: errors and percentages."""
    value = cell.find(f"{_X}v")
    text = value.text if value is not None else None
    kind = cell.get("t", "n")
    if kind == "e":
        return text or "#"
    if kind == "n" and text and cell.get("s") in percent:
        try:
            return f"{figure(Decimal(text) * 100)}%"
        except ArithmeticError:
            return text
    return ""


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _place(reference: str | None, row: int, column: int) -> Place:
    """``B5`` → (4, 1); the place that is due where a cell says none."""
    if not reference:
        return max(row, 0), column
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and 0 < len(letters) < 5 and 0 < len(digits) < 9):
        raise broken()
    return int(digits) - 1, column_number(letters)
