"""Setting a paper on pages: every line of text and every border gets its place, in points from the top left.

The PDF, the scan and what pdftotext makes of a page all start from here, so that a label folded around its figures, a
row cut by the page's end or a heading written downwards look in each of them as they do in real files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from unicodedata import east_asian_width

from gongkai.demo.rendering.paper import Box, Line, Paper, Sheet

_PAD = 3.0


@dataclass(frozen=True, slots=True)
class Style:
    """How pages are set: size in points, margins, type sizes, and what happens to tables at a page's end.

    ``header_again``: the header is repeated on each page. ``rows_cut``: a row may be cut in two by the page's end.
    ``page_number``: how it is printed, ``{}`` standing for the number; empty for none. ``stub`` and ``middle`` are the
    widths of the two heading columns; narrow ones make the headings run downwards. ``breaks_figures``: figures are
    folded like words where the column is too narrow.
    """

    width: float = 595.0
    height: float = 842.0
    margin: float = 60.0
    text_size: float = 14.0
    table_size: float = 9.0
    header_again: bool = False
    rows_cut: bool = False
    page_number: str = "- {} -"
    stub: float = 26.0
    middle: float = 46.0
    figure_share: float = 0.52
    breaks_figures: bool = False
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of text at its place: left edge, top edge, type size; and the box of the table that it belongs to."""

    text: str
    x: float
    y: float
    size: float
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Border:
    """The frame of a printed cell: left, top, right, bottom; whether it is of the header and ends it, whether it stands
    in the first or last row that the page has of the table."""

    x0: float
    y0: float
    x1: float
    y1: float
    header: bool
    ends_header: bool
    first: bool
    last: bool


@dataclass
class Page:
    """A page: its size, its lines of text in the order in which a word processor writes them, its cells' frames."""

    width: float
    height: float
    placed: list[Placed] = field(default_factory=list)
    borders: list[Border] = field(default_factory=list)


def width_of(text: str, size: float) -> float:
    """The width of a text: a full-width character is as wide as the type is high, others half as wide."""
    return sum(size if character == "%" or east_asian_width(character) in "WFA" else size / 2 for character in text)


def folded(text: str, width: float, size: float) -> list[str]:
    """The text folded into lines of at most that width (at least one character each)."""
    lines, line = [], ""
    for character in text:
        if line and width_of(line + character, size) > width + 0.01:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line] if line or not lines else lines


def set_pages(paper: Paper, style: Style) -> list[Page]:
    """The paper set on pages in that style."""
    setter = _Setter(style)
    for item in paper.items:
        if isinstance(item, Sheet):
            setter.sheet(item)
        else:
            setter.line(item)
    return setter.finished()


@dataclass(frozen=True, slots=True)
class _Band:
    """A row of a table, or the first or second part of one that a page's end cuts."""

    row: int
    height: float
    begins: bool = True
    ends: bool = True


