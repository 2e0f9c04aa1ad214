"""What a report is: cells that know where they were read, the narrative's figures, and what was found on reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from gongkai.annual.finding import Finding, Number, Where, plain

TABLES = ("publication", "requests", "disputes")
"""The tables of the forms of 2019 and 2021 (sections two, three and four)."""

_NUMBER = re.compile(r"^第?[一二三四五六七八九十]{1,2}(?:部分|[、.．])[、：\s]*")
"""The number of a heading, of which nothing but its number tells that it is one."""

_ANY_NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,2}(?:部分|[、.．：，]|是)?[、：\s]*|（[一二三四五六七八九十]{1,2}）[、.]?|\d{1,2}[、.．])"
)
"""The number of a heading that is known by its words, in any of the ways in which it is written."""

_ROW_NUMBER = re.compile(
    r"^(?:其中：?)?(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、．])?"
)
"""The number before the label of a row, and that it is a part of the row before."""

INDICATORS = "indicators"
"""The statistical table of the form of 2014, and local tables of its time."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a table.

    ``value`` is None where the document leaves the cell blank. A cell that could not be read for sure does not exist.
    ``inferred`` says that the form's sums (or a figure of the narrative) decided between several readings.
    ``text`` is what stands in the document; ``where`` is where.
    """

    value: Number | None
    where: Where | None = None
    inferred: bool = False
    text: str = ""


class State(StrEnum):
    """What a report has in a place where a figure is looked for. Only a figure is added or compared."""

    FIGURE = "figure"
    BLANK = "blank"
    """The report leaves the cell empty, which is not 0."""
    UNREAD = "unread"
    """The report has the cell, but it could not be read for sure."""
    ABSENT = "absent"
    """The report, or its form, has no such cell."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the statistical table used before 2019: label as printed, unit as printed, figure of the year.

    ``key`` names the row in the form of 2014 where it is one of that form; ``cumulative`` is a second column
    (历年累计) where a local table has one.
    """

    label: str
    unit: str
    cell: Cell
    key: str | None = None
    cumulative: Cell | None = None

    @property
    def words(self) -> str:
        """The label without its number: 「其中：1、网上申请数」 is 网上申请数."""
        return _ROW_NUMBER.sub("", self.label)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the narrative: what is counted, the number, its unit, the sentence, the place.

    ``what`` is a name of the forms' ``[[phrases]]`` (for example ``requests_received``) or None where the phrase is not
    one that a form knows; ``phrase`` is the counted thing in the report's own words. ``whole`` is the index (in
    ``Narrative.figures``) of the figure that this one is a part of (其中), ``percent`` tells that the number is a
    percentage of that whole. ``year`` is a year named with it, where there is one. ``in_words`` says that no digits
    stand there: 「未收到…申请」 is 0, 「两次」 is 2.
    """

    what: str | None
    phrase: str
    value: Number
    unit: str
    sentence: str
    where: Where
    section: int | None = None
    whole: int | None = None
    percent: bool = False
    approximate: bool = False
    year: int | None = None
    in_words: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading as printed, with the number of the form's section it stands for (None: not one of the form)."""

    text: str
    section: int | None
    where: Where

    @property
    def words(self) -> str:
        """The heading without its number: 一、总体情况, 第一部分 总体情况 and 总体情况 are one heading."""
        return (_NUMBER if self.section is None else _ANY_NUMBER).sub("", self.text).strip()


