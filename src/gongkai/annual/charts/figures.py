"""Reports → the figures of a chart: for each year or agency and each quantity a number, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gongkai.annual.charts.kinds import Kind, Series
from gongkai.annual.checking import check
from gongkai.annual.checking.agency import same_agency
from gongkai.annual.checking.equations import Shown, equations, shown
from gongkai.annual.finding import Number, Severity
from gongkai.annual.report import INDICATORS, Report
from gongkai.annual.showing.naming import report_name
from gongkai.annual.showing.words import LANGUAGES, say


class State(StrEnum):
    """Why there is a number, or none."""

    READ = "read"
    BLANK = "blank"
    """The report leaves the cell blank, and no sum says that it is 0."""
    UNREAD = "unread"
    """The cell, or its whole table, is not there or could not be read for sure."""
    NOT_COUNTED = "not_counted"
    """The form of the report does not ask for it."""
    NO_ROW = "no_row"
    """The statistical table of the report, which was read, has no such row (tables of provinces, before 2019)."""
    NO_REPORT = "no_report"
    DIFFERENT = "different"
    """Two reports of one agency and year say different things."""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a chart; ``value`` is None unless it is ``READ``. ``cells`` are those that were missing."""

    value: Number | None
    state: State
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A remark under a chart: a key of the catalogue of words, and what is put into it in each language."""

    key: str
    zh: tuple[tuple[str, object], ...] = ()
    en: tuple[tuple[str, object], ...] = ()

    def words(self, lang: str = "zh") -> str:
        """The remark in that language."""
        values = dict(self.zh if lang == "zh" else self.en)
        return say(self.key, lang, **values) if values else say(self.key, lang)


class Mixed(ValueError):
    """Reports of several agencies and several years: which to draw has to be said. ``agencies`` and ``years`` name
    what is there."""

    def __init__(self, agencies: Sequence[str], years: Sequence[int]) -> None:
        super().__init__(f"{len(agencies)} agencies, {len(years)} years")
        self.agencies, self.years = tuple(agencies), tuple(years)


class Nothing(ValueError):
    """There is no report with a year to draw."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a chart shows. ``about`` is the agency whose years are the ``places``, or the year whose agencies are;
    ``points`` by place and key of the series."""

    kind: Kind
    by_year: bool
    about: str
    places: tuple[str, ...]
    points: Mapping[tuple[str, str], Point]
    notes: tuple[Note, ...] = ()

    def point(self, place: str, series: Series) -> Point:
        """The figure of that series there."""
        return self.points[place, series.key]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Reports put in order: by place, with what was left aside."""

    by_year: bool
    about: str
    places: tuple[str, ...]
    reports: Mapping[str, tuple[Report, ...]]
    notes: tuple[Note, ...]


def choose(reports: Sequence[Report], *, agency: str | None = None, year: int | None = None) -> Chosen:
    """One agency over its years, or several agencies in one year; ``agency`` and ``year`` choose among more.

    Years between the first and the last of which there is no report are places too. Raises Mixed where several agencies
    and several years are left, Nothing where no report is.
    """
    notes = [_about_file("chart_no_year", report) for report in reports if report.year is None]
    dated = [report for report in reports if report.year is not None]
    if any(report.agency for report in dated):
        notes += [_about_file("chart_no_agency", report) for report in dated if not report.agency]
        dated = [report for report in dated if report.agency]
    names = same_agency([*(report.agency or "" for report in dated), *([agency] if agency else [])])

    def name(report: Report) -> str:
        return names[report.agency or ""]

    dated = [report for report in dated if agency is None or name(report) == names[agency]]
    dated = [report for report in dated if year is None or report.year == year]
    if not dated:
        raise Nothing("no report with a year")
    agencies = list(dict.fromkeys(name(report) for report in dated))
    years = sorted({report.year for report in dated if report.year is not None})
    if len(agencies) > 1 and len(years) > 1:
        raise Mixed(agencies, years)
    by_year = len(agencies) == 1
    places = tuple(map(str, range(years[0], years[-1] + 1))) if by_year else tuple(agencies)
    found: dict[str, tuple[Report, ...]] = dict.fromkeys(places, ())
    for report in dated:
        place = str(report.year) if by_year else name(report)
        found[place] = (*found[place], report)
    return Chosen(by_year, agencies[0] if by_year else str(years[0]), places, found, (*notes, *_remarks(dated)))


