"""The same rules over many reports at once."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.checking import agency, arrays, footing, pairs, working
from gongkai.annual.checking.equations import equations, shown
from gongkai.annual.checking.figures import Figures
from gongkai.annual.form import forms
from gongkai.annual.report import Report
from gongkai.demo import faults
from gongkai.demo.agencies import AGENCIES
from gongkai.demo.making import make, values, with_values
from tests.annual.checking.cases import EDUCATION, report

Hit = tuple[str, str, int]


def by_arrays(reports: list[Report]) -> list[set[Hit]]:
    figures = Figures.of(reports)
    broken = arrays.broken(figures, threads=2)
    return [broken.of(at) for at in range(len(reports))]


def by_footing(reports: list[Report]) -> list[set[Hit]]:
    """What footing and years find in each report, under the numbers that arrays give."""
    figures = Figures.of(reports)
    names = agency.same_agency({one.agency for one in reports if one.agency})
    by_year: dict[tuple[str, int], list[Report]] = {}
    for one in reports:
        if one.agency and one.year:
            by_year.setdefault((names[one.agency], one.year), []).append(one)
    found = []
    for one in reports:
        held, kind = shown(one), agency.kind(one.agency)
        earlier = by_year.get((names[one.agency], one.year - 1), []) if one.agency and one.year else []
        done = working.worked(held, None, kind)
        if len(earlier) == 1:
            done += working.worked(held, shown(earlier[0]), kind)
        hits = {(work.equation.form, work.equation.rule.code, _number(work)) for work in done if work.broken}
        for table, form in held.forms.items():
            for rule in form.rules:
                if rule.table not in (None, table) or rule.kind == "relation":
                    continue
                for name, cell in held.cells.items():
                    row_column = (
                        form.tables[table].cells.get(name.partition("/")[2]) if name.startswith(f"{table}/") else None
                    )
                    if row_column is None:
                        continue
                    wrong = cell.value is None if rule.kind == "filled" else footing.impossible(cell.value, *row_column)
                    if wrong:
                        hits.add((form.name, rule.code, figures.index[name]))
        found.append(hits)
    return found


def _number(work: working.Worked) -> int:
    form = forms()[work.equation.form]
    siblings = [equation for equation in equations(form) if equation.rule is work.equation.rule]
    return siblings.index(work.equation)


def test_broken_reports_are_found_among_many() -> None:
    reports = [report(2021 + seed % 4, seed=seed) for seed in range(40)]
    reports = [replace(one, agency=f"云岭省第{at}区教育局") for at, one in enumerate(reports)]
    reports[17] = faults.misprint(reports[17], "requests/granted:natural_person", 12345)
    found = by_arrays(reports)
    assert [at for at, hits in enumerate(found) if hits] == [17]
    assert {code for _, code, _ in found[17]} == {"T3-2", "T3-3"}


def test_years_are_paired_by_agency() -> None:
    before = report(2022)
    kept = make(Random(9), agency=EDUCATION, year=2023, previous=before)
    wrong = faults.misprint(kept, "requests/carried_in:total", 777)
    found = by_arrays([wrong, before, report(2022, AGENCIES[4])])
    assert "T3-5" in {code for _, code, _ in found[0]}
    assert not found[1] and not found[2]
    assert not by_arrays([kept, before])[0]


def test_a_blank_is_neither_a_zero_nor_unread() -> None:
    made = report()
    blank = faults.misprint(made, "requests/refused.state_secret:research", None)
    figures = Figures.of([made, blank])
    row = figures.values[figures.index["requests/refused.state_secret:research"]]
    assert row.tolist() == [0.0, 0.0] and np.signbit(row).tolist() == [False, True]
    assert arrays.broken(figures).of(1) == {("2021", "T3-4", figures.index["requests/refused.state_secret:research"])}


def test_no_reports_at_all() -> None:
    figures = Figures.of([])
    assert len(figures) == 0
    assert not arrays.broken(figures).reports.size


def test_reports_without_agency_or_year_are_checked_by_themselves() -> None:
    made = replace(
        faults.misprint(report(), "disputes/reconsideration.total", 999), agency=None, year=None, form="2021"
    )
    assert {code for _, code, _ in by_arrays([made, Report()])[0]} == {"T4-1"}


def test_chunks_do_not_matter(monkeypatch) -> None:
    reports = [replace(report(seed=seed), agency=f"云岭省第{seed}区教育局") for seed in range(20)]
    reports = [
        faults.misprint(one, "requests/total:total", 4321) if at % 3 == 0 else one for at, one in enumerate(reports)
    ]
    whole = by_arrays(reports)
    monkeypatch.setattr(arrays, "CHUNK", 3)
    assert by_arrays(reports) == whole


def test_memory_is_told() -> None:
    figures = Figures.of([report()])
    assert figures.nbytes > figures.values.nbytes > 0


@st.composite
def groups(draw: st.DrawFn) -> list[Report]:
    """A few reports of few agencies and years, of any form, with figures changed, left blank and not read."""
    made = []
    taken = set()
    for seed in draw(st.lists(st.integers(0, 10**6), min_size=1, max_size=5)):
        rng = Random(seed)
        of = rng.choice(AGENCIES[:3])
        form = rng.choice(sorted(forms()))
        year = rng.choice((2021, 2022, 2023))
        if (of.name, year) in taken:
            continue
        taken.add((of.name, year))
        one = make(rng, agency=of, year=year, form=form)
        if rng.random() < 0.3:
            one = faults.blanks(one, rng, share=0.8)
        tables = values(one)
        for table in tables:
            for _ in range(rng.choice((0, 0, 1, 3))):
                tables[table][rng.choice(sorted(tables[table]))] = rng.choice((None, 0, 1, 7, -1, 40))
            for _ in range(rng.choice((0, 0, 0, 2))):
                tables[table].pop(rng.choice(sorted(tables[table])))
        one = with_values(one, tables)
        if rng.random() < 0.3 and "requests" in one.tables:
            other = make(rng, form="2019" if form == "2021" else "2021")
            one = replace(one, tables={**one.tables, "requests": dict(other.tables["requests"])}, forms={})
        made.append(one)
    return made


@given(groups())
def test_arrays_and_footing_agree_on_every_report(reports: list[Report]) -> None:
    assert by_arrays(reports) == by_footing(reports)


def test_pairs_leave_out_what_is_not_sure() -> None:
    """Two different reports of one year: neither footing nor arrays takes one of them for last year's."""
    first, second = report(2022), faults.misprint(report(2022), "requests/carried_out:total", 55)
    this = report(2023)
    assert pairs.pair([first, second, this]).before(this) is None
    assert Figures.of([first, second, this]).before.tolist() == [-1, -1, -1]
