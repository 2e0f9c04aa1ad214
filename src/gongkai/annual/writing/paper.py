"""What stands on a report, in order, before any format is chosen: title, headings, paragraphs, tables.

Every writer sets the same paper in its format, so that the same words and figures stand in all of them. Sections come
in the order of the report; a table stands behind the paragraphs of its section, as the form has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.annual.finding import Number
from gongkai.annual.form import Form, Section, Table, form_for, forms
from gongkai.annual.form.layout import Sheet, sheet_of
from gongkai.annual.reading.words.frame import UNNAMED
from gongkai.annual.report import INDICATORS, Heading, Indicator, Report

NUMERALS = "一二三四五六七八九十"
"""Sections are numbered 一、 to 十、 (GB/T 9704-2012, 7.3.3)."""


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A heading of the first level as printed (一、总体情况); its section (None: not one of the form)."""

    text: str
    section: int | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of a form as it is printed; ``figures`` by full cell name (None: left blank). ``missing`` are cells that
    the report does not have: they are printed blank, and the proof says so."""

    sheet: Sheet
    figures: Mapping[str, Number | None]
    missing: frozenset[str] = frozenset()

    @property
    def table(self) -> Table:
        """The form's table."""
        return self.sheet.table


@dataclass(frozen=True, slots=True)
class ListTable:
    """A statistical table of an agency's own, used before 2019: rows of label, unit, figure and cumulative figure.

    ``cumulative`` says that the table has a second column of figures, for all years (历年累计).
    """

    title: str
    rows: tuple[Indicator, ...]
    cumulative: bool


Piece = SectionHeading | Paragraph | FormTable | ListTable


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as it is to be written. ``notices`` are printed on its face, before everything else: what is wrong with
    a report that is written all the same. ``form`` is the form it follows."""

    title: str
    agency: str
    year: int | None
    form: Form
    pieces: tuple[Piece, ...]
    notices: tuple[str, ...] = ()

    def tables(self) -> Iterator[FormTable | ListTable]:
        """The tables in order."""
        return (piece for piece in self.pieces if isinstance(piece, (FormTable, ListTable)))


def paper_of(report: Report, notices: Sequence[str] = ()) -> Paper:
    """The report on paper. Raises ValueError if neither its form nor its year is known."""
    form = forms().get(report.form or "") or (form_for(report.year) if report.year else None)
    if form is None:
        raise ValueError("neither form nor year is known")
    title = report.title or title_of(form, report.agency or "", report.year)
    return Paper(title, report.agency or "", report.year, form, tuple(_pieces(report, form)), tuple(notices))


def blank_paper(form: Form, agency: str = "", year: int | None = None) -> Paper:
    """The form without figures and text: headings and empty tables."""
    pieces: list[Piece] = []
    for section in form.sections:
        pieces.append(_heading(section))
        for name in section.tables:
            pieces.append(FormTable(sheet_of(form.tables[name]), {}))
    return Paper(title_of(form, agency, year), agency, year, form, tuple(pieces))


def title_of(form: Form, agency: str, year: int | None) -> str:
    """The title line by rule: agency, year, what it is; places to fill in where one is not known."""
    return f"{agency or UNNAMED}{year or '××××'}年{form.title}"


def _heading(section: Section) -> SectionHeading:
    return SectionHeading(f"{NUMERALS[section.number - 1]}、{section.heading}", section.number)


def _pieces(report: Report, form: Form) -> Iterator[Piece]:
    """Headings before their paragraphs, tables behind those of their section, both in the report's own order."""
    waiting = list(_headings(report, form))
    tables = dict(_tables(report, form))
    for section, texts in _runs(report):
        while any(heading.section == section for heading in waiting):
            heading = waiting.pop(0)
            yield heading
            if heading.section == section:
                break
            yield from _of_section(tables, heading.section)
        yield from map(Paragraph, texts)
        yield from _of_section(tables, section)
    for heading in waiting:
        yield heading
        yield from _of_section(tables, heading.section)
    for pieces in tables.values():
        yield from pieces


def _of_section(tables: dict[int | None, list[Piece]], section: int | None) -> list[Piece]:
    """The tables of a section, which are then no longer to be placed."""
    return tables.pop(section, []) if section is not None else []


def _runs(report: Report) -> Iterator[tuple[int | None, list[str]]]:
    """The paragraphs, those together that follow one another in one section."""
    run: list[str] = []
    section: int | None = None
    for own, text, _ in report.narrative.paragraphs:
        if run and own != section:
            yield section, run
            run = []
        section = own
        run.append(text)
    if run:
        yield section, run


def _headings(report: Report, form: Form) -> Iterator[SectionHeading]:
    """The report's own headings, numbered; those of the form where the report has none."""
    own: Iterable[Heading] = report.narrative.headings
    if not own:
        yield from map(_heading, form.sections)
        return
    number = 0
    for heading in own:
        number = heading.section if heading.section is not None else number + 1
        numeral = NUMERALS[number - 1] if number <= len(NUMERALS) else str(number)
        yield SectionHeading(f"{numeral}、{heading.words}", heading.section)


def _tables(report: Report, form: Form) -> Iterator[tuple[int | None, list[Piece]]]:
    """The report's tables by the section in which they stand."""
    found: dict[int | None, list[Piece]] = {}
    for name, cells in report.tables.items():
        if name == INDICATORS:
            continue
        table = _form_of(name, report, form).tables[name]
        figures = {f"{name}/{key}": cell.value for key, cell in cells.items()}
        missing = frozenset(f"{name}/{key}" for key in table.cells if key not in cells)
        found.setdefault(table.section, []).append(FormTable(sheet_of(table), figures, missing))
    if report.indicators:
        table = next(form for form in forms().values() if INDICATORS in form.tables).tables[INDICATORS]
        found.setdefault(table.section, []).append(_indicators(report, table))
    yield from found.items()


def _form_of(name: str, report: Report, form: Form) -> Form:
    """The form that a table follows: as was read, else the report's, else the newest that has such a table."""
    told = forms().get(report.forms.get(name, form.name))
    return next(one for one in (told, form, *reversed(list(forms().values()))) if one and name in one.tables)


def _indicators(report: Report, table: Table) -> Piece:
    """The table of 2014 where the report has its rows and no others; else a list of the rows that it has."""
    labels = {row.key: row.label for row in table.rows}
    keys = [row.key for row in report.indicators]
    alike = all(row.words == labels.get(row.key or "") and row.cumulative is None for row in report.indicators)
    if alike and keys == [key for key in labels if key in set(keys)] and len(keys) > len(labels) // 2:
        figures = {f"{INDICATORS}/{row.key}": row.cell.value for row in report.indicators}
        missing = frozenset(f"{INDICATORS}/{key}" for key in table.cells if key not in set(keys))
        return FormTable(sheet_of(table), figures, missing)
    return ListTable(table.title, report.indicators, any(row.cumulative for row in report.indicators))
