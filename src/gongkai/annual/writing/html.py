"""A report as a page by itself, for an agency's site: no script, nothing loaded, readable on a phone and on paper.

Each figure names the headings of its row and column, so that whoever hears the table read out knows what is counted.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from gongkai.annual.form.layout import Kind, Placed
from gongkai.annual.showing.cleaning import one_line
from gongkai.annual.writing.paper import Paper, Paragraph, SectionHeading
from gongkai.annual.writing.printed import Printed, lead_of, printed, title_lines

TEMPLATE, STYLE = "report.html", "report.css"

_SCOPES = {
    Kind.HEADING: "colgroup",
    Kind.GROUP: "colgroup",
    Kind.COLUMN: "col",
    Kind.STUB: "col",
    Kind.SECTION: "rowgroup",
    Kind.LABEL: "row",
}


@dataclass(slots=True)
class _Section:
    """A heading and what stands under it; without a heading at the beginning of the paper."""

    number: int
    heading: str = ""
    pieces: list[Mapping[str, Any]] = field(default_factory=list)


def html(paper: Paper) -> bytes:
    """The paper as a page, in UTF-8."""
    style = (resources.files(__package__) / STYLE).read_text(encoding="utf-8")
    page: str = _template().render(
        title=title_lines(paper),
        agency=one_line(paper.agency),
        notices=[one_line(notice) for notice in paper.notices],
        sections=_sections(paper),
        style=_Trusted(style),
        style_hash=_Trusted(_hash(style)),
    )
    return page.encode("utf-8")


class _Trusted(str):
    """Text of our own that goes into the page as it is: the stylesheet and its hash."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def _hash(style: str) -> str:
    """By what the page's policy knows its one stylesheet again (Content Security Policy, hash-source)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@cache
def _template() -> Any:
    folder = resources.files(__package__)
    environment = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE)


def _sections(paper: Paper) -> list[_Section]:
    sections = [_Section(0)]
    for at, piece in enumerate(paper.pieces):
        if isinstance(piece, SectionHeading):
            sections.append(_Section(len(sections), one_line(piece.text)))
        elif isinstance(piece, Paragraph):
            lead, text = lead_of(one_line(piece.text))
            sections[-1].pieces.append({"table": None, "lead": lead, "text": text})
        else:
            sections[-1].pieces.append({"table": _table(printed(piece), at), "lead": "", "text": ""})
    return [section for section in sections if section.heading or section.pieces]


def _table(table: Printed, number: int) -> Mapping[str, Any]:
    return {
        "title": one_line(table.title),
        "columns": table.columns,
        "labels": table.labels,
        "as_list": table.as_list,
        "groups": list(_groups(table, _Headings(table, f"t{number}"))),
    }


class _Headings:
    """The headings of a table by their ids, and for each figure those that it stands under and beside."""

    def __init__(self, table: Printed, prefix: str) -> None:
        self._ids = {
            (cell.row, cell.column): f"{prefix}r{cell.row}c{cell.column}"
            for row in table.rows
            for cell in row
            if cell.kind in _SCOPES and cell.words()
        }
        self._above: dict[int, tuple[int, int]] = {}
        starts = dict(table.headers)
        run = (0, 0)
        for at in range(len(table.rows)):
            run = (at, starts[at]) if at in starts else run
            self._above[at] = run
        self._cells = [cell for row in table.rows for cell in row if (cell.row, cell.column) in self._ids]

    def id(self, cell: Placed) -> str:
        """The id of a heading; empty for other cells."""
        return self._ids.get((cell.row, cell.column), "")

    def of(self, figure: Placed) -> str:
        """The ids of the headings over a figure, then of those beside it."""
        first, end = self._above[figure.row]
        over = [cell for cell in self._cells if first <= cell.row < end and _covers(cell, column=figure.column)]
        beside = [
            cell
            for cell in self._cells
            if cell.kind in (Kind.SECTION, Kind.LABEL) and cell.column < figure.column and _covers(cell, row=figure.row)
        ]
        return " ".join(self._ids[cell.row, cell.column] for cell in (*over, *beside))


def _covers(cell: Placed, *, row: int | None = None, column: int | None = None) -> bool:
    return (row is None or cell.row <= row < cell.row + cell.rowspan) and (
        column is None or cell.column <= column < cell.column + cell.colspan
    )


def _groups(table: Printed, headings: _Headings) -> Iterator[Mapping[str, Any]]:
    """The head, where the table has one for all its rows, and its bodies: one for each run of headings of columns."""
    (_, end), *others = table.headers or ((0, 0),)
    if end and not others:
        yield _group("thead", table.rows[:end], headings)
        yield _group("tbody", table.rows[end:], headings)
        return
    starts = [first for first, _ in table.headers] or [0]
    for first, last in zip(starts, [*starts[1:], len(table.rows)], strict=True):
        yield _group("tbody", table.rows[first:last], headings)


def _group(tag: str, rows: Sequence[Sequence[Placed]], headings: _Headings) -> Mapping[str, Any]:
    return {"tag": tag, "rows": [[_cell(cell, headings) for cell in row] for row in rows]}


def _cell(cell: Placed, headings: _Headings) -> Mapping[str, Any]:
    figure, heading = cell.kind is Kind.FIGURE, bool(headings.id(cell))
    return {
        "tag": "th" if heading else "td",
        "id": headings.id(cell),
        "kind": f"{cell.kind} d{cell.depth}" if cell.depth else str(cell.kind),
        "scope": _SCOPES[cell.kind] if heading else "",
        "headers": headings.of(cell) if figure else "",
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
        "text": one_line(cell.words()),
    }
