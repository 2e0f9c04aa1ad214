"""Comparing: two years or two agencies (or several) side by side, figures and text, with what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.annual.checking import agency, years
from gongkai.annual.checking.common import Both, joined
from gongkai.annual.checking.pairs import pair
from gongkai.annual.checking.sentences import section, table_name
from gongkai.annual.comparing import figures, texts
from gongkai.annual.comparing.comparison import (
    Change,
    ComparedFigure,
    ComparedSection,
    ComparedTable,
    Comparison,
    Entry,
    Kind,
    Line,
    Pair,
    Piece,
)
from gongkai.annual.comparing.figures import rule
from gongkai.annual.finding import Finding
from gongkai.annual.report import Report, State

__all__ = [
    "Change",
    "ComparedFigure",
    "ComparedSection",
    "ComparedTable",
    "Comparison",
    "Entry",
    "Kind",
    "Line",
    "Pair",
    "Piece",
    "State",
    "compare",
    "ordered",
]


def compare(left: Report, right: Report, *more: Report) -> Comparison:
    """The reports side by side in the order given: every cell with the change from each report to the next, the
    figures of the texts, and the running text of the last two sentence by sentence.

    Cells of different forms are compared where the forms' files say they are the same. Blank and unread cells are
    compared with nothing. What is carried over from year to year is checked by the forms' own rules.
    """
    reports = (left, right, *more)
    tables = figures.tables(reports)
    sections = texts.sections(*reports[-2:])
    compared = Comparison(reports, tables, sections, figures.told(reports), indicators=figures.indicators(reports))
    found = tuple(_findings(compared))
    return Comparison(reports, tables, sections, compared.figures, found, compared.indicators)


def ordered(reports: Sequence[Report]) -> list[Report]:
    """Reports as they are best compared: agency by agency in the order given, the years of each from old to new."""
    names = agency.same_agency({report.agency for report in reports if report.agency})
    order = {name: at for at, name in enumerate(dict.fromkeys(names.get(one.agency or "", "") for one in reports))}
    return sorted(reports, key=lambda report: (order[names.get(report.agency or "", "")], report.year or 0))


def _findings(compared: Comparison) -> Iterator[Finding]:
    """What is worth telling: the same report twice, carry-over that does not fit, large changes, text that was kept."""
    reports = compared.reports
    last = reports[-1]
    paired = pair(reports)
    for (_, year), group in _by_year(reports).items():
        if len(group) > 1:
            yield rule("C-2").finding(last, {"count": len(group), "agency": group[0].agency, "year": year})
    yield from years.check(paired)
    differing = [table for table in compared.tables if figures.differing_forms(table)]
    if differing:
        names = joined([table_name(table.table) for table in differing])
        forms_used = dict.fromkeys(name for table in differing for name in figures.differing_forms(table))
        used = Both("、".join(forms_used), ", ".join(forms_used))
        yield rule("C-4").finding(last, {"tables": names, "forms": used})
    notable = compared.notable()
    if notable:
        of = rule("C-1")
        fields = {"count": len(notable), "least": of.settings["least"], "percent": of.settings["percent"]}
        told = of if compared.one_agency else rule("C-1b")  # between agencies nothing changed
        yield told.finding(last, fields, cells=[line.name for line in notable])
    same = len(_by_year(reports[-2:])) == 1 and all(one.agency and one.year for one in reports[-2:])
    for text in () if same else compared.sections:
        limit = rule("C-3").settings["likeness"]
        if text.number is not None and text.likeness is not None and text.likeness > limit:
            number: Both = section(text.number)
            yield rule("C-3").finding(last, {"section": number, "limit": limit, "likeness": text.likeness})


def _by_year(reports: Sequence[Report]) -> dict[tuple[str, int], list[Report]]:
    """The reports by their agency's one name and year, those that agree among them too."""
    names = agency.same_agency({report.agency for report in reports if report.agency})
    found: dict[tuple[str, int], list[Report]] = {}
    for report in reports:
        if report.agency and report.year:
            found.setdefault((names[report.agency], report.year), []).append(report)
    return found
