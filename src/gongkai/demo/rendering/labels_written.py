"""How labels, headings and titles are written: part F of the catalogue of layouts, and half-width punctuation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from gongkai.annual.form import Row, Table, forms
from gongkai.annual.report import Cell
from gongkai.demo.rendering.catalogue import wording
from gongkai.demo.rendering.numbers_written import table_of
from gongkai.demo.rendering.paper import Box, Line, Paper, Sheet, on_paper

_HALF_BRACKETS = str.maketrans("（）：，、；", "():,、;")


@wording("E", "D3")
def half_width_punctuation(paper: Paper, rng: Random) -> Paper:
    """Brackets and commas of half width, with a blank after"""

    def halved(text: str) -> str:
        return re.sub(r"[)(,:;](?=.)", lambda found: found[0] + (" " if found[0] in "),:;" else ""), text)

    def narrow(text: str) -> str:
        return halved(text.translate(_HALF_BRACKETS))

    paper = paper.each_line(lambda line: replace(line, text=narrow(line.text)) if line.kind == "heading" else line)
    return paper.each_box(lambda box: box if box.role == "figure" else replace(box, text=narrow(box.text)))


@wording("F")
def variants_of_labels(paper: Paper, rng: Random) -> Paper:
    """Rows, columns and groups under other names that agencies use for them"""

    def sheet_renamed(sheet: Sheet) -> Sheet:
        table = table_of(paper, sheet.table)
        if table is None:
            return sheet
        rows = {row.key: row for block in table.blocks for row in block.rows}
        others = {column.key: column.variants for column in table.columns}
        others |= {group.key: group.variants for group in table.groups}

        def change(box: Box) -> Box:
            if box.role == "header" and others.get(box.key) and not _taken(table, box.key):
                return replace(box, text=rng.choice(others[box.key]))
            row = rows.get(box.key)
            if box.role in ("label", "heading") and row and row.variants:
                return replace(box, text=row.number + rng.choice(row.variants))
            return box

        return sheet.each(change)

    return paper.each_sheet(sheet_renamed)


def _taken(table: Table, key: str) -> bool:
    """Whether the table has several columns of that key (their variants could not be told apart)."""
    return sum(column.key == key for block in table.blocks for column in block.columns) > len(table.blocks)


@wording("F")
def characters_missing(paper: Paper, rng: Random) -> Paper:
    """A character missing from one label in three"""

    def change(box: Box) -> Box:
        if box.role != "label" or len(box.text) < 8 or rng.random() > 0.34:
            return box
        at = rng.randrange(5, len(box.text) - 1)
        return replace(box, text=box.text[:at] + box.text[at + 1 :])

    return paper.each_box(change)


@wording("F")
def wrong_characters(paper: Paper, rng: Random) -> Paper:
    """A wrong character of the same shape or sound in one label in four"""
    similar = str.maketrans("己未已末其类", "已末己未具类")

    def change(box: Box) -> Box:
        if box.role != "label" or len(box.text) < 8 or rng.random() > 0.25:
            return box
        at = rng.randrange(5, len(box.text) - 1)
        wrong = box.text[at].translate(similar)
        return replace(box, text=box.text[:at] + (wrong if wrong != box.text[at] else "囗") + box.text[at + 1 :])

    return paper.each_box(change)


@wording("F")
def blanks_in_labels(paper: Paper, rng: Random) -> Paper:
    """A blank after each number and bracket in labels, and between the two characters of short ones"""

    def change(box: Box) -> Box:
        if box.role == "figure":
            return box
        text = re.sub(r"(（.）|\d\.|[一二三四]、)", r"\1 ", box.text)
        return replace(box, text=" ".join(text) if len(text) == 2 else text)

    return paper.each_box(change)


@wording("F")
def numbers_of_rows_with_commas(paper: Paper, rng: Random) -> Paper:
    """Row numbers written 1、 instead of 1."""
    return paper.each_box(
        lambda box: replace(box, text=re.sub(r"^(\d)\.", r"\1、", box.text)) if box.role == "label" else box
    )


@wording("F")
def row_numbers_left_out(paper: Paper, rng: Random) -> Paper:
    """Rows without their numbers"""

    def change(box: Box) -> Box:
        if box.role not in ("label", "heading"):
            return box
        return replace(box, text=re.sub(r"^(\d[.、]|（.）|[一二三四五六七八九]、)(?=..)", "", box.text))

    return paper.each_box(change)


@wording("F")
def rows_of_their_own(paper: Paper, rng: Random) -> Paper:
    """Rows that no form has, with figures of their own, between those of section two"""

    def extended(sheet: Sheet) -> Sheet:
        if sheet.table != "publication":
            return sheet
        after = max(box.row for box in sheet.boxes if box.key == "normative_documents" and box.role == "label")
        like = [box for box in sheet.boxes if box.row == after]
        moved = [replace(box, row=box.row + 1) if box.row > after else box for box in sheet.boxes]
        added = [
            replace(box, row=after + 1, key="", cell="", role="label" if box.role == "label" else "filler")
            for box in like
        ]
        texts = ["其他主动公开文件", *(str(rng.randint(1, 90)) for _ in added[1:])]
        new = [replace(box, text=text) for box, text in zip(added, texts, strict=True)]
        return replace(sheet, boxes=(*moved, *new))

    return paper.each_sheet(extended)


# ── Sections and titles ──────────────────────────────────────────────────────────────────────────────────────────────


def _headings(paper: Paper, change: Callable[[Line], Line]) -> Paper:
    return paper.each_line(lambda line: change(line) if line.kind == "heading" else line)


@wording("F")
def variants_of_headings(paper: Paper, rng: Random) -> Paper:
    """Sections under other headings that agencies use for them"""
    sections = {section.number: section for section in forms()[paper.truth.form or ""].sections}

    def change(line: Line) -> Line:
        variants = sections[line.section or 0].variants
        return replace(line, text=line.text[:2] + rng.choice(variants)) if variants else line

    return _headings(paper, change)


@wording("F")
def headings_left_out(paper: Paper, rng: Random) -> Paper:
    """No section has a heading"""
    return replace(paper, items=tuple(item for item in paper.items if getattr(item, "kind", "") != "heading"))


@wording("F")
def headings_numbered_wrongly(paper: Paper, rng: Random) -> Paper:
    """Sections numbered anew from one, or 是 for 、"""
    counted = iter(range(99))

    def change(line: Line) -> Line:
        number = "一二三一二三四五六"[next(counted) % 9]
        return replace(line, text=f"{number}{rng.choice('、、是')}{line.text[2:]}")

    return _headings(paper, change)


@wording("F")
def year_first_in_title(paper: Paper, rng: Random) -> Paper:
    """The title begins with the year"""
    year = f"{paper.truth.year}年"
    return _titled(paper, year + paper.truth.title.replace(year, ""))


@wording("F")
def title_without_year(paper: Paper, rng: Random) -> Paper:
    """The title does not say the year; only the text does"""
    return _titled(paper, paper.truth.title.replace(f"{paper.truth.year}年", ""))


def _titled(paper: Paper, title: str) -> Paper:
    paper = paper.each_line(lambda line: replace(line, text=title) if line.kind == "title" else line)
    return replace(paper, truth=replace(paper.truth, title=title))


@wording("F")
def unsigned(paper: Paper, rng: Random) -> Paper:
    """No signature and no date at the end"""
    return replace(paper, items=tuple(item for item in paper.items if getattr(item, "kind", "") != "signature"))


@wording("F")
def one_row_of_other_handling(paper: Paper, rng: Random) -> Paper:
    """A mixed form: the table of requests has one row （六）, as the form of 2019, the rest is of 2021"""
    table = forms()["2019"].tables["requests"]
    one = next(row for row in table.rows if row.key == "other")
    return _with_one_row(paper, one) if paper.truth.form == "2021" else paper


def _with_one_row(paper: Paper, one: Row) -> Paper:
    report = paper.truth
    had = report.tables.get("requests", {})
    if not had:
        return paper
    table = forms()["2021"].tables["requests"]
    parts = [row for row in table.rows if row.under == "other"]
    cells: dict[str, Cell] = {}
    for cell, found in had.items():
        row, column = table.cells[cell]
        if row.under == "other":
            if row is parts[0]:
                total = sum((had[table.cell(part, column)].value or 0 for part in parts), start=0)
                cells[f"{one.key}:{column.key}"] = Cell(total)
        else:
            cells[cell] = found
    mixed = replace(report, tables={**report.tables, "requests": cells}, forms={**report.forms, "requests": "2019"})
    return on_paper(mixed)
