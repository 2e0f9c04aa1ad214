"""What text extraction makes of set pages: part B of the catalogue of layouts (pdftotext -layout, -raw and flow)."""

from __future__ import annotations

from random import Random

from gongkai.annual.report import Report
from gongkai.demo import faults
from gongkai.demo.rendering import ambiguity
from gongkai.demo.rendering.catalogue import Printed, layout
from gongkai.demo.rendering.paper import Box, Paper
from gongkai.demo.rendering.setting import Page, Placed, Style, lines_by_height, set_pages

_COLUMN = 5.25


def as_layout(page: Page) -> str:
    """The page as ``pdftotext -layout`` prints it: every character one column, places kept by blanks."""
    lines: list[str] = []
    bottom = 0.0
    for row in lines_by_height(page):
        if lines and row[0].y - bottom > row[0].size:
            lines += [""] * min(3, int((row[0].y - bottom) / (row[0].size * 1.3)))
        line = ""
        for placed in row:
            column = round(placed.x / _COLUMN)
            line = line.ljust(max(column, len(line) + 2 if line else 0)) + placed.text
        lines.append(line)
        bottom = row[0].y + row[0].size
    return "\n".join(lines)


def as_raw(page: Page) -> str:
    """The page as ``pdftotext -raw`` prints it: in the order of writing, a new line where the height changes."""
    lines: list[str] = []
    last: Placed | None = None
    for placed in page.placed:
        if last is not None and last.y == placed.y and placed.x > last.x:
            lines[-1] += f" {placed.text}"
        else:
            lines.append(placed.text)
        last = placed
    return "\n".join(lines)


def as_flow(page: Page) -> tuple[str, set[str]]:
    """The page as ``pdftotext`` prints it without an option: block after block, labels of several lines set aside
    until later. Also gives the keys of the labels that were set aside."""
    blocks: list[str] = []
    aside: list[str] = []
    displaced: set[str] = set()
    for box, lines in _by_box(page):
        text = "\n".join(lines)
        if box is None:
            blocks += [*aside, text]
            aside = []
        elif box.role in ("label", "heading") and (len(lines) > 1 or aside):
            aside.append(text)
            displaced.add(box.key)
            if len(aside) > 5:
                blocks += aside
                aside = []
        else:
            blocks.append(text)
    return "\n\n".join([*blocks, *aside]), displaced


def _by_box(page: Page) -> list[tuple[Box | None, list[str]]]:
    """Consecutive lines of one cell together; lines outside of tables each by themselves."""
    found: list[tuple[Box | None, list[str]]] = []
    for placed in page.placed:
        if found and placed.box is not None and found[-1][0] is placed.box:
            found[-1][1].append(placed.text)
        else:
            found.append((placed.box, [placed.text]))
    return found


def _text(pages: list[str]) -> bytes:
    return "".join(f"{page}\n\f" for page in pages).encode()


@layout("layout text", "B1", "B5", suffix=".txt")
def layout_text(paper: Paper, rng: Random) -> Printed:
    """pdftotext -layout: labels folded above and below the figures of their row, page numbers between"""
    return Printed(_text([as_layout(page) for page in set_pages(paper, Style())]))


@layout("layout text", "B1", "B4", suffix=".txt")
def layout_text_header_again(paper: Paper, rng: Random) -> Printed:
    """pdftotext -layout of tables whose header comes again on each page, and whose stubs run downwards"""
    style = Style(header_again=True, stub=15.5, page_number="— {} —")
    return Printed(_text([as_layout(page) for page in set_pages(paper, style)]))


def _blanks(report: Report, rng: Random) -> Report:
    return faults.blanks(report, rng)


@layout("layout text", "B1", "A9", suffix=".txt", before=_blanks)
def layout_text_zeros_left_blank(paper: Paper, rng: Random) -> Printed:
    """pdftotext -layout of tables whose zeros are left blank: only places tell whose the other figures are"""
    pages = [as_layout(page) for page in set_pages(paper, Style())]
    return Printed(_text(pages), ambiguity.rows_with_blanks(paper))


