"""Which cells of one form stand for which of another: what the forms' own files say, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gongkai.annual.form.layout import headings_over
from gongkai.annual.form.parts import Block, Row, Table


@lru_cache(maxsize=64)
def counterparts(table: Table, other: Table) -> Mapping[str, tuple[str, ...]]:
    """For each cell of ``table`` that ``other`` has too: the cells of ``other`` that together are the same.

    A cell of the same name is the same cell. Where one form prints a single row (（六）其他处理 of 2019) and the other
    a heading of that name over several (2021), the row is the sum of the rows under the heading. The sum cannot be
    taken apart again, so that the rows under the heading have no counterpart.
    """
    found: dict[str, tuple[str, ...]] = {cell: (cell,) for cell in table.cells if cell in other.cells}
    for cell, (row, column) in table.cells.items():
        if cell in found:
            continue
        for block in other.blocks:
            under = [one for one in block.rows if not one.heading and _is_under(block, one, row.key)]
            cells = tuple(other.cell(one, column.key) for one in under)
            if cells and all(name in other.cells for name in cells):
                found[cell] = cells
    return found


def _is_under(block: Block, row: Row, key: str) -> bool:
    """Whether the row stands under the heading of that key."""
    return any(over.heading and over.key == key for over in headings_over(block, row))
