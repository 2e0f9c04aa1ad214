"""All rules over a whole corpus at once: how many reports break each, and which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from gongkai.annual.checking.arrays import Broken, broken
from gongkai.annual.checking.equations import equations
from gongkai.annual.checking.figures import Figures
from gongkai.annual.corpus.database import opened
from gongkai.annual.corpus.figures import REPORTS, alike, differences, load
from gongkai.annual.finding import Severity
from gongkai.annual.form import Rule, forms


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that breaks a rule, and the cells in which it does; those of the year before are led by that year."""

    file: str
    agency: str | None
    year: int | None
    form: str
    rule: str
    severity: Severity
    cells: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        return {
            "file": self.file,
            "agency": self.agency,
            "year": self.year,
            "form": self.form,
            "rule": self.rule,
            "severity": self.severity.value,
            "cells": list(self.cells),
        }


@dataclass(frozen=True, slots=True)
class Several:
    """Reports of one agency for one year; ``cells`` are those in which they differ, none for copies of one report."""

    agency: str
    year: int
    files: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CorpusChecked:
    """What a check of a corpus comes to: how many reports, the rules with how many reports break each, the hits, and
    the agencies with several reports for one year."""

    reports: int
    rules: tuple[tuple[str, Rule], ...]
    hits: tuple[Hit, ...]
    several: tuple[Several, ...] = ()
    others: Mapping[str, int] | None = None

    @cached_property
    def counts(self) -> Mapping[tuple[str, str], int]:
        """How many reports break each rule, by form and code."""
        found: dict[tuple[str, str], int] = {(form, rule.code): 0 for form, rule in self.rules}
        for hit in self.hits:
            found[hit.form, hit.rule] += 1
        return found

    @property
    def verdict(self) -> str:
        """``invalid`` if a rule whose breach is an error is broken, ``unreadable`` without a report, else ``valid``."""
        if not self.reports:
            return "unreadable"
        return "invalid" if any(hit.severity is Severity.ERROR for hit in self.hits) else "valid"

    def files(self, rule: str) -> list[str]:
        """The files that break the rule of that code, of whatever form."""
        return list(dict.fromkeys(hit.file for hit in self.hits if hit.rule == rule))

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """The object of ``gongkai corpus check --format json``."""
        return {
            "verdict": self.verdict,
            "reports": self.reports,
            "rules": [
                {
                    "form": form,
                    "rule": rule.code,
                    "severity": rule.severity.value,
                    "words": rule.words if lang == "zh" else rule.words_en,
                    "basis": rule.basis,
                    "reports": self.counts[form, rule.code],
                }
                for form, rule in self.rules
            ],
            "hits": [hit.to_json() for hit in self.hits],
            "several": [
                {"agency": each.agency, "year": each.year, "files": list(each.files), "cells": list(each.cells)}
                for each in self.several
            ],
        }


def check(path: str | Path) -> CorpusChecked:
    """Every rule of every form over all reports of a corpus, those that look back by agency and year.

    These are the rules of the forms (equations, blanks, impossible figures); what ``gongkai check`` finds besides in
    the text of a report is not asked here. Raises CorpusError if there is no such corpus.
    """
    with opened(path) as connection:
        figures = load(connection)
        found = broken(figures)
        used = {
            name for numbers in figures.forms.values() for at, name in enumerate(figures.form_names) if at in numbers
        }
        rules = tuple((form, rule) for form in forms() if form in used for rule in forms()[form].rules)
        groups = [(places, tuple(differences(figures, places))) for places in alike(figures)]
        wanted = {int(place) for hits in found.hits.values() for place in hits.reports}
        named = _named(connection, sorted(wanted.union(*(places for places, _ in groups))))
    several = tuple(
        Several(named[places[0]][1] or "", named[places[0]][2] or 0, tuple(named[at][0] for at in places), cells)
        for places, cells in groups
    )
    return CorpusChecked(len(figures), rules, tuple(_hits(figures, found, named)), several)


Named = Mapping[int, tuple[str, str | None, int | None]]


def _named(connection: duckdb.DuckDBPyConnection, places: Sequence[int]) -> Named:
    """File, agency and year of the reports at those places."""
    rows = connection.execute(
        "SELECT place, file, agency, year FROM "
        f"(SELECT row_number() OVER () - 1 AS place, file, agency, year FROM {REPORTS}) "
        "WHERE place IN (SELECT unnest(?::BIGINT[]))",
        [list(places)],
    ).fetchall()
    return {place: (file, agency, year) for place, file, agency, year in rows}


def _hits(figures: Figures, found: Broken, named: Named) -> list[Hit]:
    gathered: dict[tuple[int, str, str], dict[str, None]] = defaultdict(dict)
    for (form, code), hits in found.hits.items():
        rule = forms()[form].rule(code)
        relations = [each for each in equations(forms()[form]) if each.rule is rule]
        for place, instance in zip(hits.reports.tolist(), hits.instances.tolist(), strict=True):
            if relations:
                year = (named[place][2] or 0) - 1
                equation = relations[instance]
                cells = [
                    f"{year}:{cell}" if previous else cell
                    for cell, previous in zip(equation.cells, equation.previous, strict=True)
                ]
            else:
                cells = [figures.cells[instance]]
            gathered[place, form, code].update(dict.fromkeys(cells))
    order = {(form, rule.code): at for at, (form, rule) in enumerate((f, r) for f in forms() for r in forms()[f].rules)}
    return [
        Hit(*named[place], form, code, forms()[form].rule(code).severity, tuple(cells))
        for (place, form, code), cells in sorted(
            gathered.items(), key=lambda pair: (pair[0][0], order[pair[0][1], pair[0][2]])
        )
    ]
