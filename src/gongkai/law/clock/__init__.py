"""The clock of a request: from its events the day of receipt, the due day, what is used and left, each step explained.

``explain`` is the whole; ``replay`` and ``advance`` take the events one by one and give the same in any grouping.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.law.clock import period
from gongkai.law.clock.common import label
from gongkai.law.clock.effects import HANDLERS
from gongkai.law.clock.pending import Pending, pending
from gongkai.law.clock.refusing import contradicts, refuse
from gongkai.law.clock.standing import Pause, Standing, Taken
from gongkai.law.events import Event, Log, settled
from gongkai.law.procedure import Phase, channels, steps
from gongkai.law.provisions import cited_together, limits
from gongkai.law.words import Said, fill, say
from gongkai.law.workdays import Calendar
from gongkai.law.workdays import calendar as national

__all__ = ["Clock", "Standing", "Taken", "advance", "explain", "reached", "replay"]

ONCE = {
    "supplement_asked": ("supplement_asked", "second_supplement", "supplement_times"),
    "extended": ("extended", "second_extension", "extension_times"),
    "fee_notified": ("fee_notified", "second_fee", None),
}
"""What may be done once: where the first time is kept, the refusal of a second, and the limit that says so."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What the events come to on a day.

    ``due`` is None while there is none: not received, or the applicant is awaited. ``provisional``: the due day may
    still move, ``doubts`` say why. ``used`` and ``left`` are working days; ``left`` below zero: so many days late.
    ``answered`` is the day that counts as that of the reply. ``state``: not_received, running, consulting,
    awaiting_reasons, awaiting_supplement, awaiting_fee, overdue, answered, answered_late, closed. ``passed``: the last
    day for the correction or the fee that is awaited, where it is over and the agency must act.
    """

    today: date
    received: date | None
    due: date | None
    provisional: bool
    used: int
    left: int | None
    state: str
    steps: tuple[Taken, ...]
    doubts: tuple[Said, ...]
    remarks: tuple[Said, ...]
    answered: date | None
    passed: date | None

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """What ``gongkai clock --format json`` prints; days as in ISO 8601."""
        return {
            "received": _iso(self.received),
            "due": _iso(self.due),
            "provisional": self.provisional,
            "used": self.used,
            "left": self.left,
            "state": self.state,
            "steps": [
                {
                    "event": step.event,
                    "day": step.day.isoformat(),
                    "effect": step.effect.words(lang),
                    "basis": step.basis.words(lang),
                }
                for step in self.steps
            ],
            "today": self.today.isoformat(),
            "answered": _iso(self.answered),
            "provisional_because": [doubt.words(lang) for doubt in self.doubts],
            "remarks": [remark.words(lang) for remark in self.remarks],
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def explain(log: Log, today: date, calendar: Calendar | None = None) -> Clock:
    """What the log comes to on that day.

    Raises NotLawful where a step is not allowed (with the article), Contradiction where entries cannot all be true,
    NotCovered where there is no law or no working days for a day.
    """
    calendar = calendar or national()
    return conclude(reached(log, today, calendar), today, calendar)


def reached(log: Log, today: date, calendar: Calendar) -> Standing:
    """Where the log's events have led by that day. Raises as ``explain``."""
    events = settled(log.events)
    for event in events:
        if event.day > today:
            raise contradicts("after_today", event, today=today)
    return replay(events, calendar, Standing(channel=log.channel))


def replay(events: Iterable[Event], calendar: Calendar, standing: Standing | None = None) -> Standing:
    """Where a request stands after these further events, which must be settled and in order. Raises as ``explain``."""
    standing = standing or Standing()
    for event in events:
        standing = advance(standing, event, calendar)
    return standing


