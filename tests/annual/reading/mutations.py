"""Reports damaged as copying, printing and saving damage them, with what may still be read of each.

A *damage* changes a paper before it is laid out, so that it goes with every layout; ``also`` names what may be read of
a cell besides the truth, where the damage changed what is printed. Damages are such that a careful person would not
misread the paper either, or would say that it cannot be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random

from lxml import html

from gongkai.annual.finding import Number
from gongkai.annual.report import INDICATORS, Cell, Report
from gongkai.demo.making import values, with_values
from gongkai.demo.rendering.catalogue import layouts, wordings
from gongkai.demo.rendering.paper import Box, Line, Paper, Sheet, on_paper, print_table
from gongkai.demo.rendering.reshaping import split_rows
from gongkai.demo.scoring import Difference, score

Allowed = Mapping[str, frozenset[Number | None]]


@dataclass(frozen=True)
class Damaged:
    """A paper after damage, and what may be read of its cells besides the paper's truth."""

    paper: Paper
    also: Allowed = field(default_factory=dict)


@dataclass(frozen=True)
class Mutated:
    """A file after damage, the truth about it, and what may be read besides; ``blanks``: a figure may be gone."""

    data: bytes
    name: str
    truth: Report
    also: Allowed
    blanks: bool = False

    def faults(self, read: Report | None) -> list[Difference]:
        """The numbers that stand nowhere for their cell."""
        return [
            fault
            for fault in score(self.truth, read).faults
            if not (self.blanks and fault.got is None) and fault.got not in self.also.get(fault.cell, ())
        ]


Damage = Callable[[Paper, Random], Damaged]
DAMAGES: dict[str, Damage] = {}
FILE_DAMAGES: dict[str, Callable[[bytes, Random], bytes]] = {}


def damage(function: Damage) -> Damage:
    """Put a function into the list of damages, under its own name."""
    DAMAGES[function.__name__] = function
    return function


def mutate(report: Report, layout: str, name: str, rng: Random, wording: Iterable[str] = ()) -> Mutated:
    """The report in that layout with that damage done to it."""
    chosen = layouts()[layout]
    if chosen.before:
        report = chosen.before(report, rng)
    paper = on_paper(report)
    for way in wording:
        paper = wordings()[way].rewrite(paper, rng)
    damaged = DAMAGES[name](paper, rng) if name in DAMAGES else Damaged(paper)
    data = chosen.print(damaged.paper, rng).data
    if name in FILE_DAMAGES:
        data = FILE_DAMAGES[name](data, rng)
    file = f"{report.year}-{name}{chosen.suffix}"
    return Mutated(
        data, file, damaged.paper.truth, damaged.also, name in FILE_DAMAGES or not damaged.paper.truth.tables
    )


def suits(name: str, layout: str, form: str) -> bool:
    """Whether that damage leaves a person anything to hold on to in that layout, and the layout can print it."""
    format = layouts()[layout].format
    if name.startswith("lines_"):
        # A figure folded over two lines that loses one has become another figure.
        return format in ("text", "layout text") and not layout.endswith(("cut", "folded", "utf16", "together"))
    if name == "markup_lost":
        return format == "html"
    if name in ("cells_emptied", "row_shifted", "stray_number") and "run_together" in layout:
        return False  # neither a blank nor the border of a number leaves a trace there: 1000001 and 11 are 100000111
    if name == "rows_swapped":
        return form != "local"  # rows of their own are compared in their order
    if layout == "one_table_missing":
        return name != "cut_off"  # the layout itself leaves a table out, and needs it to do so
    return True


# ── Labels ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@damage
def characters_lost(paper: Paper, rng: Random) -> Damaged:
    """A character is gone from half of the labels"""
    return Damaged(_labels(paper, rng, lambda text, at: text[:at] + text[at + 1 :]))


@damage
def characters_doubled(paper: Paper, rng: Random) -> Damaged:
    """A character stands twice in half of the labels"""
    return Damaged(_labels(paper, rng, lambda text, at: text[:at] + text[at] + text[at:]))


