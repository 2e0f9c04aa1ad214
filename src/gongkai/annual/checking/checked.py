"""What a check comes to: the reports, every finding, the verdict and one sentence that says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.annual.checking.common import Both, joined, words
from gongkai.annual.checking.sentences import section
from gongkai.annual.finding import Finding, Severity
from gongkai.annual.form import forms
from gongkai.annual.report import INDICATORS, TABLES, Report

VALID, INVALID, UNREADABLE = "valid", "invalid", "unreadable"


@dataclass(frozen=True, slots=True)
class Checked:
    """Reports with everything found in them: on reading, by the rules of their forms, and by comparing them."""

    reports: tuple[Report, ...]
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """``invalid`` if any finding is an error, ``unreadable`` if there is no report, else ``valid``."""
        if not self.reports:
            return UNREADABLE
        return INVALID if self.count(Severity.ERROR) else VALID

    def count(self, severity: Severity) -> int:
        """How many findings are of that severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def of(self, report: Report) -> tuple[Finding, ...]:
        """The findings about that report: by its file, or where it has none by agency and year."""
        return tuple(finding for finding in self.findings if _about(finding, report))

    def headline(self, lang: str = "zh") -> str:
        """The verdict in one sentence: 「有 2 处错误、1 处提醒：表三 2 处、正文 1 处」, 「未发现错误」."""
        if not self.reports:
            return _in(words("unreadable"), lang)
        errors, warnings = self.count(Severity.ERROR), self.count(Severity.WARNING)
        if not errors and not warnings:
            return _in(words("valid").then(self._unread()), lang)
        form = "valid_but" if not errors else "errors_and" if warnings else "errors"
        told = [one for one in self.findings if one.severity is not Severity.INFO]
        said = words(form).fill(
            errors=_many("error", errors), warnings=_many("warning", warnings), places=_places(told)
        )
        if len(self.reports) > 1 and errors:
            invalid = sum(any(one.severity is Severity.ERROR for one in self.of(report)) for report in self.reports)
            said = words("of_reports").fill(reports=len(self.reports), invalid=invalid).then(said)
        return _in(said.then(self._unread()), lang)

    def _unread(self) -> Both:
        """How many cells no rule could be held against, because they could not be read for sure."""
        count = sum(
            len({cell for finding in report.findings for cell in finding.cells if report.cell(cell) is None})
            for report in self.reports
        )
        return words("unread_cells").fill(count=count) if count else Both("", "")

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """The object of ``gongkai check --format json``: verdict, headline, reports, and all findings."""
        return {
            "verdict": self.verdict,
            "headline": self.headline(lang),
            "reports": [report.to_json(lang) for report in self.reports],
            "findings": [finding.to_json(lang) for finding in self.findings],
        }


def _in(both: Both, lang: str) -> str:
    return both.zh if lang == "zh" else both.en


def _many(what: str, count: int) -> Both:
    """So many errors or warnings, in the singular where there is one."""
    return words(f"one_{what}" if count == 1 else f"many_{what}s").fill(count=count)


def _about(finding: Finding, report: Report) -> bool:
    if finding.source or report.source:
        return finding.source == report.source
    return (finding.agency, finding.year) == (report.agency, report.year)


def _places(findings: Sequence[Finding]) -> Both:
    """Where the findings are, in the order of the report: tables, text, frame, between years, merging, reading."""
    counts: dict[Both, list[Finding]] = {}
    for finding in sorted(findings, key=_order):
        counts.setdefault(_place(finding), []).append(finding)
    return joined([place.fill(count=len(found)) for place, found in counts.items()])


_KINDS = {
    **dict.fromkeys(("X-1", "X-2", "X-3", "X-4", "X-5", "X-7"), "place_text"),
    **dict.fromkeys(("F-7", "X-8"), "place_years"),
    **dict.fromkeys(("F", "X-9"), "place_frame"),
    "X-6": "place_parts",
}


def _place(finding: Finding) -> Both:
    if any(finding.code == rule.code for form in forms().values() for rule in form.rules):
        if any(cell[:4].isdigit() for cell in finding.cells):
            return words("place_years")
        table = finding.cells[0].partition("/")[0] if finding.cells else ""
        number = next((form.tables[table].section for form in forms().values() if table in form.tables), 0)
        if table == INDICATORS:
            return words("place_indicators")
        return words("place_table").fill(section=section(number), count="{count}")
    code = finding.code.rstrip("bcde")
    return words(_KINDS.get(code) or _KINDS.get(code[:1]) or "place_reading")


_ORDER = ("place_text", "place_frame", "place_years", "place_parts", "place_reading")


def _order(finding: Finding) -> tuple[int, int]:
    table = finding.cells[0].partition("/")[0] if finding.cells else ""
    place = _place(finding)
    kind = next((at for at, name in enumerate(_ORDER, 1) if words(name) == place), 0)
    return kind, TABLES.index(table) if table in TABLES else len(TABLES)