class _Setter:
    """Puts lines and tables on pages, one under the other."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.pages: list[Page] = []
        self.turn()

    def turn(self) -> None:
        self.pages.append(Page(self.style.width, self.style.height))
        self.y = self.style.margin

    @property
    def left(self) -> float:
        return self.style.height - self.style.margin - self.y

    def finished(self) -> list[Page]:
        style = self.style
        if style.page_number:
            for number, page in enumerate(self.pages, 1):
                text = style.page_number.format(number)
                x = (style.width - width_of(text, 10.5)) / 2
                page.placed.append(Placed(text, x, style.height - style.margin + 14, 10.5))
        return self.pages

    def line(self, line: Line) -> None:
        size = self.style.text_size + (4 if line.kind == "title" else 0)
        space = self.style.width - 2 * self.style.margin
        text = line.text if line.kind in ("title", "signature") else "\u3000\u3000" + line.text
        for piece in folded(text, space, size):
            if self.left < size * 1.6:
                self.turn()
            shift = 0.0
            if line.kind == "title":
                shift = (space - width_of(piece, size)) / 2
            elif line.kind == "signature":
                shift = space - width_of(piece, size)
            indent = len(piece) - len(piece.lstrip("\u3000"))
            shift += indent * size
            self.pages[-1].placed.append(Placed(piece.strip("\u3000"), self.style.margin + shift, self.y, size))
            self.y += size * 1.6

    def sheet(self, sheet: Sheet) -> None:
        edges = self._edges(sheet)
        lines = {box: self._lines(box, edges) for box in sheet.boxes}
        heights = self._heights(sheet, lines)
        waiting = [_Band(row, height) for row, height in enumerate(heights)]
        rest = dict(lines)
        self.y += 4
        if sum(heights[: sheet.header_rows + 1]) > self.left:
            self.turn()
        fresh = True
        while waiting:
            taken: list[_Band] = []
            if not fresh and self.style.header_again and sheet.header_rows:
                header = [_Band(row, heights[row]) for row in range(sheet.header_rows)]
                self._print(sheet, edges, header, dict(lines), heights)
            room = self.left
            while waiting and waiting[0].height <= room:
                taken.append(waiting.pop(0))
                room -= taken[-1].height
            if waiting and self.style.rows_cut:
                first = waiting[0]
                part = (self.style.table_size * 1.3) * int((room - 2 * _PAD) / (self.style.table_size * 1.3)) + 2 * _PAD
                if part > 2 * _PAD and first.row >= sheet.header_rows:
                    taken.append(_Band(first.row, part, first.begins, False))
                    waiting[0] = _Band(first.row, max(first.height - part, 2 * _PAD + 12), False, first.ends)
            if not taken and self.y <= self.style.margin + 1:
                taken.append(waiting.pop(0))
            self._print(sheet, edges, taken, rest, heights)
            if waiting:
                self.turn()
                fresh = fresh and not taken
        self.y += 8

    def _edges(self, sheet: Sheet) -> list[float]:
        """The columns' edges: heading columns as the style says, figures sharing their part of the width evenly."""
        style = self.style
        space = style.width - 2 * style.margin
        labels = max((box.column + box.colspan for box in sheet.boxes if box.role in ("label", "stub")), default=0)
        if sheet.table == "indicators":
            widths = [space * 0.6, *[space * 0.4 / (sheet.width - 1)] * (sheet.width - 1)]
        elif labels == 0 or labels == 1:
            widths = [space / sheet.width] * sheet.width
        else:
            figures = sheet.width - labels
            share = style.figure_share
            narrow = [style.stub, style.middle][: labels - 1]
            widths = [*narrow, space * (1 - share) - sum(narrow), *[space * share / figures] * figures]
        edges = [style.margin]
        for width in widths:
            edges.append(edges[-1] + width)
        return edges

    def _lines(self, box: Box, edges: list[float]) -> list[str]:
        space = edges[box.column + box.colspan] - edges[box.column] - 2 * _PAD
        if not box.text:
            return []
        if box.role == "figure" and not self.style.breaks_figures:
            return [box.text]
        lines = folded(box.text, space, self.style.table_size)
        if self.style.spaced and box.role in ("header", "heading"):
            lines = [" ".join(line) if len(line) < 4 else line for line in lines]
        return lines

    def _heights(self, sheet: Sheet, lines: dict[Box, list[str]]) -> list[float]:
        """Each row's height: its tallest cell; where a cell over several rows needs more, the last of them grows."""
        lead = self.style.table_size * 1.3
        heights = [lead + 2 * _PAD] * sheet.height
        for box in sorted(sheet.boxes, key=lambda box: box.rowspan):
            needed = len(lines[box]) * lead + 2 * _PAD
            has = sum(heights[box.row : box.row + box.rowspan])
            if needed > has:
                heights[box.row + box.rowspan - 1] += needed - has
        return heights

    def _print(
        self, sheet: Sheet, edges: list[float], bands: list[_Band], rest: dict[Box, list[str]], heights: list[float]
    ) -> None:
        """Print these bands at the current place; ``rest`` holds what of each cell is not yet printed."""
        if not bands:
            return
        page = self.pages[-1]
        tops = [self.y]
        for band in bands:
            tops.append(tops[-1] + band.height)
        order = sorted(sheet.boxes, key=lambda box: (max(box.row, bands[0].row), box.column, box.row))
        for box in order:
            over = [i for i, band in enumerate(bands) if box.row <= band.row < box.row + box.rowspan]
            if not over:
                continue
            top, bottom = tops[over[0]], tops[over[-1] + 1]
            left, right = edges[box.column], edges[box.column + box.colspan]
            ends = bands[over[-1]].row == box.row + box.rowspan - 1 and bands[over[-1]].ends
            header, ends_header = box.row < sheet.header_rows, box.row + box.rowspan == sheet.header_rows
            first, last = over[0] == 0, over[-1] == len(bands) - 1
            page.borders.append(Border(left, top, right, bottom, header, ends_header, first, last))
            self._fill(page, box, rest, (left, top, right, bottom), ends)
        self.y = tops[-1]

    def _fill(
        self, page: Page, box: Box, rest: dict[Box, list[str]], frame: tuple[float, float, float, float], ends: bool
    ) -> None:
        left, top, right, bottom = frame
        size, lead = self.style.table_size, self.style.table_size * 1.3
        fits = len(rest[box]) if ends else int((bottom - top - 2 * _PAD + 0.1) / lead)
        printed, rest[box] = rest[box][:fits], rest[box][fits:]
        y = top + (bottom - top - len(printed) * lead) / 2 + (lead - size) / 2
        for line in printed:
            centred = box.role != "label"
            x = left + (right - left - width_of(line, size)) / 2 if centred else left + _PAD
            page.placed.append(Placed(line, x, y, size, box))
            y += lead


def lines_by_height(page: Page) -> list[list[Placed]]:
    """The page's text in lines from top to bottom: what stands less than half a line apart is one line."""
    rows: list[list[Placed]] = []
    for placed in sorted(page.placed, key=lambda placed: (placed.y + placed.size / 2, placed.x)):
        middle = placed.y + placed.size / 2
        if rows and abs(middle - (rows[-1][0].y + rows[-1][0].size / 2)) < placed.size * 0.3:
            rows[-1].append(placed)
        else:
            rows.append([placed])
    return [sorted(row, key=lambda placed: placed.x) for row in rows]
