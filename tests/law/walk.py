"""A slow, independent clock for the tests: day by day, with its own figures and another's calendar.

It shares nothing with ``gongkai.law``: working days are chinesecalendar's, the limits are written out here, and
nothing is computed ahead: each day is looked at once, as an officer would with a calendar and a pencil.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import chinese_calendar

NEW_REGULATION = date(2019, 5, 15)
ONE = timedelta(days=1)
MISTAKEN = {date(2005, 12, 31): True}
"""国办发明电〔2005〕35号：2005年12月31日（星期六）上班；chinesecalendar has it as a day off."""


def day_of(event: dict[str, Any]) -> date:
    """The day of an event: its first value."""
    day: date = next(iter(event.values()))
    return day


def works(day: date) -> bool:
    """Whether that day is worked, 2004 to 2026."""
    known: bool = chinese_calendar.is_workday(day)
    return MISTAKEN.get(day, known)


def after(day: date, count: int) -> date:
    """The day so many working days later."""
    while count:
        day += ONE
        count -= works(day)
    return day


def reply_limit(day: date) -> int:
    """The period of a request received that day: 15 under the Regulation of 2007, 20 since."""
    return 20 if day >= NEW_REGULATION else 15


@dataclass
class Open:
    """A consultation that runs: ``left`` working days more, or to the ``last`` day (both None: without end)."""

    event: str
    who: str
    counts_from: date
    left: int | None
    last: date | None = None

    @property
    def without_end(self) -> bool:
        return self.left is None and self.last is None


@dataclass
class Walk:
    """One request, followed day by day."""

    used: int = 0
    limit: int = 0
    extension: int = 0
    zero: date | None = None
    waiting: bool = False
    fixed: date | None = None
    consultations: list[Open] = field(default_factory=list)

    def day(self, day: date, events: list[dict[str, Any]]) -> bool:
        """One day goes by: whether it is the last of the period."""
        if self.zero is not None and day > self.zero and works(day) and not self.waiting and not self.consultations:
            self.used += 1
        for open in self.consultations:
            if open.left is not None and day > open.counts_from and works(day):
                open.left -= 1
        for event in events:
            self.happens(day, event)
        ended = [open for open in self.consultations if open.left == 0 or day == open.last]
        self.consultations = [open for open in self.consultations if open not in ended]
        if self.fixed is not None:
            return day == self.fixed
        return self.zero is not None and not self.waiting and self.used >= self.limit + self.extension

    def begin(self, day: date) -> None:
        self.zero, self.used, self.extension, self.waiting = day, 0, 0, False
        self.limit = reply_limit(day)

    def happens(self, day: date, event: dict[str, Any]) -> None:
        name = next(iter(event))
        new = day >= NEW_REGULATION
        if name == "received":
            self.begin(day)
        elif name in ("supplement_asked", "fee_notified"):
            self.waiting = name == "supplement_asked" or new
        elif name == "supplement_received" or (name == "fee_paid" and new):
            self.fixed = None
            self.begin(day)
        elif name == "third_party_asked":
            self.consultations.append(
                Open(name, event.get("who", ""), event.get("delivered", day), 15 if new else None)
            )
        elif name == "agency_asked" and new:
            left = 15 if event.get("joint") else None
            self.consultations.append(Open(name, event.get("who", ""), event.get("delivered", day), left))
        elif name == "reasons_asked":
            self.consultations.append(Open(name, "", day, None, event.get("until")))
        elif name in ("third_party_answered", "agency_answered", "reasons_given"):
            asked = "reasons_asked" if name == "reasons_given" else name.replace("answered", "asked")
            whose = (asked, event.get("who", ""))
            self.consultations = [open for open in self.consultations if (open.event, open.who) != whose]
        elif name == "extended":
            self.extension = event.get("days", reply_limit(self.zero or day))
        elif name == "decided":
            self.consultations = []
        elif name == "deferred":
            self.fixed = event["until"]


BEGINS = {
    "in_person": "submitted",
    "registered_mail": "arrived",
    "ordinary_mail": "confirmed",
    "online": "confirmed",
    "fax": "confirmed",
    "email": "confirmed",
}


def due(events: list[dict[str, Any]], channel: str = "") -> date | None:
    """The last day for the reply; None where the events leave it open (not received, or the applicant is awaited)."""
    told = sorted(events, key=day_of)
    if not any("received" in event for event in told):
        name = BEGINS[channel]
        if channel == "email" and day_of(told[0]) < NEW_REGULATION:
            name = "arrived"
        received = [event[name] for event in told if name in event]
        told = sorted([*told, *({"received": day} for day in received)], key=day_of)
    walk = Walk()
    day = day_of(told[0])
    last = day_of(told[-1])
    while True:
        todays = [event for event in told if day_of(event) == day]
        if walk.day(day, todays):
            return day
        awaited = walk.waiting or walk.zero is None or any(open.without_end for open in walk.consultations)
        if day >= last and awaited and walk.fixed is None:
            return None
        day += ONE
