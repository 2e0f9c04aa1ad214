"""What there is to show of each report: its tables laid out, the state of every cell, its findings numbered.

Pure values between the checked reports and the formats: text, HTML and XLSX show the same view and decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from gongkai.annual.finding import Finding, Severity
from gongkai.annual.form import Table, forms
from gongkai.annual.form.layout import sheet_of
from gongkai.annual.phrases import phrases
from gongkai.annual.report import INDICATORS, TABLES, Cell, Figure, Indicator, Report
from gongkai.annual.showing.marks import (
    GRAVITY,
    Beside,
    Note,
    Seen,
    ShownIndicator,
    ShownTable,
    State,
    gravest,
    of_another,
)
from gongkai.annual.showing.naming import number
from gongkai.annual.showing.words import say

SHORT_SUM = 4
"""All cells of a sum of so many are ringed; of a longer one only the suspect, for a wrong total is likelier."""

NAMED = 3
"""So many cells of a finding are named in words; how many there are is told."""


@dataclass(frozen=True)
class View:
    """A report as it is shown. ``number`` counts the reports shown together from 1."""

    number: int
    report: Report
    findings: tuple[Finding, ...]
    file: str = ""
    """The file's name, with as much of its folders as tells it from the others shown."""

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The findings about the report, numbered from the gravest."""
        ordered = sorted(self.findings, key=lambda finding: GRAVITY.index(finding.severity))
        return tuple(Note(i, finding, self._suspect(finding)) for i, finding in enumerate(ordered, 1))

    def _suspect(self, finding: Finding) -> tuple[str, ...]:
        """The cells to look at first: of a long sum the one that the check suspects, else the total; else all."""
        named = [cell for cell in finding.cells if not of_another(cell)]
        suspect = finding.details.get("suspect")
        if suspect in named:
            return (str(suspect),)
        return tuple(named[:1] if _is_sum(finding) and len(named) > SHORT_SUM else named)

    @cached_property
    def tables(self) -> tuple[ShownTable, ...]:
        """The tables that the form asks for, in order; of one that the document lacks all cells are absent."""
        return tuple(self._shown(self._tables[name]) for name in TABLES if name in self._tables)

    @cached_property
    def indicators(self) -> tuple[ShownIndicator, ...]:
        """The rows of a statistical table, in the document's order."""
        return tuple(self._indicator(row) for row in self.report.indicators)

    @cached_property
    def narrative(self) -> tuple[tuple[Beside, ...], tuple[Figure, ...]]:
        """The text's figures that a table repeats or a finding is about, the table's beside them; and all others."""
        beside: list[Beside] = []
        rest: list[Figure] = []
        for figure in self.figures:
            notes = tuple(note for note in self.notes if _speaks_of(note.finding, figure))
            cells = self._repeated(figure)
            if notes or cells:
                total = sum((self.report.value(cell) or 0 for cell in cells), start=0)
                beside.append(Beside(figure, number(total) if cells else "", cells, notes))
            else:
                rest.append(figure)
        return tuple(beside), tuple(rest)

    def _repeated(self, figure: Figure) -> tuple[str, ...]:
        """The cells that the figure repeats, to be added up: of several possibilities the one that equals it."""
        phrase = phrases().get(figure.what or "")
        possible = [
            cells for cells in (phrase.cells if phrase else ()) if all(self.report.value(c) is not None for c in cells)
        ]
        same = [cells for cells in possible if sum(self.report.value(c) or 0 for c in cells) == figure.value]
        return next(iter((*same, *possible)), ())

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The narrative's figures."""
        return self.report.narrative.figures

    @property
    def severity(self) -> Severity | None:
        """The gravest of its findings."""
        return gravest(note.finding for note in self.notes)

    def count(self, severity: Severity) -> int:
        """How many findings of that severity it has."""
        return sum(note.finding.severity is severity for note in self.notes)

    @cached_property
    def marked(self) -> tuple[str, ...]:
        """The cells that notes are about, each once, in the notes' order."""
        return tuple(dict.fromkeys(cell for note in self.notes for cell in note.cells))

    @cached_property
    def shown(self) -> tuple[Seen, ...]:
        """Every figure that the report's tables show, in order."""
        tables = (cell for table in self.tables if table.there for cell in (*table.cells.values(), *table.others))
        return (*tables, *(row.seen for row in self.indicators))

    def label(self, cell: str, lang: str = "zh") -> str:
        """A cell's full name in the form's words, for example 「2023 年 四、结转下年度继续办理 · 总计」.

        What the form has no words for is given as it is named.
        """
        if of_another(cell):
            return say("of_year", lang, year=cell[:4], cell=self.label(cell[5:], lang))
        name, _, key = cell.partition("/")
        table = self._tables.get(name)
        return table.label(key, lang) if table is not None and key in table.cells else key or cell

    def named(self, note: Note, lang: str = "zh") -> str:
        """The cells of a finding in words: those to look at first, and how many there are in all."""
        cells = ((*note.suspect, *note.elsewhere) if note.suspect else note.cells)[:NAMED]
        words = ("；" if lang == "zh" else "; ").join(self.label(cell, lang) for cell in cells)
        count = len(note.cells) + len(note.elsewhere)
        return f"{words} {say('more_cells', lang, n=count)}" if count > len(cells) else words

    def unit(self, cell: str) -> str:
        """The unit of the figure in that cell; empty where the form states none."""
        name, _, key = cell.partition("/")
        table = self._tables.get(name)
        if table is None or key not in table.cells:
            return ""
        row, column = table.cells[key]
        return column.unit or row.unit or table.unit

    def caption(self, table: Table, lang: str = "zh") -> str:
        """The heading of the section in which the form prints the table."""
        form = forms()[table.form]
        section = next((section for section in form.sections if table.name in section.tables), None)
        if section is None:
            return table.title if lang == "zh" else table.title_en
        numeral = "〇一二三四五六七八九十"[section.number]
        return f"{numeral}、{section.heading}" if lang == "zh" else f"{section.number}. {section.heading_en}"

    @cached_property
    def _tables(self) -> Mapping[str, Table]:
        """The tables by which the report is shown and named."""
        return {name: table for name in (*TABLES, INDICATORS) if (table := self._table(name)) is not None}

    def _table(self, name: str) -> Table | None:
        """The table of that name in the form the report shows for it; else in the form that fits its cells best."""
        stated = forms().get(self.report.forms.get(name) or self.report.form or "")
        cells = self.report.tables.get(name) or {}
        if stated is not None and (name in stated.tables or not cells):
            return stated.tables.get(name)
        able = [form.tables[name] for form in forms().values() if name in form.tables and cells]
        return max(able, key=lambda table: sum(cell in table.cells for cell in cells), default=None)

    def _shown(self, table: Table) -> ShownTable:
        sheet = sheet_of(table)
        cells = {place.cell: self.seen(place.cell) for place in sheet.figures()}
        mine = self.report.tables.get(table.name) or {}
        others = tuple(self.seen(name) for key in mine if (name := f"{table.name}/{key}") not in cells)
        return ShownTable(sheet, cells, others)

    def seen(self, name: str) -> Seen:
        """The cell of that full name as it is shown."""
        cell = self.report.cell(name)
        notes = self._notes_by_cell.get(name, ())
        if cell is not None:
            return Seen(name, _state(cell), number(cell.value), notes, cell.where)
        return Seen(name, State.UNREAD if name in self._unread else State.ABSENT, "", notes)

    def _indicator(self, row: Indicator) -> ShownIndicator:
        """A row of the statistical table; a finding names it by its key, or by its label where it has none."""
        name = f"{INDICATORS}/{row.key or row.label}"
        notes = self._notes_by_cell.get(name, ())
        seen = Seen(name, _state(row.cell), number(row.cell.value), notes, row.cell.where)
        return ShownIndicator(row, seen, number(row.cumulative.value) if row.cumulative else "")

    @cached_property
    def _notes_by_cell(self) -> Mapping[str, tuple[Note, ...]]:
        found: dict[str, tuple[Note, ...]] = {}
        for note in self.notes:
            for cell in dict.fromkeys(note.cells):
                found[cell] = (*found.get(cell, ()), note)
        return found

    @cached_property
    def _unread(self) -> frozenset[str]:
        return frozenset(cell for finding in self.report.findings for cell in finding.cells)


def _is_sum(finding: Finding) -> bool:
    """Whether the finding is of a rule by which a form relates its cells."""
    return any(rule.code == finding.code and rule.relation for form in forms().values() for rule in form.rules)


def _speaks_of(finding: Finding, figure: Figure) -> bool:
    """Whether the finding is about that figure of the text: it names its place, and its words or its number."""
    if finding.where is None or finding.where != figure.where or _is_sum(finding):
        return False
    if figure.phrase == "" or figure.phrase not in finding.message:
        return finding.actual == figure.value
    return number(figure.value) in re.findall(r"\d+(?:\.\d+)?", finding.message)


def _state(cell: Cell) -> State:
    if cell.value is None:
        return State.BLANK
    return State.INFERRED if cell.inferred else State.READ