@layout("text", "B2", "A9", suffix=".txt", before=_blanks)
def raw_text_zeros_left_blank(paper: Paper, rng: Random) -> Printed:
    """pdftotext -raw of tables whose zeros are left blank: rows have fewer figures than columns"""
    pages = [as_raw(page) for page in set_pages(paper, Style())]
    return Printed(_text(pages), ambiguity.rows_with_blanks(paper))


@layout("layout text", "B1", "J", suffix=".txt")
def layout_text_landscape(paper: Paper, rng: Random) -> Printed:
    """pdftotext -layout of pages turned to landscape"""
    style = Style(width=842, height=595, header_again=True, table_size=10.5)
    return Printed(_text([as_layout(page) for page in set_pages(paper, style)]))


@layout("text", "B2", "B5", suffix=".txt")
def raw_text(paper: Paper, rng: Random) -> Printed:
    """pdftotext -raw: row by row, folded labels on lines of their own, page numbers between"""
    pages = [as_raw(page) for page in set_pages(paper, Style())]
    return Printed(_text(pages), ambiguity.rows_with_blanks(paper))


@layout("text", "B3", "B4", suffix=".txt")
def raw_text_header_again(paper: Paper, rng: Random) -> Printed:
    """pdftotext -raw with the header again on each page, stubs running downwards"""
    style = Style(header_again=True, stub=15.5, middle=28)
    pages = [as_raw(page) for page in set_pages(paper, style)]
    return Printed(_text(pages), ambiguity.rows_with_blanks(paper))


@layout("text", "B4", "B5", suffix=".txt")
def raw_text_rows_cut(paper: Paper, rng: Random) -> Printed:
    """pdftotext -raw where a page's end cuts a row: the rest of its label comes after the next page's header"""
    style = Style(header_again=True, rows_cut=True, height=rng.choice((620, 655, 700, 760)))
    pages = [as_raw(page) for page in set_pages(paper, style)]
    return Printed(_text(pages), ambiguity.rows_with_blanks(paper))


@layout("text", "B3", "B8", suffix=".txt")
def raw_text_characters_spaced(paper: Paper, rng: Random) -> Printed:
    """pdftotext -raw of justified cells: blanks between the characters of headers and headings"""
    pages = [as_raw(page) for page in set_pages(paper, Style(spaced=True, table_size=8.5))]
    return Printed(_text(pages), ambiguity.rows_with_blanks(paper))


@layout("text", "B6", suffix=".txt")
def raw_text_figures_folded(paper: Paper, rng: Random) -> Printed:
    """Columns so narrow that figures of two digits fall apart into two lines"""
    style = Style(breaks_figures=True, figure_share=0.155, table_size=9)
    pages = [as_raw(page) for page in set_pages(paper, style)]
    cut = {
        placed.box.cell
        for page in set_pages(paper, style)
        for placed in page.placed
        if placed.box and placed.box.role == "figure" and placed.text != placed.box.text
    }
    rows = [{box.cell for box in row} for row in ambiguity.figure_rows(paper)]
    doubtful = frozenset(cell for row in rows if row & cut for cell in row)
    return Printed(_text(pages), doubtful | ambiguity.rows_with_blanks(paper))


@layout("text", "B2", "B7", suffix=".txt")
def flow_text(paper: Paper, rng: Random) -> Printed:
    """pdftotext without an option: cell after cell, labels of several lines set aside until after the figures"""
    parts = [as_flow(page) for page in set_pages(paper, Style())]
    displaced = set().union(*(keys for _, keys in parts))
    doubtful: set[str] = set()
    for sheet in paper.sheets:
        by_row = {box.row: box.key for box in sheet.boxes if box.role == "label"}
        doubtful |= {box.cell for box in sheet.boxes if box.role == "figure" and by_row.get(box.row) in displaced}
    return Printed(_text([text for text, _ in parts]), frozenset(doubtful) | ambiguity.rows_with_blanks(paper))
