"""What is written reads back the same, in every format and form; a report at fault is not written unawares."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.checking import check
from gongkai.annual.finding import Severity
from gongkai.annual.form import forms
from gongkai.annual.reading import read
from gongkai.annual.report import Cell, Report
from gongkai.annual.showing.recognising import is_result
from gongkai.annual.writing import FORMATS, NotWritten, blank, write
from gongkai.cli.verbs import write as verb
from gongkai.demo.local_tables import make_local
from gongkai.demo.making import make, values, with_values

EXAMPLES = settings().max_examples // 10
"""A report of every form in every format for each example: fewer of them do."""

SLIPS = frozenset({"text_not_table", "parts_not_whole"})


@pytest.fixture(params=FORMATS)
def format(request) -> str:
    """Each format that reports are written in."""
    found: str = request.param
    return found


@pytest.fixture(params=forms())
def form(request) -> str:
    """Each form by its name."""
    found: str = request.param
    return found


def errors(report: Report) -> list[str]:
    return [finding.code for finding in check([report]).findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("form", forms())
@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 10**6))
def test_any_report_reads_back_the_same(format, form, seed):
    report = make(Random(seed), form=form)
    assert read(write(report, format), f"年报.{format}").content == report.content


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=EXAMPLES)
@given(seed=st.integers(0, 10**6))
def test_a_table_of_a_province_s_own_reads_back_the_same(format, seed):
    report = make_local(Random(seed))
    assert read(write(report, format), f"年报.{format}").content == report.content


def test_what_was_read_back_once_stays_the_same(format, form):
    once = read(write(make(Random(1), form=form), format), f"年报.{format}")
    assert read(write(once, format), f"年报.{format}").content == once.content


def test_the_same_report_is_written_the_same_way(format, form):
    report = make(Random(2), form=form)
    assert write(report, format) == write(report, format)


def test_every_cell_of_a_blank_form_is_there_and_blank(format, form):
    year = forms()[form].first_year
    again = read(blank(forms()[form], format, agency="云岭省青禾市数据局", year=year), f"年报.{format}")
    assert (again.agency, again.year, again.form) == ("云岭省青禾市数据局", year, form)
    assert {name: cell.value for name, cell in again.cells()} == {
        f"{table.name}/{key}": None for table in forms()[form].tables.values() for key in table.cells
    }


def test_a_blank_form_may_leave_agency_and_year_to_be_filled_in(format, form):
    again = read(blank(forms()[form], format), f"年报.{format}")
    assert again.agency is None
    assert all(cell.value is None for _, cell in again.cells())


def test_a_report_with_errors_is_not_written_unasked(format):
    with pytest.raises(NotWritten) as refused:
        write(make(Random(3), form="2021", slips=SLIPS), format)
    assert "核对有 2 处错误" in refused.value.message
    assert "2 errors" in refused.value.message_en
    assert len(refused.value.findings) == 2


def test_errors_stand_on_the_face_and_are_no_part_of_the_report(format):
    report = make(Random(3), form="2021", slips=SLIPS)
    data = write(report, format, with_findings=True)
    again = read(data, f"年报.{format}")
    assert again.content == report.content
    assert sorted(errors(again)) == sorted(errors(report))
    if format in ("docx", "pdf", "html"):
        assert any("核对意见" in finding.message for finding in again.findings)


def test_blank_cells_stay_blank(format):
    report = make(Random(4), form="2021")
    tables = {name: dict(cells) for name, cells in values(report).items()}
    tables["requests"]["received:total"] = tables["disputes"]["reconsideration.total"] = None
    report = with_values(report, tables)
    assert read(write(report, format, with_findings=True), f"年报.{format}").content == report.content


def test_cells_that_were_not_read_are_left_blank_and_say_so(format):
    report = make(Random(4), form="2021")
    cells = {key: cell for key, cell in report.tables["requests"].items() if key != "received:other"}
    report = replace(report, tables={**report.tables, "requests": cells})
    if format == "json":
        assert read(write(report, format), "年报.json").content == report.content
        return
    with pytest.raises(NotWritten, match="未填"):
        write(report, format)
    again = read(write(report, format, with_findings=True), f"年报.{format}")
    shown = again.content.tables["requests"]
    assert shown["received:other"] is None
    assert {key: value for key, value in shown.items() if key != "received:other"} == report.content.tables["requests"]


def test_a_report_without_one_of_its_tables_keeps_without_it(format):
    report = make(Random(5), form="2019")
    report = replace(report, tables={name: of for name, of in report.tables.items() if name != "disputes"})
    assert read(write(report, format, with_findings=True), f"年报.{format}").content == report.content


def test_large_and_fine_figures_keep_every_digit(format):
    report = make(Random(6), form="2019")
    tables = {name: dict(cells) for name, cells in values(report).items()}
    tables["publication"] |= {"procurement.amount_yuan": 123_456_789_012, "penalties.change": -98_765}
    report = with_values(report, tables)
    again = read(write(report, format, with_findings=True), f"年报.{format}")
    assert again.content.tables == report.content.tables


def with_paragraph(report: Report, text: str) -> Report:
    """The report with that as its last paragraph but one."""
    *before, last = report.narrative.paragraphs
    paragraphs = (*before, (last[0], text, last[2]), last)
    return replace(report, narrative=replace(report.narrative, paragraphs=paragraphs, figures=()))


def test_signs_of_markup_and_unseen_characters_do_no_harm(format):
    text = "对“<b>&amp;</b>”#[x]$y$\\n@z 一类写法\x0b和文件名 a_b*c 均已更正\u200b。"
    again = read(write(with_paragraph(make(Random(7), form="2021"), text), format), f"年报.{format}")
    written = again.narrative.paragraphs[-2][1].replace(" ", "")
    assert "对“<b>&amp;</b>”#[x]$y$\\n@z一类写法" in written and "均已更正" in written


def test_a_rare_character_is_written_right_or_the_report_is_not(format):
    report = with_paragraph(make(Random(7), form="2021"), "𠮷野路一带的公开栏已经更新。")
    try:
        data = write(report, format)
    except NotWritten as refused:
        assert "应为“𠮷野路一带" in refused.message
    else:
        assert read(data, f"年报.{format}").narrative.paragraphs[-2][1] == "𠮷野路一带的公开栏已经更新。"


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "json"])
def test_a_report_of_which_nothing_is_known_is_refused(format):
    with pytest.raises(NotWritten, match="不知道按哪一年的表样写"):
        write(Report(title="政府信息公开工作年度报告"), format, with_findings=True)


def test_a_format_that_is_none_is_named():
    with pytest.raises(ValueError, match="no format 'odt'"):
        write(make(Random(1)), "odt")
    with pytest.raises(ValueError, match="no format 'odt'"):
        blank(forms()["2021"], "odt")


def test_the_command_offers_every_format():
    assert verb.FORMATS == FORMATS


def test_a_written_report_is_no_result_of_a_check(format, tmp_path):
    path = tmp_path / f"年报.{format}"
    path.write_bytes(write(make(Random(1), form="2021"), format))
    assert not is_result(str(path))


def test_real_reports_are_written_as_they_were_read(shared_reports, format):
    written = 0
    for path in sorted(shared_reports.iterdir()):
        if path.suffix not in (".pdf", ".txt", ".md", ".html") or path.name == "README.md":
            continue
        report = read(path)
        again = read(write(report, format, with_findings=True), f"年报.{format}")
        shown = {name: cell.value for name, cell in again.cells() if cell.value is not None}
        assert shown == {name: cell.value for name, cell in report.cells() if cell.value is not None}, path.name
        assert (again.agency, again.year) == (report.agency, report.year), path.name
        written += 1
    assert written > 10


def test_a_cell_of_an_unknown_form_is_refused_by_name(format):
    report = make(Random(1), form="2021")
    strange = {**report.tables["requests"], "received:nobody": Cell(3)}
    with pytest.raises(NotWritten, match="received:nobody"):
        write(replace(report, tables={**report.tables, "requests": strange}), format, with_findings=True)