def figures_of(chosen: Chosen, kind: Kind) -> Figures:
    """The figures of one chart; its kind has only those series that are drawn for some place."""
    points: dict[tuple[str, str], Point] = {}
    notes: list[Note] = []
    for place in chosen.places:
        reports = chosen.reports[place]
        for panel in kind.panels:
            for series in panel.series:
                points[place, series.key] = _one([_point(report, series) for report in reports])
        _stand_in(place, kind, points)
        notes += _doubles(place, reports, [points[place, series.key] for p in kind.panels for series in p.series])
        notes += _missing(place, reports[:1], kind, points)
    old = {name for reports in chosen.reports.values() for report in reports for name in [_era(report)]}
    if len(old) > 1:
        notes.append(Note("chart_forms_differ"))
    drawn = _drawn(kind, points)
    keys = {series.key for panel in drawn.panels for series in panel.series}
    points = {(place, key): point for (place, key), point in points.items() if key in keys}
    return Figures(drawn, chosen.by_year, chosen.about, chosen.places, points, (*notes, *chosen.notes))


def _era(report: Report) -> str:
    """Whether a report counts as the form of 2014 did or as those since 2019 do."""
    return "indicators" if report.indicators else "tables"


def _stand_in(place: str, kind: Kind, points: dict[tuple[str, str], Point]) -> None:
    """A series that stands in for others is counted only where a report's own table lacks the rows of all of these."""
    for panel in kind.panels:
        for series in panel.series:
            states = {points[place, key].state for key in series.instead_of}
            point = points[place, series.key]
            wanted = State.NO_ROW in states and states <= {State.NO_ROW, State.NOT_COUNTED}
            if states and not wanted and point.state not in (State.NO_REPORT, State.DIFFERENT):
                points[place, series.key] = Point(None, State.NOT_COUNTED)


def _drawn(kind: Kind, points: Mapping[tuple[str, str], Point]) -> Kind:
    """The chart without series that stand in for others nowhere."""
    found = {key for (_, key), point in points.items() if point.state in (State.READ, State.BLANK, State.UNREAD)}
    return replace(
        kind,
        panels=tuple(
            replace(panel, series=tuple(each for each in panel.series if not each.instead_of or each.key in found))
            for panel in kind.panels
        ),
    )


def _point(report: Report, series: Series) -> Point:
    """The figure of a series in one report, by the first possibility that its forms have."""
    held = shown(report)
    no_row = False
    for cells in series.cells:
        if all(_known(held, cell) for cell in cells):
            if not any(_no_row(report, held, cell) for cell in cells):
                return _sum(held, cells)
            no_row = True
    if no_row:
        return Point(None, State.NO_ROW)
    there = any(cell.partition("/")[0] in held.forms for cells in series.cells for cell in cells)
    another = not there and bool(held.forms) and not any(_same_era(held, cells) for cells in series.cells)
    return Point(None, State.NOT_COUNTED if there or another else State.UNREAD)


def _known(held: Shown, cell: str) -> bool:
    table, _, key = cell.partition("/")
    return table in held.forms and key in held.forms[table].tables[table].cells


def _no_row(report: Report, held: Shown, cell: str) -> bool:
    """Whether the statistical table was read without a doubt that could be about that row, and does not have it."""
    if cell in held.cells or not cell.startswith(f"{INDICATORS}/"):
        return False
    own = [name for finding in report.findings for name in finding.cells if name.startswith(f"{INDICATORS}/")]
    return not any(name == cell or not _known(held, name) for name in own)


