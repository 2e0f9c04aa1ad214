"""A request told step by step: each step enters an event and the rows that belong to it, on a day that moves on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model

from gongkai.agencies.actors import APPLICANT, Actor
from gongkai.demo.district.staff import Desk
from gongkai.law.workdays import Calendar
from gongkai.requests import log
from gongkai.requests.models import Event, Request

SHANGHAI = ZoneInfo("Asia/Shanghai")
BY_APPLICANT = Actor(kind=APPLICANT)
OPENS = 9 * 60
"""Minutes of the day at which the desks open."""
SPREAD = 300
"""Minutes over which the first entry of a day may come."""


class Telling:
    """One request, not stored yet. ``day`` is where the telling is; staff act on working days and never after
    ``last``. Details may name rows of ``rows``: their ids are put in when they have some."""

    def __init__(self, request: Request, desk: Desk, calendar: Calendar, dice: Random, last: date) -> None:
        self.request, self.desk, self.calendar, self.dice = request, desk, calendar, dice
        self.last = last
        self.officer = dice.choice(desk.officers)
        self.events: list[Event] = []
        self.rows: list[Model] = []
        self.day = date.min
        self.ended: date | None = None
        self._moment = datetime.min.replace(tzinfo=SHANGHAI)

    def go(self, working_days: int) -> None:
        """So many working days on, not beyond the last day that may be told."""
        if working_days:
            self.day = max(self.day, min(self.calendar.add(self.day, working_days).day, self.last))

    def do(self, name: str, actor: Actor | None = None, /, **details: Any) -> None:
        """That happens today, recorded by the officer where nobody else is named."""
        made = log.event(self.request, name, self.day, actor or self.officer, self._now(), details)
        self.events.append(made)

    def add(self, row: Model) -> Any:
        """A row that belongs to the request; gives it."""
        self.rows.append(row)
        return row

    def _now(self) -> datetime:
        """The moment of the next entry: in office hours of the day; of the last day, before anybody is at his desk."""
        minutes = OPENS + self.dice.randrange(SPREAD) if self.day < self.last else 1
        at = datetime.combine(self.day, time(), SHANGHAI) + timedelta(minutes=minutes)
        if at <= self._moment:
            at = self._moment + timedelta(minutes=self.dice.randrange(1, 9) if self.day < self.last else 1)
        self._moment = at
        return at