@damage
def characters_replaced(paper: Paper, rng: Random) -> Damaged:
    """A character of half of the labels has become another"""
    return Damaged(_labels(paper, rng, lambda text, at: text[:at] + rng.choice("囗口一的□") + text[at + 1 :]))


@damage
def labels_gone(paper: Paper, rng: Random) -> Damaged:
    """One row in eight has no label"""
    return Damaged(paper.each_box(lambda box: _without(box) if box.role == "label" and rng.random() < 0.12 else box))


@damage
def columns_unnamed(paper: Paper, rng: Random) -> Damaged:
    """One heading of a column in five is empty"""
    return Damaged(paper.each_box(lambda box: _without(box) if box.role == "header" and rng.random() < 0.2 else box))


@damage
def columns_in_another_order(paper: Paper, rng: Random) -> Damaged:
    """Two neighbouring columns have changed places, with their headings and their figures"""

    def changed(sheet: Sheet) -> Sheet:
        lowest = [box for box in sheet.boxes if box.role == "header" and box.row + box.rowspan == sheet.header_rows]
        narrow = sorted((box for box in lowest if box.colspan == 1), key=lambda box: box.column)
        pairs = [(a, b) for a, b in pairwise(narrow) if (a.row, a.column + 1) == (b.row, b.column)]
        if not pairs or sheet.table != "requests":
            return sheet
        one, other = (box.column for box in rng.choice(pairs))
        moves = {one: other, other: one}

        def moved(box: Box) -> Box:
            told = box.role == "figure" or box in lowest
            return replace(box, column=moves.get(box.column, box.column)) if told and box.colspan == 1 else box

        return sheet.each(moved)

    return Damaged(paper.each_sheet(changed))


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@damage
def rows_gone(paper: Paper, rng: Random) -> Damaged:
    """One or two rows of each table are gone"""
    gone: set[str] = set()

    def shorter(sheet: Sheet) -> Sheet:
        for _ in range(rng.randint(1, 2)):
            rows = _rows_of_figures(sheet)
            if len(rows) > 1:
                at = rng.choice(rows)
                gone.update(box.cell for box in sheet.boxes if box.row == at and box.cell)
                sheet = _without_row(sheet, at)
        return sheet

    return Damaged(_without_cells(paper.each_sheet(shorter), gone))


@damage
def rows_twice(paper: Paper, rng: Random) -> Damaged:
    """A row of each table is printed twice"""

    def longer(sheet: Sheet) -> Sheet:
        at = rng.choice(_rows_of_figures(sheet))
        boxes = [_moved_down(box, at) for box in sheet.boxes]
        again = [replace(box, row=at + 1) for box in sheet.boxes if box.row == at and box.rowspan == 1]
        return replace(sheet, boxes=(*boxes, *again))

    return Damaged(paper.each_sheet(longer))


@damage
def rows_swapped(paper: Paper, rng: Random) -> Damaged:
    """A row of each table has changed places with its neighbour"""

    def changed(sheet: Sheet) -> Sheet:
        rows = [at for at in _rows_of_figures(sheet) if at + 1 in _rows_of_figures(sheet) and _alike(sheet, at)]
        if not rows:
            return sheet
        at = rng.choice(rows)
        moves = {at: at + 1, at + 1: at}
        told = ("label", "figure", "unit")
        return sheet.each(
            lambda box: replace(box, row=moves.get(box.row, box.row)) if box.role in told and box.rowspan == 1 else box
        )

    return Damaged(paper.each_sheet(changed))


@damage
def stray_number(paper: Paper, rng: Random) -> Damaged:
    """A number stands by itself between two rows"""
    return Damaged(_parted(paper, rng, lambda parts: [parts[0], Line(str(rng.randint(1, 40)), "paragraph"), parts[1]]))


