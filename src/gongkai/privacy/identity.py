"""Numbers that people give, and what is wrong with one: identity (GB 11643), credit code (GB 32100), telephone."""

from __future__ import annotations

import re
from datetime import date

from gongkai.law.words import Said

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_MODULUS = 31
MOBILE = re.compile(r"(\+?86)?1[3-9]\d{9}")
FIXED = re.compile(r"(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?")


def wrong_identity_number(number: str, today: date) -> Said | None:
    """What is wrong with a resident's identity number of 18 characters; None where nothing is."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return Said(
            "身份证号码应为18位，前17位为数字，末位为数字或X。", "An identity number has 17 digits and a digit or X."
        )
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born = None
    if born is None or born > today:
        return Said(
            "身份证号码第7至14位不是有效的出生日期，请核对。",
            "Digits 7 to 14 of the identity number are no date of birth.",
        )
    if CHECKS[sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11] != number[-1]:
        return Said(
            "身份证号码校验位不符，请逐位核对。",
            "The identity number's last character does not fit the others; check each.",
        )
    return None


def wrong_credit_code(code: str) -> Said | None:
    """What is wrong with a 统一社会信用代码; None where nothing is."""
    if len(code) != 18 or any(letter not in CODE_LETTERS for letter in code):
        return Said(
            "统一社会信用代码应为18位数字或大写字母（不含I、O、S、V、Z）。",
            "A unified social credit code has 18 digits or capital letters (no I, O, S, V, Z).",
        )
    total = sum(CODE_LETTERS.index(letter) * pow(3, place, CODE_MODULUS) for place, letter in enumerate(code[:17]))
    if CODE_LETTERS[-total % CODE_MODULUS] != code[-1]:
        return Said(
            "统一社会信用代码校验位不符，请逐位核对。", "The credit code's last character does not fit; check each."
        )
    return None


def wrong_phone(number: str) -> Said | None:
    """What is wrong with a telephone number of the mainland; None where nothing is."""
    if MOBILE.fullmatch(number) or FIXED.fullmatch(number):
        return None
    return Said(
        "电话号码应为11位手机号，或带区号的固定电话（如0571-12345678）。",
        "A telephone number: 11 digits of a mobile, or a fixed line with area code (0571-12345678).",
    )
