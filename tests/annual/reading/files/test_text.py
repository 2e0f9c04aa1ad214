"""Text files: encodings, columns, and tables in the ways that real texts have them (layouts.md C2 to C8)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.annual.reading.document import Grid, Line, Unreadable
from gongkai.annual.reading.files.encoding import COMMON, decode
from gongkai.annual.reading.files.limits import CELLS, LINES, PAGES
from gongkai.annual.reading.files.text import parse_text, read_text
from tests.annual.reading.files.shapes import lines, only_grid, rows

SENTENCE = "本年新收政府信息公开申请数量为5件，结转下年度继续办理0件。\n"
TRADITIONAL = "本年新收政府資訊公開申請數量為5件，結轉下年度繼續辦理0件，總計5件。\n"


class TestEncodings:
    @pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
    def test_chinese_text(self, name: str) -> None:
        assert decode((SENTENCE * 2).encode(name)) == SENTENCE * 2

    @pytest.mark.parametrize("name", ["utf-8", "big5", "gb18030", "utf-16-le"])
    def test_traditional_text(self, name: str) -> None:
        assert decode((TRADITIONAL * 2).encode(name)) == TRADITIONAL * 2

    def test_ascii_and_short_texts(self) -> None:
        assert decode(b"| 1 | 2 |") == "| 1 | 2 |"
        assert decode("总计".encode("gbk")) == "总计"
        assert decode("总计".encode()) == "总计"

    def test_a_few_broken_bytes_do_not_change_the_encoding(self) -> None:
        text = SENTENCE * 40
        assert decode(text.encode()[:-2]).startswith(SENTENCE * 39)
        broken = bytearray(text.encode("gb18030"))
        broken[10] = 0xFF
        assert decode(bytes(broken)).endswith(SENTENCE * 39)

    @pytest.mark.parametrize(
        "data",
        [
            bytes(range(256)) * 20,
            "Ünïcödé naïve café ".encode("latin-1") * 30,
            "これは報告書ではありません。テスト".encode("shift_jis") * 20,
        ],
    )
    def test_what_is_not_chinese_in_any_encoding_is_refused(self, data: bytes) -> None:
        with pytest.raises(Unreadable):
            decode(data)

    @given(
        st.text(st.sampled_from(sorted(COMMON)), min_size=30, max_size=200),
        st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]),
    )
    def test_round_trip(self, text: str, name: str) -> None:
        text = f"1. {text}\n"
        try:
            assert decode(text.encode(name)) == text
        except Unreadable:
            assume(False)

    @given(st.binary(max_size=300))
    def test_any_bytes_are_text_or_refused(self, data: bytes) -> None:
        try:
            assert isinstance(decode(data), str)
        except Unreadable as error:
            assert "编码" in error.message


class TestLines:
    def test_every_kind_of_line_ending(self) -> None:
        found = parse_text("甲\r\n乙\r丙\n\n丁\u2028戊")
        assert lines(found) == ["甲", "乙", "丙", "丁", "戊"]
        assert [line.where.line for line in found.lines()] == [1, 2, 3, 5, 6]

    def test_form_feeds_count_pages(self) -> None:
        found = parse_text("甲\n乙\n\f丙\n\f")
        assert found.pages == 2
        assert [(line.where.page, line.where.line) for line in found.lines()] == [(1, 1), (1, 2), (2, 3)]
        assert parse_text("甲").pages is None

    def test_page_numbers_are_dropped(self) -> None:
        text = "甲\n- 1 -\n\f乙\n— 2 —\n\f丙\n-3-\n\f丁\n第 4 页 共 9 页\n\f戊\n  5\n\f6\n己"
        assert lines(parse_text(text)) == ["甲", "乙", "丙", "丁", "戊", "己"]

    def test_bare_numbers_that_do_not_count_pages_are_figures(self) -> None:
        assert lines(parse_text("甲\n0\n\f12\n乙\n7\n\f丙")) == ["甲", "0", "12", "乙", "7", "丙"]
        assert lines(parse_text("甲\n1\n乙")) == ["甲", "1", "乙"]

    def test_bare_numbers_that_go_up_with_the_pages_are_page_numbers(self) -> None:
        assert lines(parse_text("甲\n11\n\f乙\n12\n\f丙\n13\n")) == ["甲", "乙", "丙"]

    def test_spaces_and_glued_digits_stay_as_they_are(self) -> None:
        text = "  行政规范性文件693665  第 5 项"
        assert lines(parse_text(text)) == [text]

    def test_characters_without_a_glyph_are_dropped(self) -> None:
        assert lines(parse_text("总\u200b计\ufeff 5\x01" + "。" * 500)) == ["总计 5" + "。" * 500]

    def test_title_and_day_of_publication_stay_lines_too(self) -> None:
        text = "标题: 丙区2020年度政府信息公开工作年度报告\n发布时间: 2021-03-05 08:58\n原文链接: x\n=== 正文 ===\n正文"
        found = parse_text(text)
        assert found.title == "丙区2020年度政府信息公开工作年度报告"
        assert found.published == "2021-03-05"
        assert len(lines(found)) == 5

    def test_no_title_or_day_from_the_middle_of_the_text(self) -> None:
        found = parse_text("正文\n" * 30 + "标题: 甲\n发布时间: 2021-03-05\n")
        assert (found.title, found.published) == ("", None)

    @given(st.text(st.sampled_from("总计本年5 0\t\n\f|-.。（）#*"), max_size=120))
    def test_no_figure_and_no_character_is_lost(self, text: str) -> None:
        assume("\f" not in text and "---" not in text)
        found = parse_text("开头\n" + text)
        shown = "".join(lines(found)) + "".join(cell.text for made in found.grids() for cell in made.cells)
        for mark in "总计本年5":
            dropped = sum(
                line.count(mark) for line in text.split("\n") if line.strip("- ") in ("5", "0", "50") and "-" in line
            )
            assert shown.count(mark) >= ("开头" + text).count(mark) - dropped


class TestColumns:
    HEAD = "自然人    商业企业    总计\n"

    def test_one_column_for_each_character_as_pdftotext_counts(self) -> None:
        text = "予以公开       1    0    2    3\n（二）部分公开    4    0    5    9\n总计         5    0    7   12\n"
        assert parse_text(text).blocks[1].words[0] == (0.0, 7.0, "（二）部分公开")  # type: ignore[union-attr]
        assert len({word[0] for line in parse_text(text).lines() for word in line.words[1:4]}) == 3

    def test_two_columns_where_that_makes_the_figures_stand_under_each_other(self) -> None:
        text = "予以公开          1   0   2   3\n部分公开区分      4   0   5   9\n总计              5   0   7   8\n"
        found = list(parse_text(text).lines())
        assert [line.words[1][0] for line in found] == [18.0, 18.0, 18.0]
        assert found[1].words[0] == (0.0, 12.0, "部分公开区分")

    def test_words_keep_every_character(self) -> None:
        (line,) = parse_text("  甲\u3000乙\u00a0 5 ").lines()
        assert [word[2] for word in line.words] == ["甲", "乙", "5"]

    def test_tabs_go_to_the_next_stop(self) -> None:
        (line,) = parse_text("甲\t5").lines()
        assert line.words[1][:2] == (8.0, 9.0)


EXPECTED = [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "0", "11"], ["行政规范性文件", "", "66"]]


class TestPipes:
    def test_markdown(self) -> None:
        text = (
            "| 信息内容 | 本年制发件数 | 现行有效件数 |\n|---|:-:|--:|\n| 规章 | 0 | 11 |\n| 行政规范性文件 | | 66 |\n"
        )
        made = only_grid(parse_text(text))
        assert rows(made) == EXPECTED
        assert not made.exact
        assert [cell.where.line for cell in made.cells if cell.text == "66"] == [4]

    @pytest.mark.parametrize(
        "text",
        [
            # a row on each line, strokes behind each cell, or between them
            "信息内容 | 本年制发件数 | 现行有效件数 |\n规章 | 0 | 11 |\n行政规范性文件 | | 66 |\n",
            "信息内容 | 本年制发件数 | 现行有效件数\n规章 | 0 | 11\n行政规范性文件 | | 66\n",
            # superfluous strokes and empty rows
            "信息内容 | 本年制发件数 | 现行有效件数 | ||\n | | | | |\n规章 | 0 | 11 | ||\n行政规范性文件 | | 66 | ||\n",
            "|信息内容|本年制发件数|现行有效件数|||||\n|规章|0|11|||||\n||||||||\n|行政规范性文件||66|||||\n",
            # empty lines between rows, full-width and drawn strokes
            "信息内容 ｜ 本年制发件数 ｜ 现行有效件数 ｜\n\n规章 ｜ 0 ｜ 11 ｜\n\n行政规范性文件 ｜ ｜ 66 ｜\n",
            "┌──┬──┬──┐\n│信息内容│本年制发件数│现行有效件数│\n├──┼──┼──┤\n│规章│0│11│\n│行政规范性文件││66│\n└──┴──┴──┘\n",
            "+---+---+---+\n| 信息内容 | 本年制发件数 | 现行有效件数 |\n+===+===+===+\n"
            "| 规章 | 0 | 11 |\n+---+---+---+\n| 行政规范性文件 | | 66 |\n+---+---+---+\n",
            # a cell and a stroke on each line, an empty line behind each row
            "信息内容 |\n本年制发件数 |\n现行有效件数 |\n\n规章 |\n0 |\n11 |\n\n行政规范性文件 |\n |\n66 |\n",
        ],
    )
    def test_other_ways_of_writing_the_same(self, text: str) -> None:
        found = parse_text("二、主动公开政府信息情况\n\n" + text + "\n三、其他\n")
        assert rows(only_grid(found)) == EXPECTED
        assert lines(found) == ["二、主动公开政府信息情况", "三、其他"]

    @pytest.mark.parametrize(
        "text",
        [
            "规章 |\n0 |\n11 |\n行政规范性文件 |\n |\n66 |\n",
            "规章 |\n\n0 |\n\n11 |\n\n行政规范性文件 |\n\n |\n\n66 |\n",
            "规章\n|\n0\n|\n11\n|\n行政规范性文件\n|\n|\n66\n|\n",
        ],
    )
    def test_where_no_row_ends_the_grid_is_one_row_with_its_blanks(self, text: str) -> None:
        found = parse_text("二、主动公开\n\n" + text)
        assert rows(only_grid(found)) == [["规章", "0", "11", "行政规范性文件", "", "66"]]

    def test_a_label_broken_inside_its_brackets_is_one_cell(self) -> None:
        text = "（一）予以公开 | 1 | 1 |\n（二）部分公开（区分处理的，\n只计这一情形） | 2 | 2 |\n"
        assert rows(only_grid(parse_text(text)))[1] == ["（二）部分公开（区分处理的，只计这一情形）", "2", "2"]

    def test_a_heading_between_two_tables_stays_a_heading(self) -> None:
        text = "信息内容 | 数量 |\n行政许可 | 1 |\n第二十条第（六）项\n信息内容 | 数量 |\n行政处罚 | 2 |\n"
        found = parse_text(text)
        kinds = [block.text if isinstance(block, Line) else rows(block)[1] for block in found.blocks]
        assert kinds == [["行政许可", "1"], "第二十条第（六）项", ["行政处罚", "2"]]

    def test_strokes_in_one_line_of_a_menu_make_no_table(self) -> None:
        assert lines(parse_text("首页 | 政务公开 | 年报\n\n正文\n")) == ["首页 | 政务公开 | 年报", "正文"]

    def test_cells_of_single_strokes_are_cells(self) -> None:
        text = "| 甲 | 乙 |\n|---|---|\n| - | - |\n"
        assert rows(only_grid(parse_text(text))) == [["甲", "乙"], ["-", "-"]]

    @given(
        st.lists(
            st.lists(st.sampled_from(["0", "12", "", "甲", "-1", "3.5"]), min_size=2, max_size=5),
            min_size=2,
            max_size=6,
        ),
        st.sampled_from(["| {} |", "{} |", "{}"]),
    )
    def test_every_cell_of_every_row_is_kept_in_order(self, table: list[list[str]], style: str) -> None:
        table = [["项目", *row, "末"] for row in table]
        text = "".join(style.format(" | ".join(row)) + "\n" for row in table)
        assert rows(only_grid(parse_text(text))) == table


class TestTabs:
    def test_cells_between_tabs(self) -> None:
        text = "\t\t申请人情况\t\t\n\t\t自然人\t总计\t\n一、本年新收\t\t5\t5\t\n（一）予以公开\t\t\t\t\n\n四、复议\n"
        found = parse_text(text)
        made = only_grid(found)
        assert rows(made) == [
            ["", "", "申请人情况", ""],
            ["", "", "自然人", "总计"],
            ["一、本年新收", "", "5", "5"],
            ["（一）予以公开", "", "", ""],
        ]
        assert not made.exact
        assert lines(found) == ["四、复议"]

    def test_cells_copied_with_line_breaks_in_quotation_marks(self) -> None:
        text = '"结果\n维持"\t"结果\n纠正"\t总计\n1\t2\t3\n'
        assert rows(only_grid(parse_text(text))) == [["结果维持", "结果纠正", "总计"], ["1", "2", "3"]]

    def test_quotation_marks_of_a_label_stay(self) -> None:
        text = '3.危及"三安全一稳定"\t0\t0\n"三安全\t1\t1\n'
        assert rows(only_grid(parse_text(text)))[0][0] == '3.危及"三安全一稳定"'
        assert rows(only_grid(parse_text(text)))[1] == ['"三安全', "1", "1"]

    def test_values_kept_apart_by_commas(self) -> None:
        text = '丙区示例局年度报告,,\n"结果\n维持",总计,说明\n"1,200",5,"甲""乙"""\n'
        found = parse_text(text, "a.CSV")
        assert found.kind == "csv"
        assert rows(only_grid(found)) == [
            ["丙区示例局年度报告", "", ""],
            ["结果维持", "总计", "说明"],
            ["1,200", "5", '甲"乙"'],
        ]
        assert [c.where.line for c in only_grid(found).cells if c.text == "5"] == [4]

    def test_indented_paragraphs_are_no_table(self) -> None:
        assert lines(parse_text("\t第一段。\n\t第二段。\n")) == ["\t第一段。", "\t第二段。"]


