"""What each part has for each cell of the merged form, and the sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.annual.checking.areas import adds_up
from gongkai.annual.checking.equations import Shown, shown
from gongkai.annual.finding import Number, Where
from gongkai.annual.form import Form, Table
from gongkai.annual.form.matching import counterparts
from gongkai.annual.merging.merged import Addend
from gongkai.annual.report import INDICATORS, Cell, Heading, Indicator, Narrative, Report, State


def sums(form: Form) -> tuple[str, ...]:
    """The cells of the form, by full name, that are sums of the agencies' cells (年度报告汇总口径)."""
    return tuple(name for name, table, key in _cells(form) if adds_up(table, key))


def no_sums(form: Form) -> tuple[str, ...]:
    """The cells of the form that are not: several agencies keep one item."""
    return tuple(name for name, table, key in _cells(form) if not adds_up(table, key))


def _cells(form: Form) -> list[tuple[str, Table, str]]:
    return [(f"{table.name}/{key}", table, key) for table in form.tables.values() for key in table.cells]


@dataclass(frozen=True)
class Contribution:
    """A part seen by the cells of the form of the merged report."""

    report: Report
    form: Form

    @cached_property
    def shown(self) -> Shown:
        """The part's own figures, and the form of each of its tables."""
        return shown(self.report)

    @cached_property
    def _unread(self) -> frozenset[str]:
        return frozenset(cell for finding in self.report.findings for cell in finding.cells)

    def strange_tables(self) -> dict[str, str]:
        """The tables that follow another form than the merged one and lack cells for it, with that form's name."""
        found = {}
        for name, form in self.shown.forms.items():
            if name in self.form.tables and form.name != self.form.name and self.unmatched(name):
                found[name] = form.name
        return found

    def unmatched(self, table: str) -> list[str]:
        """The cells of the merged form's table that the part's form does not have, by full name."""
        own = self.shown.forms[table].tables[table]
        matched = counterparts(self.form.tables[table], own)
        return [f"{table}/{key}" for key in self.form.tables[table].cells if key not in matched]

    def addend(self, part: int, name: str) -> Addend:
        """What the part has for that cell of the merged form."""
        table, _, key = name.partition("/")
        of = self.shown.forms.get(table)
        own = counterparts(self.form.tables[table], of.tables[table]).get(key) if of else (key,)
        names = tuple(f"{table}/{cell}" for cell in own or ())
        cells = [self.shown.cells.get(cell) for cell in names]
        there = [cell for cell in cells if cell is not None]
        where = next((cell.where for cell in there if cell.where), None)
        if not cells or len(there) < len(cells):
            unread = any(cell in self._unread for cell in names)
            return Addend(part, State.UNREAD if unread else State.ABSENT, None, names, where)
        values = [cell.value for cell in there if cell.value is not None]
        if len(values) < len(there):
            return Addend(part, State.BLANK, None, names, where)
        return Addend(part, State.FIGURE, sum(values), names, where)


def total(addends: Sequence[Addend]) -> Number | None:
    """The sum of the figures; None (a blank) where no part has one."""
    values = [addend.value for addend in addends if addend.value is not None]
    return sum(values) if values else None


def put_together(agency: str, year: int, form: Form, addends: Mapping[str, Sequence[Addend]]) -> Report:
    """The merged report: every cell of the form with its sum, those that are no sums blank, and the form's headings
    without any text under them."""
    tables: dict[str, dict[str, Cell]] = {}
    for name, table, key in _cells(form):
        tables.setdefault(table.name, {})[key] = Cell(total(addends.get(name, ())))
    rows = form.tables[INDICATORS].rows if INDICATORS in tables else ()
    headings = tuple(Heading(section.heading, section.number, Where()) for section in form.sections)
    return Report(
        agency=agency,
        year=year,
        form=form.name,
        forms=dict.fromkeys(tables, form.name),
        title=f"{agency}{year}年{form.title}",
        tables=tables,
        indicators=tuple(Indicator(row.label, row.unit, tables[INDICATORS][row.key], row.key) for row in rows),
        narrative=Narrative(headings=headings),
    )
