"""A report as PDF is an official document on paper, an archive's file, and reads back as the report it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from random import Random

import pdfplumber
import pikepdf
import pytest

from gongkai.annual.finding import Where
from gongkai.annual.form import forms
from gongkai.annual.form.layout import sheet_of
from gongkai.annual.reading import read
from gongkai.annual.reading.files.docx import read_docx
from gongkai.annual.reading.files.pdf import read_pdf
from gongkai.annual.report import Narrative
from gongkai.annual.writing import NotWritten, write
from gongkai.annual.writing.fonts import NoFont, faces
from gongkai.annual.writing.paper import blank_paper, paper_of
from gongkai.annual.writing.pdf import pdf
from gongkai.annual.writing.proving import differences
from gongkai.demo.local_tables import make_local
from gongkai.demo.making import make
from tests.annual.writing.papers import HOSTILE, cells, endless, long_named, printed, silent, told, with_cells

FINDING = "表三“自然人”列：本年新收16+上年结转0=16，总计14+结转下年度0=14，相差2。"


@pytest.fixture(scope="module")
def made() -> bytes:
    """An ordinary report."""
    return pdf(paper_of(make(Random(3), form="2021")))


@pytest.fixture
def opened(made) -> Iterator[pikepdf.Pdf]:
    """The same, taken apart."""
    with pikepdf.open(BytesIO(made)) as document:
        yield document


def elements(node) -> Iterator[pikepdf.Dictionary]:
    """The elements of the structure tree under a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


# ── Round trip ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", forms())
@pytest.mark.parametrize("seed", range(3))
def test_a_report_reads_back_as_it_was(form, seed):
    report = make(Random(seed), form=form)
    assert read(pdf(paper_of(report)), "年报.pdf").content == report.content


@pytest.mark.slow
@pytest.mark.parametrize("form", forms())
@pytest.mark.parametrize("seed", range(100, 160))
def test_any_report_reads_back_as_it_was(form, seed):
    report = make(Random(seed), form=form)
    assert read(pdf(paper_of(report)), "年报.pdf").content == report.content


@pytest.mark.parametrize("seed", range(3))
def test_a_table_of_an_agencys_own_reads_back_as_it_was(seed):
    report = make_local(Random(seed))
    paper = paper_of(report)
    assert not differences(report, paper, read(pdf(paper), "年报.pdf"))


@pytest.mark.parametrize("report", [silent(), endless(), long_named()], ids=["silent", "endless", "long_named"])
def test_reports_without_text_with_very_much_and_with_long_names_read_back(report):
    assert read(pdf(paper_of(report)), "年报.pdf").content == report.content


@pytest.mark.parametrize("value", [0, 7, 12_345, 123_456_789_012, None])
def test_a_figure_of_any_length_stays_in_its_cell(value):
    report = with_cells(value)
    assert read(pdf(paper_of(report)), "年报.pdf").content == report.content


def test_amounts_keep_every_digit():
    report = with_cells(Decimal("1234567.890123"), "publication")
    again = read(pdf(paper_of(report)), "年报.pdf")
    assert again.value("publication/fees.amount_10k_yuan") == Decimal("1234567.890123")


def test_text_that_looks_like_commands_is_printed_as_it_is():
    report = told(*HOSTILE)
    paper = paper_of(report)
    again = read(pdf(paper), "年报.pdf")
    assert not differences(report, paper, again)
    assert len(again.narrative.paragraphs) == len(HOSTILE)


@pytest.mark.parametrize("count", [1, 30])
def test_notices_stand_on_the_face_and_are_not_read_as_the_report(count):
    report = make(Random(3), form="2021")
    lines = ("【本报告核对未通过，不得公布】", *[FINDING] * count, "【以上为核对意见，不属于年报内容】")
    data = pdf(paper_of(report, lines))
    texts = [line.text.replace(" ", "") for line in read_pdf(data).lines()]
    assert texts.index(lines[0]) < next(at for at, text in enumerate(texts) if str(report.agency) in text)
    assert read(data, "年报.pdf").content == report.content


