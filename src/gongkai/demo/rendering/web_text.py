"""Text as browsers, copies and crawlers make of web pages: part C of the catalogue of layouts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

from opencc import OpenCC

from gongkai.annual.report import Report
from gongkai.demo import faults
from gongkai.demo.rendering import ambiguity
from gongkai.demo.rendering.catalogue import Printed, layout
from gongkai.demo.rendering.paper import Box, Paper, Sheet

Writer = Callable[[list[list[Box]]], str]
"""Writes the rows of one table."""


def written(paper: Paper, table: Writer, *, between: str = "\n", encoding: str = "utf-8") -> str:
    """The paper as text: its lines, and each table by ``table``."""
    parts = [table(item.rows()) if isinstance(item, Sheet) else item.text for item in paper.items]
    return between.join(parts) + "\n"


def _encoded(text: str, unreadable: frozenset[str] = frozenset(), encoding: str = "utf-8") -> Printed:
    return Printed(text.encode(encoding), unreadable)


@layout("text", "C1", suffix=".txt")
def figures_run_together(paper: Paper, rng: Random) -> Printed:
    """Page text in one line: cells, labels and digits without anything between them"""
    text = written(paper, lambda rows: "".join(box.text for row in rows for box in row), between="")
    return _encoded(text, ambiguity.rows_run_together(paper))


@layout("text", "C1", suffix=".txt")
def figures_run_together_with_stray_blanks(paper: Paper, rng: Random) -> Printed:
    """The same with a blank here and there, between figures but never within one"""

    def table(rows: list[list[Box]]) -> str:
        boxes = [box for row in rows for box in row]
        return "".join(box.text + (" " if box.role == "figure" and rng.random() < 0.15 else "") for box in boxes)

    return _encoded(written(paper, table, between=" "), ambiguity.rows_run_together(paper))


@layout("text", "C2", "C11", suffix=".txt")
def one_cell_a_line(paper: Paper, rng: Random) -> Printed:
    """Every cell on a line of its own, with an empty line after it"""
    text = written(paper, lambda rows: "\n\n".join(box.text for row in rows for box in row), between="\n\n")
    return _encoded(text, ambiguity.rows_with_blanks(paper))


@layout("text", "C3", "C11", suffix=".txt")
def bar_after_each_cell(paper: Paper, rng: Random) -> Printed:
    """A bar and a new line after each cell"""
    return _encoded(written(paper, lambda rows: "\n".join(f"{box.text} |" for row in rows for box in row)))


@layout("text", "C4", suffix=".txt")
def bars_on_their_own_lines(paper: Paper, rng: Random) -> Printed:
    """Cells and bars in turn, each on its own line"""
    return _encoded(written(paper, lambda rows: "\n".join(f"{box.text}\n|" for row in rows for box in row)))


@layout("text", "C5", suffix=".txt")
def bars_between_cells(paper: Paper, rng: Random) -> Printed:
    """One row a line, its cells divided and ended by bars"""

    def table(rows: list[list[Box]]) -> str:
        return "\n".join("".join(f"{box.text} | " for box in row).rstrip() for row in rows)

    return _encoded(written(paper, table))


@layout("text", "C7", "E", suffix=".txt")
def tabs_between_cells(paper: Paper, rng: Random) -> Printed:
    """One row a line, cells divided by tabs, an empty cell for every column and row that a cell spans"""
    return _encoded(written(paper, _tabs))


def _tabs(rows: list[list[Box]]) -> str:
    width = max(box.column + box.colspan for row in rows for box in row)
    lines = []
    for row in rows:
        line = [""] * (width + 1)
        for box in row:
            line[box.column] = box.text
        lines.append("\t".join(line))
    return "\n".join(lines)


@layout("text", "B4", suffix=".txt")
def tabs_header_again_column_short(paper: Paper, rng: Random) -> Printed:
    """Tabs; in the middle of the table the header comes again, and from there on a column of the stub is missing"""

    def table(rows: list[list[Box]]) -> str:
        groups = [box for row in rows for box in row if box.role == "heading" and box.rowspan > 1]
        stubs = [box for row in rows for box in row if box.role == "stub"]
        if len(groups) < 3 or not stubs:
            return _tabs(rows)
        cut = rng.choice(groups[2:]).row + 1
        deep = max(box.row + box.rowspan for box in stubs)
        above, below = rows[:cut], rows[:deep] + rows[cut:]
        shorter = "\n".join(line.removeprefix("\t") for line in _tabs(below).splitlines())
        return f"{_tabs(above)}\n\n{shorter}"

    return _encoded(written(paper, table))


@layout("text", suffix=".txt")
def tabs_in_utf16(paper: Paper, rng: Random) -> Printed:
    """Tabs between cells, saved as a spreadsheet program's Unicode text"""
    return _encoded(written(paper, _tabs), encoding="utf-16")


