"""Merging: sums open to their addends, and nothing doubtful added up without being told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.checking import check
from gongkai.annual.checking.common import rules_in
from gongkai.annual.finding import Severity, Where
from gongkai.annual.form import forms
from gongkai.annual.merging import State, merge, permissions
from gongkai.annual.reading import read
from gongkai.annual.report import Cell
from gongkai.annual.showing.merging.json import json
from gongkai.annual.showing.merging.view import MergedView
from gongkai.demo import faults
from tests.annual.merging.cases import (
    BROKEN,
    ERRONEOUS,
    GOVERNMENT,
    LICENCES,
    NAMES,
    changed,
    codes,
    elsewhere,
    merged,
    one,
    parts,
    street,
    unread,
    with_local_rows,
    without,
)

YEARS = st.sampled_from([2016, 2019, 2020, 2021, 2023])
SEEDS = st.integers(0, 10_000)


# ── Sums ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(YEARS, SEEDS, st.integers(1, 5))
def test_every_cell_is_the_sum_of_its_addends_and_the_check_of_merged_reports_finds_nothing(year, seed, count) -> None:
    given_parts = parts(year, seed)[:count]
    result = merged(given_parts)
    assert result.report is not None and result.valid
    for name, addends in result.addends.items():
        assert [addend.part for addend in addends] == list(range(count))
        assert [addend.value for addend in addends] == [part.value(name) for part in given_parts]
        assert result.report.value(name) == sum(part.value(name) or 0 for part in given_parts)
    assert "X-6" not in {finding.code for finding in check(given_parts, merged=result.report).findings}


@given(SEEDS, st.permutations(range(5)))
def test_the_order_of_the_parts_does_not_matter(seed, order) -> None:
    given_parts = parts(2023, seed)
    first, second = merged(given_parts), merged([given_parts[at] for at in order])
    assert first.report and second.report
    assert first.report.content == second.report.content


def test_cells_that_several_agencies_share_are_left_blank_and_named() -> None:
    result = merged(parts(2020))
    assert result.report is not None and result.valid
    for row in ("licences", "other_services", "penalties", "coercive_measures", "fees"):
        assert result.report.cell(f"publication/{row}.previous_items") == Cell(None)
        assert f"publication/{row}.change" not in result.addends
    assert len(one(result, "M-13").cells) == 10


def test_amounts_are_added_without_rounding() -> None:
    cell = "publication/fees.amount_10k_yuan"
    amounts = ("0.1", "0.2", "1234567.123456")
    given_parts = [faults.misprint(part, cell, Decimal(amount)) for part, amount in zip(parts(), amounts, strict=False)]
    result = merged(given_parts)
    assert result.report and result.report.value(cell) == Decimal("1234567.423456")


def test_an_addend_knows_its_place_in_the_agencys_report() -> None:
    first = parts()[0]
    cells = {**first.tables["publication"], "licences.decisions": Cell(7, Where(page=4, line=12))}
    placed = replace(first, tables={**first.tables, "publication": cells})
    addend = merged([placed, *parts()[1:]]).addends[LICENCES][0]
    assert (addend.value, addend.where) == (7, Where(page=4, line=12))


def test_the_merged_report_has_the_headings_of_the_form_and_no_text() -> None:
    report = merged(parts()).report
    assert report is not None
    assert [heading.text for heading in report.narrative.headings] == [
        part.heading for part in forms()["2021"].sections
    ]
    assert not report.narrative.paragraphs
    assert report.title == f"{GOVERNMENT}2023年政府信息公开工作年度报告"


def test_its_json_is_read_as_the_same_report() -> None:
    result = merged(parts())
    assert result.report is not None
    again = read(json(result).encode(), "汇总.json")
    assert again.content == result.report.content


def test_the_statistical_tables_of_2014_are_merged_row_by_row() -> None:
    given_parts = parts(2016)
    result = merged(given_parts)
    assert result.report is not None and result.form == "2014"
    key = "published"
    row = next(row for row in result.report.indicators if row.key == key)
    assert row.cell.value == sum(part.value(f"indicators/{key}") or 0 for part in given_parts) > 0


# ── What refuses a merge ─────────────────────────────────────────────────────────────────────────────────────────


def test_every_rule_of_merging_has_a_case() -> None:
    assert set(BROKEN) == set(rules_in("merging.toml"))


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_what_a_rule_forbids_refuses_the_merge_and_is_told_in_both_languages(code: str) -> None:
    result = BROKEN[code]()
    found = [finding for finding in result.findings if finding.code == code]
    assert found
    assert result.refused is any(finding.severity is Severity.ERROR for finding in result.findings)
    for finding in found:
        assert finding.severity is rules_in("merging.toml")[code].severity
        for message in (finding.message, finding.message_en):
            assert message and "{" not in message and "None" not in message
        assert finding.basis
    if (word := rules_in("merging.toml")[code].settings.get("allow")) is not None:
        assert f"--allow {word}" in found[0].message and f"--allow {word}" in found[0].message_en


@pytest.mark.parametrize(
    ("given_parts", "told", "allow"),
    [
        (lambda: parts()[1:], {"members": NAMES}, {"missing"}),
        (parts, {"unread": ["坏.pdf"]}, {"unread"}),
        (lambda: [faults.break_rule(parts()[0], ERRONEOUS, Random(1)), *parts()[1:]], {}, {"invalid"}),
        (parts, {"published": {NAMES[2]: "2024-02-05"}}, {"late"}),
        (lambda: [*parts(), replace(parts()[0], source="又一份.pdf")], {}, {"duplicate"}),
        (lambda: [*parts(), *parts(2022)[:1]], {"year": 2023}, {"years"}),
        (lambda: [parts(form="2019")[0], *parts()[1:]], {}, {"forms"}),
        (lambda: [unread(parts()[0], LICENCES), *parts()[1:]], {}, {"absent"}),
        (lambda: [faults.misprint(parts()[0], LICENCES, None), *parts()[1:]], {}, {"blank"}),
        (lambda: [*parts(), replace(parts()[0], agency=GOVERNMENT, narrative=parts()[1].narrative)], {}, {"itself"}),
        (lambda: [*parts(), *street()], {}, {"overlap"}),
        (lambda: [*parts(), elsewhere()], {}, {"outside"}),
        (lambda: [replace(parts()[0], agency=None), *parts()[1:]], {}, {"unnamed"}),
        (with_local_rows, {}, {"rows"}),
    ],
)
def test_it_is_done_when_allowed_and_told_as_a_warning(given_parts, told, allow) -> None:
    refused = merged(given_parts(), **told)
    assert refused.refused and refused.report is None
    done = merged(given_parts(), allow=allow, **told)
    assert done.report is not None
    assert codes(done) == []
    assert codes(done, Severity.WARNING) == codes(refused)
    assert {finding.code for finding in done.report.findings} == set(codes(refused))
    for finding in done.findings:
        if finding.severity is Severity.WARNING:
            assert any(finding.message.count(f"已按 --allow {word} 认可") == 1 for word in allow), finding.message
            assert any(f"Allowed by --allow {word}:" in finding.message_en for word in allow)
            assert not any(
                advice in finding.message for advice in ("请补齐", "请先", "请退回", "请只给", "确需", "或用")
            )


def test_every_permission_is_proven_above() -> None:
    (marks,) = test_it_is_done_when_allowed_and_told_as_a_warning.pytestmark
    assert {word for _, _, allow in marks.args[1] for word in allow} == set(permissions())


def test_a_word_that_allows_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="everything"):
        merged(parts(), allow={"everything"})


def test_a_blank_adds_nothing_and_is_named_with_its_cell() -> None:
    given_parts = [faults.misprint(parts()[0], LICENCES, None), *parts()[1:]]
    assert one(merged(given_parts), "M-8").cells == (LICENCES,)
    result = merged(given_parts, allow={"blank"})
    assert result.report is not None
    assert [addend.state for addend in result.lacking(LICENCES)] == [State.BLANK]
    assert result.report.value(LICENCES) == sum(part.value(LICENCES) or 0 for part in given_parts[1:])


def test_a_cell_that_no_part_has_is_blank_and_not_zero() -> None:
    result = merged([without(part, LICENCES) for part in parts()], allow={"absent"})
    assert result.report is not None
    assert result.report.cell(LICENCES) == Cell(None)
    assert not result.valid  # the form wants it filled


def test_an_unread_cell_is_told_apart_from_one_that_is_not_there() -> None:
    result = merged([unread(parts()[0], LICENCES), without(parts()[1], LICENCES), *parts()[2:]])
    assert [addend.state for addend in result.lacking(LICENCES)] == [State.UNREAD, State.ABSENT]


def test_of_two_differing_reports_neither_is_chosen_until_one_is_named() -> None:
    given_parts = [*parts(), changed(parts()[0])]
    for allow in ((), permissions()):
        assert merged(given_parts, allow=allow).refused
    told = merged(given_parts, take=["另一份.docx"])
    assert told.report is not None
    assert [part.counted for part in told.parts] == [False, True, True, True, True, True]
    assert told.report.value(LICENCES) == sum(part.value(LICENCES) or 0 for part in given_parts[1:])


@pytest.mark.parametrize("second", [changed(parts()[0]), replace(parts()[0], source="又一份.pdf")])
def test_of_several_reports_of_one_agency_none_is_shown_as_chosen_before_it_is_settled(second) -> None:
    result = merged([*parts(), second])
    assert [part.counted for part in result.parts] == [False, True, True, True, True, False]
    view = MergedView(result, "zh")
    states = [line.state for line in view.lines()]
    assert states.count("待处理：重复") == 2 and "不计入" not in "".join(states)
    assert [line.severity for line in view.lines()][:2] == [Severity.ERROR] * 2
    assert {addend.part for addends in result.addends.values() for addend in addends} == {1, 2, 3, 4}


def test_copies_that_agree_are_counted_once() -> None:
    result = merged([*parts(), replace(parts()[0], source="又一份.pdf")], allow={"duplicate"})
    plain = merged(parts())
    assert result.report and plain.report
    assert result.report.content == plain.report.content


def test_an_agency_given_under_a_shorter_name_is_the_same_agency() -> None:
    short = replace(parts()[2], agency="棠湾区教育局", source="短名.docx")
    assert codes(merged([*parts()[:2], short, *parts()[3:]], members=NAMES)) == []
    assert "M-5" in codes(merged([*parts(), short]))


def test_a_report_of_another_year_is_never_added() -> None:
    result = merged([*parts(), *parts(2022)[:1]], year=2023, allow={"years"})
    plain = merged(parts())
    assert result.report and plain.report
    assert result.report.content == plain.report.content


def test_a_report_whose_year_was_not_read_is_not_added_and_said_so() -> None:
    finding = one(merged([replace(parts()[0], year=None), *parts()[1:]]), "M-6")
    assert "未读出的年度" in finding.message and "a year that was not read" in finding.message_en
    assert (finding.expected, finding.actual) == (2023, None)


def test_the_same_row_of_another_form_is_added_up_and_what_has_no_counterpart_is_not() -> None:
    old, new = parts(2020)[0], parts(2020, form="2021")[1]
    divided = [f"requests/other.{key}:total" for key in ("supplement_overdue", "fee_overdue", "remaining")]
    result = merged([old, new], allow={"forms", "invalid"})
    assert result.report is not None
    addends = result.addends["requests/other:total"]
    assert addends[1].value == sum(new.value(cell) or 0 for cell in divided)
    assert addends[1].cells == tuple(divided)
    refused = merged([parts()[0], parts(form="2019")[1]])
    lacking = [addend.state for addend in refused.lacking("requests/other.remaining:total")]
    assert lacking == [State.ABSENT]


def test_last_years_merged_report_checks_what_is_carried_over() -> None:
    before, now = merged(parts(2022)).report, parts(2023)
    assert before is not None
    wrong = merged(now, previous=before)
    assert "T3-5" in {finding.code for finding in wrong.checked}
    assert not wrong.valid and wrong.report is not None
    right = merge(now, agency=GOVERNMENT)
    assert right.report is not None
    carried = {
        f"carried_in:{column.key}": right.report.value(f"requests/carried_in:{column.key}") or 0
        for column in forms()["2021"].tables["requests"].columns
    }
    for cell, value in carried.items():
        before = faults.misprint(before, f"requests/{cell.replace('carried_in', 'carried_out')}", value)
    assert "T3-5" not in {finding.code for finding in merged(now, previous=before).checked}
