"""A made-up report: an agency, a year, a form, its figures and its text, as the reader ought to find them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from gongkai.annual.finding import Number
from gongkai.annual.form import Form, forms
from gongkai.annual.report import INDICATORS, Cell, Indicator, Report
from gongkai.demo import figures, texts
from gongkai.demo.agencies import AGENCIES, Agency


def make(
    rng: Random,
    *,
    agency: Agency | None = None,
    year: int | None = None,
    form: str | None = None,
    previous: Report | None = None,
    slips: frozenset[str] = frozenset(),
    volume: float | None = None,
) -> Report:
    """A report whose tables keep every rule of its form and whose text agrees with them but for the ``slips``.

    What is not given is drawn. ``form`` may be one that is wrong for the year. ``previous`` is the same agency's report
    of the year before, for the figures that are carried over.
    """
    agency = agency or rng.choice(AGENCIES)
    chosen = forms()[form] if form else _form_of(year) if year else rng.choice(list(forms().values()))
    year = year or rng.randint(max(chosen.first_year, 2016), chosen.last_year or 2025)
    tables = figures.draw(
        chosen,
        rng,
        volume=agency.volume if volume is None else volume,
        previous=values(previous) if previous else None,
        kinds=agency.kinds,
    )
    made = Report(agency=agency.name, year=year, form=chosen.name, title=f"{agency.name}{year}年{chosen.title}")
    return retold(with_values(made, tables), agency, rng, slips=slips)


def retold(report: Report, agency: Agency, rng: Random, *, slips: frozenset[str] = frozenset()) -> Report:
    """The report with a text made anew from its tables, which agrees with them but for the ``slips``."""
    form, year = forms()[report.form or ""], report.year or 0
    elsewhere = _elsewhere(agency, rng).name
    return replace(report, narrative=texts.tell(agency, year, form, values(report), rng, slips=slips, others=elsewhere))


def _form_of(year: int) -> Form:
    return next(form for form in forms().values() if form.holds_for(year))


def _elsewhere(agency: Agency, rng: Random) -> Agency:
    """An agency of another county."""
    places = [other for other in AGENCIES if other.level in ("county", "township")]
    return rng.choice([other for other in places if other.name[:3] != agency.name[:3]])


def values(report: Report) -> dict[str, dict[str, Number | None]]:
    """A report's figures by table and cell."""
    return {table: {name: cell.value for name, cell in cells.items()} for table, cells in report.tables.items()}


def with_values(report: Report, tables: Mapping[str, Mapping[str, Number | None]]) -> Report:
    """The same report with these figures in its tables; a table that is not given is not in the report."""
    form = forms()[report.form or ""]
    indicators: tuple[Indicator, ...] = ()
    if INDICATORS in tables and INDICATORS in form.tables:
        rows = {row.key: row for row in form.tables[INDICATORS].rows}
        indicators = tuple(
            Indicator(rows[key].label, rows[key].unit, Cell(value), key=key)
            for key, value in tables[INDICATORS].items()
        )
    return replace(
        report,
        tables={name: {cell: Cell(value) for cell, value in cells.items()} for name, cells in tables.items()},
        forms={name: report.forms.get(name, form.name) for name in tables},
        indicators=indicators,
    )
