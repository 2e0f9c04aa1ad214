"""Frames, years, merged reports and the verdict, through the front door."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from gongkai.annual.checking import check, common
from gongkai.annual.finding import Finding, Severity
from gongkai.annual.form import BrokenForm, forms
from gongkai.annual.phrases import phrases
from gongkai.annual.report import Heading, Report
from gongkai.demo import faults
from gongkai.demo.agencies import DISTRICT_AGENCIES
from gongkai.demo.making import make
from tests.annual.checking.cases import EDUCATION, GOVERNMENT, area, copies, mixed, report, said, without_heading


def one(found: tuple[Finding, ...], code: str) -> Finding:
    (finding,) = [finding for finding in found if finding.code == code]
    return finding


# ── Frame ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_missing_table_and_a_missing_heading_are_told_by_their_names() -> None:
    made = faults.without_table(without_heading(3, content=True), "publication")
    found = check([made]).findings
    assert "第二部分的表“主动公开政府信息情况”" in one(found, "F-1").message
    assert "三、收到和处理政府信息公开申请情况" in one(found, "F-2b").message
    assert len(found) == 2


def test_a_table_about_which_reading_has_spoken_is_unread_and_not_missing() -> None:
    unread = Finding(
        "R-1", Severity.WARNING, "未能确定", "not read for sure", cells=("publication/licences.decisions",)
    )
    made = faults.without_table(report(), "publication").with_findings(unread)
    assert "F-1" not in {finding.code for finding in check([made]).findings}


def test_a_report_of_2017_in_free_text_needs_no_tables_or_headings() -> None:
    assert not check([Report(agency="鹭鸣县教育局", year=2017, form="2014")]).findings


def test_a_report_without_any_headings_is_told_once() -> None:
    made = report()
    told = replace(made.narrative, headings=(Heading("前言", None, made.narrative.headings[0].where),))
    found = check([replace(made, narrative=told)]).findings
    assert [finding.code for finding in found] == ["F-2b"]
    assert "一、总体情况" in found[0].message and "六、其他需要报告的事项" in found[0].message


def test_the_wrong_form_names_the_right_one() -> None:
    finding = one(check([report(2023, form="2019")]).findings, "F-3")
    assert finding.expected == "国办公开办函〔2021〕30号"
    assert finding.actual == "国办公开办函〔2019〕60号"


def test_the_statistical_table_of_2014_in_a_report_of_2024_is_the_wrong_form() -> None:
    found = {finding.code for finding in check([make(Random(2), year=2024, form="2014")]).findings}
    assert {"F-3", "F-1"} <= found


def test_two_forms_in_one_report_are_a_reminder_and_no_error() -> None:
    checked = check([mixed()])
    assert [finding.code for finding in checked.findings] == ["F-4"]
    assert checked.verdict == "valid"


@pytest.mark.parametrize(
    ("agency", "year", "day", "late"),
    [
        (EDUCATION, 2023, "2024-01-31", False),
        (EDUCATION, 2023, "2024-02-01", True),
        (GOVERNMENT, 2023, "2024-03-31", False),
        (GOVERNMENT, 2023, "2024-04-01", True),
        (EDUCATION, 2017, "2018-03-31", False),
        (EDUCATION, 2017, "2018-04-01", True),
        (EDUCATION, 2023, "", False),
        (EDUCATION, 2023, "soon", False),
    ],
)
def test_the_day_of_publication(agency, year: int, day: str, late: bool) -> None:
    made = report(year, agency)
    codes = {finding.code for finding in check([made], published={made.source or agency.name: day}).findings}
    assert ("X-9" in codes) is late


# ── Years ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_carry_over_is_checked_between_reports_given_in_any_order_under_any_spelling() -> None:
    before = replace(report(2022), agency="棠湾区教育局", source="2022.pdf")
    this = make(Random(5), agency=EDUCATION, year=2023, previous=report(2022))
    wrong = replace(faults.misprint(this, "requests/carried_in:total", 640), source="2023.pdf")
    finding = one(check([wrong, before]).findings, "T3-5")
    assert finding.cells == ("requests/carried_in:total", "2022:requests/carried_out:total")
    assert finding.actual == 640 and finding.expected == before.value("requests/carried_out:total")
    assert (finding.source, finding.year) == ("2023.pdf", 2023)
    assert "上年结转 640，上年结转下年度" in finding.message


def test_carry_over_crosses_the_change_of_form() -> None:
    before, this = report(2020), report(2021)
    wrong = faults.misprint(this, "requests/carried_in:total", 640)
    assert "T3-5" in {finding.code for finding in check([before, wrong]).findings}
    assert "T2-1" not in {finding.code for finding in check([before, wrong]).findings}


def test_copies_that_agree_count_as_one_report() -> None:
    this = make(Random(5), agency=EDUCATION, year=2024, previous=report())
    wrong = faults.misprint(this, "requests/carried_in:total", 640)
    assert "T3-5" in {finding.code for finding in check([*copies(0), wrong]).findings}
    found = check([*copies(1), wrong]).findings
    assert "T3-5" not in {finding.code for finding in found}
    assert "行政处罚" in one(found, "F-7").message


# ── Merged reports ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_merged_report_is_recognised_by_its_figures_and_its_wrong_cell_is_named() -> None:
    merged, members = area()
    assert not check([merged, *members]).findings
    wrong = faults.misprint(merged, "publication/penalties.decisions", 31234)
    finding = one(check([*members, wrong]).findings, "X-6")
    assert finding.cells == ("publication/penalties.decisions",)
    assert finding.actual == 31234
    assert finding.expected == sum(member.value("publication/penalties.decisions") or 0 for member in members)


def test_a_merged_report_that_is_named_needs_no_likeness() -> None:
    merged, members = area()
    found = check([*members[:1]], merged=merged).findings
    assert {finding.code for finding in found} == {"X-6"}
    assert all("……" in finding.message for finding in found if len(finding.cells) > 8)


@pytest.mark.parametrize(
    ("given", "told", "code"),
    [
        (slice(1, None), {"members": [agency.name for agency in DISTRICT_AGENCIES[2:5]]}, "X-6b"),
        (slice(0, 0), {}, "X-6d"),
        (slice(1, None), {"unread": 1}, "X-6e"),
    ],
)
def test_a_merged_report_is_not_blamed_for_parts_that_were_not_there(given: slice, told: Any, code: str) -> None:
    merged, members = area()
    checked = check(members[given], merged=merged, **told)
    assert [finding.code for finding in checked.findings] == [code]
    assert checked.verdict == "valid"


def test_a_cell_that_one_part_lacks_is_not_added_up() -> None:
    merged, members = area()
    cells = {name: cell for name, cell in members[0].tables["disputes"].items() if name != "reconsideration.total"}
    members[0] = replace(members[0], tables={**members[0].tables, "disputes": cells})
    wrong = faults.misprint(merged, "disputes/reconsideration.total", 9999)
    cells_found = [
        cell for finding in check(members, merged=wrong).findings if finding.code == "X-6" for cell in finding.cells
    ]
    assert "disputes/reconsideration.total" not in cells_found


def test_members_are_known_by_any_spelling_of_their_names() -> None:
    merged, members = area()
    names = [DISTRICT_AGENCIES[2].name.replace("人力资源和社会保障局", "人社局"), "棠湾区教育局"]
    assert "X-6b" not in {finding.code for finding in check(members, merged=merged, members=names).findings}


# ── Verdict ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_good_report_is_valid_and_says_so() -> None:
    checked = check([report()])
    assert (checked.verdict, checked.headline(), checked.headline("en")) == ("valid", "未发现错误", "No errors found")


def test_reminders_do_not_make_a_report_invalid() -> None:
    checked = check([mixed()])
    assert checked.verdict == "valid"
    assert checked.headline() == "未发现错误，有 1 处提醒：格式 1 处"


def test_the_headline_counts_and_says_where() -> None:
    made = replace(faults.misprint(report(), "requests/granted:natural_person", 4321), published="2024-06-01")
    checked = check([made])
    assert checked.verdict == "invalid"
    assert checked.headline() == "有 2 处错误、1 处提醒：表三 2 处、格式 1 处"
    assert checked.headline("en") == "2 errors and 1 warning: table 3 (2), form (1)"


def test_the_headline_of_several_reports_says_how_many_have_errors() -> None:
    quiet = replace(report(2022), narrative=said())
    wrong = replace(faults.misprint(quiet, "disputes/reconsideration.total", 4321), source="b")
    other = replace(report(2023, DISTRICT_AGENCIES[4]), narrative=said(), source="a")
    assert check([other, wrong]).headline() == "2 份报告中 1 份有错误，共有 1 处错误：表四 1 处"
    assert check([other, wrong]).headline("en") == "1 of 2 reports invalid, 1 error: table 4 (1)"


def test_no_report_is_unreadable() -> None:
    checked = check([])
    assert checked.verdict == "unreadable"
    assert checked.headline() and checked.headline("en")


def test_findings_of_reading_come_along() -> None:
    unread = Finding("R-1", Severity.WARNING, "未能确定", "not read for sure")
    checked = check([report().with_findings(unread)])
    assert checked.findings == (unread,)
    assert checked.headline() == "未发现错误，有 1 处提醒：读取 1 处"


def test_the_verdict_says_how_many_cells_no_rule_could_be_held_against() -> None:
    whole = replace(report(), narrative=said())
    name = "publication/licences.decisions"
    there = {cell: read for cell, read in whole.tables["publication"].items() if cell != "licences.decisions"}
    unread = Finding("R-3", Severity.WARNING, "未读出", "left unread", cells=(name,))
    checked = check([replace(whole, tables={**whole.tables, "publication": there}).with_findings(unread)])
    assert checked.headline().endswith("；另有 1 格未能读准，没有核对")
    assert checked.headline("en").endswith("; cells unread and not checked: 1")


def test_json_has_the_shape_of_the_vocabulary() -> None:
    quiet = replace(report(), narrative=said())
    shown = check([faults.misprint(quiet, "disputes/reconsideration.total", 4321)]).to_json("en")
    assert set(shown) == {"verdict", "headline", "reports", "findings"}
    (finding,) = shown["findings"]
    assert set(finding) >= {"code", "severity", "message", "cells", "expected", "actual", "basis", "where"}
    assert finding["message"].startswith("Table of section 4")
    assert shown["reports"][0]["year"] == 2023


def test_findings_are_given_to_the_report_that_they_are_about() -> None:
    first, second = copies(0)
    wrong = replace(faults.misprint(second, "disputes/reconsideration.total", 4321), year=2022)
    checked = check([first, wrong])
    assert not [f for f in checked.of(first) if f.code == "T4-1"]
    assert [f for f in checked.of(wrong) if f.code == "T4-1"]


# ── The file of common rules ─────────────────────────────────────────────────────────────────────────────────────

GOOD = """
[[rules]]
code = "X-1"
place = "text"
severity = "error"
words = "甲"
words_en = "a"
basis = "乙"
[names]
full = [["甲", "乙"]]
departments = []
places = "."
no_places = []
[[names.kinds]]
kind = "department"
pattern = "局$"
[words]
list = ["、", ", "]
"""


def test_a_good_file_of_common_rules_is_loaded() -> None:
    loaded = common.load(GOOD, "common.toml")
    assert loaded.rules["X-1"].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("was", "is_now", "said"),
    [
        ("[[rules]]", "[[rules", "not valid TOML"),
        ("[words]", "[word]", "unknown key 'word'"),
        ('severity = "error"', 'severity = "grave"', "severity"),
        ('basis = "乙"', "", "basis"),
        ('basis = "乙"', 'basis = "乙"\nmore = 1', "unknown key 'more'"),
        ('pattern = "局$"', 'pattern = "("', "not a pattern"),
        ('list = ["、", ", "]', 'list = ["、"]', "pair"),
        (
            "[names]",
            '[[rules]]\ncode = "X-1"\nplace = "text"\nseverity = "info"\n'
            'words = "1"\nwords_en = "1"\nbasis = "1"\n[names]',
            "twice",
        ),
        ("[words]", "[extra]\n[words]", "unknown key 'extra'"),
        ('full = [["甲", "乙"]]', "", "needs full"),
        ('basis = "乙"', 'basis = "乙"\n[rules.settings]\npatterns = ["["]', "not a pattern"),
    ],
)
def test_a_broken_file_of_common_rules_is_a_clear_error(was: str, is_now: str, said: str) -> None:
    with pytest.raises(BrokenForm, match=said.replace("'", ".")) as raised:
        common.load(GOOD.replace(was, is_now, 1), "common.toml")
    assert "common.toml" in str(raised.value)


def test_every_cell_and_figure_that_common_rules_name_exists() -> None:
    tables = [table for form in forms().values() for table in form.tables.values()]
    known = {f"{table.name}/{cell}" for table in tables for cell in table.cells}
    rules = common.common().rules.values()
    cells = {rule.settings["cell"] for rule in rules if "cell" in rule.settings}
    keys = ("figure", "notices", "notified", "collected")
    figures = {rule.settings[key] for rule in rules for key in keys if key in rule.settings}
    assert cells and cells <= known
    assert figures and figures <= set(phrases())