@damage
def page_twice(paper: Paper, rng: Random) -> Damaged:
    """A part of each table is there twice"""
    return Damaged(_parted(paper, rng, lambda parts: [parts[0], *rng.choice([[parts[0], parts[1]], [parts[1]] * 2])]))


@damage
def cut_off(paper: Paper, rng: Random) -> Damaged:
    """The file ends in the middle of a table"""
    at = rng.choice([index for index, item in enumerate(paper.items) if isinstance(item, Sheet)])
    sheet = paper.items[at]
    assert isinstance(sheet, Sheet)
    rows = _rows_of_figures(sheet)
    head = split_rows(sheet, [rng.choice(rows)])[0] if len(rows) > 1 else sheet
    kept = (*paper.items[:at], head)
    there = {box.cell for item in kept if isinstance(item, Sheet) for box in item.boxes}
    gone = {box.cell for box in paper.figures()} - there
    return Damaged(_without_cells(replace(paper, items=kept), gone))


# ── Cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@damage
def cells_emptied(paper: Paper, rng: Random) -> Damaged:
    """One figure in thirty is gone"""
    gone = {box.cell: None for box in paper.figures() if rng.random() < 0.03}
    paper = paper.each_box(lambda box: _without(box) if box.cell in gone else box)
    return Damaged(_with_cells(paper, gone))


@damage
def row_shifted(paper: Paper, rng: Random) -> Damaged:
    """The figures of a row stand one column too far to the right, the last is gone"""
    sheets = [sheet for sheet in paper.sheets if sheet.table != INDICATORS]
    if not sheets:
        return Damaged(paper)
    chosen = rng.choice(sheets)
    at = rng.choice(_rows_of_figures(chosen))
    row = [box for box in chosen.rows()[at] if box.role == "figure"]
    truth = {name: cell.value for name, cell in dict(paper.truth.cells()).items()}
    texts = ["", *(box.text for box in row[:-1])]
    shifted = [None, *(truth[box.cell] for box in row[:-1])]
    printed = {box.cell: text for box, text in zip(row, texts, strict=True)}
    also = {box.cell: frozenset({truth[box.cell]}) for box in row}
    paper = paper.each_box(lambda box: replace(box, text=printed.get(box.cell, box.text)) if box.cell else box)
    return Damaged(_with_cells(paper, {box.cell: value for box, value in zip(row, shifted, strict=True)}), also)


@damage
def last_year_behind(paper: Paper, rng: Random) -> Damaged:
    """Behind each table stands last year's, with figures of its own"""
    before = _another(paper.truth, rng)
    items: list[Line | Sheet] = []
    for item in paper.items:
        items.append(item)
        if isinstance(item, Sheet):
            older = print_table(before, item.table)
            items.append(Line(f"附：{(paper.truth.year or 1) - 1}年统计表", "paragraph"))
            items += [older] if older else []
    return Damaged(replace(paper, items=tuple(items)))


def _another(report: Report, rng: Random) -> Report:
    """The same report with every figure a little larger, in proportion, so that its sums hold as well."""
    times = rng.randint(2, 5)
    tables = {
        table: {name: value * times if value is not None else None for name, value in cells.items()}
        for table, cells in values(report).items()
    }
    if not tables:  # a province's table
        rows = tuple(replace(row, cell=Cell((row.cell.value or 0) * times)) for row in report.indicators)
        return replace(report, indicators=rows)
    return with_values(report, tables)


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def lines_dropped(data: bytes, rng: Random) -> bytes:
    """One line in thirty is gone"""
    return b"\n".join(line for line in data.split(b"\n") if rng.random() > 0.03)


def lines_doubled(data: bytes, rng: Random) -> bytes:
    """One line in thirty is there twice"""
    return b"\n".join(line for one in data.split(b"\n") for line in [one] * (1 + (rng.random() < 0.03)))


