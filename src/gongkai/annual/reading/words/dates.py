"""Days and years as reports write them. What has lost characters (2018年11日, 202011日) is no day and no year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import pairwise

from gongkai.annual.phrases import wording

FIRST_YEAR, LAST_YEAR = 2008, 2049
"""Annual reports exist since the Regulation of 2007 came into force."""

_SPOKEN_YEAR = re.compile(r"(二[〇○零O0Ｏ][〇○零O0Ｏ一二三四][〇○零O0Ｏ一二三四五六七八九])(?=年)")
_SPOKEN_DIGITS = {**{char: str(i) for i, char in enumerate("零一二三四五六七八九")}, **dict.fromkeys("〇○O0Ｏ", "0")}
_DAY = r"((?:19|20)\d\d)(?:年(\d{1,2})月(\d{1,2})(?:日|号)|[-/.](\d{1,2})[-/.](\d{1,2})(?!\d))"
_BLANK_IN_DAY = re.compile(r"(?<=\d)\s+(?=[年月日\-/.])|(?<=[年月\-/.])\s+(?=\d)")
_DAYS = re.compile(rf"(?<!\d){_DAY}(?:起)?(?:至|到|-|—|–|~|～|－){{1,2}}(?:{_DAY}|(\d{{1,2}})月(\d{{1,2}})日)")


def day_in(text: str) -> str | None:
    """The first whole day in a text without blanks, as ISO, or None."""
    for match in _one_day().finditer(text):
        if found := _iso(match.groups()):
            return found
    return None


def days_between(text: str) -> tuple[str, str] | None:
    """The statistics period that a text without blanks states (统计期限自2023年1月1日至2023年12月31日), or None.

    Only a period that is said to be one of statistics, or that is a whole year, is taken.
    """
    words = "|".join(re.escape(word) for word in wording().identity["period"])
    found = []
    for match in _DAYS.finditer(text):
        said_first, said_last, month, day = match.groups()[:5], match.groups()[5:10], match[11], match[12]
        first = _iso(said_first)
        last = _iso(said_last) if said_last[0] else _iso((said_first[0], month, day, None, None))
        if first and last and first <= last:
            said = re.search(words, text[max(0, match.start() - 30) : match.start()]) is not None
            whole = first[5:] == "01-01" and last[5:] == "12-31" and first[:4] == last[:4]
            if said or whole:
                found.append((not (said and whole), not said, match.start(), (first, last)))
    return min(found)[3] if found else None


def published_on(lines: Iterable[str]) -> str | None:
    """The day that a line of the head gives as the day of publication (发布日期：2024-01-17), or None.

    The day may stand in the line below; 采集时间 and the like are not days of publication.
    """
    head = list(lines)
    said = [*head, *(one + below for one, below in pairwise(head) if len(one) <= 12)]
    dated = [line for line in map(_without_blanks, said) if _one_day().search(line)]
    for words in wording().identity["published"]:
        for line in dated:
            for match in _published(words).finditer(line) if words in line else ():
                if found := _iso(match.groups()):
                    return found
    return None


def spoken_years(text: str) -> str:
    """The text with 二〇二三年 written 2023年; as many characters."""
    return _SPOKEN_YEAR.sub(lambda match: "".join(_SPOKEN_DIGITS[char] for char in match[1]), text)


def possible(year: int) -> bool:
    """Whether there can be a report of that year."""
    return FIRST_YEAR <= year <= LAST_YEAR


def _without_blanks(line: str) -> str:
    """The line without blanks inside its days: 2024 年 1 月 17 日."""
    return _BLANK_IN_DAY.sub("", line)


@cache
def _published(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\u4e00-\u9fff]){words}[〕】\]]?[：:]?\s*{_DAY}")


@cache
def _one_day() -> re.Pattern[str]:
    return re.compile(rf"(?<!\d){_DAY}")


def _iso(groups: tuple[str | None, ...]) -> str | None:
    year, month, day = groups[0], groups[1] or groups[3], groups[2] or groups[4]
    try:
        return date(int(year or 0), int(month or 0), int(day or 0)).isoformat()
    except ValueError:
        return None