@dataclass(frozen=True, slots=True)
class Narrative:
    """The running text: its paragraphs with their section and place, its headings, and its figures."""

    paragraphs: tuple[tuple[int | None, str, Where], ...] = ()
    headings: tuple[Heading, ...] = ()
    figures: tuple[Figure, ...] = ()
    summary: Mapping[str, Any] = field(default_factory=dict)
    """Figures by name, as the JSON shows them: ``{"published": 591, "published_by_kind": {...}, ...}``."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a report says: who, when, which form; figures by table and cell (None: blank); the rows of an old table as
    label, unit, figure and cumulative figure; headings and paragraphs with their section, in order. The numbers before
    headings and labels are left out: they tell the order once more."""

    agency: str | None
    year: int | None
    form: str | None
    title: str
    tables: Mapping[str, Mapping[str, Number | None]]
    indicators: tuple[tuple[str, str, Number | None, Number | None], ...]
    headings: tuple[tuple[int | None, str], ...]
    paragraphs: tuple[tuple[int | None, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report.

    ``tables`` maps a table's name to its cells by name (vocabulary.md); a row that the document does not have is
    absent.
    ``form`` is the form whose rows the document shows; ``forms`` says so table by table (real reports mix forms).
    ``statistics_year`` etc. live in the narrative; ``title`` is the title line as printed. ``published`` is the day of
    publication (ISO) where the file states one. ``source`` is the file's name.
    """

    agency: str | None = None
    year: int | None = None
    form: str | None = None
    forms: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    tables: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    narrative: Narrative = field(default_factory=Narrative)
    findings: tuple[Finding, ...] = ()
    published: str | None = None
    source: str = ""
    format: str = ""

    def cell(self, name: str) -> Cell | None:
        """The cell of that full name (``requests/total:total``), or None if the document has none."""
        table, _, key = name.partition("/")
        return self.tables.get(table, _NOTHING).get(key)

    def value(self, name: str) -> Number | None:
        """The figure in that cell, or None if it is blank or absent."""
        cell = self.cell(name)
        return cell.value if cell else None

    def cells(self) -> Iterator[tuple[str, Cell]]:
        """All cells with their full names, in the order they were read."""
        for table, cells in self.tables.items():
            for key, cell in cells.items():
                yield f"{table}/{key}", cell

    def with_findings(self, *more: Finding) -> Report:
        """The same report with more findings."""
        return replace(self, findings=(*self.findings, *more))

    @property
    def content(self) -> Content:
        """What the report says, without the places where it was read: two files of one report have the same."""
        return Content(
            agency=self.agency,
            year=self.year,
            form=self.form,
            title=self.title,
            tables={
                table: {key: cell.value for key, cell in cells.items()}
                for table, cells in self.tables.items()
                if table in TABLES
            },
            indicators=tuple(
                (row.words, row.unit, row.cell.value, row.cumulative.value if row.cumulative else None)
                for row in self.indicators
            ),
            headings=tuple((heading.section, heading.words) for heading in self.narrative.headings),
            paragraphs=tuple((section, text) for section, text, _ in self.narrative.paragraphs),
        )

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """The object of vocabulary.md. ``inferred`` lists the cells that sums decided, ``places`` where each stands.

        ``headings`` and ``paragraphs`` of the narrative hold the running text, so that nothing of it is lost.
        """
        return {
            "agency": self.agency,
            "year": self.year,
            "form": self.form,
            **{table: _values(self.tables.get(table, _NOTHING)) for table in TABLES},
            "indicators": [
                {
                    "label": row.label,
                    "unit": row.unit,
                    "value": plain(row.cell.value),
                    **({"key": row.key} if row.key else {}),
                    **({"cumulative": plain(row.cumulative.value)} if row.cumulative else {}),
                }
                for row in self.indicators
            ],
            "narrative": {
                **self.narrative.summary,
                "figures": [_figure(figure) for figure in self.narrative.figures],
                "headings": [{"section": each.section, "text": each.text} for each in self.narrative.headings],
                "paragraphs": [{"section": section, "text": text} for section, text, _ in self.narrative.paragraphs],
            },
            "findings": [finding.to_json(lang) for finding in self.findings],
            "source": self.source,
            "format": self.format,
            "title": self.title,
            "published": self.published,
            "forms": dict(self.forms),
            "inferred": [name for name, cell in self.cells() if cell.inferred],
            "places": {name: cell.where.to_json() for name, cell in self.cells() if cell.where},
        }


_NOTHING: Mapping[str, Cell] = MappingProxyType({})


def _values(cells: Mapping[str, Cell]) -> dict[str, Any]:
    return {key: plain(cell.value) for key, cell in cells.items()}


def _figure(figure: Figure) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "what": figure.what,
        "phrase": figure.phrase,
        "value": plain(figure.value),
        "unit": figure.unit,
        "section": figure.section,
        "sentence": figure.sentence,
        "where": figure.where.to_json(),
    }
    if figure.whole is not None:
        shown["part_of"] = figure.whole
    if figure.percent:
        shown["percent"] = True
    if figure.approximate:
        shown["approximate"] = True
    if figure.year is not None:
        shown["year"] = figure.year
    if figure.in_words:
        shown["in_words"] = True
    return shown
