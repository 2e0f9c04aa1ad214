"""Text and tables of an HTML page while it is read: paragraphs, cells, rows, groups of rows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Grid
from gongkai.annual.reading.files.dividing import divide
from gongkai.annual.reading.files.joining import joined, tidy
from gongkai.annual.reading.files.placing import Draft, place

_WRAPPED = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u2e80-\u9fff\uff00-\uffef])")
_SPAN = re.compile(r"\s*\+?([0-9]{1,9})")


class Paragraph(NamedTuple):
    """A line of the page's text with its line in the source."""

    text: str
    line: int
    heading: bool = False


class Flow:
    """Text as it comes, cut into paragraphs, with the grids that stand between them."""

    __slots__ = ("_line", "_pieces", "blocks")

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self._pieces: list[str] = []
        self._line = 0

    def add(self, text: str, line: int) -> None:
        """Text goes on, without any space but its own."""
        if not self._pieces:
            if not text.strip():
                return
            self._line = line
        self._pieces.append(text)

    def end_line(self, heading: bool = False) -> None:
        """What was added becomes a paragraph."""
        if self._pieces:
            text = "".join(self._pieces)
            if "\n" in text:
                text = _WRAPPED.sub("", text)
            self.blocks.append(Paragraph(text, self._line, heading))
            self._pieces.clear()

    def extend(self, blocks: Iterable[Paragraph | Grid]) -> None:
        """Blocks of a table that stands here."""
        self.blocks.extend(blocks)


class Cell(Flow):
    """A cell: a flow of its own, and its spans. Spans that are no numbers count as 1, as in a browser.

    ``text`` is the cell's text without that of grids inside it, known once the cell is closed.
    """

    __slots__ = ("colspan", "line", "rowspan", "text")

    def __init__(self, rowspan: str | None, colspan: str | None, line: int) -> None:
        super().__init__()
        self.rowspan = _span(rowspan, 0)
        self.colspan = _span(colspan, 1)
        self.line = line
        self.text = ""

    def close(self) -> None:
        """The cell ends."""
        self.end_line()
        if len(self.blocks) == 1 and isinstance(self.blocks[0], Paragraph):
            self.text = tidy(self.blocks[0].text)
        elif self.blocks:
            self.text = joined(block.text for block in self.blocks if isinstance(block, Paragraph))


class Table:
    """A table while it is read: rows of cells, and where groups of rows begin. ``ends_with`` is the element with
    whose end a table ends that has no tag of its own (rows outside of any table)."""

    __slots__ = ("_open", "ends_with", "groups", "line", "number", "rows")

    def __init__(self, number: int, line: int, ends_with: etree._Element | None = None) -> None:
        self.number = number
        self.line = line
        self.ends_with = ends_with
        self.rows: list[list[Cell]] = []
        self.groups: list[int] = [0]
        self._open = False

    def begin_row(self) -> None:
        """A row begins."""
        self.rows.append([])
        self._open = True

    def end_row(self) -> None:
        """A row ends; a cell that comes before the next begins is a row of its own."""
        self._open = False

    def begin_group(self) -> None:
        """A group of rows (thead, tbody, tfoot) begins; no cell reaches from one into the next."""
        self.groups.append(len(self.rows))

    def add(self, cell: Cell) -> None:
        """A cell of the open row, or of a new one."""
        if not self._open:
            self.begin_row()
        self.rows[-1].append(cell)


def blocks_of(table: Table) -> Iterator[Paragraph | Grid]:
    """The table as a grid (or several), or as what stands in its cells if it only lays the page out."""
    path = f"table[{table.number}]"
    rows = [
        [
            Draft(
                cell.text,
                Where(line=cell.line or None, element=f"{path}/row[{number}]/cell[{at}]"),
                cell.rowspan,
                cell.colspan,
            )
            for at, cell in enumerate(row, 1)
        ]
        for number, row in enumerate(table.rows, 1)
    ]
    contents = [cell.blocks for row in table.rows for cell in row]
    yield from divide(place(rows, _ends(table)), contents, Where(line=table.line or None, element=path))


def _ends(table: Table) -> list[int]:
    """For each row where its group ends."""
    bounds = sorted({*table.groups, len(table.rows)})
    return [bounds[bisect_right(bounds, row)] for row in range(len(table.rows))]


def _span(text: str | None, least: int) -> int:
    match = _SPAN.match(text) if text else None
    number = int(match[1]) if match else 1
    return number if number >= least else 1
