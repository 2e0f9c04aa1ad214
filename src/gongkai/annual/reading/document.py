"""What every reader makes of a file: lines of text and grids of cells, in reading order, each with its place.

The readers (pdf, docx, html, sheet, text, ocr) know files and nothing of forms. What stands in the grids is worked
out by ``cells``, what stands in the lines by ``stream`` and ``narrative``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gongkai.annual.finding import Where


class Unreadable(Exception):
    """A file that cannot be read as a report at all. The message is one line: what is wrong and what to do.

    ``message`` is Chinese, ``message_en`` English; the file's name is added by whoever prints it.
    """

    def __init__(self, message: str, message_en: str) -> None:
        super().__init__(message)
        self.message = message
        self.message_en = message_en


class NoReport(Unreadable):
    """A file that can be read and is no annual report."""


class NoText(Unreadable):
    """A file whose text cannot be taken out because it shows pictures of text, or letters without their meaning.

    ``pages`` are the pages that would have to be recognised from their picture, counted from 1.
    """

    def __init__(self, message: str, message_en: str, pages: tuple[int, ...] = ()) -> None:
        super().__init__(message, message_en)
        self.pages = pages


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph outside of tables.

    ``words`` are its pieces with their left and right edge (points on a page, or display columns in a text file) where
    the format has positions: they tell which column a number stands under. ``heading`` is set where the file's markup
    says that it is one.
    """

    text: str
    where: Where
    words: tuple[tuple[float, float, str], ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: its text with line breaks inside it joined, its row and column (from 0), and what it spans.

    ``doubtful`` is for readers that recognise text (scans). Where it is not empty, the cell could not be read for sure:
    ``text`` is 〓, which is no figure and not blank, and ``doubtful`` holds what the cell may say, likeliest first. A
    single candidate is doubtful too: it counts only where the form's sums confirm it. ``""`` among the candidates is a
    blank cell; ``?`` is ink that cannot be read at all. A number inside a text that is in doubt is 〓 in that text.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    where: Where = field(default_factory=Where)
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as the file shows it: cells in row order, spans kept. Covered places have no cell of their own.

    ``exact`` is False where the reader worked the cells out from positions without ruled lines or markup.
    ``continues`` is True where the grid goes on from the grid before it over a page's end.
    """

    cells: tuple[GridCell, ...]
    where: Where = field(default_factory=Where)
    exact: bool = True
    continues: bool = False

    def rows(self) -> Iterator[list[GridCell]]:
        """The cells that begin in each row, by column. Rows without any cell are given as empty lists."""
        if not self.cells:
            return
        last = max(cell.row for cell in self.cells)
        by_row: list[list[GridCell]] = [[] for _ in range(last + 1)]
        for cell in self.cells:
            by_row[cell.row].append(cell)
        for row in by_row:
            yield sorted(row, key=lambda cell: cell.column)


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A file taken apart: what kind it is (``pdf``, ``docx``, ``html``, ``xlsx``, ``markdown``, ``text``, ``scan`` …),
    its blocks in reading order, its pages (None where the format has none), and title and day of publication where its
    metadata states them. ``image_pages`` are the pages (from 1) that show a picture large enough to hold a table, or
    text that cannot be taken out: what stands there is not among the blocks. ``notes`` are what a reader left
    out on purpose (a hidden sheet), in Chinese and English."""

    kind: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    title: str = ""
    published: str | None = None
    image_pages: tuple[int, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    def lines(self) -> Iterator[Line]:
        """The lines outside of tables, in order."""
        return (block for block in self.blocks if isinstance(block, Line))

    def grids(self) -> Iterator[Grid]:
        """The grids, in order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def in_lines(self) -> Document:
        """The same document with every grid that was only worked out from text (not ``exact``) given as lines again."""
        blocks: list[Block] = []
        for block in self.blocks:
            if isinstance(block, Grid) and not block.exact:
                blocks += [Line(" | ".join(cell.text for cell in row), row[0].where) for row in block.rows() if row]
            else:
                blocks.append(block)
        return replace(self, blocks=tuple(blocks))
