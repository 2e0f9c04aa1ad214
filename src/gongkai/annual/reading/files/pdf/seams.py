"""Tables that go on over a page's end: which do, and rows and labels that the page's end cut in two.

Halves are put together only where it is certain that they are halves. Two figures are never put together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from gongkai.annual.reading.files.pdf.cells import Table
from gongkai.annual.reading.files.pdf.letters import UNKNOWN
from gongkai.annual.reading.files.pdf.words import Row

SHIFT = 4.0
"""Points: a column boundary stands in the same place on the next page. Left and right pages may be set off from one
another as a whole."""

OVERFLOW = 0.6
"""Of a line's height: a line of a cell that runs over the table's lower edge begins so close below it."""
HEADER_ROWS = 8
"""A table's header has at most so many rows (the forms' have three)."""

_CAPTION = re.compile(r"[（(]?[续接]上?表[一二三四五六七八九十\d]*[）)]?")
_BEGINS = re.compile(r"[（(]?([一二三四五六七八九十百]{1,3}|\d{1,2})[）)、.．，,]|[①-⑳⑴-⒇]|其中")
"""A label that begins like this begins a row of its own (typography of official documents, GB/T 9704)."""
_LETTER = re.compile(r"[\u3400-\u9fff]")
_FIGURE = re.compile(r"[-+−－＋]?[\d０-９]+([.,．，][\d０-９]+)*(万?元|[件条次个人篇份宗项%％])?(（.*）|\(.*\))?")
"""A figure, with its unit and a note in brackets. (A number before a label is followed by a full stop.)"""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A cell at the lower end of one page and the cell under it at the upper end of the next."""

    upper: int
    lower: int


def is_caption(text: str) -> bool:
    """Whether a line between the two parts of a table says just that the table goes on (续表)."""
    return _CAPTION.fullmatch(text.replace(" ", "")) is not None


def goes_on(upper: Table, lower: Table) -> bool:
    """Whether the second table, first on its page, can be the rest of the first one, last on the page before: as wide,
    and its columns' boundaries are among the other's or the other way round."""
    one, other = (upper.frame.xs - upper.frame.xs[0]).tolist(), (lower.frame.xs - lower.frame.xs[0]).tolist()
    if abs(one[-1] - other[-1]) > SHIFT:
        return False
    few, many = sorted((one, other), key=len)
    return all(any(abs(place - there) <= SHIFT for there in many) for place in few)


def with_overflow(table: Table, row: Row) -> Table | None:
    """The table with a line that runs over its lower edge, where a browser cut the page through a label; None where the
    line is none of that: it begins right below the table, and inside of the columns of a label there."""
    bottom = table.box[3]
    if not 0 <= row.box[1] - bottom <= OVERFLOW * (row.box[3] - row.box[1]) or len(row.words) > 1:
        return None
    left, right, text = row.words[0]
    last = len(table.frame.ys) - 1
    for number, (cell, box) in enumerate(zip(table.frame.cells, table.frame.boxes.tolist(), strict=True)):
        if cell[0] + cell[2] == last and box[0] <= left and right <= box[2]:
            label = table.texts[number]
            if not label or _is_figure(label) or _is_figure(text):
                return None
            texts = [*table.texts]
            texts[number] = label + text
            return replace(table, texts=tuple(texts))
    return None


def sewn(upper: Table, lower: Table, header: Table) -> tuple[Table, Table]:
    """The two parts of a table with what the page's end cut put together: a row goes to the upper part whole, a label
    over several rows stands whole in both. ``header`` is the table's first part, whose first rows the page may
    repeat."""
    start = _repeated(header, lower)
    pairs = _pairs(upper, lower, start)
    if pairs is None:
        return upper, lower
    texts, below = list(upper.texts), list(lower.texts)
    gone: set[int] = set()
    complete = _complete(upper, lower, start, pairs)
    if complete and _is_cut(upper, lower, pairs):
        for pair in pairs:
            texts[pair.upper] = below[pair.lower] = _whole(texts[pair.upper], below[pair.lower])
            if lower.frame.cells[pair.lower][2] == 1:
                gone.add(pair.lower)
    else:
        for pair in pairs:
            spans = upper.frame.cells[pair.upper][2] > 1 or lower.frame.cells[pair.lower][2] > 1
            if spans and _label_goes_on(upper, lower, pair):
                texts[pair.upper] = below[pair.lower] = texts[pair.upper] + below[pair.lower]
    return replace(upper, texts=tuple(texts)), _without(replace(lower, texts=tuple(below)), gone)


def _repeated(header: Table, lower: Table) -> int:
    """How many of the lower part's first rows repeat the table's header: rows that are the same, cell by cell, up to
    the last one after which no cell is still open."""
    rows = same = end = 0
    count = min(len(header.frame.ys) - 1, len(lower.frame.ys) - 1, HEADER_ROWS)
    one, other = _by_row(header), _by_row(lower)
    while rows < count and _alike(one.get(rows, []), other.get(rows, [])):
        end = max([end, *(rows + cell[1] for cell in one.get(rows, []))])
        rows += 1
        if end <= rows:
            same = rows
    return same


