"""A report as a page stands by itself, can be read by ear, on a phone, on paper, and reads back as the report it is."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from lxml import html as parser

from gongkai.annual.finding import Where
from gongkai.annual.form import forms
from gongkai.annual.form.layout import Kind, sheet_of
from gongkai.annual.reading import read
from gongkai.annual.reading.files.docx import read_docx
from gongkai.annual.reading.files.html import read_html
from gongkai.annual.report import Narrative
from gongkai.annual.showing.recognising import is_result
from gongkai.annual.writing.html import html
from gongkai.annual.writing.paper import blank_paper, paper_of
from gongkai.annual.writing.proving import differences
from gongkai.demo.local_tables import make_local
from gongkai.demo.making import make
from tests.annual.writing.papers import HOSTILE, cells, endless, long_named, printed, silent, told, with_cells


def taken_apart(data: bytes) -> Any:
    """The elements of a page."""
    return parser.document_fromstring(data.decode())


def page(report=None, notices=()) -> Any:
    """The elements of a report's page."""
    return taken_apart(html(paper_of(report or make(Random(3), form="2021"), notices)))


# ── Round trip ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", forms())
@pytest.mark.parametrize("seed", range(5))
def test_a_report_reads_back_as_it_was(form, seed):
    report = make(Random(seed), form=form)
    assert read(html(paper_of(report)), "年报.html").content == report.content


@pytest.mark.slow
@pytest.mark.parametrize("form", forms())
@pytest.mark.parametrize("seed", range(100, 200))
def test_any_report_reads_back_as_it_was(form, seed):
    report = make(Random(seed), form=form)
    assert read(html(paper_of(report)), "年报.html").content == report.content


@pytest.mark.parametrize("seed", range(3))
def test_a_table_of_an_agencys_own_reads_back_as_it_was(seed):
    report = make_local(Random(seed))
    paper = paper_of(report)
    assert not differences(report, paper, read(html(paper), "年报.html"))


@pytest.mark.parametrize("report", [silent(), endless(), long_named()], ids=["silent", "endless", "long_named"])
def test_reports_without_text_with_very_much_and_with_long_names_read_back(report):
    assert read(html(paper_of(report)), "年报.html").content == report.content


@pytest.mark.parametrize("value", [0, 123_456_789_012, None])
def test_every_figure_stays_in_its_cell(value):
    report = with_cells(value)
    assert read(html(paper_of(report)), "年报.html").content == report.content


def test_amounts_keep_every_digit():
    report = with_cells(Decimal("1234567.890123"), "publication")
    again = read(html(paper_of(report)), "年报.html")
    assert again.value("publication/fees.amount_10k_yuan") == Decimal("1234567.890123")


def test_text_that_looks_like_markup_is_shown_as_it_is():
    report = told(*HOSTILE)
    paper = paper_of(report)
    shown = taken_apart(html(paper))
    assert not shown.xpath("//script") and len(shown.xpath("//style")) == 1
    assert [text.text_content() for text in shown.xpath("//section[h2][1]/p")] == list(HOSTILE)
    assert not differences(report, paper, read(html(paper), "年报.html"))


def test_notices_stand_on_the_face_and_are_not_read_as_the_report():
    report = make(Random(3), form="2021")
    lines = ("【本报告核对未通过，不得公布】", "表三“自然人”列相差2。", "【以上为核对意见，不属于年报内容】")
    (first, *_) = page(report, lines).xpath("//main/*")
    assert first.get("role") == "note" and [line.text_content() for line in first] == list(lines)
    assert read(html(paper_of(report, lines)), "年报.html").content == report.content


def test_the_page_is_a_report_and_no_result_of_a_check(tmp_path):
    file = tmp_path / "年报.html"
    file.write_bytes(html(paper_of(make(Random(3), form="2021"))))
    assert not is_result(str(file))


# ── By itself ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs():
    shown = page()
    assert not shown.xpath("//script | //link | //img | //iframe | //@src | //@href | //@style")
    assert not shown.xpath("//@*[starts-with(name(), 'on')]")
    style = shown.xpath("string(//style)")
    assert "url(" not in style and "@import" not in style
    assert "default-src 'none'" in shown.xpath("string(//meta[@http-equiv]/@content)")


def test_the_policy_of_the_page_lets_its_own_style_in():
    shown = page()
    style = shown.xpath("string(//style)").encode()
    allowed = base64.b64encode(hashlib.sha256(style).digest()).decode()
    assert f"sha256-{allowed}" in shown.xpath("string(//meta[@http-equiv]/@content)")


