"""Made-up figures keep every rule of their form, until a fault is asked for."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.form import forms
from gongkai.annual.report import Report
from gongkai.demo import faults, figures
from gongkai.demo.agencies import AGENCIES, DISTRICT_AGENCIES
from gongkai.demo.making import make, values, with_values

FORMS = sorted(forms())
RULES = [(form.name, rule.code) for form in forms().values() for rule in form.rules]
OFFICE = DISTRICT_AGENCIES[2]


@given(seed=st.integers(0, 2**32), form=st.sampled_from(FORMS), volume=st.floats(0.5, 5))
def test_every_relation_of_the_form_holds(seed, form, volume):
    tables = figures.draw(forms()[form], Random(seed), volume=volume, kinds=("department", "county"))
    assert list(figures.broken(forms()[form], tables, kinds=("department", "county"))) == []


@given(seed=st.integers(0, 2**32), form=st.sampled_from(FORMS))
def test_no_count_is_negative(seed, form):
    tables = figures.draw(forms()[form], Random(seed), volume=3)
    for name, table in forms()[form].tables.items():
        counts = [tables[name][cell] for cell, (_, column) in table.cells.items() if not column.signed]
        assert min(value or 0 for value in counts) >= 0


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_most_cells_are_zero_as_in_real_reports(form):
    drawn = [
        value
        for seed in range(40)
        for cells in figures.draw(forms()[form], Random(seed), volume=2).values()
        for value in cells.values()
    ]
    assert 0.6 < sum(value == 0 for value in drawn) / len(drawn) < 0.85


@pytest.mark.parametrize("form", FORMS)
def test_the_same_seed_makes_the_same_report(form):
    assert make(Random(5), form=form) == make(Random(5), form=form)


@given(seed=st.integers(0, 2**32))
def test_figures_carry_over_from_the_year_before(seed):
    rng = Random(seed)
    before = make(rng, agency=OFFICE, year=2022)
    after = make(rng, agency=OFFICE, year=2023, previous=before)
    for column in forms()["2021"].tables["requests"].columns:
        assert after.value(f"requests/carried_in:{column.key}") == before.value(f"requests/carried_out:{column.key}")
    assert list(figures.broken(forms()["2021"], values(after), values(before), OFFICE.kinds)) == []


def _two_years(form: str, seed: int = 3):
    first = max(forms()[form].first_year, 2017)
    rng = Random(seed)
    before = make(rng, agency=OFFICE, form=form, year=first)
    if form != "2014":  # so that the rules on what was pending have something to miss
        changed = values(before)
        for court in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
            changed["disputes"][f"{court}.pending"] = 5
        figures.settle(forms()[form], changed, kinds=OFFICE.kinds)
        before = with_values(before, changed)
    return before, make(rng, agency=OFFICE, form=form, year=first + 1, previous=before)


def _broken(form: str, report: Report, before: Report) -> set[str]:
    return {rule.code for rule, _ in figures.broken(forms()[form], values(report), values(before), OFFICE.kinds)}


@pytest.mark.parametrize(("form", "code"), RULES)
def test_a_fault_breaks_the_rule_it_is_asked_to_break(form, code):
    before, after = _two_years(form)
    spoiled = faults.break_rule(after, code, Random(1), previous=before, kinds=OFFICE.kinds)
    rule = forms()[form].rule(code)
    if rule.kind == "relation":
        assert code in _broken(form, spoiled, before)
    elif rule.kind == "filled":
        assert None in values(spoiled)[rule.table or ""].values()
    else:
        assert any((value or 0) < 0 for cells in values(spoiled).values() for value in cells.values())
    assert values(spoiled) != values(after)


@pytest.mark.parametrize("code", ["T3-1", "T3-2", "T3-3", "T3-5", "T4-1", "T2-1"])
def test_a_fault_breaks_no_other_rule_where_it_can_be_avoided(code):
    before, after = _two_years("2021")
    spoiled = faults.break_rule(after, code, Random(1), previous=before, kinds=OFFICE.kinds)
    assert _broken("2021", spoiled, before) == {code}


def test_a_rule_that_looks_back_cannot_be_broken_without_a_year_before():
    with pytest.raises(ValueError, match="year before"):
        faults.break_rule(make(Random(1), form="2021"), "T3-5", Random(1))


def test_agencies_have_names_of_their_own():
    assert len({agency.name for agency in AGENCIES}) == len(AGENCIES)
