"""A request with all that the next step depends on, read once: its log, its drafts, those who were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.agencies.calendars import calendar_of
from gongkai.law.clock import Standing, replay
from gongkai.law.clock.standing import Pause
from gongkai.law.events import settled
from gongkai.law.workdays import Calendar
from gongkai.requests import stories
from gongkai.requests.models import Consultation, Decision, Event, Request


@dataclass
class CaseFile:
    """案卷. ``given``: its events, where they were read already; the rest is read when it is asked for."""

    request: Request
    given: Sequence[Event] | None = None
    _calendar: Calendar | None = None

    @cached_property
    def events(self) -> list[Event]:
        """The log in the order of entering."""
        return list(self.request.events.order_by("id") if self.given is None else self.given)

    @cached_property
    def calendar(self) -> Calendar:
        """The working days of the agency."""
        return self._calendar or calendar_of(self.request.agency.region)

    @cached_property
    def standing(self) -> Standing:
        """Where the law has the request after all its events. Raises LawError."""
        law = stories.law_log(self.request.channel, self.events)
        return replay(settled(law.events), self.calendar, Standing(channel=self.request.channel))

    @cached_property
    def held(self) -> list[tuple[Event, date]]:
        """The entries that hold, each with its right day: without those that were mended away."""
        return stories.standing(self.events)

    @cached_property
    def consultations(self) -> list[Consultation]:
        """Those who were asked, in order."""
        return list(self.request.consultations.all())

    @cached_property
    def draft(self) -> Decision | None:
        """The newest draft of the reply."""
        return max(self.request.decisions.all(), key=lambda decision: decision.version, default=None)

    def days(self, name: str) -> list[date]:
        """The days on which that happened, as they hold."""
        return [day for event, day in self.held if event.name == name]

    def newest(self, name: str) -> Event | None:
        """The last entry of that name that holds."""
        return next((event for event, _ in reversed(self.held) if event.name == name), None)

    def open_pauses(self, day: date, event: str = "") -> list[Pause]:
        """The questions still open on that day (of that event, where one is named)."""
        return [p for p in self.standing.pauses if p.is_open(day) and event in ("", p.event)]

    def pause_of(self, consultation: Consultation) -> Pause | None:
        """The law's pause for a consultation; None where asking did not stop the period."""
        found = [pause for pause in self.standing.pauses if pause.who == str(consultation.pk)]
        return found[-1] if found else None
