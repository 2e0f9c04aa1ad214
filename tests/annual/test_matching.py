"""Cells of one form that stand for those of another."""

from __future__ import annotations

import pytest

from gongkai.annual.form import forms
from gongkai.annual.form.matching import counterparts


def tables(name: str):
    return forms()["2019"].tables[name], forms()["2021"].tables[name]


@pytest.mark.parametrize("name", ["publication", "requests", "disputes"])
def test_a_table_is_its_own_counterpart_cell_by_cell(name: str) -> None:
    for table in tables(name):
        assert counterparts(table, table) == {cell: (cell,) for cell in table.cells}


def test_a_row_that_a_later_form_divides_is_the_sum_of_its_rows_and_not_the_other_way_round() -> None:
    old, new = tables("requests")
    assert counterparts(old, new)["other:total"] == (
        "other.supplement_overdue:total",
        "other.fee_overdue:total",
        "other.remaining:total",
    )
    assert "other.remaining:total" not in counterparts(new, old)


def test_of_the_publication_tables_only_the_decisions_are_the_same_cells() -> None:
    same = {"licences.decisions", "penalties.decisions", "coercive_measures.decisions"}
    for table, other in (tables("publication"), tables("publication")[::-1]):
        assert {cell: (cell,) for cell in same} == counterparts(table, other)


def test_the_disputes_are_the_same_in_both_forms() -> None:
    old, new = tables("disputes")
    assert set(counterparts(old, new)) == set(new.cells)
