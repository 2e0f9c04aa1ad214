"""The columns of a corpus: one row for each file, one column for each cell of every form. See docs/corpus.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext
from functools import cache

from gongkai.annual.finding import Number
from gongkai.annual.form import forms

READ, UNREADABLE, NO_REPORT, OTHER_KIND = STATUSES = ("read", "unreadable", "no_report", "other_kind")
"""What became of a file: read; cannot be read (why: ``error``); is no annual report; is of no kind that is read."""

COUNT, AMOUNT, LOCAL = "BIGINT", "DECIMAL(18,6)", "DECIMAL(38,6)"
"""Counts are whole; amounts have six decimals (a fen, counted in 10,000 yuan); rows of local tables are wider."""

_DECIMALS = 6
_LEAST = Decimal(1).scaleb(-_DECIMALS)
_PRECISION = 60
_DIGITS = {AMOUNT: 18, LOCAL: 38}
_WHOLE = 2**63

FILE = {
    "file": "VARCHAR",
    "sha256": "VARCHAR",
    "bytes": "BIGINT",
    "modified": "TIMESTAMP",
    "status": "VARCHAR",
    "error": "VARCHAR",
    "error_en": "VARCHAR",
    "format": "VARCHAR",
}
"""About the file."""

WHO = {"agency": "VARCHAR", "agency_full": "VARCHAR", "kind": "VARCHAR", "area": "VARCHAR", "areas": "VARCHAR[]"}
"""Whose report it is: the name as read; the name by which the corpus knows the agency, its kind and places."""

ABOUT = {"year": "INTEGER", "form": "VARCHAR", "title": "VARCHAR", "published": "VARCHAR", "figures": "INTEGER"}
"""About the report; ``figures`` counts its cells that hold a figure."""

LISTS = {"blank": "VARCHAR[]", "unread": "VARCHAR[]", "inferred": "VARCHAR[]", "beyond": "VARCHAR[]"}
"""Cells by name: left blank; not read for sure; decided by sums; with a figure that their column cannot hold."""

REST = {
    "indicators": f"STRUCT(label VARCHAR, unit VARCHAR, key VARCHAR, value {LOCAL}, cumulative {LOCAL})[]",
    "findings": "STRUCT(code VARCHAR, severity VARCHAR, message VARCHAR, message_en VARCHAR, cells VARCHAR[], "
    "page INTEGER, line INTEGER, element VARCHAR)[]",
    "report": "BLOB",
    "software": "VARCHAR",
}
"""Rows of old and local tables, what was found on reading, the whole report, and the version that read it."""


@cache
def tables() -> tuple[str, ...]:
    """The tables of all forms, each once, in the forms' order."""
    return tuple(dict.fromkeys(table for form in forms().values() for table in form.tables))


@cache
def cells() -> Mapping[str, str]:
    """Every cell of every form by full name, with the type of its column; a table's cells stand together, those of
    the newest form first."""
    newest_first = list(forms().values())[::-1]
    amounts = {name for form in newest_first for name in _amounts(form.name)}
    names = (
        f"{table}/{cell}"
        for table in tables()
        for form in newest_first
        if table in form.tables
        for cell in form.tables[table].cells
    )
    return {name: AMOUNT if name in amounts else COUNT for name in names}


def _amounts(form: str) -> Iterator[str]:
    for table in forms()[form].tables.values():
        for cell, (row, column) in table.cells.items():
            if row.decimal or column.decimal:
                yield f"{table.name}/{cell}"


def form_column(table: str) -> str:
    """The column that tells which form a report's table shows."""
    return f"{table}_form"


@cache
def columns() -> Mapping[str, str]:
    """All columns in order, with their types."""
    shown = {form_column(table): "VARCHAR" for table in tables()}
    return {**FILE, **WHO, **ABOUT, **shown, **cells(), **LISTS, **REST}


def fitting(value: Number, type: str) -> int | str | None:
    """The figure as a line of JSON brings it into a column of that type, exactly; None where the column cannot hold it:
    too many digits or decimals, or decimals in a count."""
    exact = Decimal(value)
    if not exact.is_finite():
        return None
    if type == COUNT:
        whole = exact == exact.to_integral_value() and -_WHOLE <= exact < _WHOLE
        return int(exact) if whole else None
    with localcontext(prec=_PRECISION):
        held = exact.quantize(_LEAST) if exact.adjusted() < _DIGITS[type] - _DECIMALS else None
    return format(held, "f") if held == exact else None


def quoted(name: str) -> str:
    """A column's name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
