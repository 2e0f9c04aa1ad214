"""Lines on a terminal are broken as Chinese is set."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongkai.annual.showing.wrapping import Broken, packed, wrapped


def lines(words: str, width: int) -> list[str]:
    return [line.plain for line in wrapped(Text(words), width)]


def test_chinese_is_broken_between_characters():
    assert lines("表三有4格未填请填写", 10) == ["表三有4格", "未填请填写"]


def test_no_line_begins_with_a_closing_mark():
    assert lines("应为二十六，实为二十", 10) == ["应为二十", "六，实为二", "十"]


def test_no_line_ends_with_an_opening_mark():
    assert lines("第一二三（四）五", 10) == ["第一二三", "（四）五"]


def test_words_and_numbers_stay_whole():
    assert lines("the total says 20 and the parts 26", 16) == ["the total says", "20 and the parts", "26"]
    assert lines("合计一二 12345", 12) == ["合计一二", "12345"]


@given(st.text("一二三，。（） ab12", max_size=60), st.integers(4, 30))
def test_nothing_but_blanks_is_lost_and_no_line_is_too_long(words, width):
    found = lines(words, width)
    assert "".join(found).replace(" ", "") == words.replace(" ", "")
    assert all(cell_len(line) <= width for line in found)


def test_styles_stay_on_their_words():
    text = Text("一二三四五六")
    text.stylize("bold", 4, 6)
    (first, second) = wrapped(text, 8)
    assert [span.style for span in second.spans] == ["bold"]
    assert first.spans == []


def test_parts_stay_whole_where_they_fit_into_a_line():
    parts = [Text(words) for words in ("规章", "本年增减 3", "处理决定数量 12")]
    assert [line.plain for line in packed(parts, "  ", 18)] == ["规章  本年增减 3", "处理决定数量 12"]
    assert [line.plain for line in packed(parts, "  ", 12)] == ["规章", "本年增减 3", "处理决定数量", "12"]


def test_a_cell_of_a_table_is_broken_to_its_width_with_the_extension_whole():
    out = io.StringIO()
    console = Console(width=40, file=out)
    table = Table(box=None)
    table.add_row(Broken(Text("通过")), Broken(Text("青禾市棠湾区教育局2024年政府信息公开工作年度报告.docx")))
    console.print(table)
    printed = out.getvalue().splitlines()
    assert len(printed) > 1
    assert all(cell_len(line) <= 40 for line in printed)
    assert printed[-1].strip().endswith("告.docx")
