"""Numbers that people give are checked as their standards say, and shown so that they tell nobody who it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.privacy.identity import (
    CHECKS,
    CODE_LETTERS,
    WEIGHTS,
    wrong_credit_code,
    wrong_identity_number,
    wrong_phone,
)
from gongkai.privacy.masking import masked_address, masked_email, masked_name, masked_number

TODAY = date(2026, 3, 2)
PLACES = st.sampled_from(["110101", "440114", "330102"])


@st.composite
def identity_numbers(draw):
    """Right numbers, reckoned here a second time: the weighted sum must leave 1 when divided by 11 (GB 11643)."""
    born = draw(st.dates(date(1900, 1, 1), TODAY))
    digits = draw(PLACES) + f"{born:%Y%m%d}" + f"{draw(st.integers(0, 999)):03}"
    rest = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(digits))
    check = (12 - rest % 11) % 11
    return digits + ("X" if check == 10 else str(check))


@st.composite
def credit_codes(draw):
    """Right codes, by GB 32100: weights are powers of three modulo 31."""
    letters = draw(st.text(CODE_LETTERS, min_size=17, max_size=17))
    rest = sum(CODE_LETTERS.index(letter) * (3**place % 31) for place, letter in enumerate(letters))
    return letters + CODE_LETTERS[(31 - rest % 31) % 31]


def test_the_weights_and_checks_are_those_of_the_standard():
    assert tuple(2 ** (17 - place) % 11 for place in range(17)) == WEIGHTS
    assert [CHECKS[rest] for rest in (0, 1, 2, 3)] == ["1", "0", "X", "9"]


@given(identity_numbers())
def test_a_right_identity_number_is_taken(number):
    assert wrong_identity_number(number, TODAY) is None


@given(identity_numbers(), st.data())
def test_any_single_wrong_digit_is_noticed(number, data):
    place = data.draw(st.integers(0, 16))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    assert wrong_identity_number(number[:place] + digit + number[place + 1 :], TODAY) is not None


@given(identity_numbers(), st.integers(0, 15))
def test_two_neighbours_swapped_are_noticed(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or wrong_identity_number(swapped, TODAY) is not None


@pytest.mark.parametrize(
    "number",
    ["", "1" * 17, "110101199003071090", "11010119900307109x", "110101299003071091", "110101199013071091", "１" * 18],
)
def test_a_wrong_identity_number_is_told_in_both_languages(number):
    said = wrong_identity_number(number, TODAY)
    assert said is not None and said.zh and said.en


@given(st.text(max_size=25))
def test_no_text_breaks_the_checks(text):
    wrong_identity_number(text, TODAY)
    wrong_credit_code(text)
    wrong_phone(text)


@given(credit_codes(), st.data())
def test_a_right_credit_code_is_taken_and_a_wrong_letter_noticed(code, data):
    assert wrong_credit_code(code) is None
    place = data.draw(st.integers(0, 17))
    letter = data.draw(st.sampled_from([other for other in CODE_LETTERS if other != code[place]]))
    assert wrong_credit_code(code[:place] + letter + code[place + 1 :]) is not None


@pytest.mark.parametrize("number", ["13800000000", "+8613800000000", "0571-12345678", "057112345678", "12345678"])
def test_telephones_of_the_mainland_are_taken(number):
    assert wrong_phone(number) is None


@pytest.mark.parametrize("number", ["", "123", "23800000000", "0571-", "phone", "138000000001"])
def test_what_is_no_telephone_is_not(number):
    assert wrong_phone(number) is not None


@given(st.text(min_size=2, max_size=40))
def test_a_mask_hides_most_and_never_gives_the_whole(text):
    assert masked_name(text)[1:] == "＊" * (len(text) - 1)
    hidden = masked_number(text)
    assert hidden != text or set(text) <= {"*", "＊"}
    assert len(hidden) == len(text)


def test_masks_as_lists_show_them():
    assert masked_name("赵某某") == "赵＊＊"
    assert masked_number("11010119900307109X") == "110" + "*" * 13 + "9X"
    assert masked_address("青禾市棠湾区听松路1号") == "青禾市棠湾区…"
    assert masked_email("zhao@example.com") == "z***@example.com"
