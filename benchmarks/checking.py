"""Checking a million reports in memory: time, memory, planted faults found, and two plain ways to do the same."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import replace
from random import Random

import numpy as np

from benchmarks import Row
from gongkai.annual.checking import agency, footing, working
from gongkai.annual.checking.arrays import Broken, broken
from gongkai.annual.checking.equations import equations, shown
from gongkai.annual.checking.figures import Figures
from gongkai.annual.form import forms
from gongkai.annual.report import Report
from gongkai.demo.agencies import AGENCIES
from gongkai.demo.making import make

REPORTS = 1_000_000
RUNS = ((2019, 2020), (2021, 2022, 2023))
"""Years of one agency, none across a change of form (made-up figures are not carried over it)."""
DIFFERENT = 500
"""Made-up reports that differ; the million are these, each time by other agencies."""

FAULTS = 1_000
SAMPLE = 1_000


def run() -> list[Row]:
    """The rows of the benchmark."""
    reports = different()
    figures = many(reports)
    planted = plant(figures)
    before = _memory()
    seconds, found = _best(lambda: broken(figures))
    more = _memory() - before
    one_by_one = _seconds(lambda: [_by_footing(report) for report in reports[:SAMPLE]]) / min(SAMPLE, len(reports))
    whole_columns = _seconds(lambda: _whole_columns(figures))
    each = f"{REPORTS:,} reports, all rules"
    return [
        Row(each, seconds, "s", at_most=3, note="forms of 2019 and 2021, two or three years of each agency"),
        Row("planted faults found", 100 * len(planted & set(found.reports.tolist())) / len(planted), "%", at_least=100),
        Row("sound reports called wrong", len(set(found.reports.tolist()) - planted), "", at_most=0),
        Row("memory of the figures", figures.nbytes / 1e6, "MB"),
        Row("memory added by checking", more / 1e6, "MB"),
        Row(each, seconds, "s", "whole columns with plain numpy, sums alone", whole_columns),
        Row(each, seconds, "s", "report by report (extrapolated)", one_by_one * REPORTS, at_most=0.01),
    ]


def different() -> list[Report]:
    """Made-up reports that keep every rule, of agencies with a run of years."""
    rng, reports = Random(1), list[Report]()
    departments = [one for one in AGENCIES if one.kind == "department"]
    while len(reports) < DIFFERENT:
        of = replace(rng.choice(departments), name=f"云岭省第{len(reports)}县教育局")
        previous: Report | None = None
        for year in rng.choice(RUNS):
            previous = make(rng, agency=of, year=year, previous=previous)
            reports.append(previous)
    return reports[:DIFFERENT]


def many(reports: list[Report]) -> Figures:
    """A million reports: those given over and over, each time by agencies of their own."""
    one = Figures.of(reports)
    times = REPORTS // len(reports)
    agencies = int(one.agencies.max()) + 1
    offsets = np.repeat(np.arange(times, dtype=np.int32) * agencies, len(reports))
    return replace(
        one,
        values=np.tile(one.values, times),
        forms={table: np.tile(numbers, times) for table, numbers in one.forms.items()},
        agencies=np.tile(one.agencies, times) + offsets,
        years=np.tile(one.years, times),
        kinds=np.tile(one.kinds, times),
    )


def plant(figures: Figures) -> set[int]:
    """Add 1 to a figure of table three or four in some reports; their places. Changes the figures in place."""
    rng = np.random.default_rng(1)
    places = rng.choice(len(figures), FAULTS, replace=False)
    rows = [at for cell, at in figures.index.items() if cell.startswith(("requests/", "disputes/"))]
    for place in places.tolist():
        known = [row for row in rows if not np.isnan(figures.values[row, place])]
        # In a cell that next year's report looks back to, next year's would be wrong as well.
        calm = [row for row in known if "carried_out" not in figures.cells[row] and "pending" not in figures.cells[row]]
        figures.values[int(rng.choice(calm)), place] += 1
    return set(places.tolist())


def _by_footing(report: Report) -> list[working.Worked]:
    held = shown(report)
    done = [work for work in working.worked(held, None, agency.kind(report.agency)) if work.broken]
    for name in held.forms:
        footing.blank_cells(held, name)
    return done


def _whole_columns(figures: Figures) -> int:
    """The sums of one year with plain numpy, a whole column at a time."""
    wrong = 0
    for number, name in enumerate(figures.form_names):
        for equation in equations(forms()[name]):
            if equation.rule.looks_back or not all(cell in figures.index for cell in equation.cells):
                continue
            rows = [figures.index[cell] for cell in equation.cells]
            difference = np.zeros(len(figures))
            for row, factor in zip(rows, equation.coefficients, strict=True):
                difference += factor * figures.values[row]
            mine = figures.forms[equation.table.name] == number
            wrong += int((equation.broken(difference, 1e-6) & mine).sum())
    return wrong


def _best(work: Callable[[], Broken]) -> tuple[float, Broken]:
    """The shortest of three runs and what the work gives."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        given = work()
        times.append(time.perf_counter() - start)
    return min(times), given


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _memory() -> int:
    """The most memory that the process has taken so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