@layout("text", suffix=".txt")
def tabs_in_gb18030(paper: Paper, rng: Random) -> Printed:
    """Tabs between cells, in the encoding of older systems"""
    return _encoded(written(paper, _tabs), encoding="gb18030")


def _some_blanks(report: Report, rng: Random) -> Report:
    return faults.blanks(report, rng, share=0.5)


@layout("text", "C9", suffix=".txt", before=_some_blanks)
def empty_cells_dropped(paper: Paper, rng: Random) -> Printed:
    """Bars between cells, but empty cells left out: whose the other figures are, only sums can tell"""

    def table(rows: list[list[Box]]) -> str:
        return "\n".join(" | ".join(box.text for box in row if box.text) for row in rows)

    return _encoded(written(paper, table), ambiguity.rows_with_blanks(paper))


@layout("text", "C10", suffix=".txt")
def repeated_cells_dropped(paper: Paper, rng: Random) -> Printed:
    """An extraction that keeps the same string only once: most figures are lost for good"""
    seen: set[str] = set()
    lines: list[str] = []
    for item in paper.items:
        texts = [box.text for row in item.rows() for box in row] if isinstance(item, Sheet) else [item.text]
        for text in texts:
            if text not in seen:
                seen.add(text)
                lines.append(text)
    return _encoded("\n".join(lines) + "\n", frozenset(box.cell for box in paper.figures()))


@layout("text", "C14", suffix=".txt")
def dates_eaten(paper: Paper, rng: Random) -> Printed:
    """Characters of dates and document numbers are missing (2021年1月1日 became 202111日)"""
    text = written(paper, _tabs)
    text = re.sub(
        r"(\d{4})年(\d{1,2})月", lambda found: rng.choice((found[1] + found[2], f"{found[1]}年{found[2]}")), text
    )
    return _encoded(text)


_SOUNDS = {
    "數": "shù", "發": "fā", "開": "kāi", "請": "qǐng", "關": "guān", "辦": "bàn", "處": "chù", "總": "zǒng",
    "計": "jì", "複": "fù", "議": "yì", "訴": "sù", "訟": "sòng", "結": "jié", "維": "wéi", "糾": "jiū", "許": "xǔ",
}  # fmt: skip
"""The characters after which mirror sites print the sound in brackets."""


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")


@layout("text", "C15", suffix=".txt")
def mirror_site(paper: Paper, rng: Random) -> Printed:
    """A mirror site: traditional characters with their sound in brackets, advertisements between the sentences"""

    def spoiled(text: str) -> str:
        characters = _traditional().convert(text)
        return "".join(
            f"{character}({_SOUNDS[character]})" if character in _SOUNDS else character for character in characters
        )

    def table(rows: list[list[Box]]) -> str:
        def filled(box: Box) -> str:
            return f"? {box.text}" if box.role == "figure" and rng.random() < 0.3 else spoiled(box.text)

        return "\n".join("\t".join(filled(box) for box in row) for row in rows)

    parts = []
    for item in paper.items:
        parts.append(table(item.rows()) if isinstance(item, Sheet) else spoiled(item.text))
        if rng.random() < 0.2:
            parts.append("某某体育官网下载")
    return _encoded("\n".join(parts) + "\n")
