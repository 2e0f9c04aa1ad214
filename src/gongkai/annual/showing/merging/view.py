"""What there is to show of a merge, in words: the one sentence, the state of each part, the addends of each cell."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.annual.finding import Finding, Severity
from gongkai.annual.form import forms
from gongkai.annual.merging import Addend, Merged, Part, State, subject
from gongkai.annual.report import Report
from gongkai.annual.showing.naming import number
from gongkai.annual.showing.view import View
from gongkai.annual.showing.words import say


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list of parts: agency, its state in words, the gravest severity found, the file."""

    agency: str
    state: str
    severity: Severity | None
    file: str
    source: str = ""


@dataclass(frozen=True)
class MergedView:
    """A merge as it is shown in one language."""

    merged: Merged
    lang: str

    @cached_property
    def whole(self) -> View:
        """The merged report with everything found, or where it was refused the findings alone."""
        merged = self.merged
        report = merged.report or Report(agency=merged.agency, year=merged.year, form=merged.form)
        return View(1, report, (*merged.findings, *merged.checked))

    @property
    def verdict(self) -> str:
        """``valid`` or ``invalid``."""
        return "valid" if self.merged.valid else "invalid"

    @property
    def headline(self) -> str:
        """What came of it, in one sentence."""
        merged, lang = self.merged, self.lang
        if merged.refused:
            return say("merged_refused", lang, n=_count(merged.findings, Severity.ERROR))
        errors = _count(merged.checked, Severity.ERROR)
        said = say("merged_invalid" if errors else "merged_valid", lang, n=len(merged.counted), errors=errors)
        allowed = _count(merged.findings, Severity.WARNING)
        return said + (say("merged_allowed", lang, n=allowed) if allowed else "")

    @property
    def counts(self) -> str:
        """How many reports were given, and how many are counted."""
        merged = self.merged
        key = "merged_parts_given" if merged.refused else "merged_parts_counted"
        return say(key, self.lang, given=len(merged.parts), counted=len(merged.counted))

    def lines(self) -> list[Line]:
        """The parts with their state, the agencies without a report and the files that could not be read; those to be
        settled first."""
        return sorted(self._lines(), key=lambda line: _ORDER.index(line.severity))

    def _lines(self) -> Iterator[Line]:
        for part in self.merged.parts:
            report = part.report
            name = report.agency or say("agency_unknown", self.lang)
            severity = min((one.severity for one in part.findings), key=_ORDER.index, default=None)
            yield Line(name, self._state(part), severity, os.path.basename(report.source), report.source)
        grave = Severity.ERROR if self.merged.refused else Severity.WARNING
        for missing in self.merged.missing:
            yield Line(missing, say("merged_no_report", self.lang), grave, "")
        for file in self.merged.unread:
            yield Line("—", say("state_part_unread", self.lang), grave, os.path.basename(file), file)

    def _state(self, part: Part) -> str:
        unsettled = any(one.severity is Severity.ERROR for one in part.findings)
        counted = "merged_counted" if not self.merged.refused else "merged_waits" if unsettled else "merged_would_count"
        said = [say(counted if part.counted or unsettled else "merged_left_out", self.lang)]
        about = dict.fromkeys(word for one in part.findings if (word := subject(one)))
        said += [say(f"state_part_{word}", self.lang) for word in about]
        return ("：" if self.lang == "zh" else ": ").join([said[0], self._listed(said[1:])] if about else said)

    def _listed(self, words: list[str]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(words)

    def addends(self, cell: str) -> list[tuple[str, str, str]]:
        """What makes up that cell: agency, figure (or what is in its place), and the place of the figure."""
        return [
            (self.part_name(addend.part), self.figure(addend), self.place(addend))
            for addend in self.merged.addends.get(cell, ())
            if addend.value != 0
        ]

    def zeros(self, cell: str) -> int:
        """How many parts have 0 in that cell."""
        return sum(addend.value == 0 for addend in self.merged.addends.get(cell, ()))

    def part_name(self, index: int) -> str:
        """The agency of that part, or its file where none was read."""
        report = self.merged.parts[index].report
        return report.agency or os.path.basename(report.source) or say("agency_unknown", self.lang)

    def figure(self, addend: Addend) -> str:
        """The figure, or why there is none."""
        if addend.state is State.FIGURE:
            return number(addend.value)
        lack = {State.BLANK: "merged_lack_blank", State.UNREAD: "merged_lack_unread"}
        return say(lack.get(addend.state, "merged_lack_absent"), self.lang)

    def place(self, addend: Addend) -> str:
        """Where the figure stands in the part."""
        parts = [addend.where.words(self.lang) if addend.where else ""]
        if len(addend.cells) > 1:
            parts.insert(0, say("merged_of_cells", self.lang, n=len(addend.cells)))
        return ("，" if self.lang == "zh" else ", ").join(part for part in parts if part)

    def cell_name(self, cell: str) -> str:
        """The cell in the form's words."""
        return self.whole.label(cell, self.lang)

    @property
    def form(self) -> str:
        """The form of the merged report in words."""
        merged = self.merged
        return say("form", self.lang, name=merged.form) if merged.form in forms() else say("form_unknown", self.lang)


_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO, None)


def _count(findings: tuple[Finding, ...], severity: Severity) -> int:
    return sum(finding.severity is severity for finding in findings)
