"""The forms as data: what the shipped files say, and that a broken file is a clear error before anything is read."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.finding import Severity
from gongkai.annual.form import BrokenForm, Form, form_for, forms, load
from gongkai.annual.relation import Term

FILES = {
    entry.name: entry.read_text(encoding="utf-8")
    for entry in (resources.files("gongkai.annual") / "forms").iterdir()
    if re.fullmatch(r"\d{4}\.toml", entry.name)
}


# ── The forms that are shipped ──────────────────────────────────────────────────────────────────────────────────────


def test_every_form_file_is_loaded_and_named_after_its_first_year() -> None:
    assert set(FILES) == {f"{name}.toml" for name in forms()}
    assert {name: str(form.first_year) for name, form in forms().items()} == {name: name for name in forms()}


@pytest.mark.parametrize(
    ("year", "name"),
    [(2013, None), (2014, "2014"), (2018, "2014"), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2026, "2021")],
)
def test_each_year_has_its_form(year: int, name: str | None) -> None:
    form = form_for(year)
    assert (form.name if form else None) == name


def test_no_year_has_two_forms() -> None:
    assert [year for year in range(2000, 2100) if sum(form.holds_for(year) for form in forms().values()) > 1] == []


@pytest.mark.parametrize(
    ("form", "table", "rows", "columns", "cells"),
    [
        ("2021", "requests", 25, 7, 175),
        ("2019", "requests", 23, 7, 161),
        ("2021", "disputes", 1, 15, 15),
        ("2019", "disputes", 1, 15, 15),
        ("2021", "publication", 6, 5, 10),
        ("2019", "publication", 8, 8, 22),
    ],
)
def test_the_tables_have_the_rows_and_columns_of_the_printed_form(
    form: str, table: str, rows: int, columns: int, cells: int
) -> None:
    shape = forms()[form].tables[table]
    assert len(shape.rows) == rows
    assert len({column.key for column in shape.columns}) == columns
    assert len(shape.cells) == cells


@pytest.mark.parametrize(("form", "results"), [("2021", 21), ("2019", 19)])
def test_the_results_are_the_leaf_rows_of_the_printed_form(form: str, results: int) -> None:
    assert len(forms()[form].tables["requests"].outcomes) == results


@pytest.mark.parametrize("form", list(forms().values()), ids=str)
def test_everything_has_its_words_in_both_languages(form: Form) -> None:
    said = [(form.title, form.title_en)]
    said += [(section.heading, section.heading_en) for section in form.sections]
    said += [(rule.words, rule.words_en) for rule in form.rules]
    for table in form.tables.values():
        said += [(table.title, table.title_en)]
        said += [(group.label, group.label_en) for group in table.groups]
        for block in table.blocks:
            said += [(column.label, column.label_en) for column in block.columns]
            said += [(row.label, row.label_en) for row in block.rows if row.key]
    assert [pair for pair in said if not pair[0] or not pair[1]] == []
    chinese = re.compile("[一-鿿]")
    assert [pair for pair in said if not chinese.search(pair[0]) or chinese.search(pair[1])] == []


@pytest.mark.parametrize("form", list(forms().values()), ids=str)
def test_every_rule_names_what_it_rests_on(form: Form) -> None:
    assert [rule.code for rule in form.rules if not re.search("〔20|《", rule.basis)] == []


def test_the_balance_holds_for_each_of_the_seven_columns() -> None:
    form = forms()["2021"]
    relations = list(form.rule("T3-1").instances(form.tables["requests"]))
    assert len(relations) == 7
    assert relations[-1].left == (Term("received:total", 1), Term("carried_in:total", 1))
    assert relations[-1].right == (Term("total:total", 1), Term("carried_out:total", 1))


def test_the_total_is_the_sum_of_all_results_of_its_column() -> None:
    form = forms()["2021"]
    relation = next(form.rule("T3-2").instances(form.tables["requests"]))
    assert len(relation.right) == 21
    assert {term.name.split(":")[1] for term in relation.terms} == {"natural_person"}


def test_the_total_column_is_the_sum_of_its_row_for_every_row() -> None:
    form = forms()["2019"]
    relations = list(form.rule("T3-3").instances(form.tables["requests"]))
    assert len(relations) == 23
    assert {term.name.rsplit(":", 1)[0] for term in relations[0].terms} == {"received"}


def test_carry_over_looks_back_at_last_year() -> None:
    rule = forms()["2021"].rule("T3-5")
    assert rule.looks_back
    assert not forms()["2021"].rule("T3-1").looks_back
    assert next(rule.instances(forms()["2021"].tables["requests"])).right[0].previous


def test_a_rule_without_relation_has_no_instances() -> None:
    form = forms()["2021"]
    assert list(form.rule("T3-4").instances(form.tables["requests"])) == []


def test_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        forms()["2021"].rule("T9-9")


def test_a_cell_is_named_in_words() -> None:
    form = forms()["2021"]
    assert form.tables["requests"].label("refused.state_secret:enterprise") == "1.属于国家秘密 · 商业企业"
    assert form.tables["disputes"].label("reconsideration.upheld") == "行政复议 · 结果维持"
    assert form.tables["disputes"].label("reconsideration.upheld", "en") == "Administrative reconsideration · upheld"


# ── Broken form files ───────────────────────────────────────────────────────────────────────────────────────────────

SMALL = """
name = "2031"
title = "报告"
title_en = "Report"
years = { from = 2031, to = 2033 }
basis = "〔2031〕1号"
law = "《条例》"

