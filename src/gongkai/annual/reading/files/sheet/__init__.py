"""Workbooks → lines and grids: what a sheet shows, cut where rows are empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Block, Document, Grid, GridCell, Line
from gongkai.annual.reading.files.archive import Archive
from gongkai.annual.reading.files.joining import joined, tidy
from gongkai.annual.reading.files.limits import CELLS, too_large
from gongkai.annual.reading.files.sheet.ods import read_ods
from gongkai.annual.reading.files.sheet.values import Place, Sheet, read_workbook

_LABEL = 60
"""A text alone in its row that is longer than this is no label; the form's longest has 36 characters."""

_HEADER = 0.6
"""A header's texts stretch over this share of the table's width; the labels of a row left blank stand at its left."""

_HAS_FIGURE = re.compile(r"[+\-−－]?\d[\d.,]*\s*\D{0,3}")


def read_sheets(data: bytes, kind: str, archive: Archive | None = None) -> Document:
    """An ``xlsx`` or ``ods`` (with its archive) or ``xls``. Hidden sheets are left out, and the notes say so.

    Raises Unreadable if the file is cut off, damaged, encrypted or larger than a report.
    """
    blocks: list[Block] = []
    notes: list[tuple[str, str]] = []
    for sheet in read_ods(archive) if kind == "ods" and archive is not None else read_workbook(data, archive):
        if sheet.hidden:
            notes.append((f"隐藏的工作表「{sheet.name}」未读", f"the hidden sheet “{sheet.name}” was not read"))
            continue
        hidden = sum(place[0] in sheet.hidden_rows or place[1] in sheet.hidden_columns for place in sheet.cells)
        if hidden:
            notes.append(
                (
                    f"工作表「{sheet.name}」中隐藏行列里的 {hidden} 个单元格未读",
                    f"{hidden} cells in hidden rows or columns of sheet “{sheet.name}” were not read",
                )
            )
        blocks += _blocks(sheet)
    return Document(kind, tuple(blocks), notes=tuple(notes))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A sheet without what it hides: texts by place, spans of merged cells by their first place, places they cover."""

    name: str
    texts: dict[Place, str]
    spans: dict[Place, tuple[int, int]]
    covered: frozenset[Place]
    rows: Sequence[int]
    columns: Sequence[int]
    ruled: frozenset[int]
    """The rows that the sheet itself says are rows of a table."""

    def where(self, place: Place) -> Where:
        """The cell as the sheet calls it: ``Sheet1!B5``."""
        number, letters = self.columns[place[1]] + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return Where(element=f"{self.name}!{letters}{self.rows[place[0]] + 1}")


def _shown(sheet: Sheet) -> _Shown:
    ruled = {row for (top, _), (bottom, _) in sheet.tables for row in range(top, min(bottom, CELLS) + 1)}
    last_row = max((*ruled, *(row for row, _ in sheet.cells)), default=-1)
    last_column = max((column for _, column in sheet.cells), default=-1)
    rows = [row for row in range(last_row + 1) if row not in sheet.hidden_rows]
    columns = [column for column in range(last_column + 1) if column not in sheet.hidden_columns]
    row_at = {row: index for index, row in enumerate(rows)}
    column_at = {column: index for index, column in enumerate(columns)}
    texts = {
        (row_at[row], column_at[column]): text
        for (row, column), text in sheet.cells.items()
        if row in row_at and column in column_at
    }
    spans: dict[Place, tuple[int, int]] = {}
    covered: set[Place] = set()
    for (top, left), (bottom, right) in sheet.merged:
        inside_rows = [row_at[row] for row in range(top, min(bottom, last_row) + 1) if row in row_at]
        inside_columns = [column_at[c] for c in range(left, min(right, last_column) + 1) if c in column_at]
        if not inside_rows or not inside_columns:
            continue
        first = (inside_rows[0], inside_columns[0])
        places = [(row, column) for row in inside_rows for column in inside_columns if (row, column) != first]
        if first in covered or first in spans or any(place in covered or place in spans for place in places):
            continue
        if len(covered) + len(places) > 4 * CELLS:
            raise too_large("工作表单元格数", "number of cells of a sheet", CELLS)
        spans[first] = (len(inside_rows), len(inside_columns))
        covered.update(places)
        # The text of a merged cell stands in its first place, even where that is in a hidden row or column.
        hidden_text = sheet.cells.get((top, left), "")
        inner = [texts.pop(place) for place in places if place in texts]
        if text := joined(dict.fromkeys([texts.get(first, "") or hidden_text, *inner])):
            texts[first] = text
    in_table = frozenset(row_at[row] for row in ruled if row in row_at)
    return _Shown(sheet.name, texts, spans, frozenset(covered), rows, columns, in_table)


def _blocks(sheet: Sheet) -> Iterator[Block]:
    shown = _shown(sheet)
    filled: dict[int, list[int]] = {}
    for row, column in sorted(shown.texts):
        filled.setdefault(row, []).append(column)
    deep = {
        inner
        for (row, column), (down, _) in shown.spans.items()
        if (row, column) in shown.texts
        for inner in range(row + 1, row + down)
    }
    part: list[int] = []
    for row in range(max((*filled, *shown.ruled), default=-1) + 1):
        if row not in filled and row not in deep and row not in shown.ruled:
            yield from _part(shown, part, filled, deep)
            part = []
        else:
            part.append(row)
    yield from _part(shown, part, filled, deep)


def _part(shown: _Shown, part: Sequence[int], filled: dict[int, list[int]], deep: set[int]) -> Iterator[Block]:
    """Rows between two empty ones: lines of text and the grids between them."""
    if not any(row in filled for row in part):
        return
    first = min(column for row in part for column in filled.get(row, ()))
    last = max(column + shown.spans.get((row, column), (1, 1))[1] - 1 for row in part for column in filled.get(row, ()))
    table: list[int] = []
    for row in part:
        alone = len(filled.get(row, ())) == 1 and row not in deep and row not in shown.ruled
        if alone and _is_line(shown, row, filled, table, last - first + 1):
            yield from _grid(shown, table, first, last)
            table = []
            place = (row, filled[row][0])
            for line in shown.texts[place].split("\n"):
                if text := tidy(line):
                    yield Line(text, shown.where(place))
        else:
            table.append(row)
    yield from _grid(shown, table, first, last)


def _is_line(shown: _Shown, row: int, filled: dict[int, list[int]], table: Sequence[int], width: int) -> bool:
    """Whether the only text of a row is running text or a heading, not the label of a row left blank.

    It is where it stands above the table, above a header or running text, or is merged over the whole width, or is too
    long for a label.
    """
    place = (row, filled[row][0])
    down, across = shown.spans.get(place, (1, 1))
    if down > 1 or _is_figure(shown, *place):
        return False
    below = [(row + 1, column) for column in filled.get(row + 1, ())]
    texts = [shown.texts[cell] for cell in below]
    wide = sum(shown.spans.get(cell, (1, 1))[1] for cell in below)
    figures = (column for above in table for column in filled.get(above, ()) if _is_figure(shown, above, column))
    labels_end = min(figures, default=0)
    header_below = (
        len(below) > 1
        and wide >= _HEADER * width
        and below[-1][1] >= labels_end
        and not any(map(_HAS_FIGURE.fullmatch, texts))
    )
    text_below = len(below) == 1 and len(texts[0]) > _LABEL
    return (
        not table or header_below or text_below or len(shown.texts[place]) > _LABEL or (width > 1 and across >= width)
    )


def _is_figure(shown: _Shown, row: int, column: int) -> bool:
    return bool(_HAS_FIGURE.fullmatch(shown.texts[row, column]))


def _grid(shown: _Shown, rows: Sequence[int], first: int, last: int) -> Iterator[Grid]:
    if not rows:
        return
    if len(rows) * (last - first + 1) > CELLS:
        raise too_large("工作表单元格数", "number of cells of a sheet", CELLS)
    cells = []
    for row in rows:
        for column in range(first, last + 1):
            place = (row, column)
            if place in shown.covered:
                continue
            down, across = shown.spans.get(place, (1, 1))
            down, across = min(down, rows[-1] - row + 1), min(across, last - column + 1)
            text = joined(shown.texts.get(place, "").split("\n"))
            cells.append(GridCell(text, row - rows[0], column - first, down, across, shown.where(place)))
    yield Grid(tuple(cells), shown.where((rows[0], first)))