class TestMarkdown:
    def test_headings_and_marks(self) -> None:
        text = (
            "# 丙区**2023年**报告\n\n## 一、总体情况 ##\n\n- 一是*推进*公开。\n> 引文\n\n"
            "见[公告](https://example.org/a_(b))。![图](x.png)\n1\\. 属于`国家`秘密\n\n---\n\n二、其他\n=====\n"
        )
        found = parse_text(text, "report.md")
        assert found.kind == "markdown"
        assert lines(found) == [
            "丙区2023年报告",
            "一、总体情况",
            "一是推进公开。",
            "引文",
            "见公告。",
            "1. 属于国家秘密",
            "二、其他",
        ]
        assert [line.text for line in found.lines() if line.heading] == ["丙区2023年报告", "一、总体情况", "二、其他"]

    def test_marks_in_cells(self) -> None:
        text = (
            "| **项目** | 数量 |\n|---|---|\n| 结果<br>维持 | **12** |\n| 甲\\|乙 | &nbsp; |\n| 丙 | 5<sup>1</sup> |\n"
        )
        assert rows(only_grid(parse_text(text, "a.md"))) == [
            ["项目", "数量"],
            ["结果维持", "12"],
            ["甲|乙", ""],
            ["丙", "5[1]"],
        ]

    def test_two_tables_with_an_empty_line_between_are_two(self) -> None:
        text = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n| 丙 | 丁 |\n|---|---|\n| 3 | 4 |\n"
        assert [rows(made)[0] for made in parse_text(text).grids()] == [["甲", "乙"], ["丙", "丁"]]

    def test_html_tables_inside(self) -> None:
        text = "## 三、情况\n\n<table><tr><td rowspan=2>甲</td><td>1</td></tr>\n<tr><td>2</td></tr></table>\n\n正文\n"
        found = parse_text(text)
        made = only_grid(found)
        assert [(cell.text, cell.rowspan, cell.where.line) for cell in made.cells] == [
            ("甲", 2, 3),
            ("1", 1, 3),
            ("2", 1, 4),
        ]
        assert made.exact
        assert lines(found) == ["三、情况", "正文"]

    def test_plain_text_keeps_its_asterisks(self) -> None:
        found = parse_text("* 注：5 件\n1*2\n")
        assert found.kind == "text"
        assert lines(found) == ["* 注：5 件", "1*2"]


