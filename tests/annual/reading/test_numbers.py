"""Figures are understood as agencies print them; what is not one figure is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.reading.numbers import Read, in_unit, read_figure, unit_named


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0", 0),
        ("０", 0),
        (" 12 ", 12),
        ("0\u00a0", 0),
        ("? 3", 3),
        ("1,234", 1234),
        ("1，234", 1234),
        ("18.8710", Decimal("18.8710")),
        ("5949.088667", Decimal("5949.088667")),
        ("+2", 2),
        ("-1", -1),
        ("－18", -18),
        ("減3", -3),
        ("增5", 5),
        ("15件", 15),
        ("22（其中修订 16 件）", 22),
        ("55（含自然失效29件）", 55),
    ],
)
def test_a_printed_figure_is_read(printed: str, value: int | Decimal) -> None:
    assert read_figure(printed) == Read(value)


@pytest.mark.parametrize("printed", ["", " ", "\u00a0", "/", "-", "—", "——", "无", "\u3000"])
def test_a_stroke_or_nothing_is_a_blank(printed: str) -> None:
    assert read_figure(printed) == Read(None)


@pytest.mark.parametrize(
    "printed", ["1 2", "0/0", "007", "1\n0", "约5", "三", "O", "1.2.3", "12-13", "十2", "1,23", "5%"]
)
def test_what_is_not_one_figure_for_sure_is_not_read(printed: str) -> None:
    assert read_figure(printed) is None


@pytest.mark.parametrize(
    ("printed", "unit", "heading", "value"),
    [
        ("251000元", "元", "采购总金额", 251000),
        ("1646.5万元", "元", "采购总金额", 16465000),
        ("477.35", "元", "采购总金额(万元)", 4773500),
        ("251000元", "万元", "本年收费金额", Decimal("25.1")),
        ("96171.6", "万元", "本年收费金额（单位：万元）", Decimal("96171.6")),
        ("12", "件", "本年制发件数", 12),
    ],
)
def test_money_is_given_in_the_columns_unit(printed: str, unit: str, heading: str, value: int | Decimal) -> None:
    read = read_figure(printed)
    assert read is not None
    assert in_unit(read, unit, heading) == value


def test_a_heading_names_the_larger_unit_first() -> None:
    assert unit_named("金额（万元）") == "万元"
    assert unit_named("金额（元）") == "元"
    assert unit_named("数量") == ""


@given(st.integers(-(10**9), 10**12))
def test_every_whole_number_is_read_back(number: int) -> None:
    assert read_figure(str(number)) == Read(number)
    assert read_figure(f"{number:,}件") == Read(number)


@given(st.text(max_size=40))
def test_a_figure_is_never_made_up(text: str) -> None:
    read = read_figure(text)
    if read is not None and read.value is not None:
        assert any(char.isdigit() for char in text)
