"""Titles and headings within paragraphs are divided by their sense."""

from __future__ import annotations

import pytest

from gongkai.annual.form import forms
from gongkai.annual.writing.paper import Paper
from gongkai.annual.writing.printed import lead_of, title_lines

KIND = "政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("title", "agency", "lines"),
    [
        (f"某县2024年{KIND}", "某县人民政府", [f"某县2024年{KIND}"]),
        (f"青禾市棠湾区教育局2024年{KIND}", "青禾市棠湾区教育局", ["青禾市棠湾区教育局", f"2024年{KIND}"]),
        (f"青禾综合实验区管委会2014年度{KIND}", "青禾市人民政府", ["青禾综合实验区管委会2014年度", KIND]),
        (
            "青禾市棠湾区教育局关于二〇二四年信息公开情况的汇报",
            "某局",
            ["青禾市棠湾区教育局关于二〇二四年信息公开情况的汇报"],
        ),
    ],
)
def test_a_title_longer_than_a_line_is_broken_by_its_sense(title, agency, lines):
    assert title_lines(Paper(title, agency, 2024, forms()["2021"], ())) == lines


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("（一）主动公开。全年公开12条。", "（一）主动公开。"),
        ("（十一）监督保障", "（十一）监督保障"),
        ("（一）全年主动公开政府信息12条，其中规范性文件3件。", ""),
        ("全年公开（一）（二）项信息。", ""),
    ],
)
def test_a_heading_of_the_second_level_is_set_apart_and_nothing_is_lost(text, lead):
    found, rest = lead_of(text)
    assert found == lead and found + rest == text
