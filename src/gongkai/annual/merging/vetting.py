"""What keeps parts from being added up: each thing a finding, refused unless allowed, and told in any case."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gongkai.annual.checking import agency, areas, check, pairs
from gongkai.annual.checking.common import Both, CommonRule, joined, rules_in
from gongkai.annual.checking.sentences import table_name
from gongkai.annual.finding import Finding, Number, Severity
from gongkai.annual.form import Form, forms
from gongkai.annual.merging.adding import Contribution, sums
from gongkai.annual.merging.merged import Addend
from gongkai.annual.report import Report, State

FILE = "merging.toml"


def rule(code: str) -> CommonRule:
    """The rule of merging of that code. Raises KeyError."""
    return rules_in(FILE)[code]


def permissions() -> tuple[str, ...]:
    """The words by which something is allowed, in the order of the rules."""
    told = (one.settings.get("allow") for one in rules_in(FILE).values())
    return tuple(dict.fromkeys(word for word in told if word))


def subject(finding: Finding) -> str | None:
    """What the finding is about, by the word that would allow it: ``late``, ``blank``; None if it is about no part."""
    known = rules_in(FILE).get(finding.code)
    return (known.settings.get("allow") or known.settings.get("about")) if known else None


@dataclass
class Vetting:
    """The parts of one merge with what is found about them; ``out`` are those that are not to be counted."""

    reports: Sequence[Report]
    whole: Report
    """Agency and year of the merged report, and nothing else: what findings about the whole are about."""
    form: Form
    members: Sequence[str] = ()
    published: Mapping[str, str] = field(default_factory=dict)
    allowed: Collection[str] = ()
    take: Collection[str] = ()
    found: list[tuple[int | None, Finding]] = field(default_factory=list)
    out: set[int] = field(default_factory=set)
    waits: dict[int, Finding] = field(default_factory=dict)
    """Parts of which it is not settled which one counts, with what is to be settled: none is chosen yet."""

    def tell(
        self,
        code: str,
        at: int | None = None,
        about: Iterable[str] = (),
        *,
        expected: Number | str | None = None,
        actual: Number | str | None = None,
        **fields: object,
    ) -> None:
        """Puts a finding on record, on the part of that index or on the whole, about these cells; allowed it is a
        warning. ``expected``, ``actual`` and ``fields`` fill its message."""
        report = self.whole if at is None else self.reports[at]
        told = {"agency": report.agency or os.path.basename(report.source), "year": report.year, **fields}
        of = allowed(rule(code), self.allowed)
        found = of.finding(report, told, cells=tuple(about), expected=expected, actual=actual)
        self.found.append((at, found))

    def left(self) -> list[int]:
        """The parts that still count."""
        return [at for at in range(len(self.reports)) if at not in self.out]

    def names(self) -> Mapping[str, str]:
        """For each name of an agency the one by which it goes here."""
        given = {report.agency for report in self.reports if report.agency}
        return agency.same_agency({*given, *self.members, self.whole.agency or ""})

    def years(self) -> None:
        """Reports of another year (or of none that was read) are not counted."""
        for at in self.left():
            if self.reports[at].year != self.whole.year:
                own = self.reports[at].year
                said = Both(f" {own} ", str(own)) if own else Both(*rule("M-6").settings["unknown"])
                self.tell("M-6", at, expected=self.whole.year, actual=own, said=said)
                self.out.add(at)

    def itself(self) -> None:
        """The report of the agency whose report is to be made is not counted."""
        names = self.names()
        for at in self.left():
            own = self.reports[at].agency
            if own and names[own] == names[self.whole.agency or ""]:
                self.tell("M-10", at)
                self.out.add(at)

    def twice(self) -> None:
        """Of several reports of one agency the one that was told is counted, or one of copies that agree."""
        names = self.names()
        groups: dict[str, list[int]] = {}
        for at in self.left():
            own = self.reports[at].agency
            if own:
                groups.setdefault(names[own], []).append(at)
            else:
                self.tell("M-12", at, file=os.path.basename(self.reports[at].source) or "—")
        for group in groups.values():
            if len(group) > 1:
                self._choose(group)

    def _choose(self, group: Sequence[int]) -> None:
        taken = [at for at in group if _file_among(self.reports[at].source, self.take)]
        figures = {at: pairs.values(self.reports[at]) for at in group}
        first, *others = group
        cells = list(dict.fromkeys(cell for at in others for cell in pairs.differing(figures[first], figures[at])))
        files = _listed([os.path.basename(self.reports[at].source) or f"({at + 1})" for at in group])
        kept = taken[0] if len(taken) == 1 else max(group, key=lambda at: len(figures[at]))
        if len(taken) == 1:
            self.tell("M-5c", kept, count=len(group), file=os.path.basename(self.reports[kept].source))
        elif cells:
            self.tell("M-5b", kept, cells, count=len(group), cells=len(cells), files=files)
        else:
            self.tell("M-5", kept, count=len(group), files=files)
        self.out |= {at for at in group if at != kept}
        if self.found[-1][1].severity is Severity.ERROR:
            self.waits |= dict.fromkeys(group, self.found[-1][1])

    def places(self) -> None:
        """Agencies of another place or not on the list, and governments whose report may hold others given with it."""
        listed = {self.names()[member] for member in self.members}
        for at in self.left():
            own = self.reports[at].agency or ""
            if own and agency.elsewhere(self.whole.agency or "", own):
                self.tell("M-11", at, whole=self.whole.agency)
            elif own and listed and self.names()[own] not in listed:
                self.tell("M-11b", at)
        left = self.left()
        area = agency.places(self.names()[self.whole.agency or ""])  # whose government is the whole itself
        paired = pairs.pair(self.reports[at] for at in left)
        for at in left:
            held = areas.own_area(paired, self.reports[at])
            if held and agency.places(self.names()[self.reports[at].agency or ""]) != area:
                self.tell("M-10b", at, names=_listed([report.agency or "" for report in held]))

    def missing(self) -> tuple[str, ...]:
        """The members without a report that counts."""
        lacking = areas.missing([self.reports[at] for at in self.left()], self.members)
        if lacking:
            self.tell("M-1", count=len(lacking), names=_listed(lacking))
        return tuple(lacking)

    def unread(self, files: Sequence[str]) -> None:
        """Files that could not be read."""
        if files:
            self.tell("M-2", count=len(files), names=_listed([os.path.basename(file) for file in files]))

    def figures(self) -> dict[str, tuple[Addend, ...]]:
        """For each cell that is a sum what every counted part has for it; what lacks is told part by part."""
        added: dict[str, list[Addend]] = {name: [] for name in sums(self.form)}
        for at in self.left():
            part = Contribution(self.reports[at], self.form)
            addends = {name: part.addend(at, name) for name in added}
            for name, addend in addends.items():
                added[name].append(addend)
            self._lacking(at, part, addends)
        return {name: tuple(addends) for name, addends in added.items()}

    def _lacking(self, at: int, part: Contribution, addends: Mapping[str, Addend]) -> None:
        strange = part.strange_tables()
        unmatched = [cell for table in strange for cell in part.unmatched(table)]
        blank = [name for name, addend in addends.items() if addend.state is State.BLANK]
        lost = [name for name, addend in addends.items() if addend.state in (State.ABSENT, State.UNREAD)]
        lost = [name for name in lost if name not in set(unmatched)]
        instead: list[str] = []
        if strange:
            tables = joined([table_name(self.form.tables[table]) for table in strange])
            used = "、".join(dict.fromkeys(strange.values()))
            count = len(unmatched)
            self.tell("M-7", at, unmatched, tables=tables, count=count, expected=self.form.name, actual=used)
            instead += rule("M-7").settings["instead"]
        if blank:
            self.tell("M-8", at, blank, count=len(blank), cells=self.labels(blank, "M-8"))
            instead += [one.code for form in forms().values() for one in form.rules if one.kind == "filled"]
        if lost:
            unread = sum(addends[name].state is State.UNREAD for name in lost)
            self.tell("M-9", at, lost, count=len(lost), unread=unread, cells=self.labels(lost, "M-9"))
            instead += rule("M-9").settings["instead"]
        self._rows(at)
        told = {*blank, *lost, *unmatched}
        self._valid(at, lambda one: one.code in instead and told.issuperset(one.cells))

    def _rows(self, at: int) -> None:
        """Rows of an old statistical table, or a second column of it, for which the national form has no place."""
        rows = self.reports[at].indicators
        strange = [row.label for row in rows if row.key is None or row.cumulative is not None]
        if strange:
            few = _listed(strange[: rule("M-14").settings["shown"]])
            self.tell("M-14", at, count=len(strange), rows=few)

    def _valid(self, at: int, told_already: Callable[[Finding], bool]) -> None:
        """Whether the rules of its own form find errors in a part, and whether it was in time."""
        report = self.reports[at]
        codes = {code: one for one in ("M-4", "M-4b") for code in rule(one).settings["instead"]}
        errors = []
        for one in check([report], published=self.published).findings:
            if one.code in codes:
                self.tell(codes[one.code], at, expected=one.expected, actual=one.actual)
            elif one.severity is Severity.ERROR and not told_already(one):
                errors.append(one)
        if errors:
            named = _listed(list(dict.fromkeys(one.code for one in errors)))
            first = Both(errors[0].message, errors[0].message_en)
            self.tell("M-3", at, count=len(errors), codes=named, first=first)

    def labels(self, cells: Sequence[str], code: str) -> Both:
        """The first of these cells in words."""
        few = list(cells)[: rule(code).settings["shown"]]
        named = []
        for name in few:
            table, _, key = name.partition("/")
            of = self.form.tables[table]
            named.append(table_name(of).then(Both(" ", ", "), Both(of.label(key), of.label(key, "en"))))
        more = Both("……", " …") if len(cells) > len(few) else Both("", "")
        return joined(named, "semicolon").then(more)


def allowed(of: CommonRule, words: Collection[str]) -> CommonRule:
    """The rule as a warning, in the words for it, where it is allowed by one of these words."""
    if of.settings.get("allow") not in words:
        return of
    return replace(of, severity=Severity.WARNING, words=Both(*of.settings["allowed"]))


def _listed(names: Sequence[str]) -> Both:
    return Both("、".join(names), ", ".join(names))


def _file_among(source: str, files: Collection[str]) -> bool:
    return bool(source) and any(source == file or os.path.basename(source) == file for file in files)
