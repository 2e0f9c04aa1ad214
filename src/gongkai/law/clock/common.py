"""What several effects share: how a step is handled, and what is true of every letter and every new period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from gongkai.law.clock import period
from gongkai.law.clock.refusing import contradicts
from gongkai.law.clock.standing import Standing
from gongkai.law.events import Event
from gongkai.law.procedure import StepRule, steps
from gongkai.law.provisions import limits
from gongkai.law.words import Said
from gongkai.law.workdays import Calendar

Outcome = tuple[Standing, dict[str, object]]
"""The standing after a step, and the values for the sentence that tells of it."""
Handler = Callable[[Standing, Event, StepRule, Calendar], Outcome]


def label(event: str) -> Said:
    """The step's name in both languages."""
    return Said(steps()[event].label, steps()[event].label_en)


def anew(standing: Standing, day: date, calendar: Calendar) -> Outcome:
    """The period runs from that day, under the law of that day."""
    if standing.extension:
        assert standing.extended is not None
        standing = standing.remarking("extension_lapses", first=standing.extended)
    limit = limits()["reply"].on(day).value
    standing = standing.having(zero=day, limit=limit, extension=0, deferred=None, waiting="", wait_until=None)
    return standing, {"limit": limit, "due": period.due(standing, calendar, day)}


def ended(standing: Standing, day: date) -> Standing:
    """Whoever has not answered by that day is awaited no longer."""
    for pause in standing.pauses:
        if pause.until is None and not pause.sure and pause.expires is not None and pause.expires < day:
            standing = standing.doubting("delivery_unknown", step=label(pause.event), since=pause.since)
    pauses = tuple(replace(pause, until=pause.end(day)) for pause in standing.pauses)
    return standing.having(pauses=pauses)


def letter_after(event: Event) -> None:
    """A letter reaches whom it is for on the day it was sent, or later."""
    if event.delivered is not None and event.delivered < event.day:
        raise contradicts("delivered_before", event, delivered=event.delivered)


def doubted(standing: Standing, event: Event, rule: StepRule) -> Standing:
    """What rests on a rule that nobody has confirmed makes the due day provisional."""
    if rule.basis.confirmed:
        return standing
    note = Said(rule.basis.note, rule.basis.note_en)
    return standing.doubting("rule_unconfirmed", step=label(event.name), note=note)
