"""What is sure of a figure, what is not, and what is handed on instead."""

from __future__ import annotations

import pytest

cv2 = pytest.importorskip("cv2", reason="the extra ocr is not installed")

import numpy as np  # noqa: E402
from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from gongkai.annual.reading.files.scan import figures  # noqa: E402
from gongkai.annual.reading.files.scan.figures import DOUBTFUL, UNREADABLE, Reading, agreed, marked, shape_fits  # noqa: E402
from gongkai.annual.reading.files.scan.recognition import Character, Recognised  # noqa: E402
from gongkai.annual.reading.files.scan.table import tidy, together  # noqa: E402


def said(text: str, sure: float = 0.99, shares: dict[str, float] | None = None) -> Recognised:
    """A line recognised as that text."""
    characters = tuple(Character(c, (i + 0.5) / len(text), sure) for i, c in enumerate(text))
    return Recognised(characters, tuple((shares if shares is not None else {text: 1.0}).items()))


def ink(digits: int, high: int = 20, wide: int = 12, gap: int = 3) -> np.ndarray:
    """So many digits of ink side by side."""
    mask = np.zeros((high + 10, digits * (wide + gap) + 10), np.uint8)
    for k in range(digits):
        mask[5 : 5 + high, 5 + k * (wide + gap) : 5 + k * (wide + gap) + wide] = 255
    return mask


@given(st.integers(0, 10**6))
def test_a_figure_that_both_readings_and_the_ink_bear_out_is_sure(number: int) -> None:
    text = str(number)
    assert agreed(said(text), said(text), ink(len(text))) == Reading(text)


@given(st.integers(0, 10**5), st.integers(0, 10**5))
def test_readings_that_differ_are_handed_on_both(one: int, other: int) -> None:
    reading = agreed(said(str(one)), said(str(other)), ink(max(len(str(one)), len(str(other)))))
    if one != other:
        assert reading.text == DOUBTFUL
        assert set(reading.doubtful) == {str(one), str(other)}


def test_eleven_read_as_one_does_not_fit_its_ink() -> None:
    assert agreed(said("1"), said("1"), ink(2, wide=5, gap=8)) == Reading(DOUBTFUL, ("1",))


def test_two_figures_read_as_one_do_not_fit_their_ink() -> None:
    assert agreed(said("12"), said("12"), ink(2, gap=60)).text == DOUBTFUL


def test_a_reading_that_the_model_itself_is_unsure_of_is_doubtful() -> None:
    unsure = said("7", shares={"7": 0.6, "1": 0.4})
    assert agreed(unsure, said("7"), ink(1)) == Reading(DOUBTFUL, ("7", "1"))


def test_a_lone_round_letter_is_a_zero_but_a_stroke_is_not_a_one() -> None:
    assert agreed(said("O", shares={"0": 1.0}), said("0"), ink(1)) == Reading("0")
    assert agreed(said("|", shares={"1": 1.0}), said("1"), ink(1)) == Reading(DOUBTFUL, ("1",))


def test_ink_that_cannot_be_read_is_not_blank() -> None:
    assert agreed(said("", shares={}), said("", shares={}), ink(1)) == Reading(DOUBTFUL, (UNREADABLE,))


def test_ink_beside_a_figure_is_taken_off_the_candidates() -> None:
    assert agreed(said("89.", shares={"89.": 1.0}), said("89"), ink(3)) == Reading(DOUBTFUL, ("89",))


def test_a_dash_is_a_dash() -> None:
    assert agreed(said("一", shares={"-": 1.0}), said("-"), ink(1, high=3, wide=20)).text == "-"


@pytest.mark.parametrize("text", ["0", "12", "O", "|", "33352.43", "—", "一", "", "l1", "0⁻"])
def test_what_may_be_a_figure(text: str) -> None:
    assert figures.figure_like(text)


@pytest.mark.parametrize("text", ["三、本年度", "3.其他", "12件", "上合"])
def test_what_holds_words_is_no_figure(text: str) -> None:
    assert not figures.figure_like(text)


def test_the_number_of_a_label_is_not_read_twice_but_a_number_in_words_is() -> None:
    assert not figures.holds_figures("3.其他")
    assert not figures.holds_figures("（5）不予处理")
    assert figures.holds_figures("251000元")
    assert figures.holds_figures("22（其中修订16件）")


def test_a_number_in_words_that_the_second_reading_has_otherwise_is_marked() -> None:
    assert marked(said("收到申请128件，办结9件"), said("收到申请123件，办结9件")) == "收到申请〓件，办结9件"
    assert marked(said("收到申请128件"), said("收到申请件")) == "收到申请〓件"
    assert marked(said("收到申请128件", sure=0.5), said("收到申请128件")) == "收到申请〓件"
    assert marked(said("收到申请128件"), said("收到申请128件")) == "收到申请128件"


@given(st.text(alphabet="件收到0123456789.", max_size=20), st.text(alphabet="件收到0123456789.", max_size=20))
def test_no_number_is_passed_on_that_only_one_reading_has(one: str, other: str) -> None:
    kept = figures._FIGURES.findall(marked(said(one) if one else said("件"), said(other) if other else said("件")))
    theirs = figures._FIGURES.findall(other)
    assert all(number in theirs for number in kept)


def test_a_shape_without_ink_fits_no_text() -> None:
    assert not shape_fits("0", np.zeros((20, 20), np.uint8))
    assert shape_fits("", np.zeros((20, 20), np.uint8))


def test_a_figure_broken_over_two_lines_is_doubtful() -> None:
    assert together([Reading("1"), Reading("0")]) == Reading(DOUBTFUL, ("10",))


def test_words_over_several_lines_are_one_text_and_scribbles_beside_them_are_left_out() -> None:
    assert together([Reading("三、本年"), Reading("度办理"), Reading(DOUBTFUL, (UNREADABLE,))]) == Reading(
        "三、本年度办理"
    )
    assert together([]) == Reading("")


def test_spaces_beside_characters_of_full_width_are_dropped() -> None:
    assert tidy("（ 三 ） 不予 公开 ") == "（三）不予公开"
    assert tidy("1 2") == "1 2"
