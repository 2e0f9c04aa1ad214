"""Where a day lies on the drawing: working days of one width, rest days narrow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from gongkai.law.errors import NotCovered
from gongkai.law.notices import SATURDAY
from gongkai.law.workdays import Calendar

ONE = timedelta(days=1)
REST = 0.35
"""The width of a rest day where a working day is 1."""


class Scale:
    """The days from ``first`` to ``last``, both included, laid out over ``width``."""

    def __init__(self, first: date, last: date, width: float, calendar: Calendar) -> None:
        self.first, self.last = first, max(first, last)
        count = (self.last - self.first).days + 1
        self.working = [_works(calendar, first + timedelta(n)) for n in range(count)]
        ends = list(accumulate(1.0 if works else REST for works in self.working))
        self._ends = [end * width / ends[-1] for end in ends]

    def begin(self, day: date) -> float:
        """Where the day begins; days outside lie at the edge."""
        return 0.0 if day <= self.first else self.end(day - ONE)

    def end(self, day: date) -> float:
        """Where the day ends."""
        at = (day - self.first).days
        return 0.0 if at < 0 else self._ends[min(at, len(self._ends) - 1)]

    def middle(self, day: date) -> float:
        """The middle of the day."""
        return (self.begin(day) + self.end(day)) / 2

    def rests(self) -> Iterator[tuple[date, date]]:
        """The first and the last day of each run of rest days."""
        began: date | None = None
        for n, works in enumerate(self.working):
            day = self.first + timedelta(n)
            if works and began is not None:
                yield began, day - ONE
                began = None
            elif not works and began is None:
                began = day
        if began is not None:
            yield began, self.last

    def months(self) -> Iterator[date]:
        """The first of each month that lies on it."""
        day = self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                yield day
            day = (day + timedelta(days=31)).replace(day=1)


def _works(calendar: Calendar, day: date) -> bool:
    try:
        return calendar.is_working(day)
    except NotCovered:
        return day.weekday() < SATURDAY
