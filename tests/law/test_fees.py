"""The fee for excessive requests: the tiers of 国办函〔2020〕109号, one by one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import NotCovered
from gongkai.law.fees import fee_by_items, fee_by_pages

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("count", "yuan"),
    [(0, 0), (1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000), (51, 7400)],
)
def test_by_request(count, yuan):
    assert fee_by_items(count, DAY).amount == yuan


@pytest.mark.parametrize(
    ("count", "yuan"),
    [(0, 0), (30, 0), (31, 10), (68, 380), (100, 700), (101, 720), (200, 2700), (201, 2740), (300, 6700)],
)
def test_by_page(count, yuan):
    assert fee_by_pages(count, DAY).amount == yuan


def rate(number: int) -> int:
    """What the so-manieth request of a month costs (第四条)."""
    return 0 if number <= 10 else 100 if number <= 30 else 100 * (2 + (number - 31) // 10)


@given(st.integers(0, 200), st.integers(0, 200))
def test_requests_cost_what_their_places_in_the_month_cost(before, count):
    fee = fee_by_items(count, DAY, before=before)
    assert fee.amount == sum(rate(number) for number in range(before + 1, before + count + 1))
    assert [n for part in fee.parts for n in range(part.first, part.last + 1)] == list(
        range(before + 1, before + count + 1)
    )


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_month_costs_the_same_however_its_requests_come_in(first, then):
    together = fee_by_items(first + then, DAY).amount
    assert fee_by_items(first, DAY).amount + fee_by_items(then, DAY, before=first).amount == together


@given(st.integers(0, 1000))
def test_another_page_never_costs_less(pages):
    assert fee_by_pages(pages + 1, DAY).amount >= fee_by_pages(pages, DAY).amount


def test_before_the_measures_nothing_could_be_charged():
    with pytest.raises(NotCovered, match="2021年1月1日"):
        fee_by_items(50, date(2020, 12, 31))


def test_a_count_below_zero_is_none():
    with pytest.raises(ValueError, match="below zero"):
        fee_by_pages(-1, DAY)