def markup_lost(data: bytes, rng: Random) -> bytes:
    """Cells and rows of a page are gone, or span more or fewer places than they did"""
    tree = html.document_fromstring(data)
    for element in [*tree.iter("td", "tr")]:
        chance = rng.random()
        if chance < 0.01:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
        elif chance < 0.03 and element.tag == "td":
            element.set(rng.choice(["colspan", "rowspan"]), str(rng.randint(0, 4)))
    return bytes(html.tostring(tree, encoding="utf-8"))


def bytes_changed(data: bytes, rng: Random) -> bytes:
    """One byte in two thousand is another, and sometimes the end is gone"""
    changed = bytearray(data)
    for _ in range(1 + len(data) // 2000):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed[: rng.randrange(1, len(changed))] if rng.random() < 0.3 else changed)


FILE_DAMAGES |= {one.__name__: one for one in (lines_dropped, lines_doubled, markup_lost, bytes_changed)}


# ── Small things ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _labels(paper: Paper, rng: Random, change: Callable[[str, int], str]) -> Paper:
    """Half of the long labels with a change at a place that is neither number nor bracket."""

    def changed(box: Box) -> Box:
        places = [at for at, char in enumerate(box.text) if at > 2 and "\u4e00" <= char <= "\u9fff"]
        if box.role != "label" or len(places) < 6 or rng.random() < 0.5:
            return box
        return replace(box, text=change(box.text, rng.choice(places)))

    return paper.each_box(changed)


def _without(box: Box) -> Box:
    return replace(box, text="")


def _rows_of_figures(sheet: Sheet) -> list[int]:
    return sorted({box.row for box in sheet.boxes if box.role == "figure"})


def _alike(sheet: Sheet, at: int) -> bool:
    """Whether that row and the next have their figures and labels at the same places (and no heading between)."""
    one, other = (
        [(box.column, box.colspan) for box in sheet.rows()[row] if box.role in ("label", "figure", "unit")]
        for row in (at, at + 1)
    )
    return one == other and not any(box.role == "heading" for box in sheet.rows()[at + 1])


def _moved_down(box: Box, at: int) -> Box:
    """The box where a row has been put in behind row ``at``."""
    if box.row > at:
        return replace(box, row=box.row + 1)
    return replace(box, rowspan=box.rowspan + 1) if box.row + box.rowspan > at + (box.rowspan == 1) else box


def _without_row(sheet: Sheet, at: int) -> Sheet:
    boxes = []
    for box in sheet.boxes:
        if box.row > at:
            boxes.append(replace(box, row=box.row - 1))
        elif box.row + box.rowspan <= at:
            boxes.append(box)
        elif box.rowspan > 1:
            boxes.append(replace(box, rowspan=box.rowspan - 1))
    return replace(sheet, boxes=tuple(boxes))


def _parted(paper: Paper, rng: Random, put: Callable[[list[Sheet]], list[Line | Sheet]]) -> Paper:
    """The paper with each table cut in two between rows and put together again in another way."""
    items: list[Line | Sheet] = []
    for item in paper.items:
        rows = _rows_of_figures(item)[1:] if isinstance(item, Sheet) else []
        items += put(split_rows(item, [rng.choice(rows)])) if rows and isinstance(item, Sheet) else [item]
    return replace(paper, items=tuple(items))


def _with_cells(paper: Paper, changed: Mapping[str, Number | None]) -> Paper:
    """The paper whose truth has these values in these cells."""
    tables = {
        table: {name: Cell(changed.get(f"{table}/{name}", cell.value)) for name, cell in cells.items()}
        for table, cells in paper.truth.tables.items()
    }
    return replace(paper, truth=replace(paper.truth, tables=tables))


def _without_cells(paper: Paper, gone: set[str]) -> Paper:
    """The paper whose truth does not have these cells."""
    tables = {
        table: {name: cell for name, cell in cells.items() if f"{table}/{name}" not in gone}
        for table, cells in paper.truth.tables.items()
    }
    return replace(paper, truth=replace(paper.truth, tables=tables))