def advance(standing: Standing, event: Event, calendar: Calendar) -> Standing:
    """Where a request stands after one more event. Raises as ``explain``."""
    step = steps()[event.name]
    rule = step.on(event.day)
    if standing.last is not None and event.day < standing.last:
        raise contradicts("out_of_order", event, last=standing.last)
    if event.name in ONCE:
        kept, key, limit = ONCE[event.name]
        first = getattr(standing, kept)
        allowed = limits()[limit].maybe(event.day) if limit else None
        if first is not None and (allowed is not None or limit is None):
            raise refuse(key, event, allowed.basis if allowed else rule.basis, first=first)
    if standing.phase not in step.phases:
        raise contradicts("wrong_phase", event, phase=say(f"phase_{standing.phase}"))
    began = standing.received is None
    standing, values = HANDLERS[rule.effect](standing, event, rule, calendar)
    effect = fill(rule.says, rule.says_en, values)
    basis = Said(rule.basis.words, rule.basis.words_en)
    if began and standing.received is not None and event.name != "received":
        told = steps()["received"].on(event.day)
        more = fill(told.says, told.says_en, values)
        way = channels()[standing.channel].on(event.day).basis
        effect = Said(effect.zh + more.zh, f"{effect.en} {more.en}")
        period_of = limits()["reply"].on(event.day).basis
        basis = cited_together(way, period_of)
    return standing.having(last=event.day, steps=(*standing.steps, Taken(event.name, event.day, effect, basis)))


def conclude(standing: Standing, today: date, calendar: Calendar) -> Clock:
    """What a standing comes to on that day. Raises NotCovered."""
    ended = standing.closed or standing.answered
    at = ended or today
    running = [] if ended is not None or standing.waiting else _running(standing, at, calendar)
    open_pauses = [pause for pause in running if pause.is_open(at)]
    for pause in running:
        if pause.expires is not None and not pause.sure:
            standing = standing.doubting("delivery_unknown", step=label(pause.event), since=pause.since)
    for pause in open_pauses:
        if pause.expires is not None:
            told = {"step": label(pause.event), "since": pause.since, "expires": pause.expires}
            standing = standing.doubting("still_consulting", **told)
    due = None
    if standing.zero is not None and not standing.waiting and all(pause.expires for pause in open_pauses):
        due = period.due(standing, calendar, at, to_expiry=ended is None)
    if due is not None and (zero := standing.zero) is not None:
        if calendar.is_provisional(due):
            standing = standing.doubting("calendar_unsettled", year=calendar.last_settled_year + 1)
        if limits()["reply"].on(zero) != limits()["reply"].on(due):
            standing = standing.doubting("transition")
    counted_to = standing.wait_since if standing.waiting and standing.wait_since else at
    used = period.used(standing, calendar, counted_to)
    left = None if due is None else _left(standing, used, at, due, calendar)
    standing = _not_yet_received(standing)
    awaited = Pending() if ended is not None else pending(standing, at, running, calendar)
    return Clock(
        today=today,
        received=standing.received,
        due=due,
        provisional=due is not None and bool(standing.doubts),
        used=used,
        left=left,
        state=_state(standing, at, due, [pause.event for pause in open_pauses]),
        steps=standing.steps,
        doubts=standing.doubts if due is not None else (),
        remarks=(*standing.remarks, *awaited.told),
        answered=standing.answered,
        passed=awaited.passed,
    )


def _running(standing: Standing, at: date, calendar: Calendar) -> list[Pause]:
    """The questions not answered that bear on the due day: asked before the period's last day, and none was set."""
    if standing.zero is None or standing.deferred is not None:
        return []
    due = period.due(standing, calendar, at)
    return [pause for pause in standing.pauses if pause.until is None and pause.since < due]


def _left(standing: Standing, used: int, at: date, due: date, calendar: Calendar) -> int:
    if standing.deferred is not None:
        return calendar.count(at, due) - calendar.count(due, at)
    return standing.limit + standing.extension - used


def _not_yet_received(standing: Standing) -> Standing:
    """Says what is missing where the day of receipt is not known yet."""
    if standing.phase is not Phase.NOT_RECEIVED:
        return standing
    if not standing.channel:
        return standing.remarking("no_channel")
    assert standing.last is not None
    way = channels()[standing.channel]
    return standing.remarking(
        "not_yet_received", channel=Said(way.label, way.label_en), step=label(way.on(standing.last).event)
    )


def _state(standing: Standing, at: date, due: date | None, awaited: list[str]) -> str:
    phase = standing.phase
    if phase is Phase.ANSWERED:
        return "answered" if due is not None and at <= due else "answered_late"
    if phase is not Phase.OPEN:
        return str(phase)
    if awaited:
        return "awaiting_reasons" if awaited == ["reasons_asked"] else "consulting"
    return "overdue" if due is not None and at > due else "running"