def _same_era(held: Shown, cells: Sequence[str]) -> bool:
    """Whether any form that the report shows has those cells at all, in a table that the report may lack."""
    tables = {cell.partition("/")[0] for cell in cells}
    return any(tables <= set(form.tables) for form in held.forms.values())


def _sum(held: Shown, cells: Sequence[str]) -> Point:
    unread = tuple(cell for cell in cells if cell not in held.cells)
    if unread:
        return Point(None, State.UNREAD, unread)
    blank = tuple(cell for cell in cells if held.cells[cell].value is None and not _surely_zero(held, cell))
    if blank:
        return Point(None, State.BLANK, blank)
    return Point(sum((held.cells[cell].value or 0 for cell in cells), 0), State.READ)


def _surely_zero(held: Shown, blank: str) -> bool:
    """Whether a sum of the form holds with that blank, and others, as 0: then nothing was left out."""
    form = held.forms[blank.partition("/")[0]]
    for equation in equations(form):
        sure = equation.sign == "=" and equation.rule.severity is Severity.ERROR and not any(equation.previous)
        if not sure or blank not in equation.cells or any(cell not in held.cells for cell in equation.cells):
            continue
        values = [held.cells[cell].value for cell in equation.cells]
        difference = sum((value or 0) * by for value, by in zip(values, equation.coefficients, strict=True))
        if difference == 0 and not equation.silent([value is None for value in values]):
            return True
    return False


def _one(points: Sequence[Point]) -> Point:
    """The figure that all reports of a place give."""
    if not points:
        return Point(None, State.NO_REPORT)
    alike = all((point.value, point.state) == (points[0].value, points[0].state) for point in points)
    return points[0] if alike else Point(None, State.DIFFERENT)


def _doubles(place: str, reports: Sequence[Report], points: Sequence[Point]) -> list[Note]:
    """That there are several reports of one agency and year, with their files."""
    if len(reports) < 2:
        return []
    files = [report.source or report.title for report in reports]
    different = any(point.state is State.DIFFERENT for point in points)
    key = "chart_two_differ" if different else "chart_two_alike"
    return [_note(key, zh={"place": place, "files": "、".join(files)}, en={"place": place, "files": ", ".join(files)})]


def _missing(place: str, reports: Sequence[Report], kind: Kind, points: Mapping[tuple[str, str], Point]) -> list[Note]:
    """Which cells of a place are unread or blank, so that their quantity is not drawn."""
    notes = []
    for state, key in ((State.UNREAD, "chart_unread"), (State.BLANK, "chart_blank")):
        series = [each for panel in kind.panels for each in panel.series if points[place, each.key].state is state]
        if not series or not reports:
            continue
        held = shown(reports[0])
        cells = [cell for each in series for cell in points[place, each.key].cells]
        named = {
            lang: [held.label(cell, lang) for cell in cells] or [each.words(lang) for each in series]
            for lang in LANGUAGES
        }
        zh, en = "；".join(dict.fromkeys(named["zh"])), "; ".join(dict.fromkeys(named["en"]))
        notes.append(_note(key, zh={"place": place, "cells": zh}, en={"place": place, "cells": en}))
    return notes


def _remarks(reports: Sequence[Report]) -> list[Note]:
    """Reports whose check finds errors: their figures are drawn as they stand, and the chart says so."""
    checked = check(reports)
    notes = []
    for report in reports:
        count = sum(finding.severity is Severity.ERROR for finding in checked.of(report))
        if count:
            zh, en = (report_name(report, lang, short=True) for lang in LANGUAGES)
            notes.append(_note("chart_errors", zh={"report": zh, "n": count}, en={"report": en, "n": count}))
    return notes


def _about_file(key: str, report: Report) -> Note:
    name = report.source or report.title or report_name(report)
    return _note(key, zh={"file": name}, en={"file": name})


def _note(key: str, zh: Mapping[str, object], en: Mapping[str, object]) -> Note:
    return Note(key, tuple(zh.items()), tuple(en.items()))