def test_the_same_report_gives_the_same_bytes():
    assert html(paper_of(make(Random(3), form="2021"))) == html(paper_of(make(Random(3), form="2021")))


# ── For those who listen ─────────────────────────────────────────────────────────────────────────────────────────


def test_language_title_and_headings_are_said():
    report = make(Random(3), form="2021")
    shown = page(report)
    assert shown.get("lang") == "zh-CN"
    assert shown.xpath("string(//title)") == report.title
    assert [heading.text_content() for heading in shown.xpath("//h1")] == [report.title]
    assert [heading.text_content()[:2] for heading in shown.xpath("//h2")] == [f"{n}、" for n in "一二三四五六"]
    assert shown.xpath("//meta[@name='viewport']")


@pytest.mark.parametrize("form", forms())
def test_every_table_has_a_name_and_can_be_scrolled_by_keyboard(form):
    shown = page(make(Random(3), form=form))
    ids = {each.get("id"): each.text_content() for each in shown.xpath("//*[@id]")}
    assert shown.xpath("//table")
    for table in shown.xpath("//table"):
        region = table.getparent()
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        for each in (table, region):
            assert each.get("aria-label") or ids[each.get("aria-labelledby")]


@pytest.mark.parametrize("form", forms())
def test_ids_are_given_once(form):
    assert not [one for one, times in Counter(page(make(Random(3), form=form)).xpath("//@id")).items() if times > 1]


@pytest.mark.parametrize("form", forms())
def test_every_figure_names_the_headings_of_its_row_and_column(form):
    shown = taken_apart(html(blank_paper(forms()[form])))
    words = {each.get("id"): each.text_content() for each in shown.xpath("//th[@id]")}
    for table, markup in zip(forms()[form].tables.values(), shown.xpath("//table"), strict=True):
        figures = markup.xpath(".//td[contains(@class, 'figure')]")
        for (row, column), figure in zip(table.cells.values(), figures, strict=True):
            said = [words[one] for one in figure.get("headers").split()]
            assert column.label in said
            assert not row.label or row.number + row.label in said


def test_a_heading_over_several_columns_and_one_beside_several_rows_are_named_too():
    shown = taken_apart(html(blank_paper(forms()["2021"])))
    words = {each.get("id"): each.text_content() for each in shown.xpath("//th[@id]")}
    figure = shown.xpath("(//table)[2]//tr[th[text()='1.属于国家秘密']]/td[2]")[0]
    assert [words[one] for one in figure.get("headers").split()] == [
        "申请人情况", "法人或其他组织", "商业企业", "三、本年度办理结果", "（三）不予公开", "1.属于国家秘密",
    ]  # fmt: skip


# ── As the form prints it ────────────────────────────────────────────────────────────────────────────────────────


def test_the_blank_form_has_every_cell_word_and_span_of_the_official_one(shared_reports):
    official = cells(read_docx((shared_reports / "form_2021_blank.docx").read_bytes()).grids())
    assert cells(read_html(html(blank_paper(forms()["2021"]))).grids()) == official


@pytest.mark.parametrize("form", forms())
def test_tables_have_the_cells_and_spans_of_the_form(form):
    wanted = [printed(sheet_of(table)) for table in forms()[form].tables.values()]
    assert cells(read_html(html(blank_paper(forms()[form]))).grids()) == wanted


@pytest.mark.parametrize("form", forms())
def test_headings_of_columns_that_hold_for_a_whole_table_come_again_on_each_printed_page(form):
    shown = taken_apart(html(blank_paper(forms()[form])))
    for table, markup in zip(forms()[form].tables.values(), shown.xpath("//table"), strict=True):
        sheet = sheet_of(table)
        assert len(markup.xpath("./thead/tr")) == sheet.header
        assert len(markup.xpath(".//tr")) == len(sheet.rows)
        heads = sum(cell.kind is Kind.COLUMN for row in sheet.rows[: sheet.header] for cell in row)
        assert len(markup.xpath("./thead//th[@scope='col' and contains(@class, 'column')]")) == heads


def test_no_level_of_headings_is_left_out():
    texts = ("（一）主动公开", "全年主动公开政府信息。")
    report = replace(
        make(Random(5), form="2021"), narrative=Narrative(paragraphs=tuple((None, text, Where()) for text in texts))
    )
    assert not page(report).xpath("//h3")
    assert page(told(*texts)).xpath("//section[h2]/h3")
