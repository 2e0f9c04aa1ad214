"""Glued digits are cut in every lawful way and in no other."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.finding import Number
from gongkai.annual.reading.tables.splitting import MOST, merges, placings, splits


def test_seven_digits_for_seven_columns_leave_no_choice() -> None:
    assert splits(["7000007"], 7) == [(7, 0, 0, 0, 0, 0, 7)]


def test_three_columns_of_six_digits_leave_many() -> None:
    assert (69, 3, 665) in splits(["693665"], 3)
    assert len(splits(["693665"], 3)) > 5


def test_a_sign_begins_a_figure() -> None:
    assert {row[0] for row in splits(["2648-18538"], 3, signed=[False, True, False])} == {2648}
    assert splits(["2648-18538"], 3) == []


def test_a_decimal_point_stands_only_where_the_column_has_decimals() -> None:
    assert (135, Decimal("75394432.52")) in splits(["13575394432.52"], 2, decimal=[False, True])
    assert splits(["13575394432.52"], 2) == []


def test_a_border_that_is_there_is_kept() -> None:
    assert splits(["23", "0", "00", "0", "0", "23"], 7) == [(23, 0, 0, 0, 0, 0, 23)]


def test_a_stroke_among_digits_is_a_blank_cell_and_a_border() -> None:
    assert splits(["30/5///35"], 7) == [(30, None, 5, None, None, None, 35)]
    assert splits(["4-"], 2) == [(4, None)]


@given(st.lists(st.integers(0, 999), min_size=1, max_size=7))
def test_the_true_row_is_always_among_the_readings(row: list[int]) -> None:
    readings = splits(["".join(map(str, row))], len(row))
    assert tuple(row) in readings or len(readings) > MOST


@given(st.text("0123456789", min_size=1, max_size=12), st.integers(1, 7))
def test_every_reading_uses_all_digits_in_order(run: str, columns: int) -> None:
    for row in splits([run], columns):
        assert "".join(map(str, row)) == run
        assert len(row) == columns


@given(st.lists(st.integers(0, 99), max_size=4), st.integers(4, 7))
def test_placings_keep_the_order_and_leave_the_rest_blank(numbers: list[int], columns: int) -> None:
    for row in placings(numbers, columns):
        assert len(row) == columns
        assert [value for value in row if value is not None] == numbers


def test_a_figure_broken_over_two_lines_is_joined_with_its_neighbour_only() -> None:
    assert set(merges(["1", "0", "5"], 2)) == {("10", "5"), ("1", "05")}


def test_hundreds_of_figures_that_no_way_of_joining_brings_under_seven_columns_are_given_up_at_once() -> None:
    assert list(merges(["1", "—"] * 400, 7)) == []


def test_three_hundred_glued_digits_are_given_up_and_never_read_in_part() -> None:
    def adds_up(row: tuple[Number, ...]) -> bool:
        return len(row) < 7 or sum(row[:6]) == row[6]

    assert splits(["1234567890" * 30], 7, prune=adds_up) == []
