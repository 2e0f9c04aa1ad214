"""The day of receipt (《条例》第三十一条): the period begins."""

from __future__ import annotations

from gongkai.law.clock import period
from gongkai.law.clock.common import Outcome, anew, label
from gongkai.law.clock.refusing import contradicts
from gongkai.law.clock.standing import Standing
from gongkai.law.events import Event
from gongkai.law.procedure import StepRule, channels
from gongkai.law.words import Said
from gongkai.law.workdays import Calendar


def record(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """A fact on which the day of receipt may rest (art. 31): that of the channel begins the period."""
    standing = standing.having(facts=(*standing.facts, (event.name, event.day)))
    counts = channels()[standing.channel].on(event.day).event == event.name if standing.channel else False
    if standing.received is None:
        return begin(standing, event, rule, calendar) if counts else (standing, {})
    if event.day > standing.received and (counts or event.name != "confirmed"):
        raise contradicts("fact_after_receipt", event, received=standing.received)
    return standing, {}


def begin(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """The period begins; the day of receipt itself is not counted."""
    if standing.received is not None:
        if standing.received != event.day:
            raise contradicts("received_twice", event, first=standing.received)
        return standing, {"limit": standing.limit, "due": period.due(standing, calendar, event.day)}
    standing = standing.having(received=event.day)
    if not calendar.is_working(event.day):
        standing = standing.remarking("received_on_rest_day", day=event.day)
    if standing.channel:
        way = channels()[standing.channel]
        arrived = dict(standing.facts).get(way.same_day)
        if arrived is not None and arrived < event.day:
            standing = standing.remarking("not_confirmed_same_day", arrived=arrived, day=event.day)
        basis = way.on(event.day).basis
        if not basis.confirmed:
            standing = standing.doubting(
                "rule_unconfirmed", step=label("received"), note=Said(basis.note, basis.note_en)
            )
    return anew(standing, event.day, calendar)
