"""Draws small PDFs for the tests of the PDF reader: tables ruled in every way that programs rule them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SONG = "STSong-Light"
PAGE = (595.0, 842.0)

Spec = str | tuple[str, int, int]
"""A cell: its text, or text, rowspan and colspan."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Placed:
    """A cell as it should be read, and its place: left, bottom, right, top."""

    text: str
    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box

    @property
    def key(self) -> tuple[str, int, int, int, int]:
        return self.text, self.row, self.column, self.rowspan, self.colspan


class Paper:
    """A PDF in the making. ``page()`` ends a page, ``data()`` gives the file."""

    def __init__(self, size: tuple[float, float] = PAGE, **options: Any) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(SONG))
        self.file = BytesIO()
        self.canvas = Canvas(self.file, pagesize=size, invariant=1, **options)

    def write(self, x: float, y: float, text: str, size: float = 10) -> None:
        self.canvas.setFont(SONG, size)
        self.canvas.drawString(x, y, text)

    def page(self) -> None:
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()


def placed(
    rows: Sequence[Sequence[Spec] | Sequence[tuple[str, int, int]]],
    widths: Sequence[float],
    left: float,
    top: float,
    heights: Sequence[float],
) -> list[Placed]:
    """Where the cells of these rows stand: as in HTML, a spec takes the next free place of its row."""
    xs = [left]
    for width in widths:
        xs.append(xs[-1] + width)
    ys = [top]
    for height in heights:
        ys.append(ys[-1] - height)
    taken: set[tuple[int, int]] = set()
    found = []
    for row, specs in enumerate(rows):
        column = 0
        for spec in specs:
            text, rowspan, colspan = (spec, 1, 1) if isinstance(spec, str) else spec
            while (row, column) in taken:
                column += 1
            taken |= {(row + i, column + j) for i in range(rowspan) for j in range(colspan)}
            box = (xs[column], ys[row + rowspan], xs[column + colspan], ys[row])
            found.append(Placed(text, row, column, rowspan, colspan, box))
    return found


def draw(
    paper: Paper,
    rows: Sequence[Sequence[Spec] | Sequence[tuple[str, int, int]]],
    widths: Sequence[float],
    *,
    left: float = 60,
    top: float = 760,
    height: float | Sequence[float] = 24,
    style: str = "rectangles",
    size: float = 10,
    write: bool = True,
) -> list[Placed]:
    """Draws the table with its texts (lines within a cell parted by a line break) in the middle of the cells."""
    heights = [height] * len(rows) if isinstance(height, int | float) else list(height)
    cells = placed(rows, widths, left, top, heights)
    STYLES[style](paper.canvas, cells)
    paper.canvas.setFillGray(0)
    for cell in cells if write else []:
        x0, y0, x1, y1 = cell.box
        lines = cell.text.split("\n")
        for number, line in enumerate(lines):
            wide = pdfmetrics.stringWidth(line, SONG, size)
            y = (y0 + y1) / 2 + (len(lines) / 2 - number - 1) * size * 1.2 + size * 0.25
            paper.write((x0 + x1 - wide) / 2, y, line, size)
    return cells


def _sides(cells: Sequence[Placed]) -> Iterator[Box]:
    for cell in cells:
        x0, y0, x1, y1 = cell.box
        yield from ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))