# ── On paper ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_blank_form_has_every_cell_word_and_span_of_the_official_one(shared_reports):
    official = cells(read_docx((shared_reports / "form_2021_blank.docx").read_bytes()).grids())
    assert cells(read_pdf(pdf(blank_paper(forms()["2021"]))).grids()) == official
    assert sum(map(len, official)) == 279


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_tables_have_the_cells_and_spans_of_the_form(form):
    wanted = [printed(sheet_of(table)) for table in forms()[form].tables.values()]
    assert cells(read_pdf(pdf(blank_paper(forms()[form]))).grids()) == wanted


def test_a_table_longer_than_a_page_repeats_its_headings_and_cuts_no_row():
    parts = list(read_pdf(pdf(blank_paper(forms()["2014"]))).grids())
    heads = [[cell.text for cell in next(part.rows())] for part in parts]
    assert len(parts) > 1 and heads == [["统计指标", "单位", "统计数"]] * len(parts)
    (table,) = forms()["2014"].tables.values()
    printed = [cell.text for part in parts for row in list(part.rows())[1:] for cell in row if cell.column == 0]
    assert printed == [row.number + row.label for row in table.blocks[0].rows]


def test_page_and_text_area_are_those_of_the_standard(made, opened):
    assert [round(float(value) / 72 * 25.4) for value in opened.pages[0].MediaBox] == [0, 0, 210, 297]
    lines = [line for line in read_pdf(made).lines() if line.where.box and len(line.text) > 25]
    left, top, right, bottom = map(sorted, zip(*(line.where.box for line in lines), strict=True))
    millimetres = 25.4 / 72
    assert left[0] * millimetres == pytest.approx(28, abs=0.6)
    assert right[len(right) // 2] * millimetres == pytest.approx(210 - 26, abs=1)
    assert top[0] * millimetres > 36 and bottom[-1] * millimetres < 297 - 34


def test_paragraphs_are_set_in_by_two_characters_and_lines_stand_28_points_apart():
    report = told("全年主动公开政府信息，" * 12 + "均已公布。")
    lines = [line for line in read_pdf(pdf(paper_of(report))).lines() if "主动公开政府信息，" in line.text]
    first, second, third, *_ = (line.where.box or (0.0, 0.0, 0.0, 0.0) for line in lines)
    assert first[0] - second[0] == pytest.approx(2 * 15.8, abs=1)
    assert third[1] - second[1] == pytest.approx(28, abs=0.1)


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones(made):
    with pdfplumber.open(BytesIO(made)) as document:
        for number, page in enumerate(document.pages, 1):
            words = [word for word in page.extract_words() if word["top"] > page.height - 99]
            assert "".join(word["text"] for word in words) == f"—{number}—"
            assert (words[0]["x0"] > page.width / 2) == bool(number % 2)


# ── For archives and for those who listen ────────────────────────────────────────────────────────────────────────


def test_the_file_says_that_it_is_pdf_a_2a_and_pdf_ua_1(opened):
    with opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
    assert any(intent.S == "/GTS_PDFA1" for intent in opened.Root.OutputIntents)


def test_nothing_in_the_file_needs_anything_outside_of_it(opened):
    assert not opened.is_encrypted
    assert "/AcroForm" not in opened.Root and "/OpenAction" not in opened.Root and "/AA" not in opened.Root
    dictionaries = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
    assert not [each for each in dictionaries if "/JS" in each or each.get("/S") == "/JavaScript" or "/URI" in each]
    described = [each for each in dictionaries if each.get("/Type") == "/FontDescriptor"]
    assert described and all({"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys()) for each in described)


def test_the_file_says_whose_report_it_is_and_in_what_language(opened):
    report = make(Random(3), form="2021")
    assert str(opened.docinfo["/Title"]) == report.title
    assert str(opened.docinfo["/Author"]) == report.agency
    assert str(opened.Root.Lang).startswith("zh")
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)


def test_headings_and_tables_are_tagged(opened):
    assert bool(opened.Root.MarkInfo.Marked)
    found = list(elements(opened.Root.StructTreeRoot))
    kinds = [str(each.S) for each in found]
    assert kinds.count("/H1") == 6 and kinds.count("/Table") == 3
    form = forms()["2021"]
    figures = sum(len(table.cells) for table in form.tables.values())
    assert kinds.count("/TD") >= figures
    heads = [each for each in found if each.S == "/TH"]
    assert len(heads) >= 3 * 2 + 11 + 20


def test_a_heading_of_the_second_level_without_one_of_the_first_over_it_is_set_as_text():
    before = tuple((None, text, Where()) for text in ("（一）主动公开", "全年主动公开政府信息。"))
    report = replace(make(Random(5), form="2021"), narrative=Narrative(paragraphs=before))
    paper = paper_of(report)
    data = pdf(paper)
    assert not differences(report, paper, read(data, "年报.pdf"))
    with pikepdf.open(BytesIO(data)) as document:
        assert "/H2" not in [str(each.S) for each in elements(document.Root.StructTreeRoot)]


def test_bookmarks_lead_to_every_section(opened):
    with opened.open_outline() as outline:
        assert [item.title[:2] for item in outline.root] == ["一、", "二、", "三、", "四、", "五、", "六、"]


def test_qpdf_finds_no_fault(made, tmp_path):
    file = tmp_path / "年报.pdf"
    file.write_bytes(made)
    with pikepdf.open(file) as document:
        assert document.check_pdf_syntax() == []


# ── The same again ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_report_gives_the_same_bytes(made):
    assert pdf(paper_of(make(Random(3), form="2021"))) == made


def test_the_file_bears_the_moment_given():
    moment = datetime(2026, 1, 20, 8, 30, tzinfo=UTC)
    with pikepdf.open(BytesIO(pdf(paper_of(make(Random(3), form="2021")), moment))) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20260120083000")


# ── Typefaces ────────────────────────────────────────────────────────────────────────────────────────────────────

NOTO = ("Noto Serif CJK SC", "Noto Sans CJK SC")


def test_the_typefaces_of_the_standard_are_taken_where_they_are_installed():
    chosen = faces((*NOTO, "仿宋_GB2312", "SimHei", "KaiTi", "方正小标宋简体"))
    assert [chosen[use].family for use in ("title", "body", "first", "second", "table")] == [
        "方正小标宋简体", "仿宋_GB2312", "SimHei", "KaiTi", "Noto Serif CJK SC",
    ]  # fmt: skip


def test_noto_stands_in_for_all_of_them():
    assert {face.family for face in faces(NOTO).values()} == set(NOTO)


def test_without_chinese_typefaces_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr("gongkai.annual.writing.pdf._families", lambda: ("DejaVu Sans",))
    with pytest.raises(NoFont) as refused:
        pdf(paper_of(make(Random(1), form="2021")))
    assert "apt-get install fonts-noto-cjk" in refused.value.message
    assert "apt-get install fonts-noto-cjk" in refused.value.message_en


def test_what_the_typesetter_refuses_is_not_written_and_said_in_one_line(monkeypatch):
    monkeypatch.setattr("gongkai.annual.writing.pdf.TEMPLATE", "fonts.toml")
    with pytest.raises(NotWritten) as refused:
        pdf(paper_of(make(Random(1), form="2021")))
    assert "typst" in refused.value.message and "docx" in refused.value.message_en


def test_the_proven_way_of_writing_tells_of_missing_typefaces_too(monkeypatch):
    monkeypatch.setattr("gongkai.annual.writing.pdf._families", lambda: ())
    with pytest.raises(NotWritten, match="fonts-noto-cjk"):
        write(make(Random(1), form="2021"), "pdf")


def test_a_character_that_no_typeface_has_is_named():
    with pytest.raises(NoFont) as refused:
        pdf(paper_of(told("私用区的字\ue123没有字形。")))
    assert "U+E123" in refused.value.message and "U+E123" in refused.value.message_en
