"""Which finding belongs to which report, and in what order reports are shown."""

from __future__ import annotations

import os
from collections.abc import Sequence

from gongkai.annual.finding import Finding
from gongkai.annual.showing.marks import GRAVITY
from gongkai.annual.showing.result import Result
from gongkai.annual.showing.view import View


def views(result: Result) -> tuple[View, ...]:
    """Each report with the findings about it, those of its reading first."""
    placed, _ = _sorted_out(result)
    pairs = zip(result.reports, placed, strict=True)
    return tuple(
        View(number, report, tuple(dict.fromkeys((*report.findings, *found))), file)
        for number, ((report, found), file) in enumerate(zip(pairs, _files(result), strict=True), 1)
    )


def _files(result: Result) -> list[str]:
    """The files' names alone; where two are the same, with the folders that they do not have in common."""
    names = [report.source for report in result.reports]
    alone = [os.path.basename(name) for name in names]
    if len(set(alone)) == len(alone):
        return alone
    folders = [os.path.dirname(name) for name in names]
    try:
        common = os.path.commonpath(folders) if len(names) > 1 else ""
    except ValueError:  # some absolute and some not
        return names
    return [os.path.relpath(name, common) if common and name else name for name in names]


def unplaced(result: Result) -> tuple[Finding, ...]:
    """Findings that are about none of the reports alone, but about what was given as a whole."""
    return tuple(_sorted_out(result)[1])


def by_trouble(shown: Sequence[View]) -> tuple[View, ...]:
    """The reports with most errors first, then with most warnings, then as given."""
    return tuple(sorted(shown, key=lambda view: tuple(-view.count(severity) for severity in GRAVITY)))


def _sorted_out(result: Result) -> tuple[list[list[Finding]], list[Finding]]:
    """The findings by the report they are about, in the order of the reports, and those about none.

    A finding names its report's file; one without a file names the agency and year.
    """
    by_source: dict[str, int] = {}
    by_name: dict[tuple[str | None, int | None], int] = {}
    for i, report in enumerate(result.reports):
        by_source.setdefault(report.source, i)
        by_name.setdefault((report.agency, report.year), i)
    found: list[list[Finding]] = [[] for _ in result.reports]
    rest: list[Finding] = []
    own = {finding for report in result.reports for finding in report.findings}
    for finding in result.findings:
        at = by_source.get(finding.source) if finding.source else by_name.get((finding.agency, finding.year))
        if at is not None:
            found[at].append(finding)
        elif finding not in own:
            rest.append(finding)
    return found, rest
