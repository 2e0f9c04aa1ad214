"""Reports given together, paired by agency and year without being told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.annual.checking import agency
from gongkai.annual.checking.common import Both, joined, rule
from gongkai.annual.checking.equations import shown
from gongkai.annual.finding import Finding, Number
from gongkai.annual.report import Report


@dataclass(frozen=True)
class Paired:
    """Reports by their agency's one name and year. Copies of one report (PDF and Word) that agree count as one."""

    reports: Sequence[Report]
    names: Mapping[str, str]
    by_year: Mapping[tuple[str, int], Sequence[Report]]

    def before(self, report: Report) -> Report | None:
        """The report of the same agency for the year before, if there is exactly one."""
        if not report.agency or not report.year:
            return None
        earlier = self.by_year.get((self.names[report.agency], report.year - 1), ())
        return earlier[0] if len(earlier) == 1 else None

    def same_agency(self, one: Report, other: Report) -> bool:
        """Whether both are of one agency, as far as their names say."""
        return bool(one.agency and other.agency and self.names[one.agency] == self.names[other.agency])


def pair(reports: Iterable[Report]) -> Paired:
    """The reports with their agencies made one by name, and by agency and year those that differ.

    Of copies that agree in every cell that both have, the one with most cells stands for all.
    """
    reports = tuple(reports)
    names = agency.same_agency({report.agency for report in reports if report.agency})
    by_year: dict[tuple[str, int], list[Report]] = {}
    for report in reports:
        if not report.agency or not report.year:
            continue
        held = by_year.setdefault((names[report.agency], report.year), [])
        mine = values(report)
        for at, other in enumerate(held):
            theirs = values(other)
            if not differing(mine, theirs):
                held[at] = report if len(mine) > len(theirs) else other
                break
        else:
            held.append(report)
    return Paired(reports, names, by_year)


def values(report: Report) -> dict[str, Number | None]:
    """The report's figures by full cell name."""
    return {name: cell.value for name, cell in shown(report).cells.items()}


def differing(mine: Mapping[str, Number | None], theirs: Mapping[str, Number | None]) -> list[str]:
    """The cells that both have with different figures."""
    return [name for name, value in mine.items() if name in theirs and theirs[name] != value]


def check(paired: Paired) -> list[Finding]:
    """Where an agency's reports for one year have different figures."""
    found = []
    for reports in paired.by_year.values():
        if len(reports) < 2:
            continue
        first, *others = reports
        held, mine = shown(first), values(first)
        cells = list(dict.fromkeys(name for other in others for name in differing(mine, values(other))))
        if cells:
            few = [Both(held.label(name), held.label(name, "en")) for name in cells[:5]]
            fields = {"agency": first.agency, "year": first.year, "count": len(reports), "named": joined(few)}
            found.append(rule("F-7").finding(first, fields, cells=cells))
    return found
