"""Reports of one made-up district, and for each rule of merging what breaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from gongkai.annual.finding import Finding, Severity
from gongkai.annual.merging import Merged, merge
from gongkai.annual.report import Cell, Indicator, Report
from gongkai.demo import faults
from gongkai.demo.agencies import DISTRICT_AGENCIES, Agency
from gongkai.demo.making import make

GOVERNMENT = DISTRICT_AGENCIES[0].name
MEMBERS = DISTRICT_AGENCIES[1:]
NAMES = [agency.name for agency in MEMBERS]
LICENCES = "publication/licences.decisions"


@cache
def _made(year: int, seed: int, form: str | None) -> tuple[Report, ...]:
    rng = Random(seed)
    made = [make(rng, agency=agency, year=year, form=form) for agency in MEMBERS]
    return tuple(replace(report, source=f"{report.agency}.docx") for report in made)


def parts(year: int = 2023, seed: int = 1, form: str | None = None) -> list[Report]:
    """The reports of the district's office, departments and town for a year; each keeps every rule."""
    return list(_made(year, seed, form))


def merged(given: list[Report], **told: Any) -> Merged:
    """These merged to the district's report."""
    return merge(given, agency=GOVERNMENT, **told)


def codes(result: Merged, severity: Severity = Severity.ERROR) -> list[str]:
    """The codes of what was found of that severity."""
    return [finding.code for finding in result.findings if finding.severity is severity]


def one(result: Merged, code: str) -> Finding:
    """The one finding of that code."""
    (finding,) = [finding for finding in result.findings if finding.code == code]
    return finding


def without(report: Report, cell: str) -> Report:
    """The report without that cell."""
    table, _, key = cell.partition("/")
    cells = {name: held for name, held in report.tables[table].items() if name != key}
    return replace(report, tables={**report.tables, table: cells})


def unread(report: Report, cell: str) -> Report:
    """The report with that cell in the file but not read for sure."""
    return without(report, cell).with_findings(
        Finding("R-1", Severity.WARNING, "未能确定", "not read for sure", cells=(cell,))
    )


def elsewhere() -> Report:
    """A report of another district's agency."""
    agency = Agency("南溪市松江区教育局", "区教育局", "county", "department", 1.4)
    return replace(make(Random(8), agency=agency, year=2023), source="南溪.docx")


def street() -> list[Report]:
    """A lower government's report and that of an agency of its place."""
    names = ("青禾市棠湾区石桥县人民政府", "青禾市棠湾区石桥县教育局")
    made = [make(Random(9), agency=Agency(name, "本机关", "county", "department", 1.2), year=2023) for name in names]
    return [replace(report, source=f"{report.agency}.docx") for report in made]


def with_local_rows() -> list[Report]:
    """Statistical tables of 2016, one with a row of the agency's own."""
    given = parts(2016)
    own = Indicator("接待现场查阅人次", "人次", Cell(3))
    return [replace(given[0], indicators=(*given[0].indicators, own)), *given[1:]]


def changed(report: Report) -> Report:
    """Another version of the report, with another figure."""
    return replace(faults.misprint(report, LICENCES, (report.value(LICENCES) or 0) + 1), source="另一份.docx")


ERRONEOUS = "T3-1"

BROKEN: dict[str, Callable[[], Merged]] = {
    "M-1": lambda: merged(parts()[1:], members=NAMES),
    "M-2": lambda: merged(parts(), unread=["坏.pdf"]),
    "M-3": lambda: merged([faults.break_rule(parts()[0], ERRONEOUS, Random(1)), *parts()[1:]]),
    "M-4": lambda: merged(parts(), published={NAMES[2]: "2024-02-05"}),
    "M-4b": lambda: merged([replace(parts()[2], published="2024-02-05"), *parts()[3:]]),
    "M-5": lambda: merged([*parts(), replace(parts()[0], source="又一份.pdf")]),
    "M-5b": lambda: merged([*parts(), changed(parts()[0])]),
    "M-5c": lambda: merged([*parts(), changed(parts()[0])], take=["另一份.docx"]),
    "M-6": lambda: merged([*parts(), *parts(2022)[:1]], year=2023),
    "M-6b": lambda: merged([*parts(), *parts(2022)[:1]]),
    "M-6c": lambda: merged(parts(), year=2001),
    "M-7": lambda: merged([parts(form="2019")[0], *parts()[1:]]),
    "M-8": lambda: merged([faults.misprint(parts()[0], LICENCES, None), *parts()[1:]]),
    "M-9": lambda: merged([without(parts()[0], LICENCES), *parts()[1:]]),
    "M-10": lambda: merged([*parts(), make(Random(3), agency=DISTRICT_AGENCIES[0], year=2023)]),
    "M-10b": lambda: merged([*parts(), *street()]),
    "M-11": lambda: merged([*parts(), elsewhere()]),
    "M-11b": lambda: merged(parts(), members=NAMES[1:]),
    "M-12": lambda: merged([replace(parts()[0], agency=None), *parts()[1:]]),
    "M-13": lambda: merged(parts(2020)),
    "M-14": lambda: merged(with_local_rows()),
    "M-15": lambda: merged([], year=2023),
}
"""For each rule of merging a merge that breaks it."""
