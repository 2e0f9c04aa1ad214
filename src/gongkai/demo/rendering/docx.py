"""A report as a word processor's file: merged cells as WPS writes them, tables split, text in many runs."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from random import Random
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from gongkai.annual.report import Report
from gongkai.demo import faults
from gongkai.demo.rendering import reshaping
from gongkai.demo.rendering.catalogue import Printed, layout
from gongkai.demo.rendering.paper import Box, Paper, Sheet


def document(paper: Paper, rng: Random | None = None) -> Any:
    """The paper as a document. With ``rng`` its text is cut into runs at random, as edited files have it."""
    made = Document()
    for item in paper.items:
        if isinstance(item, Sheet):
            _table(made, item, rng)
            made.add_paragraph()
        elif item.kind == "title":
            made.add_heading(item.text, 0)
        else:
            _write(made.add_paragraph(), item.text, rng)
    return made


def _write(paragraph: Any, text: str, rng: Random | None) -> None:
    """Text into a paragraph, in one run or several; an empty text leaves a paragraph without any run."""
    while text:
        length = len(text) if rng is None else rng.randint(1, 4)
        paragraph.add_run(text[:length])
        text = text[length:]


def _table(made: Any, sheet: Sheet, rng: Random | None) -> None:
    """The table's rows by hand: ``gridSpan`` for cells over columns, ``vMerge`` for cells over rows."""
    table = made.add_table(0, sheet.width)
    table.style = "Table Grid"
    space = sum(column.width for column in table.columns)
    labels = max((box.column + box.colspan for box in sheet.boxes if box.role == "label"), default=0)
    for number, column in enumerate(table.columns):
        if sheet.width > 5 and labels:
            shares = [0.07, 0.11, 0.3][:labels] if labels == 3 else [0.4 / labels] * labels
            share = shares[number] if number < labels else (1 - sum(shares)) / (sheet.width - labels)
            column.width = int(space * share)
    covering: dict[tuple[int, int], Box] = {}
    for box in sheet.boxes:
        for row in range(box.row, box.row + box.rowspan):
            covering[row, box.column] = box
    for row in range(sheet.height):
        line = OxmlElement("w:tr")
        for column in sorted(column for at, column in covering if at == row):
            line.append(_cell(covering[row, column], row, made, rng))
        table._tbl.append(line)


def _cell(box: Box, row: int, made: Any, rng: Random | None) -> Any:
    cell, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    cell.append(properties)
    if box.colspan > 1:
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), str(box.colspan))
        properties.append(span)
    if box.rowspan > 1:
        merge = OxmlElement("w:vMerge")
        if row == box.row:
            merge.set(qn("w:val"), "restart")
        properties.append(merge)
    paragraph = made.add_paragraph()
    if row == box.row:
        _write(paragraph, box.text, rng)
    cell.append(paragraph._p)
    return cell


def _saved(made: Any) -> Printed:
    file = BytesIO()
    made.save(file)
    return Printed(file.getvalue())


@layout("docx", "I", suffix=".docx")
def merged_cells(paper: Paper, rng: Random) -> Printed:
    """Cells merged over columns and rows as WPS writes them; blank cells hold a paragraph without text"""
    return _saved(document(paper))


@layout("docx", "I", "A5", "A6", suffix=".docx")
def edited_by_many_hands(paper: Paper, rng: Random) -> Printed:
    """The same, every text cut into runs of a few characters, digits apart"""
    return _saved(document(paper, rng))


@layout("docx", "I", "A9", suffix=".docx", before=lambda report, rng: _blanks(report, rng))
def zeros_left_blank_in_docx(paper: Paper, rng: Random) -> Printed:
    """Merged cells, and every zero left blank"""
    return _saved(document(paper))


def _blanks(report: Report, rng: Random) -> Report:
    return faults.blanks(report, rng)


@layout("docx", "I", "B4", suffix=".docx")
def table_split_by_hand(paper: Paper, rng: Random) -> Printed:
    """The table of requests split into two tables by hand, the header typed again over the second"""
    items: list[object] = []
    for item in paper.items:
        if isinstance(item, Sheet) and item.table == "requests":
            items += _split(item, rng)
        else:
            items.append(item)
    return _saved(document(replace(paper, items=tuple(items))))  # type: ignore[arg-type]


def _split(sheet: Sheet, rng: Random) -> list[Sheet]:
    first, last = sheet.header_rows + 3, sheet.height - 3
    if first > last:
        return [sheet]
    upper, lower = reshaping.split_rows(sheet, [rng.randint(first, last)])
    deep = sheet.header_rows
    header = [box for box in sheet.boxes if box.row < deep]
    moved = [replace(box, row=box.row + deep) for box in lower.boxes]
    return [upper, replace(lower, boxes=(*header, *moved), header_rows=deep)]


@layout("docx", "A2", "A3", "A4", suffix=".docx")
def table_drawn_unevenly(paper: Paper, rng: Random) -> Printed:
    """Padded headers, a heading cut in two and an uneven grid, as tables pasted from the web have them"""
    paper = paper.each_sheet(reshaping.header_padded)
    paper = paper.each_sheet(lambda sheet: reshaping.heading_cut_in_two(sheet, rng))
    return _saved(document(paper.each_sheet(lambda sheet: reshaping.uneven_grid(sheet, rng))))


@layout("docx", "J", suffix=".docx")
def landscape_section(paper: Paper, rng: Random) -> Printed:
    """The whole document turned to landscape, with page breaks before the sections"""
    made = document(paper)
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for paragraph in made.paragraphs:
        if paragraph.text[1:2] == "、":
            paragraph.insert_paragraph_before().add_run().add_break(WD_BREAK.PAGE)
    return _saved(made)
