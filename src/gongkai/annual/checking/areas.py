"""A merged report against the reports of its parts, cell by cell, and which parts are missing."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.checking import agency
from gongkai.annual.checking.common import Both, joined, rule
from gongkai.annual.checking.equations import Shown, shown
from gongkai.annual.checking.pairs import Paired
from gongkai.annual.checking.sentences import figure, section
from gongkai.annual.finding import Finding, Number
from gongkai.annual.form import Table
from gongkai.annual.report import TABLES, Report


def check(paired: Paired, merged: Report | None = None, members: Sequence[str] = (), unread: int = 0) -> list[Finding]:
    """The merged report against the sum of the others given for its year.

    ``merged`` is the merged report where the caller names it; ``members`` are the names of the agencies whose reports
    it should hold, ``unread`` is how many files given with them could not be read. Nothing is compared where a part is
    missing, and a finding says so.

    Without ``merged``, a government's report counts as merged only where its figures say so: nearly all of its cells
    are the sums of the reports of agencies whose names begin with its area's name.
    """
    if merged is not None:
        parts = [report for report in paired.reports if _part_of_year(paired, report, merged)]
        return _incomplete(merged, parts, members, unread) or _sums(merged, parts)
    found = []
    for report in paired.reports:
        parts = own_area(paired, report)
        if len(parts) < 2:
            continue
        if _certainly_merged(report, parts):
            found += _sums(report, parts)
        else:
            fields = {"agency": report.agency, "year": report.year, "count": len(parts)}
            found.append(rule("X-6c").finding(report, fields))
    return found


def _part_of_year(paired: Paired, report: Report, merged: Report) -> bool:
    return report is not merged and report.year == merged.year and not paired.same_agency(report, merged)


def own_area(paired: Paired, report: Report) -> list[Report]:
    """The reports of the same year by agencies of the area, if the report is a government's."""
    if not report.agency or agency.kind(report.agency) not in ("area", "county"):
        return []
    area = "".join(agency.places(paired.names[report.agency]))
    seen: dict[str, Report] = {}
    for other in paired.reports:
        name = paired.names.get(other.agency or "", "")
        if area and name.startswith(area) and _part_of_year(paired, other, report):
            seen.setdefault(name, other)
    return list(seen.values())


def _differences(merged: Report, parts: Sequence[Report]) -> dict[str, tuple[Number, Number]]:
    """For each cell that all have, the sum of the parts and the figure of the merged report, equal or not."""
    whole = shown(merged)
    held = [shown(part) for part in parts]
    compared: dict[str, tuple[Number, Number]] = {}
    for name, cell in whole.cells.items():
        table, _, key = name.partition("/")
        if table not in TABLES or cell.value is None or not adds_up(whole.forms[table].tables[table], key):
            continue
        if all(name in part.cells for part in held):
            compared[name] = (sum(part.cells[name].value or 0 for part in held), cell.value)
    return compared


def adds_up(table: Table, key: str) -> bool:
    """Whether a government's figure in that cell is the sum of its agencies': not where several keep one item."""
    return table.cells[key][1].key not in rule("X-6").settings["not_additive"]


def _certainly_merged(report: Report, parts: Sequence[Report]) -> bool:
    settings = rule("X-6").settings
    told = [pair for pair in _differences(report, parts).values() if pair != (0, 0)]
    agreeing = sum(total == value for total, value in told)
    return bool(agreeing >= settings["certain_cells"] and agreeing >= settings["certain_share"] * len(told))


def _sums(merged: Report, parts: Sequence[Report]) -> list[Finding]:
    """One finding for each table in which cells differ from the sum of the parts."""
    held = shown(merged)
    wrong = {name: pair for name, pair in _differences(merged, parts).items() if pair[0] != pair[1]}
    found = []
    for table in TABLES:
        cells = [name for name in wrong if name.startswith(f"{table}/")]
        if not cells:
            continue
        few = cells[: rule("X-6").settings["shown"]]
        more = Both("……", " …") if len(cells) > len(few) else Both("", "")
        named = joined([_named(held, name, *wrong[name]) for name in few]).then(more)
        fields = {"section": section(held.forms[table].tables[table].section), "parts": len(parts)}
        fields |= {"count": len(cells), "named": named}
        first = cells[0]
        found.append(
            rule("X-6").finding(
                merged,
                fields,
                cells=cells,
                expected=wrong[first][0],
                actual=wrong[first][1],
                where=held.cells[first].where,
                details={"differences": {name: wrong[name] for name in cells}},
            )
        )
    return found


def _named(held: Shown, name: str, total: Number, value: Number) -> Both:
    figures = Both(f" {figure(value)}（分报告之和 {figure(total)}）", f" {figure(value)} (parts: {figure(total)})")
    return Both(held.label(name), held.label(name, "en")).then(figures)


def _incomplete(merged: Report, parts: Sequence[Report], members: Sequence[str], unread: int) -> list[Finding]:
    """Why the parts given cannot make up the merged report: none is of its year, some are missing or were not read."""
    absent = missing(parts, members)
    named = Both("、".join(absent), ", ".join(absent))
    found = [rule("X-6b").finding(merged, {"count": len(absent), "names": named})] if absent else []
    if unread:
        found.append(rule("X-6e").finding(merged, {"count": unread}))
    elif not parts:
        found.append(rule("X-6d").finding(merged))
    return found


def missing(parts: Sequence[Report], members: Sequence[str]) -> list[str]:
    """The members whose reports are not among the parts, by any spelling of their names."""
    given = {agency.full_name(part.agency) for part in parts if part.agency}
    one_name = agency.same_agency({*given, *members})
    there = {one_name[name] for name in given}
    return [name for name in members if one_name[name] not in there]