class TestBounds:
    @pytest.mark.parametrize(
        "text",
        [
            "甲\n" * (LINES + 2),
            "甲\f" * (PAGES + 2),
            ("1|" * 100 + "\n") * (CELLS // 20),
            ("1\t" * 100 + "\n") * (CELLS // 90),
        ],
        ids=["lines", "pages", "strokes", "tabs"],
    )
    def test_too_much(self, text: str) -> None:
        with pytest.raises(Unreadable):
            parse_text(text)

    def test_binary(self) -> None:
        with pytest.raises(Unreadable):
            parse_text("\x01\x02\x03甲" * 50)

    @given(st.text(max_size=400), st.sampled_from(["", "a.md"]))
    def test_any_text_is_a_document_or_refused(self, text: str, name: str) -> None:
        try:
            found = parse_text(text, name)
        except Unreadable:
            return
        assert all(isinstance(block, Line | Grid) for block in found.blocks)


def test_real_texts(shared_reports: Path) -> None:
    tabbed = read_text((shared_reports / "haizhu_hrss_2021.txt").read_bytes())
    assert [len(list(made.rows())) for made in tabbed.grids()] == [17, 14, 4]
    marked = read_text((shared_reports / "shuyang_2025.md").read_bytes())
    assert marked.kind == "markdown"
    assert len(list(marked.grids())) == 19
    paged = read_text((shared_reports / "huaian_2024.layout.txt").read_bytes())
    assert paged.pages == 6
    assert not any(line.text.strip() in ("-3-", "-4-") for line in paged.lines())
    page = read_text((shared_reports / "pingtan_2020.txt").read_bytes())
    assert page.published == "2021-03-05"
