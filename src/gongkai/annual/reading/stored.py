"""A report out of the JSON that ``gongkai read`` and ``gongkai write`` give: the same report again.

Figures are checked against the form's cells: what is no cell, no number or cannot be counted is refused by name. Text
without figures (written by another system) is read for its figures as any other text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from gongkai.annual.finding import Finding, Number, Severity, Where
from gongkai.annual.form import Form, Table, forms
from gongkai.annual.reading.document import Document, Line, NoReport, Unreadable
from gongkai.annual.reading.files.encoding import decode
from gongkai.annual.reading.words.narrative import read_narrative
from gongkai.annual.report import INDICATORS, TABLES, Cell, Figure, Heading, Indicator, Narrative, Report

KIND = "json"

OF_A_REPORT = frozenset({"agency", "year", "form", *TABLES, INDICATORS})
"""Names by which an object is known to be meant as a report."""

Json = Mapping[str, Any]


def is_stored(data: bytes) -> bool:
    """Whether a file is a JSON object (and not, say, rich text, which begins with a brace too)."""
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start[:1] == b"{" and start[1:].lstrip()[:1] in (b'"', b"}")


def read_stored(data: bytes, name: str = "") -> Report:
    """The report in a JSON file (shape: vocabulary.md); ``name`` is the file's name.

    Raises Unreadable, saying where, if it is no JSON, no report, several reports, or a figure in it cannot be one.
    """
    stored = _loaded(decode(data))
    if "reports" in stored:
        raise Unreadable(
            "文件里是几份年报的读取或核对结果，不是一份年报；请逐份给出",
            "the file holds the result of reading or checking several reports, not one report; give them one by one",
        )
    if len(OF_A_REPORT & stored.keys()) < 3:
        raise NoReport(
            "JSON 里没有年报的各项（agency、year、form、requests 等）；请核对是否选错了文件",
            "the JSON has none of a report's parts (agency, year, form, requests …); check the file",
        )
    form = _form(stored.get("form"))
    told = {table: _form(of) for table, of in _object(stored, "forms").items()}
    followed = {table: of.name for table, of in told.items() if of}
    places = {cell: _where(place) for cell, place in _object(stored, "places").items()}
    inferred = frozenset(_list(stored, "inferred"))
    tables: dict[str, dict[str, Cell]] = {}
    for table in TABLES:
        cells = _object(stored, table)
        if not cells:
            continue
        of = told.get(table) or form
        if of is None or table not in of.tables:
            raise _wrong(
                table, "表样（form）没有写明，或该表样没有这张表", "the form is not given or has no such table"
            )
        if "forms" not in stored:
            followed[table] = of.name
        tables[table] = dict(_cells(of.tables[table], cells, places, inferred))
    indicators = tuple(_indicators(_list(stored, INDICATORS), places))
    if indicators:
        tables[INDICATORS] = {row.key: row.cell for row in reversed(indicators) if row.key is not None}
        followed.setdefault(INDICATORS, next(form.name for form in forms().values() if INDICATORS in form.tables))
    year = _year(stored.get("year"))
    return Report(
        agency=_text(stored, "agency") or None,
        year=year,
        form=form.name if form else None,
        forms=followed,
        title=_text(stored, "title"),
        tables=tables,
        indicators=indicators,
        narrative=_narrative(_object(stored, "narrative"), form, year),
        findings=tuple(_finding(_as_object(each, "findings")) for each in _list(stored, "findings")),
        published=_text(stored, "published") or None,
        source=name,
        format=KIND,
    )


def _loaded(text: str) -> Json:
    try:
        loaded = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except RecursionError as error:
        raise Unreadable(
            "JSON 的层数太多，不是年报；请核对文件", "the JSON is nested too deeply for a report; check the file"
        ) from error
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"JSON 第 {error.lineno} 行第 {error.colno} 个字符处写法有误；文件可能不完整",
            f"the JSON is faulty at line {error.lineno}, character {error.colno}; the file may be incomplete",
        ) from error
    return _as_object(loaded, "{}")


def _no_number(word: str) -> Any:
    raise _wrong(word, "不是数", "is no number")


def _wrong(place: str, why: str, why_en: str) -> Unreadable:
    return Unreadable(f"JSON 中「{place}」有误：{why}；请改正", f"“{place}” in the JSON is wrong: {why_en}; correct it")


def _as_object(value: Any, place: str) -> Json:
    if not isinstance(value, dict):
        raise _wrong(place, "应为对象 {…}", "an object {…} is expected")
    return value


def _object(stored: Json, name: str) -> Json:
    return _as_object(stored.get(name) or {}, name)


def _list(stored: Json, name: str) -> list[Any]:
    value = stored.get(name) or []
    if not isinstance(value, list):
        raise _wrong(name, "应为列表 […]", "a list […] is expected")
    return value


def _text(stored: Json, name: str) -> str:
    value = stored.get(name) or ""
    if not isinstance(value, str):
        raise _wrong(name, "应为文字", "a text is expected")
    return value


def _form(name: Any) -> Form | None:
    if name is None:
        return None
    if name not in forms():
        known, known_en = "、".join(forms()), ", ".join(forms())
        raise _wrong("form", f"没有表样 {name}，有 {known}", f"there is no form {name}; the forms are {known_en}")
    return forms()[name]


def _year(value: Any) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise _wrong("year", "应为四位年份", "a year is expected")
    return value


def _cells(
    table: Table, cells: Json, places: Mapping[str, Where], inferred: frozenset[str]
) -> Iterator[tuple[str, Cell]]:
    for key, value in cells.items():
        full = f"{table.name}/{key}"
        if key not in table.cells:
            raise _wrong(full, f"{table.form} 年表样没有这一格", f"the form of {table.form} has no such cell")
        yield key, Cell(_number(value, full), places.get(full), full in inferred)


def _number(value: Any, place: str) -> Number | None:
    if value is None or (isinstance(value, (int, Decimal)) and not isinstance(value, bool)):
        return value
    raise _wrong(place, f"{value!r} 不是数，空格请写 null", f"{value!r} is no number; write null for a blank cell")


def _where(place: Any) -> Where:
    given = _as_object(place or {}, "where")
    return Where(given.get("page"), given.get("line"), given.get("element"))


def _indicators(rows: list[Any], places: Mapping[str, Where]) -> Iterator[Indicator]:
    for number, each in enumerate(rows, 1):
        row = _as_object(each, f"{INDICATORS} {number}")
        label = _text(row, "label")
        if not label:
            raise _wrong(f"{INDICATORS} {number}", "没有 label（指标名称）", "it has no label")
        more = Cell(_number(row["cumulative"], label)) if "cumulative" in row else None
        key = _text(row, "key") or None
        cell = Cell(_number(row.get("value"), label), places.get(f"{INDICATORS}/{key}"))
        yield Indicator(label, _text(row, "unit"), cell, key, more)


def _narrative(stored: Json, form: Form | None, year: int | None) -> Narrative:
    paragraphs = tuple(_prose(stored, "paragraphs"))
    headings = tuple(Heading(text, section, where) for section, text, where in _prose(stored, "headings"))
    if "figures" not in stored:
        return _read(paragraphs, headings, form, year)
    figures = tuple(_figure(_as_object(each, "figures")) for each in _list(stored, "figures"))
    known = {"figures", "headings", "paragraphs"}
    return Narrative(
        paragraphs, headings, figures, {name: value for name, value in stored.items() if name not in known}
    )


Prose = tuple[int | None, str, Where]


def _prose(stored: Json, name: str) -> Iterator[Prose]:
    for each in _list(stored, name):
        piece = _as_object(each, name)
        yield piece.get("section"), _text(piece, "text"), _where(piece.get("where"))


def _read(
    paragraphs: tuple[Prose, ...], headings: tuple[Heading, ...], form: Form | None, year: int | None
) -> Narrative:
    """Text that came without its figures: each section's heading, then its paragraphs, read as a document."""
    lines = []
    waiting = list(headings)
    for section, text, where in paragraphs:
        while any(heading.section == section for heading in waiting):
            heading = waiting.pop(0)
            lines.append(Line(heading.text, heading.where, heading=True))
        lines.append(Line(text, where))
    lines += [Line(heading.text, heading.where, heading=True) for heading in waiting]
    found = read_narrative(Document(KIND, tuple(lines)), form, year)
    return Narrative(paragraphs, headings, found.figures, found.summary)


