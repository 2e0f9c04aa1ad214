"""Which cells of a text no reader can be sure of: figures run together, blanks that left no trace."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from gongkai.demo.rendering.paper import Box, Paper, Sheet

_MANY = 2


def rows_with_blanks(paper: Paper) -> frozenset[str]:
    """Figures of rows in which a cell is blank: where blanks leave no trace, nobody knows whose the others are."""
    return _cells(row for row in figure_rows(paper) if any(box.text == "" for box in row))


def figure_rows(paper: Paper) -> list[list[Box]]:
    """The rows of figures of all tables."""
    rows = [[box for box in row if box.role == "figure"] for sheet in paper.sheets for row in sheet.rows()]
    return [row for row in rows if row]


def rows_run_together(paper: Paper) -> frozenset[str]:
    """Figures of rows that, printed without anything between, can be cut in more than one way.

    Rows are judged by themselves: a row of applicants by its total, the row of disputes by its three totals, others by
    nothing. A reader may know more (columns, text) and read more.
    """
    return _cells(row for row in figure_rows(paper) if not _one_way(row))


def _cells(rows: Iterable[list[Box]]) -> frozenset[str]:
    return frozenset(box.cell for row in rows for box in row)


def _one_way(row: list[Box]) -> bool:
    texts = [box.text for box in row]
    if any(not text for text in texts):
        return False
    if len(texts) == 1:
        return True
    run = "".join(texts)
    if not run.isdigit():
        return False
    sums = {7: (7,), 15: (5, 5, 5)}.get(len(texts), ())
    return ways(run, sums) == 1 if sums else _free_ways(run, len(texts)) == 1


@cache
def ways(run: str, groups: tuple[int, ...]) -> int:
    """In how many ways, counted up to 2, the digits can be cut into groups that each end with the sum of their rest."""
    if not groups:
        return 1 if not run else 0
    found = 0
    for end in _ends(run, groups[0]):
        found += ways(run[end:], groups[1:])
        if found >= _MANY:
            return _MANY
    return found


def _ends(run: str, size: int) -> list[int]:
    """Where a group of that size may end, once for each way of cutting it."""
    ends: list[int] = []

    def cut(at: int, left: int, total: int) -> None:
        if len(ends) > 200:
            return
        if left == 1:
            text = str(total)
            if run.startswith(text, at):
                ends.append(at + len(text))
            return
        last = at + 1 if run[at : at + 1] == "0" else len(run)
        for end in range(at + 1, min(last, len(run)) + 1):
            cut(end, left - 1, total + int(run[at:end]))

    cut(0, size, 0)
    return ends


def _free_ways(run: str, count: int) -> int:
    if count == 1:
        return 1 if run and (run == "0" or run[0] != "0") else 0
    last = 1 if run[:1] == "0" else len(run)
    return min(_MANY, sum(_free_ways(run[end:], count - 1) for end in range(1, min(last, len(run)) + 1)))


def rows_of(sheet: Sheet, numbers: Iterable[int]) -> frozenset[str]:
    """The figures of these rows of the table."""
    wanted = set(numbers)
    return frozenset(box.cell for box in sheet.boxes if box.role == "figure" and box.row in wanted)
