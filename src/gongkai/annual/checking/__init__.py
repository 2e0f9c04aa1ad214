"""Checking annual reports: reports → findings. ``check`` applies every rule that the reports give occasion for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.annual.checking import areas, footing, likeness, narrative, pairs, shares, strays, structure, years
from gongkai.annual.checking.checked import Checked
from gongkai.annual.finding import Finding
from gongkai.annual.report import Report

__all__ = ["Checked", "check"]


def check(
    reports: Sequence[Report],
    *,
    merged: Report | None = None,
    members: Sequence[str] = (),
    unread: int = 0,
    published: Mapping[str, str] | None = None,
) -> Checked:
    """Every rule over the reports, each by itself and together.

    Reports given together are paired by agency and year without being told. ``merged`` is the report that merges the
    others (one of ``reports`` or not), ``members`` the names of the agencies whose reports it should hold,
    ``unread`` how many files given with them could not be read: sums over some of the parts are not held against it.
    ``published`` gives days of publication (ISO) by the report's file name (``Report.source``) or its agency's name.

    The findings come report by report, what was found on reading first; then what concerns several reports.
    """
    given = list(reports)
    if merged is not None and not any(report is merged for report in given):
        given.append(merged)
    paired = pairs.pair(given)
    days = published or {}
    found: list[Finding] = []
    for report in given:
        found += report.findings
        found += structure.check(report, days.get(report.source) or days.get(report.agency or ""))
        found += footing.check(report)
        found += narrative.check(report)
        found += shares.check(report)
        found += strays.check(report)
    found += pairs.check(paired)
    found += years.check(paired)
    found += likeness.check(paired)
    found += areas.check(paired, merged, members, unread)
    return Checked(tuple(given), tuple(dict.fromkeys(found)))
