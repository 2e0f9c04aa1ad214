"""Tables drawn with vertical strokes, in all the ways that real texts have them (layouts.md C3 to C8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Grid, GridCell
from gongkai.annual.reading.files.joining import joined
from gongkai.annual.reading.files.limits import CELLS, COLUMNS, too_large
from gongkai.annual.reading.files.text.markdown import DELIMITER, plain_cell
from gongkai.annual.reading.files.text.pages import Source

_STROKES = str.maketrans("│┃║｜￨❘", "||||||")
_SPLIT = re.compile(r"(?<!\\)\|")
_BORDER = re.compile(r"[\s|+:=\-─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬]*")
_DRAWN = re.compile("--|==|──|━━|══")
_LONE = "|"
_SHORT = 80
"""A line longer than this is no cell."""

_GAP = 6
"""Strokes on lines of their own that are further apart do not belong to one table."""

_ONE_CELL = 0.7
"""From this share of lines with one cell and a stroke behind it on, a line is a cell, not a row."""

_ROWS = 2

Cell = tuple[str, int]
"""The text of a cell and the number of its line."""


def pipe_tables(lines: Sequence[Source], markdown: bool) -> Iterator[tuple[int, int, Sequence[Grid]]]:
    """Each table as (index of its first line, index behind its last, its grids). Grids are not exact.

    Where the text does not say where rows end (a cell and a stroke on each line, no empty line between rows), the grid
    is one row of all cells in order, blank ones included.
    """
    texts = [line.text.translate(_STROKES) for line in lines]
    if sum(text.count(_LONE) for text in texts) > 4 * CELLS:
        raise too_large("表格单元格数", "number of table cells", CELLS)
    at = 0
    while at < len(texts):
        if "|" not in texts[at]:
            at += 1
            continue
        begin, end = _extent(texts, at)
        if end is None:
            at += 1
            continue
        rows = _rows(texts, lines, begin, end, markdown)
        grids = [grid for part in rows if (grid := _grid(part)) is not None]
        if grids:
            yield begin, end, grids
        at = end


def _extent(texts: Sequence[str], at: int) -> tuple[int, int | None]:
    """The lines of the table that begins with the stroke in line ``at``; no end if it is none."""
    begin, end = at, at + 1
    count = 1
    lone = texts[at].strip() == _LONE
    for index in range(at + 1, len(texts)):
        text = texts[index].strip()
        if "|" in text or _is_drawn(text):
            count += "|" in text
            lone = lone or text == _LONE
            end = index + 1
        elif text:
            # A line without a stroke: the first half of a cell, or a cell between two strokes on their own lines.
            if len(text) > _SHORT or index + 1 - end >= _GAP:
                break
            following = next(
                (texts[i].strip() for i in range(index + 1, min(index + _GAP, len(texts))) if texts[i].strip()), ""
            )
            if not (lone and following == _LONE) and not _goes_on(text, texts, index):
                break
        elif index - end >= _GAP:
            break
    while begin and _is_drawn(texts[begin - 1].strip()):
        begin -= 1
    if lone and begin and 0 < len(texts[begin - 1].strip()) <= _SHORT and texts[begin].strip() == _LONE:
        begin -= 1
    return (begin, end) if count >= _ROWS else (begin, None)


def _goes_on(text: str, texts: Sequence[str], index: int) -> bool:
    """Whether a line is the first part of the cell that the next line ends: it ends inside brackets or a list."""
    if index + 1 >= len(texts) or "|" not in texts[index + 1]:
        return False
    opened = sum(text.count(mark) for mark in "（(“〔") - sum(text.count(mark) for mark in "）)”〕")
    return opened > 0 or text.endswith(("、", "，", ","))


def _rows(
    texts: Sequence[str], lines: Sequence[Source], begin: int, end: int, markdown: bool
) -> Iterator[list[list[Cell]]]:
    """The rows of each table between the two lines."""
    span = range(begin, end)
    filled = [index for index in span if texts[index].strip()]
    stroked = [index for index in filled if "|" in texts[index]]
    lone = sum(texts[index].strip() == _LONE for index in stroked)
    if 2 * lone > len(stroked):
        yield _by_strokes(texts, lines, span)
        return
    single = sum(
        _SPLIT.findall(texts[index].strip()) == [_LONE] and texts[index].rstrip().endswith(_LONE) for index in stroked
    )
    if single >= _ONE_CELL * len(stroked):
        yield _by_cells(texts, lines, span)
        return
    fronted = 2 * sum(texts[index].lstrip().startswith(_LONE) for index in stroked) > len(stroked)
    closed = 2 * sum(texts[index].rstrip().endswith(_LONE) for index in stroked) > len(stroked)
    part: list[list[Cell]] = []
    held = ""
    for position, index in enumerate(filled):
        text = texts[index].strip()
        if _is_border(text, part):
            continue
        if "|" not in text:
            held += text
            continue
        below = texts[filled[position + 1]] if position + 1 < len(filled) else ""
        if part and DELIMITER.match(below) and "|" in below and not texts[index - 1].strip():
            yield part
            part = []
        pieces = _SPLIT.split(held + text if not (fronted and text.startswith(_LONE)) else text[1:])
        held = ""
        if closed and text.endswith(_LONE):
            pieces.pop()
        part.append([(_text(piece, markdown), lines[index].number) for piece in pieces])
    yield part


def _is_drawn(text: str) -> bool:
    """Whether a line is drawn (``+---+``, ``├──┤``)."""
    return bool(_DRAWN.search(text)) and bool(_BORDER.fullmatch(text))


def _is_border(text: str, part: Sequence[object]) -> bool:
    if not _BORDER.fullmatch(text) or not any(mark in text for mark in "-=─━═"):
        return False
    # A row of single strokes may be cells left blank; right under the header, without blanks, it is a border.
    return bool(re.search("--|==|[─━═]|:-|-:", text)) or (len(part) == 1 and " " not in text.strip())


def _by_cells(texts: Sequence[str], lines: Sequence[Source], span: range) -> list[list[Cell]]:
    """A cell and a stroke on each line; an empty line ends a row, unless one stands between all cells."""
    rows: list[list[Cell]] = [[]]
    held = ""
    for index in span:
        text = texts[index].strip()
        if not text:
            if rows[-1] and not held:
                rows.append([])
            continue
        if not text.endswith(_LONE):
            held += text
            continue
        rows[-1].append((joined((held, text[:-1])), lines[index].number))
        held = ""
    rows = [row for row in rows if row]
    return rows if any(len(row) > 1 for row in rows) else [[cell for row in rows for cell in row]]


def _by_strokes(texts: Sequence[str], lines: Sequence[Source], span: range) -> list[list[Cell]]:
    """Cells between strokes on lines of their own. Two texts with an empty line and no stroke between them end a row
    and begin the next."""
    rows: list[list[Cell]] = [[]]
    held: list[str] = []
    number = 0
    gap = stroke = False
    for index in span:
        text = texts[index].strip()
        if not text:
            gap = True
        elif text == _LONE:
            if not (stroke is False and not held and not rows[-1]):
                rows[-1].append((joined(held), number or lines[index].number))
            held, number, gap, stroke = [], 0, False, True
        else:
            if held and gap:
                rows[-1].append((joined(held), number))
                rows.append([])
                held, number = [], 0
            number = number or lines[index].number
            held += text.split(_LONE)
            gap = stroke = False
    if held:
        rows[-1].append((joined(held), number))
    return [row for row in rows if row]


def _text(piece: str, markdown: bool) -> str:
    return plain_cell(piece) if markdown else joined(piece.replace("\\|", "|").split("\n"))


def _grid(rows: Sequence[Sequence[Cell]]) -> Grid | None:
    """The rows as a grid, without rows and last columns that are blank throughout."""
    kept = [row for row in rows if any(text for text, _ in row)]
    width = max((index + 1 for row in kept for index, (text, _) in enumerate(row) if text), default=0)
    if not kept:
        return None
    if width > COLUMNS and len(kept) > 1:
        raise too_large("表格列数", "number of table columns", COLUMNS)
    if sum(map(len, kept)) > CELLS:
        raise too_large("表格单元格数", "number of table cells", CELLS)
    cells = tuple(
        GridCell(text, row, column, where=Where(line=number))
        for row, pieces in enumerate(kept)
        for column, (text, number) in enumerate(pieces[:width])
    )
    return Grid(cells, Where(line=kept[0][0][1]), exact=False)
