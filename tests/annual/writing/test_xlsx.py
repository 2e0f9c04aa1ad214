"""The fill-in form as a workbook: what was written is read again, and it checks itself while it is filled in."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as Box

from gongkai.annual.checking import check
from gongkai.annual.finding import Severity
from gongkai.annual.form import forms
from gongkai.annual.reading import read
from gongkai.annual.report import Cell, Indicator, Report
from gongkai.annual.showing.recognising import is_result
from gongkai.annual.writing.paper import blank_paper, paper_of
from gongkai.annual.writing.xlsx import xlsx
from gongkai.demo.making import make, with_values
from tests.annual.showing.samples import filled

FORMS = tuple(forms())


def report_of(form: str, seed: int = 1) -> Report:
    return make(Random(seed), form=form)


def changed(report: Report, **figures: int | None) -> Report:
    """The report with figures of table three changed: ``received__total=5``."""
    cells = {key.replace("__", ":"): Cell(value) for key, value in figures.items()}
    return replace(report, tables={**report.tables, "requests": {**report.tables["requests"], **cells}})


def sheets(data: bytes, *, formulas: bool = False):
    return load_workbook(io.BytesIO(data), data_only=not formulas)


def texts(sheet) -> list[str]:
    return [str(box.value) for row in sheet.iter_rows() for box in row if box.value is not None]


def place_of(sheet, words: str):
    return next(box for row in sheet.iter_rows() for box in row if words in str(box.value))


@given(st.sampled_from(FORMS), st.integers(0, 10_000))
def test_what_is_written_reads_back_the_same(form, seed):
    report = report_of(form, seed)
    again = read(xlsx(paper_of(report)), "x.xlsx")
    assert again.content == report.content
    assert not again.findings


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_a_blank_form_reads_back_as_blank_and_whole(form, lang):
    again = read(xlsx(blank_paper(forms()[form], "云岭省澄江区数据局", 2023), lang), "x.xlsx")
    assert {name: set(cells) for name, cells in again.tables.items()} == {
        name: set(table.cells) for name, table in forms()[form].tables.items()
    }
    assert all(cell.value is None for _, cell in again.cells())
    assert (again.agency, again.year) == ("云岭省澄江区数据局", 2023)
    assert not again.findings


def test_a_local_list_reads_back_with_both_columns_of_figures():
    rows = [("主动公开政府信息数", "条", 120, 900), ("收到申请数", "件", 14, 60), ("网上申请数", "件", 13, 40)]
    rows += [("当面申请数", "件", 1, 20), ("本地自设的一项指标", "个", 5, 7)]
    indicators = tuple(
        Indicator(label, unit, Cell(value), cumulative=Cell(all_years)) for label, unit, value, all_years in rows
    )
    report = replace(report_of("2014"), indicators=indicators, tables={})
    again = read(xlsx(paper_of(report)), "x.xlsx")
    assert again.content.indicators == report.content.indicators


def test_the_same_report_gives_the_same_file():
    report = report_of("2021")
    assert xlsx(paper_of(report)) == xlsx(paper_of(report))


def test_a_report_is_not_taken_for_a_result_of_this_software(tmp_path):
    path = tmp_path / "年报.xlsx"
    path.write_bytes(xlsx(paper_of(report_of("2021"))))
    assert not is_result(str(path))


def test_text_that_begins_like_a_formula_stays_text():
    report = report_of("2021")
    evil = ("=HYPERLINK(0)与申请有关的说明。", "+1办理情况说明。", "-2办理情况说明。", "@SUM(A1)办理情况说明。")
    narrative = report.narrative
    where = narrative.paragraphs[0][2]
    paragraphs = (*narrative.paragraphs, *((6, text, where) for text in evil))
    data = xlsx(paper_of(replace(report, narrative=replace(narrative, paragraphs=paragraphs))))
    sheet = sheets(data, formulas=True)["正文"]
    found = [box for row in sheet.iter_rows() for box in row if box.value in evil]
    assert [box.value for box in found] == list(evil)
    assert all(box.data_type == "s" and box.quotePrefix for box in found)


def test_a_written_report_has_values_for_figures_and_a_blank_form_formulas_for_totals():
    written = sheets(xlsx(paper_of(report_of("2021"))), formulas=True)["表三"]
    row = place_of(written, "（七）总计").row
    assert [written.cell(row, column).data_type for column in range(4, 11)] == ["n"] * 7
    blank = sheets(xlsx(blank_paper(forms()["2021"])), formulas=True)["表三"]
    totals = [blank.cell(row, column) for column in range(4, 11)]
    assert [box.data_type for box in totals] == ["f"] * 7
    assert all(box.protection.locked for box in totals)


def test_what_is_to_be_filled_in_is_open_and_all_else_is_locked():
    blank = sheets(xlsx(blank_paper(forms()["2021"])), formulas=True)["表三"]
    assert blank.protection.sheet and blank.protection.password is None
    open_boxes = {box.coordinate for row in blank.iter_rows() for box in row if not box.protection.locked}
    table = forms()["2021"].tables["requests"]
    inputs = [cell for cell, (row, column) in table.cells.items() if row.key != "total" and column.key != "total"]
    assert len(open_boxes) == len(inputs)


def test_only_numbers_that_can_be_may_be_typed():
    sheet = sheets(xlsx(blank_paper(forms()["2019"])), formulas=True)["表二"]
    kinds = {(rule.type, rule.formula1[:1]) for rule in sheet.data_validations.dataValidation}
    assert kinds == {("whole", "0"), ("decimal", "0"), ("whole", "-")}
    assert all(rule.error for rule in sheet.data_validations.dataValidation)


def test_a_broken_sum_is_told_beside_the_table_and_on_the_cover():
    tables = {name: dict.fromkeys(cells, 0) for name, cells in filled("2021").items()}
    report = changed(with_values(report_of("2021"), tables), received__natural_person=3)
    book = sheets(xlsx(paper_of(report)))
    sheet = book["表三"]
    line = place_of(sheet, "T3-1 ").row
    assert [sheet.cell(line, column).value for column in range(4, 11)] == ["✗ 3", *["✓"] * 6]
    assert sheet.cell(place_of(sheet, "一、本年新收").row, 12).value == "✗ 3"
    cover = book["填报说明"]
    assert cover.cell(place_of(cover, "表三").row, 4).value == 2
    assert "▲ 有 2 处不符" in texts(cover)


def test_a_blank_and_an_impossible_figure_are_told():
    tables = {name: dict.fromkeys(cells, 0) for name, cells in filled("2021").items()}
    report = with_values(report_of("2021"), tables)
    report = changed(report, received__other=None, granted__other=-1, granted__total=-1)
    book = sheets(xlsx(paper_of(report)))
    assert "… 还有 1 格未填" in texts(book["表三"])
    assert "✗ 2 格" in texts(book["表三"])


def test_rules_that_need_another_report_are_named_and_not_decided():
    sheet = sheets(xlsx(paper_of(report_of("2021"))))["表三"]
    assert sheet.cell(place_of(sheet, "T3-5 ").row, 4).value == "○ 与上年年报一起核对"


def test_notices_stand_on_the_first_sheet_and_are_not_read_as_the_report():
    report = report_of("2021")
    data = xlsx(paper_of(report, ["表三有 1 处错误。"]))
    assert "▲ 表三有 1 处错误。" in texts(sheets(data).worksheets[0])
    assert read(data, "x.xlsx").content == report.content


def test_each_sheet_prints_on_a4_without_its_checks_and_repeats_its_headings():
    for sheet in sheets(xlsx(paper_of(report_of("2021")))).worksheets[2:]:
        assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
        line = place_of(sheet, "核对（").row
        assert int(sheet.print_area.rpartition("$")[2]) < line
    assert sheets(xlsx(paper_of(report_of("2021"))))["表三"].print_title_rows == "$3:$5"


def test_the_text_still_to_be_written_prints_without_colour_and_on_one_page():
    sheet = sheets(xlsx(blank_paper(forms()["2021"])))["正文"]
    assert sheet.page_setup.blackAndWhite
    margins = (sheet.page_margins.top + sheet.page_margins.bottom) * 72
    wide, high = (sheet.column_dimensions["A"].width * 7 + 5) * 0.75, 842 - margins
    across = 595 - (sheet.page_margins.left + sheet.page_margins.right) * 72
    heights = [sheet.row_dimensions[line].height or 15 for line in range(1, sheet.max_row + 1)]
    assert sum(heights) * min(1, across / wide) <= high


@pytest.mark.parametrize("form", FORMS)
def test_formulas_keep_to_what_spreadsheets_take(form):
    """At most 8192 characters, texts in them of at most 255, messages of at most 255."""
    for paper in (paper_of(report_of(form)), blank_paper(forms()[form])):
        for sheet in sheets(xlsx(paper, "en"), formulas=True).worksheets:
            formulas = [str(box.value) for row in sheet.iter_rows() for box in row if box.data_type == "f"]
            formulas += [
                each for rules in sheet.conditional_formatting for rule in rules.rules for each in rule.formula
            ]
            assert all(len(formula) <= 8192 for formula in formulas)
            assert all(len(text) <= 255 for formula in formulas for text in formula.split('"')[1::2])
            messages = [rule.error or "" for rule in sheet.data_validations.dataValidation]
            assert all(len(message) <= 255 for message in messages)


def test_links_lead_to_the_sheets():
    book = sheets(xlsx(paper_of(report_of("2021"))), formulas=True)
    links = [
        box.hyperlink for sheet in book.worksheets[:2] for row in sheet.iter_rows() for box in row if box.hyperlink
    ]
    assert [link.location for link in links] == 2 * ["'表二'!A1", "'表三'!A1", "'表四'!A1"]
    assert not any(link.target for link in links)


def test_amounts_keep_their_decimals():
    tables = {name: dict.fromkeys(cells, 0) for name, cells in filled("2021").items()}
    report = with_values(report_of("2021"), tables)
    cells = {**report.tables["publication"], "fees.amount_10k_yuan": Cell(Decimal("96171.603"))}
    report = replace(report, tables={**report.tables, "publication": cells})
    assert read(xlsx(paper_of(report)), "x.xlsx").value("publication/fees.amount_10k_yuan") == Decimal("96171.603")


def filled_in(received: int, granted: int) -> bytes:
    """The blank form of 2021 filled in by a program that leaves formulas without their results."""
    book = sheets(xlsx(blank_paper(forms()["2021"])), formulas=True)
    cover = book["填报说明"]
    cover.cell(place_of(cover, "行政机关名称").row, 2).value = "云岭省澄江区数据局"
    cover.cell(place_of(cover, "报告年度").row, 2).value = 2023
    for sheet in book.worksheets[2:]:
        for box in (
            box for row in sheet.iter_rows() for box in row if isinstance(box, Box) and not box.protection.locked
        ):
            box.value = 0
    sheet = book["表三"]
    sheet.cell(place_of(sheet, "一、本年新收").row, 4).value = received
    sheet.cell(place_of(sheet, "（一）予以公开").row, 4).value = granted
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_sums_and_title_that_no_program_has_worked_out_are_worked_out():
    report = read(filled_in(4, 4), "x.xlsx")
    assert (report.agency, report.year) == ("云岭省澄江区数据局", 2023)
    fours = {name for name, cell in report.cells() if cell.value == 4}
    assert fours == {
        f"requests/{row}:{column}" for row in ("received", "granted", "total") for column in ("natural_person", "total")
    }
    assert all(cell.value is not None for _, cell in report.cells())
    assert not report.findings


def test_errors_are_found_in_a_form_that_no_program_has_worked_out():
    findings = check([read(filled_in(16, 15), "x.xlsx")]).findings
    assert {cell for finding in findings for cell in finding.cells if finding.severity is Severity.ERROR} >= {
        "requests/received:natural_person",
        "requests/total:natural_person",
    }


@pytest.fixture
def libreoffice(tmp_path):
    """Opens a workbook in LibreOffice and saves it again; every formula is reckoned anew."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice here")

    def again(data: bytes, name: str = "x") -> bytes:
        source = tmp_path / f"{name}.xlsx"
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "out", source]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return bytes((tmp_path / "out" / source.name).read_bytes())

    return again


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_saved_again_by_another_program_it_reads_back_the_same(form, libreoffice):
    report = report_of(form)
    assert read(libreoffice(xlsx(paper_of(report))), "x.xlsx").content == report.content
    blank = read(libreoffice(xlsx(blank_paper(forms()[form], "云岭省澄江区数据局", 2023)), "blank"), "x.xlsx")
    assert {cell.value for _, cell in blank.cells()} == {None}


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_the_formulas_come_to_what_the_file_says(form, libreoffice):
    report = report_of(form)
    if form == "2014":
        rows = list(report.indicators)
        rows[10], rows[20] = replace(rows[10], cell=Cell(500)), replace(rows[20], cell=Cell(None))
        report = replace(report, indicators=tuple(rows))
    else:
        report = changed(report, received__other=None, granted__total=7777, carried_in__enterprise=-2)
    for paper in (paper_of(report), blank_paper(forms()[form])):
        ours = xlsx(paper)
        without = io.BytesIO()
        sheets(ours, formulas=True).save(without)
        theirs, known = sheets(libreoffice(without.getvalue())), sheets(ours)
        formulas = sheets(ours, formulas=True)
        compared = 0
        for sheet in formulas.worksheets:
            for box in (box for row in sheet.iter_rows() for box in row if box.data_type == "f"):
                mine, other = (book[sheet.title][box.coordinate].value for book in (known, theirs))
                assert (mine or "") == (other or ""), f"{sheet.title}!{box.coordinate} {box.value}"
                compared += 1
        assert compared > 10


@pytest.mark.slow
def test_an_officer_fills_in_inputs_and_the_totals_are_read(libreoffice):
    """Only the cells that are open are typed into; sums, title, agency and year follow."""
    tables = {name: dict.fromkeys(cells, 0) for name, cells in filled("2021").items()}
    report = read(libreoffice(filled_in(4, 4)), "x.xlsx")
    assert (report.agency, report.year) == ("云岭省澄江区数据局", 2023)
    assert {name: set(cells) for name, cells in report.tables.items()} == {n: set(c) for n, c in tables.items()}
    fours = {name for name, cell in report.cells() if cell.value == 4}
    assert fours == {
        f"requests/{row}:{column}" for row in ("received", "granted", "total") for column in ("natural_person", "total")
    }
    assert all(cell.value is not None for _, cell in report.cells())
