"""What there is to show of a comparison, in words: title and headline, names of columns, figures and their changes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise, zip_longest

from gongkai.annual.checking.sentences import section as numeral
from gongkai.annual.comparing import Change, ComparedSection, ComparedTable, Comparison, Entry, Kind, Line, Pair, State
from gongkai.annual.finding import Number
from gongkai.annual.form import Table
from gongkai.annual.report import INDICATORS, Report
from gongkai.annual.showing.marks import GRAVITY, Note
from gongkai.annual.showing.naming import number, report_name
from gongkai.annual.showing.view import View
from gongkai.annual.showing.words import say

NOTABLE = "◆"
"""The mark of a large change."""


APART = {
    "compared_changed": "compared_apart_changed",
    "compared_notable_heading": "compared_apart_notable_heading",
    "compared_difference": "compared_apart_difference",
    "compared_percent": "compared_apart_percent",
    "compared_reading_hint": "compared_apart_reading_hint",
    "compared_was": "compared_apart_was",
    "compared_was_absent": "compared_apart_was_absent",
    "compared_text_hint": "compared_apart_text_hint",
    "compared_sentences": "compared_apart_sentences",
    "compared_kind": "compared_apart_kind",
    "compared_changed_sentence": "compared_apart_changed_sentence",
    "compared_gone_sentence": "compared_apart_gone_sentence",
    "compared_new_sentence": "compared_apart_new_sentence",
    "compared_sheet_changes": "compared_apart_sheet_changes",
}
"""What is said instead where the reports are of several agencies: they differ, and nothing changed."""


@dataclass(frozen=True)
class CompareView:
    """A comparison as it is shown in one language."""

    compared: Comparison
    lang: str

    def say(self, key: str, **values: object) -> str:
        """The words of that key: of one agency's years those for what changed, else those for what differs."""
        return say(key if self.compared.one_agency else APART.get(key, key), self.lang, **values)

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports, in the order of the columns."""
        return self.compared.reports

    @property
    def two(self) -> bool:
        """Whether there are only two, so that the form itself can show both."""
        return len(self.reports) == 2

    @cached_property
    def by_year(self) -> bool:
        """Whether the columns are the years of one agency."""
        years = [report.year for report in self.reports]
        return self.compared.one_agency and len(set(years)) == len(years) and all(years)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What each column is called: the year where all are of one agency and no year is there twice; else the
        agency and year; files where these are the same."""
        if self.by_year:
            return tuple(say("compared_column_year", self.lang, year=report.year) for report in self.reports)
        names = [report_name(report, self.lang, short=True) for report in self.reports]
        if len(set(names)) == len(names):
            return tuple(names)
        files = [os.path.basename(report.source) or str(at) for at, report in enumerate(self.reports, 1)]
        return tuple(f"{name} {file}" for name, file in zip(names, files, strict=True))

    @property
    def title(self) -> str:
        """What is compared."""
        first, last = self.reports[0], self.reports[-1]
        if self.two and self.by_year:
            agency = last.agency or ""
            return say("compared_title_two_years", self.lang, agency=agency, first=first.year, last=last.year)
        if self.two:
            left, right = (report_name(report, self.lang, short=True) for report in self.reports)
            return say("compared_title", self.lang, left=left, right=right)
        if self.by_year:
            agency = last.agency or ""
            return say("compared_title_years", self.lang, agency=agency, first=first.year, last=last.year)
        return say("compared_title_many", self.lang, n=len(self.reports))

    @property
    def headline(self) -> str:
        """What is compared and how much differs, in one sentence."""
        changed = len(self.compared.changed())
        if not changed:
            return self.title + self.say("compared_same")
        return self.title + self.say("compared_changed", n=changed, notable=len(self.compared.notable()))

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The findings under their numbers, gravest first."""
        found = sorted(self.compared.findings, key=lambda finding: GRAVITY.index(finding.severity))
        return tuple(Note(at, finding) for at, finding in enumerate(found, 1))

    @cached_property
    def last(self) -> View:
        """The last report as a report is shown: it gives captions and layout."""
        return View(1, self.reports[-1], ())

    def caption(self, table: Table) -> str:
        """The heading over that table."""
        return self.last.caption(table, self.lang)

    def label(self, line: Line) -> str:
        """The cell of a line in words; a row of an agency's own table by its label."""
        table = next((one for one in self.compared.tables if line in one.lines), None)
        return table.label(line.name, self.lang) if table else line.name.partition("/")[2]

    def entry(self, entry: Entry) -> str:
        """A figure, or what is in its place."""
        if entry.state is State.FIGURE:
            return number(entry.value)
        return "—" if entry.state is State.ABSENT else say(f"state_{entry.state.value}", self.lang)

    def values(self, values: tuple[Number, ...]) -> str:
        """The figures that a text gives for one thing."""
        return ("、" if self.lang == "zh" else ", ").join(map(number, values)) or "—"

    def difference(self, change: Change | None) -> str:
        """A change with its sign; empty where nothing can be compared."""
        return signed(change.difference) if change else ""

    def percent(self, change: Change | None) -> str:
        """A change in percent with its sign; empty where the first figure is 0 or nothing can be compared."""
        return f"{signed(change.percent)}%" if change and change.percent is not None else ""

    def steps(self) -> Iterator[str]:
        """What the columns of changes are called, from each report to the next."""
        for left, right in pairwise(self.columns):
            yield say("compared_from_to", self.lang, left=left, right=right)

    def told(self, table: ComparedTable) -> list[Line]:
        """The lines of a table that say something."""
        return [line for line in table.lines if not line.silent]

    def extra(self, table: ComparedTable) -> list[Line]:
        """The lines that say something and have no place in the form of the last report."""
        return [line for line in table.lines if line.extra and not line.silent]

    def section_name(self, section: ComparedSection) -> str:
        """A section's heading with its number."""
        if section.number is None:
            return say("compared_before_first", self.lang)
        zh, en = numeral(section.number)
        return f"{zh}、{section.heading}" if self.lang == "zh" else f"{en}. {section.heading}"

    def section_counts(self, section: ComparedSection) -> str:
        """How many sentences are the same, changed, gone and new."""
        counts = {kind.value: section.count(kind) for kind in Kind}
        return self.say("compared_sentences", **counts)

    def rows(self, section: ComparedSection) -> Iterator[tuple[Pair, Pair]]:
        """The sentences as they stand in rows, what is on the left and on the right: a pair beside itself; sentences
        that are gone beside new ones, for neither has anything to do with the other."""
        for apart, run in groupby(section.pairs, key=lambda pair: pair.kind in (Kind.GONE, Kind.NEW)):
            pairs = list(run)
            if apart:
                gone = [pair for pair in pairs if pair.kind is Kind.GONE]
                new = [pair for pair in pairs if pair.kind is Kind.NEW]
                yield from zip_longest(gone, new, fillvalue=_NOTHING)
            else:
                yield from zip(pairs, pairs, strict=True)

    def is_indicators(self, table: ComparedTable) -> bool:
        """Whether it is the statistical table of before 2019, which is shown as a list."""
        return table.table.name == INDICATORS


_NOTHING = Pair(Kind.SAME, "", "")
"""An empty side of a row."""


def signed(value: Number) -> str:
    """A number with its sign, a minus as print has it: +3, −3, 0."""
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")
