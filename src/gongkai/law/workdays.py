"""Working days: which days count, the day so many working days on, and whether that is certain yet.

The day from which a period runs is not counted; day 1 is the next working day (《民法典》第二百零一条). Weekends made
working days count, holidays do not. Up to the last year with a notice a day is certain; later ones are provisional.
All days are held as arrays, so that a million due days take no longer than one look-up each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gongkai.law.errors import NotCovered
from gongkai.law.notices import SATURDAY, Notice, shipped
from gongkai.law.words import say
from gongkai.loading import Loader

Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]
Ordinals = NDArray[np.int32]
ONE = timedelta(days=1)


class Due(NamedTuple):
    """A day, and whether it may yet move because a year's notice is not out."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known beyond the notices: the first year covered, how far back the next notice may reach, and the
    statutory holidays of years without a notice."""

    first_year: int
    reaches_back_to: tuple[int, int]
    years: dict[int, tuple[date, ...]]


class Calendar:
    """The working days of a place. Immutable; ``with_notices`` gives another one."""

    def __init__(self, notices: Iterable[Notice], outlook: Outlook) -> None:
        self.notices = tuple(notices)
        self.outlook = outlook
        settled = {notice.year for notice in self.notices if notice.year is not None}
        last = outlook.first_year
        while last + 1 in settled:
            last += 1
        self.last_settled_year = last
        self.provisional_from = date(last, *outlook.reaches_back_to)
        self.first = date(outlook.first_year, 1, 1)
        self.last = date(max(outlook.years, default=last), 12, 31)
        span = np.arange(np.datetime64(self.first), np.datetime64(self.last + ONE))
        works = np.is_busday(span)
        for year, holidays in outlook.years.items():
            if year not in settled:
                works[self._positions(holidays)] = False
        for notice in self.notices:
            works[self._positions(notice.rest)] = False
            works[self._positions(notice.work)] = True
        self._works: Flags = works
        self._worked: Ordinals = np.cumsum(works, dtype=np.int32)  # working days up to and including each day
        self._working: Ordinals = np.flatnonzero(works).astype(np.int32)
        self._working_days: Days = np.datetime64(self.first) + self._working

    def with_notices(self, *notices: Notice) -> Calendar:
        """The calendar with further notices, later ones overriding earlier ones: next year's, a region's."""
        return Calendar((*self.notices, *notices), self.outlook)

    def is_working(self, day: date) -> bool:
        """Whether that day is worked. Raises NotCovered."""
        return bool(self._works[self._position(day)])

    def is_provisional(self, day: date) -> bool:
        """Whether a notice that is not out yet may still change that day."""
        return day >= self.provisional_from

    def why(self, day: date) -> Notice | None:
        """The notice that made that day other than its weekday says; None where it is as usual. Raises NotCovered."""
        if self.is_working(day) == (day.weekday() < SATURDAY):
            return None
        named = [notice for notice in self.notices if day in notice.rest or day in notice.work]
        return named[-1] if named else None

    def add(self, day: date, count: int) -> Due:
        """The day ``count`` working days after that day, which is itself not counted; ``count`` is at least 1.

        Raises NotCovered if that lies beyond the years of which anything is known.
        """
        if count < 1:
            raise ValueError("count must be at least 1")
        at = int(self._worked[self._position(day)]) + count - 1
        if at >= len(self._working):
            raise self._uncovered(self.last + ONE)
        due = self.first + timedelta(int(self._working[at]))
        return Due(due, self.is_provisional(due))

    def count(self, after: date, until: date) -> int:
        """How many working days there are after the one day and up to the other; 0 where that is not later.

        Raises NotCovered.
        """
        if until <= after:
            return 0
        return int(self._worked[self._position(until)] - self._worked[self._position(after)])

    def next_working(self, day: date) -> Due:
        """That day if it is worked, else the first working day after it (《民法典》第二百零三条). Raises NotCovered."""
        return Due(day, self.is_provisional(day)) if self.is_working(day) else self.add(day, 1)

    def add_calendar_days(self, day: date, count: int) -> Due:
        """The last day of a period in plain days; a day off moves to the next working day. Raises NotCovered."""
        return self.next_working(day + timedelta(count))

    def add_array(self, days: Days, count: int | NDArray[np.int64]) -> tuple[Days, Flags]:
        """As ``add``, for many days at once: the due days, and which of them are provisional. Raises NotCovered."""
        starts = days.astype("datetime64[D]").astype(np.int64)
        starts -= _ordinal(self.first)
        if starts.size and (starts.min() < 0 or starts.max() >= len(self._worked)):
            wrong = starts.min() if starts.min() < 0 else starts.max()
            raise self._uncovered(self.first + timedelta(int(wrong)))
        if np.min(count, initial=1) < 1:
            raise ValueError("count must be at least 1")
        at = self._worked[starts]
        at += count
        at -= 1
        if at.size and at.max() >= len(self._working):
            raise self._uncovered(self.last + ONE)
        due: Days = self._working_days[at]
        return due, due >= np.datetime64(self.provisional_from)

    def rest_days(self) -> Days:
        """Every day off, ordinary weekends among them, as numpy's ``busday_offset`` wants its holidays."""
        return np.datetime64(self.first) + np.flatnonzero(~self._works)

    def _position(self, day: date) -> int:
        if not self.first <= day <= self.last:
            raise self._uncovered(day)
        return (day - self.first).days

    def _positions(self, days: Iterable[date]) -> list[int]:
        return [(day - self.first).days for day in days if self.first <= day <= self.last]

    def _uncovered(self, day: date) -> NotCovered:
        said = say("no_calendar", year=day.year, first=self.first.year, last=self.last.year)
        return NotCovered(said.zh, said.en)


def _ordinal(day: date) -> int:
    """Days since 1970-01-01, as numpy counts them."""
    return int(np.datetime64(day).astype(np.int64))


@cache
def calendar() -> Calendar:
    """The State Council's working days, as the package ships them; national, without any region's own days."""
    return Calendar((notice for notice in shipped() if not notice.region), outlook())


def outlook() -> Outlook:
    """``data/calendar.toml``. Raises BrokenFile."""
    text = resources.files(__package__).joinpath("data/calendar.toml").read_text(encoding="utf-8")
    return load_outlook(text, "law/data/calendar.toml")


def load_outlook(text: str, name: str) -> Outlook:
    """What is known beyond the notices, from the text of its file. Raises BrokenFile."""
    loader = Loader(name)
    data = loader.data(text)
    loader.take(data, "file", {"first_year": int, "next_notice_reaches_back_to": str, "years": list}, {})
    month, _, day = data["next_notice_reaches_back_to"].partition("-")
    if not (month.isdigit() and day.isdigit()):
        raise loader.fail("next_notice_reaches_back_to", "must be a month and day such as 12-25")
    years: dict[int, tuple[date, ...]] = {}
    for i, entry in enumerate(data["years"]):
        year: dict[str, Any] = loader.take(entry, f"years[{i}]", {"year": int, "rest": list}, {})
        if wrong := [off for off in year["rest"] if type(off) is not date or off.year != year["year"]]:
            raise loader.fail(f"years[{i}]", f"{wrong[0]} is no day of {year['year']}")
        years[year["year"]] = tuple(year["rest"])
    return Outlook(data["first_year"], (int(month), int(day)), years)
