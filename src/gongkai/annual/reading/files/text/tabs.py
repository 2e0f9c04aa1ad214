"""Tables whose cells are kept apart by tabs, as they are copied from office programs and browsers."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Grid, GridCell
from gongkai.annual.reading.files.joining import joined, tidy
from gongkai.annual.reading.files.limits import CELLS, COLUMNS, too_large
from gongkai.annual.reading.files.text.pages import Source

_ROWS = 2
_LONG = 120
"""A line of one text longer than this is a paragraph with tabs before it."""

_QUOTED = 6
"""So many lines may a quoted cell have (a cell with line breaks is copied in quotation marks)."""


def tab_tables(lines: Sequence[Source]) -> Iterator[tuple[int, int, Sequence[Grid]]]:
    """Each table as (index of its first line, index behind its last, its grid). Grids are not exact."""
    at = count = 0
    while at < len(lines):
        rows: list[tuple[int, list[str]]] = []
        end = at
        while end < len(lines) and (row := _row(lines, end)) is not None:
            cells, after = row
            rows.append((lines[end].number, cells))
            count += len(cells)
            if count > CELLS:
                raise too_large("表格单元格数", "number of table cells", CELLS)
            end = after
        if len(rows) >= _ROWS:
            yield at, end, [_grid(rows, lines[at].page)]
        at = max(end, at + 1)


def comma_table(lines: Sequence[Source]) -> Grid | None:
    """The grid of a file of values kept apart by commas (CSV), or None if nothing stands in it."""
    reader = csv.reader(line.text + "\n" for line in lines)
    try:
        rows = [(reader.line_num, [joined(cell.split("\n")) for cell in cells]) for cells in reader]
    except csv.Error:
        return None
    if sum(len(cells) for _, cells in rows) > CELLS:
        raise too_large("表格单元格数", "number of table cells", CELLS)
    return _grid(rows, None) if any(any(cells) for _, cells in rows) else None


def _row(lines: Sequence[Source], index: int) -> tuple[list[str], int] | None:
    """The cells of the row that begins with this line, and the index behind it; None if it is no row."""
    text = lines[index].text
    if not text.strip() or ("\t" not in text.strip(" ") and not text.startswith('"')):
        return None
    after = index + 1
    while _is_open(text) and after < len(lines) and after - index < _QUOTED:
        text += "\n" + lines[after].text
        after += 1
    if _is_open(text):
        text, after = lines[index].text, index + 1
    if "\t" not in text:
        return None
    pieces = text.split("\t")
    filled = [piece for piece in pieces if piece.strip()]
    if len(filled) == 1 and (len(pieces) < 3 or len(filled[0]) > _LONG):
        # One text with a tab before or behind it is a paragraph; one well inside a table stands behind more.
        return None
    return [_unquoted(piece) for piece in pieces], after


def _is_open(text: str) -> bool:
    """Whether the last cell begins with a quotation mark that is not closed."""
    last = text.rpartition("\t")[2]
    return last.startswith('"') and last.count('"') % 2 == 1


def _unquoted(piece: str) -> str:
    piece = piece.strip(" ")
    if len(piece) >= 2 and piece.startswith('"') and piece.endswith('"') and piece[1:-1].count('"') % 2 == 0:
        piece = piece[1:-1].replace('""', '"')
    return joined(piece.split("\n"))


def _grid(rows: Sequence[tuple[int, list[str]]], page: int | None) -> Grid:
    width = max((column + 1 for _, cells in rows for column, text in enumerate(cells) if tidy(text)), default=1)
    if width > COLUMNS:
        raise too_large("表格列数", "number of table columns", COLUMNS)
    cells = tuple(
        GridCell(text, row, column, where=Where(page=page, line=number))
        for row, (number, texts) in enumerate(rows)
        for column, text in enumerate(texts[:width])
    )
    return Grid(cells, Where(page=page, line=rows[0][0]), exact=False)
