"""The reply is made and goes out: which day counts as the day of the reply (国办公开办函〔2016〕235号)."""

from __future__ import annotations

from gongkai.law.clock.common import Outcome, ended
from gongkai.law.clock.refusing import contradicts, refuse
from gongkai.law.clock.standing import Standing
from gongkai.law.events import Event
from gongkai.law.procedure import StepRule, deliveries
from gongkai.law.words import Said
from gongkai.law.workdays import Calendar


def reply(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """The reply is made: whoever has not answered is awaited no longer; the period runs until it is sent."""
    if standing.decided is not None:
        raise contradicts("decided_twice", event, first=standing.decided)
    return ended(standing, event.day).having(decided=event.day), {}


def send(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """The reply is posted, or reaches the applicant; by the way of delivery the one day counts or the other. What
    did not arrive may be sent again, by another way too; the day that counted for the first counts on."""
    if standing.closed is not None:  # the notice that the matter is closed
        return standing, {}
    if standing.decided is None:
        raise contradicts("not_decided", event)
    again = event.name == "dispatched" and standing.delivered is None  # what came back may go another way
    if event.by and not again and standing.by not in ("", event.by):
        raise contradicts("two_ways", event, first=standing.by, by=event.by)
    by = event.by or standing.by
    way = deliveries()[by] if by else None
    if way is not None and not way.allowed:
        raise refuse("forbidden_way", event, way.on(event.day).basis, by=Said(way.label, way.label_en))
    if event.name == "dispatched" and standing.delivered is not None:
        raise contradicts("delivered_before_dispatched", event, delivered=standing.delivered)
    standing = standing.having(**{event.name: event.day, "by": by})
    if way is None:
        if event.name == "dispatched":
            return standing.remarking("no_delivery"), {}
        standing = standing.remarking("dated_by_way")
    elif way.on(event.day).event != event.name:
        return standing, {}
    elif not (basis := way.on(event.day).basis).confirmed:
        name, note = Said(way.label, way.label_en), Said(basis.note, basis.note_en)
        standing = standing.remarking("way_unconfirmed", way=name, note=note)
    if standing.answered is None:
        standing = standing.having(answered=event.day).remarking("replied_on", day=event.day)
    return standing, {}
