"""Tables of a DOCX as the forms print them: merged cells, headers that repeat on each page, rows that do not break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.annual.form import Table
from gongkai.annual.form.layout import UNIT_HEADING, Kind, Placed, Sheet
from gongkai.annual.report import Cell
from gongkai.annual.showing.cleaning import one_line
from gongkai.annual.showing.naming import number
from gongkai.annual.writing.official import SHADE, TABLE_PT, TEXT_MM
from gongkai.annual.writing.paper import FormTable, ListTable
from gongkai.annual.writing.word_styles import CELL, TWIPS, size

MM = 72 * TWIPS / 25.4
"""Twips in a millimetre."""

LABELS_MM = {0: (), 1: (40.0,), 2: (104.0, 16.0), 3: (8.6, 15.6, 60.5)}
"""The widths of the columns of labels, by how many there are; figures share the rest of the 156 mm."""

AS_LIST = 2
"""So many columns of labels (label and unit) has a table that is printed as a list."""

LIST_MM = {3: (104.0, 16.0, 36.0), 4: (84.0, 16.0, 28.0, 28.0)}
"""The columns of a statistical table of an agency's own: label, unit, figure and the figure of all years."""

PADDING_MM = 0.5
"""Between a cell's edge and its text."""

SMALLEST_PT = 5.0
"""Figures too long for their column are set smaller, but never below this."""

DIGIT = 0.64
"""A digit's width by its height in the widest fount that a machine may take for the one named; half in that itself."""

TOGETHER = 30
"""A table of at most so many rows is kept on one page."""

SHORT = 8
"""A label of at most so many characters without a number stands in the middle of its cell."""


def table(piece: FormTable | ListTable, form: Table | None = None) -> Any:
    """The table as an element of the document's body. ``form`` has the headings for a table of an agency's own."""
    if isinstance(piece, FormTable):
        return parse_xml(_form_table(piece))
    assert form is not None
    return parse_xml(_list_table(piece, form))


def _form_table(piece: FormTable) -> str:
    sheet = piece.sheet
    widths = _widths(sheet)
    placed = [cell for line in sheet.rows for cell in line]
    covering = {(row, cell.column): cell for cell in placed for row in range(cell.row, cell.row + cell.rowspan)}
    rows = []
    for row in range(len(sheet.rows)):
        cells = [covering[at] for at in sorted(covering) if at[0] == row]
        together = row + 1 < len(sheet.rows) <= TOGETHER
        rows.append(_row([_placed(cell, row, piece, widths, together) for cell in cells], header=row < sheet.header))
    return _table(rows, widths, piece.table.title)


def _widths(sheet: Sheet) -> list[float]:
    labels = LABELS_MM[sheet.labels]
    others = sheet.columns - sheet.labels
    return [*labels, *[(TEXT_MM - sum(labels)) / others] * others]


def _placed(cell: Placed, row: int, piece: FormTable, widths: Sequence[float], together: bool) -> str:
    merge = "" if cell.rowspan == 1 else ' w:val="restart"' if row == cell.row else " "
    text = ""
    if row == cell.row:
        text = number(piece.figures.get(cell.cell)) if cell.kind is Kind.FIGURE else cell.words()
    if cell.kind is Kind.SECTION and cell.rowspan > 1 and text:
        text = f"{cell.number}\n{cell.text}"
    as_list = piece.sheet.labels == AS_LIST
    labels = cell.kind in (Kind.STUB, Kind.SECTION, Kind.LABEL)
    long = labels and (len(text) > SHORT or bool(cell.number) or (as_list and cell.kind is Kind.LABEL))
    look = _Look(
        span=cell.colspan,
        merge=merge,
        left=cell.kind is Kind.HEADING or long,
        indent=_indent(cell) if as_list else 0,
        shaded=cell.kind is Kind.HEADING,
        together=together,
    )
    return _cell(text, sum(widths[cell.column : cell.column + cell.colspan]), look)


def _indent(cell: Placed) -> int:
    """By how many characters a label in a list begins further in: 一、 not at all, （一） by one, others by two."""
    return 0 if not cell.depth else 1 if cell.number.startswith("（") else 2


def _list_table(piece: ListTable, form: Table) -> str:
    heads = [form.stub, UNIT_HEADING[0], form.columns[0].label]
    heads += [form.cumulative_heading + form.cumulative_ending] if piece.cumulative else []
    widths = LIST_MM[len(heads)]
    rows = [_row([_cell(text, width) for text, width in zip(heads, widths, strict=True)], header=True)]
    for row in piece.rows:
        more = [_figure(row.cumulative)] if piece.cumulative else []
        texts = [row.label, row.unit, _figure(row.cell), *more]
        cells = zip(texts, widths, strict=True)
        rows.append(_row([_cell(text, width, _Look(left=not at)) for at, (text, width) in enumerate(cells)]))
    return _table(rows, widths, piece.title)


def _figure(cell: Cell | None) -> str:
    return number(cell.value) if cell else ""


# ── The format's words ───────────────────────────────────────────────────────────────────────────────────────────


def _table(rows: Sequence[str], widths: Sequence[float], title: str) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{_twips(PADDING_MM)}" w:type="dxa"/>' for side in ("top", "left", "bottom", "right")
    )
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(map(_twips, widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f'<w:tblLook w:val="0000"/><w:tblCaption w:val="{escape(title)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: Sequence[str], *, header: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{''.join(cells)}</w:tr>"


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell is set: what it spans, whether it goes on from the cell above, where its text stands."""

    span: int = 1
    merge: str = ""
    left: bool = False
    indent: int = 0
    shaded: bool = False
    together: bool = False


_PLAIN = _Look()
_EM = int(TABLE_PT * TWIPS)


def _cell(text: str, width: float, look: _Look = _PLAIN) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{look.span}"/>' if look.span > 1 else "")
        + (f"<w:vMerge{look.merge.rstrip()}/>" if look.merge else "")
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if look.shaded else "")
        + ("<w:noWrap/>" if text.isascii() and text else "")
        + f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{CELL}"/>'
        + ("<w:keepNext/>" if look.together else "")
        + (f'<w:ind w:leftChars="{100 * look.indent}" w:left="{look.indent * _EM}"/>' if look.indent else "")
        + ('<w:jc w:val="left"/>' if look.left else "")
        + f"</w:pPr>{_run(text, width) if text else ''}</w:p></w:tc>"
    )


def _run(text: str, width: float) -> str:
    """The text; a heading beside several rows has its number on a line of its own."""
    lines = "<w:br/>".join(f"<w:t>{escape(one_line(line))}</w:t>" for line in text.split("\n") if line)
    return f"<w:r>{_smaller(text, width)}{lines}</w:r>"


def _smaller(text: str, width: float) -> str:
    """The size of a figure that would not fit its column, where it would break over two lines."""
    if not text.isascii():
        return ""
    fits = (width - 2 * PADDING_MM) / 25.4 * 72 / (len(text) * DIGIT)
    points = max(SMALLEST_PT, int(2 * fits) / 2)
    return f"<w:rPr>{size(points)}</w:rPr>" if points < TABLE_PT else ""


def _twips(millimetres: float) -> int:
    return round(millimetres * MM)
