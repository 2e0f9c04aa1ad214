"""Numbers that count something, and numbers that do not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual.reading.words.counts import counts, spoken


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("公开95件", 95, "件"),
        ("公开1,234条", 1234, "条"),
        ("公开12,345,678条", 12345678, "条"),
        ("共有26个试点领域", 26, "个"),
        ("接待7820人次", 7820, "人次"),
        ("收取3940元", 3940, "元"),
        ("收取96171.6万元", Decimal("96171.6"), "万元"),
        ("占66.5%", Decimal("66.5"), "%"),
        ("平均8.57个工作日", Decimal("8.57"), "个工作日"),
        ("收到两件", 2, "件"),
        ("收到十二件", 12, "件"),
        ("收到一百零三件", 103, "件"),
        ("受理0宗", 0, "宗"),
    ],
)
def test_a_number_with_its_unit_counts(text: str, value: object, unit: str) -> None:
    found = counts(text)
    assert [(one.value, one.unit) for one in found] == [(value, unit)]
    assert not found[0].approximate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("约300件", 300),
        ("近300件", 300),
        ("5500余条", 5500),
        ("30多件", 30),
        ("100条以上", 100),
        ("1.2万条", 12000),
        ("3.2万余条", 32000),
        ("超过3千条", 3000),
    ],
)
def test_a_rounded_number_is_approximate(text: str, value: int) -> None:
    assert [(one.value, one.approximate) for one in counts(text)] == [(value, True)]


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月15日",
        "依据国办发〔2021〕12号",
        "第二十条第（一）项、第20条规定、依照20条规定",
        "电话0871-12345678，邮编650000",
        "12345热线",
        "12个月内，自5日起施行",
        "第3次会议，第一次",
        "一次性告知，每次，同一件",
        "收到12 345件",
        "收到1，23件",
        "组织1.12个部门",
        "一二件",
        "12部门联合，3人民团体",
        "共件",
        "",
    ],
)
def test_other_numbers_count_nothing(text: str) -> None:
    assert counts(text) == []


def test_the_number_stands_where_it_is_said_to_stand() -> None:
    text = "收到申请95件，办结94件"
    assert [text[one.start : one.end] for one in counts(text)] == ["95件", "94件"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", 2),
        ("十", 10),
        ("二十", 20),
        ("三〇", 30),
        ("二千三百", 2300),
        ("十千", None),
        ("一二", None),
        ("件", None),
    ],
)
def test_numbers_in_words(text: str, value: int | None) -> None:
    assert spoken(text) == value
