"""The parts of a form: sections, tables with their rows and columns, rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from gongkai.annual.finding import Severity
from gongkai.annual.relation import Relation, Term


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key, label as printed, other labels seen, unit, the groups printed above it."""

    key: str
    label: str
    label_en: str
    unit: str = ""
    variants: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    decimal: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row that carries figures (``heading`` False), or a heading over rows. ``under`` is the key of its heading.

    ``short`` is what an officer calls the row in a sentence, where its label is long.
    """

    key: str
    label: str
    label_en: str
    number: str = ""
    unit: str = ""
    variants: tuple[str, ...] = ()
    outcome: bool = False
    heading: bool = False
    under: str | None = None
    decimal: bool = False
    short: str = ""

    @property
    def brief(self) -> str:
        """What to call the row in a sentence: its short name where the form gives one, else number and label."""
        return self.short or f"{self.number}{self.label}"

    @property
    def labels(self) -> tuple[str, ...]:
        """The label and its variants."""
        return (self.label, *self.variants)


@dataclass(frozen=True, slots=True)
class Group:
    """A label printed over several columns."""

    key: str
    label: str
    label_en: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and columns that belong together, with the line printed above them (第二十条第（五）项)."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heading: str = ""
    heading_en: str = ""


@dataclass(frozen=True)
class Table:
    """A table of a form. ``template`` makes a cell's name of its row's and column's keys.

    ``stub`` is what the form prints over the column of labels (``stub_variants``: what else is seen there), ``units``
    the units that stand in a column of their own under ``unit_heading``, where the table has one;
    figures under ``serial_headings`` (代码, 序号) count nothing, and under ``note_headings`` (备注) stand remarks. A
    second column that adds up all years has ``cumulative_heading`` in its heading, which ends with
    ``cumulative_ending``.
    """

    name: str
    form: str
    section: int
    title: str
    title_en: str
    template: str
    blocks: tuple[Block, ...]
    groups: tuple[Group, ...] = ()
    stub: str = ""
    stub_en: str = ""
    stub_variants: tuple[str, ...] = ()
    unit: str = ""
    units: tuple[str, ...] = ()
    unit_heading: str = ""
    serial_headings: tuple[str, ...] = ()
    note_headings: tuple[str, ...] = ()
    cumulative_heading: str = ""
    cumulative_ending: str = ""

    def cell(self, row: Row | str, column: Column | str) -> str:
        """The name of the cell in that row and column, without the table: ``received:total``."""
        row_key = row if isinstance(row, str) else row.key
        column_key = column if isinstance(column, str) else column.key
        return self.template.format(row=row_key, column=column_key)

    def adds_up_years(self, heading: str) -> bool:
        """Whether a heading is that of the column that adds up all years (历年累计)."""
        return bool(self.cumulative_heading) and self.cumulative_heading in heading

    @cached_property
    def cells(self) -> Mapping[str, tuple[Row, Column]]:
        """Every cell of the table in the order in which the form prints them, with its row and column."""
        return {
            self.cell(row, column): (row, column)
            for block in self.blocks
            for row in block.rows
            if not row.heading
            for column in block.columns
        }

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows that carry figures, in order."""
        return tuple(row for block in self.blocks for row in block.rows if not row.heading)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of all blocks, in order, each once."""
        return tuple(dict.fromkeys(column for block in self.blocks for column in block.columns))

    @cached_property
    def outcomes(self) -> tuple[Row, ...]:
        """The rows that are results of handling (art. 36 and others), which together make the total."""
        return tuple(row for row in self.rows if row.outcome)

    def label(self, cell: str, lang: str = "zh") -> str:
        """The cell in words: 「1.属于国家秘密 · 自然人」."""
        row, column = self.cells[cell]
        groups = {group.key: group for group in self.groups}
        # The groups over a column are named only where its label alone would not tell: 结果维持 stands there thrice.
        alike = sum(other.label == column.label for other in self.columns) > 1
        over = [groups[key] for key in column.group if alike and key in groups]
        if lang == "zh":
            parts = [f"{row.number}{row.label}", *(group.label for group in over), column.label]
        else:
            parts = [row.label_en, *(group.label_en for group in over), column.label_en]
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Rule:
    """A rule: code, severity, words and basis; for a relation what ``holds`` and for ``each`` what.

    ``kind`` is ``relation`` (default), ``filled`` (no blanks) or ``counts`` (whole numbers not below 0).
    ``agencies`` limits the rule to kinds of agency (``department``, ``county``, ``township``).
    """

    code: str
    severity: Severity
    words: str
    words_en: str
    basis: str
    kind: str = "relation"
    table: str | None = None
    each: str | None = None
    relation: Relation | None = None
    agencies: tuple[str, ...] = ()

    @property
    def looks_back(self) -> bool:
        """Whether the rule needs the report of the year before."""
        return self.relation is not None and self.relation.looks_back

    def instances(self, table: Table) -> Iterator[Relation]:
        """The relation over cells of that table: once for each column or row, or once as it stands."""
        if self.relation is None:
            return
        if self.each == "column":
            for column in table.columns:
                yield _over(self.relation, lambda name, c=column: _rows(table, name, c))
        elif self.each == "row":
            for row in table.rows:
                yield _over(self.relation, lambda name, r=row: [table.cell(r, name)])
        else:
            yield _over(self.relation, lambda name: [name])


def _rows(table: Table, name: str, column: Column) -> list[str]:
    return [table.cell(row, column) for row in table.outcomes] if name == "outcomes" else [table.cell(name, column)]


def _over(relation: Relation, cells: Any) -> Relation:
    def side(terms: tuple[Term, ...]) -> tuple[Term, ...]:
        return tuple(Term(cell, term.sign, term.previous) for term in terms for cell in cells(term.name))

    return Relation(side(relation.left), relation.sign, side(relation.right))


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report with the heading the form prescribes and headings seen instead of it."""

    number: int
    heading: str
    heading_en: str
    variants: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True)
class Form:
    """A form of the annual report, with the years it is for and the document it rests on."""

    name: str
    title: str
    title_en: str
    first_year: int
    last_year: int | None
    basis: str
    law: str
    sections: tuple[Section, ...]
    tables: Mapping[str, Table]
    rules: tuple[Rule, ...] = field(default=())

    def holds_for(self, year: int) -> bool:
        """Whether a report of that year is to use this form."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def rule(self, code: str) -> Rule:
        """The rule of that code. Raises KeyError."""
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)