def _by_row(table: Table) -> dict[int, list[tuple[str, int, float, float]]]:
    """The cells that begin in each of the first rows: text, rowspan, and left and right from the table's left side."""
    rows: dict[int, list[tuple[str, int, float, float]]] = {}
    places = (table.frame.boxes[:, ::2] - table.frame.xs[0]).tolist()
    for (row, _, rowspan, _), text, (left, right) in zip(table.frame.cells, table.texts, places, strict=True):
        if row >= HEADER_ROWS:
            break
        rows.setdefault(row, []).append((text, rowspan, left, right))
    return rows


def _alike(one: list[tuple[str, int, float, float]], other: list[tuple[str, int, float, float]]) -> bool:
    return len(one) == len(other) and all(
        a[:2] == b[:2] and abs(a[2] - b[2]) <= SHIFT and abs(a[3] - b[3]) <= SHIFT
        for a, b in zip(one, other, strict=True)
    )


def _pairs(upper: Table, lower: Table, start: int) -> list[_Pair] | None:
    """The cells on both sides of the page's end that stand in the same columns."""
    last = len(upper.frame.ys) - 1
    ends = [number for number, cell in enumerate(upper.frame.cells) if cell[0] + cell[2] == last]
    begins = [number for number, cell in enumerate(lower.frame.cells) if cell[0] == start]
    shift = float(lower.frame.xs[0] - upper.frame.xs[0])
    here, there = upper.frame.boxes[ends][:, ::2], lower.frame.boxes[begins][:, ::2] - shift
    same = (np.abs(here[:, None] - there) <= SHIFT).all(axis=2)
    found = [_Pair(ends[one], begins[other]) for one, other in np.argwhere(same).tolist()]
    return found or None


def _complete(upper: Table, lower: Table, start: int, pairs: list[_Pair]) -> bool:
    """Whether every cell at the end has its other half: else the rows are not one."""
    last = len(upper.frame.ys) - 1
    ends = sum(cell[0] + cell[2] == last for cell in upper.frame.cells)
    begins = sum(cell[0] == start for cell in lower.frame.cells)
    return len(pairs) == ends == begins


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None or chr(UNKNOWN) in text


def _is_cut(upper: Table, lower: Table, pairs: list[_Pair]) -> bool:
    """Whether the last row above and the first row below are halves of one row."""
    above = [upper.texts[pair.upper] for pair in pairs]
    below = [lower.texts[pair.lower] for pair in pairs]
    if not any(below) or not any(above):
        # An empty rest of a row that has its figures; a blank row below a header is a row of its own.
        return not any(below) and any(map(_is_figure, above))
    if upper.frame.open_bottom and lower.frame.open_top:
        return True  # no rule closes the row on either page
    figures = [(_is_figure(a), _is_figure(b)) for a, b in zip(above, below, strict=True)]
    if any(a and b for a, b in figures) or not any(a or b for a, b in figures):
        return False
    if any(a for a, _ in figures) and any(b for _, b in figures):
        return False
    if any(b and text for (_, b), text in zip(figures, above, strict=True)):
        return False
    if any(a and text for (a, _), text in zip(figures, below, strict=True)):
        return False
    labels = [pair for pair, (a, b) in zip(pairs, figures, strict=True) if not (a or b)]
    going_on = [pair for pair in labels if lower.texts[pair.lower]]
    if any(b for _, b in figures) and not going_on:
        # All figures below, and nothing beside them there but the labels above.
        return any(upper.texts[pair.upper] for pair in labels)
    return bool(going_on) and all(_label_goes_on(upper, lower, pair) for pair in going_on)


def _label_goes_on(upper: Table, lower: Table, pair: _Pair) -> bool:
    """Whether the text below is the rest of the label above: its last line is full or its bracket is open, and what
    follows does not begin like a label."""
    one, other = upper.texts[pair.upper], lower.texts[pair.lower]
    if not one or not other or one == other or _is_figure(one) or _is_figure(other):
        return False
    if _BEGINS.match(other) or not _LETTER.search(other):
        return False
    return upper.full[pair.upper] or _open_brackets(one) > 0


def _open_brackets(text: str) -> int:
    return sum(text.count(sign) for sign in "（(") - sum(text.count(sign) for sign in "）)")


def _whole(above: str, below: str) -> str:
    """Two halves of a cell as one. Two figures cannot be told apart from one that was cut: the cell is unknown."""
    if _is_figure(above) and _is_figure(below):
        return above + chr(UNKNOWN) + below
    return above + below


def _without(table: Table, gone: set[int]) -> Table:
    """The table without these cells. Their row stays, empty."""
    if not gone:
        return table
    kept = [number for number in range(len(table.texts)) if number not in gone]
    frame = table.frame
    numbers = np.full(len(table.texts) + 1, -1)
    numbers[kept] = range(len(kept))
    return Table(
        replace(
            frame,
            cells=tuple(frame.cells[number] for number in kept),
            owner=numbers[frame.owner],
            boxes=frame.boxes[kept],
        ),
        tuple(table.texts[number] for number in kept),
        tuple(table.full[number] for number in kept),
    )
