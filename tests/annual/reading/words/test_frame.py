"""Title, day of publication, captions and notices of a check are no running text."""

from __future__ import annotations

import pytest

from gongkai.annual.finding import Where
from gongkai.annual.reading import assemble
from gongkai.annual.reading.document import Document, Grid, GridCell, Line
from gongkai.annual.reading.words.notices import BEGIN, END, without_notices

TITLE = "云岭省青禾市数据局2024年政府信息公开工作年度报告"
TEXT = "本年收到申请3件。"


def document(*blocks: str | Grid, kind: str = "docx") -> Document:
    return Document(kind, tuple(Line(block, Where()) if isinstance(block, str) else block for block in blocks))


def paragraphs(*blocks: str | Grid, kind: str = "docx") -> list[tuple[int | None, str]]:
    return [(section, text) for section, text, _ in assemble(document(*blocks, kind=kind)).narrative.paragraphs]


TABLE = Grid(tuple(GridCell(text, row, column) for row, line in enumerate((("规章", "1"), ("行政许可", "2"))) for column, text in enumerate(line)))  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("kind", ["docx", "pdf", "text"])
@pytest.mark.parametrize(
    "title",
    [
        [TITLE],
        [f"《{TITLE}》"],
        ["云岭省青禾市数据局", "2024年政府信息公开工作年度报告"],
        ["云岭省青禾市数据局2024年政府信息公开", "工作年度报告"],
        [TITLE, "发布日期：2025-01-20"],
        ["发布日期：2025-01-20 来源：数据局 浏览次数：12", TITLE],
    ],
)
def test_title_and_day_of_publication_are_no_paragraphs(kind, title):
    assert paragraphs(*title, "一、总体情况", TEXT, kind=kind) == [(1, TEXT)]


@pytest.mark.parametrize("caption", ["单位：件", "（单位：件、万元）", "表2", "表一：主动公开情况"])
def test_captions_are_no_paragraphs(caption):
    assert paragraphs(TITLE, "一、总体情况", TEXT, caption, TABLE) == [(1, TEXT)]


@pytest.mark.parametrize("text", ["单位：件", "本年公开情况见下表。", "表2列出了本年办理的全部申请。"])
def test_sentences_stay(text):
    assert (1, text) in paragraphs(TITLE, "一、总体情况", text, TEXT)


def test_a_title_in_a_sentence_stays():
    sentence = f"{TITLE}已经公布。"
    assert paragraphs(TITLE, "一、总体情况", sentence) == [(1, sentence)]


def test_notices_of_a_check_are_left_out_and_that_is_told():
    noticed = (BEGIN, "1．表三总计应为 99。", END, TITLE, "一、总体情况", TEXT, BEGIN)
    report = assemble(document(*noticed))
    assert [text for _, text, _ in report.narrative.paragraphs] == [TEXT]
    assert [figure.value for figure in report.narrative.figures] == [3]
    assert report.agency == "云岭省青禾市数据局"
    assert "核对意见" in report.findings[0].message


@pytest.mark.parametrize("lines", [(BEGIN, TEXT), (TEXT, END), (END, TEXT, BEGIN)])
def test_text_is_not_hidden_by_half_a_notice(lines):
    given = document(*lines)
    assert without_notices(given) is given