[[sections]]
number = 1
heading = "情况"
heading_en = "Overview"
tables = ["requests"]

[tables.requests]
section = 1
title = "申请"
title_en = "Requests"
cell = "{row}:{column}"
groups = [{ key = "applicants", label = "申请人", label_en = "Applicants" }]
[[tables.requests.blocks]]
columns = [
  { key = "person", label = "自然人", label_en = "persons", group = ["applicants"] },
  { key = "total", label = "总计", label_en = "total" },
]
rows = [
  { heading = "results", label = "结果", label_en = "Results" },
  { key = "granted", label = "予以公开", label_en = "granted", outcome = true, under = "results" },
  { key = "total", label = "总计", label_en = "total", decimal = true },
]

[[rules]]
code = "R-1"
severity = "error"
table = "requests"
each = "column"
holds = "total = outcomes"
words = "总计应等于各项之和"
words_en = "The total must equal the sum"
basis = "〔2031〕1号"
agencies = ["county"]
"""


def test_the_small_form_is_whole() -> None:
    form = load(SMALL, "small.toml")
    assert list(form.tables["requests"].cells) == ["granted:person", "granted:total", "total:person", "total:total"]
    assert form.rules[0].severity is Severity.ERROR


BROKEN = {
    "not TOML": ('name = "2031"', "name = ", "not valid TOML"),
    "a key is unknown": ('law = "《条例》"', 'law = "《条例》"\nlwa = "x"', "file: unknown key 'lwa'; known are basis"),
    "a key is missing": ('basis = "〔2031〕1号"\nlaw', "law", "file: basis is missing"),
    "a key has the wrong type": ('title = "报告"', "title = 3", "file: title must be str, not int"),
    "true is no number": ("from = 2031", "from = true", "years: from must be int, not bool"),
    "the years run backwards": ("to = 2033", "to = 2030", "years: from is later than to"),
    "a section names a table that is not there": (
        'tables = ["requests"]',
        'tables = ["request"]',
        "section 1: unknown table 'request'",
    ),
    "a table stands in no section": (
        'tables = ["requests"]',
        "tables = []",
        "tables.requests: section 1 does not name this table",
    ),
    "a list holds more than words": (
        'tables = ["requests"]',
        "tables = [1]",
        "sections[0]: tables must be a list of words",
    ),
    "the template names something else": ("{row}:{column}", "{rows}", "tables.requests: cell must be made of {row}"),
    "the template asks for a part": ("{row}:{column}", "{row.key}", "tables.requests: cell must be made of {row}"),
    "the template is torn": ("{row}:{column}", "{row", "tables.requests: cell must be made of {row}"),
    "two cells have one name": ("{row}:{column}", "{column}", "tables.requests: two cells have the same name"),
    "a column's group is unknown": (
        'group = ["applicants"]',
        'group = ["applicant"]',
        "tables.requests, column 'person': unknown group 'applicant'",
    ),
    "a row's heading is unknown": (
        'under = "results"',
        'under = "result"',
        "tables.requests.blocks[0], row 'granted': unknown heading 'result'",
    ),
    "a row is neither row nor heading": (
        'heading = "results", ',
        "",
        "tables.requests.blocks[0].rows[0]: needs either key (a row of figures) or heading",
    ),
    "a row is both row and heading": (
        'heading = "results", ',
        'heading = "results", key = "x", ',
        "tables.requests.blocks[0].rows[0]: needs either key (a row of figures) or heading",
    ),
    "a row has no label": (
        'key = "granted", label = "予以公开", ',
        'key = "granted", ',
        "tables.requests.blocks[0].rows[1]: label is missing",
    ),
    "the severity is unknown": (
        'severity = "error"',
        'severity = "fatal"',
        "rule R-1: severity must be one of error, warning, info, not 'fatal'",
    ),
    "the kind is unknown": ('each = "column"', 'kind = "sum"', "rule R-1: unknown kind 'sum'"),
    "a relation lacks what holds": (
        'holds = "total = outcomes"',
        "",
        "rule R-1: a relation needs holds, and only a relation has it",
    ),
    "another kind says what holds": (
        'each = "column"',
        'kind = "filled"',
        "rule R-1: a relation needs holds, and only a relation has it",
    ),
    "each is neither row nor column": (
        'each = "column"',
        'each = "cell"',
        "rule R-1: each must be row or column, not 'cell'",
    ),
    "a rule's table is unknown": ('table = "requests"', 'table = "x"', "rule R-1: unknown table 'x'"),
    "a relation has no table": ('table = "requests"\n', "", "rule R-1: a relation needs its table"),
    "a relation cannot be read": ("total = outcomes", "total", "rule R-1: no =, <= or >= in 'total'"),
    "a relation names a row that is not there": (
        "total = outcomes",
        "total = granted + refused",
        "rule R-1: no cell 'refused:person' in table 'requests'",
    ),
    "an agency is unknown": ('["county"]', '["contry"]', "rule R-1: unknown agency 'contry'; known are "),
    "two rules have one code": (
        "[[rules]]",
        SMALL[SMALL.index("[[rules]]") :] + "[[rules]]",
        "rules: code 'R-1' is used twice",
    ),
}


@pytest.mark.parametrize("case", list(BROKEN))
def test_a_broken_form_file_says_file_place_and_fault(case: str) -> None:
    right, wrong, said = BROKEN[case]
    assert SMALL.count(right) >= 1, "the case must change something"
    with pytest.raises(BrokenForm) as raised:
        load(SMALL.replace(right, wrong, 1), "small.toml")
    assert str(raised.value).startswith(f"small.toml: {said}")


def test_an_entry_that_is_no_table_is_named() -> None:
    with pytest.raises(BrokenForm, match=re.escape("small.toml: rules[0]: must be a table")):
        load("rules = [1]\n" + SMALL[: SMALL.index("[[rules]]")], "small.toml")


@pytest.mark.parametrize("name", sorted(FILES))
@given(data=st.data())
def test_a_form_file_with_a_line_lost_or_changed_is_a_form_or_a_clear_error(name: str, data: st.DataObject) -> None:
    lines = FILES[name].splitlines()
    at = data.draw(st.integers(0, len(lines) - 1), label="line")
    others = ["", "x = 1", "[[rules]]", "[tables]", lines[at].replace('"', "", 2), re.sub(r'"[^"]*"', "7", lines[at])]
    lines[at] = data.draw(st.sampled_from([*others, lines[at][: len(lines[at]) // 2]]), label="instead")
    try:
        form = load("\n".join(lines), name)
    except BrokenForm as error:
        assert str(error).startswith(f"{name}: ")
    else:
        assert form.tables