def _long_lines(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """One stroke for each rule, as long as it goes."""
    together: dict[tuple[bool, float], list[tuple[float, float]]] = {}
    for x0, y0, x1, y1 in _sides(cells):
        level = y0 == y1
        together.setdefault((level, y0 if level else x0), []).append((x0, x1) if level else (y0, y1))
    for (level, place), parts in together.items():
        parts.sort()
        start, end = parts[0]
        for one, other in [*parts[1:], (1e9, 1e9)]:
            if one > end + 0.01:
                canvas.line(*((start, place, end, place) if level else (place, start, place, end)))
                start, end = one, other
            end = max(end, other)


def _segments(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """A short stroke for each side of each cell, as office programs print; ends do not quite meet."""
    for x0, y0, x1, y1 in _sides(cells):
        canvas.setLineWidth(0.48)
        if y0 == y1:
            canvas.line(x0 + 0.3, y0, x1 - 0.3, y0)
        else:
            canvas.line(x0, y0 + 0.3, x0, y1 - 0.3)


def _rectangles(canvas: Canvas, cells: Sequence[Placed]) -> None:
    for cell in cells:
        x0, y0, x1, y1 = cell.box
        canvas.rect(x0, y0, x1 - x0, y1 - y0)


def _bars(canvas: Canvas, cells: Sequence[Placed]) -> None:
    for x0, y0, x1, y1 in _sides(cells):
        canvas.rect(x0 - 0.24, y0 - 0.24, x1 - x0 + 0.48, y1 - y0 + 0.48, stroke=0, fill=1)


def _bars_at_once(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """All bars in one path."""
    path = canvas.beginPath()
    for x0, y0, x1, y1 in _sides(cells):
        path.rect(x0 - 0.24, y0 - 0.24, x1 - x0 + 0.48, y1 - y0 + 0.48)
    canvas.drawPath(path, stroke=0, fill=1)


def _rings(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """Borders filled between an outer and an inner rectangle, as browsers print them."""
    for cell in cells:
        x0, y0, x1, y1 = cell.box
        path = canvas.beginPath()
        path.rect(x0, y0, x1 - x0, y1 - y0)
        path.rect(x0 + 0.75, y0 + 0.75, x1 - x0 - 1.5, y1 - y0 - 1.5)
        canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


def _dashed(canvas: Canvas, cells: Sequence[Placed]) -> None:
    canvas.setDash(3, 2)
    _long_lines(canvas, cells)
    canvas.setDash()


def _dashes_apart(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """Each dash a stroke of its own."""
    _pieces(canvas, cells, 3, 5)


def _dots(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """Each dot a small square."""
    _pieces(canvas, cells, 1.2, 2.6)


def _pieces(canvas: Canvas, cells: Sequence[Placed], long: float, step: float) -> None:
    for x0, y0, x1, y1 in set(_sides(cells)):
        at = 0.0
        while at < max(x1 - x0, y1 - y0):
            x, y = (x0 + at, y0) if y0 == y1 else (x0, y0 + at)
            wide, high = (long, 1.2) if y0 == y1 else (1.2, long)
            canvas.rect(x - 0.6, y - 0.6, wide, high, stroke=0, fill=1)
            at += step


def _double(canvas: Canvas, cells: Sequence[Placed]) -> None:
    canvas.setLineWidth(0.4)
    for x0, y0, x1, y1 in set(_sides(cells)):
        for by in (-0.9, 0.9):
            canvas.line(*((x0, y0 + by, x1, y0 + by) if y0 == y1 else (x0 + by, y0, x0 + by, y1)))


def _separate(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """Each cell with a border of its own, a gap between them, and a border around the table."""
    for cell in cells:
        x0, y0, x1, y1 = cell.box
        canvas.rect(x0 + 0.8, y0 + 0.8, x1 - x0 - 1.6, y1 - y0 - 1.6)
    boxes = [cell.box for cell in cells]
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    canvas.rect(left - 0.8, bottom - 0.8, right - left + 1.6, top - bottom + 1.6)


def _broken(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """Lines with a gap of three points in the middle, a little off their place."""
    for number, (x0, y0, x1, y1) in enumerate(_sides(cells)):
        off = (number % 3 - 1) * 0.5
        if y0 == y1:
            canvas.line(x0, y0 + off, (x0 + x1) / 2 - 1.5, y0 + off)
            canvas.line((x0 + x1) / 2 + 1.5, y0 + off, x1, y0 + off)
        else:
            canvas.line(x0 + off, y0, x0 + off, (y0 + y1) / 2 - 1.5)
            canvas.line(x0 + off, (y0 + y1) / 2 + 1.5, x0 + off, y1)


def _form(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """Drawn inside of a form XObject that is set smaller and moved, inside of another one."""
    name = f"inner{id(cells)}"
    canvas.beginForm(name, -1000, -1000, 3000, 3000)
    canvas.scale(2, 2)
    _rectangles(canvas, [_scaled(cell, 0.5) for cell in cells])
    canvas.endForm()
    canvas.beginForm(f"outer{name}", -1000, -1000, 3000, 3000)
    canvas.translate(-100, -50)
    canvas.doForm(name)
    canvas.endForm()
    canvas.saveState()
    canvas.translate(100, 50)
    canvas.doForm(f"outer{name}")
    canvas.restoreState()


def _scaled(cell: Placed, by: float) -> Placed:
    x0, y0, x1, y1 = (side * by for side in cell.box)
    return Placed(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan, (x0, y0, x1, y1))


def _flipped(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """Under a matrix that turns the page upside down and scales it, as several printers do."""
    canvas.saveState()
    canvas.transform(0.1, 0, 0, -0.1, 0, PAGE[1])
    canvas.setLineWidth(5)
    for cell in cells:
        x0, y0, x1, y1 = cell.box
        canvas.rect(x0 * 10, (PAGE[1] - y1) * 10, (x1 - x0) * 10, (y1 - y0) * 10)
    canvas.restoreState()


def _tiles(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """White cells on a dark ground, as old web pages drew their tables."""
    boxes = [cell.box for cell in cells]
    left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
    canvas.setFillGray(0)
    canvas.rect(left - 0.5, bottom - 0.5, right - left + 1, top - bottom + 1, stroke=0, fill=1)
    canvas.setFillGray(1)
    for x0, y0, x1, y1 in boxes:
        canvas.rect(x0 + 0.5, y0 + 0.5, x1 - x0 - 1, y1 - y0 - 1, stroke=0, fill=1)


def _shaded(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """Rules, and grey behind some cells and behind their text."""
    canvas.setFillGray(0.85)
    for cell in cells:
        x0, y0, x1, y1 = cell.box
        if cell.row == 0:
            canvas.rect(x0, y0, x1 - x0, y1 - y0, stroke=0, fill=1)
        canvas.rect(x0 + 5, y0 + 6, x1 - x0 - 10, y1 - y0 - 12, stroke=0, fill=1)
    _rectangles(canvas, cells)


def _open_sides(canvas: Canvas, cells: Sequence[Placed]) -> None:
    """Without the outermost rules on the left and right."""
    left, right = min(cell.box[0] for cell in cells), max(cell.box[2] for cell in cells)
    for x0, y0, x1, y1 in _sides(cells):
        if y0 == y1 or x0 not in (left, right):
            canvas.line(x0, y0, x1, y1)


STYLES: dict[str, Callable[[Canvas, Sequence[Placed]], None]] = {
    "long lines": _long_lines,
    "segments": _segments,
    "rectangles": _rectangles,
    "bars": _bars,
    "bars at once": _bars_at_once,
    "rings": _rings,
    "dashed": _dashed,
    "dashes apart": _dashes_apart,
    "dots": _dots,
    "double": _double,
    "separate": _separate,
    "broken": _broken,
    "form": _form,
    "flipped": _flipped,
    "tiles": _tiles,
    "shaded": _shaded,
    "open sides": _open_sides,
}
