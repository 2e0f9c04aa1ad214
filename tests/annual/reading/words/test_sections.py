"""Headings as reports print them, and the text that belongs to each section."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.form import forms
from gongkai.annual.reading.words.prose import Prose
from gongkai.annual.reading.words.sections import Division, divide
from tests.annual.reading.words.prose_documents import document

NEW = [section.heading for section in forms()["2021"].sections]
NUMBERS = "一二三四五六"


def divided(*lines: str, form: str | None = None, kind: str = "text") -> Division:
    return divide(Prose(document(*lines, kind=kind)), forms()[form] if form else None)


def sections(*lines: str, form: str | None = "2021") -> list[int | None]:
    return [heading.section for heading in divided(*lines, form=form).headings]


def test_the_headings_of_the_form() -> None:
    lines = [f"{number}、{heading}" for number, heading in zip(NUMBERS, NEW, strict=True)]
    division = divided(*lines)
    assert [heading.section for heading in division.headings] == [1, 2, 3, 4, 5, 6]
    assert [heading.text for heading in division.headings] == lines
    assert [heading.where.line for heading in division.headings] == [1, 2, 3, 4, 5, 6]
    assert division.form is forms()["2021"]


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("一、 总体情况", 1),
        ("一 总 体 情 况", 1),
        ("## 一、总体情况", 1),
        ("第一部分 总体情况", 1),
        ("总体情况", 1),
        ("三是收到和处理政府信息公开申请情况", 3),
        ("四、收到和处理政府信息公开申请情况", 3),
        ("三、收到和处理政府信息公开申请的情况", 3),
        ("三、收到和处理政府信息公幵申请情况", 3),
        ("三、收到和處理政府信息公開申請情況", 3),
        ("四、政府信息公开行政复议和行政诉讼情况", 4),
        ("四、政府信息公开行政法复议、行政诉讼情况", 4),
        ("四、因政府信息公开申请行政复议、提起行政诉讼的情况", 4),
        ("五、存在的主要问题及整改措施", 5),
        ("五、存在的主要问题和改进情况。", 5),
        ("五、政府信息公开工作存在的主要问题及改进情况", 5),
        ("五、存在问题及改进情况", 5),
        ("六、其它需要报告的事项", 6),
        ("六．其他需要报告的事项", 6),
    ],
)
def test_headings_as_reports_print_them(line: str, section: int) -> None:
    assert sections(line, "我局认真做好各项工作，取得了一定成效。") == [section]


@pytest.mark.parametrize(
    "line",
    [
        "（一）主动公开政府信息情况",
        "本报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分。",
        "详见“三、收到和处理政府信息公开申请情况”一节。",
        "一、本年新收政府信息公开申请数量",
        "四、结转下年度继续办理",
        "我局认真总结存在的主要问题。",
    ],
)
def test_what_is_no_heading_of_the_form(line: str) -> None:
    assert [one for one in sections("一、总体情况", "工作正常。", line, "工作正常。") if one is not None] == [1]


def test_a_text_without_lines() -> None:
    text = "".join(
        f"{number}、{heading}2023年，我局做好了第{number}项工作。" for number, heading in zip(NUMBERS, NEW, strict=True)
    )
    division = divided("青禾县数据资源局2023年政府信息公开工作年度报告 根据条例编制。" + text)
    assert [heading.section for heading in division.headings] == [1, 2, 3, 4, 5, 6]
    assert [part.section for part in division.parts] == [None, 1, 2, 3, 4, 5, 6]


def test_sections_numbered_in_brackets_where_there_are_no_others() -> None:
    lines = [f"（{number}）{heading}" for number, heading in zip(NUMBERS, NEW, strict=True)]
    assert sections(*[line for heading in lines for line in (heading, "工作正常。")]) == [1, 2, 3, 4, 5, 6]


def test_sections_numbered_anew() -> None:
    assert sections("一、总体情况", "正常。", "一、存在的主要问题及改进情况", "正常。", "二、其他需要报告的事项") == [
        1,
        5,
        6,
    ]


def test_a_table_of_contents_is_not_taken_for_the_sections() -> None:
    contents = [f"{number}、{heading}" for number, heading in zip(NUMBERS, NEW, strict=True)]
    whole = [line for heading in contents for line in (heading, "我局认真做好各项工作，取得成效。")]
    division = divided(*contents, *whole)
    assert [heading.where.line for heading in division.headings] == [7, 9, 11, 13, 15, 17]


def test_headings_of_the_report_before_2019() -> None:
    lines = ["一、概述", "正常。", "二、主动公开政府信息情况", "正常。", "三、政府信息依申请公开办理情况", "正常。"]
    division = divided(*lines, "四、政府信息公开的收费及减免情况", "正常。", "五、主要问题和改进措施", "正常。")
    assert division.form is forms()["2014"]
    assert [heading.section for heading in division.headings] == [1, 2, 3, 4, 6]


def test_a_text_without_headings_has_one_part() -> None:
    division = divided("2023年，我局认真做好各项工作。", "收到申请5件。")
    assert division.headings == ()
    assert division.form is None
    assert [part.section for part in division.parts] == [None]


def test_a_numbered_heading_that_no_form_has() -> None:
    division = divided("一、总体情况", "正常。", "七、附件清单", "无。", form="2021")
    assert [(heading.text, heading.section) for heading in division.headings] == [
        ("一、总体情况", 1),
        ("七、附件清单", None),
    ]


# ── Tables between the sentences ─────────────────────────────────────────────────────────────────────────────────


def test_tables_in_the_text_belong_to_no_part() -> None:
    text = (
        "一、总体情况2023年，我局认真做好各项工作。二、主动公开政府信息情况第二十条第（一）项信息内容本年制发件数"
        "本年废止件数现行有效件数规章000行政规范性文件312第二十条第（五）项信息内容本年处理决定数量行政许可95"
        "第二十条第（八）项信息内容本年收费金额（单位：万元）行政事业性收费32.5元五、存在的主要问题及改进情况有待提高。"
    )
    prose = Prose(document(text))
    division = divide(prose, forms()["2021"])
    said = "".join(prose.text[part.start : part.end] for part in division.parts)
    assert said == "2023年，我局认真做好各项工作。有待提高。"


def test_outcomes_in_a_sentence_are_no_table() -> None:
    text = "行政诉讼未经复议直接起诉结果维持1件，结果纠正2件。"
    prose = Prose(document(text))
    assert [prose.text[part.start : part.end] for part in divide(prose).parts] == [text]


# ── The text as one string ───────────────────────────────────────────────────────────────────────────────────────


def test_sentences_broken_over_lines_are_joined_and_keep_their_places() -> None:
    prose = Prose(document("2023年，我局收到政府信息公开", "申请 12 件，全部办", "结。"))
    assert prose.text == "2023年，我局收到政府信息公开申请12件，全部办结。"
    assert prose.where(prose.text.index("12件")).line == 2


def test_two_numbers_never_become_one() -> None:
    assert Prose(document("收到 12 345 件", "收到12", "345件")).text == "收到12 345件收到12 345件"


def test_page_numbers_are_left_out() -> None:
    assert Prose(document("我局收到申请", "- 2 -", "12件。")).text == "我局收到申请12件。"


def test_the_paragraphs_of_a_web_page_stay_apart() -> None:
    assert Prose(document("工作动态", "收到申请", kind="html")).text == "工作动态\n收到申请"


@given(st.lists(st.text(alphabet="一二、总体情况（）。 \n0件", max_size=30), max_size=12))
def test_parts_lie_in_order_within_the_text(lines: list[str]) -> None:
    prose = Prose(document(*lines))
    assert len(prose.printed) == len(prose.text)
    at = 0
    for part in divide(prose).parts:
        assert at <= part.start < part.end <= len(prose.text)
        at = part.end