def _figure(stored: Json) -> Figure:
    value = _number(stored.get("value"), "figures")
    if value is None:
        raise _wrong("figures", "缺 value", "a value is missing")
    return Figure(
        what=_text(stored, "what") or None,
        phrase=_text(stored, "phrase"),
        value=value,
        unit=_text(stored, "unit"),
        sentence=_text(stored, "sentence"),
        where=_where(stored.get("where")),
        section=stored.get("section"),
        whole=stored.get("part_of"),
        percent=bool(stored.get("percent")),
        approximate=bool(stored.get("approximate")),
        year=stored.get("year"),
        in_words=bool(stored.get("in_words")),
    )


def _finding(stored: Json) -> Finding:
    try:
        severity = Severity(stored.get("severity", ""))
    except ValueError as error:
        raise _wrong(
            "findings", "severity 应为 error、warning 或 info", "severity must be error, warning or info"
        ) from error
    message = _text(stored, "message")
    return Finding(
        code=_text(stored, "code"),
        severity=severity,
        message=message,
        message_en=_text(stored, "message_en") or message,
        cells=tuple(_list(stored, "cells")),
        expected=stored.get("expected"),
        actual=stored.get("actual"),
        basis=_text(stored, "basis"),
        where=_where(stored["where"]) if stored.get("where") else None,
        source=_text(stored, "source"),
    )
