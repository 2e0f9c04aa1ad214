"""A report as Markdown: as converters write it, and as a machine transcribes a page (parts C6–C8 and D)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from gongkai.annual.report import Report
from gongkai.demo.rendering.catalogue import Printed, layout
from gongkai.demo.rendering.paper import Paper, Sheet


def _row(texts: list[str], more: str = "") -> str:
    return f"| {' | '.join(texts)} |{more}"


def _grid(sheet: Sheet) -> list[list[str]]:
    """The table with every cell in its column; what a cell spans is empty."""
    lines = [[""] * sheet.width for _ in range(sheet.height)]
    for box in sheet.boxes:
        lines[box.row][box.column] = box.text
    return lines


def _piped(sheet: Sheet, trailing: str = "") -> str:
    lines = _grid(sheet)
    rule = "|" + "---|" * sheet.width
    return "\n".join([_row(lines[0], trailing), rule, *(_row(line, trailing) for line in lines[1:])])


def _written(paper: Paper, table: Callable[[Sheet], str]) -> str:
    parts = []
    for item in paper.items:
        if isinstance(item, Sheet):
            parts.append(table(item))
        else:
            parts.append({"title": "# ", "heading": "## "}.get(item.kind, "") + item.text)
    return "\n\n".join(parts) + "\n"


@layout("markdown", "C6", suffix=".md")
def pipe_tables(paper: Paper, rng: Random) -> Printed:
    """Pipe tables with a column for every column of the form"""
    return Printed(_written(paper, _piped).encode())


@layout("markdown", "C7", suffix=".md")
def pipe_tables_with_empty_columns(paper: Paper, rng: Random) -> Printed:
    """Pipe tables with more bars at the end of rows than there are columns"""
    return Printed(_written(paper, lambda sheet: _piped(sheet, "|" * rng.randint(1, 7))).encode())


@layout("markdown", "C8", suffix=".md")
def pipe_tables_with_empty_rows(paper: Paper, rng: Random) -> Printed:
    """Pipe tables with rows of nothing between the others"""

    def table(sheet: Sheet) -> str:
        lines = _piped(sheet).splitlines()
        empty = _row([" "] * sheet.width)
        return "\n".join(f"{line}\n{empty}" if at > 1 and rng.random() < 0.3 else line for at, line in enumerate(lines))

    return Printed(_written(paper, table).encode())


_WRONG = ("本年新收件数", "上年结转件数", "予以公开", "部分公开", "不予公开", "结转下年度")


def _transcribed(sheet: Sheet, rng: Random, heading: Callable[[str], str]) -> str:
    """A table as a machine transcribes it: a small table for each group, with column heads of its own invention."""
    if sheet.table == "requests":
        return _groups(sheet, rng, heading)
    if sheet.table == "disputes":
        return _courts(sheet)
    return _piped(sheet)


def _groups(sheet: Sheet, rng: Random, heading: Callable[[str], str]) -> str:
    narrow = [box for box in sheet.boxes if box.role == "header" and box.rowspan == 1 and box.colspan == 1]
    placeholder = sorted(narrow, key=lambda box: box.column)
    parts = [
        "\n".join(
            (_row([box.text for box in placeholder]), _row(["---"] * len(placeholder)), _row(["-"] * len(placeholder)))
        )
    ]
    rows = sheet.rows()[sheet.header_rows :]
    at = 0
    while at < len(rows):
        groups = [box for box in rows[at] if box.role == "heading"]
        taken = 1
        for box in groups:
            parts.append(f"### {heading(box.text)}")
            taken = box.rowspan if box.rowspan < 12 else 1
        lines = rows[at : at + taken]
        names = [f"数据{number}" for number in range(1, 7)] if rng.random() < 0.7 else list(_WRONG)
        table = [_row(["类别", *names, "总计"]), _row(["---"] * 8)]
        for line in lines:
            table.append(_row([box.text for box in line if box.role in ("label", "figure")]))
        parts.append("\n".join(table))
        at += taken
    return "\n\n".join(parts)


def _courts(sheet: Sheet) -> str:
    """Section four as a table for each court, its name as a heading."""
    groups = {box.key: box for box in sheet.boxes if box.role == "header" and box.colspan == 5}
    leaves = [box for box in sheet.boxes if box.role == "header" and box.colspan == 1]
    figures = {box.column: box.text for box in sheet.boxes if box.role == "figure"}
    parts = []
    for group in groups.values():
        columns = range(group.column, group.column + group.colspan)
        names = [next(leaf.text for leaf in leaves if leaf.column == column) for column in columns]
        lines = (_row(names), _row(["---"] * 5), _row([figures[column] for column in columns]))
        parts.append(f"### {group.text}\n" + "\n".join(lines))
    return "\n\n".join(parts)


@layout("markdown", "D1", "D2", "D5", suffix=".md")
def transcribed_by_machine(paper: Paper, rng: Random) -> Printed:
    """A dozen small tables with invented column heads, and one of dashes where the header was"""
    return Printed(_written(paper, lambda sheet: _transcribed(sheet, rng, lambda text: text)).encode())


def _misnamed(report: Report, rng: Random) -> Report:
    """The agency's name with its second character misread: what stands in the file is what counts."""
    name = report.agency or ""
    wrong = name[:1] + ("囗" if len(name) > 1 else "") + name[2:]
    paragraphs = tuple(
        (section, text.replace(name, wrong), where) for section, text, where in report.narrative.paragraphs
    )
    narrative = replace(report.narrative, paragraphs=paragraphs)
    return replace(report, agency=wrong, title=report.title.replace(name, wrong), narrative=narrative)


@layout("markdown", "D4", "D6", "D7", suffix=".md", before=_misnamed)
def transcribed_with_damage(paper: Paper, rng: Random) -> Printed:
    """The same with a misread name, group names run into one another, and a stray number between tables"""

    def damaged(text: str) -> str:
        return text[:3] + text[-2:] if len(text) > 5 else text

    def table(sheet: Sheet) -> str:
        return _transcribed(sheet, rng, damaged) + "\n\n1\n"

    return Printed(_written(paper, table).encode())
