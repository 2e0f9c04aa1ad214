"""The rules of a form on one report."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.checking import footing
from gongkai.annual.finding import Finding, Severity, Where
from gongkai.annual.form import forms
from gongkai.annual.report import Cell, Report
from gongkai.demo import faults
from gongkai.demo import figures as oracle
from gongkai.demo.agencies import AGENCIES
from gongkai.demo.making import make, values, with_values
from tests.annual.checking.cases import report


def with_cells(made: Report, **cells: int | None) -> Report:
    """The report with other figures in table three: ``received__total=5``."""
    tables = values(made)
    for name, value in cells.items():
        tables["requests"][name.replace("__", ":")] = value
    return with_values(made, tables)


def zeros(**cells: int | None) -> Report:
    """A report of 2021 whose table three has only these figures and zeros beside them."""
    made = report()
    table = forms()["2021"].tables["requests"]
    return with_cells(with_values(made, {"requests": dict.fromkeys(table.cells, 0)}), **cells)


def found(made: Report) -> list[Finding]:
    return footing.check(made)


def codes(made: Report) -> list[str]:
    return [finding.code for finding in found(made)]


def test_a_broken_balance_is_told_as_arithmetic_with_labels_and_figures() -> None:
    made = zeros(
        received__natural_person=93,
        received__total=93,
        granted__natural_person=92,
        granted__total=92,
        total__natural_person=92,
        total__total=92,
        carried_out__natural_person=2,
        carried_out__total=2,
    )
    first, second = found(made)
    assert first.code == second.code == "T3-1"
    assert first.message.startswith(
        "表三“自然人”列：本年新收 93 + 上年结转 0 = 93，总计 92 + 结转下年度 2 = 94，相差 1。"
    )
    assert "请核对" in first.message
    assert (first.expected, first.actual) == (93, 94)
    assert first.cells == (
        "requests/received:natural_person",
        "requests/carried_in:natural_person",
        "requests/total:natural_person",
        "requests/carried_out:natural_person",
    )
    assert "natural persons" in first.message_en and "differ by 1" in first.message_en
    assert "勾稽关系" in first.basis


def test_a_long_sum_shows_only_its_figures_above_zero() -> None:
    made = zeros(granted__enterprise=3, partial__enterprise=1, total__enterprise=5, received__enterprise=5)
    message = next(finding.message for finding in found(made) if finding.code == "T3-2")
    assert "总计 5，（一）予以公开 3 + （二）部分公开 1 = 4（其余为 0），相差 1" in message


def test_a_single_result_is_held_against_the_sum_of_its_parts() -> None:
    made = faults.misprint(report(), "disputes/reconsideration.total", 999)
    finding = next(one for one in found(made) if one.code == "T4-1")
    parts = [made.value(f"disputes/reconsideration.{part}") for part in ("upheld", "corrected", "other", "pending")]
    assert finding.actual == 999
    assert finding.expected == sum(part or 0 for part in parts)
    assert "行政复议" in finding.message


def test_two_broken_sums_that_cross_name_the_cell_and_the_figure_that_would_mend_both() -> None:
    made = report()
    name = "requests/refused.process_information:natural_person"
    true = int(made.value(name) or 0)
    broken = found(faults.misprint(made, name, true + 3))
    assert {finding.code for finding in broken} == {"T3-2", "T3-3"}
    for finding in broken:
        assert finding.details["suspect"] == name
        assert finding.details["suspect_expected"] == true
        assert f"现为 {true + 3}" in finding.message and f"若为 {true} 则都相符" in finding.message


def test_the_place_is_that_of_the_suspect_cell() -> None:
    made = report()
    cells = {
        name: replace(cell, where=Where(page=2, line=at))
        for at, (name, cell) in enumerate(made.tables["requests"].items())
    }
    name = "granted:natural_person"
    cells[name] = replace(cells[name], value=(cells[name].value or 0) + 1)
    for finding in found(replace(made, tables={**made.tables, "requests": cells})):
        assert finding.where == cells[name].where


def test_a_cell_that_was_not_read_leaves_its_sums_unsaid() -> None:
    made = faults.misprint(report(), "requests/total:natural_person", 99999)
    cells = {name: cell for name, cell in made.tables["requests"].items() if name != "granted:natural_person"}
    unread = replace(made, tables={**made.tables, "requests": cells})
    assert "T3-2" not in codes(unread)
    assert "T3-1" in codes(unread)


def test_a_blank_part_counts_as_nothing_and_is_reported_once_for_the_table() -> None:
    made = zeros(granted__total=2, granted__natural_person=2, granted__enterprise=None, granted__research=None)
    made = with_cells(made, total__total=2, total__natural_person=2, received__total=2, received__natural_person=2)
    assert codes(made) == ["T3-4"]
    (finding,) = found(made)
    assert finding.message == "表三有 2 格未填：“（一）予以公开”的商业企业、科研机构。请填写，没有的填 0。"
    assert finding.cells == ("requests/granted:enterprise", "requests/granted:research")
    assert finding.severity is Severity.ERROR


def test_a_blank_total_is_reported_as_blank_and_not_as_a_wrong_sum() -> None:
    made = zeros(granted__total=2, granted__natural_person=2, total__total=None, total__natural_person=2)
    made = with_cells(made, received__natural_person=2, received__total=2)
    assert "T3-2" not in codes(made)
    assert "T3-4" in codes(made)


def test_a_blank_that_unbalances_is_named_with_the_figure_that_would_balance() -> None:
    made = zeros(received__total=32, received__natural_person=32, granted__total=31, granted__natural_person=31)
    made = with_cells(
        made, total__total=31, total__natural_person=31, carried_out__natural_person=1, carried_out__total=None
    )
    finding = next(one for one in found(made) if one.code == "T3-1")
    assert finding.details == {"suspect": "requests/carried_out:total", "suspect_expected": 1}
    assert "一格未填，若为 1 则相符" in finding.message


def test_sums_of_blanks_alone_are_not_asserted() -> None:
    made = with_values(report(), {"requests": dict.fromkeys(forms()["2021"].tables["requests"].cells)})
    assert codes(made) == ["T3-4"]
    assert "175 格未填：全部各格" in found(made)[0].message


def test_blank_columns_are_told_as_columns() -> None:
    made = report()
    table = forms()["2021"].tables["requests"]
    tables = values(made)
    tables["requests"] = {
        name: 0 if column.key in ("natural_person", "total") else None for name, (_, column) in table.cells.items()
    }
    (finding,) = found(with_values(made, tables))
    assert finding.message.startswith("表三有 125 格未填：商业企业、科研机构、社会公益组织、法律服务机构、其他整列。")
    assert len(finding.cells) == 125


def test_rows_with_the_same_blanks_are_told_together() -> None:
    made = zeros(
        received__other=None, carried_in__other=None, granted__other=None, partial__research=None, partial__other=None
    )
    (finding,) = found(made)
    assert "“本年新收”等 3 行的其他；“（二）部分公开”的科研机构、其他" in finding.message


def test_table_three_of_2019_in_a_report_of_2023_is_added_up_by_its_own_rows() -> None:
    old = make(Random(3), year=2020)
    made = replace(report(), tables={**report().tables, "requests": old.tables["requests"]}, forms={})
    assert not codes(made)

    cells = {**old.tables["requests"], "other:total": Cell(9999)}
    assert {"T3-2", "T3-3"} <= set(codes(replace(made, tables={**made.tables, "requests": cells})))


@pytest.mark.parametrize(
    ("name", "flagged"),
    [
        ("鹭鸣县教育局", True),
        ("鹭鸣县人民政府", True),
        ("砚秋县听松坪乡人民政府", True),
        ("青禾市人民政府", False),
        ("云岭省人民政府", False),
        (None, False),
    ],
)
def test_rules_for_kinds_of_agency_hold_only_for_these(name: str | None, flagged: bool) -> None:
    made = replace(faults.misprint(report(), "publication/rules.issued", 1), agency=name)
    assert ("T2-3" in codes(made)) is flagged


@pytest.mark.parametrize(("value", "wrong"), [(-1, True), ("2.5", True), (3, False)])
def test_counts_are_whole_and_not_below_zero(value: object, wrong: bool) -> None:
    from decimal import Decimal

    made = faults.misprint(report(), "publication/licences.decisions", Decimal(str(value)))
    assert ("T3-4d" in codes(made)) is wrong


def test_amounts_may_have_decimals_and_changes_may_be_negative() -> None:
    from decimal import Decimal

    assert not codes(faults.misprint(report(), "publication/fees.amount_10k_yuan", Decimal("3.25")))
    old = make(Random(1), year=2020)
    assert not codes(faults.misprint(old, "publication/licences.change", -4))


def test_a_table_of_no_known_form_has_no_rules() -> None:
    assert not found(Report(tables={"requests": {"somewhere:else": Cell(1)}}))
    assert not found(Report())


# ── Properties ───────────────────────────────────────────────────────────────────────────────────────────────────

seeds = st.integers(0, 10**6)
form_names = st.sampled_from(sorted(forms()))


@given(seeds, form_names)
def test_a_consistent_report_never_breaks_a_rule(seed: int, form: str) -> None:
    assert not found(make(Random(seed), form=form))


@given(seeds, st.sampled_from(["2019", "2021"]), st.data())
def test_changing_one_figure_of_tables_three_or_four_is_always_found(seed: int, form: str, data: st.DataObject) -> None:
    made = make(Random(seed), form=form)
    name = data.draw(st.sampled_from([name for name, _ in made.cells() if not name.startswith("publication/")]))
    change = data.draw(st.integers(1, 500))
    assert found(faults.misprint(made, name, (made.value(name) or 0) + change))


@given(seeds, form_names, st.data())
def test_exactly_the_broken_relations_are_found(seed: int, form: str, data: st.DataObject) -> None:
    rng = Random(seed)
    agency = rng.choice(AGENCIES)
    made = make(rng, agency=agency, form=form)
    tables = values(made)
    for _ in range(data.draw(st.integers(1, 4))):
        table = data.draw(st.sampled_from(sorted(tables)))
        cell = data.draw(st.sampled_from(sorted(tables[table])))
        tables[table][cell] = data.draw(st.integers(0, 50))
    wrong = list(oracle.broken(forms()[form], tables, kinds=agency.kinds))
    sums = [finding for finding in found(with_values(made, tables)) if forms()[form].rule(finding.code).relation]
    expected = sorted(
        (rule.code, tuple(sorted({f"{rule.table}/{term.name}" for term in relation.terms}))) for rule, relation in wrong
    )
    assert sorted((finding.code, tuple(sorted(finding.cells))) for finding in sums) == expected
