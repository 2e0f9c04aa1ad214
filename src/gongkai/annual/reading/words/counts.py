"""The numbers that count something in a sentence: 95件, 1,234条, 5500余条, 3.2万条, 占66%, 两次.

Years, days, document numbers, articles, telephone numbers and numbering count nothing: a number is taken only with a
unit behind it, and only where its digits are whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.annual.finding import Number
from gongkai.annual.phrases import wording

PERCENT = "%"

_TIMES = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100, "": 1}
_DIGITS = {**{digit: value for value, digit in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
# What may stand before a unit-like character so that it is none: 第20条规定, 12部门, 3人民, 1条例.
_NO_UNIT = re.compile(
    r"条(?=规定|款|第|例|之)|部(?=门|委|分|级|队|署)|人(?=民|大|社|才|事|力)|本(?=年|级|局|办|机|单|部|市|县|区|报)"
    r"|名(?=称|单|录)|面(?=对|向)|期(?=限|间|末)|个(?=月|人信息)|起(?=草|诉|施|执)|天(?=然)|家(?=庭)|份(?=额)"
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its unit: its value, what stands there, and its offsets in the sentence (the unit included)."""

    value: Number
    unit: str
    start: int
    end: int
    percent: bool = False
    approximate: bool = False
    in_words: bool = False


def counts(sentence: str) -> list[Count]:
    """The counts of a sentence in plain writing (half-width digits, full-width punctuation), from left to right."""
    number, chinese = _patterns()
    found = [one for match in number.finditer(sentence) if (one := _count(sentence, match))]
    if chinese.search(sentence):
        found += [one for match in chinese.finditer(sentence) if (one := _count_in_words(match))]
        found.sort(key=lambda one: one.start)
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = wording().words

    def any_of(key: str) -> str:
        return "|".join(re.escape(word) for word in sorted(words[key], key=len, reverse=True))

    number = (
        rf"(?P<about>{any_of('about_before')})?"
        r"(?<![\d.,A-Za-z第〔#_*\-—~～+@&=])(?<!\d[\s，：、/])"
        r"(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,12})(?P<decimals>\.\d{1,8})?(?P<times>[万亿百千](?!元))?"
        rf"(?P<some>{any_of('about_after')})?(?P<times2>[万亿](?!元))?(?P<unit>{any_of('units')})(?P<behind>{any_of('about_behind')})?"
    )
    chinese = (
        r"(?<![第每逐同某这那单任首末上下前后另是唯统整再最之几数\d一二两三四五六七八九十百千万])"
        rf"(?P<digits>[零〇一二两三四五六七八九十百千]{{1,7}})(?P<unit>{any_of('counted_in_words')})(?![性以事件条次体样定般切律起直旦])"
    )
    return re.compile(number), re.compile(chinese)


def _count(sentence: str, match: re.Match[str]) -> Count | None:
    unit, decimals = match["unit"], match["decimals"] or ""
    at = match.start("unit")
    if _NO_UNIT.match(sentence, at):
        return None
    if sentence[match.end("unit") : match.end("unit") + 1].isdigit() and unit not in ("%", "元", "万元"):
        return None
    value = Decimal(match["digits"].replace(",", "") + decimals)
    factor = _TIMES[match["times"] or ""] * _TIMES[match["times2"] or ""]
    counted = unit not in (PERCENT, *wording().money) and "日" not in unit and unit != "个百分点"
    if counted and decimals and factor == 1:
        return None  # 「1.12个」: numbering and a number run together, nobody counts 1.12 cases
    value *= factor
    return Count(
        value=int(value) if not decimals or (counted and value == value.to_integral_value()) else value,
        unit=unit,
        start=match.start("digits"),
        end=match.end("unit"),
        percent=unit == PERCENT,
        approximate=bool(match["about"] or match["some"] or match["behind"] or (factor > 1 and counted)),
    )


def _count_in_words(match: re.Match[str]) -> Count | None:
    value = spoken(match["digits"])
    if value is None or (value == 1 and match["unit"] not in wording().words["counted_once"]):
        return None
    return Count(value, match["unit"], match.start(), match.end(), in_words=True)


def spoken(text: str) -> int | None:
    """``两`` → 2, ``十二`` → 12, ``一百零三`` → 103, ``三〇`` → 30; None if it is no number."""
    if not any(char in _TENS for char in text):
        if any(char not in _DIGITS for char in text):
            return None
        plain = len(text) == 1 or "〇" in text or "零" in text  # 「一二件」 is one or two
        return int("".join(str(_DIGITS[char]) for char in text)) if plain else None
    total, current, last = 0, 0, 10**6
    for char in text:
        if char in _TENS:
            if _TENS[char] >= last or (current == 0 and total):
                return None
            last = _TENS[char]
            total += (current or 1) * last
            current = 0
        elif char in _DIGITS:
            if current:
                return None
            current = _DIGITS[char]
        else:
            return None
    return total + current
