"""The rows and columns of all forms together: a report is read by its labels, not by its year.

Real reports mix forms (a publication table of 2021 with the single 其他处理 of 2019), so readers look labels up here,
across all forms, and the form is told afterwards by what was found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from gongkai.annual.form import Block, Column, Form, Row, Table, forms
from gongkai.annual.reading.labels import Labels, half_width

PUBLICATION, REQUESTS, DISPUTES = "publication", "requests", "disputes"


@dataclass(frozen=True)
class Catalogue:
    """One table as all forms have it."""

    name: str
    tables: Mapping[str, Table]

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Every row with figures by key, in the order of the newest form that has it."""
        newest_first = reversed(list(self.tables.values()))
        return {row.key: row for table in newest_first for row in table.rows}

    @cached_property
    def row_labels(self) -> Labels:
        """Labels of all rows with figures."""
        return Labels.of(
            (row.key, label) for table in self.tables.values() for row in table.rows for label in row.labels
        )

    @cached_property
    def column_labels(self) -> Labels:
        """Labels of all columns (by key), of all forms."""
        return Labels.of(
            (column.key, label)
            for table in self.tables.values()
            for column in table.columns
            for label in (column.label, *column.variants)
        )

    @cached_property
    def group_labels(self) -> Labels:
        """Labels printed over several columns."""
        return Labels.of(
            (group.key, label)
            for table in self.tables.values()
            for group in table.groups
            for label in (group.label, *group.variants)
        )

    def blocks_of(self, row: str) -> list[tuple[Form, Block]]:
        """The blocks that have that row, by form, newest first."""
        return [
            (forms()[name], block)
            for name, table in reversed(list(self.tables.items()))
            for block in table.blocks
            if any(entry.key == row and not entry.heading for entry in block.rows)
        ]

    def column(self, key: str) -> Column | None:
        """The column of that key in the newest form that has it."""
        for table in reversed(list(self.tables.values())):
            for column in table.columns:
                if column.key == key:
                    return column
        return None

    def under(self, heading: str) -> frozenset[str]:
        """The rows that stand under that heading in any form; none if it is a heading in no form."""
        return frozenset(row.key for table in self.tables.values() for row in table.rows if row.under == heading)

    def order(self, row: str) -> int:
        """Where the row stands in the union of the forms' rows."""
        return self.row_order.index(row)

    @cached_property
    def row_order(self) -> tuple[str, ...]:
        """All row keys in one order that agrees with every form."""
        ordered: list[str] = []
        for table in reversed(list(self.tables.values())):
            at = 0
            for row in table.rows:
                if row.key in ordered:
                    at = ordered.index(row.key) + 1
                else:
                    ordered.insert(at, row.key)
                    at += 1
        return tuple(ordered)


@cache
def catalogue(name: str) -> Catalogue:
    """The catalogue of that table (``requests`` …)."""
    return Catalogue(name, {form.name: form.tables[name] for form in forms().values() if name in form.tables})


def numbered(row: Row, text: str) -> bool:
    """Whether the text carries the number that the form prints before the row's label: 3.其他, （七）总计."""
    number = half_width(row.number).strip(".、() ")
    return bool(number) and half_width(text).strip().lstrip("( ").startswith(number)


@cache
def digits_in_labels() -> re.Pattern[str]:
    """Digits that belong to the wording of labels (不同方式公开相同信息计1条), told by the characters beside them.

    Groups: what stands before, the digit; a space may stand on either side.
    """
    tables = [table for form in forms().values() for table in form.tables.values()]
    labels = {label for table in tables for row in table.rows for label in row.labels}
    beside = {match.groups() for label in labels for match in re.finditer(r"(\D)\d(?=(\D))", label)}
    before = "".join(sorted({re.escape(one) for one, _ in beside}))
    behind = "".join(sorted({re.escape(other) for _, other in beside}))
    return re.compile(rf"([{before}]\s?)(\d)(?=\s?[{behind}])" if beside else r"(?!)()()")
