"""Whatever a report holds, every format shows it whole, in both languages, and nothing in it does harm."""

from __future__ import annotations

import csv as csv_module
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from openpyxl import load_workbook

from gongkai.annual.finding import Finding, Severity, Where
from gongkai.annual.form import forms
from gongkai.annual.report import Cell, Figure, Indicator, Narrative, Report
from gongkai.annual.showing.csv import csv
from gongkai.annual.showing.gathering import views
from gongkai.annual.showing.html import html
from gongkai.annual.showing.json import check_json, read_json
from gongkai.annual.showing.marks import Note
from gongkai.annual.showing.naming import number
from gongkai.annual.showing.result import Result, Unread
from gongkai.annual.showing.text import check_text, read_text
from gongkai.annual.showing.xlsx import xlsx
from tests.annual.showing import samples

HOSTILE = "<script>alert(1)</script>\"' onload=x {{ 7*7 }} {% raw %} \x1b[31m\x00\u202e=1+1"

texts = (
    st.text(max_size=30) | st.just(HOSTILE) | st.sampled_from(["=1+1", "+1", "@SUM(A1)", "-1", "云岭省澄江区数据局"])
)
values = st.integers(-(10**12), 10**12) | st.decimals(-(10**9), 10**9, places=2)
places = st.builds(Where, st.none() | st.integers(1, 99), st.none() | st.integers(1, 999), st.none() | texts)
cells = st.builds(Cell, st.none() | values, st.none() | places, st.booleans(), texts)
known = [f"{name}/{key}" for form in forms().values() for name, table in form.tables.items() for key in table.cells]
names = st.sampled_from(known) | st.sampled_from(known).map(lambda name: f"2022:{name}") | texts
amounts = st.none() | values | texts
findings = st.builds(
    Finding, texts, st.sampled_from(Severity), texts, texts, st.lists(names, max_size=5).map(tuple), amounts, amounts,
    texts, st.none() | places, st.sampled_from(["", "a.pdf"]), st.none() | texts, st.none() | st.integers(2008, 2030),
)  # fmt: skip
figures = st.builds(Figure, st.none(), texts, values, texts, texts, places)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any report: cells of any form or of none, blanks, gaps, hostile names."""
    tables: dict[str, dict[str, Cell]] = {}
    for name in draw(st.lists(st.sampled_from(["publication", "requests", "disputes"]), unique=True)):
        keys = [key for form in forms().values() if name in form.tables for key in form.tables[name].cells]
        tables[name] = draw(st.dictionaries(st.sampled_from(keys) | texts, cells, max_size=8))
    rows = draw(st.lists(st.builds(Indicator, texts, texts, cells, st.none() | texts, st.none() | cells), max_size=3))
    return Report(
        draw(st.none() | texts), draw(st.none() | st.integers(2008, 2030)),
        draw(st.sampled_from([None, "2014", "2019", "2021", "local"])), tables=tables, indicators=tuple(rows),
        narrative=Narrative(figures=tuple(draw(st.lists(figures, max_size=3)))),
        findings=tuple(draw(st.lists(findings, max_size=2))), published=draw(st.none() | texts), source=draw(texts),
    )  # fmt: skip


@st.composite
def results(draw: st.DrawFn) -> Result:
    headline = draw(texts)
    return Result(
        tuple(draw(st.lists(reports(), max_size=3))), tuple(draw(st.lists(findings, max_size=5))),
        tuple(draw(st.lists(st.builds(Unread, texts, texts, texts), max_size=2))),
        draw(st.sampled_from(["valid", "invalid", "unreadable", None])), {"zh": headline, "en": headline},
    )  # fmt: skip


def parsed(page: str) -> Any:
    """The page as a tree."""
    return lxml_html.document_fromstring(page)


langs = st.sampled_from(["zh", "en"])
fewer = settings(max_examples=max(10, (settings.default or settings()).max_examples // 3))
"""For what takes long to make: a third of the examples."""


def shown_figures(result: Result) -> list[str]:
    """Every figure that a result holds."""
    found = []
    for report in result.reports:
        found += [cell.value for _, cell in report.cells()]
        found += [row.cell.value for row in report.indicators] + [figure.value for figure in report.narrative.figures]
    return [number(value) for value in found if value is not None]


@fewer
@given(langs, results())
def test_the_page_shows_every_figure_and_runs_nothing(lang, result):
    page = html(result, lang)
    tree = parsed(page)
    words = "".join(tree.body.itertext())
    assert all(figure in words for figure in shown_figures(result))
    assert not tree.xpath("//script | //*[@style] | //@*[starts-with(name(), 'on')]")
    assert len(tree.xpath("//style")) == 1
    assert all(target.startswith("#") for target in tree.xpath("//@href"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in tree.xpath("//@href")} <= set(ids)


@fewer
@given(langs, results())
def test_text_shows_every_figure_and_steers_no_terminal(lang, result):
    out = io.StringIO()
    read_text(result, out, lang, width=400)
    squeezed = re.sub(r"\s", "", out.getvalue())
    assert all(figure in squeezed for figure in shown_figures(result))
    check_text(result, out, lang, width=80)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out.getvalue())


@fewer
@given(langs, results())
def test_json_is_json(lang, result):
    checked = json.loads(check_json(result, lang).encode(errors="backslashreplace"))
    assert len(checked["reports"]) == len(result.reports)
    assert len(checked["findings"]) == len(result.findings) + len(result.unread)
    read = json.loads(read_json(result, lang).encode(errors="backslashreplace"))
    assert ("reports" in read) == (len(result.reports) != 1 or bool(result.unread))


@fewer
@given(langs, results())
def test_a_workbook_has_no_formula_and_a_sheet_for_each_report(lang, result):
    book = load_workbook(io.BytesIO(xlsx(result, lang)))
    assert len(book.sheetnames) == 1 + len(result.reports)
    assert not [box for sheet in book for row in sheet.iter_rows() for box in row if box.data_type == "f"]


@fewer
@given(langs, results())
def test_a_list_has_no_formula(lang, result):
    for row in csv_module.DictReader(io.StringIO(csv(result, lang))):
        for name, value in row.items():
            assert value[:1] not in "=+@" or value == "" or re.fullmatch(r"[+-]?\d+(\.\d+)?", value), name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_says_the_verdict_first(lang):
    tree = parsed(html(samples.result(), lang))
    assert tree.xpath("//h1")[0].text_content().strip() == samples.result().headline[lang]
    assert tree.get("lang") == {"zh": "zh-CN", "en": "en"}[lang]


def page(report: Report, *found: Finding) -> Any:
    return parsed(html(Result((report,), found, (), "invalid", {"zh": "有错", "en": "wrong"})))


def faulty_page() -> Any:
    return page(*_faulty())


def _faulty() -> tuple[Report, *tuple[Finding, ...]]:
    report, found = samples.faulty()
    return report, *found


def test_a_wrong_total_is_ringed_and_leads_to_its_finding_and_back():
    tree = faulty_page()
    (ringed,) = [
        cell for cell in tree.xpath("//td[contains(@class, 'ringed')]") if cell.text_content().startswith("20")
    ]
    (link,) = ringed.xpath(".//a")
    (finding,) = tree.xpath(f"//li[@id='{link.get('href')[1:]}']")
    assert "自然人列" in finding.text_content()
    assert f"#{ringed.get('id')}" in finding.xpath(".//@href")


def test_touching_a_finding_lights_the_cells_of_its_sum():
    report, found = samples.faulty()
    tree = page(report, *found)
    (finding,) = [li for li in tree.xpath("//li") if "自然人列" in li.text_content()]
    (number_of,) = re.findall(r"\bat(\d+)\b", finding.get("class"))
    lit = [cell for cell in tree.xpath("//td") if f"in{number_of}" in (cell.get("class") or "").split()]
    assert len(lit) == len(found[1].cells)
    assert f".report:has(.at{number_of}:is(:hover" in tree.xpath("//style")[0].text


def test_blank_unread_inferred_and_absent_cells_are_told_apart():
    tree = faulty_page()
    assert [span.text for span in tree.xpath("//table//span[@class='blank']")] == ["空"]
    (unread,) = tree.xpath("//table//span[@class='unread']")
    assert unread.text == "未读出"
    assert "两种读法" in unread.get("title")
    assert len(tree.xpath("//table//span[@class='inferred']")) == 2
    assert len(tree.xpath("//table//span[@class='absent']")) == 1
    assert {"blank", "unread", "inferred", "absent"} <= set(tree.xpath("//dl[@class='legend']//span/@class"))


def test_the_forms_headings_are_headers_of_the_table():
    tree = faulty_page()
    (heading,) = [th for th in tree.xpath("//th") if th.text_content().strip() == "法人或其他组织"]
    assert (heading.get("scope"), heading.get("colspan")) == ("colgroup", "5")
    (section,) = [th for th in tree.xpath("//th") if th.text_content().strip() == "三、本年度办理结果"]
    assert (section.get("scope"), section.get("rowspan")) == ("rowgroup", "22")
    assert [caption.text_content() for caption in tree.xpath("//table[contains(@class, 'form')]/caption")] == [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]


def test_the_texts_figure_stands_beside_the_tables():
    row = faulty_page().xpath("//tr[@class='differs']")[0]
    assert [cell.text_content() for cell in row.xpath("./td")][:2] == ["22件6", "21"]


def test_a_table_that_the_document_lacks_is_said_to_be_missing():
    report = samples.clean()
    report = replace(report, tables={name: cells for name, cells in report.tables.items() if name != "publication"})
    tree = page(report)
    (missing,) = tree.xpath("//p[@class='missing']")
    assert "主动公开政府信息情况" in missing.text_content()
    assert len(tree.xpath("//table[contains(@class, 'form')]")) == 2


def test_reports_are_listed_by_trouble():
    tree = parsed(html(samples.result()))
    listed = [row.xpath("./td")[0].text for row in tree.xpath("//nav//tbody/tr")]
    assert listed == ["2023", "2022", "2016"]
    assert [article.get("id") for article in tree.xpath("//article")] == ["r2", "r1", "r3"]


def test_findings_go_to_their_own_report_only():
    report, found = samples.faulty()
    other = replace(samples.clean(), source="other.pdf")
    tree = parsed(html(Result((other, report), found, (), "invalid", {"zh": "", "en": ""})))
    assert not tree.xpath("//article[@id='r1']//li[contains(@class, 'finding')]")
    assert len(tree.xpath("//article[@id='r2']//li[contains(@class, 'finding')]")) == len(found)


def test_a_finding_about_no_single_report_is_shown_once():
    finding = Finding("X-6", Severity.ERROR, "汇总与各份之和不等", "sum differs")
    tree = page(samples.clean(), finding)
    assert tree.text_content().count("汇总与各份之和不等") == 1


def test_the_workbook_holds_numbers_as_numbers_and_comments_the_faults():
    report, found = samples.faulty()
    book = load_workbook(io.BytesIO(xlsx(Result((report,), found, (), "invalid", {"zh": "有 4 处错误", "en": ""}))))
    first, sheet = book.worksheets
    assert first["A1"].value == "有 4 处错误"
    assert [row[5].value for row in first.iter_rows(min_row=4)] == [
        "T3-2",
        "T3-4",
        "T4-1",
        "T3-5",
        "R-1",
        "X-1",
        "T2-3",
    ]
    boxes = [box for row in sheet.iter_rows() for box in row]
    (total,) = [box for box in boxes if box.value == 20]
    assert "各项之和为 26" in str(total.comment)
    assert total.fill.fgColor.rgb.endswith("F9D5CE")
    assert 96171.6 in [box.value for box in boxes]
    assert "三、本年度办理结果" in [box.value for box in boxes]


def test_a_figure_longer_than_a_spreadsheet_can_count_keeps_its_digits():
    long = Decimal("12345678901234567.89")
    report = Report("云岭省澄江区数据局", 2019, "2019", tables={"publication": {"procurement.amount_yuan": Cell(long)}})
    book = load_workbook(io.BytesIO(xlsx(Result((report,), headline={"zh": "", "en": ""}))))
    assert "12345678901234567.89" in [box.value for row in book.worksheets[1].iter_rows() for box in row]


def test_signs_tell_severities_apart_without_colour():
    out = io.StringIO()
    check_text(samples.result(), out)
    assert "\x1b" not in out.getvalue()
    assert "[1] ▲ 错误" in out.getvalue()
    assert "◐ 提醒" in out.getvalue()
    assert "20[1]" in out.getvalue()


def test_text_marks_blank_unread_and_inferred_cells():
    out = io.StringIO()
    read_text(Result((samples.faulty()[0],), headline={"zh": "", "en": ""}), out)
    (row,) = [
        line for line in out.getvalue().splitlines() if "2.重复申请" in line and "未读出" in line and "R-1" not in line
    ]
    assert "[1]" in row
    assert "3*" in out.getvalue()
    assert re.search(r"四、结转下年度继续办理 .* 空 ", out.getvalue())


def test_csv_gives_state_place_and_unit_of_each_cell():
    rows = list(csv_module.DictReader(io.StringIO(csv(Result((samples.faulty()[0],))))))
    by_cell = {row["cell"]: row for row in rows}
    assert by_cell["carried_out:research"]["state"] == "blank"
    assert by_cell["carried_out:research"]["value"] == ""
    assert by_cell["declined.repeated:legal_service"]["state"] == "unread"
    assert by_cell["total:enterprise"]["state"] == "inferred"
    assert by_cell["fees.amount_10k_yuan"]["unit"] == "万元"
    assert by_cell["received:total"]["where"] == "第 3 页第 7 行"
    assert "rules.repealed" not in by_cell


def test_files_are_shown_by_name_and_by_folder_where_two_have_the_same():
    report, _ = samples.faulty()
    apart = [replace(report, source=f"/年报/{name}") for name in ("甲局/2023.pdf", "乙局/2022.pdf")]
    same = [replace(report, source=f"/年报/{name}/2023.pdf") for name in ("甲局", "乙局")]
    assert [view.file for view in views(Result(tuple(apart)))] == ["2023.pdf", "2022.pdf"]
    assert [view.file for view in views(Result(tuple(same)))] == ["甲局/2023.pdf", "乙局/2023.pdf"]
    page = lxml_html.fromstring(html(Result(tuple(apart), headline={"zh": "读出"})))
    assert page.xpath("//article//span[@title='/年报/甲局/2023.pdf']/text()") == ["2023.pdf"]


def test_a_faulty_cell_of_the_workbook_bears_its_finding_and_stays_a_number():
    book = load_workbook(io.BytesIO(xlsx(samples.result())))
    boxes = [box for sheet in book.worksheets[1:] for line in sheet.iter_rows() for box in line]
    marked = [box for box in boxes if '"[1]"' in box.number_format]
    assert [box.value for box in marked] == [20]
    assert all(box.border.left.style == "medium" for box in marked)


def test_a_text_that_the_sentence_quotes_is_not_said_twice():
    finding = Finding(
        "F-3", Severity.ERROR, "应用甲式，用的是乙式。", "Use 甲式, not 乙式.", expected="甲式", actual="丙式"
    )
    note = Note(1, finding)
    assert [note.beside(finding.expected), note.beside(finding.actual), note.beside(3)] == ["", "丙式", "3"]
