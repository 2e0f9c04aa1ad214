"""What a comparison comes to: cells side by side with their changes, sections of text, figures of the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from gongkai.annual.checking import agency
from gongkai.annual.finding import Finding, Number, plain
from gongkai.annual.form import Table, forms
from gongkai.annual.report import Report, State


@dataclass(frozen=True, slots=True)
class Entry:
    """What one report has for a cell; ``cells`` are its own, several where its form divides the row."""

    state: State
    value: Number | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """From one figure to the next: the difference, and in percent of the first where that is above 0."""

    difference: Number
    percent: Decimal | None
    notable: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A cell in all reports, in their order, and the change from each to the next (None where one has no figure).

    ``name`` is the cell's full name; ``extra`` says that the form of the last report does not have it.
    """

    name: str
    entries: tuple[Entry, ...]
    changes: tuple[Change | None, ...]
    extra: bool = False

    @property
    def silent(self) -> bool:
        """Whether it says nothing: 0 or no such cell in every report."""
        return all(entry.state is State.ABSENT or entry.value == 0 for entry in self.entries)

    @property
    def notable(self) -> bool:
        """Whether one of its changes is large."""
        return any(change is not None and change.notable for change in self.changes)


@dataclass(frozen=True)
class ComparedTable:
    """A table in all reports: the form by which it is laid out (that of the last report that has it), its lines."""

    table: Table
    lines: tuple[Line, ...]
    forms: tuple[str | None, ...]
    """The form of this table in each report; None where the report does not have it."""

    def line(self, name: str) -> Line | None:
        """The line of the cell of that full name."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, Line]:
        return {line.name: line for line in self.lines}

    def label(self, name: str, lang: str = "zh") -> str:
        """A line's cell in the words of the form that has it."""
        key = name.partition("/")[2]
        owners = [self.table, *(forms()[form].tables[self.table.name] for form in self.forms if form)]
        return next((table.label(key, lang) for table in owners if key in table.cells), key)


class Kind(StrEnum):
    """What became of a sentence from the left report to the right one."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence and what became of it: ``same``, ``gone`` (left only) or ``new`` (right only)."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of the left report and the one of the right that took its place; one side may be empty.

    ``pieces`` take a changed sentence apart, left and right in one row.
    """

    kind: Kind
    left: str
    right: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section of the text in two reports: its sentences side by side, how alike the two are in percent.

    ``likeness`` leaves out figures, years and names; None where one of the two is too short to say.
    """

    number: int | None
    heading: str
    pairs: tuple[Pair, ...]
    likeness: int | None = None

    def count(self, kind: Kind) -> int:
        """How many sentences are of that kind."""
        return sum(pair.kind == kind for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A thing that the texts count, by its name in the forms' phrases: the figures of each report, the changes."""

    what: str
    label: str
    label_en: str
    values: tuple[tuple[Number, ...], ...]
    units: tuple[str, ...]
    changes: tuple[Change | None, ...]


@dataclass(frozen=True)
class Comparison:
    """Reports side by side in the order given. Sections of the text are compared between the last two."""

    reports: tuple[Report, ...]
    tables: tuple[ComparedTable, ...]
    sections: tuple[ComparedSection, ...] = ()
    figures: tuple[ComparedFigure, ...] = ()
    findings: tuple[Finding, ...] = ()
    indicators: tuple[Line, ...] = ()
    """Rows of agencies' own statistical tables (before 2019), matched by their label and unit."""

    @property
    def one_agency(self) -> bool:
        """Whether all are of one agency, so that the columns are years."""
        names = {report.agency for report in self.reports}
        given = [name for name in names if name]
        return len(given) == len(names) and len(set(agency.same_agency(given).values())) == 1

    def lines(self) -> Iterator[Line]:
        """All lines of all tables."""
        for table in self.tables:
            yield from table.lines
        yield from self.indicators

    def changed(self) -> list[Line]:
        """The lines in which a figure is not the one before it."""
        return [line for line in self.lines() if any(change and change.difference for change in line.changes)]

    def notable(self) -> list[Line]:
        """The lines with a large change."""
        return [line for line in self.lines() if line.notable]

    def line(self, name: str) -> Line | None:
        """The line of that cell."""
        return next((line for line in self.lines() if line.name == name), None)

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """The object of ``gongkai compare --format json``; lines in which every report has 0 are left out."""
        return {
            "reports": [
                {"agency": report.agency, "year": report.year, "form": report.form, "source": report.source}
                for report in self.reports
            ],
            "cells": {line.name: _line(line) for line in self.lines() if not line.silent},
            "sections": [_section(section) for section in self.sections],
            "figures": {figure.what: _figure(figure) for figure in self.figures},
            "findings": [finding.to_json(lang) for finding in self.findings],
        }


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    told: Mapping[str, Any] = {"difference": plain(change.difference), "percent": plain(change.percent)}
    return {**told, "notable": True} if change.notable else dict(told)


def _line(line: Line) -> dict[str, Any]:
    told: dict[str, Any] = {
        "values": [plain(entry.value) for entry in line.entries],
        "changes": [_change(change) for change in line.changes],
    }
    if any(entry.state is not State.FIGURE for entry in line.entries):
        told["states"] = [entry.state.value for entry in line.entries]
    if any(len(entry.cells) > 1 for entry in line.entries):
        told["cells"] = [list(entry.cells) for entry in line.entries]
    return told


def _section(section: ComparedSection) -> dict[str, Any]:
    return {
        "section": section.number,
        "heading": section.heading,
        "likeness": section.likeness,
        "sentences": [
            {"kind": pair.kind.value, "left": pair.left or None, "right": pair.right or None} for pair in section.pairs
        ],
    }


def _figure(figure: ComparedFigure) -> dict[str, Any]:
    return {
        "values": [[plain(value) for value in values] for values in figure.values],
        "changes": [_change(change) for change in figure.changes],
    }
