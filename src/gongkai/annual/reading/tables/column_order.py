"""Whether a header in running text names its columns in another order than the form."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.form import Table
from gongkai.annual.reading.labels import bare, letters
from gongkai.annual.reading.tables.tokens import Stream

HEADER = 200
"""Within so many letters before its first row stands a table's header."""

FOLDED = 3
"""A narrow column's label is folded after so many characters at the earliest: 商业企/业."""


def columns_moved(stream: Stream, start: int, table: Table, columns_at: Sequence[float]) -> bool:
    """Whether the header just before ``start`` names its innermost columns in another order than the form.

    Where the labels stand over the columns of figures (``columns_at``: their middles across the page), their places
    tell the order: the lines of a header may lie over one another in any order. Else the order of the text tells it.
    """
    depth = max(len(column.group) for column in table.columns)
    labels = [letters(column.label)[:FOLDED] for column in table.columns if len(column.group) == depth]
    named = [(at, at + len(label)) for label in labels if (at := _last(stream, label, start, table)) is not None]
    found = [at for at, _ in named]
    across = [stream.across(at, end) for at, end in named]
    places = [place for place in across if place is not None]
    if len(places) == len(found) and _over_columns(places, columns_at):
        return places != sorted(places)
    return found != sorted(found)


def _over_columns(places: Sequence[float], columns_at: Sequence[float]) -> bool:
    """Whether each label stands nearest to another column of figures."""
    if not columns_at:
        return False
    nearest = {min(range(len(columns_at)), key=lambda i: abs(columns_at[i] - place)) for place in places}
    return len(nearest) == len(places)


def _last(stream: Stream, label: str, start: int, table: Table) -> int | None:
    """Where the label stands last before ``start``, within the header and not inside a group's label: 法人或其他组织
    names no column 其他."""
    begin = stream.back(start, HEADER)
    groups = [
        (at, at + len(wording))
        for group in table.groups
        for wording in (bare(group.label), *(bare(variant) for variant in group.variants))
        for at in stream.find_all(wording)
        if begin <= at < start
    ]
    found = [at for at in stream.find_all(label) if begin <= at < start]
    own = [at for at in found if not any(first <= at < last for first, last in groups)]
    return own[-1] if own else None
