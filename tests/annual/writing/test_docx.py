"""A report as DOCX stands on paper as GB/T 9704 and the form have it, and survives the programs that open it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import cycle
from random import Random

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.annual.form import forms
from gongkai.annual.form.layout import sheet_of
from gongkai.annual.reading import read
from gongkai.annual.reading.files.docx import read_docx
from gongkai.annual.writing import blank, write
from gongkai.annual.writing.docx import docx
from gongkai.annual.writing.paper import paper_of
from gongkai.demo.local_tables import make_local
from gongkai.demo.making import make, values, with_values

SLIPS = frozenset({"text_not_table"})


def opened(data: bytes):
    return Document(BytesIO(data))


def grids(data: bytes) -> list[set[tuple[str, int, int, int, int]]]:
    """The cells of each table: words without blanks, place and spans."""
    return [
        {(re.sub(r"\s", "", cell.text), cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells}
        for grid in read_docx(data).grids()
    ]


def style(document, paragraph):
    found = next(each for each in document.styles.element if each.get(qn("w:styleId")) == paragraph.style.style_id)
    return found.find(qn("w:rPr")), found.find(qn("w:pPr"))


def test_the_blank_form_has_every_cell_word_and_span_of_the_official_one(shared_reports):
    official = grids((shared_reports / "form_2021_blank.docx").read_bytes())
    assert grids(blank(forms()["2021"], "docx")) == official
    assert sum(map(len, official)) == 279


@pytest.mark.parametrize("form", forms())
def test_tables_have_the_cells_and_spans_of_the_form(form):
    wanted = [
        {(re.sub(r"\s", "", cell.words()), cell.row, cell.column, cell.rowspan, cell.colspan)
         for row in sheet_of(table).rows for cell in row}
        for table in forms()[form].tables.values()
    ]  # fmt: skip
    assert grids(blank(forms()[form], "docx")) == wanted


def test_page_and_margins_are_those_of_official_documents():
    section = opened(write(make(Random(1), form="2021"), "docx")).sections[0]
    shown = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    shown += [section.left_margin, section.right_margin]
    assert [round(value.mm) for value in shown] == [210, 297, 37, 35, 28, 26]


def test_type_and_pitch_are_those_of_official_documents():
    document = opened(write(make(Random(1), form="2021"), "docx"))
    title, text, heading = (
        document.paragraphs[0],
        document.paragraphs[1],
        next(paragraph for paragraph in document.paragraphs if paragraph.text == "一、总体情况"),
    )
    for paragraph, fount, size in ((title, "方正小标宋简体", 44), (text, "仿宋_GB2312", 32), (heading, "黑体", 32)):
        run, _ = style(document, paragraph)
        assert run.find(qn("w:rFonts")).get(qn("w:eastAsia")) == fount
        assert run.find(qn("w:sz")).get(qn("w:val")) == str(size)
    assert text.style.paragraph_format.line_spacing == Pt(28)
    assert style(document, text)[1].find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_a_heading_of_the_second_level_is_set_in_kai_before_its_text():
    document = opened(write(make(Random(1), form="2021"), "docx"))
    runs = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("（一）")).runs
    assert runs[0].text == "（一）主动公开。"
    assert runs[0]._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "楷体_GB2312"
    assert runs[1]._r.rPr is None


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones():
    section = opened(write(make(Random(1), form="2021"), "docx")).sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert "".join(text.text for text in paragraph._p.iter(qn("w:t"))) == "— 1 —"
        assert paragraph._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side


@pytest.mark.parametrize(("form", "headers"), [("2021", [0, 3, 3]), ("2019", [0, 3, 3]), ("2014", [1])])
def test_headers_repeat_and_no_row_breaks_over_pages(form, headers):
    tables = opened(write(make(Random(1), form=form), "docx")).tables
    assert [sum(row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows) for table in tables] == headers
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for table in tables for row in table.rows)


@pytest.mark.parametrize("form", forms())
def test_tables_are_as_wide_as_the_text(form):
    for table in opened(blank(forms()[form], "docx")).tables:
        assert sum(column.width for column in table.columns) == pytest.approx(Mm(156), rel=0.002)


def test_long_figures_are_set_smaller():
    report = make(Random(1), form="2021")
    tables = {name: dict(cells) for name, cells in values(report).items()}
    tables["disputes"]["reconsideration.upheld"] = 12_345_678
    data = write(with_values(report, tables), "docx", with_findings=True)
    cell = next(cell for table in opened(data).tables for cell in table._cells if cell.text == "12345678")
    assert cell.paragraphs[0].runs[0].font.size < Pt(10)


def crowded():
    """A report with figures of up to seven digits in the table of requests."""
    report = make(Random(3), form="2021")
    lengths = dict(zip(report.tables["requests"], cycle([3001, 12345, 201, 20, 1234567]), strict=False))
    return with_values(report, {**values(report), "requests": lengths})


def test_no_figure_breaks_over_two_lines_in_any_fount_that_is_taken_instead():
    widest = 0.64  # of a digit by its height, of the founts that stand in for 宋体
    table = opened(docx(paper_of(crowded()))).tables[1]
    cells = [cell for cell in table._cells if cell.text.isdigit()]
    assert {len(cell.text) for cell in cells} == {2, 3, 4, 5, 7}
    for cell in cells:
        size = cell.paragraphs[0].runs[0].font.size or Pt(10)
        assert len(cell.text) * widest * size <= cell.width - Mm(1), cell.text


def test_a_long_title_breaks_behind_the_agency():
    document = opened(write(make(Random(1), form="2021"), "docx"))
    assert "局\n20" in document.paragraphs[0].text or "府\n20" in document.paragraphs[0].text


def test_a_title_whose_agency_is_no_usual_name_is_not_broken():
    report = make(Random(1), form="2021")
    odd = replace(report, agency="青禾市第一实验", title=f"青禾市第一实验{report.year}年政府信息公开工作年度报告")
    assert opened(docx(paper_of(odd))).paragraphs[0].text == odd.title


def test_the_properties_name_title_and_agency_and_no_clock_was_asked():
    report = make(Random(1), form="2021")
    about = opened(write(report, "docx")).core_properties
    assert (about.title, about.author, about.language) == (report.title, report.agency, "zh-CN")
    assert (about.created, about.modified) == (None, None)


def test_a_report_at_fault_says_so_first_and_on_every_page():
    document = opened(write(make(Random(3), form="2021", slips=SLIPS), "docx", with_findings=True))
    assert document.paragraphs[0].text == "【本报告核对未通过，不得公布】"
    assert "共有1处错误" in document.paragraphs[1].text
    assert "新收政府信息公开申请" in document.paragraphs[2].text
    assert document.paragraphs[3].text == "【以上为核对意见，不属于年报内容】"
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text == "【本报告核对未通过，不得公布】"


def test_a_sound_report_bears_no_notice():
    document = opened(write(make(Random(1), form="2021"), "docx"))
    assert not any("核对" in paragraph.text for paragraph in document.paragraphs[:3])
    assert document.sections[0].header.is_linked_to_previous


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docx", "odt", "doc", "rtf", "html", "pdf"])
def test_libreoffice_opens_it_and_what_it_makes_of_it_reads_back_the_same(kind, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    reports = {name: make(Random(7), form=name) for name in forms()}
    reports |= {"local": make_local(Random(7)), "fault": make(Random(3), form="2021", slips=SLIPS)}
    for name, report in reports.items():
        (tmp_path / f"{name}.docx").write_bytes(write(report, "docx", with_findings=True))
    made = tmp_path / "made"
    files = [str(tmp_path / f"{name}.docx") for name in reports]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(made), *files]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    for name, report in reports.items():
        content, wanted = read(made / f"{name}.{kind}").content, report.content
        if kind == "pdf":  # a page does not show where a paragraph ends with its line
            content, wanted = (replace(each, paragraphs=((None, _text(each)),)) for each in (content, wanted))
        assert content == wanted, name


@pytest.mark.slow
def test_on_paper_the_table_of_requests_stands_below_its_heading_and_its_figures_on_one_line(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "x.docx"
    source.write_bytes(docx(paper_of(crowded())))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    with pypdfium2.PdfDocument(tmp_path / "x.pdf") as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    heading = next(page for page in pages if "三、收到和处理" in page)
    assert "一、本年新收政府信息公开申请数量" in heading and "四、结转下年度继续办理" in heading
    assert {"3001", "12345", "1234567"} <= set(heading.split())
    assert not {"300", "123"} & set(heading.split())


def _text(content) -> str:
    return "".join(text for _, text in content.paragraphs)
