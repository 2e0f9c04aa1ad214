"""Nothing is handed over that does not read back the same: whatever a writer gets wrong is named."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.form import forms
from gongkai.annual.report import Report
from gongkai.annual.writing import NotWritten, blank, docx, write
from gongkai.annual.writing.paper import FormTable, ListTable, Paper, Paragraph, SectionHeading, paper_of
from gongkai.annual.writing.proving import differences
from gongkai.demo.local_tables import make_local
from gongkai.demo.making import make, values, with_values

REPORT = make(Random(1), form="2021")
proper = docx.docx


def wrong_figure(paper: Paper) -> Paper:
    return changed(paper, FormTable, lambda table: replace(table, figures=dict.fromkeys(table.figures, 7)))


def figure_left_out(paper: Paper) -> Paper:
    return changed(paper, FormTable, lambda table: replace(table, figures={}))


def table_left_out(paper: Paper) -> Paper:
    return replace(paper, pieces=tuple(piece for piece in paper.pieces if not isinstance(piece, FormTable)))


def text_changed(paper: Paper) -> Paper:
    return changed(paper, Paragraph, lambda piece: Paragraph(piece.text.replace("年", "月")))


def text_left_out(paper: Paper) -> Paper:
    return replace(paper, pieces=tuple(piece for piece in paper.pieces if not isinstance(piece, Paragraph)))


def heading_changed(paper: Paper) -> Paper:
    return changed(paper, SectionHeading, lambda piece: replace(piece, text=piece.text.replace("总体情况", "其他事项")))


def title_changed(paper: Paper) -> Paper:
    return replace(paper, title=paper.title.replace("年度报告", "年报"))


def other_agency(paper: Paper) -> Paper:
    return replace(paper, agency="云岭省数据局", title=f"云岭省数据局{paper.year}年政府信息公开工作年度报告")


def changed(paper: Paper, kind, change) -> Paper:
    return replace(paper, pieces=tuple(change(piece) if isinstance(piece, kind) else piece for piece in paper.pieces))


@pytest.mark.parametrize(
    ("fault", "said", "said_en"),
    [
        (wrong_figure, "读回7", "7 was read back"),
        (figure_left_out, "读回空白", "blank was read back"),
        (table_left_out, "读回没有这一格", "no such cell"),
        (text_changed, "正文应为", "text:"),
        (text_left_out, "正文应为", "text:"),
        (heading_changed, "标题行应为“总体情况”", "heading:"),
        (title_changed, "标题应为", "title:"),
        (other_agency, "机关应为", "agency:"),
    ],
)
def test_what_a_writer_gets_wrong_is_named_and_nothing_is_given(monkeypatch, fault, said, said_en):
    monkeypatch.setattr(docx, "docx", lambda paper: proper(fault(paper)))
    with pytest.raises(NotWritten) as refused:
        write(REPORT, "docx")
    assert said in refused.value.message and "未交出" in refused.value.message
    assert said_en in refused.value.message_en
    assert refused.value.differences and not refused.value.findings


def test_what_cannot_be_read_back_at_all_is_not_given(monkeypatch):
    monkeypatch.setattr(docx, "docx", lambda paper: b"PK\x03\x04 cut off")
    with pytest.raises(NotWritten, match="读不回来"):
        write(REPORT, "docx")


def test_a_form_that_is_not_blank_is_not_given(monkeypatch):
    monkeypatch.setattr(docx, "docx", lambda paper: proper(paper_of(REPORT)))
    with pytest.raises(NotWritten, match="应为空白"):
        blank(forms()["2021"], "docx")


def test_a_form_that_lacks_a_cell_is_not_given(monkeypatch):
    monkeypatch.setattr(docx, "docx", lambda paper: proper(table_left_out(paper)))
    with pytest.raises(NotWritten, match=r"没有这一格|读不回来"):
        blank(forms()["2021"], "docx")


@given(seed=st.integers(0, 10**6), data=st.data())
def test_any_one_figure_that_differs_is_found(seed, data):
    report = make(Random(seed))
    tables = {name: dict(cells) for name, cells in values(report).items()}
    table = data.draw(st.sampled_from(sorted(tables)))
    cell = data.draw(st.sampled_from(sorted(tables[table])))
    others = st.one_of(st.none(), st.integers(0, 10**6)).filter(lambda value: value != tables[table][cell])
    tables[table][cell] = data.draw(others)
    found = differences(report, paper_of(report), with_values(report, tables))
    assert len(found) == 1
    assert differences(report, paper_of(report), report) == ()


def test_a_row_of_a_table_of_its_own_that_differs_is_named():
    report = make_local(Random(1))
    rows = (replace(report.indicators[0], label="主动公开总数"), *report.indicators[1:])
    found = differences(report, paper_of(report), replace(report, indicators=rows))
    assert [one.where for one in found] == ["“主动公开文件数”"]
    assert any(isinstance(piece, ListTable) for piece in paper_of(report).pieces)


def test_blanks_and_the_ends_of_lines_in_a_list_are_no_difference():
    one = with_paragraphs("具体做法：", "1.建立 台账；", "——")
    assert differences(one, paper_of(one), with_paragraphs("具体做法：1.建立台账；")) == ()
    assert differences(one, paper_of(one), with_paragraphs("具体做法：1.建立台账。"))


def with_paragraphs(*texts: str) -> Report:
    where = REPORT.narrative.paragraphs[0][2]
    narrative = replace(REPORT.narrative, paragraphs=tuple((1, text, where) for text in texts))
    return replace(REPORT, narrative=narrative)
