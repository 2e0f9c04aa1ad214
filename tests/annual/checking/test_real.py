"""Real reports: every fault that people found in them is found, and nothing false is said."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual.checking import check
from gongkai.annual.finding import Finding, Severity
from gongkai.annual.reading import read
from gongkai.annual.report import TABLES, Cell, Report

# What is wrong in each file, by code. The lists of two more years of one agency do not add up either: nobody had added
# them up before; and rules in force grew by seven in a year in which none was published.
FAULTS: dict[str, dict[str, int]] = {
    "haizhu_hrss_2021.txt": {"F-1": 1, "F-2b": 1},
    "huadu_hrss_2017.txt": {"X-2": 1, "X-2b": 2, "X-2c": 1},
    "huadu_office_2020.txt": {"T3-4": 1},
    "pingtan_2019.txt": {"X-2": 1},
    "pingtan_2020.txt": {"T3-2": 2, "X-2": 1},
    "shuyang_ndrc_2023.html": {"T3-4": 1},
}
TEXT_RULES = ("X-", "F-2")


@pytest.fixture(scope="module")
def expected(shared_reports: Path) -> dict[str, Any]:
    """What expected.json says of each file."""
    known: dict[str, Any] = json.loads((shared_reports / "expected.json").read_text(encoding="utf-8"))
    return known


def figures_alone(name: str, known: dict[str, Any]) -> Report:
    """The report as its figures are known, without its text."""
    tables = {
        table: {cell: Cell(value) for cell, value in known[table].items()} for table in TABLES if known.get(table)
    }
    form = known["form"] if known["form"] in ("2019", "2021") else None
    return Report(agency=known["agency"], year=known["year"], form=form, tables=tables, source=name)


def told(findings: tuple[Finding, ...]) -> dict[str, int]:
    """How often each rule is broken, leaving out what reading could not decide."""
    return dict(Counter(finding.code for finding in findings if not finding.code.startswith("R-")))


def test_the_tables_are_wrong_where_people_saw_it_and_nowhere_else(expected: dict[str, Any]) -> None:
    for name, known in expected.items():
        wanted = {code: n for code, n in FAULTS.get(name, {}).items() if not code.startswith(TEXT_RULES)}
        assert told(check([figures_alone(name, known)]).findings) == wanted, name


def test_given_together_they_say_no_more_than_one_true_thing(expected: dict[str, Any]) -> None:
    checked = check([figures_alone(name, known) for name, known in expected.items()])
    looking_back = [finding for finding in checked.findings if any(cell[:4].isdigit() for cell in finding.cells)]
    assert [(finding.source, finding.code) for finding in looking_back] == [("pingtan_2020.txt", "T2-4d")]
    assert checked.verdict == "invalid"


def test_files_are_wrong_where_people_saw_it_and_nowhere_else(shared_reports: Path, expected: dict[str, Any]) -> None:
    for name in expected:
        checked = check([read(shared_reports / name)])
        assert told(checked.findings) == FAULTS.get(name, {}), (name, [one.message for one in checked.findings])


def test_the_three_faults_of_2017_are_told_with_their_figures(shared_reports: Path) -> None:
    found = check([read(shared_reports / "huadu_hrss_2017.txt")]).findings
    figures = {(finding.code, finding.expected, finding.actual) for finding in found}
    assert {("X-2", 592, 591), ("X-2b", 0, 10), ("X-2b", 1, 44)} <= figures
    assert all(finding.where for finding in found if finding.severity is Severity.ERROR)


def test_the_wrong_sums_of_2020_are_told_by_column(shared_reports: Path) -> None:
    found = [one for one in check([read(shared_reports / "pingtan_2020.txt")]).findings if one.code == "T3-2"]
    assert [(one.expected, one.actual) for one in found] == [(26, 20), (27, 21)]
    assert ["自然人" in one.message for one in found] == [True, False]
