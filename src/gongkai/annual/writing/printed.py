"""What the formats print alike: titles broken by their sense, headings within paragraphs, tables cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby

from gongkai.annual.form import Table, forms
from gongkai.annual.form.layout import Kind, Placed
from gongkai.annual.reading.words.frame import UNNAMED
from gongkai.annual.report import INDICATORS, Indicator
from gongkai.annual.showing.cleaning import one_line
from gongkai.annual.showing.naming import number
from gongkai.annual.writing.official import TITLE_CHARACTERS
from gongkai.annual.writing.paper import FormTable, ListTable, Paper

_HEADINGS = frozenset({Kind.HEADING, Kind.STUB, Kind.GROUP, Kind.COLUMN})

_LEAD = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；，！？]{2,24}(?:。|：|$)")
"""A heading of the second level (GB/T 9704-2012, 7.3.3): a line of its own, or the first words of its paragraph."""


def lead_of(text: str) -> tuple[str, str]:
    """The heading of the second level with which a paragraph begins (empty: none), and the rest."""
    lead = _LEAD.match(text)
    return (lead[0], text[lead.end() :]) if lead else ("", text)


def title_lines(paper: Paper) -> list[str]:
    """The title on one line, or broken by its sense if it is longer (7.3.1): behind the agency's name, or where the
    title has another name for it, before what it is."""
    title, name, kind = one_line(paper.title), one_line(paper.agency) or UNNAMED, paper.form.title
    if len(title) > TITLE_CHARACTERS and title.startswith(name) and title != name:
        return [name, title.removeprefix(name)]
    if len(title) > TITLE_CHARACTERS and title.endswith(kind) and title != kind:
        return [title.removesuffix(kind), kind]
    return [title]


@dataclass(frozen=True, slots=True)
class Printed:
    """Rows of placed cells, the figures among them with their words (empty: left blank).

    ``labels`` is how many columns at the left are labels (units among them), ``headers`` are the runs of rows (first,
    behind the last) that head the columns below them and come again on each page over which those go on.
    """

    title: str
    title_en: str
    rows: tuple[tuple[Placed, ...], ...]
    columns: int
    labels: int
    headers: tuple[tuple[int, int], ...]

    @property
    def as_list(self) -> bool:
        """Whether each row is a label with its unit, as in the statistical table of 2014."""
        return any(cell.kind is Kind.UNIT for row in self.rows for cell in row)


def printed(piece: FormTable | ListTable) -> Printed:
    """The table with its figures."""
    return _form(piece) if isinstance(piece, FormTable) else _list(piece)


def _form(piece: FormTable) -> Printed:
    sheet, table = piece.sheet, piece.table
    rows = tuple(
        tuple(
            replace(cell, text=number(piece.figures.get(cell.cell))) if cell.kind is Kind.FIGURE else cell
            for cell in row
        )
        for row in sheet.rows
    )
    return Printed(table.title, table.title_en, rows, sheet.columns, sheet.labels, _headers(rows))


def _list(piece: ListTable) -> Printed:
    """Rows that are no form's: under the headings of the statistical table, with a second column where they have it."""
    table = next(form.tables[INDICATORS] for form in forms().values() if INDICATORS in form.tables)
    (column,) = table.blocks[0].columns
    heads = [
        Placed(Kind.STUB, 0, 0, text=table.stub, text_en=table.stub_en),
        Placed(Kind.UNIT, 0, 1, text=table.unit_heading, text_en=table.unit_heading),
        Placed(Kind.COLUMN, 0, 2, text=column.label, text_en=column.label_en),
    ]
    if piece.cumulative:
        years = table.cumulative_heading + table.cumulative_ending
        heads.append(Placed(Kind.COLUMN, 0, 3, text=years, text_en=years))
    body = [_row(at, row, table, piece.cumulative) for at, row in enumerate(piece.rows, 1)]
    rows = (tuple(heads), *body)
    return Printed(piece.title, table.title_en, rows, len(heads), 2, _headers(rows))


def _row(at: int, row: Indicator, table: Table, cumulative: bool) -> tuple[Placed, ...]:
    cells = [
        Placed(Kind.LABEL, at, 0, text=row.label),
        Placed(Kind.UNIT, at, 1, text=row.unit),
        Placed(Kind.FIGURE, at, 2, text=number(row.cell.value), cell=f"{table.name}/{row.key}" if row.key else ""),
    ]
    if cumulative:
        more = row.cumulative.value if row.cumulative else None
        cells.append(Placed(Kind.FIGURE, at, 3, text=number(more)))
    return tuple(cells)


def _headers(rows: tuple[tuple[Placed, ...], ...]) -> tuple[tuple[int, int], ...]:
    """The runs of rows that hold headings of columns."""
    found: list[tuple[int, int]] = []
    at = 0
    for heading, run in groupby(rows, key=lambda row: any(cell.kind in _HEADINGS for cell in row)):
        end = at + len(list(run))
        if heading:
            found.append((at, end))
        at = end
    return tuple(found)
