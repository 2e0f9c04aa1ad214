"""Rows of figures of the disputes table in a grid: all fifteen, or those of one group."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.form import Column
from gongkai.annual.reading.document import GridCell
from gongkai.annual.reading.tables.catalogue import DISPUTES, catalogue
from gongkai.annual.reading.tables.grid_state import State, is_words
from gongkai.annual.reading.tables.grid_values import add, scattered
from gongkai.annual.reading.tables.spans import has_figure, in_order, is_blank


def dispute_row(row: Sequence[GridCell], state: State) -> bool:
    """A row of figures under the disputes header, or a row that names its group before five figures."""
    known = catalogue(DISPUTES)
    every = list(next(iter(known.tables.values())).columns)
    words = [cell for cell in row if is_words(cell)]
    values = [cell for cell in row if not is_words(cell)]
    unfilled = not words and len(values) == len(every) and state.dispute_labels == [_leaf(column) for column in every]
    if (sum(has_figure(cell) for cell in values) < 2 and not unfilled) or len(words) > 1:
        return False
    group = known.group_labels.find(words[0].text) if words else state.group
    if (words and group is None) or not state.dispute_header:
        return False
    for columns in _dispute_columns(every, group, bool(words), len(state.dispute_labels)):
        placed = in_order(values, len(columns))
        if placed is not None:
            told = state.dispute_labels == [_leaf(column) for column in columns]
            names = tuple(column.key for column in columns)
            add(DISPUTES, "", names, placed, columns, state, by_position=not told, where=placed[0].where)
            state.dispute_header = len(columns) < len(every)
            return True
    if len(values) < len(every) and not words:
        figures = [cell for cell in values if not is_blank(cell)]
        scattered(DISPUTES, "", tuple(column.key for column in every), figures, row[0].where, state)
        state.dispute_header = False
        return True
    return False


def _dispute_columns(every: list[Column], group: str | None, named: bool, labels: int) -> list[list[Column]]:
    """The columns that a row of the disputes may have: all, or a group's where the header names just so many."""
    choices = [] if named else [every]
    if group is not None:
        choices.append([column for column in every if column.group and column.group[-1] == group])
        choices.append([column for column in every if group in column.group])
    return [columns for columns in choices if columns and (columns is every or len(columns) == labels)]


def _leaf(column: Column) -> str:
    return column.key.rpartition(".")[2]
